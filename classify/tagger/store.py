"""The trained tagger on disk: numbers and JSON, nothing executable, tied to the rows it was trained on."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classify.errors import ModelError
from classify.model.adapter import ARTEFACTS, Adapter, Change

__all__ = ["ARTEFACTS", "TAGGER_CARD", "TAGGER_FILE", "TaggerWeights", "load_weights", "save_weights"]

TAGGER_FILE: Final = "tagger.npz"
TAGGER_CARD: Final = "tagger.json"
FORMAT: Final = 1

Half = NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerWeights:
    """What the transformer is changed by, and the weights of the layers on top by name."""

    adapter: Adapter
    heads: Mapping[str, Half]

    @property
    def digest(self) -> str:
        """Return the sha-256 of all numbers, as hex."""
        whole = hashlib.sha256(self.adapter.digest.encode())
        for name, rows in sorted(self.heads.items()):
            whole.update(name.encode())
            whole.update(rows.tobytes())
        return whole.hexdigest()


def save_weights(weights: TaggerWeights, folder: Path = ARTEFACTS) -> None:
    """Write a trained tagger."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Half] = {f"head:{name}": rows for name, rows in weights.heads.items()}
    for name, change in weights.adapter.changes.items():
        arrays |= {f"down:{name}": change.down, f"up:{name}": change.up}
    np.savez_compressed(folder / TAGGER_FILE, **arrays)  # type: ignore[arg-type]
    card = {
        "format": FORMAT,
        "digest": weights.digest,
        "scale": weights.adapter.scale,
        "base_digest": weights.adapter.base_digest,
        "rows": weights.adapter.rows,
        "files": dict(weights.adapter.files),
    }
    (folder / TAGGER_CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def load_weights(folder: Path = ARTEFACTS) -> TaggerWeights:
    """Return the tagger that `save_weights` wrote. Raises: ModelError if it is missing or damaged."""
    try:
        card = json.loads((folder / TAGGER_CARD).read_text(encoding="utf-8"))
        if card["format"] != FORMAT:
            raise ValueError("it is of another version of Rivalwatch")
        with np.load(folder / TAGGER_FILE, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        weights = TaggerWeights(adapter=_adapter(arrays, card), heads=_part(arrays, "head"))
        if weights.digest != card["digest"]:
            raise ValueError("the numbers do not fit their card")
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"cannot read the tagger of facts in {folder}: {error}; install Rivalwatch again"
        ) from error
    return weights


def _part(arrays: Mapping[str, Half], kind: str) -> dict[str, Half]:
    return {name.partition(":")[2]: rows for name, rows in arrays.items() if name.startswith(f"{kind}:")}


def _adapter(arrays: Mapping[str, Half], card: Mapping[str, object]) -> Adapter:
    downs, ups = _part(arrays, "down"), _part(arrays, "up")
    return Adapter(
        changes={name: Change(down=downs[name], up=ups[name]) for name in downs},
        scale=float(str(card["scale"])),
        base_digest=str(card["base_digest"]),
        rows=int(str(card["rows"])),
        files=dict(card["files"]),  # type: ignore[call-overload]
    )
