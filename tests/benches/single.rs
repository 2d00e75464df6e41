//! One claim at a time through the typed struct of an emitted crate, beside Rust written by hand for the same scheme
//! (`benches/single/hand.rs`). Emits Yunyang, builds both with optimisation, and prints the figures of one run.
//!
//! `cargo bench -p anlan-tests --bench single`
#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a benchmark")]

use anlan_compiler::emit;
use anlan_tests::agreement::engine::write;
use anlan_tests::agreement::engines::rust::{cargo, package};
use anlan_tests::agreement::subjects::policies;

fn main() {
    let subject = policies()
        .into_iter()
        .find(|subject| subject.name == "云阳县巨灾保险")
        .unwrap();
    let files = emit::emit(emit::target("rust").unwrap(), &subject.plan).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("evaluator"), &files);
    let manifest = format!(
        "[package]\nname = \"single\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nevaluator = {{ path = \"evaluator\", package = \"{}\" }}\n",
        package(&files)
    );
    let bench = folder.path().join("src");
    std::fs::create_dir_all(&bench).unwrap();
    std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    std::fs::write(bench.join("main.rs"), include_str!("single/claims.rs")).unwrap();
    std::fs::write(bench.join("hand.rs"), include_str!("single/hand.rs")).unwrap();
    let target = folder.path().join("target");
    let output = cargo(folder.path(), &target, &["run", "--release", "--offline", "--quiet"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let figures: Vec<f64> = text.split_whitespace().map(|figure| figure.parse().unwrap()).collect();
    let &[emitted, by_hand] = figures.as_slice() else {
        return;
    };
    println!("{:>16}  {:>10}  {:>10}", "", "ns/claim", "M claims/s");
    for (what, figure) in [("emitted", emitted), ("by hand", by_hand)] {
        println!("{what:>16}  {figure:>10.2}  {:>10.1}", 1e3 / figure);
    }
    println!("{:>16}  {:>10.2}", "emitted/by hand", emitted / by_hand);
}
