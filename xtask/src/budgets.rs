//! The byte budgets: what a phone downloads, measured on the built site and on a running demo.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::demo::{Addresses, Demo, Programs, Setup};
use crate::site::{self, Quality, brotli_bytes, length};
use crate::steps::{say, tell};
use crate::tally::Tally;
use crate::workspace::{Scratch, Workspace};
use crate::{http, install};

/// One limit; sizes in bytes, compressed with brotli unless it is a picture.
#[derive(Debug)]
struct Budget {
    what: &'static str,
    measured: anyhow::Result<u64>,
    limit: u64,
}

/// The shop that is measured.
const SHOP: &str = "mama-njeri";

/// `make budgets`: builds the site, asks the demo at `DUKA_TEST_BASE_URL` or starts one.
pub fn run(here: &Workspace) -> anyhow::Result<ExitCode> {
    let site = site::build(here, Quality::Release)?;
    let tally = if let Some(base) = here.setting("DUKA_TEST_BASE_URL") {
        measure(here, &site, &base)
    } else {
        let postgres = install::postgres(here)?;
        let programs = Programs::build(here, &["--package", "server", "--package", "sandbox"])?;
        let scratch = Scratch::make("budgets")?;
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
        measure(here, &site, &format!("http://localhost:{}", addresses.public_port()))
    };
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Measures everything and prints the table; each limit counts one, and so do the islands together.
pub fn measure(here: &Workspace, site: &Path, base: &str) -> Tally {
    say("byte budgets");
    let page = product_page(base);
    let budgets = [
        Budget {
            what: "shop WASM and its glue",
            measured: sum(site, &["shop/app.wasm.br", "shop/app.js.br"]),
            limit: 60_000,
        },
        Budget { what: "island loader and service worker", measured: scripts(site), limit: 2_000 },
        Budget {
            what: "dashboard entry",
            measured: sum(site, &["dash/app.wasm.br", "dash/app.js.br"]),
            limit: 300_000,
        },
        Budget {
            what: "product page: HTML and styles",
            measured: page
                .as_ref()
                .map_err(again)
                .and_then(|page| Ok(brotli_bytes(page.as_bytes())?.len() as u64 + linked_styles(site, page)?)),
            limit: 14_336,
        },
        Budget {
            what: "main product picture at 360 px",
            measured: page.as_ref().map_err(again).and_then(|page| picture(base, page)),
            limit: 30_000,
        },
    ];
    let mut tally = Tally::default();
    tell(format!("{:<34} {:>10} {:>10}", "budget", "measured", "limit"));
    for budget in &budgets {
        let passed = budget.measured.as_ref().is_ok_and(|measured| *measured <= budget.limit);
        tally.count(&format!("budget of {}", budget.what), passed);
        let word = if passed { "ok" } else { "TOO LARGE" };
        match &budget.measured {
            Ok(measured) => tell(format!("{:<34} {measured:>10} {:>10}  {word}", budget.what, budget.limit)),
            Err(cause) => tell(format!("{:<34} {:>10} {:>10}  FAILED: {cause:#}", budget.what, "?", budget.limit)),
        }
    }
    let islands = site::check_islands(&here.root, site);
    tally.count("islands in the bundle", islands.is_ok());
    match islands {
        Ok(count) => tell(format!("{:<34} {count:>10} {count:>10}  ok", "islands that the bundle exports")),
        Err(cause) => tell(format!("{:<34} FAILED: {cause:#}", "islands that the bundle exports")),
    }
    tally
}

fn again(cause: &anyhow::Error) -> anyhow::Error {
    anyhow::anyhow!("{cause:#}")
}

fn sum(site: &Path, files: &[&str]) -> anyhow::Result<u64> {
    files.iter().map(|file| length(&site.join(file))).sum()
}

/// The sheet that a page names, when it does not carry its styles itself.
fn linked_styles(site: &Path, page: &str) -> anyhow::Result<u64> {
    if page.contains("rel=\"stylesheet\"") { sum(site, &["shop.css.br"]) } else { Ok(0) }
}

fn scripts(site: &Path) -> anyhow::Result<u64> {
    site::scripts_of(site)?.iter().map(|script| Ok(brotli_bytes(&fs::read(script)?)?.len() as u64)).sum()
}

fn ask(base: &str, path: &str) -> anyhow::Result<Vec<u8>> {
    let authority = base.split_once("://").map_or(base, |(_, rest)| rest).trim_end_matches('/');
    let (_, port) = authority.rsplit_once(':').unwrap_or((authority, "80"));
    // Not every resolver knows *.localhost.
    let answer = http::get(&format!("127.0.0.1:{port}"), &format!("{SHOP}.{authority}"), path)?;
    if answer.status != 200 {
        bail!("{path} answered {}", answer.status);
    }
    Ok(answer.body)
}

fn product_page(base: &str) -> anyhow::Result<String> {
    let home = String::from_utf8(ask(base, "/")?).context("the shop's home page is not UTF-8")?;
    let product = after(&home, "href=\"/p/").context("the shop's home page shows no product")?;
    String::from_utf8(ask(base, &format!("/p/{}", plain(product)))?).context("the product page is not UTF-8")
}

fn picture(base: &str, page: &str) -> anyhow::Result<u64> {
    let address = picture_at_360(page).context("the product page has no picture 360 px wide")?;
    Ok(ask(base, &address)?.len() as u64)
}

/// The first picture that the page offers at 360 px.
fn picture_at_360(page: &str) -> Option<String> {
    page.match_indices("srcset=\"").find_map(|(at, name)| {
        let set = page[at + name.len()..].split('"').next()?;
        let choice = set.split(',').map(str::trim).find(|choice| choice.ends_with(" 360w"))?;
        Some(plain(choice.split_whitespace().next()?))
    })
}

/// What stands between a mark and the next quotation mark.
fn after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.split_once(mark)?.1.split('"').next()
}

fn plain(address: &str) -> String {
    address.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::{after, picture_at_360};

    #[test]
    fn the_first_picture_offered_at_360_px_is_the_one_measured() {
        let page = r#"<img src="/m/a"><img srcset="/m/a?w=180&amp;v=1 180w, /m/a?w=360&amp;v=1 360w"><img srcset="/m/b 360w">"#;
        assert_eq!(picture_at_360(page).as_deref(), Some("/m/a?w=360&v=1"));
        assert_eq!(picture_at_360(r#"<img srcset="/m/a 1360w">"#), None);
    }

    #[test]
    fn a_link_ends_at_its_quotation_mark() {
        assert_eq!(after(r#"<a href="/p/kikoi-bag">"#, "href=\"/p/"), Some("kikoi-bag"));
        assert_eq!(after("nothing", "href"), None);
    }
}
