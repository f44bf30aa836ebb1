"""Training the tagger: labelled facts → a low-rank change of the sentence model and a layer for each task.

``python -m classify.training.tagger_train`` makes the packaged tagger from ``classify/data/facts``. Nobody who runs
Rivalwatch needs it. A row says something of its own kind alone, so the other tasks learn nothing from it. Texts are
varied in every pass (`classify.training.tagger_vary`) and some of their words hidden, so that names and single words
carry less. What is kept of a training is a running mean of the weights (Polyak & Juditsky 1992), and of several
trainings that began alike and read the texts in another order their mean (Wortsman et al. 2022); the packaged tagger
is the mean of the one before and the new one, so that what is new is learned at half its strength.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from classify.model.adapter import Adapter, Change, base_digest, low_rank
from classify.model.published import BGE, load_published, transformer_of
from classify.tagger.labels import ACTIONS, SIDES, TASKS, Span
from classify.tagger.net import PLAIN_LAYERS, Batch, Pieces, TaggerNet
from classify.tagger.store import ARTEFACTS, TAGGER_FILE, TaggerWeights, load_weights, save_weights
from classify.training.low_rank import KEPT, LAYER_PARTS, make_changeable, remember, side_by_side
from classify.training.tagger_examples import IGNORED, Example, examples_of, file_digests, training_rows
from classify.training.tagger_vary import make_tagger_varier

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerRecipe:
    """How the tagger is trained."""

    rank: int = 24
    scale: float = 2.0
    passes: int = 4
    batch: int = 24
    rate: float = 1.5e-3
    head_rate: float = 2e-3
    hidden_words: float = 0.08
    dropped: float = 0.1
    smoothing: float = 0.02
    mean_memory: float = 0.995
    seed: int = 0
    members: int = 2
    kept: int = KEPT


ORDER_SEED: Final = 100  # Apart from the seed that a training begins with.
#: Prices are fewer than people, and have more to be learned of each.
TIMES_A_PASS: Final = {"prices": 2}


class Learner:
    """A tagger in training, and the layers by which its transformer changes."""

    def __init__(self, recipe: TaggerRecipe) -> None:
        torch.manual_seed(recipe.seed)
        model = load_published(BGE)
        transformer = transformer_of(model)
        layers = range(PLAIN_LAYERS, len(transformer.get_submodule("encoder.layer")))  # type: ignore[arg-type]
        names = [f"encoder.layer.{number}.{part}" for number in layers for part in LAYER_PARTS]
        self.base_digest = base_digest(transformer, names)
        # bfloat16 halves the time; the weights that are trained and the loss stay float32.
        transformer.requires_grad_(False).to(torch.bfloat16)
        self.changed = make_changeable(transformer, layers, recipe.rank, recipe.scale)
        self.net = TaggerNet(transformer)
        self.pieces = Pieces(model.tokenizer)
        self.recipe = recipe

    @property
    def changes(self) -> list[nn.Parameter]:
        return [weight for module in self.changed.values() for weight in (module.down, module.up)]

    @property
    def heads(self) -> list[nn.Parameter]:
        return list(self.net.own_weights().values())

    def weights(self, rows: int) -> TaggerWeights:
        """Return what was learned from so many rows."""
        return TaggerWeights(
            adapter=Adapter(
                changes={
                    name: Change(down=_half(module.down), up=_half(module.up))
                    for name, module in self.changed.items()
                },
                scale=self.recipe.scale,
                base_digest=self.base_digest,
                rows=rows,
                files=file_digests(),
            ),
            heads={name: _half(weight) for name, weight in self.net.own_weights().items()},
        )


def _half(weight: torch.Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float16]]:
    return weight.detach().numpy().astype(np.float16)


def train(examples: Sequence[Example], recipe: TaggerRecipe | None = None) -> TaggerWeights:
    """Return the mean of taggers trained side by side; the same examples give the same one on the same machine."""
    recipe = recipe or TaggerRecipe()
    inputs = [(examples, recipe, order) for order in range(recipe.members)]
    return _mean_of(side_by_side(_member, inputs), recipe)


def _member(examples: Sequence[Example], recipe: TaggerRecipe, order: int) -> TaggerWeights:
    return train_one(examples, recipe, order).weights(len(examples))


def _mean_of(members: Sequence[TaggerWeights], recipe: TaggerRecipe) -> TaggerWeights:
    first = members[0]
    mean = {
        name: low_rank(
            np.mean([one.adapter.scale * one.adapter.changes[name].added for one in members], axis=0),
            recipe.kept,
        )
        for name in first.adapter.changes
    }
    return TaggerWeights(
        adapter=replace(first.adapter, changes=mean, scale=1.0),
        heads={
            name: np.mean([one.heads[name].astype(np.float32) for one in members], axis=0).astype(np.float16)
            for name in first.heads
        },
    )


def train_one(examples: Sequence[Example], recipe: TaggerRecipe, order: int = 0) -> Learner:
    """Return one tagger; ``order`` numbers the order of texts and what is hidden, not what the training begins with."""
    examples = [each for each in examples for _ in range(TIMES_A_PASS.get(each.task, 1))]
    torch.set_num_threads(1)  # More threads sum in another order.
    learner = Learner(recipe)
    torch.manual_seed(ORDER_SEED + order)
    weights = [*learner.changes, *learner.heads]
    optimizer = torch.optim.AdamW(
        [
            {"params": learner.changes, "lr": recipe.rate, "weight_decay": 0.01},
            {"params": learner.heads, "lr": recipe.head_rate, "weight_decay": 0.01},
        ]
    )
    steps = recipe.passes * -(-len(examples) // recipe.batch)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [recipe.rate, recipe.head_rate], total_steps=steps + 1, pct_start=0.1
    )
    means = [weight.detach().clone() for weight in weights]
    started = time.monotonic()
    for step, (group, batch) in enumerate(_batches(learner, examples, order), 1):
        optimizer.zero_grad()
        # The backward pass of the fused attention takes longer than that of the plain one.
        with sdpa_kernel(SDPBackend.MATH):
            loss = _loss(learner, group, batch)
            loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        pace.step()
        remember(means, weights, min(recipe.mean_memory, step / (step + 10)))
        if step % 100 == 0:
            log.info("step %d of %d, loss %.2f, %.0f s", step, steps, loss.item(), time.monotonic() - started)
    with torch.no_grad():
        for mean, weight in zip(means, weights, strict=True):
            weight.copy_(mean)
    return learner


def _batches(
    learner: Learner, examples: Sequence[Example], order: int
) -> Iterator[tuple[list[Example], Batch]]:
    """Yield batches of texts of like length, each pass over other forms of the texts."""
    recipe, chance = learner.recipe, random.Random(order)
    varier = make_tagger_varier(examples)
    for _ in range(recipe.passes):
        varied = [varier.vary(example, chance) for example in examples]
        varied.sort(key=lambda example: len(example.tokens) + 8.0 * chance.random())
        starts = list(range(0, len(varied), recipe.batch))
        chance.shuffle(starts)
        for start in starts:
            group = varied[start : start + recipe.batch]
            batch = learner.pieces.batch([example.tokens for example in group])
            inner = (batch.shapes > 0) & (torch.rand(batch.ids.shape) < recipe.hidden_words)
            batch.ids[inner] = learner.pieces.hidden
            yield group, batch


def _loss(learner: Learner, group: Sequence[Example], batch: Batch) -> torch.Tensor:
    """Return the loss of a batch: of words' labels by task, and of which role belongs to whom."""
    vectors = functional.dropout(learner.net(batch), learner.recipe.dropped)
    loss = torch.zeros(())
    for task in TASKS:
        rows = [row for row, example in enumerate(group) if example.task == task]
        if rows:
            scores = learner.net.scores(vectors[rows], task).flatten(0, 1)
            loss = loss + functional.cross_entropy(
                scores,
                _labels([group[row] for row in rows], [batch.words[row] for row in rows], vectors.shape[1]),
                ignore_index=IGNORED,
                reduction="sum",
                label_smoothing=learner.recipe.smoothing,
            )
    loss = loss / WORDS_A_ROW
    for row, example in enumerate(group):
        if example.judged:
            loss = loss + _judged_loss(learner.net, vectors[row], example, batch.words[row])
    return loss / len(group)


