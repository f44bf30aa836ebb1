# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Headlines: one plain sentence with actor, act and object, built from facts or taken from the text itself.

No number and no name stands in a headline that the evidence does not hold; only a percentage is computed,
from two prices.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from classify.rules.amounts import write_percent, write_price
from classify.rules.people.patterns import DEPARTED, PROMOTED
from classify.rules.role_capitals import quiet_name, quiet_role
from classify.rules.titles import clean_title, first_telling
from classify.rules.words import NOT_A_COMPANY, spoken, without_form
from classify.signals import Actor, Opening, Person, Price, PriceMove, SignalFacts
from store.kinds import Category

LENGTH = 140
LISTED = 3
TELLING = 6  # Letters of a name's first word that hardly anything else bears.
PLAIN_FIRST = frozenset(
    (
        "advanced", "american", "british", "capital", "central", "digital", "european", "federal", "general", "global",
        "harbour", "health", "integrated", "international", "medical", "mobile", "modern", "national", "northern",
        "pacific", "people", "public", "secure", "simple", "smart", "southern", "systems", "united", "universal", "western",
    )
)  # fmt: skip
DEATH = re.compile(r"\b(?:died|dies|death of|passed away|passing of|mourns?|obituary)\b", re.IGNORECASE)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def fact_headline(category: Category, facts: SignalFacts, actor: Actor, *, told: bool = True) -> str | None:
    """Return a sentence made of facts alone, or None where the facts do not make one.

    ``told``: a text reports the act; else a page merely shows another state than before.
    """
    if facts.actor:
        return None  # What somebody else did is no sentence about the rival.
    name = actor.short
    maker = {
        Category.PRICING: _price_headline,
        Category.LEADERSHIP: _people_headline if told else _team_headline,
        Category.HIRING: _hiring_headline,
        Category.CUSTOMER: _customer_headline,
        Category.PARTNERSHIP: _partner_headline,
        Category.EVENT: _event_headline,
    }.get(category)
    made = maker(name, facts) if maker else None
    return clip(made) if made else None


def text_headline(title: str | None, text: str, actor: Actor | None) -> str:
    """Return the text's own title (else its first sentence), with the rival as actor where it is not named."""
    own = clean_title(title or "") or first_telling(text)
    if actor is None or not own or names_actor(own, actor):
        return clip(own)
    return clip(f"{actor.short}: {own}")


def names_actor(text: str, actor: Actor) -> bool:
    """Return True if the text names the rival, if only by what people say of a longer name."""
    if any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        for name in spoken(actor.names)
        if name in actor.names or " " in name or name == without_form(actor.name)
    ):
        return True
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in _words_for(actor))


def _words_for(actor: Actor) -> list[str]:
    """Return the single words that name a rival of several: "Lumo" of "Lumo Group", "Northbeam" of "Northbeam Identity"."""
    first, _, more = actor.name.partition(" ")
    words = [name for name in spoken(actor.names) if " " not in name]
    if more and len(first) >= TELLING:
        words.append(first)
    return [word for word in words if word.lower() not in PLAIN_FIRST | NOT_A_COMPANY]


def clip(text: str) -> str:
    """Return the text on one line, cut at a word, at most `LENGTH` characters."""
    text = " ".join(text.split())
    if len(text) <= LENGTH:
        return text
    cut = text[: LENGTH - 1].rsplit(" ", 1)[0] or text[: LENGTH - 1]
    return cut.rstrip(" ,;:-–") + "…"


def _price_headline(name: str, facts: SignalFacts) -> str | None:
    moved = [price for price in facts.prices if price.before and price.after]
    if moved:
        first = max(moved, key=lambda price: abs(price.percent or Decimal(0)))
        more = len(facts.prices) - 1
        return _price_move(name, first) + (
            f" and changed {more} more price{'s' if more > 1 else ''}" if more else ""
        )
    added = [price for price in facts.prices if price.after and price.plan]
    removed = [price for price in facts.prices if price.before and price.plan]
    if added and removed:
        return f"{name} replaced {_plans(removed)} with {_plans(added)}"
    if added:
        return f"{name} added {_plans(added)}"
    return f"{name} removed {_plans(removed)}" if removed else None


def _price_move(name: str, move: PriceMove) -> str:
    assert move.before is not None
    assert move.after is not None
    plan = move.plan or "its price"
    if move.before.amount is None or move.after.amount is None:
        return f"{name} changed {plan} from {write_price(move.before)} to {write_price(move.after)}"
    if move.before.period == move.after.period and move.percent is not None:
        verb = "raised" if move.percent > 0 else "cut" if move.percent < 0 else "changed"
        sides = f"from {write_price(move.before, period=False)} to {write_price(move.after)}"
        return f"{name} {verb} {plan} {sides} ({write_percent(move.percent)})"
    return f"{name} changed {plan} from {write_price(move.before)} to {write_price(move.after)}"


def _plans(moves: list[PriceMove]) -> str:
    texts = []
    for move in moves[:LISTED]:
        price = move.after or move.before
        texts.append(f"{move.plan}{_at(price, move.plan)}")
    return join_words(texts, len(moves) - LISTED)


def _at(price: Price | None, plan: str) -> str:
    if price is None or price.amount is None:
        return ""
    if price.amount:
        return f" at {write_price(price)}"
    return "" if "free" in plan.lower() else " (free)"


