//! From paths on the command line to the projects that the compiler reads.
//!
//! A project is the folder of the nearest `anlan.toml` above a path; without one, the folder named (or the file's own).
//! Nothing outside it is read but the files named on the command line; links that lead out are refused.

mod contracts;
mod imports;
mod manifest;
mod paths;
mod read;

pub use contracts::contracts_of;
pub use read::{source_text, text_file};

use crate::failure::Failure;
use anlan_compiler::project::{Project, Source};
use anlan_lang::diag::{FileId, codes};
use manifest::Manifest;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// The ending of source files.
pub const ENDING: &str = "anlan";
/// The file that marks a project's folder.
pub const MANIFEST: &str = "anlan.toml";

/// One project with the files that the command line names, and those that they import.
#[derive(Debug)]
pub struct Loaded {
    pub project: Project,
    /// The project's folder, canonical.
    pub root: PathBuf,
    /// What stands before a source's path to show it from the current folder: empty, or ends in `/`.
    pub prefix: String,
    /// The sources that the command line names, themselves or by their folder; ascending.
    pub named: Vec<FileId>,
}

impl Loaded {
    pub fn is_named(&self, file: FileId) -> bool {
        self.named.binary_search(&file).is_ok()
    }
    /// A source's path as the user would write it.
    pub fn shown(&self, file: FileId) -> String {
        let Some(source) = self.project.source(file) else {
            return String::new();
        };
        if self.project.own_files().contains(&file.0) && !Path::new(&source.path).is_absolute() {
            format!("{}{}", self.prefix, source.path)
        } else {
            source.path.clone()
        }
    }
    /// A source's path on disk; `None` for the standard library.
    pub fn on_disk(&self, file: FileId) -> Option<PathBuf> {
        let source = self.project.source(file)?;
        self.project
            .own_files()
            .contains(&file.0)
            .then(|| self.root.join(&source.path))
    }
}

/// The projects of all sources at or below `paths` (the current folder where empty), in path order.
pub fn projects(paths: &[PathBuf]) -> Result<Vec<Loaded>, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut roots = Roots::default();
    // Root → files, sorted and without repetitions.
    let mut files: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let start = paths::canonical(path)?;
        for file in sources(path)? {
            let root = roots.of(&file, &start)?;
            files.entry(root).or_default().push(file);
        }
    }
    files.into_iter().map(|(root, files)| load(&root, files)).collect()
}

/// The sources at or below `path`, canonical; at least one.
pub fn sources(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let files = paths::sources(&paths::canonical(path)?)?;
    if files.is_empty() {
        Err(Failure::new(codes::X016).path(path))
    } else {
        Ok(files)
    }
}

/// The one project that holds `path` (a scheme's file, or a folder with it), with `others` (contracts) wherever they are.
pub fn project_of(path: &Path, others: &[PathBuf]) -> Result<Loaded, Failure> {
    let start = paths::canonical(path)?;
    let mut files = sources(path)?;
    let first = files.first().unwrap_or(&start);
    let root = Roots::default().of(first, &start)?;
    for other in others {
        files.push(paths::canonical(other)?);
    }
    load(&root, files)
}

/// The project folder in which `folder` lies, if any.
pub fn project_folder(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    Ok(Roots::default().above(&paths::canonical(folder)?))
}

/// The folder of the project of `file`, which the command line names; its own folder where no project holds it.
fn root_of(file: &Path) -> Result<PathBuf, Failure> {
    Roots::default().of(file, file)
}

/// Finds and remembers the project folder of each folder.
#[derive(Default)]
struct Roots(HashMap<PathBuf, Option<PathBuf>>);

impl Roots {
    /// The project folder of `file`, which was found below `start`.
    fn of(&mut self, file: &Path, start: &Path) -> Result<PathBuf, Failure> {
        let folder = file.parent().unwrap_or(file);
        let root = self.above(folder);
        Ok(root.unwrap_or_else(|| if start.is_dir() { start } else { folder }.to_owned()))
    }
    fn above(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.0.get(folder) {
            return known.clone();
        }
        let root = if folder.join(MANIFEST).is_file() {
            Some(folder.to_owned())
        } else {
            folder.parent().and_then(|parent| self.above(parent))
        };
        self.0.insert(folder.to_owned(), root.clone());
        root
    }
}

fn load(root: &Path, mut files: Vec<PathBuf>) -> Result<Loaded, Failure> {
    let manifest = Manifest::read(root)?;
    files.sort();
    files.dedup();
    let named = files.len();
    let mut sources = Vec::with_capacity(named);
    for file in &files {
        sources.push(source(root, file)?);
    }
    let folders = manifest.folders(root);
    imports::follow(&folders, root, &mut files, &mut sources)?;
    Ok(Loaded {
        project: Project::new(sources, manifest.settings()),
        root: root.to_owned(),
        prefix: paths::prefix(root),
        // The named files come first.
        named: (0..named as u32).map(FileId).collect(),
    })
}

fn source(root: &Path, file: &Path) -> Result<Source, Failure> {
    Ok(Source {
        path: paths::within(root, file)?,
        text: read::source_text(file)?,
    })
}

#[cfg(test)]
mod tests;
