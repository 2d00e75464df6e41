//! What a benefit is as a function of whole numbers: the greatest of some leasts of straight functions.
//!
//! A cap takes the least, a floor the greatest, and what is taken off is never more than what there was; each rises with
//! what stands before it, so any row of steps can be written so. A step that rounds (`精确到`) brings a whole number of
//! its units, which the rounded one allows and whose next it does not.

use super::program::{Between, Line, Program};
use super::top::{End, Env, amount_top, grid, is_in_parts, ratio_end};
use crate::money::Ratio;
use crate::plan::{Amount, Count, FactId, Operation, Pipeline, Plan};
use anlan_lang::tree::RoundMode;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// At most so many straight functions are written.
const LINES: usize = 512;

/// The least of these; of none: without bound.
pub(super) type Least = Vec<Line>;

/// The greatest of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape(pub Vec<Least>);

pub(super) fn exact(ratio: Ratio) -> BigRational {
    BigRational::new(BigInt::from(ratio.numerator()), BigInt::from(ratio.denominator()))
}

impl Shape {
    fn constant(value: Option<Ratio>) -> Self {
        Shape(vec![
            value.map(|value| Line::constant(exact(value))).into_iter().collect(),
        ])
    }
    fn zero() -> Self {
        Shape::constant(Some(Ratio::ZERO))
    }
    fn of(line: Line) -> Self {
        Shape(vec![vec![line]])
    }
    pub fn variable(at: usize) -> Self {
        Shape::of(Line::variable(at, BigRational::one()))
    }
    /// Each least of one with each of the other.
    fn each(&self, other: &Shape, with: impl Fn(&Least, &Least) -> Least) -> Option<Self> {
        let pairs = self.0.iter().flat_map(|a| other.0.iter().map(move |b| (a, b)));
        Shape(pairs.map(|(a, b)| with(a, b)).collect()).tidy()
    }
    fn least(&self, other: &Shape) -> Option<Self> {
        self.each(other, |a, b| [a.as_slice(), b].concat())
    }
    fn greatest(mut self, other: Shape) -> Option<Self> {
        self.0.extend(other.0);
        self.tidy()
    }
    pub fn plus(&self, other: &Shape) -> Option<Self> {
        self.each(other, |a, b| {
            a.iter()
                .flat_map(|one| b.iter().map(move |two| one.plus(two)))
                .collect()
        })
    }
    fn map(&self, change: impl FnMut(&Line) -> Line + Clone) -> Self {
        Shape(
            self.0
                .iter()
                .map(|least| least.iter().map(change.clone()).collect())
                .collect(),
        )
    }
    /// The same below 0; `None` inside: without bound, so below everything.
    pub fn negated(&self) -> Option<Option<Self>> {
        let minus = -BigRational::one();
        let mut negated = Shape(vec![Vec::new()]);
        for least in &self.0 {
            if least.is_empty() {
                return Some(None);
            }
            let any = Shape(least.iter().map(|line| vec![line.times(&minus)]).collect());
            negated = negated.least(&any)?;
        }
        Some(Some(negated))
    }
    /// Each once; `None` where there are too many.
    fn tidy(mut self) -> Option<Self> {
        for least in &mut self.0 {
            least.sort();
            least.dedup();
        }
        self.0.sort();
        self.0.dedup();
        (self.0.iter().map(|least| least.len().max(1)).sum::<usize>() <= LINES).then_some(self)
    }
}

/// What stands for a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Variable {
    Fact(FactId),
    /// What the scheme leaves open: a parameter, the premium, a balance, the value of a decision
    Open(Amount),
    /// What some steps come to that are not written
    Before,
    /// So many times the unit that a step rounds this to
    Units(Line, i64, RoundMode),
}

/// Writes the benefits of a plan by variables.
#[derive(Clone)]
pub(super) struct Pieces<'p> {
    pub plan: &'p Plan,
    pub env: &'p Env,
    /// At which end unknowns are taken that are no variables
    pub unknowns: End,
    pub variables: Vec<Variable>,
    pub program: Program,
}

