//! The whole plan, part by part.

use super::context::{Lowering, same};
use super::cover::LoweredCover;
use super::schedule::LoweredSchedule;
use crate::plan::{CoverId, Header, Limit, Names, PLAN_VERSION, Plan, Schedule, Statement, ValueId};
use anlan_lang::diag::Finding;
use anlan_lang::tree::ClauseKind;

impl Lowering<'_> {
    /// Lowers everything. Vocabulary comes first since amounts name it; diagrams last since classes need all rules.
    pub fn plan(&mut self) -> Plan {
        self.vocabulary();
        let calendar = self.calendar();
        let mut schedules = self.schedules();
        let (covers, users) = self.covers(&mut schedules);
        let limits = self.all_limits(&covers, &schedules, &users);
        let cover_ids: Vec<String> = covers.iter().map(|cover| cover.cover.id.clone()).collect();
        let names: Vec<&str> = cover_ids.iter().map(String::as_str).collect();
        let meeting = self.meeting(&names);
        let statement = self.statement(&schedules, &users);
        let assembled = self.assemble(covers);
        self.drop_repeated_findings();
        Plan {
            version: PLAN_VERSION,
            scheme: self.header(),
            domains: self.scope.domains().iter().map(|d| d.domain.clone()).collect(),
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
            premium: None,
            split: None,
            coinsurance: None,
            tower: None,
            covenants: Vec::new(),
            metrics: Vec::new(),
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

    fn header(&mut self) -> Header {
        let scope = self.scope;
        let title = scope.clauses().iter().find_map(|clause| match &clause.kind {
            ClauseKind::Title { zh, en } => Some(Names {
                zh: zh.text.clone(),
                en: en.as_ref().unwrap_or(zh).text.clone(),
            }),
            _ => None,
        });
        Header {
            id: scope.name().to_owned(),
            title: title.unwrap_or_else(|| same(scope.name())),
            document: None,
            frameworks: scope.frameworks().iter().map(|f| f.name().to_owned()).collect(),
            contract: self.contract.map(|contract| contract.name().to_owned()),
        }
    }

    fn statement(&mut self, schedules: &[LoweredSchedule], users: &[Vec<CoverId>]) -> Statement {
        Statement {
            sum_insured: self.sum_insured(),
            tables: self.tables(),
            schedules: printed(schedules, users),
            treat_as: self.treat_as(),
            ..Statement::default()
        }
    }
}

fn printed(schedules: &[LoweredSchedule], users: &[Vec<CoverId>]) -> Vec<Schedule> {
    schedules
        .iter()
        .zip(users)
        .map(|(schedule, users)| Schedule {
            covers: users.clone(),
            ..schedule.printed()
        })
        .collect()
}
