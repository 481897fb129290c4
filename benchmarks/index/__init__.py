"""The vector index against bare FAISS: ``python -m benchmarks.index``.

data     clustered vectors, seeded, any batch of them at any time · real section vectors and perturbed copies
bare     FAISS alone, with the same parameters
measure  search, recall, reload, adding while searching
memory   resident memory, each index in a process of its own
graph    an inverted file beside HNSW
plot     how it grows, log-log
"""
