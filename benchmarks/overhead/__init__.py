"""What the service costs besides the work: repeats and other hits over HTTP beside bare endpoints and beside peers.

``python -m benchmarks.overhead [--wrk PATH] [--litellm VENV] [--gptcache VENV]``; results go to
``results/overhead.json``. The load is a closed loop of wrk (``apt install wrk``), one thread, at 1, 16 and 64
connections, after a warm-up, in interleaved rounds of which medians are reported; every server is one uvicorn process
with the settings of ``gonggo serve``. See ``benchmarks.peers`` for how the peers are installed.
"""
