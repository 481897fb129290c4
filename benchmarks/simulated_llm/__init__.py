"""A simulated language model behind a real OpenAI-compatible endpoint, for measuring what stands before it.

    python -m benchmarks.simulated_llm --port 9001 --model quality
    python -m benchmarks.simulated_llm --port 9002 --model fast --slots 8 --lies 0.2 --outage 60-90

It stands in because no large model runs on the machines that measure, and a real one neither lies at a known rate nor
fails on time. The network, the protocol and the waiting are real.

``profile`` how fast and how badly it behaves · ``writing`` what it writes, from the prompt alone · ``server``
the endpoint.
"""
