"""A plain posting, fields of text as job boards give them, as an entry: its request and its sections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cache_service.cache.entries import EntryDraft, SectionDraft
from cache_service.jobs.derive.company_text import JobWords, company_text
from cache_service.jobs.derive.errors import RecordError
from cache_service.jobs.derive.facts import job_facts
from cache_service.jobs.derive.fields import line_of, section_of
from cache_service.jobs.derive.items import items_of
from cache_service.jobs.derive.raw_text import parts_of
from cache_service.jobs.derive.route import FIELDS, Routed, route, text_of
from cache_service.jobs.derive.steps import hiring_process
from cache_service.jobs.derive.validate import validated
from cache_service.jobs.derive.values import founded_of, language_of, title_of
from cache_service.posting.request import MAX_BLOCK_CHARS, MAX_NAME_CHARS, Language
from cache_service.posting.sections import KINDS, SectionKind

_MIN_CONDITIONS: Final = 2


def plain_posting(record: Mapping[str, Any]) -> EntryDraft:
    """The entry of a plain posting; raises RecordError where it cannot be used."""
    company = _name(record, "company")
    title = title_of(_name(record, "title"))
    texts = _texts(record)
    language = language_of([title, *texts.values()])
    routed = route(texts, company)
    sections = _sections(routed, JobWords.of(title, company, language))
    if not sections:
        raise RecordError("no section of the posting holds a usable text")
    hiring = [*routed.blocks("process"), *routed.blocks("conditions")]
    request = {
        "company": _profile(record, company, routed, sections.get("company"), language),
        "requirements": job_facts(
            record,
            title=title,
            requirements=sections.get("requirements"),
            language=language,
            conditions=["\n".join(block.lines) for block in hiring],
        )
        | _lists(routed, language),
        "options": {"language": language},
    }
    return EntryDraft(
        validated(request),
        tuple(SectionDraft(kind, None, sections[kind]) for kind in KINDS if kind in sections),
        derived=True,
    )


def _name(record: Mapping[str, Any], field: str) -> str:
    name = line_of(record, field)
    if name is None:
        raise RecordError(f"/{field}: required; it is missing, null or blank")
    if len(name) > MAX_NAME_CHARS:
        raise RecordError(f"/{field}: is over {MAX_NAME_CHARS} characters")
    return name


def _texts(record: Mapping[str, Any]) -> dict[str, str]:
    """The texts of the section fields; of ``raw_text``, what stands under headings, where there is nothing else."""
    texts = {name: text for name in FIELDS if (text := section_of(record, name)) is not None}
    if texts:
        return texts
    raw = section_of(record, "raw_text")
    if raw is None:
        raise RecordError(f"none of {', '.join('/' + name for name in FIELDS)} holds a text")
    parts = parts_of(raw)
    if not parts:
        raise RecordError("/raw_text: has no headings that say what its parts are")
    return parts


def _sections(routed: Routed, job: JobWords) -> dict[SectionKind, str]:
    sections: dict[SectionKind, str] = {}
    for kind in KINDS:
        blocks = routed.blocks(kind)
        text = company_text(blocks, job) if kind == "company" else text_of(kind, blocks)
        if text is not None and any(char.isalnum() for char in text):
            sections[kind] = text
    if len([line for line in sections.get("conditions", "").split("\n") if line]) < _MIN_CONDITIONS:
        sections.pop("conditions", None)
    return sections


def _profile(
    record: Mapping[str, Any], name: str, routed: Routed, about: str | None, language: Language
) -> dict[str, Any]:
    industry = line_of(record, "industry")
    steps = hiring_process(routed.blocks("process"))
    benefits = items_of(routed.blocks("benefits"), "benefits", language)
    profile: dict[str, Any] = {
        "name": name,
        "industry": industry if industry and len(industry) <= MAX_NAME_CHARS else None,
        "about": about if about and len(about) <= MAX_BLOCK_CHARS else None,
        "founded": founded_of(about or ""),
        "benefits": list(benefits) if benefits else None,
        "hiring_process": list(steps) if steps else None,
    }
    return {field: value for field, value in profile.items() if value is not None}


def _lists(routed: Routed, language: Language) -> dict[str, list[str]]:
    duties = items_of(routed.blocks("responsibilities"), "duties", language)
    preferred = items_of(routed.blocks("preferred"), "preferred", language)
    lists = {"responsibilities": duties, "preferred": preferred}
    return {name: list(items) for name, items in lists.items() if items}
