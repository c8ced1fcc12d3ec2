# Two commands: `make run` shows the demonstration, `make test` checks the project. Needs Python 3.11 and make.

PYTHON ?= python3
PORT ?= 8501
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
COMPILE := $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command 'make requirements' $(UPGRADE)
CHROMIUM := $(or $(CHROMIUM),$(shell command -v chromium || command -v chromium-browser || \
	command -v google-chrome || command -v chrome))
export CHROMIUM

.PHONY: run demo test sweep lint browser captures requirements clean

run: demo
	@echo "Tableau de bord : http://localhost:$(PORT) (Ctrl+C pour arrêter)"
	@$(PY) -m streamlit run dashboard.py --server.port $(PORT)

# The demonstration has its own database, whatever JALONS_DATABASE says elsewhere: invented figures never meet real ones.
run demo: export JALONS_DATABASE := var/jalons.duckdb
demo: .venv/.run-stamp
	@mkdir -p var/bilans
	@$(PY) -m demo build
	@printf 'Bilan : '
	@$(PY) -m bilans export --convention plie-martigues --period 2024 --out var/bilans --format xlsx

test: browser lint
	@$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# The long trials whole: damaged workbooks, tables drawn against the secrecy, layouts. `make test` tries a quarter of them.
sweep: .venv/.test-stamp
	@JALONS_SWEEP=entier $(PY) -m pytest --numprocesses auto --dist loadfile tests/test_mutations.py tests/test_etl_layouts.py \
		tests/test_secrecy_attack.py tests/test_secrecy_curves.py

lint: .venv/.test-stamp
	@$(PY) -m ruff check .
	@$(PY) -m mypy

# The pictures of docs/captures, from the demonstration.
captures: browser .venv/.test-stamp
	@$(PY) -m scripts.capture

browser:
	@command -v "$$CHROMIUM" >/dev/null || { echo "Chromium est introuvable et les essais pilotent un vrai navigateur." \
		"Installez-le : sudo apt-get install -y chromium" \
		"(ou donnez le chemin d'un Chrome : make test CHROMIUM=...)." >&2; exit 1; }

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 ou plus récent est nécessaire (ou indiquez-le : make PYTHON=python3.11)." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "L'environnement .venv n'a pas pu être créé : le module venv de Python est incomplet." \
		"Installez-le : sudo apt-get install -y python3-venv" >&2; exit 1; }

# The stamps are newer than the lists they were installed from, so that nothing is installed twice.
.venv/.run-stamp: requirements.txt | $(PY)
	@echo "Installation des bibliothèques (une seule fois)…"
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

# The tests' list holds the product's whole list, at the same versions: it serves both stamps.
.venv/.test-stamp: requirements-dev.txt requirements.txt | $(PY)
	@echo "Installation des bibliothèques et des outils d'essai (une seule fois)…"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch .venv/.run-stamp $@

# `make requirements UPGRADE=--upgrade` also takes newer versions.
requirements: | $(PY)
	@$(PIP) install uv
	@$(COMPILE) requirements.in --output-file requirements.txt
	@$(COMPILE) requirements-dev.in --output-file requirements-dev.txt

# var/ stays: it holds the data.
clean:
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
