from pathlib import Path

import pytest

from embeddings.errors import EncoderUnavailableError, ModelMissingError
from embeddings.hashing import HashingEncoder
from embeddings.load import load_encoder


def test_hashing_needs_no_folder(tmp_path: Path) -> None:
    """Nothing is looked for on disk."""
    assert isinstance(load_encoder(" hashing ", tmp_path / "nothing", 1), HashingEncoder)


def test_the_bundled_model_may_be_missing(tmp_path: Path) -> None:
    """Then the error says how to get it."""
    with pytest.raises(ModelMissingError, match="gonggo models fetch"):
        load_encoder("bundled", tmp_path, 1)


@pytest.mark.parametrize("spec", ["", "  ", "openai:http://127.0.0.1:9001/v1#e5"])
def test_what_cannot_be_loaded_is_said_plainly(spec: str, tmp_path: Path) -> None:
    """Nothing named, or something that is not there yet."""
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
