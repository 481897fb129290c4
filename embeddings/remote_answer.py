"""The body of an answer to `/v1/embeddings`, checked: nothing of it is taken on trust. No I/O."""

import base64
import binascii
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EncoderUnavailableError, EncodingError


def read_vectors(content: bytes, count: int, dimension: int | None, server: str) -> NDArray[np.float32]:
    """The vectors of `count` texts in the order of their `index`, shape (count, d), not normalised.

    Each is a list of numbers or base64 of little-endian float32. `dimension`: what they must have; None takes what
    comes, as long as all agree. `server` names it in errors.

    Raises:
        EncoderUnavailableError: it is not such a body, or vectors are missing, doubled or of another dimension.
        EncodingError: a value is not finite, or a vector is all zeros.
    """
    rows: list[NDArray[np.float32] | None] = [None] * count
    for item in _items(content, server):
        index, vector = _vector(item, server)
        if not 0 <= index < count or rows[index] is not None:
            raise _wrong(server, f"index {index} twice or out of range for {count} texts")
        if vector.shape != (dimension or len(vector),) or not len(vector):
            raise _wrong(server, f"a vector of dimension {len(vector)}, expected {dimension or 'at least 1'}")
        dimension = len(vector)
        rows[index] = vector
    found = [one for one in rows if one is not None]
    if len(found) != count:
        raise _wrong(server, f"{len(found)} vectors for {count} texts")
    vectors = np.stack(found)
    if not np.isfinite(vectors).all() or not vectors.any(axis=1).all():
        raise EncodingError(f"{server} gave a vector that is all zeros or not finite.")
    return vectors


def _items(content: bytes, server: str) -> list[Any]:
    try:
        body = json.loads(content)
    except ValueError as exc:
        raise _wrong(server, "a body that is not JSON") from exc
    if not isinstance(body, dict) or not isinstance(body.get("data"), list):
        raise _wrong(server, "no list `data`")
    items: list[Any] = body["data"]
    return items


def _vector(item: object, server: str) -> tuple[int, NDArray[np.float32]]:
    if not isinstance(item, dict) or type(item.get("index")) is not int:
        raise _wrong(server, "an item without `index`")
    index: int = item["index"]
    match item.get("embedding"):
        case str() as encoded:
            try:
                raw = np.frombuffer(base64.b64decode(encoded, validate=True), "<f4")
            except (binascii.Error, ValueError) as exc:
                raise _wrong(server, "an embedding that is not base64 of float32") from exc
            return index, raw.astype(np.float32)
        case list() as numbers if all(type(one) in {int, float} for one in numbers):
            with np.errstate(over="ignore"):  # becomes infinite, which is refused by name
                return index, np.array(numbers, np.float64).astype(np.float32)
        case _:
            raise _wrong(server, "an embedding that is neither numbers nor base64")


def _wrong(server: str, found: str) -> EncoderUnavailableError:
    return EncoderUnavailableError(
        f"{server} does not answer as an OpenAI-compatible embedding server does: {found}. Check address and model."
    )
