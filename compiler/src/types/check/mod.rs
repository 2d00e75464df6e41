//! The types pass: every amount and quantity has the kind wanted where it stands, a unit, and a likely size (U).

mod expression;
mod literal;
mod tables;

use super::kind::{Kind, kind, of_fact, of_parameter, reads_table};
use super::units::Dimension;
use crate::plan::FactId;
use crate::resolve::Scope;
use crate::resolve::walk::{Reference, Scale, Site, Visitor, Wanted, walk};
use anlan_lang::diag::{Arg, Code, Finding, codes};
use anlan_lang::tree::{Expr, Name, Quantity, Span};

/// Findings about the amounts and quantities of a body.
pub fn check(scope: &Scope) -> Vec<Finding> {
    let mut pass = Pass {
        scope,
        findings: Vec::new(),
    };
    walk(scope, &mut pass);
    pass.tables();
    pass.numbers();
    pass.findings
}

struct Pass<'a> {
    scope: &'a Scope,
    findings: Vec<Finding>,
}

impl<'a> Visitor<'a> for Pass<'a> {
    fn name(&mut self, _: Site<'a>, _: &'a Name, _: Reference<'a>) {}
    fn expr(&mut self, site: Site<'a>, expr: &'a Expr, wanted: Wanted<'a>) {
        self.parts(site, expr);
        if let Expr::Quantity(quantity) = expr {
            self.quantity(site, quantity, wanted);
            return;
        }
        let found = kind(self.scope, expr);
        let table = matches!(wanted, Wanted::Cell) && reads_table(self.scope, expr);
        let found = if table { Kind::Table(Box::new(found)) } else { found };
        if !fits(self.scope, &found, wanted) {
            self.wrong(site, expr.span(), wanted, &found);
        }
        self.constant_share(site, expr, wanted);
    }
    fn quantity(&mut self, site: Site<'a>, quantity: &'a Quantity, wanted: Wanted<'a>) {
        self.literal(site, quantity, wanted);
    }
    fn interval(&mut self, site: Site<'a>, fact: FactId, span: Span) {
        let Some(fact) = self.scope.fact(fact) else { return };
        let found = of_fact(self.scope, &fact.fact.kind);
        if matches!(found, Kind::Other) {
            self.push(
                site,
                Finding::new(codes::U102, self.scope.place(span))
                    .arg("wanted", Arg::Message("wanted-interval"))
                    .arg("found", found.arg()),
            );
        }
    }
}

impl<'a> Pass<'a> {
    fn push(&mut self, site: Site<'a>, finding: Finding) {
        let articles = site.notes.articles.iter().map(|article| article.text.clone());
        let finding = finding.articles(articles);
        self.findings.push(match site.about {
            Some(about) => finding.about(about.text.as_str()),
            None => finding,
        });
    }
    fn report(&mut self, site: Site<'a>, code: Code, span: Span) {
        self.push(site, Finding::new(code, self.scope.place(span)));
    }
    /// U102
    fn wrong(&mut self, site: Site<'a>, span: Span, wanted: Wanted<'a>, found: &Kind) {
        let finding = Finding::new(codes::U102, self.scope.place(span))
            .arg("wanted", wanted_arg(self.scope, wanted))
            .arg("found", found.arg());
        let share = matches!(found, Kind::Ratio) && matches!(wanted, Wanted::Money(_) | Wanted::Benefit(_));
        // A percentage needs something that it is a part of.
        self.push(site, if share { finding.helped("base") } else { finding });
    }
}

/// Whether a value of this kind can stand where `wanted` is. What is unknown is reported elsewhere and fits everywhere.
fn fits(scope: &Scope, found: &Kind, wanted: Wanted) -> bool {
    if *found == Kind::Unknown {
        return true;
    }
    match wanted {
        Wanted::Money(_) | Wanted::RoundTo => matches!(found, Kind::Money | Kind::Unlimited),
        Wanted::Benefit(_) => match found {
            Kind::Money | Kind::Unlimited => true,
            Kind::Table(of) => **of == Kind::Money,
            _ => false,
        },
        Wanted::Cell => matches!(found, Kind::Money | Kind::Ratio | Kind::Number),
        Wanted::Rate | Wanted::UnitRate => matches!(found, Kind::Money | Kind::Rate(_)),
        Wanted::YearlyMoney => match found {
            Kind::Money => true,
            Kind::Rate(per) => matches!(per.as_slice(), [Dimension::Period]),
            _ => false,
        },
        Wanted::Share | Wanted::Ratio => matches!(found, Kind::Ratio | Kind::Number),
        Wanted::Count => matches!(found, Kind::Number | Kind::Count(_) | Kind::Unlimited),
        Wanted::Persons => matches!(found, Kind::Count(Dimension::Persons)),
        Wanted::Households => matches!(found, Kind::Count(Dimension::Households)),
        Wanted::Hours | Wanted::Days => matches!(found, Kind::Count(Dimension::Time)),
        Wanted::Period => matches!(found, Kind::Count(Dimension::Period)),
        Wanted::Figure => !matches!(found, Kind::Table(_) | Kind::Other | Kind::Unlimited),
        Wanted::FactValue(fact) => match scope.fact(fact).map(|fact| of_fact(scope, &fact.fact.kind)) {
            Some(wanted) => same(found, &wanted),
            None => true,
        },
        Wanted::Parameter(kind) | Wanted::DecisionValue(kind) => same(found, &of_parameter(kind)),
    }
}

/// A bare number may be a ratio or a count of anything but money.
fn same(found: &Kind, wanted: &Kind) -> bool {
    match (found, wanted) {
        (_, Kind::Unknown) => true,
        (Kind::Number | Kind::Ratio, Kind::Ratio) => true,
        (Kind::Number | Kind::Count(_), Kind::Number) => true,
        (Kind::Number, Kind::Count(_)) => true,
        (found, wanted) => found == wanted && !matches!(wanted, Kind::Other),
    }
}

/// What is wanted, for messages.
fn wanted_arg(scope: &Scope, wanted: Wanted) -> Arg {
    Arg::Message(match wanted {
        Wanted::Money(_) | Wanted::Benefit(_) | Wanted::RoundTo => "value-money",
        Wanted::Cell => "wanted-cell",
        Wanted::Rate => "wanted-rate",
        Wanted::UnitRate => "wanted-unit-rate",
        Wanted::YearlyMoney => "value-money",
        Wanted::Share | Wanted::Ratio => "value-ratio",
        Wanted::Count => "wanted-count",
        Wanted::Persons => "dimension-persons",
        Wanted::Households => "dimension-households",
        Wanted::Hours | Wanted::Days => "dimension-time",
        Wanted::Period => "dimension-period",
        Wanted::Figure => "wanted-figure",
        Wanted::FactValue(fact) => {
            let kind = scope.fact(fact).map(|fact| of_fact(scope, &fact.fact.kind));
            return kind.map_or(Arg::Message("value-other"), |kind| wanted_kind(&kind));
        }
        Wanted::Parameter(kind) | Wanted::DecisionValue(kind) => return wanted_kind(&of_parameter(kind)),
    })
}

fn wanted_kind(kind: &Kind) -> Arg {
    match kind {
        Kind::Number => Arg::Message("wanted-count"),
        kind => kind.arg(),
    }
}

/// The scale of an amount, where something can be said about it.
fn scale(wanted: Wanted) -> Scale {
    match wanted {
        Wanted::Money(scale) | Wanted::Benefit(scale) => scale,
        _ => Scale::Any,
    }
}
