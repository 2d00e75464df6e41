//! One claim: which covers apply, which of them pay, and how much.

use crate::claim::Claim;
use crate::limits::{LIMITS, Limit, Rule};
use crate::model::{Context, Covers, Facts, Inputs, Refusal, Step, Stop, Trace, Untraced, total};
use crate::rules::{self, COVERS, HIGHER, Harm, NOTHING, OVER, PAYS_NOTHING, STACK};
use crate::scheme;
use std::collections::BTreeSet;

impl rules::Cover {
    /// A cover for any peril says nothing about this one unless its role holds.
    fn no_role(&self) -> Reason {
        if self.any_peril {
            Reason::NoCover
        } else {
            Reason::Role
        }
    }
}

/// What one claim is owed before the limits that need other claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessment {
    /// 分; own caps included
    pub benefit: i64,
    /// The covers that pay
    pub covers: Covers,
    /// Why the benefit is 0
    pub reason: Option<Reason>,
}

/// Why nothing is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    OutOfTerm,
    NoCover,
    Role,
    Harm,
    Condition,
    Nothing,
    Zero,
    /// By position among the limits
    Limit(usize),
}

impl Reason {
    /// The code of the data contract
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Reason::OutOfTerm => "out_of_term",
            Reason::NoCover => "no_cover",
            Reason::Role => "role",
            Reason::Harm => "harm",
            Reason::Condition => "condition",
            Reason::Nothing => "nothing",
            Reason::Zero => "zero",
            Reason::Limit(limit) => LIMITS[limit].reason,
        }
    }

    /// The one of the cover that got further
    fn or_closer(self, other: Reason) -> Reason {
        if other.distance() > self.distance() {
            other
        } else {
            self
        }
    }

    /// How far a cover got
    fn distance(self) -> u8 {
        match self {
            Reason::Role => 1,
            Reason::Harm => 2,
            Reason::Condition => 3,
            _ => 0,
        }
    }
}

/// An assessment with the steps of every line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub assessment: Assessment,
    /// One for each cover that pays
    pub lines: Vec<ExplainedLine>,
}

/// The benefit of one cover, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedLine {
    /// By position among the covers
    pub cover: usize,
    /// The id of what happened
    pub harm: &'static str,
    /// 分
    pub amount: i64,
    pub steps: Vec<Step>,
}

/// What one claim is owed: own caps included, before every other limit. It allocates nothing where one cover applies.
///
/// # Errors
/// A field that the rules read is blank (V020), covers meet unranked (V021), a bound is passed (V022, V023), a value
/// is out of its range, or what a decision or the premium must tell is not known.
pub fn assess(claim: &Claim<'_>, inputs: &Inputs) -> Result<Assessment, Refusal> {
    claim.check()?;
    if out_of_term(claim) {
        return Ok(Assessment {
            benefit: 0,
            covers: Covers::NONE,
            reason: Some(Reason::OutOfTerm),
        });
    }
    let facts = Facts {
        claim,
        inputs,
        assumed: &[],
    };
    let found = lines_of(&facts, Alone::Yes).map_err(Stop::refusal)?;
    assessment(&found).map_err(Stop::refusal)
}

fn assessment(found: &Found) -> Result<Assessment, Stop> {
    let mut covers = Covers::NONE;
    for line in found.lines.as_slice() {
        covers.insert(line.cover);
    }
    Ok(Assessment {
        benefit: total(found.lines.as_slice().iter().map(|line| line.amount))?,
        covers,
        reason: found.reason,
    })
}

/// As [`assess`], with every step and its article.
///
/// # Errors
/// As [`assess`].
pub fn explain(claim: &Claim<'_>, inputs: &Inputs) -> Result<Explanation, Refusal> {
    let assessment = assess(claim, inputs)?;
    let facts = Facts {
        claim,
        inputs,
        assumed: &[],
    };
    let mut lines = Vec::new();
    if assessment.reason != Some(Reason::OutOfTerm) {
        lines = explained(&facts, assessment.covers).map_err(Stop::refusal)?;
    }
    Ok(Explanation { assessment, lines })
}

