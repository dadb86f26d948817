# Everything here works in a fresh clone with nothing activated: each target first makes
# sure of its own environment in .venv, filled from requirements.lock and nothing else;
# what tests and extras need comes on top, from requirements-dev.lock, where it is needed.
# Paths are relative, so the folder may be called anything, spaces and [ ] * ? included.

PYTHON ?= python3

# Where bytecode is not kept, each of the hundreds of processes below compiles all anew.
unexport PYTHONDONTWRITEBYTECODE

# A .venv that is a link belongs to somebody else: it is used as it is.
LINKED := $(shell test -L .venv && echo yes)
READY := $(if $(LINKED),,.venv/ready)
DEV := $(if $(LINKED),,.venv/ready-dev)
LOCKED := .venv/requirements.lock
UV := .uv/bin/uv

# Make compares dates. It cannot see that an install was interrupted, that the Python
# behind .venv has gone, or that the folder was moved (commands in .venv know their own
# address). So we look, and start again where something is wrong.
SOUND := $(shell { test "$$(cat .venv/place)" = "$$(pwd -P)" \
	&& .venv/bin/python -c ''; } 2>/dev/null && echo yes)
ifneq ($(SOUND),yes)
.PHONY: $(LOCKED)
endif

.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help
.PHONY: help env dev book epub pdf publish reproduce newest test mutants unit lint format bench check notebooks lab lock clean distclean

help: ## say what can be made (this list)
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' Makefile

env: $(READY) ## create .venv with what the book needs

dev: $(DEV) ## add what tests, JupyterLab and the other extras need

book: $(READY) ## build the book: _build/html/index.html
	.venv/bin/sourcebook build

epub: $(READY) ## the reading edition for e-readers, in _build/epub
	.venv/bin/sourcebook epub

pdf: $(DEV) ## the reading edition for paper, in _build/pdf (needs Chromium)
	.venv/bin/sourcebook pdf

publish: $(DEV) ## the book with its reading edition linked, as readers get it
	.venv/bin/sourcebook pdf  # from the pages of the EPUB, which it makes
	.venv/bin/sourcebook build

reproduce: $(READY) ## build the book twice, elsewhere, and compare every byte
	.venv/bin/sourcebook reproduce

newest: book .uv/newest/ready ## build with the newest Sphinx instead, and compare
	.venv/bin/sourcebook reproduce --under .uv/newest/bin/python

test: book $(DEV) ## test everything: code, notebooks, the built book
	.venv/bin/pytest src tests -m "not browser" -n $(WORKERS) --dist loadfile
	.venv/bin/pytest $(IN_BROWSER) -m browser -n $(WORKERS) --dist worksteal
	.venv/bin/pytest --nbval notebooks -n $(WORKERS) --dist loadfile

# One more than there are processors, for a third of the time is spent waiting for
# kernels, ports and pages; each takes up to half a gigabyte.
WORKERS = $$(.venv/bin/python -c 'import os; print(min(os.cpu_count() + 1, 8))')

# To read all other tests as well, only to leave them out, takes each worker half a minute.
IN_BROWSER = $$(grep -rl --include='test_*.py' 'mark\.browser' tests | LC_ALL=C sort)

mutants: $(DEV) ## plant small lies in the code, count what the tests notice (SEED=2)
	PYTHONPATH=src .venv/bin/python tests/mutants.py $(if $(SEED),--seed $(SEED))

unit: $(DEV) ## test the code alone, in seconds
	.venv/bin/pytest src tests -m "not book and not browser and not slow"

lint: $(DEV) ## style, types, and who may import whom
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache --no-logo

format: $(DEV) ## bring the code into the house style
	.venv/bin/ruff check --fix-only
	.venv/bin/ruff format

bench: $(DEV) ## measure how fast this is (hours; ONLY="cold nothing", PAIRS=3)
	PYTHONPATH=src:tests .venv/bin/python -m bench \
		$(if $(ONLY),--only $(ONLY)) $(if $(PAIRS),--pairs $(PAIRS))

check: $(READY) ## check every sheet, question and chapter, without building
	.venv/bin/sourcebook check

notebooks: $(READY) ## run every notebook again and write its outputs
	.venv/bin/sourcebook notebooks --fresh

lab: $(DEV) ## open the notebooks in JupyterLab
	.venv/bin/jupyter lab

lock: $(UV) ## pin the dependencies of pyproject.toml (UPGRADE=1: newest)
	$(COMPILE) --all-extras --group build $(if $(UPGRADE),--upgrade) \
		--output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --group build --constraint requirements-dev.lock --no-annotate \
		--output-file requirements.lock pyproject.toml
	$(COMPILE) --group tools $(if $(UPGRADE),--upgrade) \
		--output-file requirements-uv.lock
	printf '%s\n' $(BEYOND) | $(COMPILE) --group build --override - --no-annotate \
		$(if $(UPGRADE),--upgrade) --output-file requirements-newest.lock pyproject.toml
	for lock in requirements*.lock; do \
		$(COMPILE) --no-deps --format pylock.toml "$$lock" || exit; done >.uv/picks
	awk "$$FIRST_DAYS" .uv/picks | tr -d '"' | LC_ALL=C sort >tests/release_days.txt

