# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Rules over the letters of a text: who came, rose or left, and in which role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from classify.facts_people_scan import Scan
from classify.people_patterns import APPOINTED, DEPARTED, PROMOTED

_ASIDE = r"(?:p[XC])?(?:,W[^.;,P]{1,16},|(?:,[^.;,PHQMmJLFSYW]{1,14}){1,3},|,(?=W))?"
_PASSIVE = re.compile(rf"(?P<n>P){_ASIDE}W?(?P<be>[oC]{{0,2}}B)?,?[oB]{{0,2}}(?P<v>[Qm])")
_ACTIVE = re.compile(r"(?P<v>[HQMm])(?P<mid>[^.;PHQMmJLFSYWD]{0,14}?)(?P<n>P)")
_NOUN = re.compile(
    r"(?P<v>E|H(?=p))(?P<mid>(?:[^.;PHJLFSYD]{0,8}?p[NRGCXo,]{0,4}|[^.;PHJLFSYDp]{0,8}:[^.;PHJLFSYD]{0,4}))(?P<n>P)"
)
_OWN_NOUN = re.compile(r"(?P<n>P)[oCp,]{0,4}(?P<v>E)(?=[TAp]N?R)")
_SHARED = re.compile(r"P(?:,?&?P)+")
_NEXT = re.compile(r"[,&;.:]{1,3}o?(?:N?(?P<before>R),?)?(?P<n>P)(?P<link>(?:,|,?A|T|:)?N?)(?P<after>R)?")
_OVER = re.compile(
    rf"(?P<n>P){_ASIDE}[oB]{{0,2}}(?P<v>O)(?P<mid>[^.;PHQLFSY]{{0,6}}?)T(?P<to>[oRNGC,]{{0,4}})(?P<o>P)"
)
_FOLLOW = re.compile(r"(?P<v>S)(?P<by>b)?(?P<mid>[oNRGCXL,]{0,5})(?P<o>P)")
_GO = re.compile(rf"(?P<n>P){_ASIDE}W?(?P<mid>[oCXpTBERNw,]{{0,12}}?)(?P<v>L)")
_GO_ADJECTIVE = re.compile(r"(?P<v>L)(?P<mid>R?,?)(?P<n>P)")
_SEND = re.compile(r"(?P<v>F)(?P<mid>[oNRCX:,]{0,6}|[oNC]{0,2}R[op]{0,3}A)(?P<n>P)")
_LOSS = re.compile(r"(?P<v>[DL])(?P<mid>p[oNRCG,]{0,4})(?P<n>P)")
_OWN_LOSS = re.compile(rf"(?P<n>P){_ASIDE}(?P<mid>[oCXpTB,]{{0,8}}?)(?P<v>D)")
_ROLE_TO = re.compile(
    r"(?P<r>R)[oC]{0,2}(?:[LoOJ]{1,2}T|[BwoJQ]{1,3}b|w|NB)[oNRG]{0,2}(?P<n>P)|[JH]N?(?P<r2>R)o?pX?(?P<n2>P)|J[oC]{0,3}AN?(?P<r3>R)(?:[:,]?|[^P]*-)(?P<n3>P)"
)
_IS_NEW = re.compile(
    rf"(?P<n>P){_ASIDE}(?:B|w)C?(?P<r>NR)|(?P<n2>P){_ASIDE},?w[oN]{{0,2}}(?P<r2>R)|N(?P<r3>R)(?:[oC]{{0,2}}(?:B|w|p|[,:.])?|[oCpX]{{0,4}}:)(?P<n3>P)|(?P<n4>P),?A?(?P<r4>NR)|(?<![SF])(?P<n5>P)[,p]?A(?P<r5>R)"
)
_COME = re.compile(rf"(?P<n>P){_ASIDE}(?P<mid>,?[oBTCwp]{{0,4}})(?P<v>J)")
_WHO_COMES = re.compile(r"(?P<n>P),?W[oBTC]{0,3}(?P<v>J)")
_SUCCESSOR = re.compile(
    r"(?P<v>U)(?P<mid>[^.;PpT]{0,6}?)(?P<n>P)|(?P<n2>P)[oB]{0,2}[Qw]T?N?U|(?P<n3>P),?S(?=[.,;]|$)|L,?&?(?P<n4>P)p(?=[.,;]|$)"
)
_PREDECESSOR = re.compile(r"u,?(?P<n>P)(?![oB,]{0,2}J)")
_BACK = re.compile(r"G[oXNpC]{0,3}R(?:&R)?|(?<![AN])R(?=pX)")
_PENDING_COME = re.compile(r"(?:[HQN]|B)N?[oC]{0,2}(?P<r>R)[^P.;:]{0,12}[.:]|(?:^|(?<=[.;]))N?(?P<r2>R):")
_PENDING_GO = re.compile(
    r"(?P<r>R)[oBT]{0,3}L[^P.;:]{0,16}[.:]|F[oCN]{0,2}(?P<r2>R)[^P.;:]{0,6}:|(?P<r3>R)[CpX]{0,4}:"
)
_WEAK_SAID = (
    "add adds adding welcome welcomes welcoming introducing introduces announces announced introduced meet make makes made put puts give gives given sign"
    " signs signed bring brings bringing brought moves moved places placed confirms confirmed called picks chose choose seeks hands handed approved asked"
    " unveils unveiled selects select selected proposes added calls congratulate"
)
_WEAK = frozenset(_WEAK_SAID.split())
_ACTING_SAID = "fired removed sacked terminated replaced dismissed suspended left out off go goes gone ousted walks exit exits cease ceases vacate"
_ACTING = frozenset(_ACTING_SAID.split())
_ONCE = frozenset(["became", "joined", "took over", "returned", "moved to", "moved into"])
_INSTEAD = frozenset(
    ["takes over", "took over", "take over", "taking over", "steps in", "stepped in", "stands in", "fills in"]
)
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
_PLURAL = re.compile(
    r"\b(?<!of )(director|co-founder|officer|member|president|head|partner|manager|executive|chief|adviser|advisor|founder)s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Move:
    """What became of a person, and where in the text that stands."""

    name: str
    role: str
    action: str
    place: int


def moves(scanned: Scan) -> list[Move]:
    """Return what the letters tell of people, each person once, in order of the text."""
    return _Reader(scanned).read()


@dataclass(slots=True)
class _Reader:
    scan: Scan
    found: dict[str, Move] = field(default_factory=dict)
    background: frozenset[int] = frozenset()
    used: set[int] = field(default_factory=set)

    @property
    def letters(self) -> str:
        return self.scan.letters

    def read(self) -> list[Move]:
        if "P" not in self.letters:
            return []
        self.background = frozenset(
            m.start() + k for m in _BACK.finditer(self.letters) for k, c in enumerate(m.group()) if c == "R"
        )
        for rule in (
            self._go, self._passive, self._active, self._noun, self._over, self._send, self._listed, self._loss, self._seated, self._role_to,
            self._is_new, self._come, self._follow, self._successor,
        ):  # fmt: skip
            rule()
        return sorted((move for move in self.found.values() if move.name), key=lambda move: move.place)

    # What all rules share

    def _add(self, at: int, role: str, action: str) -> bool:
        """Note what became of the person at a place; the first, surest rule wins."""
        name = self.scan.said[at]
        if name in self.found:
            if role and not self.found[name].role and self.found[name].action == action:
                self.found[name] = replace(self.found[name], role=_singular(role))
            return False
        first = self._first(name)
        self.found[name] = Move(name, _singular(role), action, self.scan.places[first])
        return True

    def _first(self, name: str) -> int:
        return next(i for i, said in enumerate(self.scan.said) if said == name and self.letters[i] == "P")

    def _end(self, i: int, marks: str = ".;") -> int:
        """Return where the clause of place ``i`` ends."""
        return next((k for k in range(i, len(self.letters)) if self.letters[k] in marks), len(self.letters))

    def _role_after(self, i: int, stop: str = ".;PHMLFSYDWUO", end: int = 10**6) -> str:
        """Return the role told behind place ``i``: one behind "as" before any other; a mere seat gives way to an office."""
        behind, k = "", i
        i = max(i, 0)
        while k < min(end, len(self.letters)) and self.letters[k] not in stop:
            if self.letters[k] == "R" and k not in self.background:
                sure = re.search(r"[Aw][CNX]{0,2}$", self.letters[i:k]) is not None
                role = self._office(k)
                if sure and not _is_seat(role):
                    return role
                if not behind or (_is_seat(behind) and sure):
                    behind = role if sure or self._near(i, k) else behind
            k += 1
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

    def _own_role(self, at: int) -> str:
        """Return the role that stands right before or behind a person."""
        letters = self.letters
        before = re.search(r"R(?:po{1,2})?(?:pC)?,?$", letters[:at])
        if before and before.start() not in self.background:
            return self.scan.said[before.start()]
        behind = re.match(r",[oNC]{0,2}R", letters[at + 1 :])
        if behind:
            k = at + behind.end()
            return "" if k in self.background else self.scan.said[k]
        earlier = self.scan.said.index(self.scan.said[at])
        return self._own_role(earlier) if earlier < at else ""

    def _pending(self, at: int, pattern: re.Pattern[str]) -> str:
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

    def _word(self, at: int) -> str:
        return self.scan.said[at]

    def _last(self, action: str, before: int = 10**9) -> str:
        """Return the role of the one who was last found to have come or gone."""
        roles = [
            m.role for m in self.found.values() if (m.action == DEPARTED) == (action == DEPARTED) and m.role
        ]
        return roles[-1] if roles else ""

    # Rules

    def _go(self) -> None:
        for match in _GO.finditer(self.letters):
            self._leaves(match.start("n"), match.start("v"), match["mid"])
        for match in _GO_ADJECTIVE.finditer(self.letters):
            if self._word(match.start("v")) in _SENT and self.letters[
                match.start() - 1 : match.start()
            ] not in {"P", "B"}:
                self._add(match.start("n"), self._own_role(match.start("n")), DEPARTED)

    def _leaves(self, at: int, verb: int, mid: str) -> None:
        letters, word = self.letters, self._word(verb)
        if word in {"moved from", "moves from"} and letters[verb + 1 : verb + 2] != "C":
            return
        about = (
            self._word(verb).endswith("ing")
            and re.search(r"[op]$", mid)
            and "B" not in mid
            and "w" not in mid
        )
        again = self._first(self.scan.said[at]) < at if self.scan.said[at] else False
        past = again and self._word(at - 1) in {"after", "since", "before", "when", "until"}
        former = about or past or re.search(r"GR,?$", letters[:at])
        if (
            former
            or self._denied(at)
            or "Z" in letters[at:verb]
            or (word in _ACTING and letters[verb + 1 : verb + 2] in {"o", "X"} and "B" not in mid)
        ):
            return
        if re.match(r"p?X[^.;P]{0,8}?[TJ]{1,2}C", letters[verb + 1 :]) or self._others(verb, mid):
            return
        onward = next(
            (
                k
                for k in range(verb, len(letters))
                if letters[k] == "w"
                or (letters[k] == "A" and self._word(k).startswith(("to be", "to serve", "into")))
            ),
            len(letters),
        )
        role = self._role_after(verb + 1, ".;PHMJLFSYDWUOT:", onward)
        if not role or _is_seat(role):
            role = self._own_role(at) or self._pending(at, _PENDING_GO) or role
        where = re.match(r"[^.;]{0,4}GPB(?=R)", letters[verb + 1 :])
        role = role or (self.scan.said[verb + 1 + where.end()] if where else "")
        inside = [
            self.scan.said[k] for k in range(at, verb) if letters[k] == "R" and k not in self.background
        ]
        role = role or (inside[0] if inside else "")
        signed = re.search(r"-P,G?(?=R)", letters) if not role else None
        role = (
            self.scan.said[signed.end()]
            if signed and self.scan.said[signed.start() + 1] == self.scan.said[at]
            else role
        )
        self._add(at, role, DEPARTED)
        for other, own in self._beside(at):
            self._add(other, own or role, DEPARTED)

    def _denied(self, at: int) -> bool:
        """Return True if the sentence denies what it tells of a person."""
        start = max(letters.rfind(mark, 0, at) for mark in ".;") if (letters := self.letters) else 0
        return any(letters[k] == "Z" and self._word(k) != "not" for k in range(start + 1, at))

    def _others(self, verb: int, mid: str) -> bool:
        """Return True if the one who goes is told by a role of their own, and the person only stands before it."""
        behind = re.search(r"R[oBTNw]*$", mid)
        return behind is not None and not _is_seat(self.scan.said[verb - len(mid) + behind.start()])

    def _listed(self) -> None:
        """Read a list of those who go: "Two leaders are leaving: CTO Ada Quist and CFO Omar Bell"."""
        for match in re.finditer(
            r"(?P<v>[LFD])[^.;:P]{0,6}:(?=[^.LJHQS]*P)|(?P<new>E|NR|N(?=p))[pCX]{0,3}:(?=[^.LJHQS]*P)",
            self.letters,
        ):
            action = APPOINTED if match["new"] else DEPARTED
            if match["new"] and "J" in self.letters[match.end() : self._end(match.end())]:
                continue
            shared = self.scan.said[match.start() + 1] if match["new"] == "NR" else ""
            for k in range(match.end(), self._end(match.end(), ".")):
                role = self._own_role(k) if self.letters[k] == "P" else ""
                if self.letters[k] == "P" and (role or match["new"]):
                    self._add(k, role or shared, action)

    def _beside(self, at: int) -> Iterator[tuple[int, str]]:
        """Yield those who are named with a subject: "VP Ada Quist and CTO Omar Bell leave"."""
        before = re.search(r"(?:R?,?P(?:,R)?[,&]{1,2})+R?,?$", self.letters[:at])
        for k in range(before.start(), at) if before else ():
            if self.letters[k] == "P":
                yield k, self._own_role(k)

    def _passive(self) -> None:
        for match in _PASSIVE.finditer(self.letters):
            verb = match.start("v")
            first = re.search(r"[PRHJLFS.;]", self.letters[verb + 1 :])
            if "Z" in match.group() or (not match["be"] and (first is None or first.group() != "R")):
                continue
            if re.match(r"[oN]{0,2}T?L", self.letters[verb + 1 :]):
                continue
            role = self._role_after(verb + 1)
            if role or match["v"] == "m":
                self.used.add(verb)
                self._come_in(match.start("n"), role, match["v"], verb)
            elif first is not None and self.letters[verb + 1 :][:2] in {"U", "NU"}:
                self._add(match.start("n"), self._last(DEPARTED), APPOINTED)

    def _come_in(self, at: int, role: str, letter: str, verb: int) -> None:
        if re.search(r"GC+R,?$", self.letters[:at]) and re.search(r"\s(?:of|at)\s+[A-Z]", role):
            return  # "Former Northbeam CFO Ada Quist named CFO of Lumo": her new role is elsewhere.
        word = self._word(verb)
        risen = letter in "Mm" or word.startswith(
            ("promot", "elevat", "moves up", "moved up", "move up", "rises", "ascend")
        )
        self._add(at, role, PROMOTED if risen else APPOINTED)

    def _active(self) -> None:
        for match in _ACTIVE.finditer(self.letters):
            verb, at, mid = match.start("v"), match.start("n"), match["mid"]
            weak = self._word(verb) in _WEAK
            if (
                verb in self.used
                or "Z" in self.letters[max(0, verb - 2) : verb]
                or (weak and re.search(r"[Tp]|o.*o|^o:", mid) and not re.search(r"R.*:", mid))
            ):
                continue
            self._object(verb, at, mid, weak=weak)

    def _object(self, verb: int, at: int, mid: str, *, weak: bool) -> None:
        letters, letter = self.letters, self.letters[verb]
        several = _SHARED.match(letters, at)
        last = several.end() - 1 if several else at
        role = self._role_after(last + 1, ".;PHMmLFSYDWUOQ")
        told = [
            self.scan.said[k]
            for k in range(at - 1, verb, -1)
            if letters[k] == "R" and k not in self.background
        ]
        before = next((one for one in told if not _is_seat(one)), told[0] if told else "")
        if re.match(r"[^.;P]*?T?S[^P.;]*(?:[.;]|$)", letters[last + 1 :]) and self._last(DEPARTED):
            role = self._last(DEPARTED)
        if several and not role and not before:
            return
        named = re.match(r"[^.;PL]{0,10}?[HQ]N?R", letters[last + 1 :])
        role = role or (self._pending(at, _PENDING_COME) if not before else "")
        chosen = role or before or (self.scan.said[last + named.end()] if named else "")
        strong = not weak and re.match(r"(?:,[^.;P]{1,8},)?(?:p[XC]|T[oJ]|J|[.;]|$)", letters[at + 1 :])
        if not chosen and not (strong and letter in "HQMm"):
            return
        if re.match(r"(?:,[^.;,P]{1,10},)?[oBT]{0,2}L|,?[^.;,P]{0,8},?Y", letters[at + 1 :]) and not role:
            return
        for k in range(at, last + 1):
            if letters[k] == "P":
                self._come_in(k, chosen, letter, verb)
        self._list(last, verb, chosen if before and not role else "")

    def _list(self, at: int, verb: int, shared: str) -> None:
        """Read on where more people stand behind one verb, each with a role, or all with the role told before."""
        end = at + 1
        skip = re.match(
            r"(?:,|,?A|T|:|,?T?A?)?N?[oC]{0,1}R|,?[oNG]{0,3}R?(?:p[XC])+|,G[^.;P,]{0,6}", self.letters[end:]
        )
        end += skip.end() if skip else 0
        told = re.match(r"J[^.;P]{0,4}?(?=[,&])", self.letters[end:])
        end += told.end() if told else 0
        while (found := _NEXT.match(self.letters, end)) is not None:
            if self._to_do(found.end()):
                self._come_in(found.start("n"), found["after"] or "", self.letters[verb], verb)
                return
            known = found["before"] or found["after"]
            after = self.letters[found.end() : found.end() + 1]
            if (
                "." in found.group()[: found.start("n") - found.start()]
                or (not known and not shared)
                or (after in "YLJFSBw" and after)
            ):
                return
            place = (
                found.start("after") if found["after"] and found.start("after") not in self.background else -1
            )
            role = (
                self.scan.said[place]
                if place > 0
                else self.scan.said[found.start("before")]
                if found["before"]
                else shared
            )
            self._come_in(found.start("n"), role, self.letters[verb], verb)
            end = found.end()
            more = re.match(r"(?:,?[oNG]{0,3}R?(?:p[XC])+)", self.letters[end:])
            end += more.end() if more else 0

    def _to_do(self, at: int) -> bool:
        """Return True for what somebody is taken in to do: "to lead sales"."""
        return self.letters[at : at + 1] == "J" and self._word(at).startswith("to ")

    def _noun(self) -> None:
        for match in _NOUN.finditer(self.letters):
            verb, at = match.start("v"), match.start("n")
            several = _SHARED.match(self.letters, at)
            last = several.end() - 1 if several else at
            role = self._role_after(last + 1, ".;PHMLFSYDUO") or next(
                (self.scan.said[k] for k in range(at - 1, verb, -1) if self.letters[k] == "R"), ""
            )
            for k in range(at, last + 1):
                if role and self.letters[k] == "P":
                    self._come_in(k, role, "E", verb)
            self._list(last, verb, "")
        for match in _OWN_NOUN.finditer(self.letters):
            self._come_in(match.start("n"), self._role_after(match.end()), "E", match.start("v"))

    def _over(self) -> None:
        for match in _OVER.finditer(self.letters):
            at, other = match.start("n"), match.start("o")
            said = [k for k in range(match.start("mid"), match.end("mid")) if self.letters[k] == "R"]
            role = self.scan.said[said[0]] if said else self._own_role(at) or self._pending(at, _PENDING_GO)
            stays = re.match(r"[^.;P]{0,6}&T?J", self.letters[other + 1 :])
            later = self._role_after(other + 1 + stays.end()) if stays else ""
            self._add(at, later or role, APPOINTED if later else DEPARTED)
            self._add(other, role, APPOINTED)

    def _follow(self) -> None:
        for match in _FOLLOW.finditer(self.letters):
            other, verb = match.start("o"), match.start("v")
            one = self._subject(verb)
            told = self._role_after(other + 1, ".;,PHMLFSYDWUO")
            if match["by"]:
                role = (self._own_role(one) if one is not None else "") or self._pending(
                    one or 0, _PENDING_GO
                )
                role = role or (
                    self.found[self.scan.said[one]].role
                    if one is not None and self.scan.said[one] in self.found
                    else ""
                )
                if one is not None:
                    self._add(one, role, DEPARTED)
                self._add(other, told or role, APPOINTED)
                continue
            known = self.found.get(self.scan.said[one]) if one is not None else None
            role = told or (known.role if known else "") or self._own_role(other)
            if one is not None and (role or known is None):
                self._add(one, role, APPOINTED)
            stays = re.match(r",?W[oB]{0,2}J", self.letters[other + 1 :])
            later = self._role_after(other + 1 + stays.end(), ".;,PHMLFSYDWUO") if stays else ""
            self._add(other, later or told or self._own_role(other) or role, APPOINTED if later else DEPARTED)
        for match in re.finditer(r"(?P<n>P)[oB]{0,2}(?P<v>S)A", self.letters):
            if self._word(match.start("v")) == "replaced":
                self._add(match.start("n"), self._role_after(match.end("v")), DEPARTED)

    def _subject(self, verb: int) -> int | None:
        """Return the person who succeeds or is succeeded: the last one named in the sentence before the verb."""
        start = max(self.letters.rfind(mark, 0, verb) for mark in ".;")
        people = [k for k in range(start + 1, verb) if self.letters[k] == "P" and self.scan.said[k]]
        return people[-1] if people else None

    def _send(self) -> None:
        for match in _SEND.finditer(self.letters):
            at = match.start("n")
            if (
                self._word(match.start("v")) in {"thanks", "thank", "lost", "lose", "loses"}
                and not self._own_role(at)
                and "R" not in match["mid"]
            ):
                continue
            shared = next(
                (self.scan.said[k] for k in range(match.start("mid"), at) if self.letters[k] == "R"), ""
            )
            self._add(at, self._own_role(at) or shared, DEPARTED)
            for k in self._also(at):
                self._add(k, shared, DEPARTED)

    def _also(self, at: int) -> list[int]:
        several = _SHARED.match(self.letters, at)
        return [k for k in range(at + 1, several.end()) if self.letters[k] == "P"] if several else []

    def _loss(self) -> None:
        for match in _LOSS.finditer(self.letters):
            at = match.start("n")
            if match["v"] == "L" and self._word(match.start("v")) not in {"exit", "stepping down", "leaving"}:
                continue
            self._add(at, self._own_role(at) or self._role_after(at + 1), DEPARTED)
        for match in _OWN_LOSS.finditer(self.letters):
            self._add(
                match.start("n"),
                self._role_after(match.end("v")) or self._own_role(match.start("n")),
                DEPARTED,
            )

    def _seated(self) -> None:
        """Read "Joining the board are Ada Quist, formerly of Arden, and Omar Bell"."""
        for match in re.finditer(r"JC?(?P<r>R?)[oCp]{0,3}B(?P<n>P)", self.letters):
            role = self.scan.said[match.start("r")] if match["r"] else ""
            for k in range(match.start("n"), self._end(match.start("n"))):
                if self.letters[k] == "P":
                    self._add(k, role, APPOINTED)

    def _role_to(self) -> None:
        for match in _ROLE_TO.finditer(self.letters):
            number = next(k for k in ("", "2", "3") if match[f"n{k}"])
            self._add(match.start(f"n{number}"), self.scan.said[match.start(f"r{number}")], APPOINTED)

    def _is_new(self) -> None:
        for match in re.finditer(r"NR[oCpX]{0,4}:(?P<people>P(?:,?&?P)+)", self.letters):
            for k in range(match.start("people"), match.end()):
                if self.letters[k] == "P":
                    self._add(k, self.scan.said[match.start() + 1], APPOINTED)
        for match in _IS_NEW.finditer(self.letters):
            number = next(k for k in ("", "2", "3", "4", "5") if match[f"n{k}"])
            role = match.end(f"r{number}") - 1
            at = match.start(f"n{number}")
            if (
                number == "3"
                and ":" in match.group()
                and re.match(rf"P{_ASIDE},?[oBw]{{0,2}}J[^.;P]{{0,6}}R|P,R", self.letters[at:])
            ):
                continue  # "A new boss: Ada Quist becomes CEO", "our new VPs: Ada Quist (VP Sales)": their own role is told.
            if number == "5" and re.search(r"S[NRGCo,]{0,4}$", self.letters[: match.start()]):
                continue
            if role not in self.background and self.letters[match.end() : match.end() + 1] != "L":
                self._add(match.start(f"n{number}"), self.scan.said[role], APPOINTED)
                self._list(max(match.end() - 1, 0), match.start(), "")

    def _come(self) -> None:
        for pattern in (_COME, _WHO_COMES):
            for match in pattern.finditer(self.letters):
                at, verb = match.start("n"), match.start("v")
                since = pattern is _WHO_COMES and self._word(verb) in _ONCE
                if (
                    (since and re.match(r"[^.;,]*,", self.letters[verb + 1 :]))
                    or "Z" in match.group()
                    or self._elsewhere(verb)
                ):
                    continue  # "Ada Quist, who became CEO in 2020, opened the shop" tells no move.
                role = self._role_after(verb + 1, ".;PHMLFSYDUO") or self._pending(at, _PENDING_COME)
                if not role and self._word(verb) in _INSTEAD:
                    role = self._last(DEPARTED)
                left = self._pending(at, _PENDING_GO)
                if left and re.search(r"\s(?:of|at)\s[^,]*[A-Z]", role):
                    self._add(
                        at, left, DEPARTED
                    )  # "Finance boss quits. Ada Quist will be CFO of Ashlar": she is the one.
                if role:
                    self._come_in(at, role, "J", verb)

    def _elsewhere(self, verb: int) -> bool:
        """Return True if somebody joins another company than the rival whom the text names too."""
        return (
            self._word(verb).startswith(("join", "becom", "became"))
            and "C" in self.letters
            and re.match(r"X", self.letters[verb + 1 :]) is not None
        )

    def _successor(self) -> None:
        for match in _SUCCESSOR.finditer(self.letters):
            at = match.start(next(name for name in ("n", "n2", "n3", "n4") if match[name]))
            said = [k for k in range(match.start(), match.end()) if self.letters[k] == "R"]
            self._add(at, self.scan.said[said[0]] if said else self._last(DEPARTED), APPOINTED)
        for match in _PREDECESSOR.finditer(self.letters):
            self._add(match.start("n"), self._last(APPOINTED), DEPARTED)


def _is_seat(role: str) -> bool:
    return role.lower() in {
        "board",
        "board of directors",
        "management board",
        "executive board",
        "member",
    } or role.lower().startswith("member")


def _singular(role: str) -> str:
    return _PLURAL.sub(r"\1", role)
