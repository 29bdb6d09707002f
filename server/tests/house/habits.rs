//! Habits every file keeps: a first line, a size, plain names, no floats, no unwrap, nothing of one machine.

use super::source::{File, Rust, words};

/// The kinds of file whose first line says what they are for, and how a remark begins in them.
const REMARKS: &[(&str, &[&str])] = &[
    ("rs", &["//! "]),
    ("css", &["/* "]),
    ("mjs", &["// ", "/* ", "/** "]),
    ("js", &["// ", "/* ", "/** "]),
    ("ts", &["// ", "/* ", "/** "]),
    ("sql", &["-- "]),
];

/// Files whose first line says nothing.
pub fn without_first_line(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files {
        let Some((_, remarks)) = REMARKS.iter().find(|(kind, _)| *kind == file.kind()) else { continue };
        // the runner wants this marker first
        let first = file.text.lines().find(|line| *line != "-- no-transaction").unwrap_or_default();
        let sentence = remarks.iter().find_map(|remark| first.strip_prefix(remark)).unwrap_or_default();
        let is_sentence = sentence.split_whitespace().count() >= 3
            && sentence.chars().next().is_some_and(|letter| letter.is_uppercase() || !letter.is_alphabetic());
        if !is_sentence {
            offences.push(format!("{}: its first line does not say what it is for", file.path));
        }
    }
    offences
}

/// Files that have outgrown themselves.
pub fn too_long(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files {
        let limit = match file.kind() {
            "rs" | "sql" | "mjs" | "js" | "ts" => 400,
            "css" => 250,
            _ => continue,
        };
        let lines = file.text.lines().count();
        if lines > limit {
            offences.push(format!("{}: {lines} lines, and {limit} are enough; cut it by noun or by verb", file.path));
        }
    }
    offences
}

/// Words that say nothing about what a thing is.
const EMPTY_WORDS: &[&str] = &[
    "util", "utils", "utility", "helper", "helpers", "manager", "common", "misc", "base", "data", "info", "handler",
    "handler2", "impl", "stuff",
];

/// Files and types named with words that say nothing.
pub fn empty_names(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        let is_ours = REMARKS.iter().any(|(kind, _)| *kind == file.kind()) || file.kind() == "md";
        if is_ours && let Some(word) = stem.split(['_', '-']).find(|word| EMPTY_WORDS.contains(word)) {
            offences.push(format!("{}: {word} says nothing; name it after what it does", file.path));
        }
        if file.is_rust() {
            for (line, name) in types(&Rust::read(&file.text).code) {
                if let Some(word) = parts(&name).into_iter().find(|word| EMPTY_WORDS.contains(&word.as_str())) {
                    offences.push(format!("{}:{line}: {word} in {name} says nothing", file.path));
                }
            }
        }
    }
    offences
}

/// The types and traits that a file declares.
fn types(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut before = "";
    let lines: Vec<&str> = code.lines().collect();
    for (line, word) in words(code) {
        // Inside of an implementation a type has the name that its trait gives it.
        let is_inside = lines.get(line - 1).is_some_and(|text| text.starts_with(' '));
        let is_declared = matches!(before, "struct" | "enum" | "trait" | "union") || (before == "type" && !is_inside);
        if is_declared && word.starts_with(char::is_uppercase) {
            found.push((line, word.to_owned()));
        }
        before = word;
    }
    found
}

/// `DeliveryZone` as delivery, zone.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for letter in name.chars() {
        if letter.is_uppercase() || parts.is_empty() {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.extend(letter.to_lowercase());
        }
    }
    parts
}

/// Code outside of tests that may stop the program where it stands.
pub fn unwraps(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && !file.is_test()) {
        for (nth, line) in Rust::read(&file.text).without_tests().lines().enumerate() {
            if line.contains(".unwrap()") {
                offences.push(format!("{}:{}: unwrap outside of tests", file.path, nth + 1));
            }
        }
    }
    offences
}

/// What a provider is asked through: `platform.daraja` and its like.
const PROVIDERS: &[&str] = &["daraja", "paystack", "texts", "pickup_mtaani"];

