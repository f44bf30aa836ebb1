from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.errors import ConnectionFailedError, Trouble
from accounts.salesforce import pull
from config.accounts import AccountConfig
from config.connections import Connection
from store.account_writes import sync_accounts
from store.accounts import get_account, list_accounts
from store.connections import connection_states
from store.data_problems import stored_problems
from store.database import Database
from store.metrics import metric_history
from tests.accounts.connected import access, connection, prepare, read
from tests.accounts.vendors import Vendor

OLD = "2026-01-05T08:00:00+00:00"


def _account(key: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "Id": key,
        "IsDeleted": False,
        "SystemModstamp": OLD,
        "Name": name,
        "Website": None,
        "Owner": {"Email": "Dana@us.example"},
        "Industry": None,
        "BillingCountry": None,
        "ARR__c": None,
        "Renewal__c": None,
        "Incumbent__c": None,
        **more,
    }


def _contact(key: str, account: str, name: str, last: str | None = None) -> dict[str, Any]:
    return {
        "Id": key,
        "IsDeleted": False,
        "SystemModstamp": OLD,
        "AccountId": account,
        "Name": name,
        "Title": "CISO",
        "LastActivityDate": last,
    }


def _deal(key: str, account: str, **more: Any) -> dict[str, Any]:
    return {
        "Id": key,
        "IsDeleted": False,
        "SystemModstamp": OLD,
        "AccountId": account,
        "IsClosed": False,
        "IsWon": False,
        "CloseDate": "2027-03-01",
        "Type": "New Business",
        "Main_Competitor__c": None,
        **more,
    }


@pytest.fixture
def org(vendor: Vendor) -> Vendor:
    vendor.table("Account").extend(
        [
            _account(
                "001A",
                "Harbour Bank plc",
                Website="https://www.harbourbank.example/en",
                Industry="Banking",
                BillingCountry="Ireland",
                ARR__c=250000.5,
                Incumbent__c="VPX",
            ),
            _account("001B", "Larch Pay", Website="larchpay.example", BillingCountry="US", ARR__c=80000),
            _account("001C", "Quill Insurance", ARR__c=12000, Renewal__c="2027-06-30"),
        ]
    )
    vendor.table("Contact").extend(
        [
            _contact("003A", "001A", "Mara Quill", "2026-11-10"),
            _contact("003B", "001A", "Ben Oakes", "2026-01-10"),
            _contact("003C", "001B", "Ida Thorne"),
        ]
    )
    vendor.table("Opportunity").extend(
        [
            _deal("006A", "001A", Type="Renewal", CloseDate="2027-01-31"),
            _deal("006B", "001A", Main_Competitor__c="Northbeam"),
            _deal(
                "006C", "001B", Main_Competitor__c="northbeam.example", IsClosed=True, CloseDate="2026-05-01"
            ),
        ]
    )
    return vendor


def _config(vendor: Vendor, **more: Any) -> Connection:
    return connection(
        vendor,
        "salesforce",
        key="crm",
        companies={"arr": "ARR__c", "renewal": "Renewal__c", "incumbent": "Incumbent__c"},
        deals={"competitor": "Main_Competitor__c"},
        competitors={"Northbeam": "northbeam"},
        **more,
    )


def test_accounts_contacts_and_opportunities_become_accounts_with_their_people_and_rivals(
    any_database: Database, org: Vendor, now: datetime
) -> None:
    config = _config(org)
    prepare(any_database, [config], now)
    report = read(any_database, config, now)
    assert (report.error, report.full, report.records, report.accounts) == (None, True, 9, 3)
    with any_database.read() as session:
        harbour, larch = get_account(session, "harbour-bank-plc"), get_account(session, "larch-pay")
        quill = get_account(session, "quill-insurance")
        figures = metric_history(session, date(2026, 1, 1))
    assert harbour
    assert larch
    assert quill
    assert (harbour.domain, harbour.industry, harbour.regions) == ("harbourbank.example", "Banking", ("IE",))
    assert (harbour.owner, harbour.arr) == ("dana@us.example", Decimal("250000.50"))
    assert [person.name for person in harbour.stakeholders] == ["Ben Oakes", "Mara Quill"]
    assert harbour.renewal == date(2027, 1, 31)
    assert dict(harbour.rival_standings) == {"northbeam": "in evaluation", "veriplex": "incumbent"}
    assert dict(larch.rival_standings) == {"northbeam": "lost deal"}
    assert harbour.rivals_present == ("northbeam", "veriplex")
    assert quill.renewal == date(2027, 6, 30)
    assert harbour.origins["arr"] == "crm"
    month = date(2026, 11, 1)
    assert figures[harbour.id]["contacts"] == [(month, 2.0)]
    assert figures[harbour.id]["contacts_engaged"] == [(month, 1.0)]
    assert figures[harbour.id]["days_since_contact"] == [(month, 6.0)]
    assert "contacts_engaged" not in figures[larch.id]


