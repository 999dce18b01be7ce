# Two commands do everything: `make run` and `make test`. Each installs what it needs first.

.DEFAULT_GOAL := help
.PHONY: help run test lint faults bench lock pictures places citizen-pictures clean
VENV := .venv
PY := $(VENV)/bin/python
FLASK := $(VENV)/bin/flask --app wsgi
PORT ?= 8000
export PORT PYTHONWARNINGS = ignore::SyntaxWarning
# Without compiled code each of the many processes that the tests start compiles the whole product for itself.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

run: $(VENV)/run.done node_modules/.done .env ## install, create the database and the demo, serve on 127.0.0.1:$(PORT)
	@exec $(FLASK) up

test: $(VENV)/test.done node_modules/.done tests/openapi/node_modules/.done tests/oidc/node_modules/.done ## install what the tests need and run them all: lint, types, contracts, tests
	@sh scripts/ensure-chromium.sh
	@sh scripts/ensure-kannel.sh
	@$(MAKE) --no-print-directory lint
	$(PY) -m pytest -n 2 --dist worksteal

lint: $(VENV)/test.done ## style, types, import contracts
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

faults: $(VENV)/test.done ## a minute of killed processes and cut connections on each database, every message accounted for
	FAULT_SECONDS=60 $(PY) -m pytest tests/crash -q -s

bench: $(VENV)/test.done node_modules/.done ## ratios measured in one run: throughput, bytes, queries, memory
	$(PY) -m bench

pictures: $(VENV)/test.done node_modules/.done ## the screenshots in docs/pictures, from the running product
	@sh scripts/ensure-chromium.sh
	$(PY) -m scripts.pictures

places: $(VENV)/test.done node_modules/.done ## which text stands on which page, into portal/content
	$(PY) -m scripts.places

citizen-pictures: $(VENV)/test.done node_modules/.done tests/oidc/node_modules/.done ## every page of a citizen, in docs/pictures/citizen
	@sh scripts/ensure-chromium.sh
	$(PY) -m scripts.citizen_pictures

lock: ## after a change of dependencies in pyproject.toml (needs uv)
	uv pip compile $(LOCK) pyproject.toml -o requirements/run.lock
	uv pip compile $(LOCK) --extra production pyproject.toml -o requirements/production.lock
	uv pip compile $(LOCK) --extra production --extra test pyproject.toml -o requirements/test.lock
	uv pip compile $(LOCK) requirements/node.in -o requirements/node.lock
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q

clean: ## remove what was installed and built, keep the data
	rm -rf $(VENV) node_modules tests/*/node_modules var

$(VENV)/bin/python:
	@sh scripts/make-venv.sh $(VENV)

$(VENV)/run.done: requirements/run.lock | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	@touch $@

$(VENV)/test.done: requirements/test.lock | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.lock
	@touch $@ $(VENV)/run.done

node_modules/.done: package-lock.json | $(VENV)/bin/python
	@sh scripts/npm.sh ci --no-progress --loglevel=error
	@touch $@

tests/%/node_modules/.done: tests/%/package-lock.json | $(VENV)/bin/python
	@sh scripts/npm.sh ci --prefix tests/$* --no-progress --loglevel=error
	@touch $@

.env:
	@$(PY) scripts/make_secrets.py .env
