"""From readings to the digest: who sees what, in which order, and what is held back. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from classify.patterns import Pattern
from digest.accounts import account_line, by_urgency, worsened
from digest.corrections import corrections_of
from digest.gather import Readings
from digest.items import HEADLINE_LIMIT, Reader, make_item
from digest.rank import Threat, order_key, weigh
from digest.record import AccountLine, Digest, Held, Item, PatternLine, Theme
from digest.summary import quiet, summarise
from digest.themes import theme_of
from digest.watching import watch
from digest.words import day, plain, sentence, weekday
from store.kinds import MailKind, ReasonCode
from store.readings import ExposureReading, SignalReading

MOST_ITEMS = 40
MOST_ACCOUNTS = 8
MOST_PATTERNS = 3

#: Exposure after decay: (score, observed_at, now) → [0, 1].
Decay = Callable[[float, datetime, datetime], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What composing needs besides the readings. ``threshold`` is the exposure from which an account is concerned."""

    currency: str
    threshold: float
    decay: Decay
    most_items: int = MOST_ITEMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The digest, and the signals that this reader will not be told later either."""

    digest: Digest
    held: tuple[int, ...]


def compose(readings: Readings, composition: Composition) -> Composed:
    """Return what this reader must know of the period."""
    reader = Reader(
        timezone=readings.subscriber.timezone, currency=composition.currency, today=readings.today
    )
    chosen, held, passed_over = _choose(readings)
    threats = _threats(readings, composition)
    ordered = sorted(chosen, key=lambda signal: order_key(signal, threats[signal.id]))
    told, beyond = ordered[: composition.most_items], ordered[composition.most_items :]
    items = [make_item(signal, threats[signal.id], n, reader) for n, signal in enumerate(told, start=1)]
    digest = _digest(readings, reader, items, held, len(beyond), threats)
    return Composed(digest=digest, held=tuple(signal.id for signal in [*passed_over, *beyond]))


def _choose(readings: Readings) -> tuple[list[SignalReading], tuple[Held, ...], list[SignalReading]]:
    """Return what the reader is told, the counts of what they are not, and what they will never be told.

    What is not certain to be outside their categories is counted once, and told if it is corrected into them.
    """
    subscriber = readings.subscriber
    unread = [signal for signal in readings.signals if signal.held]
    ready = [signal for signal in readings.signals if not signal.held]
    other = [signal for signal in ready if not subscriber.reads(subscriber.categories, signal.category.value)]
    wanted = [signal for signal in ready if subscriber.reads(subscriber.categories, signal.category.value)]
    low = [signal for signal in wanted if signal.impact < subscriber.min_impact]
    chosen = [signal for signal in wanted if signal.impact >= subscriber.min_impact]
    counts = (
        Held(count=len(unread), reason="wait for an analyst's review", path="/signals?queue=review"),
        Held(
            count=len(low),
            reason=f"are below your impact limit of {subscriber.min_impact:g}",
            path="/signals",
        ),
        Held(
            count=sum(signal.first_seen_at >= readings.period.since or not signal.review for signal in other),
            reason="are in categories you did not ask for",
            path="/signals",
        ),
    )
    for_good = [*low, *(signal for signal in other if not signal.review)]
    return chosen, tuple(held for held in counts if held.count), for_good


def _threats(readings: Readings, composition: Composition) -> Mapping[int, list[Threat]]:
    accounts = {account.id: account for account in readings.accounts}
    held = {signal.id for signal in readings.signals if signal.held}
    largest = max((a.arr for a in readings.accounts if a.arr is not None), default=None)
    found: dict[int, list[Threat]] = defaultdict(list)
    for exposure in readings.exposures:
        account = accounts.get(exposure.account_id)
        if account is None or exposure.signal_id in held or exposure.score < composition.threshold:
            continue
        now = composition.decay(exposure.score, exposure.observed_at, readings.period.until)
        found[exposure.signal_id].append(weigh(account, now, _because(exposure), largest, readings.today))
    for threats in found.values():
        threats.sort(key=lambda threat: (-threat.weight, threat.account.id))
    return found


def _because(exposure: ExposureReading) -> tuple[str, ...]:
    """Return the reasons' sentences, strongest first; the nearness of renewal is shown with the account already."""
    reasons = sorted(exposure.reasons, key=lambda reason: -reason.weight)
    return tuple(reason.because for reason in reasons if reason.code is not ReasonCode.RENEWAL_NEAR)


