//! The final form of a plan's diagrams: only what the roots reach, in one canonical numbering.

use super::{Diagrams, Edge, Edges, Leaf, Node, NodeId};
use rustc_hash::FxHashMap;

impl Diagrams {
    /// The diagrams that the roots reach, children before parents in the order of the roots and of the classes, so
    /// that equal functions under the same roots give equal nodes. `relabel` sees each leaf once, in that order, and
    /// may renumber what it names. Refusals are renumbered by first use.
    pub fn compacted(&self, roots: &[NodeId], relabel: &mut dyn FnMut(&Leaf) -> Leaf) -> (Diagrams, Renumbering) {
        let mut compact = Diagrams::with_budget(self.order.clone(), self.budget);
        let mut map = FxHashMap::from_iter([(NodeId::NO, NodeId::NO), (NodeId::YES, NodeId::YES)]);
        for old in self.reachable(roots) {
            if map.contains_key(&old) {
                continue;
            }
            // Relabelling is one to one, so every node is new and stays within the old count.
            let new = match self.node(old) {
                Node::Leaf(Leaf::Refused(index)) => {
                    let refusal = self.refusals.get(*index as usize);
                    compact.refusals.extend(refusal.cloned());
                    compact.intern_leaf(Leaf::Refused(compact.refusals.len().saturating_sub(1) as u32))
                }
                Node::Leaf(leaf) => compact.intern_leaf(relabel(leaf)),
                Node::Test { fact, edges } => {
                    let edges: Edges = edges
                        .iter()
                        .map(|edge| Edge {
                            classes: edge.classes.clone(),
                            to: map.get(&edge.to).copied().unwrap_or(NodeId::NO),
                        })
                        .collect();
                    compact.intern_test(*fact, &edges)
                }
            };
            let new = new.unwrap_or(NodeId::NO);
            map.insert(old, new);
        }
        (compact, Renumbering(map))
    }
}

/// Old to new ids of [`Diagrams::compacted`].
#[derive(Debug, Clone)]
pub struct Renumbering(FxHashMap<NodeId, NodeId>);

impl Renumbering {
    /// The new id of a node that the roots reach.
    pub fn of(&self, old: NodeId) -> NodeId {
        self.0.get(&old).copied().unwrap_or(NodeId::NO)
    }
}
