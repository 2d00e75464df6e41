//! What rules and limits are stated in, and what a run is given besides the claims.

use crate::claim::{Claim, Field};
use crate::reading::{self, Quotient, plain, trimmed};
use crate::scheme;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::RangeInclusive;

/// Why an input is refused: a stable code, the fields concerned, and the text or bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: &'static str,
    pub fields: Vec<Field>,
    pub detail: String,
}

impl Refusal {
    #[must_use]
    pub fn new(code: &'static str) -> Self {
        Refusal {
            code,
            fields: Vec::new(),
            detail: String::new(),
        }
    }

    #[must_use]
    pub fn of(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<&str> = self.fields.iter().map(|field| field.id()).collect();
        let parts = [self.code, &fields.join(", "), &self.detail];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        f.write_str(&said.join(": "))
    }
}

impl std::error::Error for Refusal {}

/// Why an evaluation cannot go on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stop {
    /// A rule turns on a field that the claim leaves blank.
    Blank(Field),
    /// A rule turns on a decision whose key the claim leaves blank.
    Open(Field, usize),
    /// Blank fields that change the answer
    Missing(BTreeSet<Field>),
    Refused(Box<Refusal>),
}

impl Stop {
    pub(crate) fn missing(field: Field) -> Self {
        Stop::Missing(BTreeSet::from([field]))
    }

    pub(crate) fn refused(code: &'static str) -> Self {
        Refusal::new(code).into()
    }

    /// As the caller sees it
    pub(crate) fn refusal(self) -> Refusal {
        match self {
            Stop::Blank(field) | Stop::Open(field, _) => Refusal::new("V020").of(field),
            Stop::Missing(fields) => Refusal {
                fields: fields.into_iter().collect(),
                ..Refusal::new("V020")
            },
            Stop::Refused(refusal) => *refusal,
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(Box::new(refusal))
    }
}

/// A field that a test turns on.
pub(crate) fn known<V>(value: Option<V>, field: Field) -> Result<V, Stop> {
    value.ok_or(Stop::Blank(field))
}

/// A field that an amount reads.
pub(crate) fn need<V>(value: Option<V>, field: Field) -> Result<V, Stop> {
    value.ok_or_else(|| Stop::missing(field))
}

/// The value of any field, for keys and comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value<'a> {
    /// Position in the domain
    Enumeration(u16),
    Number(i64),
    Quotient(Quotient),
    Moment(reading::Moment),
    Text(&'a str),
    YesNo(bool),
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

impl From<Quotient> for Value<'_> {
    fn from(quotient: Quotient) -> Self {
        Value::Quotient(quotient)
    }
}

impl From<reading::Moment> for Value<'_> {
    fn from(moment: reading::Moment) -> Self {
        Value::Moment(moment)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(text)
    }
}

impl From<bool> for Value<'_> {
    fn from(yes: bool) -> Self {
        Value::YesNo(yes)
    }
}

/// A set of covers, by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Covers([u64; scheme::COVER_WORDS]);

impl Covers {
    pub const NONE: Covers = Covers([0; scheme::COVER_WORDS]);
    pub const ALL: Covers = Covers([u64::MAX; scheme::COVER_WORDS]);

    pub(crate) const fn of(covers: &[usize]) -> Self {
        let mut words = [0; scheme::COVER_WORDS];
        let mut i = 0;
        while i < covers.len() {
            words[covers[i] / 64] |= 1 << (covers[i] % 64);
            i += 1;
        }
        Covers(words)
    }

    #[must_use]
    pub fn contains(&self, cover: usize) -> bool {
        self.0[cover / 64] >> (cover % 64) & 1 == 1
    }

    pub fn insert(&mut self, cover: usize) {
        self.0[cover / 64] |= 1 << (cover % 64);
    }

    pub fn remove(&mut self, cover: usize) {
        self.0[cover / 64] &= !(1 << (cover % 64));
    }

    /// How many
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is none
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Ascending
    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, mut bits)| {
            std::iter::from_fn(move || {
                let bit = bits.trailing_zeros() as usize;
                bits &= bits.wrapping_sub(1);
                (bit < 64).then_some(word * 64 + bit)
            })
        })
    }

    /// The ids of the covers, joined by `+`
    #[must_use]
    pub fn ids(self) -> String {
        let ids: Vec<&str> = self
            .iter()
            .map(|cover| crate::rules::COVERS[cover].id)
            .collect();
        ids.join("+")
    }
}

