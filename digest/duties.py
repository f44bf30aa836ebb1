"""Mails to the owner of an account: talking points for flags of level 1, a check-in for those of level 2.

Flags of level 3 are alerts of their own, see `digest.alerts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from config.settings import Settings
from config.subscribers import Cadence
from digest.accounts import with_doubt
from digest.alerts import Alarm, alarms_since, concerns
from digest.invitation import CheckIn, calendar_entry, propose
from digest.outbox import Attachment, Envelope, put_in_outbox
from digest.render import Letterhead, RenderedMail, render_page
from digest.words import day, plain, sentence
from healthmerge.wording import flag_words
from store.account_readings import FlagReading
from store.digests import DigestContent, Told, add_digest, find_digest
from store.kinds import MailKind
from store.subscribers import Subscriber, list_subscribers

KNOW, ACT = 1, 2
MOST_LINES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One flag in the mail: what it is, why, what to do about it."""

    title: str
    because: str
    play: str
    lines: tuple[str, ...]
    signal_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One account in the mail, with its flags."""

    key: str
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One mail that waits: its reader, its level, and the flags it tells, of one account if it is a check-in."""

    reader: Subscriber
    level: int
    alarms: tuple[Alarm, ...]


def waiting_duties(session: Session, now: datetime, settings: Settings, key: str | None = None) -> list[Duty]:
    """Return the mails that owners are to get: one for all flags of level 1, one an account for those of level 2."""
    readers = [r for r in list_subscribers(session) if Cadence.ALERTS in r.cadence and key in (None, r.key)]
    alarms = [a for a in alarms_since(session, KNOW, now) if a.flag.level in (KNOW, ACT)] if readers else []
    found = []
    for reader in readers:
        own = [
            alarm
            for alarm in alarms
            if is_owner(reader, alarm)
            and concerns(reader, alarm, settings.classify.alert_from)
            and find_digest(session, reader.id, MailKind.ALERT, period_of(alarm.flag)) is None
        ]
        found += _grouped(reader, own)
    return found


def is_owner(reader: Subscriber, alarm: Alarm) -> bool:
    """Return True if the flag, or else the account, is this reader's to act on."""
    return (alarm.flag.owner or alarm.account.owner or "").lower() == reader.key


def _grouped(reader: Subscriber, alarms: Sequence[Alarm]) -> list[Duty]:
    light = tuple(alarm for alarm in alarms if alarm.flag.level == KNOW)
    accounts = dict.fromkeys(alarm.account.id for alarm in alarms if alarm.flag.level == ACT)
    duties = [Duty(reader=reader, level=KNOW, alarms=light)] if light else []
    return duties + [
        Duty(
            reader=reader,
            level=ACT,
            alarms=tuple(a for a in alarms if a.flag.level == ACT and a.account.id == account),
        )
        for account in accounts
    ]


def make_duty(
    session: Session, duty: Duty, settings: Settings, letterhead: Letterhead, now: datetime
) -> bool:
    """Render and queue one mail; False if another run told its flags meanwhile."""
    told = [_tell(session, duty.reader, alarm, now) for alarm in duty.alarms]
    fresh = [(alarm, digest_id) for alarm, digest_id in zip(duty.alarms, told, strict=True) if digest_id]
    if not fresh:
        return False
    alarms = tuple(alarm for alarm, _ in fresh)
    identity = "+".join(period_of(alarm.flag) for alarm in alarms[:4])
    envelope = Envelope(
        recipient=duty.reader.email,
        name=duty.reader.name,
        kind=MailKind.ALERT,
        identity=identity,
        links=letterhead.links,
        attachments=(_invitation(alarms, duty.reader, letterhead, now),) if duty.level == ACT else (),
    )
    mail = render_duty(Duty(reader=duty.reader, level=duty.level, alarms=alarms), letterhead, now)
    return put_in_outbox(session, mail, envelope, settings.mail, now, fresh[0][1])


def _tell(session: Session, reader: Subscriber, alarm: Alarm, now: datetime) -> int | None:
    signal = alarm.signal
    who = (alarm.account.name,)
    told = (
        (Told(signal_id=signal.id, headline=signal.headline, accounts=who, category=signal.category),)
        if signal
        else ()
    )
    content = DigestContent(since=alarm.flag.opened_at, until=now, told=told)
    return add_digest(session, reader.id, MailKind.ALERT, period_of(alarm.flag), content, now)


def render_duty(duty: Duty, letterhead: Letterhead, now: datetime) -> RenderedMail:
    """Return the mail; the subject of a check-in names its account, talking points count theirs."""
    topics = topics_of(duty.alarms)
    names = plain(topics[0].name, 60)
    first = topics[0].points[0]
    if duty.level == ACT:
        title = f"Check in with {names}: {first.because}"
        when = propose(now, duty.reader.timezone)
        intro = (
            f"The calendar entry attached proposes {when:%H:%M} on {day(when, duty.reader.timezone)}; "
            "move it, invite the account, and close the flags with what came of it."
        )
    else:
        more = len(duty.alarms) - 1
        title = f"To know: {names}, {first.because}" + (f" and {more} more" if more else "")
        intro = "Nothing here is urgent yet. A flag that nobody acts on until it is due rises a level."
    values = {
        "title": plain(title, 160),
        "intro": intro,
        "topics": topics,
        "label": "Agenda" if duty.level == ACT else "What to say",
        "strap": f"For {names}" if duty.level == ACT else "Talking points for your accounts",
        "preheader": plain(f"{first.play} {first.because}", 140),
    }
    return render_page("duty", plain(title, 110), values, letterhead)


def topics_of(alarms: Sequence[Alarm]) -> tuple[Topic, ...]:
    """Return the accounts in the order of their first flag, with what is to be said of each."""
    accounts = {alarm.account.id: alarm.account for alarm in alarms}
    return tuple(
        Topic(
            key=account.key,
            name=plain(account.name, 80),
            points=tuple(_point(alarm.flag) for alarm in alarms if alarm.account.id == account.id),
        )
        for account in accounts.values()
    )


def _point(flag: FlagReading) -> Point:
    return Point(
        title=plain(flag_words(flag.code), 60).capitalize(),
        because=with_doubt(plain(flag.because, 200), flag),
        play=sentence(flag.play, 400),
        lines=tuple(plain(line, 300) for line in flag.guide.get("lines", [])[:MOST_LINES]),
        signal_id=flag.signal_id,
    )


def _invitation(
    alarms: Sequence[Alarm], reader: Subscriber, letterhead: Letterhead, now: datetime
) -> Attachment:
    account = alarms[0].account
    agenda = list(dict.fromkeys(line for alarm in alarms for line in alarm.flag.guide.get("lines", [])))
    check_in = CheckIn(
        identity=f"check-in-{account.id}-{alarms[0].flag.id}@rivalwatch",
        starts_at=propose(now, reader.timezone),
        title=f"Check-in with {account.name}",
        agenda=[f"Why: {alarms[0].flag.because}", *agenda[:MOST_LINES]],
        url=letterhead.links.account(account.key),
    )
    return Attachment(name="check-in.ics", subtype="calendar", text=calendar_entry(check_in, now))


def period_of(flag: FlagReading) -> str:
    """Return the period under which a flag is told at its level, once a reader."""
    return f"flag-{flag.id}-level-{flag.level}"
