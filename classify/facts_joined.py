"""Facts that rules and tagger tell together: each speaks for what it found, and the weightier word stands.

A rule's word counts as much as so many natural logarithms of the tagger's odds. The weights are fitted on texts that
neither had seen (docs/quality.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from classify.rules.beside import is_beside, is_earlier, is_how_to, is_off, only_beside
from classify.rules.companies import acquired_said, is_own, partner_said
from classify.rules.company_patterns import NO_COMPANY
from classify.rules.money import SUM, sum_of, with_round
from classify.rules.people.beside import is_named_beside
from classify.signals import Money, Person
from classify.tagger.labels import OUTSIDE
from classify.tagger.text import words_between
from classify.tagger.types import NamedPerson, Tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a rule's word counts: ``said`` for what it says, ``unsaid`` against what it does not say."""

    said: float
    unsaid: float


# Fitted on texts that neither rules nor tagger had seen (docs/quality.md); around these weights figures hardly change.
PEOPLE: Final = Weights(said=3.0, unsaid=1.0)
ROLES: Final = Weights(said=2.0, unsaid=0.0)
#: What counts for a role in brackets behind a name: "Ada Quist (CFO)".
IN_BRACKETS: Final = 3.0
ACQUIRED: Final = Weights(said=3.0, unsaid=0.0)
PARTNERS: Final = Weights(said=1.0, unsaid=1.0)
#: What counts against a purchase that was made before, where there is another.
EARLIER: Final = 2.0
MONEY: Final = Weights(said=1.0, unsaid=0.0)
#: What counts for a sum that a contract or an order is said to be worth: it is the size of the news. The tagger alone
#: gives such sums odds from -1.7 to 3.4.
OF_CONTRACT: Final = 2.0

