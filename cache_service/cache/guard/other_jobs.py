"""What a company published about one job and its next must not be told with."""

from __future__ import annotations

import re
from typing import Final

from cache_service.cache.guard.checked import Checked
from cache_service.cache.guard.evidence import Evidence
from cache_service.cache.guard.judge import unsupported
from cache_service.posting.extract import recall_facts
from cache_service.posting.extract.places import within
from cache_service.posting.facts import FactType
from cache_service.posting.sections import SectionKind

_OF_ONE_JOB: Final[frozenset[FactType]] = frozenset(
    {"employment_type", "salary_min", "salary_max", "salary_period", "headcount", "probation_months"}
)
# A place that the company offers is not where the job is.
_OFFERED_PLACE: Final = re.compile(
    r"휴양|리조트|콘도|호텔|펜션|캠핑|여행|워크 ?[숍샵]|워케이션|연수|숙소|숙박|별장|법인 ?회원|셔틀|통근|할인"
    r"|resort|hotel|retreat|travel|trip|shuttle|off-?site|fair chance|ordinance",
    re.IGNORECASE,
)

_ADDRESS: Final = re.compile(
    r"[가-힣\d](?:로|길) ?\d|[가-힣]동 ?\d|\b\d+ [A-Z]\w+ (?:St|Ave|Rd|Blvd|Street|Avenue|Road)\b"
)


def of_another_job(
    text: str, kind: SectionKind, evidence: Evidence, language: str, *, published_at: str | None = None
) -> tuple[Checked, ...]:
    """What ``text``, a section of ``kind`` of the company's own record, says of a job and ``evidence``, without that
    record, does not: the contract, pay, probation, and among benefits another place of work than the job's.

    ``published_at``: where the job was that it was published for. What was near that place is near this job if it is
    there too; another address is not.
    """
    job = evidence.facts.text("requirements.location") if kind == "benefits" else None
    there = job is not None and published_at is not None and (within(job, published_at) or within(published_at, job))
    told = [
        finding
        for finding in recall_facts(text, language)
        if finding.fact.type in _OF_ONE_JOB
        or (
            job is not None
            and finding.fact.type == "location"
            and not (there and _ADDRESS.search(str(finding.fact.value)) is None)
            and not _is_offered(text, finding.fact.start)
        )
    ]
    if not told:
        return ()
    types = {finding.fact.type for finding in told}
    found = unsupported(text, evidence, language, findings=told)
    return tuple(one for one in found if one.fact.type in types)


def _is_offered(text: str, start: int) -> bool:
    end = text.find("\n", start)
    line = text[text.rfind("\n", 0, start) + 1 : end if end >= 0 else len(text)]
    return _OFFERED_PLACE.search(line) is not None
