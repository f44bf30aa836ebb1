# ruff: noqa: E501 (a pattern or word list is read as one line)
"""A text about people as a string of letters, one for each thing that stands in it: a person, a role, an act."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from classify.rules.people_tokens import (
    CREDENTIAL,
    DATE,
    GAP,
    POSSESSIVE,
    Word,
    role_alone,
    without_asides,
    words_of,
)
from classify.rules.people_words import (
    EMPTY,
    LEXICON,
    NO_SURNAME,
    NOT_A_ROLE,
    OWN_WORDS,
    PARTICLES,
    SINGLE,
    TITLES,
)
from classify.rules.roles import ROLE_WORDS, clean_role, is_head
from classify.rules.words import DEMONYMS, NOT_A_NAME, UPPER

_NAME_WORD = re.compile(rf"[{UPPER}](?:[^\W\d_]|[’'-](?=[^\W\d_]))+$")
_INITIAL = re.compile(rf"[{UPPER}]\.?$|(?:[{UPPER}]\.){{1,3}}$")
_CIVIL = re.compile(
    r"^(?:(?:Mr|MR|Mrs|MRS|Ms|MS|Mx|Mister|Shri|Smt|Sri|Herr|Frau|Mme|Captain|Capt|Colonel|Col|Sister|Rev|Reverend|Emeritus|Rabbi|Imam|Councill?or|Alderman|Senator"
    r"|Commander|Commodore|Wing|Lt|Gen|General|Maj|Major|Brig|Adm|Admiral|Hon|GC|MD|MP|GM|HR|IT|PM)\.?\s+(?:\(Ret\.?\)\s+)?)+(?=\S+\s)"
)
_OWNS = re.compile(r"['’]\s")
_UPPER_END = 2  # Letters from which a word of capitals behind a name is a degree or a seat: "Perpetua Nwosu-Gray FCCA".
_OPENS, _CLOSES = frozenset('"“'), frozenset('"”')
_ALSO_NAMES = frozenset(["Per", "Will"])  # First names that are small words too.
_PRONOUN = frozenset(["he", "she", "i", "i'm", "i’m", "i'll", "i’ll", "i've", "i’ve"])
ROLE_REACH = 110  # Characters behind the first word of a role; the longest of the labelled roles has 57.
_ROLE_STOPS = NOT_A_NAME - ROLE_WORDS


@dataclass(slots=True)
class Scan:
    """Letters of a text with what each stands for; ``said[i]`` is a name, a role, or the word itself."""

    letters: str = ""
    said: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def add(self, letter: str, said: str, place: int) -> None:
        """Append one letter with its word and its place in the text."""
        self.letters += letter
        self.said.append(said)
        self.places.append(place)


def scan(text: str, own: Iterable[str] = ()) -> Scan:
    """Return the letters of a text (see `facts_people_words`); quotations and asides in brackets are left out."""
    return _Scanner(text, tuple(own)).run()


def _is_degree(word: str) -> bool:
    return len(word) > _UPPER_END and word.isupper()


class _Scanner:
    """Goes over the words of one text once; names that were told in full are known by surname or first name."""

    def __init__(self, text: str, own: tuple[str, ...]) -> None:
        self.raw = text
        self.text = without_asides(text)
        self.own = own
        self.own_words = sorted((tuple(name.lower().split()) for name in own if name), key=len, reverse=True)
        self.words = words_of(self.text)
        self.known: dict[str, str] = {}
        self.last = ""
        self.scan = Scan()

    def run(self) -> Scan:
        """Read all words and return their letters."""
        place = 0
        while place < len(self.words):
            place = self._step(place)
        return self._with_signature()

    def _step(self, i: int) -> int:
        """Add the letter of the thing that begins at word ``i`` and return the word after it."""
        word = self.words[i]
        if not (word.text[0].isalnum() or word.text[0] == "@"):
            self._mark(word)
            return i + 1
        for reader in (self._own_name, self._role, self._name, self._phrase, self._known_name):
            end = reader(i)
            if end:
                return end
        return self._plain(i)

    def _mark(self, word: Word) -> None:
        letter = {
            "\n": ".",
            "!": ".",
            "?": ".",
            "|": ".",
            ";": ";",
            "&": "&",
            "+": "&",
            "(": ",",
            ")": ",",
        }.get(word.text)
        letter = letter or ("-" if word.text in "–—-" else word.text)
        if letter == "," and self.scan.letters.endswith(","):
            return
        self.scan.add(letter, word.text, word.start)

    def _own_name(self, i: int) -> int:
        for name in self.own_words:
            end = i + len(name)
            spoken = [self._bare(word) for word in self.words[i:end]]
            if tuple(spoken) == name:
                self.scan.add("C", "", self.words[i].start)
                return end
        return 0

    @staticmethod
    def _bare(word: Word) -> str:
        return POSSESSIVE.sub("", word.lower).lstrip("@")

    def _role(self, i: int) -> int:
        end = self._role_end(i)
        if not end or (self.words[i].lower == "professor" and self._name_end(i)):
            return 0
        start = self.words[i].start
        behind = self.text[start : start + ROLE_REACH]
        for k in range(end, min(end + 12, len(self.words))):
            free = self.words[k - 1].lower not in {"of", "for"} and not self._is_area(k, end)
            if free and (self._name_end(k) or self._ends_role(k)):
                behind = self.text[start : self.words[k].start]
                break
        if POSSESSIVE.search(self.words[end - 1].lower):
            behind = self.text[start : self.words[end - 1].end]
        behind = GAP.split(behind)[0]
        role = role_alone(clean_role(behind, self.own))
        if not role:
            return 0
        place = self.text.find(role, start)
        after = place + len(role)
        while end < len(self.words) and self.words[end].start < after:
            end += 1
        self.scan.add("R", role, start)
        return end

    def _is_area(self, k: int, end: int) -> bool:
        """Return True for "Demand Gen" in "joining as Senior Director, Demand Gen.": an area, though of a name's shape."""
        behind = self._name_end(k) if k == end + 1 and self.words[end].text == "," else 0
        told = behind and self.scan.letters.endswith("A")
        return bool(told) and (behind >= len(self.words) or self.words[behind].text in ".!;")

    def _ends_role(self, k: int) -> bool:
        """Return True for a verb behind a role: "the board announces", "its chief quits"."""
        return any(
            letter in "HQMmJLFSYBwW" and self._follows(k, phrase)
            for phrase, letter in LEXICON.get(self.words[k].lower, ())
        )

    def _role_end(self, i: int) -> int:
        """Return the word after the last head of a role that begins at ``i``, 0 if none does."""
        last, j, unknown = 0, i, 0
        while j < len(self.words) and j < i + 8:
            word = self.words[j]
            bare = self._bare(word)
            if is_head(bare):
                last = j + 1
                if bare != word.lower:
                    break
            elif bare != word.lower:
                break
            elif bare in ROLE_WORDS or (word.lower in {"and", "&"} and j > i):
                pass
            elif (
                word.text[0].isalpha() and not self._stops(word) and not (last and not word.text[0].isupper())
            ):
                unknown += 1
                if (unknown > 1 and not last) or (last and self._name_end(j)):
                    break
            else:
                break
            j += 1
        return last

    def _stops(self, word: Word) -> bool:
        return (
            word.lower in EMPTY
            or word.lower.startswith("ex-")
            or word.lower in LEXICON
            or word.lower in NOT_A_ROLE
            or CREDENTIAL.fullmatch(word.text) is not None
            or word.lower in _ROLE_STOPS
        )

    def _name_end(self, i: int) -> int:
        """Return the word after a person's name of two to five words that begins at ``i``, 0 if none does."""
        j, parts = i, 0
        words = self.words
        while j < len(words) and words[j].lower.rstrip(".") in TITLES:
            j += 1
        while j < len(words) and parts < 5:
            word = words[j]
            bare = POSSESSIVE.sub("", word.text)
            between = self.text[words[j - 1].end : word.start] if parts else ""
            if between.strip(" \n\t\"“”'’()") or _OWNS.match(between):
                break  # A picture stands between, "HQ 👀 Rohan D'Souza", or an owner before: "Zephyr Robotics' Anselm Krüger".
            if _INITIAL.match(word.text) and j + 1 < len(words):
                if not parts and not (words[j + 1].text[0].isupper()):
                    return 0
                parts += 1
            elif (
                parts
                and word.lower in PARTICLES
                and j + 1 < len(words)
                and (words[j + 1].text[0].isupper() or words[j + 1].lower in PARTICLES)
            ):
                pass
            elif _NAME_WORD.match(bare) and (not self._no_name(bare) or (not parts and bare in _ALSO_NAMES)):
                parts += 1
                if bare != word.text:
                    j += 1
                    break
            else:
                break
            j += 1
        if parts >= 2 and j < len(words) and words[j].text.rstrip(".") in {"II", "III", "IV", "Jr", "Sr"}:
            return j + 1
        return self._checked_end(i, j, parts)

    def _checked_end(self, i: int, j: int, parts: int) -> int:
        """Return the word after a name without what stands at its end and is no part of it; 0 if it is no name."""
        words = self.words
        while j > i and (_INITIAL.match(words[j - 1].text) or words[j - 1].lower in PARTICLES):
            j -= 1
            parts -= _INITIAL.match(words[j].text) is not None
        while parts > 2 and _is_degree(words[j - 1].text) and not words[j - 2].text.isupper():
            j, parts = j - 1, parts - 1
        if (self._is_own_from(i, j) and not self._is_of_the_family(i, j)) or self._is_quoted(i, j):
            return 0
        is_name = parts >= 2 and self._bare(words[i]) not in ROLE_WORDS and words[i].text not in DEMONYMS
        return j if is_name else 0

    def _is_own_from(self, i: int, j: int) -> bool:
        spoken = [self._bare(word) for word in self.words[i:j]]
        return any(
            tuple(spoken[k : k + len(name)]) == name for name in self.own_words for k in range(len(spoken))
        )

    def _is_quoted(self, i: int, j: int) -> bool:
        """Return True for what a column or product is called: the "Ask Marius" show."""
        before, after = (
            self.text[: self.words[i].start][-1:],
            self.text[self.words[j - 1].end :][:1] if j > i else "",
        )
        return before in _OPENS and after in _CLOSES and bool(before and after)

    def _is_of_the_family(self, i: int, j: int) -> bool:
        """Return True for "Konrad Adlerstein" of a rival named "Adlerstein": who founded it, or their heirs."""
        spoken = [self._bare(word).rstrip(".") for word in self.words[i:j]]
        begins = not i or self.words[i - 1].text in ".!?:\n"
        alone = any(len(name) == 1 and spoken[-1] == name[0] for name in self.own_words)
        more = (
            j < len(self.words)
            and self.words[j].text[0].isupper()
            and not self.text[self.words[j - 1].end : self.words[j].start].strip()
        )
        return (
            alone
            and not more
            and not (begins and spoken[0].endswith(("ly", "ing", "ed")))
            and spoken[-1] not in spoken[:-1]
        )

    @staticmethod
    def _no_name(bare: str) -> bool:
        lower = bare.lower()
        return (
            re.match(r"i['’](?:m|ve|ll|d)$", lower) is not None
            or (lower in NOT_A_NAME and lower != "dean")
            or lower in SINGLE
            or lower in EMPTY
            or lower in NO_SURNAME
            or CREDENTIAL.fullmatch(bare) is not None
        )

    def _name(self, i: int) -> int:
        end = self._name_end(i)
        if not end:
            return 0
        words = self.words
        spoken = self.raw[words[i].start : words[end - 1].end]
        name = _CIVIL.sub("", POSSESSIVE.sub("", " ".join(spoken.split())))
        if self._is_company(i, end):
            self.scan.add("X", name, words[i].start)
            return end
        plain = [w for w in name.split() if w.lower().rstrip(".") not in TITLES and not _INITIAL.match(w)]
        full = self.known.get(plain[-1].lower(), name)
        if full != name and plain[0] not in full:
            full = name
        self.known.setdefault(plain[-1].lower(), full)
        self.known.setdefault(plain[0].lower(), full)
        self.last = full
        self.scan.add("P", full, words[i].start)
        return self._past_credentials(end)

    def _is_company(self, i: int, end: int) -> bool:
        """Return True if a name of a person's shape stands where a company does: "of Plainview Capital", "joins Tarn Hill as"."""
        follows = self.words[end].text if end < len(self.words) else ""
        if CREDENTIAL.fullmatch(follows) and follows.rstrip(".") in {
            "Inc",
            "LLC",
            "Ltd",
            "Limited",
            "Corp",
            "PLC",
            "plc",
            "GmbH",
            "AG",
        }:
            return True
        before = self.scan.letters
        return (
            before.endswith("p")
            and not before.endswith(("Ep", "Dp", "Op"))
            and self.scan.said[-1] in {"of", "at", "from"}
            and before[-2:-1] in {"R", "o", "J", "L", "G"}
            and not re.search(r"[ED][^.,]{0,4}p$", before)
        )

    def _past_credentials(self, end: int) -> int:
        """Return the word after ", MD, MPH," and ", 58,": what says nothing about a move."""
        words = self.words
        while end + 1 < len(words) and words[end].text == ",":
            word = words[end + 1]
            last = end + 2 >= len(words) or not words[end + 2].text[0].isalnum()
            if not (last and (CREDENTIAL.fullmatch(word.text) or re.fullmatch(r"\d\d", word.text))):
                break
            end += 2
        return end

    def _phrase(self, i: int) -> int:
        """Read a word or phrase of the lexicon; empty words between its parts do not count."""
        for phrase, letter in LEXICON.get(self.words[i].lower, ()):
            end = self._follows(i, phrase)
            if end:
                self.scan.add(letter, " ".join(phrase), self.words[i].start)
                return end
        return 0

    def _follows(self, i: int, phrase: tuple[str, ...]) -> int:
        j = i
        for spoken in phrase:
            while (
                j > i
                and j < len(self.words)
                and self.words[j].lower in EMPTY
                and self.words[j].lower != spoken
            ):
                j += 1
            if j >= len(self.words) or self.words[j].lower != spoken:
                return 0
            j += 1
        if phrase[-1] == "head" and j < len(self.words) and self.words[j].lower == "of":
            return 0  # "promoted to Head of Sales" tells a role, "to head sales" what she does.
        return j

    def _known_name(self, i: int) -> int:
        """Read a surname, a first name or a pronoun of somebody who was told in full before."""
        word = self.words[i]
        j = i
        while j + 1 < len(self.words) and self.words[j].lower.rstrip(".") in TITLES:
            j += 1
        bare = POSSESSIVE.sub("", self.words[j].text)
        if bare[:1].isupper() and bare.lower() in self.known and bare.lower() not in _PRONOUN:
            self.last = self.known[bare.lower()]
            self.scan.add("P", self.last, word.start)
            return j + 1
        if word.lower == "my" and self._follows(i, ("my", "last", "day")):
            self.scan.add("P", "I", word.start)
            return i + 1
        if word.lower in _PRONOUN:
            said = "I" if word.lower.startswith("i") else self.last
            if said:
                self.scan.add("P", said, word.start)
                return i + 1
        return 0

    def _plain(self, i: int) -> int:
        """Read what no list knows: dates and empty words are left out, capitalised words are names of something."""
        word = self.words[i]
        if self._bare(word) in OWN_WORDS and self._bare(word) != word.lower:
            return i + 1
        if word.lower in EMPTY or CREDENTIAL.fullmatch(word.text) or DATE.match(word.lower):
            return i + 1
        if word.lower.startswith("ex-"):
            self.scan.add("G", word.text, word.start)
            return i + 1
        if word.lower in OWN_WORDS:
            self.scan.add("C", word.text, word.start)
        elif word.text[0].isupper() or word.text[0] == "@":
            if not self.scan.letters.endswith("X"):
                self.scan.add("X", word.text, word.start)
        else:
            self.scan.add("o", word.text, word.start)
        return i + 1

    def _with_signature(self) -> Scan:
        """Give what "I" tells of to the one who signs the text ("– Ada Quist"), else to the last one named."""
        scanned = self.scan
        signed = re.search(r"[-.:,]P[.,XoCRG]{0,4}$", scanned.letters)
        name = scanned.said[signed.start() + 1] if signed else None
        for place, said in enumerate(scanned.said):
            if scanned.letters[place] == "P" and said == "I":
                scanned.said[place] = name if name and name != "I" else ""
        return scanned
