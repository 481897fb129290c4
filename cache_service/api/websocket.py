"""``WS /v1/postings/ws``: a posting's events as JSON messages, and what its reader wants done while it is made.

The first message is a request for a posting, or ``{"resume": id, "last_event_id": n}``. The service sends ``{"id",
"event", "data"}`` for each event of the posting's log and closes after the last. Meanwhile ``{"type", "section",
"text"}`` is taken: ``regenerate`` and ``cancel`` change the posting, ``edit`` does and is feedback too, ``accept`` is
feedback. Answers to them, ``feedback`` and ``problem`` (RFC 9457), have no id: they are not of the log.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import aclosing
from typing import Annotated, Any, Final, Literal, TypeVar, assert_never
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, WebSocket
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.websockets import WebSocketDisconnect, WebSocketState

from cache_service.api import feedback
from cache_service.api.deps import Parts, parts_of
from cache_service.api.middleware import MAX_BODY_BYTES
from cache_service.api.problems import invalid
from cache_service.api.schemas import SectionText
from cache_service.errors import BodyTooLarge, Busy, FieldError, GonggoError, Invalid, MalformedBody, problem
from cache_service.posting.request import PostingRequest
from cache_service.posting.sections import SectionKind
from cache_service.store.records import PostingRecord
from cache_service.streaming.run import PostingRun
from cache_service.streaming.service import events_of

log = logging.getLogger(__name__)
PATH: Final = "/v1/postings/ws"
# Who opens a connection says within this time what for, and takes what is sent within that one.
FIRST_S: Final = 30.0
STALLED_S: Final = 30.0
# What a frame may hold before the connection is closed for it; a message over the limit of bodies is refused by then.
LARGEST_MESSAGE_BYTES: Final = 4 * MAX_BODY_BYTES
# So many messages that are no use end the conversation.
MOST_MISTAKES: Final = 20
# RFC 6455, section 7.4.1, and IANA's registry.
POLICY, TRY_AGAIN = 1008, 1013

router = APIRouter()
T = TypeVar("T")


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Resume(_Message):
    """Go on with a posting's events behind ``last_event_id``."""

    resume: Annotated[str, Field(min_length=1, max_length=64)]
    last_event_id: Annotated[int, Field(ge=0)] = 0


class Wish(_Message):
    """What a reader wants done with a section. ``text``: with ``edit``, as the reader left it."""

    type: Literal["regenerate", "accept", "edit", "cancel"]
    section: SectionKind
    text: SectionText | None = None


_RESUME: Final = TypeAdapter(Resume)
_WISH: Final = TypeAdapter(Wish)
_REQUEST: Final = TypeAdapter(PostingRequest)


@router.websocket(PATH)
async def converse(websocket: WebSocket, parts: Annotated[Parts, Depends(parts_of)]) -> None:
    """One conversation about one posting. The posting goes on when the client hangs up."""
    if not _is_own_origin(websocket):
        await websocket.close(POLICY)
        return
    await websocket.accept()
    talk = Conversation(websocket, parts)
    try:
        await talk.run()
    except (WebSocketDisconnect, TimeoutError):
        pass
    finally:
        await talk.close()


