"""One visit of one source: the request to send next, and what a redirect makes of it. Pure."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import urldefrag, urljoin, urlsplit

from crawlers.adapter import Adapter, RequestSpec
from crawlers.errors import FetchError, FetchReason, SourceSettingsError
from crawlers.hosts import NOT_ASKED
from crawlers.judge import Answer, Verdict
from crawlers.registry import adapter_for
from store.kinds import Look
from store.sources import Source

REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Headers that carry a secret and must not follow a redirect to another host.
SECRET_HEADERS = frozenset({"authorization", "cookie", "x-api-key", "private-token"})

MAX_PARTS = 60  # answers joined in one snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where a visit stands: ``spec`` is asked next, ``seen`` were redirects before it, ``asked`` came first of all.

    A source of several answers has its first ``parts`` and the addresses still ``waiting``. ``rendered`` visits open
    the page in the browser; ``static`` is what was found without it, where that is why. ``within`` says where
    redirects may lead, anywhere if it is None.
    """

    source: Source
    adapter: Adapter
    spec: RequestSpec
    asked: str
    look: Look
    seen: tuple[str, ...] = ()
    validators: dict[str, str] = field(default_factory=dict)
    parts: tuple[Answer, ...] = ()
    waiting: tuple[str, ...] = ()
    rendered: bool = False
    static: Verdict | None = None
    within: Callable[[str], bool] | None = None


def in_browser(visit: Visit, static: Verdict) -> Visit:
    """Return the visit that opens the page in the browser, because without it there was nothing to read."""
    spec = RequestSpec(url=visit.asked)
    return replace(visit, spec=spec, rendered=True, static=static, seen=(), validators={})


@lru_cache(maxsize=1_024)  # One visit asks for the slot of its address several times.
def slot_of(url: str) -> str:
    """Return host and port, the unit of politeness."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{(parts.hostname or '').lower()}:{port}"


def redirected(visit: Visit, status: int, location: str, limit: int) -> Visit:
    """Return the visit after a redirect. Raises: FetchError for loops, too many hops or no http address."""
    here = visit.spec.url
    try:
        target = urldefrag(urljoin(here, location.strip()))[0]
        scheme, _ = urlsplit(target).scheme, slot_of(target)
    except ValueError:
        raise FetchError(FetchReason.REDIRECTS, "redirects to an address that is malformed") from None
    if scheme not in ("http", "https"):
        raise FetchError(
            FetchReason.REDIRECTS,
            f"redirects to a {scheme[:20] or 'strange'} address; only http and https are followed",
        )
    if visit.within is not None and not visit.within(target):
        raise FetchError(FetchReason.REDIRECTS, "redirects to a page that is not to be opened for its list")
    if target == here or target in visit.seen:
        raise FetchError(FetchReason.REDIRECTS, "redirects in a circle")
    if len(visit.seen) >= limit:
        raise FetchError(FetchReason.REDIRECTS, f"redirects more than {limit} times")
    spec = _on_the_way(visit, target, keeps_method=status in (307, 308))
    return replace(visit, spec=spec, seen=(*visit.seen, here), validators={})


def _on_the_way(visit: Visit, url: str, *, keeps_method: bool) -> RequestSpec:
    same_host = slot_of(url) == slot_of(visit.spec.url)
    headers = {
        name: value
        for name, value in visit.spec.headers.items()
        if same_host or name.lower() not in SECRET_HEADERS
    }
    method, body = (visit.spec.method, visit.spec.body) if keeps_method else ("GET", b"")
    return RequestSpec(url=url, headers=headers, method=method, body=body)


def with_part(visit: Visit, answer: Answer) -> Visit:
    """Return the visit after one more answer of a paged list or index. Raises: SourceError."""
    assert visit.adapter.follow is not None
    wanted = len(visit.parts) < MAX_PARTS and not (
        visit.adapter.newest_first and _reaches_back(visit, answer)
    )
    further = visit.adapter.follow(answer.body, answer.url) if wanted else ()
    known = {part.url for part in visit.parts} | {answer.url, *visit.waiting}
    waiting = (*visit.waiting, *(url for url in further if url not in known))
    return replace(visit, parts=(*visit.parts, answer), waiting=waiting[: MAX_PARTS - len(visit.parts)])


def _reaches_back(visit: Visit, answer: Answer) -> bool:
    """Return True if a page goes back to the last good visit: further pages hold nothing new then."""
    since = visit.source.last_success_at
    if since is None:
        return True  # The first visit is only the baseline.
    entries = visit.adapter.parse(answer.body, answer.url, answer.content_type, visit.source.options)
    dates = [entry.published for entry in entries if entry.published is not None]
    return not dates or min(dates) <= since


def next_part(visit: Visit) -> Visit:
    """Return the visit that asks for the first waiting address. A child on another host is asked without secrets."""
    url, *rest = visit.waiting
    turn = visit.adapter.turn
    stays = slot_of(url) == slot_of(visit.spec.url)
    spec = turn(visit.spec, url) if turn and stays else _on_the_way(visit, url, keeps_method=False)
    return replace(visit, spec=spec, waiting=tuple(rest), seen=(), validators={})


def whole(visit: Visit) -> Answer:
    """Return one answer made of all parts: the first one's head with the combined body. Raises: SourceError."""
    assert visit.adapter.combine is not None
    first = visit.parts[0]
    body = visit.adapter.combine([part.body for part in visit.parts])
    headers = {name: value for name, value in first.headers.items() if name not in ("etag", "last-modified")}
    return replace(first, body=body, headers=headers)


def known_addresses(source: Source) -> list[str]:
    """Return the addresses that a visit is known to ask: its own, its service's, and where it was led last time."""
    found = [source.url, source.options.get("base"), source.memory.get("url")]
    with contextlib.suppress(KeyError, ValueError, SourceSettingsError):  # The visit tells what is wrong.
        found.append(adapter_for(source.type).address(source, "").url)
    return [url for url in dict.fromkeys(found) if isinstance(url, str) and url]


def origin_of(url: str) -> str | None:
    """Return the origin of an http(s) address (``https://host``), None if it has none."""
    match = re.match(r"https?://[^/?#]+", url)
    return match[0] if match else None


def host_name(url: str) -> str | None:
    """Return `slot_of` an address, None if it is malformed."""
    try:
        return slot_of(url)
    except ValueError:
        return None


def lanes_of(sources: Iterable[Source]) -> list[list[Source]]:
    """Return the sources by the host that they ask first: those that work, those not asked last time, the failed ones.

    A host whose first sources are dead addresses would else be taken for dead at every crawl.
    """
    lanes: dict[str, list[Source]] = {}
    for source in sorted(sources, key=_hopelessness):
        lanes.setdefault(lane_of(source), []).append(source)
    return list(lanes.values())


def _hopelessness(source: Source) -> int:
    if not source.failures:
        return 0
    return 1 if NOT_ASKED in (source.reason or "") else 2


def lane_of(source: Source) -> str:
    """Return the host that a source asks first, else what names it alone."""
    url = source.options.get("base") or source.url
    try:
        return slot_of(url) if url else source.type
    except ValueError:
        return source.key  # A malformed address is told by the visit.
