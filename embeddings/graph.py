"""Builds the int8 ONNX graph of multilingual-e5-small from its weights, without torch.

What is quantised, and how:

- linear layers: int8 weights, symmetric, one scale an output channel; activations uint8 with one scale **a
  token**, computed on the fly. The usual dynamic quantisation takes one scale for the whole batch: a text's
  vector then moves with the texts beside it (cosine down to .9946 between alone and in a batch of 32,
  measured), which a cache cannot have. One scale a token makes a vector depend on its text alone, and is closer
  to float (.9984 instead of .9928 at worst of 400 texts) for 1-2 ms a text.
- word embeddings: the 4-bit blocks of the source as they are, expanded for the tokens of a batch only. Exact, a
  quarter of int8's and float's pages to touch, and mapped from the file instead of held in memory.

Fused operators (attention, skip-layer-normalisation) are written into the graph, so that nothing is optimised
while loading. Tensors live beside the graph (`.data`), where onnxruntime maps them.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from embeddings.weights import BLOCK, Weights

_FUSED = "com.microsoft"
_EXTERNAL_FROM_BYTES = 1024
_WEIGHT_LIMIT = 64
"""Largest integer weight. Processors without VNNI add two products in 16 signed bits: 2 x 255 x 64 is the most
that fits (2 x 255 x 127 would saturate), so the vectors are the same on all of them, for .0003 of cosine."""


def build_graph(weights: Weights, path: Path) -> None:
    """Write the graph to `path` and its tensors to `path` + `.data`.

    Inputs: `input_ids` and `attention_mask`, int64 (batch, tokens). Output: `sentence_embedding`, float32
    (batch, hidden), the mean over the tokens of the last layer, of unit length.
    """
    graph = _GraphWriter()
    _embed_tokens(graph, weights)
    hidden = "hidden"
    for layer in range(weights.shape.layers):
        hidden = _transformer_layer(graph, weights, f"l{layer}.", hidden)
    _pool(graph, hidden)
    onnx.save_model(
        graph.model(weights.shape.hidden),
        str(path),
        save_as_external_data=True,
        location=f"{path.name}.data",
        size_threshold=_EXTERNAL_FROM_BYTES,
    )
    path.with_name(f"{path.name}.data").chmod(0o644)


class _GraphWriter:
    """Collects nodes and initialisers in the order in which they are written."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._tensors: dict[str, Any] = {}
        constants: dict[str, NDArray[Any]] = {
            "zero": np.array([0], np.int64),
            "one": np.array([1], np.int64),
            "last_axis": np.array([-1], np.int64),
            "unit_step": np.array(1 / 127, np.float32),
            "middle": np.array(128, np.uint8),
            "smallest": np.array(1e-9, np.float32),
        }
        for name, value in constants.items():
            self.tensor(name, value)

    def tensor(self, name: str, value: NDArray[Any]) -> str:
        self._tensors[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(self, op: str, inputs: list[str], output: str, *, domain: str = "", **attributes: object) -> str:
        self._nodes.append(helper.make_node(op, inputs, [output], domain=domain, **attributes))
        return output

    def split3(self, source: str, outputs: list[str]) -> list[str]:
        self._nodes.append(helper.make_node("Split", [source], outputs, axis=-1, num_outputs=3))
        return outputs

    def model(self, hidden: int) -> Any:
        ids = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
            for name in ("input_ids", "attention_mask")
        ]
        out = helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", hidden])
        tensors = list(self._tensors.values())
        graph = helper.make_graph(self._nodes, "multilingual-e5-small", ids, [out], tensors)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_FUSED, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
        model.producer_name = "gonggo"
        return model


def _embed_tokens(graph: _GraphWriter, weights: Weights) -> None:
    """Sum of word, position and type embeddings, normalised, as `hidden` (batch, tokens, hidden)."""
    shape = weights.shape
    blocks = shape.hidden // BLOCK
    words = weights.matrix("emb.word", shape.hidden)
    graph.tensor("word_nibbles", words.nibbles)
    graph.tensor("word_scales", words.scales)
    graph.tensor("low_bits", np.array(0x0F, np.uint8))
    graph.tensor("four", np.array(4, np.uint8))
    graph.tensor("eight", np.array(8, np.float32))
    graph.tensor("flat", np.array([0, 0, blocks * BLOCK], np.int64))
    token_type = weights.vector("emb.type").reshape(shape.token_types, shape.hidden)[0]
    graph.tensor("positions", weights.vector("emb.pos").reshape(shape.max_positions, shape.hidden) + token_type)

    graph.node("Gather", ["word_nibbles", "input_ids"], "nibbles")
    graph.node("BitwiseAnd", ["nibbles", "low_bits"], "low")
    graph.node("BitShift", ["nibbles", "four"], "high", direction="RIGHT")
    graph.node("Concat", ["low", "high"], "unsigned", axis=-1)
    graph.node("Cast", ["unsigned"], "unsigned_float", to=TensorProto.FLOAT)
    graph.node("Sub", ["unsigned_float", "eight"], "integers")
    graph.node("Gather", ["word_scales", "input_ids"], "scales_half")
    graph.node("Cast", ["scales_half"], "scales", to=TensorProto.FLOAT)
    graph.node("Unsqueeze", ["scales", "last_axis"], "scales_column")
    graph.node("Mul", ["integers", "scales_column"], "word_blocks")
    graph.node("Reshape", ["word_blocks", "flat"], "words")

    graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    graph.node("Slice", ["positions", "zero", "length", "zero"], "place")
    graph.node("Add", ["words", "place"], "embedded")
    scale = graph.tensor("norm_w", weights.vector("emb.ln.w"))
    shift = graph.tensor("norm_b", weights.vector("emb.ln.b"))
    graph.node("LayerNormalization", ["embedded", scale, shift], "hidden", axis=-1, epsilon=shape.epsilon)
    graph.node("Cast", ["attention_mask"], "key_mask", to=TensorProto.INT32)


