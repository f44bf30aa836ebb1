"""What moved a score adds up; each score names the rules that made it; the history thins out but keeps its weeks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from healthmerge.versions import changed_keys
from store.exposures import exposures_since
from store.health import DAILY, latest_health, thin_history, weekly_history
from store.health_versions import list_versions, version_content
from store.models.evidence import SignalRow
from store.reviews import NotInReviewError, dismiss_signal, release_signal
from tests.linking.worlds import add_signal

METRICS = {"nps": 20.0, "adoption": 60.0, "sentiment": 0.2, "dso_days": 50.0, "touchpoints": 4.0}


def test_the_moves_of_a_day_add_up_to_the_change_of_the_score(make_bank, any_database) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(**METRICS)
        before = bank.run()
        later = bank.now + timedelta(days=20)
        bank.say(later.date().replace(day=1), nps=45.0, adoption=40.0, csat=90.0)
        after = bank.run(later)
    assert before.score is not None
    assert after.score is not None
    assert sum(move["points"] for move in after.moves) == pytest.approx(after.score - before.score, abs=0.1)
    names = {move["name"] for move in after.moves}
    assert {"nps", "adoption", "csat"} <= names
    assert any("is now known" in move["because"] for move in after.moves)


def test_a_change_of_the_configuration_is_a_version_and_a_move_of_its_own(make_bank, any_database) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(**METRICS)
        first = bank.run()
        parts = tuple(
            part.model_copy(
                update={"weight": {"financial": 12.0, "engagement": 44.0}.get(part.name, part.weight)}
            )
            for part in bank.health.parts
        )
        other = bank.health.model_copy(update={"parts": parts})
        second = bank.run(bank.now + timedelta(days=1), other)
        again = bank.run(bank.now + timedelta(days=2), other)
        versions = list_versions(session)
    assert first.version_id != second.version_id == again.version_id
    [move] = [move for move in second.moves if move["name"] == "configuration"]
    assert f"(version {first.version_id} to {second.version_id})" in move["because"]
    assert not [move for move in again.moves if move["name"] == "configuration"]
    assert [version.id for version in versions] == [second.version_id, first.version_id]
    assert changed_keys(versions[1].content, versions[0].content) == [
        "parts.financial.weight 32.0 → 12.0",
        "parts.engagement.weight 24.0 → 44.0",
    ]


def test_a_version_keeps_what_the_configuration_said(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        row = bank.run()
        content = version_content(session, row.version_id)
    assert content["bands"]["green"] == 75
    assert content["parts"][0]["metrics"][0]["label"] == "Invoices paid on time"


def test_the_history_keeps_every_day_for_six_weeks_and_then_one_a_week(make_bank, any_database) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(**METRICS)
        for day in range(84):
            bank.run(bank.now + timedelta(days=day))
        last = bank.now + timedelta(days=83)
        weeks = weekly_history(session, bank.id, bank.now.date())
        assert thin_history(session, last.date()) == 0
        days = [row.as_of for row in weeks]
    assert len(days) == 12
    assert all(kept.weekday() == 6 for kept in days)
    assert timedelta(weeks=6) == DAILY


def test_a_second_computation_of_the_same_day_gives_the_same_numbers(make_bank, any_database) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(**METRICS)
        bank.run(bank.now - timedelta(days=1))
        first = bank.run()
        assert bank.run() == first
        assert latest_health(session, bank.id)[bank.id] == first


def test_a_released_signal_waits_for_linking_and_a_dismissed_one_never_counts(
    make_bank, any_database
) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        one = add_signal(
            session, bank.now, "Northbeam launches checks", review=True, held=True, linked_at=bank.now
        )
        other = add_signal(
            session, bank.now, "Northbeam moves its blog", review=True, held=True, linked_at=bank.now
        )
        release_signal(session, one, "ana@us.example", bank.now)
        dismiss_signal(session, other, "ana@us.example", bank.now)
        assert (session.get_one(SignalRow, one).review, session.get_one(SignalRow, one).linked_at) == (
            False,
            None,
        )
        assert session.get_one(SignalRow, other).retraction == "dismissed in review by ana@us.example"
        for done in (one, other):
            with pytest.raises(NotInReviewError):
                release_signal(session, done, "ana@us.example", bank.now)
        assert exposures_since(session, bank.now - timedelta(days=9)) == {}
