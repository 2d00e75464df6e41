//! `anlan fmt`: the one layout.

use crate::arguments::language;
use crate::failure::Failure;
use crate::load::{self, Loaded};
use crate::render::{self, Format, Shown};
use crate::session::{Outcome, Session};
use anlan_compiler::project::{Project, Settings, Source};
use anlan_lang::diag::{Arg, FileId, Finding, Place, codes};
use anlan_lang::texts::Language;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Fmt {
    /// Files or folders; the current folder by default; `-`: standard input to standard output.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub keywords: Option<Language>,
    #[arg(long)]
    pub check: bool,
}

/// What became of one file.
enum Layout {
    Same,
    Differs(String),
    Refused(Vec<Finding>),
}

impl Fmt {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        if self.paths.iter().any(|path| path.as_os_str() == "-") {
            return if self.paths.len() == 1 {
                self.standard_input(session)
            } else {
                Err(Failure::new(codes::X034))
            };
        }
        let mut found = false;
        for loaded in load::projects(&self.paths)? {
            for file in &loaded.named {
                found |= self.file(session, &loaded, *file)?;
            }
        }
        Ok(Outcome::found_if(found))
    }

    /// Whether the file was refused, or differs under `--check`.
    fn file(&self, session: &mut Session, loaded: &Loaded, file: FileId) -> Result<bool, Failure> {
        let (Some(source), Some(path)) = (loaded.project.source(file), loaded.on_disk(file)) else {
            return Ok(false);
        };
        let shown = || Arg::from(loaded.shown(file));
        match self.laid_out(&source.text, file) {
            Layout::Same => Ok(false),
            Layout::Differs(_) if self.check => {
                let line = session.text("fmt-differs", [("path", shown())]);
                session.line(&line).map(|()| true)
            }
            Layout::Differs(text) => {
                replace(&path, &text).map_err(|error| Failure::unwritable(&path, &error))?;
                let line = session.text("fmt-changed", [("path", shown())]);
                session.line(&line).map(|()| false)
            }
            Layout::Refused(findings) => {
                refuse(session, loaded, &findings)?;
                let line = session.text("fmt-refused", [("path", shown())]);
                session.line(&line).map(|()| true)
            }
        }
    }

    fn standard_input(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut text = String::new();
        let failed = |error: io::Error| Failure::new(codes::X011).arg("path", Arg::Message("stdin")).io(&error);
        io::stdin().lock().read_to_string(&mut text).map_err(failed)?;
        let outcome = match self.laid_out(&text, FileId(0)) {
            Layout::Refused(findings) => {
                let path = session.text("stdin", []);
                let source = Source { path, text };
                let loaded = Loaded {
                    project: Project::new(vec![source], Settings::default()),
                    root: PathBuf::new(),
                    prefix: String::new(),
                    named: vec![FileId(0)],
                };
                let findings = [Shown {
                    loaded: &loaded,
                    findings: &findings,
                }];
                render::findings_as_failure(session, &findings)?;
                return Ok(Outcome::Found);
            }
            Layout::Same => {
                session.print(if self.check { "" } else { &text })?;
                Outcome::Clean
            }
            Layout::Differs(laid_out) => {
                session.print(if self.check { "" } else { &laid_out })?;
                Outcome::found_if(self.check)
            }
        };
        Ok(outcome)
    }

    /// The layout; the formatter itself proves that it reads the same.
    fn laid_out(&self, text: &str, file: FileId) -> Layout {
        match anlan_lang::fmt::format(text, self.keywords) {
            Err(findings) => Layout::Refused(findings.into_iter().map(|finding| moved(finding, file)).collect()),
            Ok(laid_out) if laid_out == text => Layout::Same,
            Ok(laid_out) => Layout::Differs(laid_out),
        }
    }
}

/// A finding of a text that the formatter saw alone, in its file.
fn moved(mut finding: Finding, file: FileId) -> Finding {
    let labels = finding.labels.iter_mut().map(|label| &mut label.place);
    let fix = finding.fix.iter_mut().map(|fix| &mut fix.place);
    let places: Vec<&mut Place> = finding.primary.iter_mut().chain(labels).chain(fix).collect();
    places.into_iter().for_each(|place| place.file = file);
    finding
}

fn refuse(session: &mut Session, loaded: &Loaded, findings: &[Finding]) -> Result<(), Failure> {
    render::findings(session, Format::Human, &[Shown { loaded, findings }])
}

/// Replaces a file at once or not at all, with its permissions.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".anlan-fmt-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
