//! What a form with files brings, one part after the other: never more than one file in memory, and that one bounded.

use super::guard::LetIn;
use crate::state::App;
use app::text::shop::TurnedAway;
use axum::{
    extract::{FromRequest as _, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};

/// A field of text is never longer.
const LONGEST_FIELD: usize = 32 * 1024;
/// More parts than any form of ours has.
const MOST_PARTS: usize = 100;
/// Characters of a file's name that are shown again.
const LONGEST_NAME: usize = 60;

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text {
        field: String,
        value: String,
    },
    /// Nothing in place of bytes: it was larger than what is taken, and was read past.
    File {
        field: String,
        name: String,
        bytes: Option<Vec<u8>>,
    },
}

/// A form on its way.
#[derive(Debug)]
pub struct Brought {
    parts: Multipart,
    let_in: Option<LetIn>,
    seen: usize,
    most_bytes: usize,
}

impl Brought {
    /// `most_bytes` is the largest file that is kept.
    pub async fn read(request: Request, app: &App, most_bytes: usize) -> Result<Self, TurnedAway> {
        let let_in = LetIn::at(&request);
        let parts = Multipart::from_request(request, app).await.map_err(|_| TurnedAway::Unreadable)?;
        Ok(Self { parts, let_in, seen: 0, most_bytes })
    }

    /// The next part that says something; a browser sends an empty file without a name where none was chosen. One with a
    /// name was chosen, and is told of like any other that is no picture.
    pub async fn next(&mut self) -> Result<Option<Part>, TurnedAway> {
        loop {
            let Some(mut part) = self.parts.next_field().await.map_err(|fault| reason(&fault))? else {
                return from_inside(self.let_in.as_ref(), None).await;
            };
            self.seen += 1;
            let field = part.name().unwrap_or_default().to_owned();
            if field.is_empty() || self.seen > MOST_PARTS {
                return Err(TurnedAway::Unreadable);
            }
            let name = part.file_name().map(shown);
            let most = if name.is_some() { self.most_bytes } else { LONGEST_FIELD };
            let (mut bytes, mut is_too_long) = (Vec::new(), false);
            while let Some(chunk) = part.chunk().await.map_err(|fault| reason(&fault))? {
                is_too_long |= bytes.len() + chunk.len() > most;
                if is_too_long {
                    bytes = Vec::new();
                } else {
                    bytes.extend_from_slice(&chunk);
                }
            }
            match name {
                Some(name) if name.is_empty() && bytes.is_empty() && !is_too_long => {}
                Some(name) => {
                    let file = Part::File { field, name, bytes: (!is_too_long).then_some(bytes) };
                    return from_inside(self.let_in.as_ref(), Some(file)).await;
                }
                None if is_too_long => return Err(TurnedAway::Unreadable),
                None => {
                    let value = String::from_utf8(bytes).map_err(|_| TurnedAway::Unreadable)?;
                    return Ok(Some(Part::Text { field, value }));
                }
            }
        }
    }
}

/// What came, unless whoever sent it was shown out meanwhile: then the keeper of the door answers.
async fn from_inside(let_in: Option<&LetIn>, part: Option<Part>) -> Result<Option<Part>, TurnedAway> {
    if let Some(person) = let_in
        && !person.is_in().await
    {
        return Err(TurnedAway::Unreadable);
    }
    Ok(part)
}

fn reason(fault: &MultipartError) -> TurnedAway {
    if fault.status() == StatusCode::PAYLOAD_TOO_LARGE { TurnedAway::TooLarge } else { TurnedAway::Unreadable }
}

/// A file's name as it may be shown: without folders, without what cannot be seen, and short.
fn shown(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_files_name_is_shown_without_where_it_was() {
        assert_eq!(shown("C:\\Users\\njeri\\kikoi.jpg"), "kikoi.jpg");
        assert_eq!(shown("../../etc/passwd\u{7}"), "passwd");
        assert_eq!(shown(&"a".repeat(200)).len(), 60);
    }
}
