"""One section from a model: sentence by sentence past the fact guard, and on to the reader.

A sentence that states what the request does not support is never sent. When the stream breaks off after something
was sent, or nothing of it could be sent, the rules write the section instead and the answer says so.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from cache_service.cache.guard import Checked, Evidence, invented_names, unsupported
from cache_service.cache.guard.consistent import without_contradictions
from cache_service.cache.guard.known_companies import KnownCompanies
from cache_service.models.admission import Overloaded, Terms
from cache_service.models.composer import compose
from cache_service.models.orchestrator import Attempt, ModelOrchestrator
from cache_service.models.prompts import section_prompt, sentence_prompt
from cache_service.models.shape import Shape, shape_of
from cache_service.models.upstream import Generation, UpstreamError
from cache_service.posting.canonical import fold, printable
from cache_service.posting.coverage import left_out
from cache_service.posting.facts import Facts
from cache_service.posting.needs import SectionNeed
from cache_service.posting.plan import Patch, Source
from cache_service.posting.scope import COMPOSER
from cache_service.posting.sentences import SentenceSplitter
from cache_service.router import ModelTier

log = logging.getLogger(__name__)
MAX_SECTION_CHARS: Final = 8_000
# One answer, and one more if nothing of it may be sent or it breaks off.
GENERATIONS: Final = 2
MAX_SENTENCE_CHARS: Final = 1_000
_FENCE: Final = "```"
# Why rules wrote instead; what an upstream says of itself goes to the log, not to clients.
BUSY: Final = "the language models are busy"
NO_ANSWER: Final = "no language model answered"
BROKE_OFF: Final = "the language model broke off"
NOTHING_FIT: Final = "nothing that the language model wrote was supported by the request"


@dataclass(frozen=True, slots=True)
class Written:
    """A finished section. ``admissible``: whole, and nothing of it was held back, so it may be kept for reuse.

    ``replaced``: it stands in the place of deltas that were sent before. ``reason``: why it is degraded, if it is.
    ``held_back``: sentences that the guard did not let out; ``added``: lines that rules had to add.
    """

    need: SectionNeed
    heading: str
    text: str
    source: Source
    tokens: int
    cost: float
    admissible: bool
    held_back: int = 0
    added: int = 0
    replaced: bool = False
    reason: str | None = None


@dataclass(slots=True)
class _Draft:
    """What has passed the guard so far, and the white space that waits for the next sentence.

    ``held_back``: sentences that stated what the request does not support, or were no text of a posting.
    """

    need: SectionNeed
    emit: Callable[[str], None]
    text: str = ""
    spaces: str = ""
    held_back: int = 0
    splitter: SentenceSplitter = field(default_factory=SentenceSplitter)

    def pass_on(self, sentence: str, *, fit: bool) -> None:
        body = sentence.strip()
        if not body or (not self.text and _is_heading(body, self.need)) or body.startswith(_FENCE):
            self.spaces += sentence if self.text else ""
            return
        if not fit:
            self.held_back += 1
            return
        lead = (self.spaces + sentence[: len(sentence) - len(sentence.lstrip())]) if self.text else ""
        piece = lead + body
        self.spaces = sentence[len(sentence.rstrip()) :]
        self.text += piece
        self.emit(piece)


def composed(
    need: SectionNeed, facts: Facts, evidence: Evidence, *, degraded: bool, reason: str | None = None
) -> Written:
    """The section as rules write it from the request alone, ``evidence`` of which says what it may state."""
    language = evidence.language
    made = compose(need.kind, without_contradictions(need.kind, facts, evidence), language, need.tone)
    made = made or compose(need.kind, facts, language, need.tone)
    if made is None:
        raise LookupError(f"no facts for {need.kind}")
    source = Source("composed", model=COMPOSER, degraded=degraded)
    return Written(need, made.heading, made.text, source, 0, 0.0, admissible=reason is None, reason=reason)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked to write: the tier first asked, and on which terms."""

    orchestrator: ModelOrchestrator
    tier: ModelTier
    terms: Terms

    def without(self, upstream: str | None) -> Asked:
        """The same, but for an upstream that just broke off."""
        return self if upstream is None else replace(self, terms=replace(self.terms, avoid=frozenset({upstream})))