fn explained(facts: &Facts<'_>, covers: Covers) -> Result<Vec<ExplainedLine>, Stop> {
    let harm = rules::harm(facts)?;
    let mut lines = Vec::new();
    let mut steps = Vec::new();
    for cover in covers.iter() {
        let mut of_line = Vec::new();
        lines.push(line_of(facts, cover, harm, &mut of_line)?);
        steps.push(of_line);
    }
    let mut own = |line: usize, step: Step| {
        if let Some(steps) = steps.get_mut(line) {
            steps.push(step);
        }
    };
    own_limits(facts, &mut lines, Alone::Yes, &mut own)?;
    let line = |(line, steps): (Line, Vec<Step>)| ExplainedLine {
        cover: line.cover,
        harm: harm.id(),
        amount: line.amount,
        steps,
    };
    Ok(lines.into_iter().zip(steps).map(line).collect())
}

/// Whether the loss is known to lie outside the term.
pub(crate) fn out_of_term(claim: &Claim<'_>) -> bool {
    scheme::in_term(claim) == Some(false)
}

/// The benefit of one cover, in 分.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub cover: usize,
    pub payment: usize,
    pub amount: i64,
}

/// The lines of a claim: mostly one.
#[derive(Debug)]
pub(crate) enum Lines {
    None,
    One(Line),
    Several(Vec<Line>),
}

impl Lines {
    pub(crate) fn as_slice(&self) -> &[Line] {
        match self {
            Lines::None => &[],
            Lines::One(line) => std::slice::from_ref(line),
            Lines::Several(lines) => lines,
        }
    }
}

/// What a claim by itself comes to.
#[derive(Debug)]
pub(crate) struct Found {
    pub lines: Lines,
    pub reason: Option<Reason>,
}

/// Whether own limits apply as if no other claim shared them. In a settlement a deductible, and what follows it, waits
/// for the whole group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alone {
    Yes,
    No,
}

/// A blank field is required only where its value could change the answer, given the other fields.
fn resolve<T: PartialEq>(
    facts: &Facts<'_>,
    rule: &dyn Fn(&Facts<'_>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let (field, decision) = match rule(facts) {
        Err(Stop::Blank(field)) => (field, None),
        Err(Stop::Open(field, decision)) => (field, Some(decision)),
        answer => return answer,
    };
    let mut outcomes: Vec<T> = Vec::new();
    let mut missing = BTreeSet::from([field]);
    let mut take = |outcome: Result<T, Stop>| match outcome {
        Ok(outcome) => {
            if !outcomes.contains(&outcome) {
                outcomes.push(outcome);
            }
            Ok(())
        }
        Err(Stop::Missing(fields)) => {
            missing.extend(fields);
            Ok(())
        }
        Err(stop) => Err(stop),
    };
    match decision {
        Some(decision) => {
            for taken in [false, true] {
                let assumed = [facts.assumed, &[(decision, taken)]].concat();
                let facts = Facts {
                    assumed: &assumed,
                    ..*facts
                };
                take(resolve(&facts, rule))?;
            }
        }
        None => {
            for claim in (0..).map_while(|n| facts.claim.completed(field, n)) {
                let facts = Facts {
                    claim: &claim,
                    ..*facts
                };
                take(resolve(&facts, rule))?;
            }
        }
    }
    match outcomes.pop() {
        Some(outcome) if outcomes.is_empty() && missing.len() == 1 => Ok(outcome),
        _ => Err(Stop::Missing(missing)),
    }
}

