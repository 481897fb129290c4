"""Any server that answers OpenAI's `/v1/embeddings`: text-embeddings-inference, infinity, vLLM, OpenAI itself."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import UnitVectors, digest
from embeddings.errors import EncoderUnavailableError, EncodingError
from embeddings.remote_answer import read_vectors
from embeddings.windows import e5_prefix, merge_windows, split_evenly

_CONNECT_S = 3.0
_BACKOFF_S = 0.25
_BACKOFF_MOST_S = 8.0
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_TEXT_REFUSED = frozenset({400, 413, 422})
_SHOWN = 300  # characters of a server's complaint that are passed on


@dataclass(frozen=True, slots=True)
class RemoteSettings:
    """How a server is asked.

    `batch_texts`: most texts of a request (TEI's own limit is 32). `window_chars`: longer texts are sent in windows of
    at most so many characters, because a server may cut what its model cannot read without saying so; 480 characters
    of Korean or English stay under 512 tokens. `timeout_s`: of one request. `patience_s`: of all attempts and pauses
    for one request together.
    """

    batch_texts: int = 32
    window_chars: int = 480
    attempts: int = 4
    timeout_s: float = 10.0
    patience_s: float = 30.0


class RemoteEncoder:
    """An `Encoder` that asks a server. Its dimension is what the server answers when this is made."""

    def __init__(
        self,
        spec: str,
        key: str | None = None,
        settings: RemoteSettings | None = None,
        *,
        pause: Callable[[float], object] = time.sleep,
        chance: Callable[[], float] = random.random,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Ask the server that `spec`, `<base_url>#<model>`, names for one vector, to know its dimension.

        `base_url` ends where `/embeddings` begins, as in `http://127.0.0.1:8080/v1`. `key` is sent as a bearer token.

        Raises:
            EncoderUnavailableError: `spec` is no such address, or the server does not answer as it should.
        """
        self._base_url, self._model = _parsed(spec)
        self._settings = settings or RemoteSettings()
        self._pause, self._chance, self._now = pause, chance, now
        self._prefix = e5_prefix(self._model)
        self._encoding = "base64"  # half the bytes and no decimals to read; servers that know only float say so
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(self._settings.timeout_s, connect=_CONNECT_S),
            trust_env=False,
        )
        try:
            self.dimension = self._probe()
        except BaseException:
            self._client.close()
            raise
        self._description: dict[str, object] = {
            "model": self._model,
            "base_url": self._base_url,
            "prefix": self._prefix,
            "pooling": "the server's",
            "dimension": self.dimension,
            "window_chars": self._settings.window_chars,
            "quantisation": "the server's",
        }
        self.fingerprint = digest(self._description)

    def describe(self) -> dict[str, object]:
        """See `Encoder.describe`."""
        return dict(self._description)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def encode(self, texts: Sequence[str]) -> UnitVectors:
        """See `Encoder.encode`.

        Raises:
            EncodingError: the server refuses a text, or a vector has no direction.
            EncoderUnavailableError: it cannot be reached, refuses the key, stays overloaded, or answers nonsense.
        """
        if not texts:
            return UnitVectors(np.empty((0, self.dimension), np.float32))
        windows: list[str] = []
        owners: list[int] = []
        for owner, text in enumerate(texts):
            for window in self._windows(text.encode("utf-8", "replace").decode()):
                windows.append(self._prefix + window)
                owners.append(owner)
        vectors = np.empty((len(windows), self.dimension), np.float32)
        for start in range(0, len(windows), self._settings.batch_texts):
            batch = windows[start : start + self._settings.batch_texts]
            vectors[start : start + len(batch)] = self._request(batch, self.dimension)
        return merge_windows(vectors, owners, [len(window) for window in windows], len(texts))

    def _windows(self, text: str) -> Iterator[str]:
        for part in split_evenly(len(text), self._settings.window_chars):
            # An empty input is an error for some servers; with a space it is a text like any other.
            yield text[part] or ("" if self._prefix else " ")

    def _probe(self) -> int:
        """The dimension; settles on plain numbers where the server refuses base64."""
        probe = [f"{self._prefix}a"]
        try:
            return int(self._request(probe, None).shape[1])
        except EncodingError:
            self._encoding = "float"
        try:
            return int(self._request(probe, None).shape[1])
        except EncodingError as exc:
            raise EncoderUnavailableError(
                f"{self._base_url} does not embed with the model {self._model}: {exc}"
            ) from exc

    def _request(self, texts: Sequence[str], dimension: int | None) -> NDArray[np.float32]:
        body: dict[str, object] = {"model": self._model, "input": list(texts), "encoding_format": self._encoding}
        answer = self._post(body)
        if answer.status_code in _TEXT_REFUSED:
            raise EncodingError(f"{self._base_url} refuses a text with {answer.status_code}: {_complaint(answer)}")
        if answer.status_code != httpx.codes.OK:
            raise EncoderUnavailableError(
                f"{self._base_url} answered {answer.status_code} for the model {self._model}: {_complaint(answer)} "
                f"{_advice(answer.status_code)}"
            )
        return read_vectors(answer.content, len(texts), dimension, self._base_url)

    def _post(self, body: dict[str, object]) -> httpx.Response:
        """The last answer of a few attempts: the first that another attempt would not better."""
        waited = 0.0
        failure: httpx.RequestError | None = None
        answer: httpx.Response | None = None
        for attempt in range(self._settings.attempts):
            if attempt:
                pause_s = self._pause_s(attempt, answer)
                if waited + pause_s > self._settings.patience_s:
                    break
                self._pause(pause_s)
                waited += pause_s
            started = time.monotonic()
            answer = failure = None
            try:
                answer = self._client.post(f"{self._base_url}/embeddings", json=body)
            except httpx.RequestError as exc:
                failure = exc
            waited += time.monotonic() - started
            if answer is not None and answer.status_code not in _RETRIED:
                break
        if answer is not None:
            return answer
        raise EncoderUnavailableError(
            f"The embedding server {self._base_url} cannot be reached ({type(failure).__name__}): "
            "is it running, and is the address right?"
        ) from failure

    def _pause_s(self, attempt: int, answer: httpx.Response | None) -> float:
        """What the server asks for, else exponential back-off with full jitter (Brooker, AWS 2015)."""
        asked_s = None if answer is None else retry_after_s(answer.headers.get("Retry-After"), self._now())
        jittered_s = self._chance() * min(_BACKOFF_MOST_S, _BACKOFF_S * 2.0**attempt)
        return jittered_s if asked_s is None else asked_s + jittered_s / 10


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Seconds that a `Retry-After` header asks for, given as seconds or as a date; None if it does not."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def _parsed(spec: str) -> tuple[str, str]:
    base_url, _, model = spec.strip().partition("#")
    base_url = base_url.rstrip("/")
    try:
        address = urlsplit(base_url)
        usable = address.scheme in {"http", "https"} and bool(address.hostname) and bool(model.strip())
        secret = address.password is not None
    except ValueError:
        usable = secret = False
    if not usable:
        raise EncoderUnavailableError(
            f"openai:{spec} is no embedding server: write openai:<base_url>#<model>, for example "
            "openai:http://127.0.0.1:8080/v1#intfloat/multilingual-e5-small."
        )
    if secret:
        raise EncoderUnavailableError("The embedding server's address holds a password: give it as the key instead.")
    return base_url, model.strip()


def _complaint(answer: httpx.Response) -> str:
    """What the server says is wrong, in one bounded line."""
    try:
        content = answer.json()
        error = content.get("error", content.get("detail", content.get("message")))
        said = error.get("message") if isinstance(error, dict) else error
    except (ValueError, AttributeError):
        said = None
    return " ".join(str(said or answer.text or answer.reason_phrase).split())[:_SHOWN]


def _advice(status: int) -> str:
    match status:
        case 401 | 403:
            return "Set its key."
        case 404:
            return "Check the model's name, and that the address ends before /embeddings."
        case 429:
            return "It limits the rate; try again later."
        case _:
            return "See the server's log."
