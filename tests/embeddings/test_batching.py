import asyncio
import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from embeddings.batching import BatchingEncoder
from embeddings.cached import CachedEncoder
from embeddings.encoder import UnitVectors
from embeddings.errors import (
    EmbeddingError,
    EncoderBusyError,
    EncoderClosedError,
    EncoderUnavailableError,
    EncodingError,
)
from embeddings.hashing import HashingEncoder

WAIT_S = 20
"""Bounds a test that hangs; nothing is decided by it."""


class Gated(HashingEncoder):
    """A real encoder whose batches the test lets through; refuses what it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[str]] = []
        self.threads: set[int] = set()
        self.open = threading.Event()
        self.open.set()
        self.entered = threading.Semaphore(0)
        self.bad: set[str] = set()
        self.gone = False

    def encode(self, texts: Sequence[str]) -> UnitVectors:
        self.batches.append(list(texts))
        self.threads.add(threading.get_ident())
        self.entered.release()
        assert self.open.wait(WAIT_S)
        if self.gone:
            raise EncoderUnavailableError("the server is gone")
        if refused := self.bad & set(texts):
            raise EncodingError(f"cannot read {sorted(refused)}")
        return super().encode(texts)


@pytest.fixture
def model() -> Gated:
    return Gated()


def front(model: Gated, capacity: int = 100, **options: float) -> BatchingEncoder:
    """A front whose gathering takes no time unless a test is about it."""
    return BatchingEncoder(CachedEncoder(model, capacity), **({"gather_s": 0.0} | options))  # type: ignore[arg-type]


async def busy(model: Gated, encoder: BatchingEncoder) -> asyncio.Task[UnitVectors]:
    """A batch that is being computed until `model.open` is set."""
    model.open.clear()
    task = asyncio.create_task(encoder.encode(["in the way"]))
    assert await asyncio.to_thread(model.entered.acquire, timeout=WAIT_S)
    return task


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_S):
        while not holds():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0)


def waiting(encoder: BatchingEncoder) -> object:
    return encoder.as_json()["waiting"]


async def test_rows_are_those_of_the_encoder(model: Gated) -> None:
    """In the order asked, repeats and known texts included; none gives shape (0, d)."""
    encoder = front(model)
    await encoder.encode(["b"])
    texts = ["a", "b", "c", "a"]
    np.testing.assert_array_equal(await encoder.encode(texts), HashingEncoder().encode(texts))
    assert (await encoder.encode([])).shape == (0, encoder.dimension)
    assert (encoder.fingerprint, encoder.describe()) == (model.fingerprint, model.describe())
    await encoder.close()


async def test_callers_of_one_moment_share_a_batch(model: Gated) -> None:
    """Even with nothing running, those that are ready together go together."""
    encoder = front(model)
    rows = await asyncio.gather(*(encoder.encode([str(number)]) for number in range(10)))
    assert len(model.batches) == 1
    np.testing.assert_array_equal(np.concatenate(rows), HashingEncoder().encode([str(number) for number in range(10)]))
    await encoder.close()


async def test_the_event_loop_stays_free(model: Gated) -> None:
    """The model runs on one thread, never on that of the loop, and the loop goes on meanwhile."""
    encoder = front(model)
    running = await busy(model, encoder)
    await asyncio.sleep(0)
    assert not running.done()
    model.open.set()
    await running
    await encoder.encode(["more"])
    assert len(model.threads) == 1
    assert threading.get_ident() not in model.threads
    await encoder.close()


async def test_texts_gather_while_the_model_works(model: Gated) -> None:
    """What came meanwhile is one batch, shortest first, whoever asked."""
    encoder = front(model)
    running = await busy(model, encoder)
    texts = ["ccc", "a", "dddd", "bb"]
    calls = [asyncio.create_task(encoder.encode([text])) for text in texts]
    await until(lambda: waiting(encoder) == len(texts))
    model.open.set()
    await asyncio.gather(running, *calls)
    assert model.batches[1:] == [["a", "bb", "ccc", "dddd"]]
    await encoder.close()


async def test_a_batch_is_of_similar_lengths_and_none_starves(model: Gated) -> None:
    """Of more than a batch holds, those as long as the oldest go first; every batch is bounded."""
    encoder = front(model, batch_texts=4)
    running = await busy(model, encoder)
    texts = ["x" * 50, *("y" * length for length in range(1, 9)), *("z" * length for length in range(47, 50))]
    calls = [asyncio.create_task(encoder.encode([text])) for text in texts]
    await until(lambda: waiting(encoder) == len(texts))
    model.open.set()
    await asyncio.gather(running, *calls)
    lengths = [[len(text) for text in batch] for batch in model.batches[1:]]
    assert lengths == [[47, 48, 49, 50], [1, 2, 3, 4], [5, 6, 7, 8]]
    await encoder.close()


async def test_a_text_that_two_want_is_encoded_once(model: Gated) -> None:
    """While it waits, while it runs and when it is known, even without a cache for the first two."""
    encoder = front(model, capacity=0)
    running = await busy(model, encoder)
    calls = [asyncio.create_task(encoder.encode(["in the way", "new"])) for _ in range(3)]
    await until(lambda: waiting(encoder) == 1)
    model.open.set()
    rows = await asyncio.gather(*calls)
    await running
    assert model.batches == [["in the way"], ["new"]]
    for got in rows:
        np.testing.assert_array_equal(got, HashingEncoder().encode(["in the way", "new"]))
    await encoder.close()


async def test_known_texts_never_wait(model: Gated) -> None:
    """They are answered while the model is busy, and count as remembered."""
    encoder = front(model)
    await encoder.encode(["known"])
    running = await busy(model, encoder)
    async with asyncio.timeout(WAIT_S):
        await encoder.encode(["known", "known"])
    assert not running.done()
    model.open.set()
    await running
    assert encoder.as_json()["remembered"] == 1
    await encoder.close()


async def test_a_bad_text_fails_its_own_callers_alone(model: Gated) -> None:
    """The batch is tried text by text: every caller is answered, those of the bad text with its error."""
    encoder = front(model)
    model.bad = {"bad"}
    calls = [["good"], ["bad"], ["fine", "bad"], ["well"]]
    answers = await asyncio.gather(*(encoder.encode(texts) for texts in calls), return_exceptions=True)
    assert [isinstance(one, EncodingError) for one in answers] == [False, True, True, False]
    np.testing.assert_array_equal(answers[0], HashingEncoder().encode(["good"]))
    model.bad.clear()
    assert len(await encoder.encode(["bad"])) == 1  # the failure is not remembered
    await encoder.close()


async def test_an_encoder_that_is_gone_is_not_tried_text_by_text(model: Gated) -> None:
    """All waiters are told at once; the next call tries again."""
    encoder = front(model)
    model.gone = True
    answers = await asyncio.gather(*(encoder.encode([str(number)]) for number in range(5)), return_exceptions=True)
    assert all(isinstance(one, EncoderUnavailableError) for one in answers)
    assert len(model.batches) == 1
    model.gone = False
    await encoder.encode(["0"])
    await encoder.close()


async def test_who_has_gone_is_skipped(model: Gated) -> None:
    """A text whose callers were all cancelled is not encoded; one that another wants still is."""
    encoder = front(model)
    running = await busy(model, encoder)
    gone = asyncio.create_task(encoder.encode(["dropped", "kept"]))
    stays = asyncio.create_task(encoder.encode(["kept"]))
    await until(lambda: waiting(encoder) == 2)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    model.open.set()
    await asyncio.gather(running, stays)
    assert model.batches == [["in the way"], ["kept"]]
    assert encoder.stats.skipped == 1
    await encoder.close()


async def test_a_cancelled_caller_stops_no_batch(model: Gated) -> None:
    """What is computed for it is finished and remembered."""
    encoder = front(model)
    running = await busy(model, encoder)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    model.open.set()
    await encoder.encode(["in the way"])
    assert model.batches == [["in the way"]]
    await encoder.close()


async def test_the_queue_is_bounded(model: Gated) -> None:
    """Beyond it a call is refused as a whole, at once and with what to do; later ones are taken again."""
    encoder = front(model, max_waiting=3)
    running = await busy(model, encoder)
    calls = asyncio.gather(encoder.encode(["1"]), encoder.encode(["2"]))
    await until(lambda: waiting(encoder) == 2)
    with pytest.raises(EncoderBusyError, match="try again"):
        await encoder.encode(["3", "4"])
    assert waiting(encoder) == 2
    fits = asyncio.create_task(encoder.encode(["1", "2", "3"]))  # two of them are waiting already
    await until(lambda: waiting(encoder) == 3)
    model.open.set()
    await asyncio.gather(running, calls, fits)
    assert encoder.stats.refused == 2
    await encoder.close()


async def test_a_long_call_lets_others_between(model: Gated) -> None:
    """A thousand texts never fill the queue: a small call waits for part of them only."""
    encoder = front(model, capacity=2000, batch_texts=8, max_waiting=64)
    texts = [f"text {number}" for number in range(1000)]
    long = asyncio.create_task(encoder.encode(texts))
    await until(lambda: len(model.batches) > 2)
    await encoder.encode(["small"])
    assert not long.done()
    np.testing.assert_array_equal(await long, HashingEncoder().encode(texts))
    assert max(map(len, model.batches)) == 8
    await encoder.close()


async def test_a_lone_caller_waits_for_nobody(model: Gated) -> None:
    """However long others would be given to join, one caller at a time is handed on at once."""
    encoder = front(model, gather_s=3600.0)
    async with asyncio.timeout(WAIT_S):
        for number in range(5):
            await encoder.encode([str(number), f"{number} more"])
    assert len(model.batches) == 5
    await encoder.close()


async def test_callers_that_shared_a_batch_are_given_time_to_come_back(model: Gated) -> None:
    """The first to come back does not go alone; the last of them starts the batch, not the deadline."""
    encoder = front(model, gather_s=3600.0)
    await asyncio.gather(*(encoder.encode([f"first {number}"]) for number in range(3)))
    calls = []
    for number in range(3):
        calls.append(asyncio.create_task(encoder.encode([f"second {number}"])))
        for _ in range(5):
            await asyncio.sleep(0)
    async with asyncio.timeout(WAIT_S):
        await asyncio.gather(*calls)
    assert [len(batch) for batch in model.batches] == [3, 3]
    await encoder.close()


async def test_the_time_given_ends(model: Gated) -> None:
    """Who comes back alone after a shared batch is served after the deadline, not left waiting."""
    encoder = front(model, gather_s=0.01)
    await asyncio.gather(encoder.encode(["1"]), encoder.encode(["2"]))
    async with asyncio.timeout(WAIT_S):
        await encoder.encode(["3"])
    await encoder.close()


async def test_closing_answers_everyone(model: Gated) -> None:
    """What runs is finished, what waits and what comes later gets an error; closing twice is nothing."""
    encoder = front(model)
    running = await busy(model, encoder)
    left = asyncio.create_task(encoder.encode(["waits"]))
    await until(lambda: waiting(encoder) == 1)
    closing = asyncio.create_task(encoder.close())
    with pytest.raises(EncoderClosedError):
        await left
    model.open.set()
    await closing
    assert (await running).shape == (1, encoder.dimension)
    with pytest.raises(EncoderClosedError):
        await encoder.encode(["late"])
    await encoder.close()
    assert model.batches == [["in the way"]]


async def test_closing_while_time_is_given_leaves_nobody() -> None:
    """A caller that was to be joined by others is answered too."""
    model = Gated()
    encoder = front(model, gather_s=3600.0)
    await asyncio.gather(encoder.encode(["1"]), encoder.encode(["2"]))
    alone = asyncio.create_task(encoder.encode(["3"]))
    await until(lambda: waiting(encoder) == 1)
    await encoder.close()
    with pytest.raises(EncoderClosedError):
        await alone


async def test_a_crowd_gets_its_own_rows(model: Gated) -> None:
    """Five hundred calls with failures, cancellations and repeats among them: each answer is right or an error."""
    encoder = front(model, capacity=50, batch_texts=8, gather_s=0.0005)
    model.bad = {f"text {number}" for number in range(0, 200, 17)}
    oracle = HashingEncoder()

    async def call(number: int) -> None:
        texts = [f"text {(number * step) % 200}" for step in (1, 7, 13)]
        try:
            async with asyncio.timeout(0.0 if number % 11 == 0 else WAIT_S):
                got = await encoder.encode(texts)
        except TimeoutError:
            assert number % 11 == 0
        except EmbeddingError:
            assert model.bad & set(texts)
        else:
            assert not model.bad & set(texts)
            np.testing.assert_array_equal(got, oracle.encode(texts))

    await asyncio.gather(*(call(number) for number in range(500)))
    left = encoder.as_json()
    assert (left["waiting"], left["running"]) == (0, 0)
    await encoder.close()


async def test_the_figures_add_up(model: Gated) -> None:
    """Batches by size, texts, shared and failed ones are counted."""
    encoder = front(model)
    model.bad = {"bad"}
    calls = (["a"], ["b"], ["a", "c"], ["bad"])
    await asyncio.gather(*(encoder.encode(texts) for texts in calls), return_exceptions=True)
    await encoder.encode(["d"])
    assert encoder.as_json() == {
        "waiting": 0, "running": 0, "remembered": 0, "batches": 2, "texts": 5,
        "batch_size": {"mean": 2.5, "largest": 4, "up_to": {"1": 1, "4": 1}},
        "shared": 1, "skipped": 0, "refused": 0, "failed": 1,
    }  # fmt: skip
    await encoder.close()


@pytest.mark.parametrize("wrong", [{"batch_texts": 0}, {"max_waiting": 0}, {"gather_s": -1.0}])
def test_bounds_that_bound_nothing_are_refused(wrong: dict[str, float], model: Gated) -> None:
    """At once, with what is wrong."""
    with pytest.raises(ValueError, match="positive"):
        front(model, **wrong)
