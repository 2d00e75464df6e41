//! What the payments of single claims cannot show: rules on several claims of one person, priorities without effect on
//! money, responsible bodies.

use super::align::{Pair, Version};
use super::formula::{Formula, Reading};
use super::model::{Hidden, Region};
use super::names::NamedKind;
use super::payments::Payments;
use crate::plan::{Cover, CoverId, GroupKey, Limit, LimitRule, Plan, Schedule, ValueId};
use std::collections::BTreeSet;

/// Compares them, given the regions that were found.
pub(crate) fn hidden(payments: &mut Payments, regions: &[&Region]) -> Hidden {
    schedules(payments);
    let handlers = (0..payments.covers.len()).filter(|joint| !same_handlers(payments, *joint));
    Hidden {
        own: own_limits(payments),
        meeting: meeting(payments, regions),
        handlers: handlers.collect(),
    }
}

/// Schedules that the same covers pay by under another name.
fn schedules(payments: &mut Payments) {
    let (old, new) = (payments.align.old, payments.align.new);
    let covers = |version: Version, schedule: &Schedule| -> BTreeSet<usize> {
        schedule
            .covers
            .iter()
            .map(|cover| payments.joint(version, *cover))
            .collect()
    };
    let mut found = Vec::new();
    for schedule in &old.statement.schedules {
        let renamed = payments.names.map.get(&schedule.id).unwrap_or(&schedule.id);
        if new.statement.schedules.iter().any(|other| other.id == *renamed) {
            continue;
        }
        let wanted = covers(Version::Old, schedule);
        let same = new.statement.schedules.iter().find(|other| {
            !old.statement.schedules.iter().any(|known| known.id == other.id)
                && !wanted.is_empty()
                && covers(Version::New, other) == wanted
        });
        if let Some(same) = same {
            found.push((schedule.id.clone(), same.id.clone()));
        }
    }
    for (old, new) in found {
        payments.names.add(NamedKind::Schedule, &old, &new);
    }
}

fn own_limits(payments: &Payments) -> Vec<Pair<usize>> {
    let (old, new) = (payments.align.old, payments.align.new);
    let own = |plan: &'_ Plan| -> Vec<usize> {
        let limits = plan.limits.iter().enumerate().filter(|(_, limit)| limit.own);
        limits.map(|(index, _)| index).collect()
    };
    let id = |index: &usize| {
        let id = old.limits.get(*index).map_or("", |limit| limit.id.as_str());
        let (schedule, harms) = id.split_once('.').unwrap_or((id, ""));
        let schedule = payments.names.map.get(schedule).map_or(schedule, String::as_str);
        format!("{schedule}.{harms}")
    };
    let mut found = Vec::new();
    let mut taken = BTreeSet::new();
    for a in own(old) {
        let same = |b: &usize| {
            !taken.contains(b)
                && new.limits.get(*b).is_some_and(|limit| {
                    limit.id == id(&a) && rule_kind(limit) == old.limits.get(a).map_or(9, rule_kind)
                })
        };
        let other = own(new).into_iter().find(same);
        taken.extend(other);
        let pair = Pair {
            old: Some(a),
            new: other,
        };
        if differs(payments, pair) {
            found.push(pair);
        }
    }
    for b in own(new).into_iter().filter(|b| !taken.contains(b)) {
        let pair = Pair {
            old: None,
            new: Some(b),
        };
        if differs(payments, pair) {
            found.push(pair);
        }
    }
    found
}

fn rule_kind(limit: &Limit) -> u8 {
    match limit.rule {
        LimitRule::UpTo(_) => 0,
        LimitRule::Less(_) => 1,
        LimitRule::Largest { .. } => 2,
    }
}

/// Whether a difference is there that no region shows.
fn differs(payments: &Payments, pair: Pair<usize>) -> bool {
    let (old, new) = (payments.align.old, payments.align.new);
    let of = |plan: &'_ Plan, index: Option<usize>| index.and_then(|index| plan.limits.get(index).cloned());
    let binds =
        |version: Version, index: Option<usize>| index.is_some_and(|i| payments.binding.contains(&(version, i)));
    let shown = binds(Version::Old, pair.old) || binds(Version::New, pair.new);
    match (of(old, pair.old), of(new, pair.new)) {
        (Some(a), Some(b)) => {
            let keys = |plan: &Plan, limit: &Limit| -> Vec<String> {
                limit.keys.iter().map(|key| key_id(plan, *key)).collect()
            };
            let none = super::formula::Renamed::new();
            let amount = |plan: &Plan, renamed: &super::formula::Renamed, rule: &LimitRule| -> Option<Formula> {
                let reading = Reading { plan, renamed };
                match rule {
                    LimitRule::UpTo(amount) | LimitRule::Less(amount) => Some(reading.amount(amount)),
                    LimitRule::Largest { .. } => None,
                }
            };
            let raise = |limit: &Limit| matches!(limit.rule, LimitRule::Largest { raise: true });
            let amounts = amount(old, &payments.names.map, &a.rule) != amount(new, &none, &b.rule);
            keys(old, &a) != keys(new, &b)
                || raise(&a) != raise(&b)
                || a.tiers.len() != b.tiers.len()
                || a.ratio_to != b.ratio_to
                || (amounts && !shown)
        }
        // A limit of a cover or schedule that only one version has goes with it.
        (Some(a), None) => !shown && common(payments, Version::Old, &a),
        (None, Some(b)) => !shown && common(payments, Version::New, &b),
        (None, None) => false,
    }
}

