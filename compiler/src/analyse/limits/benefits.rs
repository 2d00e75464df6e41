//! What benefits come to, against one another and without bound.

use super::super::amounts::{self, End, Env, Extent, Quantities, amount_top, pipeline_extent};
use super::super::payable::{harm, passes, value_named};
use super::super::subject::{Subject, named};
use super::cap;
use super::ways::{Way, capped, harm_named, promising, ways, witness};
use crate::money::Ratio;
use crate::plan::diagram::{Leaf, NodeId};
use crate::plan::{Benefit, BenefitKind, Cover, CoverId, GroupKey, Limit, Plan};
use crate::resolve::id;
use anlan_lang::diag::{Finding, Place, codes};
use anlan_lang::tree::{self, ClauseKind};
use rustc_hash::FxHashSet;

/// L105: one claim of a row comes to more than the combined cap of its schedule.
pub(super) fn above_combined(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    let combined = || {
        let several = |limit: &&Limit| limit.filter.facts.iter().any(|(_, values)| values.len() > 1);
        plan.limits.iter().filter(|limit| limit.own).filter(several)
    };
    if combined().next().is_none() {
        return;
    }
    for benefit in &plan.benefits {
        let Some(cover) = plan.covers.get(benefit.cover.index()) else {
            continue;
        };
        for way in ways(subject, cover, benefit).iter() {
            let Some(pipeline) = way.pipeline.and_then(|id| plan.pipelines.get(id.index())) else {
                continue;
            };
            let env = Env::new(plan, &way.path);
            let Some(alone) = pipeline_extent(plan, pipeline, &env).attained.low else {
                continue;
            };
            let whole = combined().find_map(|limit| {
                let inside = passes(plan, &limit.filter, benefit.cover, benefit.harm, &way.path);
                let amount = amount_top(plan, cap(&limit.rule)?, &env, End::High, End::High)?;
                (inside && alone > amount && amount > Ratio::ZERO).then_some((limit, amount))
            });
            let Some((limit, amount)) = whole else { continue };
            let place = subject.of(&benefit.source);
            if told(found, place) || !reported.insert(place.map(|p| (p.file, p.span.start))) {
                continue;
            }
            let mut finding = Finding::new(codes::L105, place)
                .arg("limit", harm_named(plan, benefit.harm))
                .arg("dated", "none")
                .arg("outer", named(&limit.name))
                .arg("amount", amounts::money(alone))
                .arg("other", amounts::money(amount))
                .articles(benefit.source.articles.clone())
                .articles(limit.source.articles.clone())
                .about(cover.name.zh.clone())
                .about(limit.name.zh.clone())
                .witness(witness(plan, benefit, way).witness());
            if let Some(place) = subject.places().of(&limit.source) {
                finding = finding.label(place, "outer");
            }
            found.push(finding);
        }
    }
}

/// The row's own cap is above the whole already, which says it.
fn told(found: &[Finding], row: Option<Place>) -> bool {
    let inside = |cap: Place, row: Place| {
        cap.file == row.file && row.span.start <= cap.span.start && cap.span.start < row.span.end
    };
    found
        .iter()
        .filter(|finding| [codes::L101, codes::L105].contains(&finding.code))
        .any(|finding| finding.primary.zip(row).is_some_and(|(cap, row)| inside(cap, row)))
}

/// L104: for one and the same circumstances of a cover, death pays less than the dearest disability.
pub(super) fn death_below_disability(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let (Some(death), Some(disability)) = (
        value_named(plan, id::HARM, harm::DEATH),
        value_named(plan, id::HARM, harm::DISABILITY),
    ) else {
        return;
    };
    let benefit_of = |cover, harm| plan.benefits.iter().find(|b| b.cover == cover && b.harm == harm);
    let mut reported = FxHashSet::default();
    for (index, cover) in plan.covers.iter().enumerate() {
        let (Some(dead), Some(disabled)) = (benefit_of(index.into(), death), benefit_of(index.into(), disability))
        else {
            continue;
        };
        if never_below(subject, cover, dead, disabled) {
            continue;
        }
        let Some((lower, higher, way)) = widest_gap(plan, cover, dead, disabled) else {
            continue;
        };
        let pays = |other: CoverId| benefit_of(other, death).is_some_and(|b| b.kind != BenefitKind::Nothing);
        if joined(plan, index.into()).any(|other| pays(other) && holds_wherever(plan, other, cover)) {
            continue;
        }
        let place = subject.of(&dead.source);
        if !reported.insert(place.map(|p| (p.file, p.span.start))) {
            continue;
        }
        let mut finding = Finding::new(codes::L104, place)
            .arg("cover", named(&cover.name))
            .arg("death", amounts::money(lower))
            .arg("disability", amounts::money(higher))
            .articles(dead.source.articles.clone())
            .articles(disabled.source.articles.clone())
            .about(cover.name.zh.clone())
            .witness(promising(plan, disabled, &way, way.extent.exact()));
        if let Some(schedule) = &cover.schedule {
            finding = finding.about(schedule.clone());
        }
        if let Some(place) = subject.places().of(&disabled.source) {
            finding = finding.label(place, "disability");
        }
        found.push(finding);
    }
}

