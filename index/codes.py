"""Vectors as codes: 8 bits a component for FAISS to scan, and a few more to tell those found apart.

FAISS reads the first d bytes of a code as its 8-bit scalar quantiser wrote them, every component with a range of its
own. ``FINE_BITS`` bit planes behind them say where within its 8-bit step a component lies; only the few vectors that a
scan finds are looked at so closely.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from index.kernels import Codes
from index.vector_index import Vectors

FINE_BITS = 3
RANGE_MARGIN = 0.1  # of what was seen, on either side: whatever needs more has everything coded again
CLIPPED = 0.01  # length of what lies outside the ranges: the most that it changes a similarity by
_STEPS = 255  # of the 8-bit quantiser


class Coder:
    """Immutable: the lowest value and the width of every component."""

    def __init__(self, ranges: Vectors) -> None:
        self.ranges = ranges  # (2d,): lowest values, then widths
        self._low, self._width = ranges.reshape(2, -1)
        self.dimension = len(self._low)

    @property
    def code_bytes(self) -> int:
        """Bytes of one code."""
        return self.dimension + FINE_BITS * -(-self.dimension // 8)

    @classmethod
    def spanning(cls, parts: Iterable[Vectors]) -> Coder:
        """Ranges of all rows (n, d) of ``parts``, not empty, with a margin."""
        held = [(rows.min(axis=0), rows.max(axis=0)) for rows in parts if len(rows)]
        return cls(_spanning(np.min([one for one, _ in held], axis=0), np.max([one for _, one in held], axis=0)))

    def widened(self, rows: Vectors) -> Coder:
        """With wider ranges if ``rows`` (n, d) stand out so far that their codes would misplace one, else itself.

        With the same range a component that is decoded and coded again stays as it is; with another it is rounded
        twice. So only those that need it get another.
        """
        if not len(rows):
            return self
        low, high = self._low, self._low + self._width
        outside = rows - np.clip(rows, low, high)
        if not np.any(np.einsum("ij,ij->i", outside, outside) > CLIPPED**2):
            return self
        lowest, highest = rows.min(axis=0), rows.max(axis=0)
        wider = _spanning(np.minimum(low, lowest), np.maximum(high, highest))
        return Coder(np.where(np.tile((lowest < low) | (highest > high), 2), wider, self.ranges))

    def encode(self, rows: Vectors) -> Codes:
        """Codes (n, ``code_bytes``) of ``rows`` (n, d)."""
        scaled = np.clip((rows - self._low) * (_STEPS / self._width), 0, _STEPS)
        levels = (scaled * (1 << FINE_BITS)).astype(np.uint16)
        planes = [(levels >> bit & 1).astype(np.uint8) for bit in range(FINE_BITS)]
        coarse = (levels >> FINE_BITS).astype(np.uint8)
        return np.concatenate([coarse, *(np.packbits(plane, axis=1) for plane in planes)], axis=1)

    def decode(self, codes: Codes) -> Vectors:
        """Vectors (n, d) whose codes are ``codes``, up to rounding."""
        return self._steps(codes) * (self._width / np.float32(_STEPS)) + self._low

    def products(self, codes: Codes, query: Vectors) -> Vectors:
        """Inner products (n,) of ``query`` (d,) with what ``codes`` stand for."""
        return self._steps(codes) @ (query * self._width / np.float32(_STEPS)) + self._low @ query  # type: ignore[no-any-return]

    def _steps(self, codes: Codes) -> Vectors:
        """How many steps above the lowest value each component is, (n, d)."""
        shape = (len(codes), FINE_BITS, -(-self.dimension // 8))
        planes = np.ascontiguousarray(codes[:, self.dimension :]).reshape(shape)
        bits = np.unpackbits(planes, axis=2, count=self.dimension)
        fine = bits[:, 0].astype(np.float32)
        for bit in range(1, FINE_BITS):
            fine += bits[:, bit] * np.float32(1 << bit)
        return codes[:, : self.dimension] + (fine + np.float32(0.5)) * np.float32(1 / (1 << FINE_BITS))


def _spanning(low: Vectors, high: Vectors) -> Vectors:
    margin = np.maximum(RANGE_MARGIN * (high - low), 1e-6)
    return np.concatenate((low - margin, high - low + 2 * margin)).astype(np.float32)
