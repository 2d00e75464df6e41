//! Why a claim gets nothing, in the terms of the scheme.

use super::evaluator::{Evaluator, Stop};
use super::model::{Line, Reason, Record, Value, Wording};
use crate::plan::diagram::{Leaf, Node};
use crate::plan::{ConditionWords, Cover, CoverId, FactId, FactKind, FactRole, ParameterValue, ValueId};
use anlan_lang::diag::Arg;
use anlan_lang::tree::Compare;

/// How far a cover got with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Got {
    /// The peril is not one of its perils.
    Nowhere,
    /// The role is not one of its roles.
    ToRole,
    /// It applies, but has nothing for the harm.
    ToHarm,
    /// The condition fails.
    ToCondition,
}

impl Evaluator<'_> {
    /// No cover applies: the reason given by the cover that came closest, the first of several.
    pub(crate) fn no_cover(&self, record: &Record, harm: ValueId) -> Result<Reason, Stop> {
        let mut best: Option<(Got, CoverId)> = None;
        for (i, cover) in self.plan.covers.iter().enumerate() {
            let id = CoverId::from(i);
            let got = self.got(record, cover, id, harm)?;
            if best.is_none_or(|(before, _)| got > before) {
                best = Some((got, id));
            }
        }
        let near = best.and_then(|(got, id)| Some((got, self.plan.covers.get(id.index())?)));
        Ok(match near {
            Some((Got::ToCondition, cover)) => self.condition_reason(record, cover)?,
            Some((Got::ToHarm, cover)) => self.harm_reason(cover, harm),
            Some((Got::ToRole, cover)) => self.role_reason(record, cover),
            _ => self.peril_reason(record),
        })
    }

    /// A cover that pays for any peril says nothing about this one unless its role holds, and one without a benefit
    /// for the harm is no nearer than to that.
    fn got(&self, record: &Record, cover: &Cover, id: CoverId, harm: ValueId) -> Result<Got, Stop> {
        if self.holds(cover.perils, record)? == Some(false) {
            return Ok(Got::Nowhere);
        }
        if self.holds(cover.roles, record)? == Some(false) {
            return Ok(if cover.any_peril { Got::Nowhere } else { Got::ToRole });
        }
        if self.benefit(id, harm).is_none() {
            return Ok(Got::ToHarm);
        }
        Ok(Got::ToCondition)
    }

    fn peril_reason(&self, record: &Record) -> Reason {
        let peril = self
            .plan
            .facts
            .iter()
            .position(|f| f.id == crate::resolve::id::PERIL)
            .map(FactId::from);
        let value = peril.and_then(|fact| Some(self.value_names(fact, self.enumeration(record, fact)?)));
        let text = match value {
            Some(peril) => Wording::new("reason-no-cover").arg("peril", peril),
            None => Wording::new("reason-no-cover-at-all"),
        };
        reason("no_cover", text, &[])
    }

    fn role_reason(&self, record: &Record, cover: &Cover) -> Reason {
        let role = self
            .plan
            .facts
            .iter()
            .position(|f| f.id == crate::resolve::id::ROLE)
            .map(FactId::from);
        let value = role.and_then(|fact| Some(self.value_names(fact, self.enumeration(record, fact)?)));
        let roles = Arg::List(cover.role_words.iter().map(Arg::from).collect());
        let text = Wording::new("reason-role")
            .arg("cover", &cover.name)
            .arg("role", value.unwrap_or(Arg::Text(String::new())))
            .arg("roles", roles);
        reason("role", text, &cover.source.articles)
    }

    fn harm_reason(&self, cover: &Cover, harm: ValueId) -> Reason {
        let named = self.known.harm.map(|fact| self.value_names(fact, harm));
        let text = Wording::new("reason-harm")
            .arg("cover", &cover.name)
            .arg("harm", named.unwrap_or(Arg::Text(String::new())));
        reason("harm", text, &cover.source.articles)
    }

    fn condition_reason(&self, record: &Record, cover: &Cover) -> Result<Reason, Stop> {
        let mut failed = Vec::new();
        if let Some(words) = &cover.condition_words {
            self.failed(record, words, &mut failed)?;
        }
        let mut failed = failed.into_iter();
        let (text, fact) = failed.next().unwrap_or((Wording::new("reason-condition"), None));
        let mut reason = reason("condition", text.arg("cover", &cover.name), &cover.source.articles);
        reason
            .also
            .extend(failed.map(|(text, _)| text.arg("cover", &cover.name)));
        reason.also.extend(fact.and_then(|fact| self.treated(record, fact)));
        Ok(reason)
    }

    /// `无责任人视同无法找到`, where the value that failed is treated as another.
    fn treated(&self, record: &Record, fact: FactId) -> Option<Wording> {
        let value = self.enumeration(record, fact)?;
        let rule = self
            .plan
            .statement
            .treat_as
            .iter()
            .find(|t| t.fact == fact && t.value == value)?;
        Some(
            Wording::new("reason-treated-as")
                .arg("value", self.value_names(fact, value))
                .arg("as", self.value_names(fact, rule.as_value)),
        )
    }

    /// The parts of a condition that do not hold: of `and` the first, of `or` all.
    fn failed(
        &self,
        record: &Record,
        words: &ConditionWords,
        failed: &mut Vec<(Wording, Option<FactId>)>,
    ) -> Result<(), Stop> {
        match words {
            ConditionWords::All(parts) => {
                for part in parts {
                    if !self.met(record, part)? {
                        return self.failed(record, part, failed);
                    }
                }
            }
            ConditionWords::Any(parts) => {
                for part in parts {
                    self.failed(record, part, failed)?;
                }
            }
            ConditionWords::Is {
                fact, negated, values, ..
            } => {
                let id = if *negated {
                    "reason-condition-is-not"
                } else {
                    "reason-condition-is"
                };
                let value = self.enumeration(record, *fact).map(|v| self.value_names(*fact, v));
                let allowed = Arg::List(values.iter().map(|v| self.value_names(*fact, *v)).collect());
                let text = Wording::new(id).arg("values", allowed);
                failed.push((self.about(text, *fact, value), Some(*fact)));
            }
            ConditionWords::Compare { fact, compare, value } => {
                let given = self.raw(record, *fact).map(|v| self.worded(*fact, v));
                let text = Wording::new(compared(*compare)).arg("bound", parameter(value));
                failed.push((self.about(text, *fact, given), Some(*fact)));
            }
            ConditionWords::Yes { fact } => {
                failed.push((
                    Wording::new("reason-condition-yes").arg("field", self.fact_names(*fact)),
                    None,
                ));
            }
            ConditionWords::Decided { decision } => {
                let name = self.plan.decisions.get(decision.index()).map_or("", |d| d.id.as_str());
                failed.push((Wording::new("reason-condition-decided").arg("name", name), None));
            }
            ConditionWords::Not(_) => failed.push((Wording::new("reason-condition"), None)),
        }
        Ok(())
    }

    fn about(&self, text: Wording, fact: FactId, value: Option<Arg>) -> Wording {
        text.arg("field", self.fact_names(fact))
            .arg("value", value.unwrap_or(Arg::Message("value-blank")))
    }

    /// Whether a condition as worded holds; only for telling which part failed.
    fn met(&self, record: &Record, words: &ConditionWords) -> Result<bool, Stop> {
        Ok(match words {
            ConditionWords::All(parts) => {
                for part in parts {
                    if !self.met(record, part)? {
                        return Ok(false);
                    }
                }
                true
            }
            ConditionWords::Any(parts) => {
                for part in parts {
                    if self.met(record, part)? {
                        return Ok(true);
                    }
                }
                false
            }
            ConditionWords::Not(part) => !self.met(record, part)?,
            ConditionWords::Is {
                fact, negated, values, ..
            } => {
                self.enumeration(record, *fact)
                    .is_some_and(|v| self.among(*fact, v, values))
                    != *negated
            }
            ConditionWords::Compare { fact, compare, value } => self
                .raw(record, *fact)
                .is_some_and(|given| holds(given, *compare, value)),
            ConditionWords::Yes { fact } => self.yes(record, *fact),
            ConditionWords::Decided { decision } => match self.taken(*decision, &self.of(record)) {
                Ok(taken) => taken.is_some(),
                Err(Stop::Missing(_)) => false,
                Err(stop) => return Err(stop),
            },
        })
    }

    /// Whether a condition that names `values` takes this one: below one of them, itself or as what it is treated as.
    fn among(&self, fact: FactId, value: ValueId, values: &[ValueId]) -> bool {
        let treated = |t: &&crate::plan::TreatAs| t.fact == fact && t.value == value;
        let as_value = self.plan.statement.treat_as.iter().find(treated).map(|t| t.as_value);
        let domain = self.domain(fact);
        [Some(value), as_value].into_iter().flatten().any(|value| {
            values
                .iter()
                .any(|above| domain.is_some_and(|d| super::evaluator::is_within(d, value, *above)))
        })
    }

    fn yes(&self, record: &Record, fact: FactId) -> bool {
        match self.fact(fact).map(|f| f.role) {
            Some(FactRole::Present(of)) => self.raw(record, of).is_some(),
            _ => matches!(self.raw(record, fact), Some(Value::YesNo(true))),
        }
    }

    /// Covers apply, but the money is 0.
    pub(crate) fn zero(&self, record: &Record, lines: &[Line]) -> Result<Reason, Stop> {
        let Some(line) = lines.first() else {
            return Ok(reason("nothing", Wording::new("reason-no-cover-at-all"), &[]));
        };
        let harm = self.known.harm.map(|fact| self.value_names(fact, line.harm));
        let about = |id: &'static str| {
            Wording::new(id)
                .arg("cover", self.cover_names(line.cover))
                .arg("harm", harm.clone().unwrap_or(Arg::Text(String::new())))
        };
        let Some(benefit) = self.benefit(line.cover, line.harm) else {
            return Ok(reason("harm", about("reason-harm"), &[]));
        };
        let (path, leaf) = self.path(record, line)?;
        let articles = &benefit.source.articles;
        if matches!(leaf, Leaf::Pays(_)) {
            return Ok(reason("zero", about("reason-zero"), articles));
        }
        if path.is_empty() {
            return Ok(reason("nothing", about("reason-nothing"), articles));
        }
        Ok(reason(
            "nothing",
            about("reason-nothing-for").arg("facts", Arg::List(path)),
            articles,
        ))
    }

    /// The enumerated facts that led to a line's leaf (`损毁等级 Ⅱ`), and the leaf.
    fn path(&self, record: &Record, line: &Line) -> Result<(Vec<Arg>, &Leaf), Stop> {
        let mut path = Vec::new();
        let Some(benefit) = self.benefit(line.cover, line.harm) else {
            return Ok((path, &Leaf::No));
        };
        let mut at = benefit.root;
        loop {
            match self.plan.diagrams.node(at) {
                Node::Leaf(leaf) => return Ok((path, leaf)),
                Node::Test { fact, edges } => {
                    // A blank fact that does not matter here ends the account of the path, not the reason.
                    let Ok(class) = self.class(record, *fact) else {
                        return Ok((path, self.leaf(at, record)?));
                    };
                    if let Some(value) = self.enumeration(record, *fact) {
                        path.push(self.pair(*fact, value));
                    }
                    match edges.iter().find(|e| e.classes.contains(&class)) {
                        Some(edge) => at = edge.to,
                        None => return Ok((path, &Leaf::No)),
                    }
                }
            }
        }
    }

    /// `损毁等级为Ⅱ`; `damage_grade Ⅱ`
    fn pair(&self, fact: FactId, value: ValueId) -> Arg {
        let declared = self.fact(fact).map(|f| &f.name);
        let value = self
            .domain(fact)
            .and_then(|d| d.values.get(value.index()))
            .map(|v| &v.name);
        match (declared, value) {
            (Some(fact), Some(value)) => Arg::Names {
                zh: format!("{}为{}", fact.zh, value.zh),
                en: format!("{} {}", fact.en, value.en),
            },
            _ => Arg::Text(String::new()),
        }
    }

    /// A value as a text shows it.
    pub(crate) fn worded(&self, fact: FactId, value: &Value) -> Arg {
        match value {
            Value::Enumeration(value) => self.value_names(fact, *value),
            Value::Money(fen) => Arg::Money(fen.0),
            Value::Count(ratio) if ratio.denominator() == 1 => {
                i64::try_from(ratio.numerator()).map_or_else(|_| Arg::Text(ratio.to_string()), Arg::Count)
            }
            Value::Count(ratio) => Arg::Text(ratio.to_string()),
            Value::Ratio(ratio) => Arg::Ratio {
                numerator: ratio.numerator(),
                denominator: ratio.denominator(),
            },
            Value::Number(steps) => self.number_worded(fact, *steps),
            Value::Date(moment) => Arg::Date(moment.day()),
            Value::Text(text) => Arg::Text(text.to_string()),
            Value::YesNo(yes) => Arg::Message(if *yes { "value-yes" } else { "value-no" }),
        }
    }

    fn number_worded(&self, fact: FactId, steps: i64) -> Arg {
        match self.fact(fact).map(|f| &f.kind) {
            Some(FactKind::Number { unit, precision, .. }) => {
                let value = precision.checked_mul(crate::money::Ratio::integer(steps));
                Arg::Text(value.map_or_else(|| steps.to_string(), super::text::decimal) + unit)
            }
            _ => Arg::Count(steps),
        }
    }
}

