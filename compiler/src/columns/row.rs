//! One row of a batch by itself: for rows that need more than a look-up, and for what a look-up is made from.

#![allow(
    clippy::indexing_slicing,
    reason = "facts, limits and covers are numbered by the program that sized every list here"
)]

use super::amount::{self, Context, Quantity, overflow};
use super::calendar::year_of;
use super::decide::{Blank, Pays, Rules, Stop, Why};
use super::decisions::{Key, Subject, Taken};
use super::encode::{Batch, Column, Encoder, NO_CODE, NO_ID, NO_NUMBER, day_of};
use super::share::{Bound, share_out};
use crate::emit::program::{self, Kind, Node, Per, Program, Rule, Tested};
use crate::evaluate::Refusal;
use anlan_lang::diag::codes;

/// The rules with what the run knows besides the claims.
#[derive(Debug)]
pub struct Known<'p> {
    pub rules: Rules<'p>,
    pub taken: Taken,
    pub premium: Option<i64>,
}

/// One row as amounts and decisions look it up.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'a, 'p> {
    pub known: &'a Known<'p>,
    pub encoder: &'a Encoder<'p>,
    pub batch: &'a Batch,
    pub row: usize,
    /// Another value in place of the record's own, by fact
    pub instead: Option<(usize, u16)>,
}

/// The benefit of one cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub cover: usize,
    pub amount: i64,
}

/// A blank that is needed
pub fn missing() -> Stop {
    Stop::Row(codes::V020)
}

impl From<Blank> for Stop {
    fn from(_: Blank) -> Self {
        missing()
    }
}

