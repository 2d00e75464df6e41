//! Sources and settings as the shell gives them, and their trees. Nothing here touches a file: the standard library
//! is part of the binary.

use crate::stdlib;
use anlan_lang::diag::{FileId, Finding, Place, Severity};
use anlan_lang::tree;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One source file: its path within the project (relative, `/` between segments) and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub path: String,
    pub text: String,
}

/// What `anlan.toml` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Folders in which imports are looked up, relative to the project's own folder. Empty: that folder itself.
    pub roots: Vec<String>,
    /// Code → severity. Errors cannot be lowered (N302).
    pub severities: BTreeMap<String, Severity>,
    /// No claims are settled in search of some that show what a finding says, which costs more than the finding: for
    /// those who want the findings alone. No setting of `anlan.toml`.
    pub without_search: bool,
}

/// Everything that one compilation may read. [`FileId`] indexes [`Project::sources`].
#[derive(Debug, Clone)]
pub struct Project {
    sources: Vec<Source>,
    settings: Settings,
    /// The first `own` sources are the project's; the rest is the standard library.
    own: usize,
}

impl Project {
    /// The given sources in the given order, followed by the standard library as `std/<name>.anlan`.
    pub fn new(sources: Vec<Source>, settings: Settings) -> Self {
        let own = sources.len();
        let mut sources = sources;
        sources.extend(stdlib::FILES.iter().map(|file| Source {
            path: format!("std/{}.anlan", file.name),
            text: file.text.to_owned(),
        }));
        Project { sources, settings, own }
    }
    /// All sources, the project's own first.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }
    pub fn source(&self, file: FileId) -> Option<&Source> {
        self.sources.get(file.0 as usize)
    }
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
    /// The project's own files.
    pub fn own_files(&self) -> Range<u32> {
        0..self.own as u32
    }
    /// The standard library's files.
    pub fn standard_files(&self) -> Range<u32> {
        self.own as u32..self.sources.len() as u32
    }
    /// The text at a place; empty where the place is not of this project.
    pub fn text_at(&self, place: Place) -> &str {
        self.source(place.file)
            .and_then(|source| source.text.get(place.span.range()))
            .unwrap_or("")
    }
}

/// One parsed file.
#[derive(Debug, PartialEq, Eq)]
pub struct ParsedFile {
    pub file: FileId,
    pub path: String,
    pub tree: Arc<tree::File>,
    /// It has syntax errors, so what it declares and reads is not all known.
    pub damaged: bool,
}

/// All trees that the project's files reach. Each file is parsed once and shared.
#[derive(Debug, Clone, Default)]
pub struct ParsedProject {
    /// By [`FileId`]; `None` for a library file that nothing imports.
    pub files: Vec<Option<Arc<ParsedFile>>>,
    /// Syntax findings, in file order.
    pub findings: Vec<Finding>,
}

impl ParsedProject {
    pub fn file(&self, file: FileId) -> Option<&Arc<ParsedFile>> {
        self.files.get(file.0 as usize)?.as_ref()
    }
}

/// Parses every file of the project, and of the standard library what is part of every vocabulary or imported.
/// The project's files are parsed on two threads; the library's trees are kept for the life of the process.
pub fn parse_project(project: &Project) -> ParsedProject {
    let own = project.own_files();
    let sources = project.sources.get(..project.own).unwrap_or(&[]);
    let mut parsed = in_parallel(sources.len(), |index| {
        let source = sources.get(index)?;
        Some(parse_one(source, FileId(index as u32)))
    });
    let mut findings = Vec::new();
    let mut files: Vec<Option<Arc<ParsedFile>>> = Vec::with_capacity(project.sources.len());
    for (file, of_file) in parsed.drain(..).flatten() {
        findings.extend(of_file);
        files.push(Some(Arc::new(file)));
    }
    let used = |library: &stdlib::LibraryFile| {
        let uses = files.iter().flatten().flat_map(|file| &file.tree.uses);
        uses.into_iter().any(|path| {
            let last = path.parts.last().map_or("", |part| part.text.as_str());
            path.parts.len() == 1 && (library.name == last || library.zh.contains(&last))
        })
    };
    let library: Vec<Option<Arc<ParsedFile>>> = stdlib::FILES
        .iter()
        .enumerate()
        .zip(own.end..)
        .map(|((index, known), file)| {
            let wanted = !known.deferred || used(known);
            let tree = wanted.then(|| stdlib::tree(index)).flatten()?;
            Some(Arc::new(ParsedFile {
                file: FileId(file),
                path: format!("std/{}.anlan", known.name),
                tree,
                damaged: false,
            }))
        })
        .collect();
    files.extend(library);
    ParsedProject { files, findings }
}

fn parse_one(source: &Source, file: FileId) -> (ParsedFile, Vec<Finding>) {
    let parsed = anlan_lang::parse::parse(&source.text, file);
    let parsed_file = ParsedFile {
        file,
        path: source.path.clone(),
        tree: Arc::new(parsed.tree),
        damaged: parsed
            .findings
            .iter()
            .any(|finding| finding.severity == Severity::Error),
    };
    (parsed_file, parsed.findings)
}

/// Runs `work` for each of `0..count` on at most two threads, each of which takes the next few that are left; results in
/// order.
pub(crate) fn in_parallel<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    // Below this a thread costs more than it saves.
    const FEW: usize = 8;
    if count < FEW {
        return (0..count).map(work).collect();
    }
    // Many portions, so that neither thread waits long for the other; none so small that taking it counts.
    let portion = (count / 64).clamp(1, 16);
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done: Vec<(usize, Vec<T>)> = Vec::new();
        loop {
            let from = next.fetch_add(portion, Ordering::Relaxed);
            if from >= count {
                return done;
            }
            done.push((from, (from..count.min(from + portion)).map(&work).collect()));
        }
    };
    let mut portions = std::thread::scope(|scope| {
        let second = scope.spawn(run);
        let mut all = run();
        match second.join() {
            Ok(rest) => all.extend(rest),
            // A panic of the other thread is this one's too.
            Err(panic) => std::panic::resume_unwind(panic),
        }
        all
    });
    portions.sort_unstable_by_key(|(from, _)| *from);
    portions.into_iter().flat_map(|(_, results)| results).collect()
}
