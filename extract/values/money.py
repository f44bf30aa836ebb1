"""Money in text: amount, currency, period, unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "us$": "USD", "a$": "AUD", "au$": "AUD",
            "c$": "CAD",
            "ca$": "CAD", "nz$": "NZD", "s$": "SGD", "hk$": "HKD", "r$": "BRL", "kr": "SEK", "zł": "PLN",
            "₩": "KRW",
            "₺": "TRY", "₽": "RUB", "₪": "ILS", "chf": "CHF",
            "kč": "CZK", "円": "JPY", "元": "CNY", "원": "KRW"}  # fmt: skip
CODES = "USD|EUR|GBP|JPY|INR|AUD|CAD|NZD|SGD|HKD|BRL|CHF|SEK|NOK|DKK|PLN|CZK|ZAR|CNY|KRW|TRY|ILS|MXN"
_WORDS = {"euro": "EUR", "dollar": "USD", "pound": "GBP"}
_SIGN = r"(?:US|AU|CA|NZ|HK|[ACSR])?\$|[€£¥₹₩₺₽₪]|CHF"
_NUMBER = r"\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,6})?|\d+(?:[.,]\d{1,6})?"
MONEY = re.compile(
    # Where words are not parted by spaces, an amount follows upon a letter: 月額3,300円.
    rf"(?<![^\W\u3000-\u9fff\uac00-\ud7ff])(?<![$€£])(?:(?P<sign>{_SIGN})\s?(?P<a>{_NUMBER})|(?P<code>{CODES})\s?(?P<b>{_NUMBER})"
    rf"|(?P<c>{_NUMBER})(?:[.,]?[-–—](?=\s?[€]))?\s?(?:(?P<code2>{CODES})\b|(?P<sign2>[€£₹₽₪円元원]|zł|Kč|kr\b|"
    rf"\$(?!\d))|(?i:(?P<word>euro|dollar|pound)s?\b)))(?P<k>\s?[kKmM](?![A-Za-z]))?",
)
_EUROPEAN = frozenset({"EUR", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL"})
_PERIODS: tuple[tuple[str, str], ...] = (
    ("hour", r"hours?|hrs?|hr|h|stunde|heure|hora|timme"),
    ("day", r"days?|tag|jour|d[ií]a|dag"),
    ("week", r"weeks?|wk|woche|semaine|semana|vecka|uke"),
    ("month", r"months?|monthly|month-to-month|monats?|monatlich|monat|mois|m[eê]s|mese|m[aå]nad|m[aå]n|"
              r"m[aå]ned|maand|mnd|"
              r"mths?|mtl|mo|miesiąc\w*|mies|měsíc\w*|hó(?:nap)?|kk|kuukau\w+|lun[aăi]|ay|か?ヶ?月(?:額)?|个?月|월"),
    ("year", r"years?|yrs?|yr|y|annum|annually|annual|yearly|jahr|jährlich|année|an|año|ano|anno|år|jaar|"
             r"rok\w*|év|vuosi|yıl|年(?:額)?|년"),
)  # fmt: skip
_PERIOD = re.compile(
    r"(?:/|\bper\b|\ba\b|\ban\b|\beach\b|\bevery\b|\bpro\b|\bje\b|\bim\b|\bpar\b|\bpor\b|\bal\b|\bà\b|\bi\b|\bom\b|"
    r"\bpr\.?|\bza\b|\bper\b|\bund\b|\bet\b|\band\b|[/／]\s?(?:人|名|ユーザー|アカウント|席)\s?[・/／])\s*(?:" + "|"
    r"".join(f"(?P<{n}>{p})" for n, p in _PERIODS)
    + r")\b",
    re.I,
)  # fmt: skip
_LY = re.compile(r"\b(?:billed\s+|paid\s+)?(?P<p>hourly|daily|weekly|monthly|annually|yearly|monatlich|"
                 r"pcm|p\.\s?m\.|p\.\s?a\.|jährlich|mensuels?|annuels?|"
                 r"mensual(?:es)?|anual(?:es)?|månadsvis|årligen)\b", re.I)  # fmt: skip
_LY_PERIOD = {
    "pcm": "month",
    "p.m.": "month",
    "p.a.": "year",
    "monatlich": "month",
    "jährlich": "year",
    "mensuel": "month",
    "mensuels": "month",
    "annuel": "year",
    "annuels": "year",
    "mensual": "month",
    "mensuales": "month",
    "anual": "year",
    "anuales": "year",
    "månadsvis": "month",
    "årligen": "year",
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "annually": "year",
    "yearly": "year",
}
_ONCE = re.compile(
    r"\b(?:one[- ](?:time|off)|once|lifetime|setup fee|perpetual|einmalig|unique|único|engångs)\b",
    re.I,
)
#: A price per month that is paid for a year at once.
_BILLED = re.compile(
    r"\b(?:(?:billed|paid|charged|invoiced)\s+(?:annually|yearly|every year|once a year|per year)|"
    r"(?:with|on|if) (?:an )?annual (?:billing|plan|contract|commitment)|annual billing|"
    r"bei jährlicher (?:zahlung|abrechnung|zahlweise)|jährlich(?:e)? (?:abgerechnet|zahlung|abrechnung)|"
    r"facturés? annuellement|facturación anual|vid årsbetalning|faktureras årsvis)\b",
    re.I,
)
_UNIT = re.compile(
    r"(?:/|\bper\b|\bfor each\b|\bevery\b|\ban?\b|\bpro\b|\bje\b|\bpar\b|\bpor\b)\s*(?:(?:additional|extra|"
    r"active|named|full|provisioned|"
    r"committed)\s+)?"
    r"(?P<unit>(?:\d[\d,.]*\s?[km]?\s+)?(?:million\s+|thousand\s+)?"
    r"(?:users?|(?:be)?nutzer(?:in)?|utilisateurs?|usuarios?|användare|mitarbeiter(?:in)?|agente?s?|seats?|"
    r"members?|editors?|agents?|employees?|licen[cs]es?|developers?|admins?|contacts?|"
    r"devices?|hosts?|nodes?|"
    r"machines?|servers?|apps?|sites?|projects?|workspaces?|organi[sz]ations?|requests?|events?|calls?|"
    r"messages?|emails?|sms|"
    r"minutes?|transactions?|documents?|pages?|tokens?|credits?|checks?|monitors?|verifications?|records?|"
    r"rows?|"
    r"gpus?|v?cpus?|cores?|gb(?:[- ](?:hour|month))?|tb|mb|gib|ip(?:v4)?(?: address)?|domains?|"
    r"certificates?|clusters?|volumes?|transfers?|payouts?|invoices?|numbers?|images?|seconds?|characters?|quer(?:y|ies)|"
    r"executions?|invocations?|runs?|tasks?|operations?|sessions?|conversations?|resolutions?|signatures?|envelopes?|"
    r"shipments?|labels?|orders?|bookings?|tickets?|leads?|locations?|stores?|branch(?:es)?|vehicles?|students?|patients?|"
    r"entit(?:y|ies)|compan(?:y|ies)|bases?|channels?|pipelines?))\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount as a plain decimal string, its ISO currency, period and unit, and where it stands in the
    text.
    """

    amount: str
    currency: str
    period: str = ""
    unit: str = ""
    billing: str = ""
    start: int = 0
    end: int = 0

    def attributes(self) -> dict[str, str]:
        """Return the attributes of a price fact; what is unknown is left out."""
        found = {"amount": self.amount, "currency": self.currency, "period": self.period, "unit": self.unit,
                 "billing": self.billing}  # fmt: skip
        return {key: value for key, value in found.items() if value}


