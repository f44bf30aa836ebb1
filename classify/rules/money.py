# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Sums of money in a text: funding, results, deal values, fines. Rules, no model."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from classify.rules.words import sentences
from classify.signals import Money

CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "us dollars": "USD", "u.s. dollars": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP",
    "¥": "JPY", "jpy": "JPY", "yen": "JPY", "c$": "CAD", "ca$": "CAD", "cad": "CAD", "canadian dollars": "CAD", "a$": "AUD",
    "au$": "AUD", "aud": "AUD", "australian dollars": "AUD", "chf": "CHF", "sfr": "CHF", "francs": "CHF", "franken": "CHF", "swiss francs": "CHF",
    "sek": "SEK", "swedish kronor": "SEK", "kronor": "SEK", "nok": "NOK", "norwegian kroner": "NOK", "dkk": "DKK",
    "danish kroner": "DKK", "inr": "INR", "₹": "INR", "rs": "INR", "rs.": "INR", "rupees": "INR", "pln": "PLN", "zloty": "PLN",
    "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "hk$": "HKD", "hkd": "HKD", "s$": "SGD", "sgd": "SGD", "r$": "BRL", "brl": "BRL",
    "reais": "BRL", "₩": "KRW", "krw": "KRW", "won": "KRW", "nz$": "NZD", "₪": "ILS", "nis": "ILS", "zar": "ZAR", "aed": "AED",
    "₦": "NGN", "₱": "PHP", "₺": "TRY", "kr": "SEK", "zł": "PLN", "kč": "CZK", "bucks": "USD", "quid": "GBP", "dhs": "AED",
}  # fmt: skip
SCALES = {
    "k": 1_000, "thousand": 1_000, "lakh": 100_000, "lakhs": 100_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000,
    "mio": 1_000_000, "mill": 1_000_000, "mrd": 1_000_000_000, "mia": 1_000_000_000, "mm": 1_000_000, "million": 1_000_000, "millions": 1_000_000, "crore": 10_000_000, "crores": 10_000_000,
    "cr": 10_000_000, "b": 1_000_000_000, "bn": 1_000_000_000, "bln": 1_000_000_000, "billion": 1_000_000_000,
    "billions": 1_000_000_000, "milhões": 1_000_000, "millones": 1_000_000, "millionen": 1_000_000, "miljoner": 1_000_000, "tn": 1_000_000_000_000, "trillion": 1_000_000_000_000,
}  # fmt: skip
_MORE_CODES = "CZK|HUF|RON|BGN|ISK|TRY|RUB|UAH|ILS|NZD|MXN|ARS|CLP|COP|THB|IDR|MYR|PHP|VND|TWD|SAR|QAR|KWD|EGP|NGN|KES|GHS|PKR|BDT|LKR"
_CODES = rf"NIS|USD|EUR|GBP|CAD|AUD|CHF|SEK|NOK|DKK|INR|PLN|JPY|CNY|RMB|HKD|SGD|BRL|KRW|ZAR|AED|{_MORE_CODES}"
CURRENCIES |= {code.lower(): code for code in _MORE_CODES.split("|")}
_WORDS = (
    r"(?:(?:US|U\.S\.|Canadian|Australian)\s+)?dollars?|euros?|pounds?|(?:Swiss\s+)?francs|Franken|(?:Swedish\s+)?kronor|(?:Norwegian|Danish)\s+kroner"
    r"|rupees|yuan|yen|zloty|reais|won|kr|zł|Kč|bucks|quid"
)
BEFORE = rf"(?:\b[MT](?:SEK|EUR|NOK|DKK|USD|CHF|GBP)\b|\b(?:SEK|EUR|NOK|DKK|USD|CHF|GBP)m(?=\s?\d)|(?:US|HK|CA|AU|NZ|C|A|S|R)\$|[$€£¥₹₩₪₦₱₺]|\bRs\.?(?=\s?\d)|\b(?:{_CODES})\b)"
AFTER = (
    rf"(?:€|£|\$(?![\d\s])|\$(?=\s[a-z])|\b[MT](?:SEK|EUR|NOK|DKK|USD|CHF|GBP)\b|\b(?:{_CODES}|{_WORDS})\b)"
)
NUMBER = r"\d{1,3}(?:[’']\d{3})+(?!\d)|\d{1,3}(?:[,.\s]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,3}(?:,\d{2})+,\d{3}(?!\d)|\d{1,12}(?:[.,]\d{1,4})?(?!\d)"
SCALE = r"(?:k|thousand|lakhs?|mn|mln|mio[.\u2024]?|mrd[.\u2024]?|mill[.\u2024]|mia[.\u2024]|mm|millions?|milhões|millones|millionen|miljoner|m|crores?|cr|bn|bln|billions?|b|tn|trillion)(?![\w])"
#: Numbers that are written out before a million.
SAID = {
    "half a": "0.5", "a quarter of a": "0.25", "quarter of a": "0.25", "one and a half": "1.5", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30",
    "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
_SAID = "|".join(said.replace(" ", r"\s+") for said in SAID)
SUM = re.compile(
    rf"(?P<c1>{BEFORE})\s?(?P<n1>{NUMBER})(?:\s?(?:-|–|to|and)\s?(?:{BEFORE})?\s?(?:{NUMBER})(?=[\s-]?{SCALE}))?(?:[\s-]?(?P<s1>{SCALE}))?"
    rf"|(?<![\d.,])(?P<n2>{NUMBER})(?:[\s-]?(?P<s2>{SCALE}))?[\s-]?(?P<c2>{AFTER})"
    rf"|\b(?P<n3>{_SAID})\s+(?P<s3>million|billion)\s(?P<c3>{AFTER})",
    re.IGNORECASE,
)
ROUND = re.compile(
    r"\b((?:pre-)?series[\s-]+[a-h])(?=\d?\b)|\b(pre-?seed|seed|bridge|growth\s+equity|angel)\b(?!\s+(?:arm|investors?|backers?|funds?|network|syndicate)\b)",
    re.IGNORECASE,
)
# A sum after these words is what stands beside the news: a valuation, a total, last year's figure, a forecast.
_BESIDE = re.compile(
    r"(?:once\s+worth|(?:had\s+)?(?:earlier|previously)\s+raised|had\s+(?:already\s+|previously\s+)?raised|(?:total\s+)?raised\s+to\s+date:?|(?<!transaction\s)(?<!deal\s)(?<!contract\s)(?<!agreement\s)valu(?:ed|ing|ation)(?:\s+(?:at|of|it|the\s+company))*|bring(?:s|ing)|total(?:s|ling|ing)?\s+(?:funding:?|funding|raised|to)|in\s+total|"
    r"compared\s+(?:to|with)|versus|vs\.?|against|(?:up|down)\s+from|from|previously|earlier|estimates?(?:\s+of)?|expected|forecasts?(?:\s+of)?|"
    r"consensus(?:\s+of)?|profit\s+of|market\s+cap\w*(?:\s+of)?)(?:\s+(?:a|an|the|of|at|about|around|nearly|over|to|profit|loss))*\s*$",
    re.IGNORECASE,
)
# The size of a market is nobody's money.
_MARKET = re.compile(
    r"\b(?:markets?|industry|sector|retail|spending)\b[^.;]{0,70}\b(?:reach|worth|exceed|hit|grow|size|valued)\w*\b[^.;]{0,30}$",
    re.IGNORECASE,
)
# What customers save or spend is not the rival's money either.
_CUSTOMERS = re.compile(
    r"\b(?:customers?|clients?|users?|members|children|households|patients|shoppers|savers)\b[^.;]{0,20}\b(?:saved?|saves|spends?|spent)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
# A relative clause, ended by a comma: "Brackwater, which made a loss of £3m last year, has won …".
_ASIDE = re.compile(
    r",\s+(?:which|who|whose|once|last|backed|founded|having|after)\b[^,;]*$|^(?:Having|After)\b[^,;]*$",
    re.IGNORECASE,
)
#: "MSEK 74", "TEUR 300" and "EURm 31.2".
_IN_MILLIONS = re.compile(r"(?:m|(?P<thousand>t))(?P<before>[a-z]{3})|(?P<behind>[a-z]{3})m")
_DOT = "\u2024"  # A mark like a full stop that ends no sentence.
#: "12.5 Mio. Euro" is one sum, not the end of a sentence.
_ABBREVIATED = re.compile(r"(?<=\d\s)(Mio|Mrd|Mill|Mia|mln|bln|mn|bn)\.")
_PER_PIECE = re.compile(
    r"\s*(?:per|a|each)\s+(?:share|unit|user|seat|month|year)\b|\s+estimate\b|\s+(?:in\s+)?total\b",
    re.IGNORECASE,
)


def find_money(text: str) -> Money | None:
    """Return the sum that the first sentence with one is about, with its funding round if one is named.

    Sums that only stand beside it (a valuation, the total raised so far, the figure of a year before) come last.
    """
    beside: tuple[str, Money] | None = None
    for sentence in sentences(_ABBREVIATED.sub(rf"\1{_DOT}", text)):
        found = [(m, money) for m in SUM.finditer(sentence) if (money := sum_of(m))]
        found = [(m, money) for m, money in found if not _is_nobodys(sentence[: m.start()])]
        main = [money for match, money in found if not _stands_beside(sentence, match)]
        whole = [money for match, money in found if not _PER_PIECE.match(sentence[match.end() :])]
        beside = beside or (sentence, (whole or [found[0][1]])[0]) if found else beside
        if main:
            return _with_round(main[0], sentence, text)
    return _with_round(beside[1], beside[0], text) if beside else None


def _is_nobodys(before: str) -> bool:
    """Return True if the sum behind these words is a market's or the customers'."""
    return bool(_MARKET.search(before) or _CUSTOMERS.search(before))


def every_sum(text: str) -> list[Money]:
    """Return all sums that a text names, whatever they are of, in order."""
    return [money for match in SUM.finditer(text) if (money := sum_of(match))]


def with_round(money: Money, text: str) -> Money:
    """Return a sum with the funding round that its sentence names, else the text."""
    held = next((said for said in sentences(text) if money.quote in said), text)
    return _with_round(money, held, text)


def _with_round(money: Money, sentence: str, text: str) -> Money:
    kind = ROUND.search(sentence) or ROUND.search(text)
    return replace(money, round=kind.group(1) or kind.group(2) if kind else None)


def _stands_beside(sentence: str, match: re.Match[str]) -> bool:
    before, after = sentence[max(0, match.start() - 60) : match.start()], sentence[match.end() :]
    aside = "," in after and _ASIDE.search(sentence[: match.start()])
    return bool(aside or _BESIDE.search(before) or _PER_PIECE.match(after))


def sum_of(match: re.Match[str]) -> Money | None:
    """Return the sum that `SUM` matched; None if its number or currency is none."""
    number = match["n1"] or match["n2"] or SAID[" ".join(match["n3"].lower().split())]
    scale = (match["s1"] or match["s2"] or match["s3"] or "").lower().rstrip(f".{_DOT}")
    sign = " ".join((match["c1"] or match["c2"] or match["c3"]).lower().split())
    in_millions = _IN_MILLIONS.fullmatch(sign)
    if in_millions:
        sign = in_millions["before"] or in_millions["behind"]
        scale = "k" if in_millions["thousand"] else "m"
    currency = CURRENCIES.get(sign)
    amount = read_number(number)
    if currency is None or amount is None:
        return None
    amount *= SCALES.get(scale, 1)
    return Money(
        amount=amount.to_integral() if amount == amount.to_integral() else amount,
        currency=currency,
        quote=match.group(0).strip().replace(_DOT, "."),
    )


def read_number(text: str) -> Decimal | None:
    """Return a number written in English or continental style; None if it is not one."""
    text = re.sub(r"[\s’']", "", text)
    if re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{2,3})*[.,]\d{3}", text):
        text = re.sub(r"[.,]", "", text)
    elif re.search(r",\d{1,2}$", text) and "." not in text[-3:]:
        text = text.replace(".", "").replace(",", ".")
    else:
        text = text.replace(",", "")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
