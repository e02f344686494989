# The set-up and every check. `make interview` and `make test` are all a new machine needs.
#
#   make install EXTRAS=      leaves PyTorch and sentence-transformers out
#   make install PYTHON=...   uses that interpreter (3.11 to 3.13)

EXTRAS ?= torch
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed-$(or $(EXTRAS),plain)
DEVELOP := $(VENV)/.develop-$(or $(EXTRAS),plain)
READY := $(VENV)/.ready-$(firstword $(shell printf '%s' "$$COACH_HOME" | cksum))
comma := ,

.PHONY: help interview install test check format bench soak fuzz pictures clean

help:
	@echo "make interview   set up what is missing and open the interview"
	@echo "make install     set up: environment, packages, language model, index"
	@echo "make test        all tests      make check   format, lint, types, imports, cards"
	@echo "make bench       speed, as ratios measured side by side"
	@echo "make soak        long runs      make clean   remove the environment"

interview: $(READY)
	@$(BIN)/coach interview

install: $(INSTALLED)
	@$(BIN)/coach model pull
	@$(BIN)/coach index ensure
	@touch $(READY)

# Set up for this COACH_HOME: the next `make interview` opens at once.
$(READY): $(INSTALLED)
	@$(MAKE) --no-print-directory install

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed: https://www.python.org/downloads/"; exit 3; }
	@echo "[1/3] Making the environment in $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml | $(BIN)/python
	@echo "[2/3] Installing packages (PyTorch and sentence-transformers: $(if $(EXTRAS),yes,no))"
	@$(BIN)/python -m pip install --disable-pip-version-check --only-binary :all: -e '.$(if $(EXTRAS),[$(EXTRAS)])' \
		| awk '/^(Collecting|Successfully)/ { print "  " substr($$0, 1, 100); fflush() }'
	@test -x $(BIN)/coach
	@echo "[3/3] Language model and index"
	@touch $@

$(DEVELOP): pyproject.toml | $(INSTALLED)
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --disable-pip-version-check --only-binary :all: -q -e '.[dev$(if $(EXTRAS),$(comma)$(EXTRAS))]'
	@touch $@

# Three at once on two cores: some tests wait for a limit of time.
test: install $(DEVELOP)
	$(BIN)/pytest -m "not soak" -n 3 --dist worksteal

check: $(DEVELOP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/coach cards lint

format: $(DEVELOP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install $(DEVELOP)
	$(BIN)/python -m bench

soak: install $(DEVELOP)
	$(BIN)/pytest -m soak

fuzz: $(DEVELOP)
	HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest tests -k "property or fuzz" -m "not soak and not real_model"

pictures: install $(DEVELOP)
	$(BIN)/python scripts/screenshots.py
	$(BIN)/python scripts/record.py

clean:
	rm -rf $(VENV)
