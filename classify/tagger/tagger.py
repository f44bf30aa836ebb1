"""The tagger: a small network that reads who came and went, who was bought, with whom, and which sum is the news.

It knows no list of verbs: it was trained on labelled texts (`classify.training.tagger_train`), on top of what the
sentence model understands of words, and so reads wordings that no rule foresaw. All it tells stands in the text.
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

from classify.model.adapter import merge
from classify.model.published import BGE, load_published, share_tokens, transformer_of
from classify.rules.prices.amounts import amounts_in
from classify.rules.roles import singular
from classify.tagger.labels import ACTIONS, ROLE, SIDES, TASKS, Scores, Span, best_path, things
from classify.tagger.names import whole
from classify.tagger.net import Pieces, TaggerNet
from classify.tagger.people import named_in
from classify.tagger.plans import plans_in
from classify.tagger.store import ARTEFACTS, TAGGER_CARD, load_weights
from classify.tagger.text import Token, overlap, said_at, tokens_of, words_between
from classify.tagger.types import JudgedAmount, NamedPerson, Tagged, TaggerText

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
        return Tagged(
            text=self.text.text,
            tokens=self.tokens,
            people=self._people() if self.tokens else (),
            amounts=self._amounts() if self.tokens and self.text.is_priced else (),
            scores=self.scores,
        )

    def _people(self) -> tuple[NamedPerson, ...]:
        """Return the people that the rules see named, and those that the words' labels tell of besides."""
        names, roles = named_in(self.text.text, self.tokens, self.text.own)
        roles = [self._without_names(role, names) for role in roles]
        for span, kind in things(best_path(self.scores["people"]), "people"):
            if kind == ROLE:
                roles += [span] if span not in roles else []
            elif self._is_another(span, names):
                names.append(whole(self.tokens, span))
        if not names:
            return ()
        moves = functional.log_softmax(self.net.verdicts(self.vectors, names, "people"), -1).tolist()
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

    def _without_names(self, role: Span, names: Sequence[Span]) -> Span:
        """Return the "Chief Scientific Officer" of "Chief Scientific Officer and the addition of Bettina Strobl"."""
        if not any(overlap(role, name) for name in names):
            return role
        words = [token.text.lower() for token in self.tokens[role[0] : role[1]]]
        return (role[0], role[0] + words.index("and")) if "and" in words[1:] else role

    def _roles(self, name: Span, roles: Sequence[Span], names: Sequence[Span]) -> dict[str, float]:
        if not roles:
            return {}
        fits = self.net.fits(self.vectors, name, roles, names, "people")[:-1]
        found: dict[str, float] = {}
        for role, fit in zip(roles, functional.log_softmax(fits, 0).tolist(), strict=True):
            said = singular(self._said(role))
            found[said] = max(found.get(said, -np.inf), fit)
        return found

    def _amounts(self) -> tuple[JudgedAmount, ...]:
        """Return the amounts that a price can be made of."""
        each = [(words_between(self.tokens, a.start, a.end), a) for a in amounts_in(self.text.text)]
        each = [(words, amount) for words, amount in each if words[0] < words[1]]
        if not each:
            return ()
        spans = [words for words, _ in each]
        sides = functional.log_softmax(self.net.verdicts(self.vectors, spans, "prices"), -1).tolist()
        tagged = [span for span, _ in things(best_path(self.scores["prices"]), "prices")]
        plans = list(dict.fromkeys([*plans_in(self.text.text, self.tokens), *tagged]))
        return tuple(
            JudgedAmount(
                amount=amount,
                words=words,
                sides=dict(zip(SIDES, row, strict=True)),
                plans=self._plans(words, plans, spans),
            )
            for (words, amount), row in zip(each, sides, strict=True)
        )

    def _plans(self, amount: Span, plans: Sequence[Span], amounts: Sequence[Span]) -> dict[str, float]:
        fits = functional.log_softmax(self.net.fits(self.vectors, amount, plans, amounts, "prices"), 0)
        found: dict[str, float] = {}
        for name, fit in zip([*map(self._said, plans), ""], fits.tolist(), strict=True):
            found[name] = max(found.get(name, -np.inf), fit)
        return found

    def _said(self, span: Span) -> str:
        return said_at(self.text.text, self.tokens, span)


@cache
def load_tagger(folder: Path = ARTEFACTS) -> Tagger | None:
    """Return the packaged tagger, in memory once; None if none is packaged. Raises: ModelError if it is damaged."""
    if not (folder / TAGGER_CARD).is_file():
        return None
    weights = load_weights(folder)
    model = load_published(BGE)
    transformer = transformer_of(model)
    share_tokens(transformer, BGE)
    merge(transformer, weights.adapter)
    if torch.cpu.get_capabilities().get("avx512_bf16", False):
        transformer.get_submodule("encoder").to(torch.bfloat16)
    net = TaggerNet(transformer)
    net.load_state_dict(
        {name: torch.from_numpy(rows.astype(np.float32)) for name, rows in weights.heads.items()},
        strict=False,
    )
    return Tagger(net, Pieces(model.tokenizer))
