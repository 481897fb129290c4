"""``POST /v1/check``: every fact that a text states, and whether a request supports it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from cache_service.api.cache import Service
from cache_service.api.deps import Parts
from cache_service.api.openapi import problems
from cache_service.api.schemas import CheckIn, CheckOut
from cache_service.cache.guard import Checked, Evidence, check
from cache_service.posting.extract import extract_facts
from cache_service.posting.facts import StatedFact, facts_of
from cache_service.posting.language import language_of

router = APIRouter(prefix="/v1", tags=["facts"])
# What the contract has no type for: other numbers and days, claims. Checked before a text is sent, listed apart.
_UNTYPED = frozenset({"number", "date", "claim"})


@router.post(
    "/check",
    response_model=CheckOut,
    response_model_exclude_unset=True,
    responses=problems(_400="The body is not JSON in UTF-8", _413="The body is over 64 KiB"),
)
async def check_text(body: CheckIn, parts: Service) -> Response:
    """Every fact that a text or posting states, with its span in code points, and whether the request supports it.

    Without a request the facts are listed and nothing is judged.
    """
    return JSONResponse(await asyncio.to_thread(_check, body, parts))


def _check(body: CheckIn, parts: Parts) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    for where, text in _texts(body):
        language = body.language or (body.request.language if body.request else language_of(text))
        if body.request is None:
            found += [{**fact_json(fact), "supported": None, "expected": None, **where}
                      for fact in extract_facts(text, language)]  # fmt: skip
            continue
        evidence = Evidence.of(
            facts_of(body.request), language=language, foreign_names=parts.service.companies.mentioned(text)
        )
        found += [{**checked_json(one), **where} for one in check(text, evidence, language)]
    facts = [one for one in found if one["type"] not in _UNTYPED]
    return {
        "facts": facts,
        "other": [one for one in found if one["type"] in _UNTYPED],
        "ok": None if body.request is None else all(one["supported"] for one in facts),
    }


def _texts(body: CheckIn) -> Iterator[tuple[dict[str, str], str]]:
    if body.text is not None:
        yield {}, body.text
    for section in body.posting.sections if body.posting else ():
        if section.heading:
            yield {"section": section.kind, "part": "heading"}, section.heading
        yield {"section": section.kind, "part": "text"}, section.text


def fact_json(fact: StatedFact) -> dict[str, Any]:
    """A fact as clients see it."""
    value = {"of": fact.of, "is": fact.value} if fact.type == "polarity" else fact.value
    canonical = {} if fact.canonical is None else {"canonical": fact.canonical}
    return {"type": fact.type, "value": value, **canonical, "start": fact.start, "end": fact.end}


def checked_json(one: Checked) -> dict[str, Any]:
    """A judged fact as clients see it."""
    expected = list(one.expected) if isinstance(one.expected, tuple) else one.expected
    if one.fact.type == "polarity" and isinstance(expected, str):
        return {**fact_json(one.fact), "supported": one.supported, "expected": {"of": one.fact.of, "is": expected}}
    return {**fact_json(one.fact), "supported": one.supported, "expected": expected}
