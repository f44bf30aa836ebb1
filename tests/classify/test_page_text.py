"""Dated lines on a page are stories of their own; headlines quote what is old and new, and stay short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.headline import LENGTH
from classify.parts.page_text import blocks_below, clause_headline, from_to, shortened, undated


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Castlewood cuts forty posts 7 November 2026", "Castlewood cuts forty posts"),
        ("Oct 22, 2026 Castlewood opens in Lyon", "Castlewood opens in Lyon"),
        ("Castlewood opens in Lyon Oct 22, 2026 · 2,081 reads", "Castlewood opens in Lyon"),
        ("What’s new in November 2026", "What’s new in November 2026"),
        ("Prices rise from 1 January 2027", "Prices rise from 1 January 2027"),
        ("2026-11-22", "2026-11-22"),
    ],
)
def test_date_beside_a_title_is_cut_off_but_one_that_belongs_to_it_stays(line, title):
    assert undated(line) == title


def test_clause_headline_names_the_clause_and_the_words_that_changed():
    before = "Liability is limited to the fees that the customer paid in the twelve months before the event."
    made = clause_headline("changed", "7. Liability", before, before.replace("twelve", "six"), "")
    assert made.startswith("{actor} changed “7. Liability” in its terms: “")
    assert "twelve months" in made
    assert "six months" in made


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_clause_headline_stays_within_its_length(title, before, after):
    assert len(clause_headline("changed", title, before, after, "").replace("{actor}", "Northbeam")) <= LENGTH


@given(st.text(max_size=200), st.text(max_size=200), st.integers(min_value=20, max_value=120))
def test_quotes_keep_their_room(before, after, room):
    assert len(from_to(before, after, room)) <= max(room, 47)
    assert len(shortened(after, room)) <= room


def test_entry_of_a_list_keeps_to_the_blocks_below_its_title():
    added = ["2026-11-06", "Mara Quill joins", "She leads sales.", "2026-10-24", "Northbeam raises money"]
    assert blocks_below("Mara Quill joins", added) == ["She leads sales."]
    assert blocks_below("Title", ["Title", "Text"]) == ["Text"]
