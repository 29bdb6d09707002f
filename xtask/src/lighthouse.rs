//! `make lighthouse`: five pages of the demo as a slow phone meets them, scored by Lighthouse; not part of `make test`,
//! since it measures time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use crate::demo::{Addresses, Demo, Programs, Setup};
use crate::site::{self, Quality};
use crate::steps::{self, command, say, tell};
use crate::workspace::{Scratch, Workspace};
use crate::{http, install};

/// The shop that is measured, its category and its product.
const SHOP: &str = "mama-njeri";
const PRODUCT: &str = "/p/classic-kiondo";
/// What is scored; the last is not asked of pages that search engines are kept out of.
const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];
const SEARCHED: &str = "seo";
/// Milliseconds until the largest thing on the screen is drawn, with Lighthouse's own throttling of a phone.
const LARGEST: f64 = 1_200.0;
/// The same where a page has 400 kbit/s and 400 ms to every answer.
const LARGEST_WHEN_SLOW: f64 = 3_000.0;
const SLOW: [&str; 3] =
    ["--throttling.rttMs=400", "--throttling.throughputKbps=400", "--throttling.cpuSlowdownMultiplier=4"];
/// How far things may move while a page loads: not at all, but for what rounding makes of nothing.
const SHIFT: f64 = 0.001;

struct Stop {
    name: &'static str,
    path: &'static str,
    /// May search engines list it?
    is_listed: bool,
}

const STOPS: [Stop; 5] = [
    Stop { name: "home", path: "/", is_listed: true },
    Stop { name: "category", path: "/c/baskets", is_listed: true },
    Stop { name: "product", path: PRODUCT, is_listed: true },
    Stop { name: "cart", path: "/cart", is_listed: false },
    Stop { name: "checkout", path: "/checkout", is_listed: false },
];

/// What Lighthouse says of one page.
#[derive(Debug, PartialEq)]
struct Scores {
    /// From 0 to 1, in the order of [`CATEGORIES`].
    of: [f64; 4],
    largest: f64,
    shift: f64,
}

impl Scores {
    fn read(report: &Value) -> Option<Self> {
        let score = |category: &str| report["categories"][category]["score"].as_f64();
        let [performance, accessibility, practices, search] = CATEGORIES.map(score);
        Some(Self {
            of: [performance?, accessibility?, practices?, search?],
            largest: largest(report)?,
            shift: number(report, "cumulative-layout-shift")?,
        })
    }

    fn is_enough(&self, is_listed: bool) -> bool {
        let is_full = CATEGORIES.iter().zip(self.of).all(|(name, score)| {
            // Scores have two digits behind the point.
            score > 0.995 || (!is_listed && *name == SEARCHED)
        });
        is_full && self.largest <= LARGEST && self.shift < SHIFT
    }
}

fn number(report: &Value, audit: &str) -> Option<f64> {
    report["audits"][audit]["numericValue"].as_f64()
}

fn largest(report: &Value) -> Option<f64> {
    number(report, "largest-contentful-paint")
}

