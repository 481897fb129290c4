"""Serve one simulated model; see the package's description."""

from __future__ import annotations

import argparse
from dataclasses import replace

import uvicorn

from benchmarks import simulated_llm
from benchmarks.simulated_llm.profile import PROFILES, outage
from benchmarks.simulated_llm.server import SimulatedModel


def main() -> None:
    """Parse the arguments and serve until interrupted."""
    parser = argparse.ArgumentParser(description=simulated_llm.__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9001)
    parser.add_argument("--model", choices=sorted(PROFILES), default="quality")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slots", type=int, default=8, help="answers at once")
    parser.add_argument("--queue", type=int, default=1000, help="requests waiting before 429")
    parser.add_argument("--tokens", type=int, default=180, help="tokens a section")
    for name, what in (("refused", "429"), ("stalled", "a long silence"), ("reset", "a broken connection")):
        parser.add_argument(f"--{name}", type=float, default=0.0, help=f"share of requests that end with {what}")
    parser.add_argument("--lies", type=float, default=0.0, help="share of sections that state something false")
    parser.add_argument("--stall-s", type=float, default=30.0)
    parser.add_argument("--outage", type=outage, action="append", default=[], help="seconds since the start, as 60-90")
    asked = parser.parse_args()
    profile = replace(
        PROFILES[asked.model], slots=asked.slots, queue=asked.queue, section_tokens=asked.tokens, refused=asked.refused,
        stalled=asked.stalled, reset=asked.reset, lies=asked.lies, stall_s=asked.stall_s, outages=tuple(asked.outage),
    )  # fmt: skip
    uvicorn.run(SimulatedModel(profile, seed=asked.seed).app(), host=asked.host, port=asked.port, log_level="warning")


if __name__ == "__main__":
    main()
