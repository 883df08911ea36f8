# make demo   sets up, builds and shows the main job
# make test   sets up, builds, checks and tests
SWIFT ?= swift
PREFIX ?= /usr/local
BUILD = .build/release
SOURCES = Package.swift Sources Tests

.PHONY: setup setup-tests build test demo docs fmt check bench bench-pack sheets training soak install clean

setup:
	@scripts/setup

# What only the tests need: servers that they start on loopback, clients, tools.
setup-tests:
	@scripts/setup --tests

# One release build serves the programs, the tests and the benches: pixel loops crawl in debug.
build: setup
	$(SWIFT) build -c release --build-tests

demo: build
	$(BUILD)/heygem-watch demo --samples .samples --folder demo-output

# Formatting here, warnings in every build: Package.swift makes them errors.
check: setup
	$(SWIFT) format lint --strict --parallel --recursive --configuration .swift-format $(SOURCES)

# One process a target: Foundation's Process needs file descriptors below 1024, and hundreds of ledgers at once don't.
TESTS ?= $(notdir $(wildcard Tests/*Tests))
test: setup-tests check build
	@for target in $(TESTS); do \
		echo "== $$target"; \
		timeout --kill-after=10 900 $(SWIFT) test -c release --skip-build --filter "^$$target\\." || exit 1; \
	done

# README's tables and the example file, from the tables of settings and reasons in the program.
docs: build
	$(BUILD)/heygem-watch documents

fmt:
	$(SWIFT) format format --in-place --parallel --recursive --configuration .swift-format $(SOURCES)

bench: build bench-pack
	bench/run

bench-pack: build
	bench/pack

# What speech looks like, as pictures to be judged by eye: sheets/*.png.
sheets: setup-tests build
	scripts/make-sheets

# Fetches speech and trains the net that moves the mouth; its weights lie in the sources, no build needs this.
training:
	training/run

# Long proofs, run by hand.
soak: build
	soak/fifty-files
	soak/week
	soak/kills
	soak/fuzz
	soak/scale
	soak/idle

# Swift's runtime goes into the two programs, so that a machine without Swift can run them.
install: setup
	$(SWIFT) build -c release --static-swift-stdlib --scratch-path .build-static --product heygem-watch
	$(SWIFT) build -c release --static-swift-stdlib --scratch-path .build-static --product heygem-watch-render
	install -D --strip -m 755 -t $(DESTDIR)$(PREFIX)/bin .build-static/release/heygem-watch .build-static/release/heygem-watch-render
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/lib/heygem-watch .models/*

clean:
	rm -rf .build .build-static demo-output sheets
