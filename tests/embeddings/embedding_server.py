"""An OpenAI-compatible embedding server for tests, over real HTTP. It stands in for text-embeddings-inference, which
needs a model hub and does not run where the tests do; its vectors are those of the hashing encoder, unnormalised."""

from __future__ import annotations

import base64
import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from embeddings.hashing import HashingEncoder

BATCH_LIMIT = 32


@dataclass
class EmbeddingServer:
    """``bodies``, ``keys``: what it was asked. The rest says how to behave.

    ``first``: answers (status, headers) given before it works. ``floats_only``: refuses base64. ``body``: answers that
    instead. ``refused``: a text that is refused with 413. ``key``: wanted as a bearer token. ``hang``: what
    answers wait for, after the first ``hang_after``.
    """

    url: str = ""
    dimension: int = 64
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    first: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    floats_only: bool = False
    body: bytes | None = None
    refused: str | None = None
    key: str | None = None
    hang: threading.Event | None = None
    hang_after: int = 0

    def answer(self, path: str, key: str | None, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body, as TEI words them."""
        self.bodies.append(body)
        self.keys.append(key)
        if self.first:
            status, headers = self.first.pop(0)
            return status, headers, b'{"message": "Model is overloaded", "type": "overloaded"}'
        if self.hang is not None and len(self.bodies) > self.hang_after:
            self.hang.wait(20)
        if path != "/v1/embeddings":
            return 404, {}, b"Not Found"
        if self.key is not None and key != f"Bearer {self.key}":
            return 401, {}, b'{"error": {"message": "Incorrect API key provided"}}'
        texts: list[str] = body["input"]
        refusal = self._refusal(texts, body["encoding_format"])
        if refusal is not None:
            return refusal
        return 200, {}, self.body or self._vectors(texts, body["encoding_format"])

    def _refusal(self, texts: list[str], encoding: str) -> tuple[int, dict[str, str], bytes] | None:
        if len(texts) > BATCH_LIMIT:
            return 422, {}, b'{"message": "batch size > maximum allowed batch size 32", "type": "Validation"}'
        if self.floats_only and encoding != "float":
            return 422, {}, b'{"message": "encoding_format: unknown variant", "type": "Validation"}'
        if self.refused in texts or "" in texts:
            return 413, {}, b'{"message": "`inputs` cannot be read", "type": "Validation"}'
        return None

    def _vectors(self, texts: list[str], encoding: str) -> bytes:
        """In another order than asked: ``index`` counts."""
        rows = HashingEncoder(self.dimension).encode(texts) * 3.0
        shown = [
            base64.b64encode(row.astype("<f4").tobytes()).decode() if encoding == "base64" else row.tolist()
            for row in rows
        ]
        data = [{"object": "embedding", "index": index, "embedding": one} for index, one in enumerate(shown)]
        return json.dumps({"object": "list", "data": data[::-1]}).encode()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


@contextlib.contextmanager
def running_embedding_server() -> Iterator[EmbeddingServer]:
    """The server on a port of its own until the block ends."""
    server = EmbeddingServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, content = server.answer(self.path, self.headers["Authorization"], body)
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(content))}).items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Tests are quiet."""

    with _Http(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            if server.hang is not None:
                server.hang.set()
            http.shutdown()
            thread.join()
