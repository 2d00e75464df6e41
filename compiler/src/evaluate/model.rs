//! What goes into an evaluation and what comes out.

use crate::money::{Fen, Ratio};
use crate::plan::{CoverId, DecisionId, LimitId, Names, ParameterValue, ValueId};
use anlan_lang::diag::{Arg, Args, Code, Finding};
use jiff::civil::{Date, DateTime};
use serde::Serialize;

// ─────────────────────────────── what goes in ───────────────────────────────

/// The value of one fact of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    Enumeration(ValueId),
    /// 分, 0 ..= 10^15
    Money(Fen),
    /// Units counted, part units already treated as the plan says (`不足一月 按一月`); not negative.
    Count(Ratio),
    /// Steps of the fact's precision: the value is `units × precision`.
    Number(i64),
    Ratio(Ratio),
    Date(Moment),
    Text(Box<str>),
    YesNo(bool),
}

/// A day, with the time of day where the record gives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    Day(Date),
    Time(DateTime),
}

impl Moment {
    /// The day, which alone decides term, year, dated amounts and order (SEMANTICS §4.2–4.4).
    pub fn day(self) -> Date {
        match self {
            Moment::Day(day) => day,
            Moment::Time(time) => time.date(),
        }
    }
}

/// One claim: the facts of [`crate::plan::Plan::facts`], by index. `None` is blank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    pub values: Vec<Option<Value>>,
}

/// What an evaluation reads besides the plan (in which the contract is already bound) and the claims.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inputs {
    pub decisions: Decisions,
    pub bases: Option<Bases>,
    pub earlier: Option<Vec<Earlier>>,
}

/// Decisions taken; what is not here was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    pub taken: Vec<Taken>,
}

/// `--decide NAME[@KEY][=VALUE]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub decision: DecisionId,
    /// `None`: for every key.
    pub key: Option<DecidedKey>,
    pub value: Option<ParameterValue>,
}

/// What a keyed decision was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DecidedKey {
    /// The calendar year in which the insured year begins
    Year(i16),
    /// A value of the key fact's domain; it stands for all values below it too.
    Value(ValueId),
    /// An event, a claim, or another text id
    Text(String),
}

/// Premium of the settled bases, per region.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bases {
    /// (region as the bases file names it, premium)
    pub premiums: Vec<(String, Fen)>,
}

impl Bases {
    /// The total premium; `None` where it overflows.
    pub fn total(&self) -> Option<Fen> {
        self.premiums
            .iter()
            .try_fold(0i64, |sum, (_, p)| sum.checked_add(p.0))
            .map(Fen)
    }
}

/// What was paid on a claim before (SEMANTICS §4.10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    pub claim: String,
    pub paid: Fen,
}

// ─────────────────────────────── refusals ───────────────────────────────

/// Why an input is refused. Worded by the catalogue under its code, in either language.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub code: Code,
    /// The column or key concerned.
    pub field: Option<Names>,
    /// The offending text as it was given.
    pub value: Option<String>,
    pub args: Args,
    /// Attribute with what would be right; the catalogue's `help` by default.
    pub help: &'static str,
}

impl Refusal {
    pub fn new(code: Code) -> Self {
        Refusal {
            code,
            field: None,
            value: None,
            args: Args::new(),
            help: "help",
        }
    }
    /// Names the field; the text reads it as `$field`.
    pub fn field(mut self, names: &Names) -> Self {
        self.args.insert("field", names.into());
        self.field = Some(names.clone());
        self
    }
    /// Gives the offending text; the text reads it as `$value`.
    pub fn value(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.args.insert("value", Arg::Text(shortened(&text)));
        self.value = Some(text);
        self
    }
    pub fn arg(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.insert(name, arg.into());
        self
    }
    pub fn helped(mut self, attribute: &'static str) -> Self {
        self.help = attribute;
        self
    }
    /// As a finding without a place, for rendering.
    pub fn finding(&self) -> Finding {
        let mut finding = Finding::new(self.code, None).helped(self.help);
        finding.args = self.args.clone();
        finding
    }
}

/// A refusal quotes at most this many characters of a cell.
const QUOTED: usize = 60;

fn shortened(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(QUOTED).collect();
    if chars.next().is_some() { head + "…" } else { head }
}

// ─────────────────────────────── one claim ───────────────────────────────

