"""Questions about categories as a person sees and answers them in a terminal, and the settings behind them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from config.starter import write_starter
from service.cli import app
from store.database import Database
from store.feedback import read_lessons
from store.kinds import Category
from store.models.evidence import SignalRow
from store.schema import upgrade
from tests.linking.worlds import add_signal, settle

BY = ("--by", "ana@us.example")


class Shell:
    """A folder with configuration and database, in which somebody types."""

    def __init__(self, folder: Path) -> None:
        self.config, self.url = folder / "config", f"sqlite:///{folder}/rivalwatch.db"
        write_starter(self.config)

    def run(self, *words: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, ["--config", str(self.config), "--db", self.url, *words], input=stdin)

    def text(self, *words: str, stdin: str | None = None) -> str:
        result = self.run(*words, stdin=stdin)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    def thresholds(self, lines: str) -> None:
        (self.config / "settings.yaml").write_text(f"classify:\n{lines}", encoding="utf-8")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Three signals: 1 is sure, 2 is not certain, 3 is held."""
    made, now = Shell(tmp_path), datetime.now(UTC)
    with Database(made.url) as database:
        upgrade(database)
        with database.write() as session:
            settle(session, now)
            more: dict[str, Any] = {"linked_at": now}
            add_signal(session, now - timedelta(hours=1), "Northbeam launches checks", **more)
            add_signal(
                session, now - timedelta(hours=2), "Northbeam signs", confidence=0.62, review=True, **more
            )
            doubt: dict[str, Any] = {"confidence": 0.31, "review": True, "held": True}
            add_signal(session, now - timedelta(hours=3), "Northbeam murmurs", **doubt, **more)
    return made


def rows(shell: Shell) -> dict[int, SignalRow]:
    with Database(shell.url) as database, database.read() as session:
        return {row.id: row for row in session.query(SignalRow)}


def test_the_list_says_how_sure_each_category_is(shell: Shell) -> None:
    sure, unsure, held = shell.text("signals", "list").splitlines()[1:4]
    assert "90 %  " in sure
    assert "not certain" not in sure
    assert "62 %, not certain" in unsure
    assert "31 %, held" in held
    lines = [json.loads(line) for line in shell.text("signals", "list", "--json").splitlines()]
    assert [(line["review"], line["held"]) for line in lines] == [(False, False), (True, False), (True, True)]
    assert json.loads(shell.text("signals", "show", "2"))["held"] is False


def test_each_answer_ends_its_question_and_is_a_lesson(shell: Shell) -> None:
    assert "signal 3 is right as it is" in shell.text("signals", "release", "3", *BY)
    assert "signal 2 is customer" in shell.text("signals", "release", "2", "--category", "customer", *BY)
    found = rows(shell)
    assert [(found[n].review, found[n].held, found[n].linked_at) for n in (2, 3)] == [
        (False, False, None)
    ] * 2
    with Database(shell.url) as database, database.read() as session:
        lessons = {lesson.signal_id: lesson.category for lesson in read_lessons(session)}
    assert lessons == {2: Category.CUSTOMER, 3: Category.LAUNCH}
    assert "not certain" not in shell.text("signals", "list")
    assert shell.run("signals", "release", "2", *BY).exit_code == 1


def test_a_corrected_signal_is_told_anew_and_the_old_words_can_be_asked_for(shell: Shell) -> None:
    before = json.loads(shell.text("signals", "show", "2"))
    assert before["told_before"] == []
    said = shell.text("signals", "release", "2", "--category", "regulatory", *BY)
    after = json.loads(shell.text("signals", "show", "2"))
    assert f"it now reads: {after['headline']}" in said
    assert after["why"] != before["why"]
    assert after["drivers"][0].startswith("regulatory news")
    (old,) = after["told_before"]
    kept = ("category", "headline", "why", "impact", "drivers")
    assert [old[name] for name in kept] == [before[name] for name in kept]
    assert old["corrected_by"] == BY[1]


