# What people type. Every target is one line that calls `cargo xtask`; what it does is told there.

DUKA_CACHE ?= $(HOME)/.cache/duka
export DUKA_CACHE
export CARGO_TARGET_DIR ?= $(DUKA_CACHE)/target
# See scripts/rustc: checkouts share the build folder, not each other's crates.
export RUSTC_WORKSPACE_WRAPPER := $(CURDIR)/scripts/rustc

.PHONY: run test bench budgets lighthouse soak watch sqlx tools

run: tools
	@exec cargo xtask run

test: tools
	@exec cargo xtask test

bench: tools
	@exec cargo xtask bench

budgets: tools
	@exec cargo xtask budgets

lighthouse: tools
	@exec cargo xtask lighthouse

soak: tools
	@exec cargo xtask soak

sqlx: tools
	@exec cargo xtask sqlx

watch: tools
	@test -x "$(DUKA_CACHE)/tools/bin/cargo-leptos" || cargo install cargo-leptos --version 0.3.8 --locked --features no_downloads --root "$(DUKA_CACHE)/tools"
	@PATH="$(DUKA_CACHE)/tools/bin:$(DUKA_CACHE)/tools/site/node_modules/.bin:$$PATH"; export PATH; \
	cargo leptos build --project shop --frontend-only && exec cargo leptos watch --project dash -- serve --demo

tools:
	@sh scripts/needs
