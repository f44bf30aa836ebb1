"""Labelled facts as labels of words: what the tagger learns from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from classify.measuring.evaluate_facts import FactRow, read_fact_rows
from classify.rows import DATA
from classify.rules.money import SUM, sum_of
from classify.rules.prices.amounts import Amount, amounts_in
from classify.rules.roles import singular
from classify.rules.words import spoken
from classify.tagger.labels import OUTSIDE, PLAN, ROLE, TASKS, Span, begin
from classify.tagger.people import named_in
from classify.tagger.plans import plans_in
from classify.tagger.text import Token, overlap, places_of, said_at, tokens_of, words_between

FACTS: Final = DATA / "facts"
IGNORED: Final = -100  # A word of which a row does not say what it is.
SENTENCE_ENDS: Final = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the labels of one task.

    ``judged`` are the words of each name with what became of that person, or of each amount with what it is to a price;
    ``pairs`` those of a name and its role, or of an amount and its plan (None if it has none); ``paired`` those of all
    roles or plans that the text names.
    """

    tokens: tuple[Token, ...]
    task: str
    labels: tuple[int, ...]
    judged: tuple[tuple[Span, str], ...] = ()
    pairs: tuple[tuple[Span, Span | None], ...] = ()
    paired: tuple[Span, ...] = ()


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
        judged=tuple(marked.judged.items()),
        pairs=tuple(marked.pairs),
        paired=tuple(marked.paired),
    )


@dataclass(slots=True)
class _Marked:
    text: str
    tokens: list[Token]
    task: str
    own: tuple[str, ...]
    labels: list[int] = field(default_factory=list)
    judged: dict[Span, str] = field(default_factory=dict)
    pairs: list[tuple[Span, Span | None]] = field(default_factory=list)
    paired: list[Span] = field(default_factory=list)

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

    def places_of_several(self, role: str) -> list[Span]:
        """Return the words of each place where several are said to share a role."""
        shared = [
            span
            for span in self.paired
            if singular(said_at(self.text, self.tokens, span)).casefold() == role.casefold()
        ]
        return shared or self.places(f"{role}s")


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
    names, marked.paired = named_in(marked.text, marked.tokens, marked.own)
    found = [marked.places(person["name"]) for person in expected]
    if not all(found):
        return False
    for person, places in zip(expected, found, strict=True):
        marked.ignore(places)
        marked.mark(places[0], person["action"])
        marked.judged[places[0]] = person["action"]
    moved = list(marked.judged)
    marked.judged |= {name: "" for name in names if not any(overlap(name, other) for other in moved)}
    return all(
        _mark_role(marked, places[0], person["role"])
        for person, places in zip(expected, found, strict=True)
        if person["role"]
    )


def _mark_role(marked: _Marked, name: Span, role: str) -> bool:
    """Mark the role that stands nearest to a name, in its sentence if it stands there; "co-CEOs" holds "co-CEO"."""
    places = marked.places(role) or marked.places_of_several(role)
    if not places:
        return False
    nearest = min(places, key=lambda span: (_ends_between(marked.tokens, name, span), abs(span[0] - name[0])))
    marked.ignore(places)
    if marked.is_free(nearest):
        marked.mark(nearest, ROLE)
    marked.pairs.append((name, nearest))
    if nearest not in marked.paired:
        marked.paired.append(nearest)
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


def _mark_prices(marked: _Marked, expected: Sequence[Mapping[str, Any]]) -> bool:
    amounts = [
        (span, amount)
        for amount in amounts_in(marked.text)
        if (span := words_between(marked.tokens, amount.start, amount.end))[0] < span[1]
    ]
    marked.judged = dict.fromkeys((span for span, _ in amounts), "")
    marked.paired = plans_in(marked.text, marked.tokens)
    return all(_mark_price(marked, amounts, move) for move in expected)


def _mark_price(marked: _Marked, amounts: Sequence[tuple[Span, Amount]], move: Mapping[str, Any]) -> bool:
    free = [(span, amount) for span, amount in amounts if not marked.judged[span]]
    sides = sides_of(free, move)
    plan = _mark_plan(marked, min(sides), move["plan"]) if sides and move["plan"] else None
    if not sides or (move["plan"] and plan is None):
        return False
    marked.judged |= sides
    marked.pairs += [(span, plan) for span, side in sides.items() if side != "step"]
    return True


def _mark_plan(marked: _Marked, amount: Span, name: str) -> Span | None:
    """Mark the place of a plan's name that stands nearest to its price, rather before it."""
    places = marked.places(name)
    if not places:
        return None
    nearest = min(
        places, key=lambda span: (_ends_between(marked.tokens, amount, span), abs(span[0] - amount[0]))
    )
    marked.ignore(places)
    if marked.is_free(nearest):
        marked.mark(nearest, PLAN)
    if nearest not in marked.paired:
        marked.paired.append(nearest)
    return nearest


def sides_of(amounts: Sequence[tuple[Span, Amount]], move: Mapping[str, Any]) -> dict[Span, str]:
    """Return what each amount is to a labelled move; empty if the text does not name what is expected."""
    wanted = {side: None if move[side] is None else Decimal(move[side]) for side in ("before", "after")}
    found: dict[Span, str] = {}
    for side, amount in wanted.items():
        places = [
            (each.is_bare, span) for span, each in amounts if each.price and each.price.amount == amount
        ]
        if amount is not None and places:
            found[min(place for place in places if place[1] not in found)[1] if found else min(places)[1]] = (
                side
            )
    old, new = wanted["before"], wanted["after"]
    if old is not None and new is not None and len(found) == 1 and old and new:
        step = [span for span, each in amounts if each.price and each.price.amount == abs(new - old)]
        found |= dict.fromkeys(step[:1], "step")
    if old is None and move["percent"] is not None:
        percents = [(span, each.percent) for span, each in amounts if each.percent is not None]
        said = [span for span, percent in percents if abs(percent) == abs(Decimal(str(move["percent"])))]
        found |= dict.fromkeys(said[:1], "percent")
    return found


_MARKERS: Final[Mapping[str, Callable[[_Marked, Any], bool]]] = {
    "people": _mark_people,
    "money": _mark_money,
    "prices": _mark_prices,
}


def file_digests(folder: Path = FACTS) -> dict[str, str]:
    """Return the sha-256 of each file of labelled facts, as hex, by its name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.jsonl"))
    }
