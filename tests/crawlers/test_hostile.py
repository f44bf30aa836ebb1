# ruff: noqa: E501  (a table reads better in one line a row)
"""Servers that attack or are defect beyond bad pages: each ends as a named state, in bounded time and memory."""

from __future__ import annotations

import gzip
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from config.competitors import SourceConfig
from config.settings import DetectionSettings
from extract.run import run_extract
from store.database import Database
from store.kinds import FetchState
from store.replays import results
from store.schema import upgrade
from tests.conftest import NOW
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Route, Site, bomb, page, running_site
from tests.crawlers.test_states import CASES as PLAIN_CASES
from tests.crawlers.test_states import packed

OK, BLOCKED, BROKEN, EMPTY = FetchState.OK, FetchState.BLOCKED, FetchState.BROKEN, FetchState.EMPTY
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
CHUNK = b"4e20\r\n" + b"<item/>xxx" * 2_000 + b"\r\n"
# Of the crawling process over all cases at once, up to 16 in work at a time; it has about 110 MB before its first
# request. Measured: 390 to 550 MB, by which of them happen to meet. What each costs alone is in `test_costs`.
PEAK_BYTES = 700_000_000
LONGEST_SECONDS = 60.0  # for all cases together, on two busy cores
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>%s"
)
FEED = b'<rss version="2.0"><channel><item><guid>1</guid><title>&j;</title></item></channel></rss>'
STEAL = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<urlset><url><loc>http://a.example/&x;</loc></url></urlset>"
)


