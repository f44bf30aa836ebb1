"""``rivalwatch health …`` and the release from review, as a person types them."""

from __future__ import annotations

import json
import re
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
from store.drops import Drop, record_drops
from store.kinds import Stage
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
            add_signal(session, now, "Northbeam launches checks", review=True, held=True, linked_at=now)
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
        (
            ("override", "harbour-bank", "--band", "red", "--reason", "x" * 20, "--until", "9999-12-31", *BY),
            "within 180 days",
        ),
        (("outcome", "harbour-bank", "renewed", "--on", "9999-12-31", *BY), "has not come yet"),
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
    # What an analyst says later of a sure signal is kept to learn from; the signal stays.
    assert "lesson" in shell.text("signals", "dismiss", "1", *BY)


def test_a_number_that_no_signal_can_have_is_a_usage_mistake(shell: Shell) -> None:
    for words in (("show",), ("release", *BY), ("dismiss", *BY)):
        assert shell.run("signals", *words, "9" * 20).exit_code == 2


def test_an_empty_password_is_refused_and_no_other_is_made_in_its_place(shell: Shell) -> None:
    refused = shell.run("users", "add", "sam@us.example", "--password", "")
    assert "0 characters" in str(refused.exception)
    assert "nobody may log in yet" in shell.text("users", "list")


def test_push_tokens_are_listed_by_the_minute(shell: Shell) -> None:
    shell.text("users", "token", "billing")
    line = shell.text("users", "tokens").splitlines()[-1]
    assert re.fullmatch(r"billing +\d{4}-\d\d-\d\d \d\d:\d\d +never *", line)


def test_sources_without_an_address_are_listed_by_what_they_ask_for(shell: Shell) -> None:
    listed = shell.text("sources", "list")
    assert "cik: 0001544522, forms: 8-K 10-Q 10-K" in listed
    assert "{" not in listed


def test_a_list_of_drops_that_was_cut_says_so(shell: Shell, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with Database(f"sqlite:///{tmp_path}/rivalwatch.db") as database, database.write() as session:
        record_drops(
            session, [Drop(stage=Stage.LINK, reason="far", subject=f"signal:{n}", at=now) for n in range(7)]
        )
    cut = shell.run("drops", "list", "--limit", "5")
    assert len(cut.stdout.splitlines()) == 6
    assert "more than 5 were dropped" in cut.stderr
    assert shell.run("drops", "list").stderr == ""


def test_a_home_page_that_cannot_be_read_ends_with_3(shell: Shell) -> None:
    failed = shell.run("discover", "http://127.0.0.1:1/")
    assert "the home page could not be read" in failed.stderr
    assert failed.exit_code == 3
