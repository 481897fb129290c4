"""Bodies of the API other than the request itself: what comes in for the cache, and what goes out."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from cache_service.cache.entries import EntryDraft, SectionDraft
from cache_service.posting.canonical import printable
from cache_service.posting.facts import FactType
from cache_service.posting.request import Language, Name, PostingRequest, forbid_control
from cache_service.posting.sections import SectionKind

MAX_SECTION_CHARS = 20_000


def _some_text(text: str) -> str:
    shown = printable(text).strip()
    if not shown:
        raise PydanticCustomError("blank", "must hold at least one visible character")
    return shown


SectionText = Annotated[
    str,
    BeforeValidator(forbid_control),
    Field(min_length=1, max_length=MAX_SECTION_CHARS),
    AfterValidator(_some_text),
]


def _not_blank(text: str) -> str:
    _some_text(text)
    return text


# As it came, so that spans are those of what was sent.
CheckText = Annotated[
    str,
    BeforeValidator(forbid_control),
    Field(min_length=1, max_length=MAX_SECTION_CHARS),
    AfterValidator(_not_blank),
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SectionIn(_Body):
    """A section of a past posting. ``source`` may be there, as in an answer, and says nothing here."""

    kind: SectionKind
    heading: Name | None = None
    text: SectionText
    source: dict[str, Any] | None = None


def _each_kind_once(sections: list[SectionIn]) -> list[SectionIn]:
    kinds = [section.kind for section in sections]
    if len(set(kinds)) != len(kinds):
        raise PydanticCustomError("repeated", "names a kind of section twice")
    return sections


class PostingIn(_Body):
    """A past posting."""

    title: Name | None = None
    language: Language | None = None
    sections: Annotated[list[SectionIn], Field(min_length=1, max_length=8), AfterValidator(_each_kind_once)]


class EntryIn(_Body):
    """A past posting with the request it answers. ``derived``: the request was read off the posting's text, so
    that what it leaves open is unknown rather than absent."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request": {
                        "company": {"name": "누리페이", "about": "간편결제 인프라를 만드는 회사입니다."},
                        "requirements": {"title": "백엔드 개발자"},
                    },
                    "posting": {
                        "sections": [{"kind": "company", "text": "누리페이는 간편결제 인프라를 만드는 회사입니다."}]
                    },
                    "tags": ["2026-h2"],
                }
            ]
        }
    )

    request: PostingRequest
    posting: PostingIn
    tags: Annotated[list[Name], Field(max_length=20)] = []
    derived: bool = False

    def draft(self) -> EntryDraft:
        """As it is stored. The posting's language, where given, is the request's."""
        request = self.request
        if self.posting.language is not None and self.posting.language != request.language:
            options = request.options.model_copy(update={"language": self.posting.language})
            request = request.model_copy(update={"options": options})
        return EntryDraft(
            request,
            tuple(SectionDraft(one.kind, one.heading, one.text) for one in self.posting.sections),
            self.derived,
            tuple(dict.fromkeys(self.tags)),
            self.posting.title,
        )


class CheckSection(_Body):
    """A section to check. ``source`` may be there, as in an answer, and says nothing here."""

    kind: SectionKind
    heading: CheckText | None = None
    text: CheckText
    source: dict[str, Any] | None = None


class CheckPosting(_Body):
    """A posting to check."""

    title: CheckText | None = None
    language: Language | None = None
    sections: Annotated[list[CheckSection], Field(min_length=1, max_length=8)]


class CheckIn(_Body):
    """A text or a posting to check against a request; or a text alone, whose facts are listed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request": {
                        "company": {"name": "누리페이"},
                        "requirements": {"title": "백엔드 개발자", "years_min": 3},
                    },
                    "text": "누리페이에서 경력 5년 이상의 백엔드 개발자를 찾습니다.",
                },
                {"text": "경력 3~5년, 연봉 4,000만 원 이상", "language": "ko"},
            ]
        }
    )

    request: PostingRequest | None = None
    text: CheckText | None = None
    posting: CheckPosting | None = None
    language: Language | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.text is None) == (self.posting is None):
            raise PydanticCustomError("one_of", "give either text or posting", {"pointer": "text"})
        return self


class FactOut(BaseModel):
    """A fact that a text states at ``[start, end)`` in code points.

    ``canonical``: what a text is compared by. ``supported`` and ``expected`` (what the request states in its place):
    null without a request. ``section`` and ``part`` (heading or text) say where in a posting the span is.
    """

    type: FactType
    value: int | str | dict[str, str]
    canonical: str | None = None
    start: int
    end: int
    supported: bool | None
    expected: int | str | list[str] | dict[str, str] | None
    section: SectionKind | None = None
    part: Literal["heading", "text"] | None = None


class CheckOut(BaseModel):
    """What a text states. ``other``: numbers and days about something else than the job on offer.

    ``ok``: whether every one of ``facts`` is supported; null without a request.
    """

    facts: list[FactOut]
    other: list[FactOut]
    ok: bool | None


class Source(BaseModel):
    """Where a section came from. ``error_bound`` is null where no calibration vouches for one.

    ``edited_from``: the tier whose text a reader changed while the posting was made.
    """

    tier: Literal["exact", "semantic", "adapted", "template", "composed", "fast", "quality"]
    entry_id: str | None
    similarity: float | None
    error_bound: float | None
    changes: list[dict[str, Any]]
    model: str | None
    degraded: bool
    edited_from: str | None = None


class SectionOut(BaseModel):
    """A section."""

    kind: SectionKind
    heading: str
    text: str
    source: Source


class PostingOut(BaseModel):
    """A posting's text."""

    title: str
    language: Language
    sections: list[SectionOut]


class Usage(BaseModel):
    """Tokens that models generated, and that reuse saved."""

    generated_tokens: int
    saved_tokens: int


class Timing(BaseModel):
    """Milliseconds from the start; null if it did not happen."""

    first_content_ms: float | None
    complete_ms: float | None


class Nearest(BaseModel):
    """What came closest and was not good enough."""

    entry_id: str
    similarity: float
    differing_facts: list[dict[str, Any]]


class Missing(BaseModel):
    """A section that the cache could not supply."""

    kind: SectionKind
    reason: str
    nearest: Nearest | None


class Answer(BaseModel):
    """A posting."""

    id: str
    status: Literal["running", "complete", "cancelled", "failed"]
    cache: Literal["hit", "partial", "miss"]
    degraded: bool
    posting: PostingOut
    usage: Usage
    timing: Timing
    missing: list[Missing] | None = None


class EntryStored(BaseModel):
    """An entry that is in the cache; ``stored`` is false if that very content was there before."""

    id: str
    stored: bool


class LineError(BaseModel):
    """A line that was not taken."""

    line: int
    detail: str
    errors: list[dict[str, str]] = []


class EntriesStored(BaseModel):
    """What became of many lines: how many were new, were there before, or were not taken and why."""

    stored: int
    unchanged: int
    rejected: int
    errors: list[LineError]


class EntryOut(BaseModel):
    """An entry of the cache."""

    id: str
    origin: Literal["import", "generated"]
    writer: str
    derived: bool
    tags: list[str]
    request: dict[str, Any]
    posting: dict[str, Any]
    created_at: str
    expires_at: str | None


class Deleted(BaseModel):
    """What was (or, with ``dry_run``, would be) removed."""

    deleted: int
    ids: list[str]
    dry_run: bool


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, str]] | None = None
