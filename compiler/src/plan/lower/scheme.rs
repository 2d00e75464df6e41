//! The whole plan, part by part.

use super::context::Lowering;
use super::cover::LoweredCover;
use super::schedule::LoweredSchedule;
use crate::plan::{CoverId, Limit, PLAN_VERSION, Plan, ValueId};
use anlan_lang::diag::Finding;

impl Lowering<'_> {
    /// Lowers everything. Vocabulary comes first since amounts name it; diagrams last since classes need all rules.
    pub fn plan(&mut self) -> Plan {
        self.parts_of_counts();
        self.vocabulary();
        self.bind();
        let calendar = self.calendar();
        let mut schedules = self.schedules();
        let (covers, users) = self.covers(&mut schedules);
        let limits = self.all_limits(&covers, &schedules, &users);
        let cover_ids: Vec<String> = covers.iter().map(|cover| cover.cover.id.clone()).collect();
        let names: Vec<&str> = cover_ids.iter().map(String::as_str).collect();
        let meeting = self.meeting(&names);
        let scheme = self.header();
        let statement = self.statement(&schedules, &users);
        let (premium, split) = (self.premium(), self.split());
        let (coinsurance, tower) = (self.coinsurance(), self.tower());
        let (covenants, metrics) = (self.covenants(), self.metrics());
        let assembled = self.assemble(covers);
        self.drop_repeated_findings();
        Plan {
            version: PLAN_VERSION,
            scheme,
            domains: self.scope.domains().iter().map(|domain| domain.planned()).collect(),
            facts: std::mem::take(&mut self.facts),
            calendar,
            parameters: std::mem::take(&mut self.parameters),
            shaping: self.shaping.iter().copied().collect(),
            decisions: std::mem::take(&mut self.decisions),
            funds: std::mem::take(&mut self.funds),
            covers: assembled.covers,
            diagrams: assembled.diagrams,
            applying: assembled.applying,
            meeting,
            benefits: assembled.benefits,
            pipelines: assembled.pipelines,
            limits,
            premium,
            split,
            coinsurance,
            tower,
            covenants,
            metrics,
            statement,
        }
    }

    /// A table that several covers read is lowered several times.
    fn drop_repeated_findings(&mut self) {
        let mut seen: Vec<Finding> = Vec::with_capacity(self.findings.len());
        for finding in self.findings.drain(..) {
            if !seen.contains(&finding) {
                seen.push(finding);
            }
        }
        self.findings = seen;
    }

    fn all_limits(
        &mut self,
        covers: &[LoweredCover],
        schedules: &[LoweredSchedule],
        users: &[Vec<CoverId>],
    ) -> Vec<Limit> {
        let names: Vec<&str> = covers.iter().map(|cover| cover.cover.id.as_str()).collect();
        let benefits: Vec<(CoverId, ValueId)> = covers
            .iter()
            .enumerate()
            .flat_map(|(i, cover)| cover.benefits.iter().map(move |b| (CoverId::from(i), b.harm)))
            .collect();
        let own = self.own_limits(schedules, users);
        let limits = self.limits(&names);
        self.settlement(own, limits, &benefits)
    }
}
