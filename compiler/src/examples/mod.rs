//! Runs the examples that a scheme or contract states: claims through the evaluator, bases through the premium split,
//! a loss through the layers.
//!
//! An example says only what matters to it. Where a settlement needs more, it is filled in: every claim is of a person
//! and a household of its own, all of one event, on the first day of the term; a term that a contract will set begins
//! with the earliest claim. `应付` is tested without any of this.

mod filling;

use crate::evaluate::record::Reader;
use crate::evaluate::{Bases, Decisions, Evaluator, Inputs, Outcome, Record, Refusal, Row, Settlement, assess, settle};
use crate::money::{Fen, Ratio};
use crate::plan::{Example, Expectation, Plan, Source, Use};
use crate::report::{fund, layer};
use anlan_lang::diag::{Arg, Finding, codes};
use std::cell::OnceCell;

/// One example after it ran.
#[derive(Debug)]
pub struct Run {
    pub title: String,
    pub source: Source,
    pub checks: Vec<Check>,
}

impl Run {
    /// Whether everything that it expects holds; one that expects nothing proves nothing.
    pub fn passed(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(|check| matches!(check.verdict, Verdict::Met))
    }
}

/// One expectation, tested.
#[derive(Debug)]
pub struct Check {
    pub expectation: Expectation,
    pub verdict: Verdict,
}

#[derive(Debug)]
pub enum Verdict {
    Met,
    Differs(Vec<Actual>),
    /// It could not be computed.
    Failed(Vec<Finding>),
}

/// What came out instead.
#[derive(Debug, Clone, PartialEq)]
pub enum Actual {
    Money(Fen),
    Ratio(Ratio),
    /// The claim was to be refused and was not.
    Accepted,
    /// Nobody of that name bears anything.
    Nobody,
}

/// Runs every example of the plan.
pub fn run(plan: &Plan) -> Vec<Run> {
    plan.statement
        .examples
        .iter()
        .map(|example| one(plan, example))
        .collect()
}

/// What a settlement of an example's claims is given.
#[derive(Debug)]
pub(crate) struct Filled {
    /// The claims, each as often as the example says, with the ids, dates and keys that it leaves unsaid
    pub rows: Vec<Row>,
    /// The total premium of the example's bases; `None` without bases
    pub premium: Option<Fen>,
}

/// The claims of an example, filled in; `None` where one cannot be read or the premium not be computed.
pub(crate) fn filled(plan: &Plan, example: &Example) -> Option<Filled> {
    let world = World::new(plan, example).ok()?;
    let premium = match world.bases.is_empty() {
        true => None,
        false => Some(world.fund().ok()?.total),
    };
    Some(Filled {
        rows: filling::fill(&world.plan, &world.claims).1,
        premium,
    })
}

fn one(plan: &Plan, example: &Example) -> Run {
    let checks = match World::new(plan, example) {
        Ok(world) => {
            let check = |expectation: &Expectation| Check {
                expectation: expectation.clone(),
                verdict: world.check(expectation).unwrap_or_else(Verdict::Failed),
            };
            example.expect.iter().map(check).collect()
        }
        Err(findings) => example
            .expect
            .iter()
            .map(|expectation| Check {
                expectation: expectation.clone(),
                verdict: Verdict::Failed(findings.clone()),
            })
            .collect(),
    };
    Run {
        title: example.title.clone(),
        source: example.source.clone(),
        checks,
    }
}

type Claim = Result<Record, Vec<Refusal>>;

/// What one example gives.
struct World<'a> {
    plan: Plan,
    example: &'a Example,
    decisions: Decisions,
    bases: Vec<fund::BaseRow>,
    /// Each claim once, and how often it occurs
    claims: Vec<(Claim, u32)>,
    fund: OnceCell<Result<fund::Fund, Vec<Finding>>>,
    settlement: OnceCell<Result<Settlement, Vec<Finding>>>,
}

impl<'a> World<'a> {
    fn new(plan: &Plan, example: &'a Example) -> Result<Self, Vec<Finding>> {
        let mut plan = plan.clone();
        for (parameter, bound) in &example.set {
            if plan.shaping.contains(parameter) {
                let name = plan
                    .parameters
                    .get(parameter.index())
                    .map_or_else(String::new, |p| p.id.clone());
                return Err(vec![Finding::new(codes::V080, None).arg("name", name)]);
            }
            if let Some(parameter) = plan.parameters.get_mut(parameter.index()) {
                parameter.value = Some(bound.clone());
            }
        }
        for (fund, balance) in &example.balances {
            if let Some(fund) = plan.funds.get_mut(fund.index()) {
                fund.balance = Some(*balance);
            }
        }
        let decisions = Decisions::of_example(&plan, &example.decided).map_err(|r| vec![r.finding()])?;
        let claims = claims(&plan, example)?;
        Ok(World {
            bases: bases(&plan, example),
            decisions,
            claims,
            plan,
            example,
            fund: OnceCell::new(),
            settlement: OnceCell::new(),
        })
    }

