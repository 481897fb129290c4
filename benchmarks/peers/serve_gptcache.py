"""GPTCache's own server, run by the Python of its virtual environment: ``serve_gptcache.py PORT DATA MODEL``.

``MODEL``: the folder of the bundled embedding model (int8 ONNX), or ``none``: then a vector is made of the text's
hash, which costs nothing, so that what is measured is GPTCache alone. Its default model would have to be downloaded.
Store and index are its defaults, SQLite and FAISS. Logging of requests is off, as in the service.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import uvicorn
from gptcache.adapter.api import init_similar_cache
from gptcache.embedding.base import BaseEmbedding
from gptcache.manager import manager_factory
from gptcache_server import server


class Hashed(BaseEmbedding):
    """384 numbers drawn by the hash of a text."""

    dimension = 384

    def to_embeddings(self, data: str, **_: Any) -> np.ndarray:
        """A unit vector (384,) float32."""
        seed = int.from_bytes(hashlib.blake2b(data.encode(), digest_size=8).digest(), "big")
        vector = np.random.default_rng(seed).normal(size=self.dimension).astype("float32")
        return vector / np.linalg.norm(vector)


class Bundled(BaseEmbedding):
    """The embedding model that the service uses, computed in the same way."""

    dimension = 384

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(4, os.cpu_count() or 1)
        model = str(folder / "onnx/model_int8.onnx")
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(512)

    def to_embeddings(self, data: str, **_: Any) -> np.ndarray:
        """A unit vector (384,) float32."""
        read = self._tokenizer.encode(f"query: {data}")
        given = {"input_ids": read.ids, "attention_mask": read.attention_mask, "token_type_ids": read.type_ids}
        fed = {name: np.array([ids], dtype=np.int64) for name, ids in given.items() if name in self._inputs}
        found = self._session.run(None, fed)[0]
        vector = found[0].mean(axis=0) if found.ndim == 3 else found[0]
        return (vector / np.linalg.norm(vector)).astype("float32")


def main() -> None:
    """Serve."""
    port, data, model = sys.argv[1:]
    embedding = Hashed() if model == "none" else Bundled(Path(model))
    manager = manager_factory("sqlite,faiss", data_dir=data, vector_params={"dimension": embedding.dimension})
    init_similar_cache(embedding=embedding, data_manager=manager)
    uvicorn.run(server.app, port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
