"""Reads accounts from CSV into the same tree as YAML; line and column of a problem are row and cell."""

from __future__ import annotations

import csv
import re

from config.accounts import AccountConfig
from config.nodes import START, Items, Mapping, Node, Place, Scalar
from config.report import Report, did_you_mean
from config.yaml_nodes import plain_value

_LISTS = ("aliases", "regions", "uses", "rivals_present")
_METRIC = "metrics."
_STAKEHOLDER = re.compile(r"(?P<name>[^()]*?)\s*(?:\((?P<role>.*)\))?")


def read_accounts_csv(text: str, report: Report) -> Node | None:
    """Return the rows as a list of accounts; None if the file has no usable header, which is reported.

    Columns are the keys of an account, and ``metrics.<name>`` for one metric; ``metrics`` holds several, written
    ``nps=42; adoption=70``. Lists are separated by ``;``, stakeholders
    written ``Mara Quill (CISO); Ben Oak``. The delimiter is a comma, or a semicolon or tab where the header has one.
    """
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            rows.append((reader.line_num, row))
    except csv.Error as error:
        report.add(
            Place(reader.line_num or 1, 1),
            f"not readable as CSV: {error}",
            remedy="double every quotation mark inside a quoted cell, and close each one",
        )
        return None
    if not rows or not any(cell.strip() for cell in rows[0][1]):
        report.add(START, "the file is empty", remedy="begin with a header such as: key,name,tier,owner")
        return None
    header = _header(rows[0][1], report)
    accounts = [
        _account(line, row, header, report) for line, row in rows[1:] if any(cell.strip() for cell in row)
    ]
    return Items(place=START, items=tuple(accounts))


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _header(cells: list[str], report: Report) -> dict[int, str]:
    """Return the keys by column; unknown and repeated columns are reported and left out."""
    known = AccountConfig.model_fields.keys()
    header: dict[int, str] = {}
    for index, cell in enumerate(cells):
        name = cell.strip().lower().replace(" ", "_")
        place = Place(1, index + 1)
        if name in header.values():
            report.add(place, f"the column '{name}' is here twice", found=cell, remedy="delete one of them")
        elif name in known or (name.startswith(_METRIC) and len(name) > len(_METRIC)):
            header[index] = name
        elif name:
            remedy = did_you_mean(name, known, "known columns")
            report.add(place, f"unknown column '{name[:60]}'", found=cell, remedy=remedy)
    return header


def _account(line: int, row: list[str], header: dict[int, str], report: Report) -> Mapping:
    account = Mapping(place=Place(line, 1))
    metrics = Mapping(place=Place(line, 1))
    for index, cell in enumerate(row):
        text, place = cell.strip(), Place(line, index + 1)
        key = header.get(index)
        if key is None or not text:
            continue
        if key == "metrics":
            _add_metrics(metrics, text, place)
            continue
        target, name = (metrics, key[len(_METRIC) :]) if key.startswith(_METRIC) else (account, key)
        target.entries[name], target.keys[name] = _cell(name, text, place), place
    if metrics.entries:
        account.entries["metrics"], account.keys["metrics"] = metrics, metrics.place
    if len(row) > len(header) and any(cell.strip() for cell in row[max(header, default=0) + 1 :]):
        report.add(
            Place(line, len(row)),
            "the row has more cells than the header",
            remedy="put cells that hold the delimiter in quotes",
        )
    return account


def _cell(key: str, text: str, place: Place) -> Node:
    if key in _LISTS:
        return Items(place=place, items=tuple(_text(part, place) for part in _parts(text)))
    if key == "stakeholders":
        return Items(place=place, items=tuple(_stakeholder(part, place) for part in _parts(text)))
    return Scalar(place=place, value=plain_value(text), text=text)


def _add_metrics(metrics: Mapping, text: str, place: Place) -> None:
    for part in _parts(text):
        name, _, value = (piece.strip() for piece in part.partition("="))
        metrics.entries[name], metrics.keys[name] = _cell(name, value, place), place


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _text(text: str, place: Place) -> Scalar:
    return Scalar(place=place, value=text, text=text)


def _stakeholder(text: str, place: Place) -> Mapping:
    match = _STAKEHOLDER.fullmatch(text)
    found = {k: v for k, v in match.groupdict().items() if v} if match else {"name": text}
    return Mapping(
        place=place,
        entries={key: _text(value, place) for key, value in found.items()},
        keys=dict.fromkeys(found, place),
    )
