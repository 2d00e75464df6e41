//! What benefits come to, alone and under limits.

use super::super::amounts::{self, End, Env, Excess, Extent, Guard, amount_top, pipeline_extent};
use super::super::maximum::Kind;
use super::super::payable::{harm, passes, value_named};
use super::super::subject::{Subject, named};
use super::super::witness::{Claim, dearest};
use super::{cap, keys_worded};
use crate::money::Ratio;
use crate::plan::diagram::{Diagrams, Leaf, NodeId};
use crate::plan::{
    Amount, Benefit, BenefitKind, Cell, Cover, CoverId, FactId, GroupKey, Limit, Operation, Part, PipelineId, Plan,
    RowAmount, Schedule, ScheduleRow, Term,
};
use crate::resolve::id;
use anlan_lang::diag::{Finding, Witness, codes};
use anlan_lang::tree::{self, ClauseKind};
use rustc_hash::FxHashSet;

/// One way in which a benefit pays: the facts, the pipeline, and the most it comes to under the schedule's own caps.
struct Way {
    path: Vec<(FactId, u16)>,
    /// `None`: the schedule says that nothing is paid.
    pipeline: Option<PipelineId>,
    extent: Extent,
}

/// All ways in which a cover pays for a harm.
fn ways(plan: &Plan, cover: &Cover, benefit: &Benefit) -> Vec<Way> {
    let applies = [cover.perils, cover.roles, cover.condition];
    ways_where(plan, &plan.diagrams, &applies, benefit)
}

/// The same without claims for which another cover comes first.
fn ways_unbeaten(plan: &Plan, work: &mut Diagrams, cover: &Cover, benefit: &Benefit) -> Vec<Way> {
    let has = |other: CoverId| plan.benefits.iter().any(|b| b.cover == other && b.harm == benefit.harm);
    let over = plan.meeting.over.iter();
    let first: Vec<&Cover> = over
        .filter(|(first, second)| *second == benefit.cover && has(*first))
        .filter_map(|(first, _)| plan.covers.get(first.index()))
        .collect();
    let unbeaten = |work: &mut Diagrams| {
        let mut parts = vec![cover.perils, cover.roles, cover.condition];
        for other in &first {
            let applies = work.all([other.perils, other.roles, other.condition])?;
            parts.push(work.not(applies)?);
        }
        work.all(parts)
    };
    // Over budget, the lowering has reported it.
    match if first.is_empty() { None } else { unbeaten(work).ok() } {
        Some(applies) => ways_where(plan, work, &[applies], benefit),
        None => ways(plan, cover, benefit),
    }
}

fn ways_where(plan: &Plan, diagrams: &Diagrams, applies: &[NodeId], benefit: &Benefit) -> Vec<Way> {
    let roots: Vec<NodeId> = applies.iter().copied().chain([benefit.root]).collect();
    let mut ways = Vec::new();
    for outcome in diagrams.outcomes(&roots) {
        let mut leaves = outcome.leaves.iter().map(|id| diagrams.as_leaf(*id));
        let applies = applies.iter().all(|_| leaves.next().flatten() == Some(&Leaf::Yes));
        let way = match leaves.next().flatten() {
            Some(Leaf::Pays(pipeline)) if applies => {
                let extent = capped(plan, benefit, *pipeline, &outcome.example);
                extent.map(|extent| (Some(*pipeline), extent))
            }
            Some(Leaf::Nothing) if applies => Some((None, Extent::zero())),
            _ => None,
        };
        if let Some((pipeline, extent)) = way {
            ways.push(Way {
                path: outcome.example,
                pipeline,
                extent,
            });
        }
    }
    ways
}

/// The most that a pipeline pays under the schedule's own caps of this harm.
fn capped(plan: &Plan, benefit: &Benefit, pipeline: PipelineId, path: &[(FactId, u16)]) -> Option<Extent> {
    let env = Env::new(plan, path);
    let mut extent = pipeline_extent(plan, plan.pipelines.get(pipeline.index())?, &env);
    for limit in plan.limits.iter().filter(|limit| limit.own) {
        if let Some(amount) = cap(&limit.rule)
            && passes(plan, &limit.filter, benefit.cover, benefit.harm, path)
        {
            extent = extent.min(&amounts::amount_extent(plan, amount, &env));
        }
    }
    Some(extent)
}

