//! Generated schemes as something that can run, and what they hold.

use super::claims::Generator;
use super::engine::random_of;
use super::subjects::Subject;
use crate::random::Random;
use crate::worlds::generate::generate;
use crate::worlds::model::{Coinsurance, Exhausted, Money, Share, Start, Step, World};
use anlan_compiler::emit::lower;
use anlan_compiler::emit::program::{Choice, Money as Amount, Program, Rule, Tier};
use std::collections::BTreeMap;

/// The world of a seed with its parameters set, without slips in its shares, and with more ways of sharing a limit
/// than the analysis tells apart.
pub fn runnable(seed: u64) -> World {
    let mut world = generate(seed);
    let mut random = Random::new(seed ^ 0x5EED);
    world.framework = None;
    settle_parameters(&mut world);
    world.coinsurance = random.chance(60).then(|| Coinsurance {
        insurers: random
            .pick(&[vec![50, 25, 25], vec![34, 33, 33], vec![60, 40], vec![40, 30, 20, 10]])
            .into_iter()
            .enumerate()
            .map(|(at, share)| (share, at == 0))
            .collect(),
        count: None,
        lead_at_least: None,
        twice: false,
        shared: true,
    });
    for limit in &mut world.limits {
        limit.then_by_date = matches!(limit.exhausted, Exhausted::Rank(_)) && random.chance(60);
        limit.ratio_rounded = limit.exhausted == Exhausted::ProRata && random.chance(30);
    }
    world
}

/// Every parameter becomes a number within its bounds.
fn settle_parameters(world: &mut World) {
    let values: Vec<i64> = world
        .parameters
        .iter()
        .map(|p| p.at_least.or(p.at_most).unwrap_or(if p.ratio { 50 } else { 7_654_321 }))
        .collect();
    let set = |money: &mut Money| {
        if let Money::Parameter(at) = money {
            *money = Money::Fen(values[*at]);
        }
    };
    for row in world.schedules.iter_mut().flat_map(|schedule| &mut schedule.rows) {
        if let Start::Fixed(money) | Start::TableOf { of: money, .. } = &mut row.start {
            set(money);
        }
        for step in &mut row.steps {
            match step {
                Step::Less(money) | Step::UpTo(money) | Step::AtLeast(money) => set(money),
                Step::Share(share) => {
                    if let Share::Parameter(at) = share {
                        *share = Share::Of(values[*at], 100);
                    }
                }
                Step::Round(..) => {}
            }
        }
    }
    world.limits.iter_mut().for_each(|limit| set(&mut limit.amount));
    world.parameters.clear();
}

/// How many of the subjects hold each of the things that evaluators find hard, with so many claims made from a seed as
/// [`hold`](super::engine::hold) makes them.
pub fn make_up(subjects: &[Subject], claims: usize, seed: u64) -> BTreeMap<&'static str, usize> {
    let mut found = BTreeMap::new();
    for (number, subject) in subjects.iter().enumerate() {
        let program = lower(&subject.plan).unwrap();
        let made = Generator::new(&program).claims(&mut random_of(seed, number), claims);
        let far = |text: &str| text.chars().any(|c| c > '\u{FFFF}');
        let beyond = made.iter().flatten().any(|(_, text)| far(text));
        let traits = traits(&program, subject.source.as_deref().unwrap_or_default());
        for (what, holds) in traits.into_iter().chain([("ids beyond the basic plane", beyond)]) {
            *found.entry(what).or_default() += usize::from(holds);
        }
    }
    found
}

fn traits(program: &Program, source: &str) -> [(&'static str, bool); 10] {
    let limits = || program.limits.iter().filter(|limit| !limit.own);
    let amounts = || {
        let of_limits = program.limits.iter().filter_map(|limit| match &limit.rule {
            Rule::UpTo(amount) | Rule::Less(amount) => Some(amount),
            Rule::Largest { .. } => None,
        });
        of_limits.chain(program.pipelines.iter().map(|pipeline| &pipeline.start))
    };
    let with = |tier: fn(&Tier) -> bool| limits().any(|limit| limit.tiers.iter().any(tier));
    [
        ("covers that stack", !program.stack.is_empty()),
        (
            "covers ranked or the larger paid",
            !program.over.is_empty() || !program.higher.is_empty(),
        ),
        (
            "limits that do not nest",
            source.contains("后于") || source.contains(" after "),
        ),
        (
            "ranks and days within a limit",
            limits().any(|limit| matches!(limit.tiers.as_slice(), [Tier::Rank(_), Tier::Date])),
        ),
        ("first come, first served", with(|tier| matches!(tier, Tier::Claim))),
        (
            "shares of a limit with remainders",
            limits().any(|limit| limit.ratio_to.is_none() && !limit.keys.is_empty()),
        ),
        ("a ratio rounded first", limits().any(|limit| limit.ratio_to.is_some())),
        ("decisions", !program.decisions.is_empty()),
        ("dated amounts", amounts().any(dated)),
        ("two insurers and more", program.insurers.len() >= 2),
    ]
}

fn dated(amount: &Amount) -> bool {
    fn inside(choice: &Choice) -> bool {
        match choice {
            Choice::Dated(_) => true,
            Choice::Decided { then, otherwise, .. } => inside(then) || inside(otherwise),
            Choice::Unlimited | Choice::Linear(_) => false,
        }
    }
    inside(&amount.choice)
}
