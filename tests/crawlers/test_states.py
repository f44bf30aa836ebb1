"""How each kind of answer ends, all in one crawl of a real server."""

from __future__ import annotations

import gzip
import zlib
from http.server import BaseHTTPRequestHandler

import brotli
import pytest
import zstandard

from config.competitors import SourceConfig
from store.kinds import FetchState
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Site, bomb, drip, page, running_site
from tests.crawlers.test_judge import CLOUDFLARE

OK, BLOCKED, BROKEN, EMPTY = FetchState.OK, FetchState.BLOCKED, FetchState.BROKEN, FetchState.EMPTY
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>%s</channel></rss>'
ITEM = b"<item><guid>1</guid><title>One</title><link>http://x.example/1</link></item>"


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\nbegin")


def no_http(handler: BaseHTTPRequestHandler) -> None:
    """Answer something that is no HTTP."""
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")


def many_headers(handler: BaseHTTPRequestHandler) -> None:
    """Send headers without end."""
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(5_000)) + b"\r\nx"
    )


def packed(encoding: str, data: bytes) -> Reply:
    """Return a reply with a content encoding."""
    return Reply(data, headers={"Content-Encoding": encoding})


CASES: dict[str, tuple[str, Reply, FetchState, str | None]] = {
    "plain": ("page", Reply(page()), OK, None),
    "gzip": ("page", packed("gzip", gzip.compress(page())), OK, None),
    "deflate": ("page", packed("deflate", zlib.compress(page())), OK, None),
    "raw-deflate": ("page", packed("deflate", zlib.compress(page(), wbits=-15)), OK, None),
    "brotli": ("page", packed("br", brotli.compress(page())), OK, None),
    "zstd": ("page", packed("zstd", zstandard.compress(page())), OK, None),
    "latin": (
        "page",
        Reply(
            page(text="Prüfung " * 90).decode().encode("latin-1"),
            content_type="text/html; charset=iso-8859-1",
        ),
        OK,
        None,
    ),
    "wrong-charset": (
        "page",
        Reply(page(text="Prüfung " * 90), content_type="text/html; charset=no-such"),
        OK,
        None,
    ),
    "no-type": ("page", Reply(page(), content_type=None), OK, None),
    "gzip-bomb": ("page", packed("gzip", bomb(50_000_000)), BROKEN, "too-large"),
    "br-bomb": ("page", packed("br", brotli.compress(b"\0" * 50_000_000, quality=3)), BROKEN, "too-large"),
    "zstd-bomb": ("page", packed("zstd", zstandard.compress(b"\0" * 50_000_000)), BROKEN, "too-large"),
    "large": ("page", Reply(b"x" * 300_000), BROKEN, "too-large"),
    "damaged": ("page", packed("gzip", b"\x1f\x8b\x08no gzip at all"), BROKEN, "bad-answer"),
    "half-gzip": ("page", packed("gzip", gzip.compress(page() * 3)[:-20]), BROKEN, "bad-answer"),
    "odd-encoding": ("page", packed("rot13", page()), BROKEN, "bad-answer"),
    "slow-loris": ("page", Reply(raw=drip), BROKEN, "timeout"),
    "cut-off": ("page", Reply(raw=cut_off), BROKEN, "connection"),
    "no-http": ("page", Reply(raw=no_http), BROKEN, "bad-answer"),
    "many-headers": ("page", Reply(raw=many_headers), BROKEN, "bad-answer"),
    "forbidden": ("page", Reply(page("Forbidden", "no"), status=403), BLOCKED, "forbidden"),
    "login": ("page", Reply(b"", status=401), BLOCKED, "login"),
    "rate": ("page", Reply(b"", status=429, headers={"Retry-After": "7200"}), BLOCKED, "rate-limited"),
    "gone": ("page", Reply(page(), status=404), BROKEN, "gone"),
    "trouble": ("page", Reply(page(), status=500), BROKEN, "http-500"),
    "challenge": ("page", Reply(CLOUDFLARE), BLOCKED, "bot-check"),
    "challenge-403": ("page", Reply(CLOUDFLARE, status=403), BLOCKED, "bot-check"),
    "feed-challenge": ("feed", Reply(CLOUDFLARE), BLOCKED, "bot-check"),
    "maintenance": (
        "page",
        Reply(b"<title>Scheduled maintenance</title><p>Back at ten o'clock, thank you for waiting."),
        BROKEN,
        "maintenance",
    ),
    "soft-404": ("page", Reply(page("Page not found")), BROKEN, "gone"),
    "to-login": ("page", Reply(status=302, headers={"Location": "/login?next=/x"}), BLOCKED, "login"),
    "to-home": ("page", Reply(status=301, headers={"Location": "/"}), BROKEN, "gone"),
    "circle": ("page", Reply(status=302, headers={"Location": "/circle"}), BROKEN, "redirects"),
    "to-file": ("page", Reply(status=302, headers={"Location": "file:///etc/passwd"}), BROKEN, "redirects"),
    "to-metadata": (
        "page",
        Reply(status=302, headers={"Location": "http://169.254.169.254/latest/"}),
        BROKEN,
        "unsafe-address",
    ),
    "to-private": (
        "page",
        Reply(status=302, headers={"Location": "http://[::ffff:10.0.0.1]/"}),
        BROKEN,
        "unsafe-address",
    ),
    "to-decimal": (
        "page",
        Reply(status=302, headers={"Location": "http://2130706433/"}),
        BROKEN,
        "bad-address",
    ),
    "moved": ("page", Reply(status=301, headers={"Location": "/plain"}), OK, None),
    "image": ("page", Reply(b"\x89PNG\r\n", content_type="image/png"), BROKEN, "content-type"),
    "nothing": ("page", Reply(b""), EMPTY, "no-text"),
    "no-text": ("page", Reply(b"<html><body><div></div></body></html>"), EMPTY, "no-text"),
    "script-only": (
        "page",
        Reply(b'<html><body><div id="root"></div><script src="/a.js"></script></body></html>'),
        EMPTY,
        "needs-browser",
    ),
    "feed": ("feed", Reply(RSS % ITEM, content_type="application/rss+xml"), OK, None),
    "empty-feed": ("feed", Reply(RSS % b"", content_type="application/rss+xml"), EMPTY, "no-entries"),
    "dead-feed": (
        "feed",
        Reply(RSS % ITEM.replace(b"</item>", b"<pubDate>Mon, 02 Jun 2025 08:00:00 GMT</pubDate></item>")),
        BROKEN,
        "dead-feed",
    ),
    "no-feed": ("feed", Reply(page()), BROKEN, "unreadable"),
    "half-json": ("greenhouse", Reply(b'{"jobs": [', content_type="application/json"), BROKEN, "unreadable"),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[FetchState | None, str | None]]:
    """Crawl all cases once."""
    from store.database import Database
    from store.schema import upgrade
    from tests.conftest import NOW

    folder = tmp_path_factory.mktemp("states")
    with running_site() as site, Database(f"sqlite:///{folder}/db") as database:
        upgrade(database)
        watch = Watch(database, NOW)
        site.routes |= {f"/{name}": reply for name, (_, reply, _, _) in CASES.items()}
        site.routes |= {
            "/login?next=/x": Reply(page("Sign in")),
            "/": Reply(page("Home")),
            "/v1/boards/b/jobs?content=true": CASES["half-json"][1],
        }
        watch.sources(*(_configured(watch, site, name, kind) for name, (kind, _, _, _) in CASES.items()))
        return watch.look_at(QUICK.model_copy(update={"concurrency": 32}))


def _configured(watch: Watch, site: Site, name: str, kind: str) -> SourceConfig:
    if kind == "greenhouse":
        return watch.page(name, "", kind, base=site.url(""), parameters={"board": "b"})
    # A host of its own for each: one that says "later" is not asked again.
    return watch.page(name, site.url(f"/{name}", f"{name}.localhost"), kind, render="static")


@pytest.mark.parametrize("name", CASES)
def test_every_answer_ends_in_its_state(
    name: str, results: dict[str, tuple[FetchState | None, str | None]]
) -> None:
    state, reason = results[name]
    _, _, expected, code = CASES[name]
    assert (state, reason.partition(":")[0] if reason else None) == (expected, code), reason


def test_reasons_are_one_short_sentence(results: dict[str, tuple[FetchState | None, str | None]]) -> None:
    for _, reason in results.values():
        if reason:
            assert len(reason) < 250
            assert "\n" not in reason
