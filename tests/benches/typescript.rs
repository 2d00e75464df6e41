//! How long emitted TypeScript takes for one claim, beside TypeScript that was written by hand for the same scheme; see
//! `docs/benchmarks.md`. Needs the tools of `tests/node`.
//!
//! `cargo bench -p anlan-tests --bench typescript`
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use anlan_compiler::emit;
use anlan_tests::agreement::engine::write;
use anlan_tests::agreement::subjects::policies;
use anlan_tests::node::{node, printed, tools};
use anlan_tests::read;

fn main() {
    let Some(tools) = tools() else { return };
    let policies = policies();
    let yunyang = policies.iter().find(|subject| subject.name.contains("云阳")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &emit::emit(emit::target("typescript").unwrap(), &yunyang.plan).unwrap(),
    );
    for name in ["by_hand.ts", "compare.ts"] {
        let text = read(&format!("tests/benches/typescript/{name}"));
        std::fs::write(folder.path().join("test").join(name), text).unwrap();
    }
    printed(&node(&tools, &["transpile.mjs", folder.path().to_str().unwrap()]));
    println!(
        "{}",
        printed(&node(folder.path(), &["dist/test/compare.js"])).trim_end()
    );
}
