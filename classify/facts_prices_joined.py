"""Prices that rules and tagger tell together: what each amount is to a price, and of which plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from classify.rules.companies import is_own
from classify.rules.price_amounts import Amount, alike, with_currency
from classify.rules.prices import MOVES, is_down
from classify.signals import Price, PriceMove
from classify.tagger.labels import SIDES
from classify.tagger.types import JudgedAmount, Tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceWeights:
    """What a rule's word counts in natural logarithms: of what an amount is, and of which plan."""

    side: float
    plan: float


PRICES: Final = PriceWeights(side=1.5, plan=2.0)
OTHER_PLAN: Final = 1_000  # Farther than any word of a text: two sides of one move have one plan.
OTHER_SENTENCE: Final = 100
UNSEEN_PLAN: Final = -3.0  # A plan that only the rules see.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """An amount with what it is and the plan it belongs to."""

    judged: JudgedAmount
    side: str
    plan: str
    place: int


def join_prices(
    ruled: Sequence[PriceMove], tagged: Tagged, own: tuple[str, ...], weights: PriceWeights = PRICES
) -> tuple[PriceMove, ...]:
    """Return the price moves that a text states, in order of the text."""
    if not tagged.amounts:
        return tuple(ruled)
    mine = _sides_of(ruled, tagged.amounts)
    if mine is None:
        return tuple(ruled)
    said = [
        _Said(judged=judged, side=side, plan=_plan(judged, move, own, weights), place=place)
        for place, judged in enumerate(tagged.amounts)
        for rule, move in (mine.get(place, ("", None)),)
        if (side := _side(judged, rule, weights))
    ]
    moves = _moves(said, [judged.amount for judged in tagged.amounts])
    return tuple(_as_ruled(move, ruled) for move in _without_standing(moves)[:MOVES])


def _without_standing(moves: Sequence[PriceMove]) -> list[PriceMove]:
    """Leave out what stands beside a price that moves: another price of the same plan, or one of no plan at all."""
    moved = {move.plan for move in moves if move.before is not None or move.stated_percent is not None}
    return [
        move
        for move in moves
        if not moved
        or move.before is not None
        or move.stated_percent is not None
        or (move.plan and move.plan not in moved)
    ]


def _sides_of(
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


def _side(judged: JudgedAmount, rule: str, weights: PriceWeights) -> str:
    """Return what an amount is to a price; an amount in percent is no side, and a sum no percent."""
    can = {"", "percent"} if judged.amount.percent is not None else set(SIDES) - {"percent"}
    scores = {
        side: odds + weights.side * (side == rule) for side, odds in judged.sides.items() if side in can
    }
    return max(scores, key=lambda side: scores[side])


def _plan(judged: JudgedAmount, move: PriceMove | None, own: tuple[str, ...], weights: PriceWeights) -> str:
    scores = {plan: odds for plan, odds in judged.plans.items() if not is_own(plan, own) or plan == ""}
    if move is not None:
        scores[move.plan] = scores.get(move.plan, UNSEEN_PLAN) + weights.plan
    return max(scores, key=lambda plan: scores[plan])


def _moves(said: Sequence[_Said], amounts: Sequence[Amount]) -> list[PriceMove]:
    """Return moves of the amounts: each new price with the old one that stands nearest, or with what it moved by."""
    partners = _paired(said)
    found: list[PriceMove] = []
    is_told = any(each.side == "after" for each in said)
    for each in said:
        other = partners.get(each.place)
        if each.side == "after":
            found.append(_move(each, other, amounts))
        elif each.side == "before" and not is_told:
            found.append(_ended(each, amounts))
        elif each.side == "percent" and other is None:
            found.append(PriceMove(plan=each.plan, stated_percent=each.judged.amount.percent))
    return found


def _paired(said: Sequence[_Said]) -> Mapping[int, _Said]:
    """Return what goes with each new price, and with each of these the new price, by their places."""
    pairs = sorted(
        (_apart(new, other), other.side != "before", new.place, other.place)
        for new in said
        for other in said
        if new.side == "after" and other.side in {"before", "step", "percent"}
        if other.side == "before" or _apart(new, other) < OTHER_SENTENCE
    )
    by_place = {each.place: each for each in said}
    found: dict[int, _Said] = {}
    for _, _, new, other in pairs:
        if new not in found and other not in found:
            found[new], found[other] = by_place[other], by_place[new]
    return found


def _apart(one: _Said, other: _Said) -> int:
    """Return how many words lie between two amounts, counting another sentence and another plan as many."""
    words = abs(one.judged.words[0] - other.judged.words[0])
    far = OTHER_SENTENCE * (one.judged.amount.sentence != other.judged.amount.sentence)
    currencies = {each.judged.amount.price.currency for each in (one, other) if each.judged.amount.price}
    periods = {each.judged.amount.price.period for each in (one, other) if each.judged.amount.price}
    far += OTHER_SENTENCE * ((len(currencies - {None}) > 1) + (len(periods - {None}) > 1))
    return words + far + OTHER_PLAN * (other.side != "step" and one.plan != other.plan)


def _move(new: _Said, other: _Said | None, amounts: Sequence[Amount]) -> PriceMove:
    amount = new.judged.amount
    alone = replace(amount, price=with_currency(amounts, amount))
    after = alike(alone, alone)[1]
    if other is None:
        return PriceMove(plan=new.plan, after=after)
    if other.side == "percent":
        return PriceMove(plan=new.plan, after=after, stated_percent=other.judged.amount.percent)
    if other.side == "step":
        return PriceMove(plan=new.plan, before=_before(after, other.judged.amount), after=after)
    old, now = alike(replace(other.judged.amount, price=other.judged.amount.price), amount)
    currency = now.currency or after.currency
    return PriceMove(
        plan=new.plan or other.plan,
        before=replace(old, currency=currency),
        after=replace(now, currency=currency),
    )


def _before(after: Price, step: Amount) -> Price | None:
    by = step.price.amount if step.price else None
    if after.amount is None or by is None:
        return None
    before = after.amount + by if is_down(step.sentence) else after.amount - by
    return replace(after, amount=before) if before > 0 else None


def _ended(old: _Said, amounts: Sequence[Amount]) -> PriceMove:
    """Return the move of a price that is paid no more."""
    amount = old.judged.amount
    alone = replace(amount, price=with_currency(amounts, amount))
    before = alike(alone, alone)[0]
    return PriceMove(plan=old.plan, before=before, after=replace(before, amount=Decimal(0)))


def _as_ruled(move: PriceMove, ruled: Sequence[PriceMove]) -> PriceMove:
    """Return a move as the rules read it, where they read the same amounts: they know more of its period."""
    for other in ruled:
        if _numbers(other) == _numbers(move):
            return replace(other, plan=move.plan)
    return move


def _numbers(move: PriceMove) -> tuple[Decimal | None, ...]:
    sides = [price.amount if price else None for price in (move.before, move.after)]
    return (*sides, move.percent)
