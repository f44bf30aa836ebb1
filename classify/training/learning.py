"""Learning from people: a challenger trained on their word too must beat the champion on splits it never saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classify.classifier import make_classifier
from classify.errors import ModelError
from classify.measuring.evaluate import SignalsReport, evaluate_rows
from classify.model.embed import Encoder, SentenceEncoder
from classify.model.head import Head, find_head, save_head
from classify.rows import DATA, FROZEN, LESSON, LabelledRow, read_rows, training_files
from classify.training.train import train
from config.settings import ClassifySettings
from store.feedback import Lesson

NOTHING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """What came of a training. ``champion`` is None where no head could be used before; ``same`` if nothing is new."""

    lessons: int
    rows: int
    digest: str
    champion: SignalsReport | None
    challenger: SignalsReport
    same: bool

    @property
    def won(self) -> bool:
        """True if the challenger tells more categories right, or as many and is less surprised by the truth."""
        if self.champion is None:
            return True
        gain = self.challenger.macro_f1 - self.champion.macro_f1
        if abs(gain) > NOTHING:
            return gain > 0
        return not self.same and self.challenger.log_loss < self.champion.log_loss - NOTHING


def learn(settings: ClassifySettings, folder: Path, lessons: Sequence[Lesson], data: Path = DATA) -> Contest:
    """Train a challenger on the packaged rows and the lessons; store it in ``folder`` if it wins.

    Raises: ModelError, TrainingDataError.
    """
    encoder = SentenceEncoder(settings.model, settings.threads)
    frozen = frozen_rows()
    rows = lesson_rows(lessons, frozen)
    champion = _champion(settings, folder)
    challenger = train(encoder, rows, data)
    contest = Contest(
        lessons=len(rows),
        rows=challenger.rows,
        digest=challenger.data_digest,
        champion=_figures(settings, encoder, champion, frozen) if champion else None,
        challenger=_figures(settings, encoder, challenger, frozen),
        same=champion is not None and champion.data_digest == challenger.data_digest,
    )
    if contest.won:
        save_head(challenger, folder)
    return contest


def frozen_rows() -> list[LabelledRow]:
    """Return the rows that heads are compared on and never trained on."""
    return [row for path in training_files(FROZEN) for row in read_rows(path)]


def lesson_rows(lessons: Sequence[Lesson], frozen: Sequence[LabelledRow] = ()) -> list[LabelledRow]:
    """Return the lessons as training rows, without texts that stand in the frozen splits."""
    kept_out = {row.text for row in frozen}
    rows = [LabelledRow(text=lesson.text, labels=(lesson.category,), origin=LESSON) for lesson in lessons]
    return [row for row in rows if row.text not in kept_out]


def _champion(settings: ClassifySettings, folder: Path) -> Head | None:
    try:
        return find_head(settings.model, folder)
    except ModelError:
        # No head for this model, or a damaged one: any head is better.
        return None


def _figures(
    settings: ClassifySettings, encoder: Encoder, head: Head, frozen: Sequence[LabelledRow]
) -> SignalsReport:
    return evaluate_rows(frozen, make_classifier(settings, encoder, head))
