"""The main text of an article and its day, by trafilatura and htmldate: only for pages that may be one."""

from __future__ import annotations

import warnings
from datetime import date

LONGEST = 3_000_000  # characters; both libraries grow faster than the page, and longer pages are lists


def main_text(text: str) -> str:
    """Return the main text of a page's source, empty if none is found.

    By trafilatura's balanced extraction; what favours recall is asked only where that finds nothing.
    """
    if len(text) > LONGEST:
        return ""
    import trafilatura

    found = trafilatura.extract(text, include_comments=False)
    return found or trafilatura.extract(text, include_comments=False, favor_recall=True) or ""


def published(text: str, url: str) -> date | None:
    """Return the day an article was published, None if it names none."""
    if len(text) > LONGEST:
        return None
    import htmldate

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = htmldate.find_date(text, url=url or None, extensive_search=False, original_date=True)
    return date.fromisoformat(found) if found else None
