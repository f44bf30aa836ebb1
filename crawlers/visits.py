"""One visit of one source: the request to send next, and what a redirect makes of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urldefrag, urljoin, urlsplit

from crawlers.adapter import Adapter, RequestSpec
from crawlers.errors import FetchError, FetchReason
from store.kinds import Look
from store.sources import Source

REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Headers that carry a secret and must not follow a redirect to another host.
SECRET_HEADERS = frozenset({"authorization", "cookie", "x-api-key", "private-token"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where a visit stands: ``spec`` is asked next, ``seen`` were asked before it, ``asked`` first of all."""

    source: Source
    adapter: Adapter
    spec: RequestSpec
    asked: str
    look: Look
    seen: tuple[str, ...] = ()
    attempt: int = 0
    validators: dict[str, str] = field(default_factory=dict)

    @property
    def rendered(self) -> bool:
        """True if the page is to be opened in the browser."""
        return self.source.options.get("render") == "browser" and not self.adapter.is_entries


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
        scheme, same_host = urlsplit(target).scheme, slot_of(target) == slot_of(here)
    except ValueError:
        raise FetchError(FetchReason.REDIRECTS, "redirects to an address that is malformed") from None
    if scheme not in ("http", "https"):
        raise FetchError(
            FetchReason.REDIRECTS,
            f"redirects to a {scheme[:20] or 'strange'} address; only http and https are followed",
        )
    if target == here or target in visit.seen:
        raise FetchError(FetchReason.REDIRECTS, "redirects in a circle")
    if len(visit.seen) >= limit:
        raise FetchError(FetchReason.REDIRECTS, f"redirects more than {limit} times")
    headers = {
        name: value
        for name, value in visit.spec.headers.items()
        if same_host or name.lower() not in SECRET_HEADERS
    }
    keeps_method = status in (307, 308)
    spec = RequestSpec(
        url=target,
        headers=headers,
        method=visit.spec.method if keeps_method else "GET",
        body=visit.spec.body if keeps_method else b"",
    )
    return replace(visit, spec=spec, seen=(*visit.seen, here), validators={})


def interleaved(sources: Iterable[Source]) -> list[Source]:
    """Return the sources so that neighbours are of different rivals: one slow host does not hold up the rest."""
    lanes: dict[str, list[Source]] = {}
    for source in sources:
        lanes.setdefault(source.rival_key, []).append(source)
    ordered: list[Source] = []
    depth = max((len(lane) for lane in lanes.values()), default=0)
    for index in range(depth):
        ordered += [lane[index] for lane in lanes.values() if index < len(lane)]
    return ordered
