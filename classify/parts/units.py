"""Units of a change: each becomes one signal or one drop. Facts say their category; free text asks the model."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from classify.parts import units_facts, units_terms
from classify.parts.page_text import Teaser, page_headline, teasers
from classify.parts.unit import TEXT, Dropped, Made, Unit, key_of, quote_of
from classify.parts.units_entries import PASSING_TROUBLE, is_passing_trouble, units_of_entries
from store.changes import Change
from store.kinds import FactKind
from store.records import FactChange

STALE = timedelta(days=90)  # An entry dated earlier was moved or re-published.
MIN_WORDS = 3
_SENTENCE = re.compile(
    r"(?<![\w’'-])[a-zß-öø-ÿ]{2,}"
)  # Capital words alone are names: a footer, a logo, an address.


def units_of(change: Change) -> tuple[list[Unit], list[Dropped]]:
    """Return what may become signals, and what may not."""
    if change.published_at is not None and change.observed_at - change.published_at > STALE:
        return [], [Dropped(reason="published long ago", after=change.title or "\n".join(change.added))]
    groups: dict[FactKind, list[FactChange]] = defaultdict(list)
    for fact in change.facts:
        groups[fact.kind].append(fact)
    units: list[Unit] = []
    drops: list[Dropped] = []
    for kind, facts in groups.items():
        for made in _MAKERS[kind](change, facts):
            (units if isinstance(made, Unit) else drops).append(made)  # type: ignore[arg-type]
    for made in _free_text(change, groups, bool(units)):
        (units if isinstance(made, Unit) else drops).append(made)  # type: ignore[arg-type]
    return units, drops


def _free_text(change: Change, groups: Mapping[FactKind, Sequence[FactChange]], has_units: bool) -> Made:
    """Yield the text that no fact accounts for, as one unit."""
    if FactKind.ENTRY in groups:
        return
    told = "\n".join(f"{fact.name}\n{fact.quote}" for fact in change.facts)
    added = [text for text in change.added if text not in told]
    removed = [text for text in change.removed if text not in told]
    if has_units and not any(len(text.split()) > MIN_WORDS for text in added):
        return
    stories, added = teasers(change, added)
    for story in stories:
        yield _teaser_unit(change, story)
    if added or (removed and not stories):
        yield _page_unit(change, added, removed)


def _teaser_unit(change: Change, story: Teaser) -> Unit:
    return Unit(
        key=key_of("entry", story.title),
        title=story.title,
        text=story.text[:TEXT],
        quote=quote_of(story.quote),
        url=change.url,
        hint=change.category_hint,
    )


def _page_unit(change: Change, added: Sequence[str], removed: Sequence[str]) -> Unit | Dropped:
    text = "\n".join(added or removed)[:TEXT]
    if len(text.split()) < MIN_WORDS or not _SENTENCE.search(text):
        return Dropped(reason="too short", before="\n".join(removed), after="\n".join(added))
    if is_passing_trouble(change, text):
        return Dropped(reason=PASSING_TROUBLE, before="\n".join(removed), after="\n".join(added))
    return Unit(
        key=key_of("text", text),
        title=None,
        text=text,
        quote=quote_of(text),
        headline=page_headline(change, added, removed),
        url=change.url,
        page_type=change.page_type,
        hint=change.category_hint,
    )


_MAKERS: Mapping[FactKind, Callable[[Change, Sequence[FactChange]], Made]] = {
    FactKind.PRICE: units_facts.prices,
    FactKind.PERSON: units_facts.people,
    FactKind.OPENING: units_facts.openings,
    FactKind.CUSTOMER: units_facts.customers,
    FactKind.PARTNER: units_facts.partners,
    FactKind.EVENT: units_facts.events,
    FactKind.ENTRY: units_of_entries,
    FactKind.CLAUSE: units_terms.clauses,
    FactKind.FEATURE: units_terms.features,
    FactKind.PRODUCT: units_terms.products,
    FactKind.CALL: units_terms.calls,
    FactKind.NAVIGATION: units_terms.menus,
    FactKind.OFFICE: units_terms.offices,
}
