"""Three rounds of polite fetches: the home page with robots.txt and sitemap, what it points to, what that names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from crawlers.discovery.code_hosts import CodeHosts, ask_for_releases, ask_for_repositories, propose_code
from crawlers.discovery.edgar_names import TICKERS, Company, propose_filings, tickers_in
from crawlers.discovery.links import Link, PageLinks, read_links, sitemaps_of
from crawlers.discovery.page_content import names_of, type_by_content
from crawlers.discovery.proposal import Proposal
from crawlers.discovery.propose import (
    distinct,
    propose_declared,
    propose_feeds,
    propose_pages,
    propose_services,
    same_site,
    type_by_words,
    untyped,
)
from crawlers.errors import SourceError
from crawlers.page_signs import read_signs
from crawlers.registry import adapter_for
from store.kinds import FetchState
from store.snapshots import Snapshot
from store.sources import Source

#: What is fetched of several sources at once: snapshot and body by the source's key.
Answers = Mapping[str, tuple[Snapshot, bytes]]
FetchAll = Callable[[Sequence[Source]], Answers]

#: Page types whose own links show more: the board behind a careers page, the feed behind a blog.
LOOKED_INTO = ("careers", "news", "changelog", "status", "events")
#: Where feeds stand when nothing declares them.
COMMON_FEEDS = (
    "feed", "rss.xml", "atom.xml", "index.xml", "feed.json", "blog/feed", "blog/rss.xml", "blog/index.xml",
    "news/rss.xml", "changelog/rss.xml",
)  # fmt: skip
MOST_UNTYPED = 6  # pages that are opened only to see what they are
_GOOD = (FetchState.OK, FetchState.UNCHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Where services are asked; None: not at all."""

    tickers: str | None = TICKERS
    code: CodeHosts | None = field(default_factory=CodeHosts)


