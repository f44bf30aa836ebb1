"""Prices in a text: a plan's price before and after, or the move in percent. Rules, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from classify.rules.money import BEFORE, NUMBER, read_number
from classify.rules.plans import introduced, only_plan, plan_behind, plan_near
from classify.rules.prices.currency_said import with_said_currency
from classify.rules.prices.free import with_free_plans
from classify.rules.prices.mentions import MENTION, price_of, priced_alike, with_period
from classify.rules.prices.named import with_things
from classify.rules.prices.percents import is_down, stated_percent
from classify.rules.words import sentences
from classify.signals import Price, PriceMove

_OLD = re.compile(
    r"(?:\bfrom|\bwas|\bwere|\binstead\s+of|\bpreviously|\bformerly|\brather\s+than|\bused\s+to\s+(?:be|cost)|\bstatt(?:\s+bisher)?|\bbisher|\bkeeps?(?:\s+paying)?|\bvorher|\bau\s+lieu\s+de|\bbefore:?|\bold\s+price:?|\b(?:until|till)\s+now|\bup\s+to\s+now|\bso\s+far|\bcurrently|\bhitherto|\bas\s+opposed\s+to|,\s+earlier|\btoday\s+you\s+pay|\(20\d\d:|\bcompared\s+(?:with|to)|\bagainst|\bversus|\bvs\.?|\bold|\bthe\s+previous|\binitially|\boriginally|\bpaid|\bpaying|\bnot)"
    r"\s*[(]?(?:just\s+|only\s+)?$",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:up|down|plus|minus|add(?:s|ing)?|saving\s+of|increase\s+of|rise\s+of|difference\s+of)\s*$",
    re.IGNORECASE,
)
_UNCHANGED = re.compile(
    r"\b(?:unchanged|remains?|stays?|continues?)(?:\s+(?:unchanged|the\s+same|at|to\s+cost|just|only))*\s*$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s+(?:more|less|extra|cheaper|higher|lower|saving)\b", re.IGNORECASE)
_FREE = re.compile(
    r"\b(?:is|are|be|becomes?|made|now)\s+(?:(?:now|completely|entirely)\s+)*free\b(?!\s+(?:of|from|to)\b)",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\s+(?:in\s+20\d\d|before|previously|earlier|until\b|last\s+year|today|currently)", re.IGNORECASE
)
_BY = re.compile(r"\bby\s*$", re.IGNORECASE)
_ONWARD = re.compile(
    r"\s*[,)]?\s*(?:\bto|→|->|=>|–|>|\bnow|\bis\s+now|\bare\s+now|\band\s+is\s+now)(?:\s+(?:costs?|only|just|be|at))*\s*",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"(?:\bat|\bcosts?|\bcosting|\bfor|\bprice[ds]?(?:\s+(?:is|falls|drops|rises|goes))?|\bto|\bnow|\bis|\bwill\s+be|\bonly|\bjust|\bvon|\bdrops?\s+to|:)\s*[(]?$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\b[A-Z]\w*\s*\($")
# Sums of money that nobody pays for a plan: what a share costs, what a customer saved.
_NO_OFFER = re.compile(
    r"\bshares?\s+(?:of|in|fell|rose|price)\b|\bstock\b|\bsav(?:ed|es?|ings)\b(?!\s+\d+\s?%)|\bearnings\s+per\b",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\b(?:used\s+to|was|were|previously|formerly|until\s+now|so\s+far|old\s+price|before\s+that|today\s+it)\b",
    re.IGNORECASE,
)
_IS_NOW = re.compile(
    r"^\W*(?:new|from|as\s+of|effective|starting|now|going\s+forward|beginning|after|then)\b|\bnew\s+price\b|\b(?:rises?|goes|falls?|drops?|changes?)\s+to\b",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    rf"(?:{BEFORE})\s?(?P<n1>{NUMBER})\s+(?P<way>more|less|extra|higher|lower|cheaper)\s+than\s+(?:today|now|before|currently|at\s+present|until|the\s+(?:current|old|previous)|it\s+(?:is|was))",
    re.IGNORECASE,
)
MOVES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """One price as it stands in a sentence, with the words before it."""

    start: int
    end: int
    price: Price
    lead: str


def find_prices(text: str, own: Iterable[str] = ()) -> tuple[PriceMove, ...]:
    """Return the price moves a text states; where only one side is stated the other is None.

    ``own`` names of the rival are no part of a plan's name ("Northbeam Pro" is "Pro").
    """
    own = tuple(own)
    said = sentences(text)
    each = [_moves(sentence, own) for sentence in said]
    moves = _across(said, each) or [move for found in each for move in found]
    if moves and not any(move.plan for move in moves):
        named = only_plan(text, own) or introduced(text, own)
        moves = [replace(move, plan=named) for move in moves]
    told = with_said_currency(with_things(text, moves[:MOVES], own), text)
    return with_free_plans(told, text, own)[:MOVES]


def _across(said: list[str], each: list[list[PriceMove]]) -> list[PriceMove]:
    """Return the one move that two sentences tell: "Solo: €29 a month. New from 1 May: €34."; empty if they do not."""
    told = [(sentence, moves[0]) for sentence, moves in zip(said, each, strict=True) if len(moves) == 1]
    if sum(map(len, each)) != len(told) or not 1 <= len(told) <= 2:
        return []
    (one_said, one), (two_said, two) = told[0], told[-1]
    if len(told) == 1:
        return _difference(one_said, one) or _now_free(said, one_said, one)
    if not one.after or not two.after or one.before or two.before or one.after.currency != two.after.currency:
        return []
    old, new = (
        (two, one)
        if _WAS.search(two_said)
        else (one, two)
        if _IS_NOW.search(two_said) or _WAS.search(one_said)
        else (None, None)
    )
    if old is None or new is None or old.after is None or new.after is None:
        return []
    before, after = priced_alike(old.after, new.after, f"{one_said} {two_said}")
    return [PriceMove(plan=one.plan or two.plan, before=before, after=after)]


def _difference(sentence: str, move: PriceMove) -> list[PriceMove]:
    """Return the move of "€79 a month, which is €10 more than today"."""
    found = _MORE_THAN.search(sentence)
    amount = read_number(found["n1"]) if found else None
    if found is None or amount is None or move.after is None or move.after.amount is None:
        return []
    up = found["way"].lower() in {"more", "extra", "higher"}
    before = replace(move.after, amount=move.after.amount - amount if up else move.after.amount + amount)
    return [replace(move, before=before, stated_percent=None)]


def _now_free(said: list[str], sentence: str, move: PriceMove) -> list[PriceMove]:
    """Return the move of "Teacher plan: now free. It used to cost $5 a month."."""
    others = [one for one in said if one != sentence]
    if (
        move.after is None
        or move.before
        or not _WAS.search(sentence)
        or not any(_FREE.search(one) for one in others)
    ):
        return []
    return [replace(move, before=move.after, after=replace(move.after, amount=Decimal(0)))]


def _moves(sentence: str, own: tuple[str, ...]) -> list[PriceMove]:
    mentions = [] if _NO_OFFER.search(sentence) else _mentions(sentence)
    mentions = _with_common_period(mentions)
    pairs = _pairs(sentence, mentions)
    if pairs:
        return [
            PriceMove(plan=plan_near(sentence, start, own), before=old, after=new)
            for start, old, new in pairs
        ]
    singles = [m for m in mentions if _is_offer(sentence, m)]
    percent = stated_percent(sentence)
    if singles:
        stated = percent if len(singles) == 1 else None
        return [
            PriceMove(
                plan=plan_behind(sentence, m.end) or plan_near(sentence, m.start, own),
                after=priced_alike(m.price, m.price, sentence)[1],
                stated_percent=stated,
            )
            for m in singles
        ]
    return [] if percent is None else [PriceMove(plan=plan_near(sentence, None, own), stated_percent=percent)]


def _is_offer(sentence: str, mention: _Mention) -> bool:
    """Return True if a sum is what something costs: per month, "at $9", "Plus (€9)", "a $20 Plus plan"."""
    lead = mention.lead
    told = _OFFERED.search(lead) or _IN_BRACKETS.search(lead) or plan_behind(sentence, mention.end)
    return bool(mention.price.period or told)


def _pairs(sentence: str, mentions: list[_Mention]) -> list[tuple[int, Price, Price]]:
    """Return the moves of a sentence; a price that is one side of a move is no side of the next."""
    if len(mentions) == 1 and _OLD.search(mentions[0].lead) and _FREE.search(sentence):
        old = mentions[0].price
        return [(mentions[0].start, *priced_alike(old, replace(old, amount=Decimal(0)), sentence))]
    pairs, place = [], 0
    while place + 1 < len(mentions):
        pair = _pair(sentence, mentions[place], mentions[place + 1])
        place += 2 if pair else 1
        if pair:
            pairs.append(pair)
    return pairs


def _mentions(sentence: str) -> list[_Mention]:
    found: list[_Mention] = []
    for match in MENTION.finditer(sentence):
        price = price_of(match)
        if (
            price is not None
            and not _is_difference(sentence, match)
            and not _UNCHANGED.search(sentence[: match.start()])
        ):
            lead = sentence[found[-1].end if found else 0 : match.start()]
            price = with_period(price, sentence, match.end())
            found.append(_Mention(start=match.start(), end=match.end(), price=price, lead=lead))
    return found


def _with_common_period(mentions: list[_Mention]) -> list[_Mention]:
    """Return mentions of one sentence with the period that only some of them state."""
    periods = {mention.price.period for mention in mentions if mention.price.period}
    if len(periods) != 1:
        return mentions
    only = periods.pop()
    return [replace(m, price=replace(m.price, period=m.price.period or only)) for m in mentions]


def _is_difference(sentence: str, match: re.Match[str]) -> bool:
    """Return True for the $5 of "up $5 from $20" and of "$5 more": what is added, not what is paid."""
    added = _DIFFERENCE.search(sentence[: match.start()]) and re.match(
        r"\s+(?:from|to|on)\b|[.;]?$", sentence[match.end() :]
    )
    return bool(added or _MORE.match(sentence, match.end()))


def _pair(sentence: str, one: _Mention, two: _Mention) -> tuple[int, Price, Price] | None:
    """Return where two neighbouring prices stand with the old and the new one; None if they are no move."""
    if _BY.search(one.lead) and re.search(r"\bto\s*$", two.lead) and one.price.amount and two.price.amount:
        down = is_down(one.lead)
        before = two.price.amount + one.price.amount if down else two.price.amount - one.price.amount
        return one.start, *priced_alike(replace(two.price, amount=before), two.price, sentence)
    if _OLD.search(two.lead) or (two.lead.strip() == "(" and _THEN.match(sentence, two.end)):
        return one.start, *priced_alike(two.price, one.price, sentence)
    if _OLD.search(one.lead) or _ONWARD.fullmatch(two.lead):
        return one.start, *priced_alike(one.price, two.price, sentence)
    return None
