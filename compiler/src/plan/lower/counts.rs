//! What parts of a unit count as, for each count: before anything compares one, since parts that count as such lie between
//! the whole numbers.

use super::context::Lowering;
use crate::plan::{FactId, FactKind};
use anlan_lang::tree::{BenefitAmount, BenefitRow, ClauseKind, PartRule, Pays};

impl Lowering<'_> {
    /// Fills in the rule of each count, of whichever row states one; that rows state different ones is reported where they
    /// are lowered.
    pub fn parts_of_counts(&mut self) {
        let scope = self.scope;
        let schedules = Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Schedule(schedule) => Some((&schedule.name, schedule)),
            _ => None,
        });
        let covers = Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Cover(cover) => Some((&cover.name, cover)),
            _ => None,
        });
        let of_schedules = schedules.into_iter().flat_map(|(_, schedule)| scope.rows(schedule));
        let of_covers = covers.into_iter().flat_map(|(_, cover)| &cover.pays);
        let in_place = of_covers.flat_map(|(pays, _)| match pays {
            Pays::Rows { rows, .. } => rows.as_slice(),
            Pays::Schedule(_) => &[],
        });
        let rules: Vec<(FactId, PartRule)> = of_schedules
            .chain(in_place)
            .filter_map(|row| self.part_rule(row))
            .collect();
        for (fact, rule) in rules {
            if let Some(FactKind::Count { part: part @ None }) =
                self.facts.get_mut(fact.index()).map(|fact| &mut fact.kind)
            {
                *part = Some(rule);
            }
        }
    }

    fn part_rule(&self, row: &BenefitRow) -> Option<(FactId, PartRule)> {
        match &row.amount {
            Some(BenefitAmount::PerUnit {
                count,
                part: Some((rule, _)),
                ..
            }) => Some((self.fact_named(&count.text)?, *rule)),
            _ => None,
        }
    }
}
