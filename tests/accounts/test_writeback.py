from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.writeback import WriteBackReport, write_health_back
from config.connections import Connection
from store.accounts import account_ids
from store.connections import connection_states
from store.data_problems import stored_problems
from store.database import Database
from store.health import Health, save_health
from store.kinds import Band
from tests.accounts.connected import access, connection, prepare, read
from tests.accounts.test_hubspot import _record
from tests.accounts.test_salesforce import _account
from tests.accounts.vendors import Vendor

NAMES = {"exposed": "Exposed__c", "index": "Index__c", "score": "Health__c", "band": "Band__c"}


def _salesforce(vendor: Vendor) -> Connection:
    fields = {"arr": "ARR__c", "renewal": "Renewal__c", "incumbent": "Incumbent__c"}
    return connection(vendor, "salesforce", key="crm", companies=fields, write_back=NAMES)


def _health(
    database: Database, now: datetime, key: str, score: float | None, index: float | None, band: Band
) -> None:
    with database.write() as session:
        row = Health(
            account_id=account_ids(session)[key],
            as_of=now.date(),
            score=score,
            band=band,
            score_without_competitors=score,
            band_without_competitors=band,
            coverage=1.0,
            competitor_activity_index=index,
            computed_at=now,
        )
        save_health(session, [row])


@pytest.fixture
def org(any_database: Database, vendor: Vendor, now: datetime) -> Vendor:
    vendor.table("Account").extend([_account("001A", "Harbour Bank"), _account("001B", "Larch Pay")])
    prepare(any_database, [_salesforce(vendor)], now)
    assert read(any_database, _salesforce(vendor), now).error is None
    _health(any_database, now, "harbour-bank", 64.4, 51.0, Band.YELLOW)
    _health(any_database, now, "larch-pay", None, None, Band.GREY)
    return vendor


def _write(database: Database, vendor: Vendor, now: datetime) -> WriteBackReport:
    return write_health_back(database, access(_salesforce(vendor), now))


def test_health_goes_into_the_named_fields_and_unknown_stays_unknown(
    any_database: Database, org: Vendor, now: datetime
) -> None:
    assert _write(any_database, org, now).written == 2
    found: dict[str, Any] = {record["id"]: record for record in org.written}
    harbour = {name: found["001A"][name] for name in NAMES.values()}
    assert harbour == {"Exposed__c": True, "Index__c": 51, "Health__c": 64, "Band__c": "yellow"}
    assert (found["001B"]["Health__c"], found["001B"]["Band__c"]) == (None, "grey")
    assert "Exposed__c" not in found["001B"]
    assert found["001A"]["attributes"] == {"type": "Account"}


def test_only_what_differs_is_written_again(any_database: Database, org: Vendor, now: datetime) -> None:
    _write(any_database, org, now)
    org.written.clear()
    assert _write(any_database, org, now).written == 0
    assert org.written == []
    _health(any_database, now + timedelta(days=1), "harbour-bank", 40.0, 51.0, Band.RED)
    assert _write(any_database, org, now + timedelta(days=1)).written == 1
    assert [record["id"] for record in org.written] == ["001A"]


def test_what_the_system_refuses_is_listed_and_tried_again(
    any_database: Database, org: Vendor, now: datetime
) -> None:
    org.refused.add("001A")
    report = _write(any_database, org, now)
    assert (report.written, report.refused) == (1, 1)
    with any_database.read() as session:
        (problem,) = stored_problems(session)
    assert "the record is locked" in problem.message
    org.refused.clear()
    assert _write(any_database, org, now).written == 1
    with any_database.read() as session:
        assert stored_problems(session) == []


def test_a_failed_write_back_stands_and_waits(any_database: Database, org: Vendor, now: datetime) -> None:
    org.fail(401, [{"errorCode": "INVALID_SESSION_ID", "message": "gone"}], times=9)
    assert _write(any_database, org, now).error
    with any_database.read() as session:
        (state,) = connection_states(session)
    assert state.error
    org.faults.clear()
    assert _write(any_database, org, now).written == 2


def test_hubspot_takes_the_same_as_text(any_database: Database, vendor: Vendor, now: datetime) -> None:
    vendor.properties = {
        "companies": {"name", "domain", "industry", "country", "lifecyclestage", "exposed", "band"},
        "contacts": {"firstname", "lastname", "jobtitle", "notes_last_contacted"},
        "deals": {"closedate", "hs_is_closed", "hs_is_closed_won", "dealtype"},
    }
    vendor.table("companies").append(_record("11", name="Harbour Bank", lifecyclestage="customer"))
    config = connection(vendor, "hubspot", key="crm", write_back={"exposed": "exposed", "band": "band"})
    prepare(any_database, [config], now)
    assert read(any_database, config, now).error is None
    _health(any_database, now, "harbour-bank", 64.4, 12.0, Band.YELLOW)
    assert write_health_back(any_database, access(config, now)).written == 1
    assert vendor.written == [{"id": "11", "properties": {"band": "yellow", "exposed": "false"}}]
    vendor.properties["companies"].discard("band")
    _health(any_database, now + timedelta(days=1), "harbour-bank", 80.0, 12.0, Band.GREEN)
    report = write_health_back(any_database, access(config, now + timedelta(days=1)))
    assert report.error
    assert "no property 'band'" in report.error