    fn check(&self, expectation: &Expectation) -> Result<Verdict, Vec<Finding>> {
        match expectation {
            Expectation::Benefit(expected, _) => self.benefits().map(|b| compare(*expected, b)),
            Expectation::Paid(expected, _) => self.paid().map(|p| compare(*expected, p)),
            Expectation::PaidInAll(expected, _) => {
                let paid = self.settlement()?.totals.paid;
                Ok(compare(*expected, vec![paid]))
            }
            Expectation::Nothing(_) => match self.benefits() {
                Ok(benefits) if benefits.iter().all(|b| *b == Fen(0)) => Ok(Verdict::Met),
                _ => self.paid().map(|p| compare(Fen(0), p)),
            },
            Expectation::Refused(_) => self.refused(),
            Expectation::Premium(expected, _) => Ok(compare(*expected, vec![self.fund()?.total])),
            Expectation::Bears(who, expected, _) => self.bears(who, *expected),
            Expectation::Ratio(expected, _) => {
                let ratio = self.layers()?.ratio;
                Ok(if ratio == *expected {
                    Verdict::Met
                } else {
                    Verdict::Differs(vec![Actual::Ratio(ratio)])
                })
            }
            Expectation::Unpaid(expected, _) => Ok(compare(*expected, vec![self.layers()?.unpaid])),
        }
    }

    /// The total premium where the example gives bases.
    fn inputs(&self) -> Result<Inputs, Vec<Finding>> {
        let bases = match self.bases.is_empty() {
            true => None,
            false => {
                let rows = self.fund()?.rows.iter().map(|row| (row.region.clone(), row.premium));
                Some(Bases {
                    premiums: rows.collect(),
                })
            }
        };
        Ok(Inputs {
            decisions: self.decisions.clone(),
            bases,
            earlier: None,
        })
    }

    /// The benefit of each distinct claim by itself.
    fn benefits(&self) -> Result<Vec<Fen>, Vec<Finding>> {
        let inputs = self.inputs()?;
        let mut benefits = Vec::new();
        for (claim, _) in &self.claims {
            let record = claim.as_ref().map_err(|refusals| findings(refusals))?;
            benefits.push(
                assess(&self.plan, &inputs, record)
                    .map_err(|r| vec![r.finding()])?
                    .benefit,
            );
        }
        Ok(benefits)
    }

    fn settlement(&self) -> Result<&Settlement, Vec<Finding>> {
        let settled = self.settlement.get_or_init(|| {
            let (plan, rows) = filling::fill(&self.plan, &self.claims);
            settle(&plan, &self.inputs()?, rows).map_err(|r| vec![r.finding()])
        });
        settled.as_ref().map_err(Clone::clone)
    }

    /// What each claim is paid; a rejected one fails the example.
    fn paid(&self) -> Result<Vec<Fen>, Vec<Finding>> {
        let paid = |row: &Outcome| match row {
            Outcome::Settled(settled) => Ok(settled.paid),
            Outcome::Rejected { refusals, .. } => Err(findings(refusals)),
        };
        self.settlement()?.rows.iter().map(paid).collect()
    }

    fn refused(&self) -> Result<Verdict, Vec<Finding>> {
        let inputs = self.inputs()?;
        // What the whole run lacks is no refusal of the claim.
        Evaluator::new(&self.plan, &inputs, Use::Benefits).map_err(|r| vec![r.finding()])?;
        let accepted = |claim: &Claim| {
            claim
                .as_ref()
                .is_ok_and(|record| assess(&self.plan, &inputs, record).is_ok())
        };
        Ok(match self.claims.iter().any(|(claim, _)| accepted(claim)) {
            true => Verdict::Differs(vec![Actual::Accepted]),
            false => Verdict::Met,
        })
    }

