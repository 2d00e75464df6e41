//! Whether two benefits ever pay differently, to the cent: over all quantities of a record, all days and decisions, and
//! everything that the scheme leaves open.
//!
//! Both are written in straight pieces over whole numbers, rounded as they are paid, and the greatest of what one pays
//! above the other is sought, either way round. What a parameter multiplies is no straight function of both: such
//! parameters are tried at a few values, which shows a difference but proves none.

use super::behind::alike;
use super::budget::{Budget, SOLVED};
use super::pieces::{Pieces, Shape, Variable, exact};
use super::premium::Premium;
use super::program::{Between, Hunt, Shown, whole};
use super::setting::{amounts_of, each_amount, multipliers, quantities, replaced, set};
use super::top::{End, Env, Top, When, at_ends};
use super::{Atom, COMMON, bounds, days, decisions, known, multiplied, number, usual};
use crate::money::{Fen, MAX_FEN, Ratio};
use crate::plan::{Amount, Class, DecisionId, FactId, FactRole, ParameterId, ParameterKind, Pipeline, Plan, ValueId};
use anlan_lang::diag::Finding;
use anlan_lang::tree::{Date, RoundMode};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed};
use std::collections::{BTreeMap, BTreeSet};

/// Whether two benefits pay differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Apart {
    /// Every claim is paid the same.
    Never,
    /// A claim with these values is not.
    At(Difference),
    /// Neither was shown.
    Open,
}

/// What a claim must be like to be paid differently.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Of quantities, in their units
    pub values: BTreeMap<FactId, Ratio>,
    /// Values of what the scheme leaves open
    pub open: BTreeMap<Atom, Ratio>,
    pub day: Option<Date>,
    pub taken: BTreeSet<DecisionId>,
    /// What each of the two pays
    pub paid: (Top, Top),
}

impl Difference {
    /// Of two benefits that are the same for every claim.
    pub fn of(one: Ratio, two: Ratio) -> Self {
        Difference {
            paid: (Some(one), Some(two)),
            ..Difference::default()
        }
    }
    /// A finding with what the two pay: every claim, or that of the witness.
    pub fn worded(&self, finding: Finding) -> Finding {
        let every = self.values.is_empty() && self.open.is_empty() && self.day.is_none() && self.taken.is_empty();
        finding
            .arg("one", known(self.paid.0))
            .arg("two", known(self.paid.1))
            .arg("of", if every { "every" } else { "witness" })
    }
}

/// Steps of the premium that few persons pay, the least of them no less than a scheme may have.
const FEW: [i64; 6] = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/// At most so many choices of days, decisions and multiplying parameters are told apart.
const CHOICES: usize = 64;

/// A parameter, or a cell of a table that is one.
pub(super) type Open = (ParameterId, Option<ValueId>);

/// Compares what two pipelines pay for claims along a path, with facts as the environment bounds them.
pub fn apart(plan: &Plan, at: (&[(FactId, u16)], &Env), [a, b]: [&Pipeline; 2], budget: &mut Budget) -> Apart {
    let (path, env) = at;
    // A value that is read is known only where the decision is taken: no claim along another path is paid at all.
    let mut read = Vec::new();
    let amounts = [a, b].into_iter().flat_map(amounts_of);
    amounts.for_each(|amount| atoms(amount, &mut read));
    let without =
        |amount: &Amount| matches!(amount, Amount::DecisionValue(decision) if is_refused(plan, path, *decision));
    if read.iter().any(without) {
        return Apart::Never;
    }
    let premium = Premium::of(plan);
    let [a, b] = &[a, b].map(|of| each_amount(of, &|amount| replaced(amount, &|part| premium.written(part))));
    let Some((choices, all)) = choices(plan, path, [a, b]) else {
        return Apart::Open;
    };
    let (mut open, mut exact) = (false, all);
    for choice in choices {
        exact &= !choice.tried;
        let pair = [a, b].map(|pipeline| set(pipeline, &choice.set));
        let env = env.clone().when(Some(&choice.when));
        match (Pair {
            plan,
            env: &env,
            pair: &pair,
            premium: &premium,
        })
        .compare(budget)
        {
            Apart::Never => {}
            Apart::Open => open = true,
            Apart::At(found) => {
                let found = choice.at(found);
                match premium.told(plan, &found.open) {
                    Some(told) => return Apart::At(Difference { open: told, ..found }),
                    // No bases give such a premium.
                    None => open = true,
                }
            }
        }
    }
    let shown =
        |pair: Compared<'_>, work: &mut u64| alike(plan, at, pair, work) || multiplied::alike(plan, at, pair, work);
    let whole = Compared {
        pair: [a, b],
        rounded: true,
    };
    // What is the same before steps that both end with is the same after them.
    let heads = heads([a, b]);
    let mut before = || {
        heads.as_ref().is_some_and(|[a, b]| {
            let heads = Compared {
                pair: [a, b],
                rounded: false,
            };
            shown(heads, &mut budget.behind)
        })
    };
    match !open && exact || before() || !open && shown(whole, &mut budget.behind) {
        true => Apart::Never,
        false => Apart::Open,
    }
}

