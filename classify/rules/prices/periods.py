# ruff: noqa: E501 (a pattern or word list is read as one line)
"""The period or unit that a price is paid for, where it is said once for several: behind, ahead of or beside them."""

from __future__ import annotations

import re

from classify.rules.prices.mentions import PER

_TAIL = re.compile(rf"\s*{PER}", re.IGNORECASE)
_ASIDE = re.compile(
    r"\s*\((?:excl|incl|plus|zzgl|inkl|net|gross|ex|before|VAT|tax|billed)[^()\n]*\)", re.IGNORECASE
)
_STRUCK = re.compile(r"~~?")


def tail_of(text: str, end: int) -> int:
    """Return where an amount ends with its period and what is said of taxes."""
    for pattern in (_STRUCK, _TAIL, _ASIDE, _TAIL, _STRUCK):
        found = pattern.match(text, end)
        end += len(found.group().rstrip()) if found else 0
    return end


UNITS = r"(?:(?:user|seat|member|agent|employee|device|site|location|person|editor|licen[cs]e|workspace|vehicle|line|host|node|learner|student|property|contact)s?|Nutzer|Benutzer|head)"
#: A sentence or line that says for all prices what they are paid for: "Prices are per seat and month."
_COMMON = re.compile(
    rf"(?:^|[.!?;:\n(]\s*|\bprices?\s+|\bfees?\s+|\bcosts?\s+|,\s+|–\s+)(?:(?:all|list|new|net|both|each)\s+)*(?:(?:prices?|fees?|rates?|amounts|figures)\s+)?(?:(?:are|shown|quoted|stated|given|net|gross|valid|is|in\s+(?:US\s+dollars|euros?|EUR|USD|GBP|pounds))\s*,?\s*)*"
    rf"(?:(?:per|a|pro|je|each)\s+{UNITS}[\s,/]*(?:(?:and|und|per|a)\s+)*|(?:per|a|each|pro|im|/)\s*)(?P<period>month|year|annum|mo|Monat|Jahr|månad|mån|yr|week|hour|night|day|term)\b",
    re.IGNORECASE,
)
_BILLED = re.compile(
    r"(?:^|[.;,\n]\s*)(?:all\s+)?(?:plans?\s+)?(?:are\s+)?(?:billed|paid)\s+monthly\b", re.IGNORECASE
)
PERIODS = {
    "annum": "year",
    "yr": "year",
    "mo": "month",
    "monat": "month",
    "jahr": "year",
    "mån": "month",
    "månad": "month",
}


def common_period(text: str) -> str | None:
    """Return the period that a line or sentence without an amount states for all prices of a text; None if none does."""
    for said in re.split(r"[.!?]\s+|\n", text):
        if re.search(r"\d", re.sub(r"\b20\d\d\b|\b\d{1,2}\s+(?=[A-Z])", "", said)):
            continue
        found = _COMMON.search(said)
        if found and (
            re.search(r"\bprices?|fees?|rates?|charges?|tariffs?|costs?\b", said, re.IGNORECASE)
            or found.start() == 0
        ):
            unit = found["period"].lower()
            return PERIODS.get(unit, unit)
        if _BILLED.search(said):
            return "month"
    return None
