import json
from pathlib import Path

import pytest

from embeddings.errors import ModelCorruptError, ModelMissingError
from embeddings.manifest import NAME, read_manifest, write_manifest
from embeddings.models import list_models, verify_bundled


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    (folder / "onnx").mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    (folder / "onnx" / "weights").write_bytes(bytes(1000))
    write_manifest(folder, "small", "r1")
    return folder


def test_a_whole_model_is_right(model: Path) -> None:
    """Every file is checked, once, and told."""
    told: list[tuple[int, int, str]] = []
    verify_bundled(model, lambda done, total, what: told.append((done, total, what)))
    assert told == [(1, 2, "config.json"), (2, 2, "onnx/weights")]


def test_every_damage_is_found(model: Path) -> None:
    """Altered at the same size, cut short, missing."""
    path = model / "onnx" / "weights"
    for content in (bytes(999) + b"\x01", bytes(999), None):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ModelCorruptError, match="onnx/weights"):
            verify_bundled(model)


@pytest.mark.parametrize("content", ["", "[]", '{"files": {"a": 1}}', '{"files": []}', "\x00"])
def test_an_unreadable_manifest_is_damage(model: Path, content: str) -> None:
    """Whatever stands in it."""
    (model / NAME).write_text(content)
    with pytest.raises(ModelCorruptError, match="gonggo models fetch"):
        verify_bundled(model)


def test_a_model_of_another_build_is_built_again(model: Path) -> None:
    """Its files may be whole and still be the wrong ones."""
    content = json.loads((model / NAME).read_text())
    (model / NAME).write_text(json.dumps(content | {"format": 0}))
    with pytest.raises(ModelCorruptError, match="another version"):
        read_manifest(model)


def test_a_folder_without_manifest_is_not_trusted(model: Path) -> None:
    """It may be somebody else's; the error does not offer to overwrite it."""
    (model / NAME).unlink()
    with pytest.raises(ModelCorruptError, match="move it away"):
        read_manifest(model)


def test_no_folder_is_no_model(tmp_path: Path) -> None:
    """Missing is not damaged."""
    with pytest.raises(ModelMissingError):
        verify_bundled(tmp_path / "nothing")


def test_models_are_listed_with_their_problems(model: Path) -> None:
    """Hidden folders are builds under way, not models; what is listed can be written as JSON."""
    (model.parent / ".small.building-x").mkdir()
    (model.parent / "other").mkdir()
    found = {entry.folder.name: entry for entry in list_models(model.parent)}
    assert found.keys() == {"small", "other"}
    assert (found["small"].problem, found["small"].revision) == (None, "r1")
    assert "no model" in (found["other"].problem or "")
    assert json.loads(json.dumps(found["small"].to_dict()))["name"] == "small"
    assert "ok" in str(found["small"])
    assert list_models(model.parent / "nothing") == []
