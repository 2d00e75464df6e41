//! Limits that apply in one go.

use super::super::Writer;
use crate::emit::program::{Filter, Key, Limit, Program, Rule, Tier};

/// Limits that apply in one go: same keys, same order, and no line under two of them.
#[derive(Debug)]
pub(in crate::emit::sql) struct Stage {
    pub limits: Vec<usize>,
    pub own: bool,
}

impl Stage {
    pub fn tiers<'p>(&self, program: &'p Program) -> &'p [Tier] {
        self.limits
            .first()
            .and_then(|at| program.limits.get(*at))
            .map_or(&[], |limit| &limit.tiers)
    }

    pub fn key_columns(&self, writer: &Writer<'_>) -> Vec<KeyColumn> {
        let keys = self
            .limits
            .first()
            .and_then(|at| writer.program.limits.get(*at))
            .map_or(&[][..], |limit| &limit.keys);
        keys.iter()
            .map(|key| match key {
                Key::Fact(fact) => KeyColumn {
                    name: writer.field(*fact).to_owned(),
                    blank: vec![writer.field(*fact).to_owned()],
                },
                Key::Year => KeyColumn {
                    name: "year".to_owned(),
                    blank: writer
                        .event()
                        .filter(|_| writer.program.years.of_event)
                        .into_iter()
                        .collect(),
                },
            })
            .collect()
    }
}

/// A column that limits group by, and the fields without which it is not known.
#[derive(Debug)]
pub(in crate::emit::sql) struct KeyColumn {
    pub name: String,
    pub blank: Vec<String>,
}

/// Whether no line can be under both.
pub(super) fn apart(a: &Filter, b: &Filter) -> bool {
    let covers = match (&a.covers, &b.covers) {
        (Some(a), Some(b)) => !a.iter().any(|cover| b.contains(cover)),
        _ => false,
    };
    covers
        || a.facts.iter().any(|(fact, values)| {
            b.facts
                .iter()
                .any(|(other, others)| fact == other && !values.iter().any(|v| others.contains(v)))
        })
}

fn alike(a: &Limit, b: &Limit) -> bool {
    let kind = |limit: &Limit| match limit.rule {
        Rule::Less(_) => 1,
        Rule::Largest { raise: true } => 2,
        _ => 0,
    };
    let plain = |tier: &Tier| match tier {
        Tier::Date => Some(0),
        Tier::Event => Some(1),
        Tier::Claim => Some(2),
        Tier::Rank(_) => None,
    };
    let tiers = |limit: &Limit| limit.tiers.iter().map(plain).collect::<Option<Vec<_>>>();
    a.own == b.own
        && a.keys == b.keys
        && tiers(a).is_some()
        && tiers(a) == tiers(b)
        && a.exhaustion_stated == b.exhaustion_stated
        && a.ratio_to == b.ratio_to
        && kind(a) == kind(b)
}

/// Limits in their order, those that touch no line together side by side.
pub(in crate::emit::sql) fn stages(program: &Program) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    let limit = |at: &usize| program.limits.get(*at);
    for (at, new) in program.limits.iter().enumerate() {
        let joins = |stage: &Stage| {
            stage
                .limits
                .iter()
                .filter_map(limit)
                .all(|l| alike(l, new) && apart(&l.filter, &new.filter))
        };
        let passes = |stage: &Stage| {
            stage
                .limits
                .iter()
                .filter_map(limit)
                .all(|l| apart(&l.filter, &new.filter))
        };
        let mut found = None;
        for (place, stage) in stages.iter().enumerate().rev() {
            if joins(stage) {
                found = Some(place);
            }
            if !passes(stage) {
                break;
            }
        }
        match found.and_then(|place| stages.get_mut(place)) {
            Some(stage) => stage.limits.push(at),
            None => stages.push(Stage {
                limits: vec![at],
                own: new.own,
            }),
        }
    }
    stages
}
