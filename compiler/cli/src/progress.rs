//! A line on the terminal that tells how far a long run is; nothing where nobody watches.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Short runs show nothing.
const PATIENCE: Duration = Duration::from_millis(500);
const EVERY: Duration = Duration::from_millis(200);

#[derive(Debug)]
pub struct Progress {
    watched: bool,
    begun: Instant,
    shown: Option<Instant>,
    count: u64,
    /// The line has something on it.
    written: bool,
}

impl Progress {
    pub fn new() -> Self {
        Progress {
            watched: std::io::stderr().is_terminal(),
            begun: Instant::now(),
            shown: None,
            count: 0,
            written: false,
        }
    }

    /// So many steps in all.
    pub fn to(&mut self, count: u64, text: impl FnOnce(u64) -> String) {
        self.count = count;
        let due = self.shown.map_or(self.begun + PATIENCE, |shown| shown + EVERY);
        if self.watched && Instant::now() >= due {
            self.show(text);
        }
    }

    fn show(&mut self, text: impl FnOnce(u64) -> String) {
        self.shown = Some(Instant::now());
        self.written = true;
        eprint!("\r\x1b[K{}", text(self.count));
        let _ = std::io::stderr().flush();
    }

    /// What comes now, said at once where the run is long already.
    pub fn next(&mut self, text: impl FnOnce(u64) -> String) {
        self.shown = None;
        self.to(self.count, text);
    }

    /// Clears the line.
    pub fn done(&mut self) {
        if std::mem::take(&mut self.written) {
            eprint!("\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done();
    }
}
