.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SOURCES := bot handlers storage tests

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: install
install: $(STAMP) chromium libreoffice ## Create .venv and install everything that is pinned in requirements-dev.txt
	@:

# The chat page is tested in a real browser. Where we may, it is installed; otherwise it is said in one sentence.
BROWSERS := chromium chromium-browser google-chrome
.PHONY: chromium
chromium:
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	may=; test "$$(id -u)" = 0 || may="sudo -n"; \
	if command -v apt-get >/dev/null && $$may true 2>/dev/null; then \
		{ $$may apt-get update -qq && $$may apt-get install -y -qq --no-install-recommends chromium </dev/null; } >/dev/null 2>&1 && exit 0; \
	fi; \
	echo "Chromium is missing, so the tests of the chat page cannot run: please install it (on Debian and Ubuntu: apt install chromium)." >&2

# Workbooks and documents are opened in a real office program.
OFFICE := libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils
.PHONY: libreoffice
libreoffice:
	@command -v soffice >/dev/null && command -v pdftotext >/dev/null && exit 0; \
	may=; test "$$(id -u)" = 0 || may="sudo -n"; \
	if command -v apt-get >/dev/null && $$may true 2>/dev/null; then \
		{ $$may apt-get update -qq && $$may apt-get install -y -qq --no-install-recommends $(OFFICE) </dev/null; } >/dev/null 2>&1 && exit 0; \
	fi; \
	echo "LibreOffice is missing, so the tests of documents cannot run: please install it (on Debian and Ubuntu: apt install $(OFFICE))." >&2

$(STAMP): requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Please install Python 3.11 or newer, or say where it is with 'make PYTHON=/path/to/python install'." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tiếng Cơ Sở needs Python 3.11 or newer, but $(PYTHON) is $$($(PYTHON) --version 2>&1): please name a newer one, as in 'make PYTHON=python3.12 install'." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make virtual environments: please install its venv module (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: demo
demo: install ## Try the assistant on a page of this machine, on made-up data (PORT to change 8080)
	@$(BIN)/python -m bot demo

.PHONY: demo-reset
demo-reset: install ## Start the demo over with fresh made-up data
	@$(BIN)/python -m bot demo --reset

.PHONY: test
test: lint types ## Everything that must pass: lint, types, tests
	$(BIN)/pytest -q -n auto --dist loadfile

# How often the program is killed in each of four ways (two databases, polling and webhook), by how many chairs it is
# used meanwhile, and the seed that says when: TCS_SEED of a failed night repeats its moments.
KILLS ?= 100
CHAIRS ?= 200
.PHONY: nightly
nightly: install ## What takes too long for every day: hundreds of kills, disks full, databases away
	TCS_KILLS=$(KILLS) TCS_CHAIRS=$(CHAIRS) TCS_SEED=$${TCS_SEED:-$$(date +%F)} \
		$(BIN)/pytest -q -m "nightly or nightly_too" -rP -n 2 tests/end_to_end

UPDATES ?= 1000000
.PHONY: soak
soak: install ## Two months in fast motion (UPDATES messages): nothing may grow, stay or get lost
	$(BIN)/python -m tests.soak --updates $(UPDATES)

.PHONY: lint
lint: install ## Check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: format
format: install ## Fix style and formatting where that can be done by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: types
types: install ## Check types
	$(BIN)/mypy

# Versions that are locked already stay; `make lock UPGRADE=--upgrade` takes newer ones.
UPGRADE ?=
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-index-annotation --strip-extras $(UPGRADE)

.PHONY: lock
lock: ## Pin all dependencies with hashes in the requirements files
	@test -x $(BIN)/uv || { test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; }
	$(COMPILE) pyproject.toml --extra pg --extra dev -o requirements-dev.txt
	$(COMPILE) pyproject.toml --extra pg -c requirements-dev.txt -o requirements.txt
	$(COMPILE) --group bench -o requirements-bench.txt

BENCHMARKS := load broadcast digest imports notices papers startup ticks web
# What goes to each of them: --check to fail when a ratio fell behind the recorded one, --record to record new ones.
BENCH ?=
.PHONY: bench
bench: $(VENV)/bench/.installed ## Measure load, broadcast, import, start and the chat page, beside others (some minutes)
	@mkdir -p build; status=0; for name in $(BENCHMARKS); do \
		$(BIN)/python -m benchmarks.$$name --json build/bench-$$name.json $(BENCH) || status=1; echo; \
	done; exit $$status

$(VENV)/bench/.installed: $(STAMP) requirements-bench.txt
	@test -x $(VENV)/bench/bin/python || $(BIN)/python -m venv $(VENV)/bench
	$(VENV)/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

BABEL := $(BIN)/pybabel --quiet
POT := locales/messages.pot
# Dates and versions would change with every run, and the rest of these lines is never filled in.
TIDY := sed -i.orig -E -e '/^"(POT-Creation-Date|PO-Revision-Date|Report-Msgid-Bugs-To|Last-Translator|Language-Team|Generated-By):/d' \
	-e 's/^("Project-Id-Version: .*) VERSION\\n"/\1\\n"/'

.PHONY: messages
messages: install ## Collect the texts to translate into locales/
	@mkdir -p locales/vi/LC_MESSAGES locales/en/LC_MESSAGES
	$(BABEL) extract --mapping-file babel.cfg --no-default-keywords --keywords _ --keywords _n:1,2 --no-location \
		--sort-by-file --no-wrap --project "Tiếng Cơ Sở" --header-comment "# Texts of Tiếng Cơ Sở, under the Apache License 2.0." \
		--output-file $(POT) .
	@for lang in vi en; do \
		po=locales/$$lang/LC_MESSAGES/messages.po; \
		if test -f $$po; then \
			$(BABEL) update --locale $$lang --input-file $(POT) --output-file $$po --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
		else \
			$(BABEL) init --locale $$lang --input-file $(POT) --output-file $$po --no-wrap || exit 1; \
		fi; \
	done
	@for file in $(POT) locales/*/LC_MESSAGES/messages.po; do $(TIDY) $$file && rm $$file.orig; done

.PHONY: talks
talks: install ## Rewrite the recorded conversations after a wanted change, then read the diff
	$(BIN)/pytest -q tests/test_talks.py --update-talks

.PHONY: clean
clean: ## Remove .venv and everything made by tools (keeps data/)
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
