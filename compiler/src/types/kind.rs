//! Which kind of value an expression has.

use super::quantity::measure;
use super::units::Dimension;
use crate::plan::FactKind;
use crate::resolve::{Referent, Scope};
use anlan_lang::diag::Arg;
use anlan_lang::tree::{Expr, ParameterKind};

/// The kind of an expression's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Money,
    /// Money for each of the dimensions named (`元/人/年`)
    Rate(Vec<Dimension>),
    Ratio,
    /// A bare number: a ratio where a ratio is wanted, a count where a count is
    Number,
    /// A number with a unit of this dimension
    Count(Dimension),
    Date,
    /// `不限`
    Unlimited,
    /// One value of the kind for every value of a domain: a table, a column of one, or such a parameter
    Table(Box<Kind>),
    /// A list parameter, or a fact that is no number
    Other,
    /// Contains a name that is unknown, or a reported figure
    Unknown,
}

impl Kind {
    /// Its name, for messages.
    pub fn arg(&self) -> Arg {
        Arg::Message(match self {
            Kind::Money => "value-money",
            Kind::Rate(_) => "value-rate",
            Kind::Ratio => "value-ratio",
            Kind::Number => "value-number",
            Kind::Count(dimension) => return dimension.arg(),
            Kind::Date => "value-date",
            Kind::Unlimited => "value-unlimited",
            Kind::Table(_) => "value-table",
            Kind::Other | Kind::Unknown => "value-other",
        })
    }
    fn is_factor(&self) -> bool {
        matches!(self, Kind::Ratio | Kind::Number)
    }
}

/// The kind of an expression; [`Kind::Unknown`] where a part of it is.
pub fn kind(scope: &Scope, expr: &Expr) -> Kind {
    inside(scope, expr, false)
}

/// The same, perhaps inside a cell of a table: there the name of a table is unknown, since tables could otherwise lead
/// to one another in a circle.
fn inside(scope: &Scope, expr: &Expr, cell: bool) -> Kind {
    match expr {
        Expr::Quantity(quantity) => match measure(scope.units(), quantity) {
            Ok(measure) => {
                let per: Vec<Dimension> = measure.per.into_iter().map(|(_, dimension)| dimension).collect();
                match measure.dimension {
                    Some(Dimension::Money) if per.is_empty() => Kind::Money,
                    Some(Dimension::Money) => Kind::Rate(per),
                    Some(Dimension::Ratio) => Kind::Ratio,
                    Some(dimension) => Kind::Count(dimension),
                    None => Kind::Number,
                }
            }
            Err(_) => Kind::Unknown,
        },
        Expr::Fraction { .. } => Kind::Ratio,
        Expr::Name(path) => match scope.referent(path) {
            Some(Referent::Table { .. }) if cell => Kind::Unknown,
            Some(referent) => of(scope, &referent),
            None => Kind::Unknown,
        },
        Expr::TotalPremium(_) | Expr::SumInsured(_) | Expr::Balance { .. } => Kind::Money,
        Expr::Unlimited(_) => Kind::Unlimited,
        Expr::Product { left, right, .. } => product(inside(scope, left, cell), inside(scope, right, cell)),
        Expr::Sum { first, rest, .. } => {
            let mut all = std::iter::once(first.as_ref()).chain(rest.iter().map(|(_, term)| term));
            // A sum has the kind of its first term that has one of its own.
            all.find_map(|term| match inside(scope, term, cell) {
                Kind::Number | Kind::Unknown => None,
                kind => Some(kind),
            })
            .unwrap_or(Kind::Unknown)
        }
    }
}

/// Whether a table is named anywhere in an expression. A cell may not name one (U102): tables could lead to one
/// another in a circle.
pub fn reads_table(scope: &Scope, expr: &Expr) -> bool {
    match expr {
        Expr::Name(path) => matches!(scope.referent(path), Some(Referent::Table { .. })),
        Expr::Product { left, right, .. } => reads_table(scope, left) || reads_table(scope, right),
        Expr::Sum { first, rest, .. } => {
            reads_table(scope, first) || rest.iter().any(|(_, term)| reads_table(scope, term))
        }
        _ => false,
    }
}

/// The kind of what a name in an amount stands for.
pub fn of(scope: &Scope, referent: &Referent) -> Kind {
    match referent {
        Referent::Parameter(parameter) => of_parameter(&parameter.item.node.kind),
        Referent::Decision(decision) => decision.node.value.as_ref().map_or(Kind::Other, of_parameter),
        Referent::Metric(_) => Kind::Unknown,
        Referent::Fact(fact) => scope
            .fact(*fact)
            .map_or(Kind::Unknown, |fact| of_fact(scope, &fact.fact.kind)),
        Referent::Table { table, column } => {
            let cells = table
                .node
                .rows
                .iter()
                .filter_map(|row| row.cells.get(column.unwrap_or(0)));
            let known = cells
                .map(|cell| inside(table.scope, cell, true))
                .find(|kind| *kind != Kind::Unknown);
            known.map_or(Kind::Unknown, |kind| Kind::Table(Box::new(kind)))
        }
    }
}

/// The kind of a parameter's value.
pub fn of_parameter(kind: &ParameterKind) -> Kind {
    match kind {
        ParameterKind::Money => Kind::Money,
        ParameterKind::Ratio => Kind::Ratio,
        ParameterKind::Count => Kind::Number,
        ParameterKind::Date => Kind::Date,
        ParameterKind::Table { of, .. } => Kind::Table(Box::new(of_parameter(of))),
        ParameterKind::List { .. } => Kind::Other,
    }
}

/// The kind of a fact's value.
pub fn of_fact(scope: &Scope, kind: &FactKind) -> Kind {
    match kind {
        FactKind::Money => Kind::Money,
        FactKind::Ratio => Kind::Ratio,
        FactKind::Count { .. } => Kind::Number,
        FactKind::Number { unit, .. } => {
            let unit = scope.units().find(unit);
            unit.map_or(Kind::Unknown, |unit| Kind::Count(unit.dimension.clone()))
        }
        FactKind::Date => Kind::Date,
        FactKind::Enumeration { .. } | FactKind::Text | FactKind::YesNo => Kind::Other,
    }
}

/// The kind of a product: a table stays a table, money stays money; two amounts give no kind (U109).
fn product(left: Kind, right: Kind) -> Kind {
    match (left, right) {
        (Kind::Table(of), other) | (other, Kind::Table(of)) => match product(*of, other) {
            Kind::Unknown => Kind::Unknown,
            kind => Kind::Table(Box::new(kind)),
        },
        (Kind::Money, Kind::Money) => Kind::Unknown,
        (Kind::Money, other) | (other, Kind::Money) if other.is_factor() || matches!(other, Kind::Count(_)) => {
            Kind::Money
        }
        // A rate times a count of anything is an amount.
        (Kind::Rate(_), Kind::Count(_) | Kind::Number) | (Kind::Count(_) | Kind::Number, Kind::Rate(_)) => Kind::Money,
        (Kind::Ratio, Kind::Ratio | Kind::Number) | (Kind::Number, Kind::Ratio) => Kind::Ratio,
        (Kind::Number, other) | (other, Kind::Number) => other,
        _ => Kind::Unknown,
    }
}