def _transformer_layer(graph: _GraphWriter, weights: Weights, layer: str, hidden: str) -> str:
    """One post-normalised BERT layer; returns the name of its output."""
    size, wide = weights.shape.hidden, weights.shape.feed_forward

    def quantised(names: list[str], columns: int) -> tuple[str, str]:
        dense = np.concatenate([weights.matrix(layer + name, columns).dense() for name in names])
        scales = np.maximum(np.abs(dense).max(axis=1), 1e-9) / np.float32(_WEIGHT_LIMIT)
        integers = np.round(dense / scales[:, None]).astype(np.int8)
        return graph.tensor(layer + names[0], integers.T), graph.tensor(layer + names[0] + ".scale", scales)

    def bias(*names: str) -> str:
        return graph.tensor(layer + names[0], np.concatenate([weights.vector(layer + name) for name in names]))

    def linear(source: str, names: list[str], columns: int, output: str) -> str:
        integers, scales = quantised(names, columns)
        product = graph.node(
            "MatMulIntegerToFloat",
            [f"{source}.uint8", integers, "unit_step", scales, "middle"],
            f"{output}.unscaled",
            domain=_FUSED,
        )
        return graph.node("Mul", [product, f"{source}.peak"], output)

    def normalised(source: str, skip: str, norm: str, bias_name: str, output: str) -> str:
        scale, shift = bias(f"{norm}.w"), bias(f"{norm}.b")
        inputs = [source, skip, scale, shift, bias(bias_name)]
        return graph.node("SkipLayerNormalization", inputs, output, domain=_FUSED, epsilon=weights.shape.epsilon)

    _quantise_tokens(graph, hidden)
    joined = linear(hidden, ["q.w", "k.w", "v.w"], size, layer + "qkv")
    query, key, value = graph.split3(joined, [layer + "query", layer + "key", layer + "value"])
    attended = graph.node(
        "MultiHeadAttention",
        [query, key, value, bias("q.b", "k.b", "v.b"), "key_mask"],
        layer + "attended",
        domain=_FUSED,
        num_heads=weights.shape.heads,
    )
    _quantise_tokens(graph, attended)
    projected = linear(attended, ["ao.w"], size, layer + "projected")
    middle = normalised(projected, hidden, "aln", "ao.b", layer + "middle")
    _quantise_tokens(graph, middle)
    widened = linear(middle, ["fi.w"], size, layer + "widened")
    active = graph.node("BiasGelu", [widened, bias("fi.b")], layer + "active", domain=_FUSED)
    _quantise_tokens(graph, active)
    narrowed = linear(active, ["fo.w"], wide, layer + "narrowed")  # codespell:ignore fo
    return normalised(narrowed, middle, "oln", "fo.b", layer + "output")  # codespell:ignore fo


def _quantise_tokens(graph: _GraphWriter, source: str) -> None:
    """Write `source`.uint8 and `source`.peak: value = peak * (uint8 - 128) / 127, one peak a token."""
    graph.node("Abs", [source], f"{source}.abs")
    graph.node("ReduceMax", [f"{source}.abs", "last_axis"], f"{source}.max", keepdims=1)
    graph.node("Max", [f"{source}.max", "smallest"], f"{source}.peak")
    graph.node("Div", [source, f"{source}.peak"], f"{source}.unit")
    graph.node("QuantizeLinear", [f"{source}.unit", "unit_step", "middle"], f"{source}.uint8")


def _pool(graph: _GraphWriter, hidden: str) -> None:
    """Sum over the tokens that the mask keeps, at unit length: the direction of the mean."""
    graph.node("Cast", ["attention_mask"], "mask_float", to=TensorProto.FLOAT)
    graph.node("Unsqueeze", ["mask_float", "one"], "mask_row")
    graph.node("MatMul", ["mask_row", hidden], "sum_row")
    graph.node("Squeeze", ["sum_row", "one"], "sum")
    graph.node("LpNormalization", ["sum"], "sentence_embedding", axis=-1, p=2)
