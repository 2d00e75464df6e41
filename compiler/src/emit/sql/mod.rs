//! SQL for DuckDB, PostgreSQL and Spark: one script of views. `claims` goes in; `settlement`, `rejects` and `lines` come out.
//!
//! | part | what it writes |
//! |---|---|
//! | [`steps`] | steps as views |
//! | [`reading`] | from texts to facts |
//! | [`decisions`] | decisions, premium and earlier payments |
//! | [`rules`] | kinds of claims, and the covers that apply to each |
//! | [`amounts`] | benefits and bounds |
//! | [`judging`] | each row by itself |
//! | [`stacks`] | covers that pay together |
//! | [`limits`] | limits, each reading what the one before left |
//! | [`results`] | the views that people read |
//! | [`trial`] | the script's own test |

mod amounts;
mod decisions;
mod diagrams;
mod judging;
mod limits;
mod reading;
mod results;
mod rules;
mod stacks;
mod steps;
mod trial;
mod vocabulary;
mod words;

use super::cases::batches;
use super::lower::beyond;
use super::names::{Renamer, columns};
use super::operators::Sql;
use super::program::{Choice, Kind, Money, Operation, Program, Rule, Term, Tested, Tier, Variable};
use super::{File, Input};
use anlan_lang::diag::Finding;
use diagrams::{Classes, Diagrams};
use limits::Stage;
use std::collections::BTreeSet;
use steps::Step;
use words::{CONTRACT, FIELDS};

/// The largest 64-bit amount
const MOST: i64 = i64::MAX;
/// Counts that may have parts are counted in billionths of a unit.
const PART: i64 = 1_000_000_000;

/// A column of texts that are read each once.
#[derive(Debug)]
struct Source {
    at: usize,
    kind: Kind,
    table: &'static str,
    column: String,
    /// Only rows of the decision of this name
    of: Option<String>,
    /// With 万 and 亿
    worded: bool,
}

/// The columns of the table `claims` that hold the facts of a program, in its order: their ids, but for one that the table
/// or the engine takes otherwise.
pub fn claims_columns(program: &Program, longest: usize) -> Vec<String> {
    let ids: Vec<&str> = program.facts.iter().map(|fact| fact.id.as_str()).collect();
    columns("", &ids, "fact", longest, &["row_no"])
}

/// Writes one script.
struct Writer<'a> {
    program: &'a Program,
    sql: &'static Sql,
    /// What steps call each fact
    fields: Vec<String>,
    /// The columns of `claims` that hold them
    columns: Vec<String>,
    diagrams: Diagrams,
    stages: Vec<Stage>,
    sources: Vec<Source>,
    wanted: BTreeSet<usize>,
    /// Decisions that rules of single claims read
    row_decisions: BTreeSet<usize>,
    /// Decisions that limits read
    group_decisions: BTreeSet<usize>,
}

/// The script and its test.
pub(super) fn emit(input: &Input<'_>) -> Result<Vec<File>, Finding> {
    let script = script(input)?;
    let writer = Writer::new(input.program, input.dialect.sql());
    let batches = batches(input.plan, input.program, input.cases());
    Ok(vec![script, File::new("settle_test.sql", writer.trial(&batches))])
}

/// The script alone, which takes no boundary claims to make.
pub(super) fn script(input: &Input<'_>) -> Result<File, Finding> {
    let mut writer = Writer::new(input.program, input.dialect.sql());
    let meetings = writer.meetings();
    let sets = writer.stacking(&meetings).map(|pairs| writer.sets(&pairs));
    if matches!(sets, Some(None)) {
        return Err(beyond());
    }
    let script = writer.script();
    Ok(File::new("settle.sql", script))
}

