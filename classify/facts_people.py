"""People in a text: who was appointed, promoted or left, and in which role. Rules, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from classify.people_patterns import (
    APPOINTED,
    BETWEEN,
    COMING,
    DEPARTED,
    GOING,
    HIRED,
    LEAVERS,
    LISTED,
    PATTERNS,
    PROMOTED,
    QUOTED,
    SHARED_ROLE,
    SPEAKING,
)
from classify.roles import HEADS, clean_role
from classify.signals import Person
from classify.words import PERSON, UPPER, sentences, tidy

_PERSON = re.compile(PERSON)
_RANKS = "finance|chief|senior|vice|general|managing|executive|interim|deputy|co"
_ROLE = re.compile(rf"(?<![\w-])(?:(?:[{UPPER}][\w&-]*|{_RANKS})\s+){{0,4}}(?i:{HEADS})(?![\w-])")
_CIVIL = re.compile(r"^(?:Mr|Mrs|Ms|Mx)\.?\s+")

Found = tuple[int, Person]


def find_people(text: str, own: Iterable[str] = ()) -> tuple[Person, ...]:
    """Return people with role and action (appointed, promoted, departed), each name once, in order of the text.

    ``own`` names of the rival are no part of a role ("Northbeam's CTO" is "CTO").
    """
    own = tuple(name for name in own if name)
    found: list[Found] = []
    for item in (*_lists(text, own), *_by_pattern(text, own)):
        if not _known(item[1], found):
            found.append(item)
    for item in _by_sentence(text, own, found):
        if not _known(item[1], found):
            found.append(item)
    return tuple(person for _, person in sorted(found, key=lambda item: item[0]))


def _lists(text: str, own: tuple[str, ...]) -> Iterator[Found]:
    """Yield the people of lists: several with one role, or leavers each with their own."""
    for match in SHARED_ROLE.finditer(text):
        role = clean_role(match["role"], own)
        for one in _PERSON.finditer(match["names"]) if role else ():
            yield match.start("names") + one.start(), _person(one.group(0), role, APPOINTED, match["verb"])
    for match in HIRED.finditer(text):
        for item in _in_a_row(match["list"]):
            role = clean_role(item["role"], own)
            if role:
                yield match.start("list") + item.start(), _person(item["name"], role, APPOINTED)
    for match in LEAVERS.finditer(text):
        for item in LISTED.finditer(match["list"]):
            role = clean_role(item["role"] or item["role2"], own)
            if role:
                yield (
                    match.start("list") + item.start(),
                    _person(item["name"] or item["name2"], role, DEPARTED),
                )


def _in_a_row(listed: str) -> list[re.Match[str]]:
    """Return the items of a list "role name, role name and role name"; nothing if it holds fewer than two."""
    items = [item for item in LISTED.finditer(listed) if item["name"]]
    ends = [0, *(item.end() for item in items)]
    row = [item for end, item in zip(ends, items, strict=False) if not end or BETWEEN.match(listed, end)]
    return row if len(row) > 1 else []


def _by_pattern(text: str, own: tuple[str, ...]) -> Iterator[Found]:
    for action, pattern in PATTERNS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            raw = groups.get("role") or ""
            role = clean_role(raw, own)
            if (role and not _PERSON.match(role)) or not raw:
                yield match.start("name"), _person(match["name"], role, action, groups.get("verb"))


def _by_sentence(text: str, own: tuple[str, ...], found: list[Found]) -> Iterator[Found]:
    """Yield the one person of a sentence that says in its own way that somebody with a role comes or goes."""
    said = sentences(text)
    for place, sentence in enumerate(said):
        names = [
            n
            for n in _PERSON.finditer(sentence)
            if not SPEAKING.search(sentence[: n.start()]) and not QUOTED.search(sentence[n.end() :])
        ]
        if len(names) != 1 or any(_plain(names[0].group(0)) == _plain(p.name) for _, p in found):
            continue
        # The role may stand in the sentence before or after: "Welcome, Ada! She will be our new CTO."
        around = " ".join(said[max(0, place - 1) : place + 2])
        name = names[0].group(0)
        role = _nearest_role(sentence, name, own) or _nearest_role(around, name, own)
        action = _action(sentence) or _action(around)
        if role and action:
            yield text.find(sentence) + names[0].start(), _person(name, role, action)


def _nearest_role(text: str, name: str, own: tuple[str, ...]) -> str:
    """Return the first role of a text; one that stands before the ``name`` ends there."""
    pieces = (text[match.start() : match.start() + 90].partition(name)[0] for match in _ROLE.finditer(text))
    roles = (clean_role(piece, own) for piece in pieces)
    return next((role for role in roles if role), "")


def _action(text: str) -> str | None:
    coming, going = bool(COMING.search(text)), bool(GOING.search(text))
    return None if coming == going else APPOINTED if coming else DEPARTED


def _person(name: str, role: str, action: str, verb: str | None = None) -> Person:
    promoted = action is APPOINTED and (verb or "").lower().startswith(("promot", "elevat"))
    return Person(name=_CIVIL.sub("", tidy(name)), role=role, action=PROMOTED if promoted else action)


def _known(person: Person, found: Iterable[Found]) -> bool:
    """Return True if this person was found by an earlier, surer pattern with at least as much said."""
    mine = _plain(person.name)
    return any(mine in _plain(other.name) or _plain(other.name) in mine for _, other in found)


def _plain(name: str) -> str:
    """Return a name without title and initials, by which two mentions of one person are known."""
    return " ".join(part for part in name.split() if len(part.strip(".")) > 2)
