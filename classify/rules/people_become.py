# ruff: noqa: E501 (a pattern is read as one line)
"""How sentences tell who takes up a role, or whose place."""

from __future__ import annotations

import re

from classify.rules.people_arrive import read_on
from classify.rules.people_clauses import ASIDE, PENDING_COME, PENDING_GO, Clauses, is_seat
from classify.rules.people_patterns import APPOINTED, DEPARTED

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
_ONCE = frozenset(["became", "joined", "took over", "returned", "moved to", "moved into"])
_INSTEAD = frozenset(
    ["takes over", "took over", "take over", "taking over", "steps in", "stepped in", "stands in", "fills in"]
)


def read_new(clauses: Clauses) -> None:
    """Read "our new CFO, Ada Quist", "Ada Quist is our new CFO", "Ada Quist as CFO"."""
    for match in re.finditer(r"NR[oCpX]{0,4}:(?P<people>P(?:,?&?P)+)", clauses.letters):
        for k in range(match.start("people"), match.end()):
            if clauses.letters[k] == "P":
                clauses.add(k, clauses.scan.said[match.start() + 1], APPOINTED)
    for match in _IS_NEW.finditer(clauses.letters):
        number = next(k for k in ("", "2", "3", "4", "5") if match[f"n{k}"])
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
            clauses.add(match.start(f"n{number}"), clauses.scan.said[role], APPOINTED)
            read_on(clauses, max(match.end() - 1, 0), match.start(), "")


def read_comers(clauses: Clauses) -> None:
    """Read "Ada Quist joins as CFO", "Ada Quist takes over as CFO"."""
    for pattern in (_COME, _WHO_COMES):
        for match in pattern.finditer(clauses.letters):
            at, verb = match.start("n"), match.start("v")
            since = pattern is _WHO_COMES and clauses.word(verb) in _ONCE
            if (
                (since and re.match(r"[^.;,]*,", clauses.letters[verb + 1 :]))
                or "Z" in match.group()
                or _elsewhere(clauses, verb)
            ):
                continue  # "Ada Quist, who became CEO in 2020, opened the shop" tells no move.
            role = clauses.role_after(verb + 1, ".;PHMLFSYDUO") or clauses.pending(at, PENDING_COME)
            if not role and clauses.word(verb) in _INSTEAD:
                role = clauses.last(DEPARTED)
            left = clauses.pending(at, PENDING_GO)
            if left and re.search(r"\s(?:of|at)\s[^,]*[A-Z]", role):
                clauses.add(
                    at, left, DEPARTED
                )  # "Finance boss quits. Ada Quist will be CFO of Ashlar": she is the one.
            if is_seat(role) and re.match(r"Rpo{0,4}X", clauses.letters[verb + 1 :]):
                continue  # "joins the board of the food charity FareShare"
            if role:
                clauses.come_in(at, role, "J", verb)
                for k in _with_subject(clauses, at):
                    clauses.come_in(k, role, "J", verb)


def _with_subject(clauses: Clauses, at: int) -> list[int]:
    """Return those who do the same: "Ada Quist and Omar Bell become co-CEOs"."""
    several = re.search(r"(?:P[,&]{1,2})+$", clauses.letters[:at])
    return [k for k in range(several.start(), at) if clauses.letters[k] == "P"] if several else []


def _elsewhere(clauses: Clauses, verb: int) -> bool:
    """Return True if somebody joins another company than the rival whom the text names too."""
    return (
        clauses.word(verb).startswith(("join", "becom", "became"))
        and "C" in clauses.letters
        and re.match(r"X", clauses.letters[verb + 1 :]) is not None
    )


def read_successions(clauses: Clauses) -> None:
    """Read "Ada Quist succeeds Omar Bell as CFO", "Omar Bell is succeeded by Ada Quist"."""
    for match in _FOLLOW.finditer(clauses.letters):
        other, verb = match.start("o"), match.start("v")
        one = _subject(clauses, verb)
        told = clauses.role_after(other + 1, ".;,PHMLFSYDWUO")
        if match["by"]:
            role = (clauses.own_role(one) if one is not None else "") or clauses.pending(one or 0, PENDING_GO)
            role = role or (
                clauses.found[clauses.scan.said[one]].role
                if one is not None and clauses.scan.said[one] in clauses.found
                else ""
            )
            if one is not None:
                clauses.add(one, role, DEPARTED)
            clauses.add(other, told or role, APPOINTED)
            continue
        known = clauses.found.get(clauses.scan.said[one]) if one is not None else None
        role = told or (known.role if known else "") or clauses.own_role(other)
        if one is not None and (role or known is None):
            clauses.add(one, role, APPOINTED)
        stays = re.match(r",?W[oB]{0,2}J", clauses.letters[other + 1 :])
        later = clauses.role_after(other + 1 + stays.end(), ".;,PHMLFSYDWUO") if stays else ""
        clauses.add(other, later or told or clauses.own_role(other) or role, APPOINTED if later else DEPARTED)
    for match in re.finditer(r"(?P<n>P)[oB]{0,2}(?P<v>S)A", clauses.letters):
        if clauses.word(match.start("v")) == "replaced":
            clauses.add(match.start("n"), clauses.role_after(match.end("v")), DEPARTED)


def _subject(clauses: Clauses, verb: int) -> int | None:
    """Return the person who succeeds or is succeeded: the last one named in the sentence before the verb."""
    start = max(clauses.letters.rfind(mark, 0, verb) for mark in ".;")
    people = [k for k in range(start + 1, verb) if clauses.letters[k] == "P" and clauses.scan.said[k]]
    return people[-1] if people else None


def read_successors(clauses: Clauses) -> None:
    """Read "her successor is Omar Bell", "her predecessor Ada Quist"."""
    for match in _SUCCESSOR.finditer(clauses.letters):
        at = match.start(next(name for name in ("n", "n2", "n3", "n4") if match[name]))
        said = [k for k in range(match.start(), match.end()) if clauses.letters[k] == "R"]
        clauses.add(at, clauses.scan.said[said[0]] if said else clauses.last(DEPARTED), APPOINTED)
    for match in _PREDECESSOR.finditer(clauses.letters):
        clauses.add(match.start("n"), clauses.last(APPOINTED), DEPARTED)
