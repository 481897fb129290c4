"""The main part of a large partition: an inverted file over 8-bit scalar-quantised vectors, looked at twice.

Vectors fall into about sqrt(n) lists around centroids of a spherical k-means; a search scans the first 8 bits of every
component in the ``nprobe`` lists nearest to the query, and puts what it finds in order by all the bits that there are.
No residuals, which costs no recall here and lets codes move from one training to the next as they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from index.codes import Coder
from index.flat_main import CHUNK
from index.id_table import IdTable
from index.inverted_lists import InvertedLists
from index.kernels import NO_HITS, Codes, Hits, Ids, alive, coded, native, on_one_thread
from index.vector_index import Vectors

SAMPLE_PER_LIST = 64
TRAINING_ROUNDS = 10
TUNING_QUERIES = 128
TUNED_RECALL = 0.985
FEWEST_PROBES, MOST_PROBES = 4, 64
FEWEST_COMPARED = 10  # found by the scan and compared by all bits, also where fewer are wanted

Chunks = Callable[[], Iterable[tuple[Ids, Vectors]]]


def lists_for(count: int) -> int:
    """Lists for ``count`` vectors that may grow fourfold: the power of two nearest to sqrt(2 count)."""
    return int(2 ** max(4, round(math.log2(math.sqrt(2 * count)))))


class IvfMain:
    """Immutable: ``IndexIVFScalarQuantizer`` over ``InvertedLists``."""

    kind = "ivf"

    def __init__(
        self, quantizer: Any, coder: Coder, lists: InvertedLists, table: IdTable, nprobe: int, trained_on: int
    ) -> None:
        self.dimension = coder.dimension
        self.trained_on = trained_on
        self.table = table  # id -> number of its list
        self.nprobe = nprobe
        self.quantizer = quantizer  # shared by all that come from one training
        self.coder = coder
        self._lists = lists
        self._native_lists = lists.native()
        self._index = _untrained(quantizer, coder.dimension, len(lists))
        native.copy_array_to_vector(coder.ranges, self._index.sq.trained)
        self._index.is_trained, self._index.nprobe, self._index.ntotal = True, nprobe, len(table)
        # The scan reads the first bytes of a code and steps over the rest.
        self._index.code_size = self._index.sq.code_size = coder.code_bytes
        self._index.replace_invlists(self._native_lists, False)

    def __len__(self) -> int:
        return len(self.table)

    @property
    def nlist(self) -> int:
        """How many lists there are."""
        return len(self._lists)

    def shares(self, other: object) -> bool:
        """Is most of its memory that of ``other``, of which it was made?"""
        return isinstance(other, IvfMain) and other.coder is self.coder and other.quantizer is self.quantizer

    def search(self, query: Vectors, k: int, dead: Ids) -> Hits:
        """At least the ``k`` nearest to ``query`` (d,) in the lists read, or all there, none in ``dead`` (sorted)."""
        if len(self) <= len(dead):
            return NO_HITS

        def found(count: int) -> Hits:
            ids, codes = coded(self._index, query, min(count, len(self)))
            return ids, self.coder.products(codes, query)

        return alive(found, max(k, FEWEST_COMPARED), dead)

    def chunks(self, dead: Ids) -> Iterator[tuple[Ids, Vectors]]:
        """Everything but ``dead``, decoded, a few lists at a time."""
        for _, ids, codes in self._parts():
            keep = ~np.isin(ids, dead)
            yield ids[keep], self.coder.decode(codes[keep])

    def _parts(self) -> Iterator[tuple[Ids, Ids, Codes]]:
        """Numbers of lists, ids and codes of all entries, a few lists at a time."""
        step = max(1, CHUNK * self.nlist // max(1, len(self)))
        for first in range(0, self.nlist, step):
            lists = range(first, min(self.nlist, first + step))
            numbers = np.repeat(np.arange(lists.start, lists.stop), self._lists.sizes[lists.start : lists.stop])
            ids = np.concatenate([self._lists.ids(number) for number in lists])
            yield numbers, ids, np.concatenate([self._lists.codes(number) for number in lists])

    def merged(self, dead: Ids, ids: Ids, rows: Vectors) -> IvfMain:
        """A new one less ``dead``, with ``rows`` (n, d) under ``ids``; the same centroids.

        Codes stay where they are, but for those of lists that have lost one or are full, unless ``rows`` need wider
        ranges: then all are coded again.
        """
        on_one_thread()
        coder, lists = self.coder.widened(rows), self._lists
        if coder is not self.coder:
            lists = self._recoded(coder)
        if len(dead):
            lists = lists.without(np.unique(self.table.places_of(dead)), dead)
        numbers = self.quantizer.assign(rows, 1).ravel() if len(ids) else np.empty(0, dtype=np.int64)
        lists = lists.added(numbers, ids, coder.encode(rows))
        table = self.table.changed(dead, ids, numbers)
        return IvfMain(self.quantizer, coder, lists, table, self.nprobe, self.trained_on)

    def _recoded(self, coder: Coder) -> InvertedLists:
        lists = InvertedLists.with_room(self._lists.sizes, coder.code_bytes)
        for numbers, ids, codes in self._parts():
            lists = lists.added(numbers, ids, coder.encode(self.coder.decode(codes)))
        return lists

    def arrays(self) -> Iterator[tuple[str, list[Any]]]:
        """What a snapshot holds: names, and the pieces of each array in turn."""
        yield "parameters", [np.array([self.nlist, self.nprobe, self.trained_on], dtype=np.int64)]
        yield "centroids", [self.quantizer.reconstruct_n(0, self.nlist)]
        yield "ranges", [self.coder.ranges]
        yield "sizes", [self._lists.sizes]
        yield "ids", [self._lists.ids(number) for number in range(self.nlist)]
        yield "codes", [self._lists.codes(number) for number in range(self.nlist)]

    @classmethod
    def from_arrays(cls, dimension: int, read: Any) -> IvfMain:
        """What ``arrays`` wrote; ``read(name, dtype)`` gives an array back."""
        nlist, nprobe, trained_on = (int(one) for one in read("parameters", np.int64))
        quantizer = native.IndexFlatIP(dimension)
        quantizer.add(read("centroids", np.float32).reshape(nlist, dimension))
        coder, sizes, ids = Coder(read("ranges", np.float32).copy()), read("sizes", np.int64), read("ids", np.int64)
        numbers = np.repeat(np.arange(nlist), sizes)
        lists = InvertedLists.with_room(sizes, coder.code_bytes)
        lists = lists.added(numbers, ids, read("codes", np.uint8).reshape(-1, coder.code_bytes))
        return cls(quantizer, coder, lists, _table(ids, numbers, nlist), nprobe, trained_on)

    @classmethod
    def build(
        cls,
        dimension: int,
        count: int,
        chunks: Chunks,
        *,
        seed: int = 7,
        nprobe: int | None = None,
        coder: Coder | None = None,
    ) -> IvfMain:
        """Train on a sample of the ``count`` vectors of ``chunks`` (read up to four times) and take them all in.

        ``nprobe`` is measured where it is not given: see ``tune``; so are the ranges of the ``coder``.
        """
        on_one_thread()
        nlist = lists_for(count)
        sample = _sample(chunks, min(1.0, SAMPLE_PER_LIST * nlist / count), np.random.default_rng(seed))
        quantizer = native.IndexFlatIP(dimension)
        index = _untrained(quantizer, dimension, nlist)
        index.cp.niter, index.cp.seed, index.cp.spherical = TRAINING_ROUNDS, seed, True
        index.cp.max_points_per_centroid, index.cp.min_points_per_centroid = 2 * SAMPLE_PER_LIST, 1
        index.train(sample)
        coder = coder or Coder.spanning(rows for _, rows in chunks())
        lists, table = _filled(quantizer, coder, chunks)
        main = cls(quantizer, coder, lists, table, nprobe or nlist, count)
        if nprobe is None:
            main.nprobe = main._index.nprobe = main.tune(sample[: 2 * TUNING_QUERIES])
        return main

    def tune(self, sample: Vectors) -> int:
        """The fewest probes that find the nearest of what lies halfway between two of ``sample`` (2q, d).

        A stored vector would find itself in the first list read, and its copies there too. Halfway between two, a query
        is as far from everything as a text that is not stored; measured on sections of real postings, those need the
        same number of lists (docs/benchmarks.md).
        """
        half = len(sample) // 2
        queries = sample[:half] + sample[half : 2 * half]
        wanted = self._nearest(queries, self.nlist)
        probes = FEWEST_PROBES
        while probes < min(self.nlist, MOST_PROBES):
            if np.mean(self._nearest(queries, probes) >= wanted - 1e-6) >= TUNED_RECALL:
                break
            probes *= 2
        return probes

    def _nearest(self, queries: Vectors, nprobe: int) -> Vectors:
        params = native.SearchParametersIVF(nprobe=nprobe)
        # One query a call: all of them at once would compute the same in one long call that nothing can interrupt.
        return np.array([self._index.search(one[None], 1, params=params)[0][0, 0] for one in queries])


def _sample(chunks: Chunks, share: float, chance: np.random.Generator) -> Vectors:
    parts = [rows[chance.random(len(rows)) < share] for _, rows in chunks()]
    sample = np.concatenate(parts)
    return sample[chance.permutation(len(sample))]


def _untrained(quantizer: Any, dimension: int, nlist: int) -> Any:
    return native.IndexIVFScalarQuantizer(
        quantizer, dimension, nlist, native.ScalarQuantizer.QT_8bit, native.METRIC_INNER_PRODUCT, False
    )


def _table(ids: Ids, numbers: Ids, nlist: int) -> IdTable:
    return IdTable(ids, numbers.astype(np.min_scalar_type(nlist)))


def _filled(quantizer: Any, coder: Coder, chunks: Chunks) -> tuple[InvertedLists, IdTable]:
    """Two passes, so that each list is allocated once and at its size."""
    held = [(ids, quantizer.assign(rows, 1).ravel()) for ids, rows in chunks() if len(ids)]
    ids, numbers = (np.concatenate(parts) for parts in zip(*held, strict=True))
    lists = InvertedLists.with_room(np.bincount(numbers, minlength=quantizer.ntotal), coder.code_bytes)
    for (_, here), (chunk_ids, rows) in zip(held, ((i, r) for i, r in chunks() if len(r)), strict=True):
        lists = lists.added(here, chunk_ids, coder.encode(rows))
    return lists, _table(ids, numbers, quantizer.ntotal)
