"""A rule of meaning: the words that tell of an act, and sentences that say what such an act means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from classify.headline import join_words, write_date
from classify.rules.regions import towns, widest
from classify.signals import Actor, SignalFacts

LEAD = 300  # Characters in which a text says what became of the matter.
HEAD = 160  # Characters in which it says what the matter is.
NAMED = 2
LONG_NAME = 45  # Characters; a longer "name" is a clause, and makes a sentence that nobody reads to its end.
MOST_WORDS = 29
#: Stands where a text names the rival, so that a rule can ask who acts on whom.
RIVAL = "xrivalx"
GENERAL = "general"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an act matters, and in a word or two what the sentence is about; `GENERAL` if the category alone speaks."""

    about: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a text may say, and what that means; of the sentences, the first whose names are known counts.

    ``aside``: it is mentioned beside other matters as well, so below the first sentence it counts last.
    """

    about: str
    said: re.Pattern[str]
    sentences: tuple[str, ...]
    unless: re.Pattern[str] | None
    aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of an act: its facts, the sentence that names it, and the beginning of its text."""

    facts: SignalFacts
    head: str
    lead: str
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """How a category is explained: words that go before its facts, the facts, words that go after, vague words last."""

    first: tuple[Rule, ...] = ()
    by_facts: Callable[[Told], Reason | None] | None = None
    then: tuple[Rule, ...] = ()
    last: tuple[Rule, ...] = ()
    general: str


def rule(about: str, said: str, *sentences: str, unless: str | None = None, aside: bool = False) -> Rule:
    """Return a rule; ``said`` and ``unless`` are patterns that begin at a word, whatever its case."""
    return Rule(
        about=about,
        said=_words(said),
        sentences=sentences,
        unless=_words(unless) if unless else None,
        aside=aside,
    )


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})", re.IGNORECASE)


def told(facts: SignalFacts, text: str, actor: Actor | None) -> Told:
    """Return what is known of an act, with `RIVAL` in place of the rival's names."""
    names = sorted(filter(None, actor.names), key=len, reverse=True) if actor else []
    lead = text[:LEAD]
    for name in names:
        lead = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", RIVAL, lead, flags=re.IGNORECASE)
    first = next((line.strip() for line in lead.splitlines() if line.strip()), "")
    return Told(facts=facts, head=_SENTENCE_END.split(first)[0][:HEAD], lead=lead, own=tuple(names))


def match(rules: Sequence[Rule], told: Told) -> Reason | None:
    """Return what the words mean: those of the first sentence before those of the lead, in the order of the rules."""
    below = tuple(each for each in rules if not each.aside)
    return match_in(rules, told, told.head) or match_in(below, told, told.lead)


def match_in(rules: Iterable[Rule], told: Told, scope: str) -> Reason | None:
    """Return what the words of a part of the text mean, in the order of the rules."""
    for each in rules:
        found = each.said.search(scope)
        if found and not (each.unless and each.unless.search(scope)):
            return say(each.about, each.sentences, told, found.groupdict())
    return None


def say(
    about: str, sentences: Iterable[str], told: Told, groups: Mapping[str, str | None] | None = None
) -> Reason:
    """Return the first of the sentences whose names are known and that stays readable with them, else the last."""
    fields = {**_fields(told), **{key: value for key, value in (groups or {}).items() if value is not None}}
    made = ""
    for sentence in sentences:
        try:
            made = " ".join(sentence.format(**fields).split())
        except KeyError:
            continue
        if len(made.split()) <= MOST_WORDS:
            break
    return Reason(about=about, sentence=made[:1].upper() + made[1:])


def _fields(told: Told) -> dict[str, str]:
    """Return the names that a sentence may hold; none that is empty, or too long to be a name."""
    facts = told.facts
    named = {
        "customers": facts.customers,
        "partners": facts.partners,
        "removed": facts.removed,
        "places": widest(reached(told)),
        "town": towns(reached(told)),
        "acquired": (facts.acquired,),
        "date": (write_date(facts.event.date) if facts.event and facts.event.date else None,),
        "day": (write_date(facts.date) if facts.date else None,),
        "event": (facts.event.name if facts.event else None,),
        "product": (facts.product,),
    }
    listed = {key: [name for name in names if name][:NAMED] for key, names in named.items()}
    return {
        key: join_words(names)
        for key, names in listed.items()
        if names and all(len(name) <= LONG_NAME and "\n" not in name for name in names)
    }


def reached(told: Told) -> tuple[str, ...]:
    """Return the places that an act is about; not where it is said to lie outside of, or to come from."""
    return tuple(place for place in told.facts.places if not _is_origin(place, told.lead))


def _is_origin(place: str, lead: str) -> bool:
    name = re.escape(place)
    behind = rf"(?:outside|beyond|from|than|since)\s+(?:of\s+)?(?:the\s+)?{name}\b"
    before = rf"{name}(?:['’]s|-based) (?:\w+ ){{0,3}}{RIVAL}"  # "Malmö's Northbeam heads for Chicago"
    return re.search(f"{behind}|{before}", lead, re.IGNORECASE) is not None


def is_title_case(text: str) -> bool:
    """Return True if a text writes its words with capitals, so that a capital tells no name."""
    words = [word for word in text.split() if word[:1].isalpha()]
    return sum(word[:1].isupper() for word in words) > 0.7 * len(words)
