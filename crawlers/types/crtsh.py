"""Names in certificate logs: a new host name of a rival, often before the product behind it is announced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.json_node import read_json
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a search of certificate logs"
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,250}[a-z0-9])?", re.I)


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the unexpired certificates below ``domain``. Raises: SourceSettingsError."""
    query = urlencode(
        {"q": f"%.{parameter(source, 'domain')}", "output": "json", "exclude": "expired", "deduplicate": "Y"}
    )
    return RequestSpec(url=f"{base_url(source, 'https://crt.sh')}/?{query}")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per host name, with the time of its first certificate. Raises: SourceError."""
    first: dict[str, Entry] = {}
    for row in read_json(body, WHAT).need_list(WHAT):
        seen_at = row["entry_timestamp"].moment() or row["not_before"].moment()
        for line in row["name_value"].text().splitlines():
            name = line.strip().lower().removeprefix("*.")
            known = first.get(name)
            older = known is None or (seen_at and known.published and seen_at < known.published)
            if HOST.fullmatch(name) and older:
                first[name] = Entry(
                    id=name,
                    title=f"New host name {name}",
                    url=f"https://{name}/",
                    text=f"A certificate was issued for {name}.",
                    published=seen_at,
                )
    return tuple(first.values())


CRTSH = Adapter(
    spec=SourceTypeSpec(
        name="crtsh",
        about="new host names of a domain, from certificate logs",
        default_every=timedelta(days=1),
        url_required=False,
        parameters=(
            Parameter(
                name="domain",
                about="the domain",
                required=True,
                pattern=r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
                example="northbeam.example",
            ),
        ),
        url_patterns=(
            re.compile(r"^https?://crt\.sh/\?(?:[^#]*&)?q=(?:%25\.|%\.)?(?P<domain>[A-Za-z0-9.-]+)", re.I),
        ),
        aliases=("certificates",),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    robots=False,
    min_delay=timedelta(seconds=60),  # A free service run by few people: one question a minute.
)
