"""Any sentence-transformers model, by folder or by id. Loads torch, and only when one is constructed.

Where `optimum` is installed, onnxruntime or OpenVINO compute instead of torch; see `Backend`.
"""

import hashlib
import importlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from embeddings.encoder import UnitVectors, digest
from embeddings.errors import EncoderUnavailableError, ModelMissingError
from embeddings.manifest import sha256
from embeddings.windows import e5_prefix, merge_windows, split_evenly

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Backend = Literal["torch", "onnx", "openvino"]
"""What computes. `onnx` and `openvino` need packages that are not installed with gonggo."""

_BATCH_TEXTS = 32
_PACKAGES = {
    "onnx": ("optimum.onnxruntime", "sentence-transformers[onnx]"),
    "openvino": ("optimum.intel.openvino", "sentence-transformers[openvino]"),
}
_FILES = ("*.json", "*.txt", "*.model", "*.safetensors", "*.bin")
_UNUSED = ("onnx/", "openvino/", "manifest.json", ".")


class SentenceTransformerEncoder:
    """An `Encoder` over a sentence-transformers model; long texts are read in windows."""

    def __init__(self, model: str, threads: int, prefix: str | None = None, backend: Backend = "torch") -> None:
        """Load `model`: a folder, or an id that the libraries can find in their cache or on their hub.

        `threads` sets torch's threads, which the whole process shares. `prefix` goes before every text; None
        takes the model's own default prompt, or `query: ` for models named e5 that declare none. A `backend` other
        than torch takes the model's converted files where it has some, else converts it first, every time.

        Raises:
            ModelMissingError: `model` is a path and is not there.
            EncoderUnavailableError: the libraries are missing, or the model cannot be had or loaded.
        """
        folder = _folder(model)
        self._model = _load(str(folder or model), threads, backend)
        self._lock = threading.Lock()
        self._prefix = _prefix(self._model, model) if prefix is None else prefix
        # The whole prefix goes into the text itself, so that the windows' budget counts it.
        self._limit = self._content_limit()
        self.dimension = _dimension(self._model)
        self._description: dict[str, object] = {
            "model": folder.name if folder else model,
            "weights": _files_digest(folder, backend) if folder else _revision(self._model, model),
            "prefix": self._prefix,
            "pooling": [type(module).__name__ for module in self._model],
            "dimension": self.dimension,
            "max_tokens": self._model.max_seq_length,
            "quantisation": _precision(self._model, backend),
        }
        self.fingerprint = digest(self._description)

    def describe(self) -> dict[str, object]:
        """See `Encoder.describe`."""
        return dict(self._description)

    def encode(self, texts: Sequence[str]) -> UnitVectors:
        """See `Encoder.encode`."""
        if not texts:
            return UnitVectors(np.empty((0, self.dimension), np.float32))
        windows: list[str] = []
        owners: list[int] = []
        tokens: list[int] = []
        for owner, text in enumerate(texts):
            for window, size in self._windows(text.encode("utf-8", "replace").decode()):
                windows.append(self._prefix + window)
                owners.append(owner)
                tokens.append(size)
        with self._lock:  # tokenizers' truncation settings are changed on the way: not for two threads at once
            vectors = self._model.encode(
                windows, prompt="", batch_size=_BATCH_TEXTS, show_progress_bar=False, normalize_embeddings=True
            )
        return merge_windows(np.asarray(vectors, np.float32), owners, tokens, len(texts))

    def _content_limit(self) -> int | None:
        """Tokens of text that fit beside prefix and marks; None without a limit or a tokenizer that gives
        offsets."""
        longest = self._model.max_seq_length
        if not longest or not getattr(self._model.tokenizer, "is_fast", False):
            return None
        overhead = len(self._model.tokenizer(self._prefix)["input_ids"])
        # A part may have one token more than in the whole text: its first word gets a mark of its own.
        return max(1, int(longest) - overhead - 1)

    def _windows(self, text: str) -> Iterator[tuple[str, int]]:
        """Parts of `text` that the model can read whole, each with its tokens."""
        if self._limit is None:
            yield text, 1
            return
        with self._lock:
            offsets = self._model.tokenizer(
                text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
            )["offset_mapping"]
        for part in split_evenly(len(offsets), self._limit):
            inside = offsets[part]
            if len(inside) == len(offsets):
                yield text, len(inside) + 1
            else:
                yield text[inside[0][0] : inside[-1][1]], len(inside) + 1


