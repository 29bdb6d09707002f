//! The project's files, and Rust text with comments, words in quotes and tests taken out.

use std::{fs, path::Path};

/// A text file of the project; the path is from its root, with slashes.
#[derive(Clone, Debug)]
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }
    pub fn is_rust(&self) -> bool {
        self.kind() == "rs"
    }
    pub fn kind(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, kind)| kind)
    }
    /// Is the whole file there for tests only?
    pub fn is_test(&self) -> bool {
        self.path.split('/').any(|part| matches!(part, "tests" | "benches" | "end2end" | "testing.rs" | "tests.rs"))
    }
}

/// What is built, fetched or kept by the machine, and not written by anybody.
const SKIPPED: &[&str] =
    &[".git", ".duka", ".env", ".sqlx", "target", "node_modules", "test-results", "playwright-report"];

/// Every text file of the project.
pub fn project() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    walk(&root, "", &mut files);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(files.iter().any(|file| file.path == "src/lib.rs"), "the project was not found from {}", root.display());
    files
}

fn walk(folder: &Path, path: &str, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("the project's folders can be read").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let inner = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        if SKIPPED.contains(&name.as_str()) {
            continue;
        }
        if entry.path().is_dir() {
            walk(&entry.path(), &inner, files);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.push(File { path: inner, text });
        }
    }
}

/// Rust taken apart: the code with blanks where comments and quoted words stood, and the quoted words.
#[derive(Debug)]
pub struct Rust {
    pub code: String,
    pub quoted: Vec<String>,
}

impl Rust {
    pub fn read(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let mut rust = Self { code: String::with_capacity(text.len()), quoted: Vec::new() };
        let mut at = 0;
        while at < letters.len() {
            at = rust.step(&letters, at);
        }
        rust
    }

    /// Takes one comment, quote or letter, and answers where the next begins.
    fn step(&mut self, letters: &[char], at: usize) -> usize {
        let next = letters.get(at + 1).copied();
        match letters[at] {
            '/' if next == Some('/') => self.blank(letters, at, end_of_line(letters, at)),
            '/' if next == Some('*') => self.blank(letters, at, end_of_comment(letters, at)),
            '"' => {
                let end = end_of_quote(letters, at);
                self.quoted.push(letters[at + 1..end.saturating_sub(1).max(at + 1)].iter().collect());
                self.blank(letters, at, end)
            }
            'r' if !follows_name(letters, at) && raw_fence(letters, at).is_some() => {
                let (open, close, end) = raw_fence(letters, at).unwrap_or((at, at, at + 1));
                self.quoted.push(letters[open..close].iter().collect());
                self.blank(letters, at, end)
            }
            // a letter in quotes, and not a lifetime
            '\'' if next == Some('\\') || letters.get(at + 2) == Some(&'\'') => {
                let from = if next == Some('\\') { at + 3 } else { at + 2 };
                let end = letters[from.min(letters.len())..].iter().position(|letter| *letter == '\'');
                self.blank(letters, at, end.map_or(letters.len(), |end| from + end + 1))
            }
            letter => {
                self.code.push(letter);
                at + 1
            }
        }
    }

    fn blank(&mut self, letters: &[char], from: usize, to: usize) -> usize {
        let to = to.min(letters.len());
        self.code.extend(letters[from..to].iter().map(|letter| if *letter == '\n' { '\n' } else { ' ' }));
        to
    }

    /// The code without the modules that exist for tests only.
    pub fn without_tests(&self) -> String {
        let mut code = self.code.clone();
        while let Some(start) = ["#[cfg(test)]", "#[cfg(all(test,"].iter().filter_map(|mark| code.find(mark)).min() {
            let end = end_of_item(&code, start);
            let blank: String =
                code[start..end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect();
            code.replace_range(start..end, &blank);
        }
        code
    }
}

fn end_of_line(letters: &[char], at: usize) -> usize {
    letters[at..].iter().position(|letter| *letter == '\n').map_or(letters.len(), |end| at + end)
}

fn end_of_comment(letters: &[char], at: usize) -> usize {
    let mut depth = 0_u32;
    let mut here = at;
    while here + 1 < letters.len() {
        match (letters[here], letters[here + 1]) {
            ('/', '*') => (depth, here) = (depth + 1, here + 2),
            ('*', '/') if depth == 1 => return here + 2,
            ('*', '/') => (depth, here) = (depth - 1, here + 2),
            _ => here += 1,
        }
    }
    letters.len()
}

fn end_of_quote(letters: &[char], at: usize) -> usize {
    let mut here = at + 1;
    while here < letters.len() {
        match letters[here] {
            '\\' => here += 2,
            '"' => return here + 1,
            _ => here += 1,
        }
    }
    letters.len()
}

fn follows_name(letters: &[char], at: usize) -> bool {
    // b before r belongs to a raw byte string
    at > 0 && (letters[at - 1].is_alphanumeric() || letters[at - 1] == '_') && letters[at - 1] != 'b'
}

/// Where the words of a raw string begin, where they end, and where the string does.
fn raw_fence(letters: &[char], at: usize) -> Option<(usize, usize, usize)> {
    let fences = letters[at + 1..].iter().take_while(|letter| **letter == '#').count();
    let open = at + 1 + fences;
    if letters.get(open) != Some(&'"') {
        return None;
    }
    let closes = |here: usize| {
        letters[here] == '"'
            && letters.len() > here + fences
            && letters[here + 1..=here + fences].iter().all(|letter| *letter == '#')
    };
    let close = (open + 1..letters.len()).find(|here| closes(*here))?;
    Some((open + 1, close, close + 1 + fences))
}

/// The end of the item that begins here: its semicolon, or the brace that closes it.
fn end_of_item(code: &str, start: usize) -> usize {
    let mut depth = 0_i32;
    for (at, letter) in code[start..].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return start + at + 1;
                }
            }
            ';' if depth == 0 => return start + at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Names and key words of the code, in order, with the line each stands on.
pub fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.lines().enumerate().flat_map(|(line, text)| {
        text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .filter(|word| !word.is_empty())
            .map(move |word| (line + 1, word))
    })
}
