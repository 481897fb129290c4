"""The ``gonggo`` command as a user runs it: a real process, killed without warning, started again."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.test_postings import SMALL, sections
from tests.upstreams import FakeUpstream

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-c", "from cache_service.cli import main; main()"]
EXAMPLES = ROOT / "examples" / "postings.jsonl"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(tmp_path: Path, port: int, **more: str) -> dict[str, str]:
    base = {name: value for name, value in os.environ.items() if not name.startswith("GONGGO_")}
    return base | {
        "GONGGO_DATA_DIR": str(tmp_path / "data"), "GONGGO_PORT": str(port), "GONGGO_EMBEDDER": "hashing",
        "PYTHONPATH": str(ROOT), **more,
    }  # fmt: skip


def gonggo(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )


@contextlib.contextmanager
def serving(env: dict[str, str]) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes]]]:
    """A running ``gonggo serve`` and a client of it."""
    process = subprocess.Popen([*COMMAND, "serve"], env=env, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{env['GONGGO_PORT']}", timeout=30, trust_env=False) as client:
            for _ in range(400):
                with contextlib.suppress(httpx.TransportError):
                    if client.get("/readyz").status_code == 200:
                        break
                assert process.poll() is None, "the service ended"
                time.sleep(0.05)
            yield client, process
    finally:
        process.terminate()
        process.wait(timeout=30)


def upstreams_file(tmp_path: Path, upstream: FakeUpstream) -> str:
    path = tmp_path / "upstreams.toml"
    path.write_text(f'[[upstream]]\nname = "a"\ntier = "fast"\nbase_url = "{upstream.url}"\nmodel = "m"\n')
    return str(path)


def test_import_into_a_directory_and_through_a_service(tmp_path: Path) -> None:
    """The same file goes in once, whichever way; a second process never writes beside the first."""
    env = environment(tmp_path, free_port())
    first = gonggo(env, "import", str(EXAMPLES), "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["stored"] == 5
    with serving(env) as (client, _):
        again = gonggo(env, "import", str(EXAMPLES), "--json")
        assert (again.returncode, json.loads(again.stdout)["stored"]) == (0, 0), again.stderr
        assert client.get("/v1/stats").json()["store"]["entries"] == 5
        other = gonggo(env | {"GONGGO_PORT": str(free_port())}, "import", str(EXAMPLES))
        assert other.returncode == 2
        assert "in use" in other.stderr


def test_bad_lines_are_reported_and_the_rest_goes_in(tmp_path: Path) -> None:
    """Line number and reason for each bad line, status 1, and nothing good is lost."""
    good = EXAMPLES.read_text("utf-8").split("\n")[:2]
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(b"\n".join([good[0].encode(), b"{broken", b'{"title": "no company"}', b"\xff", good[1].encode()]))
    done = gonggo(environment(tmp_path, free_port()), "import", str(path), "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["stored"], report["rejected"]) == (1, 2, 3)
    assert [error["line"] for error in report["errors"]] == [2, 3, 4]
    assert all(error["reason"] for error in report["errors"])


def test_kill_9_during_generation_and_import(tmp_path: Path, upstream: FakeUpstream) -> None:
    """After a kill what was acknowledged is there; the posting that was being written is failed, not half served."""
    upstream.delay_s = 0.2
    env = environment(tmp_path, free_port(), GONGGO_UPSTREAMS=upstreams_file(tmp_path, upstream))
    with serving(env) as (client, process):
        line = json.dumps({"request": SMALL, "posting": {"sections": [{"kind": "company", "text": "누리페이입니다."}]}})
        json_type = {"Content-Type": "application/json"}
        entry_id = client.post("/v1/cache/entries", content=line, headers=json_type).json()["id"]
        done = client.post("/v1/postings", json=SMALL, headers={"Idempotency-Key": "whole"}).json()
        headers = {"Accept": "text/event-stream", "Idempotency-Key": "half"}
        fresh = SMALL | {"options": {"fresh": True}}
        with client.stream("POST", "/v1/postings", json=fresh, headers=headers) as answer:
            half = answer.headers["location"]
            next(answer.iter_lines())
            process.send_signal(signal.SIGKILL)
            process.wait()
    upstream.delay_s = 0
    with serving(env) as (client, _):
        assert client.get(f"/v1/cache/entries/{entry_id}").status_code == 200
        assert client.get(f"/v1/postings/{done['id']}").json() == done
        left = client.get(half).json()
        assert (left["status"], left["posting"]["sections"]) == ("failed", [])
        assert "event: error" in client.get(f"{half}/events").text
        again = client.post("/v1/postings", json=fresh, headers={"Idempotency-Key": "half"}).json()
        assert again["status"] == "complete"
        repeated = client.post("/v1/postings", json=SMALL).json()
        assert repeated["cache"] == "hit"
        assert sections(repeated)["company"]["text"] == "누리페이입니다."


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"GONGGO_HOST": "0.0.0.0"}, "loopback"), ({"GONGGO_PORT": "99999"}, "GONGGO_PORT"),
        ({"GONGGO_STORE": "redis://x"}, "sqlite"), ({"GONGGO_UPSTREAMS": "/nowhere.toml"}, "/nowhere.toml"),
        ({"GONGGO_DATA_DIR": "/proc/nowhere"}, "GONGGO_DATA_DIR"), ({"GONGGO_MAX_ERROR": "2"}, "GONGGO_MAX_ERROR"),
        ({"GONGGO_EMBEDDER": "bundled", "GONGGO_MODELS_DIR": "/nowhere"}, "gonggo models fetch"),
        ({"GONGGO_POLICY": "/nowhere.json"}, "/nowhere.json"),
    ],
)  # fmt: skip
def test_what_keeps_it_from_starting_is_one_sentence(tmp_path: Path, env: dict[str, str], says: str) -> None:
    """Status 2 and a sentence that says what to do; no traceback."""
    done = gonggo(environment(tmp_path, free_port()) | env, "serve")
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    """Another listener is named, not a stack."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = gonggo(environment(tmp_path, taken.getsockname()[1]), "serve")
    assert (done.returncode, "GONGGO_PORT" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_the_readme_works_as_printed(tmp_path: Path) -> None:
    """Every shell line of the README is run against a fresh service, and does what the text around it says."""
    readme = (ROOT / "README.md").read_text("utf-8")
    snippets = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    assert len(snippets) >= 4
    env = environment(tmp_path, free_port())
    with serving(env):
        answers = [_shell(snippet, env) for snippet in snippets]
        told = [_python(snippet, env) for snippet in re.findall(r"```python\n(.*?)```", readme, re.DOTALL)]
    assert told[0].splitlines()[0].startswith("plan")
    assert told[0].splitlines()[-1].startswith("done")
    posting = json.loads(answers[1])
    made: dict[str, dict[str, Any]] = sections(posting)
    assert posting["cache"] == "partial"
    assert {kind for kind, one in made.items() if one["source"]["tier"] == "semantic"} == {"company", "benefits"}
    assert '"cache":"hit"' in answers[2].replace('": "', '":"')
    english = json.loads(answers[4])
    assert english["posting"]["language"] == "en"
    assert {"company", "benefits"} <= {
        kind for kind, one in sections(english).items() if one["source"]["tier"] == "semantic"
    }
    lookup, stats = answers[3].split("\n{", 1) if "\n{" in answers[3] else answers[3].split("}{", 1)
    assert '"missing"' in lookup
    assert '"hit_share"' in stats


def _python(snippet: str, env: dict[str, str]) -> str:
    script = snippet.replace("127.0.0.1:8000", f"127.0.0.1:{env['GONGGO_PORT']}")
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _shell(snippet: str, env: dict[str, str]) -> str:
    script = snippet.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{env['GONGGO_PORT']}")
    script = script.replace(".venv/bin/gonggo", f'"{sys.executable}" -c "from cache_service.cli import main; main()"')
    done = subprocess.run(["bash", "-ec", script], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
