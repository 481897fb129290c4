"""The rule composer: every kind of section, written from the facts of the request alone.

It states what is given and nothing else, for any occupation and industry, so the service answers even where
no model does. The text of a section is a function of the facts that its kind depends on (``SECTIONS``), the
language and the register that the tone asks for; texts of the request are data and are copied as they are.

Two decisions about what is said:

- A place: the job's location is the work place; without one the company's is, unless the work is remote. In
  the conditions a company location that is not the work place stands on a line of its own, under its own name;
  in the headline it is left out, where it would read as a second work place.
- The work mode and employment type are said in the conditions, not again among the benefits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cache_service.models.composer import english, korean
from cache_service.models.composer.layout import SectionWriter
from cache_service.models.composer.register import register_of
from cache_service.posting.facts import Facts
from cache_service.posting.sections import SECTIONS, SectionKind

# Changes whenever the wording does: composed texts of another version are not reused.
COMPOSER_VERSION: Final = "1"

_WRITERS: Final[dict[str, dict[SectionKind, SectionWriter]]] = {"ko": korean.WRITERS, "en": english.WRITERS}


@dataclass(frozen=True, slots=True)
class ComposedSection:
    """A section as it is shown: what kind, its heading, and its text (lines separated by ``\\n``)."""

    kind: SectionKind
    heading: str
    text: str


def compose(kind: SectionKind, facts: Facts, language: str, tone: str | None = None) -> ComposedSection | None:
    """Write the section ``kind`` in ``language`` ("ko" or "en"), or None where the facts leave nothing to say.

    ``tone`` chooses the sentence endings; one that is not known gives the formal ones. Raises ``ValueError``
    for a language without a writer.
    """
    if language not in _WRITERS:
        raise ValueError(f"no composer for the language {language!r}; there is one for {', '.join(_WRITERS)}")
    spec = SECTIONS[kind]
    if all(facts.get(path) in (None, "", ()) for path in spec.present_if):
        return None
    text = _WRITERS[language][kind](facts.only(spec.depends_on), register_of(tone))
    return ComposedSection(kind, spec.headings[language], text)


__all__ = ["COMPOSER_VERSION", "ComposedSection", "compose"]
