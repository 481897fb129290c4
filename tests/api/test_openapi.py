"""The OpenAPI document, and what schemathesis makes of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cache_service.posting.request import PostingRequest
from tests.conftest import Serve


def test_no_input_makes_a_5xx(serve: Serve, tmp_path: Path) -> None:
    """Whatever the document allows or forbids, the service answers and never with a server error."""
    url = f"{serve(max_running=10_000).base_url}/openapi.json"
    command = [str(Path(sys.executable).parent / "schemathesis"), "run", url, "--checks", "not_a_server_error"]
    limits = ["--max-examples", "20", "--seed", "7", "--request-timeout", "20", "--generation-database", "none"]
    done = subprocess.run([*command, *limits], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_the_document_has_examples_and_errors(serve: Serve) -> None:
    """Every call that takes a body shows an example, and every error is documented as a problem."""
    document = serve().get("/openapi.json").json()
    calls = {(method, path): call for path, item in document["paths"].items() for method, call in item.items()}
    assert {
        ("post", "/v1/postings"), ("get", "/v1/postings/{posting_id}"), ("get", "/v1/postings/{posting_id}/events"),
        ("delete", "/v1/postings/{posting_id}"), ("post", "/v1/cache/lookup"), ("post", "/v1/cache/entries"),
        ("get", "/v1/cache/entries/{entry_id}"), ("delete", "/v1/cache/entries/{entry_id}"),
        ("delete", "/v1/cache/entries"), ("post", "/v1/feedback"), ("post", "/v1/check"), ("get", "/v1/stats"),
        ("get", "/healthz"), ("get", "/readyz"),
    } <= set(calls)  # fmt: skip
    assert all(call.get("description") or call.get("summary") for call in calls.values())
    for example in document["components"]["schemas"]["PostingRequest"]["examples"]:
        PostingRequest.model_validate(example)
    for (method, path), call in calls.items():
        errors = {code for code in call["responses"] if code >= "400"}
        if "{" in path or method in {"post", "delete"}:
            assert errors, (method, path)
        for code in errors:
            assert list(call["responses"][code]["content"]) == ["application/problem+json"], (method, path, code)
