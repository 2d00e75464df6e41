//! Own limits: the keys of a schedule or step, applied to one claim by itself (SEMANTICS §2).

use super::amount::{Tracing, overflow};
use super::assess::Stage;
use super::evaluator::{Evaluator, Stop};
use super::exact::to_fen;
use super::model::{Line, Record, TraceStep, Wording};
use super::sharing::{Bound, share_out};
use crate::money::Fen;
use crate::plan::{CoverId, Filter, Limit, LimitRule};
use anlan_lang::diag::Arg;

impl Evaluator<'_> {
    /// Applies the plan's own limits, in order, to the lines of one claim; every line that one reads gets a step.
    pub(crate) fn own_limits(&self, record: &Record, lines: &mut [Line], stage: Stage) -> Result<(), Stop> {
        let mut deferred = vec![false; lines.len()];
        // As in a settlement, the largest is told by what each line would be paid alone.
        let mut alone: Vec<i64> = lines.iter().map(|line| line.amount.0).collect();
        for limit in self.plan.limits.iter().filter(|limit| limit.own) {
            let mut members = Vec::new();
            for (i, (line, deferred)) in lines.iter().zip(&mut deferred).enumerate() {
                if *deferred || line.amount.0 == 0 || !self.passes(&limit.filter, line.cover, record)? {
                    continue;
                }
                if stage == Stage::Grouped && matches!(limit.rule, LimitRule::Less(_)) {
                    *deferred = true;
                } else {
                    members.push(i);
                }
            }
            if !members.is_empty() {
                self.own_limit(record, limit, lines, &mut alone, &members, stage)?;
            }
        }
        Ok(())
    }

    fn own_limit(
        &self,
        record: &Record,
        limit: &Limit,
        lines: &mut [Line],
        alone: &mut [i64],
        members: &[usize],
        stage: Stage,
    ) -> Result<(), Stop> {
        let amounts: Vec<i64> = members
            .iter()
            .filter_map(|i| lines.get(*i))
            .map(|line| line.amount.0)
            .collect();
        let bound = match &limit.rule {
            LimitRule::Largest { .. } if amounts.len() < 2 => return Ok(()),
            LimitRule::Largest { .. } => {
                let worth = |i: &usize| Some((*alone.get(*i)?).max(lines.get(*i)?.amount.0));
                members.iter().filter_map(worth).max().map(Bound::UpTo)
            }
            LimitRule::UpTo(amount) => self.bound(record, amount)?.map(Bound::UpTo),
            LimitRule::Less(amount) => Some(Bound::Less(self.bound(record, amount)?.ok_or_else(overflow)?)),
        };
        let Some(bound) = bound else { return Ok(()) };
        let kept = share_out(&amounts, &[amounts.len()], bound, limit.ratio_to).ok_or_else(overflow)?;
        for (i, kept) in members.iter().zip(kept) {
            if let Some(alone) = alone.get_mut(*i) {
                *alone = bound.alone(*alone, limit.ratio_to).ok_or_else(overflow)?;
            }
            if let Some(line) = lines.get_mut(*i) {
                line.amount = Fen(kept);
                if stage.tracing() == Tracing::On {
                    let articles = limit.source.articles.clone();
                    line.steps.push(TraceStep {
                        rule: rule(limit, bound),
                        amount: line.amount,
                        articles,
                    });
                }
            }
        }
        Ok(())
    }

    fn bound(&self, record: &Record, amount: &crate::plan::Amount) -> Result<Option<i64>, Stop> {
        match self.amount(&self.of(record), amount)? {
            Some(value) => Ok(Some(to_fen(&value).ok_or_else(overflow)?.0)),
            None => Ok(None),
        }
    }

    /// Whether a line of this cover passes a limit's filter.
    pub(crate) fn passes(&self, filter: &Filter, cover: CoverId, record: &Record) -> Result<bool, Stop> {
        if filter.covers.as_ref().is_some_and(|covers| !covers.contains(&cover)) {
            return Ok(false);
        }
        for (fact, values) in &filter.facts {
            let value = self.enumeration(record, *fact).ok_or_else(|| Stop::missing(*fact))?;
            if !values.contains(&value) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn rule(limit: &Limit, bound: Bound) -> Wording {
    let (id, amount) = match bound {
        Bound::UpTo(most) => ("step-own-up-to", most),
        Bound::Less(less) => ("step-own-less", less),
    };
    Wording::new(id)
        .arg("name", &limit.name)
        .arg("amount", Arg::Money(amount))
}
