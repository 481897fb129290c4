"""Inverted lists that grow without being copied.

Behind the end of each list there is room. A successor writes there, behind what its predecessor sees, so that taking
in a thousand vectors moves a thousand codes and not a million, while searches go on reading the predecessor. FAISS
reads them where they are, as ``OnDiskInvertedLists``: the one kind of its lists that says of each where it begins, how
many entries it has and how many have room.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.kernels import Codes, Ids, give_way, native

Sizes = NDArray[np.int64]
SHARE_OF_ROOM = 16  # a list gets room for a sixteenth more
_FEWEST, _ALIGNED = 8, 8  # entries: room of a small list; so many that the ids behind the codes are aligned


class _Room:
    """One list's memory: codes, then ids. What lies before ``used`` was written once and never changes."""

    __slots__ = ("address", "codes", "ids", "used")

    def __init__(self, wanted: int, code_bytes: int) -> None:
        capacity = -(-(wanted + max(_FEWEST, wanted // SHARE_OF_ROOM)) // _ALIGNED) * _ALIGNED
        memory = np.empty(capacity * (code_bytes + 8), dtype=np.uint8)
        self.codes: Codes = memory[: capacity * code_bytes].reshape(capacity, code_bytes)
        self.ids: Ids = memory[capacity * code_bytes :].view(np.int64)
        self.address = memory.ctypes.data
        self.used = 0

    def append(self, ids: Ids, codes: Codes) -> None:
        """Write behind what is used; there must be room."""
        end = self.used + len(ids)
        self.codes[self.used : end], self.ids[self.used : end] = codes, ids
        self.used = end


class InvertedLists:
    """Immutable: the first ``sizes[i]`` entries of list i. Successors are made by one thread at a time."""

    def __init__(self, rooms: list[_Room], sizes: Sizes, code_bytes: int) -> None:
        self._rooms = rooms
        self.sizes = sizes
        self.code_bytes = code_bytes

    @classmethod
    def with_room(cls, sizes: Sizes, code_bytes: int) -> InvertedLists:
        """Empty lists that ``sizes`` (lists,) entries fit into."""
        return cls([_Room(int(size), code_bytes) for size in sizes], np.zeros(len(sizes), np.int64), code_bytes)

    def __len__(self) -> int:
        return len(self._rooms)

    def ids(self, number: int) -> Ids:
        """The ids of a list; a view."""
        return self._rooms[number].ids[: self.sizes[number]]

    def codes(self, number: int) -> Codes:
        """The codes (size, ``code_bytes``) of a list; a view."""
        return self._rooms[number].codes[: self.sizes[number]]

    def added(self, numbers: Sizes, ids: Ids, codes: Codes) -> InvertedLists:
        """With ``codes`` (n, ``code_bytes``) under ``ids`` (n,) in the lists ``numbers`` (n,)."""
        if not len(ids):
            return self
        rooms, sizes = self._rooms.copy(), self.sizes.copy()
        order = np.argsort(numbers, kind="stable")
        touched, starts = np.unique(numbers[order], return_index=True)
        for number, places in zip(_unhurried(touched), np.split(order, starts[1:]), strict=True):
            room, size = rooms[number], sizes[number]
            # Another successor may have written behind our end, or one that was given up half-made.
            if room.used != size or size + len(places) > len(room.ids):
                room = rooms[number] = _Room(size + len(places), self.code_bytes)
                room.append(self.ids(number), self.codes(number))
            room.append(ids[places], codes[places])
            sizes[number] += len(places)
        return InvertedLists(rooms, sizes, self.code_bytes)

    def without(self, numbers: Sizes, gone: Ids) -> InvertedLists:
        """Less the entries ``gone`` of the lists ``numbers``, each given once, which move; their order stays."""
        rooms, sizes = self._rooms.copy(), self.sizes.copy()
        for number in _unhurried(numbers):
            kept = np.flatnonzero(np.isin(self.ids(number), gone, invert=True))
            room = rooms[number] = _Room(len(kept), self.code_bytes)
            room.append(self.ids(number)[kept], self.codes(number)[kept])
            sizes[number] = len(kept)
        return InvertedLists(rooms, sizes, self.code_bytes)

    def native(self) -> Any:
        """The lists for FAISS to read, as long as this object lives."""
        lists = native.OnDiskInvertedLists()
        lists.nlist, lists.code_size, lists.prefetch_nthread = len(self), self.code_bytes, 0
        lists.lists.resize(len(self))
        # Offsets from a base of null: addresses. It neither maps nor frees anything.
        rooms = [(len(one.ids), one.address) for one in self._rooms]
        table = np.column_stack((self.sizes.astype(np.uint64), np.array(rooms, dtype=np.uint64)))
        native.memcpy(lists.lists.data(), native.swig_ptr(table), table.nbytes)
        return lists


def _unhurried(numbers: Sizes) -> Iterator[int]:
    for done, number in enumerate(numbers.tolist()):
        if done % 32 == 31:
            give_way()
        yield number
