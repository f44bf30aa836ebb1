# ruff: noqa: E501 (a pattern and its sentences are read as one line each)
"""What a rival's prices and plans mean."""

from __future__ import annotations

from decimal import Decimal

from classify.headline import join_words
from classify.rules.amounts import write_percent
from classify.signals import PriceMove
from classify.whys.rule import LONG_NAME, NAMED, Meaning, Reason, Told, rule, say

# As in impact: from 15 % customers compare offers, below 3 % hardly anybody minds.
FELT = Decimal(15)
SLIGHT = Decimal(3)
DOUBTED = Decimal(200)  # A price that more than triples is mostly two prices of different things.

_FREE = r"free (?:\w+ )?(?:plan|tier|version|edition|account|workspace|users?)"
_ENDS = r"(?:end|stop|retir|clos|remov|kill|scrap|drop|discontinu|phas|sunset|withdraw|limit|cut)\w*|no longer|read-only|goes? away|gone"


def _by_moves(told: Told) -> Reason | None:
    moves = [price.percent for price in told.facts.prices if price.percent]
    if not moves:
        return None
    if min(moves) < 0 < max(moves):
        return Reason(
            about="mixed",
            sentence="Some of their prices rise and others fall; work out which of their customers pay more, and call accounts of that kind first.",
        )
    move = max(moves, key=abs)
    return _rise(move) if move > 0 else _fall(move)


def _rise(move: Decimal) -> Reason:
    written = write_percent(move)
    if move > DOUBTED:
        sentence = "A higher price gives their customers a reason to compare before they renew; ask accounts that weigh both when that is."
    elif move >= FELT:
        sentence = f"A price move of {written} is felt in every budget; ask accounts that weigh both when they have to renew, and offer them certainty."
    elif move >= SLIGHT:
        sentence = f"A price move of {written} gives their customers a reason to compare before they renew, and us room where accounts weigh both."
    else:
        sentence = f"A price move of {written} makes hardly anybody leave; mention it only where an account has complained about cost."
    return Reason(about="up", sentence=sentence)


def _fall(move: Decimal) -> Reason:
    written = write_percent(move)
    if move <= -FELT:
        sentence = f"A price move of {written} will be held against us in renewals; count what changing over costs before anybody offers a discount."
    else:
        sentence = f"A price move of {written} makes their offer cheaper; expect it to be mentioned, and answer with what is included."
    return Reason(about="down", sentence=sentence)


def _by_plans(told: Told) -> Reason | None:
    """Say what a plan that came or went means; a price that is named alone may have stood before."""
    prices = told.facts.prices
    gone = [price for price in prices if price.before and not price.after and price.plan]
    if gone and all(price.after is None for price in prices):
        return _gone(told, gone)
    hidden = [price for price in prices if price.before and price.after and _no_longer_told(price)]
    if hidden:
        return Reason(
            about="hidden",
            sentence="Prices that are not shown are negotiated; ask accounts what they were quoted, and say ours openly where that helps.",
        )
    return None


def _no_longer_told(price: PriceMove) -> bool:
    assert price.before is not None
    assert price.after is not None
    return price.before.amount is not None and price.after.amount is None


def _gone(told: Told, gone: list[PriceMove]) -> Reason:
    if all(price.before is not None and price.before.amount == 0 for price in gone):
        return say(
            "free plan gone",
            (
                "Whoever used {plans} for nothing now pays or leaves; have an entry offer ready for those who compare.",
                _NO_MORE_FREE,
            ),
            told,
            _plans(gone),
        )
    return say(
        "plan gone",
        (
            "Customers of {plans} have to choose anew, and may look around before they do; be there first.",
            _GONE,
        ),
        told,
        _plans(gone),
    )


def _plans(moves: list[PriceMove]) -> dict[str, str]:
    names = list(dict.fromkeys(move.plan for move in moves))[:NAMED]
    return {} if any(len(name) > LONG_NAME for name in names) else {"plans": join_words(names)}


def _new_plan(told: Told) -> Reason | None:
    prices = told.facts.prices
    new = [price for price in prices if price.after and not price.before and price.plan]
    if not new or len(new) != len(prices) or not _NEW_PLAN.said.search(told.head):
        return None
    return say("new plan", _NEW_PLAN.sentences, told, _plans(new))


def _by_facts(told: Told) -> Reason | None:
    return _by_moves(told) or _by_plans(told) or _new_plan(told)


