"""What a page shows only to those who log in has not gone."""

from __future__ import annotations

import pytest

from extract.compare import compare_documents
from extract.document import Document, ReadOptions
from extract.read import read_document
from store.kinds import PageType


def read(story: str, other: str = "Tugs are planned by tide.") -> Document:
    body = f"<h1>Customers</h1><h2>Port of Sines</h2><p>{story}</p><h2>Port of Brest</h2><p>{other}</p>"
    html = f"<html><head><title>Heron</title></head><body><main>{body}</main></body></html>"
    return read_document(
        html.encode(),
        url="https://heron.example/x",
        page_type=PageType.CUSTOMERS,
        options=ReadOptions(article=False),
    )


@pytest.mark.parametrize(
    "gate",
    [
        "Log in to read this story.",
        "Please sign in or register to continue",
        "Enter your work e-mail to download the guide",
        "Melden Sie sich an, um weiterzulesen",
    ],
)
def test_story_behind_a_gate_has_not_gone(gate: str) -> None:
    open_page, gated = read("Sines plans four hundred crews a week with Heron."), read(gate)
    for pair in ((open_page, gated), (gated, open_page)):
        difference = compare_documents(*pair)
        assert not difference.changed
        assert {item.reason for item in difference.suppressed} == {"login wall"}


def test_what_changes_below_another_heading_is_told_beside_a_gate() -> None:
    before = read("Sines plans four hundred crews a week with Heron.")
    after = read("Log in to read this story.", "Brest has left Heron for good.")
    difference = compare_documents(before, after)
    assert difference.added == ("Brest has left Heron for good.",)
    assert difference.removed == ("Tugs are planned by tide.",)
