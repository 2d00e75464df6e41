//! What no evaluator reads: for summaries, questions and diffs.

use super::{
    Amount, BenefitKind, CoverId, DecisionId, Example, FactId, Names, Operation, PerilWord, RatioValue, Requirement,
    Source, Subrogation, ValueId,
};
use anlan_lang::tree::{Date, Modality, OtherKind, OtherRule, Overridable, Period, ScopeKind, SecondaryRule};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// What English texts call the names of the scheme (`英文名`)
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub english: BTreeMap<String, String>,
    /// (name, aliases)
    pub bodies: Vec<(String, Vec<String>, Source)>,
    pub persons: Option<Persons>,
    pub subject: Option<(Vec<String>, ListEnding, Source)>,
    /// Who receives a benefit, and for which harms (empty: every one).
    #[serde(default)]
    pub beneficiaries: Vec<(Vec<String>, Vec<ValueId>, Source)>,
    /// By which standard a fact is established.
    #[serde(default)]
    pub standards: Vec<(FactId, String, Source)>,
    /// Which peril is recorded where one leads to another.
    #[serde(default)]
    pub secondary: Option<(SecondaryRule, Source)>,
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
