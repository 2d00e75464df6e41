//! The decision plan: what a scheme *means*, with no trace of how it was written.
//!
//! Everything downstream (evaluators, checks, summaries, diffs, emitters) reads this and nothing else.
//! See SEMANTICS §8 in `docs/`. Items are ordered by concept (first article, then id), never by file
//! position, except where order carries meaning (pipelines, ranks, insurers, payers, layers).

use super::diagram::{Diagrams, NodeId};
use crate::money::{Fen, Ratio};
use anlan_lang::tree::{
    Compare, Date, DecisionEffect, Modality, Order, OtherKind, OtherRule, Overridable, PartRule, Period, RoundMode,
    ScopeKind, YearKind,
};
use serde::{Deserialize, Serialize};

/// Bumped when the shape or the meaning of the plan changes.
pub const PLAN_VERSION: u32 = 1;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);
        impl $name {
            pub fn index(self) -> usize { self.0 as usize }
        }
        impl From<usize> for $name {
            // Counts of plan items stay far below 2^32: sources are capped at 4 MB.
            fn from(i: usize) -> Self { $name(i as u32) }
        }
    )*};
}
index! {
    /// Index into [`Plan::domains`]
    DomainId,
    /// Index into [`Domain::values`]
    ValueId,
    /// Index into [`Plan::facts`]
    FactId,
    /// Index into [`Plan::parameters`]
    ParameterId,
    /// Index into [`Plan::decisions`]
    DecisionId,
    /// Index into [`Plan::funds`]
    FundId,
    /// Index into [`Plan::covers`]
    CoverId,
    /// Index into [`Plan::pipelines`]
    PipelineId,
    /// Index into [`Plan::limits`]
    LimitId,
    /// Index into the side table of places ([`super::Places`]); never part of the meaning
    Origin,
}

/// A name in both languages. `en` is the id where no English name was given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Names {
    pub zh: String,
    pub en: String,
}

/// Where a plan element came from, for findings and traces. Articles are part of the plan (traces cite
/// them); the origin is not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    pub articles: Vec<String>,
    #[serde(skip)]
    pub origin: Option<Origin>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    pub version: u32,
    pub scheme: Header,
    pub domains: Vec<Domain>,
    pub facts: Vec<Fact>,
    pub calendar: Calendar,
    pub parameters: Vec<Parameter>,
    /// List parameters that shape the diagrams; an unset one stands for no values at all.
    pub shaping: Vec<ParameterId>,
    pub decisions: Vec<Decision>,
    pub funds: Vec<Fund>,
    pub covers: Vec<Cover>,
    pub diagrams: Diagrams,
    /// Facts (with `harm`) → the set of covers that apply and have a benefit for the harm; leaf [`super::diagram::Leaf::Covers`].
    pub applying: NodeId,
    pub meeting: Meeting,
    /// One per cover × harm
    pub benefits: Vec<Benefit>,
    pub pipelines: Vec<Pipeline>,
    /// Scoped steps in settlement order: own limits of schedules first, then limits (SEMANTICS §4.5).
    pub limits: Vec<Limit>,
    pub premium: Option<Premium>,
    pub split: Option<Split>,
    pub coinsurance: Option<Coinsurance>,
    pub tower: Option<Tower>,
    pub covenants: Vec<Covenant>,
    pub metrics: Vec<Metric>,
    /// What no evaluator reads: provisions, assumptions, articles. For summaries, questions and diffs.
    pub statement: Statement,
}

/// Identity of the scheme.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Header {
    pub id: String,
    pub title: Names,
    pub document: Option<DocumentInfo>,
    /// Ids of the frameworks it conforms to.
    pub frameworks: Vec<String>,
    /// Id of the contract bound in, if any.
    pub contract: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentInfo {
    pub number: String,
    pub numbered: bool,
    pub issued: Option<Date>,
    pub effective: Option<Date>,
    pub valid_until: Option<Date>,
    pub until_decision: Option<DecisionId>,
    pub source: Source,
}

