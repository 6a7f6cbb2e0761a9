# Dripdesk. `make run` and `make test` do all the set-up they need, in this folder only.

SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
# The Python that is used, and the one that is tested too: that which Rasa's makers name.
PYTHON := $(firstword $(shell cat .python-version))
OLD := $(lastword $(shell cat .python-version))
TESTED_ON_OLD := tests/actions tests/addons/stores tests/conversations
ON_ALL_CORES := --numprocesses auto --maxprocesses 4 --dist worksteal
UV := .uv/bin/uv
# Debian's packages that tests with real parts need (browser, gateway, PostgreSQL), and that are
# not there.
MISSING := $(strip $(if $(shell command -v node),,nodejs) $(if $(shell command -v npm),,npm) $(if $(shell command -v chromium),,chromium) $(if $(wildcard /usr/sbin/smsbox),,kannel) $(if $(wildcard /usr/lib/kannel/test/fakesmsc),,kannel-extras) $(if $(wildcard /usr/lib/postgresql/*/bin/postgres),,postgresql) $(if $(wildcard /usr/sbin/nginx),,nginx-light) $(if $(wildcard /usr/bin/faketime),,faketime) $(if $(shell command -v systemd-analyze),,systemd) $(if $(shell command -v shellcheck),,shellcheck))
# A Python that has to be fetched comes into this folder: a service may not look into anybody's home.
export UV_PYTHON_INSTALL_DIR := $(CURDIR)/.uv/python
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

# Installs what the lock names into an environment: its folder, and its Python.
define environment
$(UV) venv --quiet --clear --python "$(2)" $(1) || \
  { echo "Python $(2) was not found and could not be fetched: install it, then run this again."; exit 1; }; \
echo "Set-up 3/3: about 180 packages (a minute or two when they must be fetched)"; \
$(UV) pip sync --python $(1)/bin/python --require-hashes --compile-bytecode requirements.lock 2>&1 | grep -vE '^ [+~-] ' ; \
[ $${PIPESTATUS[0]} = 0 ] || \
  { echo "The packages could not be installed: see the message above, then run this again."; exit 1; }; \
cp addons/slim/dripdesk.pth addons/slim/left_out.py \
  "$$($(1)/bin/python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')"
endef

help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: train ## Set up, train if the content changed, and serve on 127.0.0.1:5005
	@$(PY) -m addons.server

dev: train ## Like run, with Rasa's HTTP API (/model/parse) on loopback, for tools
	@$(PY) -m addons.server --dev

test: check train debian .venv-old/ready .venv-fuzz/ready .venv-deploy/ready .promtool/ready widget/node_modules/ready ## Set up and run all checks and tests
	@echo "--- ruff"; .venv/bin/ruff check . && .venv/bin/ruff format --check .
	@echo "--- mypy"; .venv/bin/mypy
	@echo "--- pytest"; folder=$$(mktemp -d); trap "rm -rf $$folder" EXIT; \
	  $(PY) -m pytest $(ON_ALL_CORES) -m "not alone" --basetemp $$folder/together && \
	  echo "--- pytest, what wants the machine for itself" && \
	  $(PY) -m pytest -m alone --basetemp $$folder/alone
	@echo "--- pytest on Python $(OLD)"; .venv-old/bin/python -m pytest -q $(ON_ALL_CORES) $(TESTED_ON_OLD)

check: .venv/ready ## Check facts, topics and texts, in about a second
	@$(PY) -m dripdesk.checks

train: check ## Train a model if the content changed
	@$(PY) -m addons.training

sign-off: .venv/ready ## List the facts that await sign-off, or sign one: FACT= NAME= ROLE= [DATE=]
	@$(PY) -m dripdesk.sign_off $(if $(FACT),"$(FACT)" --name "$(NAME)" --role "$(ROLE)" $(if $(DATE),--date "$(DATE)"))

callbacks: .venv/ready ## List the open call-back requests, or close one: [CLOSE=] [NAME=who]
	@$(PY) -m addons.stores.callbacks $(if $(CLOSE),--close "$(CLOSE)") $(if $(NAME),--name "$(NAME)")

unanswered: .venv/ready ## List what patients asked in vain, and which topic to extend: [DAYS=30]
	@$(PY) -m addons.stores.unanswered $(if $(DAYS),--days "$(DAYS)")

purge: .venv/ready ## Delete conversations older than RETENTION_DAYS; run it once a day
	@$(PY) -m addons.stores.purge

backup: .venv/ready ## Save all that is kept in one file, while the server runs: [FILE=]
	@$(PY) -m addons.stores.backup $(if $(FILE),"$(FILE)")

restore: .venv/ready ## Put a backup in the place of all that is kept: FILE=
	@$(PY) -m addons.stores.backup --restore $(if $(FILE),"$(FILE)")

gateway-config: .venv/ready ## Write what nginx, Twilio and Kannel say when we cannot: [FOLDER=local/gateways]
	@$(PY) -m dripdesk.gateway_config $(FOLDER)

check-twilio: .venv/ready ## Try the connection with Twilio out, while the server runs, and say what is wrong
	@$(PY) -m addons.channels.check twilio

check-kannel: .venv/ready ## Likewise with Kannel: [CONF=/etc/kannel/kannel.conf]
	@$(PY) -m addons.channels.check kannel $(CONF)

audit: .venv/ready .venv-audit/ready ## Look the packages up among known vulnerabilities; needs the network
	@$(PY) -m tests.audit

test-faults: train debian ## Break each part while patients write, and count what they notice: half an hour
	@$(PY) -m tests.faults

benchmark: train .venv-stock/ready ## Time us beside stock Rasa, whose first training takes hours: [ROUNDS=5] [ALL=1] [EPOCHS=100]
	@$(PY) -m benchmarks.speed $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(ALL),--all) $(if $(EPOCHS),--epochs $(EPOCHS))

benchmark-parts: train ## Time turns without each of the replacements in addons/fast/
	@$(PY) -m benchmarks.speed.parts

benchmark-nlu: .venv/ready .venv-stock/ready ## Compare how we understand with stock Rasa: [DATA=folder of public sets] [ALL=1]
	@$(PY) -m benchmarks.nlu $(if $(DATA),--data "$(DATA)") $(if $(ALL),--all)

benchmark-turns: train ## Time turns: early and late, several at once, beside an overlong message
	@$(PY) -m benchmarks.turns

benchmark-privacy: .venv/ready ## Measure how much of what is personal is taken out of messages
	@$(PY) -m benchmarks.privacy

benchmark-safety: .venv/ready ## Measure how much danger is found, and how often where there is none
	@$(PY) -m benchmarks.safety

benchmark-conversations: train ## Measure how messages with two questions, and follow-ups, are understood
	@$(PY) -m benchmarks.conversations

widget: widget/node_modules/ready ## Build the chat widget into widget/dist/dripdesk.js, and print its hash
	@cd widget && npm run --silent build

screenshots: train debian widget/node_modules/ready ## Make the pictures in docs/screenshots anew
	@folder=$$(mktemp -d) && SCREENSHOTS=$$folder $(PY) -m pytest -q tests/widget && \
	  cp $$folder/first-answer.png $$folder/chat-320x640.png docs/screenshots/

format: .venv/ready ## Format the code
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

lock: .uv/ready ## Resolve the newest allowed versions into requirements.lock
	@$(UV) pip compile pyproject.toml --group dev --python-version $(OLD) --upgrade --generate-hashes \
	  --no-annotate --no-header -q -o requirements.lock

clean: ## Remove what set-up and training made
	@rm -rf .uv .venv .venv-old .venv-stock .venv-fuzz .venv-audit .venv-deploy .promtool .rasa widget/node_modules models/*.tar.gz .pytest_cache .mypy_cache .ruff_cache

.uv/ready: bootstrap.lock
	@echo "Set-up 1/3: the installer uv"
	@python3 -m venv .uv || { echo "Python cannot make environments: install python3-venv, then run this again."; exit 1; }
	@.uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock || \
	  { echo "uv could not be installed: is the Python package index reachable?"; exit 1; }
	@touch $@

.venv/ready: .uv/ready requirements.lock .python-version addons/slim/dripdesk.pth addons/slim/left_out.py
	@echo "Set-up 2/3: Python $(PYTHON)"
	@$(call environment,.venv,$(PYTHON))
	@touch $@

.venv-old/ready: .venv/ready
	@echo "Set-up: Python $(OLD), to test with"
	@$(call environment,.venv-old,$(OLD))
	@touch $@

.venv-fuzz/ready: .uv/ready tests/fuzz/requirements.lock
	@$(UV) venv --quiet --clear --python $(PYTHON) .venv-fuzz
	@$(UV) pip sync -q --python .venv-fuzz/bin/python --require-hashes tests/fuzz/requirements.lock && touch $@

.venv-audit/ready: .uv/ready tests/audit/requirements.lock
	@$(UV) venv --quiet --clear --python $(PYTHON) .venv-audit
	@$(UV) pip sync -q --python .venv-audit/bin/python --require-hashes tests/audit/requirements.lock && touch $@

# Linters of what is deployed.
.venv-deploy/ready: .uv/ready tests/deploy/requirements.lock
	@$(UV) venv --quiet --clear --python $(PYTHON) .venv-deploy
	@$(UV) pip sync -q --python .venv-deploy/bin/python --require-hashes tests/deploy/requirements.lock && touch $@

# Of Debian's package only the program that checks alerts: installed, it would start a Prometheus.
.promtool/ready:
	@mkdir -p .promtool && cd .promtool && \
	  if apt-get download -qq prometheus 2>/dev/null; then \
	    dpkg-deb --fsys-tarfile prometheus_*.deb | tar x --strip-components=3 ./usr/bin/promtool && \
	    rm prometheus_*.deb && touch ready; \
	  else echo "THE TEST OF THE ALERTS IS LEFT OUT. It needs Debian's package prometheus."; fi

debian:
	@if [ -n "$(MISSING)" ] && [ "$$(id -u)" = 0 ]; then \
	  echo "Set-up: $(MISSING)"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(MISSING) >/dev/null; \
	elif [ -n "$(MISSING)" ]; then \
	  echo "TESTS WITH A REAL BROWSER, GATEWAY, POSTGRESQL OR NGINX ARE LEFT OUT. They need: apt-get install $(MISSING)"; \
	fi

widget/node_modules/ready: widget/package-lock.json
	@if command -v npm >/dev/null; then cd widget && npm ci --silent && touch node_modules/ready; fi

.venv-stock/ready: .uv/ready benchmarks/stock/requirements.lock
	@$(UV) venv --quiet --clear --python $(OLD) .venv-stock
	@$(UV) pip sync -q --no-config --python .venv-stock/bin/python --compile-bytecode --require-hashes benchmarks/stock/requirements.lock && touch $@

.PHONY: help run dev test check train sign-off callbacks unanswered purge backup restore gateway-config check-twilio check-kannel audit test-faults benchmark benchmark-parts benchmark-nlu benchmark-turns benchmark-privacy benchmark-safety benchmark-conversations widget screenshots debian format lock clean
