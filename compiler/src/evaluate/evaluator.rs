//! A plan made ready to evaluate records: facts found by id, classes indexed, unknowns refused once.

use super::decisions::not_taken;
use super::exact::{Exact, from_fen};
use super::model::{DecidedKey, Inputs, Moment, Record, Refusal, Taken, Value};
use crate::money::Grid;
use crate::plan::reads::Reads;
use crate::plan::{
    Bound, Class, Decision, DecisionId, DecisionKey, Domain, Fact, FactId, FactKind, FactRole, ParameterId,
    ParameterValue, Plan, Use, ValueId, missing_parameters,
};
use crate::resolve::id;
use anlan_lang::diag::{Arg, codes};
use anlan_lang::tree::DecisionEffect;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The fact by which heaviest injuries are told (`多处伤残 取最重升一级`).
const INJURY_GRADE: &str = "injury_grade";

/// A plan with its inputs, ready to run.
#[derive(Debug)]
pub struct Evaluator<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) inputs: &'a Inputs,
    pub(crate) known: Known,
    classes: Vec<Classes>,
    premium: Option<Exact>,
}

/// Facts that the evaluator itself reads.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    pub date: Option<FactId>,
    pub event: Option<FactId>,
    pub harm: Option<FactId>,
    pub injury_grade: Option<FactId>,
}

/// Why an evaluation cannot go on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stop {
    /// Facts that the path reads and the record leaves blank
    Missing(BTreeSet<FactId>),
    Refused(Box<Refusal>),
}

impl Stop {
    pub(crate) fn missing(fact: FactId) -> Self {
        Stop::Missing(BTreeSet::from([fact]))
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(Box::new(refusal))
    }
}

/// How the values of one fact fall into its classes.
#[derive(Debug)]
enum Classes {
    /// Class of each value of the domain
    Values(Vec<Option<u16>>),
    /// Between which whole numbers, or positions on a grid
    Intervals(Vec<(Option<i64>, Option<i64>)>, Option<Grid>),
    /// (class of no, class of yes)
    YesNo(u16, u16),
}

impl<'a> Evaluator<'a> {
    /// Refuses, naming all of them, what the use reads and nobody has set: parameters, the total premium, balances.
    pub fn new(plan: &'a Plan, inputs: &'a Inputs, usage: Use) -> Result<Self, Refusal> {
        let unset = missing_parameters(plan, usage);
        if !unset.is_empty() {
            let names = unset
                .iter()
                .filter_map(|p| plan.parameters.get(p.index()))
                .map(|p| p.id.clone());
            return Err(Refusal::new(codes::V040).arg("names", names.collect::<Vec<_>>()));
        }
        let mut reads = Reads::new(plan);
        reads.read(usage);
        let unknown = reads
            .funds
            .iter()
            .filter_map(|f| plan.funds.get(f.index()))
            .filter(|f| f.balance.is_none());
        let unknown: Vec<String> = unknown.map(|f| f.id.clone()).collect();
        if !unknown.is_empty() {
            return Err(Refusal::new(codes::V046).arg("names", unknown));
        }
        let premium = match (&inputs.bases, reads.premium) {
            (Some(bases), _) => Some(from_fen(bases.total().ok_or_else(|| Refusal::new(codes::V044))?)),
            (None, true) => return Err(Refusal::new(codes::V041)),
            (None, false) => None,
        };
        Ok(Evaluator {
            plan,
            inputs,
            known: Known::of(plan),
            classes: plan.facts.iter().map(|f| Classes::of(f, plan)).collect(),
            premium,
        })
    }

    pub(crate) fn premium(&self) -> Option<&Exact> {
        self.premium.as_ref()
    }

