"""Patterns that say first what they can begin with: a search for it skips the rest of a text."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from cache_service.posting import extract
from cache_service.posting.extract import work_mode, years
from cache_service.posting.extract.cues import Cues, cue_words

_CATEGORIES = {ops.CATEGORY_DIGIT: string.digits, ops.CATEGORY_SPACE: " \n"}


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in iter_modules(extract.__path__):
        for name, value in vars(import_module(f"{extract.__name__}.{module.name}")).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


def _guarded() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Those that begin with ``(?=[...])``."""
    for name, pattern in _patterns():
        if pattern.pattern.startswith("(?=["):
            yield name, pattern


def _firsts(parsed: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """The characters that a match can begin with, and whether it can be empty."""
    found: set[str] = set()
    for op, value in parsed:
        chars, empty = _first(op, value)
        found |= chars
        if not empty:
            return found, False
    return found, True


def _first(op: Any, value: Any) -> tuple[set[str], bool]:
    if op is ops.LITERAL:
        return {chr(value)}, False
    if op is ops.IN:
        return set().union(*(_in_set(kind, one) for kind, one in value)), False
    if op is ops.BRANCH:
        branches = [_firsts(branch) for branch in value[1]]
        return set().union(*(chars for chars, _ in branches)), any(empty for _, empty in branches)
    if op is ops.SUBPATTERN:
        return _firsts(value[3])
    if op in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}:
        chars, empty = _firsts(value[2])
        return chars, empty or value[0] == 0
    assert op in {ops.ASSERT, ops.ASSERT_NOT, ops.AT}, f"{op} can begin with anything"
    return set(), True


def _in_set(kind: Any, value: Any) -> set[str]:
    if kind is ops.LITERAL:
        return {chr(value)}
    if kind is ops.RANGE:
        return {chr(code) for code in range(value[0], value[1] + 1)}
    return set(_CATEGORIES[value])


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(*one, id=one[0]) for one in _guarded()])
def test_a_guard_lets_through_all_that_its_pattern_can_begin_with(name: str, pattern: re.Pattern[str]) -> None:
    """A wording added to a pattern begins with a character of the set ahead of the pattern."""
    guard, rest = parser.parse(pattern.pattern, pattern.flags)[0], parser.parse(pattern.pattern, pattern.flags)[1:]
    allowed, _ = _firsts(guard[1][1])
    begins, empty = _firsts(rest)
    if pattern.flags & re.IGNORECASE:
        allowed, begins = ({char.lower() for char in chars} for chars in (allowed, begins))
    assert not empty
    assert begins <= allowed, f"add {''.join(sorted(begins - allowed))!r} to the set at the beginning of {name}"


def test_there_are_guards_to_check() -> None:
    """The test above looks at the patterns that it is about."""
    assert {"polarity_cues.CUE_KO", "number_words._NATIVE", "employment._KOREAN"} <= {name for name, _ in _guarded()}


@pytest.mark.parametrize(
    ("pattern", "cues"),
    [
        pytest.param(work_mode._REMOTE_KO, work_mode._REMOTE_WORDS_KO, id="remote"),
        pytest.param(work_mode._HYBRID_KO, work_mode._HYBRID_WORDS_KO, id="hybrid"),
        pytest.param(work_mode._ONSITE_KO, work_mode._ONSITE_WORDS_KO, id="onsite"),
        pytest.param(years._ANY_YEARS, years._NEWCOMER_WORDS, id="any years"),
    ],
)
def test_a_pattern_tried_at_cues_begins_with_none_else(pattern: re.Pattern[str], cues: Cues) -> None:
    """What ``Scan.begun`` tries a pattern at are words that cover every character it can begin with."""
    begins, _ = _firsts(parser.parse(pattern.pattern, pattern.flags))
    words = {word for word, number in cue_words().items() if number in cues.numbers}
    assert begins <= {word[0] for word in words}
