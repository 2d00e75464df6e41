//! A version of a project as git keeps it: `REVISION:PATH`.
//!
//! The sources of the whole repository at that revision are written to a temporary folder, so that the project is read
//! from it exactly as from disk, imports and settings included. Links are left out, so nothing leads out of the folder.

use crate::failure::Failure;
use crate::load::{self, ENDING, MANIFEST};
use anlan_lang::diag::codes;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Where a version can be read; the folder of a revision lasts as long as this.
#[derive(Debug)]
pub struct Checkout {
    pub path: PathBuf,
    folder: Option<TempDir>,
    top: PathBuf,
}

impl Checkout {
    /// The version that an argument names: a path on disk, else `REVISION:PATH`.
    pub fn of(argument: &Path) -> Result<Self, Failure> {
        let on_disk = || Checkout {
            path: argument.to_owned(),
            folder: None,
            top: PathBuf::new(),
        };
        let text = argument.to_string_lossy();
        match text.split_once(':') {
            Some((revision, path)) if !argument.exists() && !revision.is_empty() => {
                of_revision(argument, revision, path)
            }
            _ => Ok(on_disk()),
        }
    }
    /// A file's text as that of `place`, a file of the working project: what git hands to a driver of differences.
    pub fn at(file: &Path, place: &Path) -> Result<Self, Failure> {
        let text = load::text_file(file)?;
        let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        let root = load::project_folder(parent)?;
        let top = parent
            .canonicalize()
            .map_err(|error| Failure::unreadable(place, &error))?;
        let top = root.unwrap_or(top);
        let folder = TempDir::new().map_err(|error| Failure::unwritable(&std::env::temp_dir(), &error))?;
        let unwritable = |error: std::io::Error| Failure::unwritable(folder.path(), &error);
        for source in load::sources(&top).unwrap_or_default() {
            copy(&top, &source, folder.path()).map_err(unwritable)?;
        }
        let manifest = top.join(MANIFEST);
        if manifest.is_file() {
            copy(&top, &manifest, folder.path()).map_err(unwritable)?;
        }
        let parent = parent
            .canonicalize()
            .map_err(|error| Failure::unreadable(place, &error))?;
        let inside = parent.strip_prefix(&top).unwrap_or(Path::new(""));
        let path = folder.path().join(inside).join(place.file_name().unwrap_or_default());
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(unwritable)?;
        }
        std::fs::write(&path, text).map_err(unwritable)?;
        Ok(Checkout {
            path,
            folder: Some(folder),
            top,
        })
    }
    /// A file on disk as this revision has it, if it does.
    pub fn file(&self, path: &Path) -> PathBuf {
        let here = || {
            let folder = self.folder.as_ref()?;
            let canonical = path.canonicalize().ok()?;
            let inside = folder.path().join(canonical.strip_prefix(&self.top).ok()?);
            inside.is_file().then_some(inside)
        };
        here().unwrap_or_else(|| path.to_owned())
    }
}

/// Copies a file of `top` to its place below `folder`.
fn copy(top: &Path, file: &Path, folder: &Path) -> std::io::Result<()> {
    let Ok(below) = file.strip_prefix(top) else {
        return Ok(());
    };
    let to = folder.join(below);
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::copy(file, to).map(|_| ())
}

fn of_revision(argument: &Path, revision: &str, path: &str) -> Result<Checkout, Failure> {
    let unknown = |detail: String| Failure::new(codes::X061).path(argument).arg("detail", detail);
    let top = git(&["rev-parse", "--show-toplevel"]).map_err(|error| error.worded(&unknown))?;
    let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end());
    let commit = format!("{revision}^{{commit}}");
    let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
    let commit = git(&verify).map_err(|error| error.or_says(revision).worded(&unknown))?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let path = from_top(&top, path);
    let listing = git(&["ls-tree", "-r", "-z", "--full-tree", &commit]).map_err(|error| error.worded(&unknown))?;
    let folder = TempDir::new().map_err(|error| Failure::unwritable(&std::env::temp_dir(), &error))?;
    write_out(&listing, folder.path()).map_err(|error| error.worded(&unknown))?;
    let inside = folder.path().join(&path);
    if !inside.exists() {
        return Err(unknown(path));
    }
    Ok(Checkout {
        path: inside,
        folder: Some(folder),
        top,
    })
}

/// A path as git reads it: from the top, or from the current folder where it begins with `./` or `../`.
fn from_top(top: &Path, path: &str) -> String {
    if !path.starts_with("./") && !path.starts_with("../") {
        return path.trim_end_matches('/').to_owned();
    }
    let here = std::env::current_dir()
        .and_then(|here| here.canonicalize())
        .unwrap_or_default();
    let mut parts: Vec<String> = here
        .strip_prefix(top.canonicalize().unwrap_or_default())
        .map(|below| below.iter().map(|part| part.to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part.to_owned()),
        }
    }
    parts.join("/")
}

/// Why git did not answer.
enum Refused {
    /// It could not be started.
    Missing(String),
    Says(String),
}

impl Refused {
    fn worded(self, unknown: &dyn Fn(String) -> Failure) -> Failure {
        match self {
            Refused::Missing(detail) => Failure::new(codes::X060).arg("detail", detail),
            Refused::Says(detail) => unknown(detail),
        }
    }
    /// The words given, where git said nothing.
    fn or_says(self, words: &str) -> Self {
        match self {
            Refused::Says(detail) if detail.is_empty() => Refused::Says(words.to_owned()),
            other => other,
        }
    }
}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Self {
        Refused::Missing(error.to_string())
    }
}

fn git(arguments: &[&str]) -> Result<Vec<u8>, Refused> {
    let output = Command::new("git").args(arguments).stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let says = String::from_utf8_lossy(&output.stderr);
    Err(Refused::Says(says.lines().next().unwrap_or_default().to_owned()))
}

/// Writes every source and manifest of a listing (`mode type id TAB path NUL`) below `folder`.
fn write_out(listing: &[u8], folder: &Path) -> Result<(), Refused> {
    let text = String::from_utf8_lossy(listing);
    let files: Vec<(&str, &str)> = text
        .split('\0')
        .filter_map(|entry| {
            let (about, path) = entry.split_once('\t')?;
            let id = about.split(' ').nth(2)?;
            let ending = Path::new(path).extension().is_some_and(|ending| ending == ENDING);
            let name = Path::new(path).file_name().is_some_and(|name| name == MANIFEST);
            // Regular files only: 100644 and 100755.
            (about.starts_with("100") && (ending || name)).then_some((id, path))
        })
        .collect();
    let mut child = Command::new("git")
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Refused::Says(String::new()));
    };
    let mut output = BufReader::new(output);
    for (id, path) in files {
        // One at a time, so that neither pipe can fill while the other waits.
        writeln!(input, "{id}")?;
        input.flush()?;
        let mut head = String::new();
        output.read_line(&mut head)?;
        let size: u64 = head
            .trim_end()
            .rsplit(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0);
        let mut bytes = Vec::new();
        output.by_ref().take(size).read_to_end(&mut bytes)?;
        output.by_ref().take(1).read_to_end(&mut Vec::new())?;
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&file, bytes)?;
    }
    drop(input);
    child.wait()?;
    Ok(())
}
