"""Names of other companies in a text, as words and not as letters.

A name counts where no letter or digit stands before it, and after it there is none either, or a Korean particle
and then none. Longer names win: with the request's 누리페이먼츠, the foreign 누리페이 is not found inside it, and
누리페이먼츠 is not the request's 누리페이. A name that the request's own texts use is no foreign name.

Short names may be common words (부릉, 단색, Box): a name of up to two Hangul syllables or three Latin letters counts
only beside a corporate form, in quotes or brackets, or before 팀; in Latin only as it is capitalised. Whoever knows
that a text was written for such a company passes its name as a ``certain`` one, which counts wherever it is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from cache_service.posting.canonical import clean, fold
from cache_service.posting.company_names import company_key
from cache_service.posting.extract.companies import without_particle

_FORM: Final = r"(?:㈜|\(\s?(?:주|유|재|사)\s?\)|주식회사|유한회사)"
_FORMS: Final = re.compile(
    rf"{_FORM}|유한책임회사|,?\s*\b(?:inc|ltd|llc|corp|gmbh|plc|co\.?\s*,?\s*ltd|corporation|incorporated|limited)\b\.?",
    re.IGNORECASE,
)
_ALIAS: Final = re.compile(r"^(?P<name>[^()\[\]]+)[(\[](?P<alias>[^()\[\]]+)[)\]]$")
_PARTICLES: Final = (
    r"(?:(?:이라는|라는|이라고|라고|에서는|에서의|에서도|에서|에게는|에게|에는|에도|에|으로|로|으로서|로서|께서는?|까지|부터|처럼|보다|만의|만이|만|답게|다운|이란|란|"
    r"입니다|이에요|예요|이며|이고|이자|이다|인|은|는|이|가|을|를|의|와의|와는|와|과의|과는|과|도|이랑|랑|님|팀(?:은|이|의|에서|과|원|에)?|뿐|및|측))"
)
_BEFORE: Final = r"(?<![A-Za-z0-9가-힣])"
_AFTER: Final = rf"(?={_PARTICLES}?(?![A-Za-z0-9가-힣]))"
_MARKED_BEFORE: Final = re.compile(rf"(?:{_FORM}\s?|['\"“‘「『\[<(])$")
_MARKED_AFTER: Final = re.compile(
    rf"\s?{_FORM}|['\"”’」』\]>)]|\s?팀(?=은|이|의|에서|과|원|\s|$)|,?\s(?:Inc|LLC|Ltd|Corp|GmbH|Co)\b"
)
# A word of business right after a company's name makes another company's name of it, unless the request writes it.
_GLUED: Final = re.compile(
    r"(?:먼츠|뱅크|증권|카드|생명|화재|소프트|테크|랩스|랩|홀딩스|코리아|글로벌|파트너스|게임즈|엔터테인먼트|벤처스|인베스트먼트|네트웍스|시스템즈?"
    r"|모빌리티|커머스|로지스틱스|로지스|헬스케어|바이오|캐피탈|저축은행|디지털|미디어|스튜디오|페이|건설|전자|화학|제약|푸드|리테일)"
)


def company_words(name: str) -> frozenset[str]:
    """The keys that a name may be filed under: its own, its alias's, without what may be a particle."""
    forms = set(name_forms(name))
    forms |= {without_particle(form) for form in forms}
    return frozenset(key for form in (name, *forms) if (key := company_key(form)))


def name_forms(name: str) -> tuple[str, ...]:
    """The wordings of a name: without its corporate form; the two halves of 위메이드(WEMADE)."""
    bare = clean(_FORMS.sub(" ", clean(name))).strip(" ,")
    if (match := _ALIAS.match(bare)) is not None:
        return tuple(part for part in (clean(match["name"]), clean(match["alias"])) if part)
    return (bare,) if bare else ()


class NameFinder:
    """Finds foreign names in texts. ``own_texts``: what the request says itself, where any name may stand."""

    def __init__(
        self, *, own: str | None, own_texts: Sequence[str], foreign: Sequence[str], certain: Sequence[str]
    ) -> None:
        self._own = own
        self._own_texts = own_texts
        self._own_forms = frozenset(name_forms(own)) if own else frozenset()
        own_keys = {fold(form) for form in self._own_forms}
        self._certain = frozenset(
            fold(form) for name in certain for form in name_forms(name) if fold(form) not in own_keys
        )
        self._foreign = {
            fold(form): form
            for name in (*foreign, *certain)
            for form in name_forms(name)
            if fold(form) and fold(form) not in own_keys
        }

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each foreign name in ``text``: as worded, with its span."""
        if self._may_name(text) and self._names is not None:
            for match in self._names.finditer(text):
                if (
                    (key := fold(match[0])) in self._foreign
                    and self._counts(text, match, key)
                    and key not in self._known
                ):
                    yield match[0], *match.span()
        if self._may_extend(text) and self._extended is not None:
            for match in self._extended.finditer(text):
                if fold(match[0]) not in self._own_folded:
                    yield match[0], *match.span()

    def _may_name(self, text: str) -> bool:
        """Whether the words of a foreign name are in ``text``: a pattern takes far longer to make than this does."""
        lowered = text.casefold()
        return any(all(word.casefold() in lowered for word in form.split()) for form in self._foreign.values())

    def _may_extend(self, text: str) -> bool:
        """Whether a word of business is glued to the request's own name somewhere in ``text``."""
        for form in self._own_forms:
            at = text.find(form)
            while at >= 0:
                if _GLUED.match(text, at + len(form)):
                    return True
                at = text.find(form, at + 1)
        return False

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        if not self._foreign:
            return None
        forms = sorted({*self._foreign.values(), *self._own_forms}, key=len, reverse=True)
        spaced = "|".join(re.escape(form).replace(r"\ ", r"\s?") for form in forms)
        return re.compile(rf"{_BEFORE}(?:{spaced}){_AFTER}", re.IGNORECASE)

    @cached_property
    def _extended(self) -> re.Pattern[str] | None:
        """The request's own name with a word of business glued to it."""
        forms = [re.escape(form) for form in self._own_forms if len(form) >= 2 and "가" <= form[-1] <= "힣"]
        if not forms:
            return None
        return re.compile(rf"{_BEFORE}(?:{'|'.join(forms)}){_GLUED.pattern}{_AFTER}")

    @cached_property
    def _own_folded(self) -> str:
        return "\n".join(fold(text) for text in self._own_texts)

    @cached_property
    def _known(self) -> frozenset[str]:
        """The foreign names that the request's own texts use as words."""
        if self._names is None:
            return frozenset()
        return frozenset(
            key
            for text in self._own_texts
            for match in self._names.finditer(text)
            if (key := fold(match[0])) in self._foreign and key not in self._certain
        )

    def _counts(self, text: str, match: re.Match[str], key: str) -> bool:
        worded, form = match[0], self._foreign[key]
        latin = form.isascii()
        if latin and worded.islower() and not form.islower():
            return False
        if key in self._certain:
            return True
        letters = [char for char in form if char.isalnum()]
        if len(letters) > (3 if latin else 2):
            return True
        if latin:
            return worded == form and not form.islower()
        before = text[max(0, match.start() - 6) : match.start()]
        return _MARKED_BEFORE.search(before) is not None or _MARKED_AFTER.match(text, match.end()) is not None
