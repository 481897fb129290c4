"""What a model reads: texts longer than it can take in even windows, their vectors put together, and a prefix."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import UnitVectors, to_unit

_E5 = re.compile(r"(^|[-_/])e5([-_]|$)", re.IGNORECASE)


def e5_prefix(model: str) -> str:
    """What goes before every text for a model of that name: e5 wants `query: `, others nothing."""
    return "query: " if _E5.search(model) else ""


def split_evenly(length: int, limit: int) -> list[slice]:
    """The fewest slices of at most `limit` that cover `length`, without overlap, of even size.

    Even, because a short rest would be read without context. One empty slice for length 0.
    """
    count = max(1, -(-length // limit))
    edges = [length * index // count for index in range(count + 1)]
    return [slice(begin, end) for begin, end in pairwise(edges)]


def merge_windows(
    vectors: NDArray[np.float32], owners: Sequence[int], tokens: Sequence[int], count: int
) -> UnitVectors:
    """Unit vectors of `count` texts from those of their windows, shape (count, d).

    Row i of `vectors` (w, d) is a window of the text `owners[i]` with `tokens[i]` tokens. A text's vector is
    the mean of its windows' vectors weighted by tokens, normalised again.

    Raises:
        EncodingError: a text has no window, or its windows cancel out.
    """
    totals = np.zeros((count, vectors.shape[1]), np.float64)
    np.add.at(totals, np.asarray(owners, np.intp), vectors * np.asarray(tokens, np.float64)[:, None])
    return to_unit(totals)