clean: ## remove what was built
	rm -rf _build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) \
		-prune -exec rm -rf {} +

distclean: clean ## remove what was built and the environment
	rm -rf .venv .uv

COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --only-binary :all: --generate-hashes --no-emit-index-url --no-header

# What Jupyter Book 1 keeps at the state of 2024, as new as it comes: a way out of it.
BEYOND := 'sphinx>=9' 'myst-parser>=5' 'sphinx-book-theme>=1.4'

# The day on which the first file of each pick was published, as the index tells it.
define FIRST_DAYS
$$1 == "name" { name = $$3 }
$$1 == "version" { pick = name "==" $$3 }
match($$0, /upload-time = /) {
	day = substr($$0, RSTART + RLENGTH, 10)
	if (!(pick in first) || day < first[pick]) first[pick] = day
}
END { for (pick in first) print pick, first[pick] }
endef
export FIRST_DAYS

FIT = "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Python 3.11 or later is needed; '$(PYTHON)' is" \
		"$$(command -v "$(PYTHON)" >/dev/null && "$(PYTHON)" --version 2>&1 \
			|| echo 'not there')"; \
	echo "  fix: install one, or name it: make PYTHON=/path/to/python3.12"; \
	exit 1; } >&2

# uv itself, pinned by its hash; with it the rest takes seconds.
$(UV): requirements-uv.lock
	@$(FIT)
	@rm -rf .uv
	@"$(PYTHON)" -m venv .uv
	@.uv/bin/python -m pip install -qq --no-compile --only-binary :all: \
		--require-hashes -r requirements-uv.lock
	@touch $@

# Beside the environment of the book, never in its place: it is there to be compared with.
.uv/newest/ready: requirements-newest.lock pyproject.toml | $(UV)
	@$(FIT)
	@rm -rf .uv/newest
	@"$(PYTHON)" -m venv --without-pip .uv/newest
	@$(UV) pip install --quiet --python .uv/newest --only-binary :all: --require-hashes \
		--no-deps -r requirements-newest.lock
	@$(UV) pip install --quiet --python .uv/newest --no-deps --no-build-isolation --editable .
	@touch $@

ifndef LINKED
# Two makes at once must not delete each other's environment, nor one that a build is
# using: each step holds the book, as a build does. What another make did meanwhile stands.
ALONE := "$(PYTHON)" -P src/sourcebook/running/build_lock.py
INSTALL := $(UV) pip install --quiet --python .venv --only-binary :all: --require-hashes
define FILL
if { test "$$(cat .venv/place)" = "$$(pwd -P)" && .venv/bin/python -c '' \
	&& cmp requirements.lock $(LOCKED); } >/dev/null 2>&1; then
	test $(LOCKED) -nt requirements.lock || touch $(LOCKED)
	exit
fi
echo "Filling .venv from requirements.lock ..."
rm -rf .venv
"$(PYTHON)" -m venv --without-pip .venv
$(INSTALL) -r requirements.lock
pwd -P > .venv/place
cp requirements.lock $(LOCKED)
endef
define LINK
if test .venv/ready -nt $(LOCKED) && test .venv/ready -nt pyproject.toml; then exit; fi
$(UV) pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
mkdir -p .venv/share/jupyter/labextensions
ln -sfn "$$(pwd -P)"/src/lab/share/jupyter/labextensions/* .venv/share/jupyter/labextensions/
faults=$$($(UV) pip check --python .venv 2>&1) || { echo "$$faults"; echo "  fix: make lock"; exit 1; } >&2
touch .venv/ready
endef
define MORE
if test .venv/ready-dev -nt .venv/ready && test .venv/ready-dev -nt requirements-dev.lock; then exit; fi
echo "Adding to .venv from requirements-dev.lock ..."
$(INSTALL) -r requirements-dev.lock
touch .venv/ready-dev
endef
export FILL LINK MORE

# Filled anew whenever the lock's content changes: nothing left over, nothing missing.
# Wheels only, because building one would fetch its tools unpinned.
$(LOCKED): requirements.lock | $(UV)
	@$(FIT)
	@$(ALONE) sh -ec "$$FILL"

# The package itself, as a link to src/: an edit there needs no new install.
$(READY): $(LOCKED) pyproject.toml | $(UV)
	@$(ALONE) sh -ec "$$LINK"

$(DEV): $(READY) requirements-dev.lock | $(UV)
	@$(ALONE) sh -ec "$$MORE"
endif
