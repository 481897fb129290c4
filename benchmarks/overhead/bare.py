"""Bare endpoints that answer ``POST /v1/postings`` with one ready answer: ``python -m benchmarks.overhead.bare KIND
PORT FILE``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from cache_service.posting.request import PostingRequest


def pure_asgi(answer: bytes) -> ASGIApp:
    """Reads the body and sends ready bytes: what the server and the client can do at the most."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer))]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return app


def starlette(answer: bytes) -> ASGIApp:
    """Reads the body and sends ready bytes."""

    async def make(request: Request) -> Response:
        await request.body()
        return Response(answer, media_type="application/json")

    return Starlette(routes=[Route("/v1/postings", make, methods=["POST"])])


def fastapi(answer: bytes) -> ASGIApp:
    """Validates the body and writes the answer as JSON."""
    app = FastAPI()
    shown = json.loads(answer)

    @app.post("/v1/postings")
    async def make(_: PostingRequest) -> JSONResponse:
        return JSONResponse(shown)

    return app


def completion(answer: bytes) -> ASGIApp:
    """An OpenAI-compatible model that always says the same, for a proxy to ask once."""

    async def say(_: Request) -> Response:
        return Response(answer, media_type="application/json")

    return Starlette(
        routes=[Route("/v1/chat/completions", say, methods=["POST"]), Route("/healthz", say, methods=["GET"])]
    )


KINDS = {"completion": completion, "pure_asgi": pure_asgi, "starlette": starlette, "fastapi": fastapi}

if __name__ == "__main__":
    kind, port, file = sys.argv[1:]
    app = KINDS[kind](Path(file).read_bytes())
    uvicorn.run(app, port=int(port), log_config=None, access_log=False, server_header=False, lifespan="off")
