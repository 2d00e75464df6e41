//! What a model means: which covers a claim meets, what each is worth, and which of them pays (SEMANTICS §2, §3).
//! Written from the semantics alone; no part of the compiler is used.

use super::model::*;
use std::collections::BTreeSet;

/// One claim with every fact given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub peril: usize,
    pub cause: Option<usize>,
    pub role: usize,
    pub liable: usize,
    pub yes: [bool; 2],
    pub depth: i64,
    pub harm: Harm,
    pub grade: usize,
    pub damage: usize,
    pub expense: i64,
    pub loss: i64,
    /// [`MONTH`] to one
    pub months: i64,
}

impl Default for Claim {
    fn default() -> Self {
        Claim {
            peril: PERILS.len() - 1,
            cause: None,
            role: 0,
            liable: 0,
            yes: [false; 2],
            depth: 0,
            harm: Harm::Death,
            grade: 0,
            damage: 0,
            expense: 0,
            loss: 0,
            months: 0,
        }
    }
}

/// What a document leaves to others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// For the claim's event, or for its peril
    pub decided: Vec<bool>,
    /// 分, or per cent
    pub parameters: Vec<i64>,
    pub year: i16,
}

/// A value and everything below it in a list of named values.
pub fn names(tree: &[Node], listed: &[usize], value: usize) -> bool {
    listed
        .iter()
        .any(|named| value == *named || tree[value].1 == Some(*named))
}

impl World {
    /// Peril, role and condition hold.
    pub fn meets(&self, cover: usize, claim: &Claim, given: &Given) -> bool {
        let cover = &self.covers[cover];
        let peril = cover
            .perils
            .as_ref()
            .is_none_or(|refs| refs.iter().any(|peril| self.listed(peril, claim, given)));
        peril
            && (cover.roles.is_empty() || names(ROLES, &cover.roles, claim.role))
            && cover.condition.as_ref().is_none_or(|c| self.holds(c, claim, given))
    }

    fn listed(&self, peril: &PerilRef, claim: &Claim, given: &Given) -> bool {
        match peril {
            PerilRef::Peril(peril, cause) => {
                names(PERILS, &[*peril], claim.peril)
                    && cause.is_none_or(|cause| claim.cause.is_some_and(|c| names(PERILS, &[cause], c)))
            }
            PerilRef::Group(group) => {
                let group = &self.groups[*group];
                names(PERILS, &group.perils, claim.peril)
                    || group.opened_by.is_some_and(|decision| given.decided[decision])
            }
        }
    }

    pub fn holds(&self, condition: &Condition, claim: &Claim, given: &Given) -> bool {
        match condition {
            Condition::Liable { not, values } => {
                let treated = self.treat && values.contains(&NOT_FOUND) && !values.contains(&NONE);
                (values.contains(&claim.liable) || (treated && claim.liable == NONE)) != *not
            }
            Condition::Role { not, values } => names(ROLES, values, claim.role) != *not,
            Condition::Peril { not, values } => names(PERILS, values, claim.peril) != *not,
            Condition::Quantity(quantity, compare, value) => {
                let is = claim.quantity(*quantity);
                match compare {
                    Compare::AtLeast => is >= *value,
                    Compare::AtMost => is <= *value,
                    Compare::Over => is > *value,
                    Compare::Under => is < *value,
                }
            }
            Condition::Yes(fact) => claim.yes[*fact],
            Condition::Decided(decision) => given.decided[*decision],
            Condition::And(parts) => parts.iter().all(|part| self.holds(part, claim, given)),
            Condition::Or(parts) => parts.iter().any(|part| self.holds(part, claim, given)),
            Condition::Not(part) => !self.holds(part, claim, given),
        }
    }

    pub fn money(&self, amount: &Money, given: &Given) -> i64 {
        match amount {
            Money::Fen(fen) => *fen,
            Money::Parameter(parameter) => given.parameters[*parameter],
        }
    }

