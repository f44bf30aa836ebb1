"""Periods: each mail begins where the last one ended, in the reader's own time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.subscribers import Cadence
from digest.errors import PeriodError
from digest.week import (
    is_due,
    latest_period,
    month_period,
    quarter_period,
    send_moment,
    week_of,
    week_period,
)
from store.subscribers import Subscriber

ZONES = ("UTC", "Europe/Dublin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Kiritimati")


def reader(
    timezone: str = "Europe/Dublin", weekday: int = 0, minute: int = 7 * 60, cadence: tuple[Cadence, ...] = ()
) -> Subscriber:
    return Subscriber(
        id=1,
        key="dana@us.example",
        email="dana@us.example",
        name="Dana",
        timezone=timezone,
        weekday=weekday,
        send_minute=minute,
        token="t",
        cadence=cadence or (Cadence.WEEKLY,),
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_weekly_mail_covers_the_time_since_the_last_send_time() -> None:
    period = week_period(reader(), "2026-W47")
    assert period.since == utc("2026-11-09T07:00")
    assert period.until == period.due_at == utc("2026-11-16T07:00")


def test_the_send_time_follows_the_readers_clock_over_a_change_of_the_clocks() -> None:
    before, after = send_moment(reader(), "2026-W43"), send_moment(reader(), "2026-W44")
    assert (before.hour, after.hour) == (6, 7)
    assert after - before == timedelta(days=7, hours=1)


def test_a_send_time_that_the_clocks_skip_is_still_a_moment() -> None:
    sunday_early = reader("Europe/Berlin", weekday=6, minute=2 * 60 + 30)
    assert send_moment(sunday_early, "2026-W13") == utc("2026-03-29T01:30")


def test_the_week_is_the_readers_own() -> None:
    moment = utc("2026-11-15T23:30")
    assert week_of(moment, "UTC") == "2026-W46"
    assert week_of(moment, "Europe/Berlin") == "2026-W47"


def test_before_the_send_time_the_last_weeks_mail_is_the_newest_due() -> None:
    assert latest_period(reader(), Cadence.WEEKLY, utc("2026-11-16T06:59")).key == "2026-W46"
    assert latest_period(reader(), Cadence.WEEKLY, utc("2026-11-16T07:00")).key == "2026-W47"


def test_the_month_is_told_at_the_first_send_time_after_it() -> None:
    period = month_period(reader(), "2026-10")
    assert (period.since, period.until) == (utc("2026-09-30T23:00"), utc("2026-11-01T00:00"))
    assert period.due_at == utc("2026-11-02T07:00")
    assert latest_period(reader(), Cadence.MONTHLY, utc("2026-11-02T06:00")).key == "2026-09"
    assert latest_period(reader(), Cadence.MONTHLY, utc("2026-11-02T07:00")).key == "2026-10"


def test_the_quarter_is_told_at_the_first_send_time_after_it() -> None:
    assert quarter_period(reader(), "2026-Q4").until == utc("2027-01-01T00:00")
    assert latest_period(reader(), Cadence.QUARTERLY, utc("2027-01-03T12:00")).key == "2026-Q3"
    assert latest_period(reader(), Cadence.QUARTERLY, utc("2027-01-04T07:00")).key == "2026-Q4"


@pytest.mark.parametrize("text", ["2026-47", "2026-W54", "W47", "", "2026-W00", "2026-W4７"])
def test_what_is_no_week_is_said_with_the_form(text: str) -> None:
    with pytest.raises(PeriodError, match="2026-W47"):
        week_period(reader(), text)


def test_a_mail_is_due_once_a_week() -> None:
    now = utc("2026-11-16T07:00")
    assert is_due(reader(), now)
    assert is_due(reader(), now, last_until=utc("2026-11-09T07:00"))
    assert not is_due(reader(), now + timedelta(days=2), last_until=now)
    assert not is_due(reader(cadence=(Cadence.ALERTS,)), now)


def test_after_a_pause_the_period_goes_back_to_the_last_mail_but_not_for_ever() -> None:
    period = week_period(reader(), "2026-W47")
    assert period.continues(utc("2026-10-26T07:00")).since == utc("2026-10-26T07:00")
    assert period.continues(utc("2025-01-01T00:00")).since == period.until - timedelta(days=35)
    assert period.continues(None) == period


@given(
    timezone=st.sampled_from(ZONES),
    weekday=st.integers(0, 6),
    minute=st.integers(0, 24 * 60 - 1),
    now=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1)),
)
def test_periods_leave_no_gap_and_the_newest_is_due_within_a_week(
    timezone: str, weekday: int, minute: int, now: datetime
) -> None:
    someone, moment = reader(timezone, weekday, minute), now.replace(tzinfo=UTC)
    period = latest_period(someone, Cadence.WEEKLY, moment)
    before = week_period(someone, week_of(period.since, timezone))
    assert before.until == period.since
    assert timedelta(0) <= moment - period.due_at <= timedelta(days=7, hours=1)
    local = period.due_at.astimezone(ZoneInfo(timezone))
    assert local.weekday() == weekday


@pytest.mark.parametrize("week", ["0001-W01", "1999-W52", "9999-W53", "2026-W00", "2025-W53"])
def test_a_week_out_of_the_calendar_is_refused_and_never_crashes(week: str) -> None:
    with pytest.raises(PeriodError):
        week_period(reader("Pacific/Auckland"), week)
