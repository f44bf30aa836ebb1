"""Adapting the sentence model: labelled rows → a low-rank change of its weights, in some minutes on one core.

``python -m classify.training.adapt`` makes the packaged adapter from ``classify/data``; ``python -m
classify.training.train`` must follow, because a head belongs to the encoder whose embeddings it has read. Nobody who
runs Rivalwatch needs either.

Each linear layer of the transformer gets ``up @ down`` added to its weights (Hu et al. 2021, "LoRA"). Only these small
matrices are trained, with a linear layer over the first token as the task; that layer is thrown away. Texts are
varied in every pass (`classify.training.vary`) and some of their tokens hidden, so that names and single words carry
less. What is kept is a running mean of the weights (Polyak & Juditsky 1992), which wanders less than their last state.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import LogisticRegression
from torch import nn
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from classify.model.adapter import (
    ADAPTER_FILE,
    ARTEFACTS,
    Adapter,
    base_digest,
    load_adapter,
    low_rank,
    merge,
    save_adapter,
)
from classify.model.published import BGE, load_published, transformer_of
from classify.rows import LabelledRow, file_digests, training_rows
from classify.training.low_rank import KEPT, LAYER_PARTS, make_changeable, remember, side_by_side
from classify.training.train import folds
from classify.training.vary import make_varier
from store.kinds import Category

log = logging.getLogger(__name__)

STOCK = 1 << 22
CENTRED_BY = 5  # Every fifth text tells the mean of all embeddings to a cosine of 0.999.

Embeddings = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the adapter is trained. Every value was weighed on writing styles left out (docs/quality.md)."""

    rank: int = 16
    scale: float = 2.0
    passes: int = 3
    batch: int = 32
    rate: float = 1e-3
    task_rate: float = 3e-3
    hidden_tokens: float = 0.10
    smoothing: float = 0.10
    second_label: float = 0.30
    mean_memory: float = 0.99
    tokens: int = 128
    kept: int = KEPT


class _Dropout(nn.Module):
    """Dropout that takes its masks out of one stock of random numbers: drawing them anew took a seventh of the time."""

    def __init__(self, share: float, numbers: torch.Tensor) -> None:
        super().__init__()
        self.stock = (numbers >= share).to(torch.bfloat16) / (1.0 - share)

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return hidden
        start = int(torch.randint(len(self.stock) - hidden.numel(), (1,)))
        return hidden * self.stock[start : start + hidden.numel()].view_as(hidden)


