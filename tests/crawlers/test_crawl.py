"""Crawling a real server on loopback, in a real child process."""

from __future__ import annotations

from datetime import timedelta

from store.kinds import FetchState
from tests.crawlers.conftest import Watch
from tests.crawlers.site import Reply, Site, page, with_etag


def test_a_page_is_stored_once_and_then_asked_for_conditionally(site: Site, watch: Watch) -> None:
    site.routes["/a"] = with_etag(page("A"), '"one"')
    site.routes["/b"] = Reply(page("B"))
    watch.sources(watch.page("a", site.url("/a")), watch.page("b", site.url("/b")))
    first = watch.crawl()
    assert first.counts == {FetchState.OK: 2}
    second = watch.crawl(after=timedelta(hours=6))
    assert second.counts == {FetchState.UNCHANGED: 2}
    assert site.seen["/a"]["if-none-match"] == '"one"'
