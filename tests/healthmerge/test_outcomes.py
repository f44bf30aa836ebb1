"""Outcomes: kept, compared with the health of two months before, and fitted only when they say something."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthmerge.churn import STATED, churn_inputs
from healthmerge.expansion import expansion_likelihood
from healthmerge.judge import judge
from healthmerge.known import weights_of
from healthmerge.logistic import likelihood, sigmoid
from healthmerge.refit import LEAST_OUTCOMES, fit_outcomes, refit
from store.flags import close
from store.kinds import FlagVerdict, OutcomeKind
from store.outcomes import (
    FORESIGHT,
    AccountOutcome,
    ChurnFit,
    Foreseen,
    foreseen_outcomes,
    keep_fit,
    latest_fit,
    record_outcome,
)

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
values = st.dictionaries(
    st.sampled_from(["arr_potential", "adoption", "expansion_readiness", "nps"]), st.floats(-200, 400)
)


def _outcome(bank, kind=OutcomeKind.CHURNED, on: date | None = None) -> AccountOutcome:
    return AccountOutcome(
        account_id=bank.id,
        account_key="harbour-bank",
        day=on or bank.now.date(),
        kind=kind,
        arr_before=Decimal(250_000),
        arr_after=Decimal(0),
        who="dana@us.example",
    )


def test_an_outcome_is_kept_once_a_day_and_compared_with_the_health_of_two_months_before(
    make_bank, any_database
) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(date(2026, 8, 1), nps=-10, adoption=35)
        bank.run(bank.now - FORESIGHT - timedelta(days=3))
        bank.say(nps=60, adoption=85)
        bank.run()
        assert record_outcome(session, _outcome(bank), bank.now)
        assert not record_outcome(session, _outcome(bank), bank.now)
        [found] = foreseen_outcomes(session)
        judgement = judge(session, bank.now - timedelta(days=365))
    assert found.band == "red"
    assert judgement.recorded == 1
    assert [(band.band, band.outcomes, band.churned) for band in judgement.bands] == [("red", 1, 1)]


def test_a_rule_is_judged_by_the_verdicts_of_those_who_closed_its_flags(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        bank.say(sentiment=-0.3, dso_days=80)
        bank.run()
        flags = bank.flags()
        later = bank.now + timedelta(days=3)
        close(
            session,
            flags["negative_sentiment"].id,
            "they were right",
            "d@us.example",
            later,
            FlagVerdict.HELPED,
        )
        close(
            session, flags["payment_late"].id, "a typing slip", "d@us.example", later, FlagVerdict.FALSE_ALARM
        )
        rules = {rule.code: rule for rule in judge(session, bank.now - timedelta(days=1)).rules}
    assert rules["negative_sentiment"].useful == 1
    assert rules["payment_late"].useful == 0
    assert rules["renewal_near"].useful is None
    assert rules["payment_late"].days_to_close == 3


def _foreseen(number: int, chance: random.Random, competitors: float) -> Foreseen:
    without, index = chance.uniform(20, 100), chance.uniform(0, 100)
    inputs = churn_inputs(without, index, {})
    z = -4.0 + 4.0 * inputs["health"] + competitors * inputs["competitors"]
    lost = chance.random() < sigmoid(z)
    outcome = AccountOutcome(
        account_id=number,
        account_key=f"a{number}",
        day=NOW.date(),
        kind=OutcomeKind.CHURNED if lost else OutcomeKind.RENEWED,
        who="x",
    )
    return Foreseen(
        outcome=outcome, as_of=NOW.date(), band="green", score=without, without=without, index=index, parts=()
    )


def test_too_few_outcomes_leave_the_stated_weights() -> None:
    chance = random.Random(1)
    result = fit_outcomes([_foreseen(n, chance, 1.5) for n in range(LEAST_OUTCOMES - 1)])
    assert (result.weights, result.adopted) == (None, False)
    assert "The stated weights stay" in result.words


def test_enough_outcomes_move_the_weight_of_what_decided_them() -> None:
    chance = random.Random(7)
    result = fit_outcomes([_foreseen(n, chance, 6.0) for n in range(600)])
    assert result.adopted
    assert result.weights is not None
    assert result.weights.inputs["competitors"] > STATED.inputs["competitors"] + 1
    assert result.loss_fitted is not None
    assert result.loss_stated is not None
    assert result.loss_fitted < result.loss_stated
    assert all(weight >= 0 for weight in result.weights.inputs.values())


def test_a_fit_is_in_force_from_its_moment_on(make_bank, any_database) -> None:
    with any_database.write() as session:
        bank = make_bank(session)
        bank.say(nps=10, adoption=50)
        before = bank.run()
        weights = {"intercept": 0.0, **dict.fromkeys(STATED.inputs, 0.0)}
        keep_fit(session, ChurnFit(weights=weights, quality={}, fitted_at=bank.now, who="dana@us.example"))
        assert latest_fit(session, bank.now - timedelta(days=1)) is None
        after = bank.run(bank.now + timedelta(days=1))
    assert before.churn_risk != 0.5
    assert after.churn_risk == 0.5


def test_a_refit_without_outcomes_writes_nothing(make_bank, database) -> None:
    with database.write() as session:
        bank = make_bank(session)
        assert not refit(session, bank.now, "dana@us.example").adopted
        assert latest_fit(session, bank.now) is None
    assert weights_of(None) is STATED


@given(
    st.floats(0, 100), values, st.sampled_from(["arr_potential", "adoption", "expansion_readiness", "nps"])
)
def test_a_gap_never_makes_an_account_look_ready_to_expand(score, known, missing) -> None:
    whole = expansion_likelihood(score, known)
    partial = expansion_likelihood(score, {name: value for name, value in known.items() if name != missing})
    if whole is not None:
        assert 0 <= whole.value <= 1
        assert partial is None or partial.value <= whole.value + 1e-12


@given(st.floats(-1e9, 1e9))
def test_a_likelihood_is_in_range_for_any_sum(z) -> None:
    assert 0 <= sigmoid(z) <= 1


def test_drivers_are_told_the_strongest_first() -> None:
    found = likelihood(
        STATED, {"health": 0.2, "competitors": 1.0}, {"health": "health", "competitors": "rivals"}
    )
    assert [label for label, _ in found.drivers] == ["rivals", "health"]
    assert [term for _, term in found.drivers] == pytest.approx([1.5, 0.8])
