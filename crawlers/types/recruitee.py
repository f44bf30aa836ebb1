"""Recruitee careers sites: all offers in one answer of the documented careers site API. Mailboxes are not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, read_json
from crawlers.plain import plain_text
from crawlers.types.openings import EVERY, joined, opening
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a Recruitee careers site"
HOST_LABEL = r"[A-Za-z0-9-]+"


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a company's offers. Raises: SourceSettingsError without a usable ``company``."""
    company = parameter(source, "company")
    if not re.fullmatch(HOST_LABEL, company):
        raise SourceSettingsError(
            source.key, f"'company' is {company!r}; write the name before .recruitee.com"
        )
    return RequestSpec(url=f"{base_url(source, f'https://{company}.recruitee.com')}/api/offers/")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one opening per offer. Raises: SourceError."""
    offers = read_json(body, WHAT)["offers"].need_list(WHAT)
    return tuple(_opening(item) for item in offers if item["id"] or item["guid"])


def _opening(item: Node) -> Entry:
    return opening(
        id=item["id"].text() or item["guid"].text(),
        title=item["title"].text(),
        url=item["careers_url"].text(),
        place=item["location"].text() or joined(item["city"].text(), item["country"].text()),
        team=item["department"].text(),
        text=plain_text(item["description"].text()),
        published=item["published_at"].moment() or item["created_at"].moment(),
    )


RECRUITEE = Adapter(
    spec=SourceTypeSpec(
        name="recruitee",
        about="open positions on a Recruitee careers site",
        default_every=EVERY,
        url_required=False,
        parameters=(
            Parameter(
                name="company",
                about="the name before .recruitee.com",
                required=True,
                pattern=HOST_LABEL,
                example="northbeam",
            ),
        ),
        url_patterns=(
            re.compile(r"^https?://(?!www\.|api\.)(?P<company>[A-Za-z0-9-]+)\.recruitee\.com", re.I),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
)
