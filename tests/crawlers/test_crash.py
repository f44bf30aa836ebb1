"""A crash at any moment: what is stored stays, what is not stays due, nothing is stored twice."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.errors import CrawlerDiedError, WhyNot
from crawlers.run import crawl
from store.hosts import HostMemory, read_hosts, write_hosts
from store.kinds import FetchState
from store.snapshots import count_waiting_snapshots
from store.sources import due_sources
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.lists import listing, told
from tests.crawlers.processes import children_of
from tests.crawlers.site import Reply, Site, page

PAGES = 60
ROOT = Path(__file__).parents[2]


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


def test_what_a_host_told_one_crawl_holds_for_the_next_although_another_was_under_way(
    site: Site, watch: Watch
) -> None:
    site.routes |= {
        "/busy": Reply(b"", status=429, headers={"Retry-After": "7200"}, delay=0.5),
        **{f"/{n}": Reply(page(f"Page {n}"), delay=0.3) for n in range(6)},
    }
    watch.sources(
        watch.page("busy", site.url("/busy")), *(watch.page(f"p{n}", site.url(f"/{n}")) for n in range(6))
    )
    one_by_one = QUICK.model_copy(update={"concurrency_per_host": 1, "delay": timedelta(seconds=0.1)})
    busy, *others = watch.stored()
    crawls = [
        threading.Thread(
            target=crawl, args=(watch.database.url, chosen, one_by_one), kwargs={"now": watch.now}
        )
        for chosen in ([busy], others)
    ]
    for one in crawls:
        one.start()
    for one in crawls:
        one.join()
    assert stored(watch) == 6
    asked = site.asked.total()
    report = watch.crawl(one_by_one, after=timedelta(minutes=5))
    assert report.not_asked == {WhyNot.LATER: 7}
    assert site.asked.total() == asked


def test_the_later_of_two_moments_at_which_a_host_is_open_again_is_kept(watch: Watch) -> None:
    def left(host: HostMemory) -> HostMemory:
        with watch.database.write() as session:
            write_hosts(session, [host])
        with watch.database.read() as session:
            return read_hosts(session, [host.name])[host.name]

    closed = HostMemory(name="n:80", ready_at=watch.now + timedelta(hours=2), pause=2.0, closed=True)
    short = HostMemory(name="n:80", ready_at=watch.now + timedelta(seconds=2), pause=2.0)
    later = HostMemory(name="n:80", ready_at=watch.now + timedelta(hours=3), pause=2.0)
    assert left(closed) == closed
    assert left(short) == closed
    assert left(later) == later
    assert left(replace(closed, ready_at=watch.now + timedelta(days=300))).closed
    assert left(short) == short, "a clock that was wrong holds up nothing"


def test_two_crawls_at_once_tell_new_entries_of_a_list_once(site: Site, watch: Watch) -> None:
    site.routes["/news"] = listing("/news/a")
    watch.sources(watch.page("news", site.url("/news"), "page-list"))
    watch.crawl()
    site.routes |= {"/news": listing("/news/a", "/news/b"), "/news/b": Reply(page("B"), delay=0.3)}
    sources = watch.stored()
    later = watch.now + timedelta(days=1)
    crawls = [
        threading.Thread(target=crawl, args=(watch.database.url, sources, QUICK), kwargs={"now": later})
        for _ in range(2)
    ]
    for one in crawls:
        one.start()
    for one in crawls:
        one.join()
    assert stored(watch) == 2
    assert site.asked["/news/b"] <= 2
    assert list(told(watch)) == ["/news/b"]


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
