"""The scaled-out set-up: several workers, one queue, one database; nothing twice, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import text
from typer.testing import CliRunner

from config.errors import OperationError
from service import cli
from service.pipeline import Pipeline
from service.queue import CRAWLS, STAGES, Queue
from service.schedule import queued_jobs
from service.steps import HOSTS_A_CRAWL, plan_crawls
from store.database import Database
from store.errors import StoreError
from store.kinds import Look
from store.locks import hold
from tests.loopback import LoopbackSite, serve_loopback
from tests.redis_server import BINARY, running_redis

ROOT = Path(__file__).resolve().parent.parent.parent
HOSTS, PAGES = 6, 5
PATIENCE_SECONDS = 180
STEPS = ("extract", "classify", "link", "health")


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    if BINARY is None:
        pytest.skip("no Redis server is installed (package redis-server)")
    with running_redis(BINARY) as url:
        yield url


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with serve_loopback() as running:
        yield running


def page(number: int, price: int) -> bytes:
    return (
        f"<html><head><title>Pricing {number}</title></head><body><h1>Plans of house {number}</h1>"
        f"<table><tr><th>Plan</th><th>Price</th></tr><tr><td>Team {number}</td><td>${price} per month</td></tr></table>"
        f"<p>Every plan of house {number} comes with support by mail and a yearly review.</p></body></html>"
    ).encode()


def put_pages(site: LoopbackSite, price: int) -> list[str]:
    return [
        site.put(f"house{host}.localhost", f"/pricing/{number}", page(number, price))
        for host in range(HOSTS)
        for number in range(PAGES)
    ]


def write_configuration(folder: Path, urls: list[str]) -> None:
    (folder / "competitors").mkdir(parents=True)
    (folder / "settings.yaml").write_text(
        'crawl: {allow_hosts: ["*.localhost"], delay: 0s, contact: test@example.com, double_first_visit: false}\n'
        "detection: {confirm_after: 0s}\n"
    )
    (folder / "accounts.yaml").write_text(
        "- {key: harbour-bank, name: Harbour Bank, rivals_present: [houses]}\n"
    )
    lines = ["name: Houses", "domain: houses.example", "market: identity", "sources:"]
    lines += [f"  - {{name: house-{n}, type: pricing, url: {url}}}" for n, url in enumerate(urls)]
    (folder / "competitors" / "houses.yaml").write_text("\n".join(lines) + "\n")


@pytest.fixture
def pipeline(tmp_path: Path, site: LoopbackSite, postgres_url: str) -> Iterator[Pipeline]:
    """A configured pipeline over PostgreSQL, with the first prices on the pages."""
    write_configuration(tmp_path / "config", put_pages(site, 49))
    opened = Pipeline.open(tmp_path / "config", postgres_url, tmp_path / "data")
    opened.synchronise(datetime.now(UTC))
    yield opened
    opened.database.close()


@contextmanager
def workers(pipeline: Pipeline, broker: str, number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    places = pipeline.environment
    command = [sys.executable, "-m", "service.cli", "--config", str(places.config_folder)]
    environment = {
        **os.environ,
        "RIVALWATCH_DATA": str(places.data_folder),
        "RIVALWATCH_DB": places.database_url,
        "RIVALWATCH_BROKER": broker,
    }
    running = [
        subprocess.Popen(
            [*command, "worker", "--processes", "1"], cwd=ROOT, env=environment, start_new_session=True
        )
        for _ in range(number)
    ]
    try:
        yield running
    finally:
        for process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in running:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def count(pipeline: Pipeline, query: str) -> int:
    with pipeline.database.read() as session:
        return int(session.execute(text(query)).scalar_one())


def wait_until(reached: Callable[[], bool], again: Callable[[], object] = lambda: None) -> None:
    """Wait for a state of the database; ``again`` is what the scheduler would repeat."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        assert time.monotonic() < until, "the workers did not come to an end"
        again()
        threading.Event().wait(1.0)


def make_due(pipeline: Pipeline) -> None:
    with pipeline.database.write() as session:
        session.execute(text("UPDATE source SET next_due_at = NULL"))


