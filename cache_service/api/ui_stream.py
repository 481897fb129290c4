"""A posting as a UI message stream of Vercel's AI SDK (``x-vercel-ai-ui-message-stream: v1``).

Each section is a text part whose id is its kind. What replaces a text that was sent comes as a ``data-section`` part
with the same id, the plan as ``data-plan``, where a section came from as ``data-source``; progress, alternatives and
what is degraded are transient. Source: https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from cache_service.streaming.events import Event

HEADER: Final = "x-vercel-ai-ui-message-stream"
VERSION: Final = "v1"
LAST: Final = b"data: [DONE]\n\n"
_TRANSIENT: Final = {"progress", "alternative", "degraded"}


class UiStream:
    """Turns the events of one posting, in order, into parts of a message."""

    def __init__(self, posting_id: str) -> None:
        self._id = posting_id
        self._begun = False
        self._open: set[str] = set()

    def encode(self, event: Event) -> bytes:
        """The parts that ``event`` becomes."""
        return b"".join(
            f"data: {json.dumps(part, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
            for part in self._parts(event.type, json.loads(event.data))
        )

    def _parts(self, type_: str, data: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if not self._begun:
            self._begun = True
            yield {"type": "start", "messageId": self._id}
        match type_:
            case "plan":
                yield {"type": "data-plan", "id": "plan", "data": data}
            case "section.delta":
                yield from self._delta(data["kind"], data["text"])
            case "section.replaced":
                yield from self._end(data["kind"])
                yield {"type": "data-section", "id": data["kind"], "data": data}
            case "section.done":
                yield from self._end(data["kind"])
                source = {"kind": data["kind"], "source": data["source"]}
                yield {"type": "data-source", "id": f"source-{data['kind']}", "data": source}
            case "done":
                for kind in sorted(self._open):
                    yield from self._end(kind)
                yield {"type": "data-posting", "id": self._id, "data": data}
                yield {"type": "finish"}
            case "error":
                yield {"type": "error", "errorText": f"{data['title']}: {data['detail']}"}
            case _ if type_ in _TRANSIENT:
                yield {"type": f"data-{type_}", "data": data, "transient": True}
            case _:
                raise ValueError(f"no part for the event {type_}")

    def _delta(self, kind: str, text: str) -> Iterator[dict[str, Any]]:
        if kind not in self._open:
            self._open.add(kind)
            yield {"type": "text-start", "id": kind}
        yield {"type": "text-delta", "id": kind, "delta": text}

    def _end(self, kind: str) -> Iterator[dict[str, Any]]:
        if kind in self._open:
            self._open.remove(kind)
            yield {"type": "text-end", "id": kind}
