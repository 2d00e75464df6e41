//! The greatest of straight functions over fractions, exactly: a simplex of rationals of any length (Bland's rule, so that it
//! ends), since solvers at hand compute in floating point and no float touches an amount.

use super::program::{Between, Line};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::collections::BTreeMap;

/// What the least of some functions comes to at most.
pub(super) enum Solved {
    /// No values satisfy all rows.
    Never,
    Endless,
    At(BigRational, Vec<BigRational>),
    GivenUp,
}

/// The greatest value of the least of the functions, where no row is below 0.
pub(super) fn solve(rows: &[Line], of: &[Line], variables: &[Between], work: &mut u64) -> Solved {
    let goal = variables.len();
    let mut rows: Vec<Line> = rows.to_vec();
    rows.extend(
        of.iter()
            .map(|line| line.plus(&Line::variable(goal, -BigRational::one()))),
    );
    let unbounded = Between::default();
    let mut columns = Columns::default();
    for (at, between) in variables.iter().chain([&unbounded]).enumerate() {
        columns.add(at, between, &mut rows);
    }
    let written: Vec<Vec<BigRational>> = rows.iter().map(|row| columns.write(row)).collect();
    let aim = columns.write(&Line::variable(goal, BigRational::one()));
    let mut tableau = Tableau::new(written, *work);
    let greatest = tableau.greatest(aim);
    *work = tableau.work;
    match greatest {
        _ if tableau.work == 0 => Solved::GivenUp,
        None => Solved::Never,
        Some(None) => Solved::Endless,
        Some(Some(values)) => {
            let mut point: Vec<BigRational> = (0..=goal).map(|at| columns.read(at, &values)).collect();
            let most = point.pop().unwrap_or_else(BigRational::zero);
            Solved::At(most, point)
        }
    }
}

/// How variables are written by columns that are never below 0.
#[derive(Default)]
struct Columns {
    /// For each variable its columns with their signs, and what is added to them
    of: Vec<(Vec<(usize, bool)>, BigRational)>,
    count: usize,
}

impl Columns {
    fn add(&mut self, at: usize, between: &Between, rows: &mut Vec<Line>) {
        let mut column = |negative: bool| {
            self.count += 1;
            (self.count - 1, negative)
        };
        let whole = |value: &BigInt| BigRational::from_integer(value.clone());
        let (columns, from) = match (&between.least, &between.most) {
            (Some(least), _) => (vec![column(false)], whole(least)),
            (None, Some(most)) => (vec![column(true)], whole(most)),
            (None, None) => (vec![column(false), column(true)], BigRational::zero()),
        };
        if let (Some(_), Some(most)) = (&between.least, &between.most) {
            rows.push(Line::variable(at, -BigRational::one()).plus_constant(&whole(most)));
        }
        self.of.push((columns, from));
    }
    /// A straight function by the columns, its constant last.
    fn write(&self, line: &Line) -> Vec<BigRational> {
        let mut written = vec![BigRational::zero(); self.count + 1];
        let mut add = |at: usize, more: BigRational| {
            if let Some(entry) = written.get_mut(at) {
                *entry += more;
            }
        };
        add(self.count, line.constant.clone());
        for (variable, slope) in &line.slopes {
            let Some((columns, from)) = self.of.get(*variable) else {
                continue;
            };
            add(self.count, slope * from);
            for (column, negative) in columns {
                add(*column, if *negative { -slope } else { slope.clone() });
            }
        }
        written
    }
    fn read(&self, variable: usize, values: &BTreeMap<usize, BigRational>) -> BigRational {
        let Some((columns, from)) = self.of.get(variable) else {
            return BigRational::zero();
        };
        columns
            .iter()
            .fold(from.clone(), |sum, (column, negative)| match values.get(column) {
                Some(value) if *negative => sum - value,
                Some(value) => sum + value,
                None => sum,
            })
    }
}

/// Rows that are never below 0: each by the variables that are 0 now, its value now last.
struct Tableau {
    rows: Vec<Vec<BigRational>>,
    /// Which variable each row is, and which each column; those of the rows begin after those of the columns.
    of_rows: Vec<usize>,
    of_columns: Vec<usize>,
    /// What may still be done; at 0 nothing that comes out counts.
    work: u64,
}