    pub(crate) fn fact(&self, fact: FactId) -> Option<&'a Fact> {
        self.plan.facts.get(fact.index())
    }

    /// The domain of an enumeration.
    pub(crate) fn domain(&self, fact: FactId) -> Option<&'a Domain> {
        match self.fact(fact)?.kind {
            FactKind::Enumeration { domain, .. } => self.plan.domains.get(domain.index()).map(|domain| &**domain),
            _ => None,
        }
    }

    /// A value with its names, for texts.
    pub(crate) fn value_names(&self, fact: FactId, value: ValueId) -> Arg {
        self.domain(fact)
            .and_then(|d| d.values.get(value.index()))
            .map_or_else(|| Arg::Text(String::new()), |v| Arg::from(&v.name))
    }

    pub(crate) fn fact_names(&self, fact: FactId) -> Arg {
        self.fact(fact)
            .map_or_else(|| Arg::Text(String::new()), |f| Arg::from(&f.name))
    }

    /// What a record holds, without defaults.
    pub(crate) fn raw<'r>(&self, record: &'r Record, fact: FactId) -> Option<&'r Value> {
        record.values.get(fact.index())?.as_ref()
    }

    /// The value of an enumeration, a blank one as its default.
    pub(crate) fn enumeration(&self, record: &Record, fact: FactId) -> Option<ValueId> {
        match (self.raw(record, fact), &self.fact(fact)?.kind) {
            (Some(Value::Enumeration(value)), _) => Some(*value),
            (None, FactKind::Enumeration { default, .. }) => *default,
            _ => None,
        }
    }

    pub(crate) fn text<'r>(&self, record: &'r Record, fact: Option<FactId>) -> Option<&'r str> {
        match self.raw(record, fact?)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn moment(&self, record: &Record, fact: Option<FactId>) -> Option<Moment> {
        match self.raw(record, fact?)? {
            Value::Date(moment) => Some(*moment),
            _ => None,
        }
    }

    /// Day of loss
    pub(crate) fn day(&self, record: &Record) -> Option<Date> {
        self.moment(record, self.known.date).map(Moment::day)
    }

    /// The class of a fact's value in a record.
    pub(crate) fn class(&self, record: &Record, fact: FactId) -> Result<u16, Stop> {
        let missing = || Stop::missing(fact);
        let declared = self.fact(fact).ok_or_else(missing)?;
        let classes = self.classes.get(fact.index()).ok_or_else(missing)?;
        let found = match declared.role {
            FactRole::Present(of) => classes.yes_no(self.raw(record, of).is_some()),
            FactRole::Decided(decision) => classes.yes_no(self.taken(decision, &self.of(record))?.is_some()),
            FactRole::Given => match (classes, self.raw(record, fact)) {
                (Classes::Values(_), _) => self.enumeration(record, fact).and_then(|v| classes.of_value(v)),
                (_, Some(value)) => classes.of_number(value),
                (_, None) => None,
            },
        };
        found.ok_or_else(missing)
    }

    /// The value of a parameter: the one, or the cell of a table.
    pub(crate) fn parameter(&self, parameter: ParameterId, cell: Option<ValueId>) -> Result<&'a ParameterValue, Stop> {
        let declared = self.plan.parameters.get(parameter.index());
        let value = declared.and_then(|p| match (p.value.as_ref()?, cell) {
            (Bound::One(value), None) => Some(value),
            (Bound::Table(rows), Some(cell)) => rows.iter().find(|(v, _)| *v == cell).map(|(_, value)| value),
            _ => None,
        });
        let id = || declared.map_or_else(String::new, |p| p.id.clone());
        value.ok_or_else(|| Refusal::new(codes::V040).arg("names", vec![id()]).into())
    }

    /// The decision as taken for what the context speaks of; `None` where it was not taken.
    pub(crate) fn taken(&self, decision: DecisionId, context: &dyn Context) -> Result<Option<&'a Taken>, Stop> {
        let Some(declared) = self.plan.decisions.get(decision.index()) else {
            return Ok(None);
        };
        let all = || {
            self.inputs
                .decisions
                .taken
                .iter()
                .filter(move |t| t.decision == decision)
        };
        let at_large = all().find(|t| t.key.is_none());
        let found = if at_large.is_none() && all().next().is_none() {
            None
        } else if all().any(|t| t.key.is_some()) {
            match context.key(declared.per)? {
                Some(key) => all().find(|t| t.key.as_ref().is_some_and(|k| self.covers(declared.per, k, &key))),
                None if at_large.is_none() => return Err(context.no_key(declared)),
                None => None,
            }
            .or(at_large)
        } else {
            at_large
        };
        match (found, declared.effect) {
            (Some(taken), DecisionEffect::FromTheDay) => match &taken.value {
                Some(ParameterValue::Date(from)) => Ok((context.day()? >= *from).then_some(taken)),
                _ => Err(not_taken(self.plan, decision).into()),
            },
            (found, _) => Ok(found),
        }
    }

    /// Whether a decision taken for `taken` holds for `key`: the same, or a value below it.
    fn covers(&self, per: DecisionKey, taken: &DecidedKey, key: &DecidedKey) -> bool {
        match (taken, key, per) {
            (DecidedKey::Value(above), DecidedKey::Value(value), DecisionKey::Fact(fact)) => self
                .domain(fact)
                .is_some_and(|domain| is_within(domain, *value, *above)),
            _ => taken == key,
        }
    }

    /// The record as a context for amounts and decisions.
    pub(crate) fn of<'r>(&'r self, record: &'r Record) -> OfRecord<'r, 'a> {
        OfRecord {
            evaluator: self,
            record,
        }
    }
}

/// Whether `value` is `above` or lies below it.
pub(crate) fn is_within(domain: &Domain, value: ValueId, above: ValueId) -> bool {
    // A parent chain is at most as long as the domain; a cyclic one (never made by lowering) ends.
    std::iter::successors(Some(value), |v| domain.values.get(v.index()).and_then(|d| d.parent))
        .take(domain.values.len())
        .any(|v| v == above)
}

/// What amounts and decisions look up.
pub(crate) trait Context {
    /// The day that selects dated and decided amounts.
    fn day(&self) -> Result<Date, Stop>;
    /// What a keyed decision is looked up by; `None` where it is blank or not determined.
    fn key(&self, per: DecisionKey) -> Result<Option<DecidedKey>, Stop>;
    /// Why there is no such key.
    fn no_key(&self, decision: &Decision) -> Stop;
    /// A fact of the record.
    fn value(&self, fact: FactId) -> Result<&Value, Stop>;
}