/// Two benefits that are to come to the same.
#[derive(Clone, Copy)]
pub(super) struct Compared<'p> {
    pub pair: [&'p Pipeline; 2],
    /// To the cent; else exactly
    pub rounded: bool,
}

/// The two without the steps that both end with, where there are any.
fn heads([a, b]: [&Pipeline; 2]) -> Option<[Pipeline; 2]> {
    let both = a.steps.iter().rev().zip(b.steps.iter().rev());
    let same = both.take_while(|(one, two)| one.operation == two.operation).count();
    let head = |of: &Pipeline| Pipeline {
        steps: of.steps.iter().take(of.steps.len() - same).cloned().collect(),
        ..of.clone()
    };
    (same > 0).then(|| [head(a), head(b)])
}

/// Whether a path holds claims for which a decision is not taken.
fn is_refused(plan: &Plan, path: &[(FactId, u16)], decision: DecisionId) -> bool {
    path.iter().any(|(fact, class)| {
        plan.facts.get(fact.index()).is_some_and(|fact| {
            matches!(fact.role, FactRole::Decided(of) if of == decision)
                && fact.classes.get(usize::from(*class)) == Some(&Class::No)
        })
    })
}

struct Pair<'a> {
    plan: &'a Plan,
    env: &'a Env,
    pair: &'a [Pipeline; 2],
    premium: &'a Premium,
}

