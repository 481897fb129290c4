"""Our answers and the baselines' decisions on the same pairs, in one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.reuse.baselines import Tally, Trial, table
from benchmarks.reuse.case import Case
from benchmarks.reuse.embedding_only import encoded
from benchmarks.reuse.judge import Outcome
from benchmarks.reuse.pairs import Pair, pairs_of
from benchmarks.reuse.postings import SEED
from embeddings.encoder import Encoder


def trials_of(pairs: Sequence[Pair], encoder: Encoder) -> list[Trial]:
    """What a policy that sees cosines alone is asked: the texts embedded are those that the service embeds."""
    represented = [pair.represented for pair in pairs]
    vectors = encoded(encoder, [text for both in represented for text in both])
    return [
        Trial(
            f"{id(pair.base)}:{pair.kind}", f"{pair.base.language}:{pair.kind}",
            float(vectors[stored] @ vectors[wanted]), bool(pair.label), pair.source,
        )
        for pair, (stored, wanted) in zip(pairs, represented, strict=True)
    ]  # fmt: skip


def ours(pairs: Iterable[Pair]) -> Tally:
    """What the service served of the pairs. A section that it took from elsewhere counts by what it states."""
    tally = Tally()
    for pair in pairs:
        wrong = pair.served_wrong if pair.source == "trap" else not pair.label
        tally.note(pair.source, served=pair.served, wrong=wrong)
    return tally


def compared(
    answered: Mapping[float, Sequence[Outcome]], tune: Sequence[Case], encoder: Encoder
) -> list[dict[str, object]]:
    """The table: ``gonggo`` once for each error bound it was asked with, then the baselines on the same pairs; what
    these have to choose they choose on the pairs of ``tune``."""
    asked = {
        bound: [pair for one in outcomes for pair in pairs_of(one.case, one)] for bound, outcomes in answered.items()
    }
    rows = [ours(pairs).row("gonggo", bound) for bound, pairs in sorted(asked.items())]
    test, chosen_on = next(iter(asked.values())), [pair for case in tune for pair in pairs_of(case)]
    return rows + table(trials_of(test, encoder), trials_of(chosen_on, encoder), SEED)
