"""A request told in other words is answered from the cache; one with another word that matters is not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.test_cache import lookup
from tests.conftest import Serve

TITLES = {"ko": "백엔드 개발자", "en": "Backend Engineer"}


def _request(language: str, path: str, value: Any) -> dict[str, Any]:
    part, field = path.split(".")
    request: dict[str, Any] = {
        "company": {"name": "누리페이"},
        "requirements": {"title": TITLES[language]},
        "options": {"language": language},
    }
    request[part][field] = value
    return request


@pytest.mark.parametrize(
    ("language", "kind", "path", "stored", "wanted", "trap"),
    [
        (
            "ko",
            "company",
            "company.about",
            "핀테크 서비스를 만듭니다.",
            "핀테크 서비스를 만들어요",
            "핀테크 서비스를 고칩니다.",
        ),
        (
            "en",
            "company",
            "company.about",
            "We build payment software.",
            "Our team builds payment software",
            "We sell payment software.",
        ),
        ("ko", "company", "company.culture", ["자율 출퇴근"], ["자율적인 출퇴근"], ["고정 출퇴근"]),
        ("ko", "company", "company.industry", "도매업", "도매", "소매업"),
        ("en", "company", "company.industry", "Fintech", "Financial technology", "Financial services"),
        (
            "ko",
            "responsibilities",
            "requirements.responsibilities",
            ["결제 API 설계와 운영"],
            ["결제 API를 설계하고 운영합니다"],
            ["정산 API를 설계하고 운영합니다"],
        ),
        (
            "en",
            "responsibilities",
            "requirements.responsibilities",
            ["Cook meals for residents"],
            ["Cooking meals for the residents"],
            ["Cook meals with residents"],
        ),
    ],
)
def test_a_section_told_in_other_words_is_reused(
    serve: Serve, language: str, kind: str, path: str, stored: Any, wanted: Any, trap: Any
) -> None:
    """The stored section comes back word for word for the rewording, and not for the trap."""
    client = serve(policy="static", similarity_threshold=0.1)
    said = stored if isinstance(stored, str) else f"- {stored[0]}"
    entry = {"request": _request(language, path, stored), "posting": {"sections": [{"kind": kind, "text": said}]}}
    assert client.post("/v1/cache/entries", json=entry).status_code == 201
    found, _ = lookup(client, _request(language, path, wanted))
    assert (found[kind]["text"], found[kind]["source"]["tier"]) == (said, "semantic")
    found, _ = lookup(client, _request(language, path, trap))
    assert found.get(kind, {}).get("text") != said


def test_words_of_hiring_around_a_title_do_not_matter(serve: Serve) -> None:
    """Duties stored for "백엔드 개발자 채용" come back for a "백엔드 개발자", and not for a "프론트엔드 개발자"."""
    client = serve(policy="static", similarity_threshold=0.1)
    entry = {
        "request": _request("ko", "requirements.title", "백엔드 개발자 채용"),
        "posting": {"sections": [{"kind": "responsibilities", "text": "- 서버 개발"}]},
    }
    entry["request"]["requirements"]["responsibilities"] = ["서버 개발"]
    client.post("/v1/cache/entries", json=entry)
    for title, reused in (("백엔드 개발자", True), ("프론트엔드 개발자", False)):
        wanted = _request("ko", "requirements.title", title)
        wanted["requirements"]["responsibilities"] = ["서버 개발"]
        found, _ = lookup(client, wanted)
        source = found["responsibilities"]["source"] if "responsibilities" in found else {"tier": None}
        assert (source["tier"] in {"exact", "semantic"}) is reused
