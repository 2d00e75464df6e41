//! What a cover pays for one claim by itself, written in the fewest steps.

use super::super::amounts::{self, Apart, Budget, Difference, End, Env, amount_top, apart, pipeline_bound};
use super::super::payable::passes;
use crate::money::{Fen, Ratio};
use crate::plan::{
    Amount, CoverId, FactId, LimitRule, Operation, Pipeline, PipelineId, Plan, RatioValue, Step, ValueId,
};
use anlan_lang::tree::RoundMode;

/// What a cover pays for one claim by itself, own caps included, without steps that change nothing. Equal ones pay the
/// same; the articles do not matter.
#[derive(Debug, PartialEq)]
pub(super) enum Money {
    /// The same for every claim
    Exact(Ratio),
    Steps(Pipeline),
    /// What is taken off a total is rounded by itself, which no step says: only the same steps pay the same.
    Apart(Pipeline),
}

impl Money {
    pub(super) fn new(plan: &Plan, env: &Env, cover: CoverId, harm: ValueId, pipeline: Option<PipelineId>) -> Self {
        let Some(pipeline) = pipeline.and_then(|id| plan.pipelines.get(id.index())) else {
            return Money::Exact(Ratio::ZERO);
        };
        let own = plan.limits.iter().filter(|limit| {
            let whole = |filter: &crate::plan::Filter| passes(plan, filter, cover, harm, &[]);
            limit.own && whole(&limit.filter)
        });
        // A total is of rounded benefits.
        let round = Operation::Round {
            unit: Fen(1),
            mode: RoundMode::HalfUp,
        };
        let mut whole = true;
        let capped: Vec<Operation> = own
            .flat_map(|limit| match &limit.rule {
                LimitRule::UpTo(amount) => vec![Operation::UpTo(amount.clone())],
                LimitRule::Less(amount) => {
                    whole &= matches!(amount, Amount::Fixed(_) | Amount::Parameter { .. });
                    vec![round.clone(), Operation::Less(amount.clone())]
                }
                LimitRule::Largest { .. } => Vec::new(),
            })
            .collect();
        let mut short = Pipeline {
            start: pipeline.start.clone(),
            steps: Vec::new(),
            articles: Vec::new(),
        };
        while let Amount::Scaled { ratio, of } = short.start {
            push(&mut short.steps, Operation::Share(ratio));
            short.start = *of;
        }
        for operation in pipeline.steps.iter().map(|step| step.operation.clone()).chain(capped) {
            if !changes_nothing(plan, env, &short, &operation) {
                push(&mut short.steps, operation);
            }
        }
        // What is paid is rounded so at the end anyway.
        while short.steps.last().is_some_and(|step| is_last_rounding(&step.operation)) {
            short.steps.pop();
        }
        if !whole {
            return Money::Apart(short);
        }
        match pipeline_bound(plan, &short, env) {
            // No fact moves it, or it is nothing for every claim.
            Some(most) if most == Ratio::ZERO || fixed(&short) => Money::Exact(most),
            _ => Money::Steps(short),
        }
    }
    /// Whether some claim along the path, with facts as the environment bounds them, is paid differently, to the cent.
    pub(super) fn apart(&self, other: &Money, plan: &Plan, at: (&[(FactId, u16)], &Env), budget: &mut Budget) -> Apart {
        match (self, other) {
            (one, two) if one == two => Apart::Never,
            (Money::Exact(one), Money::Exact(two)) => Apart::At(Difference::of(*one, *two)),
            (one, two) => match (one.steps(), two.steps()) {
                (Some(one), Some(two)) => apart(plan, at, [&one, &two], budget),
                _ => Apart::Open,
            },
        }
    }
    fn steps(&self) -> Option<Pipeline> {
        match self {
            Money::Steps(pipeline) => Some(pipeline.clone()),
            Money::Apart(_) => None,
            // It is rounded to 分 already.
            Money::Exact(fen) => Some(Pipeline {
                start: Amount::Fixed(Fen(i64::try_from(fen.numerator()).ok()?)),
                steps: Vec::new(),
                articles: Vec::new(),
            }),
        }
    }
}

