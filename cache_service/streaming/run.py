"""One posting, from plan to answer: what the plan holds goes out at once, the rest is written side by side."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import Any, Final, assert_never

from cache_service.cache.guard import Evidence
from cache_service.cache.manager import Known
from cache_service.cache.verifier import Check
from cache_service.errors import FieldError, GonggoError, Invalid, problem
from cache_service.posting.needs import Brief
from cache_service.posting.plan import Plan, Reuse, Write
from cache_service.router import Routed, route
from cache_service.streaming.answer import (
    Finished,
    alternatives_json,
    answer_json,
    without,
)
from cache_service.streaming.desk import Desk
from cache_service.streaming.events import EventLog, dump_events
from cache_service.streaming.expected import Expected
from cache_service.streaming.section_writer import Written, composed
from cache_service.streaming.telling import Telling
from cache_service.streaming.workbench import Workbench
from cache_service.streaming.writing import SectionJob

log = logging.getLogger(__name__)
# The plan waits this long for what is found by meaning; then it tells what is known, and a second one tells the rest.
PLAN_S: Final = 0.04
# So often readers are told how long it will still take.
TICK_S: Final = 1.0


class PostingRun:
    """A posting being made. Its log is what clients see; it goes on when they hang up."""

    def __init__(self, id_: str, brief: Brief, desk: Desk, created_at: float) -> None:
        self.id = id_
        self.brief = brief
        self.created_at = created_at
        self.plan: Plan | None = None
        self.planned = asyncio.Event()
        self.answer: dict[str, Any] | None = None
        self.error: GonggoError | None = None
        self.claim: str | None = None
        self.stored = False
        self.steered = False
        self._desk = desk
        self._routes: dict[str, Routed] = {}
        self._expected = Expected(desk.writers.eta)
        self._to_store: set[str] = set()
        self._edited: set[str] = set()
        self._started = perf_counter()
        self._telling = Telling(id_, brief.scope.language, self._expected, desk.stats, self._started)
        self._bench = Workbench()
        self._evidence = Evidence.of(brief.facts, language=brief.scope.language)
        self._task: asyncio.Task[None] | None = None

    @property
    def log(self) -> EventLog:
        """What readers are told."""
        return self._telling.log

    def start(self) -> None:
        """Begin; the task is kept and ends by itself."""
        self._task = asyncio.create_task(self._run(), name=f"posting {self.id}")

    async def wait(self) -> None:
        """Until it is finished, failed or cancelled; a waiter that goes away stops nothing."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def cancel(self) -> None:
        """Stop what is still being written; what is there is kept."""
        if self._task is not None:
            self._task.cancel()
            await self.wait()

    def regenerate(self, kind: str) -> None:
        """Have a section that is done written anew, for a model to say it otherwise; it comes whole, as a replacement.

        Invalid if nothing is being written any more, if that section is, or if no model writes it.
        """
        section = self._at_hand(kind)
        write = Write(section.need, "asked_again")
        if not self._wants_model(write):
            raise _refusal(kind, "rules write it from the request: change the request")
        if not self._bench.is_open:
            raise _refusal(kind, "the posting is done: ask for it again with options.fresh")
        self.steered = True
        self._routes[kind] = self._route(write)
        options = self.brief.request.options.model_copy(update={"fresh": True})
        brief = replace(self.brief, request=self.brief.request.model_copy(update={"options": options}))
        self._bench.add(kind, self._write(write, brief, _hold_back, replaces=True))

    def edit(self, kind: str, text: str) -> None:
        """Put a reader's text in the place of a section that is done. Invalid as ``check_editable`` says."""
        section = self.check_editable(kind)
        self.steered = True
        self._edited.add(kind)
        source = replace(section.source, edited_from=section.source.tier)
        self._telling.done(replace(section, text=text, source=source), replaces=True)

    def check_editable(self, kind: str) -> Finished:
        """The section as it is. Invalid if it is not done, or if the whole posting is."""
        section = self._at_hand(kind)
        if self.answer is not None:
            raise _refusal(kind, "the posting is done")
        return section

    async def cancel_section(self, kind: str) -> None:
        """Stop writing one section; the posting goes without it. Invalid if it is not being written."""
        if not self._bench.is_writing(kind):
            raise _refusal(kind, "it is not being written")
        self.steered = True
        await self._bench.stop(kind)
        if kind not in self._telling.finished:
            self._telling.dropped(kind)

    def _at_hand(self, kind: str) -> Finished:
        section = self._telling.finished.get(kind)
        if section is None or self._bench.is_writing(kind):
            raise _refusal(kind, "it is not written yet" if self._bench.is_writing(kind) else "not in this posting")
        return section

    def snapshot(self) -> dict[str, Any]:
        """The answer as far as it has come."""
        if self.answer is not None:
            return self.answer
        timing = {"first_content_ms": self._telling.first_content_ms, "complete_ms": None}
        return answer_json(self.id, self.brief, self._sections(), status="running", timing=timing)

    def planned_outcome(self) -> str:
        """``hit``, ``partial`` or ``miss``, as far as the plan tells."""
        if self.plan is None:
            return "miss"
        if not any(isinstance(one, Write) and one.need.spec.prose for one in self.plan.sections):
            return "hit"
        return "partial" if any(isinstance(one, Reuse) for one in self.plan.sections) else "miss"

    def _sections(self) -> list[Finished]:
        order = [one.need.kind for one in self.plan.sections] if self.plan else []
        return [self._telling.finished[kind] for kind in order if kind in self._telling.finished]

    def _elapsed_ms(self) -> float:
        return (perf_counter() - self._started) * 1e3

    async def _run(self) -> None:
        status = "complete"
        try:
            await self._make()
        except asyncio.CancelledError:
            status = "cancelled"
        except GonggoError as exc:
            self._fail(exc)
        except Exception:
            log.exception("a posting failed", extra={"posting": self.id})
            self._fail(GonggoError("The posting could not be made; the log has the cause."))
        finally:
            self.planned.set()
        await self._finish("failed" if self.error else status)

    def _fail(self, error: GonggoError) -> None:
        self.error = error
        self._desk.stats.events["failed"] += 1
        self.log.append("error", problem(error, f"/v1/postings/{self.id}"))

    async def _make(self) -> None:
        brief, desk = self.brief, self._desk
        known = await desk.cache.known(brief, self._evidence)
        plan = await self._planned(brief, known)
        to_write = self._announce(plan)
        by_models = [write for write in to_write if self._expected.features(write.need.kind)]
        for shown in alternatives_json(by_models):
            self.log.append("alternative", shown)
        async with self._ticking():
            await self._bench.write(lambda: self._begin(to_write))
        if not self._cache_only:
            await self._learn()

    def _begin(self, to_write: Sequence[Write]) -> None:
        for write in to_write:
            kind = write.need.kind
            self._bench.add(kind, self._write(write, self.brief, partial(self._telling.delta, kind)))

    async def _planned(self, brief: Brief, known: Known) -> Plan:
        planning = asyncio.create_task(self._desk.cache.plan(brief, self._evidence, known=known), name="planning")
        try:
            await asyncio.wait([planning], timeout=PLAN_S)
            if not planning.done():
                self._announce(known.plan(brief))
            return await planning
        finally:
            planning.cancel()

    def _announce(self, plan: Plan) -> list[Write]:
        """Tell the plan, send what it holds and what rules write; the sections that a model has to write."""
        self.plan = plan
        to_write: list[Write] = []
        self._expected.begin()
        for planned in plan.sections:
            if isinstance(planned, Write) and self._wants_model(planned):
                self._routes[planned.need.kind] = self._route(planned)
                to_write.append(planned)
        self._telling.plan(plan, self._routes)
        self.planned.set()
        for planned in plan.sections:
            if planned.need.kind in self._telling.finished:
                continue
            match planned:
                case Reuse():
                    self._telling.whole(planned)
                    self._offer(planned)
                case Write(reason="undecided"):
                    pass
                case Write() if not planned.need.spec.prose:
                    self._telling.whole(self._composed(planned))
                case Write() if not (self._cache_only or planned in to_write):
                    self._telling.whole(self._composed(planned))
                case Write():
                    pass
                case _:
                    assert_never(planned)
        return to_write

    @property
    def _cache_only(self) -> bool:
        return self.brief.request.options.cache_only

    def _wants_model(self, write: Write) -> bool:
        return write.need.spec.prose and self._desk.writers.orchestrator.available and not self._cache_only

    def _route(self, write: Write) -> Routed:
        options = self.brief.request.options
        loads = self._desk.loads(options.priority)
        routed = route(
            write.need,
            write.nearest,
            loads=loads,
            outcomes=self._desk.writers.outcomes,
            priority=options.priority,
            wanted=options.route,
        )
        self._expected.write(write, routed, self.brief.scope.language, loads)
        return routed

    @contextlib.asynccontextmanager
    async def _ticking(self) -> AsyncGenerator[None]:
        """While something is written, progress is told once a second."""
        ticker = asyncio.create_task(self._tick(), name=f"progress {self.id}")
        try:
            yield
        finally:
            ticker.cancel()

    async def _tick(self) -> None:
        while self._expected.waiting:
            await asyncio.sleep(TICK_S)
            if self._expected.waiting:
                self._telling.progress()

    def _composed(self, write: Write) -> Written:
        return composed(write.need, self.brief.facts, self._evidence, degraded=write.need.spec.prose)

    async def _write(self, write: Write, brief: Brief, emit: Callable[[str], None], *, replaces: bool = False) -> None:
        kind = write.need.kind
        job = SectionJob(self._desk.writers, brief, self._evidence, write, self._expected.features(kind), emit)
        written, stores = await job.done(self._routes[kind])
        if stores:
            self._to_store.add(kind)
        self._telling.done(written, replaces=replaces)

    def _offer(self, reuse: Reuse) -> None:
        if reuse.vouched_for is None or reuse.source.entry_id is None:
            return
        need = reuse.need
        self._desk.verify(
            Check(
                reuse.source.entry_id, need.kind, self.brief.scope.language, need.keys[0],
                reuse.source.similarity or 0.0, reuse.text, reuse.vouched_for, self.brief.facts,
            )
        )  # fmt: skip

    async def _learn(self) -> None:
        written = [
            section
            for kind, section in self._telling.finished.items()
            if isinstance(section, Written)
            and kind not in self._edited
            and self._desk.is_for_others(section, first=kind in self._to_store)
        ]
        if not written:
            return
        try:
            await self._desk.learn(self.brief, written)
        except GonggoError as exc:  # the user has a posting; not keeping it for others is no reason to fail
            self._desk.stats.events["store_failures"] += 1
            log.warning("what was written could not be stored", extra={"reason": exc.detail})

    async def _finish(self, status: str) -> None:
        sections = self._sections()
        complete_ms = self._elapsed_ms()
        self.answer = answer_json(
            self.id,
            self.brief,
            sections,
            status=status,
            timing={"first_content_ms": self._telling.first_content_ms, "complete_ms": complete_ms},
        )
        if self._cache_only and self.plan is not None:
            there = self._telling.finished
            left = [one for one in self.plan.sections if isinstance(one, Write) and one.need.kind not in there]
            self.answer |= without(left, sections)
        if status == "complete":
            self._desk.count(sections, self._telling.first_content_ms, complete_ms)
        last = self.log.next("done", self.answer)
        try:
            await self._desk.keep(
                self, status, dump_events((*self.log.events, *((last,) if status != "failed" else ())))
            )
            self.stored = True
        except GonggoError as exc:
            self._desk.stats.events["store_failures"] += 1
            log.warning("a finished posting could not be stored", extra={"posting": self.id, "reason": exc.detail})
        if status != "failed":
            self.log.append(last.type, last.data)  # what is said to be done is on disk
        self.log.close()


def _refusal(kind: str, why: str) -> Invalid:
    return Invalid(f"{kind}: {why}", [FieldError("/section", why)])


def _hold_back(_text: str) -> None:
    """What takes the place of a text that was sent is sent whole."""
