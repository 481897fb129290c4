"""The main part of a small partition: every vector in half precision, compared with all of them.

Exact up to rounding (relative 2**-11); about 0.1 µs a vector.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from index.id_table import IdTable
from index.kernels import NO_HITS, NO_IDS, Codes, Hits, Ids, alive, native, on_one_thread, searched
from index.vector_index import Vectors

CHUNK = 65_536


class FlatMain:
    """Immutable: half-precision vectors in the order of ``ids``."""

    kind = "flat"

    def __init__(self, dimension: int, ids: Ids = NO_IDS, codes: Codes | None = None) -> None:
        self.dimension = dimension
        self._index: Any = native.IndexScalarQuantizer(
            dimension, native.ScalarQuantizer.QT_fp16, native.METRIC_INNER_PRODUCT
        )
        if codes is not None and len(ids):
            self._index.add_sa_codes(codes)
        self._ids = ids
        self.table = IdTable(ids, np.arange(len(ids), dtype=np.int32))

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def code_bytes(self) -> int:
        """Bytes of one vector."""
        return 2 * self.dimension

    def codes(self) -> Codes:
        """The stored codes (n, 2d); a view."""
        if not len(self):
            return np.empty((0, self.code_bytes), dtype=np.uint8)
        flat = native.rev_swig_ptr(self._index.codes.data(), len(self) * self.code_bytes)
        return flat.reshape(len(self), self.code_bytes)  # type: ignore[no-any-return]

    def search(self, query: Vectors, k: int, dead: Ids) -> Hits:
        """At least the ``k`` nearest to ``query`` (d,), or all there are, none in ``dead`` (sorted)."""
        if len(self) <= len(dead):
            return NO_HITS

        def found(count: int) -> Hits:
            places, products = searched(self._index, query, min(count, len(self)))
            return self._ids[places], products

        return alive(found, k, dead)

    def chunks(self, dead: Ids) -> Iterator[tuple[Ids, Vectors]]:
        """Everything but ``dead``, decoded, a chunk at a time."""
        keep = np.ones(len(self), dtype=np.bool_)
        keep[self.table.places_of(dead)] = False
        codes = self.codes()
        for start in range(0, len(self), CHUNK):
            here = keep[start : start + CHUNK]
            yield self._ids[start : start + CHUNK][here], self._index.sa_decode(codes[start : start + CHUNK][here])

    def merged(self, dead: Ids, ids: Ids, rows: Vectors) -> FlatMain:
        """A new one less ``dead``, with ``rows`` (n, d) under ``ids``."""
        on_one_thread()
        keep = np.ones(len(self), dtype=np.bool_)
        keep[self.table.places_of(dead)] = False
        added = self._index.sa_encode(rows) if len(ids) else np.empty((0, self.code_bytes), dtype=np.uint8)
        return FlatMain(
            self.dimension,
            np.concatenate((self._ids[keep], ids)),
            np.concatenate((self.codes()[keep], added)),
        )

    def arrays(self) -> Iterator[tuple[str, list[Any]]]:
        """What a snapshot holds: names, and the pieces of each array in turn."""
        yield "ids", [self._ids]
        yield "codes", [self.codes()]

    @classmethod
    def from_arrays(cls, dimension: int, read: Any) -> FlatMain:
        """What ``arrays`` wrote; ``read(name, dtype)`` gives an array back."""
        ids = read("ids", np.int64)
        return cls(dimension, ids, read("codes", np.uint8).reshape(len(ids), 2 * dimension))
