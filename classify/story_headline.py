"""The headline of a told story: its title where that tells the matter, else its facts or the sentence that does."""

from __future__ import annotations

import re

from classify.headline import DEATH, LENGTH, LISTED, fact_headline, names_actor, text_headline
from classify.rules.amounts import write_price
from classify.rules.money import SUM
from classify.rules.titles import (
    FIRST_FEW,
    GOES_ON,
    first_telling,
    names_nobody,
    says_little,
    with_first_step,
)
from classify.rules.words import UPPER, sentences
from classify.signals import Actor, Price, SignalFacts
from classify.why import plainer_title
from store.kinds import Category

HEADING = 6  # Words; a first line of no more may be a heading.
MOSTLY = 0.8


def story_headline(
    category: Category, facts: SignalFacts, title: str | None, text: str, actor: Actor | None
) -> str:
    """Return the headline of a told story: its own title, else a sentence of its facts, else its first sentence.

    A text without title is put in our words only where it names the rival: feeds tell other companies' news as well.
    """
    # "Price change notice" says less than its facts.
    if actor is not None and (not title or says_little(title) or names_nobody(title)):
        made = (
            _of_facts(category, facts, title, text, actor) if names_actor(f"{title} {text}", actor) else None
        )
        if made:
            return made
    title = _telling_title(category, facts, title, text)
    if actor is not None and category is not Category.NONE:
        title = plainer_title(category, facts, title or first_telling(text), text, actor) or title
    return text_headline(title, text, actor)


def _of_facts(
    category: Category, facts: SignalFacts, title: str | None, text: str, actor: Actor
) -> str | None:
    """Return a sentence of prices that moved, or of who came or went; of several people only if a title says so."""
    moved = any(price.before and price.after and price.plan for price in facts.prices)
    several = bool(title) and names_nobody(title or "")
    appointed = len(facts.people) == 1 or (several and len(facts.people) > 1)
    ours = not any(_ELSEWHERE.search(person.role) for person in facts.people) and not DEATH.search(text)
    if (category is Category.PRICING and moved) or (category is Category.LEADERSHIP and appointed and ours):
        return fact_headline(category, facts, actor)
    return None


def _telling_title(category: Category, facts: SignalFacts, title: str | None, text: str) -> str | None:
    """Return a title that tells the matter: the given one, one with the first step of a release, or the text's own."""
    if title and not says_little(title):
        return with_first_step(title, text)
    lead = first_telling(text)
    if category is Category.PRICING and (listed := _price_list(facts, lead, text)):
        return listed
    if title and (GOES_ON.match(lead) or len(lead) > LENGTH):
        return title
    if len(lead.split()) <= HEADING:
        lead = next((said for said in sentences(text)[:FIRST_FEW] if _holds_fact(said, facts)), lead)
    return lead.strip().rstrip(".") or title


def _price_list(facts: SignalFacts, lead: str, text: str) -> str | None:
    """Return the plans of a table with their prices; None where the text's own words tell, or a plan stands twice."""
    told = [(price.plan, price.after) for price in facts.prices if price.plan and price.after]
    known = {(plan, after.period) for plan, after in told}
    tells = bool(told) and told[0][0] in lead and SUM.search(lead) is not None
    if not told or tells or len(known) < len(told) or not _is_table(text):
        return None
    if not all(re.search(rf"(?<!\w){re.escape(plan)}(?!\w)", text) for plan, _ in told):
        return None
    listed = ", ".join(f"{plan} {_said_price(after)}" for plan, after in told[:LISTED])
    return f"{listed}, …" if len(told) > LISTED else listed


def _said_price(price: Price) -> str:
    return "free" if price.amount == 0 else write_price(price)


def _is_table(text: str) -> bool:
    """Return True if nearly all lines of a text are cells or rows of a table, or lines of cards."""
    lines = text.splitlines()
    short = sum("|" in line or len(line.split()) <= HEADING for line in lines)
    return len(lines) > 2 and short >= MOSTLY * len(lines)


def _holds_fact(sentence: str, facts: SignalFacts) -> bool:
    names = [price.plan for price in facts.prices] + [person.name for person in facts.people]
    names += [
        facts.money.quote if facts.money else "",
        *facts.customers,
        *facts.partners,
        facts.acquired or "",
    ]
    return len(sentence) <= LENGTH and any(name and name in sentence for name in names)


# "CEO of Castlewood", "head of sales at Lumo": the role of another company is not the rival's.
_ELSEWHERE = re.compile(rf"\b(?:of|at)\s+[{UPPER}]")
