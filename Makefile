# symnet's commands. `make demo` and `make test` need Python 3.10 or newer and nothing else; PYTHON chooses which:
#
#     make test PYTHON=python3.12
#
# Environments are made here and thrown away with `make clean`. A stamp in .venv remembers what is installed, so that
# nothing is installed again until constraints.txt or pyproject.toml changes.

PYTHON ?= python3
VENV ?= .venv
DEMO_VENV ?= .venv-demo
DEMO_OUT ?= demo-out

BIN := $(VENV)/bin
DEMO := $(DEMO_VENV)/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check -c constraints.txt
CODE := symnet tests proofs docs
# The tests run on all cores, each core taking more when it has done its own.
TOGETHER := -n auto --dist worksteal

.SECONDARY:
.PHONY: help demo test check bench docs clean python
.NOTPARALLEL:
.DELETE_ON_ERROR:

help:
	@echo "make demo    prove the collapse of a network and derive the sigmoid, print it and let torch witness it"
	@echo "make test    run the tests and every example of the pages"
	@echo "make check   the gate: format, lint, types, tests"
	@echo "make bench   time symnet beside SymPy and python-flint, side by side in one run"
	@echo "make docs    build the pages into docs/_build/html"
	@echo "make clean   remove the environments and everything that was built"

python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "There is no $(PYTHON) here. Install Python 3.10 or newer, or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python" >&2; \
	  exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
	  echo "$(PYTHON) is $$("$(PYTHON)" --version 2>&1), and symnet needs Python 3.10 or newer: make $(MAKECMDGOALS) PYTHON=/path/to/python" >&2; \
	  exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	  exit 1; }

$(VENV)/.made: | python
	"$(PYTHON)" -m venv --clear "$(VENV)"
	@touch "$@"

$(VENV)/.has-%: constraints.txt pyproject.toml $(VENV)/.made
	@echo "Installing symnet[$*] into $(VENV). The first time this fetches torch, which takes a while."
	"$(BIN)/python" $(PIP_INSTALL) -e '.[$*]'
	@touch "$@"

demo: python
	rm -rf "$(DEMO_VENV)" "$(DEMO_OUT)" build
	"$(PYTHON)" -m venv "$(DEMO_VENV)"
	@echo "Installing symnet into $(DEMO_VENV). This fetches torch, which takes a while."
	"$(DEMO)/python" $(PIP_INSTALL) .
	mkdir -p "$(DEMO_OUT)"
	@echo; echo "== Five layers, widths n_0 to n_5: the derivation, and torch's agreement"
	"$(DEMO)/symnet" collapse --depth 5
	"$(DEMO)/symnet" collapse --depth 5 -o "$(DEMO_OUT)/collapse-depth-5.tex"
	"$(DEMO)/symnet" collapse --depth 5 --no-check -o "$(DEMO_OUT)/collapse-depth-5.json"
	@echo; echo "== The kernel alone, on the saved file"
	"$(DEMO)/symnet" replay "$(DEMO_OUT)/collapse-depth-5.json"
	@echo; echo "== Every depth at once, by induction"
	"$(DEMO)/symnet" collapse --depth L
	"$(DEMO)/symnet" collapse --depth L --no-check -o "$(DEMO_OUT)/every-depth.tex"
	@echo; echo "== Entry by entry: the 2-2-1 network"
	"$(DEMO)/symnet" collapse --widths 2,2,1
	@echo; echo "== A sample a row: X W + b"
	"$(DEMO)/symnet" collapse --depth 2 --convention row
	@echo; echo "== The derivative of the sigmoid, step by step, and torch's autograd beside it"
	"$(DEMO)/symnet" derive sigmoid
	"$(DEMO)/symnet" derive sigmoid --no-check -o "$(DEMO_OUT)/derive-sigmoid.tex"
	@echo; echo "== A function of one's own"
	"$(DEMO)/symnet" derive "z/(1+e^(-1.702z))"
	@echo
	@if command -v pdflatex >/dev/null 2>&1; then \
	  for page in collapse-depth-5 every-depth derive-sigmoid; do \
	    (cd "$(DEMO_OUT)" && pdflatex -interaction=nonstopmode -halt-on-error $$page.tex >/dev/null) \
	      || { echo "pdflatex failed: see $(DEMO_OUT)/$$page.log" >&2; exit 1; }; \
	  done; \
	  echo "The derivations are in $(DEMO_OUT), as LaTeX and as pages: collapse-depth-5.pdf, every-depth.pdf, derive-sigmoid.pdf"; \
	else \
	  echo "The derivations as LaTeX are in $(DEMO_OUT) (no pdflatex here, so no PDFs were made)"; \
	fi

test: $(VENV)/.has-test
	"$(BIN)/python" -m pytest $(TOGETHER)

check: $(VENV)/.has-dev
	"$(BIN)/ruff" format --check $(CODE)
	"$(BIN)/ruff" check $(CODE)
	"$(BIN)/mypy"
	@# What `make test` runs, without installing again: the dev extra holds the test extra.
	"$(BIN)/python" -m pytest $(TOGETHER)

bench: $(VENV)/.has-bench
	"$(BIN)/python" tests/benchmarks/bench.py

docs: $(VENV)/.has-docs
	"$(BIN)/python" docs/activations.py
	"$(BIN)/python" -m sphinx -W --keep-going --quiet -b html docs docs/_build/html
	@echo "The pages are in docs/_build/html/index.html"

clean:
	rm -rf "$(VENV)" "$(DEMO_VENV)" "$(DEMO_OUT)" build dist docs/_build docs/activations *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
