from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.errors import ImportFailedError
from accounts.importing import import_accounts
from accounts.metrics_csv import parse_number, parse_period
from config.accounts import AccountConfig
from store.account_writes import sync_accounts
from store.accounts import get_account, list_accounts
from store.database import Database
from store.metrics import metric_history

HEADER = "key,name,aliases,domain,tier,owner,industry,regions,uses,rivals_present,stakeholders,renewal,arr\n"
GOOD = (
    HEADER
    + 'harbour-bank,Harbour Bank,"Harbour Bank plc; HB",harbourbank.example,strategic,dana@us.example,banking,'
    + "GB;IE,kyc; document-verification,northbeam,Mara Quill (CISO),2027-01-31,250000\n"
    + 'lind,"Lindqvist\nForsikring",,,growth,,insurance,DK,,,,,\n'
)


def _write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "accounts.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _problems(any_database: Database, path: Path, now: datetime) -> list[str]:
    with any_database.write() as session, pytest.raises(ImportFailedError) as caught:
        import_accounts(session, path, now)
    with any_database.read() as session:
        assert list_accounts(session) == []
    return [str(problem) for problem in caught.value.problems]


def test_accounts_arrive_with_all_their_columns(
    any_database: Database, tmp_path: Path, now: datetime
) -> None:
    with any_database.write() as session:
        report = import_accounts(session, _write(tmp_path, GOOD), now)
    assert (report.kind, report.rows, report.created) == ("accounts", 2, 2)
    with any_database.read() as session:
        account = get_account(session, "harbour-bank")
        other = get_account(session, "lind")
    assert account is not None
    assert other is not None
    assert account.aliases == ("Harbour Bank plc", "HB")
    assert account.regions == ("GB", "IE")
    assert account.stakeholders[0].role == "CISO"
    assert account.renewal == date(2027, 1, 31)
    assert other.name == "Lindqvist Forsikring"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_same_file_in_other_clothes_says_the_same(
    any_database: Database, tmp_path: Path, now: datetime, encoding: str, delimiter: str
) -> None:
    text = "key,name,regions\r\nharbour-bank,Härbour Bank,GB|IE\r\n".replace(",", delimiter)
    with any_database.write() as session:
        import_accounts(session, _write(tmp_path, text, encoding), now)
        account = get_account(session, "harbour-bank")
    assert account is not None
    assert (account.name, account.regions) == ("Härbour Bank", ("GB", "IE"))


def test_a_repeated_import_changes_nothing(any_database: Database, tmp_path: Path, now: datetime) -> None:
    path = _write(tmp_path, GOOD)
    with any_database.write() as session:
        import_accounts(session, path, now)
    with any_database.write() as session:
        report = import_accounts(session, path, now + timedelta(days=1))
        account = get_account(session, "harbour-bank")
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert account is not None
    assert account.changed_at == now


def test_every_mistake_is_named_with_row_and_remedy_and_nothing_is_written(
    any_database: Database, tmp_path: Path, now: datetime
) -> None:
    rows = [
        "a,A,,,strategical,,,GB,,,,,",
        ",B,,,growth,,,GB,,,,,",
        "a,Again,,,growth,,,GB,,,,,",
        "c,C,,,growth,,,UK,,,,,",
        "d,D,,,growth,,,Germany,,,,,",
        "e,E,,,growth,,,,,,,31/01/2027,",
        "f,F,,,growth,,,,,,,,250k",
        "g,G,,,growth,nobody,,,,,,,",
        "h,H,growth",
        "Upper,I,,,growth,,,,,,,,",
    ]
    found = _problems(any_database, _write(tmp_path, HEADER + "\n".join(rows)), now)
    expected = [
        ("row 2", "did you mean 'strategic'?"),
        ("row 3", "lower-case letters"),
        ("row 4", "already in row 2"),
        ("row 5", "did you mean 'GB'?"),
        ("row 6", "did you mean 'DE'?"),
        ("row 7", "2027-01-31"),
        ("row 8", "250000.50"),
        ("row 9", "dana@example.com"),
        ("row 10", "3 cells where the header has 13"),
        ("row 11", "harbour-bank"),
    ]
    assert len(found) == len(expected)
    for problem, (row, remedy) in zip(found, expected, strict=True):
        assert problem.startswith(row)
        assert remedy in problem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("key,nmae\na,A\n", "did you mean 'name'?"),
        ("name\nA\n", "column 'key': the column is missing"),
        ("key,name,name\na,A,B\n", "stands twice"),
        ('key,name\na,"A\n', "check the quotes"),
        ("", "the file is empty"),
    ],
)
def test_a_file_that_is_no_table_says_what_to_do(
    any_database: Database, tmp_path: Path, now: datetime, text: str, words: str
) -> None:
    assert words in "\n".join(_problems(any_database, _write(tmp_path, text), now))


