"""USAspending: contracts of US agencies by recipient.

Built from the service's own API contract (fedspendingtransparency/usaspending-api,
``api_contracts/contracts/v2/search/spending_by_award.md``); no recorded answer was at hand.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from config.catalogue import Parameter
from crawlers.json_node import Node
from crawlers.paging import by_post
from crawlers.plain import plain_text
from crawlers.types.json_lists import JsonList, json_list_adapter
from store.kinds import Category
from store.records import Entry

PAGE_SIZE = 100
FIELDS = (
    "Award ID", "Recipient Name", "Award Amount", "Awarding Agency", "Start Date", "End Date", "Description",
)  # fmt: skip
CONTRACTS = ("A", "B", "C", "D")


def _award(item: Node, root: Node) -> Entry | None:
    number = item["generated_internal_id"].text() or item["Award ID"].text()
    if not number:
        return None
    recipient, agency = item["Recipient Name"].text(), item["Awarding Agency"].text()
    amount, about = item["Award Amount"].text(), plain_text(item["Description"].text(), 200)
    return Entry(
        id=number,
        title=f"{recipient} won a contract of {agency}" + (f": {about}" if about else ""),
        url=f"https://www.usaspending.gov/award/{quote(number, safe='')}",
        text=f"{recipient} won contract {item['Award ID'].text()} of {agency}"
        + (f" over {amount} USD" if amount else "")
        + (f": {about}" if about else "."),
        published=item["Start Date"].moment(),
        attributes={
            "winner": recipient, "buyer": agency, "value": f"{amount} USD" if amount else "",
            "date": item["Start Date"].text(),
        },
        category_hint=Category.CUSTOMER,
    )  # fmt: skip


USASPENDING = json_list_adapter(
    JsonList(
        name="usaspending",
        about="contracts of US agencies that a recipient was awarded (known weeks after the fact)",
        root="https://api.usaspending.gov",
        path="/api/v2/search/spending_by_award/",
        items=("results",),
        item=_award,
        parameters=(
            Parameter(
                name="recipient",
                about="the recipient's name, at least three letters, or its UEI",
                required=True,
                pattern=r".{3,100}",
                example="Northbeam Identity",
            ),
        ),
        post=lambda values: {
            "filters": {"recipient_search_text": [values["recipient"]], "award_type_codes": CONTRACTS},
            "fields": FIELDS,
            "sort": "Start Date",
            "order": "desc",
            "limit": PAGE_SIZE,
            "page": 1,
        },
        follow=by_post("an answer of usaspending", PAGE_SIZE, "results", name="page"),
        newest_first=True,
        min_delay=timedelta(seconds=1),
    )
)
