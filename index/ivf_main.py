"""The main part of a large partition: an inverted file over 8-bit scalar-quantised vectors.

Vectors fall into about sqrt(n) lists around centroids of a spherical k-means; a search reads the ``nprobe`` lists
nearest to the query. 8 bits a component, each with a range of its own; no residuals, which costs no recall here and
lets codes move from one main to the next as they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from index.flat_main import CHUNK
from index.id_table import IdTable
from index.kernels import NO_HITS, Codes, Hits, Ids, alive, hidden, native, on_one_thread, searched
from index.vector_index import Vectors

SAMPLE_PER_LIST = 64
TRAINING_ROUNDS = 10
TUNING_QUERIES = 128
TUNED_RECALL = 0.985
FEWEST_PROBES, MOST_PROBES = 4, 64
RANGE_MARGIN = 0.1  # of what was seen, on either side: whatever needs more has everything coded again
CLIPPED = 0.01  # length of what lies outside the ranges: the most that it changes a similarity by

Chunks = Callable[[], Iterable[tuple[Ids, Vectors]]]


def lists_for(count: int) -> int:
    """Lists for ``count`` vectors that may grow fourfold: the power of two nearest to sqrt(2 count)."""
    return int(2 ** max(4, round(math.log2(math.sqrt(2 * count)))))


class IvfMain:
    """Immutable: ``IndexIVFScalarQuantizer`` whose lists are filled before anyone searches them."""

    kind = "ivf"

    def __init__(self, index: Any, quantizer: Any, trained_on: int) -> None:
        self.dimension = int(index.d)
        self.trained_on = trained_on
        self._index = index
        self._quantizer = quantizer  # shared by all that come from one training
        lists = index.invlists
        sizes = [lists.list_size(number) for number in range(index.nlist)]
        self._starts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
        index.ntotal = int(self._starts[-1])
        self.table = IdTable(np.concatenate([self._list_ids(number) for number in range(index.nlist)]))

    def __len__(self) -> int:
        return len(self.table)

    @property
    def nlist(self) -> int:
        """How many lists there are."""
        return int(self._index.nlist)

    @property
    def nprobe(self) -> int:
        """How many of them a search reads."""
        return int(self._index.nprobe)

    def _list_ids(self, number: int) -> Ids:
        size = self._index.invlists.list_size(number)
        if not size:
            return np.empty(0, dtype=np.int64)
        return native.rev_swig_ptr(self._index.invlists.get_ids(number), size)  # type: ignore[no-any-return]

    def _list_codes(self, number: int) -> Codes:
        size = self._index.invlists.list_size(number)
        if not size:
            return np.empty((0, self.dimension), dtype=np.uint8)
        flat = native.rev_swig_ptr(self._index.invlists.get_codes(number), size * self.dimension)
        return flat.reshape(size, self.dimension)  # type: ignore[no-any-return]

    def search(self, query: Vectors, k: int, dead: Ids) -> Hits:
        """At least the ``k`` nearest to ``query`` (d,) in the lists read, or all there, none in ``dead`` (sorted)."""
        if len(self) <= len(dead):
            return NO_HITS

        def found(count: int, selector: Any) -> Hits:
            params = None if selector is None else native.SearchParametersIVF(nprobe=self.nprobe, sel=selector)
            return searched(self._index, query, count, params)

        return alive(found, k, dead, lambda: hidden(dead))

    def ranges_with(self, rows: Vectors) -> Vectors:
        """The ranges of the codes, wider if ``rows`` (n, d) stand out so far that their codes would misplace one.

        With the same range a component that is decoded and coded again stays as it is; with another it is rounded
        twice. So only those that need it get another.
        """
        held: Vectors = native.vector_to_array(self._index.sq.trained)
        if not len(rows):
            return held
        low, width = held.reshape(2, -1)
        outside = rows - np.clip(rows, low, low + width)
        if not np.any(np.einsum("ij,ij->i", outside, outside) > CLIPPED**2):
            return held
        lowest, highest = rows.min(axis=0), rows.max(axis=0)
        wider = _spanning(np.minimum(low, lowest), np.maximum(low + width, highest))
        return np.where(np.tile((lowest < low) | (highest > low + width), 2), wider, held)

    def chunks(self, dead: Ids) -> Iterator[tuple[Ids, Vectors]]:
        """Everything but ``dead``, decoded, a few lists at a time."""
        step = max(1, CHUNK * self.nlist // max(1, len(self)))
        for first in range(0, self.nlist, step):
            numbers = range(first, min(self.nlist, first + step))
            ids = np.concatenate([self._list_ids(number) for number in numbers])
            keep = ~np.isin(ids, dead)
            codes = np.concatenate([self._list_codes(number) for number in numbers])[keep]
            yield ids[keep], self._index.sq.decode(codes) if len(codes) else _no_rows(self.dimension)

    def merged(self, dead: Ids, ids: Ids, rows: Vectors) -> IvfMain:
        """A new one less ``dead``, with ``rows`` (n, d) under ``ids``; the same centroids.

        Codes move as they are, unless ``rows`` need wider ranges: then all are coded again.
        """
        on_one_thread()
        ranges = self.ranges_with(rows)
        recode = not np.array_equal(ranges, native.vector_to_array(self._index.sq.trained))
        target = _with_ranges(self._index, self._quantizer, ranges)
        gone = self.table.rows_of(dead)
        gone_from = np.searchsorted(gone, self._starts)
        places = self._quantizer.assign(rows, 1).ravel() if len(ids) else np.empty(0, dtype=np.int64)
        order = np.argsort(places, kind="stable")
        new_ids = np.ascontiguousarray(ids[order])
        new_codes = target.sq.compute_codes(np.ascontiguousarray(rows[order])) if len(ids) else None
        new_from = np.searchsorted(places[order], np.arange(self.nlist + 1))
        lists = native.ArrayInvertedLists(self.nlist, self.dimension)
        old = self._index.invlists
        for number in range(self.nlist):
            size, fresh = old.list_size(number), int(new_from[number + 1] - new_from[number])
            lost = gone[gone_from[number] : gone_from[number + 1]] - self._starts[number]
            kept = size - len(lost)
            lists.resize(number, kept + fresh)
            if kept and (len(lost) or recode):
                codes = np.delete(self._list_codes(number), lost, axis=0)
                if recode:
                    codes = target.sq.compute_codes(self._index.sq.decode(codes))
                _write(lists, number, 0, np.delete(self._list_ids(number), lost), codes)
            elif kept:
                lists.update_entries(number, 0, kept, old.get_ids(number), old.get_codes(number))
            if fresh and new_codes is not None:
                here = slice(int(new_from[number]), int(new_from[number + 1]))
                _write(lists, number, kept, new_ids[here], new_codes[here])
        return IvfMain(_filled_with(target, lists), self._quantizer, self.trained_on)

    def arrays(self) -> Iterator[tuple[str, list[Any]]]:
        """What a snapshot holds: names, and the pieces of each array in turn."""
        yield "parameters", [np.array([self.nlist, self.nprobe, self.trained_on], dtype=np.int64)]
        yield "centroids", [self._quantizer.reconstruct_n(0, self.nlist)]
        yield "ranges", [native.vector_to_array(self._index.sq.trained)]
        yield "sizes", [np.diff(self._starts)]
        yield "ids", [self._list_ids(number) for number in range(self.nlist)]
        yield "codes", [self._list_codes(number) for number in range(self.nlist)]

    @classmethod
    def from_arrays(cls, dimension: int, read: Any) -> IvfMain:
        """What ``arrays`` wrote; ``read(name, dtype)`` gives an array back."""
        nlist, nprobe, trained_on = (int(one) for one in read("parameters", np.int64))
        quantizer = native.IndexFlatIP(dimension)
        quantizer.add(read("centroids", np.float32).reshape(nlist, dimension))
        index = _shell(quantizer, dimension, nlist, read("ranges", np.float32))
        index.nprobe = nprobe
        lists = native.ArrayInvertedLists(nlist, dimension)
        ids, codes, start = read("ids", np.int64), read("codes", np.uint8).reshape(-1, dimension), 0
        for number, size in enumerate(read("sizes", np.int64)):
            lists.resize(number, int(size))
            if size:
                _write(lists, number, 0, ids[start : start + size], codes[start : start + size])
            start += int(size)
        return cls(_filled_with(index, lists), quantizer, trained_on)

    @classmethod
    def build(
        cls,
        dimension: int,
        count: int,
        chunks: Chunks,
        *,
        seed: int = 7,
        nprobe: int | None = None,
        ranges: Vectors | None = None,
    ) -> IvfMain:
        """Train on a sample of the ``count`` vectors of ``chunks`` (read up to four times) and take them all in.

        ``nprobe`` is measured where it is not given: see ``tune``; so are the ``ranges`` of the codes (2d,).
        """
        on_one_thread()
        nlist = lists_for(count)
        sample = _sample(chunks, min(1.0, SAMPLE_PER_LIST * nlist / count), np.random.default_rng(seed))
        quantizer = native.IndexFlatIP(dimension)
        index = native.IndexIVFScalarQuantizer(
            quantizer, dimension, nlist, native.ScalarQuantizer.QT_8bit, native.METRIC_INNER_PRODUCT, False
        )
        index.cp.niter, index.cp.seed, index.cp.spherical = TRAINING_ROUNDS, seed, True
        index.cp.max_points_per_centroid, index.cp.min_points_per_centroid = 2 * SAMPLE_PER_LIST, 1
        index.train(sample)
        native.copy_array_to_vector(_ranges(chunks) if ranges is None else ranges, index.sq.trained)
        main = cls(_filled(index, quantizer, chunks), quantizer, count)
        main._index.nprobe = nprobe or main.tune(sample[: 2 * TUNING_QUERIES])
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


def _no_rows(dimension: int) -> Vectors:
    return np.empty((0, dimension), dtype=np.float32)


def _sample(chunks: Chunks, share: float, chance: np.random.Generator) -> Vectors:
    parts = [rows[chance.random(len(rows)) < share] for _, rows in chunks()]
    sample = np.concatenate(parts)
    return sample[chance.permutation(len(sample))]


def _ranges(chunks: Chunks) -> Vectors:
    """Lowest value and width of every component over all vectors, with a margin, one after the other (2d,)."""
    held = [(rows.min(axis=0), rows.max(axis=0)) for _, rows in chunks() if len(rows)]
    low, high = np.min([one for one, _ in held], axis=0), np.max([one for _, one in held], axis=0)
    return _spanning(low, high)


def _spanning(low: Vectors, high: Vectors) -> Vectors:
    margin = np.maximum(RANGE_MARGIN * (high - low), 1e-6)
    return np.concatenate((low - margin, high - low + 2 * margin)).astype(np.float32)


def _write(lists: Any, number: int, offset: int, ids: Ids, codes: Codes) -> None:
    lists.update_entries(number, offset, len(ids), native.swig_ptr(ids), native.swig_ptr(codes))


def _shell(quantizer: Any, dimension: int, nlist: int, ranges: Vectors) -> Any:
    index = native.IndexIVFScalarQuantizer(
        quantizer, dimension, nlist, native.ScalarQuantizer.QT_8bit, native.METRIC_INNER_PRODUCT, False
    )
    native.copy_array_to_vector(ranges, index.sq.trained)
    index.is_trained = True
    return index


def _with_ranges(like: Any, quantizer: Any, ranges: Vectors | None = None) -> Any:
    """An empty index with the parameters of ``like``, or other ``ranges``."""
    held = native.vector_to_array(like.sq.trained) if ranges is None else ranges
    index = _shell(quantizer, like.d, like.nlist, held)
    index.nprobe = like.nprobe
    return index


def _filled_with(index: Any, lists: Any) -> Any:
    """``index`` over ``lists``, which it takes for its own."""
    index.replace_invlists(lists, True)
    lists.this.disown()
    return index


def _filled(index: Any, quantizer: Any, chunks: Chunks) -> Any:
    """Two passes, so that each list is allocated once and at its size."""
    places = [quantizer.assign(rows, 1).ravel() for _, rows in chunks() if len(rows)]
    sizes = np.bincount(np.concatenate(places), minlength=index.nlist)
    lists = native.ArrayInvertedLists(index.nlist, index.d)
    for number, size in enumerate(sizes):
        lists.resize(number, int(size))
    used = np.zeros(index.nlist, dtype=np.int64)
    for here, (ids, rows) in zip(places, ((i, r) for i, r in chunks() if len(r)), strict=True):
        order = np.argsort(here, kind="stable")
        codes, ordered = index.sq.compute_codes(np.ascontiguousarray(rows[order])), ids[order]
        starts = np.searchsorted(here[order], np.arange(index.nlist + 1))
        for number in np.unique(here):
            piece = slice(int(starts[number]), int(starts[number + 1]))
            _write(lists, int(number), int(used[number]), ordered[piece], codes[piece])
            used[number] += piece.stop - piece.start
    return _filled_with(_with_ranges(index, quantizer), lists)
