# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Whose price an amount is, where the name stands right beside it or names and prices are listed one for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from classify.rules.plans import named_plan, tidy_plan
from classify.rules.prices.pieces import Piece, enumerated
from classify.rules.words import DATES, UPPER

_CONNECTS_SAID = (
    "is are was were be will to from at for now just only costs cost costing becomes become goes go going rises rise rising drops drop dropping"
    " falls fall falling moves move moving climbs climb jumps jump increases increase increasing decreases decrease starts start starting begins"
    " priced price prices plan plans tier tiers package packages edition subscription subscriptions membership licence license licenses licences"
    " pass card account ticket tickets bundle up down by of stays remains would per user seat month year a an the currently previously formerly"
    "  new old instead as low which that comes available changes change gets has been"
)
_CONNECTS: Final = frozenset(_CONNECTS_SAID.split())
_TOKEN = re.compile(rf"[\w{UPPER}][\w.+&’'-]*|[^\w\s]")
_SKIPPED: Final = frozenset('(:–—-|,~*"“”[')
_NAME = rf"[{UPPER}][\w+&-]*(?:\s+(?:[{UPPER}][\w+&-]*|\d+)(?![\w.,]*\d))*"
_LIST = re.compile(rf"(?:{_NAME},\s+)*{_NAME},?\s+(?:and|&|or)\s+(?:(?:the|our|its)\s+)?{_NAME}")
_FOR = re.compile(
    rf"\s*(?:[a-z/ ]{{0,20}}?\s)?for\s+(?:the\s+|our\s+|its\s+)?(?P<plan>{_NAME})(?=\s*(?:[,;.)]|$|\n|and\b|plan|tier|instead\b))"
)
#: What shows that the words before name the company: it owns, charges or raises; a plan costs or rises.
_COMPANY = (
    r"(?:['’]s\s+(?!(?:new\s+|monthly\s+|annual\s+|list\s+)?(?:price|fee|rate|cost))|\s+(?:(?:will|now)\s+)?(?:charges?|has\s+(?!been|gone|risen|become)|raises|lifts|cuts|sets|lowers|says|slashes|hikes|announces|reprices|makes|drops|doubles"
    r"|(?:is\s+|to\s+)(?:raise|raising|cut|cutting|lift|lifting|charge|lower|lowering|increase\s+(?:its|the|prices)))"
    r"|\s+will\s+(?:raise|lift|increase|cut|lower|reduce|put\s+up)\s+(?:(?:its|all|our)\s|prices|fees|charges|rates))"
)
_PLACE = re.compile(
    r"\b(?:in|at|on|its|across|within|between)\s+(?:the\s+)?(?:\w+(?:,\s+|,?\s+(?:and|or|&)\s+))*$",
    re.IGNORECASE,
)
FARTHEST: Final = 9
_MONTHS: Final = frozenset(["januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember"])


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlan:
    """A plan's name as it stands beside a price; not sure for one word that begins a sentence, which is in capitals anyway."""

    name: str
    is_sure: bool = True


def plans_beside(text: str, pieces: Sequence[Piece], own: Iterable[str] = ()) -> dict[int, NamedPlan]:
    """Return the plans that amounts name right beside them, by the amounts' places."""
    own = tuple(own)
    found: dict[int, NamedPlan] = {}
    taken = ""  # The name behind the price before: "€59 for Growth, €129 for Scale".
    for piece in pieces:
        before, behind = _before(piece, own), _behind(text, piece, own)
        plan = behind if before is None or before.name == taken else before
        taken = behind.name if behind is not None and plan is behind else ""
        if plan is not None:
            found[piece.place] = plan
    return found | _listed(pieces, own)


