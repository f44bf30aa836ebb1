"""Servers that attack or are defect beyond bad pages: each ends as a named state, in bounded time and memory."""

from __future__ import annotations

import gzip
import resource
import time
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple

import pytest

from config.competitors import SourceConfig
from store.database import Database
from store.kinds import FetchState
from store.schema import upgrade
from tests.conftest import NOW
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Route, bomb, page, running_site
from tests.crawlers.test_states import CASES as PLAIN_CASES
from tests.crawlers.test_states import packed

OK, BLOCKED, BROKEN, EMPTY = FetchState.OK, FetchState.BLOCKED, FetchState.BROKEN, FetchState.EMPTY
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
CHUNK = b"4e20\r\n" + b"<item/>xxx" * 2_000 + b"\r\n"
PEAK_BYTES = (
    450_000_000  # of the crawling process over all cases; it has about 110 MB before its first request
)
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
    "open-angles": Case("feed", xml(b"<" * 150_000), BROKEN, "unreadable"),
}  # fmt: skip

Ends = dict[str, tuple[FetchState | None, str | None]]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ends, float, int]:
    """Crawl all cases at once; return how each ended, the seconds, and the crawling process's peak bytes."""
    folder = tmp_path_factory.mktemp("hostile")
    with running_site() as site, Database(f"sqlite:///{folder}/db") as database:
        upgrade(database)
        watch = Watch(database, NOW)
        watch.sources(
            *(_source(watch, name, site.url(f"/{name}", host), site.url("", host)) for name, host in _hosts())
        )
        for name, case in CASES.items():
            site.routes[f"/{name}"] = case.reply
            site.routes[f"/v1/boards/{name}/jobs?content=true"] = case.reply
        site.routes = _Prefixed(site.routes)
        began = time.monotonic()
        ends = watch.look_at(QUICK.model_copy(update={"timeout": timedelta(seconds=3)}))
        seconds = time.monotonic() - began
    return ends, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


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
    return watch.page(name, url, CASES[name].type)


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_answer_ends_as_a_named_state(name: str, crawled: tuple[Ends, float, int]) -> None:
    state, reason = crawled[0][name]
    case = CASES[name]
    assert state is not None
    assert case.state is None or state is case.state, reason
    assert state is OK or reason
    assert case.code is None or str(reason).partition(":")[0] == case.code
    assert "crashed" not in str(reason)
    assert "root:" not in str(reason)


def test_all_of_them_together_stay_within_time_and_memory(crawled: tuple[Ends, float, int]) -> None:
    _, seconds, peak_bytes = crawled
    assert seconds < LONGEST_SECONDS
    assert peak_bytes < PEAK_BYTES


def test_there_are_sixty_kinds_and_more() -> None:
    assert len({*CASES, *PLAIN_CASES}) >= 60
