# Samverkanshubben. `make help` tells what there is; anything longer than a line lies in deploy/ or in `hub`.
.DEFAULT_GOAL := help
.PHONY: help run test check bench policies docs lock assets
export PORT IDENTITY_PORT PYTHON
# Compiled modules are kept, also where the machine has turned them off: every start and every worker gains seconds.
export PYTHONDONTWRITEBYTECODE :=

venv := .venv/.made
python := .venv/bin/python

help: ## Visa det här
	@echo "make …"; sed -n 's/^\([a-z]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: $(venv) ## Starta hubben med en exempelkommun (PORT=8765)
	@$(python) -m hub.launch up

test: assets ## Kör alla prov som datorn klarar
	@$(python) -m pytest

check: $(venv) ## Stil, typer, lager, migrationer
	@deploy/ci/check.sh

bench: $(venv) ## Mät (SCALE=1 för de stora mätningarna)
	@$(python) -m deploy.bench

policies: ## Pröva reglerna och bygg policies/build/policy.wasm (kräver opa)
	@deploy/ci/policies.sh

docs: assets ## Ta en ny bild av produkten till README (kräver chromium)
	@$(python) -m deploy.docs

lock: $(venv) ## Gör om requirements.txt ur pyproject.toml
	@.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --group dev pyproject.toml -o requirements.txt

assets: $(venv)
	@$(python) -m hub.launch assets

$(venv): requirements.txt pyproject.toml deploy/venv.sh
	@deploy/venv.sh
