"""The service as it is shipped: on the bundled model."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.api.test_cache import ENTRY, PLAIN, TEXTS, lookup
from tests.posting.test_request import FULL
from tests.test_command import EXAMPLES, environment, free_port, gonggo, serving

MODELS = Path(os.getenv("GONGGO_MODELS_DIR", "models")).absolute()

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        not (MODELS / "multilingual-e5-small" / "manifest.json").exists(), reason="run `gonggo models fetch` first"
    ),
]


def test_the_bundled_model_end_to_end(tmp_path: Path) -> None:
    """Import, exact and semantic reuse on the real model, in one process without torch and under 700 MB."""
    env = environment(tmp_path, free_port(), GONGGO_EMBEDDER="bundled", GONGGO_MODELS_DIR=str(MODELS))
    with serving(env) as (client, process):
        assert gonggo(env, "import", str(EXAMPLES)).returncode == 0
        client.post("/v1/cache/entries", json=ENTRY)
        found, _ = lookup(client, PLAIN)
        assert {kind: found[kind]["source"]["tier"] for kind in TEXTS} == dict.fromkeys(TEXTS, "exact")
        job = FULL["requirements"] | {"skills": ["java", "spring boot", "kafka"]}
        found, _ = lookup(client, PLAIN | {"requirements": job})
        assert found["requirements"]["source"]["tier"] == "semantic"
        assert found["requirements"]["source"]["similarity"] > 0.9
        hospital = {"company": {"name": "푸른숲병원"}, "requirements": {"title": "물리치료사"}}
        found, missing = lookup(client, hospital)
        assert {"company", "benefits"} <= set(found)
        assert {"responsibilities", "requirements"} == set(missing)
        maps = Path(f"/proc/{process.pid}/maps").read_text()
        assert "libtorch" not in maps
        status = Path(f"/proc/{process.pid}/status").read_text()
        peak_kb = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        assert peak_kb < 700 * 1024
