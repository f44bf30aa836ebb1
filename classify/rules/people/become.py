# ruff: noqa: E501 (a pattern is read as one line)
"""How sentences tell who takes up a role, or whose place."""

from __future__ import annotations

import re

from classify.rules.people.arrive import read_on
from classify.rules.people.clauses import ASIDE, PENDING_COME, PENDING_GO, Clauses, alternative, is_seat
from classify.rules.people.patterns import APPOINTED, DEPARTED

_FOLLOW = re.compile(r"(?P<v>S)(?P<by>b)?(?P<mid>[oNRGCXL,]{0,5})(?P<o>P)")
_IS_NEW = re.compile(
    rf"(?P<n>P){ASIDE}(?:B|w)C?(?P<r>NR)|(?P<n2>P){ASIDE},?w[oN]{{0,2}}(?P<r2>R)|N(?P<r3>R)(?:[oC]{{0,2}}(?:B|w|p|[-,:.])?|[oCpX]{{0,4}}:)(?P<n3>P)|(?P<n4>P),?A?(?P<r4>NR)|(?<![SF])(?P<n5>P)(?:[,p]?|,G[^.;,P]{{1,8}},)A(?P<r5>R)"
)
_COME = re.compile(rf"(?P<n>P){ASIDE}(?P<mid>,?[oBTCwp]{{0,4}})(?P<v>J)")
_WHO_COMES = re.compile(r"(?P<n>P),?W[oBTC]{0,3}(?P<v>J)")
_SUCCESSOR = re.compile(
    r"(?P<v>U)(?P<mid>[^.;PpTYQ]{0,6}?)(?P<n>P)|(?P<n2>P)[oB]{0,2}[Qw]T?N?U|(?P<n3>P),?S(?=[.,;]|$)|L,?&?(?P<n4>P)p(?=[.,;]|$)"
)
_PREDECESSOR = re.compile(r"u,?(?P<n>P)(?![oB,]{0,2}J)")
_PLACE_TOLD = ".;,PHMLFSYDWUO"  # Letters up to which the role is told that somebody takes over.
_ONCE = frozenset(["became", "joined", "took over", "returned", "moved to", "moved into"])
_INSTEAD = frozenset(
    ["takes over", "took over", "take over", "taking over", "steps in", "stepped in", "stands in", "fills in"]
)


def read_new(clauses: Clauses) -> None:
    """Read "our new CFO, Ada Quist", "Ada Quist is our new CFO", "Ada Quist as CFO"."""
    for match in re.finditer(r"NR[oCpX]{0,4}:(?P<people>P(?:,?&?P)+)", clauses.letters):
        for k in clauses.people(*match.span("people")):
            clauses.add(k, clauses.said(match.start() + 1), APPOINTED)
    for match in _IS_NEW.finditer(clauses.letters):
        number = alternative(match)
        role = match.end(f"r{number}") - 1
        at = match.start(f"n{number}")
        if (
            number == "3"
            and ":" in match.group()
            and re.match(rf"P{ASIDE},?[oBw]{{0,2}}J[^.;P]{{0,6}}R|P,R", clauses.letters[at:])
        ):
            continue  # "A new boss: Ada Quist becomes CEO", "our new VPs: Ada Quist (VP Sales)": their own role is told.
        if number == "5" and re.search(r"S[NRGCo,]{0,4}$", clauses.letters[: match.start()]):
            continue
        if role not in clauses.background and clauses.letters[match.end() : match.end() + 1] != "L":
            clauses.add(at, clauses.said(role), APPOINTED)
            read_on(clauses, max(match.end() - 1, 0), match.start(), "")


def read_comers(clauses: Clauses) -> None:
    """Read "Ada Quist joins as CFO", "Ada Quist takes over as CFO"."""
    for match in _COME.finditer(clauses.letters):
        _comes(clauses, match)
    for match in _WHO_COMES.finditer(clauses.letters):
        once = clauses.said(match.start("v")) in _ONCE
        if not (once and re.match(r"[^.;,]*,", clauses.letters[match.end() :])):
            _comes(clauses, match)  # "Ada Quist, who became CEO in 2020, opened the shop" tells no move.


