"""Two rounds of polite fetches: the home page with robots.txt and sitemap, then what it points to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from crawlers.discovery.links import PageLinks, read_links, sitemaps_of
from crawlers.discovery.proposal import Proposal
from crawlers.discovery.propose import distinct, propose_feeds, propose_pages, propose_services, same_site
from store.kinds import FetchState
from store.snapshots import Snapshot
from store.sources import Source

#: What is fetched of several sources at once: snapshot and body by the source's key.
FetchAll = Callable[[Sequence[Source]], Mapping[str, tuple[Snapshot, bytes]]]

#: Page types whose own links show more: the board behind a careers page, the feed behind a blog.
LOOKED_INTO = ("careers", "news", "changelog", "status")
#: Where feeds stand when nothing declares them.
COMMON_FEEDS = ("feed", "rss.xml", "blog/feed", "blog/rss.xml", "news/rss.xml", "changelog/rss.xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found of one site. ``problem`` says why the home page was not read; then little is proposed."""

    url: str
    proposals: tuple[Proposal, ...]
    asked: int
    problem: str | None = None


def discover(url: str, fetch_all: FetchAll) -> Discovery:
    """Return proposed sources for a rival's home page, each with its reason; fetches up to 15 addresses."""
    root = urljoin(url, "/")
    first = _asked(
        {"home": url, "robots": urljoin(root, "robots.txt"), "sitemap": urljoin(root, "sitemap.xml")}
    )
    answers = fetch_all(first)
    snapshot, body = answers["discover/home"]
    home = snapshot.url or url
    readable = snapshot.state in (FetchState.OK, FetchState.UNCHANGED)
    page = read_links(body, home, snapshot.content_type) if body else PageLinks()
    pages = (
        [Proposal(type="home", url=home, reason="the home page"), *propose_pages(page, home)]
        if readable
        else []
    )
    feeds = list(propose_feeds(page, "the home page"))
    second = _second_round(root, pages, feeds)
    deeper = fetch_all(second) if second else {}
    found = [
        *pages,
        *feeds,
        *_sitemaps(answers, root),
        *propose_services((*page.links, *page.embedded), "the home page"),
        *_from_round_two(second, deeper, home),
    ]
    return Discovery(
        url=home,
        proposals=_without_doubles(distinct(found)),
        asked=len(first) + len(second),
        problem=None if readable else snapshot.reason,
    )


def synthetic(key: str, url: str, type: str = "page") -> Source:
    """Return a source that no configuration holds, to be fetched once."""
    return Source(
        id=0, key=f"discover/{key}", rival_id=0, rival_key="discover", type=type, url=url,
        every=timedelta(days=1), active=True,
    )  # fmt: skip


def _asked(addresses: Mapping[str, str]) -> list[Source]:
    return [synthetic(key, url) for key, url in addresses.items()]


def _second_round(root: str, pages: Iterable[Proposal], feeds: Sequence[Proposal]) -> list[Source]:
    asked = [synthetic(one.type, one.url) for one in pages if one.type in LOOKED_INTO]
    status = [synthetic("statuspage", one.url, "statuspage") for one in pages if one.type == "status"]
    common = (
        [] if feeds else [synthetic(f"feed-{path}", urljoin(root, path), "feed") for path in COMMON_FEEDS]
    )
    return [*asked, *status, *common]


def _from_round_two(
    asked: Sequence[Source], answers: Mapping[str, tuple[Snapshot, bytes]], home: str
) -> Iterator[Proposal]:
    for source in asked:
        snapshot, body = answers[source.key]
        if snapshot.state is not FetchState.OK:
            continue
        if source.type == "feed":
            yield Proposal(type="feed", url=snapshot.url, reason="a feed stands in this common place")
        elif source.type == "statuspage":
            yield Proposal(type="statuspage", url=source.url, reason="the page answers Statuspage's API")
        else:
            yield from _from_page(source.url, snapshot, body, home)


def _from_page(url: str, snapshot: Snapshot, body: bytes, home: str) -> Iterator[Proposal]:
    page = read_links(body, snapshot.url, snapshot.content_type)
    where = urlsplit(url).path if same_site(url, home) and urlsplit(url).path != "/" else url
    yield from propose_feeds(page, where)
    yield from propose_services((*page.links, *page.embedded), where)


def _sitemaps(answers: Mapping[str, tuple[Snapshot, bytes]], root: str) -> Iterator[Proposal]:
    snapshot, robots = answers["discover/robots"]
    named = sitemaps_of(robots, root) if snapshot.status == 200 else ()
    for address in named[:3]:
        yield Proposal(type="sitemap", url=address, reason="named in robots.txt")
    snapshot, body = answers["discover/sitemap"]
    if not named and snapshot.status == 200 and b"sitemaps.org" in body[:2_000]:
        yield Proposal(type="sitemap", url=snapshot.url, reason="stands in the common place")


def _without_doubles(proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Return the proposals without a status page that the better type reads."""
    better = {one.url.rstrip("/") for one in proposals if one.type == "statuspage"}
    return tuple(one for one in proposals if one.type != "status" or one.url.rstrip("/") not in better)
