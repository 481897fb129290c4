"""What became of the texts that a `BatchingEncoder` was given."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class BatchingStats:
    """Counts since the start; written from one event loop.

    `sizes`: batches by their size, rounded up to a power of two. `shared`: texts that another call was waiting for
    already. `skipped`: texts whose callers had gone before their turn. `refused`: texts of calls that found the
    queue full. `failed`: texts answered with an error.
    """

    batches: int = 0
    texts: int = 0
    largest: int = 0
    failed: int = 0
    shared: int = 0
    skipped: int = 0
    refused: int = 0
    sizes: Counter[int] = field(default_factory=Counter)

    def ran(self, texts: int, failed: int) -> None:
        """Note a batch of `texts`, `failed` of them answered with an error."""
        self.batches += 1
        self.texts += texts
        self.failed += failed
        self.largest = max(self.largest, texts)
        self.sizes[1 << (texts - 1).bit_length()] += 1

    def as_json(self) -> dict[str, object]:
        """All of it, for people to look at."""
        return {
            "batches": self.batches,
            "texts": self.texts,
            "batch_size": {
                "mean": round(self.texts / self.batches, 2) if self.batches else None,
                "largest": self.largest,
                "up_to": {str(size): self.sizes[size] for size in sorted(self.sizes)},
            },
            "shared": self.shared,
            "skipped": self.skipped,
            "refused": self.refused,
            "failed": self.failed,
        }
