"""The embedder to change to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.embeddings.embedding_server import EmbeddingServer, running_embedding_server


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    """An embedding server of another dimension than the hashing encoder."""
    with running_embedding_server() as running:
        yield running
