from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.models.shape import Shape, shape_of


@pytest.mark.parametrize(
    ("sentence", "language", "shape"),
    [
        ("물론입니다! 아래는 요청하신 채용 공고입니다:", "ko", Shape.TALK),
        ("요청하신 주요 업무 섹션을 작성했습니다.", "ko", Shape.TALK),
        ("도움이 되셨길 바랍니다.", "ko", Shape.TALK),
        ("Sure, here is the section:", "en", Shape.TALK),
        ("Here's the job description:", "en", Shape.TALK),
        ("Let me know if you would like any changes.", "en", Shape.TALK),
        ("죄송합니다. 저는 AI 언어 모델입니다.", "ko", Shape.REFUSAL),
        ("해당 내용은 작성해 드릴 수 없습니다.", "ko", Shape.REFUSAL),
        ("As an AI language model, I have no access to that.", "en", Shape.REFUSAL),
        ("I'm sorry, but I can't help with that.", "en", Shape.REFUSAL),
        ("We are looking for a nurse who will join our team.", "ko", Shape.FOREIGN),
        ("환자를 돌볼 간호사를 찾고 있으며 함께 일할 분을 기다립니다.", "en", Shape.FOREIGN),
        ("- Java, Spring Boot, Kafka", "ko", Shape.TEXT),
        ("- 결제 API 설계와 운영", "ko", Shape.TEXT),
        ("필요하신 장비를 고객에게 안내합니다.", "ko", Shape.TEXT),
        ("죄수를 호송합니다.", "ko", Shape.TEXT),
        ("Great communication skills", "en", Shape.TEXT),
        ("Work for 누리페이 in Pangyo.", "en", Shape.TEXT),
        ("Write job descriptions with hiring managers.", "en", Shape.TEXT),
    ],
)
def test_talk_refusals_and_other_languages_are_told_from_text(sentence: str, language: str, shape: Shape) -> None:
    """What a model says to whoever asked is not the posting; duties that use the same words are."""
    assert shape_of(sentence, language) is shape


@given(st.text(max_size=200), st.sampled_from(["ko", "en"]))
def test_any_text_has_a_shape(text: str, language: str) -> None:
    """Nothing a model can say is an error."""
    assert shape_of(text, language) in Shape
