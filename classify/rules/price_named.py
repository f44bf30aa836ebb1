"""Moves whose plan no capital tells, with what is paid for by its place: "raises storage pricing to $5"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classify.rules.price_amounts import Amount, amounts_in
from classify.rules.price_thing_beside import ThingBeside, moves_of, things_beside
from classify.rules.price_things import Slot
from classify.signals import PriceMove


def with_things(text: str, moves: Sequence[PriceMove], own: tuple[str, ...]) -> list[PriceMove]:
    """Return moves of no plan with the thing that is surely named beside their price; others as they are."""
    if all(move.plan for move in moves):
        return list(moves)
    amounts = amounts_in(text)
    things = things_beside(text, amounts, moves_of(amounts, {}), own)
    return [move if move.plan else replace(move, plan=_thing(move, amounts, things)) for move in moves]


def _thing(move: PriceMove, amounts: Sequence[Amount], things: dict[int, ThingBeside]) -> str:
    sums = {price.amount for price in (move.before, move.after) if price is not None}
    for place, amount in enumerate(amounts):
        told = amount.price.amount if amount.price else amount.percent
        thing = things.get(place)
        is_of = told in sums if amount.price else move.stated_percent is not None
        if is_of and thing is not None and thing.is_near and thing.slot >= Slot.OF:
            return thing.name
    return ""
