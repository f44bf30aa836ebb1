"""Workable job boards: the widget's answer, which holds the whole board. Undocumented, so a refusal is final."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, path_parameter
from crawlers.json_node import Node, read_json
from crawlers.plain import plain_text
from crawlers.types.openings import EVERY, SLUG, joined, opening
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a Workable job board"


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for an account's jobs. Raises: SourceSettingsError without ``account``."""
    root = base_url(source, "https://apply.workable.com")
    return RequestSpec(url=f"{root}/api/v1/widget/accounts/{path_parameter(source, 'account')}?details=true")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one opening per job. Raises: SourceError."""
    jobs = read_json(body, WHAT)["jobs"].need_list(WHAT)
    return tuple(_opening(item) for item in jobs if item["shortcode"])


def _opening(item: Node) -> Entry:
    place = joined(item["city"].text(), item["country"].text())
    return opening(
        id=item["shortcode"].text(),
        title=item["title"].text(),
        url=item["url"].text() or item["shortlink"].text(),
        place=joined(place, "remote") if item["telecommuting"].value is True else place,
        team=item["department"].text(),
        text=plain_text(item["description"].text()),
        published=item["published_on"].moment() or item["created_at"].moment(),
    )


WORKABLE = Adapter(
    spec=SourceTypeSpec(
        name="workable",
        about="open positions on a Workable job board",
        default_every=EVERY,
        url_required=False,
        parameters=(
            Parameter(
                name="account",
                about="the account, as in apply.workable.com/ACCOUNT",
                required=True,
                pattern=SLUG,
                example="northbeam",
            ),
        ),
        url_patterns=(
            re.compile(
                r"^https?://(?:apply|www)\.workable\.com/api/v1/widget/accounts/(?P<account>[\w.-]+)", re.I
            ),
            re.compile(r"^https?://apply\.workable\.com/(?!api/|j/)(?P<account>[\w.-]+)", re.I),
            re.compile(
                r"^https?://(?!www\.|apply\.|help\.|resources\.)(?P<account>[\w-]+)\.workable\.com/?$", re.I
            ),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
)
