from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from classify.correcting import correct
from config.health import BandConfig, FlagRuleConfig, HealthConfig, MetricConfig, PartConfig
from config.settings import LinkingSettings
from healthmerge.report import account_report, accounts_list
from healthmerge.report_text import report_text
from healthmerge.run import run_health
from linking.run import run_linking
from store.database import Database
from store.drops import drops_since
from store.flags import close, living_flags, snooze
from store.health import latest_health
from store.kinds import Band, Category, FetchState, FlagState
from store.metrics import MetricValue, write_metrics
from store.models.accounts import AccountRow
from store.models.evidence import SignalRow
from store.reviews import release_signal
from store.sources import list_sources, record_attempt
from tests.linking.worlds import add_signal, settle

LINKING = LinkingSettings()
HEALTH = HealthConfig(
    parts=(
        PartConfig(
            name="financial",
            weight=50,
            metrics=(MetricConfig(name="nps", label="Net Promoter Score", worst=0, best=100, weight=1),),
        ),
        PartConfig(
            name="risk",
            weight=50,
            metrics=(
                MetricConfig(name="adoption", label="Licences in use", worst=0, best=100, weight=1, unit="%"),
            ),
        ),
    ),
    bands=BandConfig(),
    flags=(
        FlagRuleConfig(code="competitor_named_account", level=3, at_least=0.3, due_days=2, play="Call them."),
        FlagRuleConfig(code="health_yellow", level=1, due_days=10, play="Read what moved it."),
        FlagRuleConfig(code="renewal_near", level=2, at_least=90),
    ),
)


def _metrics(session, now, nps=80.0, adoption=75.0):
    values = [("nps", nps), ("adoption", adoption)]
    day = now.date().replace(day=1)
    write_metrics(
        session, [MetricValue(account_key="harbour-bank", name=n, period=day, value=v) for n, v in values]
    )


def _rival_names_the_bank(session, at, impact=0.9, **more):
    headline = "Harbour Bank chooses Northbeam's VerifyFlow for customer onboarding"
    signal = add_signal(session, at, headline, "customer", impact=impact, **more)
    run_linking(session, at, LINKING)
    return signal


