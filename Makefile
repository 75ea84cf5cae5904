# make run    try Homeward here with synthetic data        make test   everything that must hold
# make thorough  each page in each language, where make test looks at it in one
# make check  format, lint, types, imports, migrations     make fast-test   without browser and slow tests

PY := .venv/bin/python
READY := .venv/.homeward
# What measures time runs alone afterwards; all else on all cores, one more because a browser makes its test wait.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
SHARE ?= 1
export PYTHONPATH := $(CURDIR)
# Compiled once, not again by every worker and every program that a test starts.
unexport PYTHONDONTWRITEBYTECODE

MOVED := $(if $(filter $(CURDIR),$(shell cat $(READY) 2>/dev/null)),,moved)

.PHONY: moved run test thorough template check fast-test drill contract setup format spark

run: $(READY)
	@$(PY) -m homeward.config.cli run

ORDINARY := not alone and not drill and not thorough
test: $(READY)
	@$(MAKE) --no-print-directory -j2 check template
	@tools/browser
	@tools/engine
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal -m "$(ORDINARY)" && $(PY) -m pytest -m "alone and not drill"; result=$$?; \
		$(PY) -m homeward.config.cli database stop --tests >/dev/null; exit $$result

# Everything of which `make test` looks at a part: each page in each language, `make run` from nothing.
thorough: export HOMEWARD_THOROUGH = 1
thorough: ORDINARY := not alone and not drill
thorough: test

# The database that each worker's own is copied from. Should the test fail that makes it, `make test` says so itself.
template: $(READY)
	@$(PY) -m pytest tests/promises/test_row_level_security.py -k every_table >/dev/null || true

fast-test: $(READY)
	@$(PY) -m pytest -n $(WORKERS) -m "not browser and not slow and not drill"

# Promises at their full size, with a table of figures at the end: about cases (an hour on two quiet cores), phones and
# messages (PART=phones), statistics (PART=evidence).
# SHARE=0.01 makes a hundredth of the tries: whether all of it runs shows in a few minutes.
PART ?= cases
DRILLS_phones := $(addprefix tests/promises/,test_intake.py test_outbox.py test_repeats_and_races.py)
DRILLS_evidence := $(wildcard $(addprefix tests/promises/,test_statistics_*.py test_disclosure*.py test_recovery*.py test_codebook*.py))
DRILLS_cases := $(filter-out $(DRILLS_phones) $(DRILLS_evidence),$(wildcard tests/promises/test_*.py)) \
	homeward/assistance/tests/test_never_overspent.py
DRILLS = $(or $(DRILLS_$(PART)),$(error PART is cases, phones or evidence))
drill: export HOMEWARD_DRILL_SHARE = $(SHARE)
drill: $(READY)
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal -m "drill and not slow" $(DRILLS) && $(PY) -m pytest -m slow $(DRILLS)

# Thousands of made-up calls against the API's own description; a quarter of an hour and more.
contract: $(READY)
	@HOMEWARD_CONTRACT_EXAMPLES=$${EXAMPLES:-30} $(PY) -m pytest -n $(WORKERS) tests/contract

check: $(READY)
	@.venv/bin/ruff format --check --quiet . || { echo "Run make format."; exit 1; }
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy --no-error-summary homeward
	@.venv/bin/lint-imports --no-cache >/dev/null || .venv/bin/lint-imports
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) -W ignore -m django makemigrations --check --dry-run --verbosity 1
	@$(PY) -m homeward.config.cli translations check

format: $(READY)
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix --quiet .

# Extracts larger than one machine: Spark, about 500 MB, needs Java 17. The same tests run on it, when it is there.
spark: $(READY)
	@$(PY) -m pip install "pyspark>=4.0,<4.1" 2>/dev/null || uv pip install --python $(PY) "pyspark>=4.0,<4.1"

setup: $(READY)

$(READY): requirements-dev.txt requirements-setup.txt requirements-embedded.txt tools/set-up $(MOVED)
	@tools/set-up
