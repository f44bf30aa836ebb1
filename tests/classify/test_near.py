"""What lies near a text speaks for its category; what lies far says nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classify.model.embed import BUILTIN, encoder_name
from classify.model.head import load_head
from classify.model.near import Known, pack, unpack
from classify.rows import LESSON, LabelledRow, training_rows
from classify.training.train import fit_head
from store.kinds import Category

WIDTH = 384


def rows_of(seed: int, many: int, width: int = WIDTH) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(many, width)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), half=st.sampled_from([16, 192, 384]))
def test_packed_rows_come_back_nearly_as_they_were(seed: int, half: int):
    rows = rows_of(seed, 8, 2 * half)
    kept = unpack(pack(rows))
    assert pack(rows).nbytes == rows.nbytes // 8
    assert np.allclose(np.linalg.norm(kept, axis=1), 1.0, atol=1e-5)
    assert (kept * rows).sum(axis=1).min() > 0.97


def test_a_row_of_zeros_does_no_harm():
    assert np.isfinite(unpack(pack(np.zeros((1, WIDTH), dtype=np.float32)))).all()


def test_the_category_of_what_lies_near_is_believed_and_nothing_is_known_of_the_far():
    rows = rows_of(1, 3)
    known = Known(pack(rows), np.asarray([0, 1, 1], dtype=np.uint8), 3)
    near, far = known.evidence(np.stack([rows[0], rows_of(2, 1)[0]]))
    assert near.argmax() == 0
    assert np.exp(near[0]) > 0.99
    assert np.allclose(np.exp(far), 1 / 3, atol=0.01)
    assert np.allclose(np.exp([near, far]).sum(axis=1), 1.0, atol=1e-4)


def test_no_texts_have_no_evidence():
    known = Known(pack(rows_of(1, 3)), np.zeros(3, dtype=np.uint8), 14)
    assert known.evidence(np.zeros((0, WIDTH), dtype=np.float32)).shape == (0, 14)


@pytest.mark.slow
def test_training_from_the_kept_embeddings_gives_the_packaged_head_again():
    packaged = load_head()
    again = fit_head(training_rows(), packaged.known.codes, encoder_name(BUILTIN))
    assert again.data_digest == packaged.data_digest
    assert np.allclose(again.coefficients, packaged.coefficients, atol=2e-3)
    assert again.temperature == pytest.approx(packaged.temperature)


@pytest.mark.slow
def test_a_lesson_is_known_as_often_as_it_weighs():
    packaged, rows = load_head(), training_rows()
    lesson = LabelledRow(text="The phone drawer has a new tenant", labels=(Category.NONE,), origin=LESSON)
    codes = np.concatenate([packaged.known.codes, pack(rows_of(5, 1))])
    taught = fit_head([*rows, lesson], codes, encoder_name(BUILTIN))
    assert len(taught.known.labels) == len(rows) + 3
    assert taught.rows == len(rows) + 1
