"""The tagger's network: the sentence model's transformer over words, with a layer for each task on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import nn

from classify.tagger.labels import ACTIONS, SIDES, TASKS, Span
from classify.tagger.text import SHAPES, Token

WIDTH: Final = 384
PAIR: Final = 64
FAR: Final = 12  # Words between a name and its role, beyond which distance says no more.
MANY: Final = 3  # Other names between a name and its role, beyond which their number says no more.
PLAIN_LAYERS: Final = 4  # Layers that stay as published; how words are written is told behind them.
FORBIDDEN: Final = -1e4
LONGEST_WORD: Final = 6  # Pieces of a word that are read; what is longer is no word.
MOST_PIECES: Final = 254
WORDS_KNOWN: Final = 50_000
_SHAPE_NUMBER: Final = {shape: 1 + number for number, shape in enumerate(SHAPES)}


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts as numbers, one a row: word pieces, how each is written, which are there; the first piece of each word."""

    ids: torch.Tensor
    shapes: torch.Tensor
    mask: torch.Tensor
    firsts: torch.Tensor
    words: tuple[int, ...]


class Pieces:
    """Turns words into pieces of the sentence model's vocabulary, each word once."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        self.begin: int = tokenizer.cls_token_id
        self.end: int = tokenizer.sep_token_id
        self.hidden: int = tokenizer.mask_token_id

    def of(self, word: str) -> list[int]:
        """Return the pieces of a word; a word of none is unknown."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= WORDS_KNOWN:
                self._known.clear()
            found = self._tokenizer(word, add_special_tokens=False)["input_ids"][:LONGEST_WORD]
            known = self._known[word] = found or [self._tokenizer.unk_token_id]
        return known

    def batch(self, texts: Sequence[Sequence[Token]]) -> Batch:
        """Return texts as one batch; words beyond `MOST_PIECES` are left out."""
        rows = [self._row(tokens) for tokens in texts]
        return Batch(
            ids=_padded([ids for ids, _, _ in rows], self._tokenizer.pad_token_id),
            shapes=_padded([shapes for _, shapes, _ in rows], 0),
            mask=_padded([[1] * len(ids) for ids, _, _ in rows], 0).float(),
            firsts=_padded([firsts for _, _, firsts in rows], 0),
            words=tuple(len(firsts) for _, _, firsts in rows),
        )

    def _row(self, tokens: Sequence[Token]) -> tuple[list[int], list[int], list[int]]:
        ids, shapes, firsts = [self.begin], [0], []
        for token in tokens:
            own = self.of(token.text)
            if len(ids) + len(own) > MOST_PIECES:
                break
            firsts.append(len(ids))
            ids += own
            shapes += [_SHAPE_NUMBER[token.shape]] * len(own)
        return [*ids, self.end], [*shapes, 0], firsts


def _padded(rows: Sequence[Sequence[int]], filler: int) -> torch.Tensor:
    width = max(1, *map(len, rows)) if rows else 1
    return torch.tensor([[*row, *[filler] * (width - len(row))] for row in rows])


class _Pairing(nn.Module):
    """Says which of a text's roles is whose, or which plan's a price is."""

    def __init__(self) -> None:
        super().__init__()
        self.one = nn.Linear(WIDTH, PAIR)
        self.other = nn.Linear(2 * WIDTH, PAIR)
        self.none = nn.Linear(WIDTH, 1)
        self.distance = nn.Embedding(2 * FAR + 1, 1)
        self.between = nn.Embedding(2 * MANY + 2, 1)
        nn.init.zeros_(self.distance.weight)
        nn.init.zeros_(self.between.weight)

    def forward(
        self, vectors: torch.Tensor, thing: Span, others: Sequence[Span], things: Sequence[Span]
    ) -> torch.Tensor:
        """Return a score for each of the others, and last for none of them."""
        mean = vectors[thing[0] : thing[1]].mean(0)
        none: torch.Tensor = self.none(mean)
        if not others:
            return none
        ends = [torch.cat((vectors[start], vectors[end - 1])) for start, end in others]
        apart = torch.tensor([distance(thing, other) for other in others])
        among = torch.tensor([names_between(thing, other, things) for other in others])
        found = self.other(torch.stack(ends)) @ self.one(mean) / PAIR**0.5
        return torch.cat((found + (self.distance(apart) + self.between(among))[:, 0], none))


