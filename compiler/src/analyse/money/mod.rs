//! Family K: nothing is lost or made when money is divided, and what may be owed is borne.

mod funds;
mod occasions;
mod remainder;

use super::Rule;
use super::amounts::{self, End, Env, Guard};
use super::limits::known;
use super::maximum::Group;
use super::payable::fact_named;
use super::subject::{Subject, articles, named};
use super::witness::{Sought, crowd, dearest};
use crate::evaluate::Shown;
use crate::money::Ratio;
use crate::plan::{Amount, GroupKey, LimitRule, Part, Tower};
use crate::resolve::id;
use anlan_lang::diag::{Finding, Severity, Witness, codes};
use anlan_lang::tree::ClauseKind;

pub(super) const RULES: &[Rule] = &[
    Rule::of(&[codes::K101], rounded_bearer),
    Rule::sound(&[codes::K102, codes::L113], unborne).bound(),
    Rule::of(&[codes::K103], total_of_layers).bound(),
    Rule::of(&[codes::K104], remainder::negative),
    Rule::sound(&[codes::K105], funds::overdrawn).bound(),
];

/// K101: who bears the remainder is rounded too.
fn rounded_bearer(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let splits = subject.all(|kind| match kind {
        ClauseKind::Split(split) => Some(split),
        _ => None,
    });
    for (split, _) in splits {
        let Some((bearer, notes)) = &split.remainder else {
            continue;
        };
        let rounded = split.rounds.iter().find(|(payer, ..)| payer.text == bearer.text);
        if let Some((payer, unit, _, _)) = rounded {
            found.push(
                Finding::new(codes::K101, subject.at(bearer.span))
                    .arg("split", split.name.text.as_str())
                    .arg("payer", bearer.text.as_str())
                    .label(subject.at(payer.span.to(unit.span)), "round")
                    .articles(articles(notes))
                    .about(split.name.text.clone()),
            );
        }
    }
}

/// K102: one group of the tower's keys may owe more than the layers bear, and nothing says what then.
fn unborne(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(tower) = plan.tower.as_ref().filter(|tower| tower.shortfall.is_none()) else {
        return;
    };
    let layers = layers(tower);
    let mut told = false;
    // A limit over the same keys says best what may be owed: it is compared with the layers as a formula.
    let owed = plan
        .limits
        .iter()
        .filter(|limit| !limit.own && limit.filter == crate::plan::Filter::default() && limit.keys == tower.keys);
    for limit in owed {
        let LimitRule::UpTo(most) = &limit.rule else { continue };
        let compared = amounts::compare_on(plan, (most, &limit.keys), (&layers, &tower.keys));
        told |= compared.never || !compared.open.is_empty();
        let Some(excess) = compared.exceeds else { continue };
        told = true;
        let mut finding = Finding::new(codes::K102, subject.of(&tower.source))
            .arg("owed", amounts::greater(&excess))
            .arg("layers", amounts::known(excess.other))
            .articles(tower.source.articles.clone())
            .articles(limit.source.articles.clone())
            .about(limit.name.zh.clone())
            .arg("limit", named(&limit.name))
            .witness(
                excess
                    .other
                    .and_then(|borne| owing(subject, tower, borne, &excess.guard)),
            );
        if let Some(place) = subject.places().part(&limit.source, Part::Amount) {
            finding = finding.label(place, "limit");
        }
        found.push(finding);
    }
    // A stated total says itself where the tower ends.
    if !told && tower.total.is_none() {
        found.extend(beyond_layers(subject, tower, &layers));
    }
}

/// The same where no limit over the tower's keys tells: the most that a group attains through all limits.
fn beyond_layers(subject: &Subject<'_>, tower: &Tower, layers: &Amount) -> Option<Finding> {
    let plan = subject.plan();
    let bears = amounts::amount_top(plan, layers, &Env::default(), End::High, End::High)?;
    let group = Group::of(plan, &tower.keys);
    let as_open = subject.maximum().most(&group);
    // Without bound it is a question (Q150).
    as_open.low?;
    let occasions = occasions::occasions(plan);
    let on = occasions
        .iter()
        .map(|occasion| (occasion.most(subject.maximum(), &group), &occasion.when));
    let mut undecided = None;
    for (most, when) in on {
        // With unknowns at their low end, and attained: a shortfall that some claims do bring about.
        let owed = match (most.low, most.exact) {
            (Some(low), true) if low > bears => amounts::money(low),
            (_, false) if most.low == most.high && most.attained.is_some_and(|some| some > bears) => {
                known(most.attained)
            }
            (_, false) if most.high.is_none_or(|high| high > bears) => {
                undecided = Some(most);
                continue;
            }
            _ => continue,
        };
        let mut finding = Finding::new(codes::K102, subject.of(&tower.source));
        // No limit was written that the layers should bear: a gap, not a contradiction.
        finding.severity = Severity::Warning;
        let finding = finding
            .arg("owed", owed)
            .arg("layers", amounts::money(bears))
            .arg("limit", "")
            .articles(tower.source.articles.clone())
            .witness(owing(subject, tower, bears, when));
        return Some(finding);
    }
    undecided.map(|most| {
        Finding::new(codes::L113, subject.of(&tower.source))
            .arg("what", "borne")
            .arg("most", known(most.high))
            .arg("attained", known(most.attained))
            .arg("layers", amounts::money(bears))
            .articles(tower.source.articles.clone())
            .witness(dearest(subject, |_| true, |_| true))
    })
}

/// Claims of one group of the tower that come to more than its layers bear.
fn owing(subject: &Subject<'_>, tower: &Tower, borne: Ratio, when: &Guard) -> Option<Witness> {
    let plan = subject.plan();
    let event = fact_named(plan, id::EVENT).map(GroupKey::Fact);
    // The crowd is of one event; a tower over other keys may hold several.
    let one = tower
        .keys
        .iter()
        .all(|key| Some(*key) == event || *key == GroupKey::Year);
    let beyond = |shown: &Shown| Ratio::integer(shown.paid) > borne;
    let sought = Sought {
        more_than: borne,
        when,
        ..Sought::default()
    };
    one.then(|| crowd(subject, &sought, beyond))?
}

/// K103: the stated total of a tower is not the sum of its layers.
fn total_of_layers(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(tower) = &plan.tower else { return };
    let Some(total) = &tower.total else { return };
    let layers = layers(tower);
    let above = amounts::compare(plan, total, &layers).exceeds;
    let below = amounts::compare(plan, &layers, total).exceeds;
    let pair = above
        .map(|excess| (excess.amount, excess.other))
        .or_else(|| below.map(|excess| (excess.other, excess.amount)));
    if let Some((total, layers)) = pair {
        found.push(
            Finding::new(codes::K103, subject.part(&tower.source, Part::Total))
                .arg("total", amounts::known(total))
                .arg("layers", amounts::known(layers))
                .articles(tower.source.articles.clone()),
        );
    }
}

fn layers(tower: &Tower) -> Amount {
    Amount::Sum(tower.layers.iter().map(|layer| layer.up_to.clone()).collect())
}
