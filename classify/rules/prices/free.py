# ruff: noqa: E501 (a pattern or word list is read as one line)
"""What is free without a sum beside it: free plans that begin or end, and what was free until it got its price."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from classify.rules.plans import named_plan
from classify.rules.prices.gone import ENDS, GONE_BEHIND
from classify.rules.prices.mentions import MENTION, price_of
from classify.rules.prices.shared import PAID_ONCE
from classify.rules.prices.things import things_in
from classify.rules.words import UPPER, sentences
from classify.signals import Price, PriceMove

_NOUN: Final = (
    r"(?:plans?|tiers?|versions?|editions?|packages?|subscriptions?|accounts?|options?|licen[cs]es?)"
)
#: "its free plan", "a forever-free tier", "our free Starter plan", "the free version of Inklet".
_FREE_PLAN: Final = rf"(?:(?:forever[\s-]|always[\s-]|completely\s+|limited\s+|ad-supported\s+)?(?P<free>[Ff]ree)(?:[\s-]forever)?(?:\s+(?P<name>[{UPPER}][\w+-]*(?:\s+[{UPPER}][\w+-]*)?))?\s+{_NOUN})"
_DETERMINER: Final = (
    r"(?:(?:the|a|an|its|our|their|new|popular|old|current|existing|much-loved|long-standing)\s+)*"
)
_ENDS: Final = rf"(?:\b{ENDS})\s+"
_BEGINS: Final = r"(?:\b(?i:launch(?:es|ed|ing)?|introduc(?:es|ed|ing)|add(?:s|ed|ing)?|unveil(?:s|ed|ing)?|announc(?:es|ed|ing)|bring(?:s|ing)?\s+back|brought\s+back|releas(?:es|ed|ing)|rolls?\s+out|rolled\s+out|rolling\s+out|debut(?:s|ed)?|creat(?:es|ed|ing)|now\s+(?:has|have|with)|meet|say\s+hello\s+to|there\s+is\s+now|there(?:['’]s|\s+is)\s+again|restor(?:es|ed|ing)|reviv(?:es|ed|ing)|new:))\s+"
_HERE_BEHIND: Final = (
    r"\s+(?i:is\s+(?:back|here|now\s+(?:available|live))|now\s+(?:available|live)|returns)\b"
)
_ENDED = re.compile(rf"{_ENDS}{_DETERMINER}{_FREE_PLAN}")
_ENDED_BEHIND = re.compile(rf"{_FREE_PLAN}(?:\s*[:→–-]|,?\s+it)?{GONE_BEHIND}")
_BEGUN = re.compile(
    rf"{_BEGINS}{_DETERMINER}{_FREE_PLAN}(?!\s+(?:users?|customers?|limits?))|\b[Tt]here(?:['’]s|\s+is)\s+a\s+(?P<again>free)\s+{_NOUN}\s+again\b"
)
_BEGUN_BEHIND = re.compile(rf"{_FREE_PLAN}{_HERE_BEHIND}")
#: "Say hello to Spark, our new forever-free plan", "Lite, the free version of our app, will be shut down".
_APPOSED: Final = rf"(?P<name>[{UPPER}][\w+-]*(?:\s+[{UPPER}\d][\w+-]*)*),\s+(?:our|its|the|a)\s+(?:(?:new|all-new|old)\s+)*(?:forever[\s-]|completely\s+)?(?P<free>free)\s+{_NOUN}(?:\s+(?:of|for)\s+[^,.;]{{1,40}})?"
_BEGUN_APPOSED = re.compile(rf"{_BEGINS}{_DETERMINER}{_APPOSED}")
_SCRAPPED_APPOSED = re.compile(rf"{_ENDS}{_DETERMINER}{_APPOSED}")
_ENDED_APPOSED = re.compile(rf"{_APPOSED},?{GONE_BEHIND}")
#: Of what only changes in a free plan nothing is told: "drops the limit of its free plan", "free plan users".
_NOT_ENDED = re.compile(
    r"\b(?:not|never|n['’]t|without|rumou?rs?|keeps?|stays?|remains?|no\s+plans)\b", re.IGNORECASE
)
_WAS_FREE = re.compile(
    r"\b(?:free|no\s+(?:extra\s+)?(?:cost|charge)|without\s+charge|included\s+at\s+no\s+\w+|cost(?:s|ing)?\s+nothing)\b[^.;\n]{0,40}?\b(?:until\s+now|till\s+now|so\s+far|to\s+date|up\s+to\s+now|until\s+(?:today|yesterday|then|recently|this\s+\w+|last\s+\w+)|(?:during|while|in|throughout)\s+(?:(?:its|the|our|an?)\s+)?(?:\w+\s+)?(?:beta|preview|early\s+access|pilot|testing))"
    r"|\b(?:until\s+now|till\s+now|so\s+far|up\s+to\s+now|until\s+(?:today|yesterday|then)|previously|formerly|currently)\b[^.;\n]{0,30}?\b(?:free|at\s+no\s+(?:extra\s+)?(?:cost|charge)|cost(?:s|ing)?\s+nothing)\b"
    r"|\b(?:has|have|had)\s+(?:always\s+)?been\s+(?:\w+\s+)?free\b|\b(?:was|were)\s+(?:\w+\s+)?free\b|\bused\s+to\s+be\s+(?:\w+\s+)?free\b|\bno\s+longer\s+(?:be\s+)?free\b|\bonce\s+free\b|\bpreviously\s+free\b|\bstops?\s+being\s+free\b|\bends?\s+free\s+(?:use|access)\b",
    re.IGNORECASE,
)
#: What was free is only a part of it: "the first two were free", "free for teams under ten".
_PARTLY = re.compile(
    r"\b(?:first|up\s+to|trial|under|below)\b[^.;\n]{0,30}\bfree\b|\bfree\b[^.;\n]{0,12}\b(?:up\s+to|for\s+(?:up|teams|the\s+first)|of|from)\b",
    re.IGNORECASE,
)
_MADE_FREE: Final = re.compile(
    r"\b(?:(?:is|are)\s+(?:now|from\s+now\s+on|from\s+today(?:\s+on)?)|becomes?|will\s+(?:now\s+)?be(?:come)?|mak(?:es|ing)\s+[^.;,]{3,40})\s+(?:completely\s+|entirely\s+)?(?P<free>free)\b(?!\s+(?:of(?!\s+charge)|from\s+[a-z]+s\b|to\b|trial|until|during|while|up\b))"
)
#: A product in capitals that is said to be free, of no price and nobody in particular: "Reader is free for everyone".
_IS_FREE: Final = re.compile(
    rf"(?:[{UPPER}][\w+-]*\s+)*[{UPPER}][\w+-]*\s+(?:is|are)\s+(?:completely\s+|entirely\s+)?(?P<free>free)(?=\s*[.!]|\s+for\s+(?:everyone|everybody|all)\b|\s+(?:on|in|with|for)\s+(?:all|every)\b)"
)
#: A card whose price is "free": "Hobby – free, 500 calls a day", "Hobby (free)".
_FREE_CARD: Final = re.compile(
    rf"(?:^|(?<=[.;]\s))[^\w\n]*(?P<name>[{UPPER}][\w+-]*(?:[ ][{UPPER}\d][\w+-]*){{0,2}})(?P<mark>\s*(?::|\s[–—-]|\||\())\s*(?i:free)(?=\s*(?:[,.;)]|$|forever\b))",
    re.MULTILINE,
)
_NEAR: Final = 24  # Letters between a name and "free": "is now completely".
_NAMELESS: Final = frozenset(["free", "plan", "new", ""])


def free_plans(text: str, own: Iterable[str] = ()) -> tuple[PriceMove, ...]:
    """Return the free plans that a text says begin (after 0) or end (before 0) without naming a sum for them."""
    own = tuple(own)
    if "free" not in text.lower():
        return ()
    found: dict[str, PriceMove] = {}
    for sentence in sentences(text):
        for patterns, ends in (
            ((_ENDED_APPOSED, _SCRAPPED_APPOSED, _ENDED, _ENDED_BEHIND), True),
            ((_BEGUN_APPOSED, _BEGUN, _BEGUN_BEHIND), False),
        ):
            match = next((match for pattern in patterns if (match := pattern.search(sentence))), None)
            if match is None or _is_denied(sentence, match):
                continue
            name = named_plan(match["name"] or "", own)
            name = (match["free"] or "free") if name.lower() in _NAMELESS else name
            price = Price(amount=Decimal(0))
            found.setdefault(
                name, PriceMove(plan=name, before=price) if ends else PriceMove(plan=name, after=price)
            )
            break
    return tuple(found.values()) or _made_free(text, own)


def _made_free(text: str, own: tuple[str, ...]) -> tuple[PriceMove, ...]:
    """Return what a text without any sum says is free from now on: "SSO is now free on every plan"."""
    match = _MADE_FREE.search(text) or _IS_FREE.search(text)
    if match is None or MENTION.search(text):
        return ()
    named = [thing for thing in things_in(text, own) if 0 <= match.start("free") - thing.end <= _NEAR]
    if not named or _NOT_ENDED.search(text[: match.start()][-30:]):
        return ()
    return (PriceMove(plan=named[-1].name, after=Price(amount=Decimal(0))),)


def _is_denied(sentence: str, match: re.Match[str]) -> bool:
    around = sentence[max(0, match.start() - 30) : match.start()]
    return (
        _NOT_ENDED.search(around) is not None
        or re.match(
            r"\s*(?:trials?|users?|limits?|features?|allowance|stays|by|to\s+\d|from\s+\d[\d,.]*\s+(?:to|\w+s)|['’]s)\b",
            sentence[match.end() :],
        )
        is not None
    )


def is_free_alone(move: PriceMove) -> bool:
    """Return True for a free plan that begins or ends, which no amount of a text tells."""
    price = move.before if move.after is None else move.after if move.before is None else None
    return price is not None and price.amount == 0 and price.currency is None


def with_free_plans(moves: Sequence[PriceMove], text: str, own: Iterable[str] = ()) -> tuple[PriceMove, ...]:
    """Return moves with the free plans that begin or end, first; a plan whose price is told is left as it is."""
    named = {move.plan.lower() for move in moves}
    free = [move for move in free_plans(text, own) if move.plan.lower() not in named]
    return (*free, *moves)


def without_free_siblings(
    moves: Sequence[PriceMove], text: str, own: Iterable[str] = ()
) -> tuple[PriceMove, ...]:
    """Return moves without the 0 of a free plan that ends as the old price of another plan, which was never free."""
    ended = {move.plan.lower() for move in free_plans(text, own) if move.after is None}
    return tuple(
        replace(move, before=None)
        if ended and move.after and move.before and move.before.amount == 0 and move.plan.lower() not in ended
        else move
        for move in moves
    )


def with_free_cards(moves: Sequence[PriceMove], text: str) -> tuple[PriceMove, ...]:
    """Return moves with the free card beside others that are written like it, in its place."""
    card = _FREE_CARD.search(text) if moves else None
    if card is None or PAID_ONCE.search(card["name"]) or any(move.plan == card["name"] for move in moves):
        return tuple(moves)
    places = [text.find(f"{move.plan}{card['mark']}") if move.plan else -1 for move in moves]
    if max(places) < 0:
        return tuple(moves)
    at = next((at for at, place in enumerate(places) if place > card.start()), len(moves))
    return (*moves[:at], PriceMove(plan=card["name"], after=Price(amount=Decimal(0))), *moves[at:])


def with_bare_zeros(moves: Sequence[PriceMove], text: str) -> tuple[PriceMove, ...]:
    """Return moves in which what is free has no currency and no period, unless the text writes a 0 in a currency."""
    if any(price.amount == 0 for match in MENTION.finditer(text) if (price := price_of(match))):
        return tuple(moves)
    return tuple(map(_with_bare_zero, moves))


def _with_bare_zero(move: PriceMove) -> PriceMove:
    only = move.before if move.after is None else move.after if move.before is None else None
    if only is None or only.amount != 0:
        return move
    bare = Price(amount=only.amount)
    return replace(move, before=bare) if move.after is None else replace(move, after=bare)


def with_free_before(moves: Sequence[PriceMove], text: str) -> tuple[PriceMove, ...]:
    """Return the prices of one thing with 0 for the old ones, where a text says that it was free until then."""
    found = _WAS_FREE.search(text) if moves and all(map(_is_new, moves)) else None
    if found is None or len({move.plan for move in moves}) != 1:
        return tuple(moves)
    said = next((said for said in sentences(text) if found.group() in said), text)
    if _PARTLY.search(said):
        return tuple(moves)
    return tuple(
        replace(move, before=replace(move.after, amount=Decimal(0))) if move.after else move for move in moves
    )


def _is_new(move: PriceMove) -> bool:
    """Return True for a price of which no old one and no step is told."""
    is_alone = move.before is None and move.stated_percent is None
    return is_alone and move.after is not None and bool(move.after.amount)
