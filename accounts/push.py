"""Metrics that other programs push as JSON: the same checks as the CSV, all or nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from accounts.csvfile import nearest
from accounts.errors import PushRefusedError, RowProblem
from accounts.metrics_csv import METRIC_COLUMNS, NAME, parse_period
from store.accounts import Written, account_ids
from store.metrics import MetricValue, write_metrics

PUSH = "push"
MOST_VALUES = 10_000
_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    row: int
    fields: dict[str, object]


def push_metrics(session: Session, body: object) -> Written:
    """Write a list of ``{account, metric, period, value}``; repeating it changes nothing.

    Raises: PushRefusedError with every mistake, rows counted from 1; nothing is written then.
    """
    return write_metrics(session, read_push(body, set(account_ids(session))), origin=PUSH)


def read_push(body: object, known_accounts: set[str]) -> list[MetricValue]:
    """Return the values of a pushed list. Raises: PushRefusedError with every mistake."""
    if not isinstance(body, list):
        raise _refused("the body is no list", 'send [{"account": …, "metric": …, "period": …, "value": …}]')
    if len(body) > MOST_VALUES:
        raise _refused(
            f"{len(body)} values at once", f"send at most {MOST_VALUES}, the rest in further requests"
        )
    problems: list[RowProblem] = []
    values: list[MetricValue] = []
    seen: dict[tuple[str, str, date], int] = {}
    for number, found in enumerate(body, start=1):
        if not isinstance(found, dict):
            problems.append(_problem(number, None, "is no object", "write {…} with the four keys"))
            continue
        mistakes = list(_mistakes(_Entry(row=number, fields=found), known_accounts))
        problems.extend(mistakes)
        if not mistakes:
            values.append(value := _value(found))
            first = seen.setdefault((value.account_key, value.name, value.period), number)
            if first != number:
                message = f"the same account, metric and period as in row {first}"
                problems.append(_problem(number, None, message, "keep one of them"))
    if problems:
        raise PushRefusedError(problems)
    return values


def _mistakes(entry: _Entry, accounts: set[str]) -> Iterator[RowProblem]:
    fields, row = entry.fields, entry.row
    for name in sorted(fields.keys() - set(METRIC_COLUMNS)):
        yield _problem(row, name[:_SHOWN], "unknown key", nearest(name[:_SHOWN], METRIC_COLUMNS))
    for name in METRIC_COLUMNS:
        if fields.get(name) in (None, ""):
            yield _problem(row, name, "is missing", "fill it, or leave the entry out")
    account, metric = fields.get("account"), fields.get("metric")
    if account not in (None, "") and (not isinstance(account, str) or account not in accounts):
        yield _problem(row, "account", f"no account '{_shown(account)}'", "GET /api/v1/accounts lists them")
    if metric not in (None, "") and (not isinstance(metric, str) or not NAME.fullmatch(metric)):
        remedy = "use lower-case letters, digits and '_', as in health.yaml"
        yield _problem(row, "metric", f"'{_shown(metric)}' is not a metric name", remedy)
    if fields.get("period") not in (None, "") and not _is_period(fields["period"]):
        remedy = "write 2026-11, 2026-11-01, 2026-Q4 or 2026-W47"
        yield _problem(row, "period", f"'{_shown(fields['period'])}' is not a period", remedy)
    if fields.get("value") not in (None, "") and not _is_number(fields["value"]):
        remedy = "send a finite number, not text"
        yield _problem(row, "value", f"'{_shown(fields['value'])}' is not a number", remedy)


def _is_period(found: object) -> bool:
    try:
        parse_period(str(found))
    except ValueError:
        return False
    return isinstance(found, str)


def _is_number(found: object) -> bool:
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    try:
        return math.isfinite(float(found))
    except OverflowError:
        return False


def _value(fields: dict[str, object]) -> MetricValue:
    number = fields["value"]
    assert isinstance(number, int | float)
    return MetricValue(
        account_key=str(fields["account"]),
        name=str(fields["metric"]),
        period=parse_period(str(fields["period"])),
        value=float(number),
    )


def _refused(message: str, remedy: str) -> PushRefusedError:
    return PushRefusedError([_problem(0, None, message, remedy)])


def _problem(row: int, column: str | None, message: str, remedy: str) -> RowProblem:
    return RowProblem(row=row, line=row, column=column, message=message, remedy=remedy)


def _shown(found: object) -> str:
    plain = "".join(char if char.isprintable() else " " for char in str(found)[: 2 * _SHOWN])
    return plain[:_SHOWN]