def raw(*parts: bytes, pause: float = 0.0, times: int = 1) -> Reply:
    """Return a reply that writes bytes to the connection itself."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(parts[0])
        for _ in range(times):
            for part in parts[1:]:
                handler.wfile.write(part)
                handler.wfile.flush()
                time.sleep(pause)

    return Reply(raw=write)


def to(target: str) -> Reply:
    """Return a redirect."""
    return Reply(status=302, headers={"Location": target})


def chain(handler: BaseHTTPRequestHandler) -> Reply:
    """Redirect on and on, never twice to the same address."""
    return to(f"{handler.path.partition('?')[0]}?{time.monotonic_ns()}")


def xml(body: bytes) -> Reply:
    """Return an XML answer."""
    return Reply(body, content_type="text/xml")


def json_answer(body: bytes) -> Reply:
    """Return a JSON answer."""
    return Reply(body, content_type="application/json")


def html(inner: bytes) -> Reply:
    """Return a page with these bytes in it."""
    return Reply(page().replace(b"</main>", inner + b"</main>"))


class Case(NamedTuple):
    """One hostile answer, and how the source ends."""

    type: str
    reply: Reply | Callable[[BaseHTTPRequestHandler], Reply]
    state: FetchState | None
    code: str | None = None


CASES: dict[str, Case] = {
    "packed-twice": Case("page", packed("gzip, gzip", gzip.compress(gzip.compress(page()))), OK),
    "packed-thrice": Case("page", packed("gzip, gzip, gzip", b"x"), BROKEN, "bad-answer"),
    "bomb-in-bomb": Case("page", packed("gzip, gzip", gzip.compress(bomb(50_000_000))), BROKEN, "too-large"),
    "gzip-file-bomb": Case("sitemap", Reply(bomb(90_000_000), content_type="application/gzip"), BROKEN, "unreadable"),
    "endless-body": Case("page", raw(HEAD + b"\r\n", b"x" * 50_000, times=200), BROKEN, "too-large"),
    "endless-chunks": Case("feed", raw(CHUNKED, CHUNK, times=50), BROKEN, "too-large"),
    "slow-head": Case("page", raw(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", pause=0.2, times=30), BROKEN, "timeout"),
    "silence": Case("page", raw(b"", b"", pause=4), BROKEN, "timeout"),
    "hangs-up": Case("page", raw(b""), BROKEN, "connection"),
    "long-header": Case("page", raw(HEAD + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n"), BROKEN, "bad-answer"),
    "bad-status": Case("page", raw(b"HTTP/1.1 9999999 OK\r\n\r\n"), BROKEN, "bad-answer"),
    "negative-length": Case("page", raw(HEAD + b"Content-Length: -5\r\n\r\nx"), BROKEN, "bad-answer"),
    "huge-length": Case("page", raw(HEAD + b"Content-Length: 99999999999999\r\n\r\nx"), BROKEN, "too-large"),
    "bad-chunk": Case("page", raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"), BROKEN, None),
    "header-control": Case("page", raw(HEAD + b"X-A: a\x00b\r\nContent-Length: 1\r\n\r\nx"), BROKEN, "bad-answer"),
    "not-modified-unasked": Case("page", Reply(status=304, content_type=None), BROKEN, "bad-answer"),
    "no-content": Case("page", Reply(status=204, content_type=None), EMPTY, "no-content"),
    "status-999": Case("page", Reply(b"", status=999), BLOCKED, "forbidden"),
    "chain": Case("page", chain, BROKEN, "redirects"),
    "to-nowhere": Case("page", to("http://[/"), BROKEN, "redirects"),
    "to-user": Case("page", to("http://user:pass@site.localhost/"), BROKEN, "bad-address"),
    "to-script": Case("page", to("javascript:alert(1)"), BROKEN, "redirects"),
    "to-unresolved": Case("page", to("http://nobody.invalid/"), BROKEN, "dns"),
    "to-any": Case("page", to("http://0.0.0.0/"), BROKEN, "unsafe-address"),
    "refresh-to-private": Case(
        "page", Reply(b'<html><meta http-equiv=refresh content="0;url=http://10.0.0.1/">'), BROKEN, "unsafe-address"
    ),
    "laughs-feed": Case("feed", xml(LAUGHS % FEED), None),
    "laughs-sitemap": Case("sitemap", xml(LAUGHS % b"<urlset><url><loc>&j;</loc></url></urlset>"), None),
    "steals-file": Case("sitemap", xml(STEAL), None),
    "deep-html": Case("page", html(b"<div>" * 30_000), OK),
    "deep-xml": Case("sitemap", xml(b"<a>" * 30_000), BROKEN, "unreadable"),
    "deep-json": Case("greenhouse", json_answer(b"[" * 100_000), BROKEN, "unreadable"),
    "long-number": Case("greenhouse", json_answer(b'{"jobs": ' + b"9" * 100_000 + b"}"), BROKEN, "unreadable"),
    "wrong-json": Case("greenhouse", json_answer(b'{"jobs": {"a": 1}}'), BROKEN, "unreadable"),
    "many-attributes": Case("page", html(b"<p " + b"".join(b"a%d=b " % n for n in range(15_000)) + b">"), OK),
    "many-entities": Case("page", html(b"&amp;" * 30_000), OK),
    "open-comment": Case("page", html(b"<!--" * 10_000), OK),
    "many-refreshes": Case("page", html(b"<meta http-equiv=refresh " * 6_000), OK),
    "nul-bytes": Case("page", html(b"\0" * 50_000), OK),
    "mixed-encodings": Case("page", html("ü€".encode("utf-16") * 500 + "ü".encode("latin-1") * 500), OK),
    "feed-as-archive": Case("feed", Reply(b"PK\x03\x04" + b"\0" * 500, content_type="text/xml"), BROKEN, "unreadable"),
    "feed-of-spaces": Case("feed", xml(b" " * 150_000), BROKEN, "unreadable"),
    "to-octal": Case("page", to("http://0177.0.0.1/"), BROKEN, None),
    "to-hexadecimal": Case("page", to("http://0x7f000001/"), BROKEN, None),
    "to-short": Case("page", to("http://127.1/"), BROKEN, None),
    "to-mapped-metadata": Case("page", to("http://[::ffff:169.254.169.254]/"), BROKEN, "unsafe-address"),
    "to-v6-loopback": Case("page", to("http://[::1]/"), BROKEN, "unsafe-address"),
    "to-v6-local": Case("page", to("http://[fe80::1]/"), BROKEN, "unsafe-address"),
    "to-v6-private": Case("page", to("http://[fd00::1]/"), BROKEN, "unsafe-address"),
    "to-translated": Case("page", to("http://[64:ff9b::a00:1]/"), BROKEN, "unsafe-address"),
    "to-wide-digits": Case("page", to("http://１２７.０.０.１/"), BROKEN, None),
    "to-other-port": Case("page", to("http://10.0.0.1:22/"), BROKEN, "unsafe-address"),
    "to-long": Case("page", to("/" + "a" * 40_000), None),
    "to-data": Case("page", to("data:text/html,<h1>x</h1>"), BROKEN, "redirects"),
    "refresh-circle": Case(
        "page", Reply(b'<html><meta http-equiv=refresh content="0;url=?again">'), BROKEN, None
    ),
    "cookies": Case(
        "page", raw(HEAD + b"".join(b"Set-Cookie: c%d=%s\r\n" % (n, b"x" * 4_000) for n in range(60)) + b"Content-Length: 1\r\n\r\nx"), None
    ),
    "two-lengths": Case("page", raw(HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nabcdefghi"), BROKEN, None),
    "length-and-chunks": Case(
        "page", raw(HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"), None
    ),
    "too-short-length": Case("page", raw(HEAD + b"Content-Length: 3\r\n\r\n" + page()), None),
    "chunk-extensions": Case("page", raw(CHUNKED + b"5;" + b"a=b;" * 30_000 + b"\r\nabcde\r\n0\r\n\r\n"), None),
    "chunk-trailers": Case("page", raw(CHUNKED + b"5\r\nabcde\r\n0\r\n", b"X-T: y\r\n" * 2_000, times=20), None),
    "continues": Case("page", raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000, b"", pause=0.1), None),
    "slow-chunks": Case("page", raw(CHUNKED, b"1\r\nx\r\n", pause=0.2, times=30), BROKEN, "timeout"),
    "multipart": Case(
        "page", Reply(b"--b\r\n\r\nx\r\n" * 9_000, content_type="multipart/x-mixed-replace; boundary=b"), BROKEN, "content-type"
    ),
    "one-line": Case("page", html(b"x" * 190_000), OK),
    "many-links": Case("page", html(b'<a href="/x">y</a>' * 10_000), OK),
    "long-attribute": Case("page", html(b'<p title="' + b"a" * 190_000 + b'">'), OK),
    "many-forms": Case("page", html(b"<form>" * 30_000), OK),
    "deep-tables": Case("page", html(b"<table><tr><td>" * 10_000), OK),
    "svg-laughs": Case("page", html(LAUGHS % b"<svg><text>&j;</text></svg>"), OK),
    "utf-7": Case("page", Reply(page(), content_type="text/html; charset=utf-7"), OK),
    "says-utf-16": Case("page", Reply(page(), content_type="text/html; charset=utf-16"), None),
    "is-utf-16": Case("page", Reply(page().decode().encode("utf-16"), content_type="text/html"), None),
    "half-characters": Case("page", html(b"\xe2\x82" * 50_000 + b"\xff\xfe"), OK),
    "pdf-bomb": Case(
        "page", Reply(b"%PDF-1.7\n" + b"1 0 obj<</Filter[/FlateDecode/FlateDecode]>>stream\n" + bomb(9_000_000)[:150_000], content_type="application/pdf"), None
    ),
    "pdf-as-page": Case("page", Reply(b"%PDF-1.7\n" + b"\0" * 1_000), None),
    "endless-feed": Case("feed", raw(HEAD + b"\r\n<rss><channel>", b"<item><guid>x</guid></item>" * 900, times=40), BROKEN, "too-large"),
    "many-items": Case("feed", xml(b"<rss><channel>" + b"<item><guid>x</guid></item>" * 7_000 + b"</channel></rss>"), None),
    "quadratic-entity": Case(
        "feed", xml(b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 50_000 + b'">]><rss><channel><item><guid>1</guid><title>' + b"&a;" * 20_000 + b"</title></item></channel></rss>"), None
    ),
    "outside-definition": Case("sitemap", xml(b'<!DOCTYPE r SYSTEM "http://10.0.0.1/x.dtd"><urlset><url><loc>http://a.example/</loc></url></urlset>'), None),
    "dates-of-nonsense": Case("feed", xml(b"<rss><channel>" + b"<item><guid>1</guid><title>x</title><pubDate>" + b"9" * 90_000 + b"</pubDate></item></channel></rss>"), None),
    "br-in-gzip": Case("page", packed("br, gzip", gzip.compress(b"no brotli")), BROKEN, "bad-answer"),
    "gzip-members": Case("page", packed("gzip", gzip.compress(b"") * 9_000), None),
    "gzip-and-more": Case("page", packed("gzip", gzip.compress(page()) + b"trailing rubbish"), None),
    "open-angles": Case("feed", xml(b"<" * 150_000), BROKEN, "unreadable"),
}  # fmt: skip

Ends = dict[str, tuple[FetchState | None, str | None]]


class Crawled(NamedTuple):
    """How the attack ended, what it cost, and which sources it made a change of."""

    ends: Ends
    seconds: float
    peak_bytes: int
    changed: set[str]


#: Cases that are whole pages or lists with other words in them, which is a change.
SAY_SOMETHING_ELSE = {
    "many-entities",
    "many-links",
    "one-line",
    "mixed-encodings",
    "half-characters",
    "svg-laughs",
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Crawl all sources while they are sound, then with all cases at once, and compare."""
    # In a process of its own: the peak that the system tells is that of all children a process ever had.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own:
        return own.submit(_crawled, tmp_path_factory.mktemp("hostile")).result()