impl<'a> Writer<'a> {
    fn new(program: &'a Program, sql: &'static Sql) -> Self {
        let mut names = Renamer::new(FIELDS);
        let mut writer = Writer {
            program,
            sql,
            fields: program
                .facts
                .iter()
                .map(|fact| match CONTRACT.contains(&fact.id.as_str()) {
                    true => names.name(&fact.id, "fact"),
                    false => names.name(&format!("own_{}", fact.id), "own"),
                })
                .collect(),
            columns: claims_columns(program, sql.longest_name),
            diagrams: Diagrams::new(program),
            stages: limits::stages(program),
            sources: Vec::new(),
            wanted: BTreeSet::new(),
            row_decisions: BTreeSet::new(),
            group_decisions: BTreeSet::new(),
        };
        writer.find_reads();
        writer.find_sources();
        writer
    }

    fn find_reads(&mut self) {
        let program = self.program;
        let known = &program.known;
        self.wanted.extend(known.date);
        self.wanted.extend(known.event);
        self.wanted.extend(&program.keys);
        self.wanted
            .extend(program.wide.iter().flat_map(|(fact, key)| [*fact, *key]));
        if let Term::Policy { start, end, .. } = &program.term {
            self.wanted.extend([*start, *end]);
        }
        let order = self.diagrams.order.clone();
        for on in order {
            match on {
                Tested::Fact(fact) | Tested::Present(fact) => drop(self.wanted.insert(fact)),
                Tested::Decided(decision) => drop(self.row_decisions.insert(decision)),
            }
        }
        let mut row: Vec<&Money> = Vec::new();
        for pipeline in &program.pipelines {
            row.push(&pipeline.start);
            for step in &pipeline.steps {
                if let Operation::Less { amount, .. }
                | Operation::UpTo { amount, .. }
                | Operation::AtLeast { amount, .. } = &step.operation
                {
                    row.push(amount);
                }
            }
        }
        for node in &program.nodes {
            if let super::program::Node::Refused { bound, fact, .. } = node {
                self.wanted.insert(*fact);
                row.push(bound);
            }
        }
        let mut group: Vec<&Money> = Vec::new();
        for limit in &program.limits {
            if let Rule::UpTo(money) | Rule::Less(money) = &limit.rule {
                group.push(money);
                if limit.own {
                    row.push(money);
                }
            }
        }
        for (all, of_row) in [(row, true), (group, false)] {
            for money in all {
                let mut read = Read::default();
                read.choice(&money.choice);
                self.wanted.extend(read.facts);
                if of_row {
                    self.row_decisions.extend(read.decisions);
                } else {
                    self.group_decisions.extend(read.decisions);
                }
            }
        }
        for decision in self.row_decisions.iter().chain(&self.group_decisions) {
            if let Some(super::program::Per::Fact(fact)) = program.decisions.get(*decision).map(|d| d.per) {
                self.wanted.insert(fact);
            }
        }
        let raises = |limit: &super::program::Limit| matches!(limit.rule, Rule::Largest { raise: true });
        if program.limits.iter().any(raises) {
            self.wanted.extend(known.injury_grade);
        }
    }

    fn find_sources(&mut self) {
        let program = self.program;
        for (at, fact) in program.facts.iter().enumerate() {
            self.sources.push(Source {
                at,
                kind: fact.kind.clone(),
                table: "claims",
                column: self.column(at),
                of: None,
                worded: false,
            });
        }
        let mut push = |kind: Kind, table, column: &str, of: Option<String>, worded| {
            let at = self.sources.len();
            self.sources.push(Source {
                at,
                kind,
                table,
                column: column.to_owned(),
                of,
                worded,
            });
        };
        push(Kind::Money, "bases", "premium", None, false);
        push(Kind::Money, "earlier", "paid", None, false);
        for decision in &program.decisions {
            let kind = match decision.value {
                Some("date") => Kind::Date,
                Some("money") => Kind::Money,
                Some("ratio") => Kind::Ratio,
                Some("count") => Kind::Count { part: None },
                _ => Kind::Text,
            };
            let worded = kind == Kind::Money;
            push(kind, "told", "told_value", Some(decision.id.clone()), worded);
        }
        for decision in &program.decisions {
            let kind = match decision.per {
                super::program::Per::Fact(fact) => match program.facts.get(fact).map(|f| &f.kind) {
                    Some(Kind::Enumeration { domain, .. }) => Kind::Enumeration {
                        domain: *domain,
                        default: None,
                    },
                    _ => Kind::Text,
                },
                _ => Kind::Text,
            };
            push(kind, "told", "told_key", Some(decision.id.clone()), false);
        }
    }