/// The covers that apply and have a benefit for the harm, and how far the one came that came closest.
fn applying_and_closest(facts: &Facts<'_>) -> Result<(Covers, Reason), Stop> {
    let harm = rules::harm(facts)?;
    let mut covers = Covers::NONE;
    let mut closest = Reason::NoCover;
    for (index, cover) in COVERS.iter().enumerate() {
        if !(cover.perils)(facts)? {
            continue;
        }
        let reason = if !(cover.roles)(facts)? {
            cover.no_role()
        } else if cover.benefit(harm).is_none() {
            Reason::Harm
        } else {
            if (cover.condition)(facts)? {
                covers.insert(index);
            }
            Reason::Condition
        };
        closest = closest.or_closer(reason);
    }
    Ok((covers, closest))
}

fn applying(facts: &Facts<'_>) -> Result<Covers, Stop> {
    applying_and_closest(facts).map(|(covers, _)| covers)
}

/// The lines that pay, and why they come to nothing.
pub(crate) fn lines_of(facts: &Facts<'_>, alone: Alone) -> Result<Found, Stop> {
    let (mut covers, closest) = match applying_and_closest(facts) {
        Ok((covers, closest)) => (covers, Some(closest)),
        Err(_) => (resolve(facts, &applying)?, None),
    };
    let harm = match rules::harm(facts) {
        Ok(harm) => harm,
        Err(Stop::Blank(field)) => return Err(Stop::missing(field)),
        Err(stop) => return Err(stop),
    };
    if covers.len() > 1 {
        let all = covers;
        for (over, under) in OVER {
            if all.contains(over) && all.contains(under) {
                covers.remove(under);
            }
        }
    }
    let mut applying = covers.iter();
    let lines = match (applying.next(), applying.next()) {
        (None, _) => {
            return Ok(Found {
                lines: Lines::None,
                reason: Some(closest.map_or_else(|| no_cover(facts, harm), Ok)?),
            });
        }
        (Some(cover), None) => {
            let line = line_of(facts, cover, harm, &mut Untraced)?;
            Lines::One(own_limits_of_one(facts, line, alone)?)
        }
        _ => {
            let lines = covers
                .iter()
                .map(|cover| line_of(facts, cover, harm, &mut Untraced));
            let mut lines = meet(facts, lines.collect::<Result<_, _>>()?)?;
            own_limits(facts, &mut lines, alone, &mut |_, _| ())?;
            Lines::Several(lines)
        }
    };
    let reason = match lines.as_slice() {
        lines if lines.iter().any(|line| line.amount > 0) => None,
        [first, ..] if PAYS_NOTHING.contains(&first.payment) => Some(Reason::Nothing),
        _ => Some(Reason::Zero),
    };
    Ok(Found { lines, reason })
}

/// The benefit of one cover before own limits.
pub(crate) fn line_of<T: Trace>(
    facts: &Facts<'_>,
    cover: usize,
    harm: Harm,
    trace: &mut T,
) -> Result<Line, Stop> {
    let payment = match COVERS[cover].benefit(harm) {
        Some(benefit) => match benefit(facts) {
            Ok(payment) => payment,
            Err(_) => resolve(facts, &benefit)?,
        },
        None => NOTHING,
    };
    Ok(Line {
        cover,
        payment,
        amount: rules::pay(payment, facts, trace)?,
    })
}

/// The reason given by the cover that came closest, of a claim that leaves fields blank.
fn no_cover(facts: &Facts<'_>, harm: Harm) -> Result<Reason, Stop> {
    let mut closest = Reason::NoCover;
    for cover in &COVERS {
        let reason = if fails(facts, cover.perils)? {
            Reason::NoCover
        } else if fails(facts, cover.roles)? {
            cover.no_role()
        } else if cover.benefit(harm).is_none() {
            Reason::Harm
        } else {
            Reason::Condition
        };
        closest = closest.or_closer(reason);
    }
    Ok(closest)
}

/// Whether a test is known to fail.
fn fails(facts: &Facts<'_>, test: rules::Test) -> Result<bool, Stop> {
    match resolve(facts, &test) {
        Ok(holds) => Ok(!holds),
        Err(Stop::Missing(_)) => Ok(false),
        Err(stop) => Err(stop),
    }
}