impl Pair<'_> {
    fn compare(&self, budget: &mut Budget) -> Apart {
        let facts: BTreeSet<FactId> = self.pair.iter().flat_map(quantities).collect();
        let facts: Vec<FactId> = facts.into_iter().collect();
        let mut unknown: Vec<Amount> = Vec::new();
        let amounts = self.pair.iter().flat_map(amounts_of);
        amounts.for_each(|amount| atoms(amount, &mut unknown));
        match self.found((&facts, &unknown), budget) {
            Apart::At(found) => Apart::At(self.of_few(&facts, &unknown, found)),
            other => other,
        }
    }

    /// The difference with the premium of fewer persons, where that shows one too.
    fn of_few(&self, facts: &[FactId], unknown: &[Amount], found: Difference) -> Difference {
        let value = |premium: i64, atom: &Amount| match atom {
            Amount::Premium => Some(BigRational::from_integer(BigInt::from(premium))),
            atom => Some(exact(*found.open.get(&Atom::of(atom)?)?)),
        };
        let with = |premium: i64| {
            let of_facts = facts
                .iter()
                .map(|fact| found.values.get(fact).map(|value| exact(*value)));
            let point = of_facts.chain(unknown.iter().map(|atom| value(premium, atom)));
            let fewer = self.paid(facts, unknown, &point.collect::<Option<Vec<_>>>()?)?;
            let told = self.premium.told(self.plan, &fewer.open).is_some();
            (told && fewer.paid.0 != fewer.paid.1).then_some(fewer)
        };
        let less = |premium: &i64| {
            found
                .open
                .get(&Atom::Premium)
                .is_some_and(|of| Ratio::integer(*premium) < *of)
        };
        let fewer = FEW.into_iter().filter(less).find_map(with);
        fewer.unwrap_or(found)
    }

    fn found(&self, (facts, unknown): (&[FactId], &[Amount]), budget: &mut Budget) -> Apart {
        let mut pieces = Pieces::new(self.plan, self.env, End::High, facts);
        for atom in unknown {
            let mut between = between(self.plan, atom);
            if *atom == Amount::Premium {
                between.most = Some(BigInt::from(self.premium.most()));
            }
            pieces.add(Variable::Open(atom.clone()), between);
        }
        for variable in &mut pieces.program.variables {
            // No claim carries more, and nothing that a scheme leaves open comes to more.
            variable.most.get_or_insert_with(|| BigInt::from(MAX_FEN));
        }
        let mut bare = pieces.clone();
        let ends = pieces.program.variables.clone();
        let in_parts = pieces.program.fractional.clone();
        let paid = |point: &[BigRational]| self.paid(facts, unknown, point);
        let usual: Vec<Option<BigInt>> = (0..facts.len())
            .map(|_| None)
            .chain(unknown.iter().map(|atom| self.usual(atom)))
            .collect();
        let corners = corners(&ends, &in_parts);
        for point in as_usual(&ends, &usual).iter().chain(&corners) {
            if let Some(found) = paid(point).filter(|found| found.paid.0 != found.paid.1) {
                return Apart::At(found);
            }
        }
        if budget.is_none() {
            return Apart::Open;
        }
        let shapes = self.pair.each_ref().map(|pipeline| {
            let shape = pieces.pipeline(pipeline)?;
            Some(pieces.rounded(&shape, 1, RoundMode::HalfUp))
        });
        let found = match &shapes {
            [Some(a), Some(b)] => self.sought(&pieces, (facts, unknown), [a, b], true, budget),
            _ => Apart::Open,
        };
        if found != Apart::Open {
            return found;
        }
        let [a, b] = &self.pair;
        let Some([a, b]) = heads([a, b]) else {
            return Apart::Open;
        };
        let [Some(a), Some(b)] = [a, b].map(|head| bare.pipeline(&head)) else {
            return Apart::Open;
        };
        let mut rest = Budget {
            solved: SOLVED,
            work: budget.behind,
            behind: 0,
        };
        let found = self.sought(&bare, (facts, unknown), [&a, &b], false, &mut rest);
        budget.behind = rest.work;
        found
    }

    /// Seeks a claim that is paid differently where what the two shapes come to is furthest apart: the two benefits, or what
    /// they are before the steps that both end with.
    fn sought(
        &self,
        pieces: &Pieces<'_>,
        (facts, unknown): (&[FactId], &[Amount]),
        [a, b]: [&Shape; 2],
        rounded: bool,
        budget: &mut Budget,
    ) -> Apart {
        let paid = |point: &[BigRational]| self.paid(facts, unknown, point);
        for (more, less, sign) in [(a, b, 1), (b, a, -1)] {
            let above = |point: &[BigRational]| {
                let (a, b) = paid(point)?.paid;
                let above = a?.checked_sub(b?)?.checked_mul(Ratio::integer(sign))?;
                Some(exact(above))
            };
            let mut hunt = Hunt {
                value: &above,
                first: facts.len() + unknown.len(),
                tells: rounded,
                worth: &BigRational::clone,
                best: Some((BigRational::from_integer(BigInt::from(0)), Vec::new())),
                enough: Some(BigRational::one()),
                left: budget.solved,
                work: budget.work,
            };
            let exceeds = exceeds(pieces, (more, less), rounded, &mut hunt);
            (budget.solved, budget.work) = (hunt.left, hunt.work);
            match exceeds {
                Some(true) => {
                    let point = hunt.best.map(|(_, point)| point).unwrap_or_default();
                    return paid(&point).map_or(Apart::Open, Apart::At);
                }
                Some(false) => {}
                None => return Apart::Open,
            }
        }
        Apart::Never
    }

    /// What a contract may well set.
    fn usual(&self, atom: &Amount) -> Option<BigInt> {
        match atom {
            Amount::Parameter { parameter, .. } => {
                let value = number(&usual(self.plan, *parameter)?)?;
                Some(exact(value).to_integer())
            }
            Amount::Balance(_) => Some(BigInt::from(COMMON.0)),
            Amount::Premium => self.premium.usual(self.plan).map(BigInt::from),
            _ => None,
        }
    }

    /// What each of the two pays with these values of the facts, then of the unknowns.
    fn paid(&self, facts: &[FactId], unknown: &[Amount], point: &[BigRational]) -> Option<Difference> {
        let (of_facts, of_unknown) = point.split_at_checked(facts.len())?;
        let of_unknown: Vec<i64> = of_unknown
            .iter()
            .map(|value| i64::try_from(value.to_integer()).ok())
            .collect::<Option<_>>()?;
        let inside = |(fact, value): (&FactId, &BigRational)| Some((*fact, self.env.inside(self.plan, *fact, value)?));
        let values: BTreeMap<FactId, Ratio> = facts.iter().zip(of_facts).map(inside).collect::<Option<_>>()?;
        let env = values
            .iter()
            .fold(self.env.clone(), |env, (fact, value)| env.with(*fact, *value));
        let known = |amount: &Amount| {
            let at = unknown.iter().position(|atom| atom == amount)?;
            of_unknown.get(at).map(|value| Amount::Fixed(Fen(*value)))
        };
        let pay = |pipeline: &Pipeline| {
            let settled = each_amount(pipeline, &|amount| replaced(amount, &known));
            at_ends(self.plan, &settled, &env, End::High)
        };
        let [a, b] = self.pair;
        let of_unknown = of_unknown.iter().map(|value| Ratio::integer(*value));
        Some(Difference {
            paid: (Some(pay(a)?), Some(pay(b)?)),
            values,
            open: unknown.iter().filter_map(Atom::of).zip(of_unknown).collect(),
            ..Difference::default()
        })
    }
}

