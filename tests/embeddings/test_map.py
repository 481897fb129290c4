from pathlib import Path

import embeddings


def test_the_map_names_every_module() -> None:
    """The docstring of the package is its table of contents."""
    modules = {path.stem for path in Path(embeddings.__path__[0]).glob("*.py")} - {"__init__"}
    lines = (embeddings.__doc__ or "").splitlines()[2:]
    assert {line.split()[0] for line in lines if line.strip()} == modules
