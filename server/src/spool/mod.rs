//! The spool: what providers tell us while the database is away is kept on this machine's disk and stored when it is back.
//!
//! Invariants: a provider is answered 200 only when its words are in the database or have been forced to disk; each of
//! them is stored exactly once, by the id it was given when it came; nothing that was told is thrown away but what came
//! to an address that nobody gave out.

mod line;
mod replay;
mod shares;

pub use replay::{Replayed, replay, watch};

use duka::{checkout::receive_callback::Heard, kernel::id::CallbackId};
use shares::Shares;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// The folder inside the data folder.
const FOLDER: &str = "spool";
/// New lines are added to this file; it is set aside before it is read.
const OPEN: &str = "open.log";
/// Held while a line is added or the file is set aside, also by other processes with this data folder.
const LOCK: &str = "lock";
/// What the spool may take of the disk: some fifty thousand callbacks.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Of one data folder; a clone is the same.
#[derive(Clone, Debug)]
pub struct Spool {
    folder: Arc<Path>,
    most_bytes: u64,
    /// Who has taken how much of it; none when that has to be counted first.
    shares: Arc<Mutex<Option<Shares>>>,
}

impl Spool {
    pub fn of(data_dir: &Path) -> Self {
        Self { folder: data_dir.join(FOLDER).into(), most_bytes: MOST_BYTES, shares: Arc::default() }
    }

    /// Writes it down and waits until it is on the disk. An error means that it may not be answered 200.
    pub async fn keep(&self, heard: Heard) -> io::Result<()> {
        let spool = self.clone();
        let kept = tokio::task::spawn_blocking(move || {
            let line = line::write(&heard).map_err(io::Error::other)?;
            spool.add(&heard, line.as_bytes())
        });
        kept.await.map_err(io::Error::other)?
    }

    /// Whether something waits to be stored.
    pub fn is_empty(&self) -> bool {
        self.files().is_ok_and(|files| files.is_empty())
    }

    fn add(&self, heard: &Heard, line: &[u8]) -> io::Result<()> {
        let _turn = self.turn()?;
        let files = self.files()?;
        let taken = files.iter().filter_map(|file| fs::metadata(file).ok()).map(|file| file.len()).sum::<u64>();
        if taken + line.len() as u64 > self.most_bytes {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "the spool is full"));
        }
        let mut known = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = match known.take() {
            Some(shares) if !files.is_empty() => shares,
            _ => count(&files)?,
        };
        let shares = known.insert(counted);
        if !shares.take(heard) {
            return Err(io::Error::new(
                io::ErrorKind::StorageFull,
                "whoever this is from has had its share of the spool",
            ));
        }
        let path = self.folder.join(OPEN);
        let is_new = !path.exists();
        let mut file = OpenOptions::new().create(true).append(true).read(true).mode(0o600).open(&path)?;
        // A line that was torn when the machine stopped ends here, and this one begins its own.
        if !ends_well(&mut file)? {
            file.write_all(b"\n")?;
        }
        file.write_all(line)?;
        file.sync_all()?;
        if is_new { File::open(&self.folder)?.sync_all() } else { Ok(()) }
    }

    /// From here on new lines go into another file. Answers with everything that has been set aside, oldest first.
    fn set_aside(&self) -> io::Result<Vec<PathBuf>> {
        let _turn = self.turn()?;
        let open = self.folder.join(OPEN);
        if open.exists() {
            fs::rename(open, self.aside())?;
        }
        self.files()
    }

    /// Puts the lines that could not be stored in the place of the file they came from.
    fn put_back(&self, from: &Path, left: &[Heard]) -> io::Result<()> {
        *self.shares.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if !left.is_empty() {
            let mut lines = String::new();
            for heard in left {
                lines.push_str(&line::write(heard).map_err(io::Error::other)?);
            }
            let path = self.aside();
            let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?;
            file.write_all(lines.as_bytes())?;
            file.sync_all()?;
        }
        match fs::remove_file(from) {
            // Somebody else who read it too was done first.
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// Sorted by name is sorted by time.
    fn aside(&self) -> PathBuf {
        self.folder.join(format!("aside-{}.log", CallbackId::mint()))
    }

    fn files(&self) -> io::Result<Vec<PathBuf>> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(fault) => return Err(fault),
        };
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|kind| kind == "log"))
            .collect();
        files.sort();
        Ok(files)
    }

    /// Until it is dropped nobody else adds a line or sets the file aside.
    fn turn(&self) -> io::Result<File> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let options = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).clone();
        let file = options.open(self.folder.join(LOCK))?;
        file.lock()?;
        Ok(file)
    }
}

/// Who has taken how much of these files.
fn count(files: &[PathBuf]) -> io::Result<Shares> {
    let mut shares = Shares::default();
    for file in files {
        for heard in read(file)?.0 {
            shares.note(&heard);
        }
    }
    Ok(shares)
}

