//! Text on its way into an address, behind the question mark.

use std::fmt::Write as _;

/// Text as it stands in a query: letters, digits and `-_.~` as they are, every other byte as `%2F` is.
pub fn in_query(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 2), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::in_query;

    #[test]
    fn a_message_cannot_add_to_the_address() {
        assert_eq!(in_query("Habari & karibu? #1 ½"), "Habari%20%26%20karibu%3F%20%231%20%C2%BD");
        assert_eq!(in_query("mpesa_till-1.2~"), "mpesa_till-1.2~");
    }
}