    /// What a cover pays for a claim that stands alone, in 分, own caps included. `None`: the file does not say (a gap
    /// in a table), or the cover has no row for the harm.
    pub fn worth(&self, cover: usize, claim: &Claim, given: &Given) -> Option<i64> {
        let schedule = self.covers[cover].schedule;
        let (_, row) = self.row(schedule, claim.harm)?;
        let mut value = self.pays(row, claim, given)?;
        if let Some((_, (harms, cap))) = self.combined(schedule)
            && harms.contains(&claim.harm)
        {
            value = value.min(*cap);
        }
        Some(value)
    }

    /// What a row pays for a claim, rounded to 分.
    pub fn pays(&self, row: &Row, claim: &Claim, given: &Given) -> Option<i64> {
        let mut value = self.start(&row.start, claim, given)?;
        for step in &row.steps {
            value = self.step(step, value, given);
        }
        Some(round(value, 1, Mode::HalfUp))
    }

    pub fn start(&self, start: &Start, claim: &Claim, given: &Given) -> Option<Exact> {
        let exact = |fen: i64| Exact::from(fen) * SCALE;
        Some(match start {
            Start::Fixed(amount) => exact(self.money(amount, given)),
            Start::Table { table, column } => exact(self.cell(*table, *column, claim)?),
            Start::TableOf { table, of } => {
                exact(self.money(of, given)) * Exact::from(self.cell(*table, 0, claim)?) / 100
            }
            Start::Actual(quantity) => exact(claim.quantity(*quantity)),
            Start::Months { rate, most } => {
                let months = most.map_or(claim.months, |most| claim.months.min(most * MONTH));
                exact(*rate) * Exact::from(months) / Exact::from(MONTH)
            }
            Start::Nothing => 0,
        })
    }

    pub fn step(&self, step: &Step, value: Exact, given: &Given) -> Exact {
        let exact = |amount: &Money| Exact::from(self.money(amount, given)) * SCALE;
        match step {
            Step::Less(amount) => (value - exact(amount)).max(0),
            Step::UpTo(amount) => value.min(exact(amount)),
            Step::AtLeast(amount) => value.max(exact(amount)),
            Step::Share(Share::Of(n, d)) => value * Exact::from(*n) / Exact::from(*d),
            Step::Share(Share::Parameter(parameter)) => value * Exact::from(given.parameters[*parameter]) / 100,
            Step::Round(unit, mode) => Exact::from(round(value, *unit, *mode)) * SCALE,
        }
    }

    /// The cell of the first row that holds the claim's value.
    fn cell(&self, table: usize, column: usize, claim: &Claim) -> Option<i64> {
        let table = &self.tables[table];
        let holds = |key: &Key| match (key, table.by) {
            (Key::Values(values), By::Grade) => values.contains(&claim.grade),
            (Key::Values(values), By::Damage) => values.contains(&claim.damage),
            (Key::Interval(from, below), By::Quantity(quantity)) => within(*from, *below, claim.quantity(quantity)),
            _ => false,
        };
        let row = table.rows.iter().find(|(key, _)| holds(key));
        let row = row.or_else(|| table.rows.iter().find(|(key, _)| *key == Key::Otherwise));
        row.and_then(|(_, cells)| cells.get(column).copied())
    }

