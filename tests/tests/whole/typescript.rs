//! Emitted TypeScript passes the compiler at its strictest, the linter and the formatter, and its own tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use anlan_compiler::emit;
use anlan_tests::agreement::engine::write;
use anlan_tests::agreement::subjects::{Subject, generated, policies, written};
use anlan_tests::node::{node, printed, tools};
use anlan_tests::{fenced, read};
use std::path::Path;

/// Modules that differ from scheme to scheme.
const WRITTEN: [&str; 4] = ["claim", "rules", "scheme", "vocabulary"];

fn emitted(folder: &Path, number: usize, subject: &Subject) -> String {
    let files = emit::emit(emit::target("typescript").unwrap(), &subject.plan).unwrap();
    let name = format!("s{number}");
    write(&folder.join(&name), &files);
    name
}

/// A script of a tool, from the folder of the tools.
fn run(tools: &Path, script: &str, arguments: &[&str]) {
    let script = format!("node_modules/{script}");
    let arguments: Vec<&str> = [script.as_str()].iter().chain(arguments).copied().collect();
    printed(&node(tools, &arguments));
}

#[test]
fn packages_pass_compiler_linter_formatter_and_their_own_tests() {
    let Some(tools) = tools() else { return };
    let folder = tempfile::Builder::new().prefix("emitted-").tempdir_in(&tools).unwrap();
    let policies = policies();
    let mut schemes = written();
    schemes.extend(generated(7, 1));
    let own = folder.path().file_name().unwrap().to_str().unwrap().to_owned();
    let mut written = Vec::new();
    for (number, subject) in policies.iter().chain(&schemes).enumerate() {
        let name = emitted(folder.path(), number, subject);
        run(&tools, "typescript/bin/tsc", &["-p", &format!("{own}/{name}")]);
        if number < policies.len() {
            printed(&node(&folder.path().join(&name), &["--test", "dist/test/"]));
        }
        written.extend(WRITTEN.map(|module| format!("{own}/{name}/src/{module}.ts")));
    }
    // The modules that are the same for every scheme are looked at once.
    let first = [format!("{own}/s0/src"), format!("{own}/s0/test")];
    let linted: Vec<&str> = first
        .iter()
        .chain(&written[WRITTEN.len()..])
        .map(String::as_str)
        .collect();
    run(
        &tools,
        "eslint/bin/eslint.js",
        &[&["--max-warnings", "0"], linted.as_slice()].concat(),
    );
    let files = ["src/*.ts", "test/*.ts", "package.json", "tsconfig.json"].map(|files| format!("{own}/*/{files}"));
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    run(
        &tools,
        "prettier/bin/prettier.cjs",
        &[&["--check"], files.as_slice()].concat(),
    );
}

/// The example of `docs/emit.md` says in its comments what it prints.
#[test]
fn the_example_in_the_docs_compiles_and_prints_what_it_says() {
    let Some(tools) = tools() else { return };
    let page = read("docs/emit.md");
    let blocks = fenced::blocks(&page);
    let example = blocks.iter().find(|block| block.info == "typescript").unwrap();
    let folder = tempfile::Builder::new().prefix("emitted-").tempdir_in(&tools).unwrap();
    let policies = policies();
    let yunyang = policies.iter().find(|subject| subject.name.contains("云阳")).unwrap();
    let package = emitted(folder.path(), 0, yunyang);
    let text = example.text.replace("./src/", "./");
    std::fs::write(folder.path().join(&package).join("src/example.ts"), text).unwrap();
    let own = folder.path().file_name().unwrap().to_str().unwrap();
    run(&tools, "typescript/bin/tsc", &["-p", &format!("{own}/{package}")]);
    let found = printed(&node(&folder.path().join(&package), &["dist/src/example.js"]));
    let said = example.text.lines().filter_map(|line| line.split_once("; // "));
    let said: Vec<&str> = said
        .map(|(_, said)| said.split_once(": ").map_or(said, |(value, _)| value))
        .collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), said);
}