impl<'p> Pieces<'p> {
    /// With these facts as variables; all else is taken at one end.
    pub fn new(plan: &'p Plan, env: &'p Env, unknowns: End, facts: &[FactId]) -> Self {
        let mut pieces = Pieces {
            plan,
            env,
            unknowns,
            variables: Vec::new(),
            program: Program::default(),
        };
        for fact in facts {
            // An end that is never reached is let in too.
            let (low, high) = env.ends(plan, *fact);
            let at = pieces.add(
                Variable::Fact(*fact),
                Between {
                    least: Some(exact(low.at).floor().to_integer()),
                    most: high.map(|high| exact(high.at).ceil().to_integer()),
                },
            );
            if is_in_parts(plan, *fact) {
                pieces.program.fractional.insert(at);
            }
        }
        pieces
    }
    pub fn add(&mut self, variable: Variable, between: Between) -> usize {
        self.variables.push(variable);
        self.program.variables.push(between);
        self.variables.len() - 1
    }
    fn place(&self, variable: &Variable) -> Option<usize> {
        self.variables.iter().position(|other| other == variable)
    }
    /// The variable that stands for a whole amount.
    pub fn open(&self, amount: &Amount) -> Option<usize> {
        let stands = |variable: &Variable| matches!(variable, Variable::Open(open) if open == amount);
        self.variables.iter().position(stands)
    }
    /// Whether an amount moves with a variable.
    fn varies(&self, amount: &Amount) -> bool {
        if self.open(amount).is_some() {
            return true;
        }
        let reads = |fact: FactId| self.place(&Variable::Fact(fact)).is_some();
        match amount {
            Amount::Scaled { of, .. } => self.varies(of),
            Amount::PerUnit { rate, count, .. } => reads(*count) || self.varies(rate),
            Amount::Sum(parts) => parts.iter().any(|part| self.varies(part)),
            Amount::Dated(values) => values.iter().any(|(_, value)| self.varies(value)),
            Amount::Decided { then, otherwise, .. } => self.varies(then) || self.varies(otherwise),
            Amount::Fact(fact) => reads(*fact),
            _ => false,
        }
    }

