"""A thousand generations of a model that lies in one section of five: does a lie reach an answer, at what cost?

The model is simulated (tests/upstreams.py: a real HTTP endpoint that writes from the facts it is given), since no real
one runs here and a real one would not say when it lies. Whether a lie came through is read off the answers as text,
not by the extractor.

    python -m benchmarks.lying_model [--postings N]
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from benchmarks.machine import save
from cache_service.app import create_app
from cache_service.settings import read_settings
from tests.upstreams import running_server, running_upstream

SEED = 20261123
LIES: dict[str, tuple[tuple[str, str, str], ...]] = {  # language -> (kind of lie, sentence, what gives it away)
    "ko": (
        ("years", "경력 17년 이상을 찾습니다.", "17년"),
        ("years", "최소 십삼 년 경력이 필요합니다.", "십삼"),
        ("salary", "연봉은 9,900만 원부터 시작합니다.", "9,900"),
        ("salary", "월 팔백만 원을 드립니다.", "팔백만"),
        ("headcount", "총 37명을 채용합니다.", "37명"),
        ("deadline", "접수는 2031년 4월 9일까지입니다.", "2031"),
        ("probation", "수습 기간은 11개월입니다.", "11개월"),
        ("company", "카카오와 함께 성장하세요.", "카카오"),
        ("company", "㈜별하나테크는 업계를 이끄는 기업입니다.", "별하나"),
        ("company", "저희 삼성전자에서 함께 일해요.", "삼성전자"),
        ("benefit", "전 직원에게 스톡옵션을 제공합니다.", "스톡옵션"),
        ("benefit", "헬스장 이용권과 통근버스를 지원합니다.", "통근버스"),
        ("benefit", "매년 안식월 휴가를 드립니다.", "안식월"),
        ("education", "석사 학위 이상이 필요합니다.", "석사"),
        ("skill", "Haskell 사용 경험이 필수입니다.", "Haskell"),
        ("location", "근무지는 부산 해운대구입니다.", "해운대"),
        ("employment_type", "프리랜서 계약으로 근무합니다.", "프리랜서"),
        ("contact", "문의는 jobs@else-where.io 로 주세요.", "else-where"),
    ),
    "en": (
        ("years", "You bring at least 17 years of experience.", "17"),
        ("years", "Thirteen years of experience are a must.", "Thirteen"),
        ("salary", "We pay $199,000 a year.", "199,000"),
        ("salary", "The salary is ninety-nine thousand dollars.", "ninety-nine"),
        ("headcount", "We are hiring 37 people.", "37"),
        ("deadline", "Apply by April 9, 2031.", "2031"),
        ("probation", "The probation period is 11 months.", "11 months"),
        ("company", "Join Google and grow with us.", "Google"),
        ("company", "Starfish Dynamics Inc. is a market leader.", "Starfish"),
        ("company", "At Globex, we care about people.", "Globex"),
        ("benefit", "We offer stock options to everyone.", "stock options"),
        ("benefit", "Enjoy a free gym membership.", "gym"),
        ("benefit", "You get unlimited paid time off.", "paid time off"),
        ("education", "A master's degree is required.", "master"),
        ("skill", "Haskell experience is a must.", "Haskell"),
        ("location", "The job is based in Singapore.", "Singapore"),
        ("employment_type", "This is a freelance contract position.", "freelance"),
        ("contact", "Write to jobs@else-where.io.", "else-where"),
    ),
}
JOBS: dict[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    "ko": (
        ("백엔드 개발자", ("결제 API 설계와 운영", "장애 대응"), ("Java", "Kafka")),
        ("병동 간호사", ("환자 상태 관찰", "투약과 처치"), ("간호사 면허",)),
        ("물류센터 관리자", ("입출고 일정 관리", "재고 실사"), ("엑셀",)),
        ("초등 수학 강사", ("수업 진행", "학부모 상담"), ("교원자격증",)),
        ("회계 담당자", ("전표 처리", "결산 자료 작성"), ("더존",)),
        ("제과제빵사", ("반죽과 성형", "매장 위생 관리"), ("제과기능사",)),
    ),
    "en": (
        ("Backend Engineer", ("Design and run payment APIs", "Answer incidents"), ("Java", "Kafka")),
        ("Ward Nurse", ("Watch over patients", "Give medication"), ("RN license",)),
        ("Warehouse Supervisor", ("Plan shipments", "Count the stock"), ("Excel",)),
        ("Math Teacher", ("Teach classes", "Talk with parents"), ("Teaching license",)),
        ("Accountant", ("Post invoices", "Prepare the closing"), ("QuickBooks",)),
        ("Baker", ("Knead and shape dough", "Keep the shop clean"), ("Food handler card",)),
    ),
}


def request_for(number: int, language: str, chance: random.Random) -> dict[str, Any]:
    """A made-up request; no two are alike, so that nothing is reused."""
    title, duties, skills = chance.choice(JOBS[language])
    name = f"누리{number}상사" if language == "ko" else f"Meadow {number}"
    return {
        "company": {"name": name, "about": "동네에서 오래 일한 곳입니다." if language == "ko" else "A local business."},
        "requirements": {
            "title": title, "years_min": chance.randint(1, 9), "responsibilities": list(duties), "skills": list(skills),
            "preferred": ["야간 근무 가능한 분" if language == "ko" else "Night shifts are fine with you"],
        },
        "options": {"language": language, "fresh": True},
    }  # fmt: skip


def run(postings: int) -> dict[str, Any]:
    """Ask for ``postings`` postings; count lies told, lies that came through, calls and replacements."""
    chance = random.Random(SEED)
    told: Counter[str] = Counter()
    through: list[dict[str, str]] = []
    most_calls = sections = composed = 0
    with running_upstream() as fake, tempfile.TemporaryDirectory() as folder:
        toml = Path(folder) / "upstreams.toml"
        toml.write_text(
            f'[[upstream]]\nname = "liar"\ntier = "quality"\nbase_url = "{fake.url}"\nmodel = "liar"\ntimeout_s = 10\n'
        )
        settings = read_settings(data_dir=Path(folder) / "data", embedder="hashing", upstreams=toml)
        with running_server(create_app(settings)) as url, httpx.Client(base_url=url, timeout=60) as client:
            for number in range(postings):
                language = ("ko", "en")[number % 2]
                lies = LIES[language]
                lied_in = chance.randrange(5)  # of four sections one in five lies: now and then none does
                kind, sentence, sign = lies[number // 2 % len(lies)]
                fake.calls.clear()
                fake.lies = tuple(sentence if at == lied_in else "" for at in range(5))
                body = request_for(number, language, chance)
                answer = client.post("/v1/postings", json=body)
                answer.raise_for_status()
                told[kind] += 1 if lied_in < 4 else 0
                made = [one for one in answer.json()["posting"]["sections"] if one["kind"] not in FACTS_ONLY]
                sections += len(made)
                composed += sum(one["source"]["tier"] == "composed" for one in made)
                calls = Counter(call["section"] for call in fake.calls)
                most_calls = max(most_calls, *calls.values())
                given = str(body)
                if sign not in given:
                    through += [
                        {"kind": kind, "section": one["kind"], "text": one["text"]}
                        for one in made
                        if sign.casefold() in one["text"].casefold()
                    ]
    return {
        "seed": SEED, "postings": postings, "sections_written": sections, "lies_told": dict(told),
        "lies_in_answers": len(through), "examples": through[:20], "most_calls_for_a_section": most_calls,
        "sections_left_to_rules": composed,
    }  # fmt: skip


FACTS_ONLY = frozenset({"headline", "conditions", "benefits", "process"})


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=250)
    save("lying_model", run(parser.parse_args().postings))


if __name__ == "__main__":
    main()