WORDS_A_ROW: Final = 6.0  # Weighs the labels of a text's words against one pair of name and role.


def _labels(examples: Sequence[Example], words: Sequence[int], width: int) -> torch.Tensor:
    labels = torch.full((len(examples), width), IGNORED)
    for row, (example, count) in enumerate(zip(examples, words, strict=True)):
        labels[row, :count] = torch.tensor(example.labels[:count])
    return labels.flatten()


def _judged_loss(net: TaggerNet, vectors: torch.Tensor, example: Example, words: int) -> torch.Tensor:
    """Return the loss of what each person or amount is, and of which of the text's roles or plans is theirs."""
    judged = [(thing, verdict) for thing, verdict in example.judged if thing[1] <= words]
    if not judged:
        return torch.zeros(())
    verdicts = ACTIONS if example.task == "people" else SIDES
    things = [thing for thing, _ in judged]
    loss = functional.cross_entropy(
        net.verdicts(vectors, things, example.task),
        torch.tensor([verdicts.index(verdict) for _, verdict in judged]),
        reduction="sum",
        label_smoothing=0.02,
    )
    others = [*(other for other in example.paired if other[1] <= words), *_misread(example, words)]
    for thing, other in example.pairs:
        if thing[1] > words or (other is not None and other not in others):
            continue
        fits = net.fits(vectors, thing, others, things, example.task)
        loss = loss - functional.log_softmax(fits, 0)[-1 if other is None else others.index(other)]
    return loss


def _misread(example: Example, words: int) -> list[Span]:
    """Return roles or plans with a word too few or too many at either end: what the text does not call anything."""
    told = {other for _, other in example.pairs if other is not None}
    near = [
        (start + first, end + last)
        for start, end in sorted(told)
        for first, last in ((1, 0), (0, -1), (-1, 0), (0, 1), (0, -2))
    ]
    known = told.union(example.paired)
    return [span for span in dict.fromkeys(near) if span not in known and 0 <= span[0] < span[1] <= words]


def main() -> None:
    """Train on the packaged rows, and package the mean of what came out and of the tagger there is, if there is one."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples = examples_of(training_rows())
    weights = train(examples)
    known = load_weights() if (ARTEFACTS / TAGGER_FILE).exists() else None
    if known and known.adapter.base_digest == weights.adapter.base_digest:
        weights = _mean_of([weights, known], TaggerRecipe())
    save_weights(weights)
    log.info("tagger %s trained on %d texts", weights.digest[:12], len(examples))


if __name__ == "__main__":
    main()
