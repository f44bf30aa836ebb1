# ruff: noqa: E501 (a pattern or word list is read as one line)
"""How the amounts of a text belong together, by the words between them: old and new price, a step and what it leads to.

Only forms that are unmistakable are linked ("from $10 to $12", "$12, previously $10", "by $2 to $12", "$19 and $49, up
from $15 and $39"); what else an amount may be is left to the odds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from classify.rules.prices.link_words import (
    FARTHEST,
    FUTURE,
    NOW,
    OLD_BEFORE,
    OLD_BEHIND,
    OLD_TIME,
    OLD_TOLD,
    PAID,
    PAST,
    SENTENCE,
    THEN,
    Link,
    ends,
)
from classify.rules.prices.pieces import Piece, bare, enumerated
from classify.rules.prices.steps import step_beside

_ARROW = r"(?:→|⟶|⟹|➝|➜|➔|⇒|›|»|->|=>|-->|–>|—>|\|\s*→\s*\|)"
_ONWARD = re.compile(
    rf"\s*[,)\"”]?\s*(?:{_ARROW}|\bbecomes?\b|\bturns?\s+into\b|(?P<word>to|auf|bis|a)\b)(?:\s+(?:now|only|just|about|around))*[\s(]*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|von|de|desde)\s*[(]?$", re.IGNORECASE)
#: "cloth from $34, paper from $17": not what was, but where prices begin.
_OFFERED_FROM = re.compile(r"[,;]\s+(?:(?!up\b|down\b)[\w-]+\s+)+from\s*$", re.IGNORECASE)
#: Of a sum and a bare number that is more times as much, one is a count: "10,000 messages", "$79".
FARTHEST_STEP: Final = 20
_STRUCK = re.compile(r"\s*~~?\s*$")


def links_of(text: str, pieces: Sequence[Piece]) -> list[Link]:
    """Return which amounts of a text are unmistakably two sides of one move; each amount at most once."""
    pieces = _without_differences(pieces)
    found: list[Link] = []
    taken: set[int] = set()
    for reader in (_blocks, _neighbours, _said_apart, _behind):
        free = [piece for piece in pieces if piece.place not in taken] if reader is _said_apart else pieces
        for link in reader(text, free):
            if link.new not in taken and link.other not in taken and _is_priced_link(link, pieces):
                found.append(link)
                taken |= {link.new, link.other}
    return found


def _is_priced_link(link: Link, pieces: Sequence[Piece]) -> bool:
    """Return True unless the old price is nothing, which is left to the odds, or small coin, which only a step is."""
    amounts = {piece.place: piece.amount for piece in pieces}
    new, other = amounts[link.new], amounts[link.other]
    is_paid = link.is_step or (other.price is not None and bool(other.price.amount) and not other.is_coin)
    return is_paid and not new.is_coin


def _without_differences(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out the $108 of "$1,188, up $108 from $1,080"."""
    sums = [piece.amount.price.amount if piece.amount.price else None for piece in pieces]
    found = []
    for place, piece in enumerate(pieces):
        one, by, two = (
            (sums[place - 1] if place else None),
            sums[place],
            (sums[place + 1] if place + 1 < len(sums) else None),
        )
        if one is None or by is None or two is None or not by or abs(one - two) != by or by >= min(one, two):
            found.append(piece)
    return found


def _said_apart(text: str, pieces: Sequence[Piece]) -> list[Link]:
    """Return the links of two sentences with as many prices each, of which one says what was or is until then."""
    said: list[tuple[str, list[Piece]]] = []
    for piece in pieces:
        start = max((m.end() for m in SENTENCE.finditer(text, 0, piece.amount.start)), default=0)
        opening = text[start : piece.amount.start]
        if said and not ends(text[said[-1][1][-1].amount.start : piece.amount.start]):
            said[-1][1].append(piece)
        else:
            said.append((opening, [piece]))
    found: list[Link] = []
    for (one_opens, one), (two_opens, two) in itertools.pairwise(said):
        if len(one) != len(two) or any(_apart(a, b) for a, b in zip(one, two, strict=True)):
            continue
        is_one, is_two = _is_past(text, one_opens, one), _is_past(text, two_opens, two)
        is_one = is_one or (len(one) == 1 and not is_two and FUTURE.match(two_opens) is not None)
        if is_one == is_two:
            continue
        olds, news = (one, two) if is_one else (two, one)
        found += [Link(new=new.place, other=old.place) for old, new in zip(olds, news, strict=True)]
    return found


def _is_past(text: str, opening: str, pieces: Sequence[Piece]) -> bool:
    """Return True for a sentence of old prices, by how it begins or, with one price, by "Members pay $12 today."."""
    if PAST.match(opening):
        return True
    behind = OLD_BEHIND.match(text, pieces[-1].end) if len(pieces) == 1 else None
    return behind is not None and PAID.search(opening) is not None and text[behind.end() :][:1] in {".", ";"}


