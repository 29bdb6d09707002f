//! The browser tests: Playwright in a real Chromium against a running demo.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use crate::demo::Addresses;
use crate::install;
use crate::steps::{self, command, say};
use crate::tally::{self, Tally};
use crate::workspace::Workspace;

/// The folder below the scratch one in which they keep pages for the HTML checker.
pub const PAGES: &str = "pages";

/// Runs them all.
pub fn run(here: &Workspace, addresses: &Addresses, scratch: &Path) -> anyhow::Result<Tally> {
    let chromium = install::chromium()?;
    install::browser_tests(here)?;
    say("browser tests");
    let report = scratch.join("playwright.json");
    let status = steps::status(
        command("npx", ["--no-install", "playwright", "test", "--reporter=line,json"])
            .current_dir(here.root.join("end2end"))
            .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
            .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
            .env("DUKA_TEST_BASE_URL", format!("http://localhost:{}", addresses.public_port()))
            .env("DUKA_TEST_SANDBOX_URL", format!("http://127.0.0.1:{}", addresses.sandbox_port()))
            .env("DUKA_PAGES_DIR", scratch.join(PAGES))
            .env("DUKA_CHROMIUM", chromium),
    )?;
    let text = fs::read_to_string(&report).context("the browser tests left no report")?;
    let mut tally = tally::playwright(&serde_json::from_str(&text).context("reading the browser tests' report")?)
        .context("the browser tests' report has no statistics")?;
    if !status.success() && tally.failed == 0 {
        // Whatever else went wrong must not pass for success.
        tally.failed = 1;
    }
    Ok(tally)
}
