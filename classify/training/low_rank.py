"""What both trainings of the sentence model share: low-rank changes of layers, running means, work side by side.

A layer gets ``up @ down`` added to its weights (Hu et al. 2021, "LoRA"); only these small matrices are trained.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final, TypeVar

import torch
from torch import nn
from torch.nn import functional

LAYER_PARTS: Final = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
KEPT: Final = 32  # The rank of what is packaged.

Made = TypeVar("Made")


class LowRank(nn.Module):
    """A frozen linear layer with a trainable low-rank change beside it."""

    def __init__(self, base: nn.Linear, rank: int, scale: float) -> None:
        super().__init__()
        self.base = base
        self.down = nn.Parameter(torch.randn(rank, base.in_features) / base.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))
        self.scale = scale

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        """Return what the layer gives with its change."""
        down, up = self.down.to(hidden.dtype), self.up.to(hidden.dtype)
        change = functional.linear(functional.linear(hidden, down), up)
        return torch.add(self.base(hidden), change, alpha=self.scale)


def make_changeable(
    transformer: nn.Module, layers: Sequence[int], rank: int, scale: float
) -> dict[str, LowRank]:
    """Put a change beside each linear layer of these layers of a transformer; return them by the layer's name."""
    changed = {}
    for name in (f"encoder.layer.{number}.{part}" for number in layers for part in LAYER_PARTS):
        parent, _, last = name.rpartition(".")
        holder = transformer.get_submodule(parent)
        changed[name] = LowRank(getattr(holder, last), rank, scale)
        setattr(holder, last, changed[name])
    return changed


def remember(means: Sequence[torch.Tensor], weights: Sequence[nn.Parameter], memory: float) -> None:
    """Move the running means towards the weights as they are. Source: Polyak & Juditsky 1992."""
    with torch.no_grad():
        for mean, weight in zip(means, weights, strict=True):
            mean.mul_(memory).add_(weight, alpha=1.0 - memory)


def side_by_side(
    training: Callable[..., Made], inputs: Sequence[tuple[object, ...]], processes: int | None = None
) -> list[Made]:
    """Return what each training makes of its inputs, in order, one process a core (``processes`` None)."""
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_ready) as pool:
        return [one.result() for one in [pool.submit(training, *each) for each in inputs]]


def _ready() -> None:
    logging.basicConfig(level=logging.INFO, format="%(process)d %(message)s")
    torch.set_num_threads(1)  # More threads sum in another order.