    /// The column of `claims` that holds a fact.
    fn column(&self, fact: usize) -> String {
        self.name(self.columns.get(fact).map_or("", String::as_str))
    }

    /// An identifier, in quotes where it needs them.
    fn name(&self, id: &str) -> String {
        let simple = id.starts_with(|c: char| c.is_ascii_lowercase())
            && id
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && !FIELDS.reserved.contains(&id);
        match simple || matches!(id, "code" | "kind" | "reason" | "cover" | "paid" | "benefit") {
            true => id.to_owned(),
            false => self.quoted(id),
        }
    }

    fn quoted(&self, name: &str) -> String {
        let quote = self.sql.quote;
        format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")))
    }

    fn field(&self, fact: usize) -> &str {
        self.fields.get(fact).map_or("claim", String::as_str)
    }

    fn event(&self) -> Option<String> {
        self.program.known.event.map(|fact| self.field(fact).to_owned())
    }

    fn claim(&self) -> String {
        self.program
            .known
            .claim
            .map_or("claim".to_owned(), |fact| self.field(fact).to_owned())
    }

    fn wants(&self, fact: usize) -> bool {
        self.wanted.contains(&fact)
    }

    fn said_raw(&self, fact: usize) -> bool {
        self.program.wide.iter().any(|(wide, _)| *wide == fact)
    }

    fn class_of(&self, fact: usize, value: usize) -> usize {
        let place = self.diagrams.place(Tested::Fact(fact));
        match place.and_then(|place| self.diagrams.classes.get(place)) {
            Some(Classes::Values(of)) => of.get(value).copied().unwrap_or(0),
            _ => 0,
        }
    }

    fn wide(&self, value: &str) -> String {
        format!("CAST({value} AS {})", self.sql.wide)
    }

    fn refuse(&self, code: &str, detail: &str) -> String {
        let message = (self.sql.literal)(&format!("{code}: {detail}"));
        (self.sql.refuse)(&message)
    }

    fn id_of(&self, fact: usize, value: usize) -> &str {
        self.program.values(fact).get(value).map_or("", |v| v.id.as_str())
    }

    fn script(&mut self) -> String {
        let mut steps: Vec<Step> = Vec::new();
        self.reading(&mut steps);
        self.decisions(&mut steps);
        self.rules(&mut steps);
        self.judging(&mut steps);
        let cuts = self.limits(&mut steps);
        self.outcome(&mut steps, &cuts);
        self.whole(&steps)
    }
}

/// What an amount reads.
#[derive(Debug, Default)]
struct Read {
    facts: BTreeSet<usize>,
    decisions: BTreeSet<usize>,
    premium: bool,
    dated: bool,
}

impl Read {
    fn choice(&mut self, choice: &Choice) {
        match choice {
            Choice::Unlimited => {}
            Choice::Linear(form) => match form.x {
                Some(Variable::Fact(fact) | Variable::AtMost(fact, _)) => drop(self.facts.insert(fact)),
                Some(Variable::Decision(decision)) => drop(self.decisions.insert(decision)),
                Some(Variable::Premium) => self.premium = true,
                None => {}
            },
            Choice::Dated(values) => {
                self.dated = true;
                values.iter().for_each(|(_, value)| self.choice(value));
            }
            Choice::Decided {
                decision,
                then,
                otherwise,
            } => {
                self.decisions.insert(*decision);
                self.choice(then);
                self.choice(otherwise);
            }
        }
    }
}

/// Whether a tier ranks.
fn ranks(tier: &Tier) -> bool {
    matches!(tier, Tier::Rank(_))
}
