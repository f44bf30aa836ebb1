"""Which side of a price each amount of a text is, by rules, form and the tagger's odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from classify.facts_prices_form import Form
from classify.rules.prices.amounts import Amount
from classify.signals import PriceMove
from classify.tagger.labels import SIDES
from classify.tagger.types import JudgedAmount


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceWeights:
    """What a rule counts in natural logarithms: of what an amount is, of its plan, of two sides of one move."""

    side: float
    plan: float
    link: float = 3.0
    step: float = 1.0  # That is not sure.
    percent: float = 8.0
    beside: float = 5.0
    unseen: float = 3.0
    named: float = 7.0
    meant: float = 1.0  # A price "to", "at" or "for" which what is surely named goes.
    stated: float = 2.0  # A price that something "is priced at", "starts from".
    thing: float = 2.5
    hint: float = 1.2


PRICES: Final = PriceWeights(side=0.6, plan=2.0)
IMPOSSIBLE: Final = float("-inf")


def sides_ruled(
    ruled: Sequence[PriceMove], amounts: Sequence[JudgedAmount]
) -> dict[int, tuple[str, PriceMove]] | None:
    """Return what the rules take each amount for, with its move; None if they reckoned with what is no amount here."""
    found: dict[int, tuple[str, PriceMove]] = {}
    for move in ruled:
        for side, wanted in _wanted(move):
            places = [
                place
                for place, judged in enumerate(amounts)
                if place not in found and _number(judged.amount, side) == wanted
            ]
            places.sort(key=lambda place: amounts[place].amount.is_bare)
            if places:
                found[places[0]] = (side, move)
            elif side == "before" and move.after is not None and move.after.amount is not None:
                step = abs(wanted - move.after.amount)
                places = [
                    p for p, j in enumerate(amounts) if p not in found and _number(j.amount, "step") == step
                ]
                if not places:
                    return None
                found[places[0]] = ("step", move)
            else:
                return None
    return found


def _wanted(move: PriceMove) -> list[tuple[str, Decimal]]:
    sides = (("after", move.after), ("before", move.before))
    found = [(side, price.amount) for side, price in sides if price and price.amount is not None]
    if move.stated_percent is not None and move.before is None:
        found.append(("percent", abs(move.stated_percent)))
    return found


def _number(amount: Amount, side: str) -> Decimal | None:
    if side == "percent":
        return None if amount.percent is None else abs(amount.percent)
    return amount.price.amount if amount.price else None


def sides_of(
    amounts: Sequence[JudgedAmount],
    mine: Mapping[int, tuple[str, PriceMove]],
    form: Form,
    weights: PriceWeights,
) -> list[str]:
    """Return what each amount is to a price; the two that a form links are both sides of one move, or neither is."""
    scores = [
        _scores(judged, place, mine.get(place, ("", None))[0], form, weights)
        for place, judged in enumerate(amounts)
    ]
    sides = [max(each, key=lambda side: each[side]) for each in scores]
    for link in form.links:
        other = "step" if link.is_step else "before"
        told = scores[link.new].get("after", IMPOSSIBLE) + scores[link.other].get(other, IMPOSSIBLE)
        told += 2 * (weights.link if link.is_sure else weights.step)
        if told >= scores[link.new][sides[link.new]] + scores[link.other][sides[link.other]]:
            sides[link.new], sides[link.other] = "after", other
    for place, new in form.percents.items():
        if form.partner(new) is not None:
            sides[place] = ""
        elif sides[new] == "after" and scores[place]["percent"] + weights.percent > scores[place][""]:
            sides[place] = "percent"
    return sides


def _scores(
    judged: JudgedAmount, place: int, rule: str, form: Form, weights: PriceWeights
) -> dict[str, float]:
    """Return how likely each side is, as a logarithm; an amount in percent is no side, and a sum no percent."""
    can = {"", "percent"} if judged.amount.percent is not None else set(SIDES) - {"percent"}
    if judged.amount.is_coin:
        can = {"", "step"}
    return {
        side: odds + weights.side * (side == rule) + _told(side, judged.amount, place, form, weights)
        for side, odds in judged.sides.items()
        if side in can
    }


def _told(side: str, amount: Amount, place: int, form: Form, weights: PriceWeights) -> float:
    """Return what the form of a text counts for an amount's being a side."""
    if form.partner(place) is not None:
        return 0.0
    if side and place in form.ranges:
        return IMPOSSIBLE
    if side and (place in form.beside or place in form.levels):
        return -weights.beside
    if side == "after" and (place in form.meant or place in form.stated):
        return weights.stated if place in form.stated else weights.meant
    return -weights.unseen * (bool(side) and amount.is_bare and bool(amount.price and amount.price.amount))