class TaggerNet(nn.Module):
    """Word vectors of the transformer, and scores of each task's labels over them."""

    def __init__(self, transformer: nn.Module) -> None:
        super().__init__()
        self.transformer = transformer
        self.shape = nn.Embedding(len(SHAPES) + 1, WIDTH)
        self.heads = nn.ModuleDict(
            {task: nn.Linear(WIDTH, 1 + 2 * len(kinds)) for task, kinds in TASKS.items()}
        )
        self.judges = nn.ModuleDict(
            {"people": nn.Linear(WIDTH, len(ACTIONS)), "prices": nn.Linear(WIDTH, len(SIDES))}
        )
        self.pairings = nn.ModuleDict({"people": _Pairing(), "prices": _Pairing()})
        nn.init.zeros_(self.shape.weight)

    def forward(self, batch: Batch) -> torch.Tensor:
        """Return a vector for each word, (texts, words, width)."""
        hidden = self.transformer.get_submodule("embeddings")(input_ids=batch.ids)
        layers = list(self.transformer.get_submodule("encoder.layer").children())
        number = next(layers[0].parameters()).dtype
        hidden, mask = hidden.to(number), ((1.0 - batch.mask) * FORBIDDEN)[:, None, None, :].to(number)
        with torch.no_grad():
            for layer in layers[:PLAIN_LAYERS]:
                hidden = layer(hidden, mask)
        hidden = hidden + self.shape(batch.shapes).to(number)
        for layer in layers[PLAIN_LAYERS:]:
            hidden = layer(hidden, mask)
        places = batch.firsts[..., None].expand(-1, -1, hidden.shape[-1])
        found: torch.Tensor = hidden.float().gather(1, places)
        return found

    def scores(self, vectors: torch.Tensor, task: str) -> torch.Tensor:
        """Return the scores of each label of a task for each word."""
        found: torch.Tensor = self.heads[task](vectors)
        return found

    def verdicts(self, vectors: torch.Tensor, things: Sequence[Span], task: str) -> torch.Tensor:
        """Return the scores of what each person (`ACTIONS`) or amount (`SIDES`) is; ``vectors`` are of one text."""
        found: torch.Tensor = self.judges[task](
            torch.stack([vectors[start:end].mean(0) for start, end in things])
        )
        return found

    def fits(
        self, vectors: torch.Tensor, thing: Span, others: Sequence[Span], things: Sequence[Span], task: str
    ) -> torch.Tensor:
        """Return how well each role fits a person, or each plan an amount, and last that none does."""
        found: torch.Tensor = self.pairings[task](vectors, thing, others, things)
        return found

    def own_weights(self) -> Mapping[str, nn.Parameter]:
        """Return the weights that are not the transformer's, by name."""
        named = self.named_parameters()
        return {name: weight for name, weight in named if not name.startswith("transformer.")}


def distance(name: Span, role: Span) -> int:
    """Return how many words lie between a name and a role, and on which side, as a number in [0, 2 * `FAR`]."""
    apart = role[0] - name[1] if role[0] >= name[1] else -(name[0] - role[1]) - 1
    return max(-FAR, min(FAR, apart)) + FAR


def names_between(name: Span, role: Span, names: Sequence[Span]) -> int:
    """Return how many other names stand between a name and a role, and on which side, in [0, 2 * `MANY` + 1]."""
    low, high = (name[1], role[0]) if role[0] >= name[1] else (role[1], name[0])
    many = min(MANY, sum(low <= start and end <= high for start, end in names))
    return many if role[0] >= name[1] else MANY + 1 + many
