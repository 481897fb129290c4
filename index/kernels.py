"""The few calls into FAISS that have no Python form, and what every call of it needs."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.vector_index import Vectors

Ids = NDArray[np.int64]
Codes = NDArray[np.uint8]
Hits = tuple[Ids, Vectors]  # ids (m,) and similarities (m,), in no order
SPARE = 16
NO_IDS: Ids = np.empty(0, dtype=np.int64)
NO_HITS: Hits = (NO_IDS, np.empty(0, dtype=np.float32))

_thread = threading.local()
native: Any = faiss  # its type stubs leave out much of what is used here
_libc: Any = ctypes.CDLL(None)


def on_one_thread() -> None:
    """Keep FAISS from starting threads for the calling thread: one search is too small to share."""
    if not getattr(_thread, "single", False):
        native.omp_set_num_threads(1)
        _thread.single = True


def checked(ids: Sequence[int], vectors: Vectors, dimension: int) -> tuple[Ids, Vectors]:
    """``ids`` (n,) and ``vectors`` (n, d) as contiguous arrays of our own, of an id given twice the last one."""
    if vectors.shape != (len(ids), dimension):
        raise ValueError(f"vectors are {vectors.shape}, expected {(len(ids), dimension)}")
    last = {id_: row for row, id_ in enumerate(ids)}
    rows = vectors if len(last) == len(ids) else vectors[list(last.values())]
    return np.fromiter(last, dtype=np.int64, count=len(last)), np.array(rows, dtype=np.float32, order="C")


def searched(index: Any, query: Vectors, k: int) -> Hits:
    """What ``index.search`` finds for ``query`` (d,), C-contiguous float32: at most ``k``, closest first.

    One call into FAISS where its Python form makes three: every call hands the interpreter to whoever waits for it.
    """
    products, places = np.empty(k, dtype=np.float32), np.empty(k, dtype=np.int64)
    pointer = native.swig_ptr
    index.search_c(1, pointer(query), k, pointer(products), pointer(places), None)
    return real(places, products)


def coded(index: Any, query: Vectors, k: int) -> tuple[Ids, Codes]:
    """The ids (m,) of the at most ``k`` that an inverted file finds for ``query`` (d,), and their codes."""
    products, ids = np.empty(k, dtype=np.float32), np.empty(k, dtype=np.int64)
    codes = np.empty((k, index.code_size), dtype=np.uint8)
    pointer = native.swig_ptr
    index.search_and_return_codes_c(1, pointer(query), k, pointer(products), pointer(ids), pointer(codes), False, None)
    found = ids >= 0
    return ids[found], codes[found]


def nearest_rows(query: Vectors, rows: Vectors, alive: NDArray[np.bool_], k: int) -> Hits:
    """Places and similarities of the at most ``k`` of the first ``len(alive)`` of ``rows`` (n, d) that are closest."""
    products, places = np.empty(k, dtype=np.float32), np.empty(k, dtype=np.int64)
    pointer, bits = native.swig_ptr, np.packbits(alive, bitorder="little")
    chosen = None if alive.all() else native.IDSelectorBitmap(len(bits), pointer(bits))
    native.knn_inner_product(
        pointer(query), pointer(rows), rows.shape[1], 1, len(alive), k, pointer(products), pointer(places), chosen
    )
    return real(places, products)


def real(places: Ids, products: Vectors) -> Hits:
    """Less what FAISS fills up with where it found fewer."""
    found = places >= 0
    return places[found], products[found]


def nearest(hits: Hits, k: int) -> Hits:
    """The ``k`` of ``hits`` that are closest, closest first; of equals the lower id first."""
    ids, products = hits
    order = np.lexsort((ids, -products))[:k]
    return ids[order], products[order]


def among(ids: Ids, sorted_ids: Ids) -> NDArray[np.bool_]:
    """Which of ``ids`` are in ``sorted_ids``, not empty."""
    places = np.minimum(np.searchsorted(sorted_ids, ids), len(sorted_ids) - 1)
    return np.equal(sorted_ids[places], ids)


def alive(search: Callable[[int], Hits], k: int, dead: Ids) -> Hits:
    """At least the ``k`` nearest that ``search(k)`` finds outside of ``dead`` (sorted).

    A few more are asked for, as few are dead, and many more only where they do not suffice.
    """
    if not len(dead):
        return search(k)
    wanted = k + SPARE
    while True:
        ids, products = search(wanted)
        kept = ~among(ids, dead)
        if len(ids) < wanted or np.count_nonzero(kept) >= k:
            return ids[kept], products[kept]
        wanted *= 8


def give_way() -> None:
    """Let others have the interpreter: who computes in it without a break keeps a search waiting for 5 ms."""
    time.sleep(1e-4)


def give_back() -> None:
    """Return freed memory to the system: after a merge an allocator would keep as much as the old index took."""
    trim = getattr(_libc, "malloc_trim", None)
    if trim is not None:
        trim(0)
