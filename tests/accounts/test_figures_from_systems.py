"""Zendesk, Intercom and Stripe: monthly figures of accounts that are known already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts import intercom, stripe_invoices, zendesk
from accounts.errors import ConnectionFailedError, Trouble
from config.accounts import AccountConfig
from store.account_writes import sync_accounts
from store.accounts import account_ids
from store.connections import connection_states
from store.data_problems import stored_problems
from store.database import Database
from store.metrics import metric_history
from tests.accounts.connected import access, connection, prepare, read
from tests.accounts.vendors import Vendor

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
ACCOUNTS = [
    AccountConfig(key="harbour-bank", name="Harbour Bank", domain="harbourbank.example"),
    AccountConfig(key="larch-pay", name="Larch Pay"),
]


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def _figures(database: Database, key: str) -> dict[str, dict[date, float]]:
    with database.read() as session:
        found = metric_history(session, date(2020, 1, 1)).get(account_ids(session)[key], {})
    return {name: dict(values) for name, values in found.items()}


def _ready(database: Database, config: Any, now: datetime) -> None:
    prepare(database, [config], now)
    with database.write() as session:
        sync_accounts(session, ACCOUNTS, now)


def _ticket(key: int, created: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "organization_id": 1,
        "status": "solved",
        "created_at": created,
        "satisfaction_rating": {"score": more.pop("score", "unoffered")},
        "metric_set": {
            "solved_at": more.pop("solved", None),
            "full_resolution_time_in_minutes": {"calendar": more.pop("minutes", None), "business": 1},
        },
        **more,
    }


@pytest.fixture
def desk(vendor: Vendor) -> Vendor:
    vendor.table("organizations").extend(
        [
            {"id": 1, "name": "Harbour", "domain_names": ["harbourbank.example"], "external_id": None},
            {"id": 2, "name": "Strangers", "domain_names": [], "external_id": None},
        ]
    )
    vendor.table("tickets").extend(
        [
            _ticket(1, "2026-10-02T08:00:00Z", solved="2026-10-03T08:00:00Z", minutes=1440, score="good"),
            _ticket(2, "2026-10-20T08:00:00Z", solved="2026-11-01T20:00:00Z", minutes=720, score="bad"),
            _ticket(3, "2026-11-05T08:00:00Z"),
            _ticket(4, "2026-11-06T08:00:00Z", organization_id=None),
            _ticket(5, "2026-11-06T08:00:00Z", status="deleted"),
        ]
    )
    return vendor


def test_zendesk_gives_tickets_hours_and_satisfaction_by_month(
    any_database: Database, desk: Vendor, now: datetime
) -> None:
    config = connection(desk, "zendesk", key="desk")
    _ready(any_database, config, now)
    assert read(any_database, config, now).error is None
    found = _figures(any_database, "harbour-bank")
    assert (found["tickets"][OCTOBER], found["tickets"][NOVEMBER], found["tickets"][date(2026, 3, 1)]) == (
        2,
        1,
        0,
    )
    assert found["resolution_hours"] == {OCTOBER: 24.0, NOVEMBER: 12.0}
    assert found["csat"] == {OCTOBER: 50.0}
    assert not _figures(any_database, "larch-pay")
    with any_database.read() as session:
        (problem,) = stored_problems(session)
    assert "1 fit no account, such as Strangers" in problem.message


def test_zendesk_goes_on_at_its_cursor_and_counts_a_changed_ticket_once(
    any_database: Database, desk: Vendor, now: datetime
) -> None:
    config = connection(desk, "zendesk", key="desk")
    _ready(any_database, config, now)
    read(any_database, config, now)
    desk.requests.clear()
    desk.table("tickets").append(
        _ticket(3, "2026-11-05T08:00:00Z", solved="2026-11-06T08:00:00Z", minutes=1440)
    )
    desk.table("tickets").append(_ticket(1, "2026-10-02T08:00:00Z", status="deleted"))
    again = read(any_database, config, now + timedelta(hours=6))
    assert again.records == 3  # two organizations and one ticket
    assert any("cursor=5" in path for _, path in desk.requests)
    found = _figures(any_database, "harbour-bank")
    assert (found["tickets"][OCTOBER], found["tickets"][NOVEMBER]) == (1, 1)
    assert found["resolution_hours"][NOVEMBER] == 18.0


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (401, {"error": "Couldn't authenticate you"}, Trouble.CREDENTIALS),
        (500, "", Trouble.UNREACHABLE),
        (422, {"error": "StartTimeTooRecent"}, Trouble.REFUSED),
        (200, "not json", Trouble.BROKEN_ANSWER),
        (200, [], Trouble.BROKEN_ANSWER),
        (200, {"tickets": [], "end_of_stream": False}, Trouble.BROKEN_ANSWER),
        (200, {"tickets": None, "end_of_stream": True}, Trouble.BROKEN_ANSWER),
    ],
)
def test_every_failure_of_zendesk_has_its_reason(
    desk: Vendor, now: datetime, status: int, body: object, reason: Trouble
) -> None:
    desk.fail(status, body, times=9, only="tickets")
    with pytest.raises(ConnectionFailedError) as caught:
        zendesk.pull(access(connection(desk, "zendesk", key="desk"), now), {})
    assert caught.value.reason is reason


def test_zendesk_takes_an_address_with_an_api_token_too(desk: Vendor, now: datetime) -> None:
    config = connection(desk, "zendesk", key="other")
    secrets = {"RIVALWATCH_OTHER_EMAIL": "ops@us.example", "RIVALWATCH_OTHER_API_TOKEN": "x"}
    assert zendesk.pull(access(config, now, secrets=secrets), {}).items


@pytest.fixture
def inbox(vendor: Vendor) -> Vendor:
    vendor.table("companies").append(
        {"id": "c1", "name": "Larch Pay Inc.", "company_id": "x", "website": None}
    )
    vendor.table("contacts").extend(
        [
            {"id": "p1", "companies": {"data": [{"id": "c1", "type": "company"}]}},
            {"id": "p2", "companies": {"data": []}},
        ]
    )
    opened = _seconds("2026-11-03T08:00:00")
    for number, (person, rating) in enumerate([("p1", 5), ("p1", 2), ("p2", 1), ("p1", None), ("gone", 1)]):
        vendor.table("conversations").append(
            {
                "id": str(number),
                "created_at": opened,
                "updated_at": opened + 7200,
                "state": "closed" if number else "open",
                "contacts": {"contacts": [{"id": person, "type": "contact"}]},
                "statistics": {"time_to_last_close": 7200, "last_close_at": opened + 7200},
                "conversation_rating": None if rating is None else {"rating": rating},
            }
        )
    return vendor


def test_intercom_gives_the_same_figures(any_database: Database, inbox: Vendor, now: datetime) -> None:
    config = connection(inbox, "intercom", key="desk")
    _ready(any_database, config, now)
    assert read(any_database, config, now).error is None
    found = _figures(any_database, "larch-pay")
    assert found["tickets"][NOVEMBER] == 3
    assert (found["resolution_hours"][NOVEMBER], found["csat"][NOVEMBER]) == (2.0, 50.0)
    assert sum(path == "/contacts/p1" for _, path in inbox.requests) == 1
    assert read(any_database, config, now + timedelta(hours=6)).records == 0


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (401, {"type": "error.list"}, Trouble.CREDENTIALS),
        (503, "", Trouble.UNREACHABLE),
        (200, "{", Trouble.BROKEN_ANSWER),
        (200, {"conversations": [], "pages": {}, "total_count": 4}, Trouble.BROKEN_ANSWER),
    ],
)
def test_every_failure_of_intercom_has_its_reason(
    inbox: Vendor, now: datetime, status: int, body: object, reason: Trouble
) -> None:
    inbox.fail(status, body, times=9, only="conversations")
    with pytest.raises(ConnectionFailedError) as caught:
        intercom.pull(access(connection(inbox, "intercom", key="desk"), now), {})
    assert caught.value.reason is reason


def _invoice(key: str, billed: str, due: str, paid: str | None, total: int, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "object": "invoice",
        "customer": "cus_1",
        "currency": "usd",
        "created": _seconds(billed),
        "due_date": _seconds(due),
        "status": "paid" if paid else "open",
        "status_transitions": {
            "finalized_at": _seconds(billed),
            "paid_at": _seconds(paid) if paid else None,
        },
        "total": total,
        "amount_remaining": 0 if paid else total,
        **more,
    }


@pytest.fixture
def billing(vendor: Vendor) -> Vendor:
    vendor.table("customers").append(
        {
            "id": "cus_1",
            "object": "customer",
            "name": "HB",
            "email": "ap@x.example",
            "created": 1,
            "metadata": {"account": "harbour-bank"},
        }
    )
    vendor.table("invoices").extend(
        [
            _invoice("in_1", "2026-08-15", "2026-09-14", "2026-09-10", 100_000),
            _invoice("in_2", "2026-09-15", "2026-10-15", "2026-10-25", 100_000),
            _invoice("in_3", "2026-10-15", "2026-11-14", None, 120_000),
            _invoice("in_4", "2026-10-15", "2026-10-20", None, 5_000, currency="eur"),
            _invoice("in_5", "2026-10-15", "2026-10-20", None, 5_000, status="draft"),
        ]
    )
    return vendor


def test_stripe_gives_what_was_due_paid_on_time_sold_and_open(
    any_database: Database, billing: Vendor, now: datetime
) -> None:
    config = connection(billing, "stripe", key="billing")
    _ready(any_database, config, now)
    assert read(any_database, config, now).error is None
    found = _figures(any_database, "harbour-bank")
    september = date(2026, 9, 1)
    assert found["invoices_due"] == {date(2026, 8, 1): 0, september: 1, OCTOBER: 1, NOVEMBER: 1}
    assert found["invoices_on_time"] == {september: 1, OCTOBER: 0, NOVEMBER: 0}
    assert found["payment_days_late"][OCTOBER] == 10
    assert found["credit_sales"] == {date(2026, 8, 1): 1000, september: 1000, OCTOBER: 1200, NOVEMBER: 0}
    assert found["receivables"] == {date(2026, 8, 1): 1000, september: 1000, OCTOBER: 1200, NOVEMBER: 1200}
    assert set(found["receivables_over_60"].values()) == {0}
    with any_database.read() as session:
        assert [p.field for p in stored_problems(session)] == ["currency"]


def test_stripe_is_read_on_by_its_events(any_database: Database, billing: Vendor, now: datetime) -> None:
    config = connection(billing, "stripe", key="billing")
    _ready(any_database, config, now)
    read(any_database, config, now)
    billing.requests.clear()
    paid = _invoice("in_3", "2026-10-15", "2026-11-14", "2026-11-16", 120_000)
    for number, (kind, record) in enumerate(
        [("invoice.updated", billing.table("invoices")[2]), ("invoice.paid", paid)]
    ):
        billing.table("events").append(
            {
                "id": f"evt_{number}",
                "object": "event",
                "type": kind,
                "created": int(now.timestamp()) + number,
                "data": {"object": record},
            }
        )
    again = read(any_database, config, now + timedelta(hours=6))
    assert (again.error, again.full, again.records) == (None, False, 1)
    assert not any("/v1/invoices" in path for _, path in billing.requests)
    assert _figures(any_database, "harbour-bank")["receivables"][NOVEMBER] == 0


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (401, {"error": {"message": "Invalid API Key"}}, Trouble.CREDENTIALS),
        (429, {"error": {"message": "slow down"}}, Trouble.LIMIT),
        (500, {"error": {"message": "oops"}}, Trouble.UNREACHABLE),
        (400, {"error": {"message": "no such parameter"}}, Trouble.REFUSED),
        (200, "not json", Trouble.BROKEN_ANSWER),
        (200, {"object": "list", "has_more": True, "data": []}, Trouble.BROKEN_ANSWER),
    ],
)
def test_every_failure_of_stripe_has_its_reason(
    billing: Vendor, now: datetime, status: int, body: object, reason: Trouble
) -> None:
    billing.fail(status, body, times=9, only="invoices")
    with pytest.raises(ConnectionFailedError) as caught:
        stripe_invoices.pull(access(connection(billing, "stripe", key="billing"), now), {})
    assert caught.value.reason is reason


@pytest.mark.parametrize(("kind", "key"), [("zendesk", "desk"), ("intercom", "desk"), ("stripe", "billing")])
def test_a_failed_read_moves_no_cursor(
    any_database: Database, vendor: Vendor, now: datetime, kind: str, key: str
) -> None:
    config = connection(vendor, kind, key=key)
    _ready(any_database, config, now)
    vendor.fail(500, "", times=99)
    assert read(any_database, config, now).error
    with any_database.read() as session:
        (state,) = connection_states(session)
    assert state.cursor == {}
    assert state.failing_since == now
