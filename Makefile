# Greenshoots: `make demo` to try it, `make test` to check it. Both can be run again at no harm.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# An index with torch's CPU build, where there is one (see "Installing" in the README).
TORCH_INDEX ?=
# Processes that share the tests. Each may hold a model and a browser: about 2 GB.
JOBS ?= 2
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help demo test check fuzz benchmark lock clean

help:
	@echo "make demo   everything on an invented study, in your browser"
	@echo "make test   the whole suite: style, types, import order, tests"
	@echo "make check  style, types and import order alone"
	@echo "make fuzz   20,000 random files a format against the readers; FORMAT=docx tries one alone"
	@echo "make benchmark   beside ordinary tools, into docs/benchmarks.md; DATA=folder for outside corpora"
	@echo "make lock   write constraints.txt anew from what is installed"

$(VENV)/installed: pyproject.toml constraints.txt hatch_build.py package.json package-lock.json
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Greenshoots needs Python 3.11 or later.")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --constraint constraints.txt $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch==2.13.0
	$(PIP) install --quiet --constraint constraints.txt --editable ".[test]"
	@touch $@

demo: $(VENV)/installed
	$(BIN)/greenshoots demo

check: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadgroup

# A format at a time can be left and taken up again: what was found is tried first.
fuzz: $(VENV)/installed
	$(BIN)/python -m pytest tests/transcripts/test_fuzz.py --hypothesis-profile=fuzz --timeout=0 -v \
	  -k "every_reader $(if $(FORMAT),and $(FORMAT))"

# BERTopic and what it needs are there for this alone; no pin of the product changes with it.
$(VENV)/benchmark: $(VENV)/installed
	$(PIP) install --quiet --constraint constraints.txt --editable ".[test,benchmark]"
	@touch $@

# PARTS="embedding themes" measures these alone; the figures of the others stay as they are.
benchmark: $(VENV)/benchmark
	$(BIN)/python -m benchmarks --write $(if $(DATA),--data $(DATA)) $(if $(PARTS),--only $(PARTS))

lock: $(VENV)/installed
	$(PIP) install --quiet --constraint constraints.txt --editable ".[test,benchmark]"
	echo '# Every package, pinned. `make lock` writes this anew.' > constraints.txt
	$(PIP) freeze --exclude-editable | sed 's/^torch==.*/torch==2.13.0/' >> constraints.txt

clean:
	rm -rf $(VENV) build dist node_modules api/static/vendor
