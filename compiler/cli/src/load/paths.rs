//! Paths: canonical, inside the project, and as the user would write them.

use super::{ENDING, MANIFEST};
use crate::failure::Failure;
use anlan_lang::diag::codes;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The path without links and `..`; it must exist.
pub fn canonical(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|error| Failure::unreadable(path, &error))
}

/// `start` itself if it is a file, else every source below it, sorted. Hidden folders are left out. A link that leads
/// out of the nearest project folder (or out of `start` where there is none) is refused; one that stays inside is not
/// followed, since its target is met anyway.
pub fn sources(start: &Path) -> Result<Vec<PathBuf>, Failure> {
    if start.is_file() {
        return Ok(vec![start.to_owned()]);
    }
    let bound = start
        .ancestors()
        .find(|folder| folder.join(MANIFEST).is_file())
        .unwrap_or(start);
    let mut found = Vec::new();
    walk(start, bound, &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, bound: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::unreadable(folder, &error);
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_symlink() {
            let target = canonical(&path)?;
            let read = target.is_dir() || is_source(&path) || is_source(&target);
            if read && !target.starts_with(bound) {
                return Err(Failure::new(codes::X015).path(&path));
            }
        } else if kind.is_dir() {
            // Its own project has its own bound.
            let bound = if path.join(MANIFEST).is_file() { &path } else { bound };
            walk(&path, bound, found)?;
        } else if is_source(&path) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == ENDING)
}

/// The path of a source in its project: relative with `/`, or absolute where the command line names a file outside.
pub fn within(root: &Path, file: &Path) -> Result<String, Failure> {
    let path = file.strip_prefix(root).unwrap_or(file);
    let text = path.to_str().ok_or_else(|| Failure::new(codes::X018).path(file))?;
    Ok(if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.to_owned()
    })
}

/// What leads from the current folder to `root`; empty for the current folder itself, else with a `/` at its end.
pub fn prefix(root: &Path) -> String {
    let here = std::env::current_dir()
        .and_then(|here| here.canonicalize())
        .unwrap_or_default();
    let mut text = relative(&here, root).to_string_lossy().replace('\\', "/");
    if !text.is_empty() && !text.ends_with('/') {
        text.push('/');
    }
    text
}

/// The way from one canonical folder to another.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (from, to): (Vec<Component>, Vec<Component>) = (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(common).map(|_| Component::ParentDir);
    let down = to.iter().skip(common).copied();
    // Nothing shared but the file system's root: the absolute path reads better.
    if common <= 1 && !from.is_empty() && from.len() > 1 && to.len() > 1 {
        return to.iter().collect();
    }
    up.chain(down).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_folders_is_short() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to)).display().to_string();
        assert_eq!(way("/a/b", "/a/b"), "");
        assert_eq!(way("/a/b", "/a/b/c/d"), "c/d");
        assert_eq!(way("/a/b", "/a/c"), "../c");
        assert_eq!(way("/a/b", "/c/d"), "/c/d");
        assert_eq!(way("/", "/c/d"), "c/d");
    }
}
