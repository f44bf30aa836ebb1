"""The metrics CSV: ``account,metric,period,value``, one raw value a row."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import date

from accounts.csvfile import CsvFile, CsvRow, header_problems, nearest
from accounts.errors import ImportFailedError, RowProblem
from store.metrics import MetricValue

METRIC_COLUMNS = ("account", "metric", "period", "value")
NAME = re.compile(r"[a-z][a-z0-9_]*")
_PERIOD = re.compile(r"(\d{4})-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|W(\d{2}))", re.IGNORECASE)


def read_metrics(file: CsvFile, known_accounts: set[str]) -> list[MetricValue]:
    """Return the file's values. Raises: ImportFailedError with every mistake."""
    problems = [*header_problems(file, METRIC_COLUMNS, required=METRIC_COLUMNS), *file.problems]
    if any(problem.row == 1 for problem in problems):
        raise ImportFailedError(file.name, problems)
    values: list[MetricValue] = []
    seen: dict[tuple[str, str, date], int] = {}
    unknown: dict[str, str] = {}
    for row in file.rows:
        found = list(_row_problems(row, known_accounts, unknown))
        problems.extend(found)
        if not found:
            value = _value(row)
            identity = (value.account_key, value.name, value.period)
            if identity in seen:
                problems.append(_twice(row, seen[identity]))
            seen.setdefault(identity, row.row)
            values.append(value)
    if problems:
        raise ImportFailedError(file.name, sorted(problems, key=lambda problem: problem.row))
    return values


def parse_period(text: str) -> date:
    """Return the first day of a period: a day, a month ``2026-11``, a quarter ``2026-Q4``, a week ``2026-W47``.

    Raises: ValueError.
    """
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    year, month, day, quarter, week = match.groups()
    if quarter:
        return date(int(year), 3 * int(quarter) - 2, 1)
    if week:
        return date.fromisocalendar(int(year), int(week), 1)
    return date(int(year), int(month), int(day or 1))


def parse_number(text: str) -> float:
    """Return a finite number written with a point; a trailing ``%`` is dropped. Raises: ValueError."""
    number = float(text.strip().removesuffix("%").strip())
    if not math.isfinite(number) or "_" in text:
        raise ValueError(f"not a number: {text!r}")
    return number


def _row_problems(row: CsvRow, accounts: set[str], unknown: dict[str, str]) -> Iterator[RowProblem]:
    for column in METRIC_COLUMNS:
        if column not in row.cells:
            yield _problem(row, column, "is empty", "fill it, or remove the row")
    account = row.cells.get("account")
    if account is not None and account not in accounts:
        # Looking for a near name costs milliseconds among 10,000 accounts; the same slip often stands in many rows.
        remedy = unknown.setdefault(account, _account_remedy(account, accounts))
        yield _problem(row, "account", f"no account '{account[:80]}'", remedy)
    metric = row.cells.get("metric")
    if metric is not None and not NAME.fullmatch(metric):
        remedy = "use lower-case letters, digits and '_', as in health.yaml"
        yield _problem(row, "metric", f"'{metric[:80]}' is not a metric name", remedy)
    if "period" in row.cells and not _reads(parse_period, row.cells["period"]):
        remedy = "write 2026-11, 2026-11-01, 2026-Q4 or 2026-W47"
        yield _problem(row, "period", f"'{row.cells['period'][:80]}' is not a period", remedy)
    if "value" in row.cells and not _reads(parse_number, row.cells["value"]):
        remedy = "write a plain number with a point, such as 12.5"
        yield _problem(row, "value", f"'{row.cells['value'][:80]}' is not a number", remedy)


def _account_remedy(account: str, accounts: set[str]) -> str:
    near = nearest(account, accounts) if accounts else ""
    return (
        near
        if near.startswith("did you mean")
        else "import the account first; 'rivalwatch accounts list' shows them"
    )


def _reads(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _value(row: CsvRow) -> MetricValue:
    return MetricValue(
        account_key=row.cells["account"],
        name=row.cells["metric"],
        period=parse_period(row.cells["period"]),
        value=parse_number(row.cells["value"]),
    )


def _twice(row: CsvRow, first: int) -> RowProblem:
    return _problem(row, None, f"the same account, metric and period as in row {first}", "keep one of them")


def _problem(row: CsvRow, column: str | None, message: str, remedy: str) -> RowProblem:
    return RowProblem(row=row.row, line=row.line, column=column, message=message, remedy=remedy)
