"""Greenhouse job boards: the whole board in one answer of the documented public Job Board API."""

from __future__ import annotations

import html
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

WHAT = "a Greenhouse job board"


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a board's jobs. Raises: SourceSettingsError without ``board``."""
    root = base_url(source, "https://boards-api.greenhouse.io")
    return RequestSpec(url=f"{root}/v1/boards/{path_parameter(source, 'board')}/jobs?content=true")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one opening per job, by job id. Raises: SourceError."""
    jobs = read_json(body, WHAT)["jobs"].need_list(WHAT)
    return tuple(_opening(job) for job in jobs if job["id"])


def _opening(job: Node) -> Entry:
    return opening(
        id=job["id"].text(),
        title=job["title"].text(),
        url=job["absolute_url"].text(),
        place=job["location"]["name"].text(),
        team=joined(*(item["name"].text() for item in job["departments"])),
        text=plain_text(html.unescape(job["content"].text())),  # The description is escaped twice.
        published=job["first_published"].moment() or job["updated_at"].moment(),
    )


GREENHOUSE = Adapter(
    spec=SourceTypeSpec(
        name="greenhouse",
        about="open positions on a Greenhouse job board",
        default_every=EVERY,
        url_required=False,
        parameters=(
            Parameter(
                name="board",
                about="the board's token, as in boards.greenhouse.io/TOKEN",
                required=True,
                pattern=SLUG,
                example="northbeam",
            ),
        ),
        url_patterns=(
            re.compile(r"^https?://boards-api\.greenhouse\.io/v1/boards/(?P<board>[A-Za-z0-9_.-]+)", re.I),
            re.compile(
                r"^https?://[^/]*greenhouse\.io/embed/job_board\?(?:[^#]*&)?for=(?P<board>[A-Za-z0-9_.-]+)",
                re.I,
            ),
            re.compile(
                r"^https?://(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?P<board>[A-Za-z0-9_.-]+)", re.I
            ),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    robots=False,
)
