"""Records of data: which of their values a reader would see, what they are called, and which belong together."""

from __future__ import annotations

import html
import re
from typing import Any

from extract.reading.record_keys import plain_key
from extract.values.money import CODES
from extract.values.normalise import fold

LABELS = 4  # records of a name alone in a list that is an attribute; longer ones are lists of their own
NAMES = 3  # texts that make a list of names
ADDRESS = re.compile(
    r"^(?:https?:)?//|^/[\w./-]+$|^[\w/.-]+\.(?:png|jpe?g|svg|gif|webp|pdf|html?|ico|avif)$|^mailto:", re.I
)
TOKEN = re.compile(r"^(?=.*\d)[0-9a-f-]{12,}$|^(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{20,}$")
MARKUP_KEYS = frozenset({"id", "_id", "uuid", "guid", "hash", "etag", "nonce", "csrf", "token", "checksum", "slug",
                          "order",
                          "weight", "position", "index", "took", "tookms", "took_ms", "elapsed", "elapsed_ms",
                          "latency", "responsetime", "querytime", "processingtime", "cursor", "nextcursor",
                          "next_cursor", "pagetoken", "nextpagetoken"})  # fmt: skip

#: ``teamId`` and ``team_id`` point at another record and say nothing to a reader.
_KEY_OF_ANOTHER = re.compile(r"[a-z](?:Ids?|IDs?)$|[_-]ids?$")
#: When a file or a record of it was written, which says nothing of what it tells.
_STAMP_KEYS = frozenset({
    "generated", "generatedat", "generatedon", "updated", "updatedat", "updatedon", "lastupdated", "lastupdate",
    "lastmodified", "modified", "modifiedat", "lastmod", "timestamp", "asof", "exported", "exportedat", "fetched",
    "fetchedat", "builtat", "buildtime", "builddate", "cached", "cachedat", "synced", "syncedat", "lastsync",
    "refreshed", "refreshedat", "servertime", "datemodified",
})  # fmt: skip
_STAMP = re.compile(
    r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}(?:[T ].*)?|\d{10}(?:\.\d+)?|\d{13}|\d{1,2}:\d{2}(?::\d{2})?"
)
_REVISION = re.compile(r"[rvb#]?\d+|[0-9a-f]{6,}", re.I)
#: Keys under which a name leads to its price, and the keys of amounts by themselves.
_PRICES = re.compile(r"price|cost|rate|fee|tarif|preis|prix|amount", re.I)
_MAP_KEY = re.compile(
    rf"(?:{CODES})|(?:per)?_?(?:month|year|day|week|hour|annual|once)(?:ly)?|annually", re.I
)
_NAMES_FIRST = (
    "name",
    "title",
    "plan",
    "product",
    "tier",
    "label",
    "position",
    "firstname",
    "lastname",
    "question",
    "text",
)
#: Keys below which a record keeps what it is sorted by.
_DEEPER = frozenset({"categories", "attributes", "acf", "fields", "recurring"})
_PLACES = frozenset({"location", "locations", "place", "venue", "joblocation", "office", "offices"})
_PLACE_PARTS = ("city", "town", "locality", "region", "state", "country")
#: ``monthly``, ``annualPrice``: keys of what is paid for a time.
_TIMED_KEY = re.compile(r"(?:per)?(?:month|year|annual|week|day|hour)(?:ly)?(?:price|cost)?")
_COINS = 100
_PRICE_PARTS = 8  # values of a record that is an amount of money and nothing else
_WRITTEN = re.compile(r"</\w|&lt;/?\w|<(?:p|li|ul|br|strong)\b")
_TAGS = re.compile(r"</?[a-zA-Z][^>]*>")
_REVISIONS = frozenset(
    {"version", "revision", "rev", "build", "generation", "schema_version", "schemaversion"}
)


