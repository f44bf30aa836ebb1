"""What of a comparison is still to be explained, and what has been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from store.records import Block, Suppressed


@dataclass
class Work:
    """What is still to be explained, and what has been."""

    added: list[Block] = field(default_factory=list)
    removed: list[Block] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    dates_added: list[Block] = field(default_factory=list)
    dates_removed: list[Block] = field(default_factory=list)

    def drop(self, reason: str, before: Block | None = None, after: Block | None = None) -> None:
        """Take blocks out, for a named reason."""
        if before is not None:
            self.removed = [block for block in self.removed if block is not before]
        if after is not None:
            self.added = [block for block in self.added if block is not after]
        self.suppressed.append(
            Suppressed(reason=reason, before=before.text if before else "", after=after.text if after else "")
        )


def texts_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the texts of some blocks, each once."""
    return tuple(dict.fromkeys(block.text for block in blocks))
