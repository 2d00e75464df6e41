//! How long emitted Python takes for one claim, beside Python that was written by hand for the same scheme; see
//! `docs/benchmarks.md`. `ANLAN_PYTHON` names another interpreter than `python3`.
//!
//! `cargo bench -p anlan-tests --bench python`
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use anlan_compiler::emit;
use anlan_tests::agreement::engine::write;
use anlan_tests::agreement::engines::python::package;
use anlan_tests::agreement::subjects::policies;
use anlan_tests::python::printed;
use anlan_tests::read;
use std::path::PathBuf;

fn main() {
    let policies = policies();
    let yunyang = policies.iter().find(|subject| subject.name.contains("云阳")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = emit::emit(emit::target("python").unwrap(), &yunyang.plan).unwrap();
    write(folder.path(), &files);
    for name in ["by_hand.py", "compare.py"] {
        let text = read(&format!("tests/benches/python/{name}"));
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let python = std::env::var_os("ANLAN_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    print!("{}", printed(&python, folder.path(), &["compare.py", &package(&files)]));
}