def test_competitors_move_the_score_and_the_report_says_why(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        assert run_health(session, now - timedelta(days=1), HEALTH, LINKING) == 3
        _rival_names_the_bank(session, now)
        assert run_health(session, now, HEALTH, LINKING) == 3
        report = account_report(session, "harbour-bank", now)
    assert report is not None
    health = report["health"]
    assert health["score"] < health["score_without_competitors"]
    assert health["moves"][0]["points"] < 0
    assert "Harbour Bank chooses" in health["moves"][0]["because"]
    assert {reason["code"] for reason in report["exposures"][0]["reasons"]} >= {"named", "their_customer"}
    assert next(flag["code"] for flag in report["flags"]) == "competitor_named_account"
    text = report_text(report)
    assert text.startswith("Harbour Bank (growth) is ")
    assert "without competitors it would be" in text


def test_running_twice_a_day_changes_nothing(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        _rival_names_the_bank(session, now)
        run_health(session, now, HEALTH, LINKING)
        first, flags = latest_health(session), living_flags(session)
        run_health(session, now, HEALTH, LINKING)
        assert latest_health(session) == first
        assert living_flags(session) == flags


def test_a_retraction_gives_the_points_back(any_database: Database, now: datetime) -> None:
    later = now + timedelta(days=1)
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        signal = _rival_names_the_bank(session, now)
        run_health(session, now, HEALTH, LINKING)
        session.get_one(SignalRow, signal).retracted_at = later
        session.flush()
        run_health(session, later, HEALTH, LINKING)
        report = account_report(session, "harbour-bank", later)
    assert report is not None
    assert report["health"]["score"] == report["health"]["score_without_competitors"]
    assert report["competitor_activity_index"] == 0
    assert report["exposures"] == []
    assert "taken back" in report["health"]["moves"][0]["because"]
    assert "competitor_named_account" not in {flag["code"] for flag in report["flags"]}


def test_an_unsure_signal_moves_the_score_as_any_other_and_the_report_says_that_it_is_unsure(
    any_database: Database, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        signal = _rival_names_the_bank(session, now, review=True, confidence=0.62)
        run_health(session, now, HEALTH, LINKING)
        asked = account_report(session, "harbour-bank", now)
        release_signal(session, signal, "ana@us.example", later)
        run_linking(session, later, LINKING)
        run_health(session, later, HEALTH, LINKING)
        answered = account_report(session, "harbour-bank", later)
    assert asked is not None
    assert answered is not None
    assert asked["health"]["score"] < asked["health"]["score_without_competitors"]
    assert "competitor_named_account" in {flag["code"] for flag in asked["flags"]}
    assert (asked["exposures"][0]["review"], asked["exposures"][0]["confidence"]) == (True, 0.62)
    assert "category not certain: 62 %" in report_text(asked)
    assert answered["exposures"][0]["review"] is False
    assert "not certain" not in report_text(answered)
    assert answered["health"]["score"] == pytest.approx(asked["health"]["score"], abs=0.2)


def test_a_flag_says_that_its_signal_is_not_certain_until_somebody_answers(
    any_database: Database, now: datetime
) -> None:
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        signal = _rival_names_the_bank(session, now, review=True, confidence=0.62)
        run_health(session, now, HEALTH, LINKING)
        asked, listed = account_report(session, "harbour-bank", now), accounts_list(session, now)
        release_signal(session, signal, "ana@us.example", now)
        answered = account_report(session, "harbour-bank", now)
    assert asked is not None
    assert answered is not None
    for flags in (asked["flags"], next(row["flags"] for row in listed if row["key"] == "harbour-bank")):
        said = {flag["code"]: (flag["review"], flag["confidence"]) for flag in flags}
        assert said["competitor_named_account"] == (True, 0.62)
        assert said["renewal_near"] == (False, None)
    section = report_text(asked).partition("What to do")[2]
    assert section.count("category not certain: 62 %") == 1
    assert not any(flag["review"] for flag in answered["flags"])


def test_a_corrected_category_is_linked_flagged_and_weighed_anew_at_the_next_run(
    any_database: Database, now: datetime
) -> None:
    later = now + timedelta(days=1)
    rules = HEALTH.model_copy(
        update={"flags": (FlagRuleConfig(code="product_equivalent_launched", level=2, at_least=0.2),)}
    )
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        headline = "Northbeam launches document verification with VerifyFlow"
        signal = add_signal(session, now, headline, "launch", review=True, confidence=0.6)
        run_linking(session, now, LINKING)
        run_health(session, now, rules, LINKING)
        before = account_report(session, "harbour-bank", now)
        correct(session, signal, "ana@us.example", later, Category.MEDIA)
        run_linking(session, later, LINKING)
        run_health(session, later, rules, LINKING)
        after = account_report(session, "harbour-bank", later)
    assert before is not None
    assert after is not None
    assert [flag["code"] for flag in before["flags"]] == ["product_equivalent_launched"]
    assert after["flags"] == []
    assert [item["category"] for item in after["exposures"]] in ([], ["media"])
    strongest = max((item["score_when_observed"] for item in after["exposures"]), default=0.0)
    assert strongest < before["exposures"][0]["score_when_observed"]
    assert after["health"]["score"] > before["health"]["score"]


def test_a_held_signal_moves_nothing_until_it_is_released(any_database: Database, now: datetime) -> None:
    later = now + timedelta(days=1)
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        signal = _rival_names_the_bank(session, now, review=True, held=True)
        run_health(session, now, HEALTH, LINKING)
        held = account_report(session, "harbour-bank", now)
        row = session.get_one(SignalRow, signal)
        row.review, row.held, row.linked_at = False, False, None
        session.flush()
        run_linking(session, later, LINKING)
        run_health(session, later, HEALTH, LINKING)
        released = account_report(session, "harbour-bank", later)
    assert held is not None
    assert released is not None
    assert held["health"]["score"] == held["health"]["score_without_competitors"]
    assert (held["competitor_activity_index"], held["exposures"]) == (0, [])
    assert "competitor_named_account" not in {flag["code"] for flag in held["flags"]}
    assert released["health"]["score"] < released["health"]["score_without_competitors"]
    assert "Harbour Bank chooses" in released["health"]["moves"][0]["because"]
    assert "competitor_named_account" in {flag["code"] for flag in released["flags"]}


def test_blind_sources_make_activity_unknown_and_not_zero(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        [source] = list_sources(session)
        week = now - timedelta(days=6)
        record_attempt(session, source.id, FetchState.BLOCKED, "login wall", week, now)
        run_health(session, now, HEALTH, LINKING)
        [row] = [item for item in accounts_list(session, now) if item["key"] == "harbour-bank"]
    assert row["competitor_activity_index"] is None
    assert row["health"]["score"] is not None
    assert row["health"]["score"] <= row["health"]["score_without_competitors"]
    assert row["health"]["coverage"] < 1


def test_an_account_of_which_nothing_is_known_is_grey(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        run_health(session, now, HEALTH, LINKING)
        [row] = [item for item in accounts_list(session, now) if item["key"] == "oakline"]
    assert (row["health"]["score"], row["health"]["band"]) == (None, "grey")


def test_a_yellow_account_says_when_it_will_be_green_again(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now, nps=80, adoption=60)
        run_health(session, now - timedelta(days=1), HEALTH, LINKING)
        for day in range(4):
            add_signal(
                session,
                now,
                f"Harbour Bank chooses Northbeam's VerifyFlow, part {day}",
                "customer",
                impact=0.9,
            )
        run_linking(session, now, LINKING)
        run_health(session, now, HEALTH, LINKING)
        [row] = [row for row in latest_health(session).values() if row.green_again]
        assert row.band is Band.YELLOW
        assert row.band_without_competitors is Band.GREEN
        assert row.green_again is not None
        eve = datetime.combine(row.green_again, now.timetz()) - timedelta(days=1)
        run_health(session, eve, HEALTH, LINKING)
        assert latest_health(session)[row.account_id].band is Band.YELLOW
        run_health(session, eve + timedelta(days=1), HEALTH, LINKING)
        assert latest_health(session)[row.account_id].band is Band.GREEN


def test_a_flag_that_a_person_closed_stays_closed_and_a_snoozed_one_wakes(
    any_database: Database, now: datetime
) -> None:
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        _rival_names_the_bank(session, now)
        run_health(session, now, HEALTH, LINKING)
        [flags] = living_flags(session).values()
        named = next(flag for flag in flags if flag.code == "competitor_named_account")
        renewal = next(flag for flag in flags if flag.code == "renewal_near")
        close(session, named.id, "they only run a trial", "dana@us.example", now)
        snooze(session, renewal.id, now + timedelta(days=2), "dana@us.example", now)
        run_health(session, now + timedelta(days=1), HEALTH, LINKING)
        [asleep] = [f for f in living_flags(session)[renewal.account_id] if f.code != "health_yellow"]
        assert (asleep.code, asleep.state) == ("renewal_near", FlagState.SNOOZED)
        run_health(session, now + timedelta(days=3), HEALTH, LINKING)
        [awake] = [f for f in living_flags(session)[renewal.account_id] if f.code == "renewal_near"]
        assert awake.state is FlagState.OPEN


def test_a_flag_that_nobody_acts_on_rises_a_level(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        run_health(session, now, HEALTH, LINKING)
        run_health(session, now + timedelta(days=6), HEALTH, LINKING)
        [flags] = living_flags(session).values()
    assert [(flag.code, flag.level) for flag in flags] == [("renewal_near", 3)]


def test_old_signals_leave_the_index(any_database: Database, now: datetime) -> None:
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        _rival_names_the_bank(session, now - LINKING.window - timedelta(days=1))
        run_health(session, now, HEALTH, LINKING)
        assert session.scalars(select(SignalRow)).one().linked_at is not None
        indices = [row.competitor_activity_index for row in latest_health(session).values()]
    assert indices == [0, 0, 0]


def test_an_account_that_crashes_is_left_out_and_the_others_are_written(
    any_database: Database, now: datetime
) -> None:
    with any_database.write() as session:
        settle(session, now)
        _metrics(session, now)
        row = session.scalars(select(AccountRow).where(AccountRow.key == "oakline")).one()
        row.uses = [7]  # a damaged row: no tag is a number
        session.flush()
        assert run_health(session, now, HEALTH, LINKING) == 2
        assert len(latest_health(session)) == 2
        assert [drop.reason for drop in drops_since(session, now)] == ["crashed"]
