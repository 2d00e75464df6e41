//! L102: benefits that can never be paid in full.

use super::super::amounts::{self, End, Env, Excess, Guard, amount_top};
use super::super::payable::passes;
use super::super::subject::{Subject, named};
use super::super::witness::{Claim, Occasion, Offer, Trial, all, occasions, showing};
use super::jointly::{self, Joint};
use super::ways::{Unbeaten, Way, harm_named, whole, witness};
use super::{cap, keys_worded};
use crate::evaluate::Shown;
use crate::money::{Fen, Ratio};
use crate::plan::{Amount, Benefit, Cover, Limit, Operation, Part, Plan, Term};
use anlan_lang::diag::{Arg, Code, Finding, Witness, codes};
use rustc_hash::FxHashSet;

/// L102: the most that one claim comes to is above a limit that it must pass.
pub(super) fn never_in_full(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    let mut unbeaten = Unbeaten::new(subject);
    for benefit in &plan.benefits {
        let Some(cover) = plan.covers.get(benefit.cover.index()) else {
            continue;
        };
        let ways = unbeaten.ways(cover, benefit);
        let dearest = ways
            .iter()
            .filter_map(|way| way.extent.attained.low.map(|low| (low, way)))
            .max_by_key(|(low, _)| *low);
        let Some((most, way)) = dearest else { continue };
        if most == Ratio::ZERO {
            found.extend(in_any_case(subject, cover, benefit, way, &mut reported));
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
            match in_any_case(subject, cover, benefit, way, &mut reported) {
                Some(finding) => found.push(finding),
                None => found.extend(together(subject, cover, benefit, (&ways, way, most), &mut reported)),
            }
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
            .arg("how", "one")
            .articles(benefit.source.articles.clone())
            .articles(limit.source.articles.clone())
            .about(cover.name.zh.clone())
            .about(limit.name.zh.clone())
            .witness(cut(subject, benefit, way, (most, amount), limit));
        if let Some(place) = subject.places().part(&limit.source, Part::Amount) {
            finding = finding.label(place, "limit");
        }
        found.push(finding);
    }
}

type Reported = FxHashSet<Option<(anlan_lang::diag::FileId, u32)>>;

/// L102 by several limits, none of which does it alone; L113 where that was not decided.
fn together(
    subject: &Subject<'_>,
    cover: &Cover,
    benefit: &Benefit,
    (ways, way, most): (&[Way], &Way, Ratio),
    reported: &mut Reported,
) -> Option<Finding> {
    let plan = subject.plan();
    let place = subject.of(&benefit.source);
    let joint = jointly::cut(plan, benefit, ways, way);
    let told = |code: Code| {
        Finding::new(code, place)
            .arg("cover", named(&cover.name))
            .arg("harm", harm_named(plan, benefit.harm))
            .arg("most", amounts::money(most))
            .articles(benefit.source.articles.clone())
            .about(cover.name.zh.clone())
            .witness(less(subject, benefit, way).unwrap_or_else(|| {
                let due = way.extent.exact().and_then(whole);
                unshown(subject, witness(plan, benefit, way).promising(due, None))
            }))
    };
    let new = !matches!(joint, Joint::Free) && reported.insert(place.map(|p| (p.file, p.span.start)));
    match joint {
        Joint::Cut(by) if new => {
            let limits: Vec<&Limit> = by.iter().filter_map(|id| plan.limits.get(id.index())).collect();
            let names = limits.iter().map(|limit| named(&limit.name)).collect();
            let mut finding = told(codes::L102)
                .arg("limit", Arg::List(names))
                .arg("amount", "")
                .arg("keys", "")
                .arg("how", "together");
            for limit in limits {
                finding = finding
                    .articles(limit.source.articles.clone())
                    .about(limit.name.zh.clone());
                if let Some(place) = subject.places().part(&limit.source, Part::Amount) {
                    finding = finding.label(place, "each");
                }
            }
            Some(finding)
        }
        Joint::Open { tried } if new => Some(
            told(codes::L113)
                .arg("what", "full")
                .arg("tried", Arg::Count(i64::try_from(tried).unwrap_or(i64::MAX))),
        ),
        _ => None,
    }
}

/// The claim of a benefit that is cut, on a day and with decisions that select the amounts.
fn cut(subject: &Subject<'_>, benefit: &Benefit, way: &Way, (most, amount): (Ratio, Ratio), limit: &Limit) -> Witness {
    let plan = subject.plan();
    let shows = |shown: &Shown| Ratio::integer(shown.benefit) == most && Ratio::integer(shown.paid) == amount;
    if let Some(witness) = trying(subject, benefit, way, shows) {
        return witness;
    }
    let due = way.extent.exact().and_then(whole);
    let fixed = cap(&limit.rule).map(|amount| amounts::amount_extent(plan, amount, &Env::new(plan, &way.path)));
    let dated = matches!(cap(&limit.rule), Some(Amount::Dated(_)));
    let lowest = fixed.is_some_and(|extent| extent.exact() == Some(amount)) && !dated;
    let told = lowest && due.is_some() && no_other_cuts(plan, benefit, way, amount);
    let paid = whole(amount).filter(|_| told && !matches!(plan.calendar.term, Term::Contract { .. }));
    less(subject, benefit, way).unwrap_or_else(|| unshown(subject, witness(plan, benefit, way).promising(due, paid)))
}

/// The claim where no settlement showed it: for `eval`, where none is to be had.
fn unshown(subject: &Subject<'_>, claim: Claim<'_>) -> Witness {
    let settled = subject.settles();
    let mut witness = if settled { claim.settled() } else { claim }.witness();
    if !settled {
        (witness.settled, witness.paid) = (false, None);
    }
    witness
}

/// The claim where it is paid less than it is due.
fn less(subject: &Subject<'_>, benefit: &Benefit, way: &Way) -> Option<Witness> {
    trying(subject, benefit, way, |shown| shown.paid < shown.benefit)
}

fn trying(subject: &Subject<'_>, benefit: &Benefit, way: &Way, shows: impl Fn(&Shown) -> bool) -> Option<Witness> {
    let plan = subject.plan();
    let on = occasions(plan, &Guard::default());
    let claims = |_: &Trial, offer: Offer<'_>| {
        let claim = |on: &Occasion| {
            let claim = witness(plan, benefit, way).deciding(on.taken.iter().copied());
            claim.on(on.day).settled().witness()
        };
        all(on.iter().map(claim), offer);
    };
    showing(subject, claims, shows)
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
    reported: &mut Reported,
) -> Option<Finding> {
    let plan = subject.plan();
    let pipeline = plan.pipelines.get(way.pipeline?.index())?;
    let env = Env::new(plan, &way.path);
    let mut tops = tops(plan, pipeline, &env)?;
    let own = plan.limits.iter().filter(|limit| limit.own);
    let own = own.filter(|limit| passes(plan, &limit.filter, benefit.cover, benefit.harm, &way.path));
    tops.extend(own.filter_map(|limit| cap(&limit.rule).cloned()));
    let above = |limit: &Limit| {
        let amount = cap(&limit.rule)?;
        // Formulas are not rounded to 分: what is paid may be no more where they are a little more.
        if !amounts::above(way.extent.high, amount_top(plan, amount, &env, End::High, End::Low)) {
            return None;
        }
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
        .arg("how", "one")
        .articles(benefit.source.articles.clone())
        .articles(limit.source.articles.clone())
        .about(cover.name.zh.clone())
        .about(limit.name.zh.clone())
        .witness(less(subject, benefit, way).unwrap_or_else(|| unshown(subject, witness(plan, benefit, way))));
    if let Some(place) = subject.places().part(&limit.source, Part::Amount) {
        finding = finding.label(place, "limit");
    }
    Some(finding)
}

/// The amounts whose least is the most that a pipeline pays, facts at their highest; `None` where a step is not of that
/// kind.
fn tops(plan: &Plan, pipeline: &crate::plan::Pipeline, env: &Env) -> Option<Vec<Amount>> {
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
    } else if let Some(whole) = amounts::amount_reached(plan, &pipeline.start, env) {
        // A condition keeps the fact below some number.
        tops.push(Amount::Fixed(Fen(i64::try_from(whole).ok()?)));
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
