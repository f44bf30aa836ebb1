"""How sums and prices are written in sentences."""

from __future__ import annotations

from decimal import Decimal

from classify.signals import Price

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CAD": "C$", "AUD": "A$"}


def write_amount(amount: Decimal, currency: str | None) -> str:
    """Return an amount as people write it: ``$49``, ``€1,200.50``, ``CHF 80``, ``$0.0075``."""
    whole = amount == amount.to_integral_value()
    exponent = amount.normalize().as_tuple().exponent
    behind = max(2, -exponent) if isinstance(exponent, int) else 2  # Usage is sold by fractions of a cent.
    number = f"{amount:,.0f}" if whole else f"{amount:,.{behind}f}"
    if not currency:
        return number
    sign = SIGNS.get(currency)
    return f"{sign}{number}" if sign else f"{currency} {number}"


def write_price(price: Price, *, period: bool = True) -> str:
    """Return a price with its period: ``$49 a month``; a price without amount is its note."""
    if price.amount is None:
        return price.note or "no stated price"
    written = write_amount(price.amount, price.currency)
    if not period or not price.period:
        return written
    return f"{written} {_period(price.period)}"


def write_percent(percent: Decimal) -> str:
    """Return a move in percent with its sign: ``+20 %``, ``-4.5 %``."""
    number = percent.quantize(Decimal(1)) if abs(percent) >= 10 else percent.quantize(Decimal("0.1"))
    return f"{number.normalize():+f} %"


def _period(period: str) -> str:
    if period[:1].isdigit():
        return f"per {period}"
    article = "an" if period[:1] in "aeio" or period == "hour" else "a"
    return period if period.startswith("per ") else f"{article} {period}"
