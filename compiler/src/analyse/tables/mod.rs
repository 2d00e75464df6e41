//! Family T: tables by grade, class and interval: gaps, repetitions, order, and cells that do not fit their neighbours.

mod counted;
mod intervals;
mod pattern;
mod rows;
mod whole;

use super::Rule;
use super::subject::Subject;
use crate::money::Ratio;
use crate::plan::{DomainId, FactId, ValueId};
use crate::resolve::{DomainScope, Scope};
use crate::types;
use anlan_lang::diag::{Arg, codes};
use anlan_lang::texts::{Language, wording};
use anlan_lang::tree::{self, ClauseKind, Expr, Name, RowKey, SetValue, Span, TableRow};

pub(super) const RULES: &[Rule] = &[
    Rule::of(&[codes::T101, codes::T102, codes::T103], rows::keys).bound(),
    Rule::of(&[codes::T102], rows::sums),
    Rule::of(&[codes::T104, codes::T105], intervals::meet),
    Rule::of(&[codes::T106], rows::worse_pays_less).bound(),
    Rule::of(&[codes::T107], counted::stated),
    Rule::of(&[codes::T108, codes::T109], pattern::odd_row).bound(),
    Rule::of(&[codes::T130], whole::more_than_whole),
    Rule::of(&[codes::T131], whole::class_without_sum),
    Rule::of(&[codes::T132], whole::highest_below_base),
];

/// A table by the values of a domain, as written: a table of the scheme, or one that a contract sets.
struct Written<'a> {
    name: &'a Name,
    columns: &'a [Name],
    rows: &'a [TableRow],
    counted: Option<&'a tree::Quantity>,
    /// The fact that selects the row; `None` for a table that a contract sets by a domain.
    fact: Option<FactId>,
    domain: &'a DomainScope,
    span: Span,
}

/// The tables of this body whose rows are values of a domain.
fn by_values<'a>(subject: &Subject<'a>) -> Vec<Written<'a>> {
    let scope = subject.scope;
    subject
        .clauses()
        .iter()
        .filter_map(|clause| match &clause.kind {
            ClauseKind::Table(table) => {
                let fact = scope.fact_named(&table.by.text)?;
                Some(Written {
                    name: &table.name,
                    columns: &table.columns,
                    rows: &table.rows,
                    counted: table.counted.as_ref(),
                    fact: Some(fact),
                    domain: scope.domain(scope.domain_of(fact)?)?,
                    span: table.span,
                })
            }
            ClauseKind::Set {
                name,
                value: SetValue::Table(rows),
            } => {
                let parameter = scope.parameter(&name.text)?;
                let tree::ParameterKind::Table { by, .. } = &parameter.item.node.kind else {
                    return None;
                };
                Some(Written {
                    name,
                    columns: &[],
                    rows,
                    counted: None,
                    fact: scope.fact_named(&by.text),
                    domain: scope.domain(domain_named(scope, &by.text)?)?,
                    span: clause.span,
                })
            }
            _ => None,
        })
        .collect()
}

/// A domain by its own name, or by the name of a fact of it.
fn domain_named(scope: &Scope, name: &str) -> Option<DomainId> {
    scope
        .domain_named(name)
        .or_else(|| scope.domain_of(scope.fact_named(name)?))
}

/// The values that a row's key names, those below them included; `None` where a name is unknown or the key is none.
fn values(domain: &DomainScope, key: &RowKey) -> Option<Vec<ValueId>> {
    match key {
        RowKey::Values(names) => {
            let mut all = Vec::new();
            for name in names {
                all.extend(domain.descendants(domain.value(&name.text)?));
            }
            Some(all)
        }
        RowKey::Range(first, last) => {
            let (first, last) = (domain.value(&first.text)?, domain.value(&last.text)?);
            let (from, to) = (first.min(last), first.max(last));
            Some(domain.ids().filter(|value| from <= *value && *value <= to).collect())
        }
        RowKey::Interval { .. } | RowKey::Otherwise(_) => None,
    }
}

/// A cell as a number, and how to word it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figure {
    value: Ratio,
    money: bool,
}

impl Figure {
    fn word(self, value: Ratio) -> Arg {
        if self.money {
            super::amounts::money(value)
        } else {
            ratio(value)
        }
    }
    fn arg(self) -> Arg {
        self.word(self.value)
    }
    /// A value of this kind as a cell writes it; `None` where 分 or a percentage cannot hold it.
    fn literal(self, value: Ratio) -> Option<String> {
        match self.money {
            true if value.denominator() == 1 => {
                Some(wording::money(Language::Zh, i64::try_from(value.numerator()).ok()?))
            }
            true => None,
            false => Some(wording::ratio(value.numerator(), value.denominator())),
        }
    }
}

fn ratio(value: Ratio) -> Arg {
    Arg::Ratio {
        numerator: value.numerator(),
        denominator: value.denominator(),
    }
}

fn figure(scope: &Scope, cell: &Expr) -> Option<Figure> {
    let money = types::constant_money(scope.units(), cell).map(|fen| Figure {
        value: Ratio::integer(fen.0),
        money: true,
    });
    money.or_else(|| types::constant_ratio(scope.units(), cell).map(|value| Figure { value, money: false }))
}

/// The name of a column for a message; a table of one nameless column has none.
fn column(table: &Written<'_>, index: usize) -> Arg {
    match table.columns.get(index) {
        Some(name) => Arg::Text(name.text.clone()),
        None => Arg::Message("table-only-column"),
    }
}

fn value_named(domain: &DomainScope, value: ValueId) -> Arg {
    domain
        .get(value)
        .map_or_else(|| "".into(), |value| super::subject::named(&value.name))
}

/// The words of a row's key.
fn key_worded(key: &RowKey) -> Arg {
    match key {
        RowKey::Values(names) => super::subject::texts(names).into(),
        RowKey::Range(first, last) => Arg::Text(format!("{}–{}", first.text, last.text)),
        RowKey::Interval { .. } => Arg::Message("table-interval-row"),
        RowKey::Otherwise(_) => Arg::Message("table-otherwise-row"),
    }
}
