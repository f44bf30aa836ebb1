"""What people said of signals becomes rows, and a challenger replaces the champion only if it is better."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from classify.classifier import TextInput, load_classifier
from classify.correcting import release
from classify.model.head import find_head, load_head, save_head
from classify.model.near import Known
from classify.rows import LESSON, LabelledRow, training_rows
from classify.training.learning import frozen_rows, learn, lesson_rows
from classify.training.train import train
from config.settings import ClassifySettings
from store.feedback import Feedback, Lesson, Verdict, feedback_on, read_lessons, record_feedback
from store.kinds import Category
from store.models.evidence import SignalRow
from store.reviews import dismiss_signal, release_signal

SETTINGS = ClassifySettings(threads=2)


def signal(world, text: str, category: Category = Category.LAUNCH, *, review: bool = False) -> int:
    row = SignalRow(
        rival_id=world.rival().id,
        story=text[:60],
        category=category.value,
        secondary=[],
        confidence=0.7,
        impact=0.4,
        drivers=[],
        headline=text[:80],
        why="",
        text=text,
        facts={},
        review=review,
        held=review,
        first_seen_at=world.now,
        last_seen_at=world.now,
    )
    world.session.add(row)
    world.session.flush()
    return row.id


def say(world, signal_id: int, who: str, verdict: Verdict, category: Category | None = None, days: int = 0):
    feedback = Feedback(
        signal_id=signal_id, who=who, verdict=verdict, at=world.now + timedelta(days=days), category=category
    )
    assert record_feedback(world.session, feedback)


def lessons_of(world) -> dict[str, Category]:
    return {lesson.text: lesson.category for lesson in read_lessons(world.session)}


def test_noise_becomes_none_and_useful_confirms_the_category(world):
    say(world, signal(world, "Our cat has a birthday"), "a@example.com", Verdict.NOISE)
    say(world, signal(world, "Meet Beacon"), "a@example.com", Verdict.USEFUL)
    signal(world, "Nobody said a word")
    assert lessons_of(world) == {"Our cat has a birthday": Category.NONE, "Meet Beacon": Category.LAUNCH}


def test_a_corrected_category_counts_before_votes_and_the_latest_before_earlier_ones(world):
    found = signal(world, "Beacon costs less now")
    say(world, found, "reader@example.com", Verdict.NOISE, days=9)
    say(world, found, "one@example.com", Verdict.CATEGORY, Category.POSITIONING, days=1)
    say(world, found, "two@example.com", Verdict.CATEGORY, Category.PRICING, days=2)
    assert lessons_of(world) == {"Beacon costs less now": Category.PRICING}


def test_a_tie_of_votes_teaches_nothing(world):
    found = signal(world, "A teaser")
    say(world, found, "one@example.com", Verdict.NOISE)
    say(world, found, "two@example.com", Verdict.USEFUL)
    assert lessons_of(world) == {}


def test_what_was_dismissed_in_review_is_none(world):
    found = signal(world, "Lorem ipsum news", review=True)
    dismiss_signal(world.session, found, "analyst@example.com", world.now)
    assert lessons_of(world) == {"Lorem ipsum news": Category.NONE}


def test_what_was_released_from_review_confirms_its_category_or_teaches_another(world):
    kept, moved = (signal(world, text, review=True) for text in ("Meet Beacon", "Beacon costs less now"))
    release_signal(world.session, kept, "analyst@example.com", world.now)
    release(world.session, moved, "analyst@example.com", world.now, Category.PRICING)
    assert lessons_of(world) == {"Meet Beacon": Category.LAUNCH, "Beacon costs less now": Category.PRICING}
    (said,) = feedback_on(world.session, moved)
    assert (said.who, said.verdict, said.at) == ("analyst@example.com", Verdict.CATEGORY, world.now)


def test_a_release_does_not_take_back_the_category_its_person_gave_before(world):
    found = signal(world, "Beacon costs less now", review=True)
    say(world, found, "analyst@example.com", Verdict.CATEGORY, Category.PRICING)
    release_signal(world.session, found, "analyst@example.com", world.now)
    assert lessons_of(world) == {"Beacon costs less now": Category.PRICING}


def test_a_retraction_for_another_reason_teaches_nothing(world):
    found = signal(world, "Gone again")
    row = world.session.scalar(select(SignalRow).where(SignalRow.id == found))
    row.retracted_at, row.retraction = world.now, "the page was put back"
    assert lessons_of(world) == {}


def test_lessons_that_stand_in_a_frozen_split_are_left_out():
    frozen = frozen_rows()
    lessons = [
        Lesson(signal_id=1, text=frozen[0].text, category=Category.NONE),
        Lesson(signal_id=2, text="Something else", category=Category.NONE),
    ]
    assert [row.text for row in lesson_rows(lessons, frozen)] == ["Something else"]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with six short rows of each category."""
    folder = tmp_path_factory.mktemp("few")
    chosen: dict[Category, list[LabelledRow]] = defaultdict(list)
    for row in training_rows():
        if row.origin == "written_core.jsonl" and len(chosen[row.label]) < 6:
            chosen[row.label].append(row)
    lines = [json.dumps({"text": row.text, "label": row.label}) for rows in chosen.values() for row in rows]
    (folder / "rows.jsonl").write_text("\n".join(lines))
    return folder


def test_a_worse_challenger_changes_nothing(tmp_path: Path, few: Path):
    contest = learn(SETTINGS, tmp_path / "own", [], few)
    assert not contest.won
    assert contest.champion is not None
    assert contest.champion.macro_f1 > contest.challenger.macro_f1
    assert not (tmp_path / "own").exists()


def test_a_better_challenger_takes_over_and_is_used_from_then_on(tmp_path: Path, few: Path):
    strong = load_head()
    few_known = Known(strong.known.codes[:20], strong.known.labels[:20], strong.known.categories)
    weak = replace(strong, coefficients=strong.coefficients * 0, known=few_known, data_digest="0" * 64)
    save_head(weak, tmp_path)
    lessons = [Lesson(signal_id=1, text="Northbeam opens a hub in Graz", category=Category.EXPANSION)]
    contest = learn(SETTINGS, tmp_path, lessons, few)
    assert contest.won
    assert contest.lessons == 1
    head = find_head(SETTINGS.model, tmp_path)
    assert (head.data_digest, head.rows) == (contest.digest, contest.rows)
    assert load_classifier(SETTINGS, tmp_path).head.data_digest == contest.digest
    again = learn(SETTINGS, tmp_path, lessons, few)
    assert again.same
    assert not again.won


def test_people_s_word_moves_the_category_of_like_texts(classifier, few: Path):
    text = "The phone drawer has a new tenant"
    lessons = [LabelledRow(text=text, labels=(Category.NONE,), origin=LESSON)] * 3
    before = train(classifier.encoder, (), few)
    after = train(classifier.encoder, lessons, few)
    unsure, sure = (
        replace(classifier, head=head).read([TextInput(text=text)])[0].categories[Category.NONE]
        for head in (before, after)
    )
    assert sure > unsure
