"""Our words for what pydantic finds wrong with a value; the one place that knows its error types."""

from __future__ import annotations

import re
import unicodedata

from pydantic_core import ErrorDetails

from config.model import KEY_PATTERN, REGION_PATTERN
from config.nodes import Items, Mapping, Node, Scalar
from config.report import did_you_mean

Complaint = tuple[str, str | None]

_NUMBER = "write digits only, with a point for fractions, such as 250000 or 0.3"
_WHOLE = "write digits only, such as 20"
_BY_TYPE: dict[str, tuple[str, str]] = {
    "int_type": ("must be a whole number", _WHOLE),
    "int_parsing": ("must be a whole number", _WHOLE),
    "int_parsing_size": ("is too large a number", _WHOLE),
    "int_from_float": ("must be a whole number", "leave out what follows the point"),
    "float_type": ("must be a number", _NUMBER),
    "float_parsing": ("must be a number", _NUMBER),
    "decimal_type": ("must be a number", _NUMBER),
    "decimal_parsing": ("must be a number", _NUMBER),
    "decimal_max_digits": ("is too large a number", "write the amount in whole units of the currency"),
    "decimal_whole_digits": ("is too large a number", "write the amount in whole units of the currency"),
    "decimal_max_places": ("has more than two decimals", "round it"),
    "finite_number": ("must be a finite number", _NUMBER),
    "bool_type": ("must be true or false", "write true or false"),
    "bool_parsing": ("must be true or false", "write true or false"),
    "tuple_type": ("must be a list", "write [first, second], or one '- item' a line"),
    "dict_type": ("must be 'key: value' lines", "write key: value, indented"),
    "model_type": ("must be 'key: value' lines", "write key: value, indented, or {key: value}"),
    "model_attributes_type": ("must be 'key: value' lines", "write key: value, indented, or {key: value}"),
    "string_type": ("must be text", "put it in quotes"),
    "string_too_short": ("must not be empty", "write something or delete the line"),
    "string_too_long": ("is too long", "shorten it"),
}
_LIMITS = {
    "greater_than": ("must be more than {}", "gt", "write a number above {}"),
    "greater_than_equal": ("must be at least {}", "ge", "write {} or more"),
    "less_than": ("must be less than {}", "lt", "write a number below {}"),
    "less_than_equal": ("must be at most {}", "le", "write {} or less"),
}
_AMOUNT = re.compile(r"[$€£]?\s*(\d[\d\s,'_]*(?:\.\d+)?)\s*([km]?)\s*(?:[$€£%]|[A-Z]{3})?", re.IGNORECASE)
_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}
_CHOICE = re.compile(r"'([^']*)'")


def complaint(error: ErrorDetails, key: str, target: Node) -> Complaint:
    """Return message and remedy for an error about the value of ``key``."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _LIMITS:
        words, limit, advice = _LIMITS[kind]
        bound = f"{float(context[limit]):.10g}"
        return f"'{key}' {words.format(bound)}", advice.format(bound)
    if kind in ("literal_error", "enum"):
        return _choice(str(context["expected"]), key, target, error)
    if kind == "string_pattern_mismatch":
        return _pattern(str(context["pattern"]), key, target)
    if kind == "value_error":
        message, _, remedy = str(context["error"]).partition("; ")
        return f"'{key}': {message}", _better(message, target) or remedy or None
    if kind == "tuple_type" and isinstance(target, Scalar):
        return f"'{key}' must be a list", f"write [{target.text}]"
    words, remedy = _BY_TYPE.get(kind, (f"is not right: {error['msg'].lower()}", "see docs/configuration.md"))
    return f"'{key}' {words}", (_better_number(target) if remedy == _NUMBER else None) or remedy


def _better_number(target: Node) -> str | None:
    """Return the remedy with the very number, where separators, a currency or a unit can be taken off."""
    match = _AMOUNT.fullmatch(target.text.strip()) if isinstance(target, Scalar) else None
    if match is None:
        return None
    amount = float(re.sub(r"[\s,'_]", "", match[1])) * _FACTORS[match[2].lower()]
    return f"write {amount:.15g}"


def _choice(expected: str, key: str, target: Node, error: ErrorDetails) -> Complaint:
    choices = _CHOICE.findall(expected) or re.findall(r"[\w.-]+", expected.replace(" or ", ", "))
    takes_list = any(isinstance(part, str) and part.startswith("literal[") for part in error["loc"])
    if isinstance(target, Items | Mapping):
        return f"'{key}' must be one word", f"use one of: {', '.join(choices)}"
    remedy = did_you_mean(target.text, choices)
    if takes_list and not remedy.startswith("did"):
        remedy = f"use {' or '.join(choices)}, or write a list: [{target.text[:60]}]"
    return f"unknown value '{target.text[:60]}' for '{key}'", remedy


def _pattern(pattern: str, key: str, target: Node) -> Complaint:
    text = target.text if isinstance(target, Scalar) else ""
    if pattern == KEY_PATTERN:
        return (
            f"'{key}' may hold small letters, digits, '.', '_' and '-' only",
            f"write '{slug(text) or 'northbeam'}'",
        )
    if pattern == REGION_PATTERN:
        remedy = (
            f"write {text.upper()}"
            if len(text) == 2 and text.isalpha()
            else "write codes such as [GB, IE, US]"
        )
        return f"'{key}' takes two-letter country codes in capitals", remedy
    if key == "currency":
        return "'currency' takes a three-letter code in capitals", "write a code such as USD, EUR or GBP"
    return (
        f"'{key}' may hold small letters, digits and '_' only",
        f"write '{slug(text).replace('-', '_') or 'nps'}'",
    )


def _better(message: str, target: Node) -> str | None:
    """Return a remedy that names the very value, where it can be told."""
    text = target.text if isinstance(target, Scalar) else ""
    if message.startswith("not a time zone"):
        return _time_zone(text)
    host = re.fullmatch(r"(?:https?:)?//(?:www\.)?([^/\s@]+)(?:/.*)?|([^/\s@:]+)/.*", text)
    if message.startswith("not a domain") and host:
        return f"write the bare host name: {host[1] or host[2]}"
    if message.startswith("not a duration") and re.fullmatch(r"\d+", text):
        return f"add a unit: {text}s, {text}m, {text}h or {text}d"
    return None


def _time_zone(text: str) -> str:
    from zoneinfo import available_timezones

    from config.report import closest

    match = closest(text, available_timezones())
    return f"did you mean '{match}'?" if match else "write an IANA name such as Europe/Dublin or UTC"


def slug(text: str) -> str:
    """Return the text as a key: small letters, digits and single dashes; empty if nothing of it is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
