"""Hiring steps: read off a text only where they are clearly a list of steps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cache_service.jobs.derive.blocks import Block, strip_marks

_STEP: Final = re.compile(
    r"서류|면접|인터뷰|전형|과제|테스트|협의|합격|입사|합류|심사|검사|레퍼런스|커피\s*챗|스크리닝|검진|평판|온보딩|면담|"
    r"^.{0,6}(?:접수|지원|통보|발표|평가|확정|미팅|상담|발령|채용|챌린지)$|지원서|이력서|"
    r"\b(?:apply|application|resume|screen(?:ing)?|interview|test|assignment|offer|onsite|call|assessment|reference|"
    r"onboarding|challenge|task)\b",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(r"서류|지원|접수|이력서|application|apply|resume", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"^(?:[(\[]?\d{1,2}[.)\]]|[①-⑳])")
_REMARK: Final = re.compile(r"(?:프로세스|절차)\s*(?:고도화|설계|개선|기획|운영)")
_ARROWS: Final = re.compile(r"\s*(?:[-=–—]+>|[>→▶▷⇒➡➔➜»]|>>+)\ufe0f?\s*")
_NUMBERS: Final = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[①-⑳])\s*")
_DASHES: Final = re.compile(r"\s+[-–—]\s+|(?<=[가-힣)])\s*[-–—]\s*(?=[가-힣\d(])")
_LABEL: Final = re.compile(r"^[^:>→]{1,20}:\s*")
_END: Final = re.compile(r"(?:니다|[가-힣]요)[.!?~]*$")
_MIN_NUMBERED: Final = 3
_MAX_STEP_CHARS: Final = 40
_MAX_STEPS: Final = 12


def steps_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The steps that the first list of steps among ``lines`` names ("서류 전형 > 인터뷰 > 합격"); empty if none."""
    for line in lines:
        if not _STEP.search(line) or _REMARK.search(line):
            continue
        words = _LABEL.sub("", strip_marks(line))
        for separator in (_ARROWS, _DASHES, _NUMBERS):
            parts = tuple(part for part in (part.strip(" .,") for part in separator.split(words)) if part)
            if _are_steps(parts):
                return parts
    return ()


def hiring_process(blocks: Iterable[Block]) -> tuple[str, ...] | None:
    """The hiring steps that ``blocks`` state; None where there are none, or two lists that differ."""
    found: set[tuple[str, ...]] = set()
    for block in blocks:
        lines = [line for line in block.lines if line]
        listed = {steps for line in lines if (steps := steps_of([line]))}
        if not listed and block.topic == "process" and (numbered := _one_a_line(lines)):
            listed = {numbered}
        found |= listed
    return next(iter(found)) if len(found) == 1 else None


def _one_a_line(lines: list[str]) -> tuple[str, ...]:
    """Steps written one a line: those with numbers, where the first is where hiring starts, else all with bullets."""
    numbered = [line for line in lines if _NUMBERED.match(line)]
    if len(numbered) >= _MIN_NUMBERED:
        steps = tuple(strip_marks(line).strip(" .,") for line in numbered)
        return steps if _FIRST.search(steps[0]) and _are_steps(steps) else ()
    steps = tuple(strip_marks(line).strip(" .,") for line in lines)
    return steps if all(strip_marks(line) != line for line in lines) and _are_steps(steps) else ()


def _are_steps(parts: tuple[str, ...]) -> bool:
    if not 2 <= len(parts) <= _MAX_STEPS or any(len(part) > _MAX_STEP_CHARS or _END.search(part) for part in parts):
        return False
    if any(part.count("(") != part.count(")") for part in parts):
        return False
    return len(set(parts)) == len(parts) and sum(_STEP.search(part) is not None for part in parts) * 3 >= 2 * len(parts)
