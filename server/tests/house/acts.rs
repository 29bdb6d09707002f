//! The audit log's names: all in one list, each written somewhere, and the dangerous ones asked for by a test.

use super::source::File;
use duka::kernel::acts::{ALL, GOODS, MONEY, SETTINGS, STOCK, TEAM, is_known};

const LIST: &str = "src/kernel/acts.rs";
/// How an act is written down, and which of its arguments is the name.
const WRITERS: [(&str, usize); 2] = [(".audit(", 1), (".audit_operator(", 0)];

fn verbs(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.is_rust() && !file.is_test() && file.path.starts_with("src/") && file.path != LIST)
}

/// Names that are written and not in the list. One that is chosen before it is written is caught when it is.
pub fn unlisted(files: &[File]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in verbs(files) {
        for (writer, nth) in WRITERS {
            for (at, mark) in file.text.match_indices(writer) {
                let argument = file.text[at + mark.len()..].split(',').nth(nth).unwrap_or_default().trim();
                let name = argument.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                if let Some(name) = name.filter(|name| !is_known(name)) {
                    offences.push(format!("{}: {name} is not in {LIST}", file.path));
                }
            }
        }
    }
    offences
}

/// Names of the list that nobody writes.
pub fn unwritten(files: &[File]) -> Vec<String> {
    let quoted = |name: &str| verbs(files).any(|file| file.text.contains(&format!("\"{name}\"")));
    let names = ALL.iter().copied().flatten();
    names.filter(|name| !quoted(name)).map(|name| format!("{name} is in {LIST} and written by nobody")).collect()
}

/// Names of settings, team, goods, stock and money that no test asks for.
pub fn untested(files: &[File]) -> Vec<String> {
    let tests: Vec<&File> = files
        .iter()
        .filter(|file| file.path.starts_with("server/tests/") && !file.path.starts_with("server/tests/house"))
        .filter(|file| file.is_rust())
        .collect();
    let is_named = |name: &str| {
        tests.iter().any(|file| {
            [format!("\"{name}\""), format!("'{name}'")].iter().any(|quoted| file.text.contains(quoted.as_str()))
        })
    };
    let dangerous = [SETTINGS, TEAM, GOODS, STOCK, MONEY].into_iter().flatten();
    dangerous.filter(|name| !is_named(name)).map(|name| format!("{name} is asked for by no test")).collect()
}