/// What amounts and decisions look up: one claim, or the claims that share a limit.
pub(crate) trait Context {
    /// The day that selects dated and decided amounts
    fn day(&self) -> Result<reading::Day, Stop>;
    /// A field that an amount reads
    fn value(&self, field: Field) -> Result<Value<'_>, Stop>;
    /// What a keyed decision is looked up by; `None` where it is blank or not determined
    fn key(&self, per: Per) -> Result<Option<Value<'_>>, Stop>;
    /// Why there is no such key
    fn no_key(&self, decision: usize) -> Stop;
    fn inputs(&self) -> &Inputs;

    fn number(&self, field: Field) -> Result<i64, Stop> {
        match self.value(field)? {
            Value::Number(number) => Ok(number),
            _ => Err(Stop::missing(field)),
        }
    }

    fn quotient(&self, field: Field) -> Result<Quotient, Stop> {
        match self.value(field)? {
            Value::Quotient(quotient) => Ok(quotient),
            _ => Err(Stop::missing(field)),
        }
    }

    /// The total premium of the settled bases
    fn premium(&self) -> Result<i64, Stop> {
        self.inputs().premium.ok_or_else(|| Stop::refused("V041"))
    }

    /// The decision as taken for what the context speaks of
    fn taken(&self, decision: usize) -> Result<Option<&Taken>, Stop> {
        let all = || {
            self.inputs()
                .decisions
                .iter()
                .filter(move |taken| taken.decision == decision)
        };
        let at_large = all().find(|taken| taken.key.is_none());
        let declared = &scheme::DECISIONS[decision];
        let mut found = at_large;
        if all().any(|taken| taken.key.is_some()) {
            match self.key(declared.per)? {
                Some(key) => {
                    let holds = |taken: &&Taken| {
                        taken
                            .key
                            .as_ref()
                            .is_some_and(|k| k.covers(declared.per, key))
                    };
                    found = all().find(holds).or(at_large);
                }
                None if at_large.is_none() => return Err(self.no_key(decision)),
                None => {}
            }
        }
        match found {
            Some(taken) if declared.from_the_day => match taken.value {
                Some(DecisionValue::Day(from)) => Ok((self.day()? >= from).then_some(taken)),
                _ => Err(Stop::refused("V042")),
            },
            found => Ok(found),
        }
    }

    fn decided(&self, decision: usize) -> Result<bool, Stop> {
        Ok(self.taken(decision)?.is_some())
    }

    /// The value that a decision carries
    fn decision_value(&self, decision: usize) -> Result<i64, Stop> {
        match self.taken(decision)?.and_then(|taken| taken.value) {
            Some(DecisionValue::Number(value)) => Ok(value),
            _ => Err(Stop::refused("V042")),
        }
    }
}

/// One claim with its inputs, as rules look it up.
pub(crate) struct Facts<'f> {
    pub claim: &'f Claim<'f>,
    pub inputs: &'f Inputs,
    /// Decisions taken for granted while they are open
    pub assumed: &'f [(usize, bool)],
}

impl Facts<'_> {
    /// Whether a decision was taken for this claim; a blank key leaves it open.
    pub(crate) fn holds(&self, decision: usize) -> Result<bool, Stop> {
        if let Some((_, taken)) = self.assumed.iter().find(|(known, _)| *known == decision) {
            return Ok(*taken);
        }
        if self.inputs.decisions.is_empty() {
            return Ok(false);
        }
        self.decided(decision).map_err(|stop| match stop {
            Stop::Missing(fields) => match fields.first() {
                Some(field) => Stop::Open(*field, decision),
                None => Stop::Missing(fields),
            },
            stop => stop,
        })
    }
}

