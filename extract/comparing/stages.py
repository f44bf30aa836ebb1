"""Stages: a card that moved from one stage of a plan into another says something new in the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extract.comparing.work import Work
from extract.values.normalise import normalise_words
from store.records import Block

_STAGE = re.compile(
    r"\W*(?:(?:now |next |later |up )?(?:planned|in planning|under consideration|exploring|researching|in progress|"
    r"in development|building|working on|coming soon|next|soon|later|now|beta|in beta|alpha|preview|early access|"
    r"released|launched|shipped|live|done|completed|delivered|available|generally available|deprecated|retired|"
    r"sunset|end of (?:life|sale|support)|accepted|declined|won['’]t do|backlog|ideas|"
    r"geplant|in arbeit|in entwicklung|veröffentlicht|verfügbar|prévu|en cours|disponible|planificado|en desarrollo|"
    r"lanzado|gepland|in ontwikkeling|gepubliceerd|planerat|pågår|lanserat))\W*",
    re.I,
)
STAGES = 2  # that a page must show before its headings are taken for stages


def take_stages(work: Work, pairs: Sequence[tuple[Block, Block]]) -> None:
    """Report the blocks that stand below another stage than before; where they stand is all that changed."""
    shown = {normalise_words(stage) for pair in pairs for block in pair if (stage := _stage_of(block))}
    for left, right in pairs if len(shown) >= STAGES else ():
        before, after = normalise_words(_stage_of(left)), normalise_words(_stage_of(right))
        if before and after and before != after:
            work.removed.append(left)
            work.added.append(right)


def _stage_of(block: Block) -> str:
    return block.path[-1] if block.path and _is_stage(block.path[-1]) else ""


@lru_cache(maxsize=4_096)  # Blocks stand together below their headings.
def _is_stage(heading: str) -> bool:
    return _STAGE.fullmatch(heading) is not None