def test_all_pages_are_read(any_database: Database, org: Vendor, now: datetime) -> None:
    for number in range(25):
        org.table("Account").append(_account(f"001X{number:02}", f"Firm {number}"))
    config = _config(org)
    prepare(any_database, [config], now)
    assert read(any_database, config, now).accounts == 28
    assert sum("/query/01g-" in path for _, path in org.requests) >= 13


def test_a_second_read_asks_only_for_what_changed_and_repeats_nothing(
    any_database: Database, org: Vendor, now: datetime
) -> None:
    config = _config(org)
    prepare(any_database, [config], now)
    read(any_database, config, now)
    org.queries.clear()
    later = now + timedelta(hours=6)
    org.table("Account")[1] |= {"ARR__c": 95000, "SystemModstamp": later.isoformat()}
    again = read(any_database, config, later)
    assert all("SystemModstamp >= 2026-11-16T05:50:00Z" in query for query in org.queries)
    assert (again.full, again.records, again.accounts) == (False, 1, 1)
    with any_database.read() as session:
        larch = get_account(session, "larch-pay")
    assert larch
    assert larch.arr == Decimal("95000.00")
    assert larch.rivals_present == ("northbeam",)


def test_what_was_deleted_there_is_taken_back_here(
    any_database: Database, org: Vendor, now: datetime
) -> None:
    config = _config(org)
    prepare(any_database, [config], now)
    read(any_database, config, now)
    later = now + timedelta(hours=6)
    org.table("Account")[2] |= {"IsDeleted": True, "SystemModstamp": later.isoformat()}
    org.table("Contact")[1] |= {"IsDeleted": True, "SystemModstamp": later.isoformat()}
    read(any_database, config, later)
    with any_database.read() as session:
        assert [account.key for account in list_accounts(session)] == ["harbour-bank-plc", "larch-pay"]
        harbour = get_account(session, "harbour-bank-plc")
    assert harbour
    assert [person.name for person in harbour.stakeholders] == ["Mara Quill"]


def test_a_full_read_finds_what_vanished_without_a_trace(
    any_database: Database, org: Vendor, now: datetime
) -> None:
    config = _config(org)
    prepare(any_database, [config], now)
    read(any_database, config, now)
    del org.table("Account")[1]
    read(any_database, config, now + timedelta(days=8))
    with any_database.read() as session:
        assert [account.key for account in list_accounts(session)] == ["harbour-bank-plc", "quill-insurance"]


def test_a_company_that_fits_an_account_of_the_file_is_that_account_and_the_file_goes_first(
    any_database: Database, org: Vendor, now: datetime
) -> None:
    config = _config(org)
    prepare(any_database, [config], now)
    mine = AccountConfig.model_validate(
        {
            "key": "harbour",
            "name": "Harbour Bank",
            "domain": "harbourbank.example",
            "industry": "retail banking",
            "arr": 1,
            "tier": "strategic",
        }
    )
    with any_database.write() as session:
        sync_accounts(session, [mine], now)
    read(any_database, config, now)
    with any_database.write() as session:
        sync_accounts(session, [mine], now)
        account = get_account(session, "harbour")
        assert get_account(session, "harbour-bank-plc") is None
    assert account
    assert (account.name, account.industry, account.regions) == ("Harbour Bank", "retail banking", ("IE",))
    assert account.arr == Decimal("250000.50")
    assert (account.origins["industry"], account.origins["arr"], account.tier_origin) == (
        "yaml",
        "crm",
        "yaml",
    )


def test_who_wins_follows_the_configuration(any_database: Database, org: Vendor, now: datetime) -> None:
    prepare(any_database, [_config(org)], now)
    mine = AccountConfig.model_validate(
        {"key": "harbour", "name": "Harbour Bank", "domain": "harbourbank.example", "arr": 1}
    )
    with any_database.write() as session:
        sync_accounts(session, [mine], now)
    read(any_database, _config(org), now)
    prepare(any_database, [_config(org, wins=["industry"])], now)
    with any_database.read() as session:
        account = get_account(session, "harbour")
    assert account
    assert account.arr == Decimal(1)
    prepare(any_database, [], now)
    with any_database.read() as session:
        assert [account.key for account in list_accounts(session)] == ["harbour"]
        account = get_account(session, "harbour")
    assert account
    assert account.industry is None


