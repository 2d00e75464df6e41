//! What an emitted evaluator must answer: the scheme's own examples, and boundary claims made from its rules, with the
//! answers of the reference evaluator. Every target writes them down as its package's own tests; the target `vectors`
//! writes them as data.
//!
//! | part | what it makes |
//! |---|---|
//! | `examples` | the examples that the file states |
//! | `claims` | for every benefit a claim that it pays, and claims to both sides of every test on the way |
//! | `amounts` | quantities just below, at and above every bound in a pipeline |
//! | `days` | both sides of every date at which something changes |
//! | `decided` | every decision taken, for all keys and for one |
//! | `groups` | claims that fill a limit to 1 分 below it, to it, 1 分 above it, and far beyond |
//! | `refused` | rows that are rejected |
//! | `answers` | what the reference says |
//! | `batches` | cases in few runs, for targets of which a run is dear |

mod amounts;
mod answers;
mod batches;
mod claims;
mod days;
mod decided;
mod examples;
mod groups;
mod json;
mod refused;
mod spelling;

pub use batches::{Batch, batches};
pub use json::{VERSION, json};

use super::program::Program;
use crate::evaluate::record::Reader;
use crate::money::Fen;
use crate::plan::Plan;
use std::collections::BTreeSet;

/// One claim as a claims file has it: fact ids with texts.
pub type Fields = Vec<(String, String)>;

/// Claims under the same inputs, with what must come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Unlike every other name of the scheme's cases
    pub name: String,
    pub origin: Origin,
    pub given: Given,
    pub claims: Vec<Fields>,
    /// What each claim is owed by itself; `None` where the case does not ask.
    pub assess: Option<Vec<Assessed>>,
    /// What the claims are paid together, or the code that refuses the run; `None` where the case does not ask.
    pub settle: Option<Result<Vec<Settled>, String>>,
}

/// Which rule of the generator made a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The scheme's own example
    Example,
    /// Paths through the rules of one benefit
    Benefit,
    /// Every value of one enumeration
    Value,
    /// Quantities around the bounds of one pipeline
    Amount,
    Date,
    Decision,
    /// A group around the bound of one limit
    Limit,
    Rejected,
}

/// What is given besides the claims.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// `NAME[@KEY][=VALUE]`
    pub decisions: Vec<String>,
    /// Total premium of the settled bases
    pub premium: Option<Fen>,
}

/// One claim by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assessed {
    Owed {
        /// Covers that pay, joined by `+`
        cover: String,
        benefit: Fen,
        reason: Option<String>,
    },
    /// The codes of its refusals
    Refused(Vec<String>),
}

/// One claim among others, with one cut for each limit and one share for each insurer of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    Paid {
        claim: String,
        cover: String,
        benefit: Fen,
        paid: Fen,
        reason: Option<String>,
        cuts: Vec<Fen>,
        shares: Vec<Fen>,
    },
    Rejected {
        claim: Option<String>,
        codes: Vec<String>,
    },
}

/// Which of the two calls a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Assess,
    Settle,
    Both,
}

/// The total premium of the cases of a scheme that reads it: enough for a handful of claims, so that limits computed
/// from it are soon reached.
const PREMIUM: Fen = Fen(1_234_567);

/// All cases of a plan, its contract bound. The same plan gives the same cases.
pub fn cases(plan: &Plan, program: &Program) -> Vec<Case> {
    let mut maker = Maker {
        plan,
        program,
        reader: Reader::new(plan),
        cases: Vec::new(),
        names: BTreeSet::new(),
    };
    let bases = claims::bases(plan);
    maker.examples();
    maker.benefits(&bases);
    maker.values();
    maker.amounts(&bases);
    maker.days(&bases);
    maker.decisions(&bases);
    maker.limits(&bases);
    maker.rejected(&bases);
    maker.cases
}

/// Collects cases, with answers.
struct Maker<'a> {
    plan: &'a Plan,
    program: &'a Program,
    reader: Reader<'a>,
    cases: Vec<Case>,
    names: BTreeSet<String>,
}

impl Maker<'_> {
    /// What cases of this scheme are given besides decisions.
    fn given(&self, decisions: &[String]) -> Given {
        Given {
            decisions: decisions.to_vec(),
            premium: self.program.reads_premium.then_some(PREMIUM),
        }
    }

    /// Adds a case with the answers of the reference; one without claims is none.
    fn add(&mut self, name: &str, origin: Origin, given: Given, claims: Vec<Fields>, ask: Ask) {
        if claims.is_empty() {
            return;
        }
        let Some(inputs) = answers::inputs(self.plan, &given) else {
            return;
        };
        let assess = (ask != Ask::Settle).then(|| answers::assess(self.plan, &self.reader, &inputs, &claims));
        let settle = (ask != Ask::Assess).then(|| answers::settle(self.plan, &self.reader, &inputs, &claims));
        let name = self.unlike(name);
        self.cases.push(Case {
            name,
            origin,
            given,
            claims,
            assess,
            settle,
        });
    }

    fn unlike(&mut self, name: &str) -> String {
        let numbered = (2..).map(|n: u32| format!("{name} ({n})"));
        let free = std::iter::once(name.to_owned())
            .chain(numbered)
            .find(|name| !self.names.contains(name))
            .unwrap_or_default();
        self.names.insert(free.clone());
        free
    }
}

/// A field of a claim.
fn field<'f>(fields: &'f Fields, fact: &str) -> Option<&'f str> {
    let found = fields.iter().find(|(name, _)| name == fact);
    found.map(|(_, text)| text.as_str())
}

/// The claim with another text in one field.
fn with(fields: &Fields, fact: &str, text: impl Into<String>) -> Fields {
    let mut fields = without(fields, fact);
    fields.push((fact.to_owned(), text.into()));
    fields
}

/// The claim without one field.
fn without(fields: &Fields, fact: &str) -> Fields {
    fields.iter().filter(|(name, _)| name != fact).cloned().collect()
}

/// Gives the claims of a case ids, events and persons of their own, except those that they must share.
fn numbered(program: &Program, claims: Vec<Fields>, shared: &[usize]) -> Vec<Fields> {
    let own = |(n, fields): (usize, Fields)| distinct(program, &fields, n + 1, shared);
    claims.into_iter().enumerate().map(own).collect()
}

/// A copy of a claim whose text ids are its own, except those that it must share.
fn distinct(program: &Program, fields: &Fields, number: usize, shared: &[usize]) -> Fields {
    let mut fields = fields.clone();
    for (at, fact) in program.facts.iter().enumerate() {
        if fact.kind == super::program::Kind::Text && !shared.contains(&at) && field(&fields, &fact.id).is_some() {
            let letter = fact.id.chars().next().map_or('K', |c| c.to_ascii_uppercase());
            fields = with(&fields, &fact.id, format!("{letter}{number}"));
        }
    }
    fields
}