fn witness<'a>(plan: &'a Plan, benefit: &Benefit, way: &Way) -> Claim<'a> {
    let pipelines: Vec<PipelineId> = way.pipeline.into_iter().collect();
    Claim::new(plan, &way.path)
        .under([benefit.cover])
        .with_value(id::HARM, benefit.harm)
        .paying(&pipelines)
}

/// The value's names, for messages.
fn harm_named(plan: &Plan, harm: crate::plan::ValueId) -> anlan_lang::diag::Arg {
    let domain = plan.domains.iter().find(|domain| domain.id == id::HARM);
    domain
        .and_then(|domain| domain.values.get(harm.index()))
        .map_or_else(|| "".into(), |value| named(&value.name))
}

/// L102: the most that one claim comes to is above a limit that it must pass.
pub(super) fn never_in_full(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    let mut work = plan.diagrams.clone();
    for benefit in &plan.benefits {
        let Some(cover) = plan.covers.get(benefit.cover.index()) else {
            continue;
        };
        let dearest = ways_unbeaten(plan, &mut work, cover, benefit)
            .into_iter()
            .filter_map(|way| way.extent.low.map(|low| (low, way)))
            .max_by_key(|(low, _)| *low);
        let Some((most, way)) = dearest else { continue };
        if most == Ratio::ZERO {
            found.extend(in_any_case(subject, cover, benefit, &way, &mut reported));
            continue;
        }
        let tightest = plan
            .limits
            .iter()
            .filter(|limit| !limit.own && passes(plan, &limit.filter, benefit.cover, benefit.harm, &way.path))
            .filter_map(|limit| {
                let env = Env::new(plan, &way.path);
                let amount = amount_top(plan, cap(&limit.rule)?, &env, End::High, End::High)?;
                // A limit of 0 is reported for itself.
                (most > amount && amount > Ratio::ZERO).then_some((amount, limit))
            })
            .min_by_key(|(amount, _)| *amount);
        let Some((amount, limit)) = tightest else {
            found.extend(in_any_case(subject, cover, benefit, &way, &mut reported));
            continue;
        };
        let place = subject.of(&benefit.source);
        if !reported.insert(place.map(|p| (p.file, p.span.start))) {
            continue;
        }
        let mut finding = Finding::new(codes::L102, place)
            .arg("cover", named(&cover.name))
            .arg("harm", harm_named(plan, benefit.harm))
            .arg("most", amounts::money(most))
            .arg("limit", named(&limit.name))
            .arg("amount", amounts::money(amount))
            .arg("keys", keys_worded(plan, &limit.keys))
            .articles(benefit.source.articles.clone())
            .articles(limit.source.articles.clone())
            .about(cover.name.zh.clone())
            .about(limit.name.zh.clone())
            .witness(cut(plan, benefit, &way, amount, limit));
        if let Some(place) = subject.places().part(&limit.source, Part::Amount) {
            finding = finding.label(place, "limit");
        }
        found.push(finding);
    }
}

/// The claim, with the benefit that `eval` gives.
fn promising(plan: &Plan, benefit: &Benefit, way: &Way, due: Option<Ratio>) -> Witness {
    let due = due.and_then(whole);
    witness(plan, benefit, way).promising(due, None).witness()
}

/// The claim of a benefit that is cut, with what `eval` and `settle` give, where nothing open moves these.
fn cut(plan: &Plan, benefit: &Benefit, way: &Way, amount: Ratio, limit: &Limit) -> Witness {
    let due = way.extent.exact().and_then(whole);
    let fixed = cap(&limit.rule).map(|amount| amounts::amount_extent(plan, amount, &Env::new(plan, &way.path)));
    let dated = matches!(cap(&limit.rule), Some(Amount::Dated(_)));
    let lowest = fixed.is_some_and(|extent| extent.exact() == Some(amount)) && !dated;
    let told = lowest && due.is_some() && no_other_cuts(plan, benefit, way, amount);
    let paid = whole(amount).filter(|_| told && !matches!(plan.calendar.term, Term::Contract { .. }));
    witness(plan, benefit, way).promising(due, paid).witness()
}

