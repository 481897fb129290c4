"""Settings: the only reader of the environment. ``app`` and ``cli`` read them; all else is given plain values."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from cache_service.errors import SetupError


class Settings(BaseSettings):
    """Each field is the environment variable ``GONGGO_<FIELD>``; all are optional."""

    model_config = SettingsConfigDict(env_prefix="GONGGO_", extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8000, description="Port to listen on.")
    data_dir: Path = Field(Path("data"), description="Folder of the store; made if it is not there.")
    models_dir: Path = Field(Path("models"), description="Folder of the bundled embedding model.")
    store: str = Field("sqlite", description="`sqlite`: a file in the data directory.")
    index: Literal["faiss", "redis"] = Field(
        "faiss", description="Vector index: `faiss` in this process, or `redis`: vector sets of a Redis 8 server."
    )
    redis_url: str = Field("redis://127.0.0.1:6379/0", description="The Redis server, where one is used.")
    redis_timeout_s: Annotated[float, Field(gt=0)] = Field(0.5, description="Longest wait for an answer of Redis.")
    embedder: str = Field(
        "bundled",
        description="`bundled`, a sentence-transformers id or folder (after `onnx:` or `openvino:` computed by those), "
        "`openai:<base_url>#<model>`, or `hashing` (no model).",
    )
    embedder_key: SecretStr | None = Field(None, description="Key for an `openai:` embedder, if it wants one.")
    encoder_threads: Annotated[int, Field(ge=1, le=64)] = Field(
        min(4, os.cpu_count() or 1), description="Threads that one embedding call may use."
    )
    max_error: Annotated[float, Field(gt=0, le=1)] = Field(
        0.01, description="Highest share of wrong reuse among served hits, unless a request says otherwise."
    )
    similarity_threshold: Annotated[float, Field(ge=0, le=1)] = Field(
        0.95, description="Lowest cosine similarity at which differently worded free text may be reused."
    )
    policy: Annotated[str, Field(min_length=1)] = Field(
        "default", description="Reuse policy: `default` (shipped), `static`, or the path of what `gonggo tune` wrote."
    )
    verify_share: Annotated[float, Field(ge=0, le=1)] = Field(
        0.05, description="Share of differently worded reuses that a model re-judges in the background; 0: none."
    )
    ttl_s: Annotated[int, Field(ge=1)] | None = Field(
        None, description="Seconds after which a cached entry expires; unset: never."
    )
    auth: Literal["off"] = Field("off", description="`off` is allowed on loopback addresses only.")
    upstreams: Path | None = Field(None, description="TOML file that lists the language models.")
    budget_per_day: Annotated[float, Field(gt=0)] | None = Field(
        None,
        description="Most to spend on models in a day (UTC), in the unit of their prices; then only free ones write.",
    )
    max_running: Annotated[int, Field(ge=1)] = Field(
        256, description="Postings being written at once; more are answered 429 with Retry-After."
    )
    repeat_bytes: Annotated[int, Field(ge=0)] = Field(
        64 * 1024 * 1024, description="Memory for ready answers to repeated requests; 0: none are kept."
    )
    drain_s: Annotated[float, Field(ge=0)] = Field(
        10.0, description="Seconds that a stopping service gives running postings."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level logged.")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.store != "sqlite":
            raise ValueError("store: only `sqlite` is known")
        if not is_loopback(self.host):
            raise ValueError(
                f"host: {self.host!r} is not a loopback address and there are no access keys; "
                "listen on 127.0.0.1 and put a proxy that authenticates in front"
            )
        return self


def is_loopback(host: str) -> bool:
    """Whether ``host`` is reachable from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class UpstreamSettings(BaseModel):
    """One ``[[upstream]]`` table: an OpenAI-compatible chat endpoint."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=100)]
    tier: Literal["fast", "quality"]
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s]+$")]
    model: Annotated[str, Field(min_length=1)]
    api_key_env: str | None = None
    max_concurrency: Annotated[int, Field(ge=1, le=10_000)] = 8
    requests_per_minute: Annotated[int, Field(ge=1)] | None = None
    tokens_per_minute: Annotated[int, Field(ge=1)] | None = None
    price_in: Annotated[float, Field(ge=0)] = 0.0
    price_out: Annotated[float, Field(ge=0)] = 0.0
    weight: Annotated[float, Field(gt=0)] = 1.0
    timeout_s: Annotated[float, Field(gt=0)] = 60.0

    def api_key(self) -> str:
        """The key for this upstream; a placeholder where it needs none. SetupError if it is named but unset."""
        if self.api_key_env is None:
            return "none"
        key = os.environ.get(self.api_key_env)  # noqa: TID251 - this file is the reader of the environment
        if not key:
            raise SetupError(
                f"Upstream {self.name!r} wants its key in the environment variable {self.api_key_env}, "
                "which is not set."
            )
        return key


def read_settings(**overrides: object) -> Settings:
    """The settings from the environment with ``overrides`` on top. SetupError says which value is wrong."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as exc:
        lines = (
            ("GONGGO_" + "_".join(map(str, error["loc"])).upper() + ": " if error["loc"] else "")
            + error["msg"].removeprefix("Value error, ")
            for error in exc.errors()
        )
        raise SetupError("Bad settings: " + "; ".join(lines)) from exc


def read_upstreams(path: Path | None) -> tuple[UpstreamSettings, ...]:
    """The upstreams that the TOML file at ``path`` lists; none without a file. SetupError if it is wrong."""
    if path is None:
        return ()
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as exc:
        raise SetupError(f"Cannot read the upstreams file {path}: {exc.strerror}.") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise SetupError(f"The upstreams file {path} is not TOML: {exc}.") from exc
    if set(table) - {"upstream"} or not isinstance(table.get("upstream", []), list):
        raise SetupError(f"The upstreams file {path} holds something other than [[upstream]] tables.")
    try:
        found = tuple(UpstreamSettings.model_validate(row) for row in table.get("upstream", []))
    except ValidationError as exc:
        error = exc.errors()[0]
        raise SetupError(f"The upstreams file {path}: {'.'.join(map(str, error['loc']))}: {error['msg']}.") from exc
    names = [upstream.name for upstream in found]
    if len(set(names)) != len(names):
        raise SetupError(f"The upstreams file {path} names two upstreams alike.")
    return found