def _crawled(folder: Path) -> Crawled:
    with running_site() as site, Database(f"sqlite:///{folder}/db") as database:
        upgrade(database)
        watch = Watch(database, NOW)
        attacked = prepared(watch, site)
        watch.sources(*attacked)
        hostile, site.routes = site.routes, {path: _sound(path) for path in site.routes}
        watch.crawl(QUICK)
        site.routes = hostile
        began = time.monotonic()
        watch.crawl(QUICK.model_copy(update={"timeout": timedelta(seconds=5)}), after=timedelta(days=1))
        seconds = time.monotonic() - began
        ends = {one.key.partition("/")[2]: (one.state, one.reason) for one in watch.stored()}
        return Crawled(
            ends, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, _changed(database)
        )


def prepared(watch: Watch, site: Site) -> list[SourceConfig]:
    """Serve all cases; return a source for each."""
    for name, case in CASES.items():
        site.routes[f"/{name}"] = case.reply
        site.routes[f"/v1/boards/{name}/jobs?content=true"] = case.reply
    site.routes = _Prefixed(site.routes)
    return [_source(watch, name, site.url(f"/{name}", host), site.url("", host)) for name, host in _hosts()]


def _sound(path: str) -> Reply:
    """Return what the address showed before the attack."""
    kind = "greenhouse" if path.startswith("/v1") else CASES[path[1:]].type
    return {
        "page": Reply(page()),
        "feed": xml(b"<rss><channel><item><guid>0</guid><title>Old news</title></item></channel></rss>"),
        "sitemap": xml(b"<urlset><url><loc>http://a.example/old</loc></url></urlset>"),
        "greenhouse": json_answer(b'{"jobs": []}'),
    }[kind]


