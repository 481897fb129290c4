"""Measurements. ``python -m benchmarks`` runs all; figures go to ``results/`` and, with how they were obtained, to
``docs/benchmarks.md``. Real postings are read from ``../shared/data`` where that exists and never copied."""
