"""Mails to owners: talking points at level 1, a check-in with a calendar entry at level 2, a plan at level 3."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from config.settings import Settings
from digest.invitation import CheckIn, calendar_entry, propose
from digest.run import run_digests
from store.kinds import MailKind
from store.models.accounts import FlagRow
from store.outbox import Mail, list_mails
from tests.digest.seed import World

ALERTS: dict[str, Any] = {"cadence": ["alerts"]}
AGENDA = ["What changed, with the evidence", "Their view; prices, terms", "What we agree to do"]


def _mails(session: Session) -> list[Mail]:
    return [mail for mail in list_mails(session) if mail.kind is MailKind.ALERT]


def _message(mail: Mail) -> EmailMessage:
    message = message_from_bytes(mail.raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@pytest.fixture
def check_in(world: World) -> FlagRow:
    world.account("meridian-freight", "Meridian Freight")
    world.health("meridian-freight", 61, "yellow")
    row = world.flag(
        "meridian-freight", "usage_drop", "active users fell by 18 % in a month", play="ask the lead why"
    )
    row.guide = {"kind": "agenda", "lines": AGENDA, "executives": []}
    world.session.flush()
    return row


def test_a_flag_of_level_2_proposes_a_check_in_with_agenda_and_calendar_entry(
    world: World, check_in: FlagRow, session: Session, now: datetime, settings: Settings
) -> None:
    world.subscriber(**ALERTS)
    assert run_digests(session, now, settings) == 1
    assert run_digests(session, now + timedelta(hours=1), settings) == 0
    [mail] = _mails(session)
    assert mail.subject == "Check in with Meridian Freight: active users fell by 18 % in a month"
    for line in (*AGENDA, "Ask the lead why."):
        assert line in mail.text
        assert line in mail.html
    [attached] = list(_message(mail).iter_attachments())
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "check-in.ics")
    entry = attached.get_payload(decode=True)
    assert isinstance(entry, bytes)
    lines = _unfolded(entry.decode())
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "SUMMARY:Check-in with Meridian Freight" in lines
    assert "DTSTART:20261117T100000Z" in lines
    [description] = [line for line in lines if line.startswith("DESCRIPTION:")]
    assert "3. Their view\\; prices\\, terms" in description
    assert "URL:https://watch.us.example/accounts/meridian-freight" in lines


def test_flags_of_one_account_share_a_check_in_and_each_account_has_its_own(
    world: World, check_in: FlagRow, session: Session, now: datetime, settings: Settings
) -> None:
    world.flag("meridian-freight", "cai_jump", "the index rose by 30 points")
    world.account("harbour-bank", "Harbour Bank")
    world.flag("harbour-bank", "cai_jump", "the index rose by 22 points")
    world.subscriber(**ALERTS)
    assert run_digests(session, now, settings) == 2
    assert sorted(mail.subject.partition(":")[0] for mail in _mails(session)) == [
        "Check in with Harbour Bank",
        "Check in with Meridian Freight",
    ]


def test_a_flag_of_an_unsure_signal_says_so_to_its_owner(
    world: World, session: Session, now: datetime, settings: Settings
) -> None:
    world.rival("northbeam", "Northbeam")
    world.account("meridian-freight", "Meridian Freight")
    signal = world.signal("northbeam", "launch", "Northbeam opens Beacon", confidence=0.72, review=True)
    words = "Northbeam launched an equivalent of what the account uses"
    world.flag("meridian-freight", "product_equivalent_launched", words, signal=signal, level=1)
    world.subscriber(**ALERTS)
    assert run_digests(session, now, settings) == 1
    [mail] = _mails(session)
    body = _message(mail).get_body(("plain",))
    assert body is not None
    assert "what the account uses; category not certain: 72 %" in " ".join(body.get_content().split())


def test_flags_of_level_1_come_as_one_mail_with_what_to_say(
    world: World, session: Session, now: datetime, settings: Settings
) -> None:
    for key, name in (("meridian-freight", "Meridian Freight"), ("harbour-bank", "Harbour Bank")):
        world.account(key, name)
        row = world.flag(key, "payment_late", "invoices stay unpaid for 74 days", level=1)
        row.guide = {"kind": "talking_points", "lines": ["These invoices are open."]}
    world.session.flush()
    world.subscriber(**ALERTS)
    assert run_digests(session, now, settings) == 1
    [mail] = _mails(session)
    assert mail.subject == "To know: Meridian Freight, invoices stay unpaid for 74 days and 1 more"
    assert mail.text.count("These invoices are open.") == 2
    assert list(_message(mail).iter_attachments()) == []


def test_a_flag_that_rose_is_told_again_at_its_new_level(
    world: World, check_in: FlagRow, session: Session, now: datetime, settings: Settings
) -> None:
    world.subscriber(**ALERTS)
    run_digests(session, now, settings)
    later = now + timedelta(days=9)
    check_in.level, check_in.raised_at = 3, later
    check_in.guide = {"kind": "action_plan", "lines": ["Owner, today: call them."], "executives": []}
    session.flush()
    assert run_digests(session, later, settings) == 1
    [mail] = [mail for mail in _mails(session) if mail.subject.startswith("Alert")]
    assert "THE PLAN" in mail.text
    assert "1. Owner, today: call them." in mail.text
    assert "Owner, today: call them." in mail.html


@pytest.mark.parametrize(
    ("owner", "wishes", "told"),
    [
        ("dana@us.example", ALERTS, 1),
        ("sam@us.example", {**ALERTS, "accounts": "all"}, 0),
        ("dana@us.example", {"cadence": ["monthly"]}, 0),
    ],
)
def test_only_the_owner_who_asked_for_alerts_gets_check_ins(
    world: World,
    session: Session,
    now: datetime,
    settings: Settings,
    owner: str,
    wishes: dict[str, Any],
    told: int,
) -> None:
    world.account("meridian-freight", "Meridian Freight", owner=owner)
    world.flag("meridian-freight", "usage_drop", "active users fell by 18 % in a month")
    world.subscriber(**wishes)
    run_digests(session, now, settings)
    assert len(_mails(session)) == told


def test_a_named_executive_gets_escalations_of_accounts_that_are_not_theirs(
    world: World, session: Session, now: datetime, settings: Settings
) -> None:
    world.account("meridian-freight", "Meridian Freight", owner="sam@us.example")
    row = world.flag("meridian-freight", "health_red", "the health score stands at 31", level=3)
    row.guide = {"kind": "action_plan", "lines": ["Meet."], "executives": ["dana@us.example"]}
    session.flush()
    world.subscriber(cadence=["monthly"], send="mon 06:00")
    run_digests(session, now, settings)
    assert [mail.subject for mail in _mails(session)] == [
        "Alert, Meridian Freight: The health score stands at 31"
    ]


def test_an_acknowledged_flag_is_not_mailed(
    world: World, check_in: FlagRow, session: Session, now: datetime, settings: Settings
) -> None:
    check_in.state = "acknowledged"
    session.flush()
    world.subscriber(**ALERTS)
    assert run_digests(session, now, settings) == 0


@pytest.mark.parametrize(
    ("now", "starts"),
    [
        ("2026-11-16T06:00+00:00", "2026-11-17T10:00+00:00"),  # Monday
        ("2026-11-20T06:00+00:00", "2026-11-23T10:00+00:00"),  # Friday: Saturday is no working day
        ("2026-07-16T06:00+00:00", "2026-07-17T09:00+00:00"),  # summer time in Dublin
    ],
)
def test_a_check_in_is_proposed_for_ten_on_the_next_working_day(now: str, starts: str) -> None:
    assert propose(datetime.fromisoformat(now), "Europe/Dublin") == datetime.fromisoformat(starts)


@given(st.text(max_size=300), st.lists(st.text(max_size=200), max_size=6))
def test_no_words_break_a_calendar_entry(title: str, agenda: list[str]) -> None:
    at = datetime(2026, 11, 17, 10, tzinfo=UTC)
    check_in = CheckIn(
        identity="check-in-1-2@rivalwatch", starts_at=at, title=title, agenda=agenda, url="https://x"
    )
    entry = calendar_entry(check_in, at)
    raw = entry.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in raw)
    assert "\n" not in "".join(raw)
    names = [line.partition(":")[0] for line in _unfolded(entry)]
    assert names == [
        "BEGIN", "VERSION", "PRODID", "METHOD", "BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY",
        "DESCRIPTION", "URL", "STATUS", "END", "END", "",
    ]  # fmt: skip