impl<'p> RowView<'_, 'p> {
    pub fn program(&self) -> &'p Program {
        self.known.rules.program
    }

    /// The value of an enumeration, a blank one as its default.
    pub fn code(&self, fact: usize) -> Option<u16> {
        if let Some((instead, code)) = self.instead
            && instead == fact
        {
            return Some(code);
        }
        let default = match &self.program().facts[fact].kind {
            Kind::Enumeration { default, .. } => default.map(|d| d as u16),
            _ => None,
        };
        match &self.batch.columns[fact] {
            Column::Codes(codes) => Some(codes[self.row]).filter(|code| *code != NO_CODE).or(default),
            _ => None,
        }
    }

    /// The moment of a date
    pub fn moment(&self, fact: Option<usize>) -> Option<i64> {
        match &self.batch.columns[fact?] {
            Column::Numbers(numbers) => Some(numbers[self.row]).filter(|at| *at != NO_NUMBER),
            _ => None,
        }
    }

    fn text(&self, fact: usize) -> Option<u32> {
        match &self.batch.columns[fact] {
            Column::Ids(ids) => Some(ids[self.row]).filter(|id| *id != NO_ID),
            _ => None,
        }
    }

    /// First day of the record's own policy, where terms are those of policies
    pub fn policy_start(&self) -> Option<i64> {
        match self.program().term {
            program::Term::Policy { start, .. } => self.moment(Some(start)).map(day_of),
            _ => None,
        }
    }

    /// The class of everything that rules test.
    pub fn classes(&self) -> Result<Vec<u32>, Stop> {
        let rules = &self.known.rules;
        let class = |dimension: &super::decide::Dimension| {
            Ok(match dimension.on {
                Tested::Present(fact) => u32::from(!self.batch.columns[fact].is_blank(self.row)),
                Tested::Decided(decision) => match self.known.taken.find(decision, self) {
                    Ok(taken) => u32::from(taken.is_some()),
                    Err(Stop::Row(_)) => dimension.count,
                    Err(stop) => return Err(stop),
                },
                Tested::Fact(fact) => match &dimension.classes {
                    super::decide::Classes::Values { of, .. } => {
                        self.code(fact).map_or(dimension.count, |code| of[usize::from(code)])
                    }
                    _ => self.ordered(fact, dimension),
                },
            })
        };
        rules.dimensions.iter().map(class).collect()
    }

    fn ordered(&self, fact: usize, dimension: &super::decide::Dimension) -> u32 {
        class_of_bits(
            dimension,
            &self.program().facts[fact].kind,
            &self.batch.columns[fact],
            self.row,
            self.encoder.ratios(fact),
        )
    }

    /// The lines that pay, and why they come to nothing.
    pub fn lines(&self, classes: &[u32]) -> Result<(Vec<Line>, Why), Stop> {
        let rules = &self.known.rules;
        let covers = match rules.answer(classes) {
            super::decide::Answer::Open => return Err(missing()),
            super::decide::Answer::None(why) => return Ok((Vec::new(), why)),
            super::decide::Answer::Covers(covers) => covers,
        };
        let mut lines = Vec::new();
        for (cover, pays) in &covers {
            let amount = self.amount_of(*pays)?;
            lines.push(Line { cover: *cover, amount });
        }
        let mut lines = self.meet(classes, lines)?;
        self.own_limits(classes, &mut lines, false)?;
        let why = match (total(&lines)?, lines.first()) {
            (0, Some(first)) => {
                let pays = covers
                    .iter()
                    .find(|(cover, _)| *cover == first.cover)
                    .map(|(_, pays)| *pays);
                if pays.is_some_and(|pays| rules.is_nil(pays)) {
                    Why::Nothing
                } else {
                    Why::Zero
                }
            }
            _ => Why::Paid,
        };
        Ok((lines, why))
    }

    /// The benefit before own limits.
    pub fn amount_of(&self, pays: Pays) -> Result<i64, Stop> {
        let program = self.program();
        match pays {
            Pays::Pipeline(at) => amount::pipeline(self, &program.pipelines[at]),
            Pays::Nothing => Ok(0),
            Pays::Open => Err(missing()),
            Pays::Refused(node) => {
                let Node::Refused { above, bound, .. } = &program.nodes[node] else {
                    return Ok(0);
                };
                amount::whole(self, bound)?.ok_or_else(overflow)?;
                Err(Stop::Row(if *above { codes::V022 } else { codes::V023 }))
            }
        }
    }

    /// The lines that pay of those that meet (SEMANTICS §3).
    fn meet(&self, classes: &[u32], candidates: Vec<Line>) -> Result<Vec<Line>, Stop> {
        if candidates.len() < 2 {
            return Ok(candidates);
        }
        let program = self.program();
        let pair = |a: &Line, b: &Line| (a.cover.min(b.cover), a.cover.max(b.cover));
        for (i, a) in candidates.iter().enumerate() {
            for b in &candidates[i + 1..] {
                let stated = program.stack.contains(&pair(a, b)) || program.higher.contains(&pair(a, b));
                if !stated && self.worth(classes, &[*a])? != self.worth(classes, &[*b])? {
                    return Err(Stop::Row(codes::V021));
                }
            }
        }
        let joins = |i: usize, set: &[usize]| {
            !set.contains(&i)
                && set
                    .iter()
                    .all(|j| program.stack.contains(&pair(&candidates[i], &candidates[*j])))
        };
        let mut sets = Vec::new();
        stacks(candidates.len(), &joins, &mut Vec::new(), 0, &mut sets);
        let mut best: Option<(i64, Vec<Line>)> = None;
        for set in sets {
            let lines: Vec<Line> = set.iter().map(|i| candidates[*i]).collect();
            let worth = self.worth(classes, &lines)?;
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, lines));
            }
        }
        Ok(best.map(|(_, lines)| lines).unwrap_or_default())
    }

    fn worth(&self, classes: &[u32], lines: &[Line]) -> Result<i64, Stop> {
        let mut lines = lines.to_vec();
        self.own_limits(classes, &mut lines, true)?;
        total(&lines)
    }

    /// Applies the limits that belong to schedules to one claim by itself. In a settlement (not alone) a deductible and
    /// what follows it wait for the whole group.
    pub fn own_limits(&self, classes: &[u32], lines: &mut [Line], by_itself: bool) -> Result<(), Stop> {
        let program = self.program();
        let mut waiting = vec![false; lines.len()];
        let mut alone: Vec<i64> = lines.iter().map(|line| line.amount).collect();
        for (at, limit) in program.limits.iter().enumerate().filter(|(_, limit)| limit.own) {
            let mut members = Vec::new();
            for (i, line) in lines.iter().enumerate() {
                if waiting[i] || line.amount == 0 || !self.known.rules.passes(at, line.cover, classes)? {
                    continue;
                }
                if !by_itself && matches!(limit.rule, Rule::Less(_)) {
                    waiting[i] = true;
                } else {
                    members.push(i);
                }
            }
            let bound = match &limit.rule {
                _ if members.is_empty() => continue,
                Rule::Largest { .. } if members.len() < 2 => continue,
                Rule::Largest { .. } => {
                    let worth = members.iter().map(|i| alone[*i].max(lines[*i].amount));
                    Bound::UpTo(worth.max().unwrap_or_default())
                }
                Rule::UpTo(most) => match amount::whole(self, most)? {
                    Some(most) => Bound::UpTo(most),
                    None => continue,
                },
                Rule::Less(less) => Bound::Less(amount::whole(self, less)?.ok_or_else(overflow)?),
            };
            let amounts: Vec<i64> = members.iter().map(|i| lines[*i].amount).collect();
            let kept = share_out(&amounts, &[amounts.len()], bound, limit.ratio_to).ok_or_else(overflow)?;
            for (i, kept) in members.into_iter().zip(kept) {
                alone[i] = bound.alone(alone[i], limit.ratio_to).ok_or_else(overflow)?;
                lines[i].amount = kept;
            }
        }
        Ok(())
    }

    /// Severity of the injury (0 is the heaviest), and what the same claim would get one grade above.
    pub fn injury(&self, classes: &[u32], line: Line) -> Result<Option<(u32, i64)>, Stop> {
        let program = self.program();
        let (Some(fact), Some(dimension)) = (program.known.injury_grade, self.known.rules.grade) else {
            return Ok(None);
        };
        let Kind::Enumeration { domain, .. } = program.facts[fact].kind else {
            return Ok(None);
        };
        let Some(grade) = self.code(fact) else { return Ok(None) };
        let Some(severities) = &program.domains[domain].severities else {
            return Ok(None);
        };
        let severity = severities[usize::from(grade)];
        let above = severity
            .checked_sub(1)
            .and_then(|above| severities.iter().position(|s| *s == above));
        let Some(above) = above else {
            return Ok(Some((severity as u32, line.amount)));
        };
        let mut raised = classes.to_vec();
        if let super::decide::Classes::Values { of, .. } = &self.known.rules.dimensions[dimension].classes {
            raised[dimension] = of[above];
        }
        let view = RowView {
            instead: Some((fact, above as u16)),
            ..*self
        };
        let Some(harm) = self.known.rules.harm(&raised) else {
            return Ok(None);
        };
        let amount = view.amount_of(self.known.rules.pays(&raised, line.cover, harm))?;
        let mut lines = [Line {
            cover: line.cover,
            amount,
        }];
        view.own_limits(&raised, &mut lines, false)?;
        Ok(Some((severity as u32, lines[0].amount)))
    }
}

