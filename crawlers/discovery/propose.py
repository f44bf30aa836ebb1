"""From links to proposed sources: by address, by the words of a link, by the services that addresses name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, urlsplit

from crawlers.discovery.code_hosts import owner_of
from crawlers.discovery.links import Link, PageLinks
from crawlers.discovery.proposal import Proposal
from crawlers.registry import adapter_for, catalogue

#: Page types of which several are worth watching; one is enough of the others.
SEVERAL = {"product": 4, "terms": 3}
WRAPPED = re.compile(
    r"^https?://(?:www\.)?(?:linkedin|facebook|twitter|x|instagram|tiktok)\.com(?:/|$)", re.I
)
_EMBEDDED_BOARD = re.compile(r"^https?://boards\.(?:eu\.)?greenhouse\.io/embed/", re.I)
_FILE = re.compile(r"\.(?!html?$|php$|aspx?$)[a-z0-9]{2,5}$", re.I)
_POST = re.compile(
    r"(?:^|/)(?:blog|news|posts?|articles?|docs|help|support|login|signin|signup|register|cart)(?:/|$)", re.I
)
_MASTODON = re.compile(r"^https?://([a-z0-9.-]+\.[a-z]{2,})/@([A-Za-z0-9_]{1,30})/?$", re.I)
_NOT_MASTODON = re.compile(r"(?:^|\.)(?:medium|youtube|tiktok|threads|substack|telegram)\.", re.I)


def propose_feeds(page: PageLinks, where: str) -> Iterator[Proposal]:
    """Yield the feeds that a page's head declares, comment feeds left out."""
    for link in page.feeds:
        if not re.search(r"comments?\b", f"{link.url} {link.text}", re.I):
            named = f" ('{link.text}')" if link.text else ""
            yield Proposal(type="feed", url=link.url, reason=f"declared in the head of {where}{named}")


def propose_pages(page: PageLinks, home: str, listed: str = "") -> Iterator[Proposal]:
    """Yield the rival's own pages by type, the shortest address of each type first; ``listed`` says where it stood."""
    found: dict[str, list[tuple[bool, int, Proposal]]] = {}
    for link in page.links:
        if not same_site(link.url, home):
            continue
        by_address = _page_type(link.url)
        by_words = type_by_words(link.text)
        kind = by_address or by_words
        if kind is None:
            continue
        reason = listed or (f"linked as '{link.text}'" if by_words == kind else "its address says so")
        confidence = 0.95 if by_address == by_words else 0.9 if by_address else 0.7
        proposal = Proposal(type=kind, url=link.url, reason=reason, confidence=confidence)
        found.setdefault(kind, []).append((by_address is None, len(link.url), proposal))
    for kind, rows in found.items():
        rows.sort(key=lambda row: row[:2])
        yield from (row[2] for row in rows[: SEVERAL.get(kind, 1)])


def untyped(page: PageLinks, home: str) -> Iterator[Link]:
    """Yield the rival's own pages of short addresses whose type neither address nor words tell."""
    for link in page.links:
        path = urlsplit(link.url).path.strip("/")
        if (
            path
            and path.count("/") < 2
            and same_site(link.url, home)
            and not _FILE.search(path)
            and not type_by_words(link.text)
            and catalogue().guess(link.url)[0] == catalogue().fallback
            and not _POST.search(path)
        ):
            yield link


def propose_declared(page: PageLinks, home: str, *, has_feed: bool) -> Iterator[Proposal]:
    """Yield WordPress's API where the page names it and no feed gives the same posts."""
    if page.wordpress and not has_feed:
        yield Proposal(type="wordpress", url=home, reason="the head names WordPress's public API")


def propose_services(links: Iterable[Link], where: str) -> Iterator[Proposal]:
    """Yield what links and embedded parts name of known services: job boards, profiles, repositories."""
    for link in links:
        proposal = (
            _board(link, where) or _mastodon(link, where) or _service(link, where) or _owner(link, where)
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
    found = owner_of(link.url)
    if found is None:
        return None
    kind, name = found
    parameters = {"owner" if kind == "github-repos" else "group": name}
    return Proposal(type=kind, parameters=parameters, reason=f"{where} leads to this organisation")


def _page_type(url: str) -> str | None:
    kind, _ = catalogue().guess(url)
    adapter = adapter_for(kind)
    return None if adapter.is_entries or kind in ("home", catalogue().fallback) else kind


def type_by_words(text: str) -> str | None:
    """Return the page type that the words of a link or title mean, None if they mean none."""
    return _page_type(f"https://x.example/{_slug(text)}") if text and _slug(text) else None


def _slug(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
    return re.sub(r"^(?:(?:see|meet|view|all|our|the)-)+", "", words)


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
