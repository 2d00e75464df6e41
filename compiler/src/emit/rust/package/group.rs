//! The lines that share one limit: the order in which they are served, and what each keeps.

use crate::acceptance::{Accepted, Injury, PreparedLine};
use crate::book::{Book, BookLine};
use crate::claim::Field;
use crate::limits::{Key, Limit, Rule, Tier};
use crate::model::{Context, Inputs, Per, Refusal, Stop, Value, total};
use crate::reading::Day;
use crate::scheme;

/// Part of a group's key
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyPart<'a> {
    Value(Option<Value<'a>>),
    Year(Day),
}

/// A group's key, with its lines as positions in the total order
pub type Keyed<'a> = (Vec<KeyPart<'a>>, Vec<usize>);

/// The lines that share one limit, as amounts and decisions look them up.
pub struct Group<'b, 'a> {
    pub book: &'b Book<'a>,
    pub limit: &'b Limit,
    pub key: Vec<KeyPart<'a>>,
    pub lines: &'b [usize],
}

impl<'a> Group<'_, 'a> {
    fn members(&self) -> impl Iterator<Item = (&BookLine, &Accepted<'a>, &PreparedLine)> {
        let book = self.book;
        self.lines.iter().filter_map(move |at| {
            let line = &book.lines[*at];
            let (accepted, prepared) = book.of(line)?;
            Some((line, accepted, prepared))
        })
    }

    /// What each line keeps; empty where the limit does not bind.
    pub fn kept(&self, index: usize, bound: i64) -> Result<Vec<(usize, i64)>, Stop> {
        let left = |at: &usize| self.book.lines[*at].left;
        let whole = total(self.lines.iter().map(left))?;
        let binds = if self.limit.rule == Rule::Less {
            bound > 0
        } else {
            bound < whole
        };
        if !binds {
            return Ok(Vec::new());
        }
        let mut order: Vec<usize> = self
            .lines
            .iter()
            .copied()
            .filter(|at| left(at) > 0)
            .collect();
        if !self.limit.exhaustion_stated && order.len() > 1 {
            return Err(Refusal::new("V043").with(self.limit.id).into());
        }
        // Stable, so that within a tier the total order stays.
        order.sort_by_cached_key(|at| self.tier(index, *at));
        let same = |a: &usize, b: &usize| self.tier(index, *a) == self.tier(index, *b);
        let sizes: Vec<usize> = order.chunk_by(same).map(<[usize]>::len).collect();
        let amounts: Vec<i64> = order.iter().map(left).collect();
        let kept = self.limit.share_out(bound, &amounts, &sizes)?;
        Ok(order.into_iter().zip(kept).collect())
    }

    /// The order in which a line is served
    fn tier(&self, index: usize, at: usize) -> Vec<Served<'a>> {
        let line = &self.book.lines[at];
        let Some((accepted, prepared)) = self.book.of(line) else {
            return Vec::new();
        };
        let ranks = prepared.ranks[index].as_deref().unwrap_or(&[]);
        let tiers = self.limit.tiers.iter().enumerate();
        tiers
            .map(|(position, tier)| match tier {
                Tier::Date => Served::On(accepted.day),
                Tier::Event => Served::In(accepted.claim.event_of().unwrap_or("")),
                Tier::Claim => Served::At(self.book.places[line.row]),
                Tier::Rank(_) => Served::At(ranks.get(position).copied().unwrap_or(0)),
            })
            .collect()
    }

    /// What a line would keep by itself
    pub fn alone(&self, at: usize, bound: i64, raised: Option<Injury>) -> i64 {
        let line = &self.book.lines[at];
        if self.limit.rule != Rule::Largest {
            return self.limit.share_of_one(bound, line.alone);
        }
        let injury = self.book.of(line).and_then(|(_, prepared)| prepared.injury);
        match (injury, raised) {
            (Some(injury), Some(heaviest)) if injury.severity == heaviest.severity => {
                heaviest.raised
            }
            _ => line.alone,
        }
    }

    /// The heaviest severity and the benefit one grade above, where it occurs twice or more.
    pub fn raised(&self) -> Option<Injury> {
        let injuries: Vec<Injury> = self
            .members()
            .filter_map(|(_, _, line)| line.injury)
            .collect();
        let heaviest = injuries.iter().map(|injury| injury.severity).min()?;
        let mut of_heaviest = injuries
            .into_iter()
            .filter(|injury| injury.severity == heaviest);
        let first = of_heaviest.next()?;
        let raised = of_heaviest
            .map(|injury| injury.raised)
            .max()?
            .max(first.raised);
        Some(Injury {
            severity: heaviest,
            raised,
        })
    }

    /// The one value that all lines have; `None` where they differ or one has none.
    fn common(&self, of: impl Fn(&Accepted<'a>) -> Option<Value<'a>>) -> Option<Value<'a>> {
        let mut values = self.members().map(|(_, accepted, _)| of(accepted));
        let first = values.next()??;
        values.all(|value| value == Some(first)).then_some(first)
    }

    fn year(&self) -> Option<Day> {
        self.key.iter().find_map(|part| match part {
            KeyPart::Year(first) => Some(*first),
            KeyPart::Value(_) => None,
        })
    }

    /// First day of the group's event, where the limit is counted by it
    fn event_day(&self) -> Option<Day> {
        let event = Key::Field(scheme::EVENT?);
        let at = self.limit.keys.iter().position(|key| *key == event)?;
        match self.key.get(at)? {
            KeyPart::Value(Some(Value::Text(event))) => self.book.first_days.get(event).copied(),
            _ => None,
        }
    }
}

/// Part of the order in which lines are served
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Served<'a> {
    On(Day),
    In(&'a str),
    At(usize),
}

impl Context for Group<'_, '_> {
    fn day(&self) -> Result<Day, Stop> {
        let day = self
            .event_day()
            .or_else(|| self.year())
            .or(scheme::FIRST_DAY);
        day.ok_or_else(|| Stop::refused("V045"))
    }

    /// A limit over a group reads no claim's field, unless all lines agree.
    fn value(&self, field: Field) -> Result<Value<'_>, Stop> {
        let mut values = self
            .members()
            .map(|(_, accepted, _)| accepted.claim.value(field));
        let first = values
            .next()
            .flatten()
            .ok_or_else(|| Stop::missing(field))?;
        if values.all(|value| value == Some(first)) {
            return Ok(first);
        }
        Err(Refusal::new("V049").of(field).with(self.limit.id).into())
    }

    fn key(&self, per: Per) -> Result<Option<Value<'_>>, Stop> {
        let number = |first: Day| Value::Number(i64::from(first.year()));
        Ok(match per {
            Per::Term => None,
            Per::Year => match self.year() {
                Some(first) => Some(number(first)),
                None => self.common(|accepted| self.book.year(accepted).map(number)),
            },
            Per::Field(field) => self.common(|accepted| accepted.claim.value(field)),
        })
    }

    fn no_key(&self, decision: usize) -> Stop {
        let name = scheme::DECISIONS[decision].id;
        Refusal::new("V048")
            .with(format!("{}, {name}", self.limit.id))
            .into()
    }

    fn inputs(&self) -> &Inputs {
        self.book.inputs
    }
}
