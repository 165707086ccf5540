# Every command a developer needs. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
ENGINES := .engines
# Tests on every core; what a process is done with it takes from the others, so that tests which share a world stay together.
SPREAD := --numprocesses auto --dist worksteal

# Some shells forbid what makes every start of Python three times as fast.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install engines run check test openapi bench build clean

help: ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(BIN)/.done $(ENGINES)/.done ## make .venv and fetch the local engines

$(BIN)/.done: requirements.txt requirements-dev.txt requirements-faces.txt constraints.txt
	@echo "Installing into .venv, about a minute the first time ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@

$(ENGINES)/.done: infra/engines/requirements.txt infra/engines/package.json
	@echo "Fetching the local engines into .engines ..."
	@mkdir -p $(ENGINES)
	@$(PYTHON) -m venv $(ENGINES)/venv
	@$(ENGINES)/venv/bin/python -m pip install --quiet --disable-pip-version-check -r infra/engines/requirements.txt
	@cp infra/engines/package.json $(ENGINES)/
	@cd $(ENGINES) && npm install --silent --no-audit --no-fund --no-package-lock || echo "dynoxide has no binary here: see docs/running.md for the alternatives"
	@touch $@

run: install ## the whole system on this machine: http://127.0.0.1:8000
	@$(BIN)/python -m infra.local --port $${PORT:-8000} --data $${DATA:-.local}

check: install ## format, lint, types, unit and architecture tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q $(SPREAD) tests/unit tests/architecture

test: install ## every test
	$(BIN)/python -m pytest -q $(SPREAD) --durations=20 tests

bench: install ## figures against bare boto3 in the same run, some minutes; BENCH=--quick for fewer
	$(BIN)/python -m bench $(BENCH)

openapi: install ## write the index of routes and docs/openapi.json anew
	$(BIN)/python -m infra.openapi

build: install ## the deployment package and template in out/prod
	$(BIN)/python -m infra.build --stage prod

clean: ## forget everything made here, the local data too
	rm -rf .venv .engines .local out
