"""The adapter changes only the model it was made for, and rows of other encoders never look alike."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classify.errors import ModelError
from classify.model.adapter import (
    ADAPTER_CARD,
    ADAPTER_FILE,
    ARTEFACTS,
    load_adapter,
    merge,
    packaged_digest,
    save_adapter,
)
from classify.model.embed import PLAIN, SentenceEncoder, cosine, from_bytes, to_bytes
from classify.model.published import BGE, load_published, transformer_of
from classify.training.adapt import between

TEXTS = ("Brightwell names Tomasz Nowak chief technology officer", "Our Basic plan now costs more")


@pytest.fixture(scope="module")
def plain() -> SentenceEncoder:
    """Return another model, as it was published."""
    return SentenceEncoder(PLAIN)


def test_card_and_numbers_agree_and_survive_storing(tmp_path: Path):
    adapter = load_adapter()
    assert adapter.digest == packaged_digest()
    save_adapter(adapter, tmp_path)
    assert load_adapter(tmp_path).digest == adapter.digest


def test_between_an_adapter_and_one_of_twice_its_strength_lies_one_and_a_half_of_it():
    adapter = load_adapter()
    middle = between(adapter, replace(adapter, scale=2.0 * adapter.scale, rows=7))
    assert middle.rows == 7
    for name, change in adapter.changes.items():
        once = adapter.scale * (change.up.astype(np.float32) @ change.down.astype(np.float32))
        found = middle.changes[name].up.astype(np.float32) @ middle.changes[name].down.astype(np.float32)
        assert np.allclose(found, 1.5 * once, atol=2e-3)


@pytest.mark.parametrize("damage", [b"", b"not a zip file", None])
def test_damaged_or_missing_adapter_is_refused_with_a_remedy(tmp_path: Path, damage: bytes | None):
    (tmp_path / ADAPTER_CARD).write_bytes((ARTEFACTS / ADAPTER_CARD).read_bytes())
    if damage is not None:
        (tmp_path / ADAPTER_FILE).write_bytes(damage)
    with pytest.raises(ModelError, match="install Rivalwatch again"):
        load_adapter(tmp_path)


def test_exchanged_numbers_are_refused(tmp_path: Path):
    save_adapter(load_adapter(), tmp_path)
    card = json.loads((tmp_path / ADAPTER_CARD).read_text())
    (tmp_path / ADAPTER_CARD).write_text(json.dumps(card | {"digest": "0" * 64}))
    with pytest.raises(ModelError, match="do not fit their card"):
        load_adapter(tmp_path)


def test_adapter_of_another_model_is_not_merged():
    transformer = transformer_of(load_published(BGE))
    with pytest.raises(ModelError, match="not the one its adapter was made for"):
        merge(transformer, replace(load_adapter(), base_digest="0" * 64))


def test_rows_have_length_one_and_are_the_same_alone_and_together(classifier):
    together = classifier.embed(TEXTS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-3)
    for text, row in zip(TEXTS, together, strict=True):
        assert cosine(row, classifier.embed([text])[0]) > 0.999


def test_rows_of_two_encoders_are_as_unlike_as_strangers(classifier, plain: SentenceEncoder):
    stored = [from_bytes(to_bytes(row)) for row in plain.encode(TEXTS)]
    for text, row in zip(TEXTS, stored, strict=True):
        assert abs(cosine(classifier.embed([text])[0], row)) < 0.3
        assert cosine(plain.encode([text])[0], row) > 0.999
