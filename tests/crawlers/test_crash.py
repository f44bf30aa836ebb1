"""A crash at any moment: what is stored stays, what is not stays due, nothing is stored twice."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from crawlers.errors import CrawlerDiedError
from crawlers.run import crawl
from store.kinds import FetchState
from store.snapshots import count_waiting_snapshots
from store.sources import due_sources
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Site, page

PAGES = 60
ROOT = Path(__file__).parents[2]


def children_of(parent: int) -> list[int]:
    """Return the crawling processes that a process started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def stored(watch: Watch) -> int:
    """Return how many snapshots there are."""
    with watch.database.read() as session:
        return count_waiting_snapshots(session)


def test_two_crawls_at_once_store_each_answer_once(site: Site, watch: Watch) -> None:
    site.default_delay = 0.05
    site.routes |= {f"/{n}": Reply(page(f"Page {n}")) for n in range(12)}
    watch.sources(*(watch.page(f"p{n:02}", site.url(f"/{n}")) for n in range(12)))
    sources = watch.stored()
    crawls = [
        threading.Thread(target=crawl, args=(watch.database.url, sources, QUICK), kwargs={"now": watch.now})
        for _ in range(2)
    ]
    for one in crawls:
        one.start()
    for one in crawls:
        one.join()
    assert stored(watch) == 12
    assert {source.fetches for source in watch.stored()} == {2}


@pytest.fixture
def slow_site(site: Site, watch: Watch) -> Site:
    """Sixty pages that take 30 ms each."""
    site.default_delay = 0.03
    site.routes |= {f"/{n}": Reply(page(f"Page {n}")) for n in range(PAGES)}
    watch.sources(*(watch.page(f"p{n:02}", site.url(f"/{n}")) for n in range(PAGES)))
    return site


def test_after_kill_in_the_middle_every_page_is_there_once(slow_site: Site, watch: Watch) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.crawlers.crawl_command",
        watch.database.url,
        watch.now.isoformat(),
    ]
    for at_least in (5, 25):
        parent = subprocess.Popen(command, cwd=ROOT)
        deadline = time.monotonic() + 20
        while stored(watch) < at_least and time.monotonic() < deadline:
            time.sleep(0.03)
        for victim in [*children_of(parent.pid), parent.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        parent.wait()
        assert at_least <= stored(watch) < PAGES
    with watch.database.read() as session:
        due = due_sources(session, watch.now)
    assert len(due) == PAGES - stored(watch)
    assert subprocess.run(command, cwd=ROOT, check=True).returncode == 0
    assert stored(watch) == PAGES
    assert {source.fetches for source in watch.stored()} == {1}
    assert all(len(watch.snapshots(source)) == 1 for source in watch.stored())


def test_a_dead_child_is_named_and_what_it_stored_stays(slow_site: Site, watch: Watch) -> None:
    def kill_soon() -> None:
        while stored(watch) < 5:
            time.sleep(0.03)
        for victim in children_of(os.getpid()):
            os.kill(victim, signal.SIGKILL)

    threading.Thread(target=kill_soon, daemon=True).start()
    with pytest.raises(
        CrawlerDiedError, match=r"ended early \(signal 9\).*stay due; run the crawl again"
    ) as caught:
        crawl(
            watch.database.url,
            watch.stored(),
            QUICK.model_copy(update={"concurrency_per_host": 2}),
            now=watch.now,
        )
    assert caught.value.status == -signal.SIGKILL
    assert 5 <= caught.value.stored <= stored(watch) < PAGES
    done = [source for source in watch.stored() if source.state is FetchState.OK]
    assert len(done) == stored(watch)


def test_the_child_ends_when_its_parent_dies(slow_site: Site, watch: Watch) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.crawlers.crawl_command",
        watch.database.url,
        watch.now.isoformat(),
    ]
    parent = subprocess.Popen(command, cwd=ROOT)
    deadline = time.monotonic() + 20
    while stored(watch) < 3 and time.monotonic() < deadline:
        time.sleep(0.03)
    [child] = children_of(parent.pid)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()
    assert stored(watch) < PAGES
