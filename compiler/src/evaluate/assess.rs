//! One claim (SEMANTICS §2, §3): term, covers that apply, which of them pay, and how much.

use super::amount::{Trace, Tracing, overflow};
use super::calendar::{InsuredYear, year_of};
use super::evaluator::{Evaluator, Stop};
use super::model::{Assessment, Inputs, Line, Moment, Reason, Record, Refusal, TraceStep, Wording};
use crate::money::Fen;
use crate::plan::diagram::{self, Leaf};
use crate::plan::{Benefit, CoverId, FactId, Plan, Term, Use, ValueId};
use anlan_lang::diag::{Arg, codes};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What one claim is owed before the limits that need other claims.
///
/// # Errors
/// A fact that the path reads is blank, two covers with different money are not ranked, the scheme refuses the record,
/// a parameter, the total premium or a balance is unknown, or an amount overflows.
pub fn assess(plan: &Plan, inputs: &Inputs, record: &Record) -> Result<Assessment, Refusal> {
    Evaluator::new(plan, inputs, Use::Benefits)?.assess(record)
}

/// Whether a loss falls into the term.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum InTerm {
    Yes,
    No(Box<Reason>),
    /// Not tested, and why
    Untested(Wording),
}

/// How far own limits go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// `eval`: all own limits, as if the claim stood alone.
    Alone,
    /// `settle`: own caps up to the first own deductible, which needs the whole group.
    Grouped,
}

impl Stage {
    /// Only `eval` shows steps.
    pub(crate) fn tracing(self) -> Tracing {
        match self {
            Stage::Alone => Tracing::On,
            Stage::Grouped => Tracing::Off,
        }
    }
}

/// The lines of one claim.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Assessed {
    pub lines: Vec<Line>,
    pub reason: Option<Reason>,
}

impl<'a> Evaluator<'a> {
    /// See [`assess`].
    ///
    /// # Errors
    /// As [`assess`].
    pub fn assess(&self, record: &Record) -> Result<Assessment, Refusal> {
        self.assess_alone(record).map_err(|stop| self.refusal(stop))
    }

    fn assess_alone(&self, record: &Record) -> Result<Assessment, Stop> {
        let mut notes = Vec::new();
        let assessed = match self.in_term(record) {
            InTerm::No(reason) => Assessed {
                lines: Vec::new(),
                reason: Some(*reason),
            },
            InTerm::Untested(note) => {
                notes.push(note);
                self.lines(record, Stage::Alone)?
            }
            InTerm::Yes => self.lines(record, Stage::Alone)?,
        };
        let benefit = total(&assessed.lines)?;
        Ok(Assessment {
            benefit,
            lines: assessed.lines,
            reason: assessed.reason,
            notes,
        })
    }

    /// A refusal that names the facts it misses.
    pub(crate) fn refusal(&self, stop: Stop) -> Refusal {
        match stop {
            Stop::Refused(refusal) => *refusal,
            Stop::Missing(facts) => {
                let names = Arg::List(facts.iter().map(|f| self.fact_names(*f)).collect());
                let refusal = Refusal::new(codes::V020).arg("names", names);
                match facts.first().and_then(|f| self.fact(*f)) {
                    Some(fact) => refusal.field(&fact.name),
                    None => refusal,
                }
            }
        }
    }

    /// The insured year of a day, by the record's own policy where the term is each policy's.
    pub(crate) fn year(&self, record: &Record, day: Date) -> Option<InsuredYear> {
        let start = match &self.plan.calendar.term {
            Term::Policy { start, .. } => self.moment(record, Some(*start)).map(Moment::day),
            _ => None,
        };
        year_of(&self.plan.calendar, day, start)
    }

    /// The term test, by the day of loss.
    pub(crate) fn in_term(&self, record: &Record) -> InTerm {
        let Some(day) = self.day(record) else {
            return InTerm::Untested(Wording::new("note-term-no-date"));
        };
        match &self.plan.calendar.term {
            Term::Fixed { start, end } => {
                let last = end.and_then(|end| end.yesterday().ok());
                within(day, *start, last, &self.plan.calendar.source.articles)
            }
            Term::Policy { start, end } => {
                let bound = |fact: &FactId| self.moment(record, Some(*fact)).map(Moment::day);
                match (bound(start), bound(end)) {
                    (Some(first), Some(last)) => within(day, first, Some(last), &self.plan.calendar.source.articles),
                    _ => InTerm::Untested(Wording::new("note-term-no-policy")),
                }
            }
            Term::Contract { .. } => InTerm::Untested(Wording::new("note-term-by-contract")),
            Term::Unstated => InTerm::Untested(Wording::new("note-term-unstated")),
        }
    }

