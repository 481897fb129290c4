"""Remembers the vectors of the texts encoded last, in front of any encoder."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Closes, Encoder, UnitVectors


class CachedEncoder:
    """An `Encoder` that keeps the `capacity` least recently used vectors of another, by a hash of the text.

    About 4 bytes x dimension + 300 bytes a vector: 18 MB for 10,000 of 384. A text that occurs several times in
    one call is encoded once. Two calls at the same moment may both encode a text that is new to both.
    """

    def __init__(self, encoder: Encoder, capacity: int) -> None:
        """`capacity`: vectors kept; 0 keeps none, and still encodes repeated texts of a call once."""
        if capacity < 0:
            raise ValueError(f"capacity must not be negative, got {capacity}")
        self._encoder = encoder
        self._capacity = capacity
        self._vectors: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()
        self._hits = 0
        self._misses = 0

    @property
    def dimension(self) -> int:
        """See `Encoder.dimension`."""
        return self._encoder.dimension

    @property
    def fingerprint(self) -> str:
        """That of the encoder behind: the vectors are the same."""
        return self._encoder.fingerprint

    @property
    def hits(self) -> int:
        """Texts answered from memory so far, repeats within a call included."""
        return self._hits

    @property
    def misses(self) -> int:
        """Texts handed on to the encoder so far."""
        return self._misses

    def describe(self) -> dict[str, object]:
        """That of the encoder behind."""
        return self._encoder.describe()

    def close(self) -> None:
        """Close the encoder behind, if it holds anything open."""
        if isinstance(self._encoder, Closes):
            self._encoder.close()

    def recall(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those of `texts` that are remembered, by text; they must not be changed. Never encodes."""
        keys = {text: _key(text) for text in texts}
        known = self._take({key: text for text, key in keys.items()})
        found = {text: known[key] for text, key in keys.items() if key in known}
        with self._lock:
            self._hits += len(found)
        return found

    def encode(self, texts: Sequence[str]) -> UnitVectors:
        """See `Encoder.encode`. The matrix is the caller's own: changing it changes nothing kept here."""
        keys = [_key(text) for text in texts]
        first = dict(zip(keys, texts, strict=True))
        known = self._take(first)
        unknown = [key for key in first if key not in known]
        if unknown:
            encoded = self._encoder.encode([first[key] for key in unknown])
            # Copies, not views: a view would keep the whole matrix of its batch alive.
            fresh = {key: vector.copy() for key, vector in zip(unknown, encoded, strict=True)}
            known.update(fresh)
            self._keep(fresh)
        with self._lock:
            self._misses += len(unknown)
            self._hits += len(keys) - len(unknown)
        result = np.empty((len(keys), self.dimension), np.float32)
        for position, key in enumerate(keys):
            result[position] = known[key]
        return UnitVectors(result)

    def _take(self, wanted: dict[bytes, str]) -> dict[bytes, NDArray[np.float32]]:
        with self._lock:
            known = {key: self._vectors[key] for key in wanted if key in self._vectors}
            for key in known:
                self._vectors.move_to_end(key)
        return known

    def _keep(self, fresh: dict[bytes, NDArray[np.float32]]) -> None:
        with self._lock:
            self._vectors.update(fresh)
            while len(self._vectors) > self._capacity:
                self._vectors.popitem(last=False)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
