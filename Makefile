# make serve   the chat page and the API on http://127.0.0.1:8000, over the sample documents
# make test    linters, types, import contracts and all tests
# Both make the environment first: they need make and a Python of 3.11 or newer, nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test check browser tree format eval wheel clean

# One thread for the numeric libraries: on a busy machine more of them are slower.
export OMP_NUM_THREADS ?= 1
export TOKENIZERS_PARALLELISM ?= false
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --constraint constraints.txt
CORE := .venv/.installed-core
DEV := .venv/.installed-dev
SAMPLES := .kysy/.samples
CHROMIUM := /usr/bin/chromium
# What the index of the samples is made of: the documents and the code and model that read them.
SOURCES := $(shell find corpus embeddings -type f -not -path '*/__pycache__/*' -not -path '*/training/*' 2>/dev/null)

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14

serve: $(SAMPLES) ## serve the sample documents on http://127.0.0.1:8000
	@$(BIN)/kysy serve --data .kysy

test: $(DEV) browser ## linters, types, import contracts and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest

check: test ## the same as make test

tree: $(DEV) ## write the tree of the repository into the README
	$(BIN)/python -m tests.project_tree

format: $(DEV) ## format the code and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: $(SAMPLES) $(DEV) ## score the questions over the sample documents
	$(BIN)/kysy eval run eval/sets/sample.jsonl --data .kysy
	$(BIN)/kysy index corpus/samples eval/sets/hostile --data .cache/hostile
	$(BIN)/kysy eval run eval/sets/hostile.jsonl --data .cache/hostile

wheel: $(CORE) ## build the wheel into dist/
	@rm -rf build
	$(BIN)/python -m pip wheel -qq --no-deps --wheel-dir dist .
	@ls dist/*.whl

clean: ## remove the environment, the sample index and the caches
	rm -rf .venv .kysy .cache build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(SAMPLES): $(CORE) $(SOURCES)
	$(BIN)/kysy index corpus/samples --data .kysy
	@touch $@

# The first Python of 3.11 or newer that runs; PYTHON=... chooses another.
.venv/bin/python:
	@python=; for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	    if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Kysy needs Python 3.11 or newer: install it, or name it with make PYTHON=..." >&2; exit 1; fi; \
	echo "Making the environment .venv with $$python"; \
	$$python -m venv .venv || { rm -rf .venv; \
	    echo "$$python cannot make an environment: install its venv module (Debian: python3-venv)" >&2; exit 1; }

# The core alone serves: no torch, no test tools.
$(CORE): pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing Kysy"
	@$(PIP) --editable .
	@touch $@

$(DEV): pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing Kysy with everything its tests need (a few minutes the first time)"
	@$(PIP) --editable '.[dev]'
	@touch $(CORE) $@

# The page is tested in a real browser.
browser:
	@if [ ! -x $(CHROMIUM) ]; then \
	    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	        echo "Installing chromium for the browser tests"; \
	        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	    else \
	        echo "The browser tests need $(CHROMIUM): install the package chromium" >&2; exit 1; \
	    fi; \
	fi
