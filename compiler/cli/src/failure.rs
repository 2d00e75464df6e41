//! Why a command could not run: a finding with an X or V code, and perhaps the text of a file that is no source.

use anlan_compiler::evaluate::Refusal;
use anlan_lang::diag::{Arg, Code, Finding, codes};
use std::io;
use std::ops::Range;
use std::path::Path;

/// Ends the command with exit code 2. Shown by [`crate::render::failure`].
#[derive(Debug)]
pub struct Failure {
    pub finding: Box<Finding>,
    pub snippet: Option<Box<Snippet>>,
    /// The file or contract that it is of, where there may be several
    pub of: Option<String>,
}

/// The place in a file that is no `.anlan` source: `anlan.toml`, a claim in JSON, figures.
#[derive(Debug)]
pub struct Snippet {
    pub name: String,
    pub text: String,
    /// Bytes
    pub range: Range<usize>,
}

impl Failure {
    pub fn new(code: Code) -> Self {
        Finding::new(code, None).into()
    }
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.finding.args.insert(name, value.into());
        self
    }
    /// The argument `path`.
    pub fn path(self, path: &Path) -> Self {
        self.arg("path", path.display().to_string())
    }
    /// The arguments `reason` (a kind that both languages word) and `detail` (the system's own words) of an input or
    /// output error.
    pub fn io(self, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "io-not-found",
            io::ErrorKind::PermissionDenied => "io-permission",
            io::ErrorKind::IsADirectory => "io-directory",
            io::ErrorKind::AlreadyExists => "io-exists",
            io::ErrorKind::StorageFull => "io-full",
            _ => return self.arg("reason", error.to_string()),
        };
        self.arg("reason", Arg::Message(reason))
    }
    pub fn at(mut self, name: impl Into<String>, text: impl Into<String>, range: Range<usize>) -> Self {
        self.snippet = Some(Box::new(Snippet {
            name: name.into(),
            text: text.into(),
            range,
        }));
        self
    }
    /// Says which file or contract it is of.
    pub fn of(mut self, of: impl Into<String>) -> Self {
        self.of.get_or_insert(of.into());
        self
    }
    /// Shows another help of the message.
    pub fn helped(mut self, attribute: &'static str) -> Self {
        self.finding.help = Some(attribute);
        self
    }
    /// A file that cannot be read.
    pub fn unreadable(path: &Path, error: &io::Error) -> Self {
        let code = match error.kind() {
            io::ErrorKind::NotFound => codes::X010,
            _ => codes::X011,
        };
        Failure::new(code).path(path).io(error)
    }
    /// A file whose contents are not of the kind that its name says.
    #[cfg(feature = "files")]
    pub fn broken(path: &Path, kind: &'static str, error: &io::Error) -> Self {
        let failure = Failure::new(codes::X046).path(path);
        failure.arg("kind", kind).arg("detail", error.to_string())
    }
    /// A file that cannot be written.
    pub fn unwritable(path: &Path, error: &io::Error) -> Self {
        Failure::new(codes::X012).path(path).io(error)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        refusal.finding().into()
    }
}

impl From<Finding> for Failure {
    fn from(finding: Finding) -> Self {
        Failure {
            finding: Box::new(finding),
            snippet: None,
            of: None,
        }
    }
}
