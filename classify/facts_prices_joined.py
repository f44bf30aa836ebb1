"""Prices that rules and tagger tell together: what each amount is to a price, and of which plan.

Where the form of a text is unmistakable the rules decide (tables, "from X to Y", a name right beside its price);
where it is not, what they say is weighed against the odds that the tagger gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from classify.rules.companies import is_own
from classify.rules.price_amounts import Amount, alike, with_currency
from classify.rules.price_beside import beside, is_level, told_percents
from classify.rules.price_link_words import Link
from classify.rules.price_links import links_of
from classify.rules.price_percents import is_down
from classify.rules.price_pieces import Piece, pieces_of
from classify.rules.price_plans import NamedPlan, company_words, plans_beside
from classify.rules.price_shared import periods_of
from classify.rules.price_tables import find_table
from classify.rules.price_thing_beside import ThingBeside, moves_of, things_beside
from classify.rules.price_things import Slot
from classify.rules.prices import MOVES
from classify.signals import Price, PriceMove
from classify.tagger.labels import SIDES
from classify.tagger.types import JudgedAmount, Tagged


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
    thing: float = 10.0
    hint: float = 4.0


PRICES: Final = PriceWeights(side=1.5, plan=2.0)
OTHER_PLAN: Final = 1_000  # Farther than any word of a text: two sides of one move have one plan.
OTHER_SENTENCE: Final = 100
IMPOSSIBLE: Final = float("-inf")
UNSEEN_PLAN: Final = -3.0  # A plan that only the rules see.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """An amount with what it is and the plan it belongs to."""

    judged: JudgedAmount
    side: str
    plan: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What the form of a text tells of its amounts, by their places: what belongs together, the plan and the period."""

    links: Sequence[Link]
    plans: Mapping[int, NamedPlan]
    things: Mapping[int, ThingBeside]
    periods: Mapping[int, str]
    percents: Mapping[int, int]  # The new price by its percent.
    levels: frozenset[int]
    beside: frozenset[int]
    company: frozenset[str]

    def partner(self, place: int) -> int | None:
        """Return the amount that is the other side of one."""
        for link in self.links:
            if place in {link.new, link.other}:
                return link.other if place == link.new else link.new
        return None

    def is_down(self, place: int) -> bool | None:
        """Return whether a step leads down to its price; None for what is no step."""
        return next((link.is_down for link in self.links if link.is_step and link.other == place), None)


def join_prices(
    ruled: Sequence[PriceMove], tagged: Tagged, own: tuple[str, ...], weights: PriceWeights = PRICES
) -> tuple[PriceMove, ...]:
    """Return the price moves that a text states, in order of the text."""
    table = find_table(tagged.text, own)
    if table:
        return table[:MOVES]
    if not tagged.amounts:
        return tuple(ruled)
    mine = _sides_of(ruled, tagged.amounts)
    if mine is None:
        return tuple(ruled)
    amounts = [judged.amount for judged in tagged.amounts]
    form = _form(tagged.text, amounts, own)
    sides = _sides(tagged.amounts, mine, form, weights)
    said = [
        _Said(judged=judged, side=sides[place], plan="", place=place)
        for place, judged in enumerate(tagged.amounts)
        if sides[place]
    ]
    said = [
        replace(each, plan=_plan([each, *_partner(each, said, form)], mine, form, own, weights))
        for each in said
    ]
    moves = _moves(said, amounts, form)
    return tuple(_without_standing(moves)[:MOVES])


def _form(text: str, amounts: Sequence[Amount], own: tuple[str, ...]) -> _Form:
    pieces: list[Piece] = pieces_of(text, amounts)
    links = links_of(text, pieces)
    plans = plans_beside(text, pieces, own)
    for link in links:
        if link.other in plans:
            plans.setdefault(link.new, plans[link.other])
    percents = told_percents(text, amounts, pieces)
    pairs = {link.other: link.new for link in links} | {
        place: new
        for place, new in percents.items()
        if not any(new in {link.new, link.other} for link in links)
    }
    return _Form(
        links=links,
        plans=plans,
        things=things_beside(text, amounts, moves_of(amounts, pairs), own),
        periods=periods_of(text, pieces, links, {place: plan.name for place, plan in plans.items()}),
        percents=percents,
        levels=frozenset(
            place for place, each in enumerate(amounts) if each.percent and is_level(text, each)
        ),
        beside=frozenset(beside(text, pieces, own)),
        company=company_words(text, own),
    )


