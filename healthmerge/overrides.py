"""A person's word against the computed health: what is in force then, and what was computed, side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from config.errors import InputError
from config.health import BandConfig
from store.accounts import Account
from store.health import Health, latest_health, save_health
from store.kinds import Band
from store.overrides import Override, add_override, end_override

LONGEST = timedelta(days=180)  # an override is a stopgap: what is true for longer belongs into the metrics
REASON_LEAST = 10  # characters; "ok" convinces nobody in three months
_WITHIN = f"after today and within {LONGEST.days} days"
JUST_BELOW = 1.0  # points under a limit, so that a score moved down does not read as the limit


class BadOverrideError(InputError):
    """The override cannot be: its end, its reason or its score is wrong."""


def overridden(row: Health, override: Override, bands: BandConfig) -> Health:
    """Return the row with the override in force and the computed values beside it."""
    score = override.score if override.score is not None else moved_into(row.own_score, override.band, bands)
    return replace(
        row,
        score=score,
        band=override.band,
        computed_score=row.own_score,
        computed_band=row.own_band,
        override_id=override.id,
    )


def restored(row: Health) -> Health:
    """Return the row as computed."""
    return replace(
        row,
        score=row.own_score,
        band=row.own_band,
        computed_score=None,
        computed_band=None,
        override_id=None,
    )


def moved_into(score: float | None, band: Band, bands: BandConfig) -> float | None:
    """Return the score of a band that is nearest to the computed one; None if nothing was computed."""
    if score is None or band is Band.GREY:
        return None
    low, high = {
        Band.RED: (0.0, bands.yellow - JUST_BELOW),
        Band.YELLOW: (bands.yellow, bands.green - JUST_BELOW),
        Band.GREEN: (bands.green, 100.0),
    }[band]
    return min(high, max(low, score))


def end_of(last_day: date) -> datetime:
    """Return the moment at which an override ends that holds through that day. Raises: BadOverrideError."""
    try:
        return datetime.combine(last_day + timedelta(days=1), time(), UTC)
    except OverflowError:
        raise BadOverrideError(f"no override can last until {last_day}; choose a day {_WITHIN}") from None


def put_override(
    session: Session, account: Account, override: Override, bands: BandConfig, now: datetime
) -> Override:
    """Store an override and let the account's newest row say it at once. Raises: BadOverrideError."""
    check_override(override, bands, now)
    kept = add_override(session, override)
    row = latest_health(session, account.id).get(account.id)
    if row is not None:
        save_health(session, [overridden(restored(row), kept, bands)])
    return kept


def lift_override(session: Session, account: Account, who: str, now: datetime) -> Override:
    """End the override in force; the newest row says again what was computed. Raises: NoOverrideError."""
    ended = end_override(session, account.id, who, now)
    row = latest_health(session, account.id).get(account.id)
    if row is not None and row.override_id is not None:
        save_health(session, [restored(row)])
    return ended


def check_override(override: Override, bands: BandConfig, now: datetime) -> None:
    """Raises: BadOverrideError for a past or distant end, too short a reason, or a score outside its band."""
    if not now < override.expires_at <= now + LONGEST:
        raise BadOverrideError(f"the override ends on {override.expires_at:%Y-%m-%d}; choose a day {_WITHIN}")
    if len(override.reason.strip()) < REASON_LEAST:
        raise BadOverrideError(f"the reason is too short; say in {REASON_LEAST} characters or more why")
    if override.band is Band.GREY:
        raise BadOverrideError(
            "an override says green, yellow or red; lift it to go back to the computed band"
        )
    if override.score is not None and moved_into(override.score, override.band, bands) != override.score:
        raise BadOverrideError(
            f"a score of {override.score:g} is not {override.band}; leave the score out or choose another band"
        )
