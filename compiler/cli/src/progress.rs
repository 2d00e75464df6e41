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
}

impl Progress {
    pub fn new() -> Self {
        Progress {
            watched: std::io::stderr().is_terminal(),
            begun: Instant::now(),
            shown: None,
            count: 0,
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
        eprint!("\r\x1b[K{}", text(self.count));
        let _ = std::io::stderr().flush();
    }

    /// Clears the line.
    pub fn done(&mut self) {
        if self.shown.take().is_some() {
            eprint!("\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done();
    }
}