impl Tableau {
    fn new(rows: Vec<Vec<BigRational>>, work: u64) -> Self {
        let columns = rows.first().map_or(0, |row| row.len().saturating_sub(1));
        Tableau {
            of_rows: (columns..columns + rows.len()).collect(),
            of_columns: (0..columns).collect(),
            rows,
            work,
        }
    }
    /// The values of the columns that make the aim greatest. `None`: the rows have no solution; `Some(None)`: no end.
    fn greatest(&mut self, aim: Vec<BigRational>) -> Option<Option<BTreeMap<usize, BigRational>>> {
        let columns = self.of_columns.len();
        if self.rows.iter().any(|row| row.last().is_some_and(Signed::is_negative)) {
            self.begin()?;
        }
        let mut now = self.now(&aim, columns);
        while let Some(column) = self.entering(&now) {
            let Some(row) = self.leaving(column) else {
                return Some(None);
            };
            self.exchange(row, column, &mut now);
            if self.work == 0 {
                return None;
            }
        }
        let values = self.of_rows.iter().zip(&self.rows);
        let values = values.filter(|(variable, _)| **variable < columns);
        Some(Some(
            values
                .filter_map(|(variable, row)| Some((*variable, row.last()?.clone())))
                .collect(),
        ))
    }
    /// A straight function of the first columns by the variables that are 0 now.
    fn now(&self, aim: &[BigRational], columns: usize) -> Vec<BigRational> {
        let mut now = vec![BigRational::zero(); self.of_columns.len() + 1];
        if let (Some(last), Some(constant)) = (now.last_mut(), aim.last()) {
            *last += constant;
        }
        for (variable, slope) in aim.iter().enumerate().take(columns) {
            let place = |of: &[usize]| of.iter().position(|other| *other == variable);
            if let Some(entry) = place(&self.of_columns).and_then(|at| now.get_mut(at)) {
                *entry += slope;
            } else if let Some(row) = place(&self.of_rows).and_then(|at| self.rows.get(at)) {
                now.iter_mut().zip(row).for_each(|(entry, more)| *entry += slope * more);
            }
        }
        now
    }
    /// Finds values that satisfy all rows, with one more variable that is added to each and brought to 0.
    fn begin(&mut self) -> Option<()> {
        let more = self.of_rows.len() + self.of_columns.len();
        let column = self.of_columns.len();
        self.of_columns.push(more);
        for row in &mut self.rows {
            row.insert(column, BigRational::one());
        }
        let mut aim = vec![BigRational::zero(); column + 2];
        if let Some(entry) = aim.get_mut(column) {
            *entry = -BigRational::one();
        }
        let worst = (0..self.rows.len()).min_by(|a, b| {
            let value = |at: &usize| self.rows.get(*at).and_then(|row| row.last());
            value(a).cmp(&value(b))
        })?;
        self.exchange(worst, column, &mut aim);
        while let Some(column) = self.entering(&aim) {
            let row = self.leaving(column)?;
            self.exchange(row, column, &mut aim);
            if self.work == 0 {
                return None;
            }
        }
        if aim.last().is_some_and(|value| !value.is_zero()) {
            return None;
        }
        if let Some(row) = self.of_rows.iter().position(|variable| *variable == more) {
            let column = self.rows.get(row)?.iter().take(self.of_columns.len());
            match column.clone().position(|slope| !slope.is_zero()) {
                Some(column) => self.exchange(row, column, &mut aim),
                None => {
                    self.rows.remove(row);
                    self.of_rows.remove(row);
                    return Some(());
                }
            }
        }
        let column = self.of_columns.iter().position(|variable| *variable == more)?;
        self.of_columns.remove(column);
        for row in &mut self.rows {
            row.remove(column);
        }
        Some(())
    }
    /// The first variable with which the aim rises.
    fn entering(&self, aim: &[BigRational]) -> Option<usize> {
        let rising = self.of_columns.iter().zip(aim).enumerate();
        let rising = rising.filter(|(_, (_, slope))| slope.is_positive());
        rising.min_by_key(|(_, (variable, _))| **variable).map(|(at, _)| at)
    }
    /// The row that first comes to 0 as a column rises.
    fn leaving(&self, column: usize) -> Option<usize> {
        let falling = self.rows.iter().zip(&self.of_rows).enumerate();
        let falling = falling.filter_map(|(at, (row, variable))| {
            let slope = row.get(column).filter(|slope| slope.is_negative())?;
            Some((row.last()? / -slope, *variable, at))
        });
        falling.min().map(|(_, _, at)| at)
    }
    /// The variable of a column becomes that of a row, and the other way round.
    fn exchange(&mut self, row: usize, column: usize, aim: &mut Vec<BigRational>) {
        let Some(slope) = self.rows.get(row).and_then(|row| row.get(column)).cloned() else {
            return;
        };
        let Some(of) = self.rows.get_mut(row) else { return };
        let mut solved: Vec<BigRational> = of.iter().map(|entry| -(entry / &slope)).collect();
        if let Some(entry) = solved.get_mut(column) {
            *entry = slope.recip();
        }
        of.clone_from(&solved);
        let words = |entry: &BigRational| 1 + (entry.numer().bits() + entry.denom().bits()) / 64;
        let cost: u64 = solved.iter().map(words).sum();
        self.work = self.work.saturating_sub(cost.saturating_mul(self.of_rows.len() as u64));
        let others = self.rows.iter_mut().enumerate().filter(|(at, _)| *at != row);
        for line in others.map(|(_, line)| line).chain([aim]) {
            let Some(entry) = line.get_mut(column) else { continue };
            let by = std::mem::replace(entry, BigRational::zero());
            if !by.is_zero() {
                line.iter_mut()
                    .zip(&solved)
                    .for_each(|(entry, more)| *entry += &by * more);
            }
        }
        if let (Some(of_row), Some(of_column)) = (self.of_rows.get_mut(row), self.of_columns.get_mut(column)) {
            std::mem::swap(of_row, of_column);
        }
    }
}
