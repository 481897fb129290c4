from __future__ import annotations

import pytest

from cache_service.cache.guard.novelty import novel_names, words_of

KNOWN = words_of(["Java, Spring Boot, Kafka", "CI/CD 경험", "누리페이(NuriPay)", "front-end"])


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Haskell로 서버를 만듭니다.", "ko", ["Haskell"]),
        ("Java와 Kafka로 IT 서비스를 만듭니다.", "ko", []),
        ("CI/CD 환경과 NuriPay 팀", "ko", []),
        ("JavaScript 화면 개발", "ko", ["JavaScript"]),
        ("You will work with the Globex team.", "en", ["Globex"]),
        ("Working on Kafka and front-end code, you'll ship.", "en", []),
        ("- Responsible for SAP and payroll", "en", ["SAP"]),
        ("Join us. Great people.\nTeamwork matters.", "en", []),
        ("You will use eBay and iOS.", "en", ["eBay", "iOS"]),
        ("Write to a@b.co", "en", []),
    ],
)
def test_names_that_no_request_holds_are_found(text: str, language: str, found: list[str]) -> None:
    """A Latin word in a Korean sentence and a capitalised word within an English one are names."""
    assert [word for word, _, _ in novel_names(text, KNOWN, language)] == found


def test_spans_are_those_of_the_word() -> None:
    """Each name comes with where it stands."""
    text = "우리는 Go, Rust를 씁니다."
    assert [text[start:end] for _, start, end in novel_names(text, frozenset(), "ko")] == ["Go", "Rust"]