/// The whole numbers between which what is open lies.
pub(super) fn between(plan: &Plan, atom: &Amount) -> Between {
    let (least, most) = match atom {
        Amount::Parameter { parameter, value } => bounds(plan, *parameter, *value),
        Amount::Balance(fund) => {
            let balance = plan.funds.get(fund.index()).and_then(|fund| fund.balance);
            let balance = balance.map(|fen| Ratio::integer(fen.0));
            (balance.unwrap_or(Ratio::ZERO), balance)
        }
        _ => (Ratio::ZERO, None),
    };
    Between {
        least: Some(exact(least).ceil().to_integer()),
        most: most.map(|most| exact(most).floor().to_integer()),
    }
}

/// Whether one comes to more than the other somewhere, of what is rounded by at least 1 分; `None` where that was not shown.
pub(super) fn exceeds(
    pieces: &Pieces<'_>,
    (more, less): (&Shape, &Shape),
    rounded: bool,
    hunt: &mut Hunt<'_>,
) -> Option<bool> {
    let exceeds = |most: &BigRational| match rounded {
        true => *most >= BigRational::one(),
        false => most.is_positive(),
    };
    let above = more.plus(&less.negated()??)?;
    let mut open = false;
    for of in &above.0 {
        match pieces.program.greatest(of, hunt) {
            Shown::Best => {}
            Shown::Endless | Shown::Nothing => return None,
            Shown::AtMost(most) => open |= exceeds(&most),
        }
        if hunt.satisfied() {
            return Some(true);
        }
    }
    (!open).then_some(false)
}

/// The ends of a variable and some points between.
const PARTS: [u32; 7] = [1, 2, 3, 4, 0, 5, 6];

fn part_of(variable: &Between, part: u32) -> BigInt {
    let least = variable.least.clone().unwrap_or_default();
    let most = variable.most.clone().unwrap_or_default();
    match part {
        5 => least,
        6 => most,
        // Powers of ten, beginning with what is above most amounts that schemes name.
        part => (&least + BigInt::from(10u64).pow(12 - 2 * part)).min(most),
    }
}

