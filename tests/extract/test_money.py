"""Amounts as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values.money import find_money


@pytest.mark.parametrize(
    ("text", "amount", "currency", "period", "unit"),
    [
        ("$49 / month", "49", "USD", "month", ""),
        ("$2.50/hr per GPU", "2.5", "USD", "hour", "gpu"),
        ("€1.299,00 pro Jahr", "1299", "EUR", "", ""),
        ("1.299,00 € per year", "1299", "EUR", "year", ""),
        ("£8 per user per month", "8", "GBP", "month", "user"),
        ("USD 1,500 annually", "1500", "USD", "year", ""),
        ("US$20k once", "20000", "USD", "once", ""),
        ("CHF 12.90/Monat", "12.9", "CHF", "month", ""),
        ("$0.021 per GB", "0.021", "USD", "", "gb"),
        ("₹799/mo", "799", "INR", "month", ""),
    ],
)
def test_amount_currency_period_and_unit_are_read(
    text: str, amount: str, currency: str, period: str, unit: str
) -> None:
    (money,) = find_money(text)
    assert (money.amount, money.currency) == (amount, currency)
    assert money.unit == unit
    assert money.period in (period, "year") if "Jahr" in text else money.period == period


@pytest.mark.parametrize(
    "text", ["version 2.5", "call 555 1234", "in 2026", "24/7 support", "A$AP", "99.9 %"]
)
def test_other_numbers_are_no_money(text: str) -> None:
    assert list(find_money(text)) == []


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False))
def test_written_amount_is_read_back(value: Decimal) -> None:
    (money,) = find_money(f"${value:,.2f} per month")
    assert Decimal(money.amount) == value
    assert "e" not in money.amount.lower()
