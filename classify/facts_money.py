# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Sums and prices in a text: funding, deal values, and plan prices before and after. Rules, no model."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from classify.signals import Money, Price, PriceMove
from classify.words import COMMON, DATES, UPPER, sentences

CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "¥": "JPY",
    "jpy": "JPY", "c$": "CAD", "cad": "CAD", "a$": "AUD", "aud": "AUD", "chf": "CHF", "sek": "SEK", "nok": "NOK",
    "dkk": "DKK", "inr": "INR", "₹": "INR", "pln": "PLN", "cny": "CNY", "rmb": "CNY", "hk$": "HKD", "s$": "SGD",
    "dollars": "USD", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "dollar": "USD",
}  # fmt: skip
SCALES = {
    "k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "mio": 1_000_000,
    "million": 1_000_000, "b": 1_000_000_000, "bn": 1_000_000_000, "bln": 1_000_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}  # fmt: skip
_BEFORE = r"(?:US\$|HK\$|C\$|A\$|S\$|[$€£¥₹]|\b(?:USD|EUR|GBP|CAD|AUD|CHF|SEK|NOK|DKK|INR|PLN|JPY|CNY|RMB)\b)"
_AFTER = r"(?:€|£|\b(?:USD|EUR|GBP|CAD|AUD|CHF|SEK|NOK|DKK|INR|PLN|JPY|CNY|euros?|dollars?|pounds)\b)"
_NUMBER = r"\d{1,3}(?:[,.\s]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,4})?(?!\d)"
_SCALE = r"(?:k|thousand|mn|mln|mio|million|m|bn|bln|billion|b|trillion)\b"
SUM = re.compile(
    rf"(?P<c1>{_BEFORE})\s?(?P<n1>{_NUMBER})(?:[\s-]?(?P<s1>{_SCALE}))?"
    rf"|(?<![\d.,])(?P<n2>{_NUMBER})(?:[\s-]?(?P<s2>{_SCALE}))?\s?(?P<c2>{_AFTER})",
    re.IGNORECASE,
)
ROUND = re.compile(
    r"\b(series\s+[a-h]\d?|pre-seed|seed|bridge|growth\s+equity|angel)\b(?:\s+round)?", re.IGNORECASE
)

_PERIOD = (
    r"(?:\s*(?:/|per|a|an|each|every)\s*(?P<{0}unit>user|seat|member|agent|head|device|host|site|location)s?)?"
    r"(?:\s*(?:,|and|/|per|a|an|each)+\s*(?P<{0}period>month|mo|mth|year|yr|annum|week|day|hour)\b|\s+(?P<{0}adverb>monthly|annually|yearly|weekly)\b)?"
)
_PRICE_1 = rf"(?P<a>(?:{_BEFORE})\s?(?:{_NUMBER})|(?:{_NUMBER})\s?(?:{_AFTER}))"
_PRICE_2 = rf"(?P<b>(?:{_BEFORE})\s?(?:{_NUMBER})|(?:{_NUMBER})\s?(?:{_AFTER})|(?:{_NUMBER}))(?!\s?(?:%|per\s?cent|{_SCALE}))"
FROM_TO = re.compile(
    rf"(?:from\s+|was\s+|were\s+|previously\s+|formerly\s+)?{_PRICE_1}{_PERIOD.format('a_')}"
    rf"\s*(?:to|→|->|=>|,?\s*(?:is\s+|are\s+)?now(?:\s+costs?)?|–)\s*(?:just\s+|only\s+)?{_PRICE_2}{_PERIOD.format('b_')}",
    re.IGNORECASE,
)
NOW_WAS = re.compile(
    rf"{_PRICE_1}{_PERIOD.format('a_')}\s*[,(]?\s*(?:instead\s+of|up\s+from|down\s+from|was|previously|formerly|rather\s+than)"
    rf"\s+{_PRICE_2}{_PERIOD.format('b_')}",
    re.IGNORECASE,
)
SINGLE = re.compile(
    rf"{_PRICE_1}(?=\s*(?:/|per\b|a\b|an\b|each\b|monthly|annually|yearly)){_PERIOD.format('a_')}",
    re.IGNORECASE,
)
PERCENT = re.compile(
    r"(?P<n>\d+(?:[.,]\d+)?)\s?(?:%|per\s?cent\b|percent\b)(?P<tail>\s+(?:off|discount|cheaper|less|lower|more|higher|increase))?",
    re.IGNORECASE,
)
MOVE = re.compile(
    r"\b(?:rais|increas|hik|lift|up\b|cut|lower|reduc|slash|drop|decreas|trim|discount|off\b|sav|rise|risen|rose)\w*",
    re.IGNORECASE,
)
_DOWN = (
    "cut",
    "lower",
    "reduc",
    "slash",
    "drop",
    "decreas",
    "trim",
    "discount",
    "off",
    "sav",
    "cheaper",
    "less",
)
_WORD = rf"[{UPPER}][\w+]*"
PLAN = re.compile(
    rf"(?P<plan>{_WORD}(?:\s+{_WORD})?)\s+(?:plan|tier|package|edition|subscription|membership)s?\b"
    rf"|\b(?:plan|tier|package)s?\s+[\"“']?(?P<named>{_WORD})"
    rf"|(?P<bare>{_WORD}):?(?=\s+(?:from|now|goes|rises|drops|is\s+now|was|will|costs?|to)?\s*(?:up\s+|down\s+)?(?:from\s+)?(?:{_BEFORE})\s?\d)",
)
_NO_PLAN = (
    COMMON
    | DATES
    | frozenset(
        [
            "price",
            "prices",
            "pricing",
            "plan",
            "plans",
            "list",
            "each",
            "new",
            "annual",
            "monthly",
            "starting",
        ]
    )
)
_PERIODS = {"mo": "month", "mth": "month", "yr": "year", "annum": "year", "monthly": "month", "annually": "year",
            "yearly": "year", "weekly": "week"}  # fmt: skip


