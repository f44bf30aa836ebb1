"""Formulas: from what systems report to the values that the score is made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.health import ComputedConfig, HealthConfig, MetricConfig, PartConfig
from config.load import default_health
from healthmerge.figures import account_figures, compute
from store.accounts import Account

TODAY = date(2026, 11, 16)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def _account(**more) -> Account:
    return Account(id=1, key="harbour-bank", name="Harbour Bank", **more)


def _value(history, name, **more) -> float | None:
    return account_figures(_account(**more), history, default_health(), TODAY).values.get(name)


def test_dso_is_receivables_by_credit_sales_times_days_of_the_period() -> None:
    history = {"receivables": [(OCTOBER, 60_000.0)], "credit_sales": [(OCTOBER, 40_000.0)]}
    assert _value(history, "dso_days") == pytest.approx(60_000 / 40_000 * 31)


@pytest.mark.parametrize(
    ("metric", "figures", "value"),
    [
        ("payment_on_time_share", {"invoices_on_time": 9, "invoices_due": 12}, 75),
        ("overdue_share", {"receivables_over_60": 5, "receivables": 50}, 10),
        ("margin", {"cost_to_serve": 30, "revenue": 120}, 75),
        ("adoption", {"licences_used": 30, "licences": 40}, 75),
        ("feature_depth", {"features_used": 3, "features_bought": 12}, 25),
        ("ticket_volume", {"tickets": 8, "active_users": 200}, 4),
        ("strategic_engagement_rate", {"strategic_interactions": 3, "interactions": 20}, 15),
        ("stakeholder_coverage", {"contacts_engaged": 8, "contacts": 10}, 80),
        ("plan_compliance", {"plan_steps_done": 4, "plan_steps_due": 5}, 80),
    ],
)
def test_a_ratio_needs_both_figures_of_one_period(metric, figures, value) -> None:
    same = {name: [(OCTOBER, float(amount))] for name, amount in figures.items()}
    assert _value(same, metric) == pytest.approx(value)
    first, *rest = figures
    apart = {**same, first: [(NOVEMBER, float(figures[first]))]}
    assert rest
    assert _value(apart, metric) is None


def test_nothing_is_divided_by_zero() -> None:
    assert (
        _value({"contacts_engaged": [(OCTOBER, 0.0)], "contacts": [(OCTOBER, 0.0)]}, "stakeholder_coverage")
        is None
    )


def test_what_somebody_reports_is_believed_before_what_is_worked_out() -> None:
    history = {
        "receivables": [(OCTOBER, 60_000.0), (NOVEMBER, 60_000.0)],
        "credit_sales": [(OCTOBER, 40_000.0), (NOVEMBER, 60_000.0)],
        "dso_days": [(OCTOBER, 33.0)],
    }
    found = account_figures(_account(), history, default_health(), TODAY).history["dso_days"]
    assert found == [(OCTOBER, 33.0), (NOVEMBER, 30.0)]


def test_users_change_from_month_to_month() -> None:
    history = {"active_users": [(date(2026, 9, 1), 100.0), (OCTOBER, 120.0), (NOVEMBER, 90.0)]}
    assert _value(history, "active_users_change") == pytest.approx(-25)


def test_revenue_is_compared_with_the_same_months_of_last_year() -> None:
    months = [date(2025, m, 1) for m in range(8, 13)] + [date(2026, m, 1) for m in range(1, 11)]
    history = {"revenue": [(month, 100.0 if month.year == 2025 else 110.0) for month in months]}
    assert _value(history, "revenue_change") == pytest.approx(10)
    assert _value({"revenue": history["revenue"][-6:]}, "revenue_change") is None


def test_even_revenue_is_stable_and_jumping_revenue_is_not() -> None:
    months = [date(2026, m, 1) for m in range(5, 11)]
    assert _value({"revenue": [(month, 50.0) for month in months]}, "revenue_stability") == pytest.approx(100)
    jumping = [(month, 0.0 if month.month % 2 else 100.0) for month in months]
    assert _value({"revenue": jumping}, "revenue_stability") == pytest.approx(0)
    assert _value({"revenue": jumping[:2]}, "revenue_stability") is None


def test_a_relationship_fades_by_half_in_45_days_of_silence_and_goes_on_fading() -> None:
    silent = {"days_since_contact": [(TODAY, 45.0)]}
    assert _value(silent, "relationship_decay") == pytest.approx(50)
    earlier = {"days_since_contact": [(OCTOBER, 0.0)]}
    assert _value(earlier, "relationship_decay") == pytest.approx(100 * (1 - 0.5 ** (46 / 45)))


def test_a_renewal_day_that_passed_counts_as_no_days_left() -> None:
    assert _value({}, "days_to_renewal", renewal=date(2026, 12, 16)) == 30
    assert _value({}, "days_to_renewal", renewal=date(2026, 11, 1)) == 0


def test_the_contract_value_is_the_accounts_own_unless_reported() -> None:
    assert _value({}, "contract_value", arr=Decimal(250_000)) == 250_000
    assert _value({"arr": [(OCTOBER, 90.0)]}, "contract_value", arr=Decimal(250_000)) == 90


series = st.lists(
    st.tuples(st.dates(date(2025, 1, 1), TODAY), st.floats(allow_nan=False, allow_infinity=False)),
    max_size=6,
    unique_by=lambda item: item[0],
).map(sorted)


@given(
    st.sampled_from(["value", "ratio", "remainder", "change", "year_change", "stability", "fading"]),
    series,
    series,
)
def test_a_formula_gives_numbers_or_nothing(how, over, under) -> None:
    formula = ComputedConfig(metric="m", how=how, of="a", to="b")
    for _, value in compute(formula, {"a": over, "b": under}, TODAY):
        assert isfinite(value)


def test_every_metric_of_the_configuration_has_a_source_or_is_reported_and_raw_figures_are_known_names() -> (
    None
):
    health = default_health()
    names = health.metric_names()
    assert {"receivables", "credit_sales", "contacts", "dso_days", "nps"} <= names
    config = HealthConfig(
        parts=(
            PartConfig(
                name="risk",
                weight=100,
                metrics=(MetricConfig(name="m", label="M", worst=0, best=1, weight=1),),
            ),
        )
    )
    assert config.metric_names() == {"m"}
