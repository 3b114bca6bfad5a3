# Every task of the house; `make` alone lists them.
SHELL := /bin/sh
BIN := .venv/bin
PORT ?= 8000
DATA_DIR ?= .data
export PORT DATA_DIR

.DEFAULT_GOAL := help
.PHONY: help install demo run run-split up down check format test bench fix migration migrate \
        drift ci fuzz faults image compose chromium postgres16 openapi

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' \
	  | while IFS="$$(printf '\t')" read -r name does; do \
	      printf 'make %-12s %s\n' "$$name" "$$does"; done

# Stamps: a second start spends no time on installation.
.venv/.run: uv.lock
	@operations/install.sh run
.venv/.dev: uv.lock
	@operations/install.sh dev

install: .venv/.dev chromium postgres16 ## everything a fresh machine needs to run and to develop

demo: .venv/.run ## the house with the pilot's story in it, http://localhost:8000
	@exec $(BIN)/python -m operations demo

run: .venv/.run ## the whole house in one process, http://localhost:8000
	@exec $(BIN)/python -m operations run

run-split: .venv/.run ## the house as one program per part, two of each service
	@exec $(BIN)/python -m operations run-split

up: ## the house as containers, with PostgreSQL
	@containers/up.sh

down: ## stop the containers
	@containers/down.sh

check: .venv/.dev ## format, lint, imports, types, templates, containers (seconds)
	@$(BIN)/ruff format --check --quiet . || { echo "make fix formats these"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo > .venv/imports.txt || { cat .venv/imports.txt; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/djlint --check --lint frontend/templates > .venv/djlint.txt || { cat .venv/djlint.txt; exit 1; }
	@$(BIN)/hadolint Dockerfile
	@containers/check.sh
	@echo "check: all is well"

test: .venv/.dev chromium postgres16 ## all tests; some of them: make test t=tests/kit
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses=3 --dist=loadscope --no-loadscope-reorder $(t)

bench: .venv/.dev ## how fast the house is, beside its limits and its peers
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.searching
	@$(BIN)/python -m bench.floor
	@$(BIN)/python -m bench.allocation
	@$(BIN)/python -m bench.national
	@$(BIN)/python -m bench.verdicts

fuzz: .venv/.dev ## the API against its own document, with every kind of wrong input
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-300} $(BIN)/pytest tests/wire $(t)

faults: .venv/.dev ## programs and databases killed under load: nothing acknowledged may be lost
	@$(BIN)/pytest tests/faults $(t)

fix: .venv/.dev ## what a tool can fix
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/djlint --quiet --reformat frontend/templates || true

migration: .venv/.dev ## a migration: make migration service=councils name="seats get a mandate"
	@$(BIN)/python -m operations migration $(service) "$(name)"

migrate: .venv/.run ## every service's database to its newest version
	@$(BIN)/python -m operations migrate

drift: .venv/.dev ## whether the migrations make what tables.py says
	@$(BIN)/python -m operations migrate --check

openapi: .venv/.dev ## write docs/openapi.json: a change to it is a change to what the API promises
	@$(BIN)/python -m operations openapi

image: ## build the container image and start it
	@containers/image.sh

chromium:
	@operations/chromium.sh

postgres16:
	@operations/postgres16.sh

ci: check test drift image ## what CI runs
