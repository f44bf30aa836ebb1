"""Units of a change: each becomes one signal or one drop. Facts say their category; free text asks the model."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from classify.filings import UNTOLD, UNTOLD_CONFIDENCE
from classify.page_text import (
    Teaser,
    blocks_below,
    clause_headline,
    lead_of,
    page_headline,
    shortened,
    teasers,
    undated,
)
from classify.people_patterns import DEPARTED, PROMOTED
from classify.roles import seniority
from classify.signals import EventFact, Opening, Person, Price, PriceMove, SignalFacts
from store.changes import Change
from store.kinds import Category, FactAction, FactKind, PageType
from store.records import NOTHING, FactChange

SENIOR = 0.6  # From here a person is a signal of their own: directors, heads, vice presidents and above.
ENTRIES = 20  # More new entries at once mean that a list was rebuilt, not that twenty things happened.
EVENTS = 5
STALE = timedelta(days=90)  # An entry dated earlier was moved or re-published.
MIN_WORDS = 3
_SENTENCE = re.compile(
    r"(?<![\w’'-])[a-zß-öø-ÿ]{2,}"
)  # Capital words alone are names: a footer, a logo, an address.
MOST = Decimal(10) ** 12  # No plan costs more.
TEXT = 4_000
OUTAGE = re.compile(
    r"\b(outage|unavailable|degraded|disruption|downtime|errors?|failing|failures?|data loss|incident)\b",
    re.IGNORECASE,
)
MINOR = re.compile(r"\b(scheduled|planned|routine|upcoming)\s+(?:\w+\s+)?(maintenance|work)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of a change that can become a signal. ``category`` None: the model decides from title and text.

    ``confidence`` is set where the category is a guess that needs no model, for the analyst to judge.

    ``key`` tells the units of one change apart and is the same whenever the change is read again.
    """

    key: str
    title: str | None = None
    text: str
    quote: str
    category: Category | None = None
    confidence: float | None = None
    facts: SignalFacts = field(default_factory=SignalFacts)
    headline: str | None = None
    url: str = ""
    page_type: PageType | None = None
    hint: Category | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A part of a change that cannot become a signal, with the named reason."""

    reason: str
    before: str = ""
    after: str = ""


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


Made = Iterator[Unit | Dropped]


def _prices(change: Change, facts: Sequence[FactChange]) -> Made:
    moves = tuple(
        PriceMove(plan=fact.name, before=price_of(fact.before), after=price_of(fact.after)) for fact in facts
    )
    yield _fact_unit(change, Category.PRICING, SignalFacts(prices=moves), facts)


def price_of(attributes: Mapping[str, str] | None) -> Price | None:
    """Return the price that a fact's attributes state; None for a missing side."""
    if attributes is None:
        return None
    try:
        amount = Decimal(attributes["amount"]) if attributes.get("amount") else None
    except InvalidOperation:
        amount = None
    if amount is not None and not (amount.is_finite() and 0 <= amount < MOST):
        amount = None  # Written out, 1E999999 would fill the memory.
    period = " per ".join(part for part in (attributes.get("period"), attributes.get("unit")) if part)
    return Price(
        amount=amount,
        currency=attributes.get("currency") or None,
        period=period or None,
        note=attributes.get("note", ""),
    )


def _people(change: Change, facts: Sequence[FactChange]) -> Made:
    pairs = [(_person(fact), fact) for fact in facts]
    seniors = [(person, fact) for person, fact in pairs if seniority(person.role) >= SENIOR]
    others = [(person, fact) for person, fact in pairs if seniority(person.role) < SENIOR]
    for group in [*([pair] for pair in seniors), others]:
        if group:
            people = SignalFacts(people=tuple(person for person, _ in group))
            yield _fact_unit(change, Category.LEADERSHIP, people, [fact for _, fact in group])