fn pair(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// Of the largest sets of covers that all stack with one another, the one with the most money.
fn meet(facts: &Facts<'_>, lines: Vec<Line>) -> Result<Vec<Line>, Stop> {
    for (i, a) in lines.iter().enumerate() {
        for b in &lines[i + 1..] {
            let pair = pair(a.cover, b.cover);
            let stated = STACK.contains(&pair) || HIGHER.contains(&pair);
            if !stated && worth(facts, &[*a])? != worth(facts, &[*b])? {
                let names = [a, b].map(|line| COVERS[line.cover].id).join(", ");
                return Err(Refusal::new("V021").with(names).into());
            }
        }
    }
    let mut groups = Vec::new();
    stacks(&lines, &mut Vec::new(), 0, &mut groups);
    let mut best: Option<(i64, Vec<Line>)> = None;
    for group in groups {
        let chosen: Vec<Line> = group.into_iter().map(|i| lines[i]).collect();
        let worth = worth(facts, &chosen)?;
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, chosen));
        }
    }
    Ok(best.map(|(_, lines)| lines).unwrap_or_default())
}

fn stacks(lines: &[Line], group: &mut Vec<usize>, start: usize, found: &mut Vec<Vec<usize>>) {
    let joins = |i: usize, group: &[usize]| {
        let stack = |j: &usize| STACK.contains(&pair(lines[i].cover, lines[*j].cover));
        !group.contains(&i) && group.iter().all(stack)
    };
    if !group.is_empty() && !(0..lines.len()).any(|i| joins(i, group)) {
        found.push(group.clone());
        return;
    }
    for i in start..lines.len() {
        if joins(i, group) {
            group.push(i);
            stacks(lines, group, i + 1, found);
            group.pop();
        }
    }
}

fn worth(facts: &Facts<'_>, lines: &[Line]) -> Result<i64, Stop> {
    let mut lines = lines.to_vec();
    own_limits(facts, &mut lines, Alone::Yes, &mut |_, _| ())?;
    total(lines.iter().map(|line| line.amount))
}

/// Own limits on the only line of a claim.
pub(crate) fn own_limits_of_one(
    facts: &Facts<'_>,
    mut line: Line,
    alone: Alone,
) -> Result<Line, Stop> {
    for limit in LIMITS.iter().filter(|limit| limit.own) {
        if line.amount == 0 {
            break;
        }
        if limit.rule == Rule::Largest || !limit.passes(line.cover, facts.claim)? {
            continue;
        }
        if limit.rule == Rule::Less && alone == Alone::No {
            break;
        }
        if let Some(bound) = limit.bound(facts)? {
            line.amount = limit.share_of_one(bound, line.amount);
        }
    }
    Ok(line)
}

/// Applies the limits that belong to a schedule to the lines of one claim; `step` is told of each.
fn own_limits(
    facts: &Facts<'_>,
    lines: &mut [Line],
    alone: Alone,
    step: &mut dyn FnMut(usize, Step),
) -> Result<(), Stop> {
    let mut waiting = vec![false; lines.len()];
    let mut worth: Vec<i64> = lines.iter().map(|line| line.amount).collect();
    for limit in LIMITS.iter().filter(|limit| limit.own) {
        let mut members = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            if waiting[i] || line.amount == 0 || !limit.passes(line.cover, facts.claim)? {
                continue;
            }
            if limit.rule == Rule::Less && alone == Alone::No {
                waiting[i] = true;
            } else {
                members.push(i);
            }
        }
        let Some(bound) = own_bound(limit, facts, lines, &worth, &members)? else {
            continue;
        };
        let amounts: Vec<i64> = members.iter().map(|i| lines[*i].amount).collect();
        let kept = limit.share_out(bound, &amounts, &[amounts.len()])?;
        for (i, amount) in members.into_iter().zip(kept) {
            worth[i] = limit.share_of_one(bound, worth[i]);
            lines[i].amount = amount;
            let less = limit.rule == Rule::Less;
            step(
                i,
                Step {
                    rule: if less { "own-less" } else { "own-up-to" },
                    amount,
                    article: limit.article,
                },
            );
        }
    }
    Ok(())
}