/// Builds, starts a demo of its own, and measures.
pub fn run(here: &Workspace) -> anyhow::Result<ExitCode> {
    let chromium = install::chromium()?;
    let lighthouse = install::lighthouse(here)?;
    let site = site::build(here, Quality::Release)?;
    let postgres = install::postgres(here)?;
    let programs = Programs::build(here, &["--package", "server", "--package", "sandbox"])?;
    let scratch = Scratch::make("lighthouse")?;
    let addresses = Addresses::free()?;
    let mut demo = Demo::start(
        here,
        &Setup {
            programs: &programs,
            addresses: addresses.clone(),
            site: &site,
            postgres: postgres.directory(),
            data_dir: Some(&scratch.path().join("data")),
            log: Some(&scratch.path().join("demo.log")),
        },
    )?;
    demo.wait_until_ready()?;
    let phone = Phone { lighthouse, chromium, folder: scratch.path(), port: addresses.public_port() };
    let is_enough = measure(&phone)?;
    demo.stop();
    Ok(if is_enough { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Measures every page and prints the table; whether all of them reach what is asked.
fn measure(phone: &Phone<'_>) -> anyhow::Result<bool> {
    let cart = phone.fill_cart()?;
    let mut is_enough = true;
    say("Lighthouse");
    let [page, lcp, slow, cls] = ["page", "LCP ms", "slow", "CLS"];
    let names = ["speed", "access", "usage", "search"].map(|name| format!("{name:>6}")).join(" ");
    tell(format!("{page:<10} {names} {lcp:>9} {slow:>9} {cls:>7}"));
    for stop in &STOPS {
        let missing = || format!("the report of {} has no scores", stop.name);
        let scores = Scores::read(&phone.look(stop, &cart, &[])?).with_context(missing)?;
        let slow = largest(&phone.look(stop, &cart, &SLOW)?).with_context(missing)?;
        let passed = scores.is_enough(stop.is_listed) && slow <= LARGEST_WHEN_SLOW;
        is_enough &= passed;
        let [speed, access, usage, search] = scores.of;
        tell(format!(
            "{:<10} {speed:>6.2} {access:>6.2} {usage:>6.2} {search:>6.2} {:>9.0} {slow:>9.0} {:>7.3}  {}",
            stop.name,
            scores.largest,
            scores.shift,
            if passed { "ok" } else { "BELOW" }
        ));
    }
    tell(format!(
        "asked: 1.00 each (no search score of cart and checkout), LCP {LARGEST:.0} ms, slow {LARGEST_WHEN_SLOW:.0} ms, CLS 0"
    ));
    Ok(is_enough)
}

/// What looks at the pages.
struct Phone<'a> {
    lighthouse: PathBuf,
    chromium: PathBuf,
    folder: &'a Path,
    port: &'a str,
}

impl Phone<'_> {
    fn host(&self) -> String {
        format!("{SHOP}.localhost:{}", self.port)
    }

    /// Puts the product into a cart; gives the cookies that it is known by.
    fn fill_cart(&self) -> anyhow::Result<String> {
        let address = format!("127.0.0.1:{}", self.port);
        let page = http::get(&address, &self.host(), PRODUCT)?;
        let page = String::from_utf8(page.body).context("the product page is not UTF-8")?;
        let variant = page.split_once("name=\"variant\" value=\"").and_then(|(_, rest)| rest.split('"').next());
        let form = format!("variant={}&quantity=1", variant.context("the product page offers nothing to buy")?);
        let answer = http::post(&address, &self.host(), "/cart/items", &form)?;
        if answer.status != 303 || answer.cookies.is_empty() {
            bail!("nothing could be put into the cart: the shop answered {}", answer.status);
        }
        Ok(answer.cookies.join("; "))
    }

    /// Lighthouse's report of one page.
    fn look(&self, stop: &Stop, cart: &str, throttling: &[&str]) -> anyhow::Result<Value> {
        let report = self.folder.join(format!("{}.json", stop.name));
        let mut look = command(&self.lighthouse, [format!("http://{}{}", self.host(), stop.path)]);
        look.args(["--quiet", "--no-enable-error-reporting", "--output=json"])
            .arg(format!("--output-path={}", report.display()))
            .arg(format!("--only-categories={}", CATEGORIES.join(",")))
            .arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu")
            .args(throttling)
            .env("CHROME_PATH", &self.chromium);
        if !stop.is_listed {
            look.arg(format!("--extra-headers={}", json!({ "Cookie": cart })));
        }
        steps::run(&mut look)?;
        let text = fs::read_to_string(&report).with_context(|| format!("no report of {}", stop.name))?;
        serde_json::from_str(&text).with_context(|| format!("reading the report of {}", stop.name))
    }
}

#[cfg(test)]
mod tests {
    use super::Scores;
    use serde_json::{Value, json};

    #[test]
    fn a_page_is_enough_when_every_score_is_full_and_search_is_asked_of_listed_pages_only() {
        let report = |speed: f64, search: f64, shift: f64| {
            json!({
                "categories": {
                    "performance": { "score": speed }, "accessibility": { "score": 1 },
                    "best-practices": { "score": 1 }, "seo": { "score": search },
                },
                "audits": {
                    "largest-contentful-paint": { "numericValue": 1_150.4 },
                    "cumulative-layout-shift": { "numericValue": shift },
                },
            })
        };
        let enough =
            |report: Value, is_listed: bool| Scores::read(&report).is_some_and(|scores| scores.is_enough(is_listed));
        assert!(enough(report(1.0, 1.0, 0.0), true));
        assert!(enough(report(1.0, 0.6, 0.0), false) && !enough(report(1.0, 0.6, 0.0), true));
        assert!(!enough(report(0.99, 1.0, 0.0), false) && !enough(report(1.0, 1.0, 0.05), false));
        assert_eq!(Scores::read(&json!({})), None);
    }
}
