"""Why it matters: a sentence by category, facts and words. It says what such an act means, and asserts nothing."""

from __future__ import annotations

from collections.abc import Mapping

from classify.headline import LENGTH, names_actor
from classify.rules.titles import GOES_ON, is_whim
from classify.rules.words import sentences
from classify.signals import Actor, SignalFacts
from classify.whys import deals, growth, hiring, law, leaders, money, offer, prices, public
from classify.whys.rule import GENERAL, Meaning, Reason, match, match_in, told
from store.kinds import Category

SEARCHED = 4  # Sentences in which a post comes to its matter.
_FEWEST = 4  # Words; fewer are another title.
_MEANINGS: Mapping[Category, Meaning] = {
    Category.LAUNCH: offer.LAUNCH,
    Category.POSITIONING: offer.POSITIONING,
    Category.PRICING: prices.PRICING,
    Category.LEADERSHIP: leaders.LEADERSHIP,
    Category.HIRING: hiring.HIRING,
    Category.PARTNERSHIP: deals.PARTNERSHIP,
    Category.ACQUISITION: deals.ACQUISITION,
    Category.CUSTOMER: growth.CUSTOMER,
    Category.EXPANSION: growth.EXPANSION,
    Category.FINANCE: money.FINANCE,
    Category.REGULATORY: law.REGULATORY,
    Category.EVENT: public.EVENT,
    Category.MEDIA: public.MEDIA,
}


def explain(category: Category, facts: SignalFacts, text: str = "", actor: Actor | None = None) -> str:
    """Return one or two sentences on why the act matters; empty for none.

    ``text`` says what the facts leave out: a fine or a certificate, a layoff, a deal that is off. With ``actor``, the
    rival, it also says who sues or buys whom.
    """
    return find_reason(category, facts, text, actor).sentence


def plainer_title(category: Category, facts: SignalFacts, title: str, text: str, actor: Actor) -> str | None:
    """Return the sentence of a text that tells the act where its title tells nothing of it: "Ciao, Torino!".

    A title tells something if it names the rival or a fact, or if its words alone give a reason; None leaves it.
    """
    if not is_whim(title) or names_actor(title, actor) or _names_fact(title, facts) or _says(category, title):
        return None
    found = (sentence.strip().rstrip(".") for sentence in sentences(text)[:SEARCHED])
    return next(
        (said for said in found if title.strip(" .") not in said and _stands_alone(category, said)), None
    )


def _stands_alone(category: Category, sentence: str) -> bool:
    fits = len(sentence.split()) >= _FEWEST and len(sentence) <= LENGTH
    return fits and not GOES_ON.match(sentence) and _says(category, sentence)


def is_vague(category: Category, sentence: str) -> bool:
    """Return True for a reason that no more than the category, or the vaguest of words, gave."""
    meaning = _MEANINGS.get(category)
    if meaning is None:
        return True
    return sentence == meaning.general or any(sentence in each.sentences for each in meaning.last)


def _says(category: Category, sentence: str) -> bool:
    meaning = _MEANINGS.get(category)
    known = told(SignalFacts(), sentence, None)
    return meaning is not None and match((*meaning.first, *meaning.then), known) is not None


def _names_fact(title: str, facts: SignalFacts) -> bool:
    names = [
        facts.product,
        facts.acquired,
        facts.event and facts.event.name,
        *facts.partners,
        *facts.customers,
        *facts.places,
    ]
    names += [person.name for person in facts.people] + [price.plan for price in facts.prices]
    return any(name and name.lower() in title.lower() for name in names)


def find_reason(category: Category, facts: SignalFacts, text: str = "", actor: Actor | None = None) -> Reason:
    """Return why the act matters, with what the sentence is about."""
    meaning = _MEANINGS.get(category)
    if meaning is None:
        return Reason(about=GENERAL, sentence="")
    known = told(facts, text, actor)
    return (
        match(meaning.first, known)
        or (meaning.by_facts(known) if meaning.by_facts else None)
        or match(meaning.then, known)
        or match_in(meaning.first, known, known.lead)
        or match(meaning.last, known)
        or Reason(about=GENERAL, sentence=meaning.general)
    )
