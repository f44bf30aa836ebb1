"""A check-in as an entry for a calendar: RFC 5545, one event, proposed and not sent to anybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.words import plain

PRODUCT = "-//Rivalwatch//Check-in//EN"
LENGTH = timedelta(minutes=30)
AT = time(10, 0)  # local: late enough to read the mail first, early enough to act the same day
NOTICE = timedelta(days=1)
SATURDAY = 5
LINE_LIMIT = 75  # octets; longer lines are folded


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """A proposed meeting. ``identity`` makes the same one of every repetition."""

    identity: str
    starts_at: datetime
    title: str
    agenda: Sequence[str]
    url: str


def propose(now: datetime, timezone: str) -> datetime:
    """Return ten o'clock on the next working day that leaves a day's notice, in the reader's time zone."""
    zone = ZoneInfo(timezone)
    day = (now + NOTICE).astimezone(zone).date()
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, AT, zone)


def calendar_entry(check_in: CheckIn, now: datetime) -> str:
    """Return the ``.ics`` file: CRLF lines of at most 75 octets, every text escaped."""
    agenda = "\n".join(
        f"{number}. {plain(line, 300)}" for number, line in enumerate(check_in.agenda, start=1)
    )
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(check_in.identity)}",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(check_in.starts_at)}",
        f"DTEND:{_moment(check_in.starts_at + LENGTH)}",
        f"SUMMARY:{_text(plain(check_in.title, 120))}",
        f"DESCRIPTION:{_text(agenda)}",
        f"URL:{check_in.url}",
        "STATUS:TENTATIVE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r", "").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Return the line in pieces of at most 75 octets, those after the first led by a space; no character is cut."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > LINE_LIMIT:
            pieces.append(piece)
            piece = " "
        piece += character
    return [*pieces, piece]
