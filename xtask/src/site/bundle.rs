//! One WASM bundle: compiled, glued to JavaScript, made small.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use wasm_bindgen_cli_support::Bindgen;

use super::Quality;
use crate::steps::{command, run};
use crate::workspace::Workspace;

/// What the compiler's own output uses; `wasm-opt` refuses what it is not told to expect.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];
/// The oldest browser that gets scripts: what a cheap phone that was never updated has.
const OLDEST: &str = "--target=chrome80";

/// Writes `app.js` and `app.wasm` into `to`.
pub fn build(here: &Workspace, tools: &Path, name: &str, to: &Path, quality: Quality) -> anyhow::Result<()> {
    let profile = match quality {
        Quality::Release => "wasm-release",
        Quality::Dev => "dev",
    };
    // Apart from the server's, so that neither waits for the other; cargo keeps both bundles warm side by side.
    let target = here.target.join("front");
    run(here
        .cargo(["build", "--package", "frontend", "--lib", "--target", "wasm32-unknown-unknown"])
        .args(["--no-default-features", "--features", name, "--profile", profile, "--target-dir"])
        .arg(&target)
        // Flags meant for the machine's own compiler make no sense here.
        .env_remove("RUSTFLAGS"))?;
    let folder = if quality == Quality::Dev { "debug" } else { profile };
    let compiled = target.join("wasm32-unknown-unknown").join(folder).join("frontend.wasm");

    Bindgen::new()
        .input_path(&compiled)
        .web(true)?
        .out_name("app")
        .typescript(false)
        .remove_name_section(quality == Quality::Release)
        .remove_producers_section(true)
        .generate(to)
        .with_context(|| format!("gluing the {name} bundle"))?;

    let (glued, wasm) = (to.join("app_bg.wasm"), to.join("app.wasm"));
    let script = to.join("app.js");
    let text = fs::read_to_string(&script).with_context(|| format!("reading {}", script.display()))?;
    fs::write(&script, text.replace("app_bg.wasm", "app.wasm")).context("renaming the module in app.js")?;
    if quality == Quality::Dev {
        return fs::rename(&glued, &wasm).context("renaming the module");
    }
    let mut optimise = command("node", [tools.join("node_modules/binaryen/bin/wasm-opt")]);
    run(optimise.arg("-Oz").args(FEATURES).arg(&glued).arg("-o").arg(&wasm))?;
    fs::remove_file(&glued).context("removing the module before it was optimised")?;
    minify(tools, &script, quality)
}

/// Makes a script smaller where it lies, in words the oldest browser knows.
pub fn minify(tools: &Path, script: &Path, quality: Quality) -> anyhow::Result<()> {
    if quality == Quality::Dev {
        return Ok(());
    }
    let mut to = OsString::from("--outfile=");
    to.push(script);
    run(command(tools.join("node_modules/.bin/esbuild"), [script.as_os_str()])
        // A module's names are nobody else's, so all of them may be short; without exports it still is a plain script.
        .args(["--minify", "--format=esm", "--allow-overwrite", "--charset=utf8", "--log-level=warning", OLDEST])
        .arg(to))
}

#[cfg(test)]
mod tests {
    /// The value of a key inside one `[[workspace.metadata.leptos]]` project.
    fn setting(project: &str, key: &str) -> Option<String> {
        let manifest = include_str!("../../../Cargo.toml");
        let projects = manifest.split("[[workspace.metadata.leptos]]").skip(1);
        let lines = projects.map(|part| part.split("\n[").next().unwrap_or(part));
        let own = lines.into_iter().find(|part| part.contains(&format!("name = \"{project}\"\n")))?;
        let line = own.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='))?;
        Some(line.trim().trim_matches('"').to_owned())
    }

    #[test]
    fn the_tool_for_live_reload_builds_the_same_bundles() {
        for name in ["shop", "dash"] {
            assert_eq!(setting(name, "lib-package").as_deref(), Some("frontend"));
            assert_eq!(setting(name, "lib-features"), Some(format!("[\"{name}\"]")));
            assert_eq!(setting(name, "lib-default-features").as_deref(), Some("false"));
            assert_eq!(setting(name, "lib-profile-release").as_deref(), Some("wasm-release"));
            assert_eq!(setting(name, "output-name").as_deref(), Some("app"));
            assert_eq!(setting(name, "style-file"), Some(format!("style/{name}.css")));
        }
    }

    #[test]
    fn the_tool_for_live_reload_is_told_which_of_the_two_projects_is_meant() {
        // It refuses to start where it would have to choose.
        let makefile = include_str!("../../../Makefile");
        let calls: Vec<&str> = makefile.split("cargo leptos ").skip(1).collect();
        let projects: Vec<_> = calls
            .iter()
            .map(|call| call.lines().next().unwrap_or_default().split("&&").next().unwrap_or_default())
            .map(|call| call.split_once("--project ").and_then(|(_, rest)| rest.split_whitespace().next()))
            .collect();
        assert_eq!(projects, [Some("shop"), Some("dash")]);
        assert!(projects.into_iter().flatten().all(|name| setting(name, "name").as_deref() == Some(name)));
    }
}
