"""A text about people as a string of letters, one for each thing that stands in it: a person, a role, an act."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from classify.rules.people.known import ONESELF, KnownPeople
from classify.rules.people.names import name_end, name_said, past_credentials
from classify.rules.people.phrases import phrase_at
from classify.rules.people.roles import role_at
from classify.rules.people.tokens import CREDENTIAL, DATE, TextWords, Word, bare, read_words
from classify.rules.people.words import EMPTY, OWN_WORDS

#: What a mark is told as; any other stands for itself.
_MARKS = {
    "\n": ".",
    "!": ".",
    "?": ".",
    "|": ".",
    "+": "&",
    "(": ",",
    ")": ",",
    "–": "-",
    "—": "-",
}
_LEAVES = frozenset(["leaves", "left", "quits", "departs", "exits"])
_FIRMS = frozenset(["Inc", "LLC", "Ltd", "Limited", "Corp", "PLC", "plc", "GmbH", "AG"])


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
    """Return the letters of a text (see `people.words`); quotations and asides in brackets are left out."""
    return _Scanner(read_words(text, own)).run()


class _Scanner:
    """Goes over the words of one text once; each reader adds what begins at a word and returns the word after it."""

    def __init__(self, told: TextWords) -> None:
        self.told = told
        self.words = told.words
        self.known = KnownPeople()
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
        letter = _MARKS.get(word.text, word.text)
        if letter == "," and self.scan.letters.endswith(","):
            return
        self.scan.add(letter, word.text, word.start)

    def _own_name(self, i: int) -> int:
        for name in self.told.own_words:
            end = i + len(name)
            if tuple(bare(word) for word in self.words[i:end]) == name:
                self.scan.add("C", "", self.words[i].start)
                return end
        return 0

    def _role(self, i: int) -> int:
        end, role = role_at(self.told, i, behind_as=self.scan.letters.endswith("A"))
        if end:
            self.scan.add("R", role, self.words[i].start)
        return end

    def _name(self, i: int) -> int:
        end = name_end(self.told, i)
        if not end:
            return 0
        name, place = name_said(self.told, i, end), self.words[i].start
        if self._is_company(end):
            self.scan.add("X", name, place)
            return end
        self.scan.add("P", self.known.meet(name), place)
        return past_credentials(self.words, end)

    def _is_company(self, end: int) -> bool:
        """Return True if a name of a person's shape is a company's: "CFO of Plainview Capital", "Tarn Hill Ltd"."""
        follows = self.words[end].text if end < len(self.words) else ""
        if CREDENTIAL.fullmatch(follows) and follows.rstrip(".") in _FIRMS:
            return True
        before = self.scan.letters
        if re.search(r"PL$", before) and self.scan.said[-1] in _LEAVES and self.scan.said[-2]:
            return True  # "She leaves Arden Marine, where she was head of sales."
        return (
            before.endswith("p")
            and not before.endswith(("Ep", "Dp", "Op"))
            and self.scan.said[-1] in {"of", "at", "from"}
            and before[-2:-1] in {"R", "o", "J", "L", "G"}
            and not re.search(r"[ED][^.,]{0,4}p$", before)
        )

    def _phrase(self, i: int) -> int:
        found = phrase_at(self.words, i)
        if found is None:
            return 0
        end, letter, phrase = found
        self.scan.add(letter, phrase, self.words[i].start)
        return end

    def _known_name(self, i: int) -> int:
        end, name = self.known.meant_at(self.told, i)
        if end:
            self.scan.add("P", name, self.words[i].start)
        return end

    def _plain(self, i: int) -> int:
        """Read what no list knows: dates and empty words are left out, capitalised words are names of something."""
        word = self.words[i]
        if bare(word) in OWN_WORDS and bare(word) != word.lower:
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
        """Give what "I" tells of to the one who signs the text ("– Ada Quist"); without a signature to nobody."""
        scanned = self.scan
        signed = re.search(r"[-.:,]P[.,XoCRG]{0,4}$", scanned.letters)
        name = scanned.said[signed.start() + 1] if signed else None
        for place, said in enumerate(scanned.said):
            if scanned.letters[place] == "P" and said == ONESELF:
                scanned.said[place] = name if name and name != ONESELF else ""
        return scanned
