//! The schemes, frameworks and sample contracts of `policies/`.

use crate::workspace;
use anlan_compiler::project::{Project, Settings, Source};
use std::path::Path;

/// All sources, in path order.
pub fn sources() -> Vec<Source> {
    let root = workspace().join("policies");
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "no policies");
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|ending| ending == "anlan") {
            let relative = path.strip_prefix(root).unwrap();
            let parts: Vec<_> = relative.iter().map(|part| part.to_str().unwrap()).collect();
            found.push(Source {
                path: parts.join("/"),
                text: std::fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

/// The project of these sources.
pub fn project(sources: Vec<Source>) -> Project {
    Project::new(sources, Settings::default())
}
