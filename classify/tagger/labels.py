"""What the tagger says of each word: outside, at the beginning or inside of a thing that a task looks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: The kinds of things by the task that finds them.
TASKS: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("appointed", "promoted", "departed", "role"),
    "acquired": ("acquired",),
    "partners": ("partner",),
    "money": ("money",),
    "prices": ("plan",),
}
ROLE: Final = "role"
PLAN: Final = "plan"
#: What may have become of a person who is named.
ACTIONS: Final = ("", "appointed", "promoted", "departed")
#: What an amount may be to a price: nothing, one of its sides, what is added or taken off, the move in percent.
SIDES: Final = ("", "after", "before", "step", "percent")
OUTSIDE: Final = 0
IMPOSSIBLE: Final = -1e9

Span = tuple[int, int]
Scores = NDArray[np.float32]


def begin(task: str, kind: str) -> int:
    """Return the label of the first word of a thing; that of its further words is one more."""
    return 1 + 2 * TASKS[task].index(kind)


def best_path(scores: Scores) -> list[int]:
    """Return the most probable labels of the words, (words, labels), where no thing begins in its middle.

    Source: Viterbi 1967.
    """
    if not scores.argmax(1).any():
        return [OUTSIDE] * len(scores)
    labels = np.arange(scores.shape[1])
    inside = (labels > OUTSIDE) & (labels % 2 == 0)
    follows = (labels[:, None] == labels) | (labels[:, None] + 1 == labels)
    step = np.where(inside[None, :] & ~follows, IMPOSSIBLE, 0.0)
    best = np.where(inside, IMPOSSIBLE, scores[0])
    came: list[NDArray[np.intp]] = []
    for row in scores[1:]:
        each = best[:, None] + step
        came.append(each.argmax(0))
        best = each.max(0) + row
    path = [int(best.argmax())]
    for sources in reversed(came):
        path.append(int(sources[path[-1]]))
    return path[::-1]


def things(labels: Sequence[int], task: str) -> list[tuple[Span, str]]:
    """Return the things that labels tell of, with their words, in order of the text."""
    found: list[tuple[Span, str]] = []
    start = 0
    while start < len(labels):
        end = start + 1
        if labels[start] > OUTSIDE and labels[start] % 2 == 1:
            while end < len(labels) and labels[end] == labels[start] + 1:
                end += 1
            found.append(((start, end), TASKS[task][(labels[start] - 1) // 2]))
        start = end
    return found


def odds(scores: Scores, span: Span) -> float:
    """Return by how much a span is likelier a thing of its task than nothing, as a logarithm; a task of one kind."""
    start, end = span
    own = float(scores[start, 1]) + float(scores[start + 1 : end, 2].sum())
    return own - float(scores[start:end, OUTSIDE].sum())