/// Points at which what is open is as it may well be set, where anything is.
fn as_usual(ends: &[Between], usual: &[Option<BigInt>]) -> Vec<Vec<BigRational>> {
    if usual.iter().all(Option::is_none) {
        return Vec::new();
    }
    let value = |(end, usual): (&Between, &Option<BigInt>), part| match usual {
        Some(usual) => {
            let usual = end
                .least
                .iter()
                .fold(usual.clone(), |value, least| value.max(least.clone()));
            end.most.iter().fold(usual, |value, most| value.min(most.clone()))
        }
        None => part_of(end, part),
    };
    let point = |part| ends.iter().zip(usual).map(|of| whole(&value(of, part))).collect();
    PARTS.into_iter().map(point).collect()
}

/// Points that tell most pairs apart: all variables at one end or somewhere between, counts in parts also beside whole
/// units.
fn corners(ends: &[Between], in_parts: &BTreeSet<usize>) -> Vec<Vec<BigRational>> {
    let value = |at: usize, end: &Between, part: u32| match (part, in_parts.contains(&at)) {
        (7.., true) => {
            let halves = BigInt::from(2 * (part - 7) + 1);
            whole(end.least.as_ref().unwrap_or(&BigInt::from(0))) + BigRational::new(halves, BigInt::from(2))
        }
        (7.., false) => whole(&part_of(end, 2)),
        _ => whole(&part_of(end, part)),
    };
    let halves = if in_parts.is_empty() { 7..7 } else { 7..10 };
    let parts: Vec<u32> = PARTS.into_iter().chain(halves).collect();
    let [one, two] = ends else {
        let point = |part: &u32| ends.iter().enumerate().map(|(at, end)| value(at, end, *part)).collect();
        return parts.iter().map(point).collect();
    };
    let pairs = parts.iter().flat_map(|a| parts.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| vec![value(0, one, *a), value(1, two, *b)]).collect()
}

/// A day, decisions, and values of the parameters that multiply.
struct Choice {
    when: When,
    set: BTreeMap<Open, Ratio>,
    /// The values are some of many.
    tried: bool,
    /// Decisions that an amount chooses between
    read: BTreeSet<DecisionId>,
}

impl Choice {
    /// What was found at it, with what it sets.
    fn at(self, mut found: Difference) -> Difference {
        let set = self.set.into_iter();
        let set = set.map(|((parameter, cell), value)| (Atom::Parameter(parameter, cell), value));
        found.open.extend(set);
        found.day = self.when.day;
        found.taken = self.when.taken;
        // A value that is read whatever is decided is known only where the decision is taken.
        let always = found.open.keys().filter_map(|atom| match atom {
            Atom::Value(decision) if !self.read.contains(decision) => Some(*decision),
            _ => None,
        });
        found.taken.extend(always);
        found
    }
}

/// Days and decisions that select among amounts, and whether they are all.
pub(super) struct Moments {
    pub at: Vec<When>,
    pub all: bool,
    /// Decisions that an amount chooses between
    read: BTreeSet<DecisionId>,
}

pub(super) fn moments(plan: &Plan, path: &[(FactId, u16)], amounts: &[&Amount]) -> Option<Moments> {
    let mut read = BTreeSet::new();
    amounts.iter().for_each(|amount| decisions(amount, &mut read));
    let (mut first, mut free) = (BTreeSet::new(), read.clone());
    for (fact, class) in path {
        let fact = plan.facts.get(fact.index())?;
        if let FactRole::Decided(decision) = fact.role {
            free.remove(&decision);
            if fact.classes.get(usize::from(*class)) == Some(&Class::Yes) {
                first.insert(decision);
            }
        }
    }
    let mut of_days: Vec<Option<Date>> = vec![None];
    if amounts.iter().any(|amount| super::is_dated(amount)) {
        of_days = days(plan, amounts.iter().copied()).into_iter().map(Some).collect();
        if of_days.is_empty() {
            let mut starts = BTreeSet::new();
            amounts.iter().for_each(|amount| super::starts(amount, &mut starts));
            let before = starts.first().and_then(|day| day.yesterday().ok());
            of_days = before.into_iter().chain(starts).map(Some).collect();
        }
    }
    let outcomes = 1usize.checked_shl(u32::try_from(free.len()).ok()?)?;
    let taken = |outcome: usize| -> BTreeSet<DecisionId> {
        let taken = free.iter().enumerate().filter(|(at, _)| outcome >> at & 1 == 1);
        let taken = taken.map(|(_, decision)| *decision);
        first.iter().copied().chain(taken).collect()
    };
    let at = (0..outcomes).flat_map(|outcome| {
        let on = |day: &Option<Date>| When {
            day: *day,
            taken: taken(outcome),
        };
        of_days.iter().map(on).collect::<Vec<_>>()
    });
    Some(Moments {
        at: at.take(CHOICES).collect(),
        all: outcomes.checked_mul(of_days.len())? <= CHOICES,
        read,
    })
}

