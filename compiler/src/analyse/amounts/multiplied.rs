//! Whether two benefits pay the same whatever ratios a contract sets, after steps that differ.
//!
//! A ratio after other steps is as good before them: `min(x, 100) × r` is `min(r × x, r × 100)`, and so for what is taken
//! off and for floors. Then all products are of ratios with one quantity, or with 1: each is a variable of its own, between
//! what the bounds of its parts say. More is let in so than claims come to, hence this proves, and shows no difference.

use super::apart::{Compared, atoms, between, moments};
use super::behind::never_apart;
use super::pieces::{Pieces, Variable};
use super::program::{Between, Line};
use super::setting::{amounts_of, quantities};
use super::top::{End, Env, amount_top};
use crate::money::{Fen, MAX_FEN, Ratio};
use crate::plan::{Amount, Count, FactId, Operation, Pipeline, Plan, RatioValue, Step};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use std::collections::BTreeSet;

/// `false` where it was not shown.
pub(super) fn alike(
    plan: &Plan,
    (path, env): (&[(FactId, u16)], &Env),
    compared: Compared<'_>,
    work: &mut u64,
) -> bool {
    let amounts: Vec<&Amount> = compared.pair.into_iter().flat_map(amounts_of).collect();
    let Some(moments) = moments(plan, path, &amounts).filter(|moments| moments.all) else {
        return false;
    };
    let mut envs = moments.at.iter().map(|when| env.clone().when(Some(when)));
    envs.all(|env| alike_at(plan, &env, compared, work) == Some(true))
}

fn alike_at(plan: &Plan, env: &Env, Compared { pair, rounded }: Compared<'_>, work: &mut u64) -> Option<bool> {
    if *work == 0 {
        return None;
    }
    let [a, b] = pair.map(|pipeline| spread(env, pipeline));
    let pair = [a?, b?];
    let mut products = Vec::new();
    let mut unknown = Vec::new();
    for amount in pair.iter().flat_map(amounts_of) {
        found(amount, &mut products);
        atoms(amount, &mut unknown);
    }
    let facts: BTreeSet<FactId> = pair.iter().flat_map(quantities).collect();
    let facts: Vec<FactId> = facts.into_iter().collect();
    let mut pieces = Pieces::new(plan, env, End::High, &facts);
    for atom in unknown {
        let between = between(plan, &atom);
        pieces.add(Variable::Open(atom), between);
    }
    for variable in &mut pieces.program.variables {
        variable.most.get_or_insert_with(|| BigInt::from(MAX_FEN));
    }
    for product in &products {
        product_of(&mut pieces, product)?;
    }
    let mut shapes = Vec::new();
    for pipeline in &pair {
        shapes.push(pieces.pipeline(pipeline)?);
    }
    let [one, two] = shapes.as_slice() else { return None };
    Some(never_apart(&mut pieces, [one, two], rounded, work))
}

/// The same benefit with each open ratio before all other steps; nothing where a step rounds before one.
fn spread(env: &Env, pipeline: &Pipeline) -> Option<Pipeline> {
    let mut ratios: Vec<RatioValue> = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    for step in pipeline.steps.iter().rev() {
        let operation = match &step.operation {
            Operation::Share(ratio @ RatioValue::Parameter { .. }) => {
                ratios.push(ratio.clone());
                continue;
            }
            Operation::Less(amount) => Operation::Less(expanded(env, &ratios, amount)?),
            Operation::UpTo(amount) => Operation::UpTo(expanded(env, &ratios, amount)?),
            Operation::AtLeast(amount) => Operation::AtLeast(expanded(env, &ratios, amount)?),
            Operation::Round { .. } if !ratios.is_empty() => return None,
            same @ (Operation::Share(RatioValue::Exact(_)) | Operation::Round { .. }) => same.clone(),
        };
        steps.push(Step {
            operation,
            articles: Vec::new(),
        });
    }
    steps.reverse();
    Some(Pipeline {
        start: expanded(env, &ratios, &pipeline.start)?,
        steps,
        articles: Vec::new(),
    })
}