    /// a over b, whether written or through others.
    pub fn over(&self, a: usize, b: usize) -> bool {
        self.meetings
            .iter()
            .any(|(x, y, how)| *how == Meeting::Over && *x == a && (*y == b || self.over(*y, b)))
    }
    pub fn joined(&self, a: usize, b: usize, how: Meeting) -> bool {
        self.meetings.contains(&(a.min(b), a.max(b), how))
    }
    /// The covers that apply to a claim and that no other of them is over.
    pub fn candidates(&self, claim: &Claim, given: &Given) -> Vec<usize> {
        let applying: Vec<usize> = (0..self.covers.len())
            .filter(|cover| {
                self.row(self.covers[*cover].schedule, claim.harm).is_some() && self.meets(*cover, claim, given)
            })
            .collect();
        self.unbeaten(&applying)
    }
    pub fn unbeaten(&self, applying: &[usize]) -> Vec<usize> {
        let beaten = |cover: &usize| applying.iter().any(|other| self.over(*other, *cover));
        applying.iter().copied().filter(|cover| !beaten(cover)).collect()
    }
    /// The pairs of cover and harm with a row.
    pub fn benefits(&self) -> Vec<(usize, Harm)> {
        let has = |cover: usize, harm: Harm| self.row(self.covers[cover].schedule, harm).is_some();
        (0..self.covers.len())
            .flat_map(|cover| Harm::ALL.iter().map(move |harm| (cover, *harm)))
            .filter(|(cover, harm)| has(*cover, *harm))
            .collect()
    }
    /// A line of this cover and harm comes under the limit.
    pub fn under(&self, limit: usize, cover: usize, harm: Harm) -> bool {
        let limit = &self.limits[limit];
        limit.covers.as_ref().is_none_or(|covers| covers.contains(&cover))
            && limit.harms.as_ref().is_none_or(|harms| harms.contains(&harm))
    }
    /// For each peril or group that a cover lists, every peril that it stands for.
    pub fn peril_words(&self, cover: &Cover) -> Vec<Vec<usize>> {
        let word = |peril: &PerilRef| {
            let named = match peril {
                PerilRef::Peril(peril, _) => vec![*peril],
                PerilRef::Group(group) => self.groups[*group].perils.clone(),
            };
            named.into_iter().flat_map(|peril| below(PERILS, peril)).collect()
        };
        cover.perils.iter().flatten().map(word).collect()
    }
    /// The covers that pay for a death beside a cover, or in its stead, where both apply.
    pub fn joined_for_death(&self, cover: usize) -> Vec<usize> {
        let mut joined = BTreeSet::new();
        for (a, b, meeting) in &self.meetings {
            if *meeting != Meeting::Over {
                joined.extend(
                    [(*a, *b), (*b, *a)]
                        .iter()
                        .filter(|(one, _)| *one == cover)
                        .map(|(_, other)| *other),
                );
            }
        }
        // What stands over a cover, and over that.
        let mut below = vec![cover];
        while let Some(under) = below.pop() {
            for (a, b, meeting) in &self.meetings {
                if *meeting == Meeting::Over && *b == under && joined.insert(*a) {
                    below.push(*a);
                }
            }
        }
        let pays = |other: &usize| {
            let row = self.row(self.covers[*other].schedule, Harm::Death);
            *other != cover && row.is_some_and(|(_, row)| row.start != Start::Nothing)
        };
        joined.into_iter().filter(pays).collect()
    }
    /// What a limit lets through.
    pub fn allowed(&self, limit: usize, given: &Given) -> i64 {
        let limit = &self.limits[limit];
        let base = limit
            .dated
            .iter()
            .rev()
            .find(|(year, _)| given.year >= *year)
            .map_or_else(|| self.money(&limit.amount, given), |(_, amount)| *amount);
        match limit.raised {
            Some((raised, decision)) if given.decided[decision] => raised,
            _ => base,
        }
    }
}

impl Claim {
    pub fn quantity(&self, quantity: Quantity) -> i64 {
        match quantity {
            Quantity::Expense => self.expense,
            Quantity::Loss => self.loss,
            Quantity::Depth => self.depth,
            Quantity::Months => self.months,
        }
    }
}

/// Whether a number lies between the ends of a row.
pub fn within(from: Option<Edge>, below: Option<Edge>, value: i64) -> bool {
    from.is_none_or(|edge| value > edge.at || (edge.inclusive && value == edge.at))
        && below.is_none_or(|edge| value < edge.at || (edge.inclusive && value == edge.at))
}

/// To a multiple of `unit` 分; amounts are never negative.
fn round(value: Exact, unit: i64, mode: Mode) -> i64 {
    let by = Exact::from(unit) * SCALE;
    let units = match mode {
        Mode::Down => value / by,
        Mode::Up => (value + by - 1) / by,
        Mode::HalfUp => (2 * value + by) / (2 * by),
    };
    (units * Exact::from(unit)) as i64
}
