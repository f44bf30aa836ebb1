"""TED: contract award notices of the European Union that name a winner.

The search API answers with JSON (https://docs.ted.europa.eu/api/latest/search.html); no recorded answer of it was at
hand, so its reader follows that documentation. A notice by itself is XML in one of two schemas, both read from
recorded ones: TED XML (notices until 2023) and eForms (since then).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from lxml import etree

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceError, SourceSettingsError
from crawlers.json_node import Node, join_json, read_json
from crawlers.paging import by_post, json_body, pages_of, turn_post
from crawlers.plain import one_line
from crawlers.types.openings import joined
from crawlers.xml_reading import child_text, found_at, read_xml, text_at
from store.kinds import Category
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WHAT = "notices of TED"
PAGE_SIZE = 100
FIELDS = (
    "publication-number", "publication-date", "notice-title", "buyer-name", "winner-name", "total-value",
    "classification-cpv",
)  # fmt: skip
_NUMBER = re.compile(r"\d{1,8}-\d{4}")
_NAME = r'[^"\\]{3,100}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What a notice of a contract award says."""

    number: str
    title: str
    buyer: str
    winner: str
    value: str
    cpv: str
    date: str


def address(source: Source, key: str | None) -> RequestSpec:
    """Return the search for award notices with this winner, or one notice. Raises: SourceSettingsError."""
    if source.url:
        return RequestSpec(url=source.url)
    winner = parameter(source, "winner")
    if not re.fullmatch(_NAME, winner):
        raise SourceSettingsError(source.key, f"'winner' is {winner[:60]!r}; write a name without quotes")
    asked = {
        "query": f'winner-name ~ "{winner}" SORT BY publication-number DESC',
        "fields": FIELDS,
        "page": 1,
        "limit": PAGE_SIZE,
        "scope": "ALL",
        "paginationMode": "PAGE_NUMBER",
    }
    return RequestSpec(
        url=f"{base_url(source, 'https://api.ted.europa.eu')}/v3/notices/search",
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        method="POST",
        body=json_body(asked),
    )


