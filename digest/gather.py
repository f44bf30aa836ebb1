"""Everything a digest is made of, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from classify.patterns import BASELINE, WINDOW, Pattern, find_patterns
from digest.week import Period
from store.account_readings import AccountReading, accounts_with_health
from store.digests import DigestRecord, Told, digests_of
from store.kinds import Category
from store.readings import (
    ExposureReading,
    SignalReading,
    SourceReading,
    exposures_of,
    recategorised_signals,
    retracted_signals,
    signals_between,
    watched_sources,
)
from store.signals import signals_since
from store.sources import rivals_by_id
from store.subscribers import OWNED, Subscriber

#: How far back a signal may lie that was processed, or released from review, only after the mail of its week had left.
LATE = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A sentence that an earlier mail told this reader, and when that mail was made."""

    told: Told
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recategorised:
    """A signal that an earlier mail told under a category which ``who`` corrected since."""

    signal: SignalReading
    earlier: Earlier
    was: Category
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What one reader's digest of one period is made of: rows as read, nothing decided but the reader's scope."""

    subscriber: Subscriber
    period: Period
    signals: tuple[SignalReading, ...]
    exposures: tuple[ExposureReading, ...]
    accounts: tuple[AccountReading, ...]
    sources: tuple[SourceReading, ...]
    retracted: tuple[tuple[SignalReading, Earlier], ...] = ()
    recategorised: tuple[Recategorised, ...] = ()
    patterns: tuple[Pattern, ...] = ()

    @property
    def today(self) -> date:
        """The reader's local day at the end of the period."""
        return self.period.until.astimezone(ZoneInfo(self.subscriber.timezone)).date()


def gather(session: Session, subscriber: Subscriber, period: Period) -> Readings:
    """Read what concerns this reader and was not told before; the period continues where the last mail ended."""
    earlier = [
        record for record in digests_of(session, subscriber.id, period.kind) if record.until < period.until
    ]
    if earlier:
        period = period.continues(earlier[-1].until)
    signals = _new_signals(session, subscriber, period, earlier)
    return Readings(
        subscriber=subscriber,
        period=period,
        signals=signals,
        exposures=tuple(exposures_of(session, [signal.id for signal in signals])),
        accounts=_accounts(session, subscriber, period),
        sources=tuple(
            source
            for source in watched_sources(session)
            if subscriber.reads(subscriber.competitors, source.rival_key)
        ),
        retracted=_retracted(session, period, earlier),
        recategorised=_recategorised(session, period, earlier),
        patterns=_patterns(session, subscriber, period),
    )


def _patterns(session: Session, subscriber: Subscriber, period: Period) -> tuple[Pattern, ...]:
    """Return the patterns of the reader's rivals that something of this period belongs to."""
    rivals = {rival.key: rival.market for rival in rivals_by_id(session).values()}
    wanted = {key: market for key, market in rivals.items() if subscriber.reads(subscriber.competitors, key)}
    signals = [
        signal
        for signal in signals_since(session, period.until - WINDOW - BASELINE)
        if signal.rival_key in wanted
    ]
    fresh = {signal.id for signal in signals if signal.first_seen_at >= period.since}
    return tuple(p for p in find_patterns(signals, wanted, period.until) if fresh & set(p.signal_ids))


def _new_signals(
    session: Session, subscriber: Subscriber, period: Period, earlier: list[DigestRecord]
) -> tuple[SignalReading, ...]:
    since = period.since
    if earlier:
        since = max(min(since, period.until - LATE), earlier[0].since)
    known = {told.signal_id for record in earlier for told in record.told}
    known |= _passed_over(session, period, earlier)
    return tuple(
        signal
        for signal in signals_between(session, since, period.until)
        if signal.id not in known
        and signal.category is not Category.NONE
        and subscriber.reads(subscriber.competitors, signal.rival_key)
    )


def _passed_over(session: Session, period: Period, earlier: list[DigestRecord]) -> set[int]:
    """Return what earlier mails kept back for good; what a person gave another category since is decided anew."""
    passed = {signal: record.created_at for record in earlier for signal in record.held}
    words = recategorised_signals(session, sorted(passed), period.until)
    return passed.keys() - {word.signal.id for word in words if word.at > passed[word.signal.id]}


def _accounts(session: Session, subscriber: Subscriber, period: Period) -> tuple[AccountReading, ...]:
    zone = ZoneInfo(subscriber.timezone)
    before, now = period.since.astimezone(zone).date(), period.until.astimezone(zone).date()
    return tuple(
        account for account in accounts_with_health(session, before, now) if in_scope(subscriber, account)
    )


def in_scope(subscriber: Subscriber, account: AccountReading) -> bool:
    """Return True if the reader asked to read about this account."""
    if subscriber.accounts == OWNED:
        return (account.owner or "").lower() == subscriber.key
    return subscriber.reads(subscriber.accounts, account.key)


def _retracted(
    session: Session, period: Period, earlier: list[DigestRecord]
) -> tuple[tuple[SignalReading, Earlier], ...]:
    told = _told(earlier)
    wrong = retracted_signals(session, sorted(told), period.until)
    return tuple((signal, told[signal.id]) for signal in wrong)


def _recategorised(
    session: Session, period: Period, earlier: list[DigestRecord]
) -> tuple[Recategorised, ...]:
    told = _told(earlier)
    words = recategorised_signals(session, sorted(told), period.until)
    return tuple(
        Recategorised(signal=word.signal, earlier=told[word.signal.id], was=was, who=word.who)
        for word in words
        if (was := told[word.signal.id].told.category) is not None and was is not word.signal.category
    )


def _told(earlier: list[DigestRecord]) -> dict[int, Earlier]:
    """Return what earlier mails told last of each signal, apart from what they took back."""
    told = {t.signal_id: Earlier(told=t, at=record.until) for record in earlier for t in record.told}
    done = {signal for record in earlier for signal in record.corrected}
    return {signal: told[signal] for signal in told.keys() - done}