def _changed(database: Database) -> set[str]:
    """Extract all that was stored; return the names of the sources that changed."""
    settings = DetectionSettings(confirm_from_impact=1)
    with database.write() as session:
        while run_extract(session, NOW + timedelta(days=1), settings):
            pass
        return {one.key[0].partition("/")[2] for one in results(session, NOW) if one.kind == "change"}


class _Prefixed(dict[str, Route]):
    """Routes of which that of the chain stands for all addresses that begin so."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the route of an address."""
        return super().get("/chain" if key.startswith("/chain") else key, default)


def _hosts() -> list[tuple[str, str]]:
    """Return each case with a host of its own: after three broken connections a host is left in peace."""
    return [(name, f"{name}.localhost") for name in CASES]


def _source(watch: Watch, name: str, url: str, base: str) -> SourceConfig:
    if CASES[name].type == "greenhouse":
        return watch.page(name, "", "greenhouse", base=base, parameters={"board": name})
    return watch.page(name, url, CASES[name].type, render="static")


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_answer_ends_as_a_named_state(name: str, crawled: Crawled) -> None:
    state, reason = crawled.ends[name]
    case = CASES[name]
    assert state is not None
    assert case.state is None or state is case.state, reason
    assert state is OK or reason
    assert case.code is None or str(reason).partition(":")[0] == case.code
    assert "crashed" not in str(reason)
    assert "root:" not in str(reason)


def test_all_of_them_together_stay_within_time_and_memory(crawled: Crawled) -> None:
    assert crawled.seconds < LONGEST_SECONDS
    assert crawled.peak_bytes < PEAK_BYTES


def test_no_attack_becomes_a_change(crawled: Crawled) -> None:
    sound = {name for name, (state, _) in crawled.ends.items() if state is OK}
    assert crawled.changed <= sound
    assert {name for name in crawled.changed if CASES[name].type == "page"} <= SAY_SOMETHING_ELSE


def test_there_are_sixty_kinds_and_more() -> None:
    assert len({*CASES, *PLAIN_CASES}) >= 60
