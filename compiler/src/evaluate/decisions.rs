//! `--decide NAME[@KEY][=VALUE]` → decisions taken (SEMANTICS §4.9).

use super::model::{DecidedKey, Decisions, Refusal, Taken, Value};
use super::record::Reader;
use super::text::{plain, trimmed};
use crate::plan::{Decision, DecisionId, DecisionKey, ExampleDecision, FactKind, ParameterKind, ParameterValue, Plan};
use anlan_lang::diag::codes;
use anlan_lang::nearest::nearest;
use anlan_lang::tree::DecisionEffect;

impl Decisions {
    /// Reads decisions as the command line gives them.
    ///
    /// # Errors
    /// An unknown name, a key or value that the decision does not take, or one given twice.
    pub fn parse<'t>(plan: &Plan, texts: impl IntoIterator<Item = &'t str>) -> Result<Self, Refusal> {
        let reader = Reader::new(plan);
        let mut decisions = Decisions::default();
        for text in texts {
            let taken = read(plan, &reader, text)?;
            decisions.add(plan, taken)?;
        }
        Ok(decisions)
    }

    /// The decisions of an example.
    ///
    /// # Errors
    /// As [`Decisions::parse`].
    pub fn of_example(plan: &Plan, decided: &[ExampleDecision]) -> Result<Self, Refusal> {
        let reader = Reader::new(plan);
        let mut decisions = Decisions::default();
        for example in decided {
            let (id, declared) = (example.decision, declared(plan, example.decision)?);
            let key = match &example.key {
                Some(key) => Some(read_key(plan, &reader, declared, key)?),
                None => None,
            };
            decisions.add(
                plan,
                Taken {
                    decision: id,
                    key,
                    value: example.value.clone(),
                },
            )?;
        }
        Ok(decisions)
    }

    fn add(&mut self, plan: &Plan, taken: Taken) -> Result<(), Refusal> {
        if self
            .taken
            .iter()
            .any(|t| t.decision == taken.decision && t.key == taken.key)
        {
            let id = declared(plan, taken.decision)?.id.as_str();
            return Err(Refusal::new(codes::V053).arg("name", id));
        }
        self.taken.push(taken);
        Ok(())
    }
}

fn declared(plan: &Plan, id: DecisionId) -> Result<&Decision, Refusal> {
    plan.decisions
        .get(id.index())
        .ok_or_else(|| Refusal::new(codes::V050).value(""))
}

fn read(plan: &Plan, reader: &Reader, text: &str) -> Result<Taken, Refusal> {
    let (head, value) = match text.split_once(['=', '＝']) {
        Some((head, value)) => (head, Some(trimmed(value))),
        None => (text, None),
    };
    let (name, key) = match head.split_once(['@', '＠']) {
        Some((name, key)) => (trimmed(name), Some(trimmed(key))),
        None => (trimmed(head), None),
    };
    let position = plan.decisions.iter().position(|d| d.id == name);
    let (id, declared) = match position.and_then(|i| Some((DecisionId::from(i), plan.decisions.get(i)?))) {
        Some(found) => found,
        None => return Err(unknown(plan, name)),
    };
    let key = match key {
        Some(key) => Some(read_key(plan, reader, declared, key)?),
        None => None,
    };
    Ok(Taken {
        decision: id,
        key,
        value: read_value(declared, trimmed(head), value)?,
    })
}

fn unknown(plan: &Plan, name: &str) -> Refusal {
    let refusal = Refusal::new(codes::V050).value(name);
    let names = || plan.decisions.iter().map(|d| d.id.as_str());
    match nearest(name, names()) {
        Some(near) => refusal.arg("near", near).helped("near"),
        None if plan.decisions.is_empty() => refusal.helped("none"),
        None => refusal.arg("known", names().map(str::to_owned).collect::<Vec<_>>()),
    }
}

