# ruff: noqa: E501 (a pattern is read as one line)
"""How sentences tell that somebody goes, is sent away, or hands over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.rules.people.clauses import ASIDE, PENDING_GO, Clauses, is_seat
from classify.rules.people.patterns import APPOINTED, DEPARTED

_OVER = re.compile(
    rf"(?P<n>P){ASIDE}[oB]{{0,2}}(?P<v>O)(?P<mid>[^.;PHQLFSY]{{0,6}}?)T(?P<to>[oRNGC,]{{0,4}})(?P<o>P)"
)
_GO = re.compile(rf"(?P<n>P){ASIDE}W?(?P<mid>[oCXpTBERNw,]{{0,12}}?)(?P<v>L)")
_GO_ADJECTIVE = re.compile(r"(?P<v>L)(?P<mid>R?,?)(?P<n>P)")
_SEND = re.compile(r"(?P<v>F)(?P<mid>[oNRCX:,]{0,6}|[oNC]{0,2}R[op]{0,3}A)(?P<n>P)")
_LOSS = re.compile(r"(?P<v>[DL])(?P<mid>p[oNRCG,]{0,4})(?P<n>P)")
_OWN_LOSS = re.compile(rf"(?P<n>P){ASIDE}(?P<mid>[oCXpTB,]{{0,8}}?)(?P<v>D)")
_ACTING_SAID = "fired removed sacked terminated replaced dismissed suspended left out off go goes gone ousted walks exit exits cease ceases vacate"
_ACTING = frozenset(_ACTING_SAID.split())
_BACK_THEN = frozenset(["after", "since", "before", "when", "until"])
_SENT = frozenset(
    [
        "outgoing",
        "departing",
        "retiring",
        "ousted",
        "fired",
        "removed",
        "dismissed",
        "sacked",
        "terminated",
        "suspended",
    ]
) | {"pushed out", "forced out", "let go"}


def read_leavers(clauses: Clauses) -> None:
    """Read "Ada Quist steps down as CEO"."""
    for match in _GO.finditer(clauses.letters):
        _leaves(clauses, match.start("n"), match.start("v"), match["mid"])
    for match in _GO_ADJECTIVE.finditer(clauses.letters):
        if clauses.said(match.start("v")) in _SENT and clauses.letters[
            match.start() - 1 : match.start()
        ] not in {"P", "B"}:
            clauses.add(match.start("n"), clauses.own_role(match.start("n")), DEPARTED)


def _leaves(clauses: Clauses, at: int, verb: int, mid: str) -> None:
    if _says_otherwise(clauses, at, verb, mid) or _others(clauses, verb, mid):
        return
    role = _role_left(clauses, at, verb)
    clauses.add(at, role, DEPARTED)
    for other, own in _beside(clauses, at):
        clauses.add(other, own or role, DEPARTED)


def _says_otherwise(clauses: Clauses, at: int, verb: int, mid: str) -> bool:
    """Return True if the verb tells no departure: it is denied, past, about something else, or a way to the rival."""
    letters, word = clauses.letters, clauses.said(verb)
    behind = letters[verb + 1 :]
    moved = word in {"moved from", "moves from"} and not behind.startswith("C")
    about = word.endswith("ing") and re.search(r"[op]$", mid) and "B" not in mid and "w" not in mid
    again = bool(clauses.said(at)) and clauses.first(clauses.said(at)) < at
    past = again and clauses.said(at - 1) in _BACK_THEN
    former = re.search(r"GR,?$", letters[:at])
    transitive = word in _ACTING and behind[:1] in {"o", "X"} and "B" not in mid
    to_rival = re.match(r"p?X[^.;P]{0,8}?[TJ]{1,2}C", behind)
    denied = clauses.denied(at) or "Z" in letters[at:verb]
    handed_over = re.search(r"O[^.;PL]*T[^.;PL]*$", letters[:at]) and re.search(r"&$", letters[:verb])
    return bool(moved or about or past or former or transitive or to_rival or denied or handed_over)


def _role_left(clauses: Clauses, at: int, verb: int) -> str:
    """Return the role that is given up: told behind the verb, beside the name, before, between, or in a signature."""
    letters, said = clauses.letters, clauses.scan.said
    # What follows "to become" or "into" is where they go.
    onward = (k for k in range(verb, len(letters)) if letters[k] == "w" or _is_onward(clauses, k))
    role = clauses.role_after(verb + 1, ".;PHMJLFSYDWUOT:", next(onward, len(letters)))
    if not role or is_seat(role):
        role = _role_beside(clauses, at) or clauses.own_role(at) or clauses.pending(at, PENDING_GO) or role
    # "…, where she was brand director", "… on Friday. He has been our operations director."
    where = re.match(r"[^.;]{0,4}GPB(?=R)|[^P;]{0,4}\.PB(?=R)", letters[verb + 1 :])
    inside = (said[k] for k in range(at, verb) if letters[k] == "R" and k not in clauses.background)
    signed = re.search(r"-P,G?(?=R)", letters)
    by_signer = signed and said[signed.start() + 1] == said[at]
    return (
        role
        or (said[verb + 1 + where.end()] if where else "")
        or next(inside, "")
        or (said[signed.end()] if signed and by_signer else "")
    )


def _role_beside(clauses: Clauses, at: int) -> str:
    """Return the role right behind a name, though it is told with a firm: "Ada Quist, finance director at the brewer"."""
    behind = re.match(r",(?=Rp)", clauses.letters[at + 1 :])
    return clauses.said(at + 2) if behind else ""


def _is_onward(clauses: Clauses, k: int) -> bool:
    return clauses.letters[k] == "A" and clauses.said(k).startswith(("to be", "to serve", "into"))


def _others(clauses: Clauses, verb: int, mid: str) -> bool:
    """Return True if the one who goes is told by a role of their own, and the person only stands before it."""
    behind = re.search(r"R[oBTNw]*$", mid)
    return behind is not None and not is_seat(clauses.said(verb - len(mid) + behind.start()))


def _beside(clauses: Clauses, at: int) -> Iterator[tuple[int, str]]:
    """Yield those who are named with a subject: "VP Ada Quist and CTO Omar Bell leave"."""
    before = re.search(r"(?:R?,?P(?:,R)?[,&]{1,2})+R?,?$", clauses.letters[:at])
    for k in clauses.people(before.start(), at) if before else ():
        yield k, clauses.own_role(k)


def read_dismissed(clauses: Clauses) -> None:
    """Read "Northbeam parts with its CFO, Ada Quist"."""
    for match in _SEND.finditer(clauses.letters):
        at = match.start("n")
        if (
            clauses.said(match.start("v")) in {"thanks", "thank", "lost", "lose", "loses"}
            and not clauses.own_role(at)
            and "R" not in match["mid"]
        ):
            continue
        shared = next(iter(clauses.roles(match.start("mid"), at)), "")
        clauses.add(at, clauses.own_role(at) or shared, DEPARTED)
        for k in clauses.people(at + 1, clauses.listed_end(at)):
            clauses.add(k, shared, DEPARTED)


def read_losses(clauses: Clauses) -> None:
    """Read "the departure of CFO Ada Quist", "Ada Quist's resignation as CFO"."""
    for match in _LOSS.finditer(clauses.letters):
        at = match.start("n")
        if match["v"] == "L" and clauses.said(match.start("v")) not in {"exit", "stepping down", "leaving"}:
            continue
        clauses.add(at, clauses.own_role(at) or clauses.role_after(at + 1), DEPARTED)
    for match in _OWN_LOSS.finditer(clauses.letters):
        clauses.add(
            match.start("n"),
            clauses.role_after(match.end("v")) or clauses.own_role(match.start("n")),
            DEPARTED,
        )


def read_handovers(clauses: Clauses) -> None:
    """Read "Ada Quist hands the CEO role to Omar Bell"."""
    for match in _OVER.finditer(clauses.letters):
        at, other = match.start("n"), match.start("o")
        if clauses.first(clauses.said(at)) < at and clauses.said(at - 1) in _BACK_THEN:
            continue  # "Ada Quist returns, two years after she handed over to Omar Bell".
        handed = clauses.roles(*match.span("mid"))
        role = handed[0] if handed else clauses.own_role(at) or clauses.pending(at, PENDING_GO)
        stays = re.match(r"[^.;P]{0,6}&T?J", clauses.letters[other + 1 :])
        later = clauses.role_after(other + 1 + stays.end()) if stays else ""
        clauses.add(at, later or role, APPOINTED if later else DEPARTED)
        clauses.add(other, role, APPOINTED)
