"""The tagger: a small network that reads who came and went, who was bought, with whom, and which sum is the news.

It knows no list of verbs: it was trained on labelled texts (`classify.tagger_train`), on top of what the sentence model
understands of words, and so reads wordings that no rule foresaw. All it tells stands in the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
import torch
from torch.nn import functional

from classify.adapter import merge
from classify.embed import PLAIN, load_model, model_folder, transformer_of
from classify.tagger_labels import ACTIONS, ROLE, TASKS, Scores, Span, best_path, things
from classify.tagger_names import whole
from classify.tagger_net import Pieces, TaggerNet
from classify.tagger_people import named_in
from classify.tagger_store import ARTEFACTS, TAGGER_CARD, load_weights
from classify.tagger_text import Token, overlap, said_at, tokens_of
from classify.tagger_types import NamedPerson, Tagged, TaggerText

BATCH = 32
_TURN = Lock()  # A tokeniser that two threads use at once raises.


class Tagger:
    """A network ready to read; texts of like length are read together."""

    def __init__(self, net: TaggerNet, pieces: Pieces) -> None:
        self._net = net.eval()
        self._pieces = pieces

    def read(self, texts: Sequence[TaggerText]) -> list[Tagged]:
        """Return what stands in each text, in order."""
        words = [tokens_of(text.text, text.own) for text in texts]
        order = sorted(range(len(texts)), key=lambda place: len(words[place]))
        found: dict[int, Tagged] = {}
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            tagged = self._read([texts[place] for place in places], [words[place] for place in places])
            found |= zip(places, tagged, strict=True)
        return [found[place] for place in range(len(texts))]

    def _read(self, texts: Sequence[TaggerText], words: Sequence[Sequence[Token]]) -> list[Tagged]:
        with _TURN, torch.inference_mode():
            batch = self._pieces.batch(words)
            vectors = self._net(batch)
            scores = {
                task: functional.log_softmax(self._net.scores(vectors, task), -1).numpy() for task in TASKS
            }
            return [
                _Reader(
                    net=self._net,
                    text=text,
                    tokens=tokens[:count],
                    vectors=vectors[row],
                    scores={task: each[row, :count] for task, each in scores.items()},
                ).read()
                for row, (text, tokens, count) in enumerate(zip(texts, words, batch.words, strict=True))
            ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """One text with its words' vectors and the scores of their labels."""

    net: TaggerNet
    text: TaggerText
    tokens: Sequence[Token]
    vectors: torch.Tensor
    scores: Mapping[str, Scores]

    def read(self) -> Tagged:
        people = self._people() if self.tokens else ()
        return Tagged(text=self.text.text, tokens=self.tokens, people=people, scores=self.scores)

    def _people(self) -> tuple[NamedPerson, ...]:
        """Return the people that the rules see named, and those that the words' labels tell of besides."""
        names, roles = named_in(self.text.text, self.tokens, self.text.own)
        for span, kind in things(best_path(self.scores["people"]), "people"):
            if kind == ROLE:
                roles += [span] if span not in roles else []
            elif self._is_another(span, names):
                names.append(whole(self.tokens, span))
        if not names:
            return ()
        moves = functional.log_softmax(self.net.moves(self.vectors, names), -1).tolist()
        return tuple(
            NamedPerson(
                name=self._said(name),
                place=self.tokens[name[0]].start,
                actions=dict(zip(ACTIONS, row, strict=True)),
                roles=self._roles(name, roles, names),
            )
            for name, row in sorted(zip(names, moves, strict=True))
        )

    def _is_another(self, span: Span, names: Sequence[Span]) -> bool:
        """Return True for a name of at least two words that is not a part or a later mention of one of these."""
        *before, last = self._said(span).split()
        lasts = {self._said(name).split()[-1] for name in names}
        return bool(before) and last not in lasts and not any(overlap(span, name) for name in names)

    def _roles(self, name: Span, roles: Sequence[Span], names: Sequence[Span]) -> dict[str, float]:
        if not roles:
            return {}
        fits = functional.log_softmax(self.net.fits(self.vectors, name, roles, names), 0).tolist()
        found: dict[str, float] = {}
        for role, fit in zip(roles, fits, strict=True):
            found[self._said(role)] = max(found.get(self._said(role), -np.inf), fit)
        return found

    def _said(self, span: Span) -> str:
        return said_at(self.text.text, self.tokens, span)


@cache
def load_tagger(folder: Path = ARTEFACTS) -> Tagger | None:
    """Return the packaged tagger, in memory once; None if none is packaged. Raises: ModelError if it is damaged."""
    if not (folder / TAGGER_CARD).is_file():
        return None
    weights = load_weights(folder)
    model = load_model(model_folder(PLAIN))
    transformer = transformer_of(model)
    merge(transformer, weights.adapter)
    if torch.cpu.get_capabilities().get("avx512_bf16", False):
        transformer.to(torch.bfloat16)
    net = TaggerNet(transformer)
    net.load_state_dict(
        {name: torch.from_numpy(rows.astype(np.float32)) for name, rows in weights.heads.items()},
        strict=False,
    )
    return Tagger(net, Pieces(model.tokenizer))
