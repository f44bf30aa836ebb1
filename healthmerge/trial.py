"""What another ``health.yaml`` would do: the accounts whose band it would change today, without writing anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from config.health import HealthConfig
from config.settings import LinkingSettings
from healthmerge.known import Known, load_known
from healthmerge.run import account_health
from store.accounts import Account
from store.kinds import Band
from store.records import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class BandChange:
    """An account that another configuration would put into another band. Scores are 0-100; None is unknown."""

    account: Account
    score: float | None
    band: Band
    tried_score: float | None
    tried_band: Band

    def to_json(self) -> JsonObject:
        """Return the change for ``--json``."""
        return {
            "key": self.account.key,
            "name": self.account.name,
            "now": {"score": self.score, "band": self.band.value},
            "tried": {"score": self.tried_score, "band": self.tried_band.value},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How many accounts were looked at, and those that would change their band, by key."""

    accounts: int
    changes: tuple[BandChange, ...]


def try_health(
    session: Session, now: datetime, health: HealthConfig, tried: HealthConfig, linking: LinkingSettings
) -> Trial:
    """Return what the tried configuration would change today against the one in force."""
    known = load_known(session, now, health, linking)
    return Trial(accounts=len(known.accounts), changes=band_changes(known, tried))


def band_changes(known: Known, tried: HealthConfig) -> tuple[BandChange, ...]:
    """Return the accounts whose computed band the tried configuration would change, by key. Pure.

    Both are computed from the same values and the same band of the day before, so that hysteresis does not pass for a
    change of the configuration.
    """
    other = known.under(tried)
    both = (
        (account, account_health(account, known)[0], account_health(account, other)[0])
        for account in known.accounts
    )
    return tuple(
        BandChange(
            account=account,
            score=now.own_score,
            band=now.own_band,
            tried_score=then.own_score,
            tried_band=then.own_band,
        )
        for account, now, then in both
        if now.own_band is not then.own_band
    )


def trial_rows(changes: Sequence[BandChange]) -> list[tuple[str, str, str, str]]:
    """Return key, name, where it is now and where it would be, as words."""
    return [
        (
            change.account.key,
            change.account.name,
            _words(change.band, change.score),
            _words(change.tried_band, change.tried_score),
        )
        for change in changes
    ]


def _words(band: Band, score: float | None) -> str:
    return f"{band.value} (unknown)" if score is None else f"{band.value} ({score:.1f})"
