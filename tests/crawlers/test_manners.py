"""Pauses that adapt, robots.txt kept for a day, refresh tags followed as redirects, pages of lists followed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.charset import guess, undeclared_as_utf8
from crawlers.meta_refresh import refresh_target
from crawlers.pace import LONGEST, next_pause
from crawlers.page_signs import read_signs
from crawlers.paging import by_number, by_offset, by_token, join_lists, with_query
from crawlers.registry import adapter_for
from crawlers.run import affordable
from store.kinds import FetchState
from store.snapshots import snapshot_bytes
from store.sources import Source
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Site, page

PAYLOADS = Path(__file__).parent / "payloads"
HOUR = timedelta(hours=1)


def refresh(target: str, text: str = "Moved") -> bytes:
    """Return a page that sends its reader on."""
    tag = f'<meta http-equiv="refresh" content="0; url={target}">'
    return f"<html><head>{tag}</head><body>{text}</body></html>".encode()


def test_the_pause_grows_with_overload_and_shrinks_back() -> None:
    assert next_pause(2, 2, 0.1, 429) == 4
    assert next_pause(0, 0, 0.1, 503) == 1
    assert next_pause(4, 2, 0.1, 200) == 2
    assert next_pause(0, 0, 3.0, 200) == 3


@given(
    st.floats(0, 1e4),
    st.floats(0, LONGEST),
    st.floats(0, 1e4),
    st.sampled_from([200, 304, 404, 429, 500, 503]),
)
def test_the_pause_stays_between_the_least_and_a_minute(
    pause: float, least: float, latency: float, status: int
) -> None:
    assert least <= next_pause(pause, least, latency, status) <= LONGEST


def test_a_host_that_labours_is_asked_more_slowly(site: Site, watch: Watch) -> None:
    names = [f"p{number}" for number in range(4)]
    site.routes |= {f"/{name}": Reply(page(name), delay=1.1 if name == "p0" else 0) for name in names}
    watch.sources(*(watch.page(name, site.url(f"/{name}")) for name in names))
    watch.crawl(QUICK.model_copy(update={"concurrency_per_host": 1}))
    times = [at for path, at in site.times if path != "/robots.txt"]
    assert times[1] - times[0] > 2.1
    assert times[2] - times[1] > 0.5


def test_robots_are_asked_for_once_a_day(site: Site, watch: Watch) -> None:
    site.routes |= {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /b\n"),
        "/a": Reply(page()),
        "/b": Reply(page()),
    }
    watch.sources(watch.page("a", site.url("/a")), watch.page("b", site.url("/b")))
    for after, asked in ((timedelta(0), 1), (HOUR, 1), (23 * HOUR, 1), (25 * HOUR, 2)):
        watch.crawl(after=after)
        assert site.asked["/robots.txt"] == asked, after
    assert site.asked["/b"] == 0


def test_robots_in_trouble_are_not_kept(site: Site, watch: Watch) -> None:
    site.routes |= {"/robots.txt": Reply(status=503), "/a": Reply(page())}
    watch.sources(watch.page("a", site.url("/a")))
    assert watch.look_at()["a"][0] is FetchState.BLOCKED
    site.routes["/robots.txt"] = Reply(b"")
    assert watch.look_at()["a"][0] is FetchState.OK


def test_a_refresh_tag_is_a_redirect_with_all_its_checks(site: Site, watch: Watch) -> None:
    site.routes |= {
        "/old": Reply(refresh("/new")),
        "/new": Reply(page("New")),
        "/evil": Reply(refresh("http://169.254.169.254/latest/")),
        "/file": Reply(refresh("file:///etc/passwd")),
        "/one": Reply(refresh("/two")),
        "/two": Reply(refresh("/one")),
        "/itself": Reply(refresh("/itself", "x" * 400)),
        "/read": Reply(refresh("/new", "This page is read. " * 80)),
    }
    names = ["old", "evil", "file", "one", "itself", "read"]
    watch.sources(*(watch.page(name, site.url(f"/{name}")) for name in names))
    found = watch.look_at()
    assert {name: str(found[name][1]).partition(":")[0] for name in names} == {
        "old": "None",
        "evil": "unsafe-address",
        "file": "redirects",
        "one": "redirects",
        "itself": "None",
        "read": "None",
    }
    stored = {source.key: source for source in watch.stored()}
    assert watch.snapshots(stored["north/old"])[-1].url == site.url("/new")
    assert watch.snapshots(stored["north/read"])[-1].url == site.url("/read")


@given(st.binary(max_size=300))
def test_refresh_targets_of_any_bytes_never_raise(data: bytes) -> None:
    refresh_target(b"<html><meta http-equiv=refresh content=" + data)


def test_a_refresh_for_readers_without_scripts_is_not_followed() -> None:
    hidden = b'<html><noscript><meta http-equiv=refresh content="0;url=/nojs"></noscript>'
    assert refresh_target(hidden) is None
    assert refresh_target(b'<html><meta http-equiv=refresh content="300;url=/later">') is None
    assert (
        refresh_target(b"<html><META content='5; URL=\"/x?a=1&amp;b=2\"' HTTP-EQUIV=Refresh>") == "/x?a=1&b=2"
    )


@pytest.mark.parametrize(
    ("name", "encoding", "words"),
    [
        ("big5", "big5", None),
        ("eucjp", "euc_jp", "ゲーム三昧な正月"),
        ("euckr", "euc_kr", "EUC-KR 에서 TypeKey 한글닉네임 표시하기"),
        ("gb2312", "gb18030", "不归移民漫画系列：专业工作"),
        ("koi8r", "koi8_r", "Как пережить новогоднюю ночь"),
        ("shiftjis", "shift_jis", "DrecomRSSに記事投稿が反映されない…"),
        ("tis620", "tis_620", None),
        ("windows1255", "cp1255", None),
    ],
)
def test_feeds_without_a_declared_encoding_are_read(name: str, encoding: str, words: str | None) -> None:
    body = (PAYLOADS / f"feed-illformed--feedparser-chardet-{name}.xml").read_bytes()
    assert guess(body) == encoding
    entries = adapter_for("feed").parse(body, "https://site.example/feed", "text/xml")
    assert words is None or [entry.title for entry in entries] == [words]


@given(st.binary(max_size=400))
def test_guessing_an_encoding_never_raises(data: bytes) -> None:
    undeclared_as_utf8(data, None)


def test_what_is_declared_is_left_alone() -> None:
    declared = '<?xml version="1.0" encoding="iso-8859-1"?><rss/>é'.encode("latin-1")
    assert undeclared_as_utf8(declared, None) is declared
    bare = "<rss>é</rss>".encode("latin-1")
    assert undeclared_as_utf8(bare, "text/xml; charset=latin-1") is bare


def test_pages_of_lists_are_found_from_the_answer() -> None:
    url = "https://api.example/x?q=a&page=2"
    full, short = b'{"items": [1, 2]}', b'{"items": [1]}'
    assert by_number("x", 2, "items")(full, url) == ("https://api.example/x?q=a&page=3",)
    assert by_number("x", 2, "items")(short, url) == ()
    assert by_offset("x", 2, "items", name="skip")(full, url) == (with_query(url, skip="2"),)
    assert by_token("x", "next", name="t")(b'{"next": "a b"}', url) == (with_query(url, t="a b"),)
    assert by_token("x", "next", name="t")(b"{}", url) == ()
    assert json.loads(join_lists([b"[1]", b"[2]"])) == [1, 2]


def test_a_whole_job_site_is_one_snapshot(site: Site, watch: Watch) -> None:
    def postings(handler: BaseHTTPRequestHandler) -> Reply:
        skip = int(parse_qs(urlsplit(handler.path).query)["skip"][0])
        found = [{"id": str(number), "text": f"Job {number}"} for number in range(skip, min(skip + 100, 230))]
        return Reply(json.dumps(found).encode(), content_type="application/json")

    for skip in (0, 100, 200):
        site.routes[f"/v0/postings/north?mode=json&limit=100&skip={skip}"] = postings
    [source] = watch.sources(watch.page("jobs", "", "lever", base=site.url(""), parameters={"site": "north"}))
    assert watch.look_at()["jobs"][0] is FetchState.OK
    [snapshot] = watch.snapshots(source)
    with watch.database.read() as session:
        body = snapshot_bytes(session, snapshot)
    assert len(adapter_for("lever").parse(body, snapshot.url)) == 230


def test_newest_first_lists_are_followed_only_back_to_the_last_visit(site: Site, watch: Watch) -> None:
    def releases(newest: datetime) -> list[bytes]:
        rows = [
            {"id": number, "tag_name": f"v{number}", "published_at": (newest - number * HOUR).isoformat()}
            for number in range(1, 91)
        ]
        return [json.dumps(rows[start : start + 30]).encode() for start in (0, 30, 60)]

    def serve(newest: datetime) -> None:
        for number, body in enumerate(releases(newest), start=1):
            page_part = "" if number == 1 else f"&page={number}"
            address = f"/repos/north/sdk/releases?per_page=30{page_part}"
            site.routes[address] = Reply(body, content_type="application/json")

    serve(watch.now)
    watch.sources(
        watch.page("sdk", "", "github-releases", base=site.url(""), parameters={"repo": "north/sdk"})
    )
    watch.crawl()
    assert sum(site.asked.values()) == 1
    later = timedelta(hours=45)
    serve((watch.now + later).astimezone(UTC))
    watch.crawl(after=later)
    assert [path for path in site.asked if "&page=2" in path]
    assert not [path for path in site.asked if "&page=3" in path]


def test_a_page_that_omits_its_body_tag_is_read() -> None:
    bare = b"<!doctype html><html><title>t</title><main><h1>Plans</h1><p>" + b"words " * 90
    assert read_signs(bare, "text/html").length > 400


def test_a_service_that_allows_one_question_a_minute_does_not_hold_up_a_crawl() -> None:
    def source(number: int, kind: str) -> Source:
        return Source(
            id=number,
            key=f"rival/{kind}-{number}",
            rival_id=1,
            rival_key="rival",
            type=kind,
            url=f"https://rival.example/{number}",
            every=timedelta(days=1),
            active=True,
        )

    patient = [source(number, "crtsh") for number in range(20)]
    quick = [source(number, "pricing") for number in range(100, 130)]
    chosen = affordable([*patient, *quick])
    assert [item.type for item in chosen].count("crtsh") == 2
    assert chosen[2:] == tuple(quick)