/// Functions that ask a provider while they have a transaction, and with it a connection that others wait for.
pub fn held_lines(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    let lived = |file: &&File| file.path.starts_with("src/") || file.path.starts_with("server/src/");
    for file in files.iter().filter(|file| file.is_rust() && !file.is_test()).filter(lived) {
        let code = Rust::read(&file.text).without_tests();
        let words: Vec<(usize, &str)> = words(&code).collect();
        let mut is_open = false;
        for (at, (line, word)) in words.iter().enumerate() {
            let next = |by: usize| words.get(at + by).map_or("", |(_, word)| *word);
            // `return Ok(tx.commit()…)` ends nothing for what stands below it.
            let goes_back = at >= 2 && words[at - 2].1 == "return" && words[at - 1].1 == "Ok";
            match *word {
                "fn" => is_open = false,
                "TenantTx" | "PlatformTx" => is_open = true,
                "let" if next(1) == "mut" && next(2) == "tx" => is_open = true,
                "tx" if next(1) == "commit" => is_open = is_open && goes_back,
                "drop" if next(1) == "tx" => is_open = false,
                "platform" if is_open && PROVIDERS.contains(&next(1)) => {
                    offences.push(format!("{}:{line}: {} is asked while a transaction is open", file.path, next(1)));
                }
                _ => {}
            }
        }
    }
    offences
}

/// Where a number may be a float in the models and verbs, and why it is not money.
const FLOATS: &[(&str, &str)] = &[
    ("src/catalog/import/", "weight in kilograms, as the draft has it"),
    ("src/catalog/media/", "the quality of a picture, as its encoder has it"),
];

/// Floating point where money is near.
pub fn floats(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && file.path.starts_with("src/")) {
        let is_allowed = FLOATS.iter().any(|(folder, _)| file.path.starts_with(folder));
        for (line, word) in words(&Rust::read(&file.text).without_tests()) {
            if !is_allowed && matches!(word, "f32" | "f64") {
                offences.push(format!("{}:{line}: {word}; money and its neighbours are whole numbers", file.path));
            }
        }
    }
    offences
}

/// The one component that may write a text box.
const TEXT_BOX: &str = "/text_area.rs";

/// Text boxes by hand: what stands between the tags loses its first line break, and its markup is not escaped.
pub fn raw_textareas(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.is_rust() && file.path.starts_with("app/") && !file.path.ends_with(TEXT_BOX))
        .filter(|file| Rust::read(&file.text).code.contains("<textarea"))
        .map(|file| format!("{}: a textarea by hand; use the component in text_area.rs", file.path))
        .collect()
}

/// Where people and machines keep their own files.
const HOMES: &[&str] = &["/work/", "/root/", "/home/", "/Users/"];

/// Paths that exist on one machine only.
pub fn machine_paths(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files.iter().filter(|file| !file.path.starts_with("server/tests/house")) {
        for (nth, line) in file.text.lines().enumerate() {
            for home in HOMES {
                // the end of a longer path or address is not a place on a machine
                let is_path = line.match_indices(home).any(|(at, _)| {
                    !line[..at].ends_with(|letter: char| letter.is_alphanumeric() || "._-}~*".contains(letter))
                });
                if is_path {
                    offences.push(format!("{}:{}: {home} is a place on one machine", file.path, nth + 1));
                }
            }
        }
    }
    offences
}

/// Where packages come from; only the lists that the tools write themselves may say so.
const REGISTRIES: &[&str] = &["crates.io", "npmjs", "yarnpkg.com", "pypi", "debian.org"];
const WRITTEN_BY_TOOLS: &[&str] = &["Cargo.lock", "package-lock.json"];

/// Files that send a tool to a certain registry: which one is used is the machine's affair.
pub fn registries(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files.iter().filter(|file| !file.path.starts_with("server/tests/house")) {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        if WRITTEN_BY_TOOLS.contains(&name) {
            continue;
        }
        for (nth, line) in file.text.lines().enumerate() {
            if let Some(host) = REGISTRIES.iter().find(|host| line.contains(**host)) {
                offences.push(format!(
                    "{}:{}: it names {host}; which registry serves is set on the machine",
                    file.path,
                    nth + 1
                ));
            }
        }
    }
    offences
}

