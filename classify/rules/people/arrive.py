# ruff: noqa: E501 (a pattern is read as one line)
"""How sentences tell that somebody is taken in: named, hired, promoted, listed among the new."""

from __future__ import annotations

import re

from classify.rules.people.clauses import ASIDE, PENDING_COME, Clauses, alternative, is_seat
from classify.rules.people.patterns import APPOINTED, DEPARTED

_PASSIVE = re.compile(rf"(?P<n>P){ASIDE}W?(?P<be>[oC]{{0,2}}B)?,?[oB]{{0,2}}(?P<v>[Qm])")
_ACTIVE = re.compile(r"(?P<v>[HQMm])(?P<mid>[^.;PHQMmJLFSYWD]{0,14}?)(?P<n>P)")
_NOUN = re.compile(
    r"(?P<v>E|H(?=p))(?P<mid>(?:[^.;PHJLFSYD]{0,8}?p[NRGCXo,]{0,4}|[^.;PHJLFSYDp]{0,8}:[^.;PHJLFSYD]{0,4}))(?P<n>P)"
)
_OWN_NOUN = re.compile(r"(?P<n>P)[oCp,]{0,4}(?P<v>E)(?=[TAp]N?R)")
_NEXT = re.compile(r"[,&;.:]{1,3}o?(?:N?(?P<before>R),?)?(?P<n>P)(?P<link>(?:,|,?A|T|:)?N?)(?P<after>R)?")
_ROLE_TO = re.compile(
    r"(?P<r>R)[oC]{0,2}(?:[LoOJ]{1,2}T|[BwoJQ]{1,3}b|w|NB)[oNRG]{0,2}(?P<n>P)|[JH]N?(?P<r2>R)o?pX?(?P<n2>P)|J[oC]{0,3}AN?(?P<r3>R)(?:[:,]?|[^P]*-)(?P<n3>P)"
)
_WEAK_SAID = (
    "add adds adding welcome welcomes welcoming introducing introduces announces announced introduced meet make makes made put puts give gives given sign"
    " signs signed bring brings bringing brought moves moved places placed confirms confirmed called picks chose choose seeks hands handed approved asked"
    " unveils unveiled selects select selected proposes added calls congratulate"
)
_WEAK = frozenset(_WEAK_SAID.split())


def read_appointed(clauses: Clauses) -> None:
    """Read "Ada Quist has been appointed CFO", "Ada Quist named CFO"."""
    for match in _PASSIVE.finditer(clauses.letters):
        verb = match.start("v")
        first = re.search(r"[PRHJLFS.;]", clauses.letters[verb + 1 :])
        if "Z" in match.group() or (not match["be"] and (first is None or first.group() != "R")):
            continue
        if re.match(r"[oN]{0,2}T?L", clauses.letters[verb + 1 :]):
            continue
        role = clauses.role_after(verb + 1)
        if role or match["v"] == "m":
            clauses.used.add(verb)
            clauses.come_in(match.start("n"), role, match["v"], verb)
        elif first is not None and clauses.letters[verb + 1 :][:2] in {"U", "NU"}:
            clauses.add(match.start("n"), clauses.last(DEPARTED), APPOINTED)


def read_named(clauses: Clauses) -> None:
    """Read "Northbeam names Ada Quist CFO"."""
    for match in _ACTIVE.finditer(clauses.letters):
        verb, at, mid = match.start("v"), match.start("n"), match["mid"]
        weak = clauses.said(verb) in _WEAK
        if (
            verb in clauses.used
            or clauses.said(verb + 1)
            == "that"  # "announced that its CEO, Ada Quist, will …": her verb is to come.
            or "Z" in clauses.letters[max(0, verb - 2) : verb]
            or (weak and re.search(r"[Tp]|o.*o|^o:", mid) and not re.search(r"R.*:", mid))
        ):
            continue
        _object(clauses, verb, at, mid, weak=weak)


def _object(clauses: Clauses, verb: int, at: int, mid: str, *, weak: bool) -> None:
    """Note those whom a verb takes in, the first of them at ``at``, if a role or the verb alone says so."""
    letters, letter = clauses.letters, clauses.letters[verb]
    end = clauses.listed_end(at)
    before = _role_before(clauses, verb, at)
    role = clauses.role_after(end, ".;PHMmLFSYDWUOQ")
    if re.match(r"[^.;P]*?T?S[^P.;]*(?:[.;]|$)", letters[end:]):
        role = clauses.last(DEPARTED) or role
    if end > at + 1 and not role and not before:
        return
    role = role or (clauses.pending(at, PENDING_COME) if not before else "")
    named = re.match(r"[^.;PL]{0,10}?[HQ]N?R", letters[end:])
    chosen = role or before or (clauses.said(end + named.end() - 1) if named else "")
    strong = not weak and re.match(r"(?:,[^.;P]{1,8},)?(?:p[XC]|T[oJ]|J|[.;]|$)", letters[at + 1 :])
    if not chosen and not (strong and letter in "HQMm"):
        return
    if re.match(r"(?:,[^.;,P]{1,10},)?[oBT]{0,2}L|,?[^.;,P]{0,8},?Y", letters[at + 1 :]) and not role:
        return
    for k in clauses.people(at, end):
        clauses.come_in(k, chosen, letter, verb)
    read_on(clauses, end - 1, verb, chosen if before and not role else "")


def _role_before(clauses: Clauses, verb: int, at: int) -> str:
    """Return the role between a verb and a name, the nearest first; a mere seat gives way to an office."""
    told = [
        clauses.said(k)
        for k in range(at - 1, verb, -1)
        if clauses.letters[k] == "R" and k not in clauses.background
    ]
    return next((role for role in told if not is_seat(role)), told[0] if told else "")


