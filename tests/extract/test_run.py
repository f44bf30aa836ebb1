"""From captures to changes: baseline, second looks, variants, reverts, drops."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.changes import changes_to_confirm, list_changes, newly_reverted, waiting_changes
from store.database import Database
from store.kinds import FetchState, Look
from tests.extract.watching import START, Watch, pricing_page


@pytest.fixture
def watch(database: Database) -> Watch:
    return Watch(database)


def test_first_capture_is_the_baseline(watch: Watch) -> None:
    watch.capture(pricing_page())
    assert watch.changes() == []


def test_price_change_waits_for_a_second_look_and_is_confirmed_by_it(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture(pricing_page("$59"))
    assert watch.states() == ["pending"]
    with watch.database.read() as session:
        assert changes_to_confirm(session, watch.now) == []
        assert changes_to_confirm(session, watch.now + timedelta(minutes=10)) == [watch.source_id]
        assert waiting_changes(session, 10) == []
    watch.capture(pricing_page("$59"), Look.CONFIRM, after=timedelta(minutes=10))
    change = watch.changes()[0]
    assert change.state.value == "confirmed"
    assert [
        (f.name, f.before and f.before["amount"], f.after and f.after["amount"]) for f in change.facts
    ] == [("Pro", "49", "59")]
    with watch.database.read() as session:
        assert [c.id for c in waiting_changes(session, 10)] == [change.id]


def test_price_that_is_gone_at_the_second_look_was_a_variant(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture(pricing_page("$59"))
    watch.capture(pricing_page(), Look.CONFIRM, after=timedelta(minutes=10))
    assert watch.states() == ["variant"]
    assert "unconfirmed" in watch.drop_reasons()
    watch.capture(pricing_page())
    assert watch.states() == ["variant"]


def test_second_look_keeps_only_what_it_sees_again(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture(pricing_page("$59", quote="We would not want to work without it any more."))
    watch.capture(pricing_page("$59"), Look.CONFIRM, after=timedelta(minutes=10))
    (change,) = watch.changes()
    assert change.added == ("$59 / month",)
    assert change.removed == ("$49 / month",)


def test_failed_second_looks_leave_the_decision_to_the_next_visit(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture(pricing_page("$59"))
    for _ in range(3):
        watch.capture("<h1>Forbidden</h1>", Look.CONFIRM, FetchState.BLOCKED, timedelta(minutes=10))
    with watch.database.read() as session:
        assert changes_to_confirm(session, watch.now) == []
    assert watch.states() == ["pending"]
    watch.capture(pricing_page("$59"))
    assert watch.states() == ["confirmed"]


def test_change_that_is_taken_back_is_reverted_and_not_reported_again(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture(pricing_page("$59"))
    watch.capture(pricing_page("$59"), Look.CONFIRM, after=timedelta(minutes=10))
    watch.capture(pricing_page())
    assert watch.states() == ["reverted"]
    assert "reverted" in watch.drop_reasons()


def test_reverted_change_is_told_to_classify_once_it_had_been_classified(watch: Watch) -> None:
    from store.changes import mark_classified

    watch.capture(pricing_page())
    watch.capture(pricing_page("$59"))
    watch.capture(pricing_page("$59"), Look.CONFIRM, after=timedelta(minutes=10))
    with watch.database.write() as session:
        mark_classified(session, [watch.changes()[0].id], watch.now)
    watch.capture(pricing_page())
    with watch.database.read() as session:
        assert [c.id for c in newly_reverted(session, START)] == [watch.changes()[0].id]


def test_price_that_comes_back_after_the_revert_window_is_news(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture(pricing_page("$59"))
    watch.capture(pricing_page("$59"), after=timedelta(days=1))
    watch.capture(pricing_page(), after=timedelta(days=20))
    watch.capture(pricing_page(), after=timedelta(days=1))
    assert watch.states() == ["confirmed", "confirmed"]


def test_text_that_differs_between_two_visits_at_once_is_never_news(watch: Watch) -> None:
    watch.capture(pricing_page(quote="It saved us a day a week, every week."))
    watch.capture(
        pricing_page(quote="Nobody on my team wants to go back to before."),
        Look.LEARN,
        after=timedelta(seconds=2),
    )
    watch.capture(pricing_page(quote="Nobody on my team wants to go back to before."))
    watch.capture(pricing_page(quote="The best decision we made in the spring."))
    watch.capture(pricing_page(quote="I recommend it to everyone who asks me."))
    assert watch.changes() == []
    assert "varies by request" in watch.drop_reasons()


def test_price_beside_rotating_text_is_still_reported(watch: Watch) -> None:
    watch.capture(pricing_page(quote="It saved us a day a week, every week."))
    watch.capture(
        pricing_page(quote="Nobody wants to go back to before."), Look.LEARN, after=timedelta(seconds=2)
    )
    watch.capture(pricing_page("$59", quote="The best decision we made in the spring."))
    (change,) = watch.changes()
    assert change.added == ("$59 / month",)


def test_failed_capture_is_neither_a_change_nor_the_new_state(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture("<html><body><h1>Just a moment...</h1><p>Checking your browser</p></body></html>")
    watch.capture(pricing_page())
    assert watch.changes() == []
    assert "failed capture" in watch.drop_reasons()


def test_noise_is_dropped_with_its_reason(watch: Watch) -> None:
    watch.capture(pricing_page(extra="<p>Updated 3 days ago</p>"))
    watch.capture(pricing_page(extra="<p>Updated 4 days ago</p>"))
    assert watch.changes() == []
    assert "relative date" in watch.drop_reasons()


def test_running_again_over_the_same_snapshots_changes_nothing(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture(pricing_page("$59"))
    watch.process()
    assert len(watch.changes()) == 1


def test_listed_changes_have_the_shape_of_the_contract(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture(pricing_page("$59"))
    with watch.database.read() as session:
        (row,) = list_changes(session, START)
    assert set(row) == {
        "id",
        "url",
        "source",
        "observed_at",
        "page_type",
        "added",
        "removed",
        "facts",
        "places",
        "state",
    }
    assert row["facts"][0]["plan"] == "Pro"


def test_change_that_cannot_be_read_stops_nothing(watch: Watch) -> None:
    watch.capture(pricing_page())
    watch.capture("%PDF-1.7 this is no PDF")
    watch.capture(pricing_page("$59"))
    assert watch.states() == ["pending"]
    assert "unreadable" in watch.drop_reasons()
