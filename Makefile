# Two commands: `make demo` shows the product, `make test` proves it. Each installs what it needs
# into .venv; nothing but Python 3.11 or later, make and a package index is assumed.
PYTHON ?= python3
UV := .boot/bin/uv
IN_VENV := VIRTUAL_ENV=$(CURDIR)/.venv
BIN := .venv/bin
DEMO ?= demo-out

.PHONY: help demo test check spec bench lock docs goldens clean

help:
	@echo "make demo    a made-up trust, read, listed and explained (about a minute)"
	@echo "make test    every check and every test"
	@echo "make check   format, lint, types and import contracts only"
	@echo "make bench   speed and memory at three sizes; writes docs/explanation/performance.md"
	@echo "make docs    write the generated reference pages anew"
	@echo "make goldens write the generated SQL for other engines anew"
	@echo "make lock    resolve the dependencies anew"

demo: .venv/run.stamp
	$(BIN)/hiu demo --out $(DEMO)

test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: .venv/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/test.stamp
	$(BIN)/python -m bench

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
