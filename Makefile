# Chamberbook 商会名录. Needs make and Python 3.11 or newer; everything else goes into .venv.

VENV := .venv
BIN := $(VENV)/bin
# The first interpreter that is new enough; `make PYTHON=/path/to/python3 site` chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# MkDocs prints a notice about its next major version otherwise.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site serve demo records check test lowest fuzz faults twice mutants bench schema catalogs lock sbom audit clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "make %-8s %s\n", $$1, $$2 }'

site: $(VENV)/site.stamp ## build the directory into site/
	$(BIN)/python build.py

serve: $(VENV)/site.stamp ## preview on http://127.0.0.1:8000/ and rebuild on each edit
	$(BIN)/python build.py serve

# The day is fixed: the samples show an award in force, one about to end and one that has ended.
demo: $(VENV)/site.stamp ## build the sample directory of examples/ into site-demo/
	$(BIN)/python build.py --root examples --out site-demo --as-of 2026-11-23

records: $(VENV)/site.stamp ## check all records, write nothing
	$(BIN)/python build.py check

# What can be judged without building anything. Each gate is a test, so `make test` holds them too.
check: records $(VENV)/node.stamp ## check the records, then the code: style, types, scripts, templates, layers
	@$(BIN)/python -m pytest --quiet tests/test_layers.py tests/test_scripts.py tests/test_templates.py

test: $(VENV)/node.stamp ## everything: tests, browsers, links, accessibility
	@$(BIN)/python tests/programs.py
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal --cov

LOWEST := $(addprefix tests/test_,load.py check.py schema.py shell.py pipeline.py exports.py sheets.py pictures.py qr.py search_index.py)
lowest: ## the tests of reading, pages, data and sheets with the oldest versions that pyproject.toml allows
	@"$(PYTHON)" -m venv --clear build/lowest
	@build/lowest/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@build/lowest/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/lowest.txt
	@build/lowest/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@build/lowest/bin/python -m pytest --numprocesses auto --dist worksteal -k 'not libreoffice' $(LOWEST)
	@$(PIP) --no-deps --no-build-isolation --editable .

S ?= 60
fuzz: $(VENV)/test.stamp ## mutate records for S seconds; what the check cannot take becomes a case of tests/hostile/
	@$(BIN)/python tests/fuzz.py $(S)

faults: $(VENV)/test.stamp ## kill builds at every stage, again and again: what is left? writes build/faults.log
	$(BIN)/python tests/faults/killing.py

twice: $(VENV)/site.stamp ## build the newest commit from two checkouts that differ in all else: which files differ?
	$(BIN)/python tools/twice.py

mutants: $(VENV)/mutants.stamp ## change check and derive in thousands of small ways: which change does no test notice?
	$(BIN)/mutmut run
	$(BIN)/mutmut results

N ?= 1000 10000
bench: $(VENV)/bench.stamp ## measure builds against Hugo and the floor: make bench N="10000 50000"
	$(BIN)/python benchmarks/run.py $(N) --report build/bench/report.md

schema: $(VENV)/site.stamp ## write chambers/_schema/ again after a change of the models
	$(BIN)/python -c 'from pathlib import Path; from chamberbook.schema import write_schemas; write_schemas(Path())'

catalogs: $(VENV)/site.stamp ## collect interface text again after a change of a message
	$(BIN)/pybabel extract -F chamberbook/locale/babel.cfg -k N_ --no-location --sort-output --omit-header \
		-o chamberbook/locale/messages.pot .
	$(BIN)/pybabel update -i chamberbook/locale/messages.pot -d chamberbook/locale --no-fuzzy-matching \
		--ignore-obsolete --omit-header

lock: $(VENV)/test.stamp ## pin the newest allowed versions, with hashes
	$(PIP) uv==0.13.9
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		requirements/site.in --output-file requirements/site.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--constraint requirements/site.txt requirements/test.in --output-file requirements/test.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--constraint requirements/site.txt requirements/bench.in --output-file requirements/bench.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--constraint requirements/test.txt requirements/mutants.in --output-file requirements/mutants.txt

	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--constraint requirements/site.txt requirements/supply.in --output-file requirements/supply.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--resolution lowest-direct pyproject.toml --output-file requirements/lowest.txt
	$(MAKE) sbom

sbom: build/supply/supply.stamp ## write docs/sbom.cdx.json and the licences in docs/dependencies.md
	build/supply/bin/python tools/dependencies.py build/supply/site/bin/python

audit: build/supply/supply.stamp ## ask the Python advisories about every pinned version (needs the network)
	build/supply/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/site.txt

clean: ## remove what these commands made, the environment too
	rm -rf site site-demo site-at site.previous site-demo.previous .cache build .coverage mutants tests/node/node_modules $(VENV)

$(VENV)/site.stamp: requirements/site.txt pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer was not found. Install it, or name it: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 2; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV)
	@echo "installing what a build needs into $(VENV)" >&2
	@$(PIP) --require-hashes -r requirements/site.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/site.stamp requirements/test.txt
	@echo "installing what the tests need into $(VENV)" >&2
	@$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/bench.stamp: $(VENV)/site.stamp requirements/bench.txt
	@echo "installing what the benchmark compares with into $(VENV)" >&2
	@$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

# Two environments: one with what a build needs and nothing else, one with the tools that look at it.
build/supply/supply.stamp: requirements/supply.txt requirements/site.txt
	@"$(PYTHON)" -m venv --clear build/supply
	@"$(PYTHON)" -m venv --clear build/supply/site
	@build/supply/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/supply.txt
	@build/supply/site/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	@touch $@

$(VENV)/mutants.stamp: $(VENV)/test.stamp requirements/mutants.txt
	@echo "installing the mutation tester into $(VENV)" >&2
	@$(PIP) --require-hashes -r requirements/mutants.txt
	@touch $@

$(VENV)/node.stamp: $(VENV)/test.stamp tests/node/package-lock.json
	@$(BIN)/python tests/programs.py node
	@touch $@
