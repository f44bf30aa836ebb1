"""Companies in a text: partners, customers, and who was bought. Rules, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classify.rules.beside import is_beside, is_how_to, is_off, only_beside
from classify.rules.company_patterns import (
    ACQUIRED,
    AFTER_PLACE,
    ANY,
    APART,
    BOUGHT,
    CUSTOMERS,
    DIVESTS,
    EARLIER_ASIDE,
    FIRM_BEHIND,
    HANDLE,
    HINTS,
    JOINS,
    JOINT,
    KIND,
    MOSTLY,
    NO_COMPANY,
    OWN_TOO,
    PARTNERS,
    PERHAPS_PARTNERS,
    SPLIT,
    TOGETHERNESS,
    TRADES,
)
from classify.rules.own_sale import sold_name
from classify.rules.places import find_places
from classify.rules.words import COMPANY, DEMONYMS, VERBS, any_of, sentences, tidy, without_form

_KIND_BEHIND = re.compile(rf" (?:{KIND}) (?:called |named )?(?P<name>{COMPANY})(?=\W|$)")
_MORE_BEHIND = re.compile(r" (?P<more>[A-Z][a-z]+)(?=[.,;:!?)](?:\s|$)|[’']s\s|\s+[a-z]|$)")
_UNIT = re.compile(r"(?P<name>(?:[A-Z][\w-]+ )+)(?:unit|division)")
_WE_BOUGHT = re.compile(r"\b(?:we|We|I)(?:['’]ve|\s+have)?\s+(?:just\s+)?(?:bought|acquired|purchased)\b")
_GREETED = re.compile(
    rf"\b(?i:say\s+(?:hi|hello)\s+to|meet|welcome(?:\s+(?:to\s+the\s+family|aboard))?,?|called|named|it[’']s|it\s+is|introducing"
    rf"|team\s+(?:of|at|from|behind))\s+(?:the\s+)?(?P<name>{COMPANY})"
)


def _tried(pattern: re.Pattern[str], lower: str) -> bool:
    """Return True if a pattern can match a text, by the words that it cannot do without."""
    hints = HINTS.get(pattern.pattern)
    return hints is None or any(hint in lower for hint in hints)


def find_partners(text: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return companies named as partners; ``own`` names of the rival are left out."""
    own = tuple(own)
    text = HANDLE.sub("", text)
    if only_beside(text, own) or is_how_to(text):
        return ()
    found = _find((*PARTNERS, *_beside(own)), text, own)
    if not found and any(_says(name, text) for name in own):
        lead = " ".join(sentences(text)[:2])
        found = next((names for pattern in PERHAPS_PARTNERS if (names := _find((pattern,), lead, own))), ())
        found = found or _named_beside(sentences(text)[:1], own)
    return tuple(
        dict.fromkeys(
            partner_said(name, text) for name in found if not is_beside(name, text, of_partners=True)
        )
    )


def partner_said(name: str, text: str) -> str:
    """Return a partner as it is called: without its marketplace, its kind ("Paylater firm Snooze") or "MSP"."""
    kind = re.search(rf"{re.escape(name)}\s+(?:{KIND})\s+(?:called\s+|named\s+)?(?P<name>{COMPANY})", text)
    name = _bare(kind["name"]) if kind else name
    name = re.sub(r"^(?:MSP|ISV|VAR|NGO|POS|ERP|CRM)\s+(?=[A-Z])", "", name)
    bare = re.sub(
        r"(?<=\w)\s+(?:Marketplace|App\s?Store|AppExchange|Partner\s+(?:Network|Program(?:me)?))$", "", name
    )
    return as_said(_with_last_word(bare, text), text) if bare == name else bare


def _with_last_word(name: str, text: str) -> str:
    """Return "Prairie Care Partners" for "Prairie Care": the last word is a common one too, but begins nothing new."""
    found = re.search(
        rf"(?<!\w){re.escape(name)}\s+(?:Partners|Products|Press)(?=[\s.,;:’']|$)(?!\s+(?i:with|to|on|for|in)\b)",
        text,
    )
    return found.group() if found else _with_verb(name, text)


def _with_verb(name: str, text: str) -> str:
    """Return "Eastrack Hosting" for "Eastrack": amid small letters a capital tells that a verb's form is no verb."""
    found = _behind_name(_MORE_BEHIND, name, text)
    if found is None or found["more"].lower() not in VERBS or not _is_quiet(text):
        return name
    return f"{name} {found['more']}"


