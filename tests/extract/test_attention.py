"""What a source asks for: additions alone, the order of its lists, and nothing below a threshold."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from config.settings import DetectionSettings, PageThreshold
from extract.compare import compare_documents
from extract.comparing.attention import BELOW_THRESHOLD, REMOVAL
from extract.document import Attention, CompareOptions, Document, ReadOptions, Threshold
from extract.read import read_document
from store.database import Database
from store.kinds import PageType
from tests.extract.watching import Watch, pricing_page

NAMES = ("Harbour Bank", "Quay Books", "Tidal Cloud", "Northern Rail", "Moss Foods")
ADDITIONS = CompareOptions(attention=Attention.ADDITIONS)
ORDER = CompareOptions(attention=Attention.ORDER)


def customers(*names: str) -> Document:
    items = "".join(f"<li>{name}</li>" for name in names)
    html = f"<html><body><main><h1>Customers</h1><ul>{items}</ul></main></body></html>"
    return read(html, PageType.CUSTOMERS)


def read(html: str, page_type: PageType) -> Document:
    return read_document(
        html.encode(),
        url="https://northbeam.example/x",
        page_type=page_type,
        options=ReadOptions(article=False),
    )


def test_additions_alone_are_told_and_what_left_is_kept_with_its_reason() -> None:
    difference = compare_documents(customers(*NAMES[:3]), customers(*NAMES[1:4]), ADDITIONS)
    assert difference.added == ("Northern Rail",)
    assert difference.removed == ()
    assert [fact.action.value for fact in difference.facts] == ["added"]
    assert [item.before for item in difference.suppressed if item.reason == REMOVAL] == ["Harbour Bank"]


def test_nothing_but_a_removal_is_no_change_where_additions_are_asked_for() -> None:
    assert not compare_documents(customers(*NAMES), customers(*NAMES[:4]), ADDITIONS).changed


@given(order=st.permutations(range(5)))
def test_order_is_told_only_where_it_is_asked_for(order: list[int]) -> None:
    before, after = customers(*NAMES), customers(*(NAMES[number] for number in order))
    assert not compare_documents(before, after).changed
    difference = compare_documents(before, after, ORDER)
    assert difference.changed == (order != sorted(order))
    assert set(difference.added) == set(difference.removed) <= set(NAMES)


@given(amount=st.integers(51, 200), share=st.floats(0.0, 1.0))
def test_price_below_its_step_is_kept_as_noise(amount: int, share: float) -> None:
    before = read(pricing_page(pro="$50"), PageType.PRICING)
    after = read(pricing_page(pro=f"${amount}"), PageType.PRICING)
    options = CompareOptions(threshold=Threshold(price_step=share))
    difference = compare_documents(before, after, options)
    assert difference.changed == ((amount - 50) / 50 >= share)
    if not difference.changed:
        assert {item.reason for item in difference.suppressed} == {BELOW_THRESHOLD}


@given(words=st.integers(0, 30))
def test_few_words_without_a_fact_are_kept_as_noise(words: int) -> None:
    def page(line: str) -> Document:
        return read(
            f"<html><body><main><h1>Northbeam</h1><p>{line}</p></main></body></html>", PageType.GENERIC
        )

    options = CompareOptions(threshold=Threshold(words=words))
    before, after = page("We check 40 documents in Oslo."), page("We check 90 documents in Lagos.")
    assert compare_documents(before, after, options).changed == (words <= 12)


def test_facts_alone_can_be_asked_for() -> None:
    options = CompareOptions(threshold=Threshold(facts_only=True))
    before = read(pricing_page(), PageType.PRICING)
    words = read(pricing_page(quote="Harbour Bank found 12 errors in a week."), PageType.PRICING)
    price = read(pricing_page(pro="$59"), PageType.PRICING)
    assert not compare_documents(before, words, options).changed
    assert compare_documents(before, price, options).changed


def test_threshold_of_the_settings_holds_for_its_page_type_and_is_named_in_the_drop(
    database: Database,
) -> None:
    settings = DetectionSettings(thresholds={"pricing": PageThreshold(price_step=0.3)})
    watch = Watch(database, settings=settings)
    for price in ("$49", "$55", "$99"):
        watch.capture(pricing_page(pro=price), after=timedelta(days=1))
    (change,) = watch.changes()
    assert [(f.before or {})["amount"] for f in change.facts] == ["55"]
    assert BELOW_THRESHOLD in watch.drop_reasons()
