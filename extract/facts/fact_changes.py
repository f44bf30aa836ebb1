"""Facts of two documents, compared by identity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extract.values.normalise import normalise, normalise_words
from extract.values.ticks import says_no
from store.kinds import FactAction, FactKind
from store.records import Fact, FactChange

#: Attributes in which two versions of a fact may differ without being another fact.
TELLING: Mapping[FactKind, tuple[str, ...]] = {
    FactKind.PRICE: ("amount", "currency", "period", "unit", "billing", "note"),
    FactKind.PERSON: ("role",),
    FactKind.OPENING: ("place", "team"),
    FactKind.CUSTOMER: (),
    FactKind.PARTNER: (),
    FactKind.EVENT: ("date", "place", "booth", "speakers", "state"),
    FactKind.ENTRY: ("state",),
    FactKind.CLAUSE: ("text", "effective"),
    FactKind.FEATURE: ("text",),
    FactKind.PRODUCT: (),
    FactKind.CALL: ("offer",),
    FactKind.NAVIGATION: (),
    FactKind.OFFICE: ("address",),
}


def compare_facts(
    before: Sequence[Fact], after: Sequence[Fact]
) -> Iterator[tuple[FactChange, Fact | None, Fact | None]]:
    """Yield every fact that is new, gone or different, with the facts of both sides."""
    left, right = _grouped(before), _grouped(after)
    for identity in dict.fromkeys((*right, *left)):
        yield from _compare_group(left.get(identity, []), right.get(identity, []))


def _grouped(facts: Iterable[Fact]) -> dict[tuple[FactKind, str, str], list[Fact]]:
    grouped: defaultdict[tuple[FactKind, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        plan = fact.attributes.get("plan", "") if fact.kind is FactKind.FEATURE else ""
        grouped[fact.kind, normalise_words(fact.name), normalise_words(plan)].append(fact)
    return dict(grouped)


def _compare_group(
    left: list[Fact], right: list[Fact]
) -> Iterator[tuple[FactChange, Fact | None, Fact | None]]:
    gone, come = list(left), list(right)
    for fact in list(come):
        same = next(
            (other for other in gone if _says_the_same(other, fact)),
            None,
        )
        if same is not None:
            gone.remove(same)
            come.remove(fact)
    for fact in list(come):
        other = next((other for other in gone if _alike(other, fact) and _one_currency(other, fact)), None)
        other = (
            other or next((other for other in gone if _alike(other, fact)), None) or next(iter(gone), None)
        )
        if other is not None:
            gone.remove(other)
            come.remove(fact)
            yield _change(FactAction.CHANGED, other, fact), other, fact
    for fact in come:
        if not _is_lacking(fact):
            yield _change(FactAction.ADDED, None, fact), None, fact
    for fact in gone:
        if not _is_lacking(fact):
            yield _change(FactAction.REMOVED, fact, None), fact, None


def _is_lacking(fact: Fact | None) -> bool:
    """Return whether a fact says that a plan lacks a feature, which is news only where the plan had it or gets it."""
    return (
        fact is not None
        and fact.kind is FactKind.FEATURE
        and bool(fact.attributes.get("plan"))
        and says_no(fact.attributes.get("text", ""))
    )


def telling(kind: FactKind, attributes: Mapping[str, str]) -> tuple[str, ...]:
    """Return what must be equal in two facts of one kind and name for them to say the same."""
    return tuple(normalise(attributes.get(key, ""), counts=True) for key in TELLING[kind])


def _says_the_same(before: Fact, after: Fact) -> bool:
    """Return whether two facts of one name state the same; a department that only one side names is no difference."""
    if _is_lacking(before) and _is_lacking(after):
        return True
    left, right = telling(before.kind, before.attributes), telling(after.kind, after.attributes)
    if before.kind is FactKind.OPENING and not (
        before.attributes.get("team") and after.attributes.get("team")
    ):
        place = TELLING[FactKind.OPENING].index("place")
        return left[place] == right[place]
    return left == right


def _alike(before: Fact, after: Fact) -> bool:
    keys = ("period", "unit", "billing") if before.kind is FactKind.PRICE else ("place", "team")
    return all(before.attributes.get(key) == after.attributes.get(key) for key in keys)


def _one_currency(before: Fact, after: Fact) -> bool:
    return before.attributes.get("currency") == after.attributes.get("currency")


def _change(action: FactAction, before: Fact | None, after: Fact | None) -> FactChange:
    living = after or before
    assert living is not None
    if living.kind is FactKind.EVENT and before is not None and after is not None:
        # An event that is called off is gone, although the page still shows it.
        off = bool(after.attributes.get("state")) and not before.attributes.get("state")
        action = FactAction.REMOVED if off else action
    elif before is not None and after is not None and _is_lacking(before) is not _is_lacking(after):
        action = FactAction.REMOVED if _is_lacking(after) else FactAction.ADDED
    return FactChange(
        kind=living.kind,
        action=action,
        name=living.name,
        before=dict(before.attributes) if before else None,
        after=dict(after.attributes) if after else None,
        quote=_clause_quote(before, after) or living.quote,
    )


def _clause_quote(before: Fact | None, after: Fact | None) -> str:
    """Return the words of a clause that are new, or gone; empty for other facts and clauses without text."""
    living, other = (after, before) if after is not None else (before, None)
    if living is None or living.kind is not FactKind.CLAUSE:
        return ""
    known = set(other.attributes.get("text", "").split("\n")) if other else set()
    lines = [line for line in living.attributes.get("text", "").split("\n") if line and line not in known]
    return "\n".join(lines)
