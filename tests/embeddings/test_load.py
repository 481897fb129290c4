import sys
from pathlib import Path

import pytest

from embeddings.errors import EncoderUnavailableError, ModelMissingError
from embeddings.hashing import HashingEncoder
from embeddings.load import load_encoder
from tests.embeddings.conftest import LoadEncoder


def test_hashing_needs_no_folder(tmp_path: Path) -> None:
    """Nothing is looked for on disk."""
    assert isinstance(load_encoder(" hashing ", tmp_path / "nothing", 1), HashingEncoder)


def test_the_bundled_model_may_be_missing(tmp_path: Path) -> None:
    """Then the error says how to get it."""
    with pytest.raises(ModelMissingError, match="gonggo models fetch"):
        load_encoder("bundled", tmp_path, 1)


@pytest.mark.parametrize("spec", ["", "  ", "openai:", "openai:http://127.0.0.1:9001/v1"])
def test_what_cannot_be_loaded_is_said_plainly(spec: str, tmp_path: Path) -> None:
    """Nothing named, or a server without a model."""
    with pytest.raises(EncoderUnavailableError):
        load_encoder(spec, tmp_path, 1)


@pytest.mark.parametrize("spec", ["./nowhere", "/nowhere/at/all", "~/nowhere-at-all"])
def test_a_path_that_is_not_there_is_not_taken_for_an_id(spec: str, tmp_path: Path) -> None:
    """No library is loaded and no hub asked."""
    with pytest.raises(ModelMissingError, match="nowhere"):
        load_encoder(spec, tmp_path, 1)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """With what to give instead, not with a library's trace."""
    with pytest.raises(EncoderUnavailableError, match="bundled"):
        load_encoder(str(tmp_path), tmp_path, 1)


@pytest.mark.parametrize("backend", ["onnx", "openvino"])
def test_a_backend_that_is_not_installed_says_what_to_install(
    backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any model is looked at."""
    monkeypatch.setitem(sys.modules, "optimum", None)
    with pytest.raises(EncoderUnavailableError, match=rf"sentence-transformers\[{backend}\]"):
        load_encoder(f"{backend}:{tmp_path}", tmp_path, 1)


@pytest.mark.model
@pytest.mark.parametrize("backend", ["torch", "onnx", "openvino"])
def test_backends_agree(backend: str, bundled: Path, load: LoadEncoder) -> None:
    """Whatever computes a model, its vectors are the same up to rounding, and its fingerprint is its own."""
    if backend != "torch":
        pytest.importorskip("optimum")
    other = load_encoder(f"{backend}:{bundled}", bundled.parent, threads=2)
    plain = load("sentence_transformer")
    texts = ["백엔드 개발자", "nurse", "", "데이터 파이프라인 운영 " * 200]
    assert float((other.encode(texts) * plain.encode(texts)).sum(axis=1).min()) > 0.999
    assert (other.fingerprint == plain.fingerprint) == (backend == "torch")
