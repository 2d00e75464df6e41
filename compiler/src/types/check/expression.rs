//! Sums, products and fractions.

use super::{Kind, Pass, Site, Wanted, kind};
use crate::money::Ratio;
use crate::types::quantity::constant_ratio;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::Expr;

impl<'a> Pass<'a> {
    /// What is wrong inside an expression, whatever is wanted of it: U103 for a sum of unlike things, U109 for a product
    /// of two amounts, U112 for a fraction by zero, and U104–U106 for literals that no kind allows.
    pub(super) fn parts(&mut self, site: Site<'a>, expr: &'a Expr) {
        match expr {
            Expr::Fraction { denominator, span, .. } if denominator.is_zero() => {
                self.report(site, codes::U112, *span);
            }
            Expr::Product { left, right, span } => {
                for part in [left.as_ref(), right.as_ref()] {
                    self.part(site, part);
                }
                let (left, right) = (kind(self.scope, left), kind(self.scope, right));
                if is_amount(&left) && is_amount(&right) {
                    let finding = Finding::new(codes::U109, self.scope.place(*span))
                        .arg("left", left.arg())
                        .arg("right", right.arg());
                    self.push(site, finding);
                }
            }
            Expr::Sum { first, rest, span } => {
                let mut found: Option<Kind> = None;
                let terms = std::iter::once(first.as_ref()).chain(rest.iter().map(|(_, term)| term));
                for term in terms {
                    self.part(site, term);
                    let Some(next) = summand(kind(self.scope, term)) else {
                        continue;
                    };
                    match &found {
                        Some(first) if *first != next => {
                            let finding = Finding::new(codes::U103, self.scope.place(*span))
                                .arg("left", first.arg())
                                .arg("right", next.arg());
                            self.push(site, finding);
                            return;
                        }
                        _ => found = Some(next),
                    }
                }
            }
            _ => {}
        }
    }
    /// A factor or summand: money must be whole 分 there too; everything else is judged with the whole.
    fn part(&mut self, site: Site<'a>, part: &'a Expr) {
        self.parts(site, part);
        if let Expr::Quantity(quantity) = part {
            self.exactness(site, quantity);
        }
    }
    /// U107 for a fraction or product of constants above 1 where a share is wanted.
    pub(super) fn constant_share(&mut self, site: Site<'a>, expr: &'a Expr, wanted: Wanted<'a>) {
        if let (Wanted::Share, Some(share)) = (wanted, constant_ratio(self.scope.units(), expr)) {
            self.share(site, expr.span(), share);
        }
    }
    pub(super) fn share(&mut self, site: Site<'a>, span: anlan_lang::tree::Span, share: Ratio) {
        if share > Ratio::ONE {
            let finding = Finding::new(codes::U107, self.scope.place(span)).arg(
                "share",
                Arg::Ratio {
                    numerator: share.numerator(),
                    denominator: share.denominator(),
                },
            );
            // 80 was written for 80%.
            let percent = Ratio::new(share.numerator(), share.denominator().saturating_mul(100));
            let finding = match percent {
                Some(percent) if percent <= Ratio::ONE => finding.arg(
                    "percent",
                    Arg::Ratio {
                        numerator: percent.numerator(),
                        denominator: percent.denominator(),
                    },
                ),
                _ => finding.helped("most"),
            };
            self.push(site, finding);
        }
    }
}

/// An amount in the sense of U109: money, or a rate of it.
fn is_amount(kind: &Kind) -> bool {
    match kind {
        Kind::Money | Kind::Rate(_) => true,
        Kind::Table(of) => is_amount(of),
        _ => false,
    }
}

/// The kind by which a summand is compared; a bare number goes with ratios.
fn summand(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Unknown => None,
        Kind::Number => Some(Kind::Ratio),
        Kind::Table(of) => summand(*of),
        kind => Some(kind),
    }
}
