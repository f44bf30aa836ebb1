# ruff: noqa: E501 (a pattern is read as one line)
"""The letters of a text with what has been read from them: names, their roles, and where a clause ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from classify.rules.people.patterns import APPOINTED, DEPARTED, PROMOTED
from classify.rules.people.scan import Scan
from classify.rules.roles import singular

#: What may stand between a person and the verb: "of Arden", ", who joined in 2019,", ", CFO of Lumo,".
ASIDE = r"(?:p[XC])?(?:,W[^.;,P]{1,16},|(?:,[^.;,PHQMmJLFSYW]{1,14}){1,3},|,(?=W))?"
#: A role that the sentence before told without a name: "Lumo has a new CFO. …", "Its CFO quits: …".
PENDING_COME = re.compile(r"(?:[HQN]|B)N?[oC]{0,2}(?P<r>R)[^P.;:]{0,12}[.:]|(?:^|(?<=[.;]))N?(?P<r2>R):")
PENDING_GO = re.compile(
    r"(?P<r>R)[oBT]{0,3}L[^P.;:]{0,16}[.:]|F[oCN]{0,2}(?P<r2>R)[^P.;:]{0,6}:|(?P<r3>R)[CpX]{0,4}:"
)
_BACK = re.compile(r"G[oXNpC]{0,3}R(?:&R)?|(?<![AN])R(?=pX)")
_FROM = re.compile(r"p(?P<r>R)(?=[AT]{1,2}N?R)")

_LISTED = re.compile(r"P(?:,?&?P)+")
_SEVERAL = frozenset(["two", "three", "four", "five", "six", "several"])


@dataclass(frozen=True, slots=True)
class Move:
    """What became of a person, and where in the text that stands."""

    name: str
    role: str
    action: str
    place: int


@dataclass(slots=True)
class Clauses:
    """A scanned text and what was found in it; ``background`` are roles held before or elsewhere, ``used`` verbs."""

    scan: Scan
    found: dict[str, Move] = field(default_factory=dict)
    background: frozenset[int] = frozenset()
    used: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Mark the roles that people held before or elsewhere."""
        held = {
            m.start() + k for m in _BACK.finditer(self.letters) for k, c in enumerate(m.group()) if c == "R"
        }
        left = {m.start("r") for m in _FROM.finditer(self.letters) if self.said(m.start()) == "from"}
        self.background = frozenset(held | left)

    @property
    def letters(self) -> str:
        """The letters of the text."""
        return self.scan.letters

    def add(self, at: int, role: str, action: str) -> bool:
        """Note what became of the person at a place; the first, surest rule wins."""
        name = self.scan.said[at]
        if name in self.found:
            if role and not self.found[name].role and self.found[name].action == action:
                self.found[name] = replace(self.found[name], role=singular(role))
            return False
        first = self.first(name)
        self.found[name] = Move(name, singular(role), action, self.scan.places[first])
        return True

    def first(self, name: str) -> int:
        """Return the place where a person is named first."""
        return next(i for i, said in enumerate(self.scan.said) if said == name and self.letters[i] == "P")

    def people(self, start: int, end: int) -> list[int]:
        """Return the places of the people from ``start`` up to ``end``."""
        return [k for k in range(start, end) if self.letters[k] == "P"]

    def roles(self, start: int, end: int) -> list[str]:
        """Return the roles from ``start`` up to ``end``, those held before or elsewhere too."""
        return [self.said(k) for k in range(start, end) if self.letters[k] == "R"]

    def listed_end(self, at: int) -> int:
        """Return the place behind the last of the people who are listed from ``at`` on: "Ada Quist and Omar Bell"."""
        several = _LISTED.match(self.letters, at)
        return several.end() if several else at + 1

    def begin(self, i: int) -> int:
        """Return where the clause of place ``i`` begins."""
        return max(self.letters.rfind(mark, 0, i) for mark in ".;") + 1

    def end(self, i: int, marks: str = ".;") -> int:
        """Return where the clause of place ``i`` ends."""
        return next((k for k in range(i, len(self.letters)) if self.letters[k] in marks), len(self.letters))

    def role_after(self, i: int, stop: str = ".;PHMLFSYDWUO", end: int | None = None) -> str:
        """Return the role told behind place ``i``: one behind "as" before any other; a mere seat gives way to an office."""
        behind = ""
        for k in range(i, len(self.letters) if end is None else end):
            if self.letters[k] in stop:
                break
            if self.letters[k] == "R" and k not in self.background:
                sure = re.search(r"(?:[Aw]|(?<=pR)T)[CNX]{0,2}$", self.letters[i:k]) is not None
                role = self._office(k)
                if sure and not is_seat(role):
                    return role
                if not behind or (is_seat(behind) and sure):
                    behind = role if sure or self._near(i, k) else behind
        return behind

    def _office(self, k: int) -> str:
        """Return a role with a second one behind a comma: "Executive Vice President, Chief Supply Chain Officer"."""
        said, places = self.scan.said, self.scan.places
        close = (
            self.letters[k : k + 3] == "R,R"
            and said[k + 1] == ","
            and places[k + 2] == places[k] + len(said[k]) + len(", ")
        )
        return f"{said[k]}, {said[k + 2]}" if close and self.letters[k + 3 : k + 4] != "P" else said[k]

    def _near(self, i: int, k: int) -> bool:
        """Return True if only small words stand between a verb or name and a role."""
        return re.fullmatch(r"[,:AN]{0,2}[oNpTC]{0,3}[AN]{0,2}", self.letters[i:k]) is not None

    def own_role(self, at: int) -> str:
        """Return the role that stands right before or behind a person."""
        letters = self.letters
        before = re.search(r"R(?:po{1,2})?(?:pC)?,?$", letters[:at])
        listed = re.search(r"P,R[,&]{1,2}$", letters[:at]) and re.match(r",[oNC]{0,2}R", letters[at + 1 :])
        if before and before.start() not in self.background and not listed:
            return self.scan.said[before.start()]
        behind = re.match(r",[oNC]{0,2}R", letters[at + 1 :])
        if behind:
            k = at + behind.end()
            return "" if k in self.background else self.scan.said[k]
        earlier = self.scan.said.index(self.scan.said[at])
        return self.own_role(earlier) if earlier < at else ""

    def pending(self, at: int, pattern: re.Pattern[str]) -> str:
        """Return a role that the sentence before told without a name."""
        found = [
            m
            for m in pattern.finditer(self.letters, 0, at)
            if not re.search(r"[.;]|P(?![,&])", self.letters[m.end() : at])
        ]
        if not found:
            return ""
        group = next(name for name, value in found[-1].groupdict().items() if value)
        return self.scan.said[found[-1].start(group)]

    def said(self, at: int) -> str:
        """Return what stands at a place: a name, a role, or the word itself."""
        return self.scan.said[at]

    def last(self, action: str) -> str:
        """Return the role of the one who was last found to have come or gone."""
        roles = [
            m.role for m in self.found.values() if (m.action == DEPARTED) == (action == DEPARTED) and m.role
        ]
        return roles[-1] if roles else ""

    def come_in(self, at: int, role: str, letter: str, verb: int) -> None:
        """Note that a person is appointed, or promoted where the verb of this letter or the text says so."""
        if re.search(r"GC+R,?$", self.letters[:at]) and re.search(r"\s(?:of|at)\s+[A-Z]", role):
            return  # "Former Northbeam CFO Ada Quist named CFO of Lumo": her new role is elsewhere.
        word = self.said(verb)
        risen = letter in "Mm" or word.startswith(
            ("promot", "elevat", "moves up", "moved up", "move up", "rises", "ascend")
        )
        risen = risen or (word.startswith("become") and self._are_promotions())
        self.add(at, role, PROMOTED if risen else APPOINTED)

    def _are_promotions(self) -> bool:
        """Return True where several promotions are announced: "promotes two", "three promotions"."""
        said = self.scan.said
        several = (
            letter == "M" and k + 1 < len(said) and said[k + 1].lower() in _SEVERAL
            for k, letter in enumerate(self.letters)
        )
        return any(several) or "promotions" in said

    def denied(self, at: int) -> bool:
        """Return True if the sentence denies what it tells of a person."""
        return any(self.letters[k] == "Z" and self.said(k) != "not" for k in range(self.begin(at), at))


def is_seat(role: str) -> bool:
    """Return True for a mere seat: of a member or on a board."""
    return role.lower() in {
        "board",
        "board of directors",
        "management board",
        "executive board",
        "member",
    } or role.lower().startswith("member")


def alternative(match: re.Match[str]) -> str:
    """Return what the groups of the matched alternative end in: "" for ``n`` and ``r``, "2" for ``n2`` and ``r2``."""
    return next(group[1:] for group, told in match.groupdict().items() if told and group.startswith("n"))
