"""Which pages of a list's new entries are opened, so that an entry says more than its link. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from config.catalogue import Parameter
from crawlers.adapter import listed, parameters
from crawlers.addresses import normal_host
from crawlers.followed import MOST_PAGES
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

ENOUGH_TEXT = 200  # characters; an entry that says as much needs no page.
#: What is no page to be read, by the end of its address.
_FILES = re.compile(
    r"\.(?:pdf|zip|gz|exe|dmg|docx?|xlsx?|pptx?|jpe?g|png|gif|svg|webp|mp[34]|webm|mov)$", re.I
)

#: What a type takes whose entries' pages can be opened.
FOLLOW = Parameter(
    name="follow",
    about="true, false, or patterns of the addresses of new entries' pages to open (same host: /path*)",
    many=True,
    pattern=r"(?i:true|false)|/\S*|https?://\S+",
    example="[/blog/*, https://news.northbeam.example/*]",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which pages a source may open: of the list's own host, or of the addresses that ``patterns`` name."""

    host: str
    own_host: bool
    patterns: tuple[str, ...] = ()

    def admits(self, url: str) -> bool:
        """Return True if the page may be opened."""
        try:
            parts = urlsplit(url)
            host = normal_host(parts.hostname or "")
        except ValueError:
            return False
        own = _bare(host) == _bare(self.host)
        if parts.scheme not in ("http", "https") or _FILES.search(parts.path):
            return False
        return (own and self.own_host) or any(_fits(one, url, parts.path, own) for one in self.patterns)


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _fits(pattern: str, url: str, path: str, own: bool) -> bool:
    if pattern.startswith("/"):
        return own and fnmatchcase(path, pattern)
    return fnmatchcase(url, pattern)


def scope_of(source: Source, url: str, default: bool | None) -> Scope | None:
    """Return which pages may be opened for entries of the list at ``url``; None if none may.

    ``default`` is what its type does where the source does not say, None for a type that never opens any.
    """
    if default is None:
        return None
    written = [str(value) for value in listed(parameters(source.options).get("follow"))]
    words = {value.lower() for value in written}
    if "false" in words or not (written or default):
        return None
    patterns = tuple(value for value in written if value.lower() != "true")
    host = normal_host(urlsplit(url).hostname or "")
    return Scope(host=host, own_host=not patterns or "true" in words, patterns=patterns)


def mark_of(entry_id: str) -> str:
    """Return a short mark of an entry's id: a sitemap has tens of thousands, and all go to the crawling process."""
    return hashlib.blake2b(entry_id.encode("utf-8", "replace"), digest_size=8).hexdigest()


def new_addresses(entries: Sequence[Entry], told: Collection[str], scope: Scope, url: str) -> dict[str, str]:
    """Return the addresses to open with the ids of their entries: of new entries that say little, each page once."""
    found: dict[str, str] = {}
    for entry in entries:
        address = urldefrag(entry.url)[0]
        is_new = mark_of(entry.id) not in told and len(entry.text) < ENOUGH_TEXT
        if is_new and address != urldefrag(url)[0] and scope.admits(address):
            found.setdefault(address, entry.id)
    return dict(list(found.items())[:MOST_PAGES])
