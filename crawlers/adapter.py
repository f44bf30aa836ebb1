"""What a source type is to the crawler: how its address is built, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from config.catalogue import SourceTypeSpec
from crawlers.errors import SourceError, SourceSettingsError
from crawlers.followed import FollowedPage, split_pages
from crawlers.page_text import page_text
from crawlers.plain import TEXT_LIMIT, clean_entry, one_line
from store.kinds import PageType
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

#: More entries than this are not read from one answer (a sitemap may list 50,000 addresses).
MAX_ENTRIES = 20_000


class Media(StrEnum):
    """What kind of answer a source type promises; `judge` holds it to that."""

    HTML = "html"
    FEED = "feed"
    JSON = "json"
    XML = "xml"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSpec:
    """One request as the source type wants it; the crawler adds its own name and validators."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: bytes = b""


#: (body, final url, content type, source options) -> entries; pure, raises SourceError only.
Reader = Callable[[bytes, str, str | None, Mapping[str, Any]], tuple[Entry, ...]]
Address = Callable[["Source", str | None], RequestSpec]
#: (body, url) -> further addresses whose answers belong to the same snapshot; raises SourceError only.
Follow = Callable[[bytes, str], tuple[str, ...]]
Combine = Callable[[Sequence[bytes]], bytes]
#: (request of the page before, address of the next) -> its request, where the page is named in the body.
Turn = Callable[["RequestSpec", str], "RequestSpec"]


def own_url(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the source's own address. Raises: SourceSettingsError if it has none."""
    if not source.url:
        raise SourceSettingsError(source.key, "has no url")
    return RequestSpec(url=source.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """A source type. Page types have no ``read``; the others turn an answer into entries.

    ``robots`` is false for documented public APIs, which are governed by their own terms, not by robots.txt.
    ``min_delay`` is the least pause between two requests to one host, where the service states one.
    ``key_variable`` names the environment variable with the key; ``key_required`` if nothing works without it.
    ``follow`` names further answers of a paged list; ``combine`` makes one body of all; ``turn`` makes the request
    for a further page of services that are asked by POST.
    ``newest_first`` lists are followed only as far as the source's last good visit.
    ``none_statuses`` are answers that mean "no results", not "broken".
    ``own_schemes`` begin addresses that are no web addresses, such as a mailbox's; a handler in `scrapy_settings`
    answers them.
    ``opens``: whether the pages of new entries are opened where the source does not say; None if they never are.
    """

    spec: SourceTypeSpec
    page_type: PageType | None = None
    media: Media = Media.HTML
    address_of: Address = own_url
    read: Reader | None = None
    follow: Follow | None = None
    combine: Combine | None = None
    turn: Turn | None = None
    newest_first: bool = False
    robots: bool = True
    min_delay: timedelta = timedelta(0)
    key_variable: str | None = None
    key_required: bool = False
    none_statuses: frozenset[int] = frozenset()
    own_schemes: tuple[str, ...] = ()
    opens: bool | None = None

    @property
    def is_entries(self) -> bool:
        """True if the answer is a list of entries, false if it is a page that is compared as a whole."""
        return self.read is not None

    def address(self, source: Source, key: str | None = None) -> RequestSpec:
        """Return the request for a source. Raises: SourceSettingsError."""
        return self.address_of(source, key)

    def parse(
        self, body: bytes, url: str, content_type: str | None = None, options: Mapping[str, Any] | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries of an answer, each id once, texts plain and capped. Raises: SourceError.

        An entry whose page was opened says what that page says, under the title that the list gives it.
        """
        if self.read is None:
            raise SourceError(f"{self.spec.name} is a page; it has no entries")
        own, pages = split_pages(body) if self.opens is not None else (body, {})
        found: dict[str, Entry] = {}
        for entry in self.read(own, url, content_type, options or {})[:MAX_ENTRIES]:
            cleaned = clean_entry(entry, url)
            if cleaned is not None and cleaned.id not in found:
                page = pages.get(cleaned.id)
                found[cleaned.id] = cleaned if page is None else _with_text(cleaned, page)
        return tuple(found.values())


def _with_text(entry: Entry, page: FollowedPage) -> Entry:
    text = page_text(page.body.encode("latin-1", "replace"), page.content_type)
    return replace(entry, text=one_line(text, TEXT_LIMIT)) if text else entry


def parameter(source: Source, name: str, default: str | None = None) -> str:
    """Return a parameter as text. Raises: SourceSettingsError if it is missing and has no default."""
    value = (source.options.get("parameters") or {}).get(name, default)
    if value is None or value == "":
        raise SourceSettingsError(source.key, f"'{name}' is missing")
    return str(value)


def path_parameter(source: Source, name: str) -> str:
    """Return a parameter made safe as one segment of a path."""
    return quote(parameter(source, name).strip(), safe="")


def parameters(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the type's own parameters out of a source's options."""
    found = options.get("parameters") or {}
    return found if isinstance(found, Mapping) else {}


def listed(value: object) -> tuple[str, ...]:
    """Return a parameter that may be one text or several as texts."""
    if value is None:
        return ()
    if isinstance(value, (list, tuple)):
        return tuple(str(item) for item in value)
    return (str(value),)


def base_url(source: Source, default: str) -> str:
    """Return the service's root without trailing slash: the source's own ``base``, or the public one."""
    return str(source.options.get("base") or default).rstrip("/")