/// No limit on the way takes the benefit below the amount.
fn no_other_cuts(plan: &Plan, benefit: &Benefit, way: &Way, amount: Ratio) -> bool {
    plan.limits
        .iter()
        .filter(|limit| passes(plan, &limit.filter, benefit.cover, benefit.harm, &way.path))
        .all(|limit| {
            let env = Env::new(plan, &way.path);
            let low = cap(&limit.rule).map(|cap| amounts::amount_extent(plan, cap, &env).low);
            match low {
                Some(low) => low.is_none_or(|low| low >= amount),
                None => matches!(limit.rule, crate::plan::LimitRule::Largest { .. }),
            }
        })
}

/// L102 where only a comparison of formulas tells it: each of the amounts that bound the benefit from above is above the
/// limit whatever the parameters are (`定额 2 × P` under a limit of P).
fn in_any_case(
    subject: &Subject<'_>,
    cover: &Cover,
    benefit: &Benefit,
    way: &Way,
    reported: &mut FxHashSet<Option<(anlan_lang::diag::FileId, u32)>>,
) -> Option<Finding> {
    let plan = subject.plan();
    let pipeline = plan.pipelines.get(way.pipeline?.index())?;
    let mut tops = tops(pipeline)?;
    let own = plan.limits.iter().filter(|limit| limit.own);
    let own = own.filter(|limit| passes(plan, &limit.filter, benefit.cover, benefit.harm, &way.path));
    tops.extend(own.filter_map(|limit| cap(&limit.rule).cloned()));
    let above = |limit: &Limit| {
        let amount = cap(&limit.rule)?;
        let compared = tops.iter().map(|top| amounts::compare(plan, top, amount).exceeds);
        let excesses: Vec<Excess> = compared.collect::<Option<_>>()?;
        let always = |excess: &Excess| excess.guard == Guard::default() && excess.other != Some(Ratio::ZERO);
        // Unlimited is not in full above anything: an actual loss may be small.
        let bounded = excesses.iter().any(|excess| !excess.unlimited);
        (bounded && excesses.iter().all(always)).then(|| excesses.first().cloned())?
    };
    let (limit, excess) = plan
        .limits
        .iter()
        .filter(|limit| !limit.own && passes(plan, &limit.filter, benefit.cover, benefit.harm, &way.path))
        .find_map(|limit| above(limit).map(|excess| (limit, excess)))?;
    let place = subject.of(&benefit.source);
    if !reported.insert(place.map(|p| (p.file, p.span.start))) {
        return None;
    }
    let mut finding = Finding::new(codes::L102, place)
        .arg("cover", named(&cover.name))
        .arg("harm", harm_named(plan, benefit.harm))
        .arg("most", amounts::greater(&excess))
        .arg("limit", named(&limit.name))
        .arg("amount", amounts::known(excess.other))
        .arg("keys", keys_worded(plan, &limit.keys))
        .articles(benefit.source.articles.clone())
        .articles(limit.source.articles.clone())
        .about(cover.name.zh.clone())
        .about(limit.name.zh.clone())
        .witness(witness(plan, benefit, way).witness());
    if let Some(place) = subject.places().part(&limit.source, Part::Amount) {
        finding = finding.label(place, "limit");
    }
    Some(finding)
}

