//! The scheme's own examples. What an example expects of premium, layers or a loss is for `fund` and `layer`; one that
//! sets parameters or balances of its own is about another contract than the one that is bound.

use super::{Ask, Assessed, Case, Fields, Given, Maker, Origin, Settled, spelling};
use crate::evaluate::DecidedKey;
use crate::evaluate::Decisions;
use crate::examples::{self, Filled};
use crate::money::Fen;
use crate::plan::{Example, Expectation, ParameterValue, Plan};

impl Maker<'_> {
    /// A case for every example that is about claims.
    pub(super) fn examples(&mut self) {
        let plan = self.plan;
        for example in &plan.statement.examples {
            if !example.set.is_empty() || !example.balances.is_empty() || example.loss.is_some() {
                continue;
            }
            let Some(Filled { rows, premium }) = examples::filled(plan, example) else {
                continue;
            };
            let Some(decisions) = decisions(plan, example) else {
                continue;
            };
            let given = Given { decisions, premium };
            let alone: Vec<Fields> = example.claims.iter().map(|group| group.fields.clone()).collect();
            let expects = |of: fn(&Expectation) -> bool| example.expect.iter().any(of);
            if expects(|e| {
                matches!(
                    e,
                    Expectation::Benefit(..) | Expectation::Refused(_) | Expectation::Nothing(_)
                )
            }) {
                self.add(&example.title, Origin::Example, given.clone(), alone, Ask::Assess);
                self.stated(|case| case.owe(example));
            }
            if expects(|e| {
                matches!(
                    e,
                    Expectation::Paid(..) | Expectation::PaidInAll(..) | Expectation::Bears(..)
                )
            }) {
                let records = rows.iter().filter_map(|row| row.record.as_ref().ok());
                let claims: Vec<Fields> = records.map(|record| spelling::fields(plan, record)).collect();
                self.add(&example.title, Origin::Example, given, claims, Ask::Settle);
                self.stated(|case| case.pay(example));
            }
        }
    }

    /// What the file states goes over what the reference says: an example that does not hold fails in every target.
    fn stated(&mut self, state: impl Fn(&mut Case)) {
        if let Some(case) = self.cases.last_mut() {
            state(case);
        }
    }
}

impl Case {
    fn owe(&mut self, example: &Example) {
        for expectation in &example.expect {
            let Expectation::Benefit(expected, _) = expectation else {
                continue;
            };
            for answer in self.assess.iter_mut().flatten() {
                if let Assessed::Owed { benefit, .. } = answer {
                    *benefit = *expected;
                }
            }
        }
    }

    fn pay(&mut self, example: &Example) {
        for expectation in &example.expect {
            let Expectation::Paid(expected, _) = expectation else {
                continue;
            };
            for row in self.settle.iter_mut().flatten().flatten() {
                if let Settled::Paid { paid, .. } = row {
                    *paid = *expected;
                }
            }
        }
    }
}

/// The decisions of an example as the command line gives them.
fn decisions(plan: &Plan, example: &Example) -> Option<Vec<String>> {
    let read = Decisions::of_example(plan, &example.decided).ok()?;
    let written = example.decided.iter().zip(&read.taken).map(|(decided, taken)| {
        let decision = plan.decisions.get(decided.decision.index())?;
        let key = match (&taken.key, &decided.key) {
            (Some(DecidedKey::Year(year)), _) => format!("@{year}"),
            (Some(_), Some(key)) => format!("@{key}"),
            _ => String::new(),
        };
        let value = match &decided.value {
            Some(ParameterValue::Money(Fen(fen))) => format!("={}", Fen(*fen)),
            Some(ParameterValue::Ratio(ratio)) => format!("={}/{}", ratio.numerator(), ratio.denominator()),
            Some(ParameterValue::Count(count)) => format!("={count}"),
            Some(ParameterValue::Date(date)) => format!("={date}"),
            None => String::new(),
        };
        Some(format!("{}{key}{value}", decision.id))
    });
    written.collect()
}
