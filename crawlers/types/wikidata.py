"""Wikidata: what it says of a company's head, owner, seat and size. Anybody may edit it, so it is a hint, no proof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceError, SourceSettingsError
from crawlers.json_node import Node, read_json
from store.kinds import Category
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "an item of Wikidata"
_ITEM = r"Q\d{1,12}"

#: Property -> what it is called, and the category of a new value.
PROPERTIES: Mapping[str, tuple[str, Category | None]] = {
    "P169": ("chief executive officer", Category.LEADERSHIP),
    "P488": ("chairperson", Category.LEADERSHIP),
    "P3320": ("board member", Category.LEADERSHIP),
    "P127": ("owned by", Category.ACQUISITION),
    "P749": ("parent organisation", Category.ACQUISITION),
    "P355": ("subsidiary", Category.ACQUISITION),
    "P159": ("headquarters", Category.EXPANSION),
    "P856": ("official website", None),
    "P1128": ("employees", None),
    "P5531": ("SEC CIK", None),
    "P414": ("stock exchange", Category.FINANCE),
    "P576": ("dissolved", Category.FINANCE),
}


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for an item. Raises: SourceSettingsError for what is no item."""
    item = parameter(source, "item").upper()
    if not re.fullmatch(_ITEM, item):
        raise SourceSettingsError(source.key, f"'item' is {item[:40]!r}; write the Q and its number")
    query = urlencode(
        {
            "action": "wbgetentities",
            "ids": item,
            "props": "info|labels|claims",
            "languages": "en",
            "maxlag": 5,
            "format": "json",
        }
    )
    return RequestSpec(url=f"{base_url(source, 'https://www.wikidata.org')}/w/api.php?{query}")


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per statement about the company, outdated ones left out. Raises: SourceError."""
    entities = read_json(body, WHAT)["entities"]
    if not isinstance(entities.value, dict):
        raise SourceError(f"not {WHAT}: there is no item in it")
    return tuple(entry for number in entities.value for entry in _statements(str(number), entities[number]))


def _statements(number: str, item: Node) -> Iterator[Entry]:
    name = item["labels"]["en"]["value"].text() or number
    for code, (called, category) in PROPERTIES.items():
        for claim in item["claims"][code]:
            value = _value(claim["mainsnak"]["datavalue"]["value"])
            if not value or claim["rank"].text() == "deprecated" or claim["qualifiers"]["P582"]:
                continue  # P582 is the end of what was.
            yield Entry(
                id=f"{number} {code} {value}",
                title=f"Wikidata on {name}: {called} is {value}",
                url=f"https://www.wikidata.org/wiki/{number}" if re.fullmatch(_ITEM, number) else "",
                text=f"Wikidata says that the {called} of {name} is {value}.",
                published=_since(claim["qualifiers"]["P580"][0]["datavalue"]["value"]["time"].text()),
                attributes={"property": code, "value": value},
                category_hint=category,
            )


def _value(value: Node) -> str:
    return (
        value.text() or value["id"].text() or value["amount"].text().lstrip("+") or value["time"].text()[1:11]
    )


def _since(time: str) -> Any:
    # Unknown months and days are written as 00.
    return Node(time[1:11].replace("-00", "-01")).moment() if time.startswith("+") else None


WIKIDATA = Adapter(
    spec=SourceTypeSpec(
        name="wikidata",
        about="head, owners, subsidiaries, seat of a company at Wikidata (a hint: anybody may edit it)",
        default_every=timedelta(days=7),
        url_required=False,
        parameters=(
            Parameter(
                name="item",
                about="the company's item",
                required=True,
                pattern=r"[Qq]\d{1,12}",
                example="Q478214",
            ),
        ),
        url_patterns=(re.compile(r"^https?://www\.wikidata\.org/wiki/(?P<item>Q\d{1,12})", re.I),),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    robots=False,
    min_delay=timedelta(seconds=1),
)
