//! Which other files of the project the named ones import.
//!
//! Only the lines at the head of a file are looked at, so that one scheme of a large project is read alone. What they
//! mean is for the compiler: a name that leads to no file of the project may be the library's, or an error.

use super::{ENDING, source};
use crate::failure::Failure;
use anlan_compiler::project::Source;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Adds every file that `files` import, and those that these import, to both lists. `folders` are where names are
/// looked up; a target outside `root` (through a link) is not read.
pub fn follow(
    folders: &[PathBuf],
    root: &Path,
    files: &mut Vec<PathBuf>,
    sources: &mut Vec<Source>,
) -> Result<(), Failure> {
    let mut known: HashSet<PathBuf> = files.iter().cloned().collect();
    let mut next = 0;
    while let Some(reader) = sources.get(next) {
        for name in imported(reader.text.lines()) {
            let Some(file) = target(folders, root, &name) else {
                continue;
            };
            if known.insert(file.clone()) {
                let source = source(root, &file)?;
                files.push(file);
                sources.push(source);
            }
        }
        next += 1;
    }
    Ok(())
}

/// The file that `a.b` names in the first folder that has it.
pub(super) fn target(folders: &[PathBuf], root: &Path, name: &str) -> Option<PathBuf> {
    let relative: PathBuf = name.split('.').collect::<PathBuf>().with_extension(ENDING);
    folders.iter().find_map(|folder| {
        let file = folder.join(&relative).canonicalize().ok()?;
        (file.is_file() && file.starts_with(root)).then_some(file)
    })
}

/// The dotted names after `引用` or `use` at the head of a file; no line beyond the head is asked for.
pub(super) fn imported<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> Vec<String> {
    let mut names = Vec::new();
    let mut more = false;
    for line in lines {
        let line = line.as_ref().trim_start_matches('\u{feff}');
        let line = line.split("//").next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let list = ["引用", "use"].iter().find_map(|keyword| {
            line.strip_prefix(keyword)
                .filter(|rest| rest.starts_with(char::is_whitespace))
        });
        let list = match list {
            Some(list) => list,
            // A list goes on after a comma at the end of a line.
            None if more => line,
            None => break,
        };
        more = list.ends_with([',', '，', '、']);
        names.extend(
            list.split([',', '，', '、', ';', '；'])
                .map(name)
                .filter(|name| !name.is_empty()),
        );
    }
    names
}

/// A name as a path: no blanks, no corner quotes, and no way to leave the folder.
fn name(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '「' | '」' | '/' | '\\'));
    kept.collect::<String>()
        .split('.')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_head_is_read() {
        let text = "\u{feff}// 说明\n引用 灾因, 重庆.框架 // 附注\n\nuse a.b、c,\n  「d」\n方案 甲 {\n引用 乙\n}";
        assert_eq!(imported(text.lines()), ["灾因", "重庆.框架", "a.b", "c", "d"]);
        assert_eq!(imported("引用词 {".lines()), Vec::<String>::new());
        assert_eq!(imported("use ../../etc, ...x".lines()), ["etc", "x"]);
    }
}
