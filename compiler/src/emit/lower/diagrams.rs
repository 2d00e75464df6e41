//! Decision diagrams without garbage, with what each edge tests spelt out.

use super::{Lowering, beyond, date};
use crate::emit::program::{Benefit, Cover, Edge, Node, Tested, When};
use crate::plan::diagram::{self, Leaf, NodeId, Refusal};
use crate::plan::{self, BenefitKind, Class, FactId, FactKind, FactRole};
use anlan_lang::diag::Finding;
use jiff::ToSpan;
use std::collections::HashMap;

impl Lowering<'_> {
    /// The nodes that covers and benefits use, children first, and the covers that use them.
    pub fn diagrams(&self) -> Result<(Vec<Node>, Vec<Cover>), Finding> {
        let mut roots = Vec::new();
        for cover in &self.plan.covers {
            roots.extend([cover.perils, cover.roles, cover.condition]);
        }
        roots.extend(self.plan.benefits.iter().map(|b| b.root));
        let used = self.plan.diagrams.reachable(&roots);
        let at: HashMap<NodeId, usize> = used.iter().copied().zip(0..).collect();
        let of = |node: NodeId| at.get(&node).copied().ok_or_else(beyond);
        let nodes = used
            .iter()
            .map(|id| self.node(*id, &of))
            .collect::<Result<Vec<_>, _>>()?;
        let covers = self.plan.covers.iter().enumerate().map(|(index, cover)| {
            let paid = self.plan.benefits.iter().filter(|b| b.cover.index() == index);
            Ok(Cover {
                id: cover.id.clone(),
                any_peril: cover.any_peril,
                perils: of(cover.perils)?,
                roles: of(cover.roles)?,
                condition: of(cover.condition)?,
                benefits: paid
                    .map(|b| {
                        Ok(Benefit {
                            harm: b.harm.index(),
                            root: of(b.root)?,
                            kind: match b.kind {
                                BenefitKind::Fixed => "fixed",
                                BenefitKind::Actual => "actual",
                                BenefitKind::PerUnit => "per_unit",
                                BenefitKind::Nothing => "nothing",
                            },
                            articles: b.source.articles.clone(),
                        })
                    })
                    .collect::<Result<_, Finding>>()?,
                articles: cover.source.articles.clone(),
            })
        });
        Ok((nodes, covers.collect::<Result<_, Finding>>()?))
    }

    fn node(&self, id: NodeId, of: &dyn Fn(NodeId) -> Result<usize, Finding>) -> Result<Node, Finding> {
        Ok(match self.plan.diagrams.node(id) {
            diagram::Node::Leaf(Leaf::Yes) => Node::Yes,
            diagram::Node::Leaf(Leaf::Pays(pipeline)) => Node::Pays(pipeline.index()),
            diagram::Node::Leaf(Leaf::Nothing) => Node::Nothing,
            diagram::Node::Leaf(Leaf::Refused(index)) => self.refusal(*index)?,
            diagram::Node::Leaf(Leaf::No | Leaf::Covers(_)) => Node::No,
            diagram::Node::Test { fact, edges } => Node::Test {
                on: self.tested(*fact).ok_or_else(beyond)?,
                edges: edges
                    .iter()
                    .map(|edge| {
                        Ok(Edge {
                            when: self.when(*fact, &edge.classes).ok_or_else(beyond)?,
                            to: of(edge.to)?,
                        })
                    })
                    .collect::<Result<_, Finding>>()?,
            },
        })
    }

    fn refusal(&self, index: u32) -> Result<Node, Finding> {
        let refusal = self.plan.diagrams.refusals.get(index as usize).ok_or_else(beyond)?;
        let (above, fact, amount) = match refusal {
            Refusal::Above { fact, amount } => (true, fact, amount),
            Refusal::Below { fact, amount } => (false, fact, amount),
        };
        Ok(Node::Refused {
            above,
            fact: self.fact(*fact).ok_or_else(beyond)?,
            bound: self.money(amount)?,
        })
    }

    fn tested(&self, fact: FactId) -> Option<Tested> {
        match self.plan.facts.get(fact.index())?.role {
            FactRole::Given => self.fact(fact).map(Tested::Fact),
            FactRole::Present(of) => self.fact(of).map(Tested::Present),
            FactRole::Decided(decision) => Some(Tested::Decided(decision.index())),
        }
    }

    fn when(&self, fact: FactId, classes: &[u16]) -> Option<When> {
        let declared = self.plan.facts.get(fact.index())?;
        let classes = classes.iter().filter_map(|c| declared.classes.get(usize::from(*c)));
        Some(match declared.kind {
            FactKind::Enumeration { .. } => {
                let mut values: Vec<usize> = classes
                    .flat_map(|c| match c {
                        Class::Values(values) => values.iter().map(|v| v.index()).collect(),
                        _ => Vec::new(),
                    })
                    .collect();
                values.sort_unstable();
                When::Values(values)
            }
            FactKind::YesNo => {
                let (mut no, mut yes) = (false, false);
                for class in classes {
                    no |= *class == Class::No;
                    yes |= *class == Class::Yes;
                }
                When::Answers { no, yes }
            }
            _ => When::Intervals(merged(classes.filter_map(|c| interval(&declared.kind, c)).collect())),
        })
    }
}

type Interval = (Option<i64>, Option<i64>);

fn interval(kind: &FactKind, class: &Class) -> Option<Interval> {
    let Class::Interval { from, below } = class else {
        return None;
    };
    let bound = |bound: &Option<i64>| bound.map(|b| if *kind == FactKind::Date { day(b) } else { b });
    Some((bound(from), bound(below)))
}

/// Days since 1970-01-01 as `yyyymmdd`
fn day(days: i64) -> i64 {
    const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);
    EPOCH.checked_add(days.days()).map_or(0, date)
}

/// Neighbours joined
fn merged(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.sort_unstable();
    let mut joined: Vec<Interval> = Vec::new();
    for (from, below) in intervals {
        match joined.last_mut() {
            Some(last) if last.1.is_some() && last.1 == from => last.1 = below,
            _ => joined.push((from, below)),
        }
    }
    joined
}

/// One value of each class: an index into the domain, a bound, `yyyymmdd`, or 0 and 1 for no and yes.
pub(super) fn representatives(fact: &plan::Fact) -> Vec<i64> {
    let of = |class: &Class| match class {
        Class::Values(values) => values.first().map(|v| v.index() as i64),
        Class::No => Some(0),
        Class::Yes => Some(1),
        Class::Interval { .. } => match interval(&fact.kind, class)? {
            (Some(from), _) => Some(from),
            (None, Some(_)) => Some(if fact.kind == FactKind::Date { 0 } else { i64::MIN / 2 }),
            (None, None) => Some(0),
        },
    };
    fact.classes.iter().filter_map(of).collect()
}