    fn fund(&self) -> Result<&fund::Fund, Vec<Finding>> {
        let fund = self.fund.get_or_init(|| {
            let bases = (!self.bases.is_empty()).then_some(self.bases.as_slice());
            fund::fund(&self.plan, bases, &self.decisions)
        });
        fund.as_ref().map_err(Clone::clone)
    }

    fn layers(&self) -> Result<layer::Layers, Vec<Finding>> {
        let loss = self.example.loss.ok_or_else(|| vec![Finding::new(codes::V081, None)])?;
        let premium = if self.bases.is_empty() {
            None
        } else {
            Some(self.fund()?.total)
        };
        layer::layer(&self.plan, loss, &self.decisions, premium)
    }

    /// A layer's or, below it, an insurer's part of a loss; a payer's part of the premium; an insurer's of the claims.
    fn bears(&self, who: &str, expected: Fen) -> Result<Verdict, Vec<Finding>> {
        let parts: Vec<(String, Fen)> = if self.example.loss.is_some() {
            let layers = self.layers()?.layers;
            let own: Vec<_> = layers.iter().map(|layer| (layer.name.clone(), layer.amount)).collect();
            own.into_iter()
                .chain(layers.into_iter().flat_map(|layer| layer.shares))
                .collect()
        } else if !self.bases.is_empty() {
            let fund = self.fund()?;
            fund.payers.iter().cloned().zip(fund.totals.iter().copied()).collect()
        } else {
            let settlement = self.settlement()?;
            let insurers = self.plan.coinsurance.iter().flat_map(|c| &c.insurers);
            insurers
                .map(|insurer| insurer.id.clone())
                .zip(settlement.totals.shares.iter().copied())
                .collect()
        };
        let mine: Vec<i64> = parts
            .iter()
            .filter(|(name, _)| name == who)
            .map(|(_, amount)| amount.0)
            .collect();
        if mine.is_empty() {
            return Ok(Verdict::Differs(vec![Actual::Nobody]));
        }
        Ok(compare(expected, vec![Fen(mine.iter().sum())]))
    }
}

/// All amounts must be the expected one; the others are told, each once.
fn compare(expected: Fen, actual: Vec<Fen>) -> Verdict {
    let mut others: Vec<Fen> = actual.iter().copied().filter(|amount| *amount != expected).collect();
    others.sort_unstable();
    others.dedup();
    match (actual.is_empty(), others.is_empty()) {
        (false, true) => Verdict::Met,
        (true, _) => Verdict::Failed(vec![Finding::new(codes::V082, None)]),
        (false, false) => Verdict::Differs(others.into_iter().map(Actual::Money).collect()),
    }
}

fn findings(refusals: &[Refusal]) -> Vec<Finding> {
    refusals.iter().map(Refusal::finding).collect()
}

fn claims(plan: &Plan, example: &Example) -> Result<Vec<(Claim, u32)>, Vec<Finding>> {
    let reader = Reader::new(plan);
    let mut claims = Vec::new();
    for group in &example.claims {
        let fields = group.fields.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let (record, unknown) = reader.object(fields);
        if !unknown.is_empty() {
            return Err(findings(&unknown));
        }
        claims.push((record, group.count));
    }
    Ok(claims)
}

fn bases(plan: &Plan, example: &Example) -> Vec<fund::BaseRow> {
    let domain = plan.domains.iter().find(|d| d.id == crate::resolve::id::REGION);
    let row = |(region, persons, households): &(crate::plan::ValueId, i64, i64)| fund::BaseRow {
        region: domain
            .and_then(|d| d.values.get(region.index()))
            .map_or_else(String::new, |value| value.name.zh.clone()),
        persons: Some(*persons),
        households: Some(*households),
    };
    example.bases.iter().map(row).collect()
}

/// What an expectation asks for, as a text of the catalogue.
pub fn worded(expectation: &Expectation) -> (&'static str, Option<Arg>) {
    match expectation {
        Expectation::Benefit(..) => ("expect-benefit", None),
        Expectation::Paid(..) => ("expect-paid", None),
        Expectation::PaidInAll(..) => ("expect-paid-in-all", None),
        Expectation::Nothing(_) => ("expect-nothing", None),
        Expectation::Refused(_) => ("expect-refused", None),
        Expectation::Premium(..) => ("expect-premium", None),
        Expectation::Bears(who, ..) => ("expect-bears", Some(Arg::from(who.as_str()))),
        Expectation::Ratio(..) => ("expect-ratio", None),
        Expectation::Unpaid(..) => ("expect-unpaid", None),
    }
}

#[cfg(test)]
mod tests;
