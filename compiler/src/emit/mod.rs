//! Evaluators and data for other languages and systems.
//!
//! | part | what it does |
//! |---|---|
//! | [`program`] | the emission plan: what every target reads, and nothing else |
//! | [`lower`](mod@lower) | from a plan with its contract bound to the emission plan |
//! | [`names`] | ASCII identifiers for a target's reserved words and name rule |
//! | [`operators`] | how a target writes its integer arithmetic |
//! | [`cases`](mod@cases) | examples and boundary claims with their answers: the tests of what is emitted |
//! | `ir`, `json_schema`, `python`, `rust`, `sql`, `typescript`, `vectors` | one target each |
//!
//! A target is one file or folder and one line in [`TARGETS`].

pub mod cases;
mod ir;
mod json_schema;
mod lower;
pub mod names;
pub mod operators;
pub mod program;
mod purposes;
mod python;
mod rust;
mod sql;
mod text;
mod typescript;
mod vectors;

pub use lower::{lower, lower_for};
pub use typescript::script;

use crate::plan::Plan;
use anlan_lang::diag::Finding;
use cases::Case;
use program::Program;
use std::cell::OnceCell;

/// One file of what is emitted: a path with `/`, relative to the folder that the user names, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        File {
            path: path.into(),
            text: text.into(),
        }
    }
}

/// What a target is given.
#[derive(Debug)]
pub struct Input<'a> {
    pub plan: &'a Plan,
    pub program: &'a Program,
    /// The engine that SQL is written for
    pub dialect: Dialect,
    cases: OnceCell<Vec<Case>>,
}

impl<'a> Input<'a> {
    pub fn new(plan: &'a Plan, program: &'a Program) -> Self {
        Input {
            plan,
            program,
            dialect: Dialect::default(),
            cases: OnceCell::new(),
        }
    }

    /// What the evaluator must answer, for its own tests; made when first asked for.
    pub fn cases(&self) -> &[Case] {
        self.cases.get_or_init(|| cases::cases(self.plan, self.program))
    }
}

/// An SQL engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    #[default]
    DuckDb,
    Postgres,
    Spark,
}

impl Dialect {
    pub const ALL: [Dialect; 3] = [Dialect::DuckDb, Dialect::Postgres, Dialect::Spark];

    /// As the command line names it
    pub fn name(self) -> &'static str {
        self.sql().name
    }

    fn sql(self) -> &'static operators::Sql {
        match self {
            Dialect::DuckDb => &operators::DUCKDB,
            Dialect::Postgres => &operators::POSTGRES,
            Dialect::Spark => &operators::SPARK,
        }
    }
}

/// A language or format that a scheme can be written in.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// As the command line names it
    pub name: &'static str,
    emit: fn(&Input<'_>) -> Result<Vec<File>, Finding>,
}

/// All targets, by name.
pub const TARGETS: [Target; 7] = [
    Target {
        name: "ir",
        emit: ir::emit,
    },
    Target {
        name: "json-schema",
        emit: json_schema::emit,
    },
    Target {
        name: "python",
        emit: python::emit,
    },
    Target {
        name: "rust",
        emit: rust::emit,
    },
    Target {
        name: "sql",
        emit: sql::emit,
    },
    Target {
        name: "typescript",
        emit: typescript::emit,
    },
    Target {
        name: "vectors",
        emit: vectors::emit,
    },
];

/// The target of that name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Writes a plan, its contract bound, for a target.
///
/// # Errors
/// A parameter is not set or a fund's balance not known (V040, V046), the years are left open (V045), or an amount has
/// no integer form within the bounds of SEMANTICS §5 (X051).
pub fn emit(target: &Target, plan: &Plan) -> Result<Vec<File>, Finding> {
    emit_for(target, plan, Dialect::default())
}

/// The SQL script of a plan without its test.
///
/// # Errors
/// As [`emit()`].
pub fn sql_script(plan: &Plan, dialect: Dialect) -> Result<File, Finding> {
    let program = lower(plan)?;
    let mut input = Input::new(plan, &program);
    input.dialect = dialect;
    sql::script(&input)
}

/// The columns of the table `claims` of a script, one for each fact of the program: their ids, but for those that the table
/// or the engine takes otherwise.
pub fn claims_columns(program: &program::Program, dialect: Dialect) -> Vec<String> {
    sql::claims_columns(program, dialect.sql().longest_name)
}

/// As [`emit()`]; SQL is written for an engine.
///
/// # Errors
/// As [`emit()`].
pub fn emit_for(target: &Target, plan: &Plan, dialect: Dialect) -> Result<Vec<File>, Finding> {
    let program = lower(plan)?;
    let mut input = Input::new(plan, &program);
    input.dialect = dialect;
    (target.emit)(&input)
}
