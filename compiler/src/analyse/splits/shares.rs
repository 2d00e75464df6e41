//! Shares of insurers, payers and rows.

use super::super::subject::{Subject, articles, texts};
use super::{ratio, sum};
use crate::money::Ratio;
use crate::plan::Part;
use crate::types::constant_ratio;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::texts::{Language, text};
use anlan_lang::tree::{ClauseKind, Overridable};

fn count(n: usize) -> Arg {
    Arg::Count(i64::try_from(n).unwrap_or(i64::MAX))
}

/// P101: the co-insurers' shares make up the whole, unless some are left to the contract.
pub(super) fn coinsurance(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let units = subject.scope.units();
    let written = subject.all(|kind| match kind {
        ClauseKind::Coinsurance(coinsurance) => Some(coinsurance),
        _ => None,
    });
    for (coinsurance, clause) in written {
        let stated: Vec<Ratio> = coinsurance
            .insurers
            .iter()
            .filter_map(|insurer| constant_ratio(units, insurer.share.as_ref()?))
            .collect();
        let Some(total) = sum(stated.iter().copied()) else {
            continue;
        };
        let whole = stated.len() == coinsurance.insurers.len();
        let wrong = if coinsurance.by_contract.is_some() || (!whole && stated.is_empty()) {
            total > Ratio::ONE
        } else {
            total != Ratio::ONE
        };
        if stated.is_empty() || !wrong {
            continue;
        }
        let spans = coinsurance.insurers.iter().map(|insurer| insurer.span);
        let Some(span) = spans.reduce(|all, span| all.to(span)) else {
            continue;
        };
        let notes = coinsurance.insurers.iter().flat_map(|insurer| articles(&insurer.notes));
        found.push(
            Finding::new(codes::P101, subject.at(span))
                .arg("sum", ratio(total))
                .articles(articles(&clause.notes))
                .articles(notes.collect::<Vec<_>>()),
        );
    }
}

/// P113: several insurers, and nothing on what each one bears.
pub(super) fn unstated(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let left_to_contract = subject
        .all(|kind| match kind {
            ClauseKind::ContractPrevails(items) => Some(items),
            _ => None,
        })
        .any(|(items, _)| items.contains(&Overridable::Coinsurance));
    let written = subject.all(|kind| match kind {
        ClauseKind::Coinsurance(coinsurance) => Some(coinsurance),
        _ => None,
    });
    for (coinsurance, clause) in written {
        let shared = coinsurance.insurers.iter().any(|insurer| insurer.share.is_some());
        if !shared
            && !left_to_contract
            && coinsurance.by_contract.is_none()
            && !subject.assumed(codes::P113, &clause.notes)
        {
            found.push(Finding::new(codes::P113, subject.at(clause.span)).articles(articles(&clause.notes)));
        }
    }
}

/// P102: each row of a split, and each row for a special case, makes up the whole.
pub(super) fn rows(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let units = subject.scope.units();
    let splits = subject.all(|kind| match kind {
        ClauseKind::Split(split) => Some(split),
        _ => None,
    });
    let phrase = |id, name: String| {
        let args = [("name", Arg::Text(name))].into_iter().collect();
        Arg::Names {
            zh: text(Language::Zh, id, &args),
            en: text(Language::En, id, &args),
        }
    };
    for (split, clause) in splits {
        for row in &split.rows {
            let shares: Option<Vec<Ratio>> = row
                .shares
                .iter()
                .map(|share| {
                    share
                        .as_ref()
                        .map_or(Some(Ratio::ZERO), |share| constant_ratio(units, share))
                })
                .collect();
            let Some(total) = shares.and_then(sum) else { continue };
            if total != Ratio::ONE {
                found.push(
                    Finding::new(codes::P102, subject.at(row.span))
                        .arg("what", phrase("what-split-row", texts(&row.regions).join("、")))
                        .arg("sum", ratio(total))
                        .articles(articles(&row.notes))
                        .articles(articles(&clause.notes))
                        .about(split.name.text.clone()),
                );
            }
        }
        for (decision, parts, notes) in &split.overrides {
            let shares: Option<Vec<Ratio>> = parts.iter().map(|(_, share)| constant_ratio(units, share)).collect();
            let Some(total) = shares.and_then(sum) else { continue };
            if total != Ratio::ONE {
                found.push(
                    Finding::new(codes::P102, subject.at(decision.span))
                        .arg("what", phrase("what-split-case", decision.text.clone()))
                        .arg("sum", ratio(total))
                        .articles(articles(notes))
                        .about(split.name.text.clone()),
                );
            }
        }
    }
}