/// The amount times ratios, as a sum of products of ratios with one quantity each.
fn expanded(env: &Env, ratios: &[RatioValue], amount: &Amount) -> Option<Amount> {
    let times = |by: Ratio, of: Amount| Amount::Scaled {
        ratio: RatioValue::Exact(by),
        of: Box::new(of),
    };
    match amount {
        Amount::Dated(_) | Amount::Decided { .. } => expanded(env, ratios, env.selected(amount)?),
        Amount::Scaled { ratio, of } => match ratio {
            RatioValue::Exact(by) => Some(times(*by, expanded(env, ratios, of)?)),
            RatioValue::Parameter { .. } => expanded(env, &[ratios, std::slice::from_ref(ratio)].concat(), of),
        },
        Amount::Sum(parts) => {
            let parts = parts.iter().map(|part| expanded(env, ratios, part));
            Some(Amount::Sum(parts.collect::<Option<_>>()?))
        }
        Amount::PerUnit {
            units: Some(Count::Parameter(_)),
            ..
        } => None,
        Amount::PerUnit { rate, .. } if !matches!(**rate, Amount::Fixed(_)) => None,
        _ if ratios.is_empty() => Some(amount.clone()),
        Amount::Fixed(fen) => Some(times(Ratio::integer(fen.0), product(ratios, Amount::Fixed(Fen(1))))),
        Amount::PerUnit {
            rate,
            count,
            units: None,
        } => match **rate {
            Amount::Fixed(fen) => Some(times(Ratio::integer(fen.0), product(ratios, Amount::Fact(*count)))),
            _ => None,
        },
        Amount::PerUnit { .. } => None,
        // Without bound times a ratio of 0 is nothing.
        Amount::Unlimited => None,
        Amount::Parameter { .. }
        | Amount::Premium
        | Amount::Balance(_)
        | Amount::DecisionValue(_)
        | Amount::Fact(_) => Some(product(ratios, amount.clone())),
    }
}

/// One amount for each product, in whatever order its ratios stand.
fn product(ratios: &[RatioValue], of: Amount) -> Amount {
    let mut ratios = ratios.to_vec();
    ratios.sort_by_key(|ratio| match ratio {
        RatioValue::Parameter { parameter, value } => Some((*parameter, *value)),
        RatioValue::Exact(_) => None,
    });
    ratios.into_iter().fold(of, |of, ratio| Amount::Scaled {
        ratio,
        of: Box::new(of),
    })
}

/// The products of an amount, each once.
fn found(amount: &Amount, products: &mut Vec<Amount>) {
    match amount {
        known if products.contains(known) => {}
        Amount::Scaled {
            ratio: RatioValue::Parameter { .. },
            ..
        } => products.push(amount.clone()),
        Amount::Scaled { of, .. } => found(of, products),
        Amount::Sum(parts) => parts.iter().for_each(|part| found(part, products)),
        _ => {}
    }
}

/// Adds the variable of a product, and between which multiples of its quantity it lies.
fn product_of(pieces: &mut Pieces<'_>, product: &Amount) -> Option<()> {
    let (plan, env) = (pieces.plan, pieces.env);
    let mut of = product;
    while let Amount::Scaled { of: part, .. } = of {
        of = part;
    }
    let by = replaced_quantity(product);
    let end = |end: End| amount_top(plan, &by, env, end, end);
    let (least, most) = (
        super::pieces::exact(end(End::Low)?),
        end(End::High).map(super::pieces::exact),
    );
    let free = Between {
        least: Some(BigInt::from(0)),
        most: None,
    };
    let at = pieces.add(Variable::Open(product.clone()), free);
    pieces.program.fractional.insert(at);
    let quantity = pieces.line(of)?;
    let minus = -BigRational::one();
    let variable = Line::variable(at, BigRational::one());
    pieces
        .program
        .rows
        .push(variable.plus(&quantity.times(&least).times(&minus)));
    if let Some(most) = most {
        pieces
            .program
            .rows
            .push(quantity.times(&most).plus(&variable.times(&minus)));
    }
    Some(())
}

/// The product of the ratios alone.
fn replaced_quantity(product: &Amount) -> Amount {
    match product {
        Amount::Scaled { ratio, of } => Amount::Scaled {
            ratio: ratio.clone(),
            of: Box::new(replaced_quantity(of)),
        },
        _ => Amount::Fixed(Fen(1)),
    }
}
