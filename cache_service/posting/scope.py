"""Scope: what must be the same for a text to be reusable at all, and the content-addressed keys made from it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from cache_service.posting.facts import Facts, canonical
from cache_service.posting.sections import SectionSpec

# The writer of texts that people wrote; they are reusable whatever models are configured.
HUMAN: Final = "human"
# The model name of texts that rules wrote.
COMPOSER: Final = "composer"
KEY_BYTES: Final = 20


@dataclass(frozen=True, slots=True)
class Scope:
    """Tenant, language, and the versions a text was made with. A hit never crosses a scope.

    ``writer`` names what wrote the text: ``human``, or a digest of the configured models and prompts. ``embedding``
    is part of where vectors are looked for and of no key: equal facts are equal in every embedding.
    """

    tenant: str
    language: str
    writer: str
    embedding: str

    @property
    def digest(self) -> str:
        """16 hexadecimal digits that name this scope, its embedding left out."""
        return _digest([self.tenant, self.language, self.writer], size=8)


def section_key(scope: Scope, spec: SectionSpec, facts: Facts, tone: str | None) -> str:
    """The content-addressed key (160 bits, hexadecimal) of one section: scope + kind + tone + canonical facts.

    Facts that the section does not depend on, and the order and repeats of lists, do not change it.
    """
    inputs = {path: canonical(facts[path]) for path in sorted(spec.depends_on) if path in facts}
    return _digest([scope.digest, spec.kind, tone, inputs], size=KEY_BYTES)


def _digest(value: object, *, size: int) -> str:
    encoded = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.blake2b(encoded, digest_size=size).hexdigest()
