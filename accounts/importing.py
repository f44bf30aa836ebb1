"""Accounts and metrics from CSV: columns by name, every mistake named with its row, all or nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from babel import Locale
from pydantic import ValidationError
from sqlalchemy.orm import Session

from accounts.csvfile import CsvFile, CsvRow, header_problems, nearest, read_csv
from accounts.errors import ImportFailedError, RowProblem
from accounts.metrics_csv import METRIC_COLUMNS, read_metrics
from config.accounts import AccountConfig, Tier
from store.account_writes import write_accounts
from store.accounts import Written, account_ids
from store.claims import CSV
from store.metrics import write_metrics

LISTS = ("aliases", "regions", "uses", "rivals_present", "stakeholders", "metrics")
PLAIN = ("key", "name", "domain", "tier", "owner", "industry", "segment", "renewal", "arr")
COUNTRY_SLIPS = {"UK": "GB", "EN": "GB", "SP": "ES", "GE": "DE", "EL": "GR"}
REMEDIES = {
    "key": "use lower-case letters, digits, '.', '_' and '-', such as harbour-bank",
    "name": "write the account's name",
    "owner": "write one e-mail address, such as dana@example.com",
    "renewal": "write the date as year-month-day, such as 2027-01-31",
    "arr": "write a plain number without currency or thousands signs, such as 250000.50",
    "regions": "use two-letter country codes, separated by ';', such as GB;IE",
    "stakeholders": "write name and role as 'Mara Quill (CISO); Jo Reed (CFO)'",
    "metrics": "write 'name=value; name=value', such as nps=40; dso_days=35",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. ``rows`` counts the records read; a repeated import finds all of them unchanged."""

    kind: Literal["accounts", "metrics"]
    rows: int
    created: int
    updated: int
    unchanged: int

    def __str__(self) -> str:
        rows = f"{self.rows} {'row' if self.rows == 1 else 'rows'} of {self.kind}"
        return f"{rows}: {self.created} new, {self.updated} changed, {self.unchanged} as before"


def import_accounts(session: Session, path: Path, now: datetime) -> ImportReport:
    """Import a CSV of accounts, or of metrics if its header says so; repeating it changes nothing.

    Raises: ImportFailedError with every mistake of the file; nothing is written then.
    """
    file = read_csv(path)
    if _is_metrics(file):
        values = read_metrics(file, set(account_ids(session)))
        return _report("metrics", file, write_metrics(session, values))
    accounts = read_accounts(file)
    return _report("accounts", file, write_accounts(session, accounts, now, origin=CSV))


def _is_metrics(file: CsvFile) -> bool:
    return "name" not in file.columns and len(set(METRIC_COLUMNS) & set(file.columns)) >= 2


def _report(kind: Literal["accounts", "metrics"], file: CsvFile, written: Written) -> ImportReport:
    return ImportReport(
        kind=kind,
        rows=len(file.rows),
        created=written.created,
        updated=written.updated,
        unchanged=written.unchanged,
    )


def read_accounts(file: CsvFile) -> list[AccountConfig]:
    """Return the file's accounts. Raises: ImportFailedError with every mistake."""
    problems = [*header_problems(file, (*PLAIN, *LISTS), required=("key", "name")), *file.problems]
    if any(problem.row == 1 for problem in problems):
        raise ImportFailedError(file.name, problems)
    accounts: list[AccountConfig] = []
    seen: dict[str, int] = {}
    for row in file.rows:
        found = list(_duplicate(row, seen))
        account = _account(row, found)
        problems.extend(found)
        if account is not None:
            accounts.append(account)
    if problems:
        raise ImportFailedError(file.name, sorted(problems, key=lambda problem: problem.row))
    return accounts


def _duplicate(row: CsvRow, seen: dict[str, int]) -> Iterator[RowProblem]:
    key = row.cells.get("key")
    if key is None:
        return
    if key in seen:
        yield _problem(
            row,
            "key",
            f"'{key}' stands already in row {seen[key]}",
            "keep one row an account, or give it its own key",
        )
    seen.setdefault(key, row.row)