#: What may stand between the names of a list, its roles taken out.
_LIST: Final = re.compile(
    r"[\s,()/]*(?:\((?:ex-|from\s)?[^()]{0,30}\)[\s,]*)?(?:and|&|as\s+well\s+as)?[\s,()/]*"
)
_WORTH: Final = re.compile(
    r"\b(?:contract|order|agreement|framework|deal|tender)s?\b[^.;]{0,60}?"
    r"\b(?:worth|valued\s+at|value\s+of)\s+(?:(?!of\b)[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)
_SPOKE: Final = r"(?:commented|comments|said|says|added|adds|remarked)\b"
_COMES: Final = re.compile(r"\b(?:who|new|newly|incoming|outgoing|next|appointed|former)\b", re.IGNORECASE)
#: Which actions bring a person in: a role told for one is not that of the other kind.
_CAME: Final = {"appointed": True, "promoted": True, "departed": False}


def join_people(
    ruled: Sequence[Person], tagged: Tagged, weights: Weights = PEOPLE, roles: Weights = ROLES
) -> tuple[Person, ...]:
    """Return the people that moved, in order of the text; who only says something about it moved nowhere."""
    said = {person.name: person for person in ruled}
    found: list[tuple[int, Person]] = []
    for named, odds in zip(tagged.people, _in_company(tagged), strict=True):
        person = said.pop(named.name, None)
        action = _action(odds, person, weights)
        if action and (person is not None or not _moved_nowhere(tagged.text, named.name)):
            role = _role(named, person, action, tagged.text, roles)
            found.append((named.place, Person(name=named.name, role=role, action=action)))
    found += [(tagged.text.find(name), person) for name, person in said.items()]
    return tuple(person for _, person in sorted(found, key=lambda each: each[0]))


def _in_company(tagged: Tagged) -> list[Mapping[str, float]]:
    """Return what became of each person; those told in one list share it: "Ada Quist and Omar Bell"."""
    groups: list[list[NamedPerson]] = []
    for named in tagged.people:
        if groups and _are_listed(tagged.text, groups[-1][-1], named):
            groups[-1].append(named)
        else:
            groups.append([named])
    return [
        {action: sum(one.actions[action] for one in group) / len(group) for action in named.actions}
        for group in groups
        for named in group
    ]


def _are_listed(text: str, one: NamedPerson, other: NamedPerson) -> bool:
    """Return True if nothing but roles and the marks of a list stand between two names."""
    between = text[one.place + len(one.name) : other.place]
    if not between or other.place < one.place + len(one.name):
        return False
    for role in sorted({*one.roles, *other.roles}, key=len, reverse=True):
        between = between.replace(role, "")
    return _LIST.fullmatch(between) is not None


def _moved_nowhere(text: str, name: str) -> bool:
    """Return True for somebody who is only named: they speak, sign, or are whom the new one reports to."""
    return _only_speaks(text, name) or is_named_beside(name, text)


def _only_speaks(text: str, name: str) -> bool:
    """Return True for "Dr Aoife Brannelly, Group Chief Executive, commented: …" about somebody else."""
    said = re.search(rf"{re.escape(name)}(?:,(?P<role>[^.;“\"]{{0,70}}),)?\s+{_SPOKE}", text)
    if said is None or text.count(name) > 1:
        return False
    return _COMES.search(said["role"] or "") is None


def _action(odds: Mapping[str, float], person: Person | None, weights: Weights) -> str:
    """Return what became of a person, or "" if nothing did."""
    scores = dict(odds)
    if person is None:
        scores[""] += weights.unsaid
    else:
        scores[person.action] = scores.get(person.action, 0.0) + weights.said
    return max(scores, key=lambda action: scores[action])


def _role(named: NamedPerson, person: Person | None, action: str, text: str, weights: Weights) -> str:
    """Return the role that weighs most; the rules' word on it counts if they see the person come or go alike."""
    scores = dict(named.roles)
    for role in scores if person is None or not person.role else ():
        if re.search(rf"{re.escape(named.name)}\s*\({re.escape(role)}[),;]", text):
            scores[role] += IN_BRACKETS
    if person is not None and person.role and _CAME[person.action] == _CAME[action]:
        least = min(scores.values(), default=0.0)
        scores[person.role] = scores.get(person.role, least) + weights.said
    return max(scores, key=lambda role: scores[role], default=person.role if person else "")


def join_acquired(
    ruled: str | None, tagged: Tagged, weights: Weights = ACQUIRED, own: tuple[str, ...] = ()
) -> str | None:
    """Return the company or asset that is bought, if one is; a deal that is off or another's buys nothing."""
    if is_off(tagged.text) or only_beside(tagged.text, own) or is_how_to(tagged.text):
        return None
    if ruled is not None and is_own(ruled, own):
        return ruled
    found: dict[str, float] = {}
    for said, odds in _weighed("acquired", [ruled] if ruled else [], tagged, weights).items():
        name = acquired_said(said, tagged.text)
        mine = ruled is not None and is_own(name, own)
        if not mine and not NO_COMPANY.search(name) and not is_beside(said, tagged.text, of_partners=False):
            found[name] = max(odds, found.get(name, odds))
    if ruled in found and any(ruled.startswith(f"{name} ") for name in found):
        return ruled  # The rules know where a name ends amid other capitals.
    return max(found, key=lambda name: found[name] - EARLIER * is_earlier(name, tagged.text), default=None)


def join_partners(
    ruled: Iterable[str], tagged: Tagged, own: tuple[str, ...], weights: Weights = PARTNERS
) -> tuple[str, ...]:
    """Return the companies named as partners, in order of the text."""
    if only_beside(tagged.text, own) or is_how_to(tagged.text):
        return ()
    found: dict[str, float] = {}
    for said, odds in _weighed("partners", ruled, tagged, weights).items():
        name = partner_said(said, tagged.text)
        if not is_own(name, own) and not is_beside(said, tagged.text, of_partners=True):
            found[name] = max(odds, found.get(name, odds))
    whole = [
        name
        for name, odds in found.items()
        if not any(name != other and _share(name, other) and found[other] > odds for other in found)
    ]
    return tuple(sorted(whole, key=tagged.text.find))


def _share(one: str, other: str) -> bool:
    """Return True if one name holds the other: "Harbour" and "Harbour Bank"."""
    return one in other or other in one


def _weighed(task: str, ruled: Iterable[str], tagged: Tagged, weights: Weights) -> dict[str, float]:
    """Return the names that stand against nothing, with their odds."""
    ruled, seen = list(ruled), tagged.named(task)
    found = {name: odds - weights.unsaid for name, odds in seen.items() if name not in ruled}
    for name in ruled:
        odds = tagged.odds_of(task, name) if tagged.tokens else None
        odds = max(odds, seen.get(name, odds)) if odds is not None else None
        found[name] = weights.said if odds is None else odds + weights.said
    return {name: odds for name, odds in found.items() if odds > 0.0}


def join_money(ruled: Money | None, tagged: Tagged, weights: Weights = MONEY) -> Money | None:
    """Return the sum that the news is about; how much it is, and its round, the rules say."""
    scores = tagged.scores.get("money")
    if scores is None or not tagged.tokens:
        return ruled
    found: list[tuple[float, Money]] = []
    for match in SUM.finditer(tagged.text):
        start, end = words_between(tagged.tokens, *match.span())
        money = sum_of(match)
        if money is not None and start < end:
            inside = np.logaddexp(scores[start:end, 1], scores[start:end, 2]) - scores[start:end, OUTSIDE]
            mine = ruled is not None and (money.amount, money.currency) == (ruled.amount, ruled.currency)
            said = weights.said if mine else -weights.unsaid
            worth = _WORTH.search(tagged.text[: match.start()]) is not None
            found.append((float(inside.mean()) + said + OF_CONTRACT * worth, money))
    odds, best = max(found, key=lambda each: each[0], default=(0.0, ruled))
    if best is None or odds <= 0.0:
        return None if found else ruled
    if ruled is not None and (best.amount, best.currency) == (ruled.amount, ruled.currency):
        return ruled
    return with_round(best, tagged.text)