def test_values_that_can_not_be_are_listed_and_left_out(
    any_database: Database, org: Vendor, now: datetime
) -> None:
    org.table("Account")[0] |= {"ARR__c": -5, "Renewal__c": "0202-01-01", "BillingCountry": "Atlantis"}
    org.table("Account")[1] |= {"Owner": {"Email": "nobody"}, "Website": "n/a"}
    org.table("Opportunity")[1] |= {"Main_Competitor__c": "Somebody Else"}
    config = _config(org)
    prepare(any_database, [config], now)
    assert read(any_database, config, now).problems == 6
    with any_database.read() as session:
        found = {(p.subject, p.field): p.kind.value for p in stored_problems(session)}
        harbour = get_account(session, "harbour-bank-plc")
    assert found == {
        ("Harbour Bank plc (001A)", "arr"): "out of range",
        ("Harbour Bank plc (001A)", "renewal"): "out of range",
        ("Harbour Bank plc (001A)", "region"): "unknown",
        ("Harbour Bank plc (001A)", "competitor of 006B"): "unknown",
        ("Larch Pay (001B)", "owner"): "impossible",
        ("Larch Pay (001B)", "domain"): "impossible",
    }
    assert harbour
    assert harbour.arr is None
    org.table("Account")[0] |= {
        "ARR__c": 5,
        "Renewal__c": None,
        "BillingCountry": "IE",
        "SystemModstamp": (now + timedelta(hours=1)).isoformat(),
    }
    read(any_database, config, now + timedelta(hours=1))
    with any_database.read() as session:
        left = {(p.subject, p.field) for p in stored_problems(session)}
    assert ("Harbour Bank plc (001A)", "arr") not in left
    assert ("Larch Pay (001B)", "owner") in left


def test_signing_in_by_client_credentials_renews_a_session_that_ran_out(org: Vendor, now: datetime) -> None:
    secrets = {"RIVALWATCH_CRM_CLIENT_ID": "id", "RIVALWATCH_CRM_CLIENT_SECRET": "right"}
    asking = access(_config(org), now, secrets=secrets)
    org.fail(401, [{"message": "expired", "errorCode": "INVALID_SESSION_ID"}], only="query")
    assert len(pull(asking, {}).items) == 9
    assert org.signed_in == 2


@pytest.mark.parametrize(
    ("status", "body", "reason", "words"),
    [
        (
            401,
            [{"message": "gone", "errorCode": "INVALID_SESSION_ID"}],
            Trouble.CREDENTIALS,
            "RIVALWATCH_CRM_TOKEN",
        ),
        (403, [{"message": "over", "errorCode": "REQUEST_LIMIT_EXCEEDED"}], Trouble.LIMIT, "daily limit"),
        (
            400,
            [{"message": "No such column", "errorCode": "INVALID_FIELD"}],
            Trouble.REFUSED,
            "No such column",
        ),
        (500, [{"message": "oops", "errorCode": "UNKNOWN"}], Trouble.UNREACHABLE, "status 500"),
        (200, "<html>maintenance</html>", Trouble.BROKEN_ANSWER, "no JSON"),
        (200, {"done": True}, Trouble.BROKEN_ANSWER, "lacks records"),
        (200, {"done": False, "records": [], "totalSize": 3}, Trouble.BROKEN_ANSWER, "before its last page"),
        (
            200,
            {"done": True, "records": [], "totalSize": 3},
            Trouble.BROKEN_ANSWER,
            "3 records announced, 0 came",
        ),
        (
            200,
            {"done": False, "records": [], "totalSize": 3, "nextRecordsUrl": "//evil.example/x"},
            Trouble.BROKEN_ANSWER,
            "strange place",
        ),
    ],
)
def test_every_failure_has_its_reason_and_its_remedy(
    org: Vendor, now: datetime, status: int, body: object, reason: Trouble, words: str
) -> None:
    org.fail(status, body, times=9, only="query")
    with pytest.raises(ConnectionFailedError, match=words) as caught:
        pull(access(_config(org), now), {})
    assert caught.value.reason is reason


def test_limits_and_hiccups_are_waited_out_as_asked(org: Vendor, now: datetime) -> None:
    waited: list[float] = []
    org.fail(429, "[]", only="query", Retry_After="7")
    org.fail(503, "[]", only="query")
    assert len(pull(access(_config(org), now, waited), {}).items) == 9
    assert waited == [7.0, 2.0]


def test_an_answer_cut_off_is_no_answer(org: Vendor, now: datetime) -> None:
    org.cut = True
    with pytest.raises(ConnectionFailedError) as caught:
        pull(access(_config(org), now), {})
    assert caught.value.reason is Trouble.UNREACHABLE


def test_a_failure_half_way_takes_nothing_and_stands_until_a_read_succeeds(
    any_database: Database, org: Vendor, now: datetime
) -> None:
    config = _config(org)
    prepare(any_database, [config], now)
    org.fail(500, "[]", times=9, only="Opportunity")
    report = read(any_database, config, now)
    assert report.error
    with any_database.read() as session:
        assert list_accounts(session) == []
        (state,) = connection_states(session)
    assert (state.failures, state.failing_since, state.cursor) == (1, now, {})
    assert state.error
    org.faults.clear()
    assert read(any_database, config, now + timedelta(hours=6)).error is None
    with any_database.read() as session:
        (state,) = connection_states(session)
    assert (state.error, state.failures, state.failing_since) == (None, 0, None)


def test_missing_credentials_name_the_variables(org: Vendor, now: datetime) -> None:
    config = connection(org, "salesforce", key="other-crm")
    with pytest.raises(ConnectionFailedError, match="RIVALWATCH_OTHER_CRM_CLIENT_ID and") as caught:
        pull(access(config, now), {})
    assert caught.value.reason is Trouble.CREDENTIALS
    assert org.requests == []
