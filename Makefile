# Everything there is to do, as short words.  `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export FLASK_APP := wsgi
# What is compiled once is kept, whatever the shell says: every process starts in half the time.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test test-quick check fix migrate bench soak screens clean

help:  ## List the words
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/runs: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $$($(PYTHON) --version) is here."; exit 1; }
	@echo "Making the virtual environment …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null || { bash tools/install-debian.sh python3-venv && rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	@echo "Installing what the system runs on (half a minute the first time) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/tests: requirements-dev.txt $(VENV)/runs
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(VENV)/runs  ## Set up whatever is missing and open the system with its demonstration province
	@LMS_DEMO=$${LMS_DEMO:-true} $(BIN)/python -m lms.serve

test: $(VENV)/tests  ## Run every test, on SQLite and on PostgreSQL, in a real browser too
	@bash tools/needs.sh
	@$(BIN)/python -m tools.everything

# Where the rules of every room are held to, by the names of the files.
RULES := actions|by_hand|choosing|days|gift|locking|marking|notices|passing|passwords|pathway|periods
RULES := $(RULES)|policies|queries|reckoning|roles|rules?|saving|statistics|surveys|transfers

test-quick: $(VENV)/tests  ## The rules of every room, in a minute: SQLite, no pages, nothing slow
	@$(BIN)/python -m pytest -q -n 2 --dist loadscope -m "not browser and not pages and not slow" \
	  $$(find tests -regextype posix-extended -regex '.*/test_($(RULES))\.py' | sort)

check: $(VENV)/tests  ## What it passes may be merged: style, walls, translations, migrations
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -q tests/house

fix: $(VENV)/tests  ## Mend what a machine can mend
	@$(BIN)/ruff check --fix .

migrate: $(VENV)/runs  ## Bring the database to the newest migration
	@$(BIN)/flask db upgrade

bench: $(VENV)/tests  ## Measure, and print ratios, on SQLite and on PostgreSQL
	@$(BIN)/python -m bench
	@LMS_TEST_DATABASE=postgresql $(BIN)/python -m bench

SOAK := $(addprefix tests/quizzes/test_,crashes.py histories.py) \
  $(addprefix tests/courses/coverage/test_,reckoning_property.py recast.py change.py linked_people.py)
soak: export LMS_TEST_KILLS := 1000
soak: export LMS_TEST_HISTORIES := 2000
soak: export LMS_TEST_EXAMPLES := 400
soak: $(VENV)/tests  ## Kill the server a thousand times under load, play two thousand histories of a test
	@$(BIN)/python -m pytest -q $(SOAK)
	@LMS_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q $(SOAK)

screens: $(VENV)/tests  ## Make the pictures of docs/screens anew
	@bash tools/needs.sh
	@$(BIN)/python -m tools.screens

clean:  ## Remove what was built; the data in var/ stays
	rm -rf $(VENV) .pytest_cache .ruff_cache
