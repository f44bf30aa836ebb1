"""All accounts together: each figure by hand, and none where nothing is known."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from config.accounts import AccountConfig
from config.load import default_health
from config.settings import LinkingSettings
from healthmerge.portfolio import portfolio
from healthmerge.run import run_health
from store.account_writes import sync_accounts
from store.accounts import account_ids
from store.kinds import OutcomeKind
from store.metrics import MetricValue, write_metrics
from store.outcomes import AccountOutcome, record_outcome

HEALTH = default_health()
A_YEAR_AGO = date(2025, 11, 1)


def _settle(session, now, then: dict[str, float], today: dict[str, float]) -> None:
    accounts = [
        AccountConfig(
            key=key, name=key.title(), arr=Decimal(str(today.get(key, amount))), owner="dana@us.example"
        )
        for key, amount in then.items()
    ]
    sync_accounts(session, accounts, now - timedelta(days=400))
    month = now.date().replace(day=1)
    values = [MetricValue(account_key=k, name="arr", period=A_YEAR_AGO, value=v) for k, v in then.items()]
    values += [MetricValue(account_key=k, name="arr", period=month, value=v) for k, v in today.items()]
    write_metrics(session, values)


def _figures(session, now, owner=None) -> dict[str, float | None]:
    group = portfolio(session, now, HEALTH, owner)[0]
    return {figure.name: figure.value for figure in group.figures}


def test_retention_figures_by_hand(any_database, now) -> None:
    with any_database.write() as session:
        _settle(
            session,
            now,
            then={"grown": 100.0, "same": 100.0, "shrunk": 100.0, "gone": 100.0},
            today={"grown": 150.0, "same": 100.0, "shrunk": 60.0},
        )
        gone = AccountOutcome(
            account_id=account_ids(session)["gone"],
            account_key="gone",
            day=now.date() - timedelta(days=30),
            kind=OutcomeKind.CHURNED,
            who="dana@us.example",
        )
        record_outcome(session, gone, now)
        found = _figures(session, now)
    assert found["retention"] == pytest.approx(75)
    assert found["nrr"] == pytest.approx((150 + 100 + 60) / 400 * 100)
    assert found["grr"] == pytest.approx((100 + 100 + 60) / 400 * 100)
    assert found["downgrade_rate"] == pytest.approx(25)


def test_what_is_not_known_of_any_account_is_none_and_not_zero(database, now) -> None:
    with database.write() as session:
        sync_accounts(session, [AccountConfig(key="bare", name="Bare")], now)
        found = _figures(session, now)
        groups = portfolio(session, now, HEALTH)
    assert set(found.values()) == {None}
    assert all(figure.known == 0 for group in groups for figure in group.figures)


def test_lifetime_value_is_revenue_times_margin_by_churn_risk(database, now) -> None:
    with database.write() as session:
        _settle(session, now, then={"one": 100_000.0}, today={"one": 100_000.0})
        month = now.date().replace(day=1)
        for name, value in {"margin": 60.0, "nps": -20.0, "adoption": 30.0}.items():
            write_metrics(session, [MetricValue(account_key="one", name=name, period=month, value=value)])
        run_health(session, now, HEALTH, LinkingSettings())
        group = portfolio(session, now, HEALTH)[0]
        figures = {figure.name: figure for figure in group.figures}
        from store.health import latest_health

        [row] = latest_health(session).values()
    assert row.churn_risk is not None
    assert row.churn_risk > 0.05
    assert figures["clv"].value == pytest.approx(100_000 * 0.6 / row.churn_risk)
    assert figures["revenue_at_risk"].value == pytest.approx(100_000 * row.churn_risk)


def test_one_persons_portfolio_holds_their_accounts_alone(database, now) -> None:
    with database.write() as session:
        _settle(session, now, then={"mine": 100.0}, today={"mine": 120.0})
        assert portfolio(session, now, HEALTH, "dana@us.example")[0].accounts == 1
        assert portfolio(session, now, HEALTH, "sam@us.example")[0].accounts == 0


def test_a_referral_needs_a_green_satisfied_account_without_flags_or_renewal(database, now) -> None:
    good = {"nps": 62.0, "adoption": 90.0, "payment_on_time_share": 99.0, "stakeholder_coverage": 85.0}
    with database.write() as session:
        accounts = [
            AccountConfig(key="ready", name="Ready", renewal=now.date() + timedelta(days=300)),
            AccountConfig(key="renewing", name="Renewing", renewal=now.date() + timedelta(days=40)),
            AccountConfig(key="unhappy", name="Unhappy", renewal=now.date() + timedelta(days=300)),
        ]
        sync_accounts(session, accounts, now)
        month = now.date().replace(day=1)
        for key in ("ready", "renewing", "unhappy"):
            for name, value in {**good, **({"nps": -30.0} if key == "unhappy" else {})}.items():
                write_metrics(session, [MetricValue(account_key=key, name=name, period=month, value=value)])
        run_health(session, now, HEALTH, LinkingSettings())
        assert _figures(session, now)["referral_readiness"] == pytest.approx(100 / 3)
