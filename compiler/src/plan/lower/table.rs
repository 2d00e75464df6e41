//! Tables: rows keyed by values or intervals of one fact. Where rows overlap the first holds; the analysis reports it.

use super::amount::{Term, parameter_term};
use super::cases::Cases;
use super::context::Lowering;
use super::predicate::{Interval, Test};
use crate::money::Ratio;
use crate::plan::linear;
use crate::plan::{
    Cell, DomainId, FactId, FactKind, ParameterId, ParameterKind, RatioValue, RowKey, Table, TableRow, ValueId,
};
use crate::resolve::{Scope, TableRef};
use crate::types;
use anlan_lang::diag::codes;
use anlan_lang::tree::{self, ClauseKind, Compare, Expr, Name, Span};

impl Lowering<'_> {
    /// The fact that a table, a split or a sum insured is keyed by: a fact, or a domain that one fact has.
    pub fn key_fact(&mut self, name: &Name) -> Option<FactId> {
        if let Some(fact) = self.fact_named(&name.text) {
            return Some(fact);
        }
        let domain = self.scope.domain_named(&name.text)?;
        self.fact_of_domain(domain, name.span)
    }

    /// The one given fact that has the domain; one that bears the domain's id before others.
    pub fn fact_of_domain(&mut self, domain: DomainId, span: Span) -> Option<FactId> {
        let id = self.scope.domain(domain).map(|d| d.domain.id.clone())?;
        let having: Vec<FactId> = self
            .scope
            .facts()
            .iter()
            .enumerate()
            .filter(|(_, f)| matches!(f.fact.kind, FactKind::Enumeration { domain: d, .. } if d == domain))
            .map(|(i, _)| FactId::from(i))
            .collect();
        let named = having
            .iter()
            .find(|fact| self.fact(**fact).is_some_and(|fact| fact.id == id));
        match (named, having.as_slice()) {
            (Some(fact), _) | (None, [fact]) => Some(*fact),
            _ => {
                let finding = self.finding(codes::N401, span).arg("domain", id);
                self.find(finding);
                None
            }
        }
    }

    /// A column of a table, row by row.
    pub fn table_terms(&mut self, scope: &Scope, table: &TableRef<'_>, column: Option<usize>) -> Option<Cases<Term>> {
        let fact = self.key_fact(&table.node.by)?;
        let mut rows = Vec::new();
        for (key, row) in self.disjoint_rows(scope, fact, table.node) {
            let Some(cell) = row.cells.get(column.unwrap_or_default()) else {
                continue;
            };
            let Some(term) = self.cell(scope, cell) else {
                continue;
            };
            rows.extend(key.into_iter().map(|test| (test, term.clone())));
        }
        Some(Cases::on(fact, rows))
    }

    fn cell(&mut self, scope: &Scope, cell: &Expr) -> Option<Term> {
        // The types pass refuses it (U102); following it could go in a circle.
        if types::reads_table(scope, cell) {
            return None;
        }
        let terms = self.terms(scope, cell)?;
        match terms.single() {
            Some(term) => Some(term.clone()),
            None => {
                let finding = self.finding(codes::L305, cell.span());
                self.find(finding);
                None
            }
        }
    }

    /// The rows, each with what no earlier row took.
    fn disjoint_rows<'t>(
        &mut self,
        scope: &Scope,
        fact: FactId,
        table: &'t tree::Table,
    ) -> Vec<(Vec<Test>, &'t tree::TableRow)> {
        let mut left = self.everything(fact);
        let mut rows = Vec::new();
        for row in &table.rows {
            let Some(key) = self.row_key(scope, fact, &row.key) else {
                continue;
            };
            let (taken, rest) = left.take(&key);
            left = rest;
            rows.push((taken, row));
        }
        rows
    }

    fn everything(&self, fact: FactId) -> Left {
        match self.scope.domain_of(fact).and_then(|domain| self.scope.domain(domain)) {
            Some(domain) => Left::Values(domain.ids().collect()),
            None => Left::Intervals(vec![Interval::ALL]),
        }
    }

    /// A row's key in the plan's form.
    pub fn row_key(&mut self, scope: &Scope, fact: FactId, key: &tree::RowKey) -> Option<RowKey> {
        match key {
            tree::RowKey::Values(names) => Some(RowKey::Values(self.values_within(fact, names))),
            tree::RowKey::Range(first, last) => {
                let (a, b) = (scope.value_of(fact, &first.text)?, scope.value_of(fact, &last.text)?);
                let range = a.min(b).index()..=a.max(b).index();
                Some(RowKey::Values(range.map(ValueId::from).collect()))
            }
            tree::RowKey::Interval { from, to, .. } => {
                let from = match from {
                    Some((compare, expr)) => Some(self.lower_end(scope, fact, *compare, expr)?),
                    None => None,
                };
                let below = match to {
                    Some((compare, expr)) => Some(self.upper_end(scope, fact, *compare, expr)?),
                    None => None,
                };
                Some(RowKey::Interval { from, below })
            }
            tree::RowKey::Otherwise(_) => Some(RowKey::Otherwise),
        }
    }
    fn lower_end(&mut self, scope: &Scope, fact: FactId, compare: Compare, expr: &Expr) -> Option<i64> {
        let value = self.fact_units(scope, fact, expr)?;
        Some(if compare == Compare::Over { value + 1 } else { value })
    }
    fn upper_end(&mut self, scope: &Scope, fact: FactId, compare: Compare, expr: &Expr) -> Option<i64> {
        let value = self.fact_units(scope, fact, expr)?;
        Some(if compare == Compare::AtMost { value + 1 } else { value })
    }

    /// A value to compare a fact with, in the fact's units. A parameter has one only once a contract has set it
    /// (SEMANTICS §6); a value off the fact's grid is a finding.
    pub fn fact_units(&mut self, scope: &Scope, fact: FactId, expr: &Expr) -> Option<i64> {
        let units = match self.kind(fact)?.clone() {
            FactKind::Money => match self.amount_bound(scope, expr)? {
                Ok(fen) => Some(fen),
                Err(()) => return None,
            },
            kind @ FactKind::Count { .. } => match expr {
                Expr::Quantity(quantity) => {
                    let units = types::count(scope.units(), quantity, None).ok();
                    match kind.grid() {
                        Some(grid) => units.and_then(|units| grid.point(Ratio::integer(units))),
                        None => units,
                    }
                }
                _ => None,
            },
            FactKind::Number { unit, precision, .. } => self.grid_units(scope, &unit, precision, expr),
            FactKind::Ratio => types::constant_ratio(scope.units(), expr).and_then(Ratio::grid_position),
            _ => None,
        };
        if units.is_none() {
            let finding = self.finding(codes::U307, expr.span());
            self.find(finding);
        }
        units
    }

    /// An amount that is known now.
    pub fn constant_amount(&self, amount: &crate::plan::Amount) -> Option<crate::money::Fen> {
        let known = linear::Known {
            parameters: &self.parameters,
            funds: &self.funds,
        };
        linear::constant(known, amount)
    }

    /// A constant amount in 分. `Some(Err)`: reported already.
    fn amount_bound(&mut self, scope: &Scope, expr: &Expr) -> Option<Result<i64, ()>> {
        let Some(amount) = self.amount(scope, expr) else {
            return Some(Err(()));
        };
        match self.constant_amount(&amount) {
            Some(fen) => Some(Ok(fen.0)),
            None => {
                let finding = self.finding(codes::U303, expr.span());
                self.find(finding);
                Some(Err(()))
            }
        }
    }

    fn grid_units(&self, scope: &Scope, unit: &str, precision: Ratio, expr: &Expr) -> Option<i64> {
        let Expr::Quantity(quantity) = expr else { return None };
        let measure = types::measure(scope.units(), quantity).ok()?;
        let value = match measure.dimension {
            None => measure.value,
            Some(dimension) => {
                let unit = scope.units().find(unit).filter(|unit| unit.dimension == dimension)?;
                divided(measure.value, unit.factor)?
            }
        };
        let steps = divided(value, precision)?;
        (steps.denominator() == 1)
            .then(|| i64::try_from(steps.numerator()).ok())
            .flatten()
    }

    /// A table parameter: one cell for each value of its domain.
    pub fn parameter_table(
        &mut self,
        parameter: ParameterId,
        by: DomainId,
        of: &ParameterKind,
        span: Span,
    ) -> Option<Cases<Term>> {
        let fact = self.fact_of_domain(by, span)?;
        let values: Vec<ValueId> = self.scope.domain(by)?.ids().collect();
        let rows = values.into_iter().filter_map(|value| {
            let term = parameter_term(of, parameter, Some(value))?;
            Some((Test::In(vec![value]), term))
        });
        Some(Cases::on(fact, rows.collect::<Vec<_>>()))
    }

    /// All tables as printed, in the order of concepts.
    pub fn tables(&mut self) -> Vec<Table> {
        let scope = self.scope;
        Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Table(table) => Some((&table.name, table)),
            _ => None,
        })
        .into_iter()
        .filter_map(|(clause, table)| {
            let by = self.key_fact(&table.by)?;
            let source = self.clause_source(scope, clause);
            self.part(&source, crate::plan::Part::Name, scope, table.name.span);
            if let Some(counted) = &table.counted {
                self.part(&source, crate::plan::Part::Counted, scope, counted.span);
            }
            let rows = table
                .rows
                .iter()
                .filter_map(|row| {
                    Some(TableRow {
                        key: self.row_key(scope, by, &row.key)?,
                        cells: row
                            .cells
                            .iter()
                            .filter_map(|cell| self.printed_cell(scope, cell))
                            .collect(),
                        source: self.source_within(scope, row.span, &row.notes, &source),
                    })
                })
                .collect();
            Some(Table {
                id: table.name.text.clone(),
                by,
                columns: table.columns.iter().map(|name| name.text.clone()).collect(),
                rows,
                counted: table
                    .counted
                    .as_ref()
                    .and_then(|q| types::count(scope.units(), q, None).ok()),
                source,
            })
        })
        .collect()
    }
    fn printed_cell(&mut self, scope: &Scope, cell: &Expr) -> Option<Cell> {
        match self.cell(scope, cell)? {
            Term::Amount(amount) => Some(Cell::Amount(amount)),
            Term::Ratio(ratio) => Some(Cell::Ratio(ratio)),
            Term::Number(number) => Some(Cell::Ratio(RatioValue::Exact(number))),
            Term::Count(_) => None,
        }
    }
}

