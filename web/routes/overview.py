"""What needs me today? And is the service alive?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from classify.patterns import BASELINE, WINDOW, Pattern, find_patterns
from store.kinds import Band, MailState, Role
from store.pages.accounts import AccountLine, account_lines
from store.pages.digests import Reader, mail_states, readers
from store.pages.flags import flag_lines
from store.pages.signals import SignalFilter, count_signals, signal_lines
from store.pages.sources import SourceLine, latest_crawl, source_lines
from store.signals import signals_since
from store.sources import rivals_by_id
from web.access import LoggedIn, Visitor
from web.listing import week_of
from web.rendering import render, today_of
from web.site import site_of

router = APIRouter()
SHOWN = 6
FALLING = -5.0  # points in four weeks: an account that falls like this is at risk although still green


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMail:
    """The next weekly mail: to whom, when."""

    reader: Reader
    at: datetime


@router.get("/")
def show_overview(request: Request, visitor: LoggedIn) -> Response:
    """Show what needs this person today."""
    site, now = site_of(request), site_of(request).now()
    fresh = SignalFilter(since=now - timedelta(days=7), held=False)
    with site.database.read() as session:
        accounts = account_lines(session, today_of(now))
        flags = flag_lines(session, living=True)
        signals = signal_lines(session, fresh, SHOWN)
        new_signals = count_signals(session, fresh)
        review = count_signals(session, SignalFilter(review=True))
        held = count_signals(session, SignalFilter(review=True, held=True))
        sources = source_lines(session)
        crawl = latest_crawl(session)
        people = readers(session)
        mails = mail_states(session)
        patterns = _patterns(session, now)
    mine = [line for line in accounts if line.owner == visitor.user.email]
    watched = mine if mine and visitor.user.role is Role.MANAGER else accounts
    keys = {line.key for line in watched}
    blind = sorted(filter(attrgetter("is_blind"), sources), key=seen_order)
    return render(
        request,
        "overview.html",
        {
            "accounts": watched,
            "is_mine": watched is mine,
            "at_risk": sorted(filter(is_at_risk, watched), key=risk_order)[:SHOWN],
            "risk_count": sum(map(is_at_risk, watched)),
            "bands": {band: sum(line.band is band for line in watched) for band in Band},
            "flags": [
                flag for flag in flags if flag.account_key in keys and is_waiting(flag.snoozed_until, now)
            ],
            "shown": SHOWN,
            "signals": signals,
            "new_signals": new_signals,
            "review": review,
            "held": held,
            "week": week_of(now),
            "sources": sources,
            "patterns": patterns,
            "blind": blind,
            "blind_together": together(blind),
            "crawl": crawl,
            "next_mail": next_mail(people, visitor, now),
            "stuck": mails.get(MailState.IN_DOUBT, 0) + mails.get(MailState.FAILED, 0),
        },
    )


def _patterns(session: Session, now: datetime) -> list[Pattern]:
    markets = {rival.key: rival.market for rival in rivals_by_id(session).values()}
    return find_patterns(signals_since(session, now - WINDOW - BASELINE), markets, now)


@router.get("/healthz")
def check_health(request: Request) -> Response:
    """Answer whether the database can be read; needs no log-in and tells nothing else."""
    with site_of(request).database.read() as session:
        latest_crawl(session)
    return JSONResponse({"status": "ok"})


def seen_order(line: SourceLine) -> datetime:
    """Return the place of a source when the one not seen for longest comes first."""
    return line.last_success_at or datetime.min.replace(tzinfo=UTC)


def together(blind: list[SourceLine]) -> list[list[SourceLine]]:
    """Return a rival's blind sources with the same state and reason as one group, in the order of the first of each."""
    groups: dict[tuple[str, str | None, str | None], list[SourceLine]] = {}
    for line in blind:
        groups.setdefault((line.rival_name, line.state, line.reason), []).append(line)
    return list(groups.values())


def is_at_risk(line: AccountLine) -> bool:
    """Return whether an account is red, yellow, or falling fast."""
    falling = line.trend_4w is not None and line.trend_4w <= FALLING
    return line.band in (Band.RED, Band.YELLOW) or falling


def risk_order(line: AccountLine) -> tuple[int, float, str]:
    """Return the place of an account when the most threatened comes first: by band, then by contract value."""
    bands = {Band.RED: 0, Band.YELLOW: 1, Band.GREY: 2, Band.GREEN: 3}
    return bands[line.band], -float(line.arr or 0), line.name


def is_waiting(snoozed_until: datetime | None, now: datetime) -> bool:
    """Return whether a flag wants attention now."""
    return snoozed_until is None or snoozed_until <= now


def next_mail(people: list[Reader], visitor: Visitor, now: datetime) -> NextMail | None:
    """Return one's own next weekly mail, or whichever goes out first."""
    live = [reader for reader in people if reader.weekly and reader.unsubscribed_at is None]
    own = [reader for reader in live if reader.email.lower() == visitor.user.email]
    mails = [NextMail(reader=reader, at=next_send(reader, now)) for reader in own or live]
    return min(mails, key=lambda mail: mail.at, default=None)


def next_send(reader: Reader, now: datetime) -> datetime:
    """Return the reader's next weekly sending time after ``now``, in their own time zone."""
    local = now.astimezone(ZoneInfo(reader.timezone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    day = midnight + timedelta(days=(reader.weekday - local.weekday()) % 7)
    at = day.replace(hour=reader.send_minute // 60, minute=reader.send_minute % 60)
    return at if at > local else at + timedelta(days=7)
