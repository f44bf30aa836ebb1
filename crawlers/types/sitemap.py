"""Sitemaps: XML, index with children, gzip, plain text. An address is an entry, so a new page is news."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, listed, parameters
from crawlers.errors import SourceError
from crawlers.following import FOLLOW
from crawlers.plain import moment, web_address
from crawlers.xml_reading import child_text, local_name, read_xml, unpacked
from store.records import Entry

WHAT = "a sitemap"
MAX_CHILDREN = 30  # The newest of an index; larger sites are better watched by naming one child.


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per page below the wanted paths; translations of a page count once. Raises: SourceError."""
    data = unpacked(body)
    under = listed(parameters(options).get("under"))
    pages = _pages(data, url) if _is_xml(data) else _lines(data)
    return tuple(entry for entry in pages if not under or urlsplit(entry.url).path.startswith(under))


def _is_xml(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"


def _pages(data: bytes, url: str) -> list[Entry]:
    root = read_xml(data.lstrip(b"\xef\xbb\xbf"), WHAT)
    if local_name(root) not in ("urlset", "sitemapindex"):
        raise SourceError(f"not {WHAT}: the root is <{local_name(root)[:40]}>")
    found: list[Entry] = []
    translations: set[str] = set()
    for item in root:
        address = web_address(_location(item), url)
        if address and address not in translations:
            translations.update(_alternates(item))
            found.append(_entry(item, address))
    return found


def _location(item: etree._Element) -> str:
    # Some indexes carry the address as bare text, without <loc>.
    return child_text(item, "loc") or (
        "".join(item.itertext()).strip() if local_name(item) == "sitemap" else ""
    )


def _alternates(item: etree._Element) -> list[str]:
    return [child.get("href", "").strip() for child in item if local_name(child) == "link"]


def _entry(item: etree._Element, address: str) -> Entry:
    news = next((child for child in item if local_name(child) == "news"), None)
    title = child_text(news, "title") if news is not None else ""
    # <lastmod> is the time of the last build at many sites, so only news carries a date.
    published = moment(child_text(news, "publication_date")) if news is not None else None
    return Entry(id=address, title=title or title_of(address), url=address, published=published)


def title_of(address: str) -> str:
    """Return readable words for an address: its last segment without dashes and ending."""
    parts = urlsplit(address)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    words = re.sub(r"[-_+]+", " ", re.sub(r"\.\w{2,5}$", "", last)).strip()
    return words[:1].upper() + words[1:] if words else parts.netloc


def _lines(data: bytes) -> list[Entry]:
    lines = data.decode("utf-8-sig", "replace").split()
    found = [web_address(line) for line in lines]
    if not any(found):
        raise SourceError(f"not {WHAT}: no address in it")
    return [Entry(id=address, title=title_of(address), url=address) for address in found if address]


def follow(body: bytes, url: str) -> tuple[str, ...]:
    """Return the addresses of an index's children, newest first; none for a sitemap of pages."""
    data = unpacked(body)
    if not _is_xml(data):
        return ()
    root = read_xml(data.lstrip(b"\xef\xbb\xbf"), WHAT)
    if local_name(root) != "sitemapindex":
        return ()
    dated = [(child_text(item, "lastmod"), web_address(_location(item), url)) for item in root]
    newest = sorted(dated, key=lambda pair: pair[0], reverse=True)
    return tuple(dict.fromkeys(address for _, address in newest if address))[:MAX_CHILDREN]


def combine(parts: Sequence[bytes]) -> bytes:
    """Return one urlset with the pages of all children, the index itself left out."""
    whole = etree.Element("urlset")
    for part in parts[1:]:
        data = unpacked(part)
        if not _is_xml(data):
            for entry in _lines(data):
                etree.SubElement(etree.SubElement(whole, "url"), "loc").text = entry.url
            continue
        root = read_xml(data.lstrip(b"\xef\xbb\xbf"), WHAT)
        whole.extend(item for item in list(root) if local_name(item) == "url")
    return bytes(etree.tostring(whole, encoding="utf-8"))


SITEMAP = Adapter(
    spec=SourceTypeSpec(
        name="sitemap",
        about="new pages of a site, from its sitemap (an index is followed, gzip and text are read)",
        default_every=timedelta(days=1),
        parameters=(
            Parameter(
                name="under", about="only pages whose path begins so", many=True, example="[/blog/, /news/]"
            ),
            FOLLOW,
        ),
        url_patterns=(
            re.compile(r"/[^/?#]*sitemap[^/?#]*\.(?:xml|txt)(?:\.gz)?(?:[?#]|$)", re.I),
            re.compile(r"/sitemap_index(?:[?#]|$)", re.I),
        ),
    ),
    media=Media.XML,
    read=read,
    follow=follow,
    combine=combine,
    opens=False,
)
