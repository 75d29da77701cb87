# Two commands: `make demo` shows the product, `make test` proves it. Each installs what it needs
# into .venv; nothing but Python 3.11 or later, make and a package index is assumed.
PYTHON ?= python3
UV := .boot/bin/uv
IN_VENV := VIRTUAL_ENV=$(CURDIR)/.venv
BIN := .venv/bin
DEMO ?= demo-out

.PHONY: help demo test check spec bench bench-areas bench-web bench-evaluate simulate bench-monitor bench-audit bench-backups screenshots lock docs goldens pages clean

help:
	@echo "make demo    a made-up trust, its lists, and a service to walk about in (some minutes)"
	@echo "make test    every check and every test"
	@echo "make check   format, lint, types and import contracts only"
	@echo "make bench   speed and memory at three sizes; writes docs/explanation/performance.md"
	@echo "make bench-areas  tiers and reach of a country of 25 million attendances; writes the same page"
	@echo "make bench-web  pages, search and saving under load; writes the same page"
	@echo "make bench-evaluate  the evaluation on simulated services; writes docs/explanation/evaluation.md"
	@echo "make bench-monitor   what early warning finds and how often it is wrong; docs/explanation/early-warning.md"
	@echo "make bench-audit  how long the proof of a million audit entries takes; writes the same page"
	@echo "make bench-backups  what a backup, a fire and a restore of $(DEMO)/service cost; writes docs/explanation/backup.md"
	@echo "make simulate  a year of a made-up service, SEEDS=200 times, with what must hold each week"
	@echo "make pages   every document as pictures of its pages, to be looked at (in $(PAGES))"
	@echo "make docs    write the generated reference pages anew"
	@echo "make goldens write the generated SQL for other engines anew"
	@echo "make lock    resolve the dependencies anew"

demo: .venv/run.stamp
	@# Where nobody watches (a script, CI) everything is made and nothing is left running.
	@if [ -t 1 ]; then $(BIN)/hiu demo --out $(DEMO); \
	else $(BIN)/hiu demo --out $(DEMO) --no-serve; fi

test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: .venv/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/test.stamp
	$(BIN)/python -m bench

bench-areas: .venv/test.stamp
	$(BIN)/python -m bench.areas

bench-web: .venv/test.stamp
	$(BIN)/python -m bench.web

REPLICATES ?= 200
bench-evaluate: .venv/test.stamp
	$(BIN)/python -m bench.evaluate --replicates $(REPLICATES)

bench-monitor: .venv/test.stamp
	$(BIN)/python -m bench.monitor

bench-audit: .venv/test.stamp
	$(BIN)/python -m bench.audit

bench-backups: .venv/test.stamp
	$(BIN)/python -m bench.backups $(DEMO)/service

SEEDS ?= 20
simulate: .venv/test.stamp
	$(BIN)/python -m bench.service --seeds $(SEEDS)

screenshots: .venv/test.stamp
	OPENHIU_SCREENSHOTS=docs/pictures $(BIN)/python -m pytest -q tests/system/web

PAGES ?= build/pages
pages: .venv/test.stamp
	PYTHONPATH=tests $(BIN)/python -m support.pages $(PAGES)

docs: .venv/test.stamp
	$(BIN)/python tests/docs/generate.py
	$(BIN)/python -m openhiu.extract.describe docs/reference

goldens: .venv/test.stamp
	$(BIN)/python -m openhiu.engines.goldens --write

lock: $(UV)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --output-file requirements/run.txt pyproject.toml
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --extra spark --output-file requirements/test.txt \
		pyproject.toml requirements/test.in

clean:
	rm -rf .venv .boot demo-out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit("OpenHIU needs Python 3.11 or later; name one: make PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { echo "$(PYTHON) has no pip: leave the virtual environment you are in, install python3-pip, or name another: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .boot -r requirements/boot.txt

.venv/bin/python: $(UV)
	$(UV) venv --quiet --allow-existing --no-python-downloads --python $(PYTHON) .venv

.venv/run.stamp: .venv/bin/python requirements/run.txt pyproject.toml
	$(IN_VENV) $(UV) pip install --quiet --require-hashes -r requirements/run.txt
	$(IN_VENV) $(UV) pip install --quiet --no-deps --editable .
	@touch $@

.venv/test.stamp: .venv/bin/python requirements/test.txt pyproject.toml
	$(IN_VENV) $(UV) pip sync --quiet --require-hashes requirements/test.txt
	$(IN_VENV) $(UV) pip install --quiet --no-deps --editable .
	@touch $@ .venv/run.stamp