def _digest(
    readings: Readings,
    reader: Reader,
    items: Sequence[Item],
    held: tuple[Held, ...],
    more: int,
    threats: Mapping[int, list[Threat]],
) -> Digest:
    seen = watch(readings.sources, readings.period.until)
    accounts = _account_lines(readings, reader, threats)
    corrections = corrections_of(readings, reader)
    span = _span(readings)
    silent = not (items or corrections or _accounts_have_news(readings))
    return Digest(
        kind=readings.period.kind,
        key=readings.period.key,
        since=readings.period.since,
        until=readings.period.until,
        name=plain(readings.subscriber.name, 60),
        title=_title(readings.period.kind),
        span=span,
        summary=quiet(seen, len(readings.accounts), span)
        if silent
        else summarise(items, accounts, corrections, seen, more),
        watch=seen,
        accounts=() if silent else accounts[:MOST_ACCOUNTS],
        accounts_more=0 if silent else max(0, len(accounts) - MOST_ACCOUNTS),
        accounts_watched=len(readings.accounts),
        themes=_themes([item for item in items if item.affected]),
        further=tuple(item for item in items if not item.affected),
        more=more,
        corrections=corrections,
        patterns=() if silent else tuple(_pattern(p) for p in readings.patterns[:MOST_PATTERNS]),
        held=held,
    )


def _account_lines(
    readings: Readings, reader: Reader, threats: Mapping[int, list[Threat]]
) -> tuple[AccountLine, ...]:
    headlines = {signal.id: signal.headline for signal in readings.signals}
    strongest: dict[int, tuple[float, str]] = {}
    for signal_id, found in threats.items():
        for threat in found:
            candidate = (threat.weight, headlines[signal_id])
            strongest[threat.account.id] = max(strongest.get(threat.account.id, (0.0, "")), candidate)
    return tuple(
        account_line(account, strongest.get(account.id, (0.0, ""))[1], reader)
        for account in by_urgency(readings.accounts)
    )


def _accounts_have_news(readings: Readings) -> bool:
    return any(
        worsened(account) or any(flag.opened_at >= readings.period.since for flag in account.flags)
        for account in readings.accounts
    )


def _themes(items: Sequence[Item]) -> tuple[Theme, ...]:
    """Return the themes in the order of their first item; items keep the reader's order within."""
    grouped: dict[str, list[Item]] = {}
    for item in items:
        grouped.setdefault(theme_of(item.category), []).append(item)
    return tuple(Theme(title=title, items=tuple(members)) for title, members in grouped.items())


def _pattern(pattern: Pattern) -> PatternLine:
    return PatternLine(headline=plain(pattern.headline, HEADLINE_LIMIT), because=sentence(pattern.because))


def _title(kind: MailKind) -> str:
    return {MailKind.MONTHLY: "The month", MailKind.QUARTERLY: "The quarter"}.get(kind, "The week")


def _span(readings: Readings) -> str:
    """Return the period in words, e.g. ``week to Monday, 16 November 2026``."""
    zone, period = readings.subscriber.timezone, readings.period
    if period.kind is MailKind.WEEKLY:
        length = "week" if period.until - period.since <= timedelta(days=8) else "time"
        return f"{length} to {weekday(period.until, zone)}, {day(period.until, zone, year=True)}"
    last = period.until - timedelta(seconds=1)
    name = "month" if period.kind is MailKind.MONTHLY else "quarter"
    return f"{name} {day(period.since, zone)} to {day(last, zone, year=True)}"
