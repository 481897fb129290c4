"""A deterministic encoder without a model: hashed character n-grams.

For tests, and for people who want the program without 550 MB of weights. It knows spelling, not meaning: texts
that share wording are close, a paraphrase or a translation is not. Feature hashing with signs after Weinberger
et al. 2009 (arXiv:0902.2206).
"""

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import UnitVectors, digest, to_unit

_SIZES = (2, 3, 4)
_SEPARATOR = 0x10FFFF + 1  # no character: keeps the n-grams of one text out of the next
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


class HashingEncoder:
    """Character 2-, 3- and 4-grams, hashed with signs, counted with square roots; an `Encoder`.

    Texts are folded first (NFKC, lower case, one space between words and one at either end). Hangul stays in
    syllables, where a 2-gram carries about as much as a 4-gram of Latin letters.
    """

    def __init__(self, dimension: int = 384) -> None:
        """`dimension`: length of the vectors, at least 16; below some hundreds unrelated texts collide
        visibly."""
        if dimension < 16:
            raise ValueError(f"dimension must be at least 16, got {dimension}")
        self.dimension = dimension
        self.fingerprint = digest(self.describe())

    def describe(self) -> dict[str, object]:
        """See `Encoder.describe`."""
        return {
            "model": "hashing",
            "version": 1,
            "ngrams": list(_SIZES),
            "prefix": "",
            "pooling": "signed square roots of counts",
            "dimension": self.dimension,
            "quantisation": "none",
        }

    def encode(self, texts: Sequence[str]) -> UnitVectors:
        """See `Encoder.encode`."""
        if not texts:
            return UnitVectors(np.empty((0, self.dimension), np.float32))
        codes, owners = _codes([_folded(text) for text in texts])
        sums = np.zeros(len(texts) * self.dimension, np.float64)
        for size in _SIZES:
            hashes, rows = _ngram_hashes(codes, owners, size)
            sums += self._counts(hashes, rows, len(texts))
        vectors = np.sign(sums) * np.sqrt(np.abs(sums))
        matrix = vectors.reshape(len(texts), self.dimension)
        # Signs may cancel a very short text out altogether; it gets a direction all the same.
        matrix[~matrix.any(axis=1), 0] = 1.0
        return to_unit(matrix)

    def _counts(self, hashes: NDArray[np.uint64], rows: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
        columns = (hashes % np.uint64(self.dimension)).astype(np.int64)
        signs = np.where(hashes >> np.uint64(63), 1.0, -1.0)
        counts = np.bincount(rows * self.dimension + columns, weights=signs, minlength=texts * self.dimension)
        return counts.astype(np.float64, copy=False)


def _folded(text: str) -> str:
    return f" {' '.join(unicodedata.normalize('NFKC', text).lower().split())} "


def _codes(texts: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Code points of all texts in one array, each text followed by separators, and the text that each belongs
    to."""
    padding = max(_SIZES) - 1
    lengths = np.array([len(text) + padding for text in texts])
    codes = np.full(int(lengths.sum()), _SEPARATOR, np.uint64)
    begin = 0
    for text, length in zip(texts, lengths, strict=True):
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        codes[begin : begin + len(points)] = points
        begin += int(length)
    return codes, np.repeat(np.arange(len(texts)), lengths)


def _ngram_hashes(
    codes: NDArray[np.uint64], owners: NDArray[np.int64], size: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of all n-grams of `size` characters, and the text of each: polynomial in wrapping 64 bits, then
    mixed."""
    count = len(codes) - size + 1
    hashes = np.full(count, size, np.uint64)
    inside = np.ones(count, np.bool_)
    for offset in range(size):
        part = codes[offset : offset + count]
        hashes = hashes * _MULTIPLIER + part
        inside &= part != _SEPARATOR
    return _mixed(hashes[inside]), owners[:count][inside]


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64 (Steele et al. 2014): every bit in depends on every bit out."""
    values = (values ^ (values >> np.uint64(30))) * _MIX[0]
    values = (values ^ (values >> np.uint64(27))) * _MIX[1]
    return values ^ (values >> np.uint64(31))
