//! From predicates and cases to classes, diagrams and the finished plan.

use super::cases::{Cases, Outcome};
use super::context::Lowering;
use super::cover::LoweredCover;
use super::predicate::{Atoms, Builder, Predicate};
use crate::plan::diagram::{Diagrams, Leaf, NodeId, OverBudget};
use crate::plan::{Benefit, BenefitKind, Cover, CoverId, FactId, FactKind, FactRole, Pipeline, PipelineId, ValueId};
use anlan_lang::diag::{Finding, codes};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What the diagrams of a plan consist of.
#[derive(Debug, Default)]
pub struct Assembled {
    pub covers: Vec<Cover>,
    pub diagrams: Diagrams,
    pub applying: NodeId,
    pub benefits: Vec<Benefit>,
    pub pipelines: Vec<Pipeline>,
}

impl Lowering<'_> {
    /// Refines the domains, builds all diagrams, and numbers them canonically.
    pub fn assemble(&mut self, covers: Vec<LoweredCover>) -> Assembled {
        let tested = self.refine(&covers);
        let order = self.test_order(&tested);
        match self.build(&covers, order) {
            Ok(assembled) => assembled,
            Err(over) => {
                let finding = Finding::new(codes::C306, self.places.head())
                    .arg("budget", anlan_lang::diag::Arg::Count(over.budget as i64));
                self.find(finding);
                Assembled {
                    covers: covers.into_iter().map(|cover| cover.cover).collect(),
                    ..Assembled::default()
                }
            }
        }
    }

    fn refine(&mut self, covers: &[LoweredCover]) -> BTreeSet<FactId> {
        let mut atoms = Atoms::default();
        for cover in covers {
            for predicate in [&cover.perils, &cover.roles, &cover.condition] {
                atoms.predicate(predicate);
            }
            for benefit in &cover.benefits {
                if let Some(harm) = self.harm_fact() {
                    atoms.predicate(&Predicate::within(harm, vec![benefit.harm]));
                }
                for (region, _) in &benefit.pipelines.0 {
                    atoms.region(region);
                }
            }
        }
        let scope = self.scope;
        atoms.refine(&mut self.facts, &|kind| match kind {
            FactKind::Enumeration { domain, .. } => scope.domain(*domain).map_or(0, |d| d.domain.values.len()),
            _ => 0,
        })
    }

    /// The harm, the peril, then all facts in the plan's order, whether a fact is there just before the fact itself,
    /// and decisions last.
    fn test_order(&self, tested: &BTreeSet<FactId>) -> Vec<FactId> {
        let (harm, peril) = (self.harm_fact(), self.peril_fact());
        let mut order: Vec<FactId> = tested.iter().copied().collect();
        order.sort_by_key(|&fact| match self.fact(fact).map(|f| f.role) {
            _ if Some(fact) == harm => (0, 0, 0),
            _ if Some(fact) == peril => (1, 0, 0),
            Some(FactRole::Present(of)) => (2, of.0, 0),
            Some(FactRole::Decided(_)) => (3, fact.0, 0),
            _ => (2, fact.0, 1),
        });
        order
    }

    fn build(&self, covers: &[LoweredCover], order: Vec<FactId>) -> Result<Assembled, OverBudget> {
        let mut builder = Builder {
            facts: &self.facts,
            diagrams: Diagrams::new(order),
        };
        let mut pipelines = Pipelines::default();
        let mut built = Vec::with_capacity(covers.len());
        let mut applying = Vec::with_capacity(covers.len());
        let mut benefits = Vec::new();
        for (index, cover) in covers.iter().enumerate() {
            let id = CoverId::from(index);
            let nodes = builder.cover(cover)?;
            let harms: Vec<ValueId> = cover.benefits.iter().map(|benefit| benefit.harm).collect();
            let mut parts = nodes.to_vec();
            if let Some(harm) = self.harm_fact() {
                parts.push(builder.predicate(&Predicate::within(harm, harms))?);
            }
            applying.push((id, builder.diagrams.all(parts)?));
            for benefit in &cover.benefits {
                benefits.push(Benefit {
                    cover: id,
                    harm: benefit.harm,
                    root: builder.benefit(benefit.kind, &benefit.pipelines, &mut pipelines)?,
                    kind: benefit.kind,
                    source: benefit.source.clone(),
                });
            }
            built.push(with_nodes(cover.cover.clone(), nodes));
        }
        let applying = builder.diagrams.covers(&applying)?;
        Ok(finish(&builder.diagrams, applying, built, benefits, &pipelines))
    }
}

