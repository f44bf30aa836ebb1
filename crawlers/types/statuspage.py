"""Statuspage (and what speaks its API): incidents by id, so that many updates stay one entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from config.catalogue import SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, read_json
from crawlers.plain import plain_text
from crawlers.types.feed import read_feed
from crawlers.types.openings import joined
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a Statuspage's incidents"


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the newest 50 incidents, or for the feed the source names. Raises: SourceSettingsError."""
    root = base_url(source, source.url)
    if not root:
        raise SourceSettingsError(source.key, "has no url")
    if urlsplit(root).path.endswith((".atom", ".rss", ".json")):
        return RequestSpec(url=root)
    return RequestSpec(url=urljoin(root + "/", "/api/v2/incidents.json"))


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per incident, from JSON or from the history feed. Raises: SourceError."""
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return read_feed(body, url, content_type, options)
    root = read_json(body, WHAT)
    if isinstance(root.value, list):
        return tuple(_cloud_incident(item) for item in root if item["id"] and item["external_desc"])
    incidents = root["incidents"].need_list(WHAT)
    return tuple(_incident(item) for item in incidents if item["id"])


def _cloud_incident(item: Node) -> Entry:
    """Return an incident as Google Cloud's status page writes it."""
    page = item["uri"].text()
    return Entry(
        id=item["id"].text(),
        title=f"Incident: {plain_text(item['external_desc'].text(), 200)}",
        url=f"https://status.cloud.google.com/{page}" if page.startswith("incidents/") else "",
        text=plain_text(item["most_recent_update"]["text"].text() or item["external_desc"].text()),
        published=item["begin"].moment() or item["created"].moment(),
        attributes={
            "impact": item["severity"].text() or item["status_impact"].text(),
            "components": joined(*(one["title"].text() for one in item["affected_products"])),
        },
    )


def _incident(item: Node) -> Entry:
    updates = list(item["incident_updates"])
    parts = joined(*(part["name"].text() for part in item["components"]))
    told = " ".join(update["body"].text() for update in reversed(updates))
    return Entry(
        id=item["id"].text(),
        title=f"Incident: {item['name'].text()}",
        url=item["shortlink"].text(),
        text=plain_text(told),
        published=item["started_at"].moment() or item["created_at"].moment(),
        attributes={"impact": item["impact"].text(), "components": parts},
    )


STATUSPAGE = Adapter(
    spec=SourceTypeSpec(
        name="statuspage",
        about="incidents of a status page that speaks Statuspage's API (url: its home page or history feed)",
        default_every=timedelta(minutes=30),
        url_patterns=(
            re.compile(r"^https?://[^/]+\.statuspage\.io(?:/|$)", re.I),
            re.compile(r"/api/v2/(?:incidents|summary)\.json", re.I),
            re.compile(r"/history\.(?:atom|rss)(?:[?#]|$)", re.I),
            re.compile(r"^https?://status\.cloud\.google\.com/incidents\.json", re.I),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
)
