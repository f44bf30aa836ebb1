"""Flags: each condition at its limit, levels that rise with the figure, one living flag, and a trail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from healthmerge.flags import level_of
from store.flags import acknowledge, close, flag_trail, snooze
from store.kinds import Category, FlagState, FlagVerdict, ReasonCode
from store.models.accounts import AccountRow, ExposureRow
from store.records import Reason
from tests.linking.worlds import add_signal

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.mark.parametrize(("users", "level"), [(86, None), (85, None), (84, 2), (75, 3), (60, 3)])
def test_users_lost_in_a_month_warn_from_15_percent_and_are_critical_from_25(
    make_bank, database, users, level
) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(OCTOBER, active_users=100)
        bank.say(NOVEMBER, active_users=users)
        bank.run()
        flag = bank.flags().get("usage_drop")
    assert (flag.level if flag else None) == level


@pytest.mark.parametrize(("days", "level"), [(91, None), (90, 1), (61, 1), (60, 2), (31, 2), (30, 3), (0, 3)])
def test_a_renewal_is_told_at_90_60_and_30_days(make_bank, database, days, level) -> None:
    with database.write() as session:
        bank = make_bank(session)
        row = session.query(AccountRow).filter_by(key="harbour-bank").one()
        row.renewal = bank.now.date() + timedelta(days=days)
        session.flush()
        bank.run()
        flag = bank.flags().get("renewal_near")
    assert (flag.level if flag else None) == level


def test_who_closed_the_renewal_flag_at_90_days_is_reminded_at_60(make_bank, any_database) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.run()
        first = bank.flags()["renewal_near"]
        close(session, first.id, "we talk in December", "dana@us.example", bank.now)
        bank.run(bank.now + timedelta(days=1))
        assert "renewal_near" not in bank.flags()
        bank.run(bank.now + timedelta(days=20))
        assert bank.flags()["renewal_near"].level == 2


@pytest.mark.parametrize(
    ("metrics", "code"),
    [
        ({"sentiment": -0.2}, "negative_sentiment"),
        ({"dso_days": 75}, "payment_late"),
        ({"stakeholder_loss": 1}, "stakeholder_left"),
    ],
)
def test_a_figure_beyond_its_limit_raises_its_flag(make_bank, database, metrics, code) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(**metrics)
        bank.run()
        assert code in bank.flags()


def test_tickets_that_double_are_a_spike(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(OCTOBER, tickets=10, active_users=100)
        bank.say(NOVEMBER, tickets=20, active_users=100)
        bank.run()
        assert (
            bank.flags()["ticket_spike"].because == "the ticket volume rose by 100 % over the period before"
        )


def test_figures_of_half_a_year_ago_are_no_news(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(date(2026, 5, 1), sentiment=-0.9, dso_days=120)
        bank.run()
        assert not {"negative_sentiment", "payment_late"} & set(bank.flags())


@pytest.mark.parametrize(
    ("category", "code", "flagged"),
    [
        (Category.HIRING, ReasonCode.SAME_MARKET, True),
        (Category.LEADERSHIP, ReasonCode.SAME_MARKET, True),
        (Category.HIRING, ReasonCode.RIVAL_PRESENT, False),
        (Category.LAUNCH, ReasonCode.SAME_MARKET, False),
    ],
)
def test_a_rival_that_hires_for_the_accounts_market_is_flagged(
    make_bank, database, category, code, flagged
) -> None:
    with database.write() as session:
        bank = make_bank(session)
        signal_id = add_signal(
            session,
            bank.now,
            "Northbeam seeks ten sellers for British banks",
            category.value,
            linked_at=bank.now,
        )
        reason = Reason(code=code, weight=0.3, because="because it is aimed at banks in Britain")
        session.add(
            ExposureRow(
                account_id=bank.id,
                signal_id=signal_id,
                score=0.25,
                reasons=[reason.to_json()],
                observed_at=bank.now,
                computed_at=bank.now,
            )
        )
        session.flush()
        bank.run()
        flag = bank.flags().get("competitor_hired_vertical")
    assert (flag is not None) is flagged
    if flag is not None:
        assert (flag.level, flag.signal_id) == (1, signal_id)


def test_a_flag_carries_what_helps_at_its_level(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(OCTOBER, active_users=100)
        bank.say(NOVEMBER, active_users=80)
        bank.run()
        warned = bank.flags()["usage_drop"]
        bank.say(NOVEMBER, active_users=60)
        bank.run(bank.now + timedelta(days=1))
        grave = bank.flags()["usage_drop"]
    assert (warned.guide["kind"], grave.guide["kind"]) == ("agenda", "action_plan")
    assert all(len(flag.guide["lines"]) >= 3 for flag in (warned, grave))
    assert grave.id == warned.id
    assert grave.raised_at == bank.now + timedelta(days=1)


def test_a_snoozed_or_acknowledged_flag_that_turns_graver_is_open_again(make_bank, any_database) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(OCTOBER, active_users=100)
        bank.say(NOVEMBER, active_users=80)
        bank.run()
        flag = bank.flags()["usage_drop"]
        snooze(session, flag.id, bank.now + timedelta(days=30), "dana@us.example", bank.now)
        bank.run(bank.now + timedelta(days=1))
        assert bank.flags()["usage_drop"].state is FlagState.SNOOZED
        bank.say(NOVEMBER, active_users=70)
        bank.run(bank.now + timedelta(days=2))
        assert bank.flags()["usage_drop"].state is FlagState.OPEN


def test_an_acknowledged_flag_is_not_escalated_and_an_open_one_is(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(sentiment=-0.2, dso_days=75)
        bank.run()
        acknowledge(session, bank.flags()["negative_sentiment"].id, "dana@us.example", bank.now)
        bank.run(bank.now + timedelta(days=11))
        flags = bank.flags()
    assert (flags["negative_sentiment"].level, flags["payment_late"].level) == (1, 2)


def test_the_trail_tells_everything_that_happened_to_a_flag(make_bank, any_database) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(sentiment=-0.2)
        bank.run()
        flag = bank.flags()["negative_sentiment"]
        bank.run(bank.now + timedelta(days=8))
        acknowledge(session, flag.id, "dana@us.example", bank.now + timedelta(days=9))
        words = "they had a bad week, all is mended"
        close(session, flag.id, words, "dana@us.example", bank.now + timedelta(days=10), FlagVerdict.HELPED)
        trail = flag_trail(session, [flag.id])[flag.id]
    assert [(event.action, event.who, event.level) for event in trail] == [
        ("opened", "rivalwatch", 1),
        ("raised", "rivalwatch", 2),
        ("acknowledged", "dana@us.example", 2),
        ("closed", "dana@us.example", 2),
    ]
    assert trail[1].detail == "nobody acted until it was due"
    assert trail[-1].detail == f"helped: {words}"


def test_a_flag_whose_condition_ends_says_so_in_its_trail(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(sentiment=-0.2)
        bank.run()
        flag = bank.flags()["negative_sentiment"]
        bank.say(sentiment=0.4)
        bank.run(bank.now + timedelta(days=1))
        assert "negative_sentiment" not in bank.flags()
        assert [event.action for event in flag_trail(session, [flag.id])[flag.id]] == ["opened", "ended"]


def test_a_second_run_opens_no_second_flag_and_writes_no_second_entry(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(sentiment=-0.2, dso_days=75)
        bank.run()
        before = bank.flags()
        bank.run()
        assert bank.flags() == before
        trail = flag_trail(session, [flag.id for flag in before.values()])
    assert all(len(events) == 1 for events in trail.values())


def test_every_rule_of_the_starter_has_a_play_and_guides_for_the_levels_it_reaches(
    make_bank, database
) -> None:
    with database.write() as session:
        health = make_bank(session).health
    for rule in health.flags:
        assert rule.play
        levels = {rule.level, *(step.level for step in rule.levels)}
        assert level_of(rule, None) == rule.level
        for level, own in ((1, rule.talking_points), (2, rule.agenda), (3, rule.action_plan)):
            general = (health.guide.talking_points, health.guide.agenda, health.guide.action_plan)[level - 1]
            assert level not in levels or len(own or general) >= 3
