"""What of a text about a company is about the company: the rest is about one job and must not reach another job.

Decided sentence by sentence, and when in doubt against keeping. What is kept is kept word for word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cache_service.jobs.derive.blocks import Block, compact, has_mark, is_separator, strip_marks
from cache_service.jobs.derive.job_words import (
    ANYONE,
    COMPANY_SPEAKS,
    DEPARTMENT_SUBJECT,
    ENGLISH,
    KOREAN,
    ONE_WANTED,
    QUALIFIED,
    RECRUIT,
    REMARK,
    ROLE,
    ROLE_SUBJECT,
    ROLE_TOLD,
    ROLE_WANTED,
    TEAM_TOLD,
)  # fmt: skip
from cache_service.jobs.derive.sentences import paragraphs, sentences
from cache_service.jobs.derive.stated import states_job_fact
from cache_service.jobs.derive.steps import steps_of
from cache_service.posting.request import Language

_TAGS: Final = re.compile(r"^(?:#\S+\s*)+$")
_BRACKETS: Final = re.compile(r"[\[(<【][^\])>】]*[\])>】]")
# A title counts as mentioned only where it is long enough not to be met by chance.
_TITLE_MIN: Final = 4
_NAME_MIN: Final = 2
_SHORT_WORDS: Final = 6
_MIN_KEPT_CHARS: Final = 15
_SENTENCE: Final = re.compile(r"[가-힣](?:다|요|죠|까)(?![가-힣])|[.!?]", re.MULTILINE)
_ANNOUNCES: Final = re.compile(r"아래|다음|이런|:$")
_LIST_LINES: Final = 2
_MOSTLY: Final = 0.5


@dataclass(frozen=True, slots=True)
class JobWords:
    """What tells the job on offer in a text: its title, folded, and the language to read it in."""

    title: str
    names_role: bool
    language: Language
    company: re.Pattern[str]

    @classmethod
    def of(cls, title: str, company: str, language: Language) -> JobWords:
        """For a posting's ``title`` (what stands in brackets is not looked for) at ``company``."""
        bare = _BRACKETS.sub(" ", title)
        return cls(compact(bare), ROLE.search(bare) is not None, language, _names(company))


@lru_cache(maxsize=256)
def _names(company: str) -> re.Pattern[str]:
    names = [re.escape(part.strip()) for part in re.split(r"[()]", company) if len(part.strip()) >= _NAME_MIN]
    return re.compile("|".join(names) if names else r"(?!)", re.IGNORECASE)


def company_text(blocks: list[Block], job: JobWords) -> str | None:
    """The text of ``blocks`` without what is about the job; None if too little is left to say anything."""
    kept: list[str] = []
    for block in blocks:
        body = _kept_lines(block.lines, job)
        if not any(body):
            continue
        if block.line is not None and not is_job_level(block.line, job):
            body.insert(0, block.line)
        kept += ["", *body] if kept else body
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return text if len(re.sub(r"\W", "", text)) >= _MIN_KEPT_CHARS and _says_something(text) else None


def is_job_level(sentence: str, job: JobWords) -> bool:
    """Whether a sentence is, or may be, about the job on offer rather than about the company."""
    if job.language == "en":
        return _is_english_job_level(sentence, job)
    # A company may be called so-and-so Design Group: its name is not the name of a department.
    unnamed = job.company.sub("○", sentence)
    if (
        KOREAN.search(unnamed)
        or ROLE_TOLD.search(unnamed)
        or _tells_of_team(sentence, job)
        or states_job_fact(sentence, job.language)
    ):
        return True
    if ONE_WANTED.search(sentence.rstrip()):
        return True
    recruits = RECRUIT.search(sentence) is not None
    if recruits and (ROLE_WANTED.search(sentence) or QUALIFIED.search(sentence) or not ANYONE.search(sentence)):
        return True
    return _names_title(sentence, job) and (recruits or job.names_role or _title_is_subject(sentence, job))


def _says_something(text: str) -> bool:
    """Whether there is a sentence, or a list, rather than a fragment or two."""
    return _SENTENCE.search(text) is not None or text.count("\n") >= _LIST_LINES


def _kept_lines(lines: list[str], job: JobWords) -> list[str]:
    """The lines to keep, runs apart by one empty line."""
    kept: list[str] = []
    announced = False
    for group in _between_gaps(lines):
        # English texts of the kind have a paragraph a line; Korean ones are broken by hand for looks.
        runs = paragraphs(group) if job.language == "ko" else [[line] for line in group]
        whole = [_kept(run, job) for run in runs]
        listed = all(has_mark(run[0]) for run in runs)
        if not (announced and listed) and not _is_about_job(runs, whole):
            body = [line for one in whole if one for line in "".join(one).rstrip().split("\n")]
            kept += ["", *body] if kept and body else body
        announced = _ANNOUNCES.search(group[-1]) is not None and is_job_level(group[-1], job)
    return kept


def _is_about_job(runs: list[list[str]], kept: list[list[str]]) -> bool:
    """Whether what is left of some runs in one paragraph should go with the rest."""
    if len(runs) == 1:
        return not kept[0]
    if not kept[0] and not has_mark(runs[0][0]) and all(has_mark(run[0]) for run in runs[1:]):
        return True  # a list under a line about the job
    dropped = sum(not one for one in kept)
    return dropped > _MOSTLY * len(runs) and not _is_prose(kept)


def _is_prose(kept: list[list[str]]) -> bool:
    return any(len("".join(one)) > 60 for one in kept)


def _between_gaps(lines: list[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _kept(run: list[str], job: JobWords) -> list[str]:
    text = "\n".join(run)
    if is_separator(text) or _TAGS.match(text) or steps_of([text]):
        return []
    kept: list[str] = []
    dropped = False
    for sentence in sentences(text):
        # What follows in brackets, or is only a mark, belongs to the sentence before it.
        if not (REMARK.match(sentence) and (kept or dropped)):
            dropped = is_job_level(sentence, job)
        if dropped and _turns_to_job(sentence, job):
            break
        if not dropped and sentence.strip():
            kept.append(sentence)
    return kept


def _turns_to_job(sentence: str, job: JobWords) -> bool:
    """Whether a text that says this of a team or a job goes on about it."""
    unnamed = job.company.sub("○", sentence)
    return bool(DEPARTMENT_SUBJECT.search(unnamed) or ROLE_SUBJECT.search(unnamed) or _tells_of_team(sentence, job))


def _names_title(sentence: str, job: JobWords) -> bool:
    return len(job.title) >= _TITLE_MIN and job.title in compact(sentence)


def _title_is_subject(sentence: str, job: JobWords) -> bool:
    after = compact(sentence).partition(job.title)[2]
    return after[:1] in {"은", "는"}


def _tells_of_team(sentence: str, job: JobWords) -> bool:
    """Whether a sentence tells of a team that is not the company under the name of "team"."""
    told = TEAM_TOLD.match(sentence)
    if told is None:
        return False
    named = job.company.search(told[0])
    return named is None or told[0][named.end() :].startswith("의")


def _is_english_job_level(sentence: str, job: JobWords) -> bool:
    if ENGLISH.search(sentence) or _names_title(sentence, job) or states_job_fact(sentence, job.language):
        return True
    words = strip_marks(sentence).strip()
    if len(words.split()) <= _SHORT_WORDS and not words.endswith((".", "!", "?", ":")):
        return True  # a place, a date, a reference number or a title
    # Duties read like sentences without a subject: what does not speak of the company is not known to be about it.
    return COMPANY_SPEAKS.search(words) is None and job.company.search(words) is None