def _account(row: CsvRow, problems: list[RowProblem]) -> AccountConfig | None:
    values: dict[str, object] = {
        name: " ".join(row.cells[name].split()) for name in PLAIN if name in row.cells
    }
    missing = [name for name in ("key", "name") if name not in values]
    problems.extend(_problem(row, name, "is empty", REMEDIES[name]) for name in missing)
    for name in LISTS:
        if name in row.cells:
            values[name] = _list_value(row, name, problems)
    if "tier" in values:
        values["tier"] = str(values["tier"]).lower()
    if missing:
        return None
    try:
        return AccountConfig.model_validate(values)
    except ValidationError as error:
        problems.extend(_explain(row, error))
        return None


def split_list(cell: str) -> list[str]:
    """Return the entries of a cell that holds a list separated by ``;`` (or ``|``)."""
    return [entry.strip() for entry in cell.replace("|", ";").split(";") if entry.strip()]


def _list_value(row: CsvRow, name: str, problems: list[RowProblem]) -> object:
    entries = split_list(row.cells[name])
    if name == "regions":
        return [_region(row, entry, problems) for entry in entries]
    if name == "stakeholders":
        return [_stakeholder(entry) for entry in entries]
    if name == "metrics":
        return dict(_metric(row, entry, problems) for entry in entries)
    return [" ".join(entry.split()) for entry in entries]


def _region(row: CsvRow, entry: str, problems: list[RowProblem]) -> str:
    code = entry.upper()
    known = Locale("en").territories
    if code in COUNTRY_SLIPS:
        slip = f"did you mean '{COUNTRY_SLIPS[code]}'?"
        problems.append(_problem(row, "regions", f"'{entry}' is not a country code", slip))
        return COUNTRY_SLIPS[code]
    if len(code) == 2 and code.isalpha() and code in known and code not in {"ZZ", "QO", "XA", "XB"}:
        return code
    named = next(
        (short for short, name in known.items() if name.lower() == entry.lower() and short.isalpha()), None
    )
    remedy = f"did you mean '{named}'?" if named else REMEDIES["regions"]
    problems.append(_problem(row, "regions", f"'{entry}' is not a country code", remedy))
    return "ZZ"


def _stakeholder(entry: str) -> dict[str, str | None]:
    name, bracket, role = entry.partition("(")
    if not bracket:
        name, _, role = entry.partition(":")
    return {"name": name.strip(), "role": role.strip().removesuffix(")").strip() or None}


def _metric(row: CsvRow, entry: str, problems: list[RowProblem]) -> tuple[str, object]:
    name, sign, value = entry.partition("=")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not sign or not math.isfinite(number):
        problems.append(
            _problem(row, "metrics", f"'{entry}' is not a metric with its value", REMEDIES["metrics"])
        )
        return name.strip(), 0.0
    return name.strip(), number


def _explain(row: CsvRow, error: ValidationError) -> Iterator[RowProblem]:
    for detail in error.errors():
        column = str(detail["loc"][0]) if detail["loc"] else None
        found = row.cells.get(column or "", "")
        if column == "tier":
            yield _problem(
                row, column, f"unknown tier '{found}'", nearest(found, [tier.value for tier in Tier])
            )
        else:
            remedy = REMEDIES.get(column or "") or str(detail["msg"]).removeprefix("Value error, ")
            yield _problem(row, column, f"'{found}' is not valid", remedy)


def _problem(row: CsvRow, column: str | None, message: str, remedy: str) -> RowProblem:
    return RowProblem(row=row.row, line=row.line, column=column, message=_shorten(message), remedy=remedy)


def _shorten(message: str) -> str:
    plain = " ".join(message.split())
    return plain if len(plain) <= 160 else plain[:157] + "…'"
