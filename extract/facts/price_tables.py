"""Prices that stand under heads or keys: rows of tables and records of data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.facts.price_periods import PERIOD_COLUMN, is_price_label, timed_cell
from extract.reading.piece import Piece
from extract.reading.record_keys import values_of
from extract.values.money import CODES, Money, find_money

CONTACT = re.compile(
    r"^\W*(?:contact (?:us|sales)(?: for pricing)?|talk to (?:us|sales)|custom(?: pricing| quote| price)?|"
    r"let['’]?s talk|get (?:a|in) (?:quote|touch)|(?:request|get) (?:a )?(?:quote|pricing)|on request|"
    r"price on request|tailored|(?:preis )?auf anfrage|individuell(?:er preis)?|kontaktieren sie uns|"
    r"sur (?:devis|mesure|demande)|"
    r"(?:nous )?contacte[rz](?:-nous)?|cont[aá]ct(?:enos|anos)|a (?:medida|consultar)|bajo petición|"
    r"på (?:förfrågan|forespørsel)|offert|kontakta oss|op (?:aanvraag|maat)|su (?:richiesta|misura)|"
    r"sob consulta|consulte-nos|fale conosco|"
    r"お問い?合わせ(?:ください)?|要問い?合わせ|(?:要|お)?見積もり?|联系我们|聯絡我們|문의)\W*$",
    re.I,
)
FREE = re.compile(
    r"^\W*(?:free(?: forever| plan| for ever)?|"
    r"kostenlos|kostenfrei|gratuit[oa]?|gratis|grátis|無料|免费|免費|무료|no (?:charge|cost))\W*$",
    re.I,
)
NO_PLAN = re.compile(
    r"^(?:price|prices|pricing|cost|costs|plan|plans|monthly|annual(?:ly)?|yearly|billed.*|from|"
    r"starting (?:at|from)|only|just|total|"
    r"fee|rate|amount|per .*|and|or|save.*|was|now|up to|our plans|choose.*|compare.*|frequently.*|faq|"
    r"(?:our )?(?:most )?(?:popular|chosen|loved|picked|bought)|best(?:[- ]?seller| value| choice| deal| offer)|"
    r"(?:our |top )(?:pick|favou?rite|recommendation|choice|seller)|recommended|new|meist ?gewählt|am beliebtesten|"
    r"le plus (?:choisi|populaire)|recommandé|(?:el )?más (?:elegido|popular|vendido)|recomendado|meest gekozen|"
    r"beliebt|empfohlen|preise?|tarife?|prix|(?:nos )?tarifs?|precios?|"
    r"planes(?: y precios)?|pris(?:er)?|monatlich|jährlich|mensuel|annuel|mensual|anual|mensal|"
    r"prezzi|prijzen|planos(?: e preços)?|preços|料金(?:プラン)?|"
    r"プラン|价格|요금|ab|dès|desde|från|"
    r"zzgl\..*|excl?\..*|incl\..*|plus tax|\+ ?vat)$",
    re.I,
)
#: Columns that give one price in several currencies.
_CURRENCY_COLUMN = re.compile(
    rf"(?:in )?(?:(?:us|american|canadian|australian) )?(?:dollars?|euros?|pounds?(?: sterling)?|(?:swedish |"
    rf"norwegian |"
    rf"danish )?(?:kron(?:or|er|a|e)|kr)|(?:swiss )?francs?|yen|złot\w*|{CODES}|[$€£¥₹])(?:\s*\([$€£¥₹]\))?",
    re.I,
)
_BARE_AMOUNT = re.compile(r"\s*\d[\d.,' ]*\s*")
_PRICED = re.compile(
    r"price|cost|fee\b|fees\b|rate|amount|preis|gebühr|betrag|prix|tarif|precio|importe|prezzo|preço|prijs|pris\b|cena",
    re.I,
)
_IN_CURRENCY = re.compile(rf"(?<!\w)(?P<currency>(?:{CODES})\b|[$€£])")
_NAME_KEYS = ("plan", "name", "title", "tier", "label")
_OWN_PERIOD = {
    "monthly": "month", "monthlyprice": "month", "pricemonthly": "month", "pricepermonth": "month",
    "annual": "year", "yearly": "year", "annualprice": "year", "yearlyprice": "year", "priceyearly": "year",
    "priceannual": "year", "priceperyear": "year",
}  # fmt: skip
_MAPPED = re.compile(
    rf"(?:(?P<code>{CODES})|(?:per_?)?(?P<period>month(?:ly)?|year(?:ly)?|annual(?:ly)?|day|week|hour))"
    r"\s(?P<amount>\d[\d.,]*)",
    re.I,
)
_PRICE_KEYS = ("price", "amount", "cost", "prices", "pricing", "unitprice", *_OWN_PERIOD)
_PERIOD_KEYS = ("period", "interval", "per", "billing", "unit", "frequency")


def stated_currency(pieces: Sequence[Piece]) -> str:
    """Return the one currency that records of data are said to be in, US dollars if they name none or several."""
    named = {values_of(piece).get("currency", "").upper() for piece in pieces if piece.head} - {""}
    return named.pop() if len(named) == 1 else "USD"


def price_record(piece: Piece, currency: str = "USD") -> Iterator[tuple[str, Money | None, str]]:
    """Read a record of data: its keys say which value is the name, the amount, the currency and the period."""
    values = values_of(piece)
    name = next((values[key] for key in _NAME_KEYS if key in values), "")
    for key, text in values.items() if name else ():
        yield from ((name, money, "") for money in _by_key(key, text, values.get("currency", currency)))
    for key in _PRICE_KEYS if name else ():
        price = values.get(key, "")
        if CONTACT.match(price) or FREE.match(price):
            yield name, None, note_of(price)
        elif price:
            period = _OWN_PERIOD.get(key) or next((values[k] for k in _PERIOD_KEYS if k in values), "")
            amount = re.fullmatch(r"\d[\d.,]*", price)
            written = f"{values.get('currency', currency).upper()} {price}" if amount else price
            if money := next(find_money(f"{written} / {period}" if period else written), None):
                yield name, money, ""


def _by_key(key: str, text: str, currency: str) -> Iterator[Money]:
    """Yield the amounts of a map of prices: ``EUR 11, USD 12``, ``month 12, year 120``."""
    found = [_MAPPED.fullmatch(part) for part in text.split(", ")]
    for match in found if all(found) else ():
        assert match is not None
        code, period, amount = match.group("code", "period", "amount")
        written = f"{(code or currency).upper()} {amount}"
        per = period or next((word for name, word in _OWN_PERIOD.items() if name in key), "")
        yield from find_money(f"{written} / {_OWN_PERIOD.get(per.lower(), per)}" if per else written)


def price_row(piece: Piece) -> Iterator[tuple[str, Money | None, str]]:
    if len(piece.parts) < 2:
        return
    if piece.level:
        yield from _priced_heads(piece.parts)
        return
    first, *rest = _with_currency(piece)
    heads = piece.head[1:] if len(piece.head) == len(piece.parts) else ("",) * len(rest)
    priced = [(cell, head) for cell, head in zip(rest, heads, strict=False) if _price_of(cell)]
    if not priced or _is_matrix_row(piece, len(priced)):
        return
    by_column = len(priced) > 1 and all(head and not PERIOD_COLUMN.search(head) for _, head in priced)
    currencies = by_column and all(_CURRENCY_COLUMN.fullmatch(head.strip()) for _, head in priced)
    if by_column and not currencies and not _holds_prices(first):
        # A matrix: the row is what is paid for, the columns are where or for whom.
        for cell, head in priced:
            yield f"{first} {head}", timed_cell(cell, (first,)), note_of(cell)
        return
    beside = [(head, cell) for cell, head in zip(rest, heads, strict=False) if (cell, head) not in priced]
    for cell, head in priced:
        plan = head if by_column and not currencies else first
        yield plan, timed_cell(cell, (head, first), beside), note_of(cell)


def _priced_heads(heads: Sequence[str]) -> Iterator[tuple[str, Money | None, str]]:
    """Yield the plans of a table whose heads hold their prices: ``Solo $9/month``."""
    found = [(head, money) for head in heads if (money := next(find_money(head), None)) is not None]
    if len(found) > 1:
        yield from ((head[: money.start].strip(" –—-:("), money, note_of(head)) for head, money in found)


def _with_currency(piece: Piece) -> tuple[str, ...]:
    """Return the cells of a row, bare amounts with the currency that their head or a column of their row states."""
    if len(piece.head) != len(piece.parts):
        return piece.parts
    pairs = list(zip(piece.head, piece.parts, strict=True))
    beside = next((cell for _, cell in pairs if re.fullmatch(CODES, cell.strip())), "")
    return tuple(
        f"{currency} {cell}"
        if _BARE_AMOUNT.fullmatch(cell)
        and (currency := _currency_of(head) or (beside if _PRICED.search(head) else ""))
        else cell
        for head, cell in pairs
    )


def _currency_of(head: str) -> str:
    """Return the currency that the head of a column of prices states: ``Monthly (EUR)``, ``Price in CHF``."""
    match = _IN_CURRENCY.search(head) if not re.search(r"\d", head) else None
    priced = match and (_PRICED.search(head) or PERIOD_COLUMN.search(head))
    return match.group("currency") if match and priced else ""


def _is_matrix_row(piece: Piece, priced: int) -> bool:
    """Return whether a row that calls a cell custom or free says what plans hold, and none of them in money."""
    cells = [cell for cell in piece.parts[1:] if cell]
    if _holds_prices(piece.parts[0]) or any(next(find_money(cell), None) for cell in cells):
        return False
    return len(cells) > 2 and priced < len(cells)


def _holds_prices(text: str) -> bool:
    """Return whether the first cell of a row is no plan, but empty or a label of prices."""
    return bool(NO_PLAN.match(text.strip()) or not text.strip()) or is_price_label(text)


def _price_of(cell: str) -> bool:
    if len(cell) > 120 or CONTACT.match(cell) or FREE.match(cell):
        return len(cell) <= 120
    found = next(find_money(cell), None)
    return found is not None and found.start <= 25


def note_of(cell: str) -> str:
    if CONTACT.match(cell):
        return "contact"
    if FREE.match(cell):
        return "free"
    return "from" if re.match(r"\W*(?:from|starting|starts)\b", cell, re.I) else ""
