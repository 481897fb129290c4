"""From the name of an encoder to the encoder: the only place that chooses."""

from pathlib import Path

from embeddings.encoder import Encoder
from embeddings.errors import EncoderUnavailableError
from embeddings.hashing import HashingEncoder


def load_encoder(spec: str, models_dir: Path, threads: int) -> Encoder:
    """Load the encoder that `spec` names; `threads` compute one batch.

    `bundled`: multilingual-e5-small, int8, from `models_dir`. `hashing`: character n-grams, no model. Anything
    else: a sentence-transformers id or folder.

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
        raise EncoderUnavailableError(f"{name}: remote encoders are not available yet; use bundled or a model folder.")
    from embeddings.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name, threads)
