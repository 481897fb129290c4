"""The artifact of ``gonggo tune``: a model's coefficients and the thresholds proved for it, as JSON. Runs no code.

Loading checks everything that serving relies on: the format, finite numbers, known features that point the right
way, bounds that rise and thresholds that do not rise with them, and the embedding the similarities were measured in.
"""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from cache_service.cache.policies.protocol import SIGNS
from cache_service.errors import SetupError
from cache_service.posting.sections import KINDS

FORMAT: Final = "gonggo-reuse-policy"
VERSION: Final = 1
ANY: Final = "*"
MAX_BYTES: Final = 2_000_000
_TOLERANCE: Final = 1e-9
_KINDS: Final = frozenset({*KINDS, ANY})
_LANGUAGES: Final = frozenset({"ko", "en", ANY})

Share = Annotated[float, Field(ge=0, le=1)]
Bound = Annotated[float, Field(gt=0, lt=1)]
Count = Annotated[int, Field(ge=0, le=10**12)]


class ArtifactError(SetupError):
    """The artifact cannot be used. The text says why and what to do."""

    slug, title = "policy", "Cannot use the reuse policy"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Model(_Strict):
    """Logistic regression, then a sigmoid fitted on held-out companies (Platt scaling).

    score = intercept + sum of weight x feature; P(right) = 1 / (1 + exp(-(slope x score + offset))).
    """

    features: Annotated[dict[str, float], Field(max_length=32)]
    intercept: float
    slope: Annotated[float, Field(gt=0)]
    offset: float

    @model_validator(mode="after")
    def _points_the_right_way(self) -> Self:
        for name, weight in self.features.items():
            if name not in SIGNS:
                raise ValueError(f"feature {name!r:.40} is not known here")
            if weight * SIGNS[name] < 0:
                raise ValueError(f"feature {name!r} points the wrong way")
        return self

    def probability(self, values: dict[str, float]) -> float:
        """P(right) of a proposal with these features."""
        score = self.intercept + sum(weight * values[name] for name, weight in self.features.items())
        return sigmoid(self.slope * score + self.offset)


class Point(_Strict):
    """What may be served under one bound: everything from ``threshold`` on; None: nothing is proved.

    Of the evidence it served ``served``, ``wrong`` of them wrongly, hence ``error_bound`` at confidence 1 - delta.
    ``level`` names the evidence: ``company/ko``, or pooled ``*/ko`` or ``*/*``.
    """

    max_error: Bound
    threshold: Share | None
    error_bound: Share | None
    served: Count
    wrong: Count
    level: Annotated[str, Field(max_length=40)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.threshold is None) != (self.error_bound is None):
            raise ValueError("a threshold needs its error bound and the other way round")
        if self.error_bound is not None and self.error_bound > self.max_error + _TOLERANCE:
            raise ValueError(f"the error bound {self.error_bound} is above the bound {self.max_error} it claims")
        if self.wrong > self.served:
            raise ValueError("more were wrong than were served")
        return self


class Artifact(_Strict):
    """See the module. ``cells``: operating points by ``kind/language``, strictest bound first."""

    format: Literal["gonggo-reuse-policy"]
    version: Literal[1]
    embedding: Annotated[str, Field(min_length=1, max_length=64)]
    delta: Annotated[float, Field(gt=0, lt=0.5)]
    seed: int
    data: Annotated[str, Field(max_length=64)]
    counts: Annotated[dict[str, Count], Field(max_length=64)]
    model: Model
    cells: Annotated[dict[str, Annotated[list[Point], Field(min_length=1, max_length=32)]], Field(max_length=64)]

    @model_validator(mode="after")
    def _cells_are_sound(self) -> Self:
        for name, points in self.cells.items():
            kind, _, language = name.partition("/")
            if kind not in _KINDS or language not in _LANGUAGES:
                raise ValueError(f"cell {name!r:.40}: must be kind/language")
            for strict, loose in itertools.pairwise(points):
                if strict.max_error >= loose.max_error:
                    raise ValueError(f"cell {name}: bounds must rise")
                if strict.threshold is not None and (loose.threshold is None or loose.threshold > strict.threshold):
                    raise ValueError(f"cell {name}: a stricter bound would serve more")
        return self

    def point(self, kind: str, language: str, max_error: float) -> Point | None:
        """The operating point for ``max_error``, or for the next stricter bound; None below the strictest, and for
        a language of which there was no evidence."""
        for name in (f"{kind}/{language}", f"{ANY}/{language}"):
            if (points := self.cells.get(name)) is not None:
                return max(
                    (point for point in points if point.max_error <= max_error),
                    key=lambda point: point.max_error,
                    default=None,
                )
        return None


def sigmoid(value: float) -> float:
    """1 / (1 + exp(-value)), for any finite value."""
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    grown = math.exp(value)
    return grown / (1 + grown)


def dump_artifact(artifact: Artifact) -> bytes:
    """The artifact as it is stored: the same artifact makes the same bytes."""
    text = json.dumps(artifact.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def parse_artifact(data: bytes, *, embedding: str | None = None) -> Artifact:
    """The artifact that ``data`` holds. ``embedding``: fingerprint of the encoder it is to be used with.

    Raises:
        ArtifactError: not an artifact, of another version, unsound, or made for another embedding.
    """
    if len(data) > MAX_BYTES:
        raise ArtifactError(f"The policy is over {MAX_BYTES:,} bytes: that is no artifact of `gonggo tune`.")
    try:
        head = json.loads(data.decode("utf-8"))
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise ArtifactError("The policy is not an artifact of `gonggo tune`.")
        if head.get("version") != VERSION:
            raise ArtifactError(
                f"The policy has format version {head.get('version')!r:.20}, this gonggo reads {VERSION}; "
                "run `gonggo tune` again."
            )
        artifact = Artifact.model_validate_json(data)
    except ValidationError as exc:
        error = exc.errors(include_url=False)[0]
        where = ".".join(map(str, error["loc"])) or "the whole"
        raise ArtifactError(f"The policy is damaged at {where:.80}: {error['msg']:.200}.") from exc
    except (ValueError, RecursionError, OverflowError) as exc:  # not UTF-8, not JSON, nested without end
        raise ArtifactError(f"The policy is not readable JSON: {exc!s:.100}.") from exc
    if embedding is not None and artifact.embedding != embedding:
        raise ArtifactError(
            f"The policy was tuned for the embedding {artifact.embedding}, the service uses {embedding}: "
            "similarities of the two do not compare. Run `gonggo tune` with this embedder."
        )
    return artifact


def load_artifact(path: Path, *, embedding: str | None = None) -> Artifact:
    """The artifact in the file ``path``; see ``parse_artifact``. ArtifactError also if it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "not the name of a file"
        raise ArtifactError(f"The policy {path!s:.200} cannot be read ({reason}).") from exc
    return parse_artifact(data, embedding=embedding)
