//! From a plan with its contract bound to the emission plan.

mod amounts;
mod diagrams;
mod settlement;

use super::program::*;
use crate::evaluate::key_facts;
use crate::plan::diagram::Leaf;
use crate::plan::reads::Reads;
use crate::plan::{self, DecisionKey, FactKind, FactRole, ParameterKind, Plan, Use, missing_parameters};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{Date, DecisionEffect, Order, PartRule, YearKind};

/// What lowering knows.
struct Lowering<'a> {
    plan: &'a Plan,
    usage: Use,
    /// Position among the facts that a record carries
    given: Vec<Option<usize>>,
}

/// Lowers a plan.
///
/// # Errors
/// See [`super::emit`].
pub fn lower(plan: &Plan) -> Result<Program, Finding> {
    lower_for(plan, Use::All)
}

/// Lowers a plan that is run for one use alone: only what that reads must be set. For benefits alone the program has
/// neither the limits that other claims share, nor insurers, nor a term that a contract still has to set.
///
/// # Errors
/// See [`super::emit`].
pub fn lower_for(plan: &Plan, usage: Use) -> Result<Program, Finding> {
    bound(plan, usage)?;
    let mut count = 0..;
    let given = plan
        .facts
        .iter()
        .map(|f| (f.role == FactRole::Given).then(|| count.next()).flatten())
        .collect();
    let lowering = Lowering { plan, usage, given };
    let (keys, wide) = key_facts(plan);
    let mut reads = Reads::new(plan);
    reads.read(run(usage));
    let (nodes, covers) = lowering.diagrams()?;
    let pipelines = plan
        .pipelines
        .iter()
        .enumerate()
        .map(|(at, p)| lowering.pipeline(p).map_err(|finding| of_benefit(plan, at, finding)))
        .collect::<Result<_, _>>()?;
    let pairs = |pairs: &[(plan::CoverId, plan::CoverId)]| pairs.iter().map(|(a, b)| (a.index(), b.index())).collect();
    let (insurers, share_denominator) = match usage {
        Use::Benefits => (Vec::new(), 1),
        _ => lowering.insurers()?,
    };
    Ok(Program {
        format: "anlan.program",
        version: VERSION,
        scheme: identity(plan)?,
        domains: plan.domains.iter().map(|one| domain(one)).collect(),
        facts: lowering.facts(),
        known: lowering.known(),
        term: lowering.term()?,
        years: Years {
            boundaries: plan.calendar.boundaries.iter().copied().map(date).collect(),
            calendar: plan.calendar.year == Some(YearKind::Calendar),
            of_event: plan.calendar.year_of_event,
        },
        event_hours: plan.calendar.event_hours,
        decisions: plan.decisions.iter().map(|d| lowering.decision(d)).collect(),
        reads_premium: reads.premium,
        nodes,
        covers,
        pipelines,
        over: pairs(&plan.meeting.over),
        higher: pairs(&plan.meeting.higher),
        stack: pairs(&plan.meeting.stack),
        limits: plan
            .limits
            .iter()
            .filter(|l| l.own || usage != Use::Benefits)
            .map(|l| lowering.limit(l).map_err(|finding| of_limit(l, finding)))
            .collect::<Result<_, _>>()?,
        insurers,
        share_denominator,
        wide: wide
            .into_iter()
            .filter_map(|(a, b)| Some((lowering.fact(a)?, lowering.fact(b)?)))
            .collect(),
        keys: keys.into_iter().filter_map(|f| lowering.fact(f)).collect(),
    })
}

