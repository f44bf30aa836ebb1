"""A small portfolio in the database, and its health on any day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from config.health import HealthConfig
from config.load import default_health
from config.settings import LinkingSettings
from healthmerge.run import run_health
from store.accounts import get_account
from store.flags import Flag, living_flags
from store.health import Health, latest_health
from store.metrics import MetricValue, write_metrics
from tests.linking.worlds import settle

LINKING = LinkingSettings()


@dataclass
class Bank:
    """Harbour Bank among two others, in one session; its metrics are said, its health computed on any day."""

    session: Session
    now: datetime
    health: HealthConfig

    def say(self, on: date | None = None, **metrics: float) -> None:
        period = on or self.now.date().replace(day=1)
        values = [
            MetricValue(account_key="harbour-bank", name=name, period=period, value=value)
            for name, value in metrics.items()
        ]
        write_metrics(self.session, values)

    def run(self, at: datetime | None = None, health: HealthConfig | None = None) -> Health:
        run_health(self.session, at or self.now, health or self.health, LINKING)
        return latest_health(self.session, self.id)[self.id]

    @property
    def id(self) -> int:
        account = get_account(self.session, "harbour-bank")
        assert account is not None
        return account.id

    def flags(self) -> dict[str, Flag]:
        return {flag.code: flag for flag in living_flags(self.session).get(self.id, [])}


@pytest.fixture
def make_bank(now: datetime) -> Callable[[Session], Bank]:
    def make(session: Session) -> Bank:
        settle(session, now)
        return Bank(session=session, now=now, health=default_health())

    return make