/// The amounts whose least is the most that a pipeline pays, facts at their highest; `None` where a step is not of that
/// kind.
fn tops(pipeline: &crate::plan::Pipeline) -> Option<Vec<Amount>> {
    let varies = |amount: &Amount| {
        let read = |part: &Amount| matches!(part, Amount::Fact(_) | Amount::PerUnit { units: None, .. });
        match amount {
            Amount::Scaled { of, .. } => read(of),
            other => read(other),
        }
    };
    let mut tops: Vec<Amount> = Vec::new();
    if !varies(&pipeline.start) {
        tops.push(pipeline.start.clone());
    }
    for step in &pipeline.steps {
        match &step.operation {
            Operation::UpTo(amount) => tops.push(amount.clone()),
            Operation::Share(ratio) => {
                tops = tops
                    .into_iter()
                    .map(|of| Amount::Scaled {
                        ratio: ratio.clone(),
                        of: Box::new(of),
                    })
                    .collect();
            }
            Operation::Less(_) | Operation::AtLeast(_) | Operation::Round { .. } => return None,
        }
    }
    (!tops.is_empty()).then_some(tops)
}

/// Whole 分, where it is whole.
fn whole(value: Ratio) -> Option<i64> {
    (value.denominator() == 1)
        .then(|| i64::try_from(value.numerator()).ok())
        .flatten()
}

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
        for way in ways(plan, cover, benefit) {
            let Some(pipeline) = way.pipeline.and_then(|id| plan.pipelines.get(id.index())) else {
                continue;
            };
            let env = Env::new(plan, &way.path);
            let Some(alone) = pipeline_extent(plan, pipeline, &env).low else {
                continue;
            };
            let whole = combined().find_map(|limit| {
                let inside = passes(plan, &limit.filter, benefit.cover, benefit.harm, &way.path);
                let amount = amount_top(plan, cap(&limit.rule)?, &env, End::High, End::High)?;
                (inside && alone > amount && amount > Ratio::ZERO).then_some((limit, amount))
            });
            let Some((limit, amount)) = whole else { continue };
            let place = subject.of(&benefit.source);
            if !reported.insert(place.map(|p| (p.file, p.span.start))) {
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
                .witness(witness(plan, benefit, &way).witness());
            if let Some(place) = subject.places().of(&limit.source) {
                finding = finding.label(place, "outer");
            }
            found.push(finding);
        }
    }
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
        let Some((lower, higher, way)) = widest_gap(plan, cover, dead, disabled) else {
            continue;
        };
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