/// Everything that a contract sets is set (SEMANTICS §6, §8).
fn bound(plan: &Plan, usage: Use) -> Result<(), Finding> {
    let unset: Vec<String> = missing_parameters(plan, usage)
        .into_iter()
        .filter_map(|p| plan.parameters.get(p.index()))
        .map(|p| p.id.clone())
        .collect();
    if !unset.is_empty() {
        return Err(Finding::new(codes::V040, None).arg("names", unset));
    }
    let mut reads = Reads::new(plan);
    reads.read(run(usage));
    let funds = reads.funds.iter().filter_map(|f| plan.funds.get(f.index()));
    let unknown: Vec<String> = funds.filter(|f| f.balance.is_none()).map(|f| f.id.clone()).collect();
    match unknown.is_empty() {
        true => Ok(()),
        false => Err(Finding::new(codes::V046, None).arg("names", unknown)),
    }
}

/// What a program of the use runs: benefits alone, or settlements.
fn run(usage: Use) -> Use {
    match usage {
        Use::Benefits => Use::Benefits,
        _ => Use::Settlement,
    }
}

/// `yyyymmdd`
fn date(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// An amount has no form within the bounds.
pub(super) fn beyond() -> Finding {
    Finding::new(codes::X051, None).arg("what", "other")
}

/// X051 names the first benefit that pays by these steps.
fn of_benefit(plan: &Plan, pipeline: usize, finding: Finding) -> Finding {
    let pays = |leaf: &&Leaf| matches!(leaf, Leaf::Pays(id) if id.index() == pipeline);
    let of = plan
        .benefits
        .iter()
        .find(|benefit| plan.diagrams.leaves(benefit.root).iter().any(pays));
    let cover = of.and_then(|benefit| plan.covers.get(benefit.cover.index()));
    let harms = plan.domains.iter().find(|domain| domain.id == id::HARM);
    let harm = of.and_then(|benefit| harms?.values.get(benefit.harm.index()));
    match (cover, harm) {
        (Some(cover), Some(harm)) if finding.code == codes::X051 => finding
            .arg("what", "benefit")
            .arg("cover", &cover.name)
            .arg("harm", &harm.name),
        _ => finding,
    }
}

/// X051 names the limit.
fn of_limit(limit: &plan::Limit, finding: Finding) -> Finding {
    match finding.code == codes::X051 {
        true => finding.arg("what", "limit").arg("limit", &limit.name),
        false => finding,
    }
}

fn identity(plan: &Plan) -> Result<Identity, Finding> {
    Ok(Identity {
        id: plan.scheme.id.clone(),
        title_zh: plan.scheme.title.zh.clone(),
        title_en: plan.scheme.title.en.clone(),
        document: plan.scheme.document.as_ref().map(|d| d.number.clone()),
        contract: plan.scheme.contract.clone(),
        hash: plan::hash(plan).map_err(|_| beyond())?,
        plan_version: plan.version,
    })
}

fn domain(domain: &plan::Domain) -> Domain {
    let count = domain.values.len();
    let severity = |i: usize| match domain.order {
        Some(Order::WorstFirst) => Some(i),
        Some(Order::WorstLast) => Some(count - 1 - i),
        None => None,
    };
    Domain {
        id: domain.id.clone(),
        values: domain
            .values
            .iter()
            .map(|v| Value {
                id: v.id.clone(),
                zh: v.name.zh.clone(),
                en: v.name.en.clone(),
                aliases: v.aliases.iter().chain(&v.code).cloned().collect(),
                parent: v.parent.map(plan::ValueId::index),
            })
            .collect(),
        severities: (0..count).map(severity).collect(),
    }
}

impl Lowering<'_> {
    /// Position among the facts that a record carries.
    fn fact(&self, fact: plan::FactId) -> Option<usize> {
        self.given.get(fact.index()).copied().flatten()
    }

    fn facts(&self) -> Vec<Fact> {
        let facts = self.plan.facts.iter().filter(|f| f.role == FactRole::Given);
        facts
            .map(|f| Fact {
                id: f.id.clone(),
                zh: f.name.zh.clone(),
                en: f.name.en.clone(),
                kind: kind(&f.kind),
                representatives: diagrams::representatives(f),
            })
            .collect()
    }

    fn known(&self) -> Known {
        let find = |id: &str| {
            let position = self.plan.facts.iter().position(|f| f.id == id)?;
            self.fact(plan::FactId::from(position))
        };
        Known {
            claim: find(id::CLAIM),
            date: find(id::DATE),
            event: find(id::EVENT),
            harm: find(id::HARM),
            injury_grade: find("injury_grade"),
        }
    }

    /// A term that a contract still has to set cannot be settled (V045).
    fn term(&self) -> Result<Term, Finding> {
        let articles = self.plan.calendar.source.articles.clone();
        let open = || Finding::new(codes::V045, None);
        Ok(match &self.plan.calendar.term {
            plan::Term::Fixed { start, end } => Term::Fixed {
                first: date(*start),
                end: end.map(date),
                articles,
            },
            plan::Term::Policy { start, end } => Term::Policy {
                start: self.fact(*start).ok_or_else(open)?,
                end: self.fact(*end).ok_or_else(open)?,
                articles,
            },
            plan::Term::Contract { .. } | plan::Term::Unstated if self.usage == Use::Benefits => Term::Unstated,
            plan::Term::Contract { .. } => return Err(open()),
            plan::Term::Unstated => {
                let reads_year = |l: &plan::Limit| l.keys.contains(&plan::GroupKey::Year);
                if self.plan.calendar.year != Some(YearKind::Calendar) && self.plan.limits.iter().any(reads_year) {
                    return Err(open());
                }
                Term::Unstated
            }
        })
    }

    fn decision(&self, decision: &plan::Decision) -> Decision {
        Decision {
            id: decision.id.clone(),
            by: decision.by.clone(),
            per: match decision.per {
                DecisionKey::Term => Per::Term,
                DecisionKey::Year => Per::Year,
                DecisionKey::Event => Per::Event,
                DecisionKey::Fact(fact) => self.fact(fact).map_or(Per::Term, Per::Fact),
            },
            from_the_day: decision.effect == DecisionEffect::FromTheDay,
            value: match (decision.effect, &decision.value) {
                (DecisionEffect::FromTheDay, _) | (_, Some(ParameterKind::Date)) => Some("date"),
                (_, Some(ParameterKind::Money)) => Some("money"),
                (_, Some(ParameterKind::Ratio)) => Some("ratio"),
                (_, Some(ParameterKind::Count)) => Some("count"),
                _ => None,
            },
        }
    }
}