/// To whole 分, as every benefit is in the end (SEMANTICS §2).
fn is_last_rounding(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Round {
            unit: Fen(1),
            mode: RoundMode::HalfUp
        }
    )
}

/// Adds a step; ratios that follow one another are one product, in whatever order they are written.
fn push(steps: &mut Vec<Step>, operation: Operation) {
    let step = |operation| Step {
        operation,
        articles: Vec::new(),
    };
    let Operation::Share(ratio) = operation else {
        steps.push(step(operation));
        return;
    };
    let is_share = |step: &Step| matches!(step.operation, Operation::Share(_));
    let first = steps.iter().rposition(|step| !is_share(step)).map_or(0, |at| at + 1);
    let (mut exact, mut open) = (Ratio::ONE, Vec::new());
    let shares = steps.split_off(first).into_iter().map(|step| step.operation);
    for share in shares.chain([Operation::Share(ratio)]) {
        match &share {
            Operation::Share(RatioValue::Exact(ratio)) if let Some(product) = exact.checked_mul(*ratio) => {
                exact = product
            }
            _ => open.push(share),
        }
    }
    open.sort_by_key(|share| match share {
        Operation::Share(RatioValue::Parameter { parameter, value }) => Some((*parameter, *value)),
        _ => None,
    });
    if exact != Ratio::ONE {
        steps.push(step(Operation::Share(RatioValue::Exact(exact))));
    }
    steps.extend(open.into_iter().map(step));
}

/// The whole, nothing taken off, or a cap that what stands before it never exceeds.
fn changes_nothing(plan: &Plan, env: &Env, before: &Pipeline, operation: &Operation) -> bool {
    let cap = match operation {
        Operation::UpTo(Amount::Unlimited) => return true,
        Operation::UpTo(cap) => cap,
        Operation::Less(amount) | Operation::AtLeast(amount) => return *amount == Amount::Fixed(Fen(0)),
        Operation::Share(RatioValue::Exact(ratio)) => return *ratio == Ratio::ONE,
        Operation::Share(_) | Operation::Round { .. } => return false,
    };
    // The same unknown on both sides is above itself at no setting.
    if before.steps.is_empty() && amounts::compare(plan, &before.start, cap).never {
        return true;
    }
    let same = |step: &Step| matches!(&step.operation, Operation::UpTo(same) if same == cap);
    if let Some(at) = before.steps.iter().position(same)
        && before.steps.iter().skip(at).all(|step| never_adds(&step.operation))
    {
        return true;
    }
    let most = pipeline_bound(plan, before, env);
    // The bound is rounded to 分, and what stands before the cap is not.
    let most = match is_whole(before) {
        true => most,
        false => most.and_then(|most| most.checked_add(Ratio::new(1, 2)?)),
    };
    let least = amount_top(plan, cap, env, End::Low, End::Low);
    matches!((most, least), (Some(most), Some(least)) if most <= least)
}

/// Whether a step leaves nothing larger than it was.
fn never_adds(operation: &Operation) -> bool {
    match operation {
        Operation::Less(_) | Operation::UpTo(_) => true,
        Operation::Share(RatioValue::Exact(ratio)) => *ratio <= Ratio::ONE,
        Operation::Share(_) | Operation::AtLeast(_) | Operation::Round { .. } => false,
    }
}

/// Whether it comes to whole 分 without rounding.
fn is_whole(pipeline: &Pipeline) -> bool {
    let whole = |amount: &Amount| matches!(amount, Amount::Fixed(_) | Amount::Fact(_) | Amount::Parameter { .. });
    whole(&pipeline.start)
        && pipeline.steps.iter().all(|step| match &step.operation {
            Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) => whole(amount),
            Operation::Share(_) => false,
            Operation::Round { .. } => true,
        })
}

fn fixed(pipeline: &Pipeline) -> bool {
    let constant = |amount: &Amount| matches!(amount, Amount::Fixed(_));
    constant(&pipeline.start)
        && pipeline.steps.iter().all(|step| match &step.operation {
            Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) => constant(amount),
            Operation::Share(ratio) => matches!(ratio, RatioValue::Exact(_)),
            Operation::Round { .. } => true,
        })
}
