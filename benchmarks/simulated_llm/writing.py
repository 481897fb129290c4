"""What a simulated model writes: the facts of the prompt as sentences, filled up to a length with words that state
nothing, and now and then a lie."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Final

TOKEN_CHARS: Final = {"ko": 2, "en": 4}
_LISTS: Final = ("responsibilities", "skills", "preferred", "culture", "benefits", "hiring_process")
_FILLERS: Final[dict[str, tuple[str, ...]]] = {
    "ko": (
        "서로 묻고 답하며 천천히 배워 갈 분이면 좋겠습니다.",
        "맡은 일을 끝까지 책임지는 태도를 소중하게 생각합니다.",
        "모르는 것은 편하게 물어볼 수 있습니다.",
        "일하는 방식은 함께 정하고 함께 고쳐 갑니다.",
        "작은 개선도 제안해 주시면 귀 기울여 듣겠습니다.",
        "차분하게 기록하고 공유하는 습관을 반깁니다.",
        "서로의 시간을 존중하며 일합니다.",
        "궁금한 점은 언제든 편하게 이야기해 주세요.",
    ),
    "en": (
        "We like people who ask questions and share what they learn.",
        "You can speak up whenever something is unclear.",
        "We decide together how we work and change it when it does not.",
        "Small improvements are always welcome here.",
        "We value care, patience and a calm way of working.",
        "Good notes help all of us, so we write things down.",
        "We respect each other's time.",
        "Tell us what you would do differently; we listen.",
    ),
}
LIES: Final[dict[str, tuple[str, ...]]] = {
    "ko": (
        "경력 17년 이상을 찾습니다.",
        "연봉은 9,900만 원부터 시작합니다.",
        "총 37명을 채용합니다.",
        "접수는 2031년 4월 9일까지입니다.",
        "㈜별하나테크는 업계를 이끄는 기업입니다.",
        "전 직원에게 스톡옵션을 제공합니다.",
        "수습 기간은 11개월입니다.",
        "석사 학위 이상이 필요합니다.",
    ),
    "en": (
        "You bring at least 17 years of experience.",
        "We pay $199,000 a year.",
        "We are hiring 37 people.",
        "Apply by April 9, 2031.",
        "Starfish Dynamics Inc. is a market leader.",
        "We offer stock options to everyone.",
        "The probation period is 11 months.",
        "A master's degree is required.",
    ),
}
_STATED: Final[dict[str, dict[str, str]]] = {
    "ko": {
        "industry": "{} 분야에서 일합니다.",
        "about": "{}",
        "size": "구성원은 {}명입니다.",
        "founded": "{}년에 문을 열었습니다.",
        "years_min": "경력 {}년 이상을 찾습니다.",
        "years_max": "경력 {}년 이하를 찾습니다.",
        "education": "학력: {}",
        "notes": "{}",
    },
    "en": {
        "industry": "We work in {}.",
        "about": "{}",
        "size": "We are {} people.",
        "founded": "We started in {}.",
        "years_min": "At least {} years of experience.",
        "years_max": "Up to {} years of experience.",
        "education": "Education: {}",
        "notes": "{}",
    },
}


@dataclass(frozen=True, slots=True)
class Written:
    """A text, and the lie that it tells, if any."""

    text: str
    lie: str | None


def write(messages: Sequence[Mapping[str, Any]], tokens: int, lies: float, chance: random.Random) -> Written:
    """The answer to a chat. ``tokens``: how long it should be (a whole posting: for each of its sections);
    ``lies``: share of sections with a lie.

    The last message is the JSON object that gonggo sends for a section or a sentence; anything else is answered with
    words that state nothing.
    """
    task = _task(messages)
    language = "en" if task.get("language") == "en" else "ko"
    if "sentence" in task:
        return Written("-", None)
    sections = task.get("sections") or [task]
    told = [_section(one, language, tokens, lies, chance) for one in sections]
    return Written("\n\n".join(one.text for one in told), next((one.lie for one in told if one.lie), None))


def _task(messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    try:
        task = json.loads(messages[-1]["content"])
    except (LookupError, TypeError, ValueError):
        return {}
    return task if isinstance(task, dict) else {}


def _section(task: Mapping[str, Any], language: str, tokens: int, lies: float, chance: random.Random) -> Written:
    lie = chance.choice(LIES[language]) if chance.random() < lies else None
    facts = {name: value for group in dict(task.get("facts") or {}).values() for name, value in dict(group).items()}
    lines = [form.format(facts[name]) for name, form in _STATED[language].items() if facts.get(name) is not None]
    lines += [f"- {item}" for name in _LISTS for item in facts.get(name) or ()]
    if lie is not None:
        lines.insert(chance.randrange(len(lines) + 1), lie)
    wanted = tokens * TOKEN_CHARS[language]
    fillers = cycle(chance.sample(_FILLERS[language], len(_FILLERS[language])))
    while sum(map(len, lines)) < wanted:
        lines.append(next(fillers))
    return Written("\n".join(lines), lie)