impl Context for Facts<'_> {
    fn day(&self) -> Result<reading::Day, Stop> {
        need(self.claim.moment_of_loss(), scheme::DATE).map(|moment| moment.day)
    }

    fn value(&self, field: Field) -> Result<Value<'_>, Stop> {
        need(self.claim.raw(field), field)
    }

    fn key(&self, per: Per) -> Result<Option<Value<'_>>, Stop> {
        match per {
            Per::Term => Ok(None),
            Per::Year => match self.claim.moment_of_loss() {
                None => Ok(None),
                Some(moment) => {
                    let year = scheme::year_of(moment.day, scheme::policy_start(self.claim));
                    let first = year.ok_or_else(|| Stop::refused("V045"))?;
                    Ok(Some(Value::Number(i64::from(first.year()))))
                }
            },
            Per::Field(field) => Ok(self.claim.value(field)),
        }
    }

    fn no_key(&self, decision: usize) -> Stop {
        Stop::missing(match scheme::DECISIONS[decision].per {
            Per::Field(field) => field,
            Per::Year | Per::Term => scheme::DATE,
        })
    }

    fn inputs(&self) -> &Inputs {
        self.inputs
    }
}

/// What an authority decides.
#[derive(Debug, Clone, Copy)]
pub struct Decision {
    pub id: &'static str,
    pub per: Per,
    /// Its value is the day from which it holds.
    pub from_the_day: bool,
    pub value: Option<ValueKind>,
}

/// What a decision is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    Term,
    Year,
    Field(Field),
}

/// What value a decision carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    Date,
    Money,
    Ratio,
    Count,
}

/// What is known besides the claims.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    pub decisions: Vec<Taken>,
    /// Total premium of the settled bases, in 分
    pub premium: Option<i64>,
    /// What was paid before, in 分, by claim
    pub earlier: Option<HashMap<String, i64>>,
}

/// A decision that was taken, for a key or at large.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// Position among the scheme's decisions
    pub decision: usize,
    pub key: Option<DecisionKey>,
    pub value: Option<DecisionValue>,
}

/// What a decision was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionKey {
    /// The calendar year in which the insured year begins
    Year(i64),
    /// Position in the domain; it stands for the values below it too.
    Value(u16),
    Text(String),
}

/// The value that a decision carries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DecisionValue {
    Day(reading::Day),
    /// 分, or units
    Number(i64),
    Ratio(Quotient),
}

impl DecisionKey {
    fn covers(&self, per: Per, key: Value<'_>) -> bool {
        match (self, key, per) {
            (DecisionKey::Value(above), Value::Enumeration(value), Per::Field(field)) => {
                let up = std::iter::successors(Some(value), |value| field.parent(*value));
                up.take(usize::from(u16::MAX)).any(|value| value == *above)
            }
            (DecisionKey::Year(year), Value::Number(of), _) => *year == of,
            (DecisionKey::Text(text), Value::Text(of), _) => text == of,
            _ => false,
        }
    }
}

impl Inputs {
    /// Adds decisions as `NAME`, `NAME@KEY`, `NAME=VALUE` or `NAME@KEY=VALUE`.
    ///
    /// # Errors
    /// An unknown name (V050), a key (V051) or value (V052) that the decision does not take, one given twice (V053).
    pub fn decide<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> Result<(), Refusal> {
        for text in texts {
            let taken = Taken::read(text)?;
            let same = |t: &Taken| t.decision == taken.decision && t.key == taken.key;
            if self.decisions.iter().any(same) {
                return Err(Refusal::new("V053").with(text));
            }
            self.decisions.push(taken);
        }
        Ok(())
    }
}

impl Taken {
    fn read(text: &str) -> Result<Self, Refusal> {
        let (head, value) = match text.split_once(['=', '＝']) {
            Some((head, value)) => (head, Some(trimmed(value))),
            None => (text, None),
        };
        let (name, key) = match head.split_once(['@', '＠']) {
            Some((name, key)) => (trimmed(name), Some(trimmed(key))),
            None => (trimmed(head), None),
        };
        let named = scheme::DECISIONS
            .iter()
            .position(|decision| decision.id == name);
        let decision = named.ok_or_else(|| Refusal::new("V050").with(name))?;
        let declared = &scheme::DECISIONS[decision];
        Ok(Taken {
            decision,
            key: key.map(|key| declared.key(key)).transpose()?,
            value: declared.value_of(value)?,
        })
    }
}