fn read_key(plan: &Plan, reader: &Reader, declared: &Decision, text: &str) -> Result<DecidedKey, Refusal> {
    let refused = |help| {
        Refusal::new(codes::V051)
            .arg("name", declared.id.as_str())
            .value(text)
            .helped(help)
    };
    match declared.per {
        DecisionKey::Term => Err(refused("term")),
        DecisionKey::Year => {
            let year = plain(text);
            let year = year.strip_suffix('年').unwrap_or(&year);
            let digits = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
            year.parse()
                .ok()
                .filter(|_| digits)
                .map(DecidedKey::Year)
                .ok_or_else(|| refused("year"))
        }
        DecisionKey::Event if text.is_empty() => Err(refused("event")),
        DecisionKey::Event => Ok(DecidedKey::Text(text.to_owned())),
        DecisionKey::Fact(fact) => match plan.facts.get(fact.index()) {
            Some(of) if matches!(of.kind, FactKind::Enumeration { .. }) => match reader.value(of, text) {
                Ok(Value::Enumeration(value)) => Ok(DecidedKey::Value(value)),
                _ => Err(refused("fact").arg("field", &of.name)),
            },
            Some(of) if text.is_empty() => Err(refused("fact").arg("field", &of.name)),
            _ => Ok(DecidedKey::Text(text.to_owned())),
        },
    }
}

/// A decision that an amount needs and that has not been taken, or not with its value (V042).
pub(crate) fn not_taken(plan: &Plan, decision: DecisionId) -> Refusal {
    let refusal = Refusal::new(codes::V042);
    let Some(declared) = plan.decisions.get(decision.index()) else {
        return refusal.arg("name", "");
    };
    let refusal = refusal.arg("name", declared.id.as_str());
    match declared.per {
        DecisionKey::Term => refusal,
        DecisionKey::Year => refusal.helped("year"),
        DecisionKey::Event => refusal.helped("event"),
        DecisionKey::Fact(fact) => match plan.facts.get(fact.index()) {
            Some(fact) => refusal.arg("field", &fact.name).helped("fact"),
            None => refusal,
        },
    }
}

/// The value of a decision; `option` is what stands before its `=`.
fn read_value(declared: &Decision, option: &str, text: Option<&str>) -> Result<Option<ParameterValue>, Refusal> {
    let kind = match declared.effect {
        // The value is the day from which it holds.
        DecisionEffect::FromTheDay => Some(&ParameterKind::Date),
        DecisionEffect::WholePeriod => declared.value.as_ref(),
    };
    let refused = |help| {
        let refusal = Refusal::new(codes::V052)
            .arg("name", declared.id.as_str())
            .arg("option", option);
        refusal.value(text.unwrap_or_default()).helped(help)
    };
    match (kind, text) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(refused("none")),
        (Some(kind), None) => Err(refused(expected(kind))),
        (Some(kind), Some(text)) => value(kind, text).map(Some).ok_or_else(|| refused(expected(kind))),
    }
}

fn expected(kind: &ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Money => "money",
        ParameterKind::Ratio => "ratio",
        ParameterKind::Count => "count",
        ParameterKind::Date => "date",
        // No decision carries these.
        ParameterKind::Table { .. } | ParameterKind::List { .. } => "none",
    }
}

fn value(kind: &ParameterKind, text: &str) -> Option<ParameterValue> {
    use super::record::{count, moment, money_worded, ratio};
    match kind {
        ParameterKind::Money => money_worded(text).ok().map(ParameterValue::Money),
        ParameterKind::Ratio => ratio(text).ok().map(ParameterValue::Ratio),
        ParameterKind::Count => {
            let counted = count(text, None).ok()?;
            i64::try_from(counted.numerator()).ok().map(ParameterValue::Count)
        }
        ParameterKind::Date => moment(text).map(|m| ParameterValue::Date(m.day())),
        ParameterKind::Table { .. } | ParameterKind::List { .. } => None,
    }
}
