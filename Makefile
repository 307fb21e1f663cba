# make brief        the example dossier as PDF and Word in out/      (no system package needed)
# make test         the tests                                        (no system package needed)
# make faults       every fault of a disk at every call of a build, and 200 builds killed (minutes)
# make lint         ruff and mypy
# make conformance  outside judges on the finished files: veraPDF, Open XML SDK, poppler, qpdf, LibreOffice
# make desk         the wheel installed by pip, pipx and uv, with an index and without, in empty homes
# make docs         the documentation site in out/site/, built strict
# make coverage     which lines the tests run
# make bench        how fast, alone and against Typst, docxtpl and WeasyPrint: benchmarks/RESULTS.md
# make fuzz         18,000 damaged inputs, by hypothesis and atheris, and 10,000 meetings: each is read or refused in words
# make pictures     every page of out/*.pdf and out/*.docx as PNG, to look at
# make lock         write the lock files anew (needs uv)
# make clean        all that was made, the environment included

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: brief test faults lint conformance desk docs coverage bench product fuzz pictures lock clean

brief: $(READY)
	$(BIN)/briefing build

test: $(READY)
	$(BIN)/pytest --numprocesses=auto --dist=loadgroup

faults: $(READY)
	FAULTS=all $(BIN)/pytest -s tests/test_faults.py
	$(BIN)/python tools/kill.py --kills 200

lint: $(READY)
	$(BIN)/ruff check . .ci
	$(BIN)/ruff format --check . .ci
	$(BIN)/mypy

conformance: $(READY)
	.ci/install-judges
	$(BIN)/python .ci/conformance.py

desk:
	.ci/desk

docs: .docs/ready
	NO_MKDOCS_2_WARNING=1 PYTHONPATH=. .docs/bin/mkdocs build --quiet --strict

.docs/ready: docs/requirements.lock
	$(PYTHON) -m venv .docs
	.docs/bin/pip install --quiet --require-hashes -r docs/requirements.lock
	touch $@

coverage: $(READY)
	$(BIN)/pip install --quiet --require-hashes -r .ci/coverage.lock
	$(BIN)/coverage erase --rcfile=.ci/coverage.toml
	$(BIN)/coverage run --rcfile=.ci/coverage.toml -m pytest --quiet --numprocesses=auto --dist=loadgroup
	$(BIN)/coverage combine --rcfile=.ci/coverage.toml --quiet
	$(BIN)/coverage report --rcfile=.ci/coverage.toml

bench: $(READY) benchmarks/.venv/ready product
	$(BIN)/python -m benchmarks.run --date $(shell date +%F) --sizes S,M,L,XL --against typst,docxtpl,weasyprint

benchmarks/.venv/ready: benchmarks/requirements.lock
	$(PYTHON) -m venv benchmarks/.venv
	benchmarks/.venv/bin/pip install --quiet --require-hashes -r benchmarks/requirements.lock
	touch $@

# As pipx would install it: the wheel, in an environment of its own, with what it depends on and nothing else.
product: $(READY)
	rm -rf build/product build/wheel
	$(BIN)/hatchling build --target wheel --directory build/wheel
	$(PYTHON) -m venv build/product
	build/product/bin/pip install --quiet build/wheel/*.whl

# atheris has no wheel for some machines: there hypothesis is alone.
fuzz: $(READY)
	$(BIN)/pip install --quiet --require-hashes -r .ci/fuzz.lock
	$(BIN)/python tools/fuzz.py

pictures: brief
	.ci/pictures out

# The package is installed from here, editable: its build requirements stand in the lock, so no second download decides.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command 'make lock'

lock:
	$(LOCK) --extra dev pyproject.toml -o requirements.lock
	$(LOCK) .ci/judges.in -o .ci/judges.lock
	$(LOCK) .ci/coverage.in -o .ci/coverage.lock
	$(LOCK) .ci/fuzz.in -o .ci/fuzz.lock
	$(LOCK) benchmarks/requirements.in -o benchmarks/requirements.lock
	$(LOCK) docs/requirements.in -o docs/requirements.lock

clean:
	rm -rf .venv .judges .docs .fuzz benchmarks/.venv out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