    /// An amount that is one straight function.
    pub fn line(&mut self, amount: &Amount) -> Option<Line> {
        let Shape(leasts) = self.amount(amount, End::High, self.unknowns)?;
        match leasts.as_slice() {
            [least] => match least.as_slice() {
                [line] => Some(line.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a pipeline pays before the last rounding; `None` where it cannot be written so.
    pub fn pipeline(&mut self, pipeline: &Pipeline) -> Option<Shape> {
        let mut value = self.start(&pipeline.start)?;
        for step in &pipeline.steps {
            value = self.step(value, &step.operation)?;
        }
        Some(value)
    }

    pub fn start(&mut self, amount: &Amount) -> Option<Shape> {
        self.amount(amount, End::High, self.unknowns)
    }

    pub fn step(&mut self, value: Shape, operation: &Operation) -> Option<Shape> {
        let unknowns = self.unknowns;
        match operation {
            Operation::Less(amount) => {
                let taken = self.amount(amount, End::Low, unknowns.other())?;
                match taken.negated()? {
                    Some(taken) => value.plus(&taken)?.greatest(Shape::zero()),
                    None => Some(Shape::zero()),
                }
            }
            Operation::UpTo(amount) => value.least(&self.amount(amount, End::High, unknowns)?),
            Operation::AtLeast(amount) => value.greatest(self.amount(amount, End::High, unknowns)?),
            Operation::Share(ratio) => {
                let ratio = exact(ratio_end(self.plan, ratio, unknowns)?);
                match ratio.is_zero() {
                    true => Some(Shape::zero()),
                    false => Some(value.map(|line| line.times(&ratio))),
                }
            }
            Operation::Round { unit, mode } => Some(self.rounded(&value, unit.0, *mode)),
        }
    }

    fn amount(&mut self, amount: &Amount, end: End, unknowns: End) -> Option<Shape> {
        if let Some(at) = self.open(amount) {
            return Some(Shape::variable(at));
        }
        if !self.varies(amount) {
            return Some(Shape::constant(amount_top(self.plan, amount, self.env, end, unknowns)));
        }
        match amount {
            Amount::Fact(fact) => self.times(*fact, Ratio::ONE),
            Amount::PerUnit { rate, count, units } => self.per_unit(rate, *count, units.as_ref(), (end, unknowns)),
            Amount::Scaled { ratio, of } => {
                let ratio = exact(ratio_end(self.plan, ratio, unknowns)?);
                match ratio.is_zero() {
                    true => Some(Shape::zero()),
                    false => Some(self.amount(of, end, unknowns)?.map(|line| line.times(&ratio))),
                }
            }
            Amount::Sum(parts) => {
                let mut sum = Shape::zero();
                for part in parts {
                    sum = sum.plus(&self.amount(part, end, unknowns)?)?;
                }
                Some(sum)
            }
            Amount::Dated(values) => match self.env.selected(amount) {
                Some(selected) => self.amount(selected, end, unknowns),
                None => self.choice(values.iter().map(|(_, value)| value), end, unknowns),
            },
            Amount::Decided { then, otherwise, .. } => match self.env.selected(amount) {
                Some(selected) => self.amount(selected, end, unknowns),
                None => self.choice([then.as_ref(), otherwise.as_ref()].into_iter(), end, unknowns),
            },
            _ => None,
        }
    }
    /// Whichever of them an unknown brings.
    fn choice<'a>(&mut self, amounts: impl Iterator<Item = &'a Amount>, end: End, unknowns: End) -> Option<Shape> {
        let mut chosen: Option<Shape> = None;
        for amount in amounts {
            let next = self.amount(amount, end, unknowns)?;
            chosen = Some(match (chosen, unknowns) {
                (None, _) => next,
                (Some(so_far), End::Low) => so_far.least(&next)?,
                (Some(so_far), End::High) => so_far.greatest(next)?,
            });
        }
        chosen
    }
    fn times(&self, fact: FactId, rate: Ratio) -> Option<Shape> {
        let slope = exact(rate) * exact(grid(self.plan, fact));
        let at = self.place(&Variable::Fact(fact))?;
        Some(Shape::of(Line::variable(at, slope)))
    }
    fn per_unit(&mut self, rate: &Amount, count: FactId, units: Option<&Count>, ends: (End, End)) -> Option<Shape> {
        // A product of two variables is not straight.
        let rate = match self.varies(rate) {
            true => return None,
            false => amount_top(self.plan, rate, self.env, ends.0, ends.1)?,
        };
        if rate == Ratio::ZERO {
            return Some(Shape::zero());
        }
        let counted = self.times(count, rate)?;
        match units {
            None => Some(counted),
            Some(Count::Exact(units)) => {
                let most = rate.checked_mul(Ratio::integer(*units))?;
                counted.least(&Shape::constant(Some(most)))
            }
            Some(Count::Parameter(parameter)) => {
                let (least, most) = super::bounds(self.plan, *parameter, None);
                let units = match ends.1 {
                    End::Low => Some(least),
                    End::High => most,
                };
                match units {
                    Some(units) => counted.least(&Shape::constant(Some(rate.checked_mul(units)?))),
                    None => Some(counted),
                }
            }
        }
    }

    /// To whole units, each function by itself: rounding keeps their order.
    pub fn rounded(&mut self, value: &Shape, unit: i64, mode: RoundMode) -> Shape {
        let least =
            |pieces: &mut Self, least: &Least| least.iter().map(|line| pieces.round(line, unit, mode)).collect();
        Shape(value.0.iter().map(|of| least(self, of)).collect())
    }
    fn round(&mut self, line: &Line, unit: i64, mode: RoundMode) -> Line {
        let by = BigRational::from_integer(BigInt::from(unit.max(1)));
        // Whole numbers times slopes lie on a grid, so above the one before means at least one step of the grid above.
        let fractional = line.slopes.keys().any(|at| self.program.fractional.contains(at));
        let whole = |line: &Line| {
            // Of fractions it means any step at all: a whole unit above is let in too.
            if fractional {
                return BigRational::zero();
            }
            let parts = line.slopes.values().chain([&line.constant]);
            let step = parts.fold(BigInt::one(), |step, part| step.lcm(part.denom()));
            BigRational::new(BigInt::one(), step)
        };
        let allowed = match mode {
            RoundMode::HalfUp => line.plus_constant(&(&by / BigRational::from_integer(BigInt::from(2)))),
            RoundMode::Down => line.clone(),
            RoundMode::Up => line.plus_constant(&(&by - whole(&line.times(&by.recip())) * &by)),
        };
        // Whole units of whole numbers are rounded already.
        let is_whole = |part: &BigRational| (part / &by).is_integer();
        if !fractional && line.slopes.values().chain([&line.constant]).all(is_whole) {
            return line.clone();
        }
        if line.slopes.is_empty() {
            let units = (&allowed.constant / &by).floor();
            return Line::constant(units * by);
        }
        let variable = Variable::Units(line.clone(), unit, mode);
        let at = match self.place(&variable) {
            Some(at) => at,
            None => {
                let at = self.add(variable, Between::default());
                let units = Line::variable(at, by.clone());
                let minus = -BigRational::one();
                let rest = allowed.plus(&units.times(&minus));
                // 0 ≤ what is over < unit
                let step = whole(&rest.times(&by.recip())) * &by;
                let below = rest.times(&minus).plus_constant(&(&by - step));
                self.program.rows.extend([rest, below]);
                at
            }
        };
        Line::variable(at, by)
    }
}