fn own_bound(
    limit: &Limit,
    facts: &Facts<'_>,
    lines: &[Line],
    worth: &[i64],
    members: &[usize],
) -> Result<Option<i64>, Stop> {
    match (limit.rule, members) {
        (_, []) | (Rule::Largest, [_]) => Ok(None),
        (Rule::Largest, members) => Ok(members
            .iter()
            .map(|i| worth[*i].max(lines[*i].amount))
            .max()),
        _ => limit.bound(facts),
    }
}

/// The bound as a context tells it; `None` is unlimited.
impl Limit {
    pub(crate) fn bound(&self, context: &dyn Context) -> Result<Option<i64>, Stop> {
        let bound = self.amount.of(context)?;
        if bound.is_none() && self.rule == Rule::Less {
            return Err(Stop::refused("V044"));
        }
        Ok(bound)
    }

    /// Whether a line of this cover passes the filter.
    pub(crate) fn passes(&self, cover: usize, claim: &Claim<'_>) -> Result<bool, Stop> {
        Ok(self.filter.covers.contains(cover) && (self.filter.fields)(claim)?)
    }

    /// What a line that stands alone keeps.
    pub(crate) fn share_of_one(&self, bound: i64, amount: i64) -> i64 {
        let within = bound.clamp(0, amount);
        let room = if self.rule == Rule::Less {
            amount - within
        } else {
            within
        };
        let (part, whole) = self.ratio(room, amount);
        if room >= amount {
            return amount;
        }
        i64::try_from(i128::from(amount) * part / whole).unwrap_or(amount)
    }

    /// What each line keeps. Tiers are the numbers of lines served together; earlier ones come first.
    pub(crate) fn share_out(
        &self,
        bound: i64,
        amounts: &[i64],
        tiers: &[usize],
    ) -> Result<Vec<i64>, Stop> {
        let mut kept = Vec::with_capacity(amounts.len());
        let (mut before, mut rest) = (0i64, amounts);
        for size in tiers {
            let (tier, later) = rest.split_at(*size);
            rest = later;
            let sum = total(tier.iter().copied())?;
            let within = bound.saturating_sub(before).clamp(0, sum);
            let room = if self.rule == Rule::Less {
                sum - within
            } else {
                within
            };
            before = total([before, sum])?;
            if room >= sum {
                kept.extend(tier);
                continue;
            }
            let (part, whole) = self.ratio(room, sum);
            let quotas: Vec<i128> = tier
                .iter()
                .map(|amount| i128::from(*amount) * part)
                .collect();
            kept.extend(largest_remainder(
                &quotas,
                whole,
                i128::from(sum) * part / whole,
            ));
        }
        Ok(kept)
    }

    /// The part of the sum that is kept, rounded down where the scheme rounds the ratio first.
    fn ratio(&self, room: i64, sum: i64) -> (i128, i128) {
        let (room, sum) = (i128::from(room), i128::from(sum).max(1));
        match self.ratio_to {
            None => (room, sum),
            Some((n, d)) => (room * d / (sum * n) * n, d),
        }
    }
}

/// Each quota rounded down, and the missing 分 one each by remainder, largest first, then by position.
pub(crate) fn largest_remainder(quotas: &[i128], denominator: i128, whole: i128) -> Vec<i64> {
    let mut parts: Vec<i128> = quotas.iter().map(|quota| quota / denominator).collect();
    let missing = usize::try_from(whole - parts.iter().sum::<i128>()).unwrap_or(0);
    if missing > 0 {
        let mut order: Vec<usize> = (0..quotas.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(quotas[*i] % denominator));
        for i in order.into_iter().take(missing) {
            parts[i] += 1;
        }
    }
    parts
        .into_iter()
        .map(|part| i64::try_from(part).unwrap_or(i64::MAX))
        .collect()
}
