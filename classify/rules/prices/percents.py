# ruff: noqa: E501 (a pattern or word list is read as one line)
"""What a price moves by in percent, with the sign that the words around it give."""

from __future__ import annotations

import re
from decimal import Decimal

from classify.rules.money import read_number

PERCENT = re.compile(
    r"(?:(?P<n>\d+(?:[.,]\d+)?)(?:\s?%)?(?:\s?(?:-|–|to|and)\s?\d+(?:[.,]\d+)?)?\s?(?:%|per\s?cent\b|percent\b)|(?:\bby\s+|\b(?=a\s+\w+\s+(?:off|dearer|cheaper)))(?P<part>a\s+fifth|a\s+quarter|a\s+third|a\s+tenth|half))"
    r"(?P<tail>\s+(?:off|discount|cheaper|less|lower|more\s+expensive|more|higher|increase|dearer|costlier))?",
    re.IGNORECASE,
)
#: A fee that is a share: "from 1.9% to 1.5%".
_SHARES = re.compile(
    r"\bfrom\s+(?P<old>\d+(?:[.,]\d+)?)(?:\s?%|(?=\s+to\s))[^.;%]{0,20}?\bto\s+(?P<new>\d+(?:[.,]\d+)?)\s?(?:%|per\s?cent)|(?<![\d.,])(?P<new2>\d+(?:[.,]\d+)?)\s?\s?(?:%|per\s?cent)[^.;%]{0,20}?(?:\b(?:from|instead\s+of|rather\s+than|was|against|previously|before:?)\s+|\((?:[A-Z][a-z]+|20\d\d):\s)(?P<old2>\d+(?:[.,]\d+)?)\s?%"
)
TIMES = re.compile(r"\b(doubl|tripl|quadrupl|halv)(?:e[sd]?|ing)\b", re.IGNORECASE)
_TIMES_PERCENT = {"doubl": 100, "tripl": 200, "quadrupl": 300, "halv": -50}
_PARTS = {"a fifth": 20, "a quarter": 25, "a third": 33, "a tenth": 10, "half": 50}
MOVE = re.compile(
    r"\b(?:rais|increas|hik|lift|up\b(?!\s+to)|(?:com(?:e|es|ing)|came|go|goes|going|gone|went|brought|bring|brings)\s+down\b|cut|lower|reduc|slash|drop|decreas|trim|discount|off\b|sav|rise|risen|rose|cheaper|jump|climb|bump|dearer|costlier|knock|fall|fell)\w*",
    re.IGNORECASE,
)
_DOWN = ("cut", "lower", "reduc", "slash", "drop", "decreas", "trim", "discount", "off", "sav", "cheaper", "knock", "less", "fall", "fell", "down")  # fmt: skip
_NOT_A_PRICE = re.compile(
    r"\b(?:revenue|sales|profit|shares?|earnings|growth|faster|uptime|users\s+grew|stake)\b", re.IGNORECASE
)


def stated_percent(sentence: str) -> Decimal | None:
    """Return the move in percent that a sentence states, negative for a cut."""
    found = PERCENT.search(sentence)
    times = TIMES.search(sentence)
    if _NOT_A_PRICE.search(sentence):
        return None
    if found is None:
        return Decimal(_TIMES_PERCENT[times.group(1).lower()]) if times else None
    if times and re.match(r"[^.;]{0,40}?\bto\s+\d+(?:[.,]\d+)?\s?%", sentence[times.end() :]):
        return Decimal(_TIMES_PERCENT[times.group(1).lower()])
    amount = (
        Decimal(_PARTS[" ".join(found["part"].lower().split())]) if found["part"] else read_number(found["n"])
    )
    shares = _SHARES.search(sentence)
    if shares:
        old, new = (read_number(shares[key] or shares[f"{key}2"]) for key in ("old", "new"))
        return ((new - old) / old * 100).quantize(Decimal("0.1")) if old and new is not None else None
    moves = MOVE.findall(sentence[: found.start()]) or MOVE.findall(sentence[found.end() :])
    words = (found["tail"] or (moves[-1] if moves else "")).lower()
    if amount is None or not words:
        return None
    return -amount if is_down(words) else amount


def is_down(words: str) -> bool:
    """Return True if words tell of a price that falls, as "off-peak" and "at cut-off" do not."""
    words = re.sub(r"\boff-\w+|\bcut-off\b", "", words.lower())
    return any(word in words for word in _DOWN)


def percent_of(sentence: str, match: re.Match[str]) -> Decimal | None:
    """Return the percent that `PERCENT` or `TIMES` matched, with the sign that the words around it give."""
    if match.re is TIMES:
        return Decimal(_TIMES_PERCENT[match.group(1).lower()])
    part = " ".join((match["part"] or "").lower().split())
    amount = Decimal(_PARTS[part]) if part else read_number(match["n"])
    behind = sentence[match.end() :][:30]
    moves = MOVE.findall(sentence[: match.start()]) or MOVE.findall(behind)
    words = match["tail"] or (moves[-1] if moves else "")
    minus = sentence[: match.start()][-1:] in {"-", "−", "–"}
    return -amount if amount is not None and (minus or is_down(words)) else amount
