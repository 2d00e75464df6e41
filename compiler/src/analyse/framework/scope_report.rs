//! Findings about the scopes of a framework (F102, F107), and about where it applies (F112).

use super::super::payable::{class_of, fact_named};
use super::super::subject::{Subject, articles, named};
use super::floors::{covers_some, reaches_yes};
use super::scope::{FrameworkScope, listed_apart, menu, near, scopes};
use crate::plan::{CoverId, Part, Plan, ValueId};
use crate::resolve::{Scope, id};
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{ClauseKind, Name, Notes, ScopeKind};
use std::collections::BTreeSet;

/// F102: what a framework's basic scope lists and no cover pays: perils, harms, classes of persons.
pub(super) fn scope_narrower(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for framework in subject.scope.frameworks() {
        for scope in scopes(subject.scope, framework)
            .iter()
            .filter(|s| s.kind == ScopeKind::Basic)
        {
            let lists = [
                (id::PERIL, perils_missing(plan, scope), scope.perils.len()),
                (id::HARM, harms_missing(plan, scope), scope.harms.len()),
                (id::ROLE, roles_missing(plan, scope), scope.roles.len()),
            ];
            for (domain, missing, listed) in lists {
                // From a menu anything may be left out, but not everything.
                if missing.is_empty() || (menu(framework) && missing.len() < listed) {
                    continue;
                }
                found.push(
                    Finding::new(codes::F102, subject.head())
                        .arg("framework", framework.name())
                        .arg("perils", topmost(plan, domain, &missing))
                        .label(framework.place(scope.span), "requirement")
                        .articles(scope_articles(framework, scope.notes))
                        .about(framework.name().to_owned()),
                );
            }
        }
    }
}

fn perils_missing(plan: &Plan, scope: &FrameworkScope<'_>) -> Vec<ValueId> {
    let Some(peril) = fact_named(plan, id::PERIL) else {
        return Vec::new();
    };
    let covered = |value: &ValueId| {
        class_of(plan, peril, *value).is_some_and(|class| {
            plan.covers
                .iter()
                .any(|cover| reaches_yes(&plan.diagrams, cover.perils, peril, class))
        })
    };
    scope.perils.iter().copied().filter(|value| !covered(value)).collect()
}

/// The covers that pay for some peril of the scope.
fn covers_of(plan: &Plan, scope: &FrameworkScope<'_>) -> Vec<CoverId> {
    let perils: Vec<ValueId> = scope.perils.iter().copied().collect();
    let all = (0..plan.covers.len()).map(CoverId::from);
    all.filter(|cover| covers_some(plan, *cover, &perils)).collect()
}

/// Harms of which no cover of the scope has a row, nor of a part or a whole of them. Where no cover pays for the perils
/// there is nothing more to say.
fn harms_missing(plan: &Plan, scope: &FrameworkScope<'_>) -> Vec<ValueId> {
    let covers = covers_of(plan, scope);
    let Some(domain) = plan.domains.iter().find(|domain| domain.id == id::HARM) else {
        return Vec::new();
    };
    let paid = |harm: &ValueId| {
        let benefits = plan.benefits.iter().filter(|benefit| covers.contains(&benefit.cover));
        benefits.map(|benefit| benefit.harm).any(|own| near(domain, own, *harm))
    };
    let missing = scope.harms.iter().copied().filter(|harm| !paid(harm));
    if covers.is_empty() {
        Vec::new()
    } else {
        missing.collect()
    }
}

/// Classes of persons that no cover of the scope takes, or that a closed list of the persons insured leaves out.
fn roles_missing(plan: &Plan, scope: &FrameworkScope<'_>) -> Vec<ValueId> {
    let covers = covers_of(plan, scope);
    let (Some(fact), Some(domain)) = (
        fact_named(plan, id::ROLE),
        plan.domains.iter().find(|domain| domain.id == id::ROLE),
    ) else {
        return Vec::new();
    };
    let below = |role: ValueId| {
        let all = (0..domain.values.len()).map(ValueId::from);
        all.filter(move |value| near(domain, *value, role))
    };
    let taken = |role: &ValueId| {
        covers.iter().filter_map(|id| plan.covers.get(id.index())).any(|cover| {
            below(*role).any(|value| {
                // What no rule tells apart is taken like all others.
                class_of(plan, fact, value).is_none_or(|class| reaches_yes(&plan.diagrams, cover.roles, fact, class))
            })
        })
    };
    let missing = scope.roles.iter().copied();
    let missing = missing.filter(|role| !taken(role) || listed_apart(plan, domain, *role));
    if covers.is_empty() {
        Vec::new()
    } else {
        missing.collect()
    }
}

