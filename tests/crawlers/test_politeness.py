"""What servers see, measured at the server: never more than they allow, and nothing twice."""

from __future__ import annotations

import itertools
import json
import socket
import threading
import time
from base64 import b64encode
from collections import defaultdict
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from config.proxy import PROXY_LOGIN, proxy_with_login
from crawlers.errors import WhyNot
from crawlers.limits import limit_of
from crawlers.run import CrawlReport, crawl
from service.commands.crawl import tell_crawl
from service.context import CommandContext
from service.environment import read_environment
from store.kinds import FetchState
from store.robots import read_robots
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Site, page

PAUSE = timedelta(seconds=0.3)
SLACK = 0.03  # seconds that a busy machine may take to write down a moment
HOUR = timedelta(hours=1)


class Witness:
    """Writes down when each host was asked, and how many requests it saw at once."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)
        self.conditional: list[bool] = []
        self.most: dict[str, int] = defaultdict(int)
        self._under_way: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    def page(self, handler: BaseHTTPRequestHandler) -> Reply:
        host = handler.headers["Host"]
        with self._lock:
            self.times[host].append(time.monotonic())
            self._under_way[host] += 1
            self.most[host] = max(self.most[host], self._under_way[host])
        time.sleep(0.02)
        with self._lock:
            self._under_way[host] -= 1
        return self._reply(handler)

    def _reply(self, handler: BaseHTTPRequestHandler) -> Reply:
        if handler.path == "/robots.txt":
            return Reply(b"", headers={"ETag": '"r"'}, content_type="text/plain")
        has_it = handler.headers.get("If-None-Match") == '"one"'
        self.conditional.append(has_it)
        if has_it:
            return Reply(status=304, headers={"ETag": '"one"'}, content_type=None)
        return Reply(page(handler.path), headers={"ETag": '"one"'})

    def smallest_gap(self) -> float:
        gaps = [b - a for times in self.times.values() for a, b in itertools.pairwise(times)]
        return min(gaps)


@pytest.fixture
def witness(site: Site, watch: Watch) -> Witness:
    """Four hosts of three pages each."""
    witness = Witness()
    paths = [f"/{number}" for number in range(3)]
    site.routes |= dict.fromkeys([*paths, "/robots.txt"], witness.page)
    watch.sources(
        *(
            watch.page(f"{host}-{path[1:]}", site.url(path, f"{host}.localhost"))
            for host in "abcd"
            for path in paths
        )
    )
    return witness


def test_no_host_is_asked_sooner_than_its_pause_even_by_the_next_crawl(
    witness: Witness, watch: Watch
) -> None:
    polite = QUICK.model_copy(update={"delay": PAUSE, "concurrency_per_host": 1})
    for _ in range(2):
        crawl(watch.database.url, watch.stored(), polite)
    assert {len(times) for times in witness.times.values()} == {1 + 3 + 3}
    assert witness.smallest_gap() >= PAUSE.total_seconds() - SLACK
    assert set(witness.most.values()) == {1}


def test_no_host_sees_more_requests_at_once_than_allowed(witness: Witness, watch: Watch) -> None:
    watch.crawl(QUICK.model_copy(update={"concurrency_per_host": 2}))
    assert max(witness.most.values()) == 2


def test_the_second_visit_of_a_world_at_rest_is_conditional_requests_only(
    witness: Witness, watch: Watch
) -> None:
    assert watch.crawl().counts == {FetchState.OK: 12}
    asked = sum(len(times) for times in witness.times.values())
    assert (asked, any(witness.conditional)) == (12 + 4, False)
    assert watch.crawl(after=6 * HOUR).counts == {FetchState.UNCHANGED: 12}
    assert sum(len(times) for times in witness.times.values()) - asked == 12
    assert all(witness.conditional[12:])


def test_robots_are_asked_again_by_their_validators_and_kept(site: Site, watch: Watch) -> None:
    def robots(handler: BaseHTTPRequestHandler) -> Reply:
        if handler.headers.get("If-None-Match") == '"r1"':
            return Reply(status=304, content_type=None)
        return Reply(b"User-agent: *\nDisallow: /b\n", headers={"ETag": '"r1"'}, content_type="text/plain")

    site.routes |= {"/robots.txt": robots, "/a": Reply(page()), "/b": Reply(page())}
    watch.sources(watch.page("a", site.url("/a")), watch.page("b", site.url("/b")))
    watch.crawl()
    watch.crawl(after=25 * HOUR)
    assert site.seen["/robots.txt"]["if-none-match"] == '"r1"'
    watch.crawl(after=26 * HOUR)
    assert (site.asked["/robots.txt"], site.asked["/b"]) == (2, 0)
    origin = site.url("").rstrip("/")
    with watch.database.read() as session:
        kept = read_robots(session, [origin])[origin]
    assert kept.at - watch.now >= 25 * HOUR


def test_robots_of_where_a_redirect_leads_are_kept_too(site: Site, watch: Watch) -> None:
    site.routes |= {
        "/robots.txt": Reply(b"", content_type="text/plain"),
        "/old": Reply(status=301, headers={"Location": site.url("/new", "other.localhost")}),
        "/new": Reply(page()),
    }
    watch.sources(watch.page("moved", site.url("/old")))
    watch.crawl()
    assert site.asked["/robots.txt"] == 2
    watch.crawl(after=HOUR)
    assert site.asked["/robots.txt"] == 2


def test_a_dead_host_is_given_up_and_its_other_sources_say_why(site: Site, watch: Watch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        site.routes["/alive"] = Reply(page())
        dead = [watch.page(f"dead-{n}", f"http://dead.localhost:{port}/{n}") for n in range(8)]
        watch.sources(watch.page("alive", site.url("/alive")), *dead)
        slow = QUICK.model_copy(update={"delay": PAUSE, "concurrency_per_host": 1})
        watch.crawl(slow)
    stored = {source.key.removeprefix("north/"): source for source in watch.stored()}
    assert stored["alive"].state is FetchState.OK
    reasons = [str(source.reason) for name, source in stored.items() if name != "alive"]
    assert all(reason.startswith("refused: ") for reason in reasons)
    assert sum("was not asked in this crawl" in reason for reason in reasons) == 5
    moment = stored["dead-7"].last_attempt_at
    assert moment is not None
    assert stored["dead-7"].next_due_at == moment + timedelta(minutes=15)


def test_sources_that_failed_are_asked_after_those_that_work(site: Site, watch: Watch) -> None:
    names = [f"p{number}" for number in range(5)]
    site.routes |= {f"/{name}": Reply(raw=lambda handler: None) for name in names[:4]}
    site.routes["/p4"] = Reply(page())
    watch.sources(*(watch.page(name, site.url(f"/{name}")) for name in names))
    one = QUICK.model_copy(update={"concurrency_per_host": 1})
    watch.look_at(one)
    assert watch.look_at(one)["p4"] == (FetchState.OK, None)


def test_nothing_is_asked_in_quiet_hours_and_a_crawl_that_runs_into_them_stops(
    site: Site, watch: Watch
) -> None:
    site.routes |= {f"/{n}": Reply(page(str(n))) for n in range(6)}
    watch.sources(*(watch.page(f"p{n}", site.url(f"/{n}")) for n in range(6)))
    quiet = QUICK.model_copy(
        update={"quiet_hours": "22:00-05:00", "delay": PAUSE, "concurrency_per_host": 1, "obey_robots": False}
    )
    evening = watch.now.replace(hour=23)
    report = crawl(watch.database.url, watch.stored(), quiet, now=evening)
    assert (report.total, report.postponed, sum(site.asked.values())) == (0, 6, 0)
    morning = evening.replace(hour=5) + timedelta(days=1)
    assert {source.next_due_at for source in watch.stored()} == {morning}
    assert {source.state for source in watch.stored()} == {None}
    shortly_before = evening.replace(hour=21, minute=59, second=59)
    report = crawl(watch.database.url, watch.stored(), quiet, now=shortly_before)
    assert report.total + report.postponed == 6
    assert 0 < report.total == sum(site.asked.values()) < 6


def test_a_host_that_says_later_is_left_alone_until_then_by_the_next_crawl_too(
    site: Site, watch: Watch
) -> None:
    busy = Reply(b"", status=429, headers={"Retry-After": "7200"})
    site.routes |= {"/0": busy, "/1": Reply(page("1")), "/2": Reply(page("2"))}
    watch.sources(*(watch.page(f"p{n}", site.url(f"/{n}")) for n in range(3)))
    one = QUICK.model_copy(update={"concurrency_per_host": 1})
    report = watch.crawl(one)
    assert (report.counts, report.postponed) == ({FetchState.BLOCKED: 1}, 2)
    report = watch.crawl(one, after=HOUR)
    assert (report.total, report.postponed) == (0, 3)
    assert sum(count for path, count in site.asked.items() if path != "/robots.txt") == 1
    site.routes["/0"] = Reply(page("0"))
    assert watch.crawl(one, after=3 * HOUR).counts == {FetchState.OK: 3}


def test_limits_of_services_hold_for_every_source_of_the_host() -> None:
    for host in ("data.sec.gov", "www.sec.gov", "efts.sec.gov", "SEC.gov."):
        limit = limit_of(host)
        assert limit is not None
        assert limit.pause >= timedelta(seconds=0.1)
    assert limit_of("notsec.gov") is None
    assert limit_of("north.wd3.myworkdayjobs.com") is not None


def test_a_clock_that_was_wrong_holds_up_nothing(site: Site, watch: Watch) -> None:
    site.routes["/a"] = Reply(page())
    watch.sources(watch.page("a", site.url("/a")))
    slow = QUICK.model_copy(update={"delay": PAUSE})
    watch.crawl(slow, after=timedelta(days=300))
    assert watch.crawl(slow).seconds < 30


def test_a_proxy_gets_its_login_from_the_environment_and_nobody_else_does(
    site: Site, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = "Basic " + b64encode(b"us:p@ss:word").decode()

    def behind(handler: BaseHTTPRequestHandler) -> Reply:
        if handler.headers.get("Proxy-Authorization") != wanted:
            return Reply(status=407)
        return Reply(page())

    site.routes["http://rival.localhost/a"] = behind
    watch.sources(watch.page("a", "http://rival.localhost/a"))
    proxied = QUICK.model_copy(update={"proxy": site.url("", "127.0.0.1"), "obey_robots": False})
    assert watch.look_at(proxied)["a"] == (
        FetchState.BLOCKED,
        "proxy-login: the proxy asks for a login (status 407)",
    )
    monkeypatch.setenv(PROXY_LOGIN, "us:p@ss:word")
    assert watch.look_at(proxied)["a"] == (FetchState.OK, None)
    assert "authorization" not in site.seen["http://rival.localhost/a"]
    assert (
        proxy_with_login("https://proxy.example:8", {PROXY_LOGIN: "u:@"}) == "https://u:%40@proxy.example:8"
    )
    assert proxy_with_login(None, {PROXY_LOGIN: "u:p"}) is None


def test_a_person_who_names_a_source_has_no_quiet_hours_and_is_told_of_the_rest(
    site: Site, watch: Watch
) -> None:
    site.routes["/a"] = Reply(page())
    watch.sources(watch.page("a", site.url("/a")))
    quiet = QUICK.model_copy(update={"quiet_hours": "00:00-23:59"})
    report = watch.crawl(quiet)
    assert report.not_asked == {WhyNot.QUIET: 1}
    report = crawl(watch.database.url, watch.stored(), quiet, now=watch.now, in_quiet_hours=True)
    assert report.counts == {FetchState.OK: 1}
    assert not report.not_asked
    [source] = watch.stored()
    assert source.next_due_at is not None
    assert source.next_due_at.strftime("%H:%M") == "23:59", "what comes next obeys again"


def test_why_sources_stay_due_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    report = CrawlReport(counts={FetchState.OK: 2}, not_asked={WhyNot.LATER: 3, WhyNot.FEW: 1})
    command = CommandContext(environment=read_environment(variables={}), as_json=False, verbosity=0)
    tell_crawl(command, report, as_json=False)
    said = " ".join(capsys.readouterr().out.split())
    assert "4 were not asked now and stay due: 3 because their host asked us to wait, 1 because their" in said
    tell_crawl(command, report, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["postponed"], told["not_asked"]) == (4, {"later": 3, "few": 1})