def _partner(one: _Said, said: Sequence[_Said], form: _Form) -> list[_Said]:
    place = form.partner(one.place)
    return [other for other in said if other.place == place and other.side != "step" and one.side != "step"]


def _without_standing(moves: Sequence[PriceMove]) -> list[PriceMove]:
    """Leave out what stands beside a price that moves: another price of the same plan, or one of no plan at all."""
    moved = {move.plan for move in moves if move.before is not None or move.stated_percent is not None}
    return [
        move
        for move in moves
        if not moved
        or move.before is not None
        or move.stated_percent is not None
        or (move.plan and not any(_is_part(move.plan, plan) for plan in moved))
    ]


def _is_part(plan: str, of: str) -> bool:
    """Return True for the "Pro" of "Home Pro"."""
    return f" {plan} " in f" {of} "


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


def _sides(
    amounts: Sequence[JudgedAmount],
    mine: Mapping[int, tuple[str, PriceMove]],
    form: _Form,
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
    judged: JudgedAmount, place: int, rule: str, form: _Form, weights: PriceWeights
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


def _told(side: str, amount: Amount, place: int, form: _Form, weights: PriceWeights) -> float:
    """Return what the form of a text counts for an amount's being a side."""
    if form.partner(place) is not None:
        return 0.0
    if side and (place in form.beside or place in form.levels):
        return -weights.beside
    return -weights.unseen * (bool(side) and amount.is_bare and bool(amount.price and amount.price.amount))


def _plan(
    sides: Sequence[_Said],
    mine: Mapping[int, tuple[str, PriceMove | None]],
    form: _Form,
    own: tuple[str, ...],
    weights: PriceWeights,
) -> str:
    """Return the plan of an amount, or of both sides of one move."""
    main = next((each for each in sides if each.side == "after"), sides[0])
    scores = {
        plan: odds
        for plan, odds in main.judged.plans.items()
        if plan == "" or not (is_own(plan, own) or plan in form.company)
    }
    for plan in dict.fromkeys(form.plans[each.place] for each in sides if each.place in form.plans):
        scores[plan.name] = scores.get(plan.name, UNSEEN_PLAN - weights.named) + (
            weights.named if plan.is_sure else 1.0
        )
    named = [
        form.plans[each.place].name
        for each in sides
        if each.place in form.plans and form.plans[each.place].is_sure
    ]
    thing = next((form.things[each.place] for each in sides if each.place in form.things), None)
    if thing is not None and not is_own(thing.name, own) and thing.name not in form.company:
        for name in [name for name in scores if name and name != thing.name and _is_part(name, thing.name)]:
            scores[thing.name] = max(scores.get(thing.name, UNSEEN_PLAN), scores[name])
        scores[thing.name] = scores.get(thing.name, UNSEEN_PLAN) + (
            weights.thing if _is_sure(thing, named) else weights.hint
        )
    for each in sides:
        move = mine.get(each.place, ("", None))[1]
        if move is not None and (move.plan or thing is None or not _is_sure(thing, named)):
            scores[move.plan] = scores.get(move.plan, UNSEEN_PLAN) + weights.plan / len(sides)
    return max(scores, key=lambda plan: scores[plan])


def _is_sure(thing: ThingBeside, named: Sequence[str]) -> bool:
    """Return True if a name's place in the sentence is sure, and no other name stands surely beside the price."""
    return thing.slot >= Slot.LINE and thing.is_near and all(_is_part(name, thing.name) for name in named)


def _moves(said: Sequence[_Said], amounts: Sequence[Amount], form: _Form) -> list[PriceMove]:
    """Return moves: each new price with the old one it is linked to or that stands nearest, or with its step."""
    partners = _paired(said, form)
    found: list[PriceMove] = []
    is_told = any(each.side == "after" for each in said)
    for each in said:
        other = partners.get(each.place)
        if each.side == "after":
            found.append(_move(each, other, amounts, form))
        elif each.side == "before" and not is_told:
            found.append(_ended(each, amounts, form))
        elif each.side == "percent" and other is None:
            found.append(PriceMove(plan=each.plan, stated_percent=each.judged.amount.percent))
    return [move for move in found if not _is_unchanged(move)]


def _is_unchanged(move: PriceMove) -> bool:
    return move.before is not None and move.after is not None and move.before.amount == move.after.amount


def _paired(said: Sequence[_Said], form: _Form) -> Mapping[int, _Said]:
    """Return what goes with each new price, and with each of these the new price, by their places."""
    pairs = sorted(
        (
            form.partner(new.place) != other.place,
            _apart(new, other),
            other.side != "before",
            new.place,
            other.place,
        )
        for new in said
        for other in said
        if new.side == "after" and other.side in {"before", "step", "percent"}
        if other.side == "before"
        or _apart(new, other) < OTHER_SENTENCE
        or _are_linked(new.place, other.place, form)
    )
    by_place = {each.place: each for each in said}
    found: dict[int, _Said] = {}
    for *_, new, other in pairs:
        if new not in found and other not in found:
            found[new], found[other] = by_place[other], by_place[new]
    return found


def _are_linked(new: int, other: int, form: _Form) -> bool:
    return form.partner(new) == other or form.percents.get(other) == new


def _apart(one: _Said, other: _Said) -> int:
    """Return how many words lie between two amounts, counting another sentence and another plan as many."""
    words = abs(one.judged.words[0] - other.judged.words[0])
    far = OTHER_SENTENCE * (one.judged.amount.sentence != other.judged.amount.sentence)
    currencies = {each.judged.amount.price.currency for each in (one, other) if each.judged.amount.price}
    periods = {each.judged.amount.price.period for each in (one, other) if each.judged.amount.price}
    far += OTHER_SENTENCE * ((len(currencies - {None}) > 1) + (len(periods - {None}) > 1))
    return words + far + OTHER_PLAN * (other.side != "step" and one.plan != other.plan)


def _price(said: _Said, amounts: Sequence[Amount], form: _Form) -> Price:
    """Return the price of one amount, with the currency and the period that are said of it elsewhere."""
    amount = said.judged.amount
    alone = replace(amount, price=with_currency(amounts, amount))
    price = alike(alone, alone)[1]
    return replace(price, period=form.periods.get(said.place) or price.period)


def _move(new: _Said, other: _Said | None, amounts: Sequence[Amount], form: _Form) -> PriceMove:
    after = _price(new, amounts, form)
    if other is None:
        return PriceMove(plan=new.plan, after=after)
    if other.side == "percent":
        return PriceMove(plan=new.plan, after=after, stated_percent=other.judged.amount.percent)
    if other.side == "step":
        return PriceMove(plan=new.plan, before=_before(after, other, form), after=after)
    old = other.judged.amount.price
    before = replace(after, amount=old.amount if old else None)
    if not new.judged.amount.price or not new.judged.amount.price.currency:
        currency = _price(other, amounts, form).currency
        before, after = replace(before, currency=currency), replace(after, currency=currency)
    period = form.periods.get(new.place) or form.periods.get(other.place) or after.period
    return PriceMove(
        plan=new.plan or other.plan,
        before=replace(before, period=period),
        after=replace(after, period=period),
    )


def _before(after: Price, step: _Said, form: _Form) -> Price | None:
    amount = step.judged.amount
    by = amount.price.amount if amount.price else None
    if after.amount is None or by is None:
        return None
    down = form.is_down(step.place)
    down = is_down(amount.sentence) if down is None else down
    before = after.amount + by if down else after.amount - by
    return replace(after, amount=before) if before > 0 else None


def _ended(old: _Said, amounts: Sequence[Amount], form: _Form) -> PriceMove:
    """Return the move of a price that is paid no more."""
    before = _price(old, amounts, form)
    return PriceMove(plan=old.plan, before=before, after=replace(before, amount=Decimal(0)))
