# The same words locally and in CI; each target does the set-up it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
MODEL := models/multilingual-e5-small/manifest.json
export GONGGO_DATA_DIR ?= data

.PHONY: setup run test check stress bench clean

setup: $(STAMP) $(MODEL)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("gonggo needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[models]' --group dev
	touch $@

$(MODEL): | $(STAMP)
	$(BIN)/gonggo models fetch

run: setup
	$(BIN)/gonggo serve

test: setup
	$(BIN)/python -m pytest -m 'not stress'

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell README.md CHANGELOG.md CONTRIBUTING.md docs cache_service embeddings index

stress: setup
	$(BIN)/python -m pytest -m stress --timeout 1800

bench: setup
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) models
