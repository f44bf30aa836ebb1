"""What is not certain is mailed and says so; what is held is not, and is counted at the end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from classify.correcting import correct, release
from config.settings import Settings
from digest.preview import preview
from digest.render import RenderedMail
from digest.run import make_digest, render_for
from digest.week import week_period
from store.kinds import Category
from store.models.evidence import SignalRow
from store.reviews import dismiss_signal, release_signal
from tests.digest.seed import World

MARK = "category not certain: 62 %"
ANALYST = "ana@us.example"
DAY = timedelta(days=1)


@pytest.fixture
def plain_world(world: World) -> World:
    world.rival("northbeam", "Northbeam")
    world.source("northbeam", "pricing")
    world.account("harbour-bank", "Harbour Bank")
    return world


def tell(world: World, headline: str, *, linked: bool = True, confidence: float = 0.62, **more) -> SignalRow:
    signal = world.signal("northbeam", "partnership", headline, confidence=confidence, **more)
    if linked:
        world.exposure(
            "harbour-bank", signal, 0.6, ("rival_present", 0.5, "Northbeam is in evaluation there")
        )
    return signal


def mail(session: Session, world: World, settings: Settings) -> RenderedMail:
    return preview(session, world.subscriber().key, "2026-W47", settings)


@pytest.mark.parametrize("linked", [True, False])
def test_an_unsure_item_is_mailed_with_its_mark_in_place_of_the_sureness(
    plain_world: World, session: Session, settings: Settings, linked: bool
) -> None:
    tell(plain_world, "Northbeam signs with Fjord Systems", review=True, linked=linked)
    sent = mail(session, plain_world, settings)
    for body in (sent.html.replace("&nbsp;", " "), sent.text):
        assert "Northbeam signs with Fjord Systems" in body
        assert MARK in body
        assert "62 % sure" not in body
    assert "held back" not in sent.text


def test_the_mark_names_no_other_item(plain_world: World, session: Session, settings: Settings) -> None:
    tell(plain_world, "Northbeam signs with Fjord Systems", review=True)
    tell(plain_world, "Northbeam signs with Quarry Group", confidence=0.93)
    sent = mail(session, plain_world, settings)
    assert sent.html.count("not certain") == sent.text.count("not certain") == 1
    assert "93 % sure" in sent.text


def test_a_flag_that_rests_on_an_unsure_signal_is_mailed_with_the_same_mark(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = tell(plain_world, "Northbeam signs with Fjord Systems", review=True)
    plain_world.health("harbour-bank", 41, "red", activity=40)
    plain_world.flag(
        "harbour-bank", "competitor_named_account", "Northbeam names this account", signal=signal
    )
    plain_world.flag("harbour-bank", "renewal_near", "the contract renews in 60 days")
    reader = plain_world.subscriber()
    sent = preview(session, reader.key, "2026-W47", settings)
    assert f"Flag: Northbeam names this account; {MARK}. Due" in " ".join(sent.text.split())
    assert sent.text.count(MARK) == 2, "at the item and at its flag"
    assert sent.html.replace("&nbsp;", " ").count(MARK) == 2
    release_signal(session, signal.id, ANALYST, now)
    assert "not certain" not in preview(session, reader.key, "2026-W47", settings).text


def test_an_answered_question_is_asked_in_no_later_mail(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = tell(plain_world, "Northbeam signs with Fjord Systems", review=True)
    release_signal(session, signal.id, ANALYST, now)
    sent = mail(session, plain_world, settings)
    assert "Northbeam signs with Fjord Systems" in sent.text
    assert "not certain" not in sent.text
    assert "62 % sure" in sent.text


def test_a_corrected_item_is_mailed_under_its_right_category_once_it_is_linked_anew(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = tell(plain_world, "Northbeam signs with Fjord Systems", review=True)
    release(session, signal.id, ANALYST, now, Category.CUSTOMER)
    assert signal.linked_at is None
    signal.linked_at = now
    session.flush()
    assert "Northbeam, Customer, medium impact, 62 % sure" in mail(session, plain_world, settings).text


def test_a_held_item_is_counted_and_neither_told_nor_marked(
    plain_world: World, session: Session, settings: Settings
) -> None:
    tell(plain_world, "Northbeam may do something", held=True, confidence=0.3)
    tell(plain_world, "Northbeam signs with Fjord Systems", review=True)
    sent = mail(session, plain_world, settings)
    for body in (sent.html, sent.text):
        assert "may do something" not in body
        assert body.count("not certain") == 1
    assert "1 held back: they wait for an analyst's review." in sent.text
    assert "/signals?queue=review" in sent.text


def test_a_held_item_is_no_reason_against_an_account_either(
    plain_world: World, session: Session, settings: Settings
) -> None:
    plain_world.health("harbour-bank", 83, "green", ago=8 * DAY)
    plain_world.health("harbour-bank", 41, "red", activity=40)
    signal = tell(plain_world, "Northbeam may do something", held=True, confidence=0.3)
    reader = plain_world.subscriber()
    first = preview(session, reader.key, "2026-W47", settings)
    assert "Harbour Bank" in first.text
    assert "may do something" not in first.html + first.text
    signal.held = False
    session.flush()
    second = preview(session, reader.key, "2026-W47", settings)
    assert second.text.count("Northbeam may do something") > 1


def test_a_mailed_item_that_an_analyst_dismisses_is_taken_back_in_the_next_mail(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = tell(plain_world, "Northbeam signs with Fjord Systems", review=True)
    reader = plain_world.subscriber()
    make_digest(session, reader, week_period(reader, "2026-W47"), settings, now)
    dismiss_signal(session, signal.id, ANALYST, now + DAY)
    (correction,) = render_for(session, reader, week_period(reader, "2026-W48"), settings)[
        0
    ].digest.corrections
    assert correction.headline == "Northbeam signs with Fjord Systems"
    assert correction.reason == f"Dismissed in review by {ANALYST}."
    assert correction.points == "Its points are given back to the health of Harbour Bank."


def test_a_mail_that_told_the_wrong_category_is_corrected_once_by_the_next(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = tell(plain_world, "Northbeam signs with Fjord Systems", review=True, confidence=0.75)
    reader = plain_world.subscriber()
    first, second, third = (week_period(reader, week) for week in ("2026-W47", "2026-W48", "2026-W49"))
    make_digest(session, reader, first, settings, now)
    assert not render_for(session, reader, second, settings)[0].digest.corrections
    release(session, signal.id, ANALYST, now + DAY, Category.CUSTOMER)
    assert not render_for(session, reader, second, settings)[0].digest.corrections, "it is not linked yet"
    signal.linked_at = now + DAY
    session.flush()
    composed, sent = render_for(session, reader, second, settings)
    (correction,) = composed.digest.corrections
    assert correction.headline == "Northbeam signs with Fjord Systems"
    assert correction.reason == f"Corrected by {ANALYST}: it belongs under Customer, not Partnership."
    assert correction.points == "The health of Harbour Bank was computed anew."
    assert composed.digest.items == ()
    told = " ".join(sent.text.split())
    for words in (
        signal.why,
        "Read what that customer bought, and look for the same need at Harbour Bank.",
    ):
        assert words in told
        assert words in sent.html
    assert "One thing we told you before belongs under another category." in told
    make_digest(session, reader, second, settings, now + 7 * DAY)
    assert not render_for(session, reader, third, settings)[0].digest.corrections


def test_what_was_put_right_can_still_be_taken_back_in_the_words_it_was_put_right_in(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = tell(plain_world, "Northbeam signs with Fjord Systems", review=True)
    reader = plain_world.subscriber()
    first, second, third = (week_period(reader, week) for week in ("2026-W47", "2026-W48", "2026-W49"))
    make_digest(session, reader, first, settings, now)
    release(session, signal.id, ANALYST, now + DAY, Category.CUSTOMER)
    signal.linked_at, signal.headline = now + DAY, "Fjord Systems chooses Northbeam"
    session.flush()
    (correction,) = render_for(session, reader, second, settings)[0].digest.corrections
    assert "It now reads: “Fjord Systems chooses Northbeam”." in correction.instead
    make_digest(session, reader, second, settings, now + 7 * DAY)
    signal.retracted_at, signal.retraction = now + 8 * DAY, "the page was put back"
    session.flush()
    (taken,) = render_for(session, reader, third, settings)[0].digest.corrections
    assert (taken.headline, taken.reason) == ("Fjord Systems chooses Northbeam", "The page was put back.")
    assert taken.points == "Its points are given back to the health of Harbour Bank."


def test_what_was_passed_over_as_another_category_is_told_once_somebody_says_it_is_the_readers(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = tell(plain_world, "Northbeam signs with Fjord Systems", confidence=0.95)
    reader = plain_world.subscriber(categories=["customer"])
    first, second, third = (week_period(reader, week) for week in ("2026-W47", "2026-W48", "2026-W49"))
    make_digest(session, reader, first, settings, now)
    assert render_for(session, reader, second, settings)[0].digest.items == ()
    correct(session, signal.id, ANALYST, now + DAY, Category.CUSTOMER)
    signal.linked_at = now + DAY
    session.flush()
    digest = render_for(session, reader, second, settings)[0].digest
    assert [item.signal_id for item in digest.items] == [signal.id]
    assert digest.corrections == (), "this reader was never told otherwise"
    make_digest(session, reader, second, settings, now + 7 * DAY)
    assert render_for(session, reader, third, settings)[0].digest.items == ()


def test_a_category_that_further_tellings_changed_is_no_correction_by_a_person(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = tell(plain_world, "Northbeam signs with Fjord Systems")
    reader = plain_world.subscriber()
    make_digest(session, reader, week_period(reader, "2026-W47"), settings, now)
    signal.category = "customer"
    session.flush()
    assert not render_for(session, reader, week_period(reader, "2026-W48"), settings)[0].digest.corrections


def test_what_is_corrected_into_the_readers_categories_is_told_in_the_next_mail_and_counted_in_one(
    plain_world: World, session: Session, settings: Settings, now: datetime
) -> None:
    signal = tell(plain_world, "Northbeam signs with Fjord Systems", review=True)
    reader = plain_world.subscriber(categories=["customer"])
    first, second = (week_period(reader, week) for week in ("2026-W47", "2026-W48"))
    (held,) = render_for(session, reader, first, settings)[0].digest.held
    assert (held.count, held.reason) == (1, "are in categories you did not ask for")
    make_digest(session, reader, first, settings, now)
    unanswered = render_for(session, reader, second, settings)[0].digest
    assert (unanswered.items, unanswered.held) == ((), ())
    release(session, signal.id, ANALYST, now, Category.CUSTOMER)
    signal.linked_at = now
    session.flush()
    (item,) = render_for(session, reader, second, settings)[0].digest.items
    assert item.headline == "Northbeam signs with Fjord Systems"
