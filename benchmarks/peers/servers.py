"""Start a peer, teach it one answer, and say how to ask for it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

READY_S: Final = 120.0
MODELS: Final = Path("models/multilingual-e5-small")
_LITELLM: Final = """
model_list:
  - model_name: m
    litellm_params: {{model: openai/m, api_base: "{url}/v1", api_key: none}}
litellm_settings:
  cache: true
  cache_params: {{type: local}}
general_settings:
  dangerously_permit_weak_or_unset_master_key: true
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a cached answer is asked for, and with what body."""

    url: str
    body: str


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def started(command: Sequence[str], url: str, ready: str, log: Path, **env: str) -> Iterator[None]:
    """``command`` running, from when ``url`` + ``ready`` is answered on."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=os.environ | env, stdout=out, stderr=out)
        try:
            deadline = time.monotonic() + READY_S
            while not _answers(url + ready):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"{command[0]} did not start: {log.read_text(errors='replace')[-500:]}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait()


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return not httpx.get(url, trust_env=False).is_server_error
    return False


@contextlib.contextmanager
def litellm(venv: Path, folder: Path, prompt: str, answer: str) -> Iterator[Asked]:
    """LiteLLM's proxy with its in-memory cache, in front of a server that always says ``answer``."""
    upstream, port = free_port(), free_port()
    file, said = folder / "litellm.yaml", folder / "said.json"
    file.write_text(_LITELLM.format(url=f"http://127.0.0.1:{upstream}"))
    said.write_text(json.dumps(_completion(answer), ensure_ascii=False), "utf-8")
    url = f"http://127.0.0.1:{port}"
    body = json.dumps({"model": "m", "messages": [{"role": "user", "content": prompt}]}, ensure_ascii=False)
    fixed = [sys.executable, "-m", "benchmarks.overhead.bare", "completion", str(upstream), str(said)]
    proxy = [str(venv / "bin/litellm"), "--config", str(file), "--host", "127.0.0.1", "--port", str(port)]
    with (
        started(fixed, f"http://127.0.0.1:{upstream}", "/healthz", folder / "fixed.log"),
        started(proxy, url, "/health/liveliness", folder / "litellm.log", LITELLM_LOCAL_MODEL_COST_MAP="True"),
    ):
        asked = Asked(f"{url}/v1/chat/completions", body)
        _check(asked, lambda found: found["choices"][0]["message"]["content"] == answer)
        yield asked


def _completion(answer: str) -> dict[str, Any]:
    return {
        "id": "x", "object": "chat.completion", "created": 0, "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": answer}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }  # fmt: skip


@contextlib.contextmanager
def gptcache(venv: Path, folder: Path, prompt: str, answer: str, *, model: bool) -> Iterator[Asked]:
    """GPTCache's server, with the bundled embedding ``model`` or with vectors that cost nothing."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    script = str(Path(__file__).with_name("serve_gptcache.py"))
    data = folder / f"gptcache-{model}"
    given = [str(port), str(data), str(MODELS.resolve()) if model else "none"]
    with started([str(venv / "bin/python"), script, *given], url, "/", folder / "gptcache.log"):
        httpx.post(f"{url}/put", json={"prompt": prompt, "answer": answer}, trust_env=False).raise_for_status()
        asked = Asked(f"{url}/get", json.dumps({"prompt": prompt}, ensure_ascii=False))
        _check(asked, lambda found: found["answer"] == answer)
        yield asked


def _check(asked: Asked, right: Any) -> None:
    for _ in range(3):
        found = httpx.post(asked.url, content=asked.body.encode(), headers={"Content-Type": "application/json"},
                           timeout=60, trust_env=False)  # fmt: skip
        found.raise_for_status()
        assert right(found.json()), found.text[:300]
