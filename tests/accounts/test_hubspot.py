from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts import hubspot
from accounts.errors import ConnectionFailedError, Trouble
from accounts.hubspot import pull
from config.connections import Connection
from store.accounts import get_account, list_accounts
from store.database import Database
from tests.accounts.connected import access, connection, prepare, read
from tests.accounts.vendors import Vendor

OLD = "2026-01-05T08:00:00+00:00"


def _record(key: str, moment: str = OLD, **properties: Any) -> dict[str, Any]:
    stamps = {"hs_lastmodifieddate": moment, "lastmodifieddate": moment}
    return {"id": key, "properties": {**stamps, **properties}}


@pytest.fixture
def portal(vendor: Vendor) -> Vendor:
    vendor.properties = {
        "companies": {"name", "domain", "industry", "country", "lifecyclestage", "arr", "health_band"},
        "contacts": {"firstname", "lastname", "jobtitle", "notes_last_contacted"},
        "deals": {"closedate", "hs_is_closed", "hs_is_closed_won", "dealtype", "competitor"},
    }
    vendor.table("owners").append({"id": "7", "email": "sam@us.example", "archived": False, "userId": 1})
    customer = {"lifecyclestage": "customer", "hubspot_owner_id": "7"}
    vendor.table("companies").extend(
        [
            _record("11", name="Harbour Bank", domain="harbourbank.example", arr="250000", **customer),
            _record("12", name="Larch Pay", country="United States", **customer),
            _record("13", name="Not Ours Yet", lifecyclestage="lead"),
        ]
    )
    vendor.table("contacts").extend(
        [
            _record("21", firstname="Mara", lastname="Quill", notes_last_contacted="2026-11-01T10:00:00Z"),
            _record("22", firstname="Ida", jobtitle="COO"),
            _record("23", firstname="Nobody"),
        ]
    )
    vendor.table("deals").extend(
        [
            _record("31", dealtype="renewal", closedate="2027-02-01T00:00:00Z", hs_is_closed="false"),
            _record("32", competitor="VPX;Northbeam Identity", hs_is_closed="false"),
        ]
    )
    vendor.associations = {
        "contacts": {"21": [("12", None), ("11", "Primary")], "22": [("12", None)]},
        "deals": {"31": [("11", None)], "32": [("12", None)]},
    }
    return vendor


def _config(vendor: Vendor, **more: Any) -> Connection:
    fields = {"companies": {"arr": "arr"}, "deals": {"competitor": "competitor"}}
    return connection(vendor, "hubspot", key="crm", **{**fields, **more})


def test_companies_contacts_and_deals_become_accounts(
    any_database: Database, portal: Vendor, now: datetime
) -> None:
    config = _config(portal)
    prepare(any_database, [config], now)
    report = read(any_database, config, now)
    assert (report.error, report.accounts) == (None, 2)
    with any_database.read() as session:
        harbour, larch = get_account(session, "harbour-bank"), get_account(session, "larch-pay")
    assert harbour
    assert larch
    assert (harbour.owner, harbour.arr, harbour.renewal) == (
        "sam@us.example",
        Decimal(250000),
        date(2027, 2, 1),
    )
    assert [person.name for person in harbour.stakeholders] == ["Mara Quill"]
    assert [(p.name, p.role) for p in larch.stakeholders] == [("Ida", "COO")]
    assert larch.regions == ("US",)
    assert larch.rivals_present == ("northbeam", "veriplex")


def test_only_what_changed_is_asked_for(any_database: Database, portal: Vendor, now: datetime) -> None:
    config = _config(portal)
    prepare(any_database, [config], now)
    read(any_database, config, now)
    later = now + timedelta(hours=6)
    portal.table("companies")[0] = _record(
        "11",
        later.isoformat(),
        name="Harbour Bank Group",
        domain="harbourbank.example",
        lifecyclestage="customer",
    )
    again = read(any_database, config, later)
    assert (again.full, again.records, again.accounts) == (False, 1, 1)
    with any_database.read() as session:
        account = get_account(session, "harbour-bank")
    assert account
    assert (account.name, account.renewal) == ("Harbour Bank Group", date(2027, 2, 1))


def test_a_search_of_more_than_it_gives_is_continued_behind_the_last_id(
    portal: Vendor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubspot, "SEARCH_END", 6)
    for number in range(100, 120):
        portal.table("companies").append(
            _record(str(number), name=f"Firm {number}", lifecyclestage="customer")
        )
    pulled = pull(access(_config(portal), now), {})
    assert sum(item.kind == "company" for item in pulled.items) == 22
    assert any("hs_object_id" in query for query in portal.queries)


def test_a_property_that_does_not_exist_is_an_error_not_an_empty_field(portal: Vendor, now: datetime) -> None:
    config = _config(portal, companies={"arr": "anual_revenue"})
    with pytest.raises(ConnectionFailedError, match="companies have no property 'anual_revenue'") as caught:
        pull(access(config, now), {})
    assert caught.value.reason is Trouble.REFUSED


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (401, {"category": "EXPIRED_AUTHENTICATION"}, Trouble.CREDENTIALS),
        (403, {"category": "MISSING_SCOPES"}, Trouble.CREDENTIALS),
        (400, {"message": "bad filter"}, Trouble.REFUSED),
        (502, "bad gateway", Trouble.UNREACHABLE),
        (200, "<html>", Trouble.BROKEN_ANSWER),
        (200, {"total": 4, "results": []}, Trouble.BROKEN_ANSWER),
        (200, {"total": 4}, Trouble.BROKEN_ANSWER),
    ],
)
def test_every_failure_has_its_reason(
    portal: Vendor, now: datetime, status: int, body: object, reason: Trouble
) -> None:
    portal.fail(status, body, times=9, only="/search", Content_Type="application/json")
    with pytest.raises(ConnectionFailedError) as caught:
        pull(access(_config(portal), now), {})
    assert caught.value.reason is reason


def test_a_limit_is_waited_out_as_asked_and_a_long_one_is_left_to_the_next_read(
    portal: Vendor, now: datetime
) -> None:
    waited: list[float] = []
    portal.fail(429, {"policyName": "TEN_SECONDLY_ROLLING"}, only="/search", Retry_After="10")
    assert pull(access(_config(portal), now, waited), {}).items
    assert waited == [10.0]
    portal.fail(429, {"policyName": "DAILY"}, only="/search", Retry_After="4000")
    with pytest.raises(ConnectionFailedError) as caught:
        pull(access(_config(portal), now, waited), {})
    assert (caught.value.reason, waited) == (Trouble.LIMIT, [10.0])


def test_a_failed_read_leaves_no_account(any_database: Database, portal: Vendor, now: datetime) -> None:
    config = _config(portal)
    prepare(any_database, [config], now)
    portal.fail(500, "", times=9, only="associations")
    assert read(any_database, config, now).error
    with any_database.read() as session:
        assert list_accounts(session) == []