/// The class of a number, count, ratio, date or answer.
pub fn class_of_bits(
    dimension: &super::decide::Dimension,
    kind: &Kind,
    column: &Column,
    row: usize,
    ratios: &[crate::money::Ratio],
) -> u32 {
    let value = match (column, kind) {
        (_, _) if column.is_blank(row) => return dimension.count,
        (Column::Codes(codes), _) => i64::from(codes[row]),
        (Column::Numbers(numbers), Kind::Date) => day_of(numbers[row]),
        (Column::Numbers(numbers), _) => numbers[row],
        (Column::Ids(ids), kind) => {
            let value = ratios[ids[row] as usize];
            match kind.grid() {
                Some(grid) => grid.position(value),
                None => i64::try_from(value.numerator().div_euclid(value.denominator())).unwrap_or(i64::MAX),
            }
        }
    };
    match &dimension.classes {
        super::decide::Classes::Bounds(bounds) => bounds.partition_point(|bound| *bound <= value) as u32,
        _ => value as u32,
    }
}

/// The sum of the lines
pub fn total(lines: &[Line]) -> Result<i64, Stop> {
    lines
        .iter()
        .try_fold(0i64, |sum, line| sum.checked_add(line.amount))
        .ok_or_else(overflow)
}

/// All largest sets whose members join pairwise.
fn stacks(
    count: usize,
    joins: &dyn Fn(usize, &[usize]) -> bool,
    set: &mut Vec<usize>,
    from: usize,
    found: &mut Vec<Vec<usize>>,
) {
    if !set.is_empty() && !(0..count).any(|i| joins(i, set)) {
        found.push(set.clone());
        return;
    }
    for i in from..count {
        if joins(i, set) {
            set.push(i);
            stacks(count, joins, set, i + 1, found);
            set.pop();
        }
    }
}

