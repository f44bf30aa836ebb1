"""Whether a reported change still stands in a later capture, and which of its parts do."""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Document
from extract.facts.fact_changes import telling
from extract.values.normalise import normalise
from store.changes import Change
from store.kinds import FactAction, FactKind, PageType
from store.records import NOTHING, FactChange, Suppressed

#: Facts that leave a page because their time is over.
_PASSING = frozenset({FactKind.ENTRY, FactKind.EVENT})
#: Share of a change's texts that must be as before it for the change to count as undone.
UNDONE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What of a change is still so, and what is not."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    facts: tuple[FactChange, ...]
    gone: tuple[Suppressed, ...]

    @property
    def holds(self) -> bool:
        """True if anything of the change is still so."""
        return bool(self.added or self.removed)


def standing_of(change: Change, document: Document) -> Standing:
    """Compare a change with a later capture of its page."""
    shown = _texts(document)
    added = tuple(text for text in change.added if _said(text, document) in shown)
    removed = tuple(text for text in change.removed if _said(text, document) not in shown)
    gone = [Suppressed(reason="unconfirmed", after=text) for text in change.added if text not in added]
    gone += [Suppressed(reason="unconfirmed", before=text) for text in change.removed if text not in removed]
    return Standing(
        added=added,
        removed=removed,
        facts=tuple(fact for fact in change.facts if _fact_holds(fact, document)) if added or removed else (),
        gone=tuple(gone),
    )


def is_undone(change: Change, document: Document) -> bool:
    """Return whether the page says again what it said before the change."""
    shown = _texts(document)
    # A story or an event that has left its list was not taken back, nor was what was told beside it.
    if any(fact.kind in _PASSING for fact in change.facts):
        return False
    back = sum(1 for text in change.removed if _said(text, document) in shown)
    left = sum(1 for text in change.added if _said(text, document) not in shown)
    total = len(change.added) + len(change.removed)
    return total > 0 and back + left >= UNDONE * total


def _fact_holds(fact: FactChange, document: Document) -> bool:
    same = [f for f in document.facts if f.kind is fact.kind and normalise(f.name) == normalise(fact.name)]
    if fact.action is FactAction.REMOVED:
        gone = telling(fact.kind, fact.before or NOTHING)
        return all(telling(f.kind, f.attributes) != gone for f in same)
    if fact.kind is FactKind.ENTRY and fact.action is FactAction.ADDED:
        return bool(same)  # An incident may be in another state by now.
    come = telling(fact.kind, fact.after or NOTHING)
    return any(telling(f.kind, f.attributes) == come for f in same)


def _texts(document: Document) -> frozenset[str]:
    return frozenset(_said(block.text, document) for block in document.blocks)


def _said(text: str, document: Document) -> str:
    # Counted things are the matter of a list of plans; elsewhere they count readers and differ at every look.
    return normalise(text, counts=document.page_type is PageType.PRICING)
