"""SEC full-text search: filings of anybody that name a phrase, such as a customer's report that names a rival.

The shape is that of https://efts.sec.gov/LATEST/search-index, which the SEC's own search page asks; it is not
documented. The recorded answer at hand holds invented values of that shape.
"""

from __future__ import annotations

import re
from datetime import timedelta

from config.catalogue import Parameter
from crawlers.json_node import Node
from crawlers.types.edgar import FORMS, ITEMS
from crawlers.types.json_lists import JsonList, json_list_adapter
from crawlers.types.openings import joined
from store.kinds import Category
from store.records import Entry

_NUMBER = re.compile(r"(\d{10}-\d{2}-\d{6}):([\w.-]{1,100})")
_CIK = re.compile(r"\s*\(CIK \d{1,10}\)\s*$")


def _hit(item: Node, root: Node) -> Entry | None:
    about = item["_source"]
    names = joined(*(_CIK.sub("", one.text()) for one in about["display_names"]))
    form, date = about["form"].text() or about["file_type"].text(), about["file_date"].text()
    if not names:
        return None
    items = [one.text() for one in about["items"] if one.text() in ITEMS]
    says = "; ".join(ITEMS[one][0] for one in items) or FORMS.get(form.removesuffix("/A"), ("", None))[0]
    return Entry(
        id=item["_id"].text() or joined(names, form, date),
        title=f"{names} filed {form or 'a document'}" + (f": {says}" if says else ""),
        url=_url(item["_id"].text(), about["ciks"][0].text()),
        text=f"A filing of {names} at the SEC names the phrase" + (f": {form}, {says}." if says else "."),
        published=Node(date).moment(),
        attributes={"form": form, "items": ", ".join(items), "date": date},
        category_hint=Category.MEDIA,
    )


def _url(number: str, cik: str) -> str:
    found = _NUMBER.fullmatch(number)
    if found is None or not cik.isascii() or not cik.isdigit():
        return ""
    return f"https://www.sec.gov/Archives/edgar/data/{int(cik[:10])}/{found[1].replace('-', '')}/{found[2]}"


EDGAR_SEARCH = json_list_adapter(
    JsonList(
        name="edgar-search",
        about="filings at the US SEC, whoever filed them, that name a phrase (needs crawl.contact; the 100 best hits)",
        root="https://efts.sec.gov",
        path="/LATEST/search-index",
        items=("hits", "hits"),
        item=_hit,
        parameters=(
            Parameter(
                name="query",
                about="word or phrase",
                required=True,
                pattern=r'[^"]{2,200}',
                example="Northbeam Identity",
            ),
            Parameter(name="forms", about="forms to search, with commas", pattern=r"[\w /,-]{0,100}"),
        ),
        query=lambda values: {
            "q": f'"{values["query"]}"',
            **({"forms": values["forms"]} if values["forms"] else {}),
        },
        urls=(r"^https?://www\.sec\.gov/edgar/search/#/(?:[^&]*&)*q=(?P<query>[^&]+)",),
        min_delay=timedelta(milliseconds=150),  # The SEC allows 10 requests a second over all machines.
    )
)