// ─────────────────────────────── vocabulary ───────────────────────────────

/// A finite domain, flattened from its tree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Domain {
    pub id: String,
    pub name: Names,
    pub order: Option<Order>,
    pub values: Vec<DomainValue>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DomainValue {
    pub id: String,
    pub name: Names,
    /// All other accepted spellings.
    pub aliases: Vec<String>,
    pub parent: Option<ValueId>,
    pub code: Option<String>,
}

/// The sort of record that a fact belongs to (SEMANTICS §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    Claim,
    Household,
    Dwelling,
    Policy,
    Event,
    Year,
}

/// One fact of a record: a column of the claims table, or a decision seen as a fact.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fact {
    /// The fixed id of the data contract (`peril`), or the declared id.
    pub id: String,
    pub name: Names,
    pub sort: Sort,
    pub kind: FactKind,
    pub role: FactRole,
    /// How the values are told apart in diagrams; empty for keys and facts that no diagram tests.
    pub classes: Vec<Class>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    Enumeration {
        domain: DomainId,
        /// The value of a blank (`role`: `resident`).
        default: Option<ValueId>,
    },
    /// 分, 0 ..= 10^15
    Money,
    /// Whole number ≥ 0. `part` says what decimals count as; without it decimals are refused.
    Count {
        part: Option<PartRule>,
    },
    /// Fixed-point number on a grid: the value is `units × precision`.
    Number {
        unit: String,
        precision: Ratio,
        from: Ratio,
        to: Ratio,
    },
    Ratio,
    Date,
    /// An id; usable as a key only
    Text,
    YesNo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactRole {
    /// Read from the record.
    Given,
    /// Yes where the record carries the (optional) fact, no where it is blank. Kind is `YesNo`.
    Present(FactId),
    /// Yes where the decision was taken for this record's key (or at large). Kind is `YesNo`.
    Decided(DecisionId),
}

/// One class of a fact's values that no rule tells apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Values of an enumeration (every value is in exactly one class).
    Values(Vec<ValueId>),
    /// Integers `from..below`: 分, counts, grid units, or days since 1970-01-01. `None`: unbounded.
    Interval {
        from: Option<i64>,
        below: Option<i64>,
    },
    /// Yes/no facts have the classes `[No, Yes]`, in this order.
    No,
    Yes,
}

// ─────────────────────────────── time ───────────────────────────────

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub term: Term,
    /// `None` when the file does not say; `boundaries` are then policy years (a question where a limit reads a year).
    pub year: Option<YearKind>,
    /// A line's year is its event's (earliest accepted date) instead of its own date's.
    pub year_of_event: bool,
    /// First days of the years of the term and, last, the first day after the term; at least two when the term is known.
    /// Policy years: start + n years (29 February → 28 February). Calendar years: 1 January, cut by the term.
    pub boundaries: Vec<Date>,
    pub event_hours: Option<u32>,
    /// What one event is; unstated is a question where something counts per event.
    #[serde(default)]
    pub event: EventRule,
    pub source: Source,
    #[serde(default)]
    pub year_source: Source,
    #[serde(default)]
    pub event_source: Source,
}

/// `一次灾害 …`: what one event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventRule {
    #[default]
    Unstated,
    /// So many consecutive hours
    Hours(u32),
    /// As the contract defines it
    Contract,
    /// As the event ids record it
    AsRecorded,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Losses dated in `start..end`. `end` `None`: open.
    Fixed { start: Date, end: Option<Date> },
    /// Each record's own policy dates (both days included); facts `policy_start`, `policy_end`.
    Policy { start: FactId, end: FactId },
    /// Left to the contract; `years` if the document gives a length.
    Contract { years: Option<u32> },
    /// The file says nothing.
    Unstated,
}

