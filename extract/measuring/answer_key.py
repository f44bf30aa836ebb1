"""The answer key of labelled page pairs: what ``expected.json`` says, and whether a fact that was reported meets it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.values.normalise import normalise_words
from store.kinds import FactAction, FactKind
from store.records import NOTHING, FactChange

_NAMES = frozenset({FactKind.CUSTOMER, FactKind.PARTNER, FactKind.OPENING, FactKind.PRODUCT})
#: What a key may say of an opening or an event besides its name.
_VALUES = ("place", "date", "team", "department", "booth", "address")
_NAMED = {"department": "team"}
#: How a kind of fact is called in the report, and the kinds that count for it.
GROUPS: Mapping[str, frozenset[FactKind]] = {
    "price": frozenset({FactKind.PRICE}),
    "person": frozenset({FactKind.PERSON}),
    "opening": frozenset({FactKind.OPENING}),
    "customer or partner": _NAMES,
    "event": frozenset({FactKind.EVENT}),
    "entry": frozenset({FactKind.ENTRY}),
    "effective date": frozenset({FactKind.CLAUSE}),
    "limit": frozenset({FactKind.FEATURE}),
    "office": frozenset({FactKind.OFFICE}),
    "speaker": frozenset({FactKind.EVENT}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedFact:
    """One fact of the key: its group, name, action, and what must stand on either side."""

    group: str
    name: str
    action: FactAction
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def expected_facts(facts: Mapping[str, Any]) -> tuple[ExpectedFact, ...]:
    """Return the facts of a key in the form they are compared in."""
    return (
        *_plans(facts.get("plans", ())),
        *_people(facts.get("people", ())),
        *_listed("opening", facts, "openings"),
        *_listed("customer or partner", facts, "names"),
        *_listed("event", facts, "events"),
        *_changed("opening", facts.get("openings_changed", ()), "place"),
        *_changed("event", facts.get("events_changed", ()), "date"),
        *_changes("office", facts.get("office", ())),
        *_changes("speaker", facts.get("speaker", ())),
        *_listed("entry", facts, "entries"),
        *_effective(facts),
        *_limits(facts.get("limits", ())),
    )


def meets(fact: FactChange, expected: ExpectedFact) -> bool:
    """Return whether a reported fact is the expected one, with its values on both sides."""
    if fact.kind not in GROUPS[expected.group]:
        return False
    if expected.group == "effective date":
        return _same_value(fact.after, expected.after) and _same_value(fact.before, expected.before)
    if expected.group == "limit":
        return _is_limit(fact, expected)
    if expected.group == "speaker":
        return _is_speaker(fact, expected)
    if fact.action is not expected.action or not _same_name(fact.name, expected.name, expected.group):
        return False
    return _same_value(fact.before, expected.before) and _same_value(fact.after, expected.after)


def counts_for(fact: FactChange, group: str) -> bool:
    """Return whether a reported fact claims something of that group."""
    if group == "effective date":
        return fact.kind is FactKind.CLAUSE and fact.name == "effective date"
    if group == "speaker":
        return fact.kind is FactKind.EVENT and _speakers(fact.before) != _speakers(fact.after)
    return fact.kind in GROUPS[group]


def _plans(plans: Sequence[Mapping[str, Any]]) -> Iterator[ExpectedFact]:
    for plan in plans:
        before, after = _price(plan.get("before")), _price(plan.get("after"))
        yield ExpectedFact(
            group="price", name=plan["plan"], action=_action(before, after), before=before, after=after
        )


def _price(side: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if side is None:
        return None
    return {
        key: value
        for key, value in (
            ("amount", side.get("price")),
            ("currency", side.get("currency")),
            ("period", side.get("period")),
        )
        if value is not None
    }


def _people(people: Sequence[Mapping[str, Any]]) -> Iterator[ExpectedFact]:
    for person in people:
        before = {"role": person["role_before"]} if person.get("role_before") else None
        after = {"role": person["role_after"]} if person.get("role_after") else None
        yield ExpectedFact(
            group="person", name=person["name"], action=_action(before, after), before=before, after=after
        )


def _listed(group: str, facts: Mapping[str, Any], key: str) -> Iterator[ExpectedFact]:
    for action in (FactAction.ADDED, FactAction.REMOVED):
        for item in facts.get(f"{key}_{action.value}", ()):
            name = item if isinstance(item, str) else item.get("title") or item.get("name") or ""
            said = _said(item)
            before, after = (said, None) if action is FactAction.REMOVED else (None, said)
            yield ExpectedFact(
                group=group, name=name, action=action, before=before or None, after=after or None
            )


def _said(item: str | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(item, str):
        return {}
    return {_NAMED.get(value, value): item[value] for value in _VALUES if item.get(value)}


def _changed(group: str, items: Sequence[Mapping[str, Any]], usual: str) -> Iterator[ExpectedFact]:
    """Yield what stays with other values: ``place_before``, ``place_after``; ``before`` is of the usual value."""
    for item in items:
        sides = [
            {_NAMED.get(value, value): said for value in _VALUES if (said := item.get(f"{value}_{side}"))}
            or ({usual: item[side]} if item.get(side) else None)
            for side in ("before", "after")
        ]
        yield ExpectedFact(
            group=group,
            name=item.get("title") or item["name"],
            action=FactAction.CHANGED,
            before=sides[0],
            after=sides[1],
        )


def _changes(group: str, items: Sequence[Mapping[str, Any]]) -> Iterator[ExpectedFact]:
    """Yield what a list of names with their ``change`` says: added, removed or moved."""
    for item in items:
        if item["change"] == "moved":
            yield from _changed(group, [item], "address")
        else:
            yield ExpectedFact(group=group, name=item["name"], action=FactAction(item["change"]))


def _effective(facts: Mapping[str, Any]) -> Iterator[ExpectedFact]:
    before, after = facts.get("effective_date_before"), facts.get("effective_date_after")
    if before or after:
        yield ExpectedFact(
            group="effective date",
            name="effective date",
            action=FactAction.CHANGED,
            before={"effective": before} if before else None,
            after={"effective": after} if after else None,
        )


def _limits(limits: Sequence[Mapping[str, Any]]) -> Iterator[ExpectedFact]:
    for limit in limits:
        yield ExpectedFact(
            group="limit",
            name=limit.get("plan") or "",
            action=FactAction.CHANGED,
            before={"text": limit.get("before")} if limit.get("before") else None,
            after={"text": limit.get("after")} if limit.get("after") else None,
        )


def _action(before: object, after: object) -> FactAction:
    if before is None:
        return FactAction.ADDED
    return FactAction.REMOVED if after is None else FactAction.CHANGED


def _same_name(name: str, expected: str, group: str) -> bool:
    left, right = _bare(name), _bare(expected)
    if left == right:
        return True
    loose = group in ("entry", "event", "opening", "office")
    return loose and bool(left and right) and (left in right or right in left)


def _bare(text: str) -> str:
    return re.sub(r"\b(?:plan|tier)\b|[^\w ]", "", normalise_words(text)).strip()


def _same_value(found: Mapping[str, str] | None, expected: Mapping[str, Any] | None) -> bool:
    if expected is None:
        return True
    if found is None:
        return False
    return all(_equal(found.get(key, ""), value) for key, value in expected.items())


def _equal(found: str, expected: Any) -> bool:
    if isinstance(expected, int | float):
        try:
            return float(found) == float(expected)
        except ValueError:
            return False
    return normalise_words(found) == normalise_words(str(expected))


def _is_limit(fact: FactChange, expected: ExpectedFact) -> bool:
    plan = (fact.after or fact.before or {}).get("plan", "")
    if expected.name and _bare(plan) != _bare(expected.name):
        return False
    sides = ((fact.before, expected.before), (fact.after, expected.after))
    return all(
        wanted is None
        or (found is not None and _bare(str(wanted["text"])) in _bare(f"{found.get('text', '')} {fact.name}"))
        for found, wanted in sides
    )


def _is_speaker(fact: FactChange, expected: ExpectedFact) -> bool:
    sides = _speakers(fact.before), _speakers(fact.after)
    new, known = sides[::-1] if expected.action is FactAction.ADDED else sides
    return _bare(expected.name) in new - known


def _speakers(side: Mapping[str, str] | None) -> frozenset[str]:
    return frozenset(map(_bare, (side or NOTHING).get("speakers", "").split(", ")))
