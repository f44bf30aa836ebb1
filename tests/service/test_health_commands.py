"""``rivalwatch health …`` and the release from review, as a person types them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.load import default_health
from config.settings import LinkingSettings
from config.starter import write_starter
from healthmerge.run import run_health
from service.cli import app
from store.database import Database
from store.metrics import MetricValue, write_metrics
from store.schema import upgrade
from tests.linking.worlds import add_signal, settle

BY = ("--by", "dana@us.example")


class Shell:
    """A folder with configuration and database, and what was printed there."""

    def __init__(self, folder: Path) -> None:
        write_starter(folder / "config")
        self.options = ["--config", str(folder / "config"), "--db", f"sqlite:///{folder}/rivalwatch.db"]

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(app, [*self.options, *words])

    def text(self, *words: str) -> str:
        result = self.run(*words)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made, now = Shell(tmp_path), datetime.now(UTC)
    with Database(f"sqlite:///{tmp_path}/rivalwatch.db") as database:
        upgrade(database)
        with database.write() as session:
            settle(session, now)
            month = now.date().replace(day=1)
            values = {"nps": 55.0, "adoption": 84.0, "payment_on_time_share": 97.0}
            write_metrics(
                session,
                [
                    MetricValue(account_key="harbour-bank", name=n, period=month, value=v)
                    for n, v in values.items()
                ],
            )
            run_health(session, now, default_health(), LinkingSettings())
            add_signal(session, now, "Northbeam launches checks", review=True, linked_at=now)
    return made


def test_a_word_against_a_score_is_said_listed_shown_and_taken_back(shell: Shell) -> None:
    until = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    said = ("--band", "red", "--reason", "the CISO told us that they leave", "--until", until, *BY)
    assert "is red by the word of dana@us.example" in shell.text("health", "override", "harbour-bank", *said)
    assert "the CISO told us" in shell.text("health", "overrides")
    shown = shell.text("accounts", "show", "harbour-bank")
    assert "Computed, it is green at" in shown
    health = json.loads(shell.text("accounts", "show", "harbour-bank", "--json"))["health"]
    assert (health["band"], health["computed"]["band"]) == ("red", "green")
    shell.text("health", "lift", "harbour-bank", *BY)
    assert "nobody overrides a score" in shell.text("health", "overrides")
    assert json.loads(shell.text("accounts", "show", "harbour-bank", "--json"))["health"]["band"] == "green"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("override", "nobody", "--band", "red", "--reason", "x" * 20, "--until", "2030-01-01", *BY),
            "nobody",
        ),
        (
            ("override", "harbour-bank", "--band", "blue", "--reason", "x", "--until", "2030-01-01", *BY),
            "blue",
        ),
        (("override", "harbour-bank", "--band", "red", "--reason", "x" * 20, "--until", "soon", *BY), "soon"),
        (("lift", "harbour-bank", *BY), "nobody overrides"),
        (("outcome", "harbour-bank", "vanished", *BY), "vanished"),
        (("outcome", "harbour-bank", "renewed", "--arr-after", "much", *BY), "much"),
    ],
)
def test_what_cannot_be_is_named(shell: Shell, words: tuple[str, ...], message: str) -> None:
    result = shell.run("health", *words)
    assert result.exit_code == 1
    assert message in str(result.exception)


def test_each_score_names_the_version_of_the_rules_that_made_it(shell: Shell) -> None:
    [version] = [json.loads(line) for line in shell.text("health", "versions", "--json").splitlines()]
    [point] = [
        json.loads(line) for line in shell.text("health", "history", "harbour-bank", "--json").splitlines()
    ]
    assert (version["id"], version["scores"]) == (point["version"], 3)


def test_outcomes_are_recorded_and_judged_and_too_few_of_them_fit_nothing(shell: Shell) -> None:
    shell.text(
        "health", "outcome", "harbour-bank", "renewed", "--arr-before", "100", "--arr-after", "120", *BY
    )
    assert shell.run("health", "outcome", "harbour-bank", "renewed", *BY).exit_code == 1
    judged = json.loads(shell.text("health", "outcomes", "--json"))
    assert judged["outcomes"] == 1
    assert {rule["code"] for rule in judged["rules"]}
    assert "The stated weights stay" in shell.text("health", "refit", *BY)
    figures = json.loads(shell.text("health", "portfolio", "--json"))[0]["figures"]
    assert figures["nrr"]["value"] == pytest.approx(120)


def test_a_signal_is_released_from_review_once(shell: Shell) -> None:
    assert "counts" in shell.text("signals", "release", "1", *BY)
    assert shell.run("signals", "release", "1", *BY).exit_code == 1
    assert shell.run("signals", "dismiss", "1", *BY).exit_code == 1
