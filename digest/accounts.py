"""Accounts to look at: the band, what it is with and without competitors, what moved it, and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.items import Reader
from digest.rank import value_factor
from digest.record import AccountLine, FlagLine, uncertain
from digest.words import count, day, money, percent, plain, sentence, stopped
from healthmerge.wording import headline_of
from store.account_readings import AccountReading, FlagReading, HealthReading
from store.kinds import Band

MOST_FLAGS = 2
BECAUSE_LIMIT = 180

_BADNESS = {Band.RED: 3, Band.YELLOW: 2, Band.GREY: 1, Band.GREEN: 0}


def at_risk(account: AccountReading) -> bool:
    """Return True if the account is red, has an urgent flag, or got worse; yellow alone is no news every week."""
    health = account.health
    if health is None:
        return bool(account.flags)
    return health.band is Band.RED or worsened(account) or pulled_down(health) or bool(account.flags)


def worsened(account: AccountReading) -> bool:
    """Return True if the account's band is worse than at the start of the period."""
    health, before = account.health, account.health_before
    if health is None or before is None or Band.GREY in (health.band, before.band):
        return False
    return _BADNESS[health.band] > _BADNESS[before.band]


def pulled_down(health: HealthReading) -> bool:
    """Return True if the account would stand in a better band without competitors."""
    return health.band is not Band.GREY and _BADNESS[health.band] > _BADNESS[health.band_without]


def by_urgency(accounts: Sequence[AccountReading]) -> list[AccountReading]:
    """Return the accounts to look at, worst band first, then by what competitors cost them and by contract value."""
    largest = max((account.arr for account in accounts if account.arr is not None), default=None)

    def key(account: AccountReading) -> tuple[float, ...]:
        health = account.health
        band = _BADNESS[health.band] if health else 0
        lost = (health.score_without or 0) - (health.score or 0) if health else 0
        level = max((flag.level for flag in account.flags), default=0)
        return (-band, -level, -lost * value_factor(account, largest), account.id)

    return sorted((account for account in accounts if at_risk(account)), key=key)


def account_line(account: AccountReading, strongest: str, reader: Reader) -> AccountLine:
    """Return the account as the mail shows it; ``strongest`` is this period's strongest reason against it."""
    health, before = account.health, account.health_before
    moved_from = before.score if before and health and before.as_of != health.as_of else None
    moved = _moved(account, strongest)
    return AccountLine(
        key=account.key,
        name=plain(account.name, 60),
        band=health.band if health else Band.GREY,
        score=_score(health.score if health else None),
        score_before=_score(moved_from),
        # With an unknown index nobody can say what competitors take.
        score_without=_score(health.score_without if health and health.activity is not None else None),
        activity=_score(health.activity if health else None),
        stake=_stake(account, reader),
        moved=moved,
        outlook=_outlook(health, reader),
        overridden=_overridden(health),
        flags=tuple(_flag(flag, moved, reader) for flag in account.flags[:MOST_FLAGS]),
        flags_more=max(0, len(account.flags) - MOST_FLAGS),
        worsened=worsened(account),
    )


def _score(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _stake(account: AccountReading, reader: Reader) -> str:
    parts = []
    if account.arr is not None:
        parts.append(f"{money(account.arr, reader.currency)} a year")
    if account.renewal is not None:
        left = (account.renewal - reader.today).days
        when = f"in {count(left, 'day')}" if 0 <= left <= 120 else day(account.renewal, year=True)
        parts.append(f"renewal {when}" if left >= 0 else f"renewal was {when}")
    return ", ".join(parts)


def _moved(account: AccountReading, strongest: str) -> str:
    """Return the strongest move in the direction the score went, else this period's strongest news."""
    health, before = account.health, account.health_before
    falling = not (health and before and (health.score or 0) > (before.score or 0))
    for move in account.moves:
        if (move.points < 0) is falling:
            sign = "−" if falling else "+"
            whole = round(abs(move.points))
            points = f"{sign}{whole} point{'s' if whole != 1 else ''}" if abs(move.points) >= 1 else "Moved"
            because = plain(move.because)
            headline = headline_of(because)
            return sentence(f"{points}: {headline}" if headline else f"{points} {because}", BECAUSE_LIMIT)
    return sentence(strongest, BECAUSE_LIMIT)


def _outlook(health: HealthReading | None, reader: Reader) -> str:
    if health is None or health.green_again is None or health.green_again <= reader.today:
        return ""
    return f"Green again on {day(health.green_again)} if nothing new comes."


def _overridden(health: HealthReading | None) -> str:
    """Say whose word the score is, until when and why, and what was computed; empty if it is the computed one."""
    word = health.override if health else None
    if word is None:
        return ""
    computed = (
        "unknown" if word.computed_score is None else f"{word.computed_band} at {word.computed_score:.0f}"
    )
    whose = (
        f"This is the word of {plain(word.author, 80)} until {day(word.last_day)}, not the computed health"
    )
    return f"{whose} ({computed}): {stopped(word.reason, BECAUSE_LIMIT)}"


def _flag(flag: FlagReading, moved: str, reader: Reader) -> FlagLine:
    because = plain(flag.because)
    words, _, headline = because.partition(": ")
    if headline and headline.rstrip(".") in moved:
        because = words
    return FlagLine(
        level=flag.level,
        because=with_doubt(sentence(because, BECAUSE_LIMIT), flag),
        due=_due(flag.due_at, reader) if flag.due_at else "",
    )


def with_doubt(because: str, flag: FlagReading) -> str:
    """Return why a flag is up, with the mark of its signal where an analyst is asked about that."""
    sure = flag.certainty
    if sure is None or not sure.review:
        return because
    stop = "." if because.endswith(".") else ""
    return f"{because.removesuffix('.')}; {uncertain(percent(sure.confidence))}{stop}"


def _due(moment: datetime, reader: Reader) -> str:
    by = moment.astimezone(ZoneInfo(reader.timezone)).date()
    return f"{'Overdue since' if by < reader.today else 'Due'} {day(by)}."
