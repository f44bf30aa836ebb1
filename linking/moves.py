"""Has a stakeholder of an account moved to the rival? Namesakes have not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick

from linking.folding import fold_text
from linking.names import name_forms
from linking.patterns import patterns, words
from linking.story import Story
from store.accounts import Account, Stakeholder
from store.kinds import Category

_PATTERNS = patterns("moves")

MOVE = _PATTERNS["move"]
LEAVING = re.compile(r"\b(?:leaves?|left|departs?|steps? down|retires?|resign\w*|departure)\b")
FROM = _PATTERNS["from"]
EMPLOYER = _PATTERNS["employer"]
FUNCTIONS = words("moves", "functions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A stakeholder who moved to the rival, and the sentence that says it."""

    account: Account
    person: Stakeholder
    sentence: str
    employer_named: bool


class PeopleIndex:
    """The names of all stakeholders in one automaton; single words are no full names and are left out."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._owners: dict[str, list[tuple[Account, Stakeholder]]] = {}
        for account in accounts:
            for person in account.stakeholders:
                name = fold_text(person.name)
                if " " in name:
                    self._owners.setdefault(name, []).append((account, person))
        self._automaton = ahocorasick.Automaton()
        for name in self._owners:
            self._automaton.add_word(name, name)
        if self._owners:
            self._automaton.make_automaton()

    def find(self, folded: str) -> list[tuple[Account, Stakeholder]]:
        """Return the stakeholders whose full names stand in a folded text, with their accounts."""
        if not self._owners:
            return []
        names = {name for _, name in self._automaton.iter(folded)}
        return [owner for name in sorted(names) if _says_name(folded, name) for owner in self._owners[name]]


def find_moves(story: Story, people: PeopleIndex) -> list[Move]:
    """Return the stakeholders that the story says moved to the rival.

    A person counts if the news names the account as where they come from, or names no other employer and gives a role
    of the same kind; a person of that name who comes from elsewhere is a namesake.
    """
    if story.category not in {
        Category.LEADERSHIP,
        Category.HIRING,
        Category.EXPANSION,
        Category.POSITIONING,
        Category.PARTNERSHIP,
        Category.LAUNCH,
        Category.MEDIA,
        Category.FINANCE,
    }:
        return []
    news = story.folded_news
    if not MOVE.search(news):
        return []
    moves = [move for account, person in people.find(news) if (move := _move(story, account, person))]
    sure = [move for move in moves if move.employer_named]
    if sure or len({move.account.key for move in moves}) <= 1:
        return sure or moves
    return []


def _says_name(news: str, name: str) -> bool:
    words = fold_text(name)
    return " " in words and bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", news))


def _move(story: Story, account: Account, person: Stakeholder) -> Move | None:
    name = fold_text(person.name)
    about = [sentence for sentence in story.news if _says_name(fold_text(sentence), person.name)]
    moving = [sentence for sentence in about if MOVE.search(fold_text(sentence))]
    if not moving or _leaves_for_account(story, name):
        return None
    employer_named = _comes_from(story, account)
    if not employer_named and (_other_employer(story, account) or not _same_function(person, story)):
        return None
    return Move(account=account, person=person, sentence=moving[0], employer_named=employer_named)


def _leaves_for_account(story: Story, name: str) -> bool:
    rivals = "|".join(re.escape(rival) for rival in story.rival_names)
    return bool(
        re.search(
            rf"\b{re.escape(name)}\b[^.;]{{0,60}}\b(?:leaves|left|departs|quits) (?:{rivals})\b",
            story.folded_news,
        )
    )


def _comes_from(story: Story, account: Account) -> bool:
    forms = sorted(
        {form for name in (account.name, *account.aliases) for form in name_forms(name)},
        key=len,
        reverse=True,
    )
    names = "|".join(re.escape(form) for form in forms)
    if account.domain:
        names += "|" + re.escape(fold_text(account.domain))
    return bool(re.search(rf"(?<!\w)(?:{names})(?!\w)", story.folded_news))


def _other_employer(story: Story, account: Account) -> bool:
    # Names need their capitals to be told from other words, so this reads the sentences as written.
    for sentence in story.news:
        for match in _PATTERNS["employer_as_written"].finditer(sentence):
            head = fold_text(sentence[: match.start()])[-80:]
            name = fold_text(match["name"])
            if FROM.search(head + " " + fold_text(sentence[match.start() : match.start() + 5])) and not any(
                rival in name for rival in story.rival_names
            ):
                return True
    return False


def _same_function(person: Stakeholder, story: Story) -> bool:
    if not person.role:
        return False
    role = fold_text(person.role)
    of_person = {name for name, words in FUNCTIONS.items() if re.search(rf"(?<!\w)(?:{words})(?!\w)", role)}
    said = {
        name
        for name, words in FUNCTIONS.items()
        if re.search(rf"(?<!\w)(?:{words})(?!\w)", story.folded_news)
    }
    return bool(of_person & said)
