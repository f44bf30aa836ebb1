"""Units of entries: what feeds, changelogs, filings and status pages list one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from classify.parts.filings import UNTOLD, UNTOLD_CONFIDENCE
from classify.parts.page_text import blocks_below, lead_of, undated
from classify.parts.unit import TEXT, Dropped, Made, Unit, key_of, quote_of
from store.changes import Change
from store.kinds import Category, FactAction, PageType
from store.records import NOTHING, FactChange

ENTRIES = 20  # More new entries at once mean that a list was rebuilt, not that twenty things happened.
PASSING_TROUBLE = "service degraded for a while"
OUTAGE = re.compile(r"\b(outages?|unavailable|downtime|errors?|failing|failures?|data loss)\b", re.IGNORECASE)
INCIDENT = re.compile(r"\bincidents?\b", re.IGNORECASE)
DEGRADED = re.compile(
    r"\b(degraded|degradation|disruption|slow(?:er|ness)?|delay(?:s|ed)?|latency|intermittent|partial(?:ly)?)\b",
    re.IGNORECASE,
)
MINOR = re.compile(r"\b(scheduled|planned|routine|upcoming)\s+(?:\w+\s+)?(maintenance|work)\b", re.IGNORECASE)


def units_of_entries(change: Change, facts: Sequence[FactChange]) -> Made:
    """Yield the unit of each new entry, and a drop for each that went or was edited."""
    for number, fact in enumerate(facts):
        if fact.action is not FactAction.ADDED:
            yield Dropped(
                reason="entry gone" if fact.action is FactAction.REMOVED else "entry edited", before=fact.name
            )
        elif number >= ENTRIES:
            yield Dropped(reason="many entries at once", after=fact.name)
        else:
            yield _entry(change, fact, alone=len(facts) == 1)


def _entry(change: Change, fact: FactChange, *, alone: bool) -> Unit | Dropped:
    side = fact.after or NOTHING
    # The change of a feed holds one entry, so all its added text belongs to it; a start page's is another's.
    own = alone and change.page_type is not PageType.HOME
    rest = "\n".join(blocks_below(fact.name, change.added)) if own else ""
    text = lead_of(fact.name, side.get("text") or rest or fact.quote or fact.name)[:TEXT]
    if is_passing_trouble(change, f"{fact.name} {text}"):
        return Dropped(reason=PASSING_TROUBLE, after=f"{fact.name}\n{text}")
    category, confidence = _entry_category(change, side, f"{fact.name} {text}")
    return Unit(
        key=key_of("entry", fact.name, side.get("url", "")),
        title=undated(fact.name),
        text=text,
        quote=quote_of(fact.name, text),
        category=category,
        confidence=confidence,
        url=side.get("url") or change.url,
        # A story that the start page teases is not about how the rival presents itself.
        page_type=None if change.page_type is PageType.HOME else change.page_type,
        hint=change.category_hint,
    )


def _entry_category(
    change: Change, side: Mapping[str, str], text: str
) -> tuple[Category | None, float | None]:
    """Return the category that an entry has whatever its wording, and how sure it is if less than a fact."""
    if is_outage(change, text):
        # A failing service reaches every customer at once: not for the model to call none.
        return Category.LAUNCH, None
    if side.get("form"):
        if change.category_hint is not None:
            return change.category_hint, None
        if UNTOLD & set(side.get("items", "").split(", ")):
            return Category.REGULATORY, UNTOLD_CONFIDENCE
    return None, None


def is_outage(change: Change, text: str) -> bool:
    """Return True if a status page tells of a service that fails; maintenance and slowness are no news."""
    if change.page_type is not PageType.STATUS or MINOR.search(text):
        return False
    return bool(OUTAGE.search(text) or (INCIDENT.search(text) and not DEGRADED.search(text)))


def is_passing_trouble(change: Change, text: str) -> bool:
    """Return True if a status page says no more than that a service is degraded, slow or late."""
    return change.page_type is PageType.STATUS and bool(DEGRADED.search(text)) and not is_outage(change, text)
