"""Prices that rules and tagger tell together: what each amount is to a price, and of which plan.

Where the form of a text is unmistakable the rules decide (tables, cards, "from X to Y", a name right beside its price);
where it is not, what they say is weighed against the odds that the tagger gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classify.facts_prices_form import Form, form_of
from classify.facts_prices_moves import moves_told, without_standing
from classify.facts_prices_plans import Said, plan_of
from classify.facts_prices_sides import PRICES, PriceWeights, sides_of, sides_ruled
from classify.rules.prices.cards import find_cards
from classify.rules.prices.currency_said import with_said_currency
from classify.rules.prices.find import MOVES
from classify.rules.prices.free import (
    is_free_alone,
    with_bare_zeros,
    with_free_before,
    with_free_cards,
    with_free_plans,
    without_free_siblings,
)
from classify.rules.prices.gone import with_gone_plans
from classify.rules.prices.reckoned import with_old_reckoned
from classify.rules.prices.several import told_for_each
from classify.rules.prices.tables import find_table
from classify.signals import PriceMove
from classify.tagger.types import Tagged


def join_prices(
    ruled: Sequence[PriceMove], tagged: Tagged, own: tuple[str, ...], weights: PriceWeights = PRICES
) -> tuple[PriceMove, ...]:
    """Return the price moves that a text states, in order of the text; free plans that begin or end come first."""
    moves = with_said_currency(_priced(ruled, tagged, own, weights), tagged.text)
    moves = with_gone_plans(told_for_each(moves, tagged.text, own), tagged.text, own)
    moves = with_free_before(without_free_siblings(moves, tagged.text, own), tagged.text)
    moves = with_old_reckoned(with_bare_zeros(moves, tagged.text), tagged.text)
    return with_free_plans(with_free_cards(moves, tagged.text), tagged.text, own)[:MOVES]


def _priced(
    ruled: Sequence[PriceMove], tagged: Tagged, own: tuple[str, ...], weights: PriceWeights
) -> tuple[PriceMove, ...]:
    ruled = [move for move in ruled if not is_free_alone(move)]
    listed = find_table(tagged.text, own) or find_cards(tagged.text, own)
    if listed:
        return listed[:MOVES]
    if not tagged.amounts:
        return tuple(ruled)
    mine = sides_ruled(ruled, tagged.amounts)
    if mine is None:
        return tuple(ruled)
    amounts = [judged.amount for judged in tagged.amounts]
    form = form_of(tagged.text, amounts, own)
    sides = sides_of(tagged.amounts, mine, form, weights)
    said = [
        Said(judged=judged, side=sides[place], plan="", place=place)
        for place, judged in enumerate(tagged.amounts)
        if sides[place]
    ]
    said = [
        replace(each, plan=plan_of([each, *_partner(each, said, form)], mine, form, own, weights))
        for each in said
    ]
    moves = moves_told(said, amounts, form)
    return tuple(without_standing(moves)[:MOVES])


def _partner(one: Said, said: Sequence[Said], form: Form) -> list[Said]:
    place = form.partner(one.place)
    return [other for other in said if other.place == place and other.side != "step" and one.side != "step"]
