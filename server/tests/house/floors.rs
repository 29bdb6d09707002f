//! Who may import whom: the floors of the root package as data, and the walls between the packages.

use super::source::{File, Rust, words};

/// The floors from the ground up. An arrow may only go down; neighbours do not import each other.
pub const FLOORS: &[(&str, &[&str])] = &[
    ("ground", GROUND),
    ("floor 0", &["tenancy", "analytics"]),
    ("floor 1", &["catalog", "customers"]),
    ("floor 2", &["pricing", "inventory", "delivery", "content"]),
    ("floor 3", &["cart", "orders", "payments"]),
    ("floor 4", &["checkout"]),
    ("floor 5", &["seo"]),
    ("floor 6", &["pages", "demo", "housekeeping"]),
];
const GROUND: &[&str] = &["kernel", "error", "ctx", "db", "jobs", "vault", "mail"];

/// Arrows that go up all the same: from, to, why.
pub const STAIRS: &[(&str, &str, &str)] = &[
    ("ctx", "analytics", "a verb's surroundings carry the one recorder of events; only its type is named"),
    ("ctx", "payments", "a verb's surroundings carry the one client of the provider; only its type is named"),
    ("ctx", "delivery", "a verb's surroundings carry the one client of the delivery partner; only its type is named"),
];

/// Imports that go up or sideways.
pub fn climbing(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    // what exists for tests only sets up a whole installation, from any floor
    for file in files.iter().filter(|file| file.is_rust() && !file.is_test()) {
        let Some(own) = module_of(&file.path) else { continue };
        let Some(floor) = floor_of(own) else {
            offences.push(format!("{}: {own} is on no floor; give it one", file.path));
            continue;
        };
        let rust = Rust::read(&file.text);
        for (line, other) in imports(&rust.code) {
            if !may_import(own, floor, &other) {
                offences.push(format!(
                    "{}:{line}: {own} imports {other}; it may import {}",
                    file.path,
                    allowed(own, floor).join(", ")
                ));
            }
        }
        let depth = file.path.trim_start_matches("src/").trim_end_matches("/mod.rs").split('/').count();
        if rust.without_tests().contains(&"super::".repeat(depth)) {
            offences.push(format!("{}: it climbs to the top by super; say crate:: instead", file.path));
        }
    }
    offences
}

/// The first folder or file below `src/`; nothing for the root itself and for other packages.
fn module_of(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/")?;
    let module = inner.split(['/', '.']).next()?;
    (module != "lib").then_some(module)
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|(_, modules)| modules.contains(&module))
}

fn may_import(own: &str, floor: usize, other: &str) -> bool {
    let stairs = STAIRS.iter().any(|(from, to, _)| *from == own && *to == other);
    // names that are no module are what the root itself holds
    let Some(target) = floor_of(other) else { return true };
    let on_ground = floor == 0 && target == 0 && own != "kernel";
    own == other || stairs || on_ground || target < floor
}

/// What a module may import, for the one who reads the offence.
fn allowed(own: &str, floor: usize) -> Vec<&'static str> {
    FLOORS
        .iter()
        .flat_map(|(_, modules)| modules.iter().copied())
        .filter(|other| may_import(own, floor, other))
        .collect()
}

/// The first name after each `crate::`, also of those in braces, with its line.
fn imports(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.trim_start().strip_prefix('{') {
            found.extend(heads(group).into_iter().map(|name| (line, name)));
        } else {
            found.push((line, name_at(rest)));
        }
    }
    found.retain(|(_, name)| !name.is_empty());
    found
}

/// The first name of each entry of a group of imports, up to its closing brace.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 0_u32;
    let mut entries = vec![String::new()];
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => entries.push(String::new()),
            letter => {
                if let Some(entry) = entries.last_mut()
                    && depth == 0
                {
                    entry.push(letter);
                }
            }
        }
    }
    entries.iter().map(|entry| name_at(entry.trim_start())).collect()
}

fn name_at(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// What one package may not even name: folder, names, why.
const STRANGERS: &[(&str, &[&str], &str)] = &[
    ("src/", &["axum", "leptos", "leptos_axum", "leptos_router", "leptos_meta"], "models and verbs know no pages"),
    ("app/", &["sqlx"], "pages ask verbs and views, never the database"),
    ("frontend/", &["sqlx", "axum"], "it runs in a browser"),
    ("sandbox/", &["duka", "app", "server"], "a stand-in that shares our code would share our mistakes"),
];

/// A package that names what it must not know.
pub fn strangers(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        for (_, names, reason) in STRANGERS.iter().filter(|(folder, ..)| file.path.starts_with(folder)) {
            let rust = Rust::read(&file.text);
            for (line, word) in words(&rust.code).filter(|(_, word)| names.contains(word)) {
                // a path or an import, and not a variable or a folder of that name
                let is_crate =
                    rust.code.lines().nth(line - 1).is_some_and(|text| {
                        text.contains(&format!("{word}::")) && !text.contains(&format!("::{word}::"))
                    });
                if is_crate {
                    offences.push(format!("{}:{line}: it names {word}; {reason}", file.path));
                }
            }
        }
    }
    offences.dedup();
    offences
}

/// Statements in the server's own code: SQL stays behind the verbs.
pub fn sql_in_server(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && file.path.starts_with("server/src/")) {
        let rust = Rust::read(&file.text);
        offences.extend(
            rust.quoted
                .iter()
                .filter(|text| is_sql(text))
                .map(|text| format!("{}: SQL in the server: {text}", file.path)),
        );
        if rust.code.contains("sqlx::query") {
            offences.push(format!("{}: it asks the database itself; that is a verb's or a page's work", file.path));
        }
    }
    offences
}

fn is_sql(text: &str) -> bool {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    (text.starts_with("select ") && (text.contains(" from ") || text.contains('(')))
        || text.starts_with("insert into ")
        || (text.starts_with("update ") && text.contains(" set "))
        || text.starts_with("delete from ")
}
