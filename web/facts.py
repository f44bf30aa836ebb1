"""Facts in words: prices with their currency, people with their roles, the rest as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from babel.numbers import UnknownCurrencyError, format_currency

from web.formats import format_words

Attributes = Mapping[str, object]


def describe_attributes(attributes: Attributes) -> str:
    """Return one side of a fact in words, e.g. ``$49 per month``."""
    if "amount" in attributes:
        return describe_price(attributes)
    # The address stands beside the fact already, as a link.
    return " · ".join(str(value) for key, value in attributes.items() if value and key != "url")


def describe_price(price: Attributes) -> str:
    """Return a price in words; one without an amount by its note."""
    note = str(price.get("note") or "")
    amount = describe_amount(price.get("amount"), price.get("currency"))
    if not amount:
        return note or "no public price"
    period, unit = price.get("period"), price.get("unit")
    words = [amount, f"per {unit}" if unit else "", f"per {period}" if period else "", note]
    return " ".join(word for word in words if word)


def describe_amount(amount: object, currency: object) -> str:
    """Return a sum with its currency, without needless cents; empty if it is not a number."""
    try:
        value = Decimal(str(amount)) if amount is not None else None
    except InvalidOperation:
        return ""
    if value is None or not value.is_finite():
        return ""
    digits = value == value.to_integral_value()
    try:
        written = format_currency(value, str(currency or "USD"), locale="en")
    except (UnknownCurrencyError, ValueError):
        return f"{value:f} {currency}"
    plain = written.removesuffix(".00") if digits else written
    return plain if currency else plain.lstrip("$")


def known_facts(facts: Attributes) -> list[tuple[str, list[str]]]:
    """Return a signal's facts that are known, each as lines of text."""
    found = [(name, _lines(name, value)) for name, value in facts.items()]
    return [(name, lines) for name, lines in found if lines]


def _lines(name: str, value: object) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, list | tuple):
        return [line for item in value for line in _lines(name, item)]
    if not isinstance(value, Mapping):
        return [str(value)]
    if name == "prices":
        return [_price_move(value)]
    if name == "money":
        return [
            " ".join(
                filter(
                    None,
                    [describe_amount(value.get("amount"), value.get("currency")), _text(value.get("round"))],
                )
            )
        ]
    return [
        ", ".join(
            format_words(str(item)) if key == "action" else str(item) for key, item in value.items() if item
        )
    ]


def _price_move(move: Attributes) -> str:
    before, after = (_side(move.get(side)) for side in ("before", "after"))
    sides = (
        f"{before} → {after}"
        if before and after
        else f"{before}, gone"
        if before
        else f"{after}, new"
        if after
        else ""
    )
    percent = move.get("percent")
    share = f"{percent:+g} %" if isinstance(percent, int | float) else ""
    return ", ".join(filter(None, [_text(move.get("plan")), sides, share]))


def _side(value: object) -> str:
    return describe_price(value) if isinstance(value, Mapping) else _text(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)
