"""Subscribers: what the configuration says, with tokens and unsubscriptions that outlive it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.subscribers import SubscriberConfig
from store.subscribers import (
    find_subscriber,
    list_subscribers,
    resubscribe,
    subscriber_by_token,
    sync_subscribers,
    unsubscribe,
)

DANA = SubscriberConfig.model_validate({"email": "Dana@us.example", "name": "Dana", "send": "tue 08:30"})
RUI = SubscriberConfig.model_validate(
    {"email": "rui@us.example", "name": "Rui", "accounts": ["a"], "competitors": ["n"], "min_impact": 0.5}
)


def test_wishes_are_read_back_as_written(session: Session, now: datetime) -> None:
    sync_subscribers(session, [DANA, RUI], now)
    dana, rui = list_subscribers(session)
    assert (dana.key, dana.email) == ("dana@us.example", "Dana@us.example")
    assert (dana.weekday, dana.send_minute) == (1, 8 * 60 + 30)
    assert (dana.accounts, rui.accounts, rui.competitors, rui.min_impact) == ("owned", ("a",), ("n",), 0.5)
    assert rui.reads(rui.competitors, "n")
    assert not rui.reads(rui.competitors, "other")


def test_tokens_stay_and_differ(session: Session, now: datetime) -> None:
    sync_subscribers(session, [DANA, RUI], now)
    first = [reader.token for reader in list_subscribers(session)]
    sync_subscribers(session, [DANA, RUI], now)
    assert [reader.token for reader in list_subscribers(session)] == first
    assert len(set(first)) == 2
    assert min(map(len, first)) >= 32


def test_who_leaves_the_configuration_gets_no_mail(session: Session, now: datetime) -> None:
    sync_subscribers(session, [DANA, RUI], now)
    sync_subscribers(session, [RUI], now)
    assert [reader.key for reader in list_subscribers(session)] == ["rui@us.example"]
    assert find_subscriber(session, "dana@us.example") is None


def test_who_unsubscribed_stays_so_until_they_come_back(session: Session, now: datetime) -> None:
    sync_subscribers(session, [DANA], now)
    token = list_subscribers(session)[0].token
    assert unsubscribe(session, token, now)
    assert unsubscribe(session, token, now + timedelta(days=1))
    sync_subscribers(session, [DANA], now + timedelta(days=2))
    assert list_subscribers(session) == []
    found = subscriber_by_token(session, token)
    assert found is not None
    assert found.unsubscribed_at == now
    assert resubscribe(session, token)
    assert len(list_subscribers(session)) == 1


def test_an_unknown_token_changes_nothing(session: Session, now: datetime) -> None:
    assert not unsubscribe(session, "nobody", now)
    assert not resubscribe(session, "nobody")
    assert subscriber_by_token(session, "nobody") is None
