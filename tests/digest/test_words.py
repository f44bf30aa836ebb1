"""Words: other people's texts become one clean line, whatever they hold."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.words import count, day, listed, money, percent, place, plain, sentence, web_address


@given(st.text(), st.integers(1, 200))
def test_a_clean_line_is_one_short_line_without_hidden_characters(text: str, limit: int) -> None:
    line = plain(text, limit)
    assert len(line) <= limit
    assert line == " ".join(line.split())
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in line)
    assert not set(line) & set("\u200b\u202a\u202d\u202e\u2066\u2069\ufeff")


@given(st.text(max_size=100))
def test_cleaning_a_clean_line_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_a_long_text_is_cut_at_a_word() -> None:
    assert plain("Northbeam raised Pro from $49 to $59", 22) == "Northbeam raised Pro…"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "http://", "https://[", "x"],
)
def test_only_web_addresses_may_be_linked(address: str) -> None:
    assert web_address(address) is None


@given(st.text(max_size=80))
def test_an_address_never_leaves_its_attribute_or_line(tail: str) -> None:
    address = web_address("https://rival.example/" + tail)
    assert address is None or not set(address) & set('"<>\\ \r\n\t`^{}|')


def test_an_address_is_shown_by_host_and_path() -> None:
    assert place("https://www.northbeam.example/pricing/?utm=1") == "northbeam.example/pricing"
    assert len(place("https://northbeam.example/" + "a" * 99)) < 60


def test_numbers_and_names_read_well() -> None:
    assert (count(1, "account"), count(1200, "account")) == ("1 account", "1,200 accounts")
    assert [listed(list("abcdef")[:n], 3) for n in (0, 1, 2, 3, 4)] == [
        "",
        "a",
        "a and b",
        "a, b and c",
        "a, b and 2 more",
    ]
    assert (money("49.5", "EUR"), money(250_000, "CHF"), money("on request", "USD")) == (
        "€49.50",
        "CHF 250,000",
        "on request",
    )
    assert percent(0.934) == "93 %"
    assert sentence("it fell") == "It fell."


def test_a_day_is_the_readers_own() -> None:
    late = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    assert (day(late), day(late, "Europe/Berlin", year=True)) == ("15 November", "16 November 2026")
