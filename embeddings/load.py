"""From the name of an encoder to the encoder: the only place that chooses."""

from pathlib import Path
from typing import cast, get_args

from embeddings.encoder import Encoder
from embeddings.errors import EncoderUnavailableError
from embeddings.hashing import HashingEncoder


def load_encoder(spec: str, models_dir: Path, threads: int, key: str | None = None) -> Encoder:
    """Load the encoder that `spec` names; `threads` compute one batch.

    `bundled`: multilingual-e5-small, int8, from `models_dir`. `hashing`: character n-grams, no model.
    `openai:<base_url>#<model>`: a server, given `key`. Anything else: a sentence-transformers id or folder, with
    `onnx:` or `openvino:` before it to have that compute it instead of torch.

    Raises:
        ModelMissingError: the model is not there; for `bundled`, `gonggo models fetch` builds it.
        ModelCorruptError: the bundled model's files are damaged.
        EncoderUnavailableError: `spec` is empty or cannot be loaded.
    """
    name = spec.strip()
    if not name:
        raise EncoderUnavailableError("No encoder is named: use bundled, hashing, or a model id or folder.")
    if name == "hashing":
        return HashingEncoder()
    if name == "bundled":
        from embeddings.models import BUNDLED  # brings onnxruntime: only for who asks for it
        from embeddings.onnx_encoder import OnnxEncoder

        return OnnxEncoder(models_dir / BUNDLED, threads)
    if name.startswith("openai:"):
        from embeddings.remote import RemoteEncoder

        return RemoteEncoder(name.removeprefix("openai:"), key)
    from embeddings.sentence_transformer import Backend, SentenceTransformerEncoder

    backend, colon, model = name.partition(":")
    if colon and backend in get_args(Backend):
        return SentenceTransformerEncoder(model, threads, backend=cast(Backend, backend))
    return SentenceTransformerEncoder(name, threads)
