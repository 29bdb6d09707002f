//! JSON that somebody outside wrote: looked over before anything is built of it, and read only when it is neither deep nor long.

use serde::de::DeserializeOwned;

/// Lists and objects in one another.
pub const DEEPEST: usize = 32;
/// Things in one list.
pub const LONGEST_LIST: usize = 200;

/// What the text says; none when it is no such JSON, or deeper or longer than anybody's we know.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    is_bounded(text).then(|| serde_json::from_slice(text).ok()).flatten()
}

/// Is it within the bounds? Whether it is JSON at all is not asked here.
pub fn is_bounded(text: &[u8]) -> bool {
    // What is open: a list with how many things it has, or an object.
    let mut open: Vec<Option<usize>> = Vec::new();
    let (mut is_quoted, mut is_escaped) = (false, false);
    for byte in text {
        if is_quoted {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'"' => is_quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => is_quoted = true,
            b'[' | b'{' if open.len() == DEEPEST => return false,
            b'[' => open.push(Some(1)),
            b'{' => open.push(None),
            b']' | b'}' => {
                open.pop();
            }
            b',' => {
                if let Some(Some(things)) = open.last_mut() {
                    *things += 1;
                    if *things > LONGEST_LIST {
                        return false;
                    }
                }
            }
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn nested(depth: usize, open: &str, close: &str) -> String {
        format!("{}1{}", open.repeat(depth), close.repeat(depth))
    }

    fn list(things: usize) -> String {
        format!("[{}]", vec!["0"; things].join(","))
    }

    #[test]
    fn the_last_that_is_allowed_is_read_and_the_next_is_not() {
        for (allowed, refused) in [
            (nested(DEEPEST, "[", "]"), nested(DEEPEST + 1, "[", "]")),
            (nested(DEEPEST, "{\"a\":", "}"), nested(DEEPEST + 1, "{\"a\":", "}")),
            (list(LONGEST_LIST), list(LONGEST_LIST + 1)),
            (format!("{{\"a\":{}}}", list(LONGEST_LIST)), format!("{{\"a\":{}}}", list(LONGEST_LIST + 1))),
        ] {
            assert!(read::<Value>(allowed.as_bytes()).is_some(), "{allowed}");
            assert!(serde_json::from_str::<Value>(&refused).is_ok(), "only the bounds are in its way");
            assert!(read::<Value>(refused.as_bytes()).is_none(), "{refused}");
        }
    }

    #[test]
    fn what_stands_in_words_does_not_count() {
        let words = format!("{{\"a\":\"{}\\\"{}\\\\\",\"b\":[[],[],{{}}]}}", "[".repeat(100), ",".repeat(300));
        assert!(read::<Value>(words.as_bytes()).is_some(), "{words}");
        let many = format!("{{{}}}", (0..300).map(|n| format!("\"{n}\":0")).collect::<Vec<_>>().join(","));
        assert!(read::<Value>(many.as_bytes()).is_some(), "an object is bounded by its bytes");
    }

    #[test]
    fn what_is_no_json_is_none() {
        for text in ["", "[", "]]]]", "{\"a\"", "nonsense", "\"", "\\"] {
            assert!(read::<Value>(text.as_bytes()).is_none(), "{text}");
        }
    }
}
