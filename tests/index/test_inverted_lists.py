"""Lists that grow in place, and the codes they hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codes import FINE_BITS, Coder
from index.inverted_lists import InvertedLists
from tests.index.conftest import unit_rows

LISTS, CODE_BYTES = 4, 8
Held = dict[int, list[int]]


def _codes(ids: list[int]) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A code that tells its id."""
    return np.repeat(np.array(ids, dtype=np.uint8)[:, None], CODE_BYTES, axis=1)


def _empty() -> InvertedLists:
    return InvertedLists.with_room(np.zeros(LISTS, dtype=np.int64), CODE_BYTES)


def _added(lists: InvertedLists, entries: list[tuple[int, int]]) -> InvertedLists:
    ids = [id_ for id_, _ in entries]
    numbers = np.array([number for _, number in entries], dtype=np.int64)
    return lists.added(numbers, np.array(ids, dtype=np.int64), _codes(ids).reshape(-1, CODE_BYTES))


def _shown(lists: InvertedLists) -> Held:
    for number in range(LISTS):
        assert (lists.codes(number)[:, 0] == lists.ids(number)).all()
    return {number: lists.ids(number).tolist() for number in range(LISTS)}


entries = st.lists(st.tuples(st.integers(0, 200), st.integers(0, LISTS - 1)), max_size=25)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), entries, st.sets(st.integers(0, 200))), max_size=12))
def test_no_successor_changes_what_another_holds(steps: list[tuple[int, list[tuple[int, int]], set[int]]]) -> None:
    """Whatever is added to or taken from any earlier state, each state keeps the entries it had."""
    states: list[tuple[InvertedLists, Held]] = [(_empty(), {number: [] for number in range(LISTS)})]
    for base, more, gone in steps:
        lists, held = states[base % len(states)]
        lists = lists.without(np.arange(LISTS), np.array(sorted(gone), dtype=np.int64))
        lists = _added(lists, more)
        kept = {number: [id_ for id_ in ids if id_ not in gone] for number, ids in held.items()}
        for id_, number in more:
            kept[number].append(id_)
        states.append((lists, kept))
        for state, wanted in states:
            assert _shown(state) == wanted


def test_what_has_room_is_not_copied() -> None:
    """Adding to a list with room leaves its entries where they are; only a full one moves."""
    first = _added(_empty(), [(1, 0), (2, 1)])
    second = _added(first, [(3, 0)])
    assert np.shares_memory(first.codes(0), second.codes(0))
    beside = _added(first, [(4, 0)])
    assert not np.shares_memory(first.codes(0), beside.codes(0))
    full = _added(second, [(id_, 0) for id_ in range(10, 60)])
    assert not np.shares_memory(first.codes(0), full.codes(0))
    assert np.shares_memory(first.codes(1), full.codes(1))


@pytest.mark.parametrize("dimension", [16, 384, 13])
def test_codes_are_finer_than_eight_bits(dimension: int) -> None:
    """What a code stands for is within half a fine step of the vector, and products are those of what it stands for."""
    rows = unit_rows(200, dimension=dimension)
    coder = Coder.spanning([rows])
    codes = coder.encode(rows)
    assert codes.shape == (200, coder.code_bytes)
    step = coder.ranges[dimension:] / 255 / 2**FINE_BITS
    assert (np.abs(coder.decode(codes) - rows) <= 0.51 * step).all()
    assert coder.products(codes, rows[3]) == pytest.approx(coder.decode(codes) @ rows[3], abs=1e-5)


def test_coding_again_changes_nothing() -> None:
    """A vector read from its code gets the same code; ranges are kept until a vector stands out of them."""
    rows = unit_rows(200)
    coder = Coder.spanning([rows])
    codes = coder.encode(rows)
    assert (coder.encode(coder.decode(codes)) == codes).all()
    assert coder.widened(rows) is coder
    wider = coder.widened(np.eye(1, 16, dtype=np.float32))
    assert wider is not coder
    assert wider.decode(wider.encode(np.eye(1, 16, dtype=np.float32)))[0, 0] == pytest.approx(1.0, abs=0.01)
