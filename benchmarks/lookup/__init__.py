"""What a lookup costs over the encoder and the index that it cannot do without. Run ``python -m benchmarks.lookup``."""
