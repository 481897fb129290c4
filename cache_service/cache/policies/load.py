"""From the setting ``GONGGO_POLICY`` to the policy."""

from __future__ import annotations

import logging
from importlib.resources import files
from pathlib import Path
from typing import Final

from cache_service.cache.policies.artifact import ArtifactError, load_artifact, parse_artifact
from cache_service.cache.policies.calibrated import CalibratedPolicy
from cache_service.cache.policies.protocol import ReusePolicy
from cache_service.cache.policies.static import EqualOnly, StaticPolicy

log = logging.getLogger(__name__)
DEFAULT: Final = "default"
STATIC: Final = "static"


def load_policy(name: str, *, embedding: str, threshold: float) -> ReusePolicy:
    """The policy that ``name`` means: ``default`` (what is shipped), ``static``, or the path of an artifact.

    ``embedding``: fingerprint of the encoder in use; ``threshold``: of the static policy. The shipped artifact is
    passed over with a warning where it does not fit, and then nothing but what is equal is served; an artifact that
    was asked for by its path must fit.

    Raises:
        ArtifactError: the artifact at the path cannot be used.
    """
    if name == STATIC:
        return StaticPolicy(threshold)
    if name != DEFAULT:
        return CalibratedPolicy(load_artifact(Path(name), embedding=embedding))
    shipped = files("cache_service.cache.policies") / "default.json"
    if not shipped.is_file():
        return EqualOnly()
    try:
        return CalibratedPolicy(parse_artifact(shipped.read_bytes(), embedding=embedding))
    except ArtifactError as exc:
        log.warning("the shipped reuse policy is not used; only equal wording is reused", extra={"reason": exc.detail})
        return EqualOnly()