async def write_section(
    need: SectionNeed,
    *,
    facts: Facts,
    evidence: Evidence,
    companies: KnownCompanies,
    language: str,
    asked: Asked,
    emit: Callable[[str], None],
) -> Written:
    """Write one section with a model, or with rules if that fails. ``emit`` gets every delta that may be sent.

    An answer of which nothing may be sent, or which breaks off, is asked for once more; what then comes stands in the
    place of what was sent. What the text leaves out of its facts, rules add.
    """
    reader = _Reader(evidence.of_section(need.kind), companies, language)
    sent = tokens = held_back = 0
    cost, reason = 0.0, NO_ANSWER
    for _ in range(GENERATIONS):
        draft = _Draft(need, _unsent if sent else emit)
        attempt = Attempt(Generation())
        try:
            await _generate(draft, reader, attempt, asked)
        except UpstreamError as exc:
            log.warning("an answer was lost", extra={"section": need.kind, "reason": str(exc)})
            reason = BROKE_OFF if exc.after_text else BUSY if isinstance(exc, Overloaded) else NO_ANSWER
            broke_off = True
            asked = asked.without(attempt.upstream)
        else:
            reason, broke_off = NOTHING_FIT, False
        tokens += attempt.generation.tokens
        cost += attempt.generation.tokens * attempt.price_out / 1e6
        held_back += draft.held_back
        if draft.text and not broke_off:
            left_out_by_model = await asyncio.to_thread(_complete, draft, facts, language)
            return Written(
                need, need.spec.headings[language], draft.text, Source(attempt.tier, model=attempt.model), tokens, cost,
                admissible=not draft.held_back and not attempt.generation.truncated,
                held_back=held_back, added=left_out_by_model, replaced=bool(sent),
            )  # fmt: skip
        sent = sent or len(draft.text)
        if reason in {NO_ANSWER, BUSY}:
            break  # every upstream was asked
    log.warning("section left to the rules", extra={"section": need.kind, "reason": reason})
    made = composed(need, facts, evidence, degraded=True, reason=reason)
    if not sent:
        emit(made.text)
    return replace(made, admissible=False, tokens=tokens, cost=cost, held_back=held_back, replaced=bool(sent))


def _unsent(_text: str) -> None:
    """What replaces a text that was sent goes out as a whole."""


async def patch_section(
    need: SectionNeed,
    patch: Patch,
    *,
    evidence: Evidence,
    companies: KnownCompanies,
    language: str,
    asked: Asked,
    emit: Callable[[str], None],
) -> Written | None:
    """A stored section of which a light model writes some sentences anew, side by side; None if that fails.

    Nothing is sent before the whole is proved.
    """
    reader = _Reader(evidence.of_section(need.kind), companies, language)
    attempts = [Attempt(Generation()) for _ in patch.sentences]
    sentences = await asyncio.gather(
        *(
            _sentence(sentence, need, reader, attempt, asked)
            for sentence, attempt in zip(patch.sentences, attempts, strict=True)
        )
    )
    whole = [sentence for sentence in sentences if sentence is not None]
    made = await asyncio.to_thread(patch.finish, whole) if len(whole) == len(sentences) else None
    if made is None:
        return None
    emit(made.text)
    tokens = sum(attempt.generation.tokens for attempt in attempts)
    cost = sum(attempt.generation.tokens * attempt.price_out for attempt in attempts) / 1e6
    source = replace(made.source, model=attempts[0].model)
    return Written(need, made.heading, made.text, source, tokens, cost, admissible=True)


