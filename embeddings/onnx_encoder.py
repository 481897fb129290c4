"""The bundled model on onnxruntime: int8, loaded in a tenth of a second, without torch or transformers."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from embeddings.encoder import UnitVectors, digest
from embeddings.errors import ModelCorruptError
from embeddings.manifest import Manifest, check_contents, check_sizes, read_manifest
from embeddings.tokenizer import UnigramTokenizer
from embeddings.windows import merge_windows, split_evenly

GRAPH = "onnx/model_int8.onnx"
TABLES = "onnx/tokenizer"
_DIMENSION = 384
_PREFIX = "query: "
_MAX_TOKENS = 512
_MARKS = 2  # the tokens of beginning and end
_PADDING_ID = 1
_BATCH_TEXTS = 16
_BATCH_TOKENS = 1024  # bounds the working memory: two windows of full length take about 60 MB
_RUNS_AT_ONCE = 2  # more would share the same threads and only add their working memory


class OnnxEncoder:
    """multilingual-e5-small as `embeddings.models` builds it; an `Encoder` of dimension 384.

    Every text is read as `query: ` + text: e5 wants a prefix, and the same one on both sides where similarity
    is symmetric (Wang et al. 2024, arXiv:2402.05672). A text of more than 512 tokens is read in windows.
    """

    dimension = _DIMENSION

    def __init__(self, folder: Path, threads: int) -> None:
        """Check and load the model in `folder`; a batch is computed on `threads` threads.

        Raises:
            ModelMissingError: the folder is not there.
            ModelCorruptError: a file is missing, has another size, or (the files used here) another checksum.
        """
        manifest = read_manifest(folder)
        check_served(folder, manifest)
        self._description: dict[str, object] = {
            "model": manifest.model,
            "weights": manifest.files[f"{GRAPH}.data"].sha256,
            "format": manifest.format,
            "prefix": _PREFIX,
            "pooling": "mean",
            "dimension": _DIMENSION,
            "max_tokens": _MAX_TOKENS,
            "quantisation": "int8 weights per channel, uint8 activations per token",
        }
        self.fingerprint = digest(self._description)
        self._tokenizer = UnigramTokenizer(folder / TABLES)
        self._prefix_ids = self._tokenizer.encode(_PREFIX.rstrip())
        self._session = _session(folder / GRAPH, threads)
        self._running = threading.BoundedSemaphore(_RUNS_AT_ONCE)

    def describe(self) -> dict[str, object]:
        """See `Encoder.describe`."""
        return dict(self._description)

    def encode(self, texts: Sequence[str]) -> UnitVectors:
        """See `Encoder.encode`."""
        windows: list[list[int]] = []
        owners: list[int] = []
        for owner, text in enumerate(texts):
            for window in self._windows(text):
                windows.append(window)
                owners.append(owner)
        vectors = np.empty((len(windows), _DIMENSION), np.float32)
        for batch in _batches([len(window) for window in windows]):
            vectors[batch] = self._run([windows[position] for position in batch])
        return merge_windows(vectors, owners, [len(window) for window in windows], len(texts))

    def _windows(self, text: str) -> Iterator[list[int]]:
        """Ids of `text` with prefix and marks, in windows of at most 512."""
        # A lone surrogate (JSON can spell one) has no UTF-8 and would stop the tokenizer.
        readable = text.encode("utf-8", "replace").decode()
        ids = self._tokenizer.encode(_PREFIX + readable)[len(self._prefix_ids) :]
        marks = _MARKS + len(self._prefix_ids)
        for part in split_evenly(len(ids), _MAX_TOKENS - marks):
            yield [self._tokenizer.begin_id, *self._prefix_ids, *ids[part], self._tokenizer.end_id]

    def _run(self, windows: list[list[int]]) -> NDArray[np.float32]:
        longest = max(map(len, windows))
        ids = np.full((len(windows), longest), _PADDING_ID, np.int64)
        mask = np.zeros((len(windows), longest), np.int64)
        for position, window in enumerate(windows):
            ids[position, : len(window)] = window
            mask[position, : len(window)] = 1
        with self._running:
            (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, np.float32)


def check_served(folder: Path, manifest: Manifest) -> None:
    """Check the sizes of all files, and the contents of those that `OnnxEncoder` loads (about 0.1 s).

    Raises:
        ModelCorruptError: something is missing or differs.
    """
    served = [name for name in manifest.files if name.startswith("onnx/")]
    if not {GRAPH, f"{GRAPH}.data", f"{TABLES}/settings.json"} <= set(served):
        raise ModelCorruptError(
            f"The model in {folder} has no int8 graph: run `gonggo models fetch` to build it again."
        )
    check_sizes(folder, manifest)
    check_contents(folder, manifest, served)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions in batches of similar length, so that little is padded; each within the bounds above."""
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) == _BATCH_TEXTS or (len(batch) + 1) * lengths[position] > _BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # The graph is written as it should run: optimising would only copy mapped tensors into memory.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    # An arena, for the working memory only: batches and runs at once are bounded, so it stays small, and unlike the
    # system's allocator it leaves nothing behind in each calling thread (32 of them: 241 MB resident, not 650).
    options.enable_cpu_mem_arena = True
    options.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
    options.enable_mem_pattern = False  # plans for shapes seen before; ours are rarely the same
    # Threads that spin between operators would take the cores from the rest of the service.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
