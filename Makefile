# Two commands matter: `make run` shows everything, `make test` checks everything. Both set up what they need.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PYTHON := $(if $(PYTHON),$(PYTHON),python3)
BIN := .venv/bin
ONCE ?=
ARGS ?=

.PHONY: run test lint format types layers check-all setup clean

run: setup
	@$(BIN)/rivalwatch demo $(if $(ONCE),--once) $(ARGS)

test: setup
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: setup
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

types: setup
	@$(BIN)/mypy

layers: setup
	@$(BIN)/lint-imports --no-cache

check-all: lint types layers test

setup:
	@$(PYTHON) tools/setup.py

clean:
	rm -rf .venv data .mypy_cache .ruff_cache .pytest_cache .hypothesis
