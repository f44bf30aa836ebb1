"""The whole way of news whose category the model doubts: from the change over account and mail to the answer."""

from __future__ import annotations

import html
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from classify.classifier import Classifier, TextInput, load_classifier
from classify.run import run_classify
from config.load import default_health
from config.settings import ClassifySettings, LinkingSettings, Settings
from config.subscribers import SubscriberConfig
from digest.preview import preview
from digest.run import make_digest
from digest.themes import LABELS
from digest.week import week_period
from healthmerge.report import account_report
from healthmerge.run import run_health
from linking.run import run_linking
from store.database import Database
from store.kinds import Category, FactAction, FactKind, Role
from store.models.evidence import SignalRow
from store.records import FactChange
from store.reviews import release_signal
from store.signal_listing import show_signal
from store.subscribers import find_subscriber, sync_subscribers
from store.users import add_user
from tests.classify.conftest import World
from tests.linking.worlds import settle
from tests.web.conftest import Person
from tests.web.seed import PASSWORD
from web.app import create_app

TITLE = "Northbeam signs agreement with Quarry Group for identity checks in Irish banking"
ANALYST, HOUR = "ana@us.example", timedelta(hours=1)
READER = SubscriberConfig.model_validate(
    {
        "email": "dana@us.example",
        "name": "Dana",
        "timezone": "Europe/Dublin",
        "send": "mon 06:00",
        "accounts": "all",
    }
)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier(ClassifySettings(threads=2))


def go(database: Database, classifier: Classifier, classify: ClassifySettings, now: datetime) -> int:
    """Let the change go through every stage and return its signal's id."""
    seen = now - timedelta(days=2)
    with database.write() as session:
        settle(session, seen)
        sync_subscribers(session, [READER], now)
        told = FactChange(kind=FactKind.ENTRY, action=FactAction.ADDED, name=TITLE, after={}, quote=TITLE)
        World(session, seen).change(title=TITLE, added=[TITLE], facts=[told])
        run_classify(session, seen, classifier, classify)
        run_linking(session, seen, LinkingSettings())
        run_health(session, now, default_health(), LinkingSettings())
        return session.query(SignalRow).one().id


def sight(database: Database, now: datetime) -> tuple[str, list[dict[str, object]]]:
    """Return the mail's text and the exposures of the accounts, as they stand."""
    with database.write() as session:
        mail = preview(session, READER.key, "2026-W47", Settings())
        reports = [account_report(session, key, now) for key in ("harbour-bank", "quayside")]
        return mail.text, [exposure for report in reports if report for exposure in report["exposures"]]


@pytest.mark.slow
def test_doubtful_news_are_told_as_such_until_an_analyst_answers(
    database: Database, classifier: Classifier, now: datetime
) -> None:
    (read,) = classifier.read([TextInput(text=TITLE)])
    limits = ClassifySettings(review_below=1.0, mail_from=read.confidence / 2)
    signal = go(database, classifier, limits, now)
    mail, exposures = sight(database, now)
    assert "category not certain: " in mail
    assert exposures
    assert all(exposure["review"] for exposure in exposures)
    with database.write() as session:
        release_signal(session, signal, "ana@us.example", now)
    mail, answered = sight(database, now)
    assert "Quarry Group" in mail
    assert "not certain" not in mail
    assert [(e["signal"], e["score"]) for e in answered] == [(e["signal"], e["score"]) for e in exposures]
    assert not any(exposure["review"] for exposure in answered)


@pytest.mark.slow
def test_a_category_that_is_corrected_on_the_dashboard_is_put_right_everywhere(
    database: Database, classifier: Classifier, now: datetime
) -> None:
    (read,) = classifier.read([TextInput(text=TITLE)])
    limits = ClassifySettings(review_below=1.0, mail_from=read.confidence / 2)
    signal = go(database, classifier, limits, now)
    right = Category.REGULATORY if read.category is not Category.REGULATORY else Category.CUSTOMER
    with database.write() as session:
        reader = find_subscriber(session, READER.key)
        assert reader is not None
        make_digest(session, reader, week_period(reader, "2026-W47"), Settings(), now)
        add_user(session, ANALYST, "Ana", Role.ANALYST, PASSWORD, now)
        before = show_signal(session, signal)
    assert before is not None
    with closing(TestClient(create_app(database, Settings(), now=lambda: now))) as client:
        person = Person(client)
        assert person.log_in(ANALYST) == 303
        assert person.post(f"/signals/{signal}/release", category=right.value) == 303
        waiting = person.get(f"/signals/{signal}")
        with database.write() as session:
            run_linking(session, now + HOUR, LinkingSettings())
            run_health(session, now + HOUR, default_health(), LinkingSettings())
            mail = preview(session, READER.key, "2026-W48", Settings())
            after = show_signal(session, signal)
            report = account_report(session, "harbour-bank", now + HOUR)
        linked = person.get(f"/signals/{signal}")
    assert after is not None
    assert report is not None
    assert after["category"] == right
    assert after["drivers"][0].startswith(f"{right} news")
    assert (after["why"] != before["why"], after["told_before"][0]["why"]) == (True, before["why"])
    assert "is judged at the next run" in waiting
    assert "is judged at the next run" not in linked
    assert html.escape(before["why"], quote=True) in linked.replace("&#39;", "&#x27;")
    assert {item["category"] for item in report["exposures"]} <= {right}
    told = " ".join(mail.text.split())
    assert f"Corrected by {ANALYST}: it belongs under {LABELS[right]}, not {LABELS[read.category]}." in told
    assert after["why"] in told
    assert TITLE in told.partition("CORRECTED")[2]


@pytest.mark.slow
def test_a_guess_reaches_nobody_before_the_answer_and_everybody_after_it(
    database: Database, classifier: Classifier, now: datetime
) -> None:
    signal = go(database, classifier, ClassifySettings(review_below=1.0, mail_from=1.0), now)
    mail, exposures = sight(database, now)
    assert "Quarry Group" not in mail
    assert "1 held back: they wait for an analyst's review." in mail
    assert exposures == []
    with database.write() as session:
        release_signal(session, signal, "ana@us.example", now)
        run_linking(session, now, LinkingSettings())
    mail, exposures = sight(database, now)
    assert "Quarry Group" in mail
    assert exposures