/// Whether even the least for death is no less than the most for a disability. Where they move with numbers of the claim,
/// the ways tell the most of each only.
fn never_below(subject: &Subject<'_>, cover: &Cover, dead: &Benefit, disabled: &Benefit) -> bool {
    let plan = subject.plan();
    if !Quantities::telling(plan, &plan.diagrams, &[dead.root, disabled.root]).is_empty() {
        return false;
    }
    let (dead, disabled) = (ways(subject, cover, dead), ways(subject, cover, disabled));
    let least = dead.iter().filter_map(|way| way.extent.high).min();
    let most = disabled.iter().filter_map(|way| way.extent.attained.low).max();
    !plan.diagrams.is_overrun() && least.is_none_or(|least| most.is_none_or(|most| most <= least))
}

/// The covers that pay beside one where both apply, or in its stead where they pay more or stand over it.
fn joined(plan: &Plan, one: CoverId) -> impl Iterator<Item = CoverId> {
    let over = plan
        .meeting
        .over
        .iter()
        .filter(move |(_, below)| *below == one)
        .map(|(above, _)| *above);
    let pairs = plan.meeting.higher.iter().chain(&plan.meeting.stack);
    let other = move |(a, b): &(CoverId, CoverId)| match (*a == one, *b == one) {
        (true, _) => Some(*b),
        (_, true) => Some(*a),
        _ => None,
    };
    over.chain(pairs.filter_map(other))
}

/// Whether a cover applies wherever another one does. Over budget it is not known, and taken not to.
fn holds_wherever(plan: &Plan, wide: CoverId, narrow: &Cover) -> bool {
    let Some(wide) = plan.covers.get(wide.index()) else {
        return false;
    };
    let mut work = plan.diagrams.clone();
    let mut region = |cover: &Cover| work.all([cover.perils, cover.roles, cover.condition]);
    let (Ok(narrow), Ok(wide)) = (region(narrow), region(wide)) else {
        return false;
    };
    let beyond = work.not(wide).and_then(|outside| work.and(narrow, outside));
    beyond.is_ok_and(|beyond| beyond == NodeId::NO)
}

/// The circumstances in which death falls furthest below disability: both amounts, and the way to the disability.
fn widest_gap(plan: &Plan, cover: &Cover, dead: &Benefit, disabled: &Benefit) -> Option<(Ratio, Ratio, Way)> {
    let roots = [cover.perils, cover.roles, cover.condition, dead.root, disabled.root];
    let mut widest: Option<(Ratio, Ratio, Way)> = None;
    let quantities = Quantities::telling(plan, &plan.diagrams, &[dead.root, disabled.root]);
    for outcome in plan.diagrams.outcomes_under(&roots, 3, &|fact| quantities.wanted(fact)) {
        let leaves: Vec<&Leaf> = outcome
            .leaves
            .iter()
            .filter_map(|id| plan.diagrams.as_leaf(*id))
            .collect();
        let [Leaf::Yes, Leaf::Yes, Leaf::Yes, on_death, Leaf::Pays(pipeline)] = leaves.as_slice() else {
            continue;
        };
        let on_death = match on_death {
            Leaf::Pays(pipeline) => capped(plan, dead, *pipeline, &outcome.example),
            Leaf::Nothing => Some(Extent::zero()),
            _ => None,
        };
        let on_disability = capped(plan, disabled, *pipeline, &outcome.example);
        let (Some(on_death), Some(on_disability)) = (on_death, on_disability) else {
            continue;
        };
        if let (Some(lower), Some(higher)) = (on_death.high, on_disability.attained.low)
            && lower < higher
            && widest.as_ref().is_none_or(|(_, so_far, _)| higher > *so_far)
        {
            let way = Way {
                path: outcome.example,
                pipeline: Some(*pipeline),
                extent: on_disability,
            };
            widest = Some((lower, higher, way));
        }
    }
    widest
}