/// F107: a peril that is neither in the basic scope offered as a menu nor in the extended scope.
pub(super) fn outside_menu(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for framework in subject.scope.frameworks() {
        let scopes = scopes(subject.scope, framework);
        let basic = scopes.iter().find(|s| s.kind == ScopeKind::Basic);
        let Some(basic) = basic.filter(|_| menu(framework) && !scopes.iter().any(|s| s.open)) else {
            continue;
        };
        let allowed: BTreeSet<ValueId> = scopes.iter().flat_map(|s| s.perils.iter().copied()).collect();
        for cover in plan.covers.iter().filter(|cover| !cover.any_peril) {
            let words = cover.peril_words.iter();
            let outside: Vec<ValueId> = words
                .flat_map(|word| &word.values)
                .copied()
                .filter(|value| !allowed.contains(value))
                .collect();
            if !outside.is_empty() {
                found.push(
                    Finding::new(codes::F107, subject.part(&cover.source, Part::Perils))
                        .arg("framework", framework.name())
                        .arg("cover", named(&cover.name))
                        .arg("perils", topmost(plan, id::PERIL, &outside))
                        .label(framework.place(basic.span), "requirement")
                        .articles(cover.source.articles.clone())
                        .articles(scope_articles(framework, basic.notes))
                        .about(cover.name.zh.clone()),
                );
            }
        }
    }
}

/// F112: the territory lies outside the area to which the framework applies.
pub(super) fn outside_area(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for framework in subject.scope.frameworks() {
        let applies = framework.clauses().iter().find_map(|clause| match &clause.kind {
            ClauseKind::AppliesTo { area, .. } => Some((area, clause)),
            _ => None,
        });
        let Some((within, applies)) = applies else { continue };
        let areas = subject.all(|kind| match kind {
            ClauseKind::Territory { areas, including, .. } => Some(areas.iter().chain(including)),
            _ => None,
        });
        let areas = areas.flat_map(|(areas, clause)| areas.map(move |area| (area, clause)));
        for (area, clause) in areas.filter(|(area, _)| outside(subject.scope, framework, area, within)) {
            found.push(
                Finding::new(codes::F112, subject.at(area.span))
                    .arg("framework", framework.name())
                    .arg("area", area.text.as_str())
                    .arg("within", within.text.as_str())
                    .label(framework.place(within.span), "applies")
                    .articles(articles(&clause.notes))
                    .articles(scope_articles(framework, &applies.notes))
                    .about(framework.name().to_owned()),
            );
        }
    }
}

/// Where both areas are known to one file, and where the area lies is known: it has an official code or lies in an area
/// that has one.
fn outside(scheme: &Scope, framework: &Scope, area: &Name, within: &Name) -> bool {
    let told = [scheme, framework].into_iter().find_map(|scope| {
        let areas = scope.areas();
        Some((areas, areas.find(&area.text)?, areas.find(&within.text)?))
    });
    told.is_some_and(|(areas, area, within)| areas.is_placed(area) && !areas.is_within(area, within))
}

fn scope_articles(framework: &Scope, notes: &Notes) -> Vec<String> {
    articles(notes)
        .into_iter()
        .map(|article| format!("{} {article}", framework.name()))
        .collect()
}

/// Values for a message: those whose parent is not itself in the list.
fn topmost(plan: &Plan, domain: &str, values: &[ValueId]) -> Arg {
    let domain = plan.domains.iter().find(|known| known.id == domain);
    let top = |value: &&ValueId| {
        let parent = domain.and_then(|d| d.values.get(value.index())).and_then(|v| v.parent);
        parent.is_none_or(|parent| !values.contains(&parent))
    };
    let name = |value: &ValueId| domain.and_then(|d| d.values.get(value.index())).map(|v| named(&v.name));
    let mut seen = BTreeSet::new();
    Arg::List(
        values
            .iter()
            .filter(top)
            .filter(|value| seen.insert(**value))
            .filter_map(name)
            .collect(),
    )
}
