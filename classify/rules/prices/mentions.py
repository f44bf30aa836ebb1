# ruff: noqa: E501 (a pattern or word list is read as one line)
"""One price as it is written: its amount, its currency, and what it is paid for, a month or a measure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from classify.rules.money import AFTER, BEFORE, CURRENCIES, NUMBER, SCALE, read_number
from classify.signals import Price

_USER = r"(?:(?:active|named|additional)\s+)?(?:user|seat|member|agent|head|device|host|site|location|employee|person|editor|license|licence|workspace|vehicle|pupil|learner|student|child|guest|company|account|property|store|shop)s?"
_TIME = r"month|monat|mois|mes|mo|mth|mån(?:ad)?|mnd|måned|maand|year|jahr|yr|annum|år|week|day|hour|hr|minute|min|second|sec|quarter|semester|night|fortnight|pm|pcm|pa"
#: How many of a thing a price is for, and what of it: "million input tokens", "1,000 monitored events", "100 GB".
_MANY = r"(?:(?:\d[\d,.]*|million|thousand|hundred|billion|1k|1m|half(?:\s+an?)?)[\s-]+)?"
_OF_KIND = r"(?:(?:input|output|api|active|outbound|inbound|processed|cached|monitored|training|sms|mms|voice|audio|video|build|text|push|tracked|monthly|additional|extra|further|stored|successful|card|image|cpu|gpu|compute|metric|custom)[\s-]+){0,2}"
_USAGE = rf"[a-z]{{2,9}}-(?:hour|month|minute|second|day)s?|{_MANY}{_OF_KIND}(?:kwh|mwh|gb|tb|mb|gib|tib|kg|km|m3|(?:tokens?|minutes?|contacts?|requests?|calls?|messages?|segments?|transactions?|documents?|checks?|verifications?|credits?|events?|rows?|e-?mails?|sms|labels?|parcels?|shipments?|invoices?|payslips?|orders?|pages?|scans?|images?|units?|nights?|bottles?|lit(?:re|er)s?|gallons?|pints?|kilos?|kilometres?|miles?|rides?|trips?|sessions?|lessons?|class(?:es)?|stay|tonnes?|tons?|box(?:es)?|items?|pieces?|copies|copy|issues?|terms?|run|assets?|servings?|vials?|boats?|contracts?|letters?|bookings?|builds?|jobs?|quer(?:y|ies)|lookups?|report|square\s+(?:foot|met(?:re|er))|cubic\s+met(?:re|er)|containers?|pallets?|domains?|endpoints?|crates?|barrels?|meals?|days?|hours?|executions?|operations?|conversations?|resolutions?|spans?|traces?|metrics?|logs?|records?|loads?|clicks?|seconds?|characters?|words?|songs?|films?|metres?|reviews?|responses?|submissions?|leads?|applications?|signatures?|envelopes?|sms\s+segments?))"
_EACH = r"per|an?|each|every|pro|par|je|por|al|im|i"
#: What else a price is for, by any word: "per payout", "per message segment", "a bag"; no seat, no person, no time.
_LINKS = "from instead down up to and in on with as when until previously formerly before starting effective today now or was against compared rather for at by per is are while but plus after this next beginning which that it the of if sent there no your our starts applies will a an"
_NOT_MEASURED = "cent cents capita head se pax child customer client agent doctor clinician practice adult couple family household team admin creator contributor developer engineer driver patient teacher provider technician operator recruiter room desk lot piece example default month year week night total discount saving cut rise further third fifth quarter half price fee rate plan bit fixed flat new special one reduction drop premium limited free maximum minimum record full standard additional extra active tracked named billable line bargain steal reality thing gram"
_NO_MEASURE = rf"(?!(?:{_USER}|{_TIME}|{'|'.join(_NOT_MEASURED.split())}|{'|'.join(_LINKS.split())})\b)"
_WORD = rf"{_NO_MEASURE}[a-z][a-z-]{{2,}}"
_BEHIND = rf"(?=\s*(?:[.,;:()\n–—-]|$)|\s+(?:{'|'.join(_LINKS.split())})\b)"
_OTHER = rf"(?:per\s+|/\s?)(?P<other>(?:(?:\d[\d,.]*[km]?|million|thousand)\s+)?{_WORD}(?:\s{_WORD})?){_BEHIND}|an?\s+(?P<piece>{_WORD}){_BEHIND}"
#: What is counted before a time: "per learner and year", "/editor/mo".
_COUNTED = rf"(?:(?:\s*/\s*|\s+(?:{_EACH})\s+)(?!(?:{_TIME})\b)(?:\d+\s+)?[a-zà-ÿ]+(?:[\s-](?!(?:and|und|et|{_EACH})\b)[a-zà-ÿ]+)?(?=(?:\s*/\s*|,?\s+(?:and\s+|und\s+|et\s+)?(?:(?:{_EACH})\s+)?)(?:{_TIME})\b))?"
#: Between a price and its time: "£12 +VAT per month", "€49 (excl. VAT) a month".
_TAX = r"(?:\s?[(,]?(?:\+|\b(?:plus|ex|excl|excluding|inc|incl|including)\b\.?)\s?(?:vat|gst|tax)\b\)?(?=\s*/|[\s,]+(?:per|an?|each|every)\b))?"
PER = (
    rf"{_TAX}(?:\s+each\b)?(?:\s+{_USER}(?=\s?/\s?(?:{_TIME})\b))?{_COUNTED}(?:\s+per\s+(?!(?:{_TIME})\b)[a-z]+(?=\s+per\s))?(?:[\s-]*(?:/|\bper|\ba|\ban|\beach|\bevery|\bpro|\bpar|\bje)[\s-]*{_USER}(?![\w-]))?"
    rf"(?:(?:[\s-]*(?:,|\band\b|/|\b(?:{_EACH})\b)){{1,3}}[\s-]*(?P<period>{_TIME})\b(?!\s+(?:pass|ticket|return)(?:es|s)?\b)(?!(?:(?<=,\sa\syear)|(?<=,\sa\smonth)|(?<=,\sa\sweek)|(?<=,\sa\sday))\s+(?:after|before|ahead)\b)"
    rf"|(?:[\s-]*(?:,|\band\b)){{0,2}}[\s-]*(?:/|\b(?:{_EACH})\b)[\s-]*(?P<usage>(?:{_USAGE})(?:\s{_WORD}{_BEHIND})?)\b|\s+(?P<adverb>mo|yr|monthly|annually|yearly|weekly|monatlich|jährlich)\b|\s*(?:{_OTHER}))?"
)
#: What stands before a sum: a rand's "R" and crowns as well, which in other texts than of prices are too often no money.
SIGN: Final = rf"(?:{BEFORE}|(?-i:\bR)(?=\s?\d[,.]?\d)|\bkr(?=\s?\d))"
MENTION = re.compile(
    rf"(?:(?P<c1>{SIGN})\s?(?P<n1>{NUMBER})(?![.,]\d)(?:\s?(?P<c3>USD|EUR|GBP|CAD|AUD|CHF|NZD|SGD|HKD|MXN)\b)?|(?<![\w.,%])(?P<n2>{NUMBER})\s?(?P<c2>{AFTER})|(?<=from\s)(?P<bare>{NUMBER})(?=\s+to\s))"
    rf"(?!\s?(?:{SCALE}))(?:{PER})",
    re.IGNORECASE,
)
_SIGNS: Final = {"r": "ZAR"}
_GROUPS = ("period", "usage", "adverb", "other", "piece")
_PIECE = re.compile(rf"\bper\s+(?P<period>{_USAGE})\b", re.IGNORECASE)
_TRAILING = re.compile(rf"\s*[()]?{PER}", re.IGNORECASE)
_OTHER_CROWNS = re.compile(
    r"(?P<no>/mnd\b|\b(?:Norw\w+|Norge|NOK|måned(?=en\b)|tidligere)\b)|\b(?:Danish|Denmark|Danmark|DKK|/md)\b",
    re.IGNORECASE,
)
_YEARLY, _MONTHLY = (
    re.compile(r"\b(?:annual|yearly)\b", re.IGNORECASE),
    re.compile(r"\bmonthly\b", re.IGNORECASE),
)
_HOURLY = re.compile(r"\bhourly\s+(?:rate|price|fee)s?\b", re.IGNORECASE)
_PERIODS = {"mo": "month", "mth": "month", "monat": "month", "mois": "month", "mes": "month", "mån": "month", "månad": "month", "mnd": "month", "måned": "month", "maand": "month", "år": "year", "sec": "second", "yr": "year", "jahr": "year", "annum": "year",
            "hr": "hour", "min": "minute", "monthly": "month", "annually": "year", "yearly": "year", "weekly": "week", "pm": "month", "pcm": "month", "pa": "year", "e-mail": "email", "monatlich": "month", "jährlich": "year"}  # fmt: skip


def price_of(match: re.Match[str]) -> Price | None:
    """Return the price that `MENTION` matched; None if its number is none."""
    amount = read_number(match["n1"] or match["n2"] or match["bare"])
    if amount is None:
        return None
    sign = " ".join((match["c3"] or match["c1"] or match["c2"] or "").lower().split())
    currency = _crowns(match.string) if sign == "kr" else _SIGNS.get(sign) or CURRENCIES.get(sign)
    return Price(amount=amount, currency=currency, period=period_of(match))


def _crowns(sentence: str) -> str:
    """Return whose crowns "kr" are, by the language or the country that a sentence names."""
    found = _OTHER_CROWNS.search(sentence)
    return "SEK" if found is None else "NOK" if found["no"] else "DKK"


def period_of(match: re.Match[str]) -> str | None:
    unit = " ".join(
        (next((match[name] for name in _GROUPS if match[name]), "")).lower().split()
    ).removeprefix("additional ")
    return _PERIODS.get(unit, unit) or None


def with_period(price: Price, sentence: str, end: int) -> Price:
    """Return a price with the period that stands behind a bracket ("$15 (was $12) per seat and month")."""
    behind = None if price.period else _TRAILING.match(sentence, end)
    return replace(price, period=period_of(behind)) if behind else price


def priced_alike(old: Price, new: Price, sentence: str) -> tuple[Price, Price]:
    """Return both sides with the currency and the period that only one of them states."""
    period = new.period or old.period or _period_of(sentence)
    old = replace(old, currency=old.currency or new.currency, period=old.period or period)
    return old, replace(new, currency=new.currency or old.currency, period=new.period or period)


def _period_of(sentence: str) -> str | None:
    yearly, monthly = bool(_YEARLY.search(sentence)), bool(_MONTHLY.search(sentence))
    if yearly != monthly:
        return "year" if yearly else "month"
    if not yearly and _HOURLY.search(sentence):
        return "hour"
    piece = _PIECE.search(sentence)
    return piece["period"].lower() if piece and not yearly else None
