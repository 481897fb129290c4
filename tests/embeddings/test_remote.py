"""The encoder that asks a server, over real HTTP. The server stands in for text-embeddings-inference."""

import base64
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import digest
from embeddings.errors import EncoderUnavailableError, EncodingError
from embeddings.hashing import HashingEncoder
from embeddings.load import load_encoder
from embeddings.remote import RemoteEncoder, RemoteSettings, retry_after_s
from embeddings.remote_answer import read_vectors
from tests.embeddings.embedding_server import BATCH_LIMIT, EmbeddingServer, running_embedding_server

TEXTS = ["백엔드 개발자", "nurse", "", "a\ud800b", "데이터 엔지니어"]
Connect = Callable[..., RemoteEncoder]


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with running_embedding_server() as running:
        yield running


@pytest.fixture
def pauses() -> list[float]:
    """How long was paused between attempts, without pausing."""
    return []


@pytest.fixture
def connect(server: EmbeddingServer, pauses: list[float]) -> Iterator[Connect]:
    with ExitStack() as stack:

        def make(model: str = "small", key: str | None = None, **settings: float) -> RemoteEncoder:
            encoder = RemoteEncoder(
                f"{server.url}#{model}",
                key,
                RemoteSettings(**settings),  # type: ignore[arg-type]
                pause=pauses.append,
                chance=lambda: 0.5,
            )
            stack.callback(encoder.close)
            return encoder

        yield make


def expected(texts: list[str], dimension: int = 64) -> np.ndarray:
    return HashingEncoder(dimension).encode([text.encode("utf-8", "replace").decode() or " " for text in texts])


@pytest.mark.parametrize("floats_only", [False, True])
def test_rows_are_the_servers_in_the_order_asked(floats_only: bool, server: EmbeddingServer, connect: Connect) -> None:
    """Whatever order they come in and however they are written; normalised; float32; empty texts too."""
    server.floats_only = floats_only
    got = connect().encode(TEXTS)
    np.testing.assert_allclose(got, expected(TEXTS), atol=1e-6)
    assert got.dtype == np.float32
    assert server.bodies[-1]["encoding_format"] == ("float" if floats_only else "base64")
    assert {body["model"] for body in server.bodies} == {"small"}


def test_nothing_asks_nothing(server: EmbeddingServer, connect: Connect) -> None:
    """An empty list gives shape (0, d) without a request."""
    encoder = connect()
    asked = len(server.bodies)
    assert encoder.encode([]).shape == (0, 64)
    assert len(server.bodies) == asked


def test_many_texts_go_in_batches_that_servers_take(server: EmbeddingServer, connect: Connect) -> None:
    """No request is over the limit, and every row is that of its text."""
    texts = [f"text {number}" for number in range(100)]
    np.testing.assert_allclose(connect().encode(texts), expected(texts), atol=1e-6)
    assert max(len(body["input"]) for body in server.bodies) == BATCH_LIMIT


def test_long_texts_are_windowed(server: EmbeddingServer, connect: Connect) -> None:
    """All of a text is sent, in even windows; the vector is their mean by length."""
    text = "".join(chr(0xAC00 + number) for number in range(1000))
    got = connect(window_chars=300).encode([text])
    sent = server.bodies[-1]["input"]
    assert "".join(sent) == text
    assert [len(window) for window in sent] == [250] * 4
    mean = expected(sent).mean(axis=0)
    np.testing.assert_allclose(got[0], mean / np.linalg.norm(mean), atol=1e-5)


def test_e5_gets_its_prefix(server: EmbeddingServer, connect: Connect) -> None:
    """As with the same model on this machine; the description says so."""
    encoder = connect("intfloat/multilingual-e5-small")
    encoder.encode(["간호사", ""])
    assert server.bodies[-1]["input"] == ["query: 간호사", "query: "]
    assert encoder.describe()["prefix"] == "query: "