// ─────────────────────────────── unknowns ───────────────────────────────

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    pub id: String,
    pub kind: ParameterKind,
    /// Who sets it; `None`: the contract.
    pub by: Option<String>,
    pub at_least: Option<ParameterValue>,
    pub at_most: Option<ParameterValue>,
    pub planned: Option<ParameterValue>,
    /// Set when a contract is bound.
    pub value: Option<Bound>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    Money,
    Ratio,
    Count,
    Date,
    /// One value for each value of the domain
    Table {
        by: DomainId,
        of: Box<ParameterKind>,
    },
    /// A set of values of the domain. It shapes the diagrams, so binding lowers again.
    List {
        of: DomainId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterValue {
    Money(Fen),
    Ratio(Ratio),
    Count(i64),
    Date(Date),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    One(ParameterValue),
    Table(Vec<(ValueId, ParameterValue)>),
    List(Vec<ValueId>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub id: String,
    /// Who decides; `None`: the document does not say.
    pub by: Option<String>,
    /// What `@KEY` stands for.
    pub per: DecisionKey,
    pub effect: DecisionEffect,
    /// The value it carries, if any.
    pub value: Option<ParameterKind>,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKey {
    /// Once for the whole term
    Term,
    /// Keyed by the calendar year in which the insured year begins (`@2024`)
    Year,
    Event,
    /// By another fact: region, peril, claim …
    Fact(FactId),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fund {
    pub id: String,
    pub accrual: Option<Amount>,
    pub carried_forward: bool,
    pub reported_by: Option<String>,
    /// Known once a contract sets it.
    pub balance: Option<Fen>,
    pub source: Source,
}

// ─────────────────────────────── amounts ───────────────────────────────

/// An amount of money. Lowering guarantees that it has at most one varying quantity and at most one
/// ratio in each product, so that with bound parameters it has the normal form a·x + b ([`super::linear`]).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    Fixed(Fen),
    /// `value`: the cell of a table parameter.
    Parameter {
        parameter: ParameterId,
        value: Option<ValueId>,
    },
    /// A money fact of the record (`expense`, `loss`, `sum_insured`).
    Fact(FactId),
    /// `rate × count`: rate in 分 for one unit of a count or number fact, at most `units` units.
    PerUnit {
        rate: Box<Amount>,
        count: FactId,
        units: Option<Count>,
    },
    /// ratio × amount
    Scaled {
        ratio: RatioValue,
        of: Box<Amount>,
    },
    Sum(Vec<Amount>),
    /// Chosen by date (limits: by the group's date, SEMANTICS §4.4; benefits: by date of loss); ascending; the first
    /// entry's date is `None` (from the beginning).
    Dated(Vec<(Option<Date>, Amount)>),
    /// Total premium of the settled bases
    Premium,
    /// Balance of a fund
    Balance(FundId),
    /// The value a decision carries
    DecisionValue(DecisionId),
    Decided {
        decision: DecisionId,
        then: Box<Amount>,
        otherwise: Box<Amount>,
    },
    Unlimited,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatioValue {
    Exact(Ratio),
    Parameter {
        parameter: ParameterId,
        value: Option<ValueId>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    Exact(i64),
    Parameter(ParameterId),
}

// ─────────────────────────────── covers and benefits ───────────────────────────────

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cover {
    pub id: String,
    pub name: Names,
    /// Boolean diagrams whose conjunction is "the cover applies"; kept apart for reasons and summaries.
    pub perils: NodeId,
    pub roles: NodeId,
    pub condition: NodeId,
    /// What was written, for summaries: names as the document gives them.
    pub peril_words: Vec<PerilWord>,
    pub peril_list_open: bool,
    pub any_peril: bool,
    pub role_words: Vec<Names>,
    /// The condition as a tree over facts, for summaries and reasons. `None`: none.
    pub condition_words: Option<ConditionWords>,
    /// Name of the schedule it pays by; `None` for rows in place.
    pub schedule: Option<String>,
    pub handled_by: Vec<Handler>,
    pub subrogation: Option<Subrogation>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerilWord {
    pub name: Names,
    pub cause: Option<Names>,
    /// The values it stands for (a group has several).
    pub values: Vec<ValueId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionWords {
    Is {
        fact: FactId,
        negated: bool,
        values: Vec<ValueId>,
        otherwise_nothing: bool,
    },
    Compare {
        fact: FactId,
        compare: Compare,
        value: ParameterValue,
    },
    Yes {
        fact: FactId,
    },
    Decided {
        decision: DecisionId,
    },
    All(Vec<ConditionWords>),
    Any(Vec<ConditionWords>),
    Not(Box<ConditionWords>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handler {
    /// Empty: the document names nobody (`未载明`).
    pub bodies: Vec<String>,
    /// Empty: all the cover's perils.
    pub perils: Vec<ValueId>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subrogation {
    /// `None`: there is none.
    pub against: Option<String>,
    pub except: Option<String>,
    pub source: Source,
}

/// What happens when several covers apply (SEMANTICS §3). Resolve a set in this order: drop every cover that another
/// one of the set is `over` (transitively); group what is left by `stack`; among the rest `higher` takes the largest.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Meeting {
    /// `(a, b)`: a over b; transitively closed, sorted.
    pub over: Vec<(CoverId, CoverId)>,
    /// Unordered pairs `(a < b)` that take the larger benefit.
    pub higher: Vec<(CoverId, CoverId)>,
    /// Unordered pairs `(a < b)` that both pay.
    pub stack: Vec<(CoverId, CoverId)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Benefit {
    pub cover: CoverId,
    /// Value of the domain `harm`
    pub harm: ValueId,
    /// Leaves [`super::diagram::Leaf::Pays`], `Nothing`, `Refused`.
    pub root: NodeId,
    /// Fixed or actual, for own limits and summaries.
    pub kind: BenefitKind,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BenefitKind {
    /// 定额
    Fixed,
    /// 据实
    Actual,
    /// By count: 60元/人/月
    PerUnit,
    /// 不赔
    Nothing,
}

/// Start amount, then steps left to right; rounded half away from zero to 分 at the end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pipeline {
    pub start: Amount,
    pub steps: Vec<Step>,
    pub articles: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    pub operation: Operation,
    pub articles: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Subtract, not below 0 (`less`, `over`).
    Less(Amount),
    UpTo(Amount),
    AtLeast(Amount),
    Share(RatioValue),
    /// To a multiple of `unit` 分
    Round {
        unit: Fen,
        mode: RoundMode,
    },
}

// ─────────────────────────────── limits ───────────────────────────────

/// A scoped step on the total of a group of lines (SEMANTICS §4.4–4.6).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Limit {
    /// `schedule.harm` for own limits, the name otherwise; column `cut_<id>`.
    pub id: String,
    pub name: Names,
    /// From the keys of a schedule or a step; part of `benefit` in `eval`.
    pub own: bool,
    pub rule: LimitRule,
    pub filter: Filter,
    /// The group. Empty: the whole term.
    pub keys: Vec<GroupKey>,
    pub tiers: Vec<Tier>,
    /// False where the file leaves the exhaustion rule open (a question); evaluators refuse such a plan
    /// when the limit would bind.
    pub exhaustion_stated: bool,
    /// Round the pro-rata ratio down to a multiple of this first.
    pub ratio_to: Option<Ratio>,
    pub within: Option<LimitId>,
    pub source: Source,
    pub exhaustion_source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitRule {
    /// The group's total is at most this.
    UpTo(Amount),
    /// This much of the group's total is not paid.
    Less(Amount),
    /// The group's total is at most its largest benefit (several fixed benefits of one harm pay once; death less
    /// disability paid). `raise`: when the heaviest injury grade occurs twice or more, the benefit of the grade above.
    Largest { raise: bool },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKey {
    Fact(FactId),
    /// The insured year of [`Calendar`]
    Year,
}

/// Which lines: all of the named covers (`None`: every cover) whose facts fall in the classes named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Filter {
    pub covers: Option<Vec<CoverId>>,
    /// For each fact, the values that pass (enumerations only).
    pub facts: Vec<(FactId, Vec<ValueId>)>,
}

/// One level of the order in which a limit is handed out; pro rata within the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    Date,
    Event,
    Claim,
    /// The position of the first filter that the line passes; lines that pass none come last.
    Rank(Vec<Filter>),
}

// ─────────────────────────────── money beyond claims ───────────────────────────────

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Premium {
    pub rates: Vec<Rate>,
    /// The contract sets the premium; the facts by which it may differ.
    pub by_contract: Option<Vec<String>>,
    pub bases: Vec<PremiumBase>,
    /// Stated total in 分 a year, and whether it is only planned.
    pub total: Option<StatedTotal>,
    pub payers: Vec<(String, Ratio)>,
    pub due: Option<String>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedTotal {
    pub amount: Amount,
    pub planned: bool,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub amount: Amount,
    pub per: RateBase,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateBase {
    Persons,
    Households,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PremiumBase {
    /// 常住人口, 公安户籍人数 …
    pub kind: String,
    pub counts: RateBase,
    pub lag: Option<u8>,
    pub stated: Option<i64>,
    pub stated_year: Option<i16>,
    pub source: Source,
}

/// The premium of each region split between payers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    pub id: String,
    /// The fact the rows are keyed by (`region`)
    pub by: FactId,
    pub payers: Vec<String>,
    pub rows: Vec<SplitRow>,
    /// (payer, unit in 分, mode)
    pub rounds: Vec<Rounding>,
    /// Payer index; `None`: not stated, and then largest remainder with ties in written order
    pub remainder: Option<u32>,
    pub overrides: Vec<SplitOverride>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitRow {
    pub regions: Vec<ValueId>,
    /// One for each payer
    pub shares: Vec<Ratio>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    pub payer: u32,
    pub unit: Fen,
    pub mode: RoundMode,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitOverride {
    pub decision: DecisionId,
    pub shares: Vec<Ratio>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coinsurance {
    /// In written order, the lead first where one is named.
    pub insurers: Vec<Insurer>,
    pub count: Option<(u32, u32)>,
    pub lead_at_least: Option<Ratio>,
    /// Shares (all or some) are left to the contract.
    pub by_contract: bool,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insurer {
    /// Column `share_<id>`
    pub id: String,
    pub lead: bool,
    pub share: Option<Ratio>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tower {
    pub keys: Vec<GroupKey>,
    pub total: Option<Amount>,
    pub layers: Vec<Layer>,
    pub shortfall: Option<Shortfall>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    pub id: String,
    pub up_to: Amount,
    /// Shared by the co-insurers
    pub coinsured: bool,
    pub source: Source,
}

/// What happens to a loss above the layers: paid pro rata once decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    pub decision: Option<DecisionId>,
    pub source: Source,
}

/// A bound on a reported figure or metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covenant {
    pub id: String,
    pub compare: Compare,
    pub value: FigureExpr,
    /// Figures come one for each (`每 地区`).
    pub per: Vec<String>,
    pub modality: Modality,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metric {
    pub id: String,
    pub value: FigureExpr,
    pub source: Source,
}

/// Arithmetic over reported figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureExpr {
    Exact(Ratio),
    /// A reported figure or another metric, by name
    Figure(String),
    Parameter(ParameterId),
    Product(Box<FigureExpr>, Box<FigureExpr>),
    /// `(negative, term)`
    Sum(Vec<(bool, FigureExpr)>),
}

// ─────────────────────────────── the statement ───────────────────────────────

/// Facts of the scheme that no evaluator reads.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Statement {
    pub repeals: Vec<(String, Source)>,
    /// (document, included in the project)
    pub under: Vec<(String, bool, Source)>,
    pub territory: Option<Territory>,
    pub policyholders: Vec<String>,
    pub authorised_by: Option<String>,
    pub policyholder_source: Source,
    /// (name, aliases)
    pub bodies: Vec<(String, Vec<String>, Source)>,
    pub persons: Option<Persons>,
    pub subject: Option<(Vec<String>, ListEnding, Source)>,
    pub sum_insured: Option<SumInsured>,
    pub groups: Vec<Group>,
    pub tables: Vec<Table>,
    pub schedules: Vec<Schedule>,
    pub treat_as: Vec<TreatAs>,
    pub responsibilities: Vec<(String, Vec<String>, Source)>,
    pub duties: Vec<Duty>,
    pub reviews: Vec<Review>,
    pub forbids: Vec<(String, Source)>,
    pub supplements: Vec<(String, Source)>,
    pub other_insurance: Vec<(OtherKind, OtherRule, Source)>,
    pub subrogation: Option<Subrogation>,
    pub contract_prevails: Vec<(Overridable, Source)>,
    pub renewable: bool,
    pub assumptions: Vec<Assumption>,
    pub acknowledged: Vec<Acknowledged>,
    pub articles: Vec<ArticleStatus>,
    pub examples: Vec<Example>,
    /// Requirements of the frameworks, in their order.
    pub requirements: Vec<Requirement>,
    /// Who establishes a fact (`事实 合法产权: 是否 由 …`).
    pub established_by: Vec<(FactId, String, Source)>,
    /// A framework's own scopes as written.
    pub scopes: Vec<StatedScope>,
    /// `适用 重庆市 各 区县`: (area, level)
    pub applies_to: Option<(Names, String, Source)>,
}

/// `基本范围 { … }` of a framework, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedScope {
    pub kind: ScopeKind,
    pub perils: Vec<PerilWord>,
    pub perils_ending: ListEnding,
    pub harms: Vec<Names>,
    pub harms_ending: ListEnding,
    pub roles: Vec<Names>,
    pub roles_ending: ListEnding,
    /// `可选`: the child takes a subset.
    pub menu: bool,
    pub modality: Modality,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Territory {
    pub areas: Vec<Names>,
    pub except: Vec<Names>,
    pub including: Vec<Names>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Persons {
    pub at_loss_in_territory: bool,
    pub classes: Vec<Names>,
    pub ending: ListEnding,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListEnding {
    Unstated,
    Open,
    Closed,
    Counted(u32),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumInsured {
    pub per_household: bool,
    pub by: Option<FactId>,
    pub bases: Vec<(Option<ValueId>, Amount)>,
    pub negotiated: bool,
    pub at_least_base: bool,
    /// (amount, refused above it)
    pub at_most: Option<(Amount, bool)>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub name: String,
    pub members: Vec<PerilWord>,
    pub ending: ListEnding,
    /// Decision that says what else belongs to an open list.
    pub decision: Option<DecisionId>,
    /// (law, fixed as of); `None` date follows the law
    pub kept_by: Option<(String, Option<Date>)>,
    pub source: Source,
}

/// A table as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub id: String,
    pub by: FactId,
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
    /// The number of rows that the file states (`共10级`)
    #[serde(default)]
    pub counted: Option<i64>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    pub key: RowKey,
    pub cells: Vec<Cell>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKey {
    Values(Vec<ValueId>),
    /// Integers `from..below` in the fact's units
    Interval {
        from: Option<i64>,
        below: Option<i64>,
    },
    Otherwise,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    Amount(Amount),
    Ratio(RatioValue),
}

/// A schedule as written (rows taken over by `like` included), for summaries. Rows that a cover states in place
/// stand here too, under the cover's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub id: String,
    pub keys: Vec<ScheduleKey>,
    pub rows: Vec<ScheduleRow>,
    pub same_person: Vec<SamePersonRule>,
    /// Covers that pay by it
    pub covers: Vec<CoverId>,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleKey {
    Person,
    Household,
    Event,
    Year,
    Term,
    Claim,
    Fact(FactId),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleRow {
    pub harms: Vec<ValueId>,
    pub combined: bool,
    pub kind: BenefitKind,
    pub amount: RowAmount,
    pub steps: Vec<RowStep>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowAmount {
    /// A cap over harms together has no amount of its own.
    None,
    Amount(Amount),
    /// `伤残赔付.一般`: table id and column (`None` where the table has one nameless column)
    Table {
        table: String,
        column: Option<String>,
    },
    /// `保险金额 × 损失比例`: sum insured times a table of ratios, or such
    TableOf {
        table: String,
        column: Option<String>,
        of: Amount,
    },
    /// The sum insured rule
    SumInsured,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowStep {
    pub operation: Operation,
    /// Empty: the claim's own amount
    pub keys: Vec<ScheduleKey>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SamePersonRule {
    SeveralInjuries {
        raised: bool,
        source: Source,
    },
    LessPaid {
        harm: ValueId,
        paid: ValueId,
        source: Source,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatAs {
    pub fact: FactId,
    pub value: ValueId,
    pub as_value: ValueId,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    pub what: String,
    pub by: Vec<String>,
    pub to: Vec<String>,
    pub every: Option<Period>,
    pub deadline: Option<Deadline>,
    pub otherwise: Option<DecisionId>,
    pub modality: Modality,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    DaysAfterPeriod(u32),
    On(Date),
    Yearly { month: i8, day: i8 },
    Words(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub what: String,
    pub every_months: u32,
    pub by: Vec<String>,
    pub text: Option<String>,
    pub decision: Option<DecisionId>,
    pub source: Source,
}

/// `假定 "…"`: the item it hangs on, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumption {
    /// The clause, as the keyword and name a reader finds in the file (`险种 较大交通事故救助`).
    pub about: Names,
    pub reason: String,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    pub code: String,
    pub about: Option<String>,
    pub reason: String,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleStatus {
    pub article: String,
    /// Clauses that cite it
    pub encoded: bool,
    /// Why it carries no rule
    pub prose: Option<String>,
}

/// An example, resolved; `anlan test` runs it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Example {
    pub title: String,
    pub claims: Vec<ExampleClaims>,
    pub decided: Vec<ExampleDecision>,
    /// (region, persons, households)
    pub bases: Vec<(ValueId, i64, i64)>,
    /// Parameters that the example sets
    pub set: Vec<(ParameterId, Bound)>,
    pub balances: Vec<(FundId, Fen)>,
    pub loss: Option<Fen>,
    pub expect: Vec<Expectation>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleClaims {
    pub count: u32,
    /// Fact id → the value as a claim file would spell it
    pub fields: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleDecision {
    pub decision: DecisionId,
    pub key: Option<String>,
    pub value: Option<ParameterValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    Benefit(Fen, Source),
    Paid(Fen, Source),
    PaidInAll(Fen, Source),
    Nothing(Source),
    Refused(Source),
    Premium(Fen, Source),
    Bears(String, Fen, Source),
    Ratio(Ratio, Source),
    Unpaid(Fen, Source),
}

/// One requirement of a framework, resolved against the child's vocabulary. Whether it is met is for the analysis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    pub framework: String,
    pub property: Property,
    /// Cells the requirement speaks of; `None`: everything.
    pub scope: Option<ScopeCells>,
    pub modality: Modality,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeCells {
    pub kind: ScopeKind,
    pub perils: Vec<ValueId>,
    pub perils_open: bool,
    pub harms: Vec<ValueId>,
    pub roles: Vec<ValueId>,
    /// The child may take a subset of the perils.
    pub menu: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    Payable {
        keys: Vec<ScheduleKey>,
        harm: Option<ValueId>,
        compare: Compare,
        value: Fen,
    },
    LimitTotal {
        keys: Vec<ScheduleKey>,
        compare: Compare,
        value: Fen,
    },
    /// Kinds of body (`区县财政`) as the framework words them
    PremiumPaidBy(Vec<String>),
    Policyholder(Vec<String>),
    Persons(Vec<ValueId>),
    Duty(Duty),
    Words(String),
}
