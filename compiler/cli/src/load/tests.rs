#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use super::*;
use anlan_lang::diag::Code;
use std::fs;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, text) in files {
            let path = folder.path(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }
    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }
}

fn own(loaded: &Loaded) -> Vec<(&str, bool)> {
    let files = loaded.project.own_files().map(FileId);
    files
        .map(|file| {
            (
                loaded.project.source(file).unwrap().path.as_str(),
                loaded.is_named(file),
            )
        })
        .collect()
}

fn code<T: std::fmt::Debug>(result: Result<T, Failure>) -> Code {
    result.unwrap_err().finding.code
}

#[test]
fn a_folder_is_read_with_what_it_imports_in_its_project() {
    let folder = Folder::new(&[
        ("p/anlan.toml", "[project]\nsources = [\"s\"]\n"),
        ("p/s/a/x.anlan", "引用 b.y, 灾因\n"),
        ("p/s/b/y.anlan", "use c.z\n"),
        ("p/s/c/z.anlan", ""),
        ("p/s/d/unused.anlan", ""),
        ("p/s/.hidden/h.anlan", ""),
    ]);
    let loaded = projects(&[folder.path("p/s/a")]).unwrap();
    assert_eq!(loaded.len(), 1);
    assert_eq!(
        own(&loaded[0]),
        [("s/a/x.anlan", true), ("s/b/y.anlan", false), ("s/c/z.anlan", false)]
    );
    assert_eq!(loaded[0].project.settings().roots, ["s"]);

    let all = projects(&[folder.path("p")]).unwrap();
    assert_eq!(own(&all[0]).len(), 4);
}

#[test]
fn projects_in_one_tree_are_told_apart() {
    let folder = Folder::new(&[
        ("a/anlan.toml", ""),
        ("a/x.anlan", ""),
        ("b/anlan.toml", ""),
        ("b/y.anlan", ""),
        ("z.anlan", ""),
    ]);
    let loaded = projects(&[folder.0.path().to_owned()]).unwrap();
    let files: Vec<_> = loaded.iter().map(own).collect();
    assert_eq!(
        files,
        [
            vec![("z.anlan", true)],
            vec![("x.anlan", true)],
            vec![("y.anlan", true)]
        ]
    );
    // Named twice is read once.
    let twice = projects(&[folder.path("a"), folder.path("a/x.anlan")]).unwrap();
    assert_eq!(own(&twice[0]), [("x.anlan", true)]);
}

#[test]
fn a_contract_may_stand_outside_the_project() {
    let folder = Folder::new(&[
        ("p/anlan.toml", ""),
        ("p/x/x.anlan", ""),
        ("elsewhere/c.anlan", "引用 x.x\n"),
    ]);
    let contract = folder.path("elsewhere/c.anlan");
    let loaded = project_of(&folder.path("p/x"), std::slice::from_ref(&contract)).unwrap();
    let outside = contract.canonicalize().unwrap().display().to_string();
    let mut expected = vec![("x/x.anlan", true), (outside.as_str(), true)];
    expected.sort_by_key(|(path, _)| path.len());
    let mut own = own(&loaded);
    own.sort_by_key(|(path, _)| path.len());
    assert_eq!(own, expected);
    let file = loaded.named.iter().find(|file| loaded.shown(**file) == outside);
    assert!(file.is_some());
}

#[cfg(unix)]
#[test]
fn links_out_of_the_project_are_refused() {
    let folder = Folder::new(&[
        ("secret/s.anlan", "秘密"),
        ("p/anlan.toml", ""),
        ("p/x.anlan", "引用 out.s\n"),
        ("p/in/y.anlan", ""),
    ]);
    let link = |from: &str, to: &str| std::os::unix::fs::symlink(folder.path(from), folder.path(to)).unwrap();
    link("p/in", "p/again");
    assert_eq!(projects(&[folder.path("p")]).unwrap()[0].named.len(), 2);
    link("secret", "p/out");
    assert_eq!(code(projects(&[folder.path("p")])), codes::X015);
    // The file alone is read, its import through the link is not.
    assert_eq!(
        own(&projects(&[folder.path("p/x.anlan")]).unwrap()[0]),
        [("x.anlan", true)]
    );
}

#[test]
fn files_that_cannot_be_sources_are_refused() {
    let folder = Folder::new(&[
        ("a/big.anlan", ""),
        ("b/bytes.anlan", ""),
        ("c/none.txt", ""),
        ("d/anlan.toml", "x"),
    ]);
    fs::write(folder.path("a/big.anlan"), vec![b' '; (4 << 20) + 1]).unwrap();
    fs::write(folder.path("b/bytes.anlan"), b"\xe5\xae\x89\n\xff\n").unwrap();
    fs::write(folder.path("d/x.anlan"), "").unwrap();
    assert_eq!(code(projects(&[folder.path("a")])), codes::X014);
    let failure = projects(&[folder.path("b")]).unwrap_err();
    assert_eq!(failure.finding.code, codes::X013);
    assert_eq!(failure.finding.args.get("line"), Some(&anlan_lang::diag::Arg::Count(2)));
    assert_eq!(code(projects(&[folder.path("c")])), codes::X016);
    assert_eq!(code(projects(&[folder.path("missing")])), codes::X010);
    assert_eq!(code(projects(&[folder.path("d")])), codes::X017);
    // The cap itself is allowed.
    fs::write(folder.path("a/big.anlan"), vec![b' '; 4 << 20]).unwrap();
    assert!(projects(&[folder.path("a")]).is_ok());
}
