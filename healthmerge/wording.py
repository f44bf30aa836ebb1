"""Codes and origins as people say them, the same in the terminal, on the pages and in the mails."""

from __future__ import annotations

import re

_FLAGS = {"cai_jump": "activity index jumped"}
_ORIGINS = {
    "yaml": "as accounts.yaml says",
    "csv": "as an imported file says",
    "default": "said by nobody; 'tiers.by_rule' in settings.yaml can find one",
}

#: ``Oakline: Oakline lists …`` reads better with the name once.
_NAME_TWICE = re.compile(r"^because of (.+?): (?=\1\b)")


def cause_words(because: str) -> str:
    """Return what moved a score without its *because of*: ``days to the renewal went from 55 to 48 days``."""
    return headline_of(because) or because.removeprefix("because ").removeprefix("of ")


def headline_of(because: str) -> str:
    """Return the headline in ``because of Oakline: Oakline lists …``; empty if the rival is not named twice."""
    found = _NAME_TWICE.match(because)
    return because[found.end() :] if found else ""


def flag_words(code: str) -> str:
    """Return a flag's code as words, e.g. ``health_red`` as ``health red``."""
    return _FLAGS.get(code, code.replace("_", " "))


def tier_words(origin: str) -> str:
    """Return whose word an account's tier is, as it follows *the tier is strategic,*."""
    if origin.startswith("rule: "):
        return "by the rule, because of " + origin.removeprefix("rule: ")
    return _ORIGINS.get(origin, f"as the connection '{origin}' says")
