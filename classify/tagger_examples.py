"""Labelled facts as labels of words: what the tagger learns from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from classify.evaluate_facts import FactRow, read_fact_rows
from classify.facts_money import SUM, sum_of
from classify.rows import DATA
from classify.tagger_labels import OUTSIDE, ROLE, TASKS, Span, begin
from classify.tagger_people import named_in
from classify.tagger_text import Token, overlap, places_of, tokens_of, words_between
from classify.words import spoken

FACTS: Final = DATA / "facts"
IGNORED: Final = -100  # A word of which a row does not say what it is.
SENTENCE_ENDS: Final = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the labels of one task.

    ``people`` are the words of each name with what became of that person, ``pairs`` those of a name, of its role, and
    of all roles that the text names.
    """

    tokens: tuple[Token, ...]
    task: str
    labels: tuple[int, ...]
    people: tuple[tuple[Span, str], ...] = ()
    pairs: tuple[tuple[Span, Span], ...] = ()
    roles: tuple[Span, ...] = ()


def training_rows() -> list[FactRow]:
    """Return the packaged rows of labelled facts. Raises: TrainingDataError."""
    return [row for path in sorted(FACTS.glob("*.jsonl")) for row in read_fact_rows(path)]


def examples_of(rows: Sequence[FactRow]) -> list[Example]:
    """Return the rows that the tagger can learn from: of a task it has, with all that is expected in the text."""
    made = [example_of(row) for row in rows if row.kind in TASKS]
    return [example for example in made if example is not None and example.tokens]


def example_of(row: FactRow) -> Example | None:
    """Return the labels of a row's text, or None if what is expected of it does not stand there as words."""
    own = spoken([row.actor])
    marked = _Marked(row.text, tokens_of(row.text, own), row.kind, own)
    if not _MARKERS.get(row.kind, _mark_names)(marked, row.expected):
        return None
    return Example(
        tokens=tuple(marked.tokens),
        task=row.kind,
        labels=tuple(marked.labels),
        people=tuple(marked.people.items()),
        pairs=tuple(marked.pairs),
        roles=tuple(marked.roles),
    )


@dataclass(slots=True)
class _Marked:
    text: str
    tokens: list[Token]
    task: str
    own: tuple[str, ...]
    labels: list[int] = field(default_factory=list)
    people: dict[Span, str] = field(default_factory=dict)
    pairs: list[tuple[Span, Span]] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.labels = [OUTSIDE] * len(self.tokens)

    def mark(self, span: Span, kind: str) -> None:
        first = begin(self.task, kind)
        self.labels[span[0] : span[1]] = [first, *[first + 1] * (span[1] - span[0] - 1)]

    def is_free(self, span: Span) -> bool:
        return all(self.labels[place] in {IGNORED, OUTSIDE} for place in range(*span))

    def ignore(self, spans: Sequence[Span]) -> None:
        for place in (place for span in spans for place in range(*span)):
            if self.labels[place] == OUTSIDE:
                self.labels[place] = IGNORED

    def places(self, said: str) -> list[Span]:
        """Return the words of each place where something is said, in any case if it is nowhere said as written."""
        return places_of(self.text, self.tokens, said)


def _mark_names(marked: _Marked, expected: Any) -> bool:
    kind = TASKS[marked.task][0]
    for name in expected if isinstance(expected, list) else [expected] if expected else []:
        places = marked.places(name)
        if not places:
            return False
        marked.ignore(places)
        marked.mark(places[0], kind)
    return True


def _mark_people(marked: _Marked, expected: Sequence[Mapping[str, str]]) -> bool:
    names, marked.roles = named_in(marked.text, marked.tokens, marked.own)
    found = [marked.places(person["name"]) for person in expected]
    if not all(found):
        return False
    for person, places in zip(expected, found, strict=True):
        marked.ignore(places)
        marked.mark(places[0], person["action"])
        marked.people[places[0]] = person["action"]
    moved = list(marked.people)
    marked.people |= {name: "" for name in names if not any(overlap(name, other) for other in moved)}
    return all(
        _mark_role(marked, places[0], person["role"])
        for person, places in zip(expected, found, strict=True)
        if person["role"]
    )


def _mark_role(marked: _Marked, name: Span, role: str) -> bool:
    """Mark the role that stands nearest to a name, in its sentence if it stands there."""
    places = marked.places(role)
    if not places:
        return False
    nearest = min(places, key=lambda span: (_ends_between(marked.tokens, name, span), abs(span[0] - name[0])))
    marked.ignore(places)
    if marked.is_free(nearest):
        marked.mark(nearest, ROLE)
    marked.pairs.append((name, nearest))
    if nearest not in marked.roles:
        marked.roles.append(nearest)
    return True


def _ends_between(tokens: Sequence[Token], one: Span, other: Span) -> int:
    between = tokens[min(one[0], other[0]) : max(one[0], other[0])]
    return sum(token.text in SENTENCE_ENDS for token in between)


def _mark_money(marked: _Marked, expected: Mapping[str, str] | None) -> bool:
    if expected is None:
        return True
    wanted = (Decimal(expected["amount"]), expected["currency"])
    spans = [
        words_between(marked.tokens, *match.span())
        for match in SUM.finditer(marked.text)
        if (money := sum_of(match)) and (money.amount, money.currency) == wanted
    ]
    spans = [span for span in spans if span[0] < span[1]]
    marked.ignore(spans)
    if spans:
        marked.mark(spans[0], "money")
    return bool(spans)


_MARKERS: Final[Mapping[str, Callable[[_Marked, Any], bool]]] = {"people": _mark_people, "money": _mark_money}


def file_digests(folder: Path = FACTS) -> dict[str, str]:
    """Return the sha-256 of each file of labelled facts, as hex, by its name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.jsonl"))
    }