    /// Applying covers, the ones that pay, their amounts and the reason for nothing.
    pub(crate) fn lines(&self, record: &Record, stage: Stage) -> Result<Assessed, Stop> {
        let applying = match self.leaf(self.plan.applying, record)? {
            Leaf::Covers(covers) => covers.clone(),
            _ => Vec::new(),
        };
        let harm = self.harm(record)?;
        if applying.is_empty() {
            return Ok(Assessed {
                lines: Vec::new(),
                reason: Some(self.no_cover(record, harm)?),
            });
        }
        let mut candidates = Vec::new();
        for cover in self.not_outranked(&applying) {
            candidates.push(self.line(record, cover, harm, stage)?);
        }
        let mut lines = self.meet(record, candidates)?;
        self.own_limits(record, &mut lines, stage)?;
        let reason = match total(&lines)? {
            Fen(0) => Some(self.zero(record, &lines)?),
            _ => None,
        };
        Ok(Assessed { lines, reason })
    }

    fn harm(&self, record: &Record) -> Result<ValueId, Stop> {
        let harm = self.known.harm.and_then(|fact| self.enumeration(record, fact));
        harm.ok_or_else(|| Stop::Missing(self.known.harm.into_iter().collect::<BTreeSet<_>>()))
    }

    pub(crate) fn benefit(&self, cover: CoverId, harm: ValueId) -> Option<&'a Benefit> {
        self.plan.benefits.iter().find(|b| b.cover == cover && b.harm == harm)
    }

    /// The benefit of one cover before own limits.
    pub(crate) fn line(&self, record: &Record, cover: CoverId, harm: ValueId, stage: Stage) -> Result<Line, Stop> {
        let mut line = Line {
            cover,
            harm,
            amount: Fen(0),
            steps: Vec::new(),
        };
        let Some(benefit) = self.benefit(cover, harm) else {
            return Ok(line);
        };
        match self.leaf(benefit.root, record)? {
            Leaf::Pays(pipeline) => {
                if let Some(pipeline) = self.plan.pipelines.get(pipeline.index()) {
                    let mut trace = Trace::new(stage.tracing());
                    line.amount = self.pipeline(&self.of(record), pipeline, benefit.kind, &mut trace)?;
                    line.steps = trace.steps;
                }
            }
            Leaf::Refused(index) => return Err(self.refused(record, *index)),
            Leaf::Nothing | Leaf::No | Leaf::Yes | Leaf::Covers(_) if stage == Stage::Grouped => {}
            Leaf::Nothing | Leaf::No | Leaf::Yes | Leaf::Covers(_) => line.steps.push(TraceStep {
                rule: Wording::new("step-nothing"),
                amount: Fen(0),
                articles: benefit.source.articles.clone(),
            }),
        }
        Ok(line)
    }

    /// The scheme refuses the record (a sum insured above its maximum …).
    fn refused(&self, record: &Record, index: u32) -> Stop {
        let Some(refusal) = self.plan.diagrams.refusals.get(index as usize) else {
            return overflow();
        };
        let (code, fact, amount) = match refusal {
            diagram::Refusal::Above { fact, amount } => (codes::V022, fact, amount),
            diagram::Refusal::Below { fact, amount } => (codes::V023, fact, amount),
        };
        let bound = match self
            .amount(&self.of(record), amount)
            .and_then(|a| a.ok_or_else(overflow))
        {
            Ok(bound) => super::amount::shown(&bound),
            Err(stop) => Err(stop),
        };
        match bound {
            Ok(bound) => {
                let mut refusal = Refusal::new(code).arg("bound", bound);
                if let Some(declared) = self.fact(*fact) {
                    refusal = refusal.field(&declared.name);
                }
                if let Some(value) = self.raw(record, *fact) {
                    refusal = refusal.arg("value", self.worded(*fact, value));
                }
                refusal.into()
            }
            Err(stop) => stop,
        }
    }
}

/// The sum of the lines; overflow refuses (SEMANTICS §5).
pub(crate) fn total(lines: &[Line]) -> Result<Fen, Stop> {
    let sum = lines.iter().try_fold(0i64, |sum, line| sum.checked_add(line.amount.0));
    sum.map(Fen).ok_or_else(overflow)
}

fn within(day: Date, first: Date, last: Option<Date>, articles: &[String]) -> InTerm {
    if day >= first && last.is_none_or(|last| day <= last) {
        return InTerm::Yes;
    }
    let text = match last {
        Some(last) => Wording::new("reason-out-of-term").arg("last", Arg::Date(last)),
        None => Wording::new("reason-before-term"),
    };
    InTerm::No(Box::new(Reason {
        code: "out_of_term".to_owned(),
        text: text.arg("date", Arg::Date(day)).arg("first", Arg::Date(first)),
        also: Vec::new(),
        articles: articles.to_vec(),
    }))
}
