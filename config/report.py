"""Collects the problems of all files; nothing is raised before every file was read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from config.errors import Problem
from config.nodes import START, Node, Place, Scalar, kind_of

#: Similarity in percent from which a word is offered as what was meant. Of 373 known words with one or two typing slips
#: 98.9 % found theirs, and 8 % of 646 words of other sets got an offer; 70 gave 94 and 3 %, and missed 'prices'.
SIMILAR = 60.0
_LONGEST_FOUND = 80
_MOST_NAMED = 25
_CREDENTIALS = re.compile(r"(?<=//)[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class Report:
    """Takes the problems of one file; ``problems``, each once and in order, is shared by all files."""

    file: str
    problems: dict[Problem, None] = field(default_factory=dict)

    def about(self, file: str) -> Report:
        """Return the report of another file, into the same list."""
        return replace(self, file=file)

    def add(
        self,
        place: Place = START,
        message: str = "",
        *,
        found: Node | str | None = None,
        remedy: str | None = None,
    ) -> None:
        """Note a problem; the same one at the same place is noted once."""
        problem = Problem(
            file=self.file,
            line=place.line,
            column=place.column,
            message=message,
            found=shown(found) if found is not None else None,
            remedy=remedy,
        )
        self.problems.setdefault(problem)

    def sorted_problems(self) -> list[Problem]:
        """Return all problems of all files by file and place."""
        return sorted(self.problems, key=lambda problem: (problem.file, problem.line, problem.column))


def shown(found: Node | str) -> str:
    """Return what was found on one line, shortened, without credentials."""
    if not isinstance(found, str):
        found = found.text if isinstance(found, Scalar) else kind_of(found)
    text = _CREDENTIALS.sub("…@", " ".join(found.split()))
    text = "".join(character if character.isprintable() else "?" for character in text)
    return text if len(text) <= _LONGEST_FOUND else text[: _LONGEST_FOUND - 1] + "…"


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was most likely meant, None if none is near."""
    best = process.extractOne(
        word[:100].lower(), list(known), scorer=fuzz.ratio, processor=str.lower, score_cutoff=SIMILAR
    )
    return best[0] if best else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "use one of") -> str:
    """Return the remedy for an unknown word: the nearest known one, or all of them."""
    words = sorted(known)
    if match := closest(word, words):
        return f"did you mean '{match}'?"
    if not words:
        return f"{otherwise}: none is known"
    more = f" … ({len(words)} in all)" if len(words) > _MOST_NAMED else ""
    return f"{otherwise}: {', '.join(words[:_MOST_NAMED])}{more}"