def _is_quiet(text: str) -> bool:
    """Return True for a text most of whose words begin with small letters, unlike a headline."""
    words = re.findall(r"[^\W\d_]\w*", text)
    return bool(sum(word[0].isupper() for word in words) <= MOSTLY * len(words))


def _named_beside(lead: list[str], own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the companies that a sentence about a partnership names; nothing where all words are capitalised."""
    sentence = "".join(lead)
    if not TOGETHERNESS.search(sentence) or not _is_quiet(sentence):
        return ()
    return _find((ANY,), sentence, own)


def _says(name: str, text: str) -> bool:
    return bool(name) and name.lower() in text.lower()


def _beside(own: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Return patterns of a name set beside the rival's: "Northbeam and Harbour Bank", "Harbour Bank x Northbeam"."""
    if not any(own):
        return []
    rival = rf"(?<!\w)(?i:{any_of(own)})(?!\w)"
    link = r"\s*(?:,|&|\+|×|[🤝♥❤✖♡💙💚💛🧡💜🖤]\ufe0f?|(?<=\s)(?:and|x|X)(?=\s))\s*(?:the\s+)?"
    return [
        re.compile(rf"{rival}{link}(?P<name>{COMPANY})"),
        re.compile(rf"(?P<name>{COMPANY}){link}{rival}"),
    ]


def find_customers(text: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return companies named as customers; ``own`` names of the rival are left out."""
    return _find(CUSTOMERS, text, own)


def find_acquired(text: str, own: Iterable[str] = ()) -> str | None:
    """Return the company or asset that is bought, if the text names one."""
    own = tuple(own)
    if is_off(text) or only_beside(text, own) or is_how_to(text):
        return None
    text = EARLIER_ASIDE.sub(",", text)
    if (sold := sold_name(text, own)) is not None:
        return sold
    lower, target = text.lower(), None
    for pattern in (*ACQUIRED, *_joining(own)):
        for match in pattern.finditer(text) if _tried(pattern, lower) else ():
            for found in _names(match, own):
                name = _without_trade(found)
                unit = pattern.pattern == DIVESTS and name.lower() not in {one.lower() for one in own}
                mine = is_own(name, own) and pattern not in OWN_TOO and not unit
                target = name if mine and pattern.pattern == BOUGHT else target
                if _place_or_people(name):
                    name = _behind(text, match, name)
                if (
                    len(name) > 1
                    and not mine
                    and not _place_or_people(name)
                    and not NO_COMPANY.search(name)
                    and not is_beside(name, text, of_partners=False)
                ):
                    return acquired_said(name, text)
    return _greeted(text, own) or target


def acquired_said(name: str, text: str) -> str:
    """Return what is bought as it is called: without a next line, its kind ("Tasmanian rival Salt") or "unit"."""
    name = on_one_line(name, text)
    kind = _behind_name(_KIND_BEHIND, name, text)
    name = _bare(kind["name"]) if kind else name
    unit = _UNIT.fullmatch(name)
    if unit and not any(_place_or_people(word) for word in unit["name"].split()):
        return unit["name"].strip()
    return as_said(_with_last_word(name, text), text)


def _behind_name(pattern: re.Pattern[str], name: str, text: str) -> re.Match[str] | None:
    """Return the first match right behind the whole name; no pattern need be made for each name."""
    start = text.find(name)
    while start >= 0:
        whole = start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")
        if whole and (found := pattern.match(text, start + len(name))):
            return found
        start = text.find(name, start + 1)
    return None


def on_one_line(name: str, text: str) -> str:
    """Return as much of a name as stands on one line: the dateline under a headline is no part of it."""
    words = name.split()
    ends = (k for k in range(1, len(words)) if name not in text and _breaks(words[k - 1], words[k], text))
    return " ".join(words[: next(ends, len(words))])


def _breaks(one: str, other: str, text: str) -> bool:
    """Return True if a line ends between two words."""
    return re.search(rf"{re.escape(one)}[^\S\n]*\n\s*{re.escape(other)}", text) is not None


def _greeted(text: str, own: tuple[str, ...]) -> str | None:
    """Return the company that a text greets which says that "we" bought one: "Say hi to Receiptly"."""
    if not _WE_BOUGHT.search(text):
        return None
    for found in _GREETED.finditer(text):
        name = _bare(found["name"])
        if not is_own(name, own) and not _place_or_people(name) and not NO_COMPANY.search(name):
            return name
    return None


def _behind(text: str, match: re.Match[str], name: str) -> str:
    """Return the name behind a place: "Lumera" for "buys Boston biotech Lumera"."""
    found = AFTER_PLACE.match(text, match.end("name")) if "name" in match.re.groupindex else None
    return _bare(found["name"]) if found else name


def _joining(own: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Return the pattern of a company that "is joining" the rival; it says a purchase only among talk of one."""
    names = any_of(own)
    return [re.compile(rf"{JOINS}(?:the\s+)?(?i:{names})(?!\w)")] if names else []


def _without_trade(name: str) -> str:
    """Return "WageWise" for "Payroll Platform WageWise": in headlines the trade is capitalised too."""
    return re.sub(rf"^(?:[\w-]+\s+){{0,2}}(?:{TRADES})\s+(?=\S)", "", name)


def _find(patterns: Iterable[re.Pattern[str]], text: str, own: Iterable[str]) -> tuple[str, ...]:
    """Return the companies that patterns find, in their order, each once; at most twelve, none of them the rival."""
    own = tuple(own)
    found: dict[str, None] = {}
    lower = text.lower()
    said = any(_says(name, text) for name in own)
    for pattern in patterns:
        for match in pattern.finditer(text) if _tried(pattern, lower) else ():
            if (
                said
                and pattern.pattern == JOINT
                and not any(is_own(name, own) for name in _names(match, own))
            ):
                continue  # "Co-Development and Commercialization Agreement": two things, none of them the rival.
            if APART.search(text[: _name_start(match)][-40:]):
                continue
            for name in _names(match, own):
                if (
                    len(name) > 1
                    and not is_own(name, own)
                    and not _place_or_people(name)
                    and not NO_COMPANY.search(name)
                ):
                    found.setdefault(name)
    return tuple(found)[:12]


def _name_start(match: re.Match[str]) -> int:
    """Return where the first name of a match begins."""
    groups = ("name", "list", "pair")
    return next((match.start(group) for group in groups if match.groupdict().get(group)), match.start())


def _names(match: re.Match[str], own: tuple[str, ...]) -> list[str]:
    """Return the bare names that a match holds: one or two, a list, or the other one of a pair with the rival."""
    groups = match.groupdict()
    if groups.get("pair"):
        sides = re.split(r"[-–/]", groups["pair"])
        return (
            [side for side in sides if not is_own(side, own)]
            if any(is_own(side, own) for side in sides)
            else []
        )
    listed = [re.sub(r"^(?:[a-z][\w-]*\s+)+", "", part) for part in SPLIT.split(groups.get("list") or "")]
    return [_bare(name) for name in (groups.get("name"), groups.get("other"), *listed) if name]


def _bare(name: str) -> str:
    """Return a name without legal form, without the place before it ("Japan's Hoshi Fire") and without "Danish"."""
    name = without_place(tidy(name.partition("\n")[0]))
    name = re.sub(r"^(?:the|The)\s+", "", without_form(name))
    owner, mark, rest = re.sub(r"['’]s\s+", "\0", name, count=1).partition("\0")
    if mark and rest and _place_or_people(owner):
        name = rest
    first, _, rest = name.partition(" ")
    return rest if rest[:1].isupper() and first in DEMONYMS and not FIRM_BEHIND.match(rest) else name


def _place_or_people(name: str) -> bool:
    """Return True for "Japan", "Irish" or "U.S": where a company is from, not who it is."""
    return (
        name in DEMONYMS
        or name.rstrip(".") in {"U.S", "U.K", "US", "UK", "EU"}
        or name in find_places(f"in {name}")
    )


def without_place(name: str) -> str:
    """Return a name without the next sentence's beginning: "Penarth Cover" for "Penarth Cover Cork-based Bantry"."""
    return re.sub(r"\s+\S+-[Bb]ased\b.*$", "", name)


def as_said(name: str, text: str) -> str:
    """Return "Delta Valve" for "Delta Valve Co.", a legal form, and "Peel & Co." in full: its name ends so."""
    if not name.endswith(" Co") or f"{name}." not in text:
        return name
    return f"{name}." if name.endswith("& Co") else name.removesuffix(" Co").rstrip(" ,")


def is_own(name: str, own: Iterable[str]) -> bool:
    """Return True if a name is one of the rival's own, or begins with it."""
    lower = name.lower()
    return any(
        lower == mine.lower() or lower.startswith(f"{mine.lower()} ") or mine.lower().startswith(f"{lower} ")
        for mine in own
        if mine
    )