/// Choices to compare at, and whether they are all.
fn choices(plan: &Plan, path: &[(FactId, u16)], pair: [&Pipeline; 2]) -> Option<(Vec<Choice>, bool)> {
    let amounts: Vec<&Amount> = pair.into_iter().flat_map(amounts_of).collect();
    let moments = moments(plan, path, &amounts)?;
    let mut multiplying = BTreeSet::new();
    pair.into_iter()
        .for_each(|pipeline| multipliers(pipeline, &mut multiplying));
    let mut sets = vec![(BTreeMap::new(), false)];
    for open in multiplying {
        let (values, all) = values(plan, open);
        sets = sets
            .iter()
            .flat_map(|(set, tried)| values.iter().map(move |value| (set, tried, *value)))
            .map(|(set, tried, value): (&BTreeMap<Open, Ratio>, &bool, Ratio)| {
                let mut set = set.clone();
                set.insert(open, value);
                (set, *tried || !all)
            })
            .take(CHOICES + 1)
            .collect();
    }
    let all = moments.all && moments.at.len().checked_mul(sets.len())? <= CHOICES;
    let choices = moments
        .at
        .iter()
        .flat_map(|when| sets.iter().map(move |set| (when, set)));
    let choices = choices.take(CHOICES).map(|(when, (set, tried))| Choice {
        when: when.clone(),
        set: set.clone(),
        tried: *tried,
        read: moments.read.clone(),
    });
    Some((choices.collect(), all))
}

/// Values of a parameter that are tried, and whether they are all.
fn values(plan: &Plan, (parameter, cell): Open) -> (Vec<Ratio>, bool) {
    let (least, most) = bounds(plan, parameter, cell);
    if most == Some(least) {
        return (vec![least], true);
    }
    let most = most.or_else(|| least.checked_add(Ratio::ONE));
    let middle = most.and_then(|most| least.checked_add(most)?.checked_mul(Ratio::new(1, 2)?));
    // Counts and amounts are whole.
    let whole = plan
        .parameters
        .get(parameter.index())
        .is_some_and(|of| is_whole(&of.kind));
    let middle = middle.and_then(|middle| match whole {
        true => Ratio::new(middle.numerator().div_euclid(middle.denominator()), 1),
        false => Some(middle),
    });
    let usual = usual(plan, parameter).as_ref().and_then(number);
    let mut values: Vec<Ratio> = Vec::new();
    for value in [usual, Some(least), middle, most].into_iter().flatten() {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    (values, false)
}

fn is_whole(kind: &ParameterKind) -> bool {
    match kind {
        ParameterKind::Ratio => false,
        ParameterKind::Table { of, .. } => is_whole(of),
        _ => true,
    }
}

/// What an amount leaves open, each once.
pub(super) fn atoms(amount: &Amount, found: &mut Vec<Amount>) {
    match amount {
        Amount::Parameter { .. } | Amount::Premium | Amount::Balance(_) | Amount::DecisionValue(_) => {
            if !found.contains(amount) {
                found.push(amount.clone());
            }
        }
        Amount::Scaled { of, .. } | Amount::PerUnit { rate: of, .. } => atoms(of, found),
        Amount::Sum(parts) => parts.iter().for_each(|part| atoms(part, found)),
        Amount::Dated(values) => values.iter().for_each(|(_, value)| atoms(value, found)),
        Amount::Decided { then, otherwise, .. } => {
            atoms(then, found);
            atoms(otherwise, found);
        }
        Amount::Fixed(_) | Amount::Fact(_) | Amount::Unlimited => {}
    }
}
