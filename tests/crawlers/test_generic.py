"""The types without a service of their own, and the rhythm of sources that rest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.errors import SourceError
from crawlers.judge import OK, UNCHANGED
from crawlers.quiet import after_quiet
from crawlers.registry import adapter_for
from crawlers.schedule import next_due
from store.kinds import FetchState
from store.sources import Source
from tests.crawlers.conftest import QUICK, Watch
from tests.crawlers.site import Reply, Site, page, with_etag

URL = "https://north.example/api/items"
DATA = {
    "data": {
        "items": [
            {"key": 7, "meta": {"name": "A <b>new</b> thing"}, "href": "/a", "published": "2026-11-02"},
            {"key": 8},
        ]
    }
}
NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
LISTING = page(
    "News",
    extra='<ul id="list"><li><a href="/news/1#x">One</a><a href="/news/1">The first story</a>'
    '<li><a href="https://other.example/2">Elsewhere</a></ul><a href="/about">About</a>',
)


def test_a_json_list_is_read_by_its_paths() -> None:
    first, second = adapter_for("json").parse(
        json.dumps(DATA).encode(),
        URL,
        None,
        {"parameters": {"entries": "$.data.items[*]", "title": "meta.name"}},
    )
    assert (first.id, first.title, first.url) == ("7", "A new thing", "https://north.example/a")
    assert first.published == datetime(2026, 11, 2, tzinfo=UTC)
    assert second.id == "8"


@pytest.mark.parametrize(
    ("body", "path"),
    [(b"<html>", "$"), (b"{}", "$.items"), (b"[1]", "$["), (b"[1]", "x" * 600), (b"[" * 5_000, "$")],
)
def test_what_is_no_such_list_is_a_named_error(body: bytes, path: str) -> None:
    with pytest.raises(SourceError):
        adapter_for("json").parse(body, URL, None, {"parameters": {"entries": path}})


@given(
    st.binary(max_size=200) | st.text().map(str.encode), st.sampled_from(["$", "$..*", "$.a[*]", "a.b[0]"])
)
def test_any_bytes_under_any_path_end_in_entries_or_a_named_error(body: bytes, path: str) -> None:
    for type_name, options in (
        ("json", {"parameters": {"entries": path}}),
        ("page-list", {"only": ["main"]}),
    ):
        try:
            adapter_for(type_name).parse(body, URL, None, options)
        except SourceError:
            continue


def test_a_listing_page_yields_its_links_without_navigation() -> None:
    read = adapter_for("page-list").parse
    plain = read(LISTING, "https://north.example/news", None, {})
    assert [(entry.id, entry.title) for entry in plain] == [
        ("https://north.example/news/1", "The first story"),
        ("https://north.example/about", "About"),
    ]
    region = read(LISTING, "https://north.example/news", None, {"only": ["#list"]})
    assert [entry.id for entry in region] == ["https://north.example/news/1", "https://other.example/2"]
    under = read(LISTING, "https://north.example/news", None, {"parameters": {"under": ["/news/"]}})
    assert [entry.id for entry in under] == ["https://north.example/news/1"]
    with pytest.raises(SourceError, match="'only' any more"):
        read(LISTING, "https://north.example/news", None, {"only": [".gone"]})


def test_both_are_crawled_like_any_other_source(site: Site, watch: Watch) -> None:
    site.routes |= {
        "/list": Reply(LISTING),
        "/api": Reply(json.dumps(DATA).encode(), content_type="application/json"),
    }
    watch.sources(
        watch.page("list", site.url("/list"), "page-list", only=("#list",)),
        watch.page("api", site.url("/api"), "json", parameters={"entries": "$.data.items"}),
        watch.page("none", site.url("/api"), "json", parameters={"entries": "$.nothing"}),
    )
    found = watch.look_at()
    assert {name: found[name][0] for name in found} == {
        "list": FetchState.OK,
        "api": FetchState.OK,
        "none": FetchState.BROKEN,
    }


def source(changed: timedelta, every: timedelta = HOUR) -> Source:
    """Return a source that changed so long ago."""
    then = (NOW - changed).isoformat()
    return Source(
        id=1, key="n/x", rival_id=1, rival_key="n", type="page", url=URL, every=every, active=True,
        memory={"full_at": NOW.isoformat(), "changed_at": then},
    )  # fmt: skip


def test_a_source_that_rests_is_asked_less_often_within_bounds() -> None:
    def pause(changed: timedelta, every: timedelta = HOUR, slow_down: int = 4) -> timedelta:
        return next_due(source(changed, every), UNCHANGED, NOW, slow_down) - NOW

    assert [pause(hours * HOUR) for hours in (1, 19, 20, 40, 60, 2_000)] == [
        HOUR,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        4 * HOUR,
        4 * HOUR,
    ]
    assert pause(2_000 * HOUR, slow_down=1) == HOUR
    assert pause(timedelta(days=900), every=timedelta(days=3)) == timedelta(days=7)
    assert pause(timedelta(days=900), every=timedelta(days=30)) == timedelta(days=30)
    assert next_due(source(2_000 * HOUR), OK, NOW, 4) - NOW == HOUR


def test_a_page_with_new_bytes_at_every_visit_but_no_news_rests_too() -> None:
    restless = replace(
        source(HOUR), memory={**source(HOUR).memory, "first_at": (NOW - 300 * HOUR).isoformat()}
    )
    assert next_due(restless, OK, NOW, 4) - NOW == 4 * HOUR
    reported = replace(restless, last_change_at=NOW - 2 * HOUR)
    assert next_due(reported, OK, NOW, 4) - NOW == HOUR
    assert next_due(reported, UNCHANGED, NOW, 4) - NOW == HOUR


def test_the_crawl_slows_down_and_comes_back(site: Site, watch: Watch) -> None:
    site.routes["/a"] = with_etag(page("A"), '"one"')
    watch.sources(watch.page("a", site.url("/a")))
    pauses = []
    for day in (0, 1, 6):
        watch.crawl(after=timedelta(days=day))
        pauses.append(_pause(watch))
    site.routes["/a"] = with_etag(page("B"), '"two"')
    watch.crawl(after=timedelta(days=7))
    assert [*pauses, _pause(watch)] == [6 * HOUR, 6 * HOUR, 12 * HOUR, 6 * HOUR]


def _pause(watch: Watch) -> timedelta:
    [stored] = watch.stored()
    assert stored.next_due_at is not None
    assert stored.last_attempt_at is not None
    return stored.next_due_at - stored.last_attempt_at


@pytest.mark.parametrize(
    ("at", "quiet", "then"),
    [
        ("2026-11-16T23:30", "22:00-05:00", "2026-11-17T05:00"),
        ("2026-11-17T04:59", "22:00-05:00", "2026-11-17T05:00"),
        ("2026-11-17T05:00", "22:00-05:00", "2026-11-17T05:00"),
        ("2026-11-17T12:10", "12:00-13:30", "2026-11-17T13:30"),
        ("2026-11-17T11:59", "12:00-13:30", "2026-11-17T11:59"),
        ("2026-11-17T11:59", "12:00-12:00", "2026-11-17T11:59"),
    ],
)
def test_nothing_becomes_due_in_quiet_hours(at: str, quiet: str, then: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert after_quiet(moment, quiet) == datetime.fromisoformat(then).replace(tzinfo=UTC)
    assert after_quiet(moment, None) == moment


def test_settings_say_the_bounds() -> None:
    assert QUICK.slow_down == 4
    assert QUICK.quiet_hours is None
