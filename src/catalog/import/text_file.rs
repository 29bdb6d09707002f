//! The bytes of a file as UTF-8 text, whatever they were written in; never all of it in memory when it lies on a disk.

use super::report::ImportRefusal;
use crate::kernel::token::Token;
use encoding_rs::{CoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::{
    fmt::Display,
    fs::File,
    io::{self, BufReader, BufWriter, Cursor, Read, Seek, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

pub(super) const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// How much is looked at to tell what a file is written in.
const LOOK: usize = 8 * 1024;

/// How Excel's own files begin, the newer and the older.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// Where a file's bytes are.
#[derive(Clone, Debug)]
pub enum Source {
    Bytes(Vec<u8>),
    Path(PathBuf),
}

/// Text that can be read from any byte on.
#[derive(Clone, Debug)]
pub(super) struct TextFile {
    bytes: Bytes,
    /// Where the text begins, behind a byte-order mark.
    pub start: u64,
    /// What it was written in, when that is not what everybody writes.
    pub was: Option<&'static str>,
}

#[derive(Clone, Debug)]
enum Bytes {
    Memory(Arc<[u8]>),
    Disk(PathBuf),
    /// Ours, and gone with the last who reads it.
    Own(Arc<OwnFile>),
}

/// A file of our own in the system's temporary folder.
#[derive(Debug)]
pub(super) struct OwnFile(PathBuf);

impl OwnFile {
    pub(super) fn new() -> Self {
        Self(std::env::temp_dir().join(format!("duka-import-{}", &Token::random().hex()[..20])))
    }
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for OwnFile {
    fn drop(&mut self) {
        // What stays is swept by the system like every temporary file.
        let _ = std::fs::remove_file(&self.0);
    }
}

pub(super) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl TextFile {
    /// Finds out what the bytes are written in and makes UTF-8 of them where they are not. Blocks.
    pub(super) fn open(source: Source) -> Result<Self, ImportRefusal> {
        let bytes = match source {
            Source::Bytes(bytes) if bytes.len() as u64 > MOST_BYTES => return Err(ImportRefusal::TooLarge),
            Source::Bytes(bytes) => Bytes::Memory(bytes.into()),
            Source::Path(path) => {
                let size = std::fs::metadata(&path).map_err(unreadable)?.len();
                if size > MOST_BYTES {
                    return Err(ImportRefusal::TooLarge);
                }
                Bytes::Disk(path)
            }
        };
        let mut head = Vec::new();
        bytes.open().and_then(|file| file.take(LOOK as u64).read_to_end(&mut head)).map_err(unreadable)?;
        if WORKBOOKS.iter().any(|start| head.starts_with(start)) {
            return Err(ImportRefusal::Workbook);
        }
        if let Some(wide) = wide(&head) {
            return Self::decoded(&bytes, wide);
        }
        let start = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        match look_through(&bytes)? {
            Look::Utf8 { is_blank: true } => Err(ImportRefusal::Empty),
            Look::Utf8 { .. } => Ok(Self { bytes, start, was: None }),
            // A byte-order mark promises UTF-8; a file that breaks the promise is damaged.
            Look::Other { line, is_old: false } => Err(ImportRefusal::NotText { line }),
            Look::Other { line, .. } if start > 0 => Err(ImportRefusal::NotText { line }),
            Look::Other { .. } => Self::decoded(&bytes, WINDOWS_1252),
        }
    }

    fn decoded(bytes: &Bytes, encoding: &'static Encoding) -> Result<Self, ImportRefusal> {
        let file = bytes.open().map_err(unreadable)?;
        let bytes = match bytes {
            Bytes::Memory(_) => {
                let mut text = Vec::new();
                decode(file, encoding, &mut text)?;
                Bytes::Memory(text.into())
            }
            Bytes::Disk(_) | Bytes::Own(_) => {
                let own = OwnFile::new();
                let mut text = BufWriter::new(File::create(own.path()).map_err(unreadable)?);
                decode(file, encoding, &mut text)?;
                text.flush().map_err(unreadable)?;
                Bytes::Own(Arc::new(own))
            }
        };
        let was = if encoding == WINDOWS_1252 { "Windows-1252" } else { "UTF-16" };
        Ok(Self { bytes, start: 0, was: Some(was) })
    }

    /// From its first byte.
    pub(super) fn reader(&self) -> Result<Box<dyn ReadSeek>, ImportRefusal> {
        self.bytes.open().map_err(unreadable)
    }
}

/// The person is told that the file cannot be read; why is for whoever looks after the machine.
pub(super) fn unreadable(fault: impl Display) -> ImportRefusal {
    tracing::error!(error.message = %fault, "a file of products could not be read");
    ImportRefusal::Unreadable
}

impl Bytes {
    fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
            Self::Disk(path) => Box::new(File::open(path)?),
            Self::Own(own) => Box::new(File::open(own.path())?),
        })
    }
}

/// Sixteen bits a letter: by its mark, or by the zeroes beside Latin letters.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let zeroes = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    if half < 2 {
        None
    } else if zeroes(1) * 10 >= half * 9 && zeroes(0) == 0 {
        Some(UTF_16LE)
    } else if zeroes(0) * 10 >= half * 9 && zeroes(1) == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

