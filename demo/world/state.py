"""The world in a given week: what every rival says then, and where a move can be seen."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import chain

from demo.world import week2, week3, week4, week5, week6
from demo.world.edits import Chaff, Edit, Move, Put, apply_edits
from demo.world.faults import REDESIGN_RIVAL, REDESIGN_WEEK, fault_of
from demo.world.fraud import BRIGHTWARDEN, FENNMARK, KESTRANE, NIMBRACE, OSTRELLE
from demo.world.identity import CORVANE, HALCYRA, LUMIVAULT, NORTHBEAM, QUORIENT, TESSALY, VERIDUNE
from demo.world.neighbours import DEEDWELL, LEDGERLIGHT
from demo.world.records import Release, Rival, Style

LAST_WEEK = 6

_BASE = (
    NORTHBEAM,
    CORVANE,
    TESSALY,
    BRIGHTWARDEN,
    HALCYRA,
    QUORIENT,
    FENNMARK,
    OSTRELLE,
    VERIDUNE,
    KESTRANE,
    LUMIVAULT,
    NIMBRACE,
    DEEDWELL,
    LEDGERLIGHT,
)
RIVAL_KEYS = tuple(rival.key for rival in _BASE)

_WEEKS = (week2, week3, week4, week5, week6)
MOVES: tuple[Move, ...] = tuple(chain.from_iterable(week.MOVES for week in _WEEKS))
CHAFF: tuple[Chaff, ...] = tuple(chain.from_iterable(week.CHAFF for week in _WEEKS))

#: Where the items of a list are shown, by source type.
SHOWN_ON = {
    "plans": ("pricing",),
    "people": ("team",),
    "openings": ("careers", "greenhouse"),
    "customers": ("customers",),
    "partners": ("partners",),
    "integrations": ("integrations",),
    "gatherings": ("events",),
    "releases": ("changelog",),
    "stories": ("news", "feed"),
    "filings": ("edgar",),
    "clauses": ("terms",),
    "features": ("product",),
    "incidents": ("status",),
    "slogan": ("home",),
}

_REBUILT = Style(
    skeleton="startup",
    colour="#0c4a6e",
    accent="#f97316",
    dates="iso",
    sections={
        "pricing": "table",
        "customers": "files",
        "integrations": "grid",
        "changelog": "articles",
        "news": "list",
        "team": "list",
    },
)


@lru_cache(maxsize=256)
def rival_at(key: str, week: int) -> Rival:
    """Return what a rival says in a week (1 is the base). Raises: LookupError if there is no such rival."""
    rival = next((rival for rival in _BASE if rival.key == key), None)
    if rival is None:
        raise LookupError(f"no rival {key!r} in the demo world")
    steps: tuple[Chaff | Move, ...] = (*CHAFF, *MOVES)
    for step in steps:
        if step.rival == key and step.week <= week:
            rival = apply_edits(rival, step.edits)
    if key == REDESIGN_RIVAL and week >= REDESIGN_WEEK:
        rival = replace(rival, style=_REBUILT)
    return rival


def rivals_at(week: int) -> tuple[Rival, ...]:
    """Return all rivals as they are in a week."""
    return tuple(rival_at(key, week) for key in RIVAL_KEYS)


def sights(move: Move) -> dict[str, tuple[str, ...]]:
    """Return where a move can be seen in its week, by source key, with the strings that show it there.

    Filings say no more than their form and items, so they show the form instead of the move's own strings.
    """
    rival = rival_at(move.rival, move.week)
    seen: dict[str, tuple[str, ...]] = {}
    for edit in move.edits:
        for place in _shown_on(edit):
            if place in rival.places and fault_of(move.rival, place, move.week) is None:
                shown = (edit.item.form,) if place == "edgar" and isinstance(edit, Put) else move.what
                seen.setdefault(f"{move.rival}/{place}", shown)
    return seen


def _shown_on(edit: Edit) -> tuple[str, ...]:
    places = SHOWN_ON[edit.field]
    if isinstance(edit, Put) and isinstance(edit.item, Release) and edit.item.tag:
        return (*places, "github-releases")
    return places
