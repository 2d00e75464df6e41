//! Sums insured, tables, schedules, covers, priority and limits.

use super::*;
use anlan_lang::tree::{
    BenefitAmount, BenefitRow, Cover, CoverSet, Key, Limit, Pays, Perils, Priority, RowKey, SamePerson, Step,
    StepClause, Subrogation, SumInsured, Table, Tier,
};

impl<'a> Walker<'a, '_> {
    /// Whether the clause belongs here.
    pub(super) fn benefits(&mut self, site: Site<'a>, clause: &'a ClauseKind) -> bool {
        match clause {
            ClauseKind::SumInsured(sum) => self.sum_insured(site, sum),
            ClauseKind::Table(table) => self.table(site, table),
            ClauseKind::Schedule(schedule) => {
                self.keys(site, &schedule.keys);
                self.names(site, &schedule.like, Reference::Schedule);
                self.rows(site, &schedule.rows);
                for (rule, notes) in &schedule.same_person {
                    self.same_person(site.with(notes), rule);
                }
            }
            ClauseKind::SamePerson(rule) => self.same_person(site, rule),
            ClauseKind::Cover(cover) => self.cover(site, cover),
            ClauseKind::Priority(priority) => self.priority(site, priority),
            ClauseKind::Limit(limit) => self.limit(site, limit),
            _ => return false,
        }
        true
    }
    fn sum_insured(&mut self, site: Site<'a>, sum: &'a SumInsured) {
        self.keys(site, &sum.keys);
        self.names(site, &sum.by, Reference::Fact);
        let by = sum.by.as_ref().and_then(|name| self.scope.fact_named(&name.text));
        for (value, expr, notes) in &sum.bases {
            if let Some(by) = by {
                self.values_of_fact(site.with(notes), by, [value]);
            }
            self.expr(site.with(notes), expr, Wanted::Money(Scale::Benefit));
        }
        if let Some((expr, _, notes)) = &sum.at_most {
            self.expr(site.with(notes), expr, Wanted::Money(Scale::Benefit));
        }
    }
    fn table(&mut self, site: Site<'a>, table: &'a Table) {
        self.name(site, &table.by, Reference::Fact);
        let by = self.scope.fact_named(&table.by.text);
        if let Some(quantity) = &table.counted {
            self.visitor.quantity(site, quantity, Wanted::Count);
        }
        for row in &table.rows {
            let site = site.with(&row.notes);
            if let Some(by) = by {
                self.row_key(site, by, &row.key);
            }
            for cell in &row.cells {
                self.expr(site, cell, Wanted::Cell);
            }
        }
    }
    /// The key of a row of a table by a fact.
    pub(super) fn row_key(&mut self, site: Site<'a>, by: FactId, key: &'a RowKey) {
        match key {
            RowKey::Values(values) => self.values_of_fact(site, by, values),
            RowKey::Range(first, last) => self.values_of_fact(site, by, [first, last]),
            RowKey::Interval { from, to, span } => {
                self.visitor.interval(site, by, *span);
                for (_, bound) in [from, to].into_iter().flatten() {
                    self.expr(site, bound, Wanted::FactValue(by));
                }
            }
            RowKey::Otherwise(_) => {}
        }
    }
    fn rows(&mut self, site: Site<'a>, rows: &'a [BenefitRow]) {
        for row in rows {
            let site = site.with(&row.notes);
            self.values_of(site, id::HARM, &row.harms);
            let scale = self.scale(row);
            match &row.amount {
                Some(BenefitAmount::Fixed(expr) | BenefitAmount::Actual(expr)) => {
                    self.expr(site, expr, Wanted::Benefit(scale));
                }
                Some(BenefitAmount::PerUnit { rate, count, .. }) => {
                    self.expr(site, rate, Wanted::UnitRate);
                    self.name(site, count, Reference::Fact);
                }
                Some(BenefitAmount::Nothing(_)) | None => {}
            }
            for step in &row.steps {
                self.step(site, step, scale);
            }
        }
    }
    /// Death and disability are paid in tens of thousands; everything else may be small.
    fn scale(&self, row: &BenefitRow) -> Scale {
        let Some(harms) = self.scope.domain_named(id::HARM).and_then(|id| self.scope.domain(id)) else {
            return Scale::Any;
        };
        let life: Vec<_> = ["death", "disability"]
            .iter()
            .filter_map(|id| harms.value(id))
            .collect();
        let all_life = row
            .harms
            .iter()
            .all(|name| harms.value(&name.text).is_some_and(|harm| life.contains(&harm)));
        if all_life { Scale::Life } else { Scale::Benefit }
    }
    fn step(&mut self, site: Site<'a>, step: &'a StepClause, scale: Scale) {
        let site = site.with(&step.notes);
        self.keys(site, &step.keys);
        match &step.step {
            Step::UpTo(expr) => self.expr(site, expr, Wanted::Benefit(scale)),
            Step::Less(expr) | Step::Over(expr) | Step::AtLeast(expr) => {
                self.expr(site, expr, Wanted::Money(Scale::Any));
            }
            Step::Share(expr) => self.expr(site, expr, Wanted::Share),
            Step::Round { unit, .. } => self.visitor.quantity(site, unit, Wanted::RoundTo),
            Step::UnitsUpTo(expr) => self.expr(site, expr, Wanted::Count),
        }
    }
    fn same_person(&mut self, site: Site<'a>, rule: &'a SamePerson) {
        if let SamePerson::LessPaid { harm, paid } = rule {
            self.values_of(site, id::HARM, [harm, paid]);
        }
    }
    fn cover(&mut self, site: Site<'a>, cover: &'a Cover) {
        if let Some((Perils::List { perils, ending, cause }, notes)) = &cover.perils {
            self.perils(site.with(notes), perils);
            self.ending(site.with(notes), ending);
            self.names(site.with(notes), cause, Reference::Peril);
        }
        if let Some((roles, notes)) = &cover.roles {
            self.values_of(site.with(notes), id::ROLE, roles);
        }
        if let Some((condition, notes)) = &cover.condition {
            self.condition(site.with(notes), condition);
        }
        for (pays, notes) in &cover.pays {
            match pays {
                Pays::Schedule(name) => self.name(site.with(notes), name, Reference::Schedule),
                Pays::Rows { keys, rows } => {
                    self.keys(site.with(notes), keys);
                    self.rows(site, rows);
                }
            }
        }
        for (handler, notes) in &cover.handled_by {
            self.names(site.with(notes), &handler.bodies, Reference::Body);
            self.names(site.with(notes), &handler.perils, Reference::Peril);
        }
        if let Some((subrogation, notes)) = &cover.subrogation {
            self.subrogation(site.with(notes), subrogation);
        }
    }
    pub(super) fn subrogation(&mut self, site: Site<'a>, subrogation: &'a Subrogation) {
        self.names(
            site,
            subrogation.against.iter().chain(&subrogation.except),
            Reference::Body,
        );
    }
    fn priority(&mut self, site: Site<'a>, priority: &'a Priority) {
        match priority {
            Priority::Over { first, others } => {
                self.names(site, first, Reference::Cover);
                self.covers(site, others);
            }
            Priority::Higher(covers) | Priority::Stack(covers) => self.covers(site, covers),
        }
    }
    fn covers(&mut self, site: Site<'a>, covers: &'a CoverSet) {
        if let CoverSet::Named(names) = covers {
            self.names(site, names, Reference::Cover);
        }
    }
    fn limit(&mut self, site: Site<'a>, limit: &'a Limit) {
        let of_all = |key: &Key| matches!(key, Key::Event(_) | Key::Year(_) | Key::Term(_));
        // Of one person, household or claim a limit is as small as a benefit.
        let scale = match limit.keys.iter().all(of_all) {
            true => Scale::Aggregate,
            false => Scale::Benefit,
        };
        self.expr(site, &limit.amount, Wanted::Money(scale));
        for (_, expr) in &limit.dated {
            self.expr(site, expr, Wanted::Money(scale));
        }
        self.keys(site, &limit.keys);
        self.covers(site, &limit.over);
        for (fact, values) in &limit.only {
            self.values(site, fact, values);
        }
        if let Some((exhaustion, notes)) = &limit.exhausted {
            for tier in &exhaustion.tiers {
                if let Tier::Rank(names) = tier {
                    self.names(site.with(notes), names, Reference::HarmOrCover);
                }
            }
        }
        if let Some((name, notes)) = &limit.within {
            self.name(site.with(notes), name, Reference::Limit);
        }
        if let Some((names, notes)) = &limit.after {
            self.names(site.with(notes), names, Reference::Limit);
        }
        if let Some((expr, decision, notes)) = &limit.raised {
            self.expr(site.with(notes), expr, Wanted::Money(scale));
            self.name(site.with(notes), decision, Reference::Decision);
        }
    }
}
