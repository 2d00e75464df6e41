//! Where the claims of a cell lead: the covers that apply, their benefits, and the covers that pay.

use super::{Cell, Payable, Roots, chosen, class_of};
use crate::plan::diagram::{Diagrams, Leaf, NodeId, Outcome, OverBudget};
use crate::plan::{CoverId, FactId, PipelineId, Plan, ValueId};
use std::collections::BTreeSet;
use std::rc::Rc;

impl Payable<'_> {
    /// The cell for claims of one harm; nothing where no claim has it.
    pub(super) fn with_harm(&self, cell: &[(FactId, u16)], harm: ValueId) -> Option<Cell> {
        let mut fixed: Cell = cell.to_vec();
        if let Some(fact) = self.harm {
            fixed.push((fact, class_of(self.plan, fact, harm)?));
        }
        Some(fixed)
    }
    /// What the diagrams give together where some cover applies.
    pub(super) fn outcomes(&mut self, roots: &Rc<Roots>) -> Rc<[Outcome]> {
        if let Some(known) = self.outcomes.get(roots) {
            return Rc::clone(known);
        }
        let none = |node: &NodeId| matches!(self.work.as_leaf(*node), Some(Leaf::Covers(covers)) if covers.is_empty());
        let some = |nodes: &[NodeId]| !nodes.first().is_some_and(none);
        let wanted = |fact| self.quantities.wanted(fact);
        let found: Rc<[Outcome]> = self.work.outcomes_wanted(&roots.nodes, &some, &wanted).into();
        self.outcomes.insert(Rc::clone(roots), Rc::clone(&found));
        found
    }
    /// The covers that apply and their benefits for the harm, as diagrams over the other facts.
    pub(super) fn roots(&mut self, fixed: &[(FactId, u16)], harm: ValueId) -> Result<Rc<Roots>, OverBudget> {
        if let Some(known) = self.roots.get(&(harm, fixed.to_vec())) {
            return Ok(Rc::clone(known));
        }
        let applying = self.restricted(self.unbeaten, fixed)?;
        let mut nodes = vec![applying];
        let mut covers = Vec::new();
        for cover in self.applying(applying).iter() {
            if let Some(benefit) = self.benefits.get(&(*cover, harm)) {
                let root = self.restricted(benefit.root, fixed)?;
                let known = nodes.iter().position(|node| *node == root);
                covers.push((*cover, known.unwrap_or(nodes.len())));
                if known.is_none() {
                    nodes.push(root);
                }
            }
        }
        let roots = Rc::new(Roots { nodes, covers });
        self.roots.insert((harm, fixed.to_vec()), Rc::clone(&roots));
        Ok(roots)
    }
    /// The covers of all leaves of a diagram of covers, each once.
    pub(super) fn applying(&mut self, root: NodeId) -> Rc<[CoverId]> {
        if let Some(known) = self.applying.get(&root) {
            return Rc::clone(known);
        }
        let leaves = self.work.leaves(root).into_iter().filter_map(|leaf| match leaf {
            Leaf::Covers(covers) => Some(covers),
            _ => None,
        });
        let covers: BTreeSet<CoverId> = leaves.flatten().copied().collect();
        let covers: Rc<[CoverId]> = covers.into_iter().collect();
        self.applying.insert(root, Rc::clone(&covers));
        covers
    }
    pub(super) fn restricted(&mut self, root: NodeId, fixed: &[(FactId, u16)]) -> Result<NodeId, OverBudget> {
        let mut node = root;
        // The harm stands last in a cell and is tested first: what is left of a diagram then is small.
        for (fact, class) in fixed.iter().rev() {
            node = match self.memo.get(&(node, *fact, *class)) {
                Some(done) => *done,
                None => {
                    let done = self.work.restrict(node, *fact, *class)?;
                    self.memo.insert((node, *fact, *class), done);
                    done
                }
            };
        }
        Ok(node)
    }
    /// The covers that pay in a joint outcome and by what steps, after priority: those of one group that stacks. Where no
    /// rank says which group is paid, each may be.
    pub(super) fn groups(&self, order: &[(CoverId, usize)], leaves: &[NodeId]) -> Vec<Vec<(CoverId, PipelineId)>> {
        let Some(Leaf::Covers(applying)) = leaves.first().and_then(|node| self.work.as_leaf(*node)) else {
            return Vec::new();
        };
        let paying = |cover: CoverId| {
            let (_, at) = order.iter().find(|(other, _)| *other == cover)?;
            match self.work.as_leaf(*leaves.get(*at)?) {
                Some(Leaf::Pays(pipeline)) => Some((cover, *pipeline)),
                _ => None,
            }
        };
        chosen(&self.plan.meeting, applying)
            .into_iter()
            .map(|group| group.into_iter().filter_map(paying).collect::<Vec<_>>())
            .filter(|paying| !paying.is_empty())
            .collect()
    }
}

/// The covers that apply, without those over which another one of them stands; over budget with them.
pub(super) fn unbeaten(plan: &Plan, work: &mut Diagrams) -> NodeId {
    if plan.meeting.over.is_empty() {
        return plan.applying;
    }
    let left = work.map_leaves(plan.applying, &mut |leaf| match leaf {
        Leaf::Covers(covers) => {
            let beaten = |cover: &CoverId| covers.iter().any(|other| plan.meeting.is_over(*other, *cover));
            Leaf::Covers(covers.iter().copied().filter(|cover| !beaten(cover)).collect())
        }
        other => other.clone(),
    });
    left.unwrap_or(plan.applying)
}
