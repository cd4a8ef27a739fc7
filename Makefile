# demo  shows the main job on an invented program, without a token or a network, and renders its site
# test  runs the tests        lint  checks code and workflows  format  tidies the code
# lock  renews requirements/   picture  makes README's pictures anew
# (each target does its own set-up in .venv)
.PHONY: demo test lint format lock benchmark picture screenshots mutants
PYTHON ?= python3
BIN := .venv/bin

# One of the five applications is invalid, which `check` also tells by its exit code, 1.
demo: .venv/installed
	@for one in brightwater cloudberry driftwood elderflower fernhill; do \
		evidence=examples/evidence/$$one.json; \
		command="partners check examples/applications/$$one.yml --program examples/program.yml"; \
		if [ -e $$evidence ]; then command="$$command --evidence $$evidence"; fi; \
		printf '\n$$ %s\n\n' "$$command"; $(BIN)/$$command; \
		if [ $$? -gt 1 ]; then exit 1; fi; \
	done; \
	command="partners month 2026-10 --program examples/program.yml"; \
	command="$$command --evidence examples/evidence/2026-10.json --dry-run"; \
	printf '\n$$ %s\n\n' "$$command"; $(BIN)/$$command || exit 1; \
	command="partners site --program examples/program.yml --output site"; \
	printf '\n$$ %s\n\n' "$$command"; $(BIN)/$$command || exit 1; \
	printf 'See it by: %s --serve\n' "$(BIN)/$$command"

# Nothing is downloaded: the schemas come with check-jsonschema. actionlint runs no other linter that
# a machine may have or not, for the same findings everywhere.
SCHEMA = $(BIN)/check-jsonschema --quiet --builtin-schema vendor

# Bytecode is kept even where the environment says otherwise: many tests start our command.
test: .venv/installed
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/actionlint -shellcheck= -pyflakes=
	$(SCHEMA).github-workflows .github/workflows/*.yml
	$(SCHEMA).github-actions action.yml
	$(SCHEMA).github-issue-forms .github/ISSUE_TEMPLATE/correction.yml .github/ISSUE_TEMPLATE/contribution-claim.yml .github/ISSUE_TEMPLATE/partner-application.yml
	$(SCHEMA).github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/zizmor --offline --quiet .github/workflows action.yml

format: .venv/installed
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

benchmark: .venv/installed
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/one_path.py
	$(BIN)/python benchmarks/length.py
	$(BIN)/python benchmarks/round_trips.py
	$(BIN)/python benchmarks/ranking.py
	$(BIN)/python benchmarks/claims.py
	$(BIN)/python benchmarks/whole_site.py
	$(BIN)/python benchmarks/site_filters.py
	$(BIN)/python benchmarks/action_start.py

# cosmic-ray has many dependencies: no other target needs them.
mutants: .venv-mutants/installed
	.venv-mutants/bin/python benchmarks/mutants.py $(MUTANTS)

# Needs Chromium; says what to install where it is missing.
picture: .venv/installed
	$(BIN)/python docs/images/verdict_comment.py
	$(BIN)/python docs/images/site_pictures.py

# Each page of the example's site, on a phone and a desktop, light and dark: to look at.
screenshots: .venv/installed
	$(BIN)/python docs/images/site_pictures.py screenshots

LOCK = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"
lock: .venv/installed
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) pyproject.toml --group dev --group picture -o requirements/dev.txt
	$(LOCK) pyproject.toml --group dev --group mutants -c requirements/dev.txt -o requirements/mutants.txt

# pip installs uv, uv installs the rest: seconds instead of half a minute.
.venv/installed: requirements/uv.txt requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt requirements/uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv-mutants/installed: .venv/installed requirements/mutants.txt
	$(PYTHON) -m venv --without-pip .venv-mutants
	$(BIN)/uv pip sync --quiet --python .venv-mutants/bin/python --require-hashes requirements/mutants.txt
	$(BIN)/uv pip install --quiet --python .venv-mutants/bin/python --no-deps --no-build-isolation --editable .
	@touch $@
