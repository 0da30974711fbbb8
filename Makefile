# SPDX-License-Identifier: Apache-2.0
# `make` by itself lists what there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

prefix ?= /usr
sysconfdir ?= /etc
DESTDIR ?=
# With ONCE=1 `make run` ends by itself.
ONCE ?=
# What `make install` builds: programs that need no Swift on the machine they run on. Apart from .build, since nothing
# of it can be shared with other builds.
static := .build-install

export SWIFT_BACKTRACE ?= enable=no

.PHONY: help setup build release static run test differential bench lint check docs clean install

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## install the Debian packages a build needs, if any is missing
	@.ci/setup

build: setup ## build for development
	swift build

release: setup ## build lawspeakerd and lawspeaker for use
	@echo "Building lawspeakerd and lawspeaker (a few minutes the first time, seconds after)"
	swift build -c release --product lawspeakerd
	swift build -c release --product lawspeaker

run: release ## run the daemon on ./run and drop the examples, until Ctrl-C; with ONCE=1 until they are answered
	@ONCE='$(ONCE)' examples/run.sh

computing = LawspeakerCoreTests|PackCheckerTests|PackRegistryTests

test: setup ## build and run all tests
	@echo "Building and running the tests (some minutes the first time)"
	swift test --disable-xctest --skip '$(computing)|LawspeakerDaemonTests'
	@echo "Now what works through many cases; it keeps every core busy, so nothing that waits runs beside it"
	swift test --disable-xctest --skip-build --filter '$(computing)'
	@echo "Now the programs as a whole: these tests start, kill and restart the daemon"
	swift test --disable-xctest --skip-build --filter LawspeakerDaemonTests

# How many random packs `make differential` makes up; each is asked about in 48 cases, every hundredth by z3 as well.
SEEDS ?= 20000

differential: setup ## compare the evaluator with plain enumeration, millions of times, and with z3
	@command -v z3 >/dev/null || { echo "differential: installing z3 (apt-get)"; apt-get install --yes --quiet z3 </dev/null; }
	@echo "Comparing over $(SEEDS) packs, built for release (some minutes more the first time)"
	LAWSPEAKER_SEEDS=$(SEEDS) swift test -c release -Xswiftc -enable-testing --scratch-path .build/differential \
	  --disable-xctest --filter 'OracleTests|SolverTests'

bench: setup ## measure the evaluator and the ledger (a package of its own; some minutes the first time)
	cd Tests/Benchmarks && swift package --disable-sandbox benchmark $(BENCH)

lint: ## check format and documentation comments
	swift format lint --strict --recursive Sources Tests Package.swift

check: ## check import arrows and systemd units
	@.ci/check-arrows
	@.ci/check-units

docs: setup ## write docs/law from the packs
	swift build --product lawspeaker
	@for pack in rulepacks/*/; do \
	  id=$$(basename $$pack); \
	  .build/debug/lawspeaker packs describe rulepacks --pack $$id > docs/law/.$$id.md; \
	  mv docs/law/.$$id.md docs/law/$$id.md; \
	done
	@git status --short docs/law 2>/dev/null || true

clean: ## remove what was built; ./run, with its decisions, stays
	rm -rf .build $(static)

static: setup
	@echo "Building for installation (some minutes the first time)"
	swift build -c release --static-swift-stdlib --scratch-path $(static) --product lawspeakerd
	swift build -c release --static-swift-stdlib --scratch-path $(static) --product lawspeaker

install: static ## install programs, configuration, packs, units and completions (DESTDIR, prefix=/usr)
	install -D -m 755 -t $(DESTDIR)$(prefix)/bin $(static)/release/lawspeakerd $(static)/release/lawspeaker
	install -D -m 644 -t $(DESTDIR)$(prefix)/lib/systemd/system systemd/lawspeakerd.service
	sed -i 's|^ExecStart=/usr/bin/|ExecStart=$(prefix)/bin/|; s|file:///usr/share/|file://$(prefix)/share/|' \
	  $(DESTDIR)$(prefix)/lib/systemd/system/lawspeakerd.service
	install -D -m 644 systemd/lawspeaker.sysusers.conf $(DESTDIR)$(prefix)/lib/sysusers.d/lawspeaker.conf
	install -D -m 644 systemd/lawspeaker.tmpfiles.conf $(DESTDIR)$(prefix)/lib/tmpfiles.d/lawspeaker.conf
	for file in README.md LICENSE CHANGELOG.md docs/*.md docs/decision-1.schema.json; do \
	  if [[ -f $$file ]]; then install -D -m 644 -t $(DESTDIR)$(prefix)/share/doc/lawspeaker $$file; fi; \
	done
	install -D -m 644 -t $(DESTDIR)$(prefix)/share/doc/lawspeaker/law docs/law/*.md
	install -D -m 644 -t $(DESTDIR)$(prefix)/share/lawspeaker/errors docs/errors/*.md
	install -d $(DESTDIR)$(prefix)/share/bash-completion/completions \
	  $(DESTDIR)$(prefix)/share/zsh/vendor-completions $(DESTDIR)$(prefix)/share/fish/vendor_completions.d
	$(static)/release/lawspeaker --generate-completion-script bash \
	  > $(DESTDIR)$(prefix)/share/bash-completion/completions/lawspeaker
	$(static)/release/lawspeaker --generate-completion-script zsh \
	  > $(DESTDIR)$(prefix)/share/zsh/vendor-completions/_lawspeaker
	$(static)/release/lawspeaker --generate-completion-script fish \
	  > $(DESTDIR)$(prefix)/share/fish/vendor_completions.d/lawspeaker.fish
	install -d $(DESTDIR)$(sysconfdir)/lawspeaker/rulepacks
	@for source in config/lawspeaker.yaml rulepacks/*; do \
	  target=$(DESTDIR)$(sysconfdir)/lawspeaker/$${source#config/}; \
	  if [[ ! -e $$target ]]; then \
	    echo "install $$target"; cp -r --no-preserve=all $$source $$target; \
	  elif ! diff -rq $$source $$target >/dev/null; then \
	    echo "kept $$target: it differs from $$source, which was not installed"; \
	  fi; \
	done
	@if [[ -z "$(DESTDIR)" ]]; then \
	  echo "Then, as root: systemd-sysusers && systemd-tmpfiles --create"; \
	  echo "  once: lawspeaker keys new NAME, with a name for this log that is yours alone, such as lawspeaker.example/oslo-1,"; \
	  echo "        and keep a copy of $(sysconfdir)/lawspeaker/keys elsewhere: without root.key nothing recorded can be read"; \
	  echo "  systemctl enable --now lawspeakerd"; \
	fi
