//! `anlan emit`: a scheme in another language or form.

use crate::arguments::SchemeArguments;
use crate::failure::Failure;
use crate::scheme::{self, Runnable};
use crate::session::{Outcome, Session};
use anlan_compiler::emit::{self, Dialect, File, TARGETS};
use anlan_lang::diag::{Arg, codes};
use clap::builder::PossibleValuesParser;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Lists the files that this command wrote, so that it may replace them.
const MANIFEST: &str = ".anlan-emitted";

#[derive(Debug, clap::Args)]
pub struct Emit {
    #[arg(value_name = "TARGET", value_parser = targets())]
    pub target: String,
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    #[arg(long)]
    pub force: bool,
    #[arg(long, value_name = "ENGINE", value_parser = dialects())]
    pub dialect: Option<String>,
}

fn dialects() -> PossibleValuesParser {
    PossibleValuesParser::new(Dialect::ALL.map(Dialect::name))
}

fn targets() -> PossibleValuesParser {
    PossibleValuesParser::new(TARGETS.map(|target| target.name))
}

impl Emit {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        if self.dialect.is_some() && self.target != "sql" {
            return Err(Failure::new(codes::X053).arg("target", self.target));
        }
        let Some(Runnable { plan, .. }) = scheme::runnable(&self.scheme, session)? else {
            return Ok(Outcome::Refused);
        };
        let Some(target) = emit::target(&self.target) else {
            return Err(Failure::new(codes::X003)
                .arg("argument", "TARGET")
                .arg("value", self.target));
        };
        let asked = self.dialect.as_deref();
        let dialect = Dialect::ALL.into_iter().find(|dialect| Some(dialect.name()) == asked);
        let files = match emit::emit_for(target, &plan, dialect.unwrap_or_default()) {
            Ok(files) => files,
            Err(finding) => return scheme::refuse(session, vec![finding]),
        };
        let unwritable = |error: io::Error| Failure::unwritable(&self.out, &error);
        if !self.force && foreign(&self.out).map_err(unwritable)? {
            return Err(Failure::new(codes::X052).path(&self.out));
        }
        write(&self.out, &files).map_err(unwritable)?;
        let count = Arg::Count(i64::try_from(files.len()).unwrap_or(i64::MAX));
        let path = Arg::from(self.out.display().to_string());
        let line = session.text("emit-done", [("path", path), ("count", count)]);
        session.line(&line)?;
        Ok(Outcome::Clean)
    }
}

/// Whether the folder holds a file that this command did not write.
fn foreign(folder: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let mut any = false;
    for entry in entries {
        any |= entry?.file_name() != MANIFEST;
    }
    Ok(any && !folder.join(MANIFEST).is_file())
}

/// Writes every file beside its place and moves it there; files of an earlier run that are no longer part are removed.
fn write(folder: &Path, files: &[File]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let before = fs::read_to_string(folder.join(MANIFEST)).unwrap_or_default();
    for file in files {
        put(&folder.join(&file.path), &file.text)?;
    }
    let now: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for path in before.lines().filter(|path| !now.contains(path) && is_inside(path)) {
        match fs::remove_file(folder.join(path)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    let manifest: String = now.iter().map(|path| format!("{path}\n")).collect();
    put(&folder.join(MANIFEST), &manifest)
}

/// A path of a manifest may only lead into its folder.
fn is_inside(path: &str) -> bool {
    Path::new(path)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".anlan-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    set_readable(&file)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary file is its owner's alone; what is emitted is read by others.
#[cfg(unix)]
fn set_readable(file: &tempfile::NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_readable(_: &tempfile::NamedTempFile) -> io::Result<()> {
    Ok(())
}
