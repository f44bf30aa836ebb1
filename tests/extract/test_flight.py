"""Flight data: a page whose matter stands in the strings that its scripts push is read as if it were drawn."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.compare import compare_documents
from extract.document import Document, ReadOptions
from extract.read import read_document
from extract.reading.decode import parse_html
from extract.reading.flight import flight_pieces
from store.kinds import PageType

ANSWER = "Yes, any time, at no charge."


def element(tag: str, children: object, **props: object) -> list[object]:
    return ["$", tag, None, {**props, "children": children}]


def plan(name: str, price: int) -> list[object]:
    return element("div", [element("h3", name), element("p", ["$$", price, " / month"])], className="card")


def page(price: int, parts: int = 2, build: str = "k1") -> bytes:
    missing = element("h1", "404: This page could not be found.")
    root = {"b": build, "f": [["", element("$1", [element("$L2", "$L5", notFound=[missing])])]]}
    main = element(
        "main",
        [element("h1", "Pricing"), "$L6", element("$L2", None, rows=[{"q": "May I cancel?", "a": "$7"}])],
    )
    grid = element("div", [plan("Starter", 19), plan("Team", price)])
    rows = (
        f'1:"$Sreact.fragment"\n2:I[33,["/a.js"],"default"]\n0:{json.dumps(root)}\n5:{json.dumps(main)}\n'
        f"7:T{len(ANSWER):x},{ANSWER}6:{json.dumps(grid)}\n"
    )
    step = len(rows) // parts + 1
    pushed = "".join(
        f"<script>self.__next_f.push({json.dumps([1, rows[at : at + step]])})</script>"
        for at in range(0, len(rows), step)
    )
    return f"<html><head><title>Pricing</title></head><body><div>Loading</div>{pushed}</body></html>".encode()


def read(body: bytes) -> Document:
    options = ReadOptions(article=False)
    return read_document(
        body, url="https://heron.example/pricing", page_type=PageType.PRICING, options=options
    )


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_flight_data_is_read_like_the_page_it_draws(parts: int) -> None:
    document = read(page(49, parts))
    prices = {fact.name: fact.attributes["amount"] for fact in document.facts if "amount" in fact.attributes}
    assert prices == {"Starter": "19", "Team": "49"}
    texts = [block.text for block in document.blocks]
    assert texts.count("Team $49 / month") == 1
    assert not any("404" in text for text in texts)
    assert any(ANSWER in text for text in texts)


def test_price_in_flight_data_that_rose_is_told_and_a_new_build_is_not() -> None:
    (change,) = compare_documents(read(page(49)), read(page(59, parts=5, build="k2"))).facts
    assert ((change.before or {})["amount"], (change.after or {})["amount"]) == ("49", "59")
    assert not compare_documents(read(page(49)), read(page(49, parts=5, build="k2"))).changed


def test_rows_that_stand_in_one_another_end() -> None:
    rows = (
        "0:["
        + ",".join(['"$a"'] * 50)
        + "]\n"
        + "".join(
            f"{number:x}:[" + ",".join([f'"${(number + 1) if number < 15 else 10:x}"'] * 50) + "]\n"
            for number in range(10, 16)
        )
    )
    root = parse_html(f"<body><script>self.__next_f.push({json.dumps([1, rows])})</script></body>")
    assert flight_pieces(root) == ((), ())


@given(rows=st.text(alphabet=st.sampled_from('0123af:T,I[]{}"$L\n h1'), max_size=80))
def test_any_rows_can_be_pushed(rows: str) -> None:
    root = parse_html(f"<body><script>self.__next_f.push({json.dumps([1, rows])})</script></body>")
    pieces, _ = flight_pieces(root)
    assert len(pieces) <= len(rows)
