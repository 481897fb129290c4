"""Concurrent callers share batches: the asyncio front of an encoder.

Dynamic batching as model servers do it (Triton's dynamic batcher, text-embeddings-inference): while the model works,
texts gather, and the next batch takes what has gathered. Nobody waits for company while the model has nothing to do.
"""

import asyncio
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.batching_stats import BatchingStats
from embeddings.cached import CachedEncoder
from embeddings.encoder import UnitVectors
from embeddings.errors import EncoderBusyError, EncoderClosedError, EncoderUnavailableError

Vector = NDArray[np.float32]
_SLICE_BATCHES = 4  # a call with more texts than this many batches enters them bit by bit, so that others get between


@dataclass(slots=True, eq=False)
class _Ticket:
    """One text that is wanted. `call`: number of the call that brought it; `waiters`: calls that want it still."""

    text: str
    call: int
    arrived_s: float
    future: asyncio.Future[Vector]
    waiters: int = 0


class BatchingEncoder:
    """Encodes for many callers of one event loop, in batches on one thread of its own.

    Texts that the cache knows are answered at once. A text that several callers want is encoded once. Of more texts
    than a batch holds, those as long as the one that has waited longest go next: little is padded and none starves.
    After a batch shared by several calls, up to `gather_s` is given to as many calls to come back; a lone caller
    never waits for others.
    """

    def __init__(
        self, encoder: CachedEncoder, *, batch_texts: int = 32, max_waiting: int = 2048, gather_s: float = 0.002
    ) -> None:
        """`batch_texts`: most texts of a batch; `max_waiting`: most texts waiting; `gather_s`: see above."""
        if batch_texts < 1 or max_waiting < 1 or gather_s < 0:
            raise ValueError("batch_texts and max_waiting must be positive, gather_s not negative")
        self._encoder = encoder
        self._batch_texts = batch_texts
        self._max_waiting = max_waiting
        self._gather_s = gather_s
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        self._waiting: dict[str, _Ticket] = {}
        self._running: dict[str, _Ticket] = {}
        self._batch: asyncio.Future[list[Vector | Exception]] | None = None
        self._planned: asyncio.Handle | None = None
        self._holding = False
        self._calls = 0
        self._calls_before = 0
        self._finished_s = float("-inf")
        self._closed = False
        self.stats = BatchingStats()

    @property
    def dimension(self) -> int:
        """See `Encoder.dimension`."""
        return self._encoder.dimension

    @property
    def fingerprint(self) -> str:
        """See `Encoder.fingerprint`."""
        return self._encoder.fingerprint

    def describe(self) -> dict[str, object]:
        """See `Encoder.describe`."""
        return self._encoder.describe()

    def as_json(self) -> dict[str, object]:
        """What is waiting now, and what went before, for people to look at."""
        return {
            "waiting": len(self._waiting),
            "running": len(self._running),
            "remembered": self._encoder.hits,
            **self.stats.as_json(),
        }

    async def encode(self, texts: Sequence[str]) -> UnitVectors:
        """Encode `texts` in their order, shape (len(texts), dimension). The matrix is the caller's own.

        Raises:
            EncoderBusyError: too many texts are waiting; nothing of this call is left behind.
            EncoderClosedError: the encoder is closed, or was before these texts' turn.
            EmbeddingError: what the encoder says of one of these texts, after it was tried by itself.
        """
        vectors = self._encoder.recall(texts)
        unknown = [text for text in dict.fromkeys(texts) if text not in vectors]
        self._calls += 1
        call = self._calls
        slice_texts = min(_SLICE_BATCHES * self._batch_texts, self._max_waiting)
        for start in range(0, len(unknown), slice_texts):
            vectors.update(await self._await(unknown[start : start + slice_texts], call))
        result = np.empty((len(texts), self.dimension), np.float32)
        for position, text in enumerate(texts):
            result[position] = vectors[text]
        return UnitVectors(result)

    async def close(self) -> None:
        """Take nothing more, answer what waits with an error, and let the batch that runs end and answer."""
        self._closed = True
        if self._planned is not None:
            self._planned.cancel()
            self._planned = None
        waiting, self._waiting = self._waiting, {}
        for ticket in waiting.values():
            _answer(ticket, EncoderClosedError("The encoder was closed before it came to this text."))
        if self._batch is not None:
            await asyncio.wait([self._batch])
        self._thread.shutdown(wait=False)

    async def _await(self, texts: Sequence[str], call: int) -> dict[str, Vector]:
        tickets = self._admit(texts, call)
        try:
            await asyncio.wait([ticket.future for ticket in tickets])
        finally:
            self._leave(tickets)
        return {ticket.text: ticket.future.result() for ticket in tickets}

    def _admit(self, texts: Sequence[str], call: int) -> list[_Ticket]:
        """Tickets for `texts`, those that others wait for already among them; all or none."""
        if self._closed:
            raise EncoderClosedError("The encoder is closed: no more texts are taken.")
        held = {text: one for text in texts if (one := self._waiting.get(text) or self._running.get(text))}
        if len(self._waiting) + len(texts) - len(held) > self._max_waiting:
            self.stats.refused += len(texts)
            raise EncoderBusyError(
                f"{len(self._waiting)} texts are waiting to be embedded and {self._max_waiting} may: "
                "try again in a moment."
            )
        self.stats.shared += len(held)
        loop = asyncio.get_running_loop()
        now = loop.time()
        for text in texts:
            if text not in held:
                held[text] = self._waiting[text] = _Ticket(text, call, now, loop.create_future())
            held[text].waiters += 1
        self._plan(loop)
        return list(held.values())

    def _leave(self, tickets: Iterable[_Ticket]) -> None:
        """A call is done with its tickets: what nobody waits for any more is not encoded."""
        for ticket in tickets:
            ticket.waiters -= 1
            if ticket.waiters == 0 and self._waiting.get(ticket.text) is ticket:
                del self._waiting[ticket.text]
                self.stats.skipped += 1

    def _plan(self, loop: asyncio.AbstractEventLoop) -> None:
        """See that a batch starts: once the callers that are ready in this turn of the loop have spoken."""
        if self._batch is not None or not self._waiting:
            return
        if self._holding and self._planned is not None and self._gathered():
            self._planned.cancel()
            self._planned, self._holding = None, False
        if self._planned is None:
            self._planned = loop.call_soon(self._start, loop)

    def _gathered(self) -> bool:
        """Whether a batch is full or as many calls are waiting as shared the last one."""
        return (
            len(self._waiting) >= self._batch_texts
            or len({ticket.call for ticket in self._waiting.values()}) >= self._calls_before
        )

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start a batch, unless it is worth waiting for those who shared the last one."""
        self._planned, self._holding = None, False
        if not self._waiting:
            return
        oldest = next(iter(self._waiting.values()))
        left_s = min(oldest.arrived_s, self._finished_s) + self._gather_s - loop.time()
        if left_s > 0 and not self._gathered():
            self._holding = True
            self._planned = loop.call_later(left_s, self._start_now, loop)
        else:
            self._start_now(loop)

    def _start_now(self, loop: asyncio.AbstractEventLoop) -> None:
        self._planned, self._holding = None, False
        if not self._waiting:
            return
        batch = self._next()
        for ticket in batch:
            del self._waiting[ticket.text]
            self._running[ticket.text] = ticket
        self._batch = loop.run_in_executor(self._thread, self._compute, [ticket.text for ticket in batch])
        self._batch.add_done_callback(lambda done: self._finish(batch, done))

    def _next(self) -> list[_Ticket]:
        """The next batch, short texts first."""
        oldest = next(iter(self._waiting.values()))
        ordered = sorted(self._waiting.values(), key=lambda ticket: len(ticket.text))
        if len(ordered) <= self._batch_texts:
            return ordered
        middle = ordered.index(oldest) - self._batch_texts // 2
        start = min(max(0, middle), len(ordered) - self._batch_texts)
        return ordered[start : start + self._batch_texts]

    def _compute(self, texts: list[str]) -> list[Vector | Exception]:
        """On the thread: a vector or an error for each text. A batch that fails is tried text by text."""
        if self._closed:
            return [EncoderClosedError("The encoder was closed before it came to this text.")] * len(texts)
        try:
            return list(self._encoder.encode(texts))
        except EncoderUnavailableError as exc:  # no fault of a text: trying each would only take longer
            return [exc] * len(texts)
        except Exception as exc:  # noqa: BLE001 - whatever it is, the callers that wait are told
            if len(texts) == 1:
                return [exc]
        return [self._compute([text])[0] for text in texts]

    def _finish(self, batch: list[_Ticket], done: asyncio.Future[list[Vector | Exception]]) -> None:
        outcomes = done.result()
        loop = done.get_loop()
        self._batch = None
        self._running.clear()
        self._finished_s = loop.time()
        self._calls_before = len({ticket.call for ticket in batch})
        self.stats.ran(len(batch), sum(isinstance(outcome, Exception) for outcome in outcomes))
        for ticket, outcome in zip(batch, outcomes, strict=True):
            _answer(ticket, outcome)
        self._plan(loop)


def _answer(ticket: _Ticket, outcome: Vector | Exception) -> None:
    if isinstance(outcome, Exception):
        ticket.future.set_exception(outcome)
        ticket.future.exception()  # taken note of, should every caller have gone
    else:
        ticket.future.set_result(outcome)
