# make run   starts the journal       make test   all checks, in a fresh environment
# make check the same checks, quick   make demo   the screens on a sample year
# make faults  kills, power cuts, full disks: all of them, a quarter of an hour
PYTHON ?= python3
VENV := .venv
FRESH := .venv-test
PIP_FLAGS := --quiet --disable-pip-version-check
# The real jrnl reads what is exported for it, in an environment of its own.
JRNL := $(PIP_FLAGS) jrnl==4.6
TINYDB_SOURCE := $(PIP_FLAGS) --constraint constraints.txt --no-deps --no-binary tinydb tinydb

.PHONY: run demo test check faults bench golden man pictures clean

run: $(VENV)/installed
	$(VENV)/bin/journal-tui

demo: $(VENV)/installed
	$(VENV)/bin/journal-tui demo

test:
	rm -rf $(FRESH)
	$(PYTHON) -m venv $(FRESH)
	$(FRESH)/bin/pip install $(PIP_FLAGS) --constraint constraints.txt --editable '.[dev]'
	$(FRESH)/bin/pip download $(TINYDB_SOURCE) --dest $(FRESH)/tinydb-source
	$(PYTHON) -m venv $(FRESH)/jrnl
	$(FRESH)/jrnl/bin/pip install $(JRNL)
	$(MAKE) --no-print-directory checks BIN=$(FRESH)/bin

check: $(VENV)/developing
	$(MAKE) --no-print-directory checks BIN=$(VENV)/bin

.PHONY: checks
checks:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	JRNL=$(abspath $(BIN)/../jrnl/bin/jrnl) $(BIN)/pytest --numprocesses auto --dist worksteal

faults: $(VENV)/developing
	FAULTS=long $(VENV)/bin/pytest tests/faults

bench: $(VENV)/developing
	$(VENV)/bin/python -m benchmarks.screens
	$(VENV)/bin/python -m benchmarks.store
	$(VENV)/bin/python -m benchmarks.packs
	$(VENV)/bin/python -m benchmarks.cli

golden: $(VENV)/developing
	GOLDEN=write $(VENV)/bin/pytest tests/ui -k 'golden or docs'
	git diff --stat tests/golden docs

man: $(VENV)/developing
	$(VENV)/bin/python docs/make_manual.py

pictures: $(VENV)/developing
	$(VENV)/bin/python docs/make_pictures.py

clean:
	rm -rf $(VENV) $(FRESH) dist build .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/pip pyproject.toml constraints.txt
	$(VENV)/bin/pip install $(PIP_FLAGS) --constraint constraints.txt --editable .
	touch $@

$(VENV)/developing: $(VENV)/bin/pip pyproject.toml constraints.txt
	$(VENV)/bin/pip install $(PIP_FLAGS) --constraint constraints.txt --editable '.[dev]'
	$(VENV)/bin/pip download $(TINYDB_SOURCE) --dest $(VENV)/tinydb-source
	$(PYTHON) -m venv $(VENV)/jrnl
	$(VENV)/jrnl/bin/pip install $(JRNL)
	touch $@
