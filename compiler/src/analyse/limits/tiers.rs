//! L114: a level of the order in which a limit is handed out that no money of the limit ever reaches.

use super::super::payable::fact_named;
use super::super::subject::{Subject, named};
use crate::plan::{CoverId, FactId, Filter, GroupKey, Limit, Part, Plan, Tier, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Arg, Finding, codes};
use std::collections::BTreeSet;

pub(super) fn never_reached(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for limit in plan.limits.iter().filter(|limit| !limit.own && !limit.tiers.is_empty()) {
        let report = |why: &'static str, number: usize| {
            Finding::new(codes::L114, subject.part(&limit.exhaustion_source, Part::Exhausted))
                .arg("limit", named(&limit.name))
                .arg("why", why)
                .arg("number", Arg::Count(i64::try_from(number).unwrap_or(i64::MAX)))
                .articles(limit.source.articles.clone())
                .about(limit.name.zh.clone())
        };
        for (index, tier) in limit.tiers.iter().enumerate() {
            if let Tier::Rank(ranks) = tier {
                for (number, why) in idle_ranks(plan, limit, ranks) {
                    found.push(report(why, number));
                }
            }
            // Each group of the limit has one event, each event of an earlier level has one, and so on.
            let one = fixed(plan, limit, limit.tiers.get(..index).unwrap_or_default(), tier);
            if one {
                found.push(report("one", index.saturating_add(1)));
            }
        }
    }
}

/// Whether what is handed out level by level so far leaves one value for this level to tell apart.
fn fixed(plan: &Plan, limit: &Limit, earlier: &[Tier], tier: &Tier) -> bool {
    let keyed = |fact: &str| {
        let fact = fact_named(plan, fact);
        limit
            .keys
            .iter()
            .any(|key| matches!((key, fact), (GroupKey::Fact(key), Some(fact)) if *key == fact))
    };
    let claim = keyed(id::CLAIM) || earlier.contains(&Tier::Claim);
    match tier {
        Tier::Event => claim || keyed(id::EVENT) || earlier.contains(&Tier::Event),
        Tier::Claim | Tier::Rank(_) => claim,
        // Claims of one event may fall on several days.
        Tier::Date => claim || earlier.contains(&Tier::Date),
    }
}

/// Positions (from 1) of ranks to which no line of the limit comes, and why.
fn idle_ranks(plan: &Plan, limit: &Limit, ranks: &[Filter]) -> Vec<(usize, &'static str)> {
    let all = lines(plan, &limit.filter);
    let mut left: BTreeSet<Line> = all.clone();
    let mut idle = Vec::new();
    for (number, rank) in (1..).zip(ranks) {
        // What a rank asks of other facts than the harm is not known of a line.
        let whole = other_facts(plan, rank).is_empty();
        let of_rank: BTreeSet<Line> = lines(plan, rank).intersection(&all).copied().collect();
        if of_rank.is_empty() {
            idle.push((number, "nothing"));
        } else if of_rank.is_disjoint(&left) {
            idle.push((number, "taken"));
        }
        if whole {
            left = left.difference(&of_rank).copied().collect();
        }
    }
    idle
}

type Line = (CoverId, ValueId);

fn other_facts(plan: &Plan, filter: &Filter) -> Vec<FactId> {
    let harm = fact_named(plan, id::HARM);
    let facts = filter.facts.iter().map(|(fact, _)| *fact);
    facts.filter(|fact| Some(*fact) != harm).collect()
}

/// The covers and harms of the lines that may pass a filter.
fn lines(plan: &Plan, filter: &Filter) -> BTreeSet<Line> {
    let harm = fact_named(plan, id::HARM);
    let passes = |line: &Line| {
        filter.covers.as_ref().is_none_or(|covers| covers.contains(&line.0))
            && filter
                .facts
                .iter()
                .all(|(fact, values)| Some(*fact) != harm || values.contains(&line.1))
    };
    let lines = plan.benefits.iter().map(|benefit| (benefit.cover, benefit.harm));
    lines.filter(passes).collect()
}
