"""Published models are read from installed packages, to the number, and say what is missing."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from classify.errors import ModelError
from classify.model import published
from classify.model.graph_weights import graph_weights
from classify.model.published import BGE, MINILM, PACKAGES, load_folder, load_published, published_folder

TEXTS = ("Brightwell names Tomasz Nowak chief technology officer", "Our Basic plan now costs more", "a")


def test_the_model_says_what_its_graph_says_when_run_as_it_was_packaged():
    model = load_published(BGE)
    session = onnxruntime.InferenceSession(str(published_folder(BGE) / "model.onnx"))
    for text in TEXTS:
        pieces = model.tokenizer(text, return_tensors="np")
        states = session.run(None, {put.name: pieces[put.name] for put in session.get_inputs()})[0]
        first = states[0, 0] / np.linalg.norm(states[0, 0])
        # Run as packaged, what passes between layers is rounded to eight bits as well.
        assert float(model.encode([text], normalize_embeddings=True)[0] @ first) > 0.99


def test_each_text_is_read_alone_as_it_is_among_others():
    model = load_published(BGE)
    together = model.encode(list(TEXTS), normalize_embeddings=True)
    for text, row in zip(TEXTS, together, strict=True):
        assert float(model.encode([text], normalize_embeddings=True)[0] @ row) > 0.999


def test_weights_are_codes_less_their_zero_times_their_scale(tmp_path: Path):
    codes = np.array([[0, 128], [255, 130], [7, 9]], dtype=np.uint8)
    stored: dict[str, np.ndarray] = {
        "embeddings.word_embeddings.weight_quantized": codes,
        "embeddings.word_embeddings.weight_zero_point": np.array([128], dtype=np.uint8),
        "embeddings.word_embeddings.weight_scale": np.array([0.5], dtype=np.float32),
        "onnx::MatMul_1_quantized": codes,
        "onnx::MatMul_1_zero_point": np.array(7, dtype=np.uint8),
        "onnx::MatMul_1_scale": np.array(0.25, dtype=np.float32),
        "encoder.layer.0.output.dense.bias": np.array([1.5], dtype=np.float32),
        "pooler.dense.bias": np.array([1.5], dtype=np.float32),
    }
    node = helper.make_node(
        "MatMulInteger",
        ["states", "onnx::MatMul_1_quantized"],
        ["out"],
        name="/encoder/layer.0/output/dense/MatMul_quant",
    )
    graph = helper.make_graph(
        [node],
        "small",
        [helper.make_tensor_value_info("states", TensorProto.UINT8, [1, 3])],
        [helper.make_tensor_value_info("out", TensorProto.INT32, [1, 2])],
        [numpy_helper.from_array(numbers, name) for name, numbers in stored.items()],
    )
    onnx.save(helper.make_model(graph), tmp_path / "model.onnx")
    found = graph_weights(tmp_path / "model.onnx")
    assert set(found) == {
        "embeddings.word_embeddings.weight",
        "encoder.layer.0.output.dense.bias",
        "encoder.layer.0.output.dense.weight",
    }
    assert found["embeddings.word_embeddings.weight"].tolist() == [[-64.0, 0.0], [63.5, 1.0], [-60.5, -59.5]]
    assert found["encoder.layer.0.output.dense.weight"].tolist() == [[-1.75, 62.0, 0.0], [30.25, 30.75, 0.5]]
    assert found["encoder.layer.0.output.dense.bias"].tolist() == [1.5]


@pytest.mark.parametrize("model", [BGE, MINILM])
def test_a_missing_package_is_named_with_its_remedy(model: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=f"pip install {PACKAGES[model]}"):
        load_published(model)


@pytest.mark.parametrize("damage", [b"", b"not a graph", None])
def test_a_damaged_model_is_an_error_that_names_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
):
    shutil.copytree(published_folder(BGE), tmp_path / "model", ignore=lambda *_: ["model.onnx"])
    if damage is not None:
        (tmp_path / "model" / "model.onnx").write_bytes(damage)
    monkeypatch.setattr(published, "published_folder", lambda model: tmp_path / "model")
    with pytest.raises(ModelError, match=r"cannot (read|load) the sentence model"):
        load_published(BGE)


def test_a_folder_that_holds_no_model_is_an_error_that_names_it(tmp_path: Path):
    with pytest.raises(ModelError, match="cannot load the sentence model from"):
        load_folder(str(tmp_path))