/// One record as a context.
pub(crate) struct OfRecord<'r, 'a> {
    evaluator: &'r Evaluator<'a>,
    record: &'r Record,
}

impl Context for OfRecord<'_, '_> {
    fn day(&self) -> Result<Date, Stop> {
        let date = self.evaluator.known.date;
        self.evaluator
            .day(self.record)
            .ok_or_else(|| Stop::Missing(date.into_iter().collect()))
    }
    fn key(&self, per: DecisionKey) -> Result<Option<DecidedKey>, Stop> {
        let (e, record) = (self.evaluator, self.record);
        Ok(match per {
            DecisionKey::Term => None,
            DecisionKey::Event => e.text(record, e.known.event).map(|t| DecidedKey::Text(t.to_owned())),
            DecisionKey::Year => match e.day(record) {
                None => None,
                Some(day) => {
                    let year = e.year(record, day).ok_or_else(|| Refusal::new(codes::V045))?;
                    Some(DecidedKey::Year(year.first.year()))
                }
            },
            DecisionKey::Fact(fact) => match e.enumeration(record, fact) {
                Some(value) => Some(DecidedKey::Value(value)),
                None => e.text(record, Some(fact)).map(|t| DecidedKey::Text(t.to_owned())),
            },
        })
    }
    fn no_key(&self, decision: &Decision) -> Stop {
        let known = &self.evaluator.known;
        let fact = match decision.per {
            DecisionKey::Term => None,
            DecisionKey::Year => known.date,
            DecisionKey::Event => known.event,
            DecisionKey::Fact(fact) => Some(fact),
        };
        Stop::Missing(fact.into_iter().collect())
    }
    fn value(&self, fact: FactId) -> Result<&Value, Stop> {
        self.evaluator.raw(self.record, fact).ok_or_else(|| Stop::missing(fact))
    }
}

impl Known {
    fn of(plan: &Plan) -> Self {
        let find = |id: &str| plan.facts.iter().position(|f| f.id == id).map(FactId::from);
        Known {
            date: find(id::DATE),
            event: find(id::EVENT),
            harm: find(id::HARM),
            injury_grade: find(INJURY_GRADE),
        }
    }
}

impl Classes {
    fn of(fact: &Fact, plan: &Plan) -> Self {
        let at = |class: &Class| fact.classes.iter().position(|c| c == class).unwrap_or_default() as u16;
        match fact.kind {
            FactKind::YesNo => Classes::YesNo(at(&Class::No), at(&Class::Yes)),
            FactKind::Enumeration { domain, .. } => {
                let count = plan.domains.get(domain.index()).map_or(0, |d| d.values.len());
                let class = |value: usize| {
                    let holds =
                        |c: &Class| matches!(c, Class::Values(values) if values.contains(&ValueId::from(value)));
                    fact.classes.iter().position(holds).map(|i| i as u16)
                };
                Classes::Values((0..count).map(class).collect())
            }
            _ => Classes::Intervals(fact.classes.iter().map(interval).collect(), fact.kind.grid()),
        }
    }
    fn yes_no(&self, yes: bool) -> Option<u16> {
        match self {
            Classes::YesNo(no_class, yes_class) => Some(if yes { *yes_class } else { *no_class }),
            _ => None,
        }
    }
    fn of_value(&self, value: ValueId) -> Option<u16> {
        match self {
            Classes::Values(classes) => *classes.get(value.index())?,
            _ => None,
        }
    }
    fn of_number(&self, value: &Value) -> Option<u16> {
        if let Value::YesNo(yes) = value {
            return self.yes_no(*yes);
        }
        let Classes::Intervals(intervals, grid) = self else {
            return None;
        };
        let at = place(value, *grid)?;
        let inside = |(from, below): &(Option<i64>, Option<i64>)| {
            from.is_none_or(|from| at >= from) && below.is_none_or(|below| at < below)
        };
        intervals.iter().position(inside).map(|i| i as u16)
    }
}

fn interval(class: &Class) -> (Option<i64>, Option<i64>) {
    match class {
        Class::Interval { from, below } => (*from, *below),
        // A class of another kind holds no number.
        Class::Values(_) | Class::No | Class::Yes => (Some(1), Some(1)),
    }
}

/// 分, units, grid steps, days since 1970-01-01, or the position on a grid of what may lie between its points.
fn place(value: &Value, grid: Option<Grid>) -> Option<i64> {
    match value {
        Value::Money(fen) => Some(fen.0),
        Value::Number(steps) => Some(*steps),
        Value::Count(value) | Value::Ratio(value) => match grid {
            Some(grid) => Some(grid.position(*value)),
            None => i64::try_from(value.numerator().div_euclid(value.denominator())).ok(),
        },
        Value::Date(moment) => Some(days(moment.day())),
        Value::Enumeration(_) | Value::Text(_) | Value::YesNo(_) => None,
    }
}

/// Days since 1970-01-01.
pub(crate) fn days(day: Date) -> i64 {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    i64::from((day - EPOCH).get_days())
}
