//! `anlan emit rust`, compiled by the toolchain that compiles the tests.
//!
//! A crate has no dependencies that a build could share, so each build's leavings are removed at once; optimisation is low,
//! since building takes longer than settling.

use super::row;
use crate::agreement::claims::{Fields, lines};
use crate::agreement::engine::{Answers, Engine, Evaluator, Run, write};
use anlan_compiler::emit;
use anlan_compiler::plan::Plan;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, Default)]
pub struct Rust;

/// The name of the crate that was emitted.
pub fn package(files: &[emit::File]) -> String {
    let manifest = files.iter().find(|file| file.path == "Cargo.toml").unwrap();
    let line = manifest.text.lines().find(|line| line.starts_with("name = ")).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

/// A manifest that keeps builds small, whatever workspace surrounds the folder.
pub const PROFILE: &str = "\n[workspace]\n\n[profile.dev]\ndebug = 0\nopt-level = 0\nincremental = false\n";

/// `cargo` in a folder, with the target folder given.
pub fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or("cargo".to_owned()));
    command
        .current_dir(folder)
        .args(arguments)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS");
    command
}

struct Binary {
    folder: PathBuf,
    program: PathBuf,
}

impl Engine for Rust {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn build(&mut self, plan: &Plan, folder: &Path) -> Box<dyn Evaluator + '_> {
        let files = emit::emit(emit::target("rust").unwrap(), plan).unwrap();
        write(folder, &files);
        let manifest = folder.join("Cargo.toml");
        let text = std::fs::read_to_string(&manifest).unwrap();
        std::fs::write(&manifest, text + PROFILE).unwrap();
        let target = folder.join("target");
        let output = cargo(folder, &target, &["build", "--offline", "--quiet"])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let program = folder.join("settle");
        std::fs::copy(target.join("debug").join(package(&files)), &program).unwrap();
        std::fs::remove_dir_all(&target).unwrap();
        Box::new(Binary {
            folder: folder.to_owned(),
            program,
        })
    }
}

impl Evaluator for Binary {
    fn settle(&mut self, run: &Run, claims: &[Fields]) -> Answers {
        let path = self.folder.join("claims.jsonl");
        std::fs::write(&path, lines(claims)).unwrap();
        let mut command = Command::new(&self.program);
        command.arg("settle").arg(&path).args(["--premium", &run.premium]);
        for decision in &run.decided {
            command.args(["--decide", decision]);
        }
        let output = command.output().unwrap();
        if !output.status.success() {
            // A refusal is `CODE: text`.
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            let code = error.trim().split(':').next().unwrap_or_default();
            return Err(code.to_owned());
        }
        Ok(String::from_utf8(output.stdout).unwrap().lines().map(row).collect())
    }
}
