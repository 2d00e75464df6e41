//! `use a.b`: which file an import names, and which files a file sees.

use super::nearest::near;
use crate::project::{ParsedProject, Project};
use crate::stdlib;
use anlan_lang::diag::{Arg, FileId, Finding, Place, codes};
use anlan_lang::tree::Path;
use std::collections::{BTreeMap, BTreeSet};

/// The importable files of a project.
#[derive(Debug, Clone, Default)]
pub struct Modules {
    /// Dotted name → file; a file under two roots has two names.
    own: BTreeMap<String, FileId>,
    standard: Vec<FileId>,
}

impl Modules {
    pub fn new(project: &Project) -> Self {
        let mut own = BTreeMap::new();
        let whole = [String::new()];
        let roots = match project.settings().roots.as_slice() {
            [] => &whole,
            roots => roots,
        };
        for (file, source) in project.own_files().zip(project.sources()) {
            for root in roots {
                if let Some(name) = dotted(&source.path, root) {
                    own.entry(name).or_insert(FileId(file));
                }
            }
        }
        Modules {
            own,
            standard: project.standard_files().map(FileId).collect(),
        }
    }
    /// The file that an import names: one of the project's first, else one of the standard library.
    pub fn find(&self, path: &Path) -> Option<FileId> {
        let name = dotted_path(path);
        self.own.get(&name).copied().or_else(|| {
            let index = stdlib::find(&name)?;
            self.standard.get(index).copied()
        })
    }
    /// The name to import a file by, as a user of Chinese or English would write it.
    pub fn name_of(&self, file: FileId) -> Option<Arg> {
        if let Some((name, _)) = self.own.iter().find(|(_, f)| **f == file) {
            return Some(Arg::Text(name.clone()));
        }
        let index = self.standard.iter().position(|f| *f == file)?;
        let file = stdlib::FILES.get(index)?;
        Some(Arg::Names {
            zh: file.zh.first().copied().unwrap_or(file.name).to_owned(),
            en: file.name.to_owned(),
        })
    }
    fn names(&self) -> impl Iterator<Item = &str> {
        let library = stdlib::FILES.iter().flat_map(|f| f.zh.iter().copied().chain([f.name]));
        self.own.keys().map(String::as_str).chain(library)
    }
}

/// `policies/chongqing/framework.anlan` under root `policies` is `chongqing.framework`.
fn dotted(path: &str, root: &str) -> Option<String> {
    let root = root.trim_matches('/');
    let rest = match root {
        "" | "." => path,
        _ => path.strip_prefix(root)?.strip_prefix('/')?,
    };
    Some(rest.strip_suffix(".anlan")?.replace('/', "."))
}

fn dotted_path(path: &Path) -> String {
    let parts: Vec<&str> = path.parts.iter().map(|part| part.text.as_str()).collect();
    parts.join(".")
}

/// What one file imports.
#[derive(Debug, Clone, Default)]
pub struct Imports {
    /// (import as written, its file), known ones only, in written order.
    pub direct: Vec<(Place, FileId)>,
}

/// The imports of every file, with N101 for an unknown one, N210 for one written twice and N209 for a circle.
pub fn imports(project: &Project, parsed: &ParsedProject, modules: &Modules) -> (Vec<Imports>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut all = Vec::with_capacity(parsed.files.len());
    for (index, file) in parsed.files.iter().enumerate() {
        let mut imports = Imports::default();
        for path in file.iter().flat_map(|file| &file.tree.uses) {
            let place = Place {
                file: FileId(index as u32),
                span: path.span,
            };
            match modules.find(path) {
                Some(target) => match imports.direct.iter().find(|(_, file)| *file == target) {
                    Some((first, _)) => findings.push(
                        Finding::new(codes::N210, place)
                            .arg("name", dotted_path(path))
                            .label(*first, "first"),
                    ),
                    None => imports.direct.push((place, target)),
                },
                None => findings.push(unknown(place, &dotted_path(path), modules)),
            }
        }
        all.push(imports);
    }
    circles(project, &all, modules, &mut findings);
    (all, findings)
}

fn unknown(place: Place, name: &str, modules: &Modules) -> Finding {
    super::nearest::suggest(
        Finding::new(codes::N101, place),
        name,
        place,
        near(name, modules.names()),
    )
}

/// Reports each circle of imports once, at the import that closes it.
fn circles(project: &Project, all: &[Imports], modules: &Modules, findings: &mut Vec<Finding>) {
    let mut done = BTreeSet::new();
    for start in project.own_files() {
        let mut path: Vec<(FileId, usize)> = vec![(FileId(start), 0)];
        if done.contains(&FileId(start)) {
            continue;
        }
        while let Some((file, next)) = path.pop() {
            let Some((place, target)) = all.get(file.0 as usize).and_then(|imports| imports.direct.get(next)) else {
                done.insert(file);
                continue;
            };
            path.push((file, next + 1));
            if let Some(from) = path.iter().position(|(on_path, _)| on_path == target) {
                let circle = path.iter().skip(from).filter_map(|(file, _)| modules.name_of(*file));
                let mut names: Vec<Arg> = circle.collect();
                names.extend(modules.name_of(*target));
                findings.push(Finding::new(codes::N209, *place).arg("files", Arg::List(names)));
            } else if !done.contains(target) {
                path.push((*target, 0));
            }
        }
    }
}
