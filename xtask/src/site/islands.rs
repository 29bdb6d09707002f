//! Do the islands survive the build? A linker that finds nobody calling them leaves them out without a word.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};

use crate::fingerprint;

/// The folder whose `#[island]` functions the shop's bundle must export.
const SOURCES: &str = "app/src/storefront";

/// Every island of the shop, and whether the built script exports it; an error names those that are missing.
pub fn check(root: &Path, site: &Path) -> anyhow::Result<usize> {
    let script = site.join("shop/app.js");
    let script = fs::read_to_string(&script).with_context(|| format!("reading {}", script.display()))?;
    let mut islands = Vec::new();
    for path in fingerprint::files(&root.join(SOURCES))? {
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        islands.extend(declared(&text));
    }
    ensure!(!islands.is_empty(), "no island is declared below {SOURCES}");
    let lost = missing(&islands, &script);
    ensure!(lost.is_empty(), "the shop's bundle does not export {}", lost.join(", "));
    Ok(islands.len())
}

/// The names of the functions under `#[island]`.
fn declared(source: &str) -> Vec<String> {
    source
        .split("#[island]")
        .skip(1)
        .filter_map(|rest| rest.split_once("fn ")?.1.split(['(', '<']).next())
        .map(|name| name.trim().to_owned())
        .collect()
}

/// Islands without an export of their own: `BuyBox` is exported as `BuyBox_` and a number.
fn missing<'a>(islands: &'a [String], script: &str) -> Vec<&'a str> {
    let exported = exports(script);
    let is_there = |island: &str| {
        exported.iter().any(|name| {
            name.strip_prefix(island)
                .and_then(|rest| rest.strip_prefix('_'))
                .is_some_and(|number| !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit()))
        })
    };
    islands.iter().map(String::as_str).filter(|island| !is_there(island)).collect()
}

/// What a module exports: `export function name`, and the outer names of `export{a as name}`.
fn exports(script: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, word) in script.match_indices("export") {
        let rest = script[at + word.len()..].trim_start();
        if let Some(list) = rest.strip_prefix('{').and_then(|rest| rest.split('}').next()) {
            names.extend(list.split(',').filter_map(|entry| entry.split_whitespace().next_back()));
        } else if let Some(named) = rest.strip_prefix("function ") {
            names.extend(named.split('(').next().map(str::trim));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{declared, missing};

    #[test]
    fn an_island_that_the_bundle_lost_is_named() {
        let islands = ["BuyBox", "CartQuantity", "Wait"].map(str::to_owned);
        let script = "function a(){}export function BuyBox_9759(n){}export{a as CartQuantity_1,b as default}";
        assert_eq!(missing(&islands, script), ["Wait"]);
        let other = "export function BuyBoxes_1(){}const Wait_3=1;export function CartQuantity(){}";
        assert_eq!(missing(&islands, other), ["BuyBox", "CartQuantity", "Wait"]);
    }

    #[test]
    fn an_island_is_named_by_its_function() {
        let source = "#[island]\npub fn BuyBox(children: Children) -> impl IntoView {}\n\n#[component]\nfn Other() {}\n#[island]\nfn Wait<T>() {}";
        assert_eq!(declared(source), ["BuyBox", "Wait"]);
    }
}
