"""Alerts: one mail at once for each urgent flag, e.g. when a rival names your customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from config.settings import Settings
from config.subscribers import Cadence
from digest.accounts import account_line
from digest.gather import in_scope
from digest.items import Reader, make_item
from digest.outbox import Envelope, put_in_outbox
from digest.rank import Threat, weigh
from digest.record import AccountLine, Item
from digest.render import Letterhead, RenderedMail, render_page
from digest.words import plain, sentence
from linking.decay import decayed
from store.account_readings import AccountReading, FlagReading, accounts_with_health, urgent_flags
from store.digests import DigestContent, Told, add_digest, find_digest
from store.kinds import MailKind
from store.readings import ExposureReading, SignalReading, exposures_of, signals_by_id
from store.subscribers import Subscriber, list_subscribers

URGENT = 3  # the level at which a flag cannot wait for the weekly mail
FRESH = timedelta(days=2)  # an older flag is no alarm any more; the weekly mail has it
TREND = timedelta(days=7)
MOST_STEPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An urgent flag as one reader sees it, with the signal behind it if there is one."""

    flag_id: int
    title: str
    play: str
    account: AccountLine
    item: Item | None
    plan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An urgent flag with what belongs to it, as read."""

    flag: FlagReading
    account: AccountReading
    signal: SignalReading | None
    exposure: ExposureReading | None


def waiting_alerts(
    session: Session, now: datetime, settings: Settings, key: str | None = None
) -> list[tuple[Subscriber, Alarm]]:
    """Return which reader is to be told of which fresh urgent flag; told ones are left out."""
    readers = [reader for reader in list_subscribers(session) if key in (None, reader.key)]
    alarms = alarms_since(session, URGENT, now) if readers else []
    sure_from = settings.classify.alert_from
    return [
        (reader, alarm)
        for reader in readers
        for alarm in alarms
        if (is_executive(reader, alarm) and is_sure(alarm, sure_from))
        or (Cadence.ALERTS in reader.cadence and concerns(reader, alarm, sure_from))
        if find_digest(session, reader.id, MailKind.ALERT, _period(alarm.flag)) is None
    ]


def alarms_since(session: Session, level: int, now: datetime) -> list[Alarm]:
    """Return the fresh open flags of at least that level with what belongs to them."""
    flags = urgent_flags(session, level, now - FRESH)
    return _alarms(session, flags, now) if flags else []


def is_executive(reader: Subscriber, alarm: Alarm) -> bool:
    """Return True if health.yaml names the reader as one to tell of every escalation."""
    return reader.key in {name.lower() for name in alarm.flag.guide.get("executives", ())}


def is_sure(alarm: Alarm, sure_from: float) -> bool:
    """Return True if what the flag rests on is sure enough to disturb somebody."""
    signal = alarm.signal
    if signal is None:
        return alarm.flag.signal_id is None
    return signal.confidence >= sure_from and not signal.held and signal.retracted_at is None


def concerns(reader: Subscriber, alarm: Alarm, sure_from: float) -> bool:
    """Return True if the reader asked for this, and what it rests on is sure enough to disturb them."""
    if not in_scope(reader, alarm.account) or not is_sure(alarm, sure_from):
        return False
    signal = alarm.signal
    return signal is None or (
        reader.reads(reader.competitors, signal.rival_key)
        and reader.reads(reader.categories, signal.category.value)
    )


def make_alert(
    session: Session,
    subscriber: Subscriber,
    alarm: Alarm,
    settings: Settings,
    letterhead: Letterhead,
    now: datetime,
) -> bool:
    """Render and queue one alert; False if it was told before."""
    alert = compose_alert(alarm, subscriber, settings, now)
    told = (
        (
            Told(
                signal_id=alert.item.signal_id,
                headline=alert.item.headline,
                accounts=(alert.account.name,),
                category=alert.item.category,
            ),
        )
        if alert.item
        else ()
    )
    content = DigestContent(since=alarm.flag.opened_at, until=now, told=told)
    period = _period(alarm.flag)
    digest_id = add_digest(session, subscriber.id, MailKind.ALERT, period, content, now)
    if digest_id is None:
        return False
    envelope = Envelope(
        recipient=subscriber.email,
        name=subscriber.name,
        kind=MailKind.ALERT,
        identity=period,
        links=letterhead.links,
    )
    return put_in_outbox(session, render_alert(alert, letterhead), envelope, settings.mail, now, digest_id)


def compose_alert(alarm: Alarm, subscriber: Subscriber, settings: Settings, now: datetime) -> Alert:
    """Return the alarm as the mail shows it."""
    today = now.astimezone(ZoneInfo(subscriber.timezone)).date()
    reader = Reader(timezone=subscriber.timezone, currency=settings.currency, today=today)
    threats = [_threat(alarm, settings, now)] if alarm.exposure else []
    headline = alarm.signal.headline if alarm.signal else ""
    return Alert(
        flag_id=alarm.flag.id,
        title=plain(headline, 160) or sentence(alarm.flag.because, 160).rstrip("."),
        play=sentence(alarm.flag.play, 400),
        account=account_line(alarm.account, headline, reader),
        item=make_item(alarm.signal, threats, 1, reader) if alarm.signal else None,
        plan=tuple(plain(line, 300) for line in alarm.flag.guide.get("lines", [])[:MOST_STEPS]),
    )


def render_alert(alert: Alert, letterhead: Letterhead) -> RenderedMail:
    """Return the mail of an alert; the subject names the account first, because that is what cannot wait."""
    subject = plain(f"Alert, {alert.account.name}: {alert.title}", 110)
    values = {
        "alert": alert,
        "strap": f"Alert for {alert.account.name}",
        "preheader": plain(f"{alert.play} {alert.account.stake}", 140),
    }
    return render_page("alert", subject, values, letterhead)


def _threat(alarm: Alarm, settings: Settings, now: datetime) -> Threat:
    exposure = alarm.exposure
    assert exposure is not None
    left = decayed(exposure.score, exposure.observed_at, now, settings.linking.half_life)
    because = tuple(reason.because for reason in exposure.reasons)
    return weigh(alarm.account, left, because, alarm.account.arr, now.date())


def _alarms(session: Session, flags: list[FlagReading], now: datetime) -> list[Alarm]:
    ids = [flag.signal_id for flag in flags if flag.signal_id is not None]
    signals = {signal.id: signal for signal in signals_by_id(session, ids)}
    exposures = {(e.account_id, e.signal_id): e for e in exposures_of(session, ids)}
    accounts = {a.id: a for a in accounts_with_health(session, (now - TREND).date(), now.date())}
    return [
        Alarm(
            flag=flag,
            account=accounts[flag.account_id],
            signal=signals.get(flag.signal_id or 0),
            exposure=exposures.get((flag.account_id, flag.signal_id or 0)),
        )
        for flag in flags
        if flag.account_id in accounts
    ]


def _period(flag: FlagReading) -> str:
    return f"flag-{flag.id}"
