//! The limits that schedules bring with them (SEMANTICS §2): caps on totals over the keys, several fixed benefits of
//! one harm, rules for one person. They come first in the settlement and are shared by date.

use super::context::Lowering;
use super::pipeline::{Row, ScopedStep};
use super::schedule::LoweredSchedule;
use crate::plan::{
    BenefitKind, CoverId, FactId, Filter, GroupKey, Limit, LimitRule, Names, SamePersonRule, ScheduleKey, Source, Tier,
    ValueId,
};
use crate::resolve::id;
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::Span;

/// What all own limits of one schedule share.
struct Holder<'s> {
    schedule: &'s LoweredSchedule,
    covers: Vec<CoverId>,
    harm: FactId,
}

impl Lowering<'_> {
    /// Own limits in the order in which they act; schedules in the order of concepts.
    pub fn own_limits(&mut self, schedules: &[LoweredSchedule], users: &[Vec<CoverId>]) -> Vec<Limit> {
        let Some(harm) = self.harm_fact() else {
            return Vec::new();
        };
        let mut limits = Vec::new();
        for (schedule, users) in schedules.iter().zip(users) {
            let mut covers = users.clone();
            covers.sort_unstable();
            covers.dedup();
            let holder = Holder { schedule, covers, harm };
            // A schedule that no cover pays by limits nothing; its rows are still checked.
            let found = self.limits_of(&holder);
            if !holder.covers.is_empty() {
                limits.extend(found);
            }
        }
        distinct(&mut limits);
        limits
    }

    fn limits_of(&mut self, holder: &Holder<'_>) -> Vec<Limit> {
        let mut limits = Vec::new();
        let (combined, single): (Vec<&Row>, Vec<&Row>) = holder.schedule.rows.iter().partition(|row| row.combined);
        for row in single {
            for group in &row.harms {
                self.row_limits(holder, row, std::slice::from_ref(group), &mut limits);
            }
        }
        for rule in &holder.schedule.same_person {
            self.same_person_limit(holder, rule, &mut limits);
        }
        for row in combined {
            self.row_limits(holder, row, &row.harms, &mut limits);
        }
        limits
    }

    fn row_limits(
        &mut self,
        holder: &Holder<'_>,
        row: &Row,
        harms: &[(ValueId, Vec<ValueId>)],
        limits: &mut Vec<Limit>,
    ) {
        let keys = &holder.schedule.keys;
        if row.kind == BenefitKind::Fixed && row.pays && !keys.is_empty() {
            let raise = row.graded && raises(&holder.schedule.same_person);
            limits.extend(self.own_limit(holder, harms, LimitRule::Largest { raise }, keys, &row.source));
        }
        for step in &row.scoped {
            let keys = if step.keys.is_empty() { keys } else { &step.keys };
            if keys.is_empty() {
                self.keyless(step.span);
                continue;
            }
            limits.extend(self.own_limit(holder, harms, rule_of(step), keys, &step.source));
        }
        if row.combined && !row.pays && row.scoped.is_empty() {
            self.keyless_at(&row.source);
        }
    }

    /// `死亡 扣除 已付 残疾`: both together pay no more than the larger. `取最重` is how fixed benefits of one harm act
    /// anyhow; it needs keys to act on.
    fn same_person_limit(&mut self, holder: &Holder<'_>, rule: &SamePersonRule, limits: &mut Vec<Limit>) {
        let schedule = holder.schedule;
        match rule {
            SamePersonRule::SeveralInjuries { source, .. } => {
                // A graded dwelling is no injury.
                let injury = |row: &Row| row.graded && row.pays && !self.to_things(row);
                if schedule.keys.is_empty() && schedule.rows.iter().any(injury) {
                    self.keyless_at(source);
                }
            }
            SamePersonRule::LessPaid { harm, paid, source } => {
                let group = |wanted: ValueId| {
                    schedule
                        .rows
                        .iter()
                        .filter(|row| row.pays)
                        .flat_map(|row| &row.harms)
                        .find(|(named, _)| *named == wanted)
                        .cloned()
                };
                let (Some(harm), Some(paid)) = (group(*harm), group(*paid)) else {
                    return;
                };
                if schedule.keys.is_empty() {
                    self.keyless_at(source);
                    return;
                }
                let rule = LimitRule::Largest { raise: false };
                limits.extend(self.own_limit(holder, &[harm, paid], rule, &schedule.keys, source));
            }
        }
    }

    /// Only harm to things is paid for by the row.
    fn to_things(&self, row: &Row) -> bool {
        let domain = self
            .scope
            .domain_named(id::HARM)
            .and_then(|domain| self.scope.domain(domain));
        let thing = |harm: ValueId| {
            domain
                .and_then(|domain| domain.get(harm))
                .is_some_and(|value| crate::analyse::payable::harm::PROPERTY.contains(&value.id.as_str()))
        };
        row.harms.iter().all(|(harm, _)| thing(*harm))
    }

    fn own_limit(
        &mut self,
        holder: &Holder<'_>,
        harms: &[(ValueId, Vec<ValueId>)],
        rule: LimitRule,
        keys: &[ScheduleKey],
        source: &Source,
    ) -> Option<Limit> {
        let keys = self.group_keys(keys, source)?;
        let names: Vec<Names> = harms
            .iter()
            .filter_map(|(harm, _)| self.value_names(holder.harm, *harm))
            .collect();
        let join = |pick: fn(&Names) -> &str| {
            let harms: Vec<&str> = names.iter().map(pick).collect();
            format!("{}.{}", holder.schedule.id, harms.join("+"))
        };
        let name = Names {
            zh: join(|names| &names.zh),
            en: join(|names| &names.en),
        };
        let mut values: Vec<ValueId> = harms.iter().flat_map(|(_, all)| all.iter().copied()).collect();
        values.sort_unstable();
        values.dedup();
        Some(Limit {
            id: name.zh.clone(),
            name,
            own: true,
            rule,
            filter: Filter {
                covers: Some(holder.covers.clone()),
                facts: vec![(holder.harm, values)],
            },
            keys,
            tiers: vec![Tier::Date],
            exhaustion_stated: true,
            ratio_to: None,
            within: None,
            source: source.clone(),
            exhaustion_source: source.clone(),
            raised_source: Source::default(),
        })
    }

    /// The group of a limit: facts in the order of the plan, then the year. `None`: a fact that is not declared.
    pub fn group_keys(&mut self, keys: &[ScheduleKey], source: &Source) -> Option<Vec<GroupKey>> {
        let mut group = Vec::new();
        for key in keys {
            let fact = match key {
                ScheduleKey::Term => continue,
                ScheduleKey::Year => {
                    group.push(GroupKey::Year);
                    continue;
                }
                ScheduleKey::Fact(fact) => Some(*fact),
                ScheduleKey::Person => self.fact_named(id::PERSON),
                ScheduleKey::Household => self.fact_named(id::HOUSEHOLD),
                ScheduleKey::Event => self.fact_named(id::EVENT),
                ScheduleKey::Claim => self.fact_named(id::CLAIM),
            };
            let Some(fact) = fact else {
                let finding = Finding::new(codes::N402, self.places.of(source));
                self.find(finding);
                return None;
            };
            group.push(GroupKey::Fact(fact));
        }
        group.sort_by_key(|key| match key {
            GroupKey::Fact(fact) => (false, fact.0),
            GroupKey::Year => (true, 0),
        });
        group.dedup();
        Some(group)
    }

    fn keyless(&mut self, span: Span) {
        let finding = self.finding(codes::L307, span);
        self.find(finding);
    }
    fn keyless_at(&mut self, source: &Source) {
        let finding = Finding::new(codes::L307, self.places.of(source)).articles(source.articles.clone());
        self.find(finding);
    }
}

fn rule_of(step: &ScopedStep) -> LimitRule {
    if step.less {
        LimitRule::Less(step.amount.clone())
    } else {
        LimitRule::UpTo(step.amount.clone())
    }
}

fn raises(rules: &[SamePersonRule]) -> bool {
    rules
        .iter()
        .any(|rule| matches!(rule, SamePersonRule::SeveralInjuries { raised: true, .. }))
}

/// Ids are column names: a second limit of the same name gets a number.
fn distinct(limits: &mut [Limit]) {
    let mut seen: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
    for limit in limits {
        let count = seen.entry(limit.id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            let count = *count;
            limit.id = format!("{}.{count}", limit.id);
            limit.name.zh = format!("{}.{count}", limit.name.zh);
            limit.name.en = format!("{}.{count}", limit.name.en);
        }
    }
}