def test_another_encoding_is_refused_with_its_line(
    any_database: Database, tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes("key,name\na,A\nb,Härbour\n".encode("latin-1"))
    [problem] = _problems(any_database, path, now)
    assert problem.startswith("row 3")
    assert "CSV UTF-8" in problem


def test_metrics_are_told_by_their_header(any_database: Database, tmp_path: Path, now: datetime) -> None:
    metrics = _write(tmp_path, "account,metric,period,value\na,nps,2026-10,41\na,nps,2026-11,38.5\n")
    with any_database.write() as session:
        sync_accounts(session, [AccountConfig(key="a", name="A")], now)
        assert import_accounts(session, metrics, now).created == 2
        assert import_accounts(session, metrics, now).unchanged == 2
        [history] = metric_history(session, date(2026, 1, 1)).values()
    assert history == {"nps": [(date(2026, 10, 1), 41.0), (date(2026, 11, 1), 38.5)]}


def test_bad_metric_rows_are_all_named(any_database: Database, tmp_path: Path, now: datetime) -> None:
    rows = ["acme,nps,2026-10,41", "acne,nps,2026-10,1", "acme,NPS,2026-10,1", "acme,nps,Oct 2026,1"]
    rows += ["acme,nps,2026-10,many", "acme,nps,2026-10,50", "acme,nps,2026-10,nan", ",nps,2026-10,3"]
    path = _write(tmp_path, "account,metric,period,value\n" + "\n".join(rows))
    with any_database.write() as session:
        sync_accounts(session, [AccountConfig(key="acme", name="Acme")], now)
        with pytest.raises(ImportFailedError) as caught:
            import_accounts(session, path, now)
        assert metric_history(session, date(2026, 1, 1)) == {}
    assert [problem.row for problem in caught.value.problems] == [3, 4, 5, 6, 7, 8, 9]
    assert "did you mean 'acme'?" in str(caught.value)


def test_changed_at_moves_only_for_what_linking_reads(any_database: Database, now: datetime) -> None:
    later = now + timedelta(days=1)
    first = AccountConfig(key="a", name="A", uses=("kyc",))
    with any_database.write() as session:
        sync_accounts(session, [first], now)
        sync_accounts(session, [first.model_copy(update={"owner": "x@y.example"})], later)
        unmoved = get_account(session, "a")
        sync_accounts(session, [first.model_copy(update={"uses": ("aml",)})], later)
        moved = get_account(session, "a")
    assert unmoved is not None
    assert moved is not None
    assert (unmoved.changed_at, moved.changed_at) == (now, later)


def test_accounts_that_left_the_file_become_inactive_and_imported_ones_stay(
    any_database: Database, tmp_path: Path, now: datetime
) -> None:
    with any_database.write() as session:
        sync_accounts(session, [AccountConfig(key="a", name="A"), AccountConfig(key="b", name="B")], now)
        import_accounts(session, _write(tmp_path, "key,name\nc,C\n"), now)
        sync_accounts(session, [AccountConfig(key="b", name="B")], now)
        assert [account.key for account in list_accounts(session)] == ["b", "c"]


def test_a_value_left_standing_in_the_file_does_not_hide_a_later_import(
    any_database: Database, tmp_path: Path, now: datetime
) -> None:
    account = AccountConfig(key="a", name="A", metrics={"nps": 10})
    metrics = _write(tmp_path, "account,metric,period,value\na,nps,2026-12,55\n")
    with any_database.write() as session:
        sync_accounts(session, [account], now)
        import_accounts(session, metrics, now)
        sync_accounts(session, [account], now + timedelta(days=70))
        [history] = metric_history(session, date(2026, 1, 1)).values()
    assert history["nps"][-1] == (date(2026, 12, 1), 55.0)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31)))
def test_a_day_is_its_own_period(day: date) -> None:
    assert parse_period(day.isoformat()) == day


@given(st.text(max_size=12))
def test_numbers_are_finite_or_refused(text: str) -> None:
    try:
        assert abs(parse_number(text)) < float("inf")
    except ValueError:
        return