async def _sentence(sentence: str, need: SectionNeed, reader: _Reader, attempt: Attempt, asked: Asked) -> str | None:
    """The sentence as a model mends it, "" if it is to go; None if the model's answer may not be sent."""
    text = ""
    stream = asked.orchestrator.stream(sentence_prompt(sentence, need, reader.language), "fast", attempt, asked.terms)
    try:
        async with contextlib.aclosing(stream) as texts:
            async for piece in texts:
                text += printable(piece)
                if len(text) > MAX_SENTENCE_CHARS:
                    return None
    except UpstreamError as exc:
        log.warning("a sentence could not be written anew", extra={"section": need.kind, "reason": str(exc)})
        return None
    body = text.strip()
    if body == "-":
        return ""
    if not body or shape_of(body, reader.language) is not Shape.TEXT:
        return None
    return None if await asyncio.to_thread(reader.unsupported, body) else body


async def _generate(draft: _Draft, reader: _Reader, attempt: Attempt, asked: Asked) -> None:
    received = 0
    prompt = section_prompt(draft.need, reader.language)
    stream = asked.orchestrator.stream(prompt, asked.tier, attempt, asked.terms)
    async with contextlib.aclosing(stream) as texts:
        async for text in texts:
            received += len(text)
            await _take(draft, draft.splitter.feed(printable(text)), reader)
            if received > MAX_SECTION_CHARS:
                attempt.generation.truncated = True
                break
    rest = draft.splitter.flush()
    if not attempt.generation.truncated:  # half a sentence states half a fact
        await _take(draft, [rest], reader)


async def _take(draft: _Draft, sentences: list[str], reader: _Reader) -> None:
    for sentence in sentences:
        shape = shape_of(sentence, reader.language) if sentence.strip() else Shape.TEXT
        if shape is Shape.TALK:
            continue
        found = await asyncio.to_thread(reader.unsupported, sentence) if sentence.strip() else ()
        if found or shape is not Shape.TEXT:
            log.info(
                "sentence held back",
                extra={"section": draft.need.kind, "types": [one.fact.type for one in found], "shape": shape.name},
            )
        draft.pass_on(sentence, fit=shape is Shape.TEXT and not found)


def is_supported(written: Written, evidence: Evidence, companies: KnownCompanies, language: str) -> bool:
    """Whether a text that was written for another request of equal inputs may be sent for this one."""
    reader = _Reader(evidence.of_section(written.need.kind), companies, language)
    return not reader.unsupported(f"{written.heading}\n{written.text}")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what a model wrote against the request."""

    evidence: Evidence
    companies: KnownCompanies
    language: str

    def unsupported(self, sentence: str) -> tuple[Checked, ...]:
        evidence = self.evidence
        if names := self.companies.mentioned(sentence):
            evidence = Evidence.of(evidence.facts, language=evidence.language, foreign_names=names)
        return (
            *unsupported(sentence, evidence, evidence.language),
            *invented_names(sentence, evidence, evidence.language),
        )


def _complete(draft: _Draft, facts: Facts, language: str) -> int:
    """Have rules add what the text leaves out of its facts; how many lines."""
    missing = left_out(draft.text, draft.need.kind, draft.need.facts, language)
    made = compose(draft.need.kind, _with_title(missing, facts), language, draft.need.tone) if missing else None
    if made is None:
        return 0
    said = set(draft.text.splitlines())
    lines = [line for line in made.text.splitlines() if line.startswith("- ") and line not in said]
    if lines:
        piece = "\n" + "\n".join(lines)
        draft.text += piece
        draft.emit(piece)
    return len(lines)


def _with_title(facts: Facts, of: Facts) -> Facts:
    title = of.text("requirements.title")
    return Facts({**facts, **({} if title is None else {"requirements.title": title})})


def _is_heading(line: str, need: SectionNeed) -> bool:
    bare = line.strip("#*[]■▶:： \t")
    return line.startswith("#") or fold(bare) in {fold(heading) for heading in need.spec.headings.values()}
