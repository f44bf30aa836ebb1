"""Everything is kept, once, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, text

from config.competitors import CompetitorConfig, SourceConfig
from config.errors import InputError
from store.backup import backup_database, restore_database
from store.blobs import compress, decompress, get_blob, pack, put_blob, unpack
from store.database import Database
from store.drops import Drop, drops_since, record_drops
from store.errors import BlobMissingError, StoreError
from store.kinds import FetchState, Look, Stage
from store.models.evidence import BlobRow, DropRow
from store.prune import prune_database
from store.schema import current_revision, head_revision, metadata, require_current, upgrade
from store.snapshots import Snapshot, add_snapshot, mark_extracted, snapshot_bytes, waiting_snapshots
from store.sources import due_sources, list_rivals, list_sources, record_attempt, source_turns, sync_rivals


def competitor(*urls: str) -> CompetitorConfig:
    return CompetitorConfig(
        key="northbeam",
        name="Northbeam",
        domain="northbeam.example",
        market="identity",
        sources=tuple(
            SourceConfig(
                key=f"northbeam/page-{index}",
                rival="northbeam",
                type="page",
                url=url,
                every=timedelta(hours=6),
            )
            for index, url in enumerate(urls)
        ),
    )


def snapshot_of(source_id: int, sha256: str, at: datetime) -> Snapshot:
    return Snapshot(
        id=0, source_id=source_id, url="https://northbeam.example/", look=Look.REGULAR, fetched_at=at,
        state=FetchState.OK, blob_sha256=sha256,
    )  # fmt: skip


def test_the_migrations_make_exactly_the_tables_of_the_models(any_database: Database) -> None:
    found = inspect(any_database.engine)
    for table in metadata().sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: bool(column.nullable) for column in table.columns}
        uniques = {tuple(sorted(u["column_names"])) for u in found.get_unique_constraints(table.name)}
        for constraint in table.constraints:
            if constraint.__class__.__name__ == "UniqueConstraint":
                assert tuple(sorted(c.name for c in constraint.columns)) in uniques  # type: ignore[attr-defined]


def test_upgrading_twice_changes_nothing_and_an_empty_database_is_told_what_to_run(tmp_path: Path) -> None:
    with Database(f"sqlite:///{tmp_path}/new.db") as database:
        with pytest.raises(StoreError, match="rivalwatch db upgrade"):
            require_current(database)
        upgrade(database)
        upgrade(database)
        assert current_revision(database) == head_revision()


def test_the_same_bytes_are_stored_once_and_come_back(any_database: Database) -> None:
    with any_database.write() as session:
        first = put_blob(session, b"<html>price</html>" * 500)
        assert put_blob(session, b"<html>price</html>" * 500) == first
    with any_database.read() as session:
        assert get_blob(session, first) == b"<html>price</html>" * 500
        row = session.get_one(BlobRow, first)
        assert row.size_bytes == 9_000
        assert len(row.data) < 200
        with pytest.raises(BlobMissingError):
            get_blob(session, "0" * 64)


@given(st.binary(max_size=2_000))
def test_compression_loses_nothing(data: bytes) -> None:
    assert decompress(compress(data)) == data


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.lists(c, max_size=4), max_leaves=8
    )
)
def test_packed_json_comes_back(value: object) -> None:
    assert unpack(pack(value)) == value


def test_a_fetch_is_stored_once_and_waits_until_it_is_extracted(
    any_database: Database, now: datetime
) -> None:
    with any_database.write() as session:
        sync_rivals(session, [competitor("https://northbeam.example/")])
        source = list_sources(session)[0]
        snapshot = snapshot_of(source.id, put_blob(session, b"body"), now)
        assert add_snapshot(session, snapshot)
        assert not add_snapshot(session, snapshot)
    with any_database.write() as session:
        (waiting,) = waiting_snapshots(session, 10)
        assert snapshot_bytes(session, waiting) == b"body"
        assert waiting.fetched_at == now
        mark_extracted(session, waiting.id, now)
        assert waiting_snapshots(session, 10) == []


def test_a_source_that_left_the_configuration_is_no_longer_due(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        sync_rivals(session, [competitor("https://northbeam.example/a", "https://northbeam.example/b")])
        assert [s.url[-1] for s in due_sources(session, now)] == ["a", "b"]
        sync_rivals(session, [competitor("https://northbeam.example/a")])
        assert [s.url[-1] for s in due_sources(session, now)] == ["a"]
        sync_rivals(session, [])
        assert list_rivals(session) == []


def test_only_a_turn_of_state_is_recorded_not_every_failure(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        sync_rivals(session, [competitor("https://northbeam.example/")])
        key = list_sources(session)[0].id
        for hour, state in enumerate(
            [
                FetchState.OK,
                FetchState.UNCHANGED,
                FetchState.BLOCKED,
                FetchState.BLOCKED,
                FetchState.UNCHANGED,
            ]
        ):
            at = now + timedelta(hours=hour)
            record_attempt(session, key, state, "challenge", at, at + timedelta(hours=1))
        source = list_sources(session)[0]
        assert (source.state, source.failures, source.fetches) == (FetchState.OK, 0, 5)
        assert source.last_success_at == now + timedelta(hours=4)
        turns = source_turns(session, now, now + timedelta(days=1))
        assert [turn.after.value for turn in turns] == ["ok", "blocked", "ok"]


def test_the_same_drop_is_kept_once(any_database: Database, now: datetime) -> None:
    drop = Drop(stage=Stage.EXTRACT, reason="nonce", subject="snapshot:1", at=now, before="a", after="b")
    with any_database.write() as session:
        record_drops(session, [drop, drop])
        record_drops(session, [drop])
        record_drops(session, [])
    with any_database.read() as session:
        assert drops_since(session, now) == [drop]


def test_naive_moments_are_refused(database: Database) -> None:
    with pytest.raises(Exception, match="naive datetime"), database.write() as session:
        session.add(DropRow(stage="extract", reason="r", subject="s", digest="d", at=datetime(2026, 1, 1)))


def test_two_writers_queue_instead_of_failing(database: Database) -> None:
    def count_up() -> None:
        for _ in range(25):
            with database.write() as session:
                value = session.scalar(text("SELECT count(*) FROM blob")) or 0
                session.execute(
                    text("INSERT INTO blob (sha256, size_bytes, data) VALUES (:key, 0, x'')"),
                    {"key": str(value)},
                )

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM blob")) == 50


def fill(database: Database, now: datetime) -> None:
    with database.write() as session:
        sync_rivals(session, [competitor("https://northbeam.example/ä\n", "https://northbeam.example/b")])
        for source in list_sources(session):
            for day in (400, 0):
                body = put_blob(session, f"{source.key} {day}".encode())
                add_snapshot(session, snapshot_of(source.id, body, now - timedelta(days=day)))
        for waiting in waiting_snapshots(session, 10):
            mark_extracted(session, waiting.id, now)
        record_drops(session, [Drop(stage=Stage.LINK, reason="r", subject="signal:1", at=now, before="ü")])


def contents(database: Database) -> dict[str, list[str]]:
    with database.read() as session:
        return {
            table.name: sorted(map(repr, session.execute(table.select()).all()))
            for table in metadata().sorted_tables
        }


def test_a_backup_restores_every_row(any_database: Database, tmp_path: Path, now: datetime) -> None:
    fill(any_database, now)
    rows = backup_database(any_database, tmp_path / "all.backup")
    with Database(f"sqlite:///{tmp_path}/restored.db") as other:
        upgrade(other)
        assert restore_database(other, tmp_path / "all.backup") == rows
        assert contents(other) == contents(any_database)
        with pytest.raises(InputError, match="--replace"):
            restore_database(other, tmp_path / "all.backup")
    assert restore_database(any_database, tmp_path / "all.backup", replace=True) == rows
    with any_database.write() as session:
        record_drops(session, [Drop(stage=Stage.LINK, reason="new", subject="signal:2", at=now)])


def test_a_cut_or_foreign_backup_changes_nothing(database: Database, tmp_path: Path, now: datetime) -> None:
    fill(database, now)
    whole = tmp_path / "whole.backup"
    backup_database(database, whole)
    plain = decompress_all(whole)
    cut = tmp_path / "cut.backup"
    cut.write_bytes(compress(b"\n".join(plain.split(b"\n")[:-3]) + b"\n"))
    before = contents(database)
    with pytest.raises(InputError, match="not whole"):
        restore_database(database, cut, replace=True)
    foreign = tmp_path / "foreign.backup"
    foreign.write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(InputError, match="damaged"):
        restore_database(database, foreign, replace=True)
    assert contents(database) == before


def decompress_all(path: Path) -> bytes:
    import zstandard

    return zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read()


def test_pruning_keeps_the_newest_snapshot_of_each_source(any_database: Database, now: datetime) -> None:
    fill(any_database, now)
    with any_database.write() as session:
        report = prune_database(session, now - timedelta(days=100), now + timedelta(days=1))
        assert (report.snapshots, report.blobs, report.drops) == (2, 2, 1)
        again = prune_database(session, now - timedelta(days=100), now + timedelta(days=1))
        assert (again.snapshots, again.blobs, again.drops) == (0, 0, 0)


def test_more_snapshots_than_a_statement_may_name_are_pruned(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, now)
    monkeypatch.setattr("store.prune.BATCH", 10)
    with database.write() as session:
        source = list_sources(session)[0]
        for day in range(101, 151):
            body = put_blob(session, f"body of {day}".encode())
            add_snapshot(session, snapshot_of(source.id, body, now - timedelta(days=day)))
        for waiting in waiting_snapshots(session, 100):
            mark_extracted(session, waiting.id, now)
        connection = session.connection().connection.dbapi_connection
        assert isinstance(connection, sqlite3.Connection)
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 25)
        report = prune_database(session, now - timedelta(days=100), now)
    assert report.snapshots == 51  # all but the one taken last


def test_an_unusable_database_is_named_without_its_password(tmp_path: Path) -> None:
    with (
        pytest.raises(
            StoreError, match=r"database postgresql.*\*\*\*.*check that the database runs"
        ) as caught,
        Database("postgresql://someone:geheim@127.0.0.1:1/none") as database,
        database.read() as session,
    ):
        session.execute(text("SELECT 1"))
    assert "geheim" not in str(caught.value)
    with pytest.raises(StoreError, match="not a database address"):
        Database("nonsense")


def test_moments_come_back_aware(any_database: Database) -> None:
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    with any_database.write() as session:
        record_drops(session, [Drop(stage=Stage.CRAWL, reason="r", subject="s", at=at)])
    with any_database.read() as session:
        assert drops_since(session, at)[0].at == at
        assert drops_since(session, at)[0].at.tzinfo is not None
