"""Backup and restore: every row of every table as zstd-compressed JSON Lines, whatever the database."""

from __future__ import annotations

import base64
import io
import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import JSON, Column, Table, func, insert, select, text
from sqlalchemy.orm import Session

from config.errors import InputError, OperationError
from store.database import Database
from store.models.base import UtcDateTime
from store.schema import head_revision, metadata

FORMAT = "rivalwatch-backup-1"
BATCH = 500


def backup_database(database: Database, path: Path) -> int:
    """Write all rows in one consistent read; return their number. The file appears whole or not at all.

    Raises: OperationError when it cannot be written.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        with database.read() as session, partial.open("wb") as raw:
            with zstandard.ZstdCompressor(level=3).stream_writer(raw, closefd=False) as packed:
                rows = _write_rows(session, packed)
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OperationError(f"cannot write {path}: {error.strerror}; choose another place") from error
    return rows


def _write_rows(session: Session, packed: zstandard.ZstdCompressionWriter) -> int:
    def line(value: object) -> None:
        packed.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")

    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    count = 0
    line({"format": FORMAT, "schema": head_revision()})
    for table in metadata().sorted_tables:
        line({"table": table.name})
        for row in session.execute(select(table).execution_options(yield_per=BATCH)):
            line([_encode(value) for value in row])
            count += 1
    line({"rows": count})
    return count


def restore_database(database: Database, path: Path, *, replace: bool = False) -> int:
    """Fill the database from a backup in one transaction; return the number of rows.

    Raises: InputError for a file that is no whole backup of this schema, or a database that has rows.
    """
    lines = _read_lines(path)
    header = next(lines, None)
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise InputError(f"{path}: not a Rivalwatch backup")
    if header.get("schema") != head_revision():
        raise InputError(
            f"{path}: made at schema {header.get('schema')}, this version is at {head_revision()};"
            " restore it with the version that made it, then run 'rivalwatch db upgrade'"
        )
    with database.write() as session:
        _make_room(session, replace)
        rows = _read_rows(session, lines, path)
        _mend_sequences(session)
    return rows


def _read_lines(path: Path) -> Iterator[Any]:
    try:
        with path.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as plain:
            for line in io.TextIOWrapper(plain, encoding="utf-8"):
                yield json.loads(line)
    except (zstandard.ZstdError, ValueError) as error:
        raise InputError(f"{path}: damaged or not a backup ({error}); use another one") from error


def _make_room(session: Session, replace: bool) -> None:
    for table in reversed(metadata().sorted_tables):
        if replace:
            session.execute(table.delete())
        elif session.scalar(select(func.count()).select_from(table)):
            raise InputError("the database has rows already; restore into an empty one, or add --replace")


def _read_rows(session: Session, lines: Iterator[Any], path: Path) -> int:
    table: Table | None = None
    batch: list[dict[str, Any]] = []
    count = 0
    for line in lines:
        if isinstance(line, list) and table is not None:
            batch.append({c.name: _decode(c, v) for c, v in zip(table.columns, line, strict=True)})
            count += 1
        if batch and (len(batch) >= BATCH or isinstance(line, dict)):
            assert table is not None
            session.execute(insert(table), batch)
            batch = []
        if isinstance(line, dict):
            if "rows" in line:
                if line["rows"] != count:
                    break
                return count
            table = metadata().tables[line["table"]]
    raise InputError(f"{path}: ends too early; the backup is not whole, use another one")


def _mend_sequences(session: Session) -> None:
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in metadata().sorted_tables:
        if "id" in table.columns:
            name = session.get_bind().dialect.identifier_preparer.format_table(table)
            session.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'),"  # noqa: S608 our own table names
                    f" COALESCE((SELECT max(id) FROM {name}), 1), (SELECT count(*) > 0 FROM {name}))"
                )
            )


def _encode(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _decode(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, JSON):
        return value
    kind = column.type.python_type
    if kind is bytes:
        return base64.b64decode(value)
    if kind is date:
        return date.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value