/// Whether the limit's schedule is in both versions, pays for the same harms, and some of its covers are.
fn common(payments: &Payments, version: Version, limit: &Limit) -> bool {
    let schedule = limit.id.split_once('.').map_or("", |(schedule, _)| schedule);
    let named = |plan: &Plan, id: &str| plan.statement.schedules.iter().any(|s| s.id == id);
    let other = match version {
        Version::Old => {
            let renamed = payments.names.map.get(schedule).map_or(schedule, String::as_str);
            named(payments.align.new, renamed)
        }
        Version::New => {
            let back = payments.names.map.iter().find(|(_, new)| *new == schedule);
            named(payments.align.old, back.map_or(schedule, |(old, _)| old))
        }
    };
    // The largest of one harm's benefits comes and goes with the harm's row, which regions show.
    let rows = match limit.rule {
        LimitRule::Largest { .. } => limit.filter.facts.iter().any(|(_, values)| values.len() > 1),
        _ => true,
    };
    other && rows
}

fn key_id(plan: &Plan, key: GroupKey) -> String {
    match key {
        GroupKey::Year => "year".to_owned(),
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).map_or_else(String::new, |f| f.id.clone()),
    }
}

/// Whether the ranks of covers of both versions changed with no region between them.
fn meeting(payments: &Payments, regions: &[&Region]) -> bool {
    type Pairs = BTreeSet<(u8, usize, usize)>;
    let pairs = |version: Version| -> Pairs {
        let meeting = &payments.align.plan(version).meeting;
        let both = |cover: CoverId| {
            payments
                .covers
                .get(payments.joint(version, cover))
                .is_some_and(|p| p.old.is_some() && p.new.is_some())
        };
        let of = |kind: u8, pairs: &[(CoverId, CoverId)]| -> Vec<(u8, usize, usize)> {
            let known = pairs.iter().filter(|(a, b)| both(*a) && both(*b));
            known
                .map(|(a, b)| {
                    let (a, b) = (payments.joint(version, *a), payments.joint(version, *b));
                    if kind == 0 {
                        (kind, a, b)
                    } else {
                        (kind, a.min(b), a.max(b))
                    }
                })
                .collect()
        };
        [of(0, &meeting.over), of(1, &meeting.higher), of(2, &meeting.stack)]
            .concat()
            .into_iter()
            .collect()
    };
    let (old, new) = (pairs(Version::Old), pairs(Version::New));
    let shown = |(_, a, b): &(u8, usize, usize)| {
        regions.iter().any(|region| {
            let all: BTreeSet<usize> = region.old_covers.iter().chain(&region.new_covers).copied().collect();
            all.contains(a) && all.contains(b)
        })
    };
    old.symmetric_difference(&new).any(|pair| !shown(pair))
}

/// Whether the same bodies answer for the perils that a cover has in both versions.
fn same_handlers(payments: &Payments, joint: usize) -> bool {
    let Some(Pair {
        old: Some(old),
        new: Some(new),
    }) = payments.covers.get(joint).copied()
    else {
        return true;
    };
    let (Some(a), Some(b)) = (
        payments.align.old.covers.get(old.index()),
        payments.align.new.covers.get(new.index()),
    ) else {
        return true;
    };
    let (mut left, mut right) = (perils(payments.align.old, a), perils(payments.align.new, b));
    if a.any_peril != b.any_peril || left.is_empty() || right.is_empty() {
        (left, right) = (vec![None], vec![None]);
    }
    let id = |plan: &Plan, value: &Option<ValueId>| value.map(|v| value_id(plan, v));
    let common: BTreeSet<Option<String>> = {
        let right: BTreeSet<_> = right.iter().map(|v| id(payments.align.new, v)).collect();
        left.iter()
            .map(|v| id(payments.align.old, v))
            .filter(|v| right.contains(v))
            .collect()
    };
    common
        .iter()
        .all(|peril| bodies(payments.align.old, a, peril.as_deref()) == bodies(payments.align.new, b, peril.as_deref()))
}

fn value_id(plan: &Plan, value: ValueId) -> String {
    let domain = plan.domains.iter().find(|d| d.id == crate::resolve::id::PERIL);
    domain
        .and_then(|d| d.values.get(value.index()))
        .map_or_else(String::new, |v| v.id.clone())
}

fn perils(plan: &Plan, cover: &Cover) -> Vec<Option<ValueId>> {
    if cover.any_peril {
        return vec![None];
    }
    let domain = plan.domains.iter().find(|d| d.id == crate::resolve::id::PERIL);
    let known = domain.map_or(0, |d| d.values.len());
    let words = cover.peril_words.iter().flat_map(|word| &word.values);
    words.filter(|v| v.index() < known).map(|v| Some(*v)).collect()
}

/// The bodies for one peril, those named for it before those for all.
fn bodies(plan: &Plan, cover: &Cover, peril: Option<&str>) -> BTreeSet<String> {
    cover
        .handled_by
        .iter()
        .filter(|handler| {
            handler.perils.is_empty()
                || handler
                    .perils
                    .iter()
                    .any(|v| peril.is_none_or(|peril| value_id(plan, *v) == peril))
        })
        .flat_map(|handler| handler.bodies.iter().cloned())
        .collect()
}