fn kind(kind: &FactKind) -> Kind {
    match kind {
        FactKind::Enumeration { domain, default } => Kind::Enumeration {
            domain: domain.index(),
            default: default.map(plan::ValueId::index),
        },
        FactKind::Money => Kind::Money,
        FactKind::Count { part } => Kind::Count {
            part: part.map(|part| match part {
                PartRule::Up => "up",
                PartRule::Down => "down",
                PartRule::ProRata => "pro_rata",
            }),
        },
        FactKind::Number {
            unit,
            precision,
            from,
            to,
        } => Kind::Number {
            unit: unit.clone(),
            precision: quotient(*precision),
            from: steps(*from, *precision, true),
            to: steps(*to, *precision, false),
        },
        FactKind::Ratio => Kind::Ratio,
        FactKind::Date => Kind::Date,
        FactKind::Text => Kind::Text,
        FactKind::YesNo => Kind::YesNo,
    }
}

fn quotient(ratio: crate::money::Ratio) -> Quotient {
    Quotient {
        numerator: ratio.numerator(),
        denominator: ratio.denominator(),
    }
}

/// A bound of a number in steps of its precision.
fn steps(bound: crate::money::Ratio, precision: crate::money::Ratio, up: bool) -> i64 {
    let top = bound.numerator().saturating_mul(precision.denominator());
    let bottom = bound.denominator().saturating_mul(precision.numerator()).max(1);
    let floor = top.div_euclid(bottom);
    let whole = if up && top.rem_euclid(bottom) != 0 {
        floor + 1
    } else {
        floor
    };
    i64::try_from(whole).unwrap_or(if up { i64::MIN } else { i64::MAX })
}
