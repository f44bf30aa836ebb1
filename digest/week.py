"""Periods in a reader's own time zone: which mail is due, and what time it covers.

The weekly mail of ISO week W leaves at the reader's send time in W and covers the time since their send time in W-1.
The monthly and quarterly summaries leave at the first send time after the month or quarter and cover it from local
midnight to local midnight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.subscribers import Cadence
from digest.errors import PeriodError
from store.kinds import MailKind
from store.subscribers import Subscriber

WEEK = timedelta(days=7)
LONGEST_GAP = timedelta(days=35)  # after a longer silence of the service, older news is no news

#: The mails that cover a period.
KINDS: dict[Cadence, MailKind] = {
    Cadence.WEEKLY: MailKind.WEEKLY,
    Cadence.MONTHLY: MailKind.MONTHLY,
    Cadence.QUARTERLY: MailKind.QUARTERLY,
}

# Years from 2000 on: nothing was watched before, and no neighbour of such a week falls out of the calendar.
_WEEK = re.compile(r"(2\d{3})-W(\d{2})", re.ASCII)
_MONTH = re.compile(r"(2\d{3})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(2\d{3})-Q([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time a mail covers, [since, until), its key (``2026-W47``) and when the mail is due. Moments are UTC."""

    kind: MailKind
    key: str
    since: datetime
    until: datetime
    due_at: datetime

    def continues(self, last_until: datetime | None) -> Period:
        """Return the period beginning where the last mail of its kind ended, so that no moment falls between."""
        if last_until is None or last_until >= self.until:
            return self
        return replace(self, since=max(last_until, self.until - LONGEST_GAP))

    def cut(self, now: datetime) -> Period:
        """Return the period ending now if its mail is asked for before it is due."""
        return replace(self, until=now) if self.since < now < self.until else self


def week_of(moment: datetime, timezone: str) -> str:
    """Return the ISO week of a moment as seen in a time zone, e.g. ``2026-W47``."""
    year, week, _ = moment.astimezone(ZoneInfo(timezone)).isocalendar()
    return f"{year}-W{week:02d}"


def send_moment(subscriber: Subscriber, week: str) -> datetime:
    """Return when the weekly mail of that ISO week leaves, in UTC. Raises: PeriodError."""
    monday = _monday(week)
    return _send_on(subscriber, monday + timedelta(days=subscriber.weekday))


def week_period(subscriber: Subscriber, week: str) -> Period:
    """Return the period of the weekly mail of that ISO week. Raises: PeriodError."""
    day = _monday(week) + timedelta(days=subscriber.weekday)
    until = _send_on(subscriber, day)
    return Period(
        kind=MailKind.WEEKLY, key=week, since=_send_on(subscriber, day - WEEK), until=until, due_at=until
    )


def month_period(subscriber: Subscriber, month: str) -> Period:
    """Return the period of the summary of a month such as ``2026-10``. Raises: PeriodError."""
    match = _MONTH.fullmatch(month)
    if match is None or not 1 <= int(match[2]) <= 12:
        raise PeriodError(month, "2026-10")
    return _calendar_period(subscriber, MailKind.MONTHLY, month, date(int(match[1]), int(match[2]), 1), 1)


def quarter_period(subscriber: Subscriber, quarter: str) -> Period:
    """Return the period of the summary of a quarter such as ``2026-Q3``. Raises: PeriodError."""
    match = _QUARTER.fullmatch(quarter)
    if match is None:
        raise PeriodError(quarter, "2026-Q3")
    first = date(int(match[1]), int(match[2]) * 3 - 2, 1)
    return _calendar_period(subscriber, MailKind.QUARTERLY, quarter, first, 3)


def latest_period(subscriber: Subscriber, cadence: Cadence, now: datetime) -> Period:
    """Return the newest period of that cadence whose mail is due by ``now``."""
    local = now.astimezone(ZoneInfo(subscriber.timezone)).date()
    if cadence is Cadence.WEEKLY:
        period = week_period(subscriber, week_of(now, subscriber.timezone))
        return period if period.due_at <= now else week_period(subscriber, _iso_week(local - WEEK))
    length = 1 if cadence is Cadence.MONTHLY else 3
    first = _first_of(local, length)
    for _ in range(2):
        first = _months_later(first, -length)
        if (period := _named(subscriber, cadence, first)).due_at <= now:
            return period
    return period


def is_due(subscriber: Subscriber, now: datetime, last_until: datetime | None = None) -> bool:
    """Return True if the reader's weekly mail is due and the last one ended before its period did."""
    if Cadence.WEEKLY not in subscriber.cadence or subscriber.unsubscribed_at is not None:
        return False
    return last_until is None or last_until < latest_period(subscriber, Cadence.WEEKLY, now).until


def _monday(week: str) -> date:
    match = _WEEK.fullmatch(week)
    try:
        if match is None:
            raise ValueError
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise PeriodError(week, "2026-W47") from None


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _send_on(subscriber: Subscriber, day: date) -> datetime:
    at = time(*divmod(subscriber.send_minute, 60))
    # A time that the clocks skip in spring means the moment after the gap (fold 0), one that comes twice the first.
    return datetime.combine(day, at, tzinfo=ZoneInfo(subscriber.timezone)).astimezone(UTC)


def _named(subscriber: Subscriber, cadence: Cadence, first: date) -> Period:
    if cadence is Cadence.MONTHLY:
        return month_period(subscriber, f"{first.year}-{first.month:02d}")
    return quarter_period(subscriber, f"{first.year}-Q{(first.month + 2) // 3}")


def _calendar_period(subscriber: Subscriber, kind: MailKind, key: str, first: date, months: int) -> Period:
    zone, end = ZoneInfo(subscriber.timezone), _months_later(first, months)
    until = datetime.combine(end, time(), tzinfo=zone).astimezone(UTC)
    wait = (subscriber.weekday - end.weekday()) % 7
    return Period(
        kind=kind,
        key=key,
        since=datetime.combine(first, time(), tzinfo=zone).astimezone(UTC),
        until=until,
        due_at=_send_on(subscriber, end + timedelta(days=wait)),
    )


def _first_of(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