/// Documents that lead a reader by the hand.
const GUIDES: &[&str] = &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "migrations/README.md"];
const FOLDERS: &[&str] =
    &["src/", "app/", "server/", "sandbox/", "cluster/", "xtask/", "migrations/", "docs/", "style/", "end2end/"];

/// Paths in the guides that lead nowhere. Behind `…`, `<` and `NNNN` stands what the reader puts in.
pub fn dead_paths(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files.iter().filter(|file| GUIDES.contains(&file.path.as_str())) {
        for (nth, line) in file.text.lines().enumerate() {
            for word in line.split(|letter: char| letter.is_whitespace() || "`()[],;|\"".contains(letter)) {
                let path =
                    ["…", "<", "*", "NNNN"].iter().fold(word, |path, mark| path.split(mark).next().unwrap_or(path));
                let path = path.trim_end_matches(['.', ':']);
                let is_there =
                    |other: &File| other.path == path || (path.ends_with('/') && other.path.starts_with(path));
                // pictures are no text, and so not among the files
                let is_text = path.rsplit_once('.').is_none_or(|(_, kind)| kind != "png");
                if is_text && FOLDERS.iter().any(|folder| path.starts_with(folder)) && !files.iter().any(is_there) {
                    offences.push(format!("{}:{}: {path} is not there", file.path, nth + 1));
                }
            }
        }
    }
    offences
}

/// Where the example of all settings stops telling what is read.
const LATER: &str = "# --- Not read yet ---";

/// Settings that the example names and nobody reads, and those it calls unread that somebody does.
pub fn unread_settings(files: &[File]) -> Vec<String> {
    let Some(example) = files.iter().find(|file| file.path == ".env.example") else { return Vec::new() };
    // the task that starts the demo only hands them on
    let readers = files.iter().filter(|file| {
        file.path == "Makefile" || (file.is_rust() && !file.is_test() && file.path != "xtask/src/demo.rs")
    });
    let readers: Vec<&File> = readers.collect();
    let (now, later) = example.text.split_once(LATER).unwrap_or((&example.text, ""));
    let mut offences = Vec::new();
    for (text, is_promised) in [(now, false), (later, true)] {
        for name in text.lines().filter_map(|line| line.trim_start_matches("# ").split_once('=')).map(|(name, _)| name)
        {
            // The bucket's own settings are read all together, by what they begin with.
            let is_setting =
                name.bytes().all(|letter| letter.is_ascii_uppercase() || letter == b'_') && !name.starts_with("AWS_");
            let is_read = readers.iter().any(|file| words(&file.text).any(|(_, word)| word == name));
            if is_setting && is_read == is_promised {
                let what = if is_read { "is read, and the example says it is not" } else { "is read by nobody" };
                offences.push(format!(".env.example: {name} {what}"));
            }
        }
    }
    offences
}

/// Where the programs lie that a person sets up.
const PROGRAMS: &[&str] = &["src/", "server/src/", "cluster/src/", "sandbox/src/"];

/// Settings that a program reads and the example does not tell of.
pub fn untold_settings(files: &[File]) -> Vec<String> {
    let Some(example) = files.iter().find(|file| file.path == ".env.example") else { return Vec::new() };
    let told: Vec<&str> = words(&example.text).map(|(_, word)| word).collect();
    let is_program = |file: &&File| PROGRAMS.iter().any(|folder| file.path.starts_with(folder));
    let mut offences = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && !file.is_test()).filter(is_program) {
        for name in Rust::read(&file.text).quoted {
            let is_setting =
                name.starts_with("DUKA_") && name.bytes().all(|letter| letter.is_ascii_uppercase() || letter == b'_');
            if is_setting && !told.contains(&name.as_str()) {
                offences.push(format!("{}: {name} is not in .env.example", file.path));
            }
        }
    }
    offences
}

/// Migrations that share a number: the runner takes the number for the version.
pub fn shared_numbers(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    let mut before: Option<(&str, &str)> = None;
    for file in files {
        let number =
            file.path.strip_prefix("migrations/").and_then(|name| name.split_once('_')).map(|(number, _)| number);
        let Some(number) = number else { continue };
        if let Some((taken, other)) = before
            && taken == number
        {
            offences.push(format!("{}: its number is taken by {other}", file.path));
        }
        before = Some((number, &file.path));
    }
    offences
}
