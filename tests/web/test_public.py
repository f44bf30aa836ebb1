from __future__ import annotations

from sqlalchemy import select

from store.audit import latest_audit
from store.models.people import FeedbackRow, SubscriberRow
from tests.web.seed import OWNER

TOKEN = "token-of-dana-0123456789"


def unsubscribed(database):
    with database.read() as session:
        return session.scalar(select(SubscriberRow.unsubscribed_at).where(SubscriberRow.email == OWNER))


def feedback(database):
    with database.read() as session:
        return [
            (row.signal_id, row.verdict) for row in session.scalars(select(FeedbackRow).filter_by(who=OWNER))
        ]


def test_looking_at_the_unsubscribe_link_changes_nothing(seeded, make_person):
    visitor = make_person(None)
    for _ in range(3):
        page = visitor.get(f"/u/{TOKEN}")
    visitor.client.head(f"/u/{TOKEN}")
    assert "Unsubscribe?" in page
    assert unsubscribed(seeded) is None


def test_one_click_unsubscribes_without_a_session_or_token(seeded, make_person, now):
    answer = make_person(None).client.post(f"/u/{TOKEN}", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "You are unsubscribed" in answer.text
    assert unsubscribed(seeded) == now


def test_repeating_keeps_the_first_moment_and_one_may_come_back(seeded, make_person, clock, now):
    from datetime import timedelta

    visitor = make_person(None)
    visitor.client.post(f"/u/{TOKEN}")
    clock.forward(timedelta(days=1))
    visitor.client.post(f"/u/{TOKEN}")
    assert unsubscribed(seeded) == now
    visitor.client.post(f"/u/{TOKEN}/again")
    assert unsubscribed(seeded) is None
    with seeded.read() as session:
        assert [entry.action for entry in latest_audit(session, 3)] == [
            "subscribe again",
            "unsubscribe",
            "unsubscribe",
        ]


def test_unknown_links_tell_nothing(seeded, make_person):
    visitor = make_person(None)
    for path in (
        "/u/wrong",
        "/u/%00",
        "/f/wrong/1/useful",
        f"/f/{TOKEN}/999/useful",
        f"/f/{TOKEN}/1/category",
    ):
        assert visitor.client.get(path).status_code == 404, path
        assert visitor.client.post(path).status_code == 404, path
    assert visitor.client.get(f"/f/{TOKEN}/1/splendid").status_code == 422


def test_feedback_counts_only_after_the_button(seeded, make_person):
    visitor = make_person(None)
    page = visitor.get(f"/f/{TOKEN}/1/noise")
    assert "Yes, noise" in page
    assert feedback(seeded) == []
    assert "Thank you" in visitor.client.post(f"/f/{TOKEN}/1/noise").text
    assert feedback(seeded) == [(1, "noise")]
    visitor.client.post(f"/f/{TOKEN}/1/useful")
    assert feedback(seeded) == [(1, "useful")]


def test_the_links_in_mails_lead_to_these_pages(seeded, make_person):
    from digest.links import Links

    links = Links(base_url="http://127.0.0.1:8000", token=TOKEN)
    visitor, viewer = make_person(None), make_person("viewer@us.example")
    for address in (links.unsubscribe, links.feedback(1, "useful"), links.feedback(1, "noise")):
        assert visitor.client.get(address).status_code == 200
    for address in (links.signal(1), links.account("harbour-bank"), links.page("/signals?queue=review")):
        assert viewer.client.get(address).status_code == 200
