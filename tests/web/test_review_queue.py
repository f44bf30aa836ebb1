"""The queue over HTTP: what an analyst is asked about, how each answer ends the question, and what others see."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from store.database import Database
from store.feedback import Verdict, feedback_on, read_lessons
from store.kinds import Category
from store.models.accounts import AccountRow, ExposureRow, FlagRow
from store.models.evidence import SignalRow

ANALYST, VIEWER = "analyst@us.example", "viewer@us.example"
UNSURE, HELD = 19, 8
MARK = "category not certain: 60 %"


def ids_in(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'class="row" href="/signals/(\d+)"', page)]


def row(database: Database, signal_id: int) -> SignalRow:
    with database.read() as session:
        return session.get_one(SignalRow, signal_id)


def test_the_queue_lists_what_is_held_first_then_the_unsure_by_impact(seeded, make_person):
    with seeded.write() as session:
        for signal_id, impact in ((3, 0.2), (5, 0.9)):
            signal = session.get_one(SignalRow, signal_id)
            signal.review, signal.impact = True, impact
        expected = sorted(
            session.scalars(select(SignalRow).where(SignalRow.review)), key=lambda s: (not s.held, -s.impact)
        )
        order = [signal.id for signal in expected]
    page = make_person(ANALYST).get("/signals?queue=review")
    assert ids_in(page) == order
    assert page.count("held for review") == 2
    assert page.count("category not certain:") == 3


def test_the_second_guess_stands_beside_the_first_and_is_offered_first(seeded, make_person):
    with seeded.write() as session:
        session.get_one(SignalRow, UNSURE).secondary = ["customer"]
    analyst = make_person(ANALYST)
    for page in (analyst.get("/signals?queue=review"), analyst.get(f"/signals/{UNSURE}")):
        options = re.findall(r'<option value="([a-z]*)">', page.split(f"/signals/{UNSURE}/release", 2)[2])
        assert options[:2] == ["", "customer"]
        assert options[:13].count("customer") == 1
        assert "none" not in options[:13]
    assert re.search(r"finance</span> or <span[^>]*>customer</span>", analyst.get("/signals?queue=review"))
    assert " or <span" not in analyst.get("/signals")


def test_what_was_taken_back_is_asked_about_no_more(seeded, make_person):
    with seeded.write() as session:
        session.get_one(SignalRow, 12).review = True
    person = make_person(ANALYST)
    assert person.client.get("/api/v1/signals?queue=review").json()["total"] == 3
    assert "category not certain" not in person.get("/signals/12")


def test_an_unsure_signal_says_so_on_every_page_and_counts(seeded, make_person):
    with seeded.write() as session:
        account = session.scalars(select(AccountRow).where(AccountRow.key == "harbour-bank")).one()
        exposure = session.scalars(select(ExposureRow).where(ExposureRow.account_id == account.id)).first()
        assert exposure is not None
        signal = session.get_one(SignalRow, exposure.signal_id)
        signal.review, signal.confidence = True, 0.6
        found = signal.id
    person = make_person(VIEWER)
    assert MARK in person.get("/accounts/harbour-bank")
    assert MARK in person.get("/signals")
    page = person.get(f"/signals/{found}")
    assert "The category is not certain: 60 %." in page
    assert "Right as it is" not in page
    exposures = person.client.get("/api/v1/accounts/harbour-bank").json()["exposures"]
    (shown,) = [item for item in exposures if item["signal"] == found]
    assert (shown["review"], shown["held"]) == (True, False)
    assert shown["counts"] is (shown["score"] >= 0.15)


def test_a_flag_of_an_unsure_signal_carries_its_mark_wherever_it_stands(seeded, make_person):
    with seeded.write() as session:
        flag = session.scalars(select(FlagRow).where(FlagRow.code == "competitor_named_account")).one()
        signal = session.get_one(SignalRow, flag.signal_id)
        signal.review, signal.confidence, signal.held = True, 0.6, False
        signal_id, flagged = signal.id, flag.because
    manager = make_person("dana@us.example")
    for address in ("/flags", "/accounts/harbour-bank", "/"):
        after = manager.get(address).partition(flagged)[2]
        assert MARK in after[:400], address
    told = manager.client.get("/api/v1/accounts/harbour-bank").json()["flags"]
    assert [(f["review"], f["confidence"]) for f in told if f["signal"] == signal_id] == [(True, 0.6)]
    assert {(f["review"], f["confidence"]) for f in told if f["signal"] is None} == {(False, None)}
    assert make_person(ANALYST).post(f"/signals/{signal_id}/release") == 303
    for address in ("/flags", "/", "/accounts/harbour-bank"):
        assert "not certain" not in manager.get(address).partition(flagged)[2][:400]


def test_the_overview_tells_news_that_are_unsure_and_hides_what_is_held(seeded, make_person):
    with seeded.write() as session:
        session.get_one(SignalRow, 1).review = True
        session.get_one(SignalRow, 2).review = session.get_one(SignalRow, 2).held = True
        headline = session.get_one(SignalRow, 2).headline
    page = make_person(VIEWER).get("/")
    assert "category not certain: 96 %" in page
    assert headline not in page
    assert "5 wait for review, 3 of them held" in page


def test_right_as_it_is_ends_the_question_from_the_queue_and_returns_there(seeded, make_person):
    analyst = make_person(ANALYST)
    before = row(seeded, UNSURE).linked_at
    back = "/signals?queue=review&rival=northbeam"
    answer = analyst.client.post(
        f"/signals/{UNSURE}/release", data={"token": analyst.token(), "back": back}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, back)
    after = row(seeded, UNSURE)
    assert (after.review, after.held) == (False, False)
    assert after.linked_at == before, "it counted already, so nothing is to be linked anew"
    with seeded.read() as session:
        (said,) = feedback_on(session, UNSURE)
    assert (said.who, said.verdict) == (ANALYST, Verdict.USEFUL)
    assert UNSURE not in ids_in(analyst.get("/signals?queue=review"))
    assert MARK not in analyst.get(f"/signals/{UNSURE}")


def test_another_category_corrects_it_teaches_and_links_it_anew(seeded, make_person):
    analyst = make_person(ANALYST)
    assert analyst.post(f"/signals/{UNSURE}/release", category="customer") == 303
    after = row(seeded, UNSURE)
    assert (after.category, after.review, after.linked_at) == ("customer", False, None)
    with seeded.read() as session:
        lessons = {lesson.signal_id: lesson.category for lesson in read_lessons(session)}
    assert lessons[UNSURE] is Category.CUSTOMER


def test_a_corrected_signal_is_told_anew_on_every_page_and_its_old_words_stay_on_its_own(seeded, make_person):
    before = row(seeded, UNSURE)
    analyst = make_person(ANALYST)
    assert "it was told as" not in analyst.get(f"/signals/{UNSURE}")
    assert analyst.post(f"/signals/{UNSURE}/release", category="regulatory") == 303
    after = row(seeded, UNSURE)
    assert after.why != before.why
    assert after.impact != before.impact
    assert [driver.rpartition(" (")[0] for driver in after.drivers] == [
        "regulatory news",
        "a sum of $40 million",
    ]
    page = analyst.get(f"/signals/{UNSURE}")
    for words in (before.why, "it was told as", f"by {ANALYST}", "impact 64 %"):
        assert words in page
    listed = analyst.get("/signals")
    assert after.why in listed
    assert before.headline in page
    shown = analyst.client.get(f"/api/v1/signals/{UNSURE}").json()
    (old,) = shown["told_before"]
    assert (old["category"], old["why"], old["impact"]) == ("finance", before.why, before.impact)
    record = make_person("admin@us.example").get("/audit")
    assert f"before: finance, impact 64 %, “{before.headline}”" in record


def test_an_analyst_corrects_what_nobody_asked_about_from_the_signals_own_page(seeded, make_person):
    analyst = make_person(ANALYST)
    before = row(seeded, 2)
    assert not before.review
    assert analyst.post("/signals/2/feedback", verdict="category", category="regulatory") == 303
    after = row(seeded, 2)
    assert (after.category, after.linked_at) == ("regulatory", None)
    assert before.why in analyst.get("/signals/2")
    assert analyst.post("/signals/2/feedback", verdict="useful") == 303
    assert row(seeded, 2).category == "regulatory"


def test_dismissing_takes_a_mailed_signal_back_and_teaches_none(seeded, make_person):
    analyst = make_person(ANALYST)
    assert analyst.post(f"/signals/{UNSURE}/dismiss") == 303
    after = row(seeded, UNSURE)
    assert (after.review, after.held) == (False, False)
    assert after.retracted_at is not None
    with seeded.read() as session:
        lessons = {lesson.signal_id: lesson.category for lesson in read_lessons(session)}
    assert lessons[UNSURE] is Category.NONE


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/users", "/signals?x\r\nSet-Cookie: a=b", "/signals/../x"],
)
def test_an_answer_leads_back_to_the_queue_and_nowhere_else(seeded, make_person, back):
    assert make_person(ANALYST).post(f"/signals/{UNSURE}/release", back=back) == 422
    assert row(seeded, UNSURE).review


def test_no_news_is_dismissed_and_no_category(seeded, make_person):
    analyst = make_person(ANALYST)
    assert analyst.post(f"/signals/{UNSURE}/release", category="none") in (400, 409)
    assert analyst.post(f"/signals/{UNSURE}/release", category="gossip") == 422
    assert row(seeded, UNSURE).review


def test_only_analysts_are_offered_an_answer_and_may_give_one(seeded, make_person):
    manager = make_person("dana@us.example")
    assert "Right as it is" not in manager.get("/signals?queue=review")
    for what in ("release", "dismiss"):
        assert manager.post(f"/signals/{HELD}/{what}") == 403
    page = make_person(ANALYST).get("/signals?queue=review")
    assert page.count("Right as it is") == 3


def test_an_empty_queue_says_that_nothing_waits(seeded, make_person):
    analyst = make_person(ANALYST)
    for signal_id in ids_in(analyst.get("/signals?queue=review")):
        assert analyst.post(f"/signals/{signal_id}/release") == 303
    assert "Nothing waits for review" in analyst.get("/signals?queue=review")
