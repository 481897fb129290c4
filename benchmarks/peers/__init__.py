"""Other caches for language models, each from a virtual environment of its own, as servers to measure against.

``python -m venv /tmp/litellm && /tmp/litellm/bin/pip install 'litellm[proxy]'`` and ``python -m venv /tmp/gptcache &&
/tmp/gptcache/bin/pip install gptcache 'openai<1' fastapi uvicorn[standard] faiss-cpu sqlalchemy cachetools onnxruntime
tokenizers``: neither goes with this project's own requirements.
"""
