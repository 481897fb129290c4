"""The OpenAPI document: what the framework finds, plus the problems and bodies that it cannot see."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from cache_service.api.problems import MEDIA_TYPE
from cache_service.api.schemas import EntryIn, Problem

_REF = "#/components/schemas/{model}"


def problems(**texts: str) -> dict[int | str, dict[str, Any]]:
    """Documented errors: ``problems(_404="No such posting")``. Every call may answer 422."""
    texts = {"_422": "Something in the request is wrong; `errors` points at it"} | texts
    content = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}}
    return {int(code.lstrip("_")): {"description": text, "content": content} for code, text in texts.items()}


def install(app: FastAPI) -> None:
    """Give ``app`` its document; made once, at the first call."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
            schemas = made["components"]["schemas"]
            entry = EntryIn.model_json_schema(ref_template=_REF)
            more = {**entry.pop("$defs"), "EntryIn": entry, "Problem": Problem.model_json_schema()}
            for name, schema in more.items():
                schemas.setdefault(name, schema)
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]
