from __future__ import annotations

from cache_service.cache.guard.known_companies import KnownCompanies

KNOWN = KnownCompanies(["누리페이먼츠", "위메이드(WEMADE)", "(주)한빛 커머스", "잘함", "Acme Robotics, Inc."])


def test_names_are_found_with_particles_spaces_and_aliases() -> None:
    """Any wording of a known name is a candidate, whatever follows it."""
    for text, name in (
        ("누리페이먼츠는 결제 회사입니다.", "누리페이먼츠"),
        ("WEMADE에서 일합니다.", "WEMADE"),
        ("한빛커머스의 물류", "한빛 커머스"),
        ("Join acme robotics today", "Acme Robotics"),
    ):
        assert name in KNOWN.mentioned(text)


def test_common_words_and_unknown_names_are_not() -> None:
    """Two-letter names and names nobody knows are no candidates."""
    assert KNOWN.mentioned("업무를 잘함. 누리페이에서 일합니다. Acme") == ()
