"""The encoder: batches shared by concurrent callers, and which representation finds the right neighbour."""
