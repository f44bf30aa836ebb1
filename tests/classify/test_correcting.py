"""A corrected category: the signal reads, weighs and links as if it had been told under the right one at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import select

from classify.classifier import Reading, TextInput
from classify.correcting import correct, release
from classify.facts import read_facts
from classify.meaning import meaning_of
from classify.model.embed import DIMENSIONS
from classify.parts.unit import Unit
from classify.retelling import BELONGS_TO, retell, units_that_told
from classify.rows import joined, training_rows
from classify.run import run_classify
from classify.signals import Actor, SignalFacts
from classify.stored_facts import facts_from_json
from config.settings import ClassifySettings
from store.audit import AuditEntry, record_audit
from store.feedback import read_lessons
from store.kinds import Category, FactKind
from store.models.evidence import SignalRow
from store.reviews import NotInReviewError
from store.signal_listing import show_signal
from tests.classify.test_run import entry, named, news, signals

ANALYST = "ana@us.example"
ACTOR = Actor(name="Northbeam Identity", aliases=("Northbeam",), products=("VerifyFlow",))
SETTINGS = ClassifySettings()
TITLE = "Northbeam signs agreement with Quarry Group"
TEXT = "Quarry Group will check its guests with VerifyFlow from March on."
NEWS: list[Category] = [category for category in Category if category is not Category.NONE]
ROWS = [row for row in training_rows() if row.label is not Category.NONE][::23]


def reading(*categories: Category) -> Reading:
    shares = dict(zip(categories, (0.6, 0.35), strict=False))
    return Reading(categories=shares, embedding=np.zeros(DIMENSIONS, dtype=np.float32), language="en")


def told(text: str, *categories: Category, title: str | None = None):
    unit = Unit(key="entry", title=title, text=text, quote=text)
    return unit, meaning_of(unit, reading(*categories), ACTOR, SETTINGS)


def row_of(world):
    return world.session.scalars(select(SignalRow).execution_options(populate_existing=True)).one()


@pytest.mark.parametrize("titled", [True, False])
def test_what_is_corrected_reads_as_it_would_have_read_from_the_start(titled):
    """Over every 23rd row that teaches news: told as another category first, then as its own."""
    differ = []
    for number, row in enumerate(ROWS):
        wrong = NEWS[(NEWS.index(row.label) + 1 + number % (len(NEWS) - 1)) % len(NEWS)]
        head, _, rest = row.text.partition(". ")
        title, text = (head, rest) if titled and rest else (None, row.text)
        _, right = told(text, row.label, title=title)
        unit, mistaken = told(text, wrong, title=title)
        mended = retell(mistaken, row.label, ACTOR, [unit])
        if mended != replace(right, confidence=mistaken.confidence, review=False, held=False):
            differ.append((row.text, right, mended))
    assert len(ROWS) > 200
    assert differ == []


def test_the_second_guess_that_was_right_keeps_the_facts_that_the_first_telling_read_for_it():
    unit, mistaken = told(TEXT, Category.PARTNERSHIP, Category.CUSTOMER, title=TITLE)
    known = replace(
        mistaken, facts={**mistaken.facts, "customers": ["Quarry Group"], "partners": ["Quarry Group"]}
    )
    mended = retell(known, Category.CUSTOMER, ACTOR, [unit])
    assert mended.facts["customers"] == ["Quarry Group"]
    assert mended.facts["partners"] == [], "of a partner, the right category knows nothing"
    assert mended.secondary == ()
    assert any(driver.startswith("a named customer") for driver in mended.drivers)
    assert not any(driver.startswith("partnership news") for driver in mended.drivers)


@pytest.mark.parametrize("category", NEWS)
def test_each_kind_of_fact_is_read_for_the_categories_that_it_belongs_to_alone(category):
    for row in ROWS:
        facts = read_facts(row.text, [category], ACTOR)
        filled = {kind for kind in BELONGS_TO if getattr(facts, kind)}
        assert all(category in BELONGS_TO[kind] for kind in filled), (row.text, filled)


def test_facts_are_read_back_as_they_were_stored():
    for row in ROWS:
        stored = read_facts(row.text, NEWS, ACTOR).to_json()
        assert facts_from_json(stored).to_json() == stored
    assert facts_from_json({}) == SignalFacts()


def test_a_page_s_facts_stay_whatever_they_are_said_to_mean(world, run):
    openings = [
        named(FactKind.OPENING, title, place="Lisbon") for title in ("Account Executive", "Sales Lead")
    ]
    world.change(source="careers", page_type="careers", facts=openings)
    run()
    before = row_of(world)
    facts = dict(before.facts)
    assert before.category == "hiring"
    said = correct(world.session, before.id, ANALYST, world.now, Category.EXPANSION)
    assert said is not None
    assert said["before"]["facts"] == facts
    after = row_of(world)
    assert (after.category, after.facts) == ("expansion", facts)
    assert after.drivers[0].startswith("expansion news")


@pytest.fixture
def asked(world, classifier):
    """A signal of which an analyst is asked whether it is a partnership, whatever the model makes of it."""
    news(world, TITLE, TEXT)
    run_classify(world.session, world.now, classifier, ClassifySettings(review_below=1.0, mail_from=0.0))
    (row,) = signals(world)
    row.category, row.linked_at = "partnership", world.now
    world.session.flush()
    return row


def test_an_answer_tells_the_stored_signal_anew_and_links_it_at_the_next_run(world, asked):
    before = (asked.headline, asked.why, asked.impact, tuple(asked.drivers))
    said = release(world.session, asked.id, ANALYST, world.now, Category.REGULATORY)
    after = row_of(world)
    assert (after.category, after.review, after.held, after.linked_at) == ("regulatory", False, False, None)
    assert after.why != before[1]
    assert after.drivers[0].startswith("regulatory news")
    assert said["category"] == "regulatory"
    old = said["before"]
    assert (old["headline"], old["why"], old["impact"], tuple(old["drivers"])) == before
    (lesson,) = read_lessons(world.session)
    assert lesson.category is Category.REGULATORY
    with pytest.raises(NotInReviewError):
        release(world.session, asked.id, ANALYST, world.now, Category.CUSTOMER)


def test_the_same_category_is_right_as_it_is_and_tells_nothing_anew(world, asked):
    before = (asked.headline, asked.why, asked.linked_at)
    assert release(world.session, asked.id, ANALYST, world.now, Category.PARTNERSHIP) == {}
    after = row_of(world)
    assert (after.headline, after.why, after.linked_at) == before


def test_the_words_that_stood_before_can_be_asked_about(world, asked):
    stood = asked.why
    said = release(world.session, asked.id, ANALYST, world.now, Category.REGULATORY)
    entered = AuditEntry(
        at=world.now, who=ANALYST, action="release signal", subject=f"signal:{asked.id}", detail=said
    )
    record_audit(world.session, entered)
    world.session.flush()
    shown = show_signal(world.session, asked.id)
    assert shown is not None
    assert shown["category"] == "regulatory"
    (old,) = shown["told_before"]
    assert (old["category"], old["why"], old["corrected_by"]) == ("partnership", stood, ANALYST)


def test_a_further_telling_does_not_bring_the_wrong_category_back(world, run, classifier):
    news(world, TITLE, TEXT)
    run()
    (row,) = signals(world)
    model_says = Category(row.category)
    right = next(c for c in (Category.REGULATORY, Category.CUSTOMER) if c is not model_says)
    correct(world.session, row.id, ANALYST, world.now, right)
    words = row_of(world).headline
    longer = f"{TEXT} {TEXT.replace('guests', 'suppliers')} The agreement runs for three years."
    news(world, TITLE, longer, source="press", at=world.now + timedelta(hours=3))
    (again,) = classifier.read([TextInput(text=joined(TITLE, longer))])
    assert again.category is model_says, "the model has not changed its mind"
    run()
    after = row_of(world)
    assert (Category(after.category), after.headline) == (right, words)
    assert model_says.value not in after.secondary
    assert any(driver.startswith("reported by 2 sources") for driver in after.drivers)
    assert after.drivers[0].startswith(f"{right.value} news")


def test_a_story_of_two_sources_keeps_what_both_add_to_its_weight(world, run):
    news(world, TITLE, TEXT)
    news(world, TITLE, TEXT, source="press", at=world.now + timedelta(hours=3))
    run()
    row = row_of(world)
    right = Category.REGULATORY if row.category != "regulatory" else Category.CUSTOMER
    correct(world.session, row.id, ANALYST, world.now, right)
    assert any(driver.startswith("reported by 2 sources") for driver in row_of(world).drivers)


def test_no_news_and_what_was_taken_back_are_lessons_and_leave_the_words_alone(world, run):
    news(world, TITLE, TEXT)
    run()
    row = row_of(world)
    before = (row.category, row.headline, row.why)
    assert correct(world.session, row.id, ANALYST, world.now, Category.NONE) == {"category": "none"}
    row.retracted_at = world.now
    world.session.flush()
    assert correct(world.session, row.id, ANALYST, world.now, Category.MEDIA) == {"category": "media"}
    after = row_of(world)
    assert (after.category, after.headline, after.why) == before
    (lesson,) = read_lessons(world.session)
    assert lesson.category is Category.MEDIA
    assert correct(world.session, 4_000, ANALYST, world.now, Category.MEDIA) is None


def test_the_telling_that_a_signal_begins_with_leads_and_mentions_tell_nothing():
    first, second, mention = (
        Unit(key=name, title=None, text=text, quote=text)
        for name, text in (("a", TEXT), ("b", "A longer story."), ("c", "Only mentioned."))
    )
    _, meaning = told(f"{second.text}\n\n{first.text}", Category.CUSTOMER)
    assert [unit.key for unit in units_that_told(meaning, [first, mention, second])] == ["b", "a"]


def test_a_text_longer_than_what_is_stored_still_leads():
    long = Unit(key="a", title=TITLE, text="word " * 790, quote="word")
    _, meaning = told(long.text, Category.CUSTOMER, title=TITLE)
    stored = replace(meaning, text=meaning.text[:1_000])
    assert units_that_told(stored, [long]) == [long]


def test_entries_and_pages_are_found_again_by_their_proof(world, run):
    world.change(
        source="news", title=None, added=[TITLE, TEXT], facts=[entry(TITLE, TEXT), entry("Other", "x")]
    )
    run()
    (row, *_) = [row for row in signals(world) if TITLE in row.headline]
    correct(world.session, row.id, ANALYST, world.now, Category.MEDIA)
    after = world.session.get_one(SignalRow, row.id, populate_existing=True)
    assert after.headline == TITLE
