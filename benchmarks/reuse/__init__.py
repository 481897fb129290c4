"""Evaluation of reuse: traps that change one fact, honest rewordings, and what other policies would have served."""
