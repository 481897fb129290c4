"""The list of a built model's files with their SHA-256: written last, checked before anything is loaded."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from embeddings.errors import ModelCorruptError, ModelMissingError

NAME = "manifest.json"
FORMAT = 1
"""Raised whenever the way of building changes, so that models built before are built again."""

_REPAIR = "run `gonggo models fetch` to build it again"


@dataclass(frozen=True)
class FileEntry:
    """Size in bytes and SHA-256 (hexadecimal) of one file."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a model's folder holds: relative POSIX paths to entries."""

    model: str
    revision: str
    format: int
    files: dict[str, FileEntry]


def write_manifest(folder: Path, model: str, revision: str) -> Manifest:
    """Describe every file under `folder` in its `manifest.json`."""
    files = {
        path.relative_to(folder).as_posix(): FileEntry(path.stat().st_size, sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }
    manifest = Manifest(model=model, revision=revision, format=FORMAT, files=files)
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read `manifest.json`.

    Raises:
        ModelMissingError: `folder` is not there or is empty.
        ModelCorruptError: the manifest is missing, unreadable, or of another version of the build.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        raise ModelMissingError(f"There is no model in {folder}: run `gonggo models fetch` to build it.")
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = {name: FileEntry(**entry) for name, entry in content["files"].items()}
        manifest = Manifest(content["model"], content["revision"], content["format"], files)
    except FileNotFoundError as exc:
        raise ModelCorruptError(
            f"The folder {folder} has no {NAME}, so its model cannot be checked: move it away and {_REPAIR}."
        ) from exc
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise ModelCorruptError(f"The model in {folder} has no readable {NAME}: {_REPAIR}.") from exc
    if manifest.format != FORMAT:
        raise ModelCorruptError(f"The model in {folder} was built by another version of gonggo: {_REPAIR}.")
    return manifest


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Check that every file is there with its size; reads no file.

    Raises:
        ModelCorruptError: one is not.
    """
    for name, entry in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise ModelCorruptError(f"The model in {folder} lacks the file {name}: {_REPAIR}.")
        size = path.stat().st_size
        if size != entry.size:
            raise ModelCorruptError(
                f"The file {name} of the model in {folder} has {size} bytes instead of {entry.size}: {_REPAIR}."
            )


def check_contents(
    folder: Path, manifest: Manifest, names: Iterable[str], checked: Callable[[str], None] | None = None
) -> None:
    """Check the SHA-256 of the files `names`, calling `checked` with each name that is right.

    Raises:
        ModelCorruptError: one differs or cannot be read.
    """
    for name in names:
        try:
            actual = sha256(folder / name)
        except OSError as exc:
            raise ModelCorruptError(
                f"The file {name} of the model in {folder} cannot be read: {exc.strerror}."
            ) from exc
        if name not in manifest.files or actual != manifest.files[name].sha256:
            raise ModelCorruptError(f"The file {name} of the model in {folder} is damaged: {_REPAIR}.")
        if checked is not None:
            checked(name)


def sha256(path: Path) -> str:
    """SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
