"""Of which plan a price is, by rules, form and the tagger's odds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from classify.facts_prices_form import Form
from classify.facts_prices_sides import PriceWeights
from classify.rules.companies import is_own
from classify.rules.prices.thing_beside import ThingBeside
from classify.rules.prices.thing_names import says_nothing
from classify.rules.prices.thing_words import KIND_NOUNS
from classify.rules.prices.things import Slot
from classify.signals import PriceMove
from classify.tagger.types import JudgedAmount

#: Before a name, as behind it, these are no part of it: "Paket Business", "Tarif M".
_KIND_AHEAD: Final = re.compile(r"^(?:Plan|Paket|Tarif|Forfait|Formule|Abo)\s+(?=[A-Z\d])")
UNSEEN_PLAN: Final = -3.0  # A plan that only the rules see.


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An amount with what it is and the plan it belongs to."""

    judged: JudgedAmount
    side: str
    plan: str
    place: int


def is_part(plan: str, of: str) -> bool:
    """Return True for the "Pro" of "Home Pro"."""
    return f" {plan.lstrip('.')} " in f" {of.lstrip('.')} "


def plan_of(
    sides: Sequence[Said],
    mine: Mapping[int, tuple[str, PriceMove | None]],
    form: Form,
    own: tuple[str, ...],
    weights: PriceWeights,
) -> str:
    """Return the plan of an amount, or of both sides of one move."""
    main = next((each for each in sides if each.side == "after"), sides[0])
    thing = next((form.things[each.place] for each in sides if each.place in form.things), None)
    if thing is not None and (is_own(thing.name, own) or thing.name in form.company):
        thing = None
    scores = {
        plan: odds
        for plan, odds in main.judged.plans.items()
        if plan == "" or not (is_own(plan, own) or plan in form.company or says_nothing(plan))
    }
    for plan in dict.fromkeys(form.plans[each.place] for each in sides if each.place in form.plans):
        name = _whole(plan.name, thing)
        seen = [scores[each] for each in {plan.name, name} if each in scores]
        scores[name] = max(seen, default=UNSEEN_PLAN - weights.named) + (
            weights.named if plan.is_sure else 1.0
        )
    named = [
        form.plans[each.place].name
        for each in sides
        if each.place in form.plans and form.plans[each.place].is_sure
    ]
    if thing is not None:
        for name in [name for name in scores if _is_same(name, thing.name)]:
            scores[thing.name] = max(scores.get(thing.name, UNSEEN_PLAN), scores[name])
        scores[thing.name] = scores.get(thing.name, UNSEEN_PLAN) + (
            weights.thing if _is_sure(thing, named) or thing.is_led else weights.hint
        )
    for each in sides:
        move = mine.get(each.place, ("", None))[1]
        if move is not None and (move.plan or thing is None or not _is_sure(thing, named)):
            name = _whole(move.plan, thing)
            scores[name] = scores.get(name, UNSEEN_PLAN) + weights.plan / len(sides)
    return _KIND_AHEAD.sub("", max(scores, key=lambda plan: scores[plan]))


def _whole(name: str, thing: ThingBeside | None) -> str:
    """Return the whole of what is named where a reader saw its beginning: "Roam pass" for "Roam"."""
    return thing.name if thing is not None and name and is_part(name, thing.name) else name


def _is_same(name: str, thing: str) -> bool:
    """Return True for a part of what is named, and for it with the word of its kind: "Coast 100 tariff"."""
    if not name or name == thing:
        return False
    tail = name.removeprefix(f"{thing} ")
    return is_part(name, thing) or (tail != name and tail in KIND_NOUNS)


def _is_sure(thing: ThingBeside, named: Sequence[str]) -> bool:
    """Return True if a name's place in the sentence is sure, and no other name stands surely beside the price."""
    return thing.slot >= Slot.LINE and thing.is_near and all(is_part(name, thing.name) for name in named)
