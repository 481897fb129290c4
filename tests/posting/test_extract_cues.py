"""The words that families look for before they try their patterns."""

from __future__ import annotations

import re

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan

_WORD = re.compile(r"\bzorb\w*(?: \w+)?", re.IGNORECASE)
_ZORB = Cues("zorb", "zorbin")


def test_a_cue_is_found_in_any_case_and_inside_words() -> None:
    """A cue only says where a pattern is worth trying."""
    assert Scan.of("We go ZORBING.").has(_ZORB)
    assert Scan.of("unzorbed").has(_ZORB)
    assert not Scan.of("We go home.").has(_ZORB)


def test_words_made_after_the_first_text_was_read_are_found() -> None:
    """The search takes in words that came later."""
    assert not Scan.of("a flumph").has(_ZORB)
    assert Scan.of("a flumph").has(Cues("flumph"))


def test_matches_that_begin_with_a_cue_come_in_order_and_do_not_overlap() -> None:
    """They are what ``finditer`` gives for a pattern that begins with one of the cues."""
    text = "Zorbing zorb, unzorbed zorbs zorb x"
    begun = [match.span() for match in Scan.of(text).begun(_WORD, _ZORB)]
    assert begun == [match.span() for match in _WORD.finditer(text)] == [(0, 12), (23, 33)]


def test_near_counts_where_a_cue_begins() -> None:
    """Both ends of the stretch belong to it."""
    scan = Scan.of("abc zorb")
    assert scan.near(_ZORB, 4, 9)
    assert scan.near(_ZORB, 0, 4)
    assert not scan.near(_ZORB, 5, 9)
    assert not scan.near(_ZORB, 0, 3)


def test_what_is_blanked_out_is_no_cue_any_more() -> None:
    """An address holds no words of other families."""
    scan = Scan.of("zorb at zorb.example")
    assert scan.has(_ZORB)
    scan.blank([(0, 4), (8, 20)])
    assert not scan.has(_ZORB)