def test_the_fingerprint_is_of_server_model_and_dimension(server: EmbeddingServer, connect: Connect) -> None:
    """Each of them another space; the key is no part and is shown nowhere."""
    first = connect(key="secret")
    assert first.fingerprint == digest(first.describe()) == connect().fingerprint
    assert "secret" not in json.dumps(first.describe())
    assert first.describe()["model"] == "small"
    others = [connect("large").fingerprint]
    server.dimension = 32
    others.append(connect().fingerprint)
    assert len({first.fingerprint, *others}) == 3


def test_the_key_is_sent(server: EmbeddingServer, connect: Connect) -> None:
    """As a bearer token; without one none is; a wrong one is said plainly."""
    server.key = "right"
    connect(key="right")
    assert server.keys[-1] == "Bearer right"
    with pytest.raises(EncoderUnavailableError, match=r"401.*Incorrect API key.*key"):
        connect()
    assert server.keys[-1] is None


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_overload_is_waited_out(status: int, server: EmbeddingServer, connect: Connect, pauses: list[float]) -> None:
    """With pauses that double, jittered."""
    encoder = connect()
    server.first = [(status, {})] * 3
    np.testing.assert_allclose(encoder.encode(["a"]), expected(["a"]), atol=1e-6)
    assert pauses == [0.25, 0.5, 1.0]


def test_the_server_says_how_long(server: EmbeddingServer, connect: Connect, pauses: list[float]) -> None:
    """`Retry-After` is the least pause; a little jitter on top keeps callers apart."""
    encoder = connect()
    server.first = [(429, {"Retry-After": "7"})]
    encoder.encode(["a"])
    assert 7 < pauses[0] < 7.5


def test_patience_ends(server: EmbeddingServer, connect: Connect, pauses: list[float]) -> None:
    """A server that asks for an hour is not waited for; one that stays overloaded is given up, with its words."""
    encoder = connect()
    server.first = [(429, {"Retry-After": "3600"})]
    with pytest.raises(EncoderUnavailableError, match=r"429.*overloaded.*rate"):
        encoder.encode(["a"])
    assert pauses == []
    server.first = [(503, {})] * 4
    with pytest.raises(EncoderUnavailableError, match="503"):
        encoder.encode(["a"])
    assert (len(pauses), server.first) == (3, [])


def test_a_slow_server_is_given_up(server: EmbeddingServer, connect: Connect) -> None:
    """After the timeout of every attempt."""
    encoder = connect(timeout_s=0.05, attempts=2)
    server.hang = threading.Event()
    with pytest.raises(EncoderUnavailableError, match="ReadTimeout"):
        encoder.encode(["a"])


def test_a_refused_text_is_the_texts_fault(server: EmbeddingServer, connect: Connect, pauses: list[float]) -> None:
    """Not retried, and told apart from a server that is not there."""
    encoder = connect()
    server.refused = "bad"
    with pytest.raises(EncodingError, match=r"413.*cannot be read"):
        encoder.encode(["good", "bad"])
    assert pauses == []


