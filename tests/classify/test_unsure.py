"""Being asked and being kept back are two thresholds: what is not certain is told as such, what is a guess waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from classify.classifier import TextInput
from classify.measuring.evaluate import evaluate_rows
from classify.rows import LabelledRow
from classify.run import run_classify
from classify.tellings.merge import merge_meaning
from config.settings import ClassifySettings
from store.kinds import Category, FactAction, FactKind
from store.models.evidence import SignalRow
from store.records import FactChange
from store.signal_listing import list_signals
from store.signals import Meaning

TITLE = "Northbeam signs agreement with Quarry Group"
FILED = "Northbeam filed 8-K: entry into a material agreement"


def meaning(
    *, review=False, held=False, category=Category.LAUNCH, headline="Northbeam opens Beacon", sure=0.7
):
    return Meaning(
        category=category,
        confidence=sure,
        impact=0.5,
        headline=headline,
        why="w",
        text=headline,
        review=review,
        held=held,
    )


def tell(world, title=TITLE, *, text="", source="blog", later=0):
    fact = FactChange(
        kind=FactKind.ENTRY,
        action=FactAction.ADDED,
        name=title,
        after={"text": text} if text else {},
        quote=title,
    )
    at = world.now + timedelta(hours=later)
    world.change(source=source, title=title, added=[title, text] if text else [title], facts=[fact], at=at)


def stored(world):
    return world.session.scalars(select(SignalRow).order_by(SignalRow.id)).all()


@pytest.fixture
def between(classifier):
    """Settings by which the model's word on `TITLE` is enough for the mail and not enough to go unasked."""
    (read,) = classifier.read([TextInput(text=TITLE)])
    return ClassifySettings(review_below=min(1.0, read.confidence + 0.05), mail_from=read.confidence - 0.05)


def test_the_thresholds_in_force_ask_far_more_than_they_keep_back():
    settings = ClassifySettings()
    assert (settings.review_below, settings.mail_from, settings.alert_from) == (0.84, 0.40, 0.70)


def test_a_text_between_the_thresholds_is_asked_about_and_not_held(world, classifier, between):
    tell(world)
    run_classify(world.session, world.now, classifier, between)
    (signal,) = stored(world)
    assert (signal.review, signal.held) == (True, False)
    (line,) = list_signals(world.session)
    assert (line["review"], line["held"]) == (True, False)


def test_a_text_below_both_is_held_and_one_above_both_is_neither(world, classifier, between):
    tell(world)
    run_classify(
        world.session, world.now, classifier, replace_settings(between, mail_from=between.review_below)
    )
    (signal,) = stored(world)
    assert (signal.review, signal.held) == (True, True)
    tell(world, "Northbeam appoints Mara Quill as Chief Revenue Officer", later=40 * 24)
    run_classify(world.session, world.now, classifier, ClassifySettings())
    assert (stored(world)[1].review, stored(world)[1].held) == (False, False)


@pytest.mark.parametrize(("languages", "held"), [(("en",), True), (("en", "de"), False)])
def test_a_text_is_held_for_its_language_only_if_that_is_none_of_the_settings(
    world, classifier, languages, held
):
    tell(
        world, "Northbeam ernennt Mara Quill zur Vertriebschefin, die ab Januar auch für unsere Kunden da ist"
    )
    settings = ClassifySettings(review_below=0.0, mail_from=0.0, languages=languages)
    run_classify(world.session, world.now, replace(classifier, languages=frozenset(languages)), settings)
    (signal,) = stored(world)
    assert (signal.review, signal.held) == (held, held)


def test_texts_say_both_to_who_classifies_them(classifier, between):
    limits = {"review_below": between.review_below, "mail_from": between.mail_from}
    (signal,) = replace(classifier, **limits).classify([TextInput(text=TITLE)])
    assert (signal.to_json()["review"], signal.to_json()["held"]) == (True, False)


def test_coverage_counts_what_nobody_is_asked_about(classifier, between):
    rows = [LabelledRow(text=TITLE, labels=(Category.PARTNERSHIP,), origin="test")]
    limits = {"review_below": between.review_below, "mail_from": between.mail_from}
    assert evaluate_rows(rows, replace(classifier, **limits)).coverage == 0
    assert evaluate_rows(rows, replace(classifier, review_below=between.mail_from)).coverage == 1


def test_a_surer_telling_that_agrees_ends_the_question():
    merged = merge_meaning(meaning(review=True), meaning(sure=0.97), sources=2)
    assert (merged.review, merged.held) == (False, False)


def test_a_surer_telling_of_another_category_lets_a_held_story_go_and_leaves_the_question():
    other = meaning(category=Category.CUSTOMER, sure=0.97)
    merged = merge_meaning(meaning(review=True, held=True, sure=0.3), other, sources=2)
    assert (merged.review, merged.held) == (True, False)


def test_a_story_is_held_only_while_all_its_tellings_are():
    guess = meaning(review=True, held=True, sure=0.3)
    assert merge_meaning(guess, guess, sources=2).held
    merged = merge_meaning(guess, meaning(review=True), sources=2)
    assert (merged.review, merged.held) == (True, False)
    merged = merge_meaning(meaning(review=True), guess, sources=2)
    assert (merged.review, merged.held) == (True, False)


def test_an_answer_stands_when_a_further_telling_is_unsure():
    merged = merge_meaning(meaning(), meaning(review=True, held=True, sure=0.3), sources=2)
    assert (merged.review, merged.held) == (False, False)


def test_a_bare_filing_settles_nothing():
    filed = meaning(headline=FILED, category=Category.REGULATORY, sure=0.97)
    merged = merge_meaning(meaning(review=True, held=True, sure=0.3), filed, sources=2)
    assert (merged.review, merged.held) == (True, True)


@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.sampled_from([Category.LAUNCH, Category.CUSTOMER])),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_held_is_asked_about_however_many_tellings_there_are(tellings):
    meanings = [meaning(review=a or h, held=h, category=category) for a, h, category in tellings]
    merged = meanings[0]
    for number, further in enumerate(meanings[1:], start=2):
        merged = merge_meaning(merged, further, sources=number)
    assert merged.review or not merged.held
    assert merged.held == all(one.held for one in meanings)


def replace_settings(settings, **changes):
    return settings.model_copy(update=changes)
