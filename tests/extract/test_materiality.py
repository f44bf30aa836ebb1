"""What no rule names and no fact bears is left untold where it is surely beside the matter; what is unsure is told."""

from __future__ import annotations

import pytest

from extract.compare import compare_documents
from extract.comparing.material_features import edit_features, line_features
from extract.comparing.materiality import BESIDE, is_silent
from extract.comparing.word_vectors import WIDTH, meaning_of
from extract.document import CompareOptions, Document, ReadOptions, Threshold
from extract.read import read_document
from store.kinds import BlockKind, PageType
from store.records import Difference


def read(*lines: str, page_type: PageType = PageType.PRODUCT) -> Document:
    said = "".join(f"<p>{line}</p>" for line in ("Heron plans shifts for ports and depots.", *lines))
    html = f"<html><head><title>Heron</title></head><body><main><h1>Heron</h1>{said}</main></body></html>"
    return read_document(
        html.encode(),
        url="https://heron.example/x",
        page_type=page_type,
        options=ReadOptions(article=False),
    )


def differ(before: str, after: str, page_type: PageType = PageType.PRODUCT) -> Difference:
    left, right = (read(*filter(None, [line]), page_type=page_type) for line in (before, after))
    return compare_documents(left, right)


NOISE = [
    ("", "Help us improve this page"),
    ("Help us improve this page", "Tell us how to improve this page"),
    ("Reach us by phone or by mail.", "You can reach us by mail or by phone."),
]
NEWS = [
    ("", "We read passports as well."),
    ("", "The portal takes orders around the clock."),
    ("", "The connector is discontinued."),
    ("We serve ports in Norway.", "We serve ports in Spain."),
    ("Parts come in thirty days.", "Parts come in forty days."),
    ("Recordings stay with you.", "Recordings no longer stay with you."),
    ("Frames of steel", "Frames of aluminium"),
]


@pytest.mark.parametrize(("before", "after"), NOISE)
def test_line_beside_the_matter_is_kept_by_that_name(before: str, after: str) -> None:
    for difference in (differ(before, after), differ(after, before)):
        assert not difference.changed
        assert [item.reason for item in difference.suppressed if item.reason == BESIDE]


@pytest.mark.parametrize(("before", "after"), NEWS)
def test_line_that_may_be_news_is_told(before: str, after: str) -> None:
    assert differ(before, after).changed
    assert differ(after, before).changed


@pytest.mark.parametrize(("before", "after"), NOISE)
def test_every_line_of_a_policy_is_material(before: str, after: str) -> None:
    assert differ(before, after, PageType.POLICY).changed


@pytest.mark.parametrize(("before", "after"), NOISE)
def test_threshold_of_one_tells_all(before: str, after: str) -> None:
    options = CompareOptions(threshold=Threshold(beside=1.0))
    left, right = (read(*filter(None, [line])) for line in (before, after))
    assert compare_documents(left, right, options).changed


def test_one_line_of_a_list_that_stays_is_told_whatever_it_says() -> None:
    pages = [
        f"<html><body><main><h1>Heron</h1><ul><li>Rest times</li><li>Swaps</li>{line}</ul></main></body></html>"
        for line in ("", "<li>Help us improve this page</li>")
    ]
    before, after = (read_document(page.encode(), url="https://heron.example/x") for page in pages)
    assert compare_documents(before, after).added == ("Help us improve this page",)


def test_noise_beside_a_fact_does_not_silence_it() -> None:
    before = read("$19 per month", page_type=PageType.PRICING)
    after = read("$25 per month", "Help us improve this page", page_type=PageType.PRICING)
    assert any("25" in text for text in compare_documents(before, after).added)


def test_lines_are_judged_together_but_none_is_carried_far() -> None:
    assert is_silent([0.9, 0.4], 0.5)
    assert not is_silent([0.9, 0.2], 0.5)
    assert not is_silent([0.45], 0.5)


def test_features_have_one_length_whatever_the_text() -> None:
    texts = ("", "日本語 ﷽ \ud800", "A" * 5_000, "$1,200.00 (−3 %)")
    lines = {len(line_features(text, BlockKind.ITEM, PageType.HOME).dense) for text in texts}
    edits = {len(edit_features(text, "x", BlockKind.ITEM, PageType.HOME).dense) for text in texts}
    assert len(lines) == len(edits) == 1


def test_words_of_like_meaning_lie_near_each_other() -> None:
    ship, vessel, invoice = (meaning_of([word]) for word in ("ship", "vessel", "invoice"))
    assert ship.shape == (WIDTH,)
    assert float(ship @ vessel) > float(ship @ invoice)
    assert not meaning_of(["2026", "\u2603"]).any()
