"""Rules over the letters of a text: who came, rose or left, and in which role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from classify.rules.people.arrive import (
    read_appointed,
    read_appointments,
    read_filled,
    read_lists,
    read_named,
    read_poached,
    read_seated,
)
from classify.rules.people.become import read_comers, read_new, read_successions, read_successors
from classify.rules.people.clauses import Clauses, Move
from classify.rules.people.leave import read_dismissed, read_handovers, read_leavers, read_losses
from classify.rules.people.scan import Scan

#: The surest rule first: what it says of a person stands.
RULES: Final[tuple[Callable[[Clauses], None], ...]] = (
    read_poached,
    read_leavers,
    read_appointed,
    read_named,
    read_appointments,
    read_handovers,
    read_dismissed,
    read_lists,
    read_losses,
    read_seated,
    read_filled,
    read_new,
    read_comers,
    read_successions,
    read_successors,
)


def moves(scanned: Scan) -> list[Move]:
    """Return what the letters tell of people, each person once, in order of the text."""
    if "P" not in scanned.letters:
        return []
    clauses = Clauses(scanned)
    for rule in RULES:
        rule(clauses)
    found = (
        move for move in clauses.found.values() if move.name and not clauses.denied(clauses.first(move.name))
    )
    return sorted(found, key=lambda move: move.place)