def read(body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return one entry per award notice. Raises: SourceError."""
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return (_entry(_notice(read_xml(body, WHAT))),)
    pages = pages_of(read_json(body, WHAT), WHAT)
    awards = [_searched(item) for page in pages for item in page["notices"].need_list(WHAT)]
    return tuple(_entry(award) for award in awards if award.number)


def follow(body: bytes, url: str) -> tuple[str, ...]:
    """Return the next page of a search; a notice has none."""
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return ()
    return by_post(WHAT, PAGE_SIZE, "notices", name="page")(body, url)


def _searched(item: Node) -> Award:
    return Award(
        number=item["publication-number"].text(),
        title=_said(item["notice-title"]),
        buyer=_said(item["buyer-name"]),
        winner=_said(item["winner-name"]),
        value=_said(item["total-value"]),
        cpv=_said(item["classification-cpv"]),
        date=_said(item["publication-date"])[:10],
    )


def _said(node: Node) -> str:
    """Return a value that may be one text, a list, or either by language; English goes first."""
    if isinstance(node.value, dict):
        languages = sorted(node.value, key=lambda code: (code != "eng", str(code)))
        return _said(node[languages[0]]) if languages else ""
    if isinstance(node.value, list):
        return joined(*(one.text() for one in node))
    return node.text()


def _notice(root: etree._Element) -> Award:
    award = _ted_xml(root) if found_at(root, "CODED_DATA_SECTION") else _eforms(root)
    if not award.number:
        raise SourceError(f"not {WHAT}: the notice has no number")
    return award


def _ted_xml(root: etree._Element) -> Award:
    edition = re.fullmatch(r"(\d{4})/S \d+-0*(\d+)", text_at(root, "NOTICE_DATA/NO_DOC_OJS"))
    title = next(
        (text_at(one, "TI_TEXT") for one in found_at(root, "ML_TITLES/ML_TI_DOC") if one.get("LG") == "EN"),
        "",
    )
    total = next(iter(found_at(root, "NOTICE_DATA/VALUES/VALUE")), None)
    date = text_at(root, "REF_OJS/DATE_PUB")
    return Award(
        number=f"{edition[2]}-{edition[1]}" if edition else "",
        title=title or text_at(root, "OBJECT_CONTRACT/TITLE"),
        buyer=text_at(root, "ADDRESS_CONTRACTING_BODY/OFFICIALNAME"),
        winner=joined(*_texts(root, "ADDRESS_CONTRACTOR/OFFICIALNAME")),
        value="" if total is None else f"{total.text or ''} {total.get('CURRENCY', '')}".strip(),
        cpv=next((one.get("CODE", "") for one in found_at(root, "NOTICE_DATA/ORIGINAL_CPV")), ""),
        date=f"{date[:4]}-{date[4:6]}-{date[6:8]}",
    )


def _eforms(root: etree._Element) -> Award:
    names = {
        text_at(one, "Company/PartyIdentification/ID"): text_at(one, "Company/PartyName/Name")
        for one in found_at(root, "Organizations/Organization")
    }
    buyers = _texts(root, "ContractingParty/Party/PartyIdentification/ID")
    winners = _winners(root)
    total = next(iter(found_at(root, "NoticeResult/TotalAmount")), None)
    return Award(
        number=text_at(root, "Publication/NoticePublicationID") or text_at(root, "ContractAwardNotice/ID"),
        title=text_at(root, "ContractAwardNotice/ProcurementProject/Name"),
        buyer=joined(*(names.get(one, "") for one in buyers)),
        winner=joined(*(names.get(one, "") for one in winners)),
        value="" if total is None else f"{total.text or ''} {total.get('currencyID', '')}".strip(),
        cpv=text_at(root, "ProcurementProject/MainCommodityClassification/ItemClassificationCode"),
        date=(text_at(root, "Publication/PublicationDate") or text_at(root, "ContractAwardNotice/IssueDate"))[
            :10
        ],
    )


def _winners(root: etree._Element) -> list[str]:
    """Return the organisations behind the tenders that a contract was concluded on; others took part in vain."""
    tenders = set(_texts(root, "SettledContract/LotTender/ID"))
    parties = {
        party
        for tender in found_at(root, "NoticeResult/LotTender")
        if child_text(tender, "ID") in tenders
        for party in _texts(tender, "TenderingParty/ID")
    }
    return [
        member
        for party in found_at(root, "NoticeResult/TenderingParty")
        if child_text(party, "ID") in parties
        for member in _texts(party, "Tenderer/ID")
    ]


def _texts(root: etree._Element, path: str) -> Iterator[str]:
    return ("".join(one.itertext()).strip() for one in found_at(root, path))


def _entry(award: Award) -> Entry:
    won = f"{award.winner} won" if award.winner else "Awarded"
    sentence = f"{won}: {award.title}" + (f", for {award.buyer}" if award.buyer else "")
    number = award.number if _NUMBER.fullmatch(award.number) else ""
    return Entry(
        id=award.number,
        title=one_line(sentence),
        url=f"https://ted.europa.eu/en/notice/-/detail/{number}" if number else "",
        text=one_line(sentence + (f". Value {award.value}." if award.value else "."), 2_000),
        published=Node(award.date).moment(),
        attributes={
            "winner": award.winner, "buyer": award.buyer, "value": award.value, "cpv": award.cpv,
            "date": award.date,
        },
        category_hint=Category.CUSTOMER,
    )  # fmt: skip


TED = Adapter(
    spec=SourceTypeSpec(
        name="ted",
        about="public contracts in the European Union that a winner was awarded",
        default_every=timedelta(days=1),
        url_required=False,
        parameters=(
            Parameter(
                name="winner",
                about="the winner's name as notices write it",
                required=True,
                pattern=_NAME,
                example="Northbeam Identity",
            ),
        ),
    ),
    media=Media.JSON,
    address_of=address,
    read=read,
    follow=follow,
    combine=join_json,
    turn=turn_post,
    newest_first=True,
    robots=False,
    min_delay=timedelta(seconds=1),
)