/// The circumstances in which death falls furthest below disability: both amounts, and the way to the disability.
fn widest_gap(plan: &Plan, cover: &Cover, dead: &Benefit, disabled: &Benefit) -> Option<(Ratio, Ratio, Way)> {
    let roots = [cover.perils, cover.roles, cover.condition, dead.root, disabled.root];
    let mut widest: Option<(Ratio, Ratio, Way)> = None;
    for outcome in plan.diagrams.outcomes(&roots) {
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
        if let (Some(lower), Some(higher)) = (on_death.high, on_disability.low)
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
        let free = ways(plan, cover, benefit)
            .into_iter()
            .find(|way| way.extent.low.is_none());
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
                .articles(benefit.source.articles.clone())
                .about(cover.name.zh.clone()),
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

/// L107: 至少 above 限额 in one row, so that one of the two never counts.
pub(super) fn floor_above_cap(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    for (schedule, row) in rows(plan) {
        let caps = row.steps.iter().filter_map(|step| match &step.operation {
            Operation::UpTo(amount) => Some((amount, &step.source)),
            _ => None,
        });
        for (most, most_source) in caps {
            for step in &row.steps {
                let Operation::AtLeast(floor) = &step.operation else {
                    continue;
                };
                let Some(excess) = amounts::compare(plan, floor, most).exceeds else {
                    continue;
                };
                let place = subject.of(&step.source);
                if !reported.insert(place.map(|p| (p.file, p.span.start))) {
                    continue;
                }
                let mut finding = Finding::new(codes::L107, place)
                    .arg("floor", amounts::greater(&excess))
                    .arg("cap", amounts::known(excess.other))
                    .articles(row.source.articles.clone())
                    .about(schedule.id.clone());
                if let Some(place) = subject.places().of(most_source) {
                    finding = finding.label(place, "cap");
                }
                found.push(finding);
            }
        }
    }
}

fn rows(plan: &Plan) -> impl Iterator<Item = (&Schedule, &ScheduleRow)> {
    plan.statement
        .schedules
        .iter()
        .flat_map(|schedule| schedule.rows.iter().map(move |row| (schedule, row)))
}

/// L108: whatever the claim, the benefit comes to 0 although the file does not say 不赔.
pub(super) fn always_nothing(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    for benefit in &plan.benefits {
        let Some(cover) = plan.covers.get(benefit.cover.index()) else {
            continue;
        };
        let ways = ways(plan, cover, benefit);
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

/// L103: a 限额 in a row of a schedule that what stands before it never exceeds.
pub(super) fn dead_step(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    for (schedule, row) in rows(plan) {
        let Some(starts) = starts(plan, &row.amount) else {
            continue;
        };
        for (at, step) in row.steps.iter().enumerate() {
            let Operation::UpTo(most) = &step.operation else {
                continue;
            };
            // A total over several claims may pass what one claim cannot, unless equal fixed sums are paid once.
            let keyed = !step.keys.is_empty() || !schedule.keys.is_empty();
            let several = keyed && row.kind != BenefitKind::Fixed;
            let before = row.steps.get(..at).unwrap_or_default();
            let raised = before
                .iter()
                .any(|step| matches!(step.operation, Operation::AtLeast(_) | Operation::Round { .. }));
            if several || raised || *most == Amount::Unlimited {
                continue;
            }
            let shared = |start: &Amount| before.iter().try_fold(start.clone(), share);
            let dead = starts
                .iter()
                .all(|start| shared(start).is_some_and(|amount| amounts::compare(plan, &amount, most).never));
            let place = subject.of(&step.source);
            if dead && reported.insert(place.map(|p| (p.file, p.span.start))) {
                found.push(
                    Finding::new(codes::L103, place)
                        .arg("limit", schedule.id.as_str())
                        .arg("why", "step")
                        .articles(row.source.articles.clone())
                        .about(schedule.id.clone())
                        .witness(of_row(subject, schedule, row)),
                );
            }
        }
    }
}

/// The dearest claim that a row pays.
fn of_row(subject: &Subject<'_>, schedule: &Schedule, row: &ScheduleRow) -> Option<Witness> {
    let plan = subject.plan();
    let by_row = |kind: &Kind| {
        let cover = plan.covers.get(kind.cover.index());
        row.harms.contains(&kind.harm) && cover.is_some_and(|cover| cover.schedule.as_ref() == Some(&schedule.id))
    };
    subject.sound.then(|| dearest(plan, subject.maximum(), by_row))?
}

/// What a share, a deductible or a cap makes of an amount, seen from above.
fn share(amount: Amount, step: &crate::plan::RowStep) -> Option<Amount> {
    match &step.operation {
        Operation::Share(ratio) => Some(Amount::Scaled {
            ratio: ratio.clone(),
            of: Box::new(amount),
        }),
        Operation::Less(_) | Operation::UpTo(_) => Some(amount),
        Operation::AtLeast(_) | Operation::Round { .. } => None,
    }
}

/// The amounts that a row may start from: one, or one for each cell of a table.
fn starts(plan: &Plan, amount: &RowAmount) -> Option<Vec<Amount>> {
    let column = |table: &str, column: &Option<String>| {
        let table = plan.statement.tables.iter().find(|t| t.id == table)?;
        let at = match column {
            Some(name) => table.columns.iter().position(|c| c == name)?,
            None => 0,
        };
        Some(table.rows.iter().filter_map(move |row| row.cells.get(at)))
    };
    match amount {
        RowAmount::None | RowAmount::SumInsured => None,
        RowAmount::Amount(amount) => Some(vec![amount.clone()]),
        RowAmount::Table { table, column: name } => column(table, name)?
            .map(|cell| match cell {
                Cell::Amount(amount) => Some(amount.clone()),
                Cell::Ratio(_) => None,
            })
            .collect(),
        RowAmount::TableOf {
            table,
            column: name,
            of,
        } => column(table, name)?
            .map(|cell| match cell {
                Cell::Ratio(ratio) => Some(Amount::Scaled {
                    ratio: ratio.clone(),
                    of: Box::new(of.clone()),
                }),
                Cell::Amount(_) => None,
            })
            .collect(),
    }
}
