"""From captures to changes: baseline, second looks, variants, reverts, drops."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from extract.ahead import extract_some
from store.blobs import put_blob
from store.changes import changes_to_confirm, list_changes, newly_reverted, waiting_changes
from store.database import Database
from store.documents import StoredDocument, document_of, last_accepted_document
from store.kinds import FetchState, Look
from store.models.evidence import BlobRow, SnapshotRow
from store.prune import prune_database
from store.snapshots import Snapshot, add_snapshot
from tests.extract.watching import PROSE, START, Watch, pricing_page


@pytest.fixture(params=["", PROSE], ids=["read at once", "read late"])
def watch(database: Database, request: pytest.FixtureRequest) -> Watch:
    return Watch(database, prose=request.param)


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


GERMAN = """<html lang="de"><head><title>Preise - Northbeam</title></head><body><main><h1>Preise</h1>
<section><h2>Einstieg</h2><p>9 $ im Monat</p><ul><li>Ein Platz</li><li>Zehn Prüfungen am Tag</li></ul></section>
<section><h2>Profi</h2><p>49 $ im Monat</p><ul><li>Fünf Plätze</li><li>Beliebig viele Prüfungen</li></ul></section>
<p>Jeder Tarif enthält die Anmeldung in zwei Schritten, Protokolle, verschlüsselte Daten und Hilfe per E-Mail an
Werktagen. Alle Preise ohne Steuer. Der Tarif kann jederzeit gewechselt werden.</p></main></body></html>"""


def english(pro: str = "$49") -> str:
    return pricing_page(pro).replace("<html>", '<html lang="en">')


def test_change_behind_a_visit_in_another_language_is_found(watch: Watch) -> None:
    watch.capture(english())
    watch.capture(GERMAN)
    assert watch.changes() == []
    watch.capture(english("$59"))
    assert [fact.name for change in watch.changes() for fact in change.facts] == ["Pro"]
    assert "other language" in watch.drop_reasons()


def test_page_that_speaks_another_language_for_good_is_watched_in_it(watch: Watch) -> None:
    watch.capture(english())
    for _ in range(2):
        watch.capture(GERMAN, after=timedelta(days=40))
    assert watch.changes() == []
    watch.capture(GERMAN.replace("49 $", "59 $"))
    assert [fact.name for change in watch.changes() for fact in change.facts] == ["Profi"]


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


def stored(watch: Watch) -> StoredDocument:
    with watch.database.read() as session:
        document = last_accepted_document(session, watch.source_id)
    assert document is not None
    return document


def test_first_capture_is_read_when_another_says_something_else(database: Database) -> None:
    watch = Watch(database, prose=PROSE)
    for minutes in range(3):
        watch.capture(pricing_page(extra=f"<p>Updated {minutes} minutes ago</p>"))
        assert stored(watch).body is None
    assert "relative date" in watch.drop_reasons()
    first = stored(watch).snapshot_id
    watch.capture(pricing_page("$59", extra="<p>Updated 4 minutes ago</p>"))
    (change,) = watch.changes()
    assert change.before_snapshot_id == first
    assert (change.removed, change.added) == (("$49 / month",), ("$59 / month",))
    assert all(place.start is not None for place in change.places)
    with database.read() as session:
        before = document_of(session, first)
    assert before is not None
    assert before.body is not None


def test_first_capture_that_says_the_same_in_other_markup_is_read_and_kept(database: Database) -> None:
    watch = Watch(database, prose=PROSE)
    watch.capture(pricing_page())
    first = stored(watch).snapshot_id
    watch.capture(pricing_page().replace("<section>", "<section class='wide'>"))
    assert stored(watch).body is not None
    assert stored(watch).snapshot_id == first
    watch.capture(pricing_page("$59").replace("<section>", "<section class='wide'>"))
    assert [change.before_snapshot_id for change in watch.changes()] == [first]


def test_first_capture_that_proves_to_be_no_page_is_forgotten(database: Database) -> None:
    watch = Watch(database)
    menu = (
        "<nav>"
        + "<p>One of the many lines of a menu that stands on every page of this site.</p>" * 20
        + "</nav>"
    )
    watch.capture(f"<html><body>{menu}<div>Sorry, page not found.</div></body></html>")
    watch.capture(pricing_page(extra=PROSE))
    assert watch.changes() == []
    assert "failed capture" in watch.drop_reasons()
    watch.capture(pricing_page("$59", extra=PROSE))
    assert watch.states() == ["pending"]


def test_unread_capture_whose_bytes_are_gone_gives_way_to_the_next(database: Database) -> None:
    watch = Watch(database, prose=PROSE)
    watch.capture(pricing_page())
    with database.write() as session:
        session.execute(update(SnapshotRow).values(blob_sha256=None))
        session.execute(delete(BlobRow))
    watch.capture(pricing_page("$59"))
    assert watch.changes() == []
    watch.capture(pricing_page("$69"))
    assert watch.states() == ["pending"]


def test_unread_capture_is_never_pruned(database: Database) -> None:
    watch = Watch(database, prose=PROSE)
    for minutes in range(4):
        watch.capture(pricing_page(extra=f"<p>Updated {minutes} minutes ago</p>"), after=timedelta(days=200))
    with database.write() as session:
        prune_database(session, watch.now, watch.now)
    watch.capture(pricing_page("$59"))
    assert [change.removed for change in watch.changes()] == [("$49 / month",)]


def test_two_first_captures_in_one_batch_are_compared(database: Database) -> None:
    watch = Watch(database, prose=PROSE)
    with database.write() as session:
        for hours, price in ((12, "$49"), (24, "$59")):
            body = pricing_page(price).replace("</main>", f"{PROSE}</main>").encode()
            add_snapshot(
                session,
                Snapshot(
                    id=0,
                    source_id=watch.source_id,
                    url=watch.url,
                    look=Look.REGULAR,
                    fetched_at=START + timedelta(hours=hours),
                    state=FetchState.OK,
                    content_type="text/html",
                    blob_sha256=put_blob(session, body),
                ),
            )
    while extract_some(database, watch.now, watch.settings):
        pass
    assert watch.states() == ["pending"]
