# make serve: build the guide and show it.   make test: run every test.   make help: all there is.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
PORT ?= 8000
READY := $(VENV)/.ready
# What rests on rows, locks and moments. The other tests of the desk pass there too (see CONTRIBUTING.md), and take long.
DESK := tests/provider_forms
ON_POSTGRESQL := $(DESK)/desk --ignore=$(DESK)/desk/test_mail.py --ignore=$(DESK)/desk/test_payload.py $(DESK)/test_cli.py \
	$(DESK)/backup/test_destroyed.py $(DESK)/backup/test_older.py \
	$(DESK)/backup/test_killed_halfway.py::test_killed_restore_leaves_the_old_instance_or_the_new \
	$(DESK)/press/test_press.py $(DESK)/staff/test_rounds.py $(DESK)/staff/test_deciding.py $(DESK)/provider/test_send.py
SOURCES := build.py wmo_guide provider_forms tests bench tools

.PHONY: help serve build test postgresql check exam bench format lock clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "Python 3.11, 3.12 of 3.13 is nodig. Noem er een: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Eenmalig klaarzetten (ongeveer een minuut)..."
	@[ ! -L $(VENV) ] || rm $(VENV)  # a link leads to somebody else's environment, which must not be cleared
	$(PYTHON) -m venv --clear $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

serve: $(READY) ## build the guide and serve it on http://127.0.0.1:8000/ (PORT=... changes it)
	@PORT=$(PORT) exec $(RUN) -m provider_forms

build: $(READY) ## build the guide into site/current
	@$(RUN) build.py

test: $(READY) ## run every test, in a real browser too
	@$(RUN) -m tools.browser
	@$(RUN) -m tools.nu
	@$(RUN) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

postgresql: $(READY) ## run the desk's tests on PostgreSQL, on a server of their own
	@$(RUN) -m tools.postgresql $(RUN) -m pytest --quiet --numprocesses auto --maxprocesses 4 $(ON_POSTGRESQL)

check: $(READY) ## lint, formatting and types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

exam: $(READY) ## ask the search what residents ask (ARGS="-v" shows each miss)
	@$(RUN) -m tools.browser
	@$(RUN) -m tools.exam $(ARGS)

bench: $(READY) ## measure how fast and how light the guide is
	@$(RUN) -m bench.run
	@$(RUN) -m bench.publishing
	@$(RUN) -m bench.load
	@$(RUN) -m tools.browser
	@$(RUN) -m bench.search

format: $(READY) ## put the code in its one format
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

lock: ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --upgrade -o requirements.lock

clean: ## remove the environment, caches and built sites
	rm -rf $(VENV) var site/releases site/current site/.lock
