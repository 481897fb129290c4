"""What an encoder is: texts in, unit vectors out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import NewType, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EncodingError

UnitVectors = NewType("UnitVectors", NDArray[np.float32])
"""Rows of unit length, shape (n, d), float32. Made only by `to_unit`."""

UnitVector = NewType("UnitVector", NDArray[np.float32])
"""One vector of unit length, shape (d,), float32: a row of `UnitVectors`, taken with `row`."""


class Encoder(Protocol):
    """Turns texts into unit vectors, so that a dot product is a cosine similarity.

    Safe to call from several threads. Blocking: call it in a thread, never on an event loop.
    """

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Short stable digest of `describe()`: vectors of different fingerprints must never be compared."""
        ...

    def describe(self) -> dict[str, object]:
        """Model, weights, prefix, pooling, dimension and quantisation: all that decides the vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> UnitVectors:
        """Encode `texts` in their order, shape (len(texts), dimension); (0, dimension) for none.

        An empty text is a text like any other. The vector of a text does not depend on the texts beside it.

        Raises:
            EncodingError: a vector came out as zeros or not finite.
        """
        ...


@runtime_checkable
class Closes(Protocol):
    """An encoder that holds something open, such as connections."""

    def close(self) -> None:
        """Let go of it."""
        ...


def to_unit(vectors: NDArray[np.floating]) -> UnitVectors:
    """Normalise the rows of a matrix (n, d) to unit Euclidean length, as a new float32 array.

    Raises:
        EncodingError: a row is all zeros or holds a value that is not finite.
        ValueError: `vectors` is not a matrix.
    """
    if vectors.ndim != 2:
        raise ValueError(f"expected a matrix of shape (n, d), got shape {vectors.shape}")
    norms = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)
    if not np.all(np.isfinite(norms)) or not np.all(norms > 0):
        raise EncodingError("a vector of zeros or of values that are not finite has no direction")
    return UnitVectors((vectors / norms).astype(np.float32))


def row(vectors: UnitVectors, position: int) -> UnitVector:
    """The vector at `position`, a view of shape (d,)."""
    return UnitVector(vectors[position])


def digest(description: Mapping[str, object]) -> str:
    """Fingerprint of a description: 16 hexadecimal digits of SHA-256 over its canonical JSON."""
    canonical = json.dumps(description, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
