//! How money, ratios, counts and amounts are worded.

use super::super::{capitals, numerals};
use super::Words;
use crate::money::{Fen, Ratio};
use crate::plan::{Amount, Bound, Count, FactId, FactKind, ParameterId, ParameterValue, RatioValue, ValueId};
use anlan_lang::diag::Arg;
use anlan_lang::texts::{self, Language};
use anlan_lang::tree::{Date, PartRule};

impl Words<'_> {
    // ── quantities ──

    pub fn money(&self, fen: Fen) -> String {
        texts::money(self.language, fen.0)
    }

    /// `0.001`: a step of a decimal grid.
    pub fn grid(&self, ratio: Ratio) -> String {
        decimal(ratio)
    }

    pub fn ratio(&self, ratio: Ratio) -> String {
        texts::ratio(ratio.numerator(), ratio.denominator())
    }

    /// A ratio that a reader compares: as a percentage with two decimals, and exactly beside it where that is not exact.
    pub fn near_ratio(&self, ratio: Ratio) -> String {
        let exact = self.ratio(ratio);
        let scaled = ratio.numerator().checked_mul(20_000);
        let rounded = scaled.and_then(|scaled| {
            let hundredths = scaled.checked_add(ratio.denominator())?;
            hundredths.checked_div_euclid(ratio.denominator().checked_mul(2)?)
        });
        match rounded {
            Some(hundredths) if !exact.ends_with('%') => self.say(
                "summary-near-ratio",
                [
                    ("near", texts::ratio(hundredths, 10_000).into()),
                    ("exact", exact.into()),
                ],
            ),
            _ => exact,
        }
    }

    pub fn count(&self, n: i64) -> String {
        numerals::count(self.language, n)
    }

    pub fn parameter_value(&self, value: &ParameterValue) -> String {
        match value {
            ParameterValue::Money(fen) => self.money(*fen),
            ParameterValue::Ratio(ratio) => self.ratio(*ratio),
            ParameterValue::Count(n) => self.count(*n),
            ParameterValue::Date(date) => self.date(*date),
        }
    }

    /// A parameter inside a sentence, with the value that a contract gave it.
    fn parameter(&self, id: ParameterId, cell: Option<ValueId>) -> String {
        let Some(parameter) = self.plan.parameters.get(id.index()) else {
            return String::new();
        };
        let value = match (&parameter.value, cell) {
            (Some(Bound::One(value)), _) => Some(value),
            (Some(Bound::Table(cells)), Some(cell)) => cells.iter().find(|(v, _)| *v == cell).map(|(_, value)| value),
            _ => None,
        };
        let name = ("name", Arg::from(parameter.id.as_str()));
        match value {
            Some(value) => self.say(
                "summary-parameter-bound",
                [name, ("value", self.parameter_value(value).into())],
            ),
            None => match &parameter.by {
                Some(by) => self.say("summary-parameter-by", [name, ("by", by.as_str().into())]),
                None => self.say("summary-parameter-open", [name]),
            },
        }
    }

    pub fn ratio_value(&self, ratio: &RatioValue) -> String {
        match ratio {
            RatioValue::Exact(ratio) => self.ratio(*ratio),
            RatioValue::Parameter { parameter, value } => self.parameter(*parameter, *value),
        }
    }

    pub fn amount(&self, amount: &Amount) -> String {
        match amount {
            Amount::Fixed(fen) => self.money(*fen),
            Amount::Parameter { parameter, value } => self.parameter(*parameter, *value),
            Amount::Fact(fact) => self.fact(*fact),
            Amount::PerUnit { rate, count, units } => self.per_unit(rate, *count, units.as_ref()),
            Amount::Scaled { ratio, of } => self.scaled(ratio, of),
            Amount::Sum(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.amount(part)).collect();
                parts.join(" + ")
            }
            Amount::Dated(values) => self.dated(values),
            Amount::Premium => self.plain("summary-amount-premium"),
            Amount::Balance(fund) => self.say("summary-amount-balance", [("fund", self.fund(*fund).into())]),
            Amount::DecisionValue(decision) => self.say(
                "summary-amount-decided",
                [("decision", self.decision(*decision).into())],
            ),
            Amount::Decided {
                decision,
                then,
                otherwise,
            } => self.say(
                "summary-amount-raised",
                [
                    ("otherwise", self.amount(otherwise).into()),
                    ("decision", self.decision(*decision).into()),
                    ("amount", self.amount(then).into()),
                ],
            ),
            Amount::Unlimited => self.plain("summary-unlimited"),
        }
    }

    /// An amount as a formal document prints it: in Chinese with capitals where it is one figure.
    pub fn formal(&self, amount: &Amount) -> String {
        let text = self.amount(amount);
        match (self.language, amount) {
            (Language::Zh, Amount::Fixed(fen)) => self.say(
                "summary-amount-formal",
                [("amount", text.into()), ("capitals", capitals::capitals(*fen).into())],
            ),
            _ => text,
        }
    }

    /// `60元×月数（月数不足1的按1计，最多计6）`
    fn per_unit(&self, rate: &Amount, count: FactId, units: Option<&Count>) -> String {
        let name = self.fact(count);
        let fact = self.plan.facts.get(count.index());
        let unit = || {
            let months = fact.is_some_and(|fact| fact.id == "months");
            ("unit", if months { "months" } else { "" }.into())
        };
        let part = match fact.map(|f| &f.kind) {
            Some(FactKind::Count { part: Some(rule) }) => {
                let id = match rule {
                    PartRule::Up => "summary-part-up",
                    PartRule::Down => "summary-part-down",
                    PartRule::ProRata => "summary-part-pro-rata",
                };
                self.say(id, [unit()])
            }
            _ => String::new(),
        };
        let at_most = |count: Arg| self.say("summary-units-at-most", [("count", count), unit()]);
        let most = match units {
            Some(Count::Exact(n)) => at_most(Arg::Count(*n)),
            Some(Count::Parameter(id)) => at_most(self.parameter(*id, None).into()),
            None => self.plain("summary-units-unlimited"),
        };
        self.say(
            "summary-amount-per-unit",
            [
                ("rate", self.amount(rate).into()),
                ("fact", name.into()),
                ("rules", self.clauses([part, most]).into()),
            ],
        )
    }

    /// `保费总额的15倍`, `保险金额的50%`
    fn scaled(&self, ratio: &RatioValue, of: &Amount) -> String {
        let of = match of {
            Amount::Sum(_) | Amount::Dated(_) | Amount::Decided { .. } => {
                self.say("summary-bracketed", [("text", self.amount(of).into())])
            }
            _ => self.amount(of),
        };
        match ratio {
            RatioValue::Exact(exact) if exact.denominator() == 1 && exact.numerator() > 1 => self.say(
                "summary-amount-times",
                [("times", exact.numerator().to_string().into()), ("of", of.into())],
            ),
            RatioValue::Exact(exact) => self.say(
                "summary-amount-share",
                [("ratio", self.ratio(*exact).into()), ("of", of.into())],
            ),
            RatioValue::Parameter { .. } => self.say(
                "summary-amount-product",
                [("ratio", self.ratio_value(ratio).into()), ("of", of.into())],
            ),
        }
    }

    fn dated(&self, values: &[(Option<Date>, Amount)]) -> String {
        self.clauses(values.iter().map(|(from, amount)| match from {
            Some(date) => self.say(
                "summary-amount-from",
                [("date", Arg::Date(*date)), ("amount", self.amount(amount).into())],
            ),
            None => self.amount(amount),
        }))
    }
}

/// `0.5`: a ratio as a decimal.
pub(super) fn decimal(value: Ratio) -> String {
    let (Ok(numerator), Ok(denominator)) = (i64::try_from(value.numerator()), i64::try_from(value.denominator()))
    else {
        return value.to_string();
    };
    rust_decimal::Decimal::from(numerator)
        .checked_div(rust_decimal::Decimal::from(denominator))
        .map_or_else(|| value.to_string(), |d| d.normalize().to_string())
}
