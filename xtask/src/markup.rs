//! The W3C's HTML checker over the pages that the browser tests kept: one run for all of them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::install;
use crate::steps::{command, output, say, tell};
use crate::tally::Tally;
use crate::workspace::Workspace;

/// Each page counts one; what is wrong with it is told under its name.
pub fn check(here: &Workspace, pages: &Path) -> anyhow::Result<Tally> {
    install::java()?;
    let checker = install::html_checker(here)?;
    let names = names(pages)?;
    say(format!("checking the HTML of {} pages", names.len()));
    let mut run = command("java", ["-jar"]);
    run.arg(checker).args(["--errors-only", "--no-langdetect", "--exit-zero-always", "--stdout", "--format", "json"]);
    run.args(names.iter().map(|name| pages.join(name)));
    let report = output(&mut run).context("the HTML checker could not be run; it needs Java 17 or newer")?;
    let report = serde_json::from_str(&report).context("reading the HTML checker's report")?;
    let wrong = errors(&report).context("the HTML checker's report has no list of messages")?;
    let mut tally = Tally::default();
    for name in &names {
        let told: Vec<_> = wrong.iter().filter(|(page, _)| page == name).collect();
        tally.count(&format!("HTML of {name}"), told.is_empty());
        for (_, message) in told {
            tell(format!("{name}: {message}"));
        }
    }
    // Whatever it says of no page at all, such as of a file that it could not read.
    for (page, message) in wrong.iter().filter(|(page, _)| !names.contains(page)) {
        tally.count(&format!("HTML checker: {page} {message}"), false);
    }
    Ok(tally)
}

fn names(pages: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    // Without the folder the browser tests did not come as far.
    if let Ok(files) = fs::read_dir(pages) {
        for file in files {
            names.push(file.context("reading the kept pages")?.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    if names.is_empty() {
        bail!("the browser tests kept no page to check");
    }
    Ok(names)
}

/// The name of the page and what is wrong where.
fn errors(report: &Value) -> Option<Vec<(String, String)>> {
    let text = |message: &Value, key: &str| message.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let wrong = report.get("messages")?.as_array()?.iter().filter(|message| text(message, "type") != "info");
    let told = wrong.map(|message| {
        let url = text(message, "url");
        let page = url.rsplit('/').next().unwrap_or_default().to_owned();
        (page, format!("{} at {}", text(message, "message"), text(message, "extract").replace('\n', " ")))
    });
    Some(told.collect())
}

#[cfg(test)]
mod tests {
    use super::errors;
    use serde_json::json;

    #[test]
    fn an_error_belongs_to_the_file_it_was_found_in_and_a_hint_is_none() {
        let report = json!({ "messages": [
            { "type": "error", "url": "file:/tmp/pages/shop-cart.html", "lastLine": 1, "message": "Stray end tag p.", "extract": "</ul>\n</p>" },
            { "type": "info", "subType": "warning", "url": "file:/tmp/pages/shop.html", "message": "Section lacks heading." },
        ] });
        let told = vec![("shop-cart.html".to_owned(), "Stray end tag p. at </ul> </p>".to_owned())];
        assert_eq!(errors(&report), Some(told));
        assert_eq!(errors(&json!({ "messages": [] })), Some(Vec::new()));
        assert_eq!(errors(&json!({})), None);
    }
}
