"""What differs between two requests of a real page although nothing happened."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

#: A build is served this many times before the next deployment renames its assets and hashed classes.
REQUESTS_PER_BUILD = 3

_HASHED = {"saas", "startup"}


class Noise:
    """The noise of one request: the same seed gives the same noise, another counter another one."""

    def __init__(self, rival: str, path: str, week: int, counter: int, skeleton: str) -> None:
        self._random = random.Random(f"{rival}|{path}|{week}|{counter}")
        self._skeleton = skeleton
        self.counter = counter
        self.build = _digest(f"{rival}|{week}|{counter // REQUESTS_PER_BUILD}")[:10]
        self.nonce = self._token(22)
        self.csrf = self._token(43)
        self.session = self._token(16).lower()
        self.request_id = self._token(32).lower()

    def css(self, name: str) -> str:
        """Return the class name that this build uses for a part of the page."""
        if self._skeleton not in _HASHED:
            return name
        hashed = _digest(f"{self.build}|{name}")[:6]
        return f"css-{hashed}" if self._skeleton == "startup" else f"{name.capitalize()}_root__{hashed}"

    def asset(self, stem: str, ending: str) -> str:
        """Return the address of an asset, with this build in its name."""
        return f"/assets/{stem}.{self.build}.{ending}"

    def link(self, path: str) -> str:
        """Return a link inside the site, with a session id where the site keeps it in its links."""
        return path if self._skeleton in _HASHED else f"{path}?sid={self.session}"

    def count(self, low: int, high: int) -> str:
        """Return a counter as sites write it: 12,431."""
        return f"{self._random.randint(low, high):,}"

    def number(self, low: int, high: int) -> int:
        """Return a number between the two, both included."""
        return self._random.randint(low, high)

    def ago(self) -> str:
        """Return a relative time of today."""
        return self._random.choice(
            (
                "a few seconds ago",
                f"{self._random.randint(2, 59)} minutes ago",
                f"{self._random.randint(2, 20)} hours ago",
            )
        )

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return self._random.choice(items)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order."""
        return self._random.sample(items, len(items))

    def chance(self, share: float) -> bool:
        """Return True in this share of the requests."""
        return self._random.random() < share

    def ruffle(self, html: str) -> str:
        """Return the same page with other white space between tags, and a comment of the edge server."""
        pad = "\n" + " " * self._random.randint(0, 8)
        ruffled = re.sub(r">\n\s*<", lambda _: ">" + self._random.choice(("\n", pad, "\n\n")) + "<", html)
        return ruffled + f"\n<!-- edge {self._random.randint(1, 96)} {self.request_id[:12]} -->\n"

    def _token(self, length: int) -> str:
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnopqrstuvwxyz23456789"
        return "".join(self._random.choices(letters, k=length))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
