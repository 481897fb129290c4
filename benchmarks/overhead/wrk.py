"""wrk, a compiled load generator: a closed loop on kept-alive connections."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

# The body of each request; in a body that varies, ``VARYING`` stands for a number that no other request has.
_SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local head, tail = %s, %s
local base = %d
local count = 0
wrk.body = head
if tail then
  request = function()
    count = count + 1
    return wrk.format(nil, nil, nil, head .. (base + count) .. tail)
  end
end
"""
VARYING = "#number#"
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_QUANTILE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", re.MULTILINE)
_MS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: answers a second, and latencies."""

    rate: float
    p50_ms: float
    p99_ms: float


def program(given: str | None) -> str:
    """The program to run. Ends the benchmark with advice if it is not there."""
    found = shutil.which(given or "wrk")
    if found is None:
        raise SystemExit("wrk is not there: install it (apt install wrk) or name it with --wrk.")
    return found


def run(wrk: str, url: str, body: str, *, connections: int, seconds: int, base: int = 0) -> Measured:
    """Load ``url``; every answer must be a 2xx. ``base``: where the numbers for ``VARYING`` in the body begin."""
    head, mark, tail = body.partition(VARYING)
    script = _SCRIPT % (_lua(head), _lua(tail) if mark else "nil", base)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "body.lua"
        file.write_text(script, "utf-8")
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s", "-s", str(file)]
        shown = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in shown, shown
    assert "Socket errors" not in shown, shown
    rate = _RATE.search(shown)
    quantiles = {one[1]: float(one[2]) * _MS[one[3]] for one in _QUANTILE.finditer(shown)}
    assert rate is not None, shown
    return Measured(float(rate[1]), quantiles["50"], quantiles["99"])


def _lua(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\\/", "/")