_NO_MORE_FREE = (
    "Whoever used it for nothing now pays or leaves; have an entry offer ready for those who compare."
)
_GONE = (
    "Customers of a plan that ends have to choose anew, and may look around before they do; be there first."
)
_NEW_PLAN = rule(
    "new plan",
    r"(?:new|introduc\w+|launch\w*|add(?:s|ed)|meet|unveil\w*|announc\w+|now offers?|debut\w*) (?:\w+[ -]){0,6}(?:plan|tier|package|edition|bundle|subscription|option|pricing)s?\b|add(?:s|ed)\b|replaced\b|(?:plan|tier)s? (?:is|are) here",
    "A plan like {plans} shows which customers they lacked an offer for; work out what an account of ours would pay there.",
    "A new plan shows which customers they lacked an offer for; work out what an account of ours would pay there.",
)

PRICING = Meaning(
    first=(
        rule(
            "discount",
            r"black friday|cyber (?:monday|week)|\d+ ?% off\b|percent off\b|discount|promo(?:tion)?\b|coupon|limited[- ]time|half price|save (?:up to )?\d|introductory (?:price|offer)|voucher|launch offer|first \w+ (?:months?|year) (?:free|for)|\d+ months? free",
            "A discount has an end and draws undecided buyers now; ask who was offered it, and what they would pay afterwards.",
            unless=r"no (?:more )?discount|(?:end|remov|cut|reduc)\w* (?:\w+ ){0,3}discount",
        ),
        rule(
            "free plan gone",
            rf"{_FREE}(?:[^.]{{0,40}}?)(?:{_ENDS})|(?:{_ENDS}) (?:\w+ ){{0,4}}{_FREE}|no longer free|free no more|stops? being free",
            _NO_MORE_FREE,
            unless=r"no limits|unlimited|no longer (?:need|have)",
        ),
        rule(
            "trial",
            r"(?:free )?trial\b|try (?:it |us |\w+ )?(?:free|for free)|test (?:period|phase) |days? (?:for )?free|money[- ]back",
            "A longer or easier trial lets a buyer start without anybody's leave; ask open prospects whether they are trying both.",
            unless=r"(?:end|remov|scrap|drop|shorten)\w* (?:\w+ ){0,3}trial|trial (?:ends|is gone)",
        ),
        rule(
            "free plan",
            rf"{_FREE}|(?:now|is|are|becomes?|makes?|go(?:es)?|will be) (?:\w+ ){{0,3}}free\b|free (?:for|of charge|forever)|(?:for|at) no (?:extra )?(?:cost|charge)|for free\b",
            "What costs nothing wins small teams first and whole companies later; find out where in our accounts it may already be in use.",
            unless=rf"{_ENDS}|fee-free|free (?:trial|shipping|delivery)",
        ),
        rule(
            "fee",
            r"(?:new |processing |service |set-?up |handling |booking |transaction |platform |cancellation |late |extra |additional |overage )fees?\b|surcharge|fees? (?:applies|apply|of|for|on|chang\w+)\b|(?:charge|charging|charges) (?:\w+ ){0,3}for|levy",
            "Extra charges annoy more than list prices do; ask accounts whether they noticed, and show what ours includes.",
            unless=r"(?:waiv|scrap|remov|drop|abolish|end|cut|lower|reduc|no)\w* (?:\w+ ){0,4}(?:fee|charge|surcharge)",
        ),
        rule(
            "fee",
            r"(?:waiv|scrap|abolish|drop)\w* (?:\S+ ){0,4}(?:fee|charge|surcharge|commission)s?|no (?:more )?(?:\w+ )?(?:fees?|charges?|surcharge)\b",
            "A fee that goes makes their quote simpler; look at ours for a line that an account would call petty.",
        ),
    ),
    by_facts=_by_facts,
    then=(
        rule(
            "usage",
            r"(?:bill|charge|price)[sd]? by (?:\w+ ){1,3}rather|rather than (?:by |per )?(?:seat|user|hour)|(?:from|instead of|not) (?:per[- ])?(?:seats?|users?|licen[cs]es?)\b|usage[- ]based|pay[- ](?:as[- ]you[- ]go|per[- ]\w+)|per[- ](?:seat|user|usage)[- ](?:pricing|model|billing)|consumption[- ]based|metered|credits? (?:model|system|based|instead)|(?:billed|charged|pay) (?:\w+ )?(?:by|per|for each) |outcome[- ]based|new (?:pricing|billing|licen[cs]e) model|flat (?:rate|fee|price)",
            "Another way to charge makes some customers pay more and some less; work it out for accounts that weigh both, on their real volume.",
        ),
        rule(
            "guarantee",
            r"(?:freez|lock|hold|guarantee|keep)(?:es|s|ed|ing)? (?:\w+ ){0,4}(?:price|rate|fee)s?|price (?:freeze|lock|guarantee|promise|cap)|prices? (?:stay|remain|unchanged)|no price (?:rise|increase)",
            "A promise on price calms buyers who plan for years; be ready to say what ours will do.",
        ),
        rule(
            "hidden",
            r"no longer (?:show|list|publish|state)s? (?:\w+ ){0,2}prices?|talk to sales|contact (?:us|sales)|on request|hides? (?:its )?prices",
            "Prices that are not shown are negotiated; ask accounts what they were quoted, and say ours openly where that helps.",
        ),
        rule(
            "plan gone",
            r"(?:retir|remov|discontinu|scrap|drop|phas|sunset|withdraw|kill|merg)\w* (?:\w+ ){0,4}(?:plan|tier|package|subscription|edition)s?\b|(?:plan|tier|package|edition)s? (?:is|are|will be|ends?|was) (?:\w+ )?(?:retired|removed|discontinued|gone|ended|merged|withdrawn)|(?:plan|tier) ends|removed\b",
            _GONE,
        ),
        rule(
            "packaging",
            r"plans? instead of (?:\w+)|features? move into|now included|(?:now )?(?:belong|move[sd]?|moving|shift|includ|come|part|only)\w* (?:\w+ ){0,3}(?:to|in|with|of|for|on) (?:\w+ ){0,3}(?:enterprise|pro|business|premium|plan|tier|package|bundle)s?\b|bundl|add-?on\b|unbundl|included (?:in|with) (?:every|all|the)|(?:all|every) (?:paid )?plans?\b",
            "What a plan includes decides what a customer really pays; compare plan by plan for the accounts that need just this part.",
        ),
        rule(
            "limits",
            r"(?:includ|allow|limit|cap|quota|allowance|storage|seats?|credits)\w* (?:\w+ ){0,5}(?:instead of|up from|down from|from \d|to \d)|(?:usage|rate|storage|fair[- ]use) (?:limit|cap|quota)s?|limits? (?:on|of|for|to)|instead of \d+|unlimited\b|minimum (?:of|seats|users|order|contract)|quota|caps? (?:\S+ ){0,5}at",
            "Limits show themselves only when they are reached; ask accounts about their volume, and reckon the price at that volume.",
        ),
        rule(
            "terms of payment",
            r"annual(?:ly)? (?:billing|only|contract|commitment|plans?)|billed (?:annual|year)|monthly billing|multi-?year|(?:billing|payment) (?:period|term|cycle)|pay monthly|yearly only|notice period|paid in (?:\w+|zł)|currenc",
            "How one pays and for how long decides when one may leave; note it, and be the easier contract where we can.",
        ),
        _NEW_PLAN,
        rule(
            "up",
            r"(?:a|an|price|fee|rate|the|[$€£]\d+) rise\b|rises?\b|brings? back (?:\w+ )?(?:fees?|charges?)|revision in price|rais(?:es?|ed|ing)\b|increas|hik(?:es?|ed|ing)\b|lift(?:s|ed)?\b|go(?:es)? up|going up|dearer|more expensive|(?:costs?|pay) more|higher (?:price|fee|rate)s?|up (?:from\b|by\b|[$€£]?\d)|more than (?:before|until|last)",
            "A higher price gives their customers a reason to compare before they renew; ask accounts that weigh both when that is.",
            unless=r"cut(?:s|ting)?\b|lower|reduc|slash|drop(?:s|ped)?\b|cheaper|decreas|no (?:price )?(?:rise|increase)",
        ),
        rule(
            "down",
            r"cut(?:s|ting)?\b|lower|reduc|slash|drop(?:s|ped)?\b|trim(?:s|med)?\b|cheaper|halv(?:es|ed)\b|decreas|less expensive|(?:costs?|pay) less|down (?:from\b|by\b|[$€£]?\d)|less than (?:before|yesterday|until|last|previously)|falls?\b",
            "A lower price makes their offer cheaper; expect it to come up in renewals, and answer with what is included.",
            unless=r"rais(?:es?|ed|ing)\b|increas|hik(?:es?|ed|ing)\b|go(?:es)? up|dearer|more expensive",
        ),
    ),
    general="A price or plan change is a moment when customers compare offers; ask accounts that weigh both what it means for them.",
)
