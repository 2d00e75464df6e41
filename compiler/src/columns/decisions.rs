//! Decisions as they were taken, ready to be looked up (SEMANTICS §4.9).

#![allow(
    clippy::indexing_slicing,
    reason = "decisions are numbered by the program that sized the lists here"
)]

use super::amount::Quantity;
use super::decide::Stop;
use super::encode::{Encoder, day_number};
use crate::emit::program::{Per, Program};
use crate::evaluate::{DecidedKey, Decisions, Refusal};
use crate::plan::ParameterValue;
use anlan_lang::diag::codes;

/// What a decision is looked up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The calendar year in which the insured year begins
    Year(i64),
    /// A value of the key fact's domain
    Value(u16),
    /// An interned text of the key fact
    Text(u32),
}

/// One decision taken.
#[derive(Debug, Clone)]
pub struct Entry {
    pub value: Option<Quantity>,
    /// The day from which it holds, `yyyymmdd`
    from: Option<i64>,
    keys: Option<Keys>,
}

#[derive(Debug, Clone)]
enum Keys {
    One(Key),
    /// The value and all below it
    Values(Vec<bool>),
}

/// All decisions taken.
#[derive(Debug)]
pub struct Taken {
    declared: Vec<Declared>,
}

#[derive(Debug)]
struct Declared {
    pub id: String,
    pub per: Per,
    from_the_day: bool,
    entries: Vec<Entry>,
}

/// What a look-up needs to know of the record or group.
pub trait Subject {
    fn day(&self) -> Result<i64, Stop>;
    /// `None` where it is blank or not determined
    fn key(&self, per: Per) -> Result<Option<Key>, Stop>;
    /// Why there is no such key
    fn no_key(&self, decision: &str) -> Stop;
}

impl Taken {
    pub fn new(program: &Program, decisions: &Decisions, encoder: &mut Encoder) -> Self {
        let declared = program.decisions.iter().enumerate().map(|(at, decision)| Declared {
            id: decision.id.clone(),
            per: decision.per,
            from_the_day: decision.from_the_day,
            entries: {
                let taken = decisions.taken.iter().filter(|t| t.decision.index() == at);
                taken
                    .map(|taken| Entry {
                        value: taken.value.as_ref().and_then(number),
                        from: match &taken.value {
                            Some(ParameterValue::Date(day)) => Some(day_number(*day)),
                            _ => None,
                        },
                        keys: taken.key.as_ref().map(|key| keys(program, decision.per, key, encoder)),
                    })
                    .collect()
            },
        });
        Taken {
            declared: declared.collect(),
        }
    }

    /// Whether it is the same for every record: taken at large for the whole period, or not at all.
    pub fn settled(&self, decision: usize) -> Option<bool> {
        let declared = self.declared.get(decision)?;
        match declared.entries.as_slice() {
            [] => Some(false),
            entries if declared.from_the_day || entries.iter().any(|e| e.keys.is_some()) => None,
            _ => Some(true),
        }
    }

    /// The decision as taken for the subject.
    pub fn find(&self, decision: usize, subject: &dyn Subject) -> Result<Option<&Entry>, Stop> {
        let Some(declared) = self.declared.get(decision) else {
            return Ok(None);
        };
        let at_large = declared.entries.iter().find(|e| e.keys.is_none());
        let keyed = || declared.entries.iter().filter(|e| e.keys.is_some());
        let found = if keyed().next().is_none() {
            at_large
        } else {
            match subject.key(declared.per)? {
                Some(key) => keyed().find(|e| e.holds_for(key)).or(at_large),
                None if at_large.is_none() => return Err(subject.no_key(&declared.id)),
                None => at_large,
            }
        };
        match found {
            Some(entry) if declared.from_the_day => match entry.from {
                Some(from) => Ok((subject.day()? >= from).then_some(entry)),
                None => Err(self.no_value(decision)),
            },
            found => Ok(found),
        }
    }

    /// Refuses the run for a decision without the value that is read.
    pub fn no_value(&self, decision: usize) -> Stop {
        let id = self.declared.get(decision).map_or("", |d| d.id.as_str());
        Stop::Run(Box::new(Refusal::new(codes::V042).arg("name", id)))
    }
}

impl Entry {
    fn holds_for(&self, key: Key) -> bool {
        match (&self.keys, key) {
            (Some(Keys::Values(values)), Key::Value(value)) => values.get(usize::from(value)).copied().unwrap_or(false),
            (Some(Keys::One(taken)), key) => *taken == key,
            _ => false,
        }
    }
}

fn number(value: &ParameterValue) -> Option<Quantity> {
    match value {
        ParameterValue::Money(fen) => Some(Quantity::whole(fen.0)),
        ParameterValue::Count(count) => Some(Quantity::whole(*count)),
        ParameterValue::Ratio(ratio) => Some(Quantity {
            n: ratio.numerator(),
            m: ratio.denominator(),
        }),
        ParameterValue::Date(_) => None,
    }
}

fn keys(program: &Program, per: Per, key: &DecidedKey, encoder: &mut Encoder) -> Keys {
    match key {
        DecidedKey::Year(year) => Keys::One(Key::Year(i64::from(*year))),
        DecidedKey::Text(text) => {
            let fact = match per {
                Per::Fact(fact) => Some(fact),
                _ => program.known.event,
            };
            Keys::One(Key::Text(fact.map_or(0, |fact| encoder.intern(fact, text))))
        }
        DecidedKey::Value(above) => {
            let domain = match per {
                Per::Fact(fact) => program.values(fact),
                _ => &[],
            };
            let within = |value: usize| {
                std::iter::successors(Some(value), |v| domain.get(*v).and_then(|v| v.parent))
                    .take(domain.len())
                    .any(|v| v == above.index())
            };
            Keys::Values((0..domain.len()).map(within).collect())
        }
    }
}