/// The row of a schedule, or of a cover's own rows, that starts at or holds a place.
fn written_row<'a>(subject: &Subject<'a>, source: &crate::plan::Source) -> Option<&'a tree::BenefitRow> {
    let place = subject.places().of(source)?;
    let holds = |row: &&tree::BenefitRow| {
        place.file == subject.scope.file
            && row.span.start <= place.span.start
            && place.span.start < row.span.end.max(row.span.start + 1)
    };
    let clauses = subject.clauses().iter().chain(
        subject
            .scope
            .implements()
            .into_iter()
            .flat_map(|scheme| scheme.clauses()),
    );
    clauses
        .flat_map(|clause| match &clause.kind {
            ClauseKind::Schedule(schedule) => schedule.rows.iter().collect::<Vec<_>>(),
            ClauseKind::Cover(cover) => cover
                .pays
                .iter()
                .flat_map(|(pays, _)| match pays {
                    tree::Pays::Rows { rows, .. } => rows.as_slice(),
                    tree::Pays::Schedule(_) => &[],
                })
                .collect(),
            _ => Vec::new(),
        })
        .find(holds)
}

/// L106: an actual loss or a count is paid without any bound, and the file does not say 不限.
pub(super) fn unlimited(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    for benefit in &plan.benefits {
        if !matches!(benefit.kind, BenefitKind::Actual | BenefitKind::PerUnit) {
            continue;
        }
        let Some(cover) = plan.covers.get(benefit.cover.index()) else {
            continue;
        };
        let ways = ways(subject, cover, benefit);
        let free = ways.iter().find(|way| way.extent.attained.low.is_none());
        let Some(way) = free else { continue };
        let said = written_row(subject, &benefit.source).is_some_and(|row| {
            row.steps
                .iter()
                .any(|step| matches!(step.step, tree::Step::UpTo(_) | tree::Step::UnitsUpTo(_)))
        });
        let limited = plan.limits.iter().any(|limit| {
            cap(&limit.rule).is_some()
                && limit.keys.iter().any(|key| one_claimant(plan, key))
                && passes(plan, &limit.filter, benefit.cover, benefit.harm, &way.path)
        });
        let place = subject.of(&benefit.source);
        if said || limited || !reported.insert(place.map(|p| (p.file, p.span.start))) {
            continue;
        }
        found.push(
            Finding::new(codes::L106, place)
                .arg("cover", named(&cover.name))
                .arg("harm", harm_named(plan, benefit.harm))
                .arg(
                    "how",
                    if benefit.kind == BenefitKind::PerUnit {
                        "counted"
                    } else {
                        "actual"
                    },
                )
                .articles(benefit.source.articles.clone())
                .about(cover.name.zh.clone())
                .witness(witness(plan, benefit, way).witness()),
        );
    }
}

fn one_claimant(plan: &Plan, key: &GroupKey) -> bool {
    match key {
        GroupKey::Fact(fact) => plan
            .facts
            .get(fact.index())
            .is_some_and(|f| [id::PERSON, id::HOUSEHOLD, id::CLAIM].contains(&f.id.as_str())),
        GroupKey::Year => false,
    }
}

/// L108: whatever the claim, the benefit comes to 0 although the file does not say 不赔.
pub(super) fn always_nothing(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    for benefit in &plan.benefits {
        let Some(cover) = plan.covers.get(benefit.cover.index()) else {
            continue;
        };
        let ways = ways(subject, cover, benefit);
        let nothing = ways.iter().all(|way| way.extent.high == Some(Ratio::ZERO));
        let Some(way) = ways.iter().find(|way| way.pipeline.is_some()) else {
            continue;
        };
        let place = subject.of(&benefit.source);
        if nothing && reported.insert(place.map(|p| (p.file, p.span.start))) {
            found.push(
                Finding::new(codes::L108, place)
                    .arg("cover", named(&cover.name))
                    .arg("harm", harm_named(plan, benefit.harm))
                    .articles(benefit.source.articles.clone())
                    .about(cover.name.zh.clone())
                    .witness(promising(plan, benefit, way, Some(Ratio::ZERO))),
            );
        }
    }
}