impl Decision {
    fn key(&self, text: &str) -> Result<DecisionKey, Refusal> {
        let refused = || Refusal::new("V051").with(self.id);
        match self.per {
            Per::Term => Err(refused()),
            Per::Year => {
                let year = plain(text);
                let year = year.strip_suffix('年').unwrap_or(&year);
                let digits = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
                let year = year.parse().ok().filter(|_| digits);
                year.map(DecisionKey::Year).ok_or_else(refused)
            }
            Per::Field(field) if field.is_enumeration() => {
                let mut claim = Claim::default();
                claim.set(field, text).map_err(|_| refused())?;
                match claim.raw(field) {
                    Some(Value::Enumeration(value)) => Ok(DecisionKey::Value(value)),
                    _ => Err(refused()),
                }
            }
            Per::Field(_) if text.is_empty() => Err(refused()),
            Per::Field(_) => Ok(DecisionKey::Text(text.to_owned())),
        }
    }

    fn value_of(&self, text: Option<&str>) -> Result<Option<DecisionValue>, Refusal> {
        let refused = || Refusal::new("V052").with(self.id);
        let (kind, text) = match (self.value, text) {
            (None, None) => return Ok(None),
            (Some(kind), Some(text)) => (kind, text),
            _ => return Err(refused()),
        };
        let value = match kind {
            ValueKind::Date => reading::moment(text).map(|moment| DecisionValue::Day(moment.day)),
            ValueKind::Money => reading::money_worded(text).map(DecisionValue::Number),
            ValueKind::Ratio => reading::ratio(text).map(DecisionValue::Ratio),
            ValueKind::Count => {
                reading::count(text, reading::Part::Refused).map(DecisionValue::Number)
            }
        };
        value.map(Some).map_err(|_| refused())
    }
}

/// One step on the way to an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub rule: &'static str,
    /// 分 after the step, rounded half up for showing
    pub amount: i64,
    pub article: &'static str,
}

/// Takes down the steps of a pipeline.
pub(crate) trait Trace {
    fn step(&mut self, rule: &'static str, value: i128, denominator: i128, article: &'static str);
}

/// Takes nothing down.
pub(crate) struct Untraced;

impl Trace for Untraced {
    #[inline]
    fn step(&mut self, _: &'static str, _: i128, _: i128, _: &'static str) {}
}

impl Trace for Vec<Step> {
    fn step(&mut self, rule: &'static str, value: i128, denominator: i128, article: &'static str) {
        let amount = rounded(value, denominator).unwrap_or(i64::MAX);
        self.push(Step {
            rule,
            amount,
            article,
        });
    }
}

/// ⌊(2v + d) / 2d⌋: to whole 分, half up; what 64 bits do not hold is refused.
#[inline]
pub(crate) fn rounded(value: i128, denominator: i128) -> Result<i64, Stop> {
    let whole = match denominator {
        1 => Some(value),
        d => d
            .checked_mul(2)
            .zip(value.checked_mul(2))
            .and_then(|(twice, value)| value.checked_add(d).map(|value| value.div_euclid(twice))),
    };
    whole
        .and_then(|whole| i64::try_from(whole).ok())
        .ok_or_else(|| Stop::refused("V044"))
}

/// An amount or a count that a field may hold
pub(crate) fn in_range(
    value: Option<i64>,
    range: RangeInclusive<i64>,
    field: Field,
) -> Result<(), Refusal> {
    match value {
        Some(value) if value < *range.start() => Err(Refusal::new("V005").of(field)),
        Some(value) if value > *range.end() => Err(Refusal::new("V007").of(field)),
        _ => Ok(()),
    }
}

/// Steps of a precision that a field may hold
pub(crate) fn on_grid(
    value: Option<i64>,
    range: RangeInclusive<i64>,
    field: Field,
) -> Result<(), Refusal> {
    match value {
        Some(value) if !range.contains(&value) => Err(Refusal::new("V009").of(field)),
        _ => Ok(()),
    }
}

/// A product that is refused where 128 bits do not hold it.
pub(crate) fn times(a: i128, b: i128) -> Result<i128, Stop> {
    a.checked_mul(b).ok_or_else(|| Stop::refused("V044"))
}

/// A sum of amounts; what 64 bits do not hold is refused.
pub(crate) fn total(amounts: impl IntoIterator<Item = i64>) -> Result<i64, Stop> {
    let sum = amounts.into_iter().try_fold(0i64, i64::checked_add);
    sum.ok_or_else(|| Stop::refused("V044"))
}