def _blocks(text: str, pieces: Sequence[Piece]) -> list[Link]:
    """Return the links of "$19 and $49, up from $15 and $39" and "by £1 and £2 to £7.99 and £12.99"."""
    blocks = enumerated(pieces)
    found: list[Link] = []
    for one, two in itertools.pairwise(blocks):
        if len(one) != len(two) or len(one) < 2:
            continue
        pair = _link(text, one[0], two[0], one[-1])
        if pair is None:
            continue
        for first, second in zip(one, two, strict=True):
            new, other = (first, second) if pair.new == one[0].place else (second, first)
            found.append(replace(pair, new=new.place, other=other.place))
    return found


def _neighbours(text: str, pieces: Sequence[Piece]) -> list[Link]:
    found: list[Link] = []
    place = 0
    while place + 1 < len(pieces):
        link = _link(text, pieces[place], pieces[place + 1])
        if link is not None:
            found.append(link)
        place += 1 if link is None else 2
    return found


def _link(text: str, one: Piece, two: Piece, last: Piece | None = None) -> Link | None:
    """Return how two neighbouring amounts belong together; None if that is not sure. ``last`` ends the first of two runs."""
    lead = bare(two.lead) if last else two.lead
    if len(lead) > FARTHEST or _apart(one, two):
        return None
    end = (last or one).end
    step = step_beside(text, one, two, lead, end)
    if step is not None:
        return step
    is_from = _FROM.search(one.lead) is not None
    old_before = not is_from and (
        OLD_BEFORE.search(one.lead[-60:]) or _STRUCK.search(text[: one.amount.start])
    )
    if _FROM.search(lead) and re.match(r"\s*(?:to|→|->)\s+\D{0,4}\d", text[two.end :]):
        return None
    if re.match(r"\s*for\s+(?:the|its|an?|our)\s", text[two.end :]) or not _is_paid(one, two):
        return None
    if ends(lead):
        if old_before and not OLD_BEFORE.search(lead[-60:]) and NOW.fullmatch(lead):
            return Link(new=two.place, other=one.place)
        return None
    onward = _ONWARD.fullmatch(lead)
    if onward and (onward["word"] is None or is_from):
        return Link(new=two.place, other=one.place)
    behind = OLD_BEHIND.match(text, end)
    if OLD_BEFORE.search(lead[-60:]) and not old_before and not behind and not _OFFERED_FROM.search(lead):
        return Link(new=one.place, other=two.place)
    if OLD_TOLD.fullmatch(lead) and OLD_BEHIND.match(text, two.end) and not behind:
        return Link(new=one.place, other=two.place)
    is_struck = _STRUCK.search(text[: one.amount.start]) is not None and not lead.strip(" ~*")
    if (old_before and NOW.fullmatch(lead)) or is_struck:
        return Link(new=two.place, other=one.place)
    if behind and THEN.fullmatch(lead[behind.end() - end :]) and not re.search(r"\bthen\s*$", lead):
        return Link(new=two.place, other=one.place)
    return None


def _is_paid(one: Piece, two: Piece) -> bool:
    """Return True if one of two amounts has a currency; what was free before is left to the odds."""
    if not any(each.amount.price is not None and each.amount.price.currency for each in (one, two)):
        return False
    less, more = sorted(each.amount.price.amount or 0 if each.amount.price else 0 for each in (one, two))
    return not (one.amount.is_bare or two.amount.is_bare) or more <= less * FARTHEST_STEP or not less


def _apart(one: Piece, two: Piece) -> bool:
    """Return True for amounts of two currencies or two periods, which are no sides of one move."""
    prices = [each.amount.price for each in (one, two)]
    currencies = {price.currency for price in prices if price and price.currency}
    periods = {price.period for price in prices if price and price.period}
    return len(currencies) > 1 or len(periods) > 1


def _behind(text: str, pieces: Sequence[Piece]) -> list[Link]:
    """Return the links of two sentences, where the second begins with what was or with what is to be."""
    found: list[Link] = []
    for one, two in itertools.pairwise(pieces):
        if not ends(two.lead) or "\n\n" in two.lead or _apart(one, two) or len(two.lead) > FARTHEST:
            continue
        said = re.split(r"[.!?\n]\s*", two.lead)[-1]
        if re.match(
            rf"\s*(?:(?:it|they|that|the\s+price|this)\s+(?:was|were|used\s+to|had|cost)|(?:that|this|it)(?:['’]s|\s+is)\s+(?:\w+\s+){{0,2}}(?:half|twice|double|triple)\b|{OLD_TIME}\b|was\b|old\b|(?:{OLD_TIME})[\s,]+(?:it|the)\b)",
            said,
            re.IGNORECASE,
        ) and (OLD_BEFORE.search(said) or re.search(r"\b(?:was|were|is|cost|charged)\s*$", said)):
            found.append(Link(new=one.place, other=two.place))
    return found