enum Look {
    Utf8 {
        is_blank: bool,
    },
    /// The line of the first byte that is none; whether all of it may be of the old Western kind.
    Other {
        line: u64,
        is_old: bool,
    },
}

fn look_through(bytes: &Bytes) -> Result<Look, ImportRefusal> {
    let mut file = BufReader::with_capacity(64 * 1024, bytes.open().map_err(unreadable)?);
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let (mut part, mut text) = (vec![0; 64 * 1024], String::with_capacity(256 * 1024));
    let (mut line, mut broken_at, mut is_old, mut is_blank) = (1, None, true, true);
    loop {
        let count = file.read(&mut part).map_err(unreadable)?;
        let slice = &part[..count];
        // Bytes that stand for nothing in Windows-1252, and zeroes, which no text has.
        is_old &= !slice.iter().any(|byte| matches!(byte, 0x00 | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d));
        is_blank &= slice.iter().all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0xef | 0xbb | 0xbf));
        if broken_at.is_none() {
            text.clear();
            let mut read = 0;
            loop {
                let (result, used) =
                    decoder.decode_to_string_without_replacement(&slice[read..], &mut text, count == 0);
                let at = (read + used).min(slice.len());
                line += slice[read..at].iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
                read = at;
                match result {
                    encoding_rs::DecoderResult::InputEmpty => break,
                    encoding_rs::DecoderResult::OutputFull => text.clear(),
                    encoding_rs::DecoderResult::Malformed(..) => {
                        broken_at = Some(line);
                        break;
                    }
                }
            }
        }
        if count == 0 {
            break;
        }
    }
    Ok(match broken_at {
        None => Look::Utf8 { is_blank },
        Some(line) => Look::Other { line, is_old },
    })
}

fn decode(mut file: Box<dyn ReadSeek>, encoding: &'static Encoding, text: &mut dyn Write) -> Result<(), ImportRefusal> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let (mut part, mut out) = (vec![0; 64 * 1024], vec![0; 256 * 1024]);
    let (mut line, mut written) = (1_u64, 0_u64);
    loop {
        let count = file.read(&mut part).map_err(unreadable)?;
        let mut read = 0;
        loop {
            let (result, used, made, is_damaged) = decoder.decode_to_utf8(&part[read..count], &mut out, count == 0);
            line += out[..made].iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
            if is_damaged {
                return Err(ImportRefusal::NotText { line });
            }
            text.write_all(&out[..made]).map_err(unreadable)?;
            written += made as u64;
            read += used;
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        if count == 0 {
            return if written == 0 { Err(ImportRefusal::Empty) } else { Ok(()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(String, Option<&'static str>), String> {
        let file = TextFile::open(Source::Bytes(bytes.to_vec())).map_err(|refusal| refusal.to_string())?;
        let mut text = String::new();
        file.reader().expect("it opens").read_to_string(&mut text).expect("it is text");
        Ok((text[usize::try_from(file.start).expect("small")..].to_owned(), file.was))
    }

    #[test]
    fn what_was_written_on_other_machines_is_the_same_text() {
        let wanted = "Name,Bei\nCafé,1\n";
        assert_eq!(read(wanted.as_bytes()), Ok((wanted.into(), None)));
        assert_eq!(read(format!("\u{feff}{wanted}").as_bytes()), Ok((wanted.into(), None)));
        assert_eq!(read(b"Name,Bei\nCaf\xe9,1\n"), Ok((wanted.into(), Some("Windows-1252"))));
        let little: Vec<u8> = wanted.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = wanted.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&[b"\xff\xfe", &little[..]].concat()), Ok((wanted.into(), Some("UTF-16"))));
        assert_eq!(read(&[b"\xfe\xff", &big[..]].concat()), Ok((wanted.into(), Some("UTF-16"))));
        assert_eq!(read(&little), Ok((wanted.into(), Some("UTF-16"))));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let says = "the file is not text that can be read; line 2 has a byte that is none. Save it as “CSV UTF-8” and try again";
        assert_eq!(read(b"Name\nCaf\xe9\x81\n"), Err(says.into()));
        assert_eq!(read(b"\xef\xbb\xbfName\nCaf\xe9\n"), Err(says.into()));
        assert_eq!(read(b""), Err("the file is empty".into()));
        assert_eq!(read(b"\xef\xbb\xbf \r\n"), Err("the file is empty".into()));
    }
}
