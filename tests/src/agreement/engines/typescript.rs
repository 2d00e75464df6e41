//! `anlan emit typescript`, its types left out, run by node.

use super::row;
use crate::agreement::claims::{Fields, lines};
use crate::agreement::engine::{Answers, Engine, Evaluator, Run, write};
use crate::node::{node, printed};
use anlan_compiler::emit;
use anlan_compiler::plan::Plan;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub struct TypeScript {
    /// Where the tools are
    pub tools: PathBuf,
}

struct Package(PathBuf);

impl Engine for TypeScript {
    fn name(&self) -> &'static str {
        "typescript"
    }

    fn build(&mut self, plan: &Plan, folder: &Path) -> Box<dyn Evaluator + '_> {
        write(folder, &emit::emit(emit::target("typescript").unwrap(), plan).unwrap());
        printed(&node(&self.tools, &["transpile.mjs", folder.to_str().unwrap()]));
        Box::new(Package(folder.to_owned()))
    }
}

impl Evaluator for Package {
    fn settle(&mut self, run: &Run, claims: &[Fields]) -> Answers {
        std::fs::write(self.0.join("claims.jsonl"), lines(claims)).unwrap();
        let mut arguments = vec!["dist/src/main.js", "settle", "claims.jsonl", "--premium", &run.premium];
        for decision in &run.decided {
            arguments.extend(["--decide", decision]);
        }
        let output = node(&self.0, &arguments);
        if !output.status.success() {
            // A refusal is `CODE: text`.
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(error.split(':').next().unwrap_or_default().to_owned());
        }
        Ok(String::from_utf8(output.stdout).unwrap().lines().map(row).collect())
    }
}
