"""People in a text: who was appointed, promoted or left, and in which role. Rules, no model."""

from __future__ import annotations

from collections.abc import Iterable

from classify.rules.people.rules import moves
from classify.rules.people.scan import scan
from classify.signals import Person


def find_people(text: str, own: Iterable[str] = ()) -> tuple[Person, ...]:
    """Return people with role and action (appointed, promoted, departed), each name once, in order of the text.

    ``own`` names of the rival are no part of a role ("Northbeam's CTO" is "CTO").
    """
    return tuple(
        Person(name=move.name, role=move.role, action=move.action) for move in moves(scan(text, own))
    )
