"""A proposed source, and how it is written in YAML. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawlers.plain import one_line
from crawlers.registry import catalogue

REASON_LIMIT = 110
SURE = 0.8  # Below it the comment says how sure a proposal is.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./:?=&%+~@-]{0,1998}[A-Za-z0-9/]|[A-Za-z]|[1-9][0-9]{0,5}[smhdw]")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One source worth watching: its type, address or parameters, why it is proposed, how sure that is in [0, 1]."""

    type: str
    reason: str
    url: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.9

    def entry(self) -> dict[str, str]:
        """Return the source as its keys in YAML."""
        spec = catalogue().find(self.type)
        needs_url = spec is None or spec.url_required
        return {"type": self.type, **({"url": self.url} if needs_url else {}), **self.parameters}


def as_yaml(proposals: Iterable[Proposal]) -> str:
    """Return ``sources:`` with one line per proposal, its reason behind it; ready to paste under a competitor."""
    lines = [f"  - {inline(one.entry())}  # {_comment(one.reason)}{_doubt(one)}" for one in proposals]
    return "\n".join(["sources:", *lines]) + "\n" if lines else "sources: []\n"


def inline(entry: Mapping[str, object]) -> str:
    """Return a source on one line; an address alone where its type is guessed from it."""
    url = str(entry.get("url", ""))
    if url and set(entry) <= {"type", "url"} and catalogue().guess(url)[0] == entry.get("type"):
        return scalar(url)
    return "{" + ", ".join(f"{key}: {scalar(str(value))}" for key, value in entry.items()) + "}"


def scalar(value: str) -> str:
    """Return a value as YAML reads it back: plain where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def _doubt(proposal: Proposal) -> str:
    return f" (confidence {proposal.confidence:.2f})" if proposal.confidence < SURE else ""


def _comment(reason: str) -> str:
    return one_line(reason, REASON_LIMIT)
