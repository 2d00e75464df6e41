//! `anlan emit python`, run by the interpreter on the path.

use super::row;
use crate::agreement::claims::{Fields, lines};
use crate::agreement::engine::{Answers, Engine, Evaluator, Run, write};
use anlan_compiler::emit;
use anlan_compiler::plan::Plan;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug)]
pub struct Python;

/// The name of the package that was emitted.
pub fn package(files: &[emit::File]) -> String {
    let main = files.iter().find(|file| file.path.ends_with("__main__.py")).unwrap();
    main.path.split('/').next().unwrap().to_owned()
}

struct Package {
    folder: PathBuf,
    name: String,
}

impl Engine for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn build(&mut self, plan: &Plan, folder: &Path) -> Box<dyn Evaluator + '_> {
        let files = emit::emit(emit::target("python").unwrap(), plan).unwrap();
        write(folder, &files);
        Box::new(Package {
            folder: folder.to_owned(),
            name: package(&files),
        })
    }
}

impl Evaluator for Package {
    fn settle(&mut self, run: &Run, claims: &[Fields]) -> Answers {
        std::fs::write(self.folder.join("claims.jsonl"), lines(claims)).unwrap();
        let mut command = Command::new("python3");
        command
            .current_dir(&self.folder)
            .args(["-m", &self.name, "settle", "claims.jsonl", "--premium", &run.premium]);
        for decision in &run.decided {
            command.args(["--decide", decision]);
        }
        let output = command.output().unwrap();
        if !output.status.success() {
            // The last line of a refusal is `CODE: text`.
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            let last = error.lines().last().unwrap_or_default();
            return Err(last.split(':').next().unwrap_or_default().to_owned());
        }
        Ok(String::from_utf8(output.stdout).unwrap().lines().map(row).collect())
    }
}
