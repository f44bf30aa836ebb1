"""Features of a plan that were joined, parted or renamed: told as one change instead of several gone and come."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.facts.presentation import is_presentation
from extract.values.normalise import normalise_words
from store.kinds import FactAction, FactKind
from store.records import NOTHING, FactChange

#: Share of the shorter name's words that two versions of one feature have in common.
SHARED = 0.5
_LITTLE = frozenset(
    {"a", "an", "and", "each", "for", "in", "of", "or", "per", "the", "to", "up", "with", "your"}
)


def join_features(changes: Sequence[FactChange]) -> list[FactChange]:
    """Return the changes with each feature that became several, or another wording, told as changed, in their order."""
    joined: dict[int, FactChange] = {}
    taken: set[int] = set()
    for indices in _versions(changes):
        joined[indices[0]] = _one(changes, indices)
        taken.update(indices[1:])
    return [joined.get(index, change) for index, change in enumerate(changes) if index not in taken]


def _versions(changes: Sequence[FactChange]) -> Iterator[list[int]]:
    """Yield the positions of features of one plan that are one on one side and one or more on the other."""
    plans: defaultdict[str, list[int]] = defaultdict(list)
    for index, change in enumerate(changes):
        joins = change.kind is FactKind.FEATURE and not is_presentation(change)
        if joins and change.action is not FactAction.CHANGED:
            plans[_side(change).get("plan", "")].append(index)
    for indices in plans.values():
        for group in _related(changes, indices):
            gone = sum(changes[index].action is FactAction.REMOVED for index in group)
            if 0 < gone < len(group) and 1 in (gone, len(group) - gone):
                yield sorted(group)


def _related(changes: Sequence[FactChange], indices: Sequence[int]) -> list[set[int]]:
    """Return the groups of features whose names share words across the two sides."""
    groups: list[set[int]] = []
    for index in indices:
        near = [group for group in groups if any(_alike(changes[index], changes[other]) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append({index}.union(*near))
    return groups


def _alike(one: FactChange, other: FactChange) -> bool:
    if one.action is other.action:
        return False
    left, right = _words(one), _words(other)
    return bool(left and right) and len(left & right) >= SHARED * min(len(left), len(right))


def _words(change: FactChange) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", normalise_words(change.name))) - _LITTLE


def _one(changes: Sequence[FactChange], indices: Sequence[int]) -> FactChange:
    gone = [changes[index] for index in indices if changes[index].action is FactAction.REMOVED]
    come = [changes[index] for index in indices if changes[index].action is FactAction.ADDED]
    whole = min(gone, come, key=lambda side: (len(side), side[0].name))[0]
    return FactChange(
        kind=FactKind.FEATURE,
        action=FactAction.CHANGED,
        name=whole.name,
        before=_together(gone),
        after=_together(come),
        quote=come[0].quote,
    )


def _together(side: Sequence[FactChange]) -> dict[str, str]:
    return {**_side(side[0]), "text": ", ".join(_side(change).get("text", change.name) for change in side)}


def _side(change: FactChange) -> dict[str, str]:
    return dict(change.after or change.before or NOTHING)
