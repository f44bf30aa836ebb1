"""How well facts are read: rows of text with what they state, each right only if all of its facts are exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from classify.errors import TrainingDataError
from classify.facts import read_facts
from classify.measuring.expected import check_expected
from classify.rows import first_mistake, numbered_lines
from classify.signals import Actor, PriceMove, SignalFacts
from classify.tagger.types import TaggerText
from store.kinds import Category
from store.records import JsonObject

if TYPE_CHECKING:
    from classify.tagger.tagger import Tagger

Stated = Any


class FactRow(BaseModel):
    """One labelled text: ``kind`` says which facts are judged, ``expected`` holds them.

    Kinds: ``people`` (list of name, role, action; an empty role is not judged), ``money`` (amount, currency, round),
    ``prices`` (list of plan, before, after, currency, period, percent), ``acquired`` (a name), ``partners`` (names),
    ``actor`` (who acts, if not the rival).
    """

    model_config = ConfigDict(extra="forbid")

    id: str
    kind: str
    category: Category
    actor: str
    text: str
    expected: Any


@dataclass(slots=True)
class FactReport:
    """Rows and exact rows by kind, and what was read where it was not right."""

    rows: dict[str, int] = field(default_factory=dict)
    exact: dict[str, int] = field(default_factory=dict)
    wrong: list[JsonObject] = field(default_factory=list)

    def share(self, kind: str) -> float:
        """Return the share of rows of a kind that were read exactly, in [0, 1]."""
        return self.exact[kind] / self.rows[kind]

    def to_json(self) -> JsonObject:
        """Return the figures by kind and the rows that were not exact."""
        kinds = {
            kind: {"rows": rows, "exact": self.exact[kind], "share": round(self.share(kind), 4)}
            for kind, rows in sorted(self.rows.items())
        }
        return {"kinds": kinds, "wrong": self.wrong}

    def to_text(self) -> str:
        """Return a line a kind, then each wrong row with what was expected and what was read."""
        lines = [
            f"{kind:<10} exact {self.exact[kind]:>3} of {rows:>3}  {self.share(kind):.3f}"
            for kind, rows in sorted(self.rows.items())
        ]
        for row in self.wrong:
            lines += [
                f"{row['id']}: {row['text']}",
                f"  expected {row['expected']}",
                f"  read     {row['read']}",
            ]
        return "\n".join(lines)


def evaluate_facts(file: Path, tagger: Tagger | None = None) -> FactReport:
    """Read the facts of each row of a JSON Lines file and compare them with what is stated there.

    Without ``tagger`` the rules read alone. Raises `TrainingDataError` with the line of a row that is no `FactRow`.
    """
    report = FactReport()
    rows = read_fact_rows(file)
    if not rows:
        raise TrainingDataError(str(file), 1, "no row; write one JSON object a line")
    actors = [Actor(name=row.actor) for row in rows]
    texts = [TaggerText.of(row.text, actor) for row, actor in zip(rows, actors, strict=True)]
    tagged = tagger.read(texts) if tagger else [None] * len(rows)
    for row, actor, tags in zip(rows, actors, tagged, strict=True):
        _judge(report, row, read_facts(row.text, [row.category], actor, tags))
    return report


def read_fact_rows(file: Path) -> list[FactRow]:
    """Return the rows of a JSON Lines file. Raises: TrainingDataError."""
    return [_row(line, file, number) for number, line in numbered_lines(file)]


def _row(line: str, file: Path, number: int) -> FactRow:
    try:
        row = FactRow.model_validate_json(line)
        if row.kind in READERS:
            check_expected(row.kind, row.expected)
            return row
    except ValidationError as error:
        raise TrainingDataError(str(file), number, first_mistake(error)) from None
    raise TrainingDataError(str(file), number, f"kind is {row.kind!r}; use one of {', '.join(READERS)}")


def _judge(report: FactReport, row: FactRow, facts: SignalFacts) -> None:
    read = READERS[row.kind](facts)
    report.rows[row.kind] = report.rows.get(row.kind, 0) + 1
    report.exact.setdefault(row.kind, 0)
    if _same(row.kind, read, row.expected):
        report.exact[row.kind] += 1
    else:
        report.wrong.append({"id": row.id, "text": row.text, "expected": row.expected, "read": read})


def _people(facts: SignalFacts) -> Stated:
    return [{"name": p.name, "role": p.role, "action": p.action} for p in facts.people]


def _money(facts: SignalFacts) -> Stated:
    money = facts.money
    return money and {"amount": f"{money.amount:f}", "currency": money.currency, "round": money.round}


def _prices(facts: SignalFacts) -> Stated:
    return [_price(move) for move in facts.prices]


def _price(move: PriceMove) -> JsonObject:
    side = move.after or move.before
    return {
        "plan": move.plan,
        "before": _digits(move.before.amount if move.before else None),
        "after": _digits(move.after.amount if move.after else None),
        "currency": side.currency if side else None,
        "period": side.period if side else None,
        "percent": None if move.percent is None else float(move.percent),
    }


def _digits(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


READERS: Final[Mapping[str, Callable[[SignalFacts], Stated]]] = {
    "people": _people,
    "money": _money,
    "prices": _prices,
    "acquired": lambda facts: facts.acquired,
    "actor": lambda facts: facts.actor,
    "partners": lambda facts: list(facts.partners),
}


def _same(kind: str, read: Stated, expected: Stated) -> bool:
    if kind == "people":
        return _same_people(read, expected)
    if kind == "partners":
        return {_folded(name) for name in read} == {_folded(name) for name in expected}
    return bool(_folded(read) == _folded(expected))


def _same_people(read: list[JsonObject], expected: list[JsonObject]) -> bool:
    roles = {(p["name"], p["action"]): _folded(p["role"]) for p in read}
    wanted = {(p["name"], p["action"]): _folded(p["role"]) for p in expected}
    return roles.keys() == wanted.keys() and all(
        not role or roles[key] == role for key, role in wanted.items()
    )


def _folded(value: Stated) -> Stated:
    """Return a value in which case and the way a number is written make no difference."""
    if isinstance(value, Mapping):
        return {
            key: _amount(part) if key in {"amount", "before", "after"} else _folded(part)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_folded(part) for part in value]
    return value.casefold() if isinstance(value, str) else value


def _amount(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
