"""GLEIF: what the register of legal entities says of a company; a changed name, seat or status is a new entry.

Built from the documented format (https://www.gleif.org/lei-data/gleif-api, JSON:API); no recorded answer was at hand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, read_json
from crawlers.types.openings import joined
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "a record of GLEIF"
_LEI = r"[A-Z0-9]{18}[0-9]{2}"


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for the record of a company. Raises: SourceSettingsError for what is no LEI."""
    lei = parameter(source, "lei").upper()
    if not re.fullmatch(_LEI, lei):
        raise SourceSettingsError(source.key, f"'lei' is {lei[:40]!r}; write the 20 letters and digits")
    return RequestSpec(
        url=f"{base_url(source, 'https://api.gleif.org')}/api/v1/lei-records/{lei}",
        headers={"Accept": "application/vnd.api+json"},
    )


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per record and state of it. Raises: SourceError."""
    data = read_json(body, WHAT)["data"]
    records = [data] if isinstance(data.value, dict) else list(data.need_list(WHAT))
    return tuple(_record(one) for one in records if one["id"])


def _record(record: Node) -> Entry:
    lei, about = record["id"].text(), record["attributes"]["entity"]
    name, status = about["legalName"]["name"].text(), about["status"].text().lower()
    seat, office = _place(about["legalAddress"]), _place(about["headquartersAddress"])
    successor = about["successorEntity"]["name"].text()
    facts = (name, status, seat, office, successor)
    said = joined(
        f"status {status}" if status else "",
        f"legal address {seat}" if seat else "",
        f"headquarters {office}" if office else "",
        f"succeeded by {successor}" if successor else "",
    )
    return Entry(
        # The date of the yearly renewal moves without news, so the facts make the identity.
        id=f"{lei} {hashlib.sha256(repr(facts).encode('utf-8', 'replace')).hexdigest()[:16]}",
        title=f"Register of legal entities: {name}, {said}",
        url=f"https://search.gleif.org/#/record/{lei}" if re.fullmatch(_LEI, lei) else "",
        text=f"{name} ({lei}): {said}.",
        published=record["attributes"]["registration"]["lastUpdateDate"].moment(),
        attributes={"name": name, "status": status, "place": office or seat},
    )


def _place(node: Node) -> str:
    lines = (line.text() for line in node["addressLines"])
    return joined(*lines, node["postalCode"].text(), node["city"].text(), node["country"].text())


GLEIF = Adapter(
    spec=SourceTypeSpec(
        name="gleif",
        about="name, seat, status and successor of a company in the register of legal entities",
        default_every=timedelta(days=7),
        url_required=False,
        parameters=(
            Parameter(
                name="lei",
                about="the company's LEI (20 letters and digits)",
                required=True,
                pattern=r"[A-Za-z0-9]{18}[0-9]{2}",
                example="529900T8BM49AURSDO55",
            ),
        ),
        url_patterns=(
            re.compile(rf"^https?://(?:search|www)\.gleif\.org/[^?]*record/(?P<lei>{_LEI})", re.I),
            re.compile(rf"^https?://api\.gleif\.org/api/v1/lei-records/(?P<lei>{_LEI})", re.I),
        ),
        aliases=("lei",),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    robots=False,
    min_delay=timedelta(seconds=1),  # 60 requests a minute are allowed.
)