def record_text(record: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return (key, text) for the values of a record that a reader would see."""
    found: list[tuple[str, str]] = []
    for key, value in (*record.items(), *_categories(record)):
        if is_markup(key, value) or is_revision(key, value) or is_name_list(record, value):
            continue
        if is_stamp(key, value):
            continue
        text = _text_of(record, key, value)
        if _KEY_OF_ANOTHER.search(str(key)) and " " not in text:
            continue
        if any(c.isalnum() for c in text) and not ADDRESS.match(text) and not TOKEN.match(text):
            found.append((str(key), text))
    return tuple(found)


def is_markup(key: str, value: Any) -> bool:
    """Return whether a value is an identifier or a place in an order and says nothing to a reader."""
    name = str(key).lower()
    named = name == "position" and isinstance(value, str) and re.search(r"[^\W\d_]{3}", value) is not None
    return name in MARKUP_KEYS and not named


def _categories(record: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Return the values that a record keeps a level deeper: ``"categories": {"team": "Sales", "location": "Lyon"}``."""
    inner = [record[key] for key in record if key in _DEEPER]
    return tuple((key, value) for values in inner if is_attribute(values) for key, value in values.items())


def is_attribute(value: Any) -> bool:
    """Return whether a record has no name of its own and no records in it: it belongs to the record around it."""
    return (
        isinstance(value, dict)
        and bool(value)
        and not any(plain_key(str(key)) in ("name", "title", "label") for key in value)
        and not any(isinstance(inner, dict) for inner in value.values())
    )


def is_told(record: dict[str, Any], key: str, value: Any) -> bool:
    """Return whether a value that is a record, or a list of some, is told as an attribute of the record around it."""
    return (
        is_label(record, value)
        or is_price_map(value)
        or bool(price_of(key, value))
        or bool(_place_of(record, key, value))
        or bool(_rendered(value))
        or (key in _DEEPER and is_attribute(value))
    )


def _text_of(record: dict[str, Any], key: str, value: Any) -> str:
    if is_price_map(value):
        return _by_key(value)
    if told := price_of(key, value) or _place_of(record, key, value) or _rendered(value):
        return told
    return _without_markup(_shown(_labels(value) if is_label(record, value) else value))


def price_of(key: str, value: Any) -> str:
    """Return the amounts that a value states with currency and for how long: ``EUR 25 / month``; else nothing."""
    if not (_PRICES.search(key) or _TIMED_KEY.fullmatch(plain_key(key))):
        return ""
    if isinstance(value, list):
        told = [_price(inner) for inner in value]
        return ", ".join(told) if told and all(told) else ""
    return _price(value)


def _price(value: Any) -> str:
    if not isinstance(value, dict) or len(value) > _PRICE_PARTS:
        return ""
    parts = {plain_key(str(key)): inner for key, inner in value.items()}
    parts.update(parts["recurring"] if isinstance(parts.get("recurring"), dict) else {})
    if isinstance(parts.get("unitamount"), int):
        # Services for payments keep amounts in the smallest coin.
        parts["amount"] = parts["unitamount"] / _COINS
    amount = next((parts[key] for key in ("amount", "value", "price") if _is_amount(parts.get(key))), None)
    currency = next((parts[key] for key in ("currency", "currencycode") if parts.get(key)), "")
    period = next(
        (parts[key] for key in ("interval", "period", "per", "unit", "billing") if parts.get(key)), ""
    )
    if amount is None or not re.fullmatch(CODES, str(currency).upper()):
        return ""
    return f"{str(currency).upper()} {_shown(amount)}" + (f" / {_shown(period)}" if _shown(period) else "")


def _rendered(value: Any) -> str:
    """Return the text that a system for content keeps with how it is shown: ``{"rendered": "Passkeys"}``."""
    said = value.get("rendered") if isinstance(value, dict) else None
    return _without_markup(_shown(said)) if isinstance(said, str) else ""


def _place_of(record: dict[str, Any], key: str, value: Any) -> str:
    """Return the place that a record or a list of some states in parts: ``{"city": "Turin", "country": "Italy"}``."""
    if plain_key(str(key)) not in _PLACES or not any(
        isinstance(v, str | int | float) for v in record.values()
    ):
        return ""
    if isinstance(value, list):
        places = [place for inner in value[:LABELS] if (place := _place_of(record, key, inner))]
        return ", ".join(dict.fromkeys(places)) if len(places) == len(value) else ""
    if not isinstance(value, dict) or any(isinstance(inner, dict | list) for inner in value.values()):
        return ""
    parts = {plain_key(str(part)): _shown(inner) for part, inner in value.items()}
    whole = next((parts[part] for part in ("name", "fulllocation", "label", "text") if parts.get(part)), "")
    names = dict.fromkeys(parts[part] for part in _PLACE_PARTS if parts.get(part))
    return whole or ", ".join(names)


def _without_markup(text: str) -> str:
    """Return a text without the tags that descriptions in data are written with, escaped or not."""
    if not _WRITTEN.search(text):
        return text
    return fold(_TAGS.sub(" ", html.unescape(html.unescape(text) if "&lt;" in text else text)))


def is_revision(key: str, value: Any) -> bool:
    """Return whether a value counts how often a file was written: ``"version": 5``, but not ``"version": "5.0"``."""
    if str(key).lower() not in _REVISIONS:
        return False
    return isinstance(value, int) or (isinstance(value, str) and _REVISION.fullmatch(value) is not None)


def is_stamp(key: str, value: Any) -> bool:
    """Return whether a value says when a file or a record was written: ``"updated_at": 1759300000``."""
    return (
        plain_key(str(key)) in _STAMP_KEYS
        and isinstance(value, str | int | float)
        and _STAMP.fullmatch(str(value)) is not None
    )


def is_price_map(value: Any) -> bool:
    """Return whether a value is one amount in several currencies or for several periods: ``{"USD": 12, "EUR": 11}``."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(_MAP_KEY.fullmatch(str(key)) and _is_amount(inner) for key, inner in value.items())
    )


def _is_amount(value: Any) -> bool:
    return not isinstance(value, bool) and (
        isinstance(value, int | float) or (isinstance(value, str) and any(c.isdigit() for c in value))
    )


def _by_key(value: dict[str, Any]) -> str:
    return ", ".join(f"{key} {_shown(value[key])}" for key in sorted(value))


def is_price_list(path: tuple[str, ...], record: dict[str, Any]) -> bool:
    """Return whether a record leads from names to prices: ``"prices": {"Basic": 12, "Pro": 29}``."""
    return (
        len(record) > 1
        and bool(path)
        and _PRICES.search(path[-1]) is not None
        and not is_price_map(record)
        and all(
            _is_amount(value) and plain_key(str(key)) not in _NAMES_FIRST for key, value in record.items()
        )
    )


def is_unnamed(key: str, record: Any, siblings: dict[str, Any]) -> bool:
    """Return whether a record with an amount is named by the key that leads to it, as all those beside it are."""
    if not isinstance(record, dict) or any(plain_key(str(own)) in _NAMES_FIRST for own in record):
        return False
    if _PRICES.search(key) or not all(isinstance(other, dict) for other in siblings.values()):
        return False
    return any(
        is_price_map(value) or (_is_amount(value) and _PRICES.search(str(own)) is not None)
        for own, value in record.items()
    )


def is_label(record: dict[str, Any], value: Any) -> bool:
    """Return whether records that say no more than a name belong to another one: ``{"name": "Berlin"}`` of a job."""
    inner = value if isinstance(value, list) else [value]
    if not 0 < len(inner) <= LABELS or not any(
        isinstance(other, str | int | float) for other in record.values()
    ):
        return False
    return all(bool(_label(one)) for one in inner)


def _label(record: Any) -> str:
    """Return the name of a record that holds nothing else but keys of other records; else nothing."""
    if not isinstance(record, dict):
        return ""
    told = {
        str(key).lower(): value
        for key, value in record.items()
        if str(key).lower() not in MARKUP_KEYS
        and not _KEY_OF_ANOTHER.search(str(key))
        and value not in (None, "", [], {})
    }
    name = next((told[key] for key in ("name", "label", "title") if isinstance(told.get(key), str)), "")
    return str(name) if all(value == name for value in told.values()) else ""


def _labels(value: Any) -> list[str]:
    return [_label(one) for one in (value if isinstance(value, list) else [value])]


def is_name_list(record: dict[str, Any], value: Any) -> bool:
    """Return whether a list of texts is what a record is about, and not an attribute of it: each text is an item."""
    if not isinstance(value, list) or len(value) < NAMES or not all(isinstance(v, str) for v in value):
        return False
    return not any(isinstance(other, str | int | float) for other in record.values())


def rank(pair: tuple[str, str]) -> tuple[int, str]:
    key = plain_key(pair[0])
    return (_NAMES_FIRST.index(key) if key in _NAMES_FIRST else len(_NAMES_FIRST), key)


def _shown(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(v, str | int | float) for v in value):
        return fold(", ".join(str(v) for v in value))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        # 25.0 and 25 are one number, written by two programs.
        return str(int(value))
    return fold(str(value))
