"""What the form of a text tells of its amounts before any odds: links, plans, periods, what stands beside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classify.rules.prices.amounts import Amount
from classify.rules.prices.aside import asides, ranges
from classify.rules.prices.beside import beside, is_level, told_percents
from classify.rules.prices.link_words import Link
from classify.rules.prices.links import links_of
from classify.rules.prices.others import others_prices
from classify.rules.prices.percents_beside import percents_beside
from classify.rules.prices.pieces import Piece, pieces_of
from classify.rules.prices.plans import NamedPlan, company_words, plans_beside
from classify.rules.prices.shared import periods_of
from classify.rules.prices.thing_beside import ThingBeside, moves_of, things_beside
from classify.rules.prices.things import Slot

#: A price that is stated, and was no other before.
_STATED = re.compile(
    r"\b(?:(?:is|are)\s+priced|priced|starts|starting|sold)\s+(?:at|from)\s*$", re.IGNORECASE
)
_TO = re.compile(r"\b(?:to|at|now|costs?)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the form of a text tells of its amounts, by their places: what belongs together, the plan and the period."""

    links: Sequence[Link]
    plans: Mapping[int, NamedPlan]
    things: Mapping[int, ThingBeside]
    periods: Mapping[int, str]
    percents: Mapping[int, int]  # The new price by its percent.
    levels: frozenset[int]
    beside: frozenset[int]
    meant: frozenset[int]
    stated: frozenset[int]
    ranges: frozenset[int]
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


def form_of(text: str, amounts: Sequence[Amount], own: tuple[str, ...]) -> Form:
    pieces: list[Piece] = pieces_of(text, amounts)
    aside = frozenset(beside(text, pieces, own)) | asides(text, pieces) | others_prices(text, pieces, own)
    links = links_of(text, pieces)
    aside |= {link.other for link in links if link.new in aside}
    ends = frozenset(ranges(pieces))
    links = [link for link in links if not {link.new, link.other} & ends and link.new not in aside]
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
    company = company_words(text, own)
    things = things_beside(text, amounts, moves_of(amounts, pairs), own, company)
    return Form(
        meant=frozenset(
            place
            for place, thing in things.items()
            if thing.slot >= Slot.OF
            and not amounts[place].is_bare
            and _TO.search(text[: amounts[place].start][-12:])
        ),
        stated=frozenset(
            place for place, each in enumerate(amounts) if _STATED.search(text[: each.start][-24:])
        ),
        ranges=ends | asides(text, pieces),
        links=links,
        plans=plans,
        things=things,
        periods=periods_of(text, pieces, links, _named_plans(plans, things)),
        percents=percents,
        levels=percents_beside(text, amounts)
        | {place for place, each in enumerate(amounts) if each.percent and is_level(text, each)},
        beside=aside,
        company=company,
    )


def _named_plans(plans: Mapping[int, NamedPlan], things: Mapping[int, ThingBeside]) -> dict[int, str]:
    """Return the names beside amounts: of plans, and of things in capitals in the same clause."""
    named = {
        place: thing.name for place, thing in things.items() if thing.is_near and thing.name[:1].isupper()
    }
    return named | {place: plan.name for place, plan in plans.items()}
