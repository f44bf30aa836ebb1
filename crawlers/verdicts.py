"""What came back from a source, and what it means: one of five states with a stable code and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from store.kinds import FetchState


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. ``asked`` is the source's address, ``url`` the last one; header names are lower case."""

    asked: str
    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    rendered: bool = False

    @property
    def content_type(self) -> str | None:
        """The Content-Type header."""
        return self.headers.get("content-type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A state and why. ``transient``: asking again soon may help. ``wait``: what the server asked us to wait."""

    state: FetchState
    code: str = ""
    sentence: str = ""
    transient: bool = False
    wait: timedelta | None = None

    @property
    def reason(self) -> str | None:
        """Code and sentence as stored and shown; None for ok and unchanged."""
        return f"{self.code}: {self.sentence}" if self.code else None


OK = Verdict(state=FetchState.OK)
UNCHANGED = Verdict(state=FetchState.UNCHANGED)


def blocked(code: str, sentence: str, wait: timedelta | None = None) -> Verdict:
    """Return the verdict that somebody does not let us in."""
    return Verdict(state=FetchState.BLOCKED, code=code, sentence=sentence, wait=wait)


def broken(code: str, sentence: str, transient: bool = False, wait: timedelta | None = None) -> Verdict:
    """Return the verdict that the source does not work."""
    return Verdict(state=FetchState.BROKEN, code=code, sentence=sentence, transient=transient, wait=wait)


def empty(code: str, sentence: str) -> Verdict:
    """Return the verdict that there is nothing to read."""
    return Verdict(state=FetchState.EMPTY, code=code, sentence=sentence)
