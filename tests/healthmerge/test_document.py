"""The worked example of docs/health.md: each line is read out of the page and recomputed, by hand and by us."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from config.health import ComputedConfig, HealthConfig, MetricConfig, PartConfig
from config.load import default_health
from config.settings import LinkingSettings
from healthmerge.activity import activity_index
from healthmerge.churn import churn_risk
from healthmerge.costs import costs_of
from healthmerge.figures import compute
from healthmerge.score import merge
from linking.score import combined, exposure, urgency
from store.exposures import Exposure
from store.kinds import Category

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "health.md").read_text("utf-8")
EXAMPLE = PAGE.partition("## Worked example")[2].partition("\n## ")[0]
LINE = re.compile(r"^ {4}(?P<name>\w+) = (?P<formula>.+) = (?P<value>-?[\d.]+)$", re.MULTILINE)
STEPS = [(found["name"], found["formula"], found["value"]) for found in LINE.finditer(EXAMPLE)]
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)

_OPERATORS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}
_FUNCTIONS: dict[str, Callable[[float], float]] = {"sqrt": math.sqrt, "exp": math.exp}


def _evaluate(node: ast.AST, known: dict[str, float]) -> float:
    """Return the value of an arithmetic expression; nothing else is understood."""
    if isinstance(node, ast.Expression):
        return _evaluate(node.body, known)
    if isinstance(node, ast.Constant):
        assert isinstance(node.value, int | float)
        return float(node.value)
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.UnaryOp):
        return _OPERATORS[type(node.op)](_evaluate(node.operand, known))
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_evaluate(node.left, known), _evaluate(node.right, known))
    assert isinstance(node, ast.Call), ast.dump(node)
    assert isinstance(node.func, ast.Name)
    return _FUNCTIONS[node.func.id](_evaluate(node.args[0], known))


def _by_hand() -> dict[str, float]:
    known: dict[str, float] = {}
    for name, formula, _ in STEPS:
        known[name] = _evaluate(ast.parse(formula, mode="eval"), known)
    return known


def test_the_page_holds_the_whole_example() -> None:
    assert len(STEPS) >= 18
    code = [line for line in EXAMPLE.splitlines() if line.startswith("    ")]
    assert len(code) == len(STEPS), "a line of the example is not name = formula = value"


@pytest.mark.parametrize(("name", "formula", "value"), STEPS)
def test_each_line_of_the_example_is_right(name: str, formula: str, value: str) -> None:
    digits = len(value.partition(".")[2])
    assert _by_hand()[name] == pytest.approx(float(value), abs=0.5 * 10**-digits + 1e-9)


def _exposure(score: float, age_days: int) -> Exposure:
    return Exposure(
        account_id=1,
        signal_id=1,
        score=score,
        reasons=(),
        observed_at=NOW - timedelta(days=age_days),
        rival_key="r",
        rival_name="R",
        category=Category.LAUNCH,
        headline="news",
    )


def test_the_program_gives_the_same_numbers_as_the_example() -> None:
    hand, linking = _by_hand(), LinkingSettings()
    weights = [linking.weights[code] for code in ("named", "their_customer", "product_overlap")]
    renewal = NOW.date() + timedelta(days=80)
    assert combined(weights) == pytest.approx(hand["combined"])
    then = exposure(weights, 0.55, urgency(renewal, NOW.date()))
    assert then == pytest.approx(hand["exposure_then"])
    index = activity_index([_exposure(then, 30), _exposure(0.45 * 0.7, 0)], NOW, linking)
    assert index == pytest.approx(hand["cai"])

    formula = ComputedConfig(
        metric="dso_days", how="ratio", of="receivables", to="credit_sales", times="days_in_period"
    )
    june = date(2026, 6, 1)
    history = {"receivables": [(june, 52_000.0)], "credit_sales": [(june, 40_000.0)]}
    [(_, dso)] = compute(formula, history, NOW.date())
    assert dso == pytest.approx(hand["dso"])

    merged = merge(_config(), {"dso_days": dso, "c": 70.0}, index)
    assert merged.score == pytest.approx(hand["health"])
    assert merged.without == pytest.approx(hand["health_without"])
    assert merged.coverage == pytest.approx(hand["coverage"])
    costs = {
        c.name: c.points for c in costs_of([p.to_json() for p in merged.parts], merged.score, merged.without)
    }
    assert costs["dso_days"] == pytest.approx(hand["cost_of_dso"], abs=0.01)
    assert costs["c"] == pytest.approx(hand["cost_of_the_risk_metric"], abs=0.01)
    assert costs["competitor_exposure"] == pytest.approx(hand["cost_of_competitors"])
    assert merged.without is not None
    assert churn_risk(merged.without, index, {"days_to_renewal": 80.0}).value == pytest.approx(
        hand["churn_risk"]
    )


def _config() -> HealthConfig:
    def metric(name: str, weight: float, worst: float = 0, best: float = 100) -> MetricConfig:
        return MetricConfig(name=name, label=name, worst=worst, best=best, weight=weight)

    return HealthConfig(
        parts=(
            PartConfig(name="financial", weight=60, metrics=(metric("dso_days", 3, 90, 30), metric("b", 1))),
            PartConfig(name="risk", weight=40, metrics=(metric("c", 2), metric("d", 2))),
        )
    )


def test_the_page_names_every_formula_of_the_starter() -> None:
    named = set(re.findall(r"^\| `(\w+)`", PAGE.partition("**Figures worked out.**")[2], re.MULTILINE))
    assert {item.metric for item in default_health().computed} - named <= {"contract_value"}
