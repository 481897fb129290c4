"""Where an id stands, in 10 to 12 bytes an id (a dict takes 100)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.kernels import Ids


class IdTable:
    """Immutable: ids, each with its place (a row or the number of a list), found by binary search."""

    def __init__(self, ids: Ids, places: NDArray[np.integer]) -> None:
        # A stable sort merges what is sorted already, so that a few ids more cost no sorting of all.
        order = np.argsort(ids, kind="stable")
        self.ids: Ids = ids[order]  # ascending
        self._places = places[order]

    def __len__(self) -> int:
        return len(self.ids)

    def _found(self, ids: Ids) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
        if not len(self.ids):
            return np.zeros(len(ids), dtype=np.bool_), np.zeros(len(ids), dtype=np.intp)
        at = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return self.ids[at] == ids, at

    def known(self, ids: Ids) -> Ids:
        """Those of ``ids`` that are here, in the order given."""
        return ids[self._found(ids)[0]]

    def places_of(self, ids: Ids) -> NDArray[np.int64]:
        """The places of those of ``ids`` that are here, ascending."""
        found, at = self._found(ids)
        return np.sort(self._places[at[found]].astype(np.int64))

    def changed(self, gone: Ids, ids: Ids, places: NDArray[np.integer]) -> IdTable:
        """Less ``gone``, with ``ids`` (n,), none of which may be left, at ``places`` (n,)."""
        found, at = self._found(gone)
        kept_ids, kept_places = np.delete(self.ids, at[found]), np.delete(self._places, at[found])
        return IdTable(np.concatenate((kept_ids, ids)), np.concatenate((kept_places, places.astype(kept_places.dtype))))
