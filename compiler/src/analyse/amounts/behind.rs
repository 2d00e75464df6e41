//! Whether two benefits pay the same whatever comes of what they have in common.
//!
//! A ratio that a contract sets multiplies what varies, so that the benefit is no straight function of both. Where both
//! take the same steps up to there, what these come to is any amount, of any fraction of a 分; so is an amount that both
//! read and that holds such a product. If the rest pays the same for all of these it pays the same for every claim.

use super::apart::{Compared, atoms, between, exceeds, moments};
use super::pieces::{Pieces, Shape, Variable};
use super::program::{Between, Hunt};
use super::setting::multipliers_of;
use super::top::{End, Env};
use crate::money::MAX_FEN;
use crate::plan::{Amount, FactId, Operation, Pipeline, Plan, RatioValue, Step};
use anlan_lang::tree::RoundMode;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::collections::BTreeSet;

/// So many programs are solved for one moment.
const SOLVED: usize = 300;

/// `false` where it was not shown.
pub(super) fn alike(
    plan: &Plan,
    (path, env): (&[(FactId, u16)], &Env),
    Compared { pair, rounded }: Compared<'_>,
    work: &mut u64,
) -> bool {
    let Some(rest) = Rest::of(pair) else { return false };
    let amounts: Vec<&Amount> = rest.straight().collect();
    moments(plan, path, &amounts).is_some_and(|moments| {
        let mut at = moments.at.iter().map(|when| env.clone().when(Some(when)));
        moments.all && at.all(|env| rest.alike(plan, &env, rounded, work) == Some(true))
    })
}

/// What follows the steps that both have in common.
struct Rest<'p> {
    /// Nothing where both begin alike: then with whatever that comes to
    starts: Option<[&'p Amount; 2]>,
    steps: [&'p [Step]; 2],
}

impl<'p> Rest<'p> {
    /// Nothing where a ratio that is open multiplies only one of the two.
    fn of(pair: [&'p Pipeline; 2]) -> Option<Self> {
        let [a, b] = pair;
        let multiplies = |step: &Step| match &step.operation {
            Operation::Share(RatioValue::Parameter { .. }) => true,
            Operation::Share(RatioValue::Exact(_)) | Operation::Round { .. } => false,
            Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) => is_product(amount),
        };
        let both = a.steps.iter().zip(&b.steps);
        let same = both.take_while(|(one, two)| one.operation == two.operation).count();
        let shared = a.steps.iter().take(same).rposition(multiplies).map(|at| at + 1);
        let rest = match a.start == b.start && (shared.is_some() || is_product(&a.start)) {
            true => Rest {
                starts: None,
                steps: pair.map(|pipeline| pipeline.steps.get(shared.unwrap_or(0)..).unwrap_or_default()),
            },
            false => Rest {
                starts: Some([&a.start, &b.start]),
                steps: [&a.steps, &b.steps],
            },
        };
        let open = |step: &Step| matches!(step.operation, Operation::Share(RatioValue::Parameter { .. }));
        (!rest.steps.iter().any(|steps| steps.iter().any(open))).then_some(rest)
    }
    fn amounts(&self) -> impl Iterator<Item = &'p Amount> {
        let starts = self.starts.into_iter().flatten();
        let steps = self.steps.into_iter().flatten();
        starts.chain(steps.filter_map(|step| match &step.operation {
            Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) => Some(amount),
            Operation::Share(_) | Operation::Round { .. } => None,
        }))
    }
    fn straight(&self) -> impl Iterator<Item = &'p Amount> {
        self.amounts().filter(|amount| !is_product(amount))
    }

    fn alike(&self, plan: &Plan, env: &Env, rounded: bool, work: &mut u64) -> Option<bool> {
        if *work == 0 {
            return None;
        }
        let facts: BTreeSet<FactId> = self.straight().flat_map(Amount::facts).collect();
        let facts: Vec<FactId> = facts.into_iter().collect();
        let mut pieces = Pieces::new(plan, env, End::High, &facts);
        let mut unknown = Vec::new();
        self.straight().for_each(|amount| atoms(amount, &mut unknown));
        for atom in unknown {
            let between = between(plan, &atom);
            pieces.add(Variable::Open(atom), between);
        }
        for variable in &mut pieces.program.variables {
            variable.most.get_or_insert_with(|| BigInt::from(MAX_FEN));
        }
        let any = Between {
            least: Some(BigInt::zero()),
            most: None,
        };
        for product in self.amounts().filter(|amount| is_product(amount)) {
            if pieces.open(product).is_none() {
                let at = pieces.add(Variable::Open(product.clone()), any.clone());
                pieces.program.fractional.insert(at);
            }
        }
        let before = pieces.add(Variable::Before, any);
        pieces.program.fractional.insert(before);
        let mut shapes = Vec::new();
        for (at, steps) in self.steps.iter().enumerate() {
            let mut value = match self.starts.and_then(|starts| starts.get(at).copied()) {
                Some(start) => pieces.start(start)?,
                None => Shape::variable(before),
            };
            for step in *steps {
                value = pieces.step(value, &step.operation)?;
            }
            shapes.push(value);
        }
        let [one, two] = shapes.as_slice() else { return None };
        Some(never_apart(&mut pieces, [one, two], rounded, work))
    }
}

/// Whether what two functions come to is alike, where it is `rounded` to the cent.
pub(super) fn never_apart(pieces: &mut Pieces<'_>, pair: [&Shape; 2], rounded: bool, work: &mut u64) -> bool {
    let [one, two] = pair.map(|shape| match rounded {
        true => pieces.rounded(shape, 1, RoundMode::HalfUp),
        false => shape.clone(),
    });
    let mut hunt = Hunt {
        // What is no quantity of a claim has no value of its own: nothing is found here.
        value: &|_| None,
        first: 0,
        tells: false,
        worth: &BigRational::clone,
        best: Some((BigRational::zero(), Vec::new())),
        enough: Some(BigRational::one()),
        left: SOLVED,
        work: *work,
    };
    let above = [(&one, &two), (&two, &one)].map(|pair| exceeds(pieces, pair, rounded, &mut hunt));
    *work = hunt.work;
    above == [Some(false); 2]
}

/// It holds something that is multiplied by what a contract sets.
fn is_product(amount: &Amount) -> bool {
    let mut found = BTreeSet::new();
    multipliers_of(amount, &mut found);
    !found.is_empty()
}