def test_a_server_that_is_not_there(pauses: list[float]) -> None:
    """Is tried again, then named with what to check."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(EncoderUnavailableError, match=rf"127.0.0.1:{port}.*cannot be reached"):
        RemoteEncoder(f"http://127.0.0.1:{port}/v1#m", pause=pauses.append)
    assert len(pauses) == 3


def test_a_wrong_address_is_named(server: EmbeddingServer) -> None:
    """404 says what to check."""
    with pytest.raises(EncoderUnavailableError, match=r"404.*address"):
        RemoteEncoder(f"{server.url}/embeddings#m")


def test_a_changed_dimension_is_refused(server: EmbeddingServer, connect: Connect) -> None:
    """A server that was given another model meanwhile never mixes spaces."""
    encoder = connect()
    server.dimension = 32
    with pytest.raises(EncoderUnavailableError, match="dimension 32, expected 64"):
        encoder.encode(["a"])


def test_a_server_that_talks_nonsense_is_not_loaded(server: EmbeddingServer, connect: Connect) -> None:
    """Found out when it is connected to, not at the first request."""
    server.body = b"<html>hello</html>"
    with pytest.raises(EncoderUnavailableError, match="not JSON"):
        connect()


@pytest.mark.parametrize(
    "spec", ["", "#m", "127.0.0.1:80#m", "http://#m", "http://127.0.0.1:80/v1", "http://[::1#m", "ftp://host#m"]
)
def test_what_is_no_address_is_said_plainly(spec: str) -> None:
    """With the form that is wanted; nothing is connected to."""
    with pytest.raises(EncoderUnavailableError, match="<base_url>#<model>"):
        RemoteEncoder(spec)


def test_a_password_in_the_address_is_refused() -> None:
    """It would be shown in stats and logs; the error does not repeat it."""
    with pytest.raises(EncoderUnavailableError, match="key") as refused:
        RemoteEncoder("http://user:hush@127.0.0.1:9/v1#m")
    assert "hush" not in str(refused.value)


def test_it_is_loaded_by_name(server: EmbeddingServer, tmp_path: Path) -> None:
    """`openai:` and the address; a slash at its end changes nothing."""
    with ExitStack() as stack:
        loaded = [load_encoder(f"openai:{url}#small", tmp_path, 1, "k") for url in (server.url, f"{server.url}/")]
        for encoder in loaded:
            assert isinstance(encoder, RemoteEncoder)
            stack.callback(encoder.close)
        assert loaded[0].fingerprint == loaded[1].fingerprint
        np.testing.assert_allclose(loaded[0].encode(["a"]), expected(["a"]), atol=1e-6)


def item(index: object, embedding: object) -> dict[str, object]:
    return {"index": index, "embedding": embedding}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ([item(0, [1.0, 2.0])], "1 vectors for 2"),
        ([item(0, [1.0, 2.0]), item(0, [1.0, 2.0])], "index 0 twice"),
        ([item(0, [1.0, 2.0]), item(2, [1.0, 2.0])], "out of range"),
        ([item(0, [1.0, 2.0]), item(-1, [1.0, 2.0])], "out of range"),
        ([item(True, [1.0, 2.0])], "without `index`"),
        ([{"embedding": [1.0]}], "without `index`"),
        (["?"], "without `index`"),
        ([item(0, [1.0, 2.0]), item(1, [1.0])], "dimension 1, expected 2"),
        ([item(0, [])], "dimension 0"),
        ([item(0, [[1.0]])], "neither numbers nor base64"),
        ([item(0, None)], "neither numbers nor base64"),
        ([item(0, [1.0, "2"])], "neither numbers nor base64"),
        ([item(0, "???")], "not base64"),
        ([item(0, base64.b64encode(b"12345").decode())], "not base64"),
        ("?", "no list"),
    ],
)
def test_an_answer_is_not_taken_on_trust(data: object, error: str) -> None:
    """Count, order, dimension and form are checked, and the error says what was found."""
    with pytest.raises(EncoderUnavailableError, match=error):
        read_vectors(json.dumps({"data": data}).encode(), 2, None, "server")


@pytest.mark.parametrize("bad", ["[NaN, 1]", "[Infinity, 1]", "[1e300, 1]", "[0, 0.0]"])
def test_what_has_no_direction_is_refused(bad: str) -> None:
    """Values that are not finite in float32, and zeros: an error of that text."""
    with pytest.raises(EncodingError):
        read_vectors(f'{{"data": [{{"index": 0, "embedding": {bad}}}]}}'.encode(), 1, 2, "server")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("12", 12.0),
        (" 0 ", 0.0),
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str | None, seconds: float | None) -> None:
    """Seconds or a date (RFC 9110); what is neither asks for nothing."""
    assert retry_after_s(value, datetime(2026, 11, 23, 12, tzinfo=UTC)) == seconds
