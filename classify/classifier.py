"""The classifier: texts in, signals out. Embedding and trained head, then rules for facts, impact and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from classify.facts import PRICED_CATEGORIES, is_worth_tagging, read_facts
from classify.impact import measure_impact
from classify.model.embed import Embeddings, Encoder, SentenceEncoder
from classify.model.features import feature_rows
from classify.model.head import Head, find_head, probabilities
from classify.model.language import ENGLISH, detect_language
from classify.priors import priors_of
from classify.rows import joined
from classify.signals import TextSignal
from classify.story_headline import story_headline
from classify.tagger.types import Tagged, TaggerText
from classify.text_input import TextInput
from classify.why import explain
from config.settings import ClassifySettings
from store.kinds import Category

if TYPE_CHECKING:
    from classify.tagger.tagger import Tagger

__all__ = ["Classifier", "TextInput", "load_classifier"]

SECOND_FROM = 0.25  # Probability from which a further category counts as one.
SHOWN_FROM = 0.01
FOREIGN_CONFIDENCE = 0.35  # Most a text may claim in a language that the model was not trained for.


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the models alone make of a text: probabilities by category, highest first, embedding, and things tagged."""

    categories: Mapping[Category, float]
    embedding: Embeddings
    language: str
    tagged: Tagged | None = None

    @property
    def category(self) -> Category:
        """The most probable category."""
        return next(iter(self.categories))

    @property
    def confidence(self) -> float:
        """The probability of the most probable category."""
        return self.categories[self.category]

    @property
    def likely(self) -> tuple[Category, ...]:
        """The category and those probable enough to stand beside it."""
        return tuple(c for c, p in self.categories.items() if p >= SECOND_FROM or c is self.category)


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """An encoder and the head trained for it.

    Less sure than ``review_below``, a signal asks the analyst; less sure than ``mail_from``, or in a language that is
    not among ``languages``, it is also held back until the analyst has answered.
    """

    encoder: Encoder
    head: Head
    tagger: Tagger | None = None
    review_below: float = 0.84
    mail_from: float = 0.40
    languages: frozenset[str] = frozenset([ENGLISH])

    def classify(self, texts: Sequence[TextInput]) -> list[TextSignal]:
        """Return one signal per text, in order."""
        return [self._signal(text, read) for text, read in zip(texts, self.read(texts), strict=True)]

    def read(self, texts: Sequence[TextInput]) -> list[Reading]:
        """Return what the model makes of each text, with page type and hint as further evidence."""
        if not texts:
            return []
        whole = [joined(text.title, text.text) for text in texts]
        embeddings = self.encoder.encode(whole)
        scores = self.head.scores(feature_rows(whole, embeddings, self.head.vocabulary))
        scores += np.stack([self._prior(text) for text in texts])
        rows = probabilities(scores)
        readings = [
            self._reading(row, embedding, text)
            for row, embedding, text in zip(rows, embeddings, whole, strict=True)
        ]
        return self._tagged(texts, whole, readings)

    def _tagged(
        self, texts: Sequence[TextInput], whole: Sequence[str], readings: list[Reading]
    ) -> list[Reading]:
        """Return the readings with what the tagger finds where it can find something, in one go."""
        if self.tagger is None:
            return readings
        places = [
            place
            for place, reading in enumerate(readings)
            if reading.language == ENGLISH and is_worth_tagging(whole[place], reading.likely)
        ]
        found = self.tagger.read(
            [
                TaggerText.of(
                    whole[place],
                    texts[place].actor,
                    is_priced=bool(PRICED_CATEGORIES.intersection(readings[place].likely)),
                )
                for place in places
            ]
        )
        for place, tagged in zip(places, found, strict=True):
            readings[place] = replace(readings[place], tagged=tagged)
        return readings

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Return the embeddings of texts that need no category."""
        return self.encoder.encode(texts)

    def _prior(self, text: TextInput) -> NDArray[np.float32]:
        prior = np.zeros(len(self.head.categories), dtype=np.float32)
        for category, weight in priors_of(text):
            prior[self.head.categories.index(category)] += weight
        return prior

    def _reading(self, row: NDArray[np.float32], embedding: Embeddings, text: str) -> Reading:
        language = detect_language(text)
        order = np.argsort(-row, kind="stable")
        shares = {self.head.categories[place]: float(row[place]) for place in order}
        if not any(char.isalnum() for char in text):
            shares = {Category.NONE: 1.0}
        elif language not in self.languages:
            shares = _flattened(shares)
        return Reading(categories=shares, embedding=embedding, language=language)

    def _signal(self, text: TextInput, reading: Reading) -> TextSignal:
        whole = joined(text.title, text.text)
        facts = read_facts(whole, reading.likely, text.actor, reading.tagged)
        category = reading.category
        impact = measure_impact(category, facts, whole)
        held = reading.confidence < self.mail_from or reading.language not in self.languages
        return TextSignal(
            id=text.id,
            category=category,
            confidence=reading.confidence,
            categories={c: p for c, p in reading.categories.items() if p >= SHOWN_FROM},
            impact=impact.score,
            drivers=impact.drivers,
            headline=story_headline(category, facts, text.title, text.text, text.actor),
            why=explain(category, facts, whole, text.actor),
            facts=facts,
            review=held or reading.confidence < self.review_below,
            held=held,
            language=reading.language,
            embedding=reading.embedding,
        )


def _flattened(shares: Mapping[Category, float]) -> dict[Category, float]:
    """Return the shares scaled so that the highest claims no more than `FOREIGN_CONFIDENCE`."""
    top = max(shares.values())
    return {c: p * min(1.0, FOREIGN_CONFIDENCE / top) for c, p in shares.items()}


def load_classifier(settings: ClassifySettings, own: Path | None = None) -> Classifier:
    """Return the classifier with its model in memory, a second or two.

    ``own`` is where `rivalwatch train` puts an installation's head; what it holds goes before the packaged one.
    Raises: ModelError.
    """
    head = find_head(settings.model, own)
    return make_classifier(settings, SentenceEncoder(settings.model, settings.threads), head)


def make_classifier(settings: ClassifySettings, encoder: Encoder, head: Head) -> Classifier:
    """Return the classifier of an encoder and a head, with the settings' thresholds and the packaged tagger."""
    from classify.tagger.tagger import load_tagger

    return Classifier(
        encoder=encoder,
        head=head,
        tagger=load_tagger(),
        review_below=settings.review_below,
        mail_from=settings.mail_from,
        languages=frozenset(settings.languages),
    )
