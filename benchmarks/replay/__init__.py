"""How long people wait: requests built from real postings, at recorded times, against simulated models.

    python -m benchmarks.replay [--count 500] [--rate 1] [--duplicates 0 0.3 0.7] [--language ko] [--baseline]

For each share of near duplicates the service starts with an empty cache. ``workload`` makes the requests.
"""
