"""Requests of every shape, for property tests."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from cache_service.posting.canonical import forbidden_control, tidy

_WORDS = st.sampled_from(
    [
        "결제",
        "서버",
        "간호사",
        "판교",
        "Java",
        "C++",
        "C#",
        "API",
        "3교대",
        "강남역",
        "Node.js",
        "재택",
        "식대",
        "data",
        "영업",
        "(주)",
    ]
)
_PHRASES = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)
_ANY = st.text(min_size=1, max_size=30).filter(lambda text: forbidden_control(text) is None and tidy(text) != "")
texts = _PHRASES | _ANY
items = st.lists(texts, min_size=1, max_size=5)


def _optional(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional=fields)


def _ordered(low: str, high: str, numbers: st.SearchStrategy[int]) -> st.SearchStrategy[dict[str, int]]:
    return st.tuples(numbers, numbers).map(lambda pair: {low: min(pair), high: max(pair)}) | st.just({})


companies = st.builds(
    lambda name, rest: {"name": name, **rest},
    texts,
    _optional(industry=texts, about=texts, size=texts, founded=st.integers(1900, 2026), location=texts, culture=items,
              benefits=items, hiring_process=items),
)  # fmt: skip
jobs = st.builds(
    lambda title, rest, years, salary: {"title": title, **rest, **years, **salary},
    texts,
    _optional(
        seniority=st.sampled_from(["intern", "entry", "junior", "mid", "senior", "lead", "executive", "any"]),
        employment_type=st.sampled_from(["full_time", "contract", "part_time", "intern", "freelance"]),
        work_mode=st.sampled_from(["onsite", "hybrid", "remote"]),
        salary_period=st.sampled_from(["year", "month", "day", "hour"]), currency=st.sampled_from(["KRW", "USD"]),
        location=texts, headcount=st.integers(1, 500), education=texts, probation_months=st.integers(0, 12),
        deadline=st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)).map(dt.date.isoformat),
        responsibilities=items, skills=items, preferred=items, contact=texts, notes=texts,
    ),
    _ordered("years_min", "years_max", st.integers(0, 40)),
    _ordered("salary_min", "salary_max", st.integers(0, 200).map(lambda n: n * 500_000)),
)  # fmt: skip
requests = st.builds(
    lambda company, job, language: {"company": company, "requirements": job, "options": {"language": language}},
    companies,
    jobs,
    st.sampled_from(["ko", "en"]),
)