def _person(fact: FactChange) -> Person:
    before, after = (fact.before or NOTHING).get("role", ""), (fact.after or NOTHING).get("role", "")
    if fact.action is FactAction.REMOVED:
        return Person(name=fact.name, role=before, action=DEPARTED)
    promoted = fact.action is FactAction.CHANGED and seniority(after) > seniority(before)
    return Person(name=fact.name, role=after, action=PROMOTED if promoted else "appointed")


def _openings(change: Change, facts: Sequence[FactChange]) -> Made:
    openings = tuple(_opening(fact) for fact in facts if fact.action is not FactAction.CHANGED)
    if openings:
        yield _fact_unit(
            change, Category.HIRING, SignalFacts(openings=openings, places=_places(openings)), facts
        )
    else:
        yield Dropped(reason="job ad edited", after=facts[0].name)


def _opening(fact: FactChange) -> Opening:
    side = fact.after or fact.before or NOTHING
    return Opening(
        title=fact.name, place=side.get("place", ""), team=side.get("team", ""), action=fact.action.value
    )


def _places(openings: Sequence[Opening]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(opening.place for opening in openings if opening.place))


def _customers(change: Change, facts: Sequence[FactChange]) -> Made:
    added, removed = _names(facts)
    yield _fact_unit(change, Category.CUSTOMER, SignalFacts(customers=added, removed=removed), facts)


def _partners(change: Change, facts: Sequence[FactChange]) -> Made:
    added, removed = _names(facts)
    yield _fact_unit(change, Category.PARTNERSHIP, SignalFacts(partners=added, removed=removed), facts)


