"""Where weights come from: builds the bundled model into a folder, once, and checks it.

A model is built in a hidden sibling of its folder, compared there with reference vectors, described by a
manifest, and only then renamed into place; so a folder that exists holds a whole model. A lock file beside it,
released by the system when its holder dies, lets one process build at a time; whoever holds it removes what a
killed build left.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from embeddings import layout
from embeddings.errors import EncoderUnavailableError, ModelBuildError, ModelCorruptError
from embeddings.manifest import NAME as MANIFEST_NAME
from embeddings.manifest import check_contents, check_sizes, read_manifest, write_manifest
from embeddings.onnx_encoder import GRAPH, TABLES, OnnxEncoder
from embeddings.reference import MIN_COSINE, TEXTS, reference_vectors
from embeddings.sources import REVISION, find_sources
from embeddings.tokenizer import write_tables
from embeddings.weights import Weights

BUNDLED = "multilingual-e5-small"
"""Name of the bundled model, and of its folder under the models folder."""

Progress = Callable[[int, int, str], None]
"""Told (steps done, steps in all, what is being done)."""

_STEPS = (
    "checking the source packages",
    "reading the weights",
    "writing the float32 model",
    "writing the tokenizer",
    "writing the int8 graph",
    "computing checksums",
    "comparing with reference vectors",
    "putting the model in place",
)
_DISK_BYTES = 600 * 10**6
_BUILDING = "building"
_REPLACED = "replaced"


@dataclass(frozen=True)
class InstalledModel:
    """A model found in the models folder; `problem` is None when its files are all there with their sizes."""

    name: str
    folder: Path
    size_bytes: int
    revision: str | None
    problem: str | None

    def to_dict(self) -> dict[str, str | int | None]:
        """The fields as JSON has them."""
        return {**asdict(self), "folder": str(self.folder)}

    def __str__(self) -> str:
        """One line for a terminal."""
        state = self.problem or f"ok, {self.revision}"
        return f"{self.name}  {self.size_bytes / 1e6:.0f} MB  {self.folder}  {state}"


def fetch_bundled(folder: Path, progress: Progress) -> Path:
    """Make sure that `folder` holds the bundled model, built anew if missing or damaged, and return it.

    A model in place is checked in full. Needs no network, 600 MB of disk and the packages of the extra
    `models`. Other processes doing the same wait for the first and find its work done.

    Raises:
        ModelBuildError: the source packages are missing or altered, the folder cannot be written, the disk is
            full, the built model disagrees with the reference vectors, or `folder` holds something else.
    """
    folder = folder.absolute()
    if _in_place(folder):  # before the lock, which a model on a read-only disk does not let us make
        progress(len(_STEPS), len(_STEPS), "the model is in place")
        return folder
    with _translated(folder), _locked(folder):
        _remove_leftovers(folder)
        if _in_place(folder):
            progress(len(_STEPS), len(_STEPS), "the model was put in place by another process")
            return folder
        _refuse_foreign(folder)
        _require_space(folder.parent)
        building = Path(tempfile.mkdtemp(prefix=f".{folder.name}.{_BUILDING}-", dir=folder.parent))
        try:
            _build(building, progress)
            building.chmod(0o755)
            progress(len(_STEPS) - 1, len(_STEPS), _STEPS[-1])
            _put_in_place(building, folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)
            _remove_leftovers(folder)
    progress(len(_STEPS), len(_STEPS), "done")
    return folder


def verify_bundled(folder: Path, progress: Progress | None = None) -> None:
    """Check every file of the model in `folder` against its manifest, reading all of them (about a second).

    `OnnxEncoder` checks what it loads by itself.

    Raises:
        ModelMissingError: there is no model.
        ModelCorruptError: a file is missing or differs from what was built; the message says what to do.
    """
    manifest = read_manifest(folder)
    check_sizes(folder, manifest)
    seen = 0

    def report(name: str) -> None:
        nonlocal seen
        seen += 1
        if progress is not None:
            progress(seen, len(manifest.files), name)

    check_contents(folder, manifest, manifest.files, report)


def list_models(models_dir: Path) -> list[InstalledModel]:
    """The models built under `models_dir`, by name, their file sizes checked but not their contents."""
    if not models_dir.is_dir():
        return []
    return [_inspect(path) for path in sorted(models_dir.iterdir()) if path.is_dir() and path.name[0] != "."]


def _inspect(folder: Path) -> InstalledModel:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    try:
        manifest = read_manifest(folder)
        check_sizes(folder, manifest)
    except EncoderUnavailableError as exc:
        return InstalledModel(folder.name, folder, size, revision=None, problem=str(exc))
    return InstalledModel(manifest.model, folder, size, revision=manifest.revision, problem=None)


def _in_place(folder: Path) -> bool:
    try:
        verify_bundled(folder)
    except EncoderUnavailableError:
        return False
    return True


def _build(folder: Path, progress: Progress) -> None:
    def step(number: int) -> None:
        progress(number, len(_STEPS), _STEPS[number])

    step(0)
    sources = find_sources()
    step(1)
    weights = Weights(sources.weights)
    step(2)
    layout.write_layout(weights, sources.tokenizer, folder)
    step(3)
    write_tables(sources.tokenizer, folder / TABLES)
    step(4)
    _write_graph(weights, folder / GRAPH)
    step(5)
    write_manifest(folder, BUNDLED, REVISION)
    step(6)
    _compare(folder)


def _write_graph(weights: Weights, path: Path) -> None:
    from embeddings.graph import build_graph  # brings onnx, which only building needs

    build_graph(weights, path)


def _compare(folder: Path) -> None:
    vectors = OnnxEncoder(folder, threads=1).encode(TEXTS)
    worst = float((vectors * reference_vectors()).sum(axis=1).min())
    if not worst >= MIN_COSINE:
        raise ModelBuildError(
            f"The built model disagrees with the reference vectors (cosine {worst:.4f}, not {MIN_COSINE}): "
            "nothing was installed. Report this with the versions of onnxruntime and the type of processor."
        )


def _put_in_place(building: Path, folder: Path) -> None:
    if folder.exists():
        # A rename cannot replace a folder that is not empty: the damaged one steps aside first.
        folder.rename(folder.with_name(f".{folder.name}.{_REPLACED}-{building.name.rpartition('-')[2]}"))
    building.rename(folder)


def _refuse_foreign(folder: Path) -> None:
    """Never replace what somebody else put there, such as a model downloaded by hand."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not any((folder / name).exists() for name in (MANIFEST_NAME, TABLES)):
        raise ModelBuildError(
            f"{folder} exists and was not made by `gonggo models fetch`: move it away or name another folder."
        )


def _require_space(parent: Path) -> None:
    free = shutil.disk_usage(parent).free
    if free < _DISK_BYTES:
        raise ModelBuildError(
            f"The model needs {_DISK_BYTES // 10**6} MB of disk, and {parent} has {free // 10**6} MB free."
        )


def _remove_leftovers(folder: Path) -> None:
    prefixes = tuple(f".{folder.name}.{kind}-" for kind in (_BUILDING, _REPLACED))
    for path in folder.parent.iterdir():
        if path.name.startswith(prefixes):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f".{folder.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise ModelBuildError(
            f"The model could not be written to {folder}: {exc.strerror or exc}. "
            f"It needs {_DISK_BYTES // 10**6} MB of free disk and a folder that may be written to."
        ) from exc
    except ModelCorruptError as exc:
        raise ModelBuildError(f"The model changed while it was being built: {exc}") from exc