class _Learner:
    """The transformer with its changes and the task's layer, as one thing that reads token ids."""

    def __init__(self, model: SentenceTransformer, recipe: Recipe) -> None:
        self.transformer = transformer_of(model)
        self.tokenizer = model.tokenizer
        for weight in self.transformer.parameters():
            weight.requires_grad_(False)
        layers = range(len(self.transformer.get_submodule("encoder.layer")))  # type: ignore[arg-type]
        names = [f"encoder.layer.{number}.{part}" for number in layers for part in LAYER_PARTS]
        self.base_digest = base_digest(self.transformer, names)
        self._exchange_dropout()
        self.changed = make_changeable(self.transformer, layers, recipe.rank, recipe.scale)

    def _exchange_dropout(self) -> None:
        numbers = torch.rand(STOCK)
        for name, module in list(self.transformer.named_modules()):
            if name.endswith("attention.self"):
                module.dropout.p = 0.0
            elif isinstance(getattr(module, "dropout", None), nn.Dropout):
                module.dropout = _Dropout(module.dropout.p, numbers)

    @property
    def weights(self) -> list[nn.Parameter]:
        return [weight for module in self.changed.values() for weight in (module.down, module.up)]

    def __call__(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        # bfloat16 halves the time; the weights that are trained and the loss stay float32. The backward pass of the
        # fused attention takes ten times as long as that of the plain one.
        with torch.autocast("cpu", dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
            hidden = self.transformer(input_ids=ids, attention_mask=mask).last_hidden_state
        return functional.normalize(hidden[:, 0].float(), dim=1)

    def tokens(self, texts: Sequence[str], limit: int) -> list[list[int]]:
        found: list[list[int]] = self.tokenizer(list(texts), truncation=True, max_length=limit)["input_ids"]
        return found


def adapt(rows: Sequence[LabelledRow], recipe: Recipe | None = None, processes: int | None = None) -> Adapter:
    """Return the mean of adapters that each left out other files of these rows; the same ones on the same machine.

    They are trained side by side, one on each core (``processes`` None). Source: Wortsman et al. 2022, "Model soups".
    """
    recipe = recipe or Recipe()
    torch.set_num_threads(1)  # More threads sum in another order.
    labels = np.asarray([list(Category).index(row.label) for row in rows])
    plain = _embeddings(load_published(BGE), [row.text for row in rows])
    inputs = [
        ([rows[place] for place in seen], plain[seen], recipe, seed)
        for seed, (seen, _) in enumerate(folds(rows, labels))
    ]
    members = side_by_side(member, inputs, processes)
    return mean_of(members, recipe, rows)


@dataclass(frozen=True, slots=True)
class Member:
    """What one adapter adds to the layers' weights, before it is made small: by layer, shape (out, in)."""

    added: Mapping[str, Embeddings]
    base_digest: str


def member(rows: Sequence[LabelledRow], plain: Embeddings, recipe: Recipe, seed: int) -> Member:
    """Return what training on these rows adds; ``plain`` are their embeddings by the model as it is."""
    torch.manual_seed(seed)
    labels = np.asarray([list(Category).index(row.label) for row in rows])
    learner = _Learner(load_published(BGE), recipe)
    means = _fit(learner, _first_task(plain, labels), rows, labels, recipe, seed)
    pairs = zip(means[0::2], means[1::2], strict=True)
    added: list[Embeddings] = [(recipe.scale * (up @ down)).numpy() for down, up in pairs]
    return Member(dict(zip(learner.changed, added, strict=True)), learner.base_digest)


def mean_of(members: Sequence[Member], recipe: Recipe, rows: Sequence[LabelledRow]) -> Adapter:
    """Return the mean of the members, of each layer the largest `Recipe.kept` parts of its change."""
    return Adapter(
        changes={
            name: low_rank(np.mean([one.added[name] for one in members], axis=0), recipe.kept)
            for name in members[0].added
        },
        scale=1.0,
        base_digest=members[0].base_digest,
        rows=len(rows),
        files=file_digests(rows),
    )


def _embeddings(model: SentenceTransformer, texts: Sequence[str]) -> Embeddings:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return np.asarray(model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False))


def _first_task(embeddings: Embeddings, labels: NDArray[np.int64]) -> nn.Linear:
    # A task that starts fitted moves the encoder only where it must.
    model = LogisticRegression(C=4.0, max_iter=200, class_weight="balanced").fit(embeddings, labels)
    task = nn.Linear(embeddings.shape[1], len(Category))
    with torch.no_grad():
        task.weight.copy_(torch.from_numpy(model.coef_))
        task.bias.copy_(torch.from_numpy(model.intercept_))
    return task


def _fit(
    learner: _Learner,
    task: nn.Linear,
    rows: Sequence[LabelledRow],
    labels: NDArray[np.int64],
    recipe: Recipe,
    seed: int,
) -> list[torch.Tensor]:
    """Train; return the running means of the changes' weights."""
    weights = learner.weights
    optimizer = torch.optim.AdamW(
        [
            {"params": weights, "lr": recipe.rate, "weight_decay": 0.01},
            {"params": list(task.parameters()), "lr": recipe.task_rate, "weight_decay": 0.0},
        ]
    )
    steps = recipe.passes * -(-len(rows) // recipe.batch)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [recipe.rate, recipe.task_rate], total_steps=steps, pct_start=0.1
    )
    goals, balance = _goals(rows, recipe), _balance(labels)
    means = [weight.detach().clone() for weight in weights]
    learner.transformer.train()
    started = time.monotonic()
    for step, (places, ids, mask) in enumerate(_batches(learner, rows, recipe, seed), 1):
        scores = task(functional.dropout(learner(ids, mask), 0.1))
        loss = -(balance * goals[places] * functional.log_softmax(scores, 1)).sum(1).mean()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        pace.step()
        remember(means, weights, min(recipe.mean_memory, step / (step + 10)))
        if step % 100 == 0:
            log.info("step %d of %d, loss %.2f, %.0f s", step, steps, loss.item(), time.monotonic() - started)
    return means


def _goals(rows: Sequence[LabelledRow], recipe: Recipe) -> torch.Tensor:
    """Return what the task should say of each row: a share per category, (n, 14), rows summing to 1."""
    goals = torch.zeros(len(rows), len(Category))
    order = list(Category)
    for place, row in enumerate(rows):
        for label in row.labels:
            goals[place, order.index(label)] = 1.0 if label is row.label else recipe.second_label
    goals /= goals.sum(1, keepdim=True)
    return (1.0 - recipe.smoothing) * goals + recipe.smoothing / len(order)


def _balance(labels: NDArray[np.int64]) -> torch.Tensor:
    counts = np.bincount(labels, minlength=len(Category))
    return torch.tensor(np.sqrt(len(labels) / (len(counts) * counts)), dtype=torch.float32)


def _batches(
    learner: _Learner, rows: Sequence[LabelledRow], recipe: Recipe, seed: int
) -> Iterator[tuple[list[int], torch.Tensor, torch.Tensor]]:
    """Yield places, token ids and mask of batches of like length, each pass over other forms of the texts."""
    chance = random.Random(seed)
    varier = make_varier(rows)
    for _ in range(recipe.passes):
        tokens = learner.tokens([varier.vary(row.text, chance) for row in rows], recipe.tokens)
        order = sorted(range(len(rows)), key=lambda place: len(tokens[place]) + 6.0 * chance.random())
        starts = list(range(0, len(order), recipe.batch))
        chance.shuffle(starts)
        for start in starts:
            places = order[start : start + recipe.batch]
            yield places, *_padded([tokens[place] for place in places], learner.tokenizer, recipe)


def _padded(
    tokens: Sequence[list[int]], tokenizer: object, recipe: Recipe
) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(map(len, tokens))
    ids = torch.full((len(tokens), width), tokenizer.pad_token_id)  # type: ignore[attr-defined]
    mask = torch.zeros(len(tokens), width)
    for place, row in enumerate(tokens):
        ids[place, : len(row)] = torch.tensor(row)
        mask[place, : len(row)] = 1.0
    inner = (mask > 0) & (ids != tokenizer.cls_token_id) & (ids != tokenizer.sep_token_id)  # type: ignore[attr-defined]
    hidden = inner & (torch.rand(ids.shape) < recipe.hidden_tokens)
    return ids.masked_fill(hidden, tokenizer.mask_token_id), mask  # type: ignore[attr-defined]


def between(one: Adapter, other: Adapter, kept: int = KEPT) -> Adapter:
    """Return the mean of two adapters of one model, without a centre; rows and files are ``other``'s."""
    return Adapter(
        changes={
            name: low_rank(
                np.mean([one.scale * one.changes[name].added, other.scale * change.added], axis=0), kept
            )
            for name, change in other.changes.items()
        },
        scale=1.0,
        base_digest=other.base_digest,
        rows=other.rows,
        files=other.files,
    )


def centred(adapter: Adapter, texts: Sequence[str]) -> Adapter:
    """Return the adapter with the mean of what the embeddings of these texts are with it."""
    model = load_published(BGE)
    merge(transformer_of(model), adapter)
    return replace(adapter, centre=_embeddings(model, texts).mean(0).astype(np.float16))


def main() -> None:
    """Train on the packaged rows, and package the mean of what came out and of the adapter there is, if there is one.

    What is new is learned at half its strength then, and what was known is kept (docs/quality.md).
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rows = training_rows()
    adapter = adapt(rows)
    if (ARTEFACTS / ADAPTER_FILE).exists() and load_adapter().base_digest == adapter.base_digest:
        adapter = between(load_adapter(), adapter)
    save_adapter(centred(adapter, [row.text for row in rows[::CENTRED_BY]]))
    log.info("adapter trained on %d rows", adapter.rows)


if __name__ == "__main__":
    main()
