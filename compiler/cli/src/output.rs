//! Standard output: buffered, quiet about a reader that went away, coloured only for people.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Stdout, Write};

/// Standard output. After the reader is gone everything else is dropped, so that `anlan … | head` ends quietly and with
/// the exit code that the command earned.
#[derive(Debug)]
pub struct Output {
    writer: BufWriter<Stdout>,
    closed: bool,
    colour: bool,
}

impl Output {
    pub fn stdout() -> Self {
        let stdout = io::stdout();
        let colour = colour_for(&stdout);
        Output {
            writer: BufWriter::with_capacity(1 << 16, stdout),
            closed: false,
            colour,
        }
    }
    /// Whether a person reads it on a terminal that shows colours.
    pub fn colour(&self) -> bool {
        self.colour
    }
    fn quiet<T>(&mut self, result: io::Result<T>, gone: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(gone)
            }
            other => other,
        }
    }
}

/// Colours are for terminals, unless `NO_COLOR` is set (https://no-color.org) or the terminal is dumb.
pub fn colour_for(stream: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.writer.write(bytes);
        self.quiet(result, bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.writer.flush();
        self.quiet(result, ())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // An error at this point has been reported by the explicit flush.
        let _ = self.flush();
    }
}
