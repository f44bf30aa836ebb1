from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigurationError
from config.health import BandConfig, CompetitorExposureConfig, HealthConfig, MetricConfig, PartConfig
from config.load import default_health, read_health
from config.settings import LinkingSettings
from healthmerge.run import run_health
from healthmerge.trial import trial_rows, try_health
from store.database import Database
from store.health import latest_health
from store.metrics import MetricValue, write_metrics
from tests.linking.worlds import settle

LINKING = LinkingSettings()
NPS = MetricConfig(name="nps", label="Net Promoter Score", worst=0, best=100, weight=1)
HEALTH = HealthConfig(
    parts=(PartConfig(name="financial", weight=100, metrics=(NPS,)),),
    bands=BandConfig(),
    competitors=CompetitorExposureConfig(),
)


def _settle(session, now):
    settle(session, now)
    day = now.date().replace(day=1)
    values = {"harbour-bank": 80.0, "lindqvist": 60.0}
    write_metrics(
        session, [MetricValue(account_key=k, name="nps", period=day, value=v) for k, v in values.items()]
    )


def test_a_trial_names_the_accounts_that_change_and_writes_nothing(any_database: Database, now) -> None:
    stricter = HEALTH.model_copy(update={"bands": BandConfig(green=90, yellow=50)})
    with any_database.write() as session:
        _settle(session, now)
        trial = try_health(session, now, HEALTH, stricter, LINKING)
        assert latest_health(session) == {}
    assert trial.accounts == 3
    assert trial_rows(trial.changes) == [("harbour-bank", "Harbour Bank", "green (80.0)", "yellow (80.0)")]


def test_the_configuration_in_force_changes_nothing_even_within_hysteresis(database: Database, now) -> None:
    with database.write() as session:
        _settle(session, now)
        run_health(session, now, HEALTH, LINKING)
        assert try_health(session, now, HEALTH, HEALTH, LINKING).changes == ()


def test_another_health_file_is_read_and_its_mistakes_are_named(tmp_path: Path) -> None:
    starter = Path(__file__).resolve().parents[2] / "config" / "health.yaml"
    assert read_health(starter) == default_health()
    wrong = tmp_path / "other.yaml"
    for text in ("", "parts: 3\n", starter.read_text(encoding="utf-8").replace("weight: 3", "weight: many")):
        wrong.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigurationError):
            read_health(wrong)