/// What one claim is owed before the limits that need other claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Sum of the lines: own caps included, before every other limit.
    pub benefit: Fen,
    /// One for each cover that pays (several only where covers stack), in the plan's order.
    pub lines: Vec<Line>,
    /// Why the benefit is 0.
    pub reason: Option<Reason>,
    /// What the reader should know besides (`term-untested` …).
    pub notes: Vec<Wording>,
}

/// The benefit of one cover for one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub cover: CoverId,
    /// Value of the domain `harm`
    pub harm: ValueId,
    pub amount: Fen,
    pub steps: Vec<TraceStep>,
}

/// One step on the way to an amount.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceStep {
    pub rule: Wording,
    /// After the step, rounded to 分 half away from zero for showing; steps compute on exactly.
    pub amount: Fen,
    pub articles: Vec<String>,
}

/// Why nothing is paid.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Stable: `out_of_term`, `no_cover`, `role`, `condition`, `harm`, `nothing`, `zero`, `limit:<id>`.
    pub code: String,
    pub text: Wording,
    /// Further sentences (a value treated as another …).
    pub also: Vec<Wording>,
    pub articles: Vec<String>,
}

/// A text of the catalogue with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    pub id: &'static str,
    pub args: Args,
}

impl Wording {
    pub fn new(id: &'static str) -> Self {
        Wording { id, args: Args::new() }
    }
    pub fn arg(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.insert(name, arg.into());
        self
    }
}

// ─────────────────────────────── many claims ───────────────────────────────

/// One row of a claims file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where the shell found it (a line number); only reported back.
    pub number: u64,
    /// The claim id wherever it can be read, so that a repeated id rejects even rows that are wrong otherwise.
    pub claim: Option<String>,
    pub record: Result<Record, Vec<Refusal>>,
}

/// The settlement of a set of claims.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settlement {
    /// One for each row, in input order.
    pub rows: Vec<Outcome>,
    /// In the total order (date, event, claim, cover id).
    pub lines: Vec<SettledLine>,
    /// Limits with a column `cut_<id>`, in settlement order.
    pub limits: Vec<LimitId>,
    /// Insurers with a column `share_<id>`, as indices into the plan's coinsurance; empty where shares are not all stated.
    pub insurers: Vec<usize>,
    /// Insured years of the accepted claims in term, ascending.
    pub years: Vec<SettledYear>,
    /// Events whose dates prove a span longer than the window.
    pub long_events: Vec<LongEvent>,
    /// Claims paid before that are not accepted now.
    pub absent: Vec<Earlier>,
    pub totals: Totals,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Settled(Box<Settled>),
    Rejected {
        number: u64,
        claim: Option<String>,
        refusals: Vec<Refusal>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    pub number: u64,
    pub claim: String,
    pub covers: Vec<CoverId>,
    pub benefit: Fen,
    pub paid: Fen,
    /// Why `paid` is 0.
    pub reason: Option<Reason>,
    /// One for each of [`Settlement::limits`]
    pub cuts: Vec<Fen>,
    /// One for each of [`Settlement::insurers`]
    pub shares: Vec<Fen>,
    /// What is still to pay, and what was paid too much, where earlier payments were given.
    pub earlier: Option<(Fen, Fen)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SettledLine {
    /// Index into [`Settlement::rows`]
    pub row: usize,
    pub cover: CoverId,
    pub harm: ValueId,
    pub benefit: Fen,
    pub paid: Fen,
    pub cuts: Vec<Fen>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SettledYear {
    pub first: Date,
    /// First day after the year; `None` where the term does not tell.
    pub end: Option<Date>,
    pub claims: u64,
    pub paid: Fen,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongEvent {
    pub event: String,
    pub first: Moment,
    pub last: Moment,
    /// The window in hours
    pub window: u32,
}

/// Sums over the settled rows; benefit − Σ cuts = paid = Σ shares (where there are shares).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    pub rows: u64,
    pub settled: u64,
    /// Rows rejected, by code in the registry's order; a row with several reasons counts under its first.
    pub rejected: Vec<(&'static str, u64)>,
    pub benefit: Fen,
    pub cuts: Vec<Fen>,
    pub paid: Fen,
    pub shares: Vec<Fen>,
    pub earlier: Option<EarlierTotals>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EarlierTotals {
    pub paid: Fen,
    pub due: Fen,
    pub over: Fen,
}

impl From<&Names> for Arg {
    fn from(names: &Names) -> Self {
        Arg::Names {
            zh: names.zh.clone(),
            en: names.en.clone(),
        }
    }
}