#: A site on this machine has neither filings nor repositories that anybody else knows of.
NONE = Services(tickers=None, code=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found of one site. ``problem`` says why the home page was not read; then little is proposed."""

    url: str
    proposals: tuple[Proposal, ...]
    asked: int
    problem: str | None = None


def discover(url: str, fetch_all: FetchAll, services: Services | None = None) -> Discovery:
    """Return proposed sources for a rival's home page, each with its reason; fetches up to 40 addresses."""
    if services is None:
        services = NONE if (urlsplit(url).hostname or "").endswith("localhost") else Services()
    root = urljoin(url, "/")
    first = [
        synthetic("home", url),
        synthetic("robots", urljoin(root, "robots.txt")),
        synthetic("sitemap", urljoin(root, "sitemap.xml")),
    ]
    answers = fetch_all(first)
    home = _Home.of(answers["discover/home"], url)
    pages = [*home.pages(), *_from_sitemap(answers["discover/sitemap"], home.url)] if home.readable else []
    feeds = list(propose_feeds(home.links, "the home page"))
    second = _second_round(root, home, pages, feeds, services)
    deeper = fetch_all(second) if second else {}
    third = ask_for_releases(second, deeper, services.code) if services.code else []
    releases = fetch_all(third) if third else {}
    found = [
        *pages,
        *feeds,
        *_sitemaps(answers, root),
        *propose_services(home.links.all, "the home page"),
        *propose_declared(home.links, home.url, has_feed=bool(feeds)),
        *_from_round_two(second, deeper, home),
        *propose_code(third, releases),
    ]
    return Discovery(
        url=home.url,
        proposals=_without_doubles(distinct(found)),
        asked=len(first) + len(second) + len(third),
        problem=None if home.readable else home.reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Home:
    """The home page as far as it was read."""

    url: str
    links: PageLinks
    readable: bool
    reason: str | None
    company: Company

    @classmethod
    def of(cls, answer: tuple[Snapshot, bytes], asked: str) -> _Home:
        snapshot, body = answer
        url = snapshot.url or asked
        signs = read_signs(body, snapshot.content_type)
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        return cls(
            url=url,
            links=read_links(body, url, snapshot.content_type) if body else PageLinks(),
            readable=snapshot.state in _GOOD,
            reason=snapshot.reason,
            company=Company(
                names=names_of(signs.tree), label=host.partition(".")[0], tickers=tickers_in(signs.text)
            ),
        )

    def pages(self) -> list[Proposal]:
        """Return the home page itself and the rival's own pages that it links."""
        own = Proposal(type="home", url=self.url, reason="the home page", confidence=1.0)
        return [own, *propose_pages(self.links, self.url)]


def synthetic(key: str, url: str, type: str = "page", **options: object) -> Source:
    """Return a source that no configuration holds, to be fetched once."""
    return Source(
        id=0, key=f"discover/{key}", rival_id=0, rival_key="discover", type=type, url=url,
        every=timedelta(days=1), active=True, options=dict(options),
    )  # fmt: skip


def _second_round(
    root: str, home: _Home, pages: Iterable[Proposal], feeds: Sequence[Proposal], services: Services
) -> list[Source]:
    pages = list(pages)
    asked = {one.type: synthetic(one.type, one.url) for one in pages if one.type in LOOKED_INTO}
    status = [synthetic("statuspage", one.url, "statuspage") for one in pages if one.type == "status"][:1]
    if not status and home.readable and not _names_status(home.links):
        status = [synthetic("common-status", _below(root, "status"), "statuspage")]
    common = [synthetic(f"feed-{path}", urljoin(root, path), "feed") for path in COMMON_FEEDS]
    known = {one.url for one in pages}
    unclear = [link for link in untyped(home.links, home.url) if link.url not in known][:MOST_UNTYPED]
    return [
        *asked.values(),
        *status,
        *([] if feeds else common),
        *(synthetic(f"unclear-{number}", link.url) for number, link in enumerate(unclear)),
        *([synthetic("tickers", services.tickers)] if services.tickers and home.company.names else []),
        *(ask_for_repositories(home.links.all, services.code) if services.code else []),
    ]


def _names_status(links: PageLinks) -> bool:
    return any(one.type == "statuspage" for one in propose_services(links.all, ""))


def _below(root: str, name: str) -> str:
    parts = urlsplit(root)
    return f"{parts.scheme}://{name}.{parts.netloc.removeprefix('www.')}/"


def _from_round_two(asked: Sequence[Source], answers: Answers, home: _Home) -> Iterator[Proposal]:
    for source in asked:
        snapshot, body = answers[source.key]
        if snapshot.state is not FetchState.OK:
            continue
        name = source.key.partition("/")[2]
        if name == "tickers":
            yield from propose_filings(body, home.company)
        elif source.type == "feed":
            yield Proposal(type="feed", url=snapshot.url, reason="a feed stands in this common place")
        elif name == "common-status":
            yield Proposal(type="statuspage", url=source.url, reason="stands in the common place and answers")
        elif source.type == "statuspage":
            yield Proposal(type="statuspage", url=source.url, reason="the page answers Statuspage's API")
        elif name.startswith("unclear-"):
            yield from _by_title_or_content(snapshot, body, home.url)
        elif source.type == "page":
            yield from _from_page(source.url, snapshot, body, home.url)


def _from_page(url: str, snapshot: Snapshot, body: bytes, home: str) -> Iterator[Proposal]:
    page = read_links(body, snapshot.url, snapshot.content_type)
    where = urlsplit(url).path if same_site(url, home) and urlsplit(url).path != "/" else url
    yield from propose_feeds(page, where)
    yield from propose_services(page.all, where)
    if not same_site(snapshot.url, home):
        # A careers page that only leads on to the board.
        yield from propose_services((Link(url=snapshot.url, text=""),), where)
    yield from _declared(snapshot, body)


def _declared(snapshot: Snapshot, body: bytes) -> Iterator[Proposal]:
    try:
        entries = adapter_for("schema-org").parse(body, snapshot.url, snapshot.content_type)
    except SourceError:
        return
    kinds = {str(entry.kind) for entry in entries} & {"event", "opening"}
    if kinds:
        what = " and ".join(sorted(f"{kind}s" for kind in kinds))
        yield Proposal(
            type="schema-org", url=snapshot.url, reason=f"the page declares {what} as schema.org data"
        )


def _by_title_or_content(snapshot: Snapshot, body: bytes, home: str) -> Iterator[Proposal]:
    if not same_site(snapshot.url, home):
        yield from propose_services((Link(url=snapshot.url, text=""),), "the home page")
        return
    signs = read_signs(body, snapshot.content_type)
    titles = (signs.headline, signs.title.partition("|")[0].partition(" - ")[0])
    kind = next((found for title in titles if title and (found := type_by_words(title))), None)
    if kind:
        yield Proposal(
            type=kind,
            url=snapshot.url,
            reason=f"its title is '{signs.headline or signs.title}'",
            confidence=0.6,
        )
    elif (held := type_by_content(signs)) is not None:
        yield Proposal(type=held[0], url=snapshot.url, reason=held[1], confidence=0.5)


def _sitemaps(answers: Answers, root: str) -> Iterator[Proposal]:
    snapshot, robots = answers["discover/robots"]
    named = sitemaps_of(robots, root) if snapshot.status == 200 else ()
    for address in named[:3]:
        yield Proposal(type="sitemap", url=address, reason="named in robots.txt")
    snapshot, body = answers["discover/sitemap"]
    if not named and snapshot.status == 200 and b"sitemaps.org" in body[:2_000]:
        yield Proposal(type="sitemap", url=snapshot.url, reason="stands in the common place")


def _from_sitemap(answer: tuple[Snapshot, bytes], home: str) -> Iterator[Proposal]:
    """Yield pages by the addresses that a sitemap lists; the home pages of script-only sites have no links."""
    snapshot, body = answer
    if snapshot.status != 200:
        return
    try:
        entries = adapter_for("sitemap").parse(body, snapshot.url)
    except SourceError:
        return
    yield from propose_pages(
        PageLinks(links=tuple(Link(url=one.url, text="") for one in entries)), home, "listed in the sitemap"
    )


def _without_doubles(proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Return the proposals, of each page type what the home page links, and no status page that a better type reads."""
    better = {one.url.rstrip("/") for one in proposals if one.type == "statuspage"}
    return tuple(one for one in proposals if one.type != "status" or one.url.rstrip("/") not in better)