def test_two_workers_look_at_each_page_once_and_a_killed_one_loses_nothing(
    pipeline: Pipeline, broker: str, site: LoopbackSite
) -> None:
    queue, total = Queue(broker), HOSTS * PAGES
    ask_crawls = lambda: queue.ask_crawls(pipeline, datetime.now(UTC))  # noqa: E731
    extracted = "SELECT count(*) FROM snapshot WHERE extracted_at IS NOT NULL"
    classified = "SELECT count(*) FROM change WHERE classified_at IS NOT NULL"
    with workers(pipeline, broker, 2) as (first, _):
        for _ in range(3):  # asked three times: the requests meet the same sources
            ask_crawls()
        wait_until(lambda: count(pipeline, extracted) == total)
        pages_asked = Counter({key: n for key, n in site.requests.items() if key[1] != "/robots.txt"})
        assert set(pages_asked.values()) == {1}
        assert len(pages_asked) == total

        put_pages(site, 59)
        site.delay = 0.05
        make_due(pipeline)
        ask_crawls()
        wait_until(lambda: count(pipeline, "SELECT count(*) FROM snapshot") > total)
        os.killpg(first.pid, signal.SIGKILL)
        site.delay = 0.0

        def again() -> None:
            ask_crawls()
            for step in STEPS:
                queue.ask_step(step)

        wait_until(lambda: count(pipeline, classified) == total, again)
        wait_until(lambda: count(pipeline, "SELECT count(*) FROM health") == 1, again)
    assert count(pipeline, "SELECT count(*) FROM snapshot WHERE look = 'learn'") == 0
    assert count(pipeline, "SELECT count(*) FROM change") == total
    assert count(pipeline, "SELECT count(*) FROM evidence") == total
    assert count(pipeline, "SELECT count(*) FROM signal WHERE linked_at IS NULL") == 0
    assert count(pipeline, "SELECT count(*) FROM \"drop\" WHERE reason = 'crashed'") == 0


def test_all_sources_of_a_host_are_in_one_crawl(pipeline: Pipeline) -> None:
    plans = plan_crawls(pipeline, datetime.now(UTC), Look.REGULAR)
    assert len(plans) == -(-HOSTS // HOSTS_A_CRAWL)
    assert sorted(key for keys in plans for key in keys) == sorted(
        source.key for source in pipeline.wanted(datetime.now(UTC), Look.REGULAR)
    )


def test_a_lock_is_held_once_and_given_back(postgres_url: str) -> None:
    with Database(postgres_url) as one, Database(postgres_url) as other:
        with hold(one, ["a", "b"]) as first, hold(other, ["b", "c"]) as second:
            assert first == frozenset("ab")
            assert second == frozenset("c")
        with hold(other, ["a", "b", "c"]) as later:
            assert later == {"a", "b", "c"}


def test_a_process_that_dies_gives_its_locks_back(postgres_url: str) -> None:
    program = (
        "import sys, time\nfrom store.database import Database\nfrom store.locks import hold\n"
        f"with hold(Database({postgres_url!r}), ['a']):\n    print('held', flush=True)\n    time.sleep(60)"
    )
    with (
        Database(postgres_url) as database,
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE) as process,
    ):
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with hold(database, ["a"]) as held:
            assert not held
        process.kill()

        def free() -> bool:
            with hold(database, ["a"]) as held:
                return bool(held)

        wait_until(free)


def test_a_database_in_a_file_cannot_be_shared(database: Database) -> None:
    with (
        pytest.raises(StoreError, match="workers share their work through PostgreSQL"),
        hold(database, ["a"]),
    ):
        pass


def test_a_broker_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(OperationError, match=r"cannot reach the queue at redis://127\.0\.0\.1:1/0") as raised:
        Queue("redis://:secret@127.0.0.1:1/0").require_broker()
    assert "secret" not in str(raised.value)


def test_a_worker_without_a_queue_says_what_to_set() -> None:
    result = CliRunner().invoke(cli.app, ["worker"])
    assert result.exit_code == 2
    assert "RIVALWATCH_BROKER" in result.output


def test_what_falls_due_is_asked_of_the_workers(pipeline: Pipeline, broker: str) -> None:
    queue = Queue(broker)
    with Redis.from_url(broker) as redis:
        redis.flushall()
        for _, job in queued_jobs(pipeline, queue).values():
            job(datetime.now(UTC))
        assert redis.llen(CRAWLS) == 1
        assert redis.llen(STAGES) == len(STEPS) + 5
