"""Who gets a benefit: "Hybrid employees get ...", "Contractors who work remotely are eligible for ...".

A benefit that is given to people of one work mode or contract says that the job is of that kind. Whom a job is about
("support remote employees") is read nowhere.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan
from cache_service.posting.facts import FactType

_WORK_MODES: Final = {
    "hybrid": r"hybrid",
    "remote": r"(?:fully )?remote(?:ly)?|from home|home-based",
    "onsite": r"on[- ]?site|in[- ](?:the )?office|office-based|in[- ]person",
}
_CONTRACTS: Final = {
    "full_time": r"full[- ]time|permanent",
    "part_time": r"part[- ]time",
    "contract": r"contract|temporary|temp|seasonal|fixed[- ]term",
}
_GROUPS: Final[dict[str, FactType]] = {
    **dict.fromkeys(_WORK_MODES, "work_mode"),
    **dict.fromkeys(_CONTRACTS, "employment_type"),
}
_PEOPLE: Final = r"(?:employees?|staff(?: members?)?|team ?(?:members?|mates?)|workers?|colleagues?|associates?|personnel|crew|hires?)"
_CALLED: Final = {"contractor": "contract", "freelancer": "freelance", "intern": "intern"}
_GETS: Final = (
    r"(?:(?:also|all|each|who qualify) )?(?:gets?|receives?|ha(?:ve|s) (?:access|a |an |paid|free)|enjoys?|earns?|qualif(?:y|ies)|shares?"
    r"|(?:is|are) (?:\w+ )?(?:eligible|entitled|offered|given|covered|provided|reimbursed|paid|welcome))\b"
)


def _one_of(words: dict[str, str], late: str) -> str:
    return "|".join(f"(?P<{late}{name}>{worded})" for name, worded in words.items())


_KIND: Final = f"(?:{_one_of(_WORK_MODES, '')}|{_one_of(_CONTRACTS, '')})"
_LATE: Final = f"(?:{_one_of(_WORK_MODES, 'late_')}|{_one_of(_CONTRACTS, 'late_')})"
_AUDIENCE: Final = re.compile(
    r"(?:(?:^|(?<=[.;:!] ))[ •*·-]*(?P<first>)(?:(?:all|our|every|each|any) )?|\b(?:for|to)(?: all| our| every| each| any)? )"
    rf"(?:{_KIND},? ){{0,2}}(?:(?P<called>contractor|freelancer|intern)s?|{_PEOPLE})"
    rf"(?: (?:(?:who|that) (?:are )?)?(?:work(?:s|ing)? |based )?{_LATE})?(?P<gets> {_GETS})?",
    re.IGNORECASE | re.MULTILINE,
)
_WORDS: Final = Cues(
    "hybrid", "remote", "from home", "home-based", "on-site", "onsite", "on site", "office", "in-person", "in person",
    "full-time", "full time", "permanent", "part-time", "part time", "contract", "temporary", "temp ", "seasonal", "fixed",
    "freelancer", "intern",
)  # fmt: skip


def find(scan: Scan) -> None:
    """Find the work mode and the contract of those who get something; the benefits are found by now."""
    if not scan.has(_WORDS):
        return
    known = {kind: scan.spans_of(kind) for kind in ("work_mode", "employment_type")}
    for match in _AUDIENCE.finditer(scan.text):
        told = match.groupdict()
        if told["gets"] is None or told["first"] is None:
            before = scan.clause_before(match.start(), 48)
            start = match.start() - len(before)
            given = told["first"] is None and any(
                one.fact.type == "benefit" and start <= one.fact.start < match.start() for one in scan.findings
            )
            if not given:
                continue
        for name, kind in _GROUPS.items():
            for group in (name, f"late_{name}"):
                if told[group] is not None and not known[kind].touch(*match.span(group)):
                    scan.add(kind, name, *match.span(group))
        if told["called"] is not None and not known["employment_type"].touch(*match.span("called")):
            scan.add("employment_type", _CALLED[told["called"].lower()], *match.span("called"))