def _folder(model: str) -> Path | None:
    path = Path(model).expanduser()
    if path.is_dir():
        return path
    if path.is_absolute() or model.startswith((".", "~")) or model.count("/") > 1:
        raise ModelMissingError(f"There is no model folder {model}: give an existing folder or a model id.")
    return None


def _load(model: str, threads: int, backend: Backend) -> "SentenceTransformer":
    try:
        import torch  # takes seconds and hundreds of MB: only for who asks for it
        from sentence_transformers import SentenceTransformer
    except ImportError as exc:
        raise EncoderUnavailableError(
            "sentence-transformers is not installed: pip install sentence-transformers, or use `bundled`."
        ) from exc
    torch.set_num_threads(threads)
    options = _options(threads, backend)
    try:
        return SentenceTransformer(model, device="cpu", backend=backend, model_kwargs=options)
    except (OSError, ValueError, RuntimeError, KeyError) as exc:
        raise EncoderUnavailableError(
            f"The model {model} cannot be loaded ({type(exc).__name__}). Give the id of a "
            "sentence-transformers model that can be downloaded or is in the local cache, or a folder that holds one. "
            "`bundled` needs neither."
        ) from exc


def _options(threads: int, backend: Backend) -> dict[str, Any]:
    """What the backend is told, so that it too keeps to `threads`."""
    if backend == "torch":
        return {}
    module, package = _PACKAGES[backend]
    try:
        importlib.import_module(module)
    except ImportError as exc:
        raise EncoderUnavailableError(
            f"The backend {backend} is not installed: pip install '{package}', or leave `{backend}:` out to use torch."
        ) from exc
    if backend == "openvino":
        return {"ov_config": {"INFERENCE_NUM_THREADS": str(threads)}}
    import onnxruntime

    session = onnxruntime.SessionOptions()
    session.intra_op_num_threads = threads
    return {"provider": "CPUExecutionProvider", "session_options": session}


def _precision(loaded: "SentenceTransformer", backend: Backend) -> str:
    if backend == "torch":
        return str(next(loaded.parameters()).dtype).removeprefix("torch.")
    return f"as {backend} computes it"


def _prefix(loaded: "SentenceTransformer", model: str) -> str:
    if loaded.default_prompt_name:
        return str(loaded.prompts[loaded.default_prompt_name])
    return e5_prefix(model)


def _dimension(model: "SentenceTransformer") -> int:
    probe: Any = model.encode(["a"], prompt="", show_progress_bar=False)
    return int(probe.shape[1])


def _files_digest(folder: Path, backend: Backend) -> str:
    """SHA-256 over names and contents of the files that decide the vectors (about a second a gigabyte)."""
    unused = tuple(name for name in _UNUSED if name != f"{backend}/")
    total = hashlib.sha256()
    patterns = _FILES if backend == "torch" else (*_FILES, "*.onnx", "*.onnx_data", "*.xml")
    names = {path.relative_to(folder).as_posix() for pattern in patterns for path in folder.rglob(pattern)}
    for name in sorted(names):
        if not name.startswith(unused):
            total.update(f"{name}\0{sha256(folder / name)}\n".encode())
    return total.hexdigest()


def _revision(loaded: "SentenceTransformer", model: str) -> str:
    revision = getattr(getattr(loaded[0], "auto_model", None), "config", None)
    commit = getattr(revision, "_commit_hash", None)
    if not commit:
        raise EncoderUnavailableError(
            f"The revision of the model {model} cannot be told, so its vectors cannot be told from another's: "
            "save it to a folder with SentenceTransformer.save() and give the folder."
        )
    return str(commit)
