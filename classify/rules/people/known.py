"""People who were told in full before in a text, and are meant again by a surname, a first name or a pronoun."""

from __future__ import annotations

from dataclasses import dataclass, field

from classify.rules.people.names import INITIAL, past_titles
from classify.rules.people.phrases import phrase_end
from classify.rules.people.tokens import POSSESSIVE, TextWords
from classify.rules.people.words import TITLES

#: Who tells of oneself; a signature says later who that is.
ONESELF = "I"
_PRONOUN = frozenset(["he", "she", "i", "i'm", "i’m", "i'll", "i’ll", "i've", "i’ve"])


@dataclass(slots=True)
class KnownPeople:
    """Full names by surname and by first name in lower case, and the name that was told last."""

    full: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def meet(self, name: str) -> str:
        """Note a name told in full and return it as it was told first: "Dr. Ada Quist" for "Ada Quist"."""
        plain = [w for w in name.split() if w.lower().rstrip(".") not in TITLES and not INITIAL.match(w)]
        full = self.full.get(plain[-1].lower(), name)
        if full != name and plain[0] not in full:
            full = name
        self.full.setdefault(plain[-1].lower(), full)
        self.full.setdefault(plain[0].lower(), full)
        self.last = full
        return full

    def meant_at(self, told: TextWords, i: int) -> tuple[int, str]:
        """Return the word after the one that means somebody known, and their full name; ``(0, "")`` if none does."""
        words = told.words
        j = min(past_titles(words, i), len(words) - 1)
        spoken = POSSESSIVE.sub("", words[j].text)
        if spoken[:1].isupper() and spoken.lower() in self.full and spoken.lower() not in _PRONOUN:
            self.last = self.full[spoken.lower()]
            return j + 1, self.last
        if words[i].lower == "my" and phrase_end(words, i, ("my", "last", "day")):
            return i + 1, ONESELF
        if words[i].lower in _PRONOUN:
            said = ONESELF if words[i].lower.startswith("i") else self.last
            return (i + 1, said) if said else (0, "")
        return 0, ""
