"""The thin runner: who is due, what they are told, into the outbox."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from config.settings import Settings
from config.subscribers import Cadence
from digest.alerts import make_alert, waiting_alerts
from digest.compose import Composed, Composition, compose
from digest.duties import make_duty, waiting_duties
from digest.errors import UnknownSubscriberError, WeekAheadError
from digest.gather import gather
from digest.links import Links
from digest.outbox import Envelope, put_in_outbox
from digest.record import Correction, Digest, Item
from digest.render import Letterhead, RenderedMail, fit_digest
from digest.week import KINDS, Period, latest_period, week_period
from linking.decay import decayed
from store.digests import DigestContent, Told, add_digest, find_digest
from store.drops import Drop, record_drops
from store.kinds import MailKind, Stage
from store.subscribers import Subscriber, find_subscriber, list_subscribers

log = logging.getLogger(__name__)


def run_digests(
    session: Session,
    now: datetime,
    settings: Settings,
    *,
    week: str | None = None,
    subscriber: str | None = None,
    limit: int | None = None,
) -> int:
    """Put the mails that are due, alerts too, in the outbox and return how many; repeating adds none.

    ``week`` (``2026-W47``) asks for that weekly mail although it may not be due yet; its period then ends now.
    With ``limit``, the run stops after so many mails, so that a caller with many readers commits in between.
    Raises: UnknownSubscriberError, PeriodError, WeekAheadError.
    """
    if week is not None:
        _require_begun(_readers(session, subscriber), week, now)
    made = 0
    for reader, period in _waiting(session, now, week, subscriber):
        if limit is not None and made >= limit:
            return made
        try:
            with session.begin_nested():
                made += make_digest(session, reader, period, settings, now)
        except Exception:
            # One reader's bug must not keep the others from their mail; the digest stays due and is tried again.
            log.exception("digest crashed", extra={"subscriber_id": reader.id, "period": period.key})
            _record_crash(session, reader.id, period.kind, period.key, now)
    if week is None:
        made += _alert(session, now, settings, subscriber)
        made += _remind(session, now, settings, subscriber)
    return made


def make_digest(
    session: Session, reader: Subscriber, period: Period, settings: Settings, now: datetime
) -> bool:
    """Compose, render and queue one reader's mail; False if that period's mail exists."""
    if find_digest(session, reader.id, period.kind, period.key) is not None:
        return False
    composed, mail = render_for(session, reader, period, settings)
    digest = composed.digest
    content = _content(composed)
    digest_id = add_digest(session, reader.id, digest.kind, digest.key, content, now)
    if digest_id is None:
        return False
    envelope = Envelope(
        recipient=reader.email,
        name=reader.name,
        kind=digest.kind,
        identity=digest.key,
        links=links_for(reader, settings),
    )
    return put_in_outbox(session, mail, envelope, settings.mail, now, digest_id)


def render_for(
    session: Session, reader: Subscriber, period: Period, settings: Settings
) -> tuple[Composed, RenderedMail]:
    """Return what the reader is told of the period, and the mail that says it."""
    composed = compose(gather(session, reader, period), composition_of(settings))
    letterhead = Letterhead(
        links=links_for(reader, settings), company=settings.company, name=composed.digest.name
    )
    digest, mail = fit_digest(composed.digest, letterhead)
    shown = {item.signal_id for item in digest.items}
    beyond = [item.signal_id for item in composed.digest.items if item.signal_id not in shown]
    return Composed(digest=digest, held=(*composed.held, *beyond)), mail


def composition_of(settings: Settings) -> Composition:
    """Return what composing needs of the settings."""

    def decay(score: float, observed_at: datetime, now: datetime) -> float:
        return decayed(score, observed_at, now, settings.linking.half_life)

    return Composition(currency=settings.currency, threshold=settings.linking.threshold, decay=decay)


def links_for(reader: Subscriber, settings: Settings) -> Links:
    """Return the addresses that stand in this reader's mails."""
    return Links(base_url=settings.web.base_url, token=reader.token)


def _waiting(
    session: Session, now: datetime, week: str | None, key: str | None
) -> Iterator[tuple[Subscriber, Period]]:
    for reader in _readers(session, key):
        for cadence, _ in KINDS.items():
            if cadence not in reader.cadence or (week and cadence is not Cadence.WEEKLY):
                continue
            period = week_period(reader, week).cut(now) if week else latest_period(reader, cadence, now)
            if period.since >= now:
                continue  # a mail about time to come would say that nothing happened in it
            if find_digest(session, reader.id, period.kind, period.key) is None:
                yield reader, period


def _require_begun(readers: list[Subscriber], week: str, now: datetime) -> None:
    begins = min((week_period(reader, week).since for reader in readers), default=now)
    if begins > now:
        raise WeekAheadError(week, begins)


def _readers(session: Session, key: str | None) -> list[Subscriber]:
    if key is None:
        return list_subscribers(session)
    reader = find_subscriber(session, key)
    if reader is None:
        raise UnknownSubscriberError(key)
    return [reader] if reader.unsubscribed_at is None else []


def _content(composed: Composed) -> DigestContent:
    digest: Digest = composed.digest
    return DigestContent(
        since=digest.since,
        until=digest.until,
        told=(
            *(_told(item) for item in digest.items),
            *(_told_anew(one) for one in digest.corrections if one.category),
        ),
        held=composed.held,
        corrected=tuple(one.signal_id for one in digest.corrections if one.category is None),
    )


def _told(item: Item) -> Told:
    return Told(
        signal_id=item.signal_id,
        headline=item.headline,
        accounts=tuple(account.name for account in item.affected),
        category=item.category,
    )


def _told_anew(correction: Correction) -> Told:
    return Told(
        signal_id=correction.signal_id,
        headline=correction.headline_now,
        accounts=correction.accounts,
        category=correction.category,
    )


def _alert(session: Session, now: datetime, settings: Settings, key: str | None) -> int:
    made = 0
    for reader, alarm in waiting_alerts(session, now, settings, key and key.strip().lower()):
        letterhead = Letterhead(links=links_for(reader, settings), company=settings.company, name=reader.name)
        try:
            with session.begin_nested():
                made += make_alert(session, reader, alarm, settings, letterhead, now)
        except Exception:
            log.exception("alert crashed", extra={"subscriber_id": reader.id, "flag_id": alarm.flag.id})
            _record_crash(session, reader.id, MailKind.ALERT, f"flag-{alarm.flag.id}", now)
    return made


def _remind(session: Session, now: datetime, settings: Settings, key: str | None) -> int:
    made = 0
    for duty in waiting_duties(session, now, settings, key and key.strip().lower()):
        reader = duty.reader
        letterhead = Letterhead(links=links_for(reader, settings), company=settings.company, name=reader.name)
        try:
            with session.begin_nested():
                made += make_duty(session, duty, settings, letterhead, now)
        except Exception:
            log.exception("mail to an owner crashed", extra={"subscriber_id": reader.id})
            _record_crash(session, reader.id, MailKind.ALERT, f"level-{duty.level}", now)
    return made


def _record_crash(session: Session, reader_id: int, kind: MailKind, period: str, now: datetime) -> None:
    subject = f"digest:{reader_id}:{kind.value}:{period}"
    record_drops(session, [Drop(stage=Stage.DIGEST, reason="crashed", subject=subject, at=now)])
