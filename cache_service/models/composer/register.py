"""The register of a text: which sentence endings a tone asks for."""

from __future__ import annotations

from enum import Enum
from typing import Final

from cache_service.posting.canonical import fold


class Register(Enum):
    """How the reader is spoken to: ``FORMAL`` (합니다체, full forms) or ``FRIENDLY`` (해요체, contractions)."""

    FORMAL = "formal"
    FRIENDLY = "friendly"

    def choose(self, formal: str, friendly: str) -> str:
        """The wording for this register."""
        return friendly if self is Register.FRIENDLY else formal


# Folded. Every other tone (formal, professional, concise, 격식, 정중한, or anything unknown) is formal.
_FRIENDLY_TONES: Final = frozenset(
    {
        "friendly", "casual", "informal", "warm", "conversational", "approachable", "relaxed",
        "친근", "친근한", "친근하게", "친근함", "친절한", "친절하게", "편안한", "편안하게", "편한",
        "다정한", "다정하게", "따뜻한", "따뜻하게", "부드러운", "부드럽게",
        "캐주얼", "캐주얼한", "캐주얼하게", "해요체", "~해요체", "요체",
    }
)  # fmt: skip


def register_of(tone: str | None) -> Register:
    """The register for a tone in the user's words; formal unless it is known to be friendly."""
    if tone is not None and fold(tone) in _FRIENDLY_TONES:
        return Register.FRIENDLY
    return Register.FORMAL
