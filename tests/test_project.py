"""What holds for the project as a whole."""

from __future__ import annotations

import importlib
import re
import subprocess
from pathlib import Path

import pytest

import cache_service
from cache_service.settings import Settings

ROOT = Path(__file__).parent.parent
PACKAGES = ("cache_service", "embeddings", "index")


def test_the_packages_come_from_one_root() -> None:
    """The plain top-level names are ours, not somebody else's ``index``."""
    roots = {Path(importlib.import_module(name).__file__ or "").parent.parent for name in PACKAGES}
    assert len(roots) == 1


def test_the_map_of_the_package_is_complete() -> None:
    """The docstring of ``cache_service`` names each of its parts, and nothing that is not there."""
    folder = Path(cache_service.__file__ or "").parent
    parts = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    named = set(re.findall(r"``(\w+)``", cache_service.__doc__ or ""))
    assert named == parts - {"__init__"}


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    """The README has a row for it."""
    assert f"| `GONGGO_{name.upper()}` |" in (ROOT / "README.md").read_text("utf-8")


def test_nothing_but_code_and_text_is_tracked() -> None:
    """No model, data or foreign posting slips into the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert not [path for path in files if path.exists() and path.stat().st_size > 1_000_000]
    assert not [path for path in files if path.suffix in {".onnx", ".bin", ".gz", ".safetensors", ".sqlite3", ".pkl"}]