def test_a_sure_signal_is_corrected_by_whoever_knows_better(shell: Shell) -> None:
    before = json.loads(shell.text("signals", "show", "1"))
    said = shell.text("signals", "correct", "1", "--category", "regulatory", *BY)
    after = json.loads(shell.text("signals", "show", "1"))
    assert (before["category"], after["category"]) == ("launch", "regulatory")
    assert f"it now reads: {after['headline']}" in said
    (old,) = after["told_before"]
    assert (old["why"], old["corrected_by"]) == (before["why"], BY[1])
    assert "signal 2 is customer" in shell.text("signals", "correct", "2", "--category", "customer", *BY)
    assert rows(shell)[2].review is False, "a correction answers the question as well"


def test_that_a_sure_signal_is_noise_is_a_lesson_and_the_signal_stays(shell: Shell) -> None:
    said = shell.text("signals", "dismiss", "1", *BY)
    assert "stays as it is" in said
    assert rows(shell)[1].retracted_at is None
    with Database(shell.url) as database, database.read() as session:
        assert [lesson.category for lesson in read_lessons(session)] == [Category.NONE]
    shell.text("signals", "dismiss", "2", *BY)
    again = shell.run("signals", "dismiss", "2", *BY)
    assert "does not wait for review" in str(again.exception), "what is taken back is not dismissed twice"
    gone = shell.text("signals", "correct", "2", "--category", "customer", *BY)
    assert "was taken back and stays so" in gone


def test_the_same_category_is_no_correction(shell: Shell) -> None:
    said = shell.text("signals", "correct", "1", "--category", "launch", *BY)
    assert said.strip() == "signal 1 is launch already; your word is kept as a lesson"
    shell.text("signals", "correct", "2", "--category", "launch", *BY)
    assert rows(shell)[2].review is False, "who says so answers the question"


def test_what_counted_already_can_still_be_dismissed(shell: Shell) -> None:
    assert "signal 2 is dismissed" in shell.text("signals", "dismiss", "2", *BY)
    row = rows(shell)[2]
    assert (row.review, row.retraction) == (False, "dismissed in review by ana@us.example")


@pytest.mark.parametrize("answer", ["release", "dismiss", "correct"])
def test_an_answer_about_a_signal_that_is_not_there_says_so(shell: Shell, answer: str) -> None:
    more = ["--category", "pricing"] if answer == "correct" else []
    result = shell.run("signals", answer, "99", *more, *BY)
    assert str(result.exception) == "no signal '99'; see 'rivalwatch signals list'"


def test_an_unknown_category_is_told_which_there_are(shell: Shell) -> None:
    result = shell.run("signals", "release", "2", "--category", "prices", *BY)
    assert "use one of: launch, pricing, leadership" in str(result.exception)
    assert "none" not in str(result.exception)


def test_a_time_without_signals_is_no_empty_database(shell: Shell) -> None:
    assert shell.text("signals", "list", "--since", "2999-01-01").strip() == "no signals since 2999-01-01"
    assert json.loads(shell.text("signals", "show", "2", "--json"))["id"] == 2


def test_check_names_the_place_where_the_thresholds_are_crossed(shell: Shell) -> None:
    shell.thresholds("  mail_from: 0.6\n  review_below: 0.5\n")
    result = shell.run("check", "--json")
    assert result.exit_code == 1
    (problem,) = [p for p in json.loads(result.stdout)["problems"] if "review_below" in p["message"]]
    assert (problem["file"], problem["line"], problem["column"]) == ("config/settings.yaml", 3, 17)
    assert problem["found"] == "0.5"
    assert problem["remedy"] == "write review_below: 0.6 or more, or mail_from: 0.5 or less"
    shell.thresholds("  mail_from: 0.5\n  review_below: 0.5\n")
    assert shell.run("check").exit_code == 0


@pytest.mark.slow
def test_classify_marks_what_an_analyst_would_be_asked_about(shell: Shell) -> None:
    row = json.dumps({"id": "a", "text": "Northbeam appoints Mara Quill as Chief Revenue Officer"}) + "\n"
    shell.thresholds("  mail_from: 0.0\n  review_below: 1.0\n")
    asked = json.loads(shell.text("classify", "-", "--json", stdin=row))
    assert (asked["review"], asked["held"]) == (True, False)
    assert ", not certain\t" in shell.text("classify", "-", stdin=row)
    shell.thresholds("  mail_from: 1.0\n  review_below: 1.0\n")
    held = json.loads(shell.text("classify", "-", "--json", stdin=row))
    assert (held["review"], held["held"]) == (True, True)
