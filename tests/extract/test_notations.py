"""One amount, one moment and one tally in many notations."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values.normalise import normalise
from extract.values.notations import same_notation


@given(st.decimals(min_value=0, max_value=Decimal(999_999), places=2))
def test_an_amount_is_the_same_with_and_without_parted_thousands(amount: Decimal) -> None:
    assert normalise(f"costs ${amount:,.2f} in all") == normalise(f"costs ${amount:.2f} in all")


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_other_amounts_stay_other(one: int, other: int) -> None:
    same = normalise(f"costs ${one:,} in all") == normalise(f"costs ${other:,}.00 in all")
    assert same is (one == other)


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_moment_is_the_same_in_two_time_zones(hour: int, minute: int) -> None:
    here, there = f"at {hour:02d}:{minute:02d} CEST", f"at {(hour - 2) % 24:02d}:{minute:02d} UTC"
    assert normalise(here) == normalise(there)


@given(st.integers(1, 12), st.integers(0, 59), st.sampled_from(["am", "pm"]))
def test_half_days_are_read_as_whole_ones(hour: int, minute: int, half: str) -> None:
    whole = hour % 12 + 12 * (half == "pm")
    assert same_notation(f"from {hour}:{minute:02d} {half}") == f"from {whole:02d}:{minute:02d}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("opens at 15:00 CEST", "opens at 15:00 UTC"),
        ("opens at 3 pm", "opens at 4 pm"),
        ("Data retention 3 days 30 days 90 days", "Data retention 3 days 14 days 90 days"),
        ("$1,200 a year", "$1,250 a year"),
        ("12,50 €", "1250 €"),
    ],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(st.text())
def test_any_text_can_be_written_so(text: str) -> None:
    assert isinstance(same_notation(text), str)