def find_money(text: str) -> Money | None:
    """Return the largest sum of the first sentence that states one, with its funding round if one is named."""
    for sentence in sentences(text):
        sums = [money for match in SUM.finditer(sentence) if (money := _money(match))]
        if sums:
            kind = ROUND.search(sentence) or ROUND.search(text)
            largest = max(sums, key=lambda money: money.amount)
            return replace(largest, round=kind.group(1) if kind else None)
    return None


def _money(match: re.Match[str]) -> Money | None:
    number, scale = match["n1"] or match["n2"], (match["s1"] or match["s2"] or "").lower()
    currency = CURRENCIES.get((match["c1"] or match["c2"]).lower())
    amount = read_number(number)
    if currency is None or amount is None:
        return None
    return Money(amount=amount * SCALES.get(scale, 1), currency=currency, quote=match.group(0).strip())


def read_number(text: str) -> Decimal | None:
    """Return a number written in English or continental style; None if it is not one."""
    text = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        text = re.sub(r"[.,]", "", text)
    elif re.search(r",\d{1,2}$", text) and "." not in text[-3:]:
        text = text.replace(".", "").replace(",", ".")
    else:
        text = text.replace(",", "")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def find_prices(text: str) -> tuple[PriceMove, ...]:
    """Return the price moves a text states; where only one side is stated the other is None."""
    moves: list[PriceMove] = []
    for sentence in sentences(text):
        moves.extend(_moves(sentence))
    return tuple(moves[:8])


def _moves(sentence: str) -> list[PriceMove]:
    pairs = [_move(m, m["a"], "a_", m["b"], "b_", sentence) for m in FROM_TO.finditer(sentence)]
    pairs += [_move(m, m["b"], "b_", m["a"], "a_", sentence) for m in NOW_WAS.finditer(sentence)]
    pairs = [pair for pair in pairs if pair.before and pair.after]
    if pairs:
        return pairs
    singles = [
        PriceMove(plan=_plan(sentence, m.start()), after=_price(m["a"], m["a_period"] or m["a_adverb"]))
        for m in SINGLE.finditer(sentence)
    ]
    return singles or _percent_only(sentence)


def _move(
    match: re.Match[str], before: str, before_name: str, after: str, after_name: str, sentence: str
) -> PriceMove:
    periods = {name: match[f"{name}period"] or match[f"{name}adverb"] for name in ("a_", "b_")}
    shared = periods["b_"] or periods["a_"]
    old = _price(before, periods[before_name] or shared)
    new = _price(after, periods[after_name] or shared)
    # "from $12 to 15": the second side borrows the currency of the first.
    if old and new and not new.currency:
        new = replace(new, currency=old.currency)
    if old and new and not old.currency:
        old = replace(old, currency=new.currency)
    return PriceMove(plan=_plan(sentence, match.start()), before=old, after=new)


def _price(text: str, period: str | None) -> Price | None:
    number = re.search(_NUMBER, text)
    amount = read_number(number.group(0)) if number else None
    if amount is None or number is None:
        return None
    sign = (text[: number.start()] + text[number.end() :]).strip().lower()
    unit = (period or "").lower()
    return Price(amount=amount, currency=CURRENCIES.get(sign), period=_PERIODS.get(unit, unit) or None)


def _plan(sentence: str, place: int) -> str:
    """Return the plan named nearest before ``place``, else the first one after it, else nothing."""
    named = [(m.start(), _plan_name(m["plan"] or m["named"] or m["bare"])) for m in PLAN.finditer(sentence)]
    named = [(start, name) for start, name in named if name]
    before = [name for start, name in named if start < place]
    return before[-1] if before else (named[0][1] if named else "")


def _plan_name(found: str) -> str:
    words = found.split()
    while words and words[0].lower() in _NO_PLAN:
        words = words[1:]
    return " ".join(words)


def _percent_only(sentence: str) -> list[PriceMove]:
    found = PERCENT.search(sentence)
    if not found or not re.search(
        r"\b(pric|fee|rate|plan|subscription|tariff|discount|off\b|cost)", sentence, re.I
    ):
        return []
    amount = read_number(found["n"])
    before = MOVE.findall(sentence[: found.start()])
    words = (found["tail"] or (before[-1] if before else "")).lower()
    if amount is None or not words:
        return []
    down = any(word in words for word in _DOWN)
    return [PriceMove(plan=_plan(sentence, 0), stated_percent=-amount if down else amount)]