/// The whole lines of a file, and how many were torn.
fn read(path: &Path) -> io::Result<(Vec<Heard>, usize)> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        // Somebody else who read it too was done first.
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), 0)),
        Err(fault) => return Err(fault),
    };
    let text = String::from_utf8_lossy(&bytes);
    let (mut whole, mut torn) = (Vec::new(), 0);
    for line in text.split('\n').filter(|line| !line.is_empty()) {
        match line::read(line) {
            Some(heard) => whole.push(heard),
            None => torn += 1,
        }
    }
    Ok((whole, torn))
}

fn ends_well(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use duka::{checkout::receive_callback::Call, kernel::token::Token};
    use std::os::unix::fs::PermissionsExt as _;

    /// A data folder of one's own, gone with the value.
    struct Folder(PathBuf);

    impl Folder {
        fn make() -> Self {
            let path = std::env::temp_dir().join(format!("duka-spool-{}", &Token::random().hex()[..12]));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
        fn open(&self) -> PathBuf {
            self.0.join(FOLDER).join(OPEN)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn heard(body: &str) -> Heard {
        Heard {
            id: CallbackId::mint(),
            call: Call::Pay,
            token_hash: Token::random().hash(),
            body: body.as_bytes().to_vec(),
            source: String::new(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn bodies(spool: &Spool) -> (Vec<String>, usize) {
        let (mut all, mut torn) = (Vec::new(), 0);
        for file in spool.set_aside().unwrap() {
            let (whole, broken) = read(&file).unwrap();
            all.extend(whole.into_iter().map(|heard| String::from_utf8(heard.body).unwrap()));
            torn += broken;
        }
        (all, torn)
    }

    #[tokio::test]
    async fn what_is_kept_comes_back_in_order_and_is_nobody_elses_to_read() {
        let folder = Folder::make();
        let spool = Spool::of(&folder.0);
        assert!(spool.is_empty());
        for body in ["one", "two", "three"] {
            spool.keep(heard(body)).await.unwrap();
        }
        assert!(!spool.is_empty());
        assert_eq!(fs::metadata(folder.open()).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(bodies(&spool), (vec!["one".into(), "two".into(), "three".into()], 0));
    }

    #[tokio::test]
    async fn a_line_torn_by_a_crash_costs_only_itself() {
        let folder = Folder::make();
        let spool = Spool::of(&folder.0);
        spool.keep(heard("before")).await.unwrap();
        let torn = line::write(&heard("torn")).unwrap();
        OpenOptions::new().append(true).open(folder.open()).unwrap().write_all(&torn.as_bytes()[..60]).unwrap();
        spool.keep(heard("after")).await.unwrap();
        assert_eq!(bodies(&spool), (vec!["before".into(), "after".into()], 1));
    }

    #[tokio::test]
    async fn a_full_spool_refuses_and_keeps_what_it_has() {
        let folder = Folder::make();
        let spool = Spool { most_bytes: 500, ..Spool::of(&folder.0) };
        spool.keep(heard("first")).await.unwrap();
        let refused = spool.keep(heard(&"x".repeat(500))).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::StorageFull);
        assert_eq!(bodies(&spool), (vec!["first".into()], 0));
    }

    #[tokio::test]
    async fn one_address_that_is_called_again_and_again_leaves_room_for_the_others() {
        let folder = Folder::make();
        let spool = Spool::of(&folder.0);
        let again = Heard { body: vec![b'x'; 60_000], ..heard("") };
        let mut taken = 0;
        while spool.keep(Heard { id: CallbackId::mint(), ..again.clone() }).await.is_ok() {
            taken += 1;
        }
        assert_eq!(taken, 13, "a mebibyte, written down in base64");
        spool.keep(heard("of somebody else")).await.unwrap();
        // A program that has just started counts what it finds.
        let refused = Spool::of(&folder.0).keep(again.clone()).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::StorageFull);
        // Once it is stored there is room again.
        for file in spool.set_aside().unwrap() {
            spool.put_back(&file, &[]).unwrap();
        }
        spool.keep(again).await.unwrap();
    }

    #[tokio::test]
    async fn lines_that_could_not_be_stored_are_there_again() {
        let folder = Folder::make();
        let spool = Spool::of(&folder.0);
        for body in ["stored", "left"] {
            spool.keep(heard(body)).await.unwrap();
        }
        let files = spool.set_aside().unwrap();
        let (whole, _) = read(&files[0]).unwrap();
        spool.put_back(&files[0], &whole[1..]).unwrap();
        assert_eq!(bodies(&spool), (vec!["left".into()], 0));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn many_at_once_are_all_there() {
        let folder = Folder::make();
        let spool = Spool::of(&folder.0);
        let keeping: Vec<_> = (0..40)
            .map(|number| {
                let spool = spool.clone();
                tokio::spawn(async move { spool.keep(heard(&number.to_string())).await })
            })
            .collect();
        let mut found = bodies(&spool).0;
        for one in keeping {
            one.await.unwrap().unwrap();
        }
        found.extend(bodies(&spool).0);
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 40);
    }
}
