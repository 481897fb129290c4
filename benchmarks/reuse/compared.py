"""Our answers and the baselines' decisions on the same pairs, in one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.reuse.baselines import Tally, Trial, table
from benchmarks.reuse.embedding_only import encoded
from benchmarks.reuse.pairs import Pair
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
    answered: Mapping[float | None, Sequence[Pair]], tune: Sequence[Pair], encoder: Encoder
) -> list[dict[str, object]]:
    """The table: ``gonggo`` once for each ``max_error`` it was asked with (None: the service's own setting), then the
    baselines on the same pairs."""
    rows = [ours(pairs).row("gonggo", bound) for bound, pairs in answered.items()]
    test = next(iter(answered.values()))
    return rows + table(trials_of(test, encoder), trials_of(tune, encoder), SEED)
