import os
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from embeddings.hashing import HashingEncoder
from embeddings.load import load_encoder
from embeddings.models import BUNDLED


@pytest.fixture(scope="session")
def bundled() -> Path:
    """The folder of the built model; the test is skipped where there is none."""
    folder = Path(os.getenv("GONGGO_MODELS_DIR", "models")) / BUNDLED
    if not (folder / "manifest.json").is_file():
        pytest.skip(f"no model in {folder}: run `gonggo models fetch`")
    return folder


LoadEncoder = Callable[[str], Encoder]


@pytest.fixture(scope="session")
def load(request: pytest.FixtureRequest) -> LoadEncoder:
    """Loads an encoder by the name of the test's parameter, once a session."""
    loaded: dict[str, Encoder] = {}

    def make(name: str) -> Encoder:
        if name == "hashing":
            return HashingEncoder()
        folder: Path = request.getfixturevalue("bundled")
        spec = str(folder) if name == "sentence_transformer" else name
        return load_encoder(spec, folder.parent, threads=2)

    def get(name: str) -> Encoder:
        if name not in loaded:
            loaded[name] = make(name)
        return loaded[name]

    return get