/// P103: the premium is borne in full.
pub(super) fn payers(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let units = subject.scope.units();
    let premiums = subject.all(|kind| match kind {
        ClauseKind::Premium(premium) => Some(premium),
        _ => None,
    });
    for (premium, _) in premiums {
        let shares: Option<Vec<Ratio>> = premium
            .payers
            .iter()
            .map(|(_, share, _)| constant_ratio(units, share))
            .collect();
        let Some(total) = shares.and_then(sum) else { continue };
        let spans = premium.payers.iter().map(|(name, share, _)| name.span.to(share.span()));
        let Some(span) = spans.reduce(|all, span| all.to(span)).filter(|_| total != Ratio::ONE) else {
            continue;
        };
        let cited = premium.payers.iter().flat_map(|(_, _, notes)| articles(notes));
        found.push(
            Finding::new(codes::P103, subject.at(span))
                .arg("sum", ratio(total))
                .articles(cited.collect::<Vec<_>>()),
        );
    }
}

/// P107: a share is rounded and nobody is named who bears the difference.
pub(super) fn remainder(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let splits = subject.all(|kind| match kind {
        ClauseKind::Split(split) => Some(split),
        _ => None,
    });
    for (split, _) in splits {
        if let (Some((payer, unit, _, notes)), None) = (split.rounds.first(), &split.remainder) {
            found.push(
                Finding::new(codes::P107, subject.at(payer.span.to(unit.span)))
                    .arg("split", split.name.text.as_str())
                    .articles(articles(notes))
                    .about(split.name.text.clone()),
            );
        }
    }
}

/// P108, P109, P110: the number of insurers, the lead's floor, and one lead.
pub(super) fn insurers(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(coinsurance) = &plan.coinsurance else { return };
    let place = |part| subject.part(&coinsurance.source, part);
    let listed = coinsurance.insurers.len();
    if let Some((least, most)) = coinsurance.count {
        let within = |bound: u32| usize::try_from(bound).unwrap_or(usize::MAX);
        let too_few = listed < within(least) && !coinsurance.by_contract;
        if listed > 0 && (too_few || listed > within(most)) {
            let stated = if least == most {
                least.to_string()
            } else {
                format!("{least}–{most}")
            };
            found.push(
                Finding::new(codes::P108, place(Part::Counted))
                    .arg("stated", stated)
                    .arg("listed", count(listed))
                    .articles(coinsurance.source.articles.clone()),
            );
        }
    }
    let leads: Vec<_> = coinsurance.insurers.iter().filter(|insurer| insurer.lead).collect();
    if let [_, second, ..] = leads.as_slice() {
        found.push(
            Finding::new(codes::P110, subject.of(&second.source))
                .arg("count", count(leads.len()))
                .articles(coinsurance.source.articles.clone()),
        );
    }
    if let ([lead], Some(floor)) = (leads.as_slice(), coinsurance.lead_at_least)
        && let Some(share) = lead.share.filter(|share| *share < floor)
    {
        let mut finding = Finding::new(codes::P109, subject.of(&lead.source))
            .arg("lead", lead.id.as_str())
            .arg("share", ratio(share))
            .arg("floor", ratio(floor))
            .articles(lead.source.articles.clone())
            .articles(coinsurance.source.articles.clone())
            .about(lead.id.clone());
        if let Some(place) = subject.places().exact_part(&coinsurance.source, Part::AtLeast) {
            finding = finding.label(place, "floor");
        }
        found.push(finding);
    }
}

/// P111: the premium is divided by two rules at once.
pub(super) fn two_rules(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let premium = subject
        .all(|kind| match kind {
            ClauseKind::Premium(premium) => premium.payers.first(),
            _ => None,
        })
        .next();
    let split = subject
        .all(|kind| match kind {
            ClauseKind::Split(split) => Some(split),
            _ => None,
        })
        .next();
    if let (Some(((payer, share, notes), _)), Some((split, clause))) = (premium, split) {
        found.push(
            Finding::new(codes::P111, subject.at(payer.span.to(share.span())))
                .arg("split", split.name.text.as_str())
                .label(subject.at(split.name.span), "split")
                .articles(articles(notes))
                .articles(articles(&clause.notes))
                .about(split.name.text.clone()),
        );
    }
}