def _names(facts: Sequence[FactChange]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    added = tuple(fact.name for fact in facts if fact.action is not FactAction.REMOVED)
    removed = tuple(fact.name for fact in facts if fact.action is FactAction.REMOVED)
    return added, removed


def _events(change: Change, facts: Sequence[FactChange]) -> Made:
    for number, fact in enumerate(facts):
        if fact.action is FactAction.REMOVED:
            yield Dropped(reason="event gone", before=fact.name)  # Events leave the page when they are over.
        elif number >= EVENTS:
            yield Dropped(reason="many events at once", after=fact.name)
        else:
            side = fact.after or NOTHING
            event = EventFact(name=fact.name, date=side.get("date") or None, place=side.get("place") or None)
            places = (event.place,) if event.place else ()
            yield _fact_unit(
                change, Category.EVENT, SignalFacts(event=event, date=event.date, places=places), [fact]
            )


_CLAUSE_VERBS = {FactAction.ADDED: "added", FactAction.REMOVED: "removed", FactAction.CHANGED: "changed"}


def _clauses(change: Change, facts: Sequence[FactChange]) -> Made:
    verb = _CLAUSE_VERBS[facts[0].action] if len({fact.action for fact in facts}) == 1 else "changed"
    effective = next((date for fact in facts if (date := (fact.after or NOTHING).get("effective"))), None)
    if len(facts) == 1:
        sides = [(side or NOTHING).get("text", "") for side in (facts[0].before, facts[0].after)]
        headline = clause_headline(verb, facts[0].name, sides[0], sides[1], effective or "")
    else:
        titles = _few([f"“{shortened(fact.name, 30)}”" for fact in facts])
        headline = f"{{actor}} {verb} {titles} in its terms" + (
            f", effective {effective}" if effective else ""
        )
    yield _fact_unit(change, Category.REGULATORY, SignalFacts(date=effective), facts, headline)


def _features(change: Change, facts: Sequence[FactChange]) -> Made:
    plans = {(fact.after or fact.before or NOTHING).get("plan", "") for fact in facts}
    packaging = change.page_type is PageType.PRICING or plans != {""}
    if packaging and any(fact.kind is FactKind.PRICE for fact in change.facts):
        return  # The price move of the same page is the news; its signal carries the features in its text.
    where = f" of {next(iter(plans))}" if len(plans) == 1 and plans != {""} else ""
    headline = (
        f"{{actor}} {_verb(facts)} {_few([fact.name for fact in facts])}{f' as part{where}' if where else ''}"
    )
    yield _fact_unit(
        change, Category.PRICING if packaging else Category.LAUNCH, SignalFacts(), facts, headline
    )


def _products(change: Change, facts: Sequence[FactChange]) -> Made:
    headline = f"{{actor}} {_verb(facts)} {_few([fact.name for fact in facts])} among its products"
    yield _fact_unit(change, Category.LAUNCH, SignalFacts(product=facts[0].name), facts, headline)


def _verb(facts: Sequence[FactChange]) -> str:
    removed = all(fact.action is FactAction.REMOVED for fact in facts)
    changed = all(fact.action is FactAction.CHANGED for fact in facts)
    return "no longer lists" if removed else "changed" if changed else "now lists"


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _entries(change: Change, facts: Sequence[FactChange]) -> Made:
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
    category, confidence = _entry_category(change, side, f"{fact.name} {text}")
    return Unit(
        key=_key("entry", fact.name, side.get("url", "")),
        title=undated(fact.name),
        text=text,
        quote=_quote(fact.name, text),
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
    if change.page_type is PageType.STATUS and OUTAGE.search(text) and not MINOR.search(text):
        # A failing service reaches every customer at once: not for the model to call none.
        return Category.LAUNCH, None
    if side.get("form"):
        if change.category_hint is not None:
            return change.category_hint, None
        if UNTOLD & set(side.get("items", "").split(", ")):
            return Category.REGULATORY, UNTOLD_CONFIDENCE
    return None, None


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
        key=_key("entry", story.title),
        title=story.title,
        text=story.text[:TEXT],
        quote=_quote(story.quote),
        url=change.url,
        hint=change.category_hint,
    )


def _page_unit(change: Change, added: Sequence[str], removed: Sequence[str]) -> Unit | Dropped:
    text = "\n".join(added or removed)[:TEXT]
    if len(text.split()) < MIN_WORDS or not _SENTENCE.search(text):
        return Dropped(reason="too short", before="\n".join(removed), after="\n".join(added))
    return Unit(
        key=_key("text", text),
        title=None,
        text=text,
        quote=_quote(text),
        headline=page_headline(change, added, removed),
        url=change.url,
        page_type=change.page_type,
        hint=change.category_hint,
    )


def _fact_unit(
    change: Change,
    category: Category,
    facts: SignalFacts,
    sources: Sequence[FactChange],
    headline: str | None = None,
) -> Unit:
    names = [f"{fact.action.value} {fact.name}" for fact in sources]
    quotes = list(dict.fromkeys(fact.quote or fact.name for fact in sources))
    # Both sides stand in the text, so that every word of the headline can be found in what is stored.
    sides = [
        " ".join((fact.name, *(fact.before or NOTHING).values(), *(fact.after or NOTHING).values()))
        for fact in sources
    ]
    return Unit(
        key=_key(category.value, *names),
        text="\n".join(dict.fromkeys([*quotes, *sides]))[:TEXT],
        quote=_quote(*quotes),
        category=category,
        facts=facts,
        headline=headline,
        url=change.url,
        page_type=change.page_type,
        hint=change.category_hint,
    )


def _quote(*texts: str) -> str:
    return " … ".join(" ".join(text.split()) for text in dict.fromkeys(texts))[:500]


def _key(kind: str, *parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    return f"{kind}:{digest}"


_MAKERS: Mapping[FactKind, Callable[[Change, Sequence[FactChange]], Made]] = {
    FactKind.PRICE: _prices,
    FactKind.PERSON: _people,
    FactKind.OPENING: _openings,
    FactKind.CUSTOMER: _customers,
    FactKind.PARTNER: _partners,
    FactKind.EVENT: _events,
    FactKind.ENTRY: _entries,
    FactKind.CLAUSE: _clauses,
    FactKind.FEATURE: _features,
    FactKind.PRODUCT: _products,
}