def _people_headline(name: str, facts: SignalFacts) -> str | None:
    """Name as many people as fit, who came before who left."""
    people = [_quiet(person) for person in facts.people if person.role or person.action == DEPARTED]
    for named in range(min(len(people), LISTED), 0, -1):
        more = len(people) - named
        made = _people_sentence(name, people[:named]) + (
            f" and {more} more {'change' if more == 1 else 'changes'}" if more else ""
        )
        if named == 1 or len(made) <= LENGTH:
            return made
    return None


def _quiet(person: Person) -> Person:
    return replace(person, name=quiet_name(person.name), role=quiet_role(person.role))


def _people_sentence(name: str, people: list[Person]) -> str:
    came = [person for person in people if person.action not in (DEPARTED, PROMOTED)]
    rose = [person for person in people if person.action == PROMOTED]
    left = [person for person in people if person.action == DEPARTED]
    acts = [f"appointed {_with_roles(came, 'as')}"] if came else []
    acts += [f"promoted {_with_roles(rose, 'to')}"] if rose else []
    arrive = f"{name} {' and '.join(acts)}" if acts else ""
    return "; ".join(filter(None, (arrive, _leave(left, "" if arrive else f" {name}"))))


def _with_roles(people: list[Person], link: str) -> str:
    """Return "Ada Quist as CFO and Omar Bell as CTO", or one role of several people once."""
    roles = list(dict.fromkeys(person.role for person in people))
    if len(people) > 1 and len(roles) == 1:
        return f"{join_words([person.name for person in people])} each {link} {roles[0]}"
    return join_words([f"{person.name} {link} {person.role}" for person in people])


def _leave(people: list[Person], company: str) -> str:
    if len(people) > 1:
        return f"{join_words([_who(person) for person in people])} leave{company}"
    return "".join(_as_role(person, f" leaves{company}") for person in people)


def _team_headline(name: str, facts: SignalFacts) -> str | None:
    """Say what the team page shows; a page tells who is listed, not who was hired or why somebody is gone."""
    gone = [_quiet(person) for person in facts.people if person.action == DEPARTED]
    here = [_quiet(person) for person in facts.people if person.action != DEPARTED]
    parts = []
    if here:
        parts.append(f"now lists {join_words([_as_role(p) for p in here[:LISTED]], len(here) - LISTED)}")
    if gone:
        parts.append(f"no longer lists {join_words([_who(p) for p in gone[:LISTED]], len(gone) - LISTED)}")
    return f"{name} {' and '.join(parts)} on its team page" if parts else None


def _as_role(person: Person, act: str = "") -> str:
    return f"{person.name}{act}" + (f" as {person.role}" if person.role else "")


def _who(person: Person) -> str:
    return f"{person.name} ({person.role})" if person.role else person.name


def _hiring_headline(name: str, facts: SignalFacts) -> str | None:
    added = [opening for opening in facts.openings if opening.action == "added"]
    removed = [opening for opening in facts.openings if opening.action != "added"]
    if added:
        return f"{name} advertises {_roles(added)}"
    return f"{name} took down {_roles(removed)}" if removed else None


def _roles(openings: list[Opening]) -> str:
    if len(openings) == 1:
        only = openings[0]
        at = only.place and only.place.split(",")[0].lower() not in only.title.lower()
        return f"a role{f' in {only.place}' if at else ''}: {only.title}"
    teams = Counter(opening.team.strip() for opening in openings)
    places = Counter(opening.place.strip() for opening in openings)
    team = f" {next(iter(teams))}" if len(teams) == 1 and next(iter(teams)) else ""
    place = f" in {next(iter(places))}" if len(places) == 1 and next(iter(places)) else ""
    titles = "" if team else f": {join_words([o.title for o in openings[:LISTED]], len(openings) - LISTED)}"
    return f"{len(openings)}{team} roles{place}{titles}"


def _customer_headline(name: str, facts: SignalFacts) -> str | None:
    return _listed(name, "customer", facts.customers, facts.removed)


def _partner_headline(name: str, facts: SignalFacts) -> str | None:
    return _listed(name, "partner", facts.partners, facts.removed)


def _listed(name: str, noun: str, added: tuple[str, ...], removed: tuple[str, ...]) -> str | None:
    names, verb = (added, "lists") if added else (removed, "no longer lists")
    if not names:
        return None
    listed = join_words(list(names[:LISTED]), len(names) - LISTED)
    return f"{name} {verb} {listed} as {f'a {noun}' if len(names) == 1 else f'{noun}s'}"


def _event_headline(name: str, facts: SignalFacts) -> str | None:
    if facts.event is None:
        return None
    where = f" in {facts.event.place}" if facts.event.place else ""
    when = f" ({write_date(facts.event.date)})" if facts.event.date else ""
    return f"{name} lists an event: {facts.event.name}{where}{when}"


def write_date(written: str) -> str:
    """Return a date of figures as people write it; any other as it stands."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)", written.strip())
    return f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}" if found else written


def join_words(items: list[str], more: int = 0) -> str:
    """Return ``A``, ``A and B``, ``A, B and C``, or with ``more`` left out ``A, B, C and 4 more``."""
    if more > 0:
        return f"{', '.join(items)} and {more} more"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