impl Context for RowView<'_, '_> {
    fn day(&self) -> Result<i64, Stop> {
        self.moment(self.program().known.date).map(day_of).ok_or_else(missing)
    }
    fn number(&self, fact: usize) -> Result<Quantity, Stop> {
        number_of(
            &self.program().facts[fact].kind,
            &self.batch.columns[fact],
            self.row,
            self.encoder.ratios(fact),
        )
        .ok_or_else(missing)
    }
    fn premium(&self) -> Result<i64, Stop> {
        self.known.premium.ok_or_else(no_premium)
    }
    fn decision_value(&self, decision: usize) -> Result<Quantity, Stop> {
        let taken = self.known.taken.find(decision, self)?.and_then(|entry| entry.value);
        taken.ok_or_else(|| self.known.taken.no_value(decision))
    }
    fn decided(&self, decision: usize) -> Result<bool, Stop> {
        Ok(self.known.taken.find(decision, self)?.is_some())
    }
}

/// A fact as a number; `None` where it is blank or none.
pub fn number_of(kind: &Kind, column: &Column, row: usize, ratios: &[crate::money::Ratio]) -> Option<Quantity> {
    if column.is_blank(row) {
        return None;
    }
    match (column, kind) {
        (Column::Numbers(numbers), Kind::Money | Kind::Number { .. }) => Some(Quantity::whole(numbers[row])),
        (Column::Ids(ids), Kind::Count { .. } | Kind::Ratio) => {
            let ratio = ratios[ids[row] as usize];
            Some(Quantity {
                n: ratio.numerator(),
                m: ratio.denominator(),
            })
        }
        _ => None,
    }
}

/// The total premium is read and not known.
pub fn no_premium() -> Stop {
    Stop::Run(Box::new(Refusal::new(codes::V041)))
}

impl Subject for RowView<'_, '_> {
    fn day(&self) -> Result<i64, Stop> {
        Context::day(self)
    }
    fn key(&self, per: Per) -> Result<Option<Key>, Stop> {
        let program = self.program();
        Ok(match per {
            Per::Term => None,
            Per::Year => match self.moment(program.known.date).map(day_of) {
                None => None,
                Some(day) => {
                    let year = year_of(program, day, self.policy_start());
                    let year = year.ok_or_else(|| Stop::Run(Box::new(Refusal::new(codes::V045))))?;
                    Some(Key::Year(year.first / 10_000))
                }
            },
            Per::Event => program.known.event.and_then(|event| self.text(event)).map(Key::Text),
            Per::Fact(fact) => match self.code(fact) {
                Some(code) => Some(Key::Value(code)),
                None => self.text(fact).map(Key::Text),
            },
        })
    }
    fn no_key(&self, _: &str) -> Stop {
        missing()
    }
}
