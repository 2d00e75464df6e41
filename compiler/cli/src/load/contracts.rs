//! Which files of a project may hold a contract under a scheme: those that import the scheme's file.
//!
//! Only heads of files are read, so that a scheme among thousands is still found quickly. A file that cannot be read holds
//! no contract that could be shown; `check` says what is wrong with it.

use super::imports::{imported, target};
use super::manifest::Manifest;
use super::{ENDING, MANIFEST, root_of};
use crate::failure::Failure;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The files that import `scheme`, sorted. Where no project holds it, only files in its own folder are looked at. Hidden
/// folders, links and projects inside the project are left out.
///
/// # Errors
/// An `anlan.toml` that cannot be read.
pub fn contracts_of(scheme: &Path) -> Result<Vec<PathBuf>, Failure> {
    let root = root_of(scheme)?;
    let manifest = Manifest::read(&root)?;
    let folders = manifest.folders(&root);
    let mut found = Vec::new();
    walk(&root, root.join(MANIFEST).is_file(), &mut |file| {
        if file != scheme && imports(file, scheme, &folders, &root) {
            found.push(file.to_owned());
        }
    });
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, deep: bool, visit: &mut impl FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let (path, kind) = (entry.path(), entry.file_type());
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        match kind {
            Ok(kind) if kind.is_dir() && deep && !path.join(MANIFEST).is_file() => walk(&path, deep, visit),
            Ok(kind) if kind.is_file() && path.extension().is_some_and(|ending| ending == ENDING) => visit(&path),
            _ => {}
        }
    }
}

fn imports(file: &Path, scheme: &Path, folders: &[PathBuf], root: &Path) -> bool {
    let Ok(opened) = File::open(file) else {
        return false;
    };
    // A line that is no text ends the head.
    let lines = BufReader::new(opened).lines().map_while(Result::ok);
    let stem = scheme.with_extension("");
    imported(lines).iter().any(|name| {
        // The name's own parts decide nearly always, without asking the disk.
        let relative: PathBuf = name.split('.').collect();
        stem.ends_with(relative) && target(folders, root, name).is_some_and(|target| target == scheme)
    })
}
