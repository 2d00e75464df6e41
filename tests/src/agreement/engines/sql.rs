//! `anlan emit sql`, run by a real engine behind a driver that stays for all plans.

use crate::agreement::claims::Fields;
use crate::agreement::engine::{Answers, Engine, Evaluator, Run, write};
use anlan_compiler::emit::{self, Dialect, lower, program::Program};
use anlan_compiler::plan::Plan;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// An SQL engine that runs.
#[derive(Debug)]
pub struct Sql {
    dialect: Dialect,
    process: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    folder: tempfile::TempDir,
}

impl Sql {
    /// Starts the engine; `None` where it is not installed, except where `CI` is set.
    ///
    /// # Panics
    /// It is not installed although `CI` is set, or does not start.
    pub fn start(dialect: Dialect) -> Option<Self> {
        if !Self::is_installed(dialect) {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        // An unprivileged server looks into it.
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(folder.path(), open).unwrap();
        let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/agreement/engines/sql_driver.py");
        let mut process = Command::new(python())
            .arg(driver)
            .arg(dialect.name())
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Some(Sql {
            dialect,
            requests: process.stdin.take(),
            answers: BufReader::new(process.stdout.take().unwrap()),
            process,
            folder,
        })
    }

    /// Whether the engine is there to be started.
    ///
    /// # Panics
    /// It is not, although `CI` is set.
    pub fn is_installed(dialect: Dialect) -> bool {
        let needs = match dialect {
            Dialect::DuckDb => "import duckdb",
            Dialect::Postgres => "import psycopg, os; os.listdir('/usr/lib/postgresql')",
            Dialect::Spark => "import pyspark, shutil; assert shutil.which('java')",
        };
        let found = Command::new(python())
            .args(["-c", needs])
            .stderr(Stdio::null())
            .status();
        let found = found.is_ok_and(|status| status.success());
        if !found {
            let name = dialect.name();
            assert!(std::env::var_os("CI").is_none(), "{name} is not installed");
            eprintln!("{name} is not installed: nothing is held against it");
        }
        found
    }

    /// One request, one answer.
    pub fn ask(&mut self, request: &Value) -> Value {
        let requests = self.requests.as_mut().unwrap();
        writeln!(requests, "{request}").unwrap();
        requests.flush().unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{} ended: {error}", self.dialect.name()))
    }
}

impl Drop for Sql {
    fn drop(&mut self) {
        // The driver ends with its input, and takes its server with it.
        self.requests = None;
        let _ = self.process.wait();
    }
}

/// The interpreter that the packages of `tests/requirements.txt` are in.
pub fn python() -> PathBuf {
    let named = std::env::var_os("ANLAN_PYTHON").map(PathBuf::from);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    named.unwrap_or_else(|| root.join(".venv/bin/python"))
}

struct Script<'e> {
    engine: &'e mut Sql,
    program: Program,
}

impl Engine for Sql {
    fn name(&self) -> &'static str {
        self.dialect.name()
    }

    fn build(&mut self, plan: &Plan, folder: &Path) -> Box<dyn Evaluator + '_> {
        self.load(plan, folder);
        Box::new(Script {
            engine: self,
            program: lower(plan).unwrap(),
        })
    }
}

impl Evaluator for Script<'_> {
    fn settle(&mut self, run: &Run, claims: &[Fields]) -> Answers {
        let decided: Vec<&str> = run.decided.iter().map(String::as_str).collect();
        let earlier = run.inputs.earlier.iter().flatten();
        let earlier: Vec<(String, String)> = earlier.map(|e| (e.claim.clone(), e.paid.to_string())).collect();
        let given = Given {
            decided: &decided,
            premium: Some(&run.premium),
            earlier: &earlier,
        };
        let answer = self.engine.settle(&self.program, &given, claims, &[])?;
        Ok(texts(&answer["rows"]))
    }
}

/// What a script is given besides claims, as its tables spell it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'g> {
    /// `NAME[@KEY][=VALUE]`
    pub decided: &'g [&'g str],
    /// In 元
    pub premium: Option<&'g str>,
    /// Claims, and what was paid on each in 元
    pub earlier: &'g [(String, String)],
}

impl Sql {
    /// Makes the script of a plan ready.
    pub fn load(&mut self, plan: &Plan, folder: &Path) {
        write(folder, &[emit::sql_script(plan, self.dialect).unwrap()]);
        self.ask(&json!({"script": folder.join("settle.sql")}));
    }

    /// Settles claims with the script that is ready: `rows` as the comparison has them, and in `also` what other queries give.
    ///
    /// # Errors
    /// The code that refuses the run.
    pub fn settle(
        &mut self,
        program: &Program,
        given: &Given<'_>,
        claims: &[Fields],
        also: &[&str],
    ) -> Result<Value, String> {
        let facts = &program.facts;
        let columns = emit::claims_columns(program, self.dialect);
        let path = self.folder.path().join("claims.jsonl");
        let mut text = String::new();
        for fields in claims {
            let of = |name: &String| {
                facts
                    .iter()
                    .position(|f| f.id == *name || f.zh == *name || f.en == *name)
            };
            let pairs = fields
                .iter()
                .filter_map(|(name, value)| Some((columns[of(name)?].clone(), json!(value))));
            let row: serde_json::Map<String, Value> = pairs.collect();
            text += &format!("{}\n", Value::Object(row));
        }
        std::fs::write(&path, text).unwrap();
        let decisions: Vec<Value> = given.decided.iter().map(|text| decision(text)).collect();
        let bases: Vec<Value> = given
            .premium
            .iter()
            .map(|premium| json!({"region": "全部", "premium": premium}))
            .collect();
        let earlier: Vec<Value> = given
            .earlier
            .iter()
            .map(|(claim, paid)| json!({"claim": claim, "paid": paid}))
            .collect();
        let answer = self.ask(&json!({
            "claims": path,
            "columns": columns,
            "tables": {"decisions": decisions, "bases": bases, "earlier": earlier},
            "also": also,
        }));
        match answer["refused"].as_str() {
            Some(code) => Err(code.to_owned()),
            None => Ok(answer),
        }
    }
}

/// A list of texts.
pub fn texts(list: &Value) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_str().unwrap().to_owned())
        .collect()
}

/// `NAME[@KEY][=VALUE]` as a row of the table.
fn decision(text: &str) -> Value {
    let (head, value) = match text.split_once('=') {
        Some((head, value)) => (head, Some(value)),
        None => (text, None),
    };
    let (name, key) = match head.split_once('@') {
        Some((name, key)) => (name, Some(key)),
        None => (head, None),
    };
    json!({"name": name, "key": key, "value": value})
}
