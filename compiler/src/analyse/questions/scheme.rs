//! What a scheme as a whole must say.

use super::super::payable::is_property;
use super::super::subject::{Subject, articles, named};
use crate::plan::{BenefitKind, GroupKey, Limit, Part, Plan};
use crate::resolve::id;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{ClauseKind, OtherKind, Overridable, Term};

fn says(subject: &Subject<'_>, what: impl Fn(&ClauseKind) -> bool) -> bool {
    subject.clauses().iter().any(|clause| what(&clause.kind))
}

/// The first limit that counts by a key, the scheme's own before those of schedules.
fn reader(plan: &Plan, key: impl Fn(&GroupKey) -> bool) -> Option<&Limit> {
    let by = |own: bool| {
        plan.limits
            .iter()
            .find(|limit| limit.own == own && limit.keys.iter().any(&key))
    };
    by(false).or_else(|| by(true))
}

/// Q101: something counts per event, and no event is defined.
pub(super) fn event(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if !subject.is_scheme() || says(subject, |kind| matches!(kind, ClauseKind::Event(_))) {
        return;
    }
    let event = |key: &GroupKey| match key {
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|f| f.id == id::EVENT),
        GroupKey::Year => false,
    };
    let limit = reader(plan, event).map(|limit| (named(&limit.name), subject.part(&limit.source, Part::Name)));
    let tower = || {
        let tower = plan.tower.as_ref().filter(|tower| tower.keys.iter().any(event))?;
        Some((Arg::Message("reader-tower"), subject.of(&tower.source)))
    };
    if let Some((reader, place)) = limit.or_else(tower) {
        found.push(Finding::new(codes::Q101, place).arg("reader", reader));
    }
}

/// Q102: something counts per year, and the kind of year is not stated.
pub(super) fn year(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if !subject.is_scheme() || says(subject, |kind| matches!(kind, ClauseKind::Year { .. })) {
        return;
    }
    if let Some(limit) = reader(plan, |key| *key == GroupKey::Year) {
        found
            .push(Finding::new(codes::Q102, subject.part(&limit.source, Part::Name)).arg("reader", named(&limit.name)));
    }
}

/// Q115: what is paid beside other insurance, for each kind of harm that the scheme pays.
pub(super) fn other_insurance(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if !subject.is_scheme() {
        return;
    }
    let stated = |wanted: OtherKind| {
        says(subject, |kind| match kind {
            ClauseKind::OtherInsurance(rules) => rules.iter().any(|(kind, _)| *kind == wanted),
            _ => false,
        })
    };
    for (kind, name, property) in [
        (OtherKind::Person, "person", false),
        (OtherKind::Property, "property", true),
    ] {
        let paid = plan
            .benefits
            .iter()
            .any(|benefit| is_property(plan, benefit.harm) == property);
        if paid && !stated(kind) {
            found.push(
                Finding::new(codes::Q115, subject.head())
                    .arg("kind", name)
                    .about(name.to_owned()),
            );
        }
    }
}

/// Q116: whether what was paid is recovered; a scheme says it for all covers, or each cover for itself.
pub(super) fn subrogation(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if !subject.is_scheme() || says(subject, |kind| matches!(kind, ClauseKind::Subrogation(_))) {
        return;
    }
    let mut covers = subject.all(|kind| match kind {
        ClauseKind::Cover(cover) => Some(cover),
        _ => None,
    });
    if covers.any(|(cover, _)| cover.subrogation.is_none()) {
        found.push(Finding::new(codes::Q116, subject.head()));
    }
}

/// Q117, Q121: how low and how high a negotiated sum may be.
pub(super) fn sum_insured(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let stated = subject.all(|kind| match kind {
        ClauseKind::SumInsured(sum) => Some(sum),
        _ => None,
    });
    for (sum, _) in stated {
        let Some(notes) = &sum.negotiated else {
            continue;
        };
        for (code, open) in [
            (codes::Q117, sum.at_least_base.is_none()),
            (codes::Q121, sum.at_most.is_none()),
        ] {
            if open && !subject.assumed(code, notes) {
                found.push(Finding::new(code, subject.at(sum.span)).articles(super::super::subject::articles(notes)));
            }
        }
    }
}

