"""Alerts: at once, once, only what is sure, only to those who asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from config.settings import Settings
from digest.run import run_digests
from store.kinds import MailKind
from store.models.evidence import SignalRow
from store.outbox import Mail, list_mails
from tests.digest.seed import World

ALERTS: dict[str, Any] = {"cadence": ["alerts"]}


@pytest.fixture
def signal(world: World) -> SignalRow:
    """Oakline names Meridian Freight, and a flag says so."""
    world.rival("oakline", "Oakline")
    world.account("meridian-freight", "Meridian Freight")
    world.health("meridian-freight", 44, "red", activity=74)
    row = world.signal(
        "oakline", "customer", "Oakline lists Meridian Freight among its customers", confidence=0.9
    )
    world.exposure("meridian-freight", row, 0.9, ("named", 0.9, "Oakline names Meridian Freight"))
    world.flag(
        "meridian-freight",
        "competitor_named",
        "a rival names the account",
        level=3,
        signal=row,
        play="call your main contact",
    )
    return row


def alerts(session: Session) -> list[Mail]:
    return [mail for mail in list_mails(session) if mail.kind is MailKind.ALERT]


def test_an_urgent_flag_is_mailed_at_once_and_once(
    world: World, signal: SignalRow, session: Session, now: datetime, settings: Settings
) -> None:
    world.subscriber(**ALERTS)
    assert run_digests(session, now, settings) == 1
    assert run_digests(session, now + timedelta(hours=1), settings) == 0
    (mail,) = alerts(session)
    assert mail.subject == "Alert, Meridian Freight: Oakline lists Meridian Freight among its customers"
    for words in (
        "Call your main contact.",
        "Oakline lists Meridian Freight among its customers",
        "90 % sure",
    ):
        assert words in mail.text
        assert words in mail.html.replace("&nbsp;", " ")
    assert f"https://watch.us.example/signals/{signal.id}" in mail.html
    assert "https://watch.us.example/u/token-of-dana" in mail.text


@pytest.mark.parametrize(
    "change",
    [
        {"confidence": 0.5},
        {"review": True, "held": True},
        {"retracted_at": datetime.fromisoformat("2026-11-15T00:00Z")},
    ],
)
def test_what_is_not_sure_waits_for_the_weekly_mail(
    world: World,
    signal: SignalRow,
    session: Session,
    now: datetime,
    settings: Settings,
    change: dict[str, Any],
) -> None:
    for name, value in change.items():
        setattr(signal, name, value)
    session.flush()
    world.subscriber(**ALERTS)
    assert run_digests(session, now, settings) == 0


def test_an_alert_says_that_a_category_is_not_certain(
    world: World, signal: SignalRow, session: Session, now: datetime, settings: Settings
) -> None:
    signal.confidence, signal.review = 0.75, True
    session.flush()
    world.subscriber(**ALERTS)
    run_digests(session, now, settings)
    (mail,) = alerts(session)
    for part in (mail.text, mail.html.replace("&nbsp;", " ")):
        assert "category not certain: 75 %" in " ".join(part.split())


@pytest.mark.parametrize(
    "wishes",
    [
        {"cadence": ["monthly"], "send": "mon 06:00"},
        {**ALERTS, "competitors": ["northbeam"]},
        {**ALERTS, "categories": ["pricing"]},
        {**ALERTS, "accounts": ["other"]},
    ],
)
def test_who_did_not_ask_is_not_disturbed(
    world: World,
    signal: SignalRow,
    session: Session,
    now: datetime,
    settings: Settings,
    wishes: dict[str, Any],
) -> None:
    world.subscriber(**wishes)
    run_digests(session, now, settings)
    assert alerts(session) == []


def test_an_old_flag_is_no_alarm_for_a_new_reader(
    world: World, signal: SignalRow, session: Session, now: datetime, settings: Settings
) -> None:
    world.subscriber(**ALERTS)
    assert run_digests(session, now + timedelta(days=3), settings) == 0


def test_an_alert_takes_nothing_from_the_weekly_mail(
    world: World, signal: SignalRow, session: Session, now: datetime, settings: Settings
) -> None:
    world.subscriber(cadence=["weekly", "alerts"])
    assert run_digests(session, now, settings) == 2
    assert all(signal.headline in mail.text.replace("\n   ", " ") for mail in list_mails(session))
