"""Properties of comparing and storing real pages; noise and news by name stand in `test_metamorphic`."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.compare import compare_documents
from extract.document import Document, ReadOptions, document_from_json, document_to_json
from extract.read import read_document
from store.kinds import FactAction, FactKind, PageType

HERE = Path(__file__).parent
OPTIONS = ReadOptions(article=False)
PAGES = sorted(path for path in HERE.glob("pa*s/*/before.html"))
PRICED = sorted(HERE.glob("pages/pricing-cards-raise/before.html")) + sorted(
    HERE.glob("pairs/*pricing*/before.html")
)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str, page_type: PageType | None = None) -> Document:
    return read_document(
        text.encode(),
        url="https://northbeam.example/x",
        content_type="text/html",
        page_type=page_type,
        options=OPTIONS,
    )


@FEW
@given(path=st.sampled_from(PAGES))
def test_page_does_not_differ_from_itself(path: Path) -> None:
    document = read(path.read_text("utf-8", "replace"))
    difference = compare_documents(document, document)
    assert not difference.changed
    assert difference.suppressed == ()


@FEW
@given(path=st.sampled_from(PAGES))
def test_document_survives_storage(path: Path) -> None:
    document = read(path.read_text("utf-8", "replace"))
    assert document_from_json(json.loads(json.dumps(document_to_json(document)))) == document


@FEW
@given(path=st.sampled_from(PAGES))
def test_every_fact_has_a_block_that_holds_it(path: Path) -> None:
    document = read(path.read_text("utf-8", "replace"))
    texts = {block.text for block in document.blocks}
    assert all(fact.quote in texts for fact in document.facts)


@FEW
@given(folder=st.sampled_from(sorted({path.parent for path in PAGES})))
def test_comparing_backwards_swaps_the_sides(folder: Path) -> None:
    before, after = (
        read((folder / f"{side}.html").read_text("utf-8", "replace"), PageType.GENERIC)
        for side in ("before", "after")
    )
    there, back = compare_documents(before, after), compare_documents(after, before)
    assert there.changed == back.changed or any(
        item.reason == "paging" for item in there.suppressed + back.suppressed
    )


@FEW
@given(path=st.sampled_from(PRICED), factor=st.integers(2, 9), data=st.data())
def test_changed_price_is_exactly_that_change(path: Path, factor: int, data: st.DataObject) -> None:
    html = path.read_text("utf-8", "replace")
    amounts = [
        m
        for m in re.finditer(r"\$(\d+)(?=</span>|<span)", html)
        if html.count(m.group(0)) == 1 and m.group(1) != "0"
    ]
    if not amounts:
        return
    match = data.draw(st.sampled_from(amounts))
    new = str(int(match.group(1)) * factor + 1)
    changed = f"{html[: match.start(1)]}{new}{html[match.end(1) :]}"
    difference = compare_documents(read(html, PageType.PRICING), read(changed, PageType.PRICING))
    prices = [fact for fact in difference.facts if fact.kind is FactKind.PRICE]
    assert [(f.action, (f.before or {})["amount"], (f.after or {})["amount"]) for f in prices] == [
        (FactAction.CHANGED, match.group(1), new)
    ]
    assert any(new in text for text in difference.added)


@FEW
@given(path=st.sampled_from(PAGES), word=st.from_regex(r"[A-Z][a-z]{5,9}", fullmatch=True))
def test_new_paragraph_is_exactly_that_addition(path: Path, word: str) -> None:
    html = path.read_text("utf-8", "replace")
    text = f"{word} opened a new office in Porto with forty engineers and a view over the river."
    if "<h1" not in html:
        return
    changed = re.sub(r"(</h1>)", rf"\1<p>{text}</p>", html, count=1)
    difference = compare_documents(read(html, PageType.GENERIC), read(changed, PageType.GENERIC))
    assert text in " ".join(difference.added)
    assert difference.removed == ()


@FEW
@given(seed=st.integers(0, 1000))
def test_shuffled_cards_are_not_news(seed: int) -> None:
    html = (HERE / "pages/team-cards-new-role/before.html").read_text()
    cards = re.findall(r'<div class="member">.*?</div>', html)
    shuffled = list(cards)
    random.Random(seed).shuffle(shuffled)
    for index, card in enumerate(cards):
        html = html.replace(card, f"@@{index}@@")
    ordered, mixed = html, html
    for index, (left, right) in enumerate(zip(cards, shuffled, strict=True)):
        ordered, mixed = ordered.replace(f"@@{index}@@", left), mixed.replace(f"@@{index}@@", right)
    assert not compare_documents(read(ordered), read(mixed)).changed
