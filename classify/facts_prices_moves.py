"""Moves of prices out of amounts whose sides and plans are known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from classify.facts_prices_form import Form
from classify.facts_prices_plans import Said, is_part
from classify.rules.prices.amounts import Amount, alike, with_currency
from classify.rules.prices.percents import is_down
from classify.signals import Price, PriceMove

OTHER_PLAN: Final = 1_000  # Farther than any word of a text: two sides of one move have one plan.
OTHER_SENTENCE: Final = 100

#: What is no longer sold, beside what is no longer charged.
_GONE = re.compile(
    r"\b(?:shut(?:ting|s)?\s+(?:down|off)|switch(?:es|ed|ing)?\s+off|turn(?:s|ed|ing)?\s+off|retir\w+|discontinu\w+|sunset\w*|withdraw\w*|withdrawn|clos(?:es?|ed|ing)|phas\w+\s+out|no\s+longer\s+(?:sold|offered|available|sells?|on\s+sale)|go(?:es|ing)?\s+away|is\s+no\s+more|kill(?:s|ed|ing)?|end(?:s|ed|ing)?\b|stops?\s+selling)\b",
    re.IGNORECASE,
)


#: What becomes of who had it: "customers will be moved to Basic".
_MOVED = re.compile(
    r"\b(?:mov(?:e|es|ed|ing)|switch(?:es|ed|ing)?|migrat(?:e|es|ed|ing)|transfer(?:s|red|ring)?)\b(?:\s+(?!from\b)[\w’']+){0,5}\s+(?:over\s+)?(?:to|onto)\s+(?:the\s+|our\s+|its\s+)?[A-Z]"
)


def without_standing(moves: Sequence[PriceMove]) -> list[PriceMove]:
    """Leave out what stands beside a price that moves: another price of the same plan, or one of no plan at all."""
    moved = {move.plan for move in moves if move.before is not None or move.stated_percent is not None}
    return [
        move
        for move in moves
        if not moved
        or move.before is not None
        or move.stated_percent is not None
        or (move.plan and not any(is_part(move.plan, plan) for plan in moved))
    ]


def moves_told(said: Sequence[Said], amounts: Sequence[Amount], form: Form) -> list[PriceMove]:
    """Return moves: each new price with the old one it is linked to or that stands nearest, or with its step."""
    partners = _paired(said, form)
    found: list[PriceMove] = []
    is_told = any(each.side == "after" for each in said)
    for each in said:
        other = partners.get(each.place)
        if each.side == "after":
            found.append(_move(each, other, amounts, form))
        elif (
            each.side == "before"
            and other is None
            and (not is_told or any(_is_succeeded(each, new) for new in said))
        ):
            found.append(_ended(each, amounts, form, is_gone=is_told))
        elif each.side == "percent" and other is None:
            found.append(PriceMove(plan=each.plan, stated_percent=each.judged.amount.percent))
    return [move for move in found if not _is_unchanged(move) and not _is_told_in_sums(move, found)]


def _is_told_in_sums(move: PriceMove, moves: Sequence[PriceMove]) -> bool:
    """Return True for the "half" of "slashes Starter by half: $15 a month, down from $30"."""
    return move.stated_percent is not None and any(
        other.before is not None and other.plan == move.plan and other.percent == move.percent
        for other in moves
    )


def _is_unchanged(move: PriceMove) -> bool:
    return move.before is not None and move.after is not None and move.before.amount == move.after.amount


def _paired(said: Sequence[Said], form: Form) -> Mapping[int, Said]:
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
        if not _is_succeeded(other, new)
        if other.side == "before"
        or _apart(new, other) < OTHER_SENTENCE
        or _are_linked(new.place, other.place, form)
    )
    by_place = {each.place: each for each in said}
    found: dict[int, Said] = {}
    for *_, new, other in pairs:
        if new not in found and other not in found:
            found[new], found[other] = by_place[other], by_place[new]
    return found


def _is_gone(each: Said) -> bool:
    return each.plan != "" and _GONE.search(each.judged.amount.sentence) is not None


def _is_succeeded(old: Said, new: Said) -> bool:
    """Return True for a plan that ends and the one its customers are moved to: no two sides of one move."""
    is_other = (
        "" not in {old.plan, new.plan} and not is_part(old.plan, new.plan) and not is_part(new.plan, old.plan)
    )
    is_moved = _MOVED.search(new.judged.amount.sentence) or _MOVED.search(old.judged.amount.sentence)
    return old.side == "before" and is_other and (_is_gone(old) or is_moved is not None)


def _are_linked(new: int, other: int, form: Form) -> bool:
    return form.partner(new) == other or form.percents.get(other) == new


def _apart(one: Said, other: Said) -> int:
    """Return how many words lie between two amounts, counting another sentence and another plan as many."""
    words = abs(one.judged.words[0] - other.judged.words[0])
    far = OTHER_SENTENCE * (one.judged.amount.sentence != other.judged.amount.sentence)
    currencies = {each.judged.amount.price.currency for each in (one, other) if each.judged.amount.price}
    periods = {each.judged.amount.price.period for each in (one, other) if each.judged.amount.price}
    far += OTHER_SENTENCE * ((len(currencies - {None}) > 1) + (len(periods - {None}) > 1))
    return words + far + OTHER_PLAN * (other.side != "step" and one.plan != other.plan)


def _price(said: Said, amounts: Sequence[Amount], form: Form) -> Price:
    """Return the price of one amount, with the currency and the period that are said of it elsewhere."""
    amount = said.judged.amount
    alone = replace(amount, price=with_currency(amounts, amount))
    price = alike(alone, alone)[1]
    return replace(price, period=form.periods.get(said.place) or price.period)


def _move(new: Said, other: Said | None, amounts: Sequence[Amount], form: Form) -> PriceMove:
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


def _before(after: Price, step: Said, form: Form) -> Price | None:
    amount = step.judged.amount
    by = amount.price.amount if amount.price else None
    if after.amount is None or by is None:
        return None
    down = form.is_down(step.place)
    down = is_down(amount.sentence) if down is None else down
    before = after.amount + by if down else after.amount - by
    return replace(after, amount=before) if before > 0 else None


def _ended(old: Said, amounts: Sequence[Amount], form: Form, *, is_gone: bool) -> PriceMove:
    """Return the move of a price that is paid no more: to nothing, unless what was paid for ends with it."""
    before = _price(old, amounts, form)
    is_gone = is_gone or _GONE.search(old.judged.amount.sentence) is not None
    return PriceMove(
        plan=old.plan, before=before, after=None if is_gone else replace(before, amount=Decimal(0))
    )