/// Q120: when the insurance runs.
pub(super) fn term(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if subject.is_scheme() && !says(subject, |kind| matches!(kind, ClauseKind::Term(_))) {
        found.push(Finding::new(codes::Q120, subject.head()));
    }
}

/// Q133: where a loss must happen.
pub(super) fn territory(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if subject.is_scheme() && !says(subject, |kind| matches!(kind, ClauseKind::Territory { .. })) {
        found.push(Finding::new(codes::Q133, subject.head()));
    }
}

/// Q134: which document this is, and since when it is in force.
pub(super) fn document(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if subject.is_scheme() && !says(subject, |kind| matches!(kind, ClauseKind::Document(_))) {
        found.push(Finding::new(codes::Q134, subject.head()));
    }
}

/// Q126: somebody is paid for harm to a person, and the scheme does not say who is insured.
pub(super) fn persons(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if !subject.is_scheme() || says(subject, |kind| matches!(kind, ClauseKind::Persons { .. })) {
        return;
    }
    let personal =
        |benefit: &&crate::plan::Benefit| benefit.kind != BenefitKind::Nothing && !is_property(plan, benefit.harm);
    // A scheme whose covers each say for whom they are has said it.
    let open = |benefit: &&crate::plan::Benefit| {
        plan.covers
            .get(benefit.cover.index())
            .is_some_and(|cover| cover.role_words.is_empty())
    };
    if let Some(benefit) = plan.benefits.iter().filter(personal).find(open) {
        found.push(Finding::new(codes::Q126, subject.head()).articles(benefit.source.articles.clone()));
    }
}

/// Q131: how long the insurance runs is stated, and not since when.
pub(super) fn start(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let by_contract = |kind: &ClauseKind| match kind {
        ClauseKind::ContractPrevails(items) => items.contains(&Overridable::Term),
        _ => false,
    };
    let terms = subject.all(|kind| match kind {
        ClauseKind::Term(Term::Length {
            start_stated: false, ..
        }) => Some(()),
        _ => None,
    });
    for (_, clause) in terms {
        if !says(subject, by_contract) && !subject.assumed(codes::Q131, &clause.notes) {
            found.push(Finding::new(codes::Q131, subject.at(clause.span)).articles(articles(&clause.notes)));
        }
    }
}

/// Q132: words that the drafter found ambiguous, and no reading of them.
pub(super) fn ambiguities(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let stated = subject.all(|kind| match kind {
        ClauseKind::Ambiguity { zh, en } => Some((zh, en.as_ref())),
        _ => None,
    });
    for ((zh, en), clause) in stated {
        if !subject.assumed(codes::Q132, &clause.notes) {
            let text = Arg::Names {
                zh: zh.text.clone(),
                en: en.unwrap_or(zh).text.clone(),
            };
            found.push(
                Finding::new(codes::Q132, subject.at(zh.span))
                    .arg("text", text)
                    .articles(articles(&clause.notes))
                    .about(zh.text.clone()),
            );
        }
    }
}

/// Q129: something must be done, and the document names nobody who must do it.
pub(super) fn nobodys_duty(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let duties = subject.all(|kind| match kind {
        ClauseKind::Duty(duty) => Some(duty),
        _ => None,
    });
    for (duty, clause) in duties {
        if duty.by.is_empty() && !subject.assumed(codes::Q129, &clause.notes) {
            found.push(
                Finding::new(codes::Q129, subject.at(duty.what.span))
                    .arg("duty", duty.what.text.as_str())
                    .articles(articles(&clause.notes))
                    .about(duty.what.text.clone()),
            );
        }
    }
}
