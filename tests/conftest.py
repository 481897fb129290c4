from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from cache_service.app import create_app
from cache_service.settings import read_settings
from tests.upstreams import FakeUpstream, running_server, running_upstream

Serve = Callable[..., httpx.Client]


@pytest.fixture
def upstream() -> Iterator[FakeUpstream]:
    """A model's endpoint that writes from the facts and misbehaves on demand."""
    with running_upstream() as fake:
        yield fake


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts the service over real HTTP with the hashing encoder (the model has tests of its own); a client of it."""
    with ExitStack() as stack:

        def start(*upstreams: FakeUpstream, **settings: object) -> httpx.Client:
            values: dict[str, object] = {"data_dir": tmp_path / "data", "embedder": "hashing", "drain_s": 1.0}
            if upstreams:
                tables = [
                    f'[[upstream]]\nname = "{number}"\ntier = "{("quality", "fast")[number % 2]}"\n'
                    f'base_url = "{one.url}"\nmodel = "model-{number}"\ntimeout_s = 3\nprice_out = 10.0\n'
                    for number, one in enumerate(upstreams)
                ]
                path = tmp_path / "upstreams.toml"
                path.write_text("\n".join(tables))
                values["upstreams"] = path
            app = create_app(read_settings(**(values | settings)))
            url = stack.enter_context(running_server(app))
            return stack.enter_context(httpx.Client(base_url=url, timeout=30, trust_env=False))

        yield start