def find_money(text: str) -> Iterator[Money]:
    """Yield every amount of money in ``text``, left to right."""
    matches = list(MONEY.finditer(text))
    for index, match in enumerate(matches):
        number = match.group("a") or match.group("b") or match.group("c")
        behind = (
            bool(match.group("c")) or match.group("sign") == "€" or (match.group("code") or "") in _EUROPEAN
        )
        amount = plain_amount(number, match.group("k"), points_part_thousands=behind)
        if amount is None:
            continue
        code = match.group("code") or match.group("code2") or _WORDS.get((match.group("word") or "").lower())
        sign = (match.group("sign") or match.group("sign2") or "").lower()
        tail = text[match.end() : matches[index + 1].start() if index + 1 < len(matches) else len(text)]
        yield Money(
            amount=amount,
            currency=code or _SYMBOLS.get(sign, "USD"),
            period=period_in(tail) or _period_before(text[: match.start()]),
            unit=unit_in(tail),
            billing="year" if _BILLED.search(tail[:90]) else "",
            start=match.start(),
            end=match.end(),
        )


def _period_before(text: str) -> str:
    """Return the period that stands right before an amount where writing puts it there: 月額, 年額."""
    if text.endswith(("月額", "毎月", "每月")):
        return "month"
    return "year" if text.endswith(("年額", "毎年", "每年")) else ""


def plain_amount(
    number: str, suffix: str | None = None, *, points_part_thousands: bool = False
) -> str | None:
    """Return a number as people write it (1,299.00; 1.299,00; 49,90) as a plain decimal string, None if it is none.

    ``points_part_thousands``: read 1.299 as one thousand two hundred and ninety-nine, as on the continent.
    """
    digits = re.sub(r"[' \u00a0\u202f]", "", number)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}|0,\d+", digits) or (
        points_part_thousands and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits)
    ):
        digits = digits.replace(".", "").replace(",", ".")
    else:
        digits = digits.replace(",", "")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    if suffix:
        value *= 1_000 if suffix.strip().lower() == "k" else 1_000_000
    return format(value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize(), "f")


def period_in(text: str) -> str:
    """Return the period named first in the text after an amount: hour, day, week, month, year, once, or
    nothing.
    """
    near = text[:90]
    if match := _PERIOD.search(near):
        return next(name for name, value in match.groupdict().items() if value)
    if match := _LY.search(near):
        return _LY_PERIOD[match.group("p").lower().replace(" ", "")]
    return "once" if _ONCE.search(near) else ""


def unit_in(text: str) -> str:
    """Return what an amount is paid for each of, e.g. ``user``, or nothing."""
    match = _UNIT.search(text[:90])
    if not match:
        return ""
    unit = re.sub(r"\s+", " ", match.group("unit").lower())
    if re.fullmatch(r"(?:be)?nutzer(?:in)?|utilisateurs?|usuarios?|användare", unit):
        return "user"
    if re.match(r"\d", unit) or unit.endswith(("sms", "s s")):
        return unit
    return re.sub(r"(?<=ch)es$|s$", "", re.sub(r"ies$", "y", unit))