def _comes(clauses: Clauses, match: re.Match[str]) -> None:
    """Note who takes up a role, with those who do the same; not where it is denied or elsewhere."""
    at, verb = match.start("n"), match.start("v")
    if "Z" in match.group() or _elsewhere(clauses, verb):
        return
    role = clauses.role_after(verb + 1, ".;PHMLFSYDUO") or clauses.pending(at, PENDING_COME)
    if not role and clauses.said(verb) in _INSTEAD:
        role = clauses.last(DEPARTED)
    left = clauses.pending(at, PENDING_GO)
    if left and re.search(r"\s(?:of|at)\s[^,]*[A-Z]", role):
        # "Finance boss quits. Ada Quist will be CFO of Ashlar": she is the one.
        clauses.add(at, left, DEPARTED)
    if is_seat(role) and re.match(r"Rpo{0,4}X", clauses.letters[verb + 1 :]):
        return  # "joins the board of the food charity FareShare"
    for k in (at, *_with_subject(clauses, at)) if role else ():
        clauses.come_in(k, role, "J", verb)


def _with_subject(clauses: Clauses, at: int) -> list[int]:
    """Return those who do the same: "Ada Quist and Omar Bell become co-CEOs"."""
    several = re.search(r"(?:P[,&]{1,2})+$", clauses.letters[:at])
    return clauses.people(several.start(), at) if several else []


def _elsewhere(clauses: Clauses, verb: int) -> bool:
    """Return True if somebody joins another company than the rival whom the text names too."""
    return (
        clauses.said(verb).startswith(("join", "becom", "became"))
        and "C" in clauses.letters
        and re.match(r"X", clauses.letters[verb + 1 :]) is not None
    )


def read_successions(clauses: Clauses) -> None:
    """Read "Ada Quist succeeds Omar Bell as CFO", "Omar Bell is succeeded by Ada Quist"."""
    for match in _FOLLOW.finditer(clauses.letters):
        one = _subject(clauses, match.start("v"))
        if match["by"]:
            _gives_way(clauses, one, match.start("o"))
        else:
            _follows(clauses, one, match.start("o"))
    for match in re.finditer(r"(?P<n>P)[oB]{0,2}(?P<v>S)A", clauses.letters):
        if clauses.said(match.start("v")) == "replaced":
            clauses.add(match.start("n"), clauses.role_after(match.end("v")), DEPARTED)


def _gives_way(clauses: Clauses, one: int | None, other: int) -> None:
    """Note that ``one`` goes, if somebody is named, and ``other`` comes."""
    told = clauses.role_after(other + 1, _PLACE_TOLD)
    role = (clauses.own_role(one) if one is not None else "") or clauses.pending(one or 0, PENDING_GO)
    if one is not None:
        known = clauses.found.get(clauses.said(one))
        role = role or (known.role if known else "")
        clauses.add(one, role, DEPARTED)
    clauses.add(other, told or role, APPOINTED)


def _follows(clauses: Clauses, one: int | None, other: int) -> None:
    """Note that ``one`` comes, if somebody is named, and ``other`` goes, or stays in another role."""
    told = clauses.role_after(other + 1, _PLACE_TOLD)
    known = clauses.found.get(clauses.said(one)) if one is not None else None
    role = told or (known.role if known else "") or clauses.own_role(other)
    if one is not None and (role or known is None):
        clauses.add(one, role, APPOINTED)
    stays = re.match(r",?W[oB]{0,2}J", clauses.letters[other + 1 :])
    later = clauses.role_after(other + 1 + stays.end(), _PLACE_TOLD) if stays else ""
    clauses.add(other, later or told or clauses.own_role(other) or role, APPOINTED if later else DEPARTED)


def _subject(clauses: Clauses, verb: int) -> int | None:
    """Return the person who succeeds or is succeeded: the last one named in the sentence before the verb."""
    people = [k for k in clauses.people(clauses.begin(verb), verb) if clauses.said(k)]
    return people[-1] if people else None


def read_successors(clauses: Clauses) -> None:
    """Read "her successor is Omar Bell", "her predecessor Ada Quist"."""
    for match in _SUCCESSOR.finditer(clauses.letters):
        roles = clauses.roles(*match.span())
        at = match.start(f"n{alternative(match)}")
        clauses.add(at, roles[0] if roles else clauses.last(DEPARTED), APPOINTED)
    for match in _PREDECESSOR.finditer(clauses.letters):
        clauses.add(match.start("n"), clauses.last(APPOINTED), DEPARTED)