def read_on(clauses: Clauses, at: int, verb: int, shared: str) -> None:
    """Read on where more people stand behind one verb, each with a role, or all with the role told before."""
    end = _past_own(clauses, at + 1)
    while (found := _NEXT.match(clauses.letters, end)) is not None:
        if _to_do(clauses, found.end()):
            clauses.come_in(found.start("n"), "", clauses.letters[verb], verb)
            return
        if _is_apart(clauses, found, shared):
            return
        clauses.come_in(found.start("n"), _role_of(clauses, found, shared), clauses.letters[verb], verb)
        end = found.end()
        more = re.match(r"(?:,?[oNG]{0,3}R?(?:p[XC])+)", clauses.letters[end:])
        end += more.end() if more else 0


def _past_own(clauses: Clauses, end: int) -> int:
    """Return the place behind what is told of a person before the next one: "as CFO", "of Arden", "to lead sales"."""
    skip = re.match(
        r"(?:,|,?A|T|:|,?T?A?)?N?[oC]{0,1}R|,?[oNG]{0,3}R?(?:p[XC])+|,G[^.;P,]{0,6}", clauses.letters[end:]
    )
    end += skip.end() if skip else 0
    told = re.match(r"J[^.;P]{0,4}?(?=[,&])", clauses.letters[end:])
    return end + (told.end() if told else 0)


def _is_apart(clauses: Clauses, found: re.Match[str], shared: str) -> bool:
    """Return True if the next person is not one more: without any role, in another sentence, or with a verb of their own."""
    known = found["before"] or found["after"] or shared
    after = clauses.letters[found.end() : found.end() + 1]
    return not known or "." in found.group()[: found.start("n") - found.start()] or after in set("YLJFSBw")


def _role_of(clauses: Clauses, found: re.Match[str], shared: str) -> str:
    """Return the role behind the next person, else the one before, else the one that all share."""
    if found["after"] and found.start("after") not in clauses.background:
        return clauses.said(found.start("after"))
    return clauses.said(found.start("before")) if found["before"] else shared


def _to_do(clauses: Clauses, at: int) -> bool:
    """Return True for what somebody is taken in to do: "to lead sales"."""
    return clauses.letters[at : at + 1] == "J" and clauses.said(at).startswith("to ")


def read_appointments(clauses: Clauses) -> None:
    """Read "the appointment of Ada Quist as CFO", "Ada Quist's promotion to CFO"."""
    for match in _NOUN.finditer(clauses.letters):
        verb, at = match.start("v"), match.start("n")
        end = clauses.listed_end(at)
        before = clauses.roles(verb + 1, at)
        role = clauses.role_after(end, ".;PHMLFSYDUO") or (before[-1] if before else "")
        for k in clauses.people(at, end) if role else ():
            clauses.come_in(k, role, "E", verb)
        read_on(clauses, end - 1, verb, "")
    for match in _OWN_NOUN.finditer(clauses.letters):
        clauses.come_in(match.start("n"), clauses.role_after(match.end()), "E", match.start("v"))


def read_lists(clauses: Clauses) -> None:
    """Read a list of those who go: "Two leaders are leaving: CTO Ada Quist and CFO Omar Bell"."""
    for match in re.finditer(
        r"(?P<v>[LFD])[^.;:P]{0,6}:(?=[^.LJHQS]*P)|(?P<new>E|NR|N(?=p))[pCXo]{0,4}:(?=[^.LJHQS]*P)",
        clauses.letters,
    ):
        action = APPOINTED if match["new"] else DEPARTED
        if match["new"] and "J" in clauses.letters[match.end() : clauses.end(match.end())]:
            continue
        shared = clauses.said(match.start() + 1) if match["new"] == "NR" else ""
        for k in clauses.people(match.end(), clauses.end(match.end(), ".")):
            role = clauses.own_role(k)
            if role or match["new"]:
                clauses.add(k, role or shared, action)


def read_seated(clauses: Clauses) -> None:
    """Read "Joining the board are Ada Quist, formerly of Arden, and Omar Bell"."""
    for match in re.finditer(r"JC?(?P<r>R?)[oCp]{0,3}B(?P<n>P)", clauses.letters):
        role = clauses.said(match.start("r")) if match["r"] else ""
        for k in clauses.people(match.start("n"), clauses.end(match.start("n"))):
            clauses.add(k, role, APPOINTED)


def read_filled(clauses: Clauses) -> None:
    """Read "the CFO role goes to Ada Quist", "joining us as CFO: Ada Quist"."""
    for match in _ROLE_TO.finditer(clauses.letters):
        number = alternative(match)
        clauses.add(match.start(f"n{number}"), clauses.said(match.start(f"r{number}")), APPOINTED)


_POACHED = re.compile(
    r"(?:^|(?<=[.;:]))[oX]{0,3}X[oB]{0,2}H[oNG]{0,2}(?:C(?P<r>R?),?(?P<n>P)|[oNG]{0,2}(?P<r2>R?)(?P<n2>P)(?:,R,?)?pC(?!X))"
)


def read_poached(clauses: Clauses) -> None:
    """Read "Arden hires Northbeam's CTO Ada Quist" and "Arden hires Ada Quist from Northbeam": she leaves the rival."""
    for match in _POACHED.finditer(clauses.letters):
        number = alternative(match)
        at = match.start(f"n{number}")
        if (
            number
            and clauses.said(at + 1) != "from"
            and "from" not in clauses.scan.said[at + 1 : match.end()]
        ):
            continue
        said = clauses.said(match.start(f"r{number}")) if match[f"r{number}"] else ""
        clauses.add(at, said, DEPARTED)
