"""Prices that the tagger reads: which amounts of a text are a price, of which plan, and beside which old one."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify.facts_prices_joined import join_prices
from classify.facts_prices_sides import PriceWeights
from classify.measuring.evaluate_facts import FactRow
from classify.rules.prices.amounts import amounts_in
from classify.rules.prices.find import find_prices
from classify.signals import PriceMove
from classify.tagger.labels import SIDES
from classify.tagger.plans import plans_in
from classify.tagger.text import said_at, tokens_of, words_between
from classify.tagger.types import JudgedAmount, Tagged
from classify.training.tagger_examples import example_of
from store.kinds import Category

EVEN = PriceWeights(side=0.0, plan=0.0)
SURE = 0.0
UNSURE = -9.0


def tagged(text: str, said: dict[str, tuple[str, str]]) -> Tagged:
    """Return a text whose amounts, by how they are written, are surely such sides of such plans."""
    tokens = tokens_of(text, ())
    amounts = []
    for amount in amounts_in(text):
        side, plan = said.get(text[amount.start : amount.end], ("", ""))
        amounts.append(
            JudgedAmount(
                amount=amount,
                words=words_between(tokens, amount.start, amount.end),
                sides={each: SURE if each == side else UNSURE for each in SIDES},
                plans={plan: SURE, "": SURE if not plan else UNSURE},
            )
        )
    return Tagged(text=text, tokens=tokens, amounts=tuple(amounts))


def read(
    text: str, said: dict[str, tuple[str, str]], weights: PriceWeights = EVEN
) -> list[tuple[object, ...]]:
    moves = join_prices(find_prices(text), tagged(text, said), ("Lumo",), weights)
    return [(move.plan, number(move, "before"), number(move, "after")) for move in moves]


def number(move: PriceMove, side: str) -> str | None:
    price = getattr(move, side)
    return None if price is None else f"{price.amount:f}"


def test_old_price_goes_with_the_new_one_of_its_plan():
    text = "Today Core is $5 and Complete is $10. From March: Core $6, Complete $12."
    said = {
        "$5": ("before", "Core"),
        "$10": ("before", "Complete"),
        "$6": ("after", "Core"),
        "$12": ("after", "Complete"),
    }
    assert read(text, said) == [("Core", "5", "6"), ("Complete", "10", "12")]


def test_sums_beside_the_matter_are_no_price():
    text = "Valued at $900, Lumo asks $12 a month; Velo takes $9."
    assert read(text, {"$12": ("after", "")}) == [("", None, "12")]


def test_price_that_stands_beside_one_that_moves_is_left_out():
    text = "Lumo Plus goes to $8 from $4. Velo takes $5, and a membership costs $9.99; Lumo Max is $20 now."
    said = {
        "$8": ("after", "Plus"),
        "$4": ("before", "Plus"),
        "$5": ("after", "Plus"),
        "$9.99": ("after", ""),
        "$20": ("after", "Max"),
    }
    assert read(text, said) == [("Plus", "4", "8"), ("Max", None, "20")]


def test_step_tells_the_old_price():
    text = "Lumo Pro rises by $3 to $18 a month."
    assert read(text, {"$3": ("step", ""), "$18": ("after", "Pro")}) == [("Pro", "15", "18")]


def test_step_beyond_the_price_tells_no_old_one():
    text = "Lumo Pro rises by $30 to $18 a month."
    assert read(text, {"$30": ("step", ""), "$18": ("after", "Pro")}) == [("Pro", None, "18")]


def test_price_that_ends_falls_to_nothing():
    text = "Lumo abolishes its $8 booking fee."
    assert read(text, {"$8": ("before", "")}) == [("", "8", "0")]


def test_price_of_what_is_sold_no_more_ends_without_a_new_one():
    text = "The Go plan ($5 a month) will be shut down in May."
    (move,) = join_prices((), tagged(text, {"$5": ("before", "Go")}), (), EVEN)
    assert (number(move, "before"), move.after, move.percent) == ("5", None, None)


def test_percent_that_the_sums_tell_is_told_once():
    text = "Lumo slashes Starter by half: $15 a month, down from $30."
    said = {"by half": ("percent", "Starter"), "$15": ("after", "Starter"), "$30": ("before", "Starter")}
    assert read(text, said) == [("Starter", "30", "15")]


def test_percent_stands_beside_the_new_price():
    text = "Lumo Go now starts at $79 a month, 10% less than before."
    (move,) = join_prices((), tagged(text, {"$79": ("after", "Go"), "10% less": ("percent", "Go")}), (), EVEN)
    assert move.percent == Decimal(-10)
    assert number(move, "after") == "79"


def test_bare_number_has_the_currency_of_the_sum_beside_it():
    text = "The yearly fee will be 1,140 euros instead of 980."
    (move,) = join_prices((), tagged(text, {"1,140 euros": ("after", ""), "980": ("before", "")}), (), EVEN)
    assert move.before
    assert move.after
    assert (move.before.currency, move.after.currency) == ("EUR", "EUR")


def test_rules_keep_what_the_tagger_is_not_sure_of():
    text = "Lumo Plus now costs $12 a month."
    assert read(text, {}, PriceWeights(side=20.0, plan=20.0)) == [("Lumo Plus", None, "12")]
    assert read(text, {}) == []


@pytest.mark.parametrize(
    "text", ["", "…", "$", "$$$ 5 5 5 %", "$1" * 300, "free " * 400, "1,1,1,1 to 5% to $9"]
)
def test_hostile_amounts_are_read(text: str):
    assert all(text[each.start : each.end] for each in amounts_in(text))


@given(st.text(alphabet="$€5 10.,%()tofrmwasnw/\n", max_size=80))
def test_amounts_stand_in_order_and_apart(text: str):
    found = amounts_in(text)
    assert all(one.start <= other.start for one, other in pairwise(found))
    assert all((each.price is None) != (each.percent is None) for each in found)


def test_names_and_their_parts_can_be_plans():
    text = "Northbeam Cellar Club 200 costs more; H-class too"
    tokens = tokens_of(text, ("Northbeam",))
    said = [said_at(text, tokens, span) for span in plans_in(text, tokens)]
    assert {"Cellar Club", "Cellar Club 200", "Club", "H-class"} <= set(said)
    assert not any("Northbeam" in name for name in said)


def test_labels_of_prices_with_plans():
    made = example_of(
        FactRow(
            id="r",
            kind="prices",
            category=Category.PRICING,
            actor="Northbeam",
            text="Northbeam Pro was $8, now $9, and Velo asks $7",
            expected=[
                {
                    "plan": "Pro",
                    "before": "8",
                    "after": "9",
                    "currency": "USD",
                    "period": None,
                    "percent": 12.5,
                }
            ],
        )
    )
    assert made is not None
    assert [side for _, side in made.judged] == ["before", "after", ""]
    assert made.pairs == (((3, 5), (1, 2)), ((7, 9), (1, 2)))
