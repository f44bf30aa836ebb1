"""Running: one mail a reader and period, whatever is repeated or crashes; a preview sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from config.settings import Settings
from config.subscribers import SubscriberConfig
from digest.errors import UnknownSubscriberError, WeekAheadError
from digest.preview import coming_week, preview
from digest.run import run_digests
from store.digests import digests_of
from store.drops import drops_since
from store.kinds import MailKind
from store.models.accounts import ExposureRow
from store.outbox import list_mails
from store.subscribers import find_subscriber, list_subscribers, sync_subscribers, unsubscribe
from tests.digest import worlds
from tests.digest.seed import World

WEEK = timedelta(days=7)


def readers(session: Session, now: datetime, *configs: Mapping[str, object]) -> None:
    parsed = [
        SubscriberConfig.model_validate({"name": "R", "send": "mon 06:00", **config}) for config in configs
    ]
    sync_subscribers(session, parsed, now)


def test_each_reader_gets_one_mail_a_week_however_often_it_runs(
    session: Session, now: datetime, settings: Settings
) -> None:
    readers(session, now, {"email": "a@us.example"}, {"email": "b@us.example", "send": "wed 06:00"})
    assert run_digests(session, now, settings) == 2
    assert run_digests(session, now + timedelta(days=1), settings) == 0
    assert run_digests(session, now + timedelta(days=2), settings) == 1
    assert run_digests(session, now + WEEK, settings) == 1
    keys = {(mail.recipient, mail.message_id) for mail in list_mails(session)}
    assert len(keys) == 4


def test_many_readers_are_served_in_batches(session: Session, now: datetime, settings: Settings) -> None:
    readers(session, now, *[dict[str, object](email=f"r{n}@us.example") for n in range(5)])
    assert [run_digests(session, now, settings, limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_the_digest_keeps_what_was_told(
    world: World, session: Session, now: datetime, settings: Settings
) -> None:
    reader = worlds.rich(world)
    assert run_digests(session, now, settings) == 1
    (record,) = digests_of(session, reader.id, MailKind.WEEKLY)
    assert record.told[0].headline.startswith("Northbeam Identity raised Pro")
    assert record.told[0].accounts == ("Harbour Bank", "Quayside Insurance")
    assert len(record.told) == 7
    assert len(record.held) == 1


def test_nobody_who_unsubscribed_or_wants_alerts_only_is_mailed(
    session: Session, now: datetime, settings: Settings
) -> None:
    readers(session, now, {"email": "a@us.example"}, {"email": "b@us.example", "cadence": ["alerts"]})
    reader = find_subscriber(session, "a@us.example")
    assert reader is not None
    unsubscribe(session, reader.token, now)
    assert run_digests(session, now, settings) == 0
    assert run_digests(session, now, settings, subscriber="a@us.example") == 0


def test_monthly_and_quarterly_summaries_come_beside_the_weekly_mail(
    session: Session, now: datetime, settings: Settings
) -> None:
    readers(session, now, {"email": "a@us.example", "cadence": ["weekly", "monthly", "quarterly"]})
    assert run_digests(session, now, settings) == 3
    subjects = {mail.kind: mail.subject for mail in list_mails(session)}
    assert subjects[MailKind.MONTHLY].startswith("Quiet month")
    assert subjects[MailKind.QUARTERLY].startswith("Quiet quarter")


def test_one_readers_crash_keeps_no_other_from_their_mail(
    world: World, session: Session, now: datetime, settings: Settings
) -> None:
    worlds.rich(world)
    session.query(ExposureRow).first().reasons = [{"code": "no such reason"}]  # type: ignore[union-attr]
    session.flush()
    readers(
        session,
        now,
        {"email": "dana@us.example"},
        {"email": "zoe@us.example", "competitors": ["nobody"]},
    )
    assert run_digests(session, now, settings) == 1
    assert [mail.recipient for mail in list_mails(session)] == ["zoe@us.example"]
    (drop,) = drops_since(session, now)
    assert drop.reason == "crashed"


def test_a_week_asked_for_early_ends_now_and_the_next_goes_on_from_there(
    world: World, session: Session, now: datetime, settings: Settings
) -> None:
    world.rival("northbeam", "Northbeam")
    world.signal("northbeam", "launch", "Before", seen=timedelta(days=1))
    reader = world.subscriber(send="sun 06:00")
    assert run_digests(session, now, settings, week="2026-W47") == 1
    world.signal("northbeam", "launch", "After", seen=timedelta(hours=-5))
    assert run_digests(session, now + timedelta(days=13), settings) == 1
    first, second = digests_of(session, reader.id, MailKind.WEEKLY)
    assert (first.until, second.since) == (now, now)
    assert [told.headline for told in second.told] == ["After"]


def test_a_week_that_has_begun_for_nobody_is_refused_and_its_mail_comes_in_time(
    session: Session, now: datetime, settings: Settings
) -> None:
    readers(session, now, {"email": "a@us.example"})
    with pytest.raises(WeekAheadError, match="2027-W10 cover what comes after 2027-03-01 06:00 UTC"):
        run_digests(session, now, settings, week="2027-W10")
    assert list_mails(session) == []
    assert run_digests(session, datetime(2027, 3, 8, 7, tzinfo=UTC), settings) == 1


def test_a_week_that_has_begun_for_some_is_mailed_to_them_alone(
    session: Session, now: datetime, settings: Settings
) -> None:
    auckland = {"email": "far@us.example", "timezone": "Pacific/Auckland"}
    readers(session, now, auckland, {"email": "near@us.example"})
    sunday_evening = datetime(2026, 11, 15, 18, tzinfo=UTC)
    assert run_digests(session, sunday_evening, settings, week="2026-W48") == 1
    assert [mail.recipient for mail in list_mails(session)] == ["far@us.example"]


def test_the_coming_week_is_the_readers_own(session: Session, now: datetime) -> None:
    auckland = {"email": "far@us.example", "timezone": "Pacific/Auckland"}
    readers(session, now, auckland, {"email": "near@us.example"})
    sunday_evening = datetime(2026, 11, 15, 18, tzinfo=UTC)
    assert coming_week(session, "far@us.example", sunday_evening) == "2026-W47"
    assert coming_week(session, "near@us.example", sunday_evening) == "2026-W46"


def test_a_preview_sends_nothing_and_is_the_mail_that_goes_out(
    world: World, session: Session, now: datetime, settings: Settings
) -> None:
    reader = worlds.rich(world)
    seen = preview(session, reader.key, "2026-W47", settings)
    assert list_mails(session) == []
    run_digests(session, now, settings)
    (mail,) = list_mails(session)
    assert (mail.subject, mail.html, mail.text) == (seen.subject, seen.html, seen.text)
    assert preview(session, "DANA@us.example", "2026-W47", settings) == seen


def test_an_unknown_reader_is_said_with_where_readers_stand(session: Session, settings: Settings) -> None:
    with pytest.raises(UnknownSubscriberError, match=r"subscribers\.yaml"):
        preview(session, "nobody@us.example", "2026-W47", settings)


def test_readers_differ_in_what_they_get_but_not_in_the_watch(
    session: Session, now: datetime, settings: Settings
) -> None:
    readers(session, now, {"email": "a@us.example"}, {"email": "b@us.example"})
    run_digests(session, now, settings)
    tokens = {reader.email: reader.token for reader in list_subscribers(session)}
    for mail in list_mails(session):
        others = [token for email, token in tokens.items() if email != mail.recipient]
        assert tokens[mail.recipient] in mail.html
        assert not any(token in mail.html or token in mail.text for token in others)
