"""Finding accounts by name: one automaton for all names, then verification of every hit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ahocorasick

from linking.folding import Folded, fold, fold_text
from linking.patterns import patterns
from store.accounts import Account

_PATTERNS = patterns("names")

#: Legal forms that people leave out; matched at the end of a folded name.
SUFFIX = _PATTERNS["suffix"]
#: Single words that are names and also ordinary English; such a name counts only with further proof.
_WORDS = tomllib.loads((Path(__file__).parent / "data" / "names.toml").read_text(encoding="utf-8"))
COMMON = frozenset(_WORDS["common"].split())
#: A capitalised word after a name that makes it another thing: a building, an event, a person, another firm.
OTHER_THING = frozenset(_WORDS["other_thing"].split())
#: Capitalised words before a name that make it another name, also at the start of a sentence.
OTHER_NAME = frozenset(_WORDS["other_name"].split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A verified place where an account's name stands, by its range in the folded sentence.

    ``others`` are accounts that share the name; ``doubtful`` names are ordinary words and need further proof.
    """

    account: Account
    start: int
    end: int
    surface: str
    full: bool
    doubtful: bool
    others: tuple[Account, ...] = ()


def name_forms(name: str) -> set[str]:
    """Return the folded forms of a name: as written, without legal form, with ``and`` for ``&``, without *The*."""
    forms = {fold_text(name)}
    for form in list(forms):
        short = form
        while (shorter := SUFFIX.sub("", short)) != short and len(shorter) >= 3:
            short = shorter
            forms.add(short)
    forms |= {form.removeprefix("the ") for form in forms}
    return {form for form in forms if len(form) >= 2}


class NameIndex:
    """All names of all accounts in one automaton. Building it for 10,000 accounts takes a fraction of a second."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._owners: dict[str, list[tuple[Account, bool, str]]] = {}
        for account in accounts:
            for written in (account.name, *account.aliases):
                full = fold_text(written)
                for form in name_forms(written):
                    self._add(form, account, full=form == full and written == account.name, written=written)
            if account.domain:
                self._add(fold_text(account.domain), account, full=True, written=account.domain)
        self._automaton = ahocorasick.Automaton()
        for form in self._owners:
            self._automaton.add_word(form, form)
        if self._owners:
            self._automaton.make_automaton()

    def _add(self, form: str, account: Account, *, full: bool, written: str) -> None:
        owners = self._owners.setdefault(form, [])
        if all(owner.key != account.key for owner, _, _ in owners):
            owners.append((account, full, written))

    def find(self, sentence: str) -> list[Mention]:
        """Return the verified mentions of a sentence in order; of overlapping names the longest wins."""
        folded = fold(sentence)
        if not self._owners:
            return []
        hits = [(end - len(form) + 1, end + 1, form) for end, form in self._automaton.iter(folded.text)]
        hits = [hit for hit in hits if _stands_alone(folded.text, hit[0], hit[1])]
        mentions = []
        for start, end, form in _longest(hits):
            if mention := self._verify(folded, start, end, form):
                mentions.append(mention)
        return mentions

    def _verify(self, folded: Folded, start: int, end: int, form: str) -> Mention | None:
        owners = self._owners[form]
        account, full, written = owners[0]
        surface = folded.surface(start, end)
        is_domain = "." in form and written == account.domain
        if not is_domain and not _looks_like_a_name(surface, written, folded.original):
            return None
        if not is_domain and _is_part_of_another_name(folded, start, end):
            return None
        doubtful = " " not in form and form in COMMON
        return Mention(
            account=account,
            start=start,
            end=end,
            surface=surface,
            full=full,
            doubtful=doubtful,
            others=tuple(owner for owner, _, _ in owners[1:]),
        )


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if after == "." and end + 1 < len(text) and text[end + 1].isalnum():
        return False
    return not (before.isalnum() or before in "@./" or after.isalnum() or after == "@")


def _longest(hits: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    chosen: list[tuple[int, int, str]] = []
    for start, end, form in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
        if all(end <= other[0] or start >= other[1] for other in chosen):
            chosen.append((start, end, form))
    return sorted(chosen)


def _looks_like_a_name(surface: str, written: str, text: str) -> bool:
    if not any(char.isupper() for char in text):
        return True
    if len(written) <= 4 and written.isupper():
        return surface.isupper()
    if written[:1].isupper():
        return surface[:1].isupper() or surface[:1].isdigit() or not surface[:1].isalpha()
    return True


def _is_part_of_another_name(folded: Folded, start: int, end: int) -> bool:
    original = folded.original
    head, tail = original[: folded.places[start]], original[folded.places[end - 1] + 1 :]
    follow = re.match(r" (?P<word>[^\W\d_]+)", tail)
    if follow and follow["word"][:1].isupper() and follow["word"].lower() in OTHER_THING:
        return True
    if re.match(r" (?:of|for) (?!the\b)[A-Z]", tail) and not is_title_case(original):
        return True
    before = re.search(r"(?P<word>[^\W\d_]+) $", head)
    if before is None or not before["word"][:1].isupper():
        follows_own = follow and follow["word"][:1].isupper() and not is_title_case(original)
        return bool(follows_own and follow and _extends(follow["word"]))
    word = before["word"].lower()
    return word in OTHER_NAME


def _extends(word: str) -> bool:
    return word.lower() in {
        "capital",
        "ventures",
        "foundation",
        "university",
        "institute",
        "bankers",
        "copco",
        "air",
    }


def is_title_case(text: str) -> bool:
    """Return True if most longer words begin with a capital, as in headlines: capitals say nothing there."""
    words = list(re.findall(r"[^\W\d_]{4,}", text))
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