impl Builder<'_> {
    fn cover(&mut self, cover: &LoweredCover) -> Result<[NodeId; 3], OverBudget> {
        Ok([
            self.predicate(&cover.perils)?,
            self.predicate(&cover.roles)?,
            self.predicate(&cover.condition)?,
        ])
    }

    fn benefit(
        &mut self,
        kind: BenefitKind,
        cases: &Cases<Pipeline>,
        pipelines: &mut Pipelines,
    ) -> Result<NodeId, OverBudget> {
        // Facts for which no row says anything pay nothing; the analysis reports the missing row.
        let mut root = self.diagrams.leaf(Leaf::Nothing)?;
        if kind == BenefitKind::Nothing {
            return Ok(root);
        }
        for (region, outcome) in &cases.0 {
            let then = match outcome {
                Outcome::Value(pipeline) => self.diagrams.leaf(Leaf::Pays(pipelines.id(pipeline)))?,
                Outcome::Refused(refusal) => self.diagrams.refuse(refusal.clone())?,
            };
            let region = self.region(region)?;
            root = self.diagrams.ite(region, then, root)?;
        }
        Ok(root)
    }
}

/// Hash-consed pipelines.
#[derive(Debug, Default)]
struct Pipelines {
    all: Vec<Pipeline>,
    ids: FxHashMap<Pipeline, PipelineId>,
}

impl Pipelines {
    fn id(&mut self, pipeline: &Pipeline) -> PipelineId {
        if let Some(&id) = self.ids.get(pipeline) {
            return id;
        }
        let id = PipelineId::from(self.all.len());
        self.all.push(pipeline.clone());
        self.ids.insert(pipeline.clone(), id);
        id
    }
}

fn with_nodes(mut cover: Cover, [perils, roles, condition]: [NodeId; 3]) -> Cover {
    cover.perils = perils;
    cover.roles = roles;
    cover.condition = condition;
    cover
}

/// Drops garbage and numbers nodes, pipelines and refusals by first use from the roots, which stand in the order of
/// concepts.
fn finish(
    diagrams: &Diagrams,
    applying: NodeId,
    mut covers: Vec<Cover>,
    mut benefits: Vec<Benefit>,
    pipelines: &Pipelines,
) -> Assembled {
    let mut roots = vec![applying];
    for cover in &covers {
        roots.extend([cover.perils, cover.roles, cover.condition]);
    }
    roots.extend(benefits.iter().map(|benefit| benefit.root));
    let mut used = Pipelines::default();
    let (diagrams, map) = diagrams.compacted(&roots, &mut |leaf| match leaf {
        Leaf::Pays(id) => match pipelines.all.get(id.index()) {
            Some(pipeline) => Leaf::Pays(used.id(pipeline)),
            None => Leaf::Nothing,
        },
        other => other.clone(),
    });
    for cover in &mut covers {
        for node in [&mut cover.perils, &mut cover.roles, &mut cover.condition] {
            *node = map.of(*node);
        }
    }
    for benefit in &mut benefits {
        benefit.root = map.of(benefit.root);
    }
    Assembled {
        covers,
        diagrams,
        applying: map.of(applying),
        benefits,
        pipelines: used.all,
    }
}
