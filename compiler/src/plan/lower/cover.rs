//! Covers: when they apply, and what they pay for each harm.

use super::cases::Cases;
use super::context::Lowering;
use super::perils::LoweredPerils;
use super::predicate::Predicate;
use super::schedule::LoweredSchedule;
use crate::plan::diagram::NodeId;
use crate::plan::{BenefitKind, Cover, CoverId, Handler, Part, Pipeline, Source, Subrogation, ValueId};
use crate::resolve::{Scope, id};
use anlan_lang::diag::codes;
use anlan_lang::tree::{self, Clause, ClauseKind, Name, Notes, Pays, Perils, Span};

/// A cover before its diagrams are built.
#[derive(Debug)]
pub struct LoweredCover {
    /// Its nodes are placeholders until [`super::assemble`].
    pub cover: Cover,
    pub perils: Predicate,
    pub roles: Predicate,
    pub condition: Predicate,
    pub benefits: Vec<LoweredBenefit>,
}

/// What a cover pays for one harm.
#[derive(Debug)]
pub struct LoweredBenefit {
    pub harm: ValueId,
    pub kind: BenefitKind,
    pub pipelines: Cases<Pipeline>,
    pub source: Source,
    /// Named itself, not only through a node above it
    named: bool,
}

impl Lowering<'_> {
    /// All covers in the order of concepts, and the schedules with the covers that pay by them. Rows in place join the
    /// schedules under the cover's id.
    pub fn covers(&mut self, schedules: &mut Vec<LoweredSchedule>) -> (Vec<LoweredCover>, Vec<Vec<CoverId>>) {
        let scope = self.scope;
        let found = Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Cover(cover) => Some((&cover.name, cover)),
            _ => None,
        });
        let mut covers = Vec::with_capacity(found.len());
        let mut users: Vec<Vec<CoverId>> = vec![Vec::new(); schedules.len()];
        for (index, (clause, cover)) in found.into_iter().enumerate() {
            let id = CoverId::from(index);
            covers.push(self.cover(scope, clause, cover, id, schedules, &mut users));
        }
        (covers, users)
    }

    fn cover(
        &mut self,
        scope: &Scope,
        clause: &Clause,
        cover: &tree::Cover,
        id: CoverId,
        schedules: &mut Vec<LoweredSchedule>,
        users: &mut Vec<Vec<CoverId>>,
    ) -> LoweredCover {
        let source = self.clause_source(scope, clause);
        self.part(&source, Part::Name, scope, cover.name.span);
        let perils = self.cover_perils(scope, cover, &source);
        let (roles, role_words) = self.cover_roles(scope, cover, &source);
        let condition = match &cover.condition {
            Some((condition, _)) => {
                self.part(&source, Part::Condition, scope, condition.span());
                self.condition(scope, condition)
            }
            None => None,
        };
        let (condition, condition_words) = match condition {
            Some((predicate, words)) => (predicate, Some(words)),
            // A condition that could not be read is an error; until it is mended the cover applies to nothing.
            None => (Predicate::Constant(cover.condition.is_none()), None),
        };
        let (benefits, schedule) = self.cover_benefits(scope, cover, id, &source, schedules, users);
        let handled_by = self.handlers(scope, cover, &source);
        let subrogation = cover
            .subrogation
            .as_ref()
            .map(|(subrogation, notes)| self.subrogation(scope, subrogation, notes));
        LoweredCover {
            cover: Cover {
                id: cover.name.text.clone(),
                name: super::context::same(&cover.name.text),
                perils: NodeId::NO,
                roles: NodeId::NO,
                condition: NodeId::NO,
                peril_words: perils.words,
                peril_list_open: perils.open,
                any_peril: matches!(cover.perils, Some((Perils::Any(_), _))),
                role_words,
                condition_words,
                schedule,
                handled_by,
                subrogation,
                source,
            },
            perils: perils.predicate,
            roles,
            condition,
            benefits,
        }
    }

    fn cover_perils(&mut self, scope: &Scope, cover: &tree::Cover, source: &Source) -> LoweredPerils {
        let none = |value| LoweredPerils {
            predicate: Predicate::Constant(value),
            words: Vec::new(),
            open: false,
        };
        let Some((perils, notes)) = &cover.perils else {
            let finding = self.finding(codes::C301, cover.name.span).about(&cover.name.text);
            self.find(finding.arg("cover", cover.name.text.clone()));
            return none(false);
        };
        self.part(source, Part::Perils, scope, perils_span(perils, notes));
        match perils {
            Perils::Any(_) => none(true),
            Perils::List { perils, ending, cause } => self
                .peril_list(scope, perils, ending, cause.as_ref())
                .unwrap_or_else(|| none(false)),
        }
    }

    fn cover_roles(
        &mut self,
        scope: &Scope,
        cover: &tree::Cover,
        source: &Source,
    ) -> (Predicate, Vec<crate::plan::Names>) {
        let (Some((names, _)), Some(fact)) = (&cover.roles, self.fact_named(id::ROLE)) else {
            return (Predicate::Constant(true), Vec::new());
        };
        if let (Some(first), Some(last)) = (names.first(), names.last()) {
            self.part(source, Part::Roles, scope, first.span.to(last.span));
        }
        let values = self.values_within(fact, names);
        (Predicate::within(fact, values), self.value_words(fact, names))
    }

    fn cover_benefits(
        &mut self,
        scope: &Scope,
        cover: &tree::Cover,
        id: CoverId,
        source: &Source,
        schedules: &mut Vec<LoweredSchedule>,
        users: &mut Vec<Vec<CoverId>>,
    ) -> (Vec<LoweredBenefit>, Option<String>) {
        let (mut benefits, mut named) = (Vec::new(), None);
        if cover.pays.is_empty() {
            let finding = self.finding(codes::C302, cover.name.span).about(&cover.name.text);
            self.find(finding.arg("cover", cover.name.text.clone()));
        }
        for (pays, notes) in &cover.pays {
            let at = match pays {
                Pays::Schedule(name) => {
                    self.part(source, Part::Pays, scope, name.span);
                    named.get_or_insert_with(|| name.text.clone());
                    let Some(at) = schedules.iter().position(|s| !s.in_place && s.id == name.text) else {
                        continue;
                    };
                    at
                }
                Pays::Rows { keys, rows } => {
                    let holder = self.source_within(scope, cover.span, notes, source);
                    schedules.push(self.rows_in_place(scope, &cover.name.text, keys, rows, &holder));
                    users.push(Vec::new());
                    schedules.len() - 1
                }
            };
            if let Some(users) = users.get_mut(at) {
                users.push(id);
            }
            if let Some(schedule) = schedules.get(at) {
                self.add_benefits(cover, schedule, &mut benefits);
            }
        }
        benefits.sort_by_key(|benefit| benefit.harm);
        (benefits, named)
    }

    fn add_benefits(&mut self, cover: &tree::Cover, schedule: &LoweredSchedule, benefits: &mut Vec<LoweredBenefit>) {
        for row in schedule.rows.iter().filter(|row| row.pays) {
            for (named, harms) in &row.harms {
                for &harm in harms {
                    let benefit = LoweredBenefit {
                        harm,
                        kind: row.kind,
                        pipelines: row.pipelines.clone(),
                        source: row.source.clone(),
                        named: harm == *named,
                    };
                    self.add_benefit(&cover.name, benefit, benefits);
                }
            }
        }
    }

    /// A harm that a row names itself wins over a row that names a node above it; twice the same is an error.
    fn add_benefit(&mut self, cover: &Name, benefit: LoweredBenefit, benefits: &mut Vec<LoweredBenefit>) {
        let Some(before) = benefits.iter_mut().find(|b| b.harm == benefit.harm) else {
            benefits.push(benefit);
            return;
        };
        if before.named == benefit.named {
            let (place, other) = (self.places.of(&benefit.source), self.places.of(&before.source));
            let harm = self
                .harm_fact()
                .and_then(|fact| self.value_names(fact, benefit.harm))
                .unwrap_or_else(|| super::context::same(""));
            let mut finding = anlan_lang::diag::Finding::new(codes::C303, place)
                .arg("cover", cover.text.clone())
                .arg("harm", &harm)
                .about(&cover.text);
            if let Some(other) = other {
                finding = finding.label(other, "other");
            }
            // A schedule that several covers share is wrong once.
            if self
                .findings
                .iter()
                .all(|known| known.code != codes::C303 || known.primary != place)
            {
                self.find(finding);
            }
        } else if benefit.named {
            *before = benefit;
        }
    }

    fn handlers(&mut self, scope: &Scope, cover: &tree::Cover, holder: &Source) -> Vec<Handler> {
        let mut handlers = Vec::new();
        for (handler, notes) in &cover.handled_by {
            let source = self.source_within(scope, handler.span, notes, holder);
            self.part(holder, Part::Handlers, scope, handler.span);
            let mut perils: Vec<ValueId> = handler
                .perils
                .iter()
                .flat_map(|name| scope.peril_values(name))
                .collect();
            perils.sort_unstable();
            perils.dedup();
            handlers.push(Handler {
                bodies: self.bodies(scope, &handler.bodies),
                perils,
                source,
            });
        }
        handlers
    }

    /// The one name of each body.
    pub fn bodies(&self, scope: &Scope, names: &[Name]) -> Vec<String> {
        names
            .iter()
            .map(|name| scope.body_name(&name.text).to_owned())
            .collect()
    }

    pub fn subrogation(&mut self, scope: &Scope, subrogation: &tree::Subrogation, notes: &Notes) -> Subrogation {
        let body = |name: &Name| scope.body_name(&name.text).to_owned();
        Subrogation {
            against: subrogation.against.as_ref().map(body),
            except: subrogation.except.as_ref().map(body),
            source: self.source(scope, subrogation.span, notes),
        }
    }
}

fn perils_span(perils: &Perils, notes: &Notes) -> Span {
    match perils {
        Perils::Any(span) => *span,
        Perils::List { perils, .. } => match (perils.first(), perils.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => notes.span,
        },
    }
}
