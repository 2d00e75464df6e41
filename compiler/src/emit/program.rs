//! The emission plan: a scheme with its contract, ready to be written down in any language. Amounts are integers over
//! one denominator, dates are `yyyymmdd`, everything that a target cites is a text. It is also the target `ir`, so its
//! shape is versioned ([`VERSION`]) and described by `program.schema.json`.

use crate::money::Grid;
use serde::Serialize;

/// Bumped when the shape or the meaning changes.
pub const VERSION: u32 = 1;

#[derive(Debug, Clone, Serialize)]
pub struct Program {
    /// Always `anlan.program`
    pub format: &'static str,
    pub version: u32,
    pub scheme: Identity,
    pub domains: Vec<Domain>,
    /// Facts that a record carries, in the plan's order
    pub facts: Vec<Fact>,
    pub known: Known,
    pub term: Term,
    pub years: Years,
    /// The window of one event, in hours
    pub event_hours: Option<u32>,
    pub decisions: Vec<Decision>,
    /// An amount reads the total premium of the settled bases.
    pub reads_premium: bool,
    pub nodes: Vec<Node>,
    pub covers: Vec<Cover>,
    pub pipelines: Vec<Pipeline>,
    /// Pairs of covers: the first is over the second
    pub over: Vec<(usize, usize)>,
    /// Pairs of which the larger is paid
    pub higher: Vec<(usize, usize)>,
    /// Pairs that both pay
    pub stack: Vec<(usize, usize)>,
    /// In settlement order
    pub limits: Vec<Limit>,
    /// Insurers with their shares over one denominator; empty where they are not all stated
    pub insurers: Vec<Insurer>,
    pub share_denominator: i128,
    /// Facts of wider records that claims repeat: (fact, fact that identifies the record)
    pub wide: Vec<(usize, usize)>,
    /// Facts that a limit's key or amount or a keyed decision reads
    pub keys: Vec<usize>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Identity {
    pub id: String,
    pub title_zh: String,
    pub title_en: String,
    pub document: Option<String>,
    pub contract: Option<String>,
    /// SHA-256 of the plan (SEMANTICS §8)
    pub hash: String,
    pub plan_version: u32,
}

#[derive(Debug, Clone, Serialize)]
pub struct Domain {
    pub id: String,
    pub values: Vec<Value>,
    /// Severity of the values where they have an order; 0 is the heaviest.
    pub severities: Option<Vec<usize>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Value {
    pub id: String,
    pub zh: String,
    pub en: String,
    /// Every other accepted spelling
    pub aliases: Vec<String>,
    pub parent: Option<usize>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    pub id: String,
    pub zh: String,
    pub en: String,
    pub kind: Kind,
    /// One value of each class that no rule tells apart, where a diagram tests the fact
    pub representatives: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Kind {
    Enumeration {
        domain: usize,
        default: Option<usize>,
    },
    Money,
    /// `part`: what a part unit counts as; `None` refuses decimals.
    Count {
        part: Option<&'static str>,
    },
    /// The value is `units × precision`; bounds in units
    Number {
        unit: String,
        precision: Quotient,
        from: i64,
        to: i64,
    },
    Ratio,
    Date,
    Text,
    YesNo,
}

impl Kind {
    /// Whether decimals count as parts of the unit.
    pub fn is_in_parts(&self) -> bool {
        matches!(self, Kind::Count { part: Some("pro_rata") })
    }
    /// The points with which intervals compare what may lie between them: they then hold positions.
    pub fn grid(&self) -> Option<Grid> {
        match self {
            Kind::Ratio => Some(Grid::RATIOS),
            _ if self.is_in_parts() => Some(Grid::UNITS),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quotient {
    pub numerator: i128,
    pub denominator: i128,
}

/// Facts that settlement itself reads
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Known {
    pub claim: Option<usize>,
    pub date: Option<usize>,
    pub event: Option<usize>,
    pub harm: Option<usize>,
    pub injury_grade: Option<usize>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Term {
    /// Losses dated in `first..end`; `end` `None`: open
    Fixed {
        first: i64,
        end: Option<i64>,
        articles: Vec<String>,
    },
    /// Each record's own policy dates, both days included
    Policy {
        start: usize,
        end: usize,
        articles: Vec<String>,
    },
    Unstated,
}

#[derive(Debug, Clone, Serialize)]
pub struct Years {
    /// First days of the years and, last, the first day after the term
    pub boundaries: Vec<i64>,
    pub calendar: bool,
    pub of_event: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    pub id: String,
    pub by: Option<String>,
    pub per: Per,
    /// Its value is the day from which it holds.
    pub from_the_day: bool,
    pub value: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Term,
    Year,
    Event,
    Fact(usize),
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    No,
    Yes,
    Pays(usize),
    Nothing,
    /// The record is refused: its fact is above (else below) the bound.
    Refused {
        above: bool,
        fact: usize,
        bound: Money,
    },
    Test {
        on: Tested,
        edges: Vec<Edge>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tested {
    Fact(usize),
    /// Whether the fact is there
    Present(usize),
    /// Whether the decision was taken
    Decided(usize),
}

#[derive(Debug, Clone, Serialize)]
pub struct Edge {
    pub when: When,
    pub to: usize,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    Values(Vec<usize>),
    /// `from..below` each; dates as `yyyymmdd`, ratios and counts in parts by their positions ([`Grid::position`])
    Intervals(Vec<(Option<i64>, Option<i64>)>),
    /// No, yes, or both
    Answers {
        no: bool,
        yes: bool,
    },
}

#[derive(Debug, Clone, Serialize)]
pub struct Cover {
    pub id: String,
    pub any_peril: bool,
    pub perils: usize,
    pub roles: usize,
    pub condition: usize,
    pub benefits: Vec<Benefit>,
    pub articles: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Benefit {
    pub harm: usize,
    pub root: usize,
    pub kind: &'static str,
    pub articles: Vec<String>,
}

/// Start, then steps; each integer stands over `denominator`.
#[derive(Debug, Clone, Serialize)]
pub struct Pipeline {
    pub start: Money,
    pub steps: Vec<Step>,
    /// Denominator of the result
    pub denominator: i128,
    /// It says that nothing is paid, whatever the record.
    pub nil: bool,
    pub articles: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Step {
    pub operation: Operation,
    /// Denominator after the step
    pub denominator: i128,
    pub articles: Vec<String>,
}

/// `scale` multiplies the value so far, so that it stands over the amount's denominator.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Operation {
    Less { scale: i128, amount: Money },
    UpTo { scale: i128, amount: Money },
    AtLeast { scale: i128, amount: Money },
    Share { factor: i128, ratio: Quotient },
    Round { unit: i64, mode: &'static str },
}

/// An amount over one denominator, perhaps chosen by date or decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Money {
    pub denominator: i128,
    pub choice: Choice,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Unlimited,
    Linear(Linear),
    /// Ascending; the first begins with `None`.
    Dated(Vec<(Option<i64>, Choice)>),
    Decided {
        decision: usize,
        then: Box<Choice>,
        otherwise: Box<Choice>,
    },
}

/// a·x + b. A record that lacks x is refused even where `a` is 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Linear {
    pub a: i128,
    pub x: Option<Variable>,
    pub b: i128,
    /// How a trace words a pipeline that starts so
    pub rule: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Variable {
    Fact(usize),
    AtMost(usize, i64),
    Premium,
    Decision(usize),
}

#[derive(Debug, Clone, Serialize)]
pub struct Limit {
    pub id: String,
    pub own: bool,
    pub rule: Rule,
    pub filter: Filter,
    pub keys: Vec<Key>,
    pub tiers: Vec<Tier>,
    pub exhaustion_stated: bool,
    pub ratio_to: Option<Quotient>,
    pub articles: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    UpTo(Money),
    Less(Money),
    Largest { raise: bool },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filter {
    pub covers: Option<Vec<usize>>,
    pub facts: Vec<(usize, Vec<usize>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    Fact(usize),
    Year,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    Date,
    Event,
    Claim,
    Rank(Vec<Filter>),
}

#[derive(Debug, Clone, Serialize)]
pub struct Insurer {
    pub id: String,
    pub parts: i128,
}

impl Program {
    /// The values of a fact's domain; empty for other facts.
    pub fn values(&self, fact: usize) -> &[Value] {
        match self.facts.get(fact).map(|f| &f.kind) {
            Some(Kind::Enumeration { domain, .. }) => self.domains.get(*domain).map_or(&[], |d| &d.values),
            _ => &[],
        }
    }
}
