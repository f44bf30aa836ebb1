"""From links to proposed sources: by address, by the words of a link, by the services that addresses name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, urlsplit

from crawlers.discovery.links import Link, PageLinks
from crawlers.discovery.proposal import Proposal
from crawlers.registry import adapter_for, catalogue

#: Page types of which several are worth watching; one is enough of the others.
SEVERAL = {"product": 4, "terms": 3}
WRAPPED = re.compile(
    r"^https?://(?:www\.)?(?:linkedin|facebook|twitter|x|instagram|tiktok)\.com(?:/|$)", re.I
)
_EMBEDDED_BOARD = re.compile(r"^https?://boards\.(?:eu\.)?greenhouse\.io/embed/", re.I)
_GITHUB_OWNER = re.compile(r"^https?://github\.com/([A-Za-z0-9][A-Za-z0-9-]{0,38})/?$", re.I)
_GITHUB_OWN = frozenset(
    {"about", "features", "login", "join", "pricing", "sponsors", "orgs", "topics", "security"}
)
_MASTODON = re.compile(r"^https?://([a-z0-9.-]+\.[a-z]{2,})/@([A-Za-z0-9_]{1,30})/?$", re.I)
_NOT_MASTODON = re.compile(r"(?:^|\.)(?:medium|youtube|tiktok|threads|substack|telegram)\.", re.I)


def propose_feeds(page: PageLinks, where: str) -> Iterator[Proposal]:
    """Yield the feeds that a page's head declares, comment feeds left out."""
    for link in page.feeds:
        if not re.search(r"comments?\b", f"{link.url} {link.text}", re.I):
            named = f" ('{link.text}')" if link.text else ""
            yield Proposal(type="feed", url=link.url, reason=f"declared in the head of {where}{named}")


def propose_pages(page: PageLinks, home: str) -> Iterator[Proposal]:
    """Yield the rival's own pages by type, the shortest address of each type first."""
    found: dict[str, list[tuple[bool, int, Proposal]]] = {}
    for link in page.links:
        if not same_site(link.url, home):
            continue
        by_address = _page_type(link.url)
        by_words = _page_type(f"https://x.example/{_slug(link.text)}") if link.text else None
        kind = by_address or by_words
        if kind is None:
            continue
        reason = f"linked as '{link.text}'" if by_words == kind else "its address says so"
        proposal = Proposal(type=kind, url=link.url, reason=reason)
        found.setdefault(kind, []).append((by_address is None, len(link.url), proposal))
    for kind, rows in found.items():
        rows.sort(key=lambda row: row[:2])
        yield from (row[2] for row in rows[: SEVERAL.get(kind, 1)])


def propose_services(links: Iterable[Link], where: str) -> Iterator[Proposal]:
    """Yield what links and embedded parts name of known services: job boards, profiles, repositories."""
    for link in links:
        proposal = (
            _board(link, where) or _service(link, where) or _mastodon(link, where) or _owner(link, where)
        )
        if proposal is not None:
            yield proposal


def _service(link: Link, where: str) -> Proposal | None:
    kind, parameters = catalogue().guess(link.url)
    adapter = adapter_for(kind)
    if (
        WRAPPED.match(link.url)
        or not adapter.is_entries
        or (adapter.spec.url_required and not _hosted(kind, link))
    ):
        return None
    needed = {one.name for one in adapter.spec.parameters if one.required}
    if needed - parameters.keys():
        return None
    host = urlsplit(link.url).hostname
    return Proposal(type=kind, url=link.url, parameters=parameters, reason=f"{where} leads to {host}")


def _hosted(kind: str, link: Link) -> bool:
    return kind in ("statuspage", "teamtailor") and not link.url.endswith((".atom", ".rss"))


def _board(link: Link, where: str) -> Proposal | None:
    # The board that is shown within a page names itself in the query alone.
    board = parse_qs(urlsplit(link.url).query).get("for", [""])[0] if _EMBEDDED_BOARD.match(link.url) else ""
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", board):
        return None
    return Proposal(
        type="greenhouse", parameters={"board": board}, reason=f"{where} shows this Greenhouse board"
    )


def _mastodon(link: Link, where: str) -> Proposal | None:
    found = _MASTODON.match(link.url)
    if found is None or _NOT_MASTODON.search(found[1]) or WRAPPED.match(link.url):
        return None
    account = f"{found[2]}@{found[1]}"
    return Proposal(type="mastodon", parameters={"account": account}, reason=f"{where} leads to this profile")


def _owner(link: Link, where: str) -> Proposal | None:
    found = _GITHUB_OWNER.match(link.url)
    if found is None or found[1].lower() in _GITHUB_OWN:
        return None
    return Proposal(
        type="feed",
        url=f"https://github.com/{found[1]}.atom",
        reason=f"{where} leads to this GitHub organisation; 'github-releases' watches single repositories",
    )


def _page_type(url: str) -> str | None:
    kind, _ = catalogue().guess(url)
    adapter = adapter_for(kind)
    return None if adapter.is_entries or kind in ("home", catalogue().fallback) else kind


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]


def same_site(url: str, home: str) -> bool:
    """Return True for the home page's own host and those below it."""
    own = (urlsplit(home).hostname or "").removeprefix("www.")
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return host == own or host.endswith("." + own)


def distinct(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Return the proposals, each source once, in the order in which the sources of a rival are read best."""
    found: dict[str, Proposal] = {}
    for one in proposals:
        found.setdefault(
            repr(sorted({**one.entry(), "url": one.entry().get("url", "").rstrip("/")}.items())), one
        )
    order = {name: place for place, name in enumerate(reversed(tuple(catalogue().types)))}
    return tuple(sorted(found.values(), key=lambda one: (order.get(one.type, 0), one.url)))
