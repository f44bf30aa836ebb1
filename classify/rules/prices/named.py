"""Moves whose plan no capital tells, with what is paid for by its place: "raises storage pricing to $5"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classify.rules.prices.amounts import Amount, amounts_in
from classify.rules.prices.thing_beside import ThingBeside, moves_of, things_beside
from classify.rules.prices.things import Slot
from classify.signals import PriceMove


def with_things(text: str, moves: Sequence[PriceMove], own: tuple[str, ...]) -> list[PriceMove]:
    """Return moves with the thing named beside their price: the whole of a plan's name, or for no plan a sure one."""
    if not moves:
        return []
    amounts = amounts_in(text)
    things = things_beside(text, amounts, moves_of(amounts, {}), own)
    return [replace(move, plan=_named(move, amounts, things)) for move in moves]


def _named(move: PriceMove, amounts: Sequence[Amount], things: dict[int, ThingBeside]) -> str:
    sums = {price.amount for price in (move.before, move.after) if price is not None}
    for place, amount in enumerate(amounts):
        told = amount.price.amount if amount.price else amount.percent
        thing = things.get(place)
        is_of = told in sums if amount.price else move.stated_percent is not None
        if not is_of or thing is None or not thing.is_near:
            continue
        if f" {move.plan} " in f" {thing.name} " if move.plan else thing.slot >= Slot.OF:
            return thing.name
    return move.plan
