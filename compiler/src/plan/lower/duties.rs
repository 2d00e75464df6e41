//! Duties and reviews.

use super::context::Lowering;
use super::statement::modality;
use crate::plan::{Deadline, Duty, Review, Source};
use crate::resolve::Scope;
use crate::types;
use anlan_lang::diag::codes;
use anlan_lang::tree::{self, Notes};

impl Lowering<'_> {
    pub fn duty(&mut self, scope: &Scope, duty: &tree::Duty, notes: &Notes, source: Source) -> Duty {
        Duty {
            what: duty.what.text.clone(),
            by: self.bodies(scope, &duty.by),
            to: self.bodies(scope, &duty.to),
            every: duty.every.map(|(period, _)| period),
            deadline: duty
                .deadline
                .as_ref()
                .and_then(|deadline| self.deadline(scope, deadline)),
            otherwise: duty
                .otherwise
                .as_ref()
                .and_then(|name| self.decision_ids.get(&name.text).copied()),
            modality: modality(notes),
            source,
        }
    }

    fn deadline(&mut self, scope: &Scope, deadline: &tree::Deadline) -> Option<Deadline> {
        Some(match deadline {
            tree::Deadline::AfterPeriod(quantity) => {
                let days = types::days(scope.units(), quantity).ok()?;
                Deadline::DaysAfterPeriod(u32::try_from(days).ok()?)
            }
            tree::Deadline::On(date, _) => Deadline::On(*date),
            tree::Deadline::Yearly { month, day, .. } => Deadline::Yearly {
                month: *month,
                day: *day,
            },
            tree::Deadline::Words(text) => Deadline::Words(text.text.clone()),
        })
    }

    pub fn review(&mut self, scope: &Scope, review: &tree::Review, source: Source) -> Option<Review> {
        let months = types::months(scope.units(), &review.every).ok();
        let Some(every_months) = months.and_then(|months| u32::try_from(months).ok()) else {
            let finding = self.finding(codes::U307, review.every.span);
            self.find(finding);
            return None;
        };
        Some(Review {
            what: review.what.text.clone(),
            every_months,
            by: self.bodies(scope, &review.by),
            text: review.text.as_ref().map(|text| text.text.clone()),
            decision: review
                .decision
                .as_ref()
                .and_then(|name| self.decision_ids.get(&name.text).copied()),
            source,
        })
    }
}
