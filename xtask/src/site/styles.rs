//! One style sheet out of many parts, without what browsers need not read.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

/// A browser version as Lightning CSS counts it.
const fn version(major: u32) -> u32 {
    major << 16
}

/// The phones that are sold second-hand, and the last years of everything else.
const TARGETS: Browsers = Browsers {
    android: Some(version(80)),
    chrome: Some(version(80)),
    edge: Some(version(80)),
    firefox: Some(version(78)),
    ie: None,
    ios_saf: Some(version(13)),
    opera: Some(version(67)),
    safari: Some(version(13)),
    samsung: Some(version(13)),
};

/// Follows every `@import` from `from` and writes one minified sheet.
pub fn bundle(from: &Path, to: &Path) -> anyhow::Result<()> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let targets = Targets::from(TARGETS);
    // Errors borrow the bundler: only their words leave this function.
    let mut sheet = bundler.bundle(from).map_err(|cause| anyhow!("{}: {cause}", from.display()))?;
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|cause| anyhow!("{}: {cause}", from.display()))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
        .map_err(|cause| anyhow!("{}: {cause}", from.display()))?;
    fs::write(to, printed.code).with_context(|| format!("writing {}", to.display()))
}

#[cfg(test)]
mod tests {
    use super::bundle;
    use crate::workspace::Scratch;
    use std::fs;

    #[test]
    fn imported_parts_become_one_sheet_that_an_old_browser_understands() {
        let scratch = Scratch::make("styles").unwrap();
        let (entry, out) = (scratch.path().join("shop.css"), scratch.path().join("out.css"));
        fs::write(scratch.path().join("part.css"), ".card { color: #ff0000; inset: 0 }").unwrap();
        fs::write(&entry, "@import \"part.css\";\n.card { & a { margin: 0px } }").unwrap();
        bundle(&entry, &out).unwrap();
        assert_eq!(
            fs::read_to_string(&out).unwrap(),
            ".card{color:red;top:0;bottom:0;left:0;right:0}.card a{margin:0}"
        );
    }

    #[test]
    fn a_missing_part_is_named() {
        let scratch = Scratch::make("styles-missing").unwrap();
        let entry = scratch.path().join("shop.css");
        fs::write(&entry, "@import \"nothing.css\";").unwrap();
        let said = bundle(&entry, &scratch.path().join("out.css")).unwrap_err().to_string();
        assert!(said.contains("shop.css"), "{said}");
    }
}
