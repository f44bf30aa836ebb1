"""What differs beside the matter and in the markup: named, never reported."""

from __future__ import annotations

from collections.abc import Iterator

from extract.document import Aside, Document
from extract.reading.marks import link_reason
from store.records import Suppressed

#: Differences of one reason that are kept as evidence.
EXAMPLES = 5
_LINKS = "link target"


def margin_changes(before: Document, after: Document) -> list[Suppressed]:
    """Return the differing asides, paired by reason."""
    left, right = set(before.asides), set(after.asides)
    gone = [aside for aside in before.asides if aside not in right]
    come = [aside for aside in after.asides if aside not in left]
    found: list[Suppressed] = []
    for reason in dict.fromkeys(aside.reason for aside in (*gone, *come)):
        found.extend(_pairs(reason, _texts(gone, reason), _texts(come, reason)))
    return found


def mark_changes(before: Document, after: Document, *, quiet: bool) -> list[Suppressed]:
    """Return the differences of markup by reason. ``quiet``: nothing else differs, so name even the mere
    structure.
    """
    found: list[Suppressed] = []
    for reason in dict.fromkeys((*before.marks, *after.marks)):
        left, right = before.marks.get(reason, ()), after.marks.get(reason, ())
        if left == right or (reason == "markup" and not quiet):
            continue
        known_left, known_right = set(left), set(right)
        gone = tuple(dict.fromkeys(value for value in left if value not in known_right))
        come = tuple(dict.fromkeys(value for value in right if value not in known_left))
        found.extend(_pairs(reason, gone, come))
    return found


def _pairs(reason: str, gone: tuple[str, ...], come: tuple[str, ...]) -> Iterator[Suppressed]:
    for index in range(min(EXAMPLES, max(len(gone), len(come)))):
        left = gone[index] if index < len(gone) else ""
        right = come[index] if index < len(come) else ""
        named = link_reason(left, right) if reason == _LINKS and left and right else reason
        yield Suppressed(reason=named, before=left, after=right)


def _texts(asides: list[Aside], reason: str) -> tuple[str, ...]:
    return tuple(aside.text for aside in asides if aside.reason == reason)
