"""The weights of a BERT out of an ONNX graph that keeps them in eight bits.

ONNX Runtime's dynamic quantisation stores ``codes`` with a ``scale`` and a ``zero_point``; the numbers are
``(codes - zero_point) * scale`` (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classify.errors import ModelError

CODES: Final = "_quantized"
_LAYER: Final = re.compile(r"/?(?P<name>encoder/.+)/MatMul\w*")
_PARTS: Final = ("embeddings.", "encoder.")

Numbers = NDArray[np.float32]


def graph_weights(path: Path) -> dict[str, Numbers]:
    """Return the weights by PyTorch's names, float32; of linear layers with shape (out, in). Raises: ModelError."""
    import onnx
    from google.protobuf.message import DecodeError
    from onnx.numpy_helper import to_array

    try:
        graph = onnx.load(str(path)).graph
    except (OSError, DecodeError) as error:
        raise ModelError(f"cannot read the sentence model {path}: {error}") from error
    stored = {each.name: to_array(each) for each in graph.initializer}
    found = {
        name: numbers
        for name, numbers in stored.items()
        if name.startswith(_PARTS) and numbers.dtype == np.float32 and not name.endswith("_scale")
    }
    for name in stored:
        if name.startswith("embeddings.") and name.endswith(CODES):
            found[name.removesuffix(CODES)] = _numbers(stored, name)
    for node in graph.node:
        layer = _LAYER.fullmatch(node.name)
        if node.op_type == "MatMulInteger" and layer:
            # The graph multiplies from the left, PyTorch's linear layers from the right.
            found[layer["name"].replace("/", ".") + ".weight"] = _numbers(stored, node.input[1]).T
    return found


def _numbers(stored: dict[str, NDArray[np.generic]], codes: str) -> Numbers:
    name = codes.removesuffix(CODES)
    zero, scale = stored[f"{name}_zero_point"], stored[f"{name}_scale"]
    apart = stored[codes].astype(np.float32) - zero.astype(np.float32)
    return np.asarray(apart * scale.astype(np.float32), dtype=np.float32)