class Conversation:
    """What is said over one connection."""

    def __init__(self, websocket: WebSocket, parts: Parts) -> None:
        self._websocket = websocket
        self._parts = parts
        self._mistakes = 0
        self._sending = asyncio.Lock()

    async def run(self) -> None:
        """Until all events are sent. WebSocketDisconnect if the client hangs up, TimeoutError if it stalls."""
        async with asyncio.timeout(FIRST_S):
            found, after = await self._opened()
        telling = asyncio.create_task(self._tell(found, after), name=f"telling {found.id}")
        hearing = asyncio.create_task(self._hear(found), name=f"hearing {found.id}")
        try:
            done, _ = await asyncio.wait([telling, hearing], return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
        finally:
            for one in (telling, hearing):
                one.cancel()
            await asyncio.wait([telling, hearing])

    async def close(self, code: int = 1000) -> None:
        """Close the connection, unless it is."""
        if self._websocket.client_state is self._websocket.application_state is WebSocketState.CONNECTED:
            await self._websocket.close(code)

    async def _opened(self) -> tuple[PostingRun | PostingRecord, int]:
        """The posting that the first message is about, and the last event of it that the client has."""
        while True:
            try:
                body = await self._received()
                if isinstance(body, dict) and "resume" in body:
                    resume = _checked(_RESUME, body)
                    return await self._parts.service.find(resume.resume), resume.last_event_id
                return await self._parts.service.start(_checked(_REQUEST, body), None), 0
            except GonggoError as exc:
                await self._refuse(exc)

    async def _tell(self, found: PostingRun | PostingRecord, after: int) -> None:
        async with aclosing(events_of(found, after)) as events:
            async for event in events:
                await self._send(f'{{"id":{event.id},"event":"{event.type}","data":{event.data}}}')

    async def _hear(self, found: PostingRun | PostingRecord) -> None:
        while True:
            try:
                await self._heed(_checked(_WISH, await self._received()), found)
            except GonggoError as exc:
                await self._refuse(exc)

    async def _heed(self, wish: Wish, found: PostingRun | PostingRecord) -> None:
        if wish.type in {"regenerate", "cancel", "edit"} and not isinstance(found, PostingRun):
            raise Invalid("The posting is done.", [FieldError("/type", "the posting is done")])
        match wish.type:
            case "regenerate":
                _running(found).regenerate(wish.section)
            case "cancel":
                await _running(found).cancel_section(wish.section)
            case "accept":
                await self._verdict(found.id, wish)
            case "edit":
                if wish.text is None:
                    raise Invalid("/text: required with edit", [FieldError("/text", "required with edit")])
                run = _running(found)
                run.check_editable(wish.section)
                await self._verdict(found.id, wish)
                run.edit(wish.section, wish.text)
            case _:
                assert_never(wish.type)

    async def _verdict(self, posting_id: str, wish: Wish) -> None:
        verdict: Literal["accept", "edit"] = "edit" if wish.type == "edit" else "accept"
        body = feedback.FeedbackIn(posting_id=posting_id, section=wish.section, verdict=verdict, text=wish.text)
        stored = await feedback.take(body, self._parts)
        said = {"type": wish.type, "section": wish.section, "id": stored.id, "stored": stored.changed}
        await self._send(json.dumps({"event": "feedback", "data": said}))

    async def _received(self) -> Any:
        """The next message as JSON. MalformedBody, BodyTooLarge."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        body = message.get("text") or message.get("bytes") or ""
        if len(body) > MAX_BODY_BYTES or (isinstance(body, str) and len(body.encode()) > MAX_BODY_BYTES):
            raise BodyTooLarge(f"The message is over {MAX_BODY_BYTES:,} bytes.")
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as exc:
            raise MalformedBody("The message is not JSON in UTF-8.") from exc

    async def _refuse(self, error: GonggoError) -> None:
        self._mistakes += 1
        await self._send(json.dumps({"event": "problem", "data": problem(error, PATH)}, ensure_ascii=False))
        if isinstance(error, Busy) or self._mistakes >= MOST_MISTAKES:
            await self.close(TRY_AGAIN if isinstance(error, Busy) else POLICY)
            raise WebSocketDisconnect(POLICY)

    async def _send(self, text: str) -> None:
        async with self._sending, asyncio.timeout(STALLED_S):
            await self._websocket.send_text(text)


def _running(found: PostingRun | PostingRecord) -> PostingRun:
    assert isinstance(found, PostingRun)  # noqa: S101 - seen to by who calls
    return found


def _checked(adapter: TypeAdapter[T], body: Any) -> T:
    try:
        return adapter.validate_json(json.dumps(body))
    except ValidationError as exc:
        raise invalid(exc.errors()) from exc


def _is_own_origin(websocket: WebSocket) -> bool:
    """Whether no page of another site opened the connection: browsers say which one did, other clients say nothing."""
    origin = websocket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == websocket.headers.get("host")
