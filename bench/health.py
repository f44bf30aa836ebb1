"""How long do an import and the merge of health take, and does a bad import leave anything behind?

Run from the project's folder: ``python -m bench.health [accounts …] [--db URL]``. An account has twelve metric rows
and ten exposures; the database is a new SQLite file, or the empty one of the address (then give one size).
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from accounts.errors import ImportFailedError
from accounts.importing import import_accounts
from config.competitors import CompetitorConfig, ProductConfig
from config.health import HealthConfig
from config.load import load_configuration
from config.settings import LinkingSettings
from crawlers.registry import catalogue
from healthmerge.run import run_health
from store.accounts import list_accounts
from store.database import Database
from store.metrics import metric_history
from store.models.accounts import ExposureRow
from store.models.evidence import SignalRow
from store.schema import upgrade
from store.sources import list_rivals, sync_rivals

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
SIZES = (5_000, 10_000, 20_000)
METRICS = {"adoption": (20, 95), "csat": (55, 99), "nps": (-30, 80), "touchpoints": (0, 10)}
PERIODS = ("2026-08", "2026-09", "2026-10")
BAD_ROWS = 50
EXPOSURES = 10
RIVALS = 20


def main(sizes: Sequence[int], url: str | None) -> None:
    """Print one line a size; seconds are those of the clock and those of the processor."""
    health = load_configuration(Path("config"), catalogue()).health
    columns = (
        "accounts",
        "bad rows",
        "accounts s",
        "metrics s",
        "again s",
        "import MB",
        "health s",
        "next day s",
        "MB",
    )
    print(" ".join(f"{column:>10}" for column in columns))
    for size in sizes:
        with (
            tempfile.TemporaryDirectory() as folder,
            Database(url or f"sqlite:///{folder}/bench.db") as database,
        ):
            upgrade(database)
            print(_line(database, Path(folder), size, health), flush=True)


def _line(database: Database, folder: Path, size: int, health: HealthConfig) -> str:
    chance = random.Random(size)
    accounts, metrics, broken = folder / "accounts.csv", folder / "metrics.csv", folder / "broken.csv"
    _write(
        accounts, ("key", "name", "industry", "regions", "uses", "rivals_present", "renewal"), _accounts(size)
    )
    rows = list(_metrics(size, chance))
    _write(metrics, ("account", "metric", "period", "value"), rows)
    planted = set(chance.sample(range(len(rows)), BAD_ROWS))
    _write(broken, ("account", "metric", "period", "value"), _spoiled(rows, planted))
    with database.write() as session:
        sync_rivals(session, [_rival(number) for number in range(RIVALS)])
    account_seconds = _timed(database, lambda session: import_accounts(session, accounts, NOW))
    named = _named_rows(database, broken)
    complete = named == {row + 2 for row in planted} and _is_untouched(database)
    metric_seconds = _timed(database, lambda session: import_accounts(session, metrics, NOW))
    again = _timed(database, lambda session: import_accounts(session, metrics, NOW))
    import_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with database.write() as session:
        _expose(session, chance)
    linking = LinkingSettings()
    first = _timed(database, lambda session: run_health(session, NOW, health, linking))
    second = _timed(database, lambda session: run_health(session, NOW + timedelta(days=1), health, linking))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    verdict = f"{len(named)} named" if complete else "INCOMPLETE"
    cells = (
        size,
        verdict,
        account_seconds,
        metric_seconds,
        again,
        f"{import_peak:.0f}",
        first,
        second,
        f"{peak:.0f}",
    )
    return " ".join(f"{cell:>10}" for cell in cells)


def _timed(database: Database, act: Callable[[Session], object]) -> str:
    started, worked = time.perf_counter(), time.process_time()
    with database.write() as session:
        act(session)
    return f"{time.perf_counter() - started:.1f}/{time.process_time() - worked:.1f}"


def _named_rows(database: Database, broken: Path) -> set[int]:
    try:
        with database.write() as session:
            import_accounts(session, broken, NOW)
    except ImportFailedError as error:
        return {problem.row for problem in error.problems}
    return set()


def _is_untouched(database: Database) -> bool:
    with database.read() as session:
        return not metric_history(session, datetime.min.date())


def _rival(number: int) -> CompetitorConfig:
    product = ProductConfig(name=f"Product {number}", tags=(f"tag-{number}",))
    return CompetitorConfig(
        key=f"rival-{number}",
        name=f"Rival {number}",
        domain=f"rival-{number}.example",
        market=f"market-{number % 5}",
        products=(product,),
    )


def _accounts(size: int) -> Iterator[tuple[object, ...]]:
    for n in range(size):
        renewal = (NOW + timedelta(days=n % 365)).date().isoformat()
        yield (
            f"account-{n}",
            f"Account {n} Ltd",
            "banking",
            "GB;IE",
            f"tag-{n % 20}",
            f"rival-{n % 20}",
            renewal,
        )


def _metrics(size: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    for n in range(size):
        for name, (low, high) in METRICS.items():
            for period in PERIODS:
                yield f"account-{n}", name, period, round(chance.uniform(low, high), 2)


def _spoiled(rows: Sequence[tuple[object, ...]], planted: set[int]) -> Iterator[tuple[object, ...]]:
    wrong: list[tuple[object, ...]] = [
        ("nobody", "nps", "2026-09", 1),
        ("account-1", "N P S", "2026-09", 1),
        ("account-1", "nps", "last month", 1),
        ("account-1", "nps", "2026-09", "many"),
    ]
    for index, row in enumerate(rows):
        yield wrong[index % len(wrong)] if index in planted else row


def _write(
    path: Path, columns: Sequence[str], rows: Iterator[tuple[object, ...]] | list[tuple[object, ...]]
) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])


def _expose(session: Session, chance: random.Random) -> None:
    rivals, accounts = list_rivals(session), list_accounts(session)
    signals = [
        _signal(session, rivals[n % len(rivals)].id, n) for n in range(max(EXPOSURES, len(accounts) // 10))
    ]
    reasons = [{"code": "rival_present", "weight": 0.5, "because": "because the rival is in the account"}]
    rows = [
        {
            "account_id": account.id,
            "signal_id": signal_id,
            "score": chance.uniform(0.15, 0.6),
            "reasons": reasons,
            "observed_at": seen,
            "computed_at": seen,
        }
        for account in accounts
        for signal_id, seen in chance.sample(signals, EXPOSURES)
    ]
    session.execute(insert(ExposureRow), rows)


def _signal(session: Session, rival_id: int, number: int) -> tuple[int, datetime]:
    seen = NOW - timedelta(hours=number % 700)
    row = SignalRow(
        rival_id=rival_id,
        story=f"story-{number}",
        category=("launch", "pricing", "customer")[number % 3],
        confidence=0.9,
        impact=0.7,
        headline=f"Headline {number}",
        why="",
        first_seen_at=seen,
        last_seen_at=seen,
        linked_at=seen,
    )
    session.add(row)
    session.flush()
    return row.id, seen


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--db")
    arguments = parser.parse_args()
    main(arguments.sizes, arguments.db)
