//! The program's statements as its source has them, so that `pgbench` runs the same ones tomorrow too.

/// A script with each `{name}` replaced by the statement of that source that begins so.
pub fn fill(script: &str, statements: &[(&str, &str, &str)]) -> String {
    statements.iter().fold(script.to_owned(), |script, (name, source, beginning)| {
        script.replace(&format!("{{{name}}}"), &find(source, beginning))
    })
}

/// The statement without what its columns are to the driver.
fn find(source: &str, beginning: &str) -> String {
    let (before, rest) = source.split_once(&format!("\"{beginning}")).expect("the source has such a statement");
    let end = if before.ends_with("r#") { "\"#" } else { "\"," };
    let (text, _) = rest.split_once(end).expect("a statement ends");
    let text = format!("{beginning}{text}");
    let mut parts = text.split("as \"");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('"').expect("a name ends");
        let name = name.split(['!', '?', ':']).next().unwrap_or_default();
        plain.extend(["as \"", name, "\"", rest]);
    }
    plain
}
