"""How long does taking what a CRM and a billing system say take, the first time and when little changed?

Run from the project's folder: ``python -m bench.connections [accounts …]``. Three contacts, one deal and twelve
invoices an account; the systems' answers are made here, so that only our own work is measured.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from accounts.systems import Access, Pull, cursor_at
from accounts.taking import take
from config.connections import SalesforceConfig, StripeConfig
from store.connections import Item, ItemKind, sync_connections
from store.database import Database
from store.records import JsonObject
from store.schema import upgrade

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
SIZES = (5_000, 10_000, 20_000)
CRM = SalesforceConfig(key="crm", type="salesforce", url="https://us.my.salesforce.com")
BILLING = StripeConfig(key="billing", type="stripe")


def main(sizes: Sequence[int]) -> None:
    """Print one line a size; seconds are those of the clock and those of the processor."""
    columns = ("accounts", "crm s", "again s", "1 % s", "billing s", "MB")
    print(" ".join(f"{column:>10}" for column in columns))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, Database(f"sqlite:///{folder}/bench.db") as database:
            upgrade(database)
            with database.write() as session:
                sync_connections(session, [CRM, BILLING], NOW)
            cells = [str(size), *_times(database, size)]
            cells.append(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
            print(" ".join(f"{cell:>10}" for cell in cells), flush=True)


def _times(database: Database, size: int) -> list[str]:
    everything = [item for number in range(size) for item in _company(number)]
    later = NOW + timedelta(hours=6)
    changed = [item for number in range(0, size, 100) for item in _company(number, arr=1)]
    invoices = [item for number in range(size) for item in _invoices(number)]
    return [
        _timed(database, Access(config=CRM, secrets={}, now=NOW), everything, full=True),
        _timed(database, Access(config=CRM, secrets={}, now=NOW), everything, full=True),
        _timed(database, Access(config=CRM, secrets={}, now=later), changed, full=False),
        _timed(database, Access(config=BILLING, secrets={}, now=NOW), invoices, full=True),
    ]


def _timed(database: Database, access: Access, items: Sequence[Item], *, full: bool) -> str:
    started, worked = time.perf_counter(), time.process_time()
    with database.write() as session:
        take(session, access, Pull(items=tuple(items), cursor=cursor_at(access.now), full=full))
    return f"{time.perf_counter() - started:.1f}/{time.process_time() - worked:.1f}"


def _company(number: int, arr: int = 0) -> list[Item]:
    key = f"001{number:06}"
    said = {"name": f"Firm {number} Ltd", "domain": f"firm{number}.example", "arr": str(1000 + number + arr)}
    people = [
        Item(
            kind=ItemKind.CONTACT,
            external_id=f"003{number:06}{letter}",
            parent=key,
            data={"name": f"Person {letter} {number}", "role": "CISO", "last_activity": "2026-10-01"},
        )
        for letter in "abc"
    ]
    deal = {"closed": False, "won": False, "close_date": "2027-03-01", "competitor": None, "type": "Renewal"}
    return [
        Item(kind=ItemKind.COMPANY, external_id=key, parent=key, data=said),
        *people,
        Item(kind=ItemKind.DEAL, external_id=f"006{number:06}", parent=key, data=deal),
    ]


def _invoices(number: int) -> list[Item]:
    key = f"cus_{number}"
    customer: JsonObject = {"name": f"Firm {number}", "domains": [], "key": None}
    found = [Item(kind=ItemKind.COMPANY, external_id=key, parent=key, data=customer)]
    for month in range(12):
        billed = NOW - timedelta(days=30 * month + 5)
        data = {
            "billed": billed.isoformat(),
            "due": (billed + timedelta(days=30)).isoformat(),
            "paid": (billed + timedelta(days=25)).isoformat() if month else None,
            "amount": 1000.0,
            "open": 0.0 if month else 1000.0,
            "currency": "USD",
        }
        invoice = f"in_{number}_{month}"
        found.append(Item(kind=ItemKind.INVOICE, external_id=invoice, parent=key, data=data))
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    main(parser.parse_args().sizes)