def company_words(text: str, own: Iterable[str]) -> frozenset[str]:
    """Return the words that belong to the rival's name, with each part of them: "Golf Club" of "Inverlochy Golf Club has set"."""
    names = "|".join(re.escape(name) for name in own if name)
    found: set[str] = set()
    for match in (
        re.finditer(rf"\b(?:{names})((?:\s+[{UPPER}][\w&-]*){{1,3}}){_COMPANY}", text) if names else ()
    ):
        words = match[1].split()
        found |= {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    return frozenset(found)


def _before(piece: Piece, own: tuple[str, ...]) -> NamedPlan | None:
    """Return the name that leads to an amount over nothing but verbs and marks: "Plus goes up to", "Plus (", "Plus –"."""
    lead = re.split(r"\n|[.!?;]\s+(?=[A-Z])", piece.lead)[-1]
    lead = _without_brackets(lead)
    tokens = _TOKEN.findall(lead)
    end = len(tokens)
    while (
        end and len(tokens) - end < FARTHEST and (tokens[end - 1] in _SKIPPED or tokens[end - 1] in _CONNECTS)
    ):
        end -= 1
    start = end
    while start and (
        (_is_capital(tokens[start - 1]) and not re.search(r"[’']s?$", tokens[start - 1]))
        or (start < end and tokens[start - 1] in {"+", "&"})
        or (tokens[start - 1].isdigit() and start > 1 and _is_capital(tokens[start - 2]))
        or _is_first_number(tokens, start - 1, end)
    ):
        start -= 1
    run = tokens[start:end]
    if not run or any(token.lower().rstrip(".") in DATES | _MONTHS for token in run):
        return None
    at = lead.rfind(run[-1])
    begin = lead.rfind(run[0], 0, at) if len(run) > 1 else at
    said = lead[begin : at + len(run[-1])]
    name = tidy_plan(said, own).rstrip(".")
    begins_sentence = "\n" not in piece.lead and not lead[:begin].strip() and len(run) == 1
    is_whole = named_plan(said, own) == name
    is_place = _PLACE.search(lead[:begin]) is not None
    return NamedPlan(name=name, is_sure=is_whole and not begins_sentence and not is_place) if name else None


def _is_first_number(tokens: Sequence[str], place: int, end: int) -> bool:
    """Return True for the "48" of ", 48 Hour" and "12 Month", no year and no count in a sentence."""
    number, before = tokens[place], tokens[place - 1] if place else ""
    is_apart = not place or before in {",", ":", "(", "|", "•", "·", "-", "–"}
    return (
        number.isdigit()
        and len(number) < 4
        and place + 1 < end
        and _is_capital(tokens[place + 1])
        and is_apart
    )


def _without_brackets(lead: str) -> str:
    return re.sub(r"\([^()]*\)|^[^(]*\)", " ", lead)


def _is_capital(token: str) -> bool:
    return token[:1].isupper()


def _behind(text: str, piece: Piece, own: tuple[str, ...]) -> NamedPlan | None:
    """Return the name of "€59 for Growth"."""
    found = _FOR.match(text, piece.end)
    name = tidy_plan(found["plan"], own) if found else ""
    return NamedPlan(name=name) if name else None


def _listed(pieces: Sequence[Piece], own: tuple[str, ...]) -> dict[int, NamedPlan]:
    """Return the plans of "Starter and Growth will cost $19 and $49"."""
    found: dict[int, NamedPlan] = {}
    for block in enumerated(pieces):
        if len(block) < 2:
            continue
        sentence = block[0].amount.sentence
        names = [_split(match.group(), own) for match in _LIST.finditer(sentence)]
        names = [each[-len(block) :] for each in names if len(each) >= len(block)]
        if names:
            found |= {piece.place: NamedPlan(name=name) for piece, name in zip(block, names[0], strict=True)}
    return found


def _split(said: str, own: tuple[str, ...]) -> list[str]:
    parts = re.split(r",\s+(?:and|or)\s+|,\s+|\s+(?:and|&|or)\s+", said)
    return [name for part in parts if (name := tidy_plan(re.sub(r"^(?:the|our|its)\s+", "", part), own))]