fn divided(a: Ratio, b: Ratio) -> Option<Ratio> {
    a.checked_mul(Ratio::new(b.denominator(), b.numerator())?)
}

/// What no row has taken yet.
enum Left {
    Values(Vec<ValueId>),
    Intervals(Vec<Interval>),
}

impl Left {
    /// What the key takes, as tests, and what stays.
    fn take(self, key: &RowKey) -> (Vec<Test>, Left) {
        match (self, key) {
            (Left::Values(left), RowKey::Values(values)) => {
                let (taken, rest): (Vec<ValueId>, Vec<ValueId>) = left.into_iter().partition(|v| values.contains(v));
                (in_values(taken), Left::Values(rest))
            }
            (Left::Values(left), RowKey::Otherwise) => (in_values(left), Left::Values(Vec::new())),
            (Left::Intervals(left), RowKey::Interval { from, below }) => {
                let wanted = Interval {
                    from: *from,
                    below: *below,
                };
                let taken = left.iter().filter_map(|part| part.intersect(wanted)).map(Test::Range);
                let rest = left.iter().flat_map(|part| part.minus(wanted)).collect();
                (taken.collect(), Left::Intervals(rest))
            }
            (Left::Intervals(left), RowKey::Otherwise) => {
                (left.into_iter().map(Test::Range).collect(), Left::Intervals(Vec::new()))
            }
            // A key of the other kind is reported with the types.
            (left, _) => (Vec::new(), left),
        }
    }
}

fn in_values(values: Vec<ValueId>) -> Vec<Test> {
    if values.is_empty() {
        Vec::new()
    } else {
        vec![Test::In(values)]
    }
}
