//! The console's log file: what it did and what failed, never a secret.

use anyhow::Context;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// The file that is written now; those before it end in `.1`, `.2`, …, the oldest last.
pub(crate) const FILE: &str = "console.log";
/// One file grows to this at most.
const MAX_BYTES: u64 = 1024 * 1024;
/// So many of those before are kept.
const KEPT: u32 = 3;

/// Begins to log to the data folder, which is made where it isn't.
pub(crate) fn start(data: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(data).with_context(|| format!("the folder {} can't be made", data.display()))?;
    let path = data.join(FILE);
    let log =
        Log::open(path.clone(), MAX_BYTES).with_context(|| format!("the log {} can't be opened", path.display()))?;
    let filter = EnvFilter::try_from_env("TEKPORT_LOG").unwrap_or_else(|_| EnvFilter::new("warn,tekport_console=info"));
    // Errs only when a log was begun before, which then goes on.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Mutex::new(log)).try_init();
    Ok(())
}

/// A file that makes room for itself: before it grows too large, it is put aside and begun anew.
struct Log {
    path: PathBuf,
    file: File,
    written: u64,
    most: u64,
}

impl Log {
    fn open(path: PathBuf, most: u64) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        let written = file.metadata()?.len();
        Ok(Self { path, file, written, most })
    }

    fn aside(&self, number: u32) -> PathBuf {
        self.path.with_added_extension(number.to_string())
    }

    fn begin_anew(&mut self) -> io::Result<()> {
        for number in (1..KEPT).rev() {
            match fs::rename(self.aside(number), self.aside(number + 1)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        fs::rename(&self.path, self.aside(1))?;
        *self = Self::open(self.path.clone(), self.most)?;
        Ok(())
    }
}

impl Write for Log {
    /// Writes all of `line` to one file.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        if self.written > 0 && self.written.saturating_add(length) > self.most && self.begin_anew().is_err() {
            // Where nothing can be put aside, the newest lines are worth more than the old ones.
            self.file.set_len(0)?;
            self.written = 0;
        }
        self.file.write_all(line)?;
        self.written = self.written.saturating_add(length);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_full_file_is_put_aside_and_only_a_few_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let mut log = Log::open(path.clone(), 20).unwrap();
        for line in 0..10 {
            writeln!(log, "this is line {line}").unwrap();
        }
        assert_eq!(names(folder.path()), ["console.log", "console.log.1", "console.log.2", "console.log.3"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "this is line 9\n");
        assert_eq!(fs::read_to_string(log.aside(3)).unwrap(), "this is line 6\n");
    }

    #[test]
    fn a_start_goes_on_where_the_last_one_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        for _ in 0..2 {
            writeln!(Log::open(path.clone(), 20).unwrap(), "a start").unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "a start\na start\n");
        writeln!(Log::open(path, 20).unwrap(), "a start").unwrap();
        assert_eq!(names(folder.path()), ["console.log", "console.log.1"]);
    }

    #[test]
    fn a_file_that_can_not_be_put_aside_stays_small() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let mut log = Log::open(path.clone(), 20).unwrap();
        // A folder with something in it can't be replaced by a file.
        fs::create_dir_all(log.aside(1).join("in the way")).unwrap();
        fs::create_dir_all(log.aside(2).join("in the way")).unwrap();
        for line in 0..10 {
            writeln!(log, "this is line {line}").unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "this is line 9\n");
    }
}
