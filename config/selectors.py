"""Checks the CSS selectors and text patterns of a source before a crawl depends on them."""

from __future__ import annotations

import re

from cssselect import HTMLTranslator, SelectorError


def selector_fault(selector: str) -> str | None:
    """Return why this is no CSS selector that can be used, None if it is one."""
    if not selector.strip():
        return "is empty"
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        return " ".join(str(error).split())[:120].lower()
    except (ValueError, RecursionError):
        return "is not readable"
    return None


def pattern_fault(pattern: str) -> str | None:
    """Return why this is no regular expression, None if it is one."""
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return str(error)[:120]
    return None