fn reason(code: &str, text: Wording, articles: &[String]) -> Reason {
    Reason {
        code: code.to_owned(),
        text,
        also: Vec::new(),
        articles: articles.to_vec(),
    }
}

fn compared(compare: Compare) -> &'static str {
    match compare {
        Compare::AtLeast => "reason-condition-at-least",
        Compare::AtMost => "reason-condition-at-most",
        Compare::Over => "reason-condition-over",
        Compare::Under => "reason-condition-under",
        Compare::Equal => "reason-condition-equal",
    }
}

fn parameter(value: &ParameterValue) -> Arg {
    match value {
        ParameterValue::Money(fen) => Arg::Money(fen.0),
        ParameterValue::Ratio(ratio) => Arg::Ratio {
            numerator: ratio.numerator(),
            denominator: ratio.denominator(),
        },
        ParameterValue::Count(count) => Arg::Count(*count),
        ParameterValue::Date(date) => Arg::Date(*date),
    }
}

fn holds(given: &Value, compare: Compare, bound: &ParameterValue) -> bool {
    use crate::money::Ratio;
    let given = match given {
        Value::Money(fen) => Ratio::integer(fen.0),
        Value::Count(ratio) | Value::Ratio(ratio) => *ratio,
        Value::Number(steps) => Ratio::integer(*steps),
        Value::Date(moment) => Ratio::integer(super::evaluator::days(moment.day())),
        Value::Enumeration(_) | Value::Text(_) | Value::YesNo(_) => return false,
    };
    let bound = match bound {
        ParameterValue::Money(fen) => Ratio::integer(fen.0),
        ParameterValue::Ratio(ratio) => *ratio,
        ParameterValue::Count(count) => Ratio::integer(*count),
        ParameterValue::Date(date) => Ratio::integer(super::evaluator::days(*date)),
    };
    match compare {
        Compare::AtLeast => given >= bound,
        Compare::AtMost => given <= bound,
        Compare::Over => given > bound,
        Compare::Under => given < bound,
        Compare::Equal => given == bound,
    }
}
