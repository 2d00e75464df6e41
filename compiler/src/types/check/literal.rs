//! One written quantity against what is wanted.

use super::{Dimension, Kind, Pass, Site, Wanted, fits, kind, scale};
use crate::money::Ratio;
use crate::plan::FactKind;
use crate::types::magnitude::likely;
use crate::types::quantity::{Unfit, count, fen, measure};
use anlan_lang::diag::{Arg, Finding, Place, codes};
use anlan_lang::texts::{Language, money};
use anlan_lang::tree::{Expr, ParameterKind, Quantity, Span};

impl<'a> Pass<'a> {
    pub(super) fn literal(&mut self, site: Site<'a>, quantity: &'a Quantity, wanted: Wanted<'a>) {
        let found = kind(self.scope, &Expr::Quantity(quantity.clone()));
        if found == Kind::Unknown {
            // The unit is unknown (N114), or the number cannot be held.
            if measure(self.scope.units(), quantity) == Err(Unfit::TooLarge) {
                self.report(site, codes::U105, quantity.span);
            }
            return;
        }
        if found == Kind::Number && self.needs_unit(wanted) {
            self.bare(site, quantity, wanted);
            return;
        }
        if !fits(self.scope, &found, wanted) {
            self.wrong(site, quantity.span, wanted, &found);
            return;
        }
        if self.exactness(site, quantity) {
            self.in_place(site, quantity, wanted);
        }
    }
    /// Whether a bare number says too little here.
    fn needs_unit(&self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Money(_)
            | Wanted::Benefit(_)
            | Wanted::Rate
            | Wanted::UnitRate
            | Wanted::YearlyMoney
            | Wanted::RoundTo
            | Wanted::Persons
            | Wanted::Households
            | Wanted::Hours
            | Wanted::Days
            | Wanted::Period
            | Wanted::Cell => true,
            Wanted::FactValue(fact) => self
                .scope
                .fact(fact)
                .is_some_and(|fact| matches!(fact.fact.kind, FactKind::Money)),
            Wanted::Parameter(kind) | Wanted::DecisionValue(kind) => {
                matches!(kind, ParameterKind::Money)
            }
            _ => false,
        }
    }
    /// U101, with the amounts it may mean; the fix appends the unit.
    fn bare(&mut self, site: Site<'a>, quantity: &'a Quantity, wanted: Wanted<'a>) {
        let (unit, attribute) = match wanted {
            Wanted::Persons => ("人", "plain"),
            Wanted::Households => ("户", "plain"),
            Wanted::Hours => ("小时", "plain"),
            Wanted::Days => ("日", "plain"),
            Wanted::Period => ("年", "plain"),
            Wanted::Rate => ("元/人/年", "plain"),
            Wanted::UnitRate => ("元/人/月", "plain"),
            Wanted::Cell if quantity.value.is_zero() => ("元", "cell"),
            _ => ("元", "help"),
        };
        let place = self.scope.place(quantity.span);
        let end = Place {
            span: Span {
                start: quantity.span.end,
                end: quantity.span.end,
            },
            ..place
        };
        let mut finding = Finding::new(codes::U101, place)
            .arg("value", quantity.value.normalize().to_string())
            .arg("unit", unit)
            .helped(attribute)
            .fixed(end, unit);
        if attribute == "help" {
            let yuan = Ratio::from_decimal(quantity.value).and_then(|v| v.checked_mul(Ratio::integer(100)));
            let yuan = yuan.and_then(|value| fen(value).ok());
            let wan = yuan.and_then(|yuan| yuan.0.checked_mul(10_000));
            match (yuan, wan) {
                // 10万 already says how many; 10 may be 10元 or 10万元.
                (Some(yuan), Some(wan)) if yuan.0 < 1_000_000 => {
                    finding = finding.arg("yuan", Arg::Money(yuan.0)).arg("wan", Arg::Money(wan));
                }
                _ => finding = finding.helped("plain"),
            }
        }
        self.push(site, finding);
    }
    /// U104 for money finer than 1 分, U105 for money above 10^15 分, U106 for anything negative. Whether all is well.
    pub(super) fn exactness(&mut self, site: Site<'a>, quantity: &'a Quantity) -> bool {
        if quantity.value.is_sign_negative() && !quantity.value.is_zero() {
            self.report(site, codes::U106, quantity.span);
            return false;
        }
        let Ok(measure) = measure(self.scope.units(), quantity) else {
            return false;
        };
        if measure.dimension != Some(Dimension::Money) {
            return true;
        }
        let code = match fen(measure.value) {
            Ok(_) => return true,
            Err(Unfit::TooLarge) => codes::U105,
            Err(_) => codes::U104,
        };
        self.report(site, code, quantity.span);
        false
    }
    /// What only matters at this place: shares above 100 %, parts of persons, rates for nothing, unlikely sizes.
    fn in_place(&mut self, site: Site<'a>, quantity: &'a Quantity, wanted: Wanted<'a>) {
        let Ok(measure) = measure(self.scope.units(), quantity) else {
            return;
        };
        match wanted {
            Wanted::Share => self.share(site, quantity.span, measure.value),
            Wanted::Rate | Wanted::UnitRate => self.rate(site, quantity, &measure.per, wanted),
            Wanted::Count
            | Wanted::Persons
            | Wanted::Households
            | Wanted::Hours
            | Wanted::Days
            | Wanted::Period
            | Wanted::Parameter(ParameterKind::Count)
                if count(self.scope.units(), quantity, measure.dimension.as_ref()) == Err(Unfit::Fraction) =>
            {
                self.report(site, codes::U110, quantity.span);
            }
            Wanted::RoundTo if quantity.value.is_zero() => self.report(site, codes::U106, quantity.span),
            Wanted::FactValue(fact) => self.on_grid(site, quantity, fact, measure.value),
            _ => {}
        }
        if let Ok(amount) = fen(measure.value)
            && measure.dimension == Some(Dimension::Money)
            && let Some(meant) = likely(amount, scale(wanted))
            && !site.example
        {
            let plain = quantity.unit.as_ref().is_none_or(|unit| unit.per.is_empty());
            self.magnitude(site, quantity.span, amount.0, meant.0, plain);
        }
    }
    /// U111 where a rate says nothing of what it is for, or is for something that no base counts.
    fn rate(&mut self, site: Site<'a>, quantity: &'a Quantity, per: &[(String, Dimension)], wanted: Wanted<'a>) {
        let heads = per
            .iter()
            .filter(|(_, dimension)| matches!(dimension, Dimension::Persons | Dimension::Households))
            .count();
        let good = match wanted {
            Wanted::Rate => heads == 1,
            _ => !per.is_empty(),
        };
        if !good {
            let finding = Finding::new(codes::U111, self.scope.place(quantity.span));
            self.push(
                site,
                if matches!(wanted, Wanted::Rate) {
                    finding
                } else {
                    finding.helped("unit")
                },
            );
        } else if matches!(wanted, Wanted::Rate)
            && let Ok(measure) = measure(self.scope.units(), quantity)
            && let Ok(amount) = fen(measure.value)
            // Nobody pays 10,000 元 for each head of a county.
            && amount.0 >= 1_000_000
            && amount.0 % 10_000 == 0
        {
            self.magnitude(site, quantity.span, amount.0, amount.0 / 10_000, false);
        }
    }
    /// U113 for a value of a number fact that is off its grid or out of its bounds.
    fn on_grid(&mut self, site: Site<'a>, quantity: &'a Quantity, fact: crate::plan::FactId, value: Ratio) {
        let Some(fact) = self.scope.fact(fact) else { return };
        let FactKind::Number {
            unit,
            precision,
            from,
            to,
        } = &fact.fact.kind
        else {
            return;
        };
        // A bare number is in the fact's own unit.
        let factor = match (&quantity.unit, self.scope.units().find(unit)) {
            (Some(_), Some(unit)) => unit.factor,
            _ => Ratio::ONE,
        };
        let own = Ratio::new(
            value.numerator().saturating_mul(factor.denominator()),
            value.denominator().saturating_mul(factor.numerator()),
        );
        if own.is_none_or(|own| own < *from || own > *to || !divides(*precision, own, *from)) {
            let finding = Finding::new(codes::U113, self.scope.place(quantity.span))
                .arg("unit", unit.as_str())
                .arg("from", number(*from))
                .arg("to", number(*to))
                .arg("precision", number(*precision))
                .label(fact.place, "declared");
            self.push(site, finding);
        }
    }
    /// U108; an amount alone, without `/人/年`, can be written anew.
    pub(super) fn magnitude(&mut self, site: Site<'a>, span: Span, amount: i64, meant: i64, plain: bool) {
        let place = self.scope.place(span);
        let mut finding = Finding::new(codes::U108, place)
            .arg("amount", Arg::Money(amount))
            .arg("meant", Arg::Money(meant));
        if plain {
            finding = finding.fixed(place, money(Language::Zh, meant));
        }
        self.push(site, finding);
    }
    /// U113 for number facts of the body whose own declaration is out of joint.
    pub(super) fn numbers(&mut self) {
        for fact in self.scope.facts().iter().filter(|fact| fact.own) {
            if let FactKind::Number {
                unit,
                precision,
                from,
                to,
            } = &fact.fact.kind
                && (*precision <= Ratio::ZERO || from > to || !divides(*precision, *to, *from))
            {
                let finding = Finding::new(codes::U113, fact.place)
                    .arg("unit", unit.as_str())
                    .arg("from", number(*from))
                    .arg("to", number(*to))
                    .arg("precision", number(*precision))
                    .labelled("declaration")
                    .about(fact.fact.id.as_str());
                self.findings.push(finding);
            }
        }
    }
}

/// Whether `value` lies a whole number of steps from `from`.
fn divides(step: Ratio, value: Ratio, from: Ratio) -> bool {
    let Some(distance) = value.checked_sub(from) else {
        return false;
    };
    let steps = Ratio::new(
        distance.numerator().saturating_mul(step.denominator()),
        distance.denominator().saturating_mul(step.numerator()),
    );
    steps.is_some_and(|steps| steps.denominator() == 1)
}

fn number(value: Ratio) -> Arg {
    Arg::Text(if value.denominator() == 1 {
        value.numerator().to_string()
    } else {
        value.to_string()
    })
}
