"""Values that systems gave and that could not be taken as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from store.inserts import insert_new
from store.models.connections import DataProblemRow

_BATCH = 500
_LONGEST = 200


class ProblemKind(StrEnum):
    """What is wrong with a value."""

    IMPOSSIBLE = "impossible"
    OUT_OF_RANGE = "out of range"
    MISSING = "missing"
    STALE = "stale"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataProblem:
    """One value that is wrong: where it comes from, of what, which field, what was found, and what to do."""

    origin: str
    subject: str
    field: str
    kind: ProblemKind
    message: str
    remedy: str


def replace_problems(
    session: Session,
    origin: str,
    subjects: Iterable[str] | None,
    problems: Sequence[DataProblem],
    now: datetime,
) -> None:
    """Put these problems in the place of all that an origin's subjects had: what was read anew is judged anew.

    Without ``subjects``, in the place of all that the origin had.
    """
    if subjects is None:
        session.execute(delete(DataProblemRow).where(DataProblemRow.origin == origin))
    gone = list({subject[:_LONGEST] for subject in subjects or ()})
    for start in range(0, len(gone), _BATCH):
        session.execute(
            delete(DataProblemRow).where(
                DataProblemRow.origin == origin, DataProblemRow.subject.in_(gone[start : start + _BATCH])
            )
        )
    if problems:
        rows = [
            {
                "origin": problem.origin,
                "subject": problem.subject[:_LONGEST],
                "field": problem.field,
                "kind": problem.kind.value,
                "message": problem.message,
                "remedy": problem.remedy,
                "seen_at": now,
            }
            for problem in problems
        ]
        session.execute(insert_new(session, cast(Table, DataProblemRow.__table__)), rows)


def stored_problems(session: Session) -> list[DataProblem]:
    """Return what is wrong with what systems gave, by origin and subject."""
    query = select(DataProblemRow).order_by(
        DataProblemRow.origin, DataProblemRow.subject, DataProblemRow.field
    )
    return [
        DataProblem(
            origin=row.origin,
            subject=row.subject,
            field=row.field,
            kind=ProblemKind(row.kind),
            message=row.message,
            remedy=row.remedy,
        )
        for row in session.scalars(query)
    ]
