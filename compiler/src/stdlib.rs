//! The standard library, compiled into the binary.

use anlan_lang::diag::FileId;
use anlan_lang::tree;
use std::sync::{Arc, OnceLock};

/// One file of the standard library.
#[derive(Debug, Clone, Copy)]
pub struct LibraryFile {
    /// The name after `use`, and the file's stem in `stdlib/`.
    pub name: &'static str,
    /// Names after `引用`, the first the one to print.
    pub zh: &'static [&'static str],
    pub text: &'static str,
    /// Visible without an import.
    pub core: bool,
    /// Read only where it is imported; nothing in the rest of the library refers to it.
    pub deferred: bool,
}

macro_rules! library {
    ($($name:literal $zh:expr, core: $core:literal, deferred: $deferred:literal;)*) => {
        /// In dependency order.
        pub const FILES: &[LibraryFile] = &[$(LibraryFile {
            name: $name,
            zh: &$zh,
            text: include_str!(concat!("../../stdlib/", $name, ".anlan")),
            core: $core,
            deferred: $deferred,
        }),*];
    };
}

library! {
    "units" ["单位"], core: true, deferred: false;
    "harms" ["损害"], core: true, deferred: false;
    "persons" ["身份", "人员"], core: true, deferred: false;
    "liability" ["责任人", "责任"], core: true, deferred: false;
    "dwelling" ["城乡", "住宅"], core: true, deferred: false;
    "perils" ["灾因"], core: false, deferred: false;
    "injury" ["伤残", "伤残等级"], core: false, deferred: false;
    "damage" ["损毁等级", "损毁"], core: false, deferred: false;
    "facts" ["事实"], core: true, deferred: false;
    "areas" ["区域", "地区"], core: false, deferred: true;
}

/// Index in [`FILES`] of the file with this name in either language.
pub fn find(name: &str) -> Option<usize> {
    FILES
        .iter()
        .position(|file| file.name == name || file.zh.contains(&name))
}

/// The tree of a library file, parsed the first time it is asked for. The tests prove that each parses cleanly.
pub fn tree(index: usize) -> Option<Arc<tree::File>> {
    static TREES: [OnceLock<Arc<tree::File>>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    let (file, cell) = (FILES.get(index)?, TREES.get(index)?);
    let parsed = || Arc::new(anlan_lang::parse::parse(file.text, FileId(0)).tree);
    Some(cell.get_or_init(parsed).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_parses_cleanly() {
        for file in FILES {
            let parsed = anlan_lang::parse::parse(file.text, FileId(0));
            assert_eq!(parsed.findings, Vec::new(), "{}", file.name);
        }
    }

    #[test]
    fn every_file_of_the_folder_is_in_the_library() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../stdlib");
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".anlan")?.to_owned()))
            .collect();
        let mut known: Vec<String> = FILES.iter().map(|file| file.name.to_owned()).collect();
        found.sort();
        known.sort();
        assert_eq!(found, known);
    }
}
