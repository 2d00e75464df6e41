//! Operations on diagrams. Each is memoised within its call and keeps to the node budget.

use super::{Diagrams, Edge, Leaf, Node, NodeId, OverBudget};
use crate::plan::model::{CoverId, FactId};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The nodes of a joint descent: mostly two or three, so that neither a step nor its memory allocates.
pub(super) type Nodes = SmallVec<[NodeId; 4]>;

/// One step of a joint descent: the first fact that any of the nodes tests.
pub(super) enum Split<'a> {
    /// All nodes are leaves.
    Leaves,
    /// The fact, and for each node its edges if it tests that fact.
    On(FactId, SmallVec<[Option<&'a [Edge]>; 4]>),
}

/// The parts into which the edges of several nodes divide one fact's classes, with where each node goes on.
pub(super) fn refine(nodes: &[NodeId], edges: &[Option<&[Edge]>]) -> Vec<(Vec<u16>, Nodes)> {
    let mut parts: Vec<(Option<Vec<u16>>, Nodes)> = vec![(None, Nodes::new())];
    for (node, edges) in nodes.iter().zip(edges) {
        let Some(edges) = edges else {
            parts.iter_mut().for_each(|(_, targets)| targets.push(*node));
            continue;
        };
        let mut next = Vec::with_capacity(parts.len().max(edges.len()));
        for (classes, targets) in parts {
            for edge in *edges {
                let common = match &classes {
                    None => edge.classes.clone(),
                    Some(classes) => intersect(classes, &edge.classes),
                };
                if !common.is_empty() {
                    next.push((Some(common), with(&targets, edge.to)));
                }
            }
        }
        parts = next;
    }
    let mut parts: Vec<_> = parts
        .into_iter()
        .map(|(classes, targets)| (classes.unwrap_or_default(), targets))
        .collect();
    parts.sort_unstable_by(|a, b| a.0.first().cmp(&b.0.first()));
    parts
}

fn with(targets: &Nodes, one: NodeId) -> Nodes {
    let mut all = targets.clone();
    all.push(one);
    all
}

/// Of two sorted lists, what both hold.
pub(super) fn intersect(a: &[u16], b: &[u16]) -> Vec<u16> {
    a.iter()
        .copied()
        .filter(|class| b.binary_search(class).is_ok())
        .collect()
}

impl Diagrams {
    pub(super) fn split(&self, nodes: &[NodeId]) -> Split<'_> {
        let first = nodes
            .iter()
            .filter_map(|&id| match self.node(id) {
                Node::Test { fact, .. } => Some(*fact),
                Node::Leaf(_) => None,
            })
            .min_by_key(|&fact| self.level(fact));
        match first {
            None => Split::Leaves,
            Some(first) => Split::On(
                first,
                nodes
                    .iter()
                    .map(|&id| match self.node(id) {
                        Node::Test { fact, edges } if *fact == first => Some(edges.as_slice()),
                        _ => None,
                    })
                    .collect(),
            ),
        }
    }

    /// The diagram whose leaf is `join` of the leaves of `a` and `b` for every assignment.
    pub fn combine(
        &mut self,
        a: NodeId,
        b: NodeId,
        join: &mut dyn FnMut(&Leaf, &Leaf) -> Leaf,
    ) -> Result<NodeId, OverBudget> {
        self.join(&[a, b], &|_| None, &mut |leaves| match leaves {
            [a, b] => join(a, b),
            _ => Leaf::No,
        })
    }

    /// The leaf of every joint assignment is `join` of the leaves of the roots; `settled` may end a branch early by
    /// giving the node that stands for the rest of it.
    fn join(&mut self, roots: &[NodeId], settled: &Settled<'_>, join: &mut Join<'_>) -> Result<NodeId, OverBudget> {
        self.descend(roots, settled, join, &mut FxHashMap::default())
    }

    fn descend(
        &mut self,
        nodes: &[NodeId],
        settled: &Settled<'_>,
        join: &mut Join<'_>,
        memo: &mut FxHashMap<Nodes, NodeId>,
    ) -> Result<NodeId, OverBudget> {
        if let Some(node) = settled(nodes) {
            return Ok(node);
        }
        if let Some(&done) = memo.get(nodes) {
            return Ok(done);
        }
        let step = match self.split(nodes) {
            Split::Leaves => None,
            Split::On(fact, edges) => Some((fact, refine(nodes, &edges))),
        };
        let result = match step {
            None => {
                let leaf = {
                    let leaves: SmallVec<[&Leaf; 4]> = nodes.iter().filter_map(|&id| self.as_leaf(id)).collect();
                    join(&leaves)
                };
                self.leaf(leaf)?
            }
            Some((fact, parts)) => {
                let mut branches = Vec::with_capacity(parts.len());
                for (classes, targets) in parts {
                    branches.push((classes, self.descend(&targets, settled, join, memo)?));
                }
                self.make(fact, branches)?
            }
        };
        memo.insert(Nodes::from_slice(nodes), result);
        Ok(result)
    }

    /// The same diagram with other leaves.
    pub fn map_leaves(&mut self, root: NodeId, change: &mut dyn FnMut(&Leaf) -> Leaf) -> Result<NodeId, OverBudget> {
        self.join(&[root], &|_| None, &mut |leaves| {
            leaves.first().map_or(Leaf::No, |leaf| change(leaf))
        })
    }

    /// Both are `Yes`.
    pub fn and(&mut self, a: NodeId, b: NodeId) -> Result<NodeId, OverBudget> {
        let settled = |nodes: &[NodeId]| match *nodes {
            [NodeId::NO, _] | [_, NodeId::NO] => Some(NodeId::NO),
            [NodeId::YES, other] | [other, NodeId::YES] => Some(other),
            [a, b] if a == b => Some(a),
            _ => None,
        };
        self.join(&[a, b], &settled, &mut |_| Leaf::No)
    }

    /// One of them is `Yes`.
    pub fn or(&mut self, a: NodeId, b: NodeId) -> Result<NodeId, OverBudget> {
        let settled = |nodes: &[NodeId]| match *nodes {
            [NodeId::YES, _] | [_, NodeId::YES] => Some(NodeId::YES),
            [NodeId::NO, other] | [other, NodeId::NO] => Some(other),
            [a, b] if a == b => Some(a),
            _ => None,
        };
        self.join(&[a, b], &settled, &mut |_| Leaf::No)
    }

    /// `Yes` where the diagram is `No`, and the other way round.
    pub fn not(&mut self, a: NodeId) -> Result<NodeId, OverBudget> {
        self.map_leaves(a, &mut |leaf| {
            if *leaf == Leaf::Yes { Leaf::No } else { Leaf::Yes }
        })
    }

    /// All are `Yes`; of none: `Yes`.
    pub fn all(&mut self, parts: impl IntoIterator<Item = NodeId>) -> Result<NodeId, OverBudget> {
        let mut result = NodeId::YES;
        for part in parts {
            result = self.and(result, part)?;
        }
        Ok(result)
    }

    /// One is `Yes`; of none: `No`.
    pub fn any(&mut self, parts: impl IntoIterator<Item = NodeId>) -> Result<NodeId, OverBudget> {
        let mut result = NodeId::NO;
        for part in parts {
            result = self.or(result, part)?;
        }
        Ok(result)
    }

    /// `then` where `condition` is `Yes`, else `otherwise`; `then` and `otherwise` may have any leaves.
    pub fn ite(&mut self, condition: NodeId, then: NodeId, otherwise: NodeId) -> Result<NodeId, OverBudget> {
        let settled = |nodes: &[NodeId]| match *nodes {
            [NodeId::YES, then, _] => Some(then),
            [NodeId::NO, _, otherwise] => Some(otherwise),
            [_, then, otherwise] if then == otherwise => Some(then),
            _ => None,
        };
        self.join(&[condition, then, otherwise], &settled, &mut |_| Leaf::No)
    }

    /// The set of covers whose own diagram is `Yes`, as one diagram with [`Leaf::Covers`] leaves.
    ///
    /// Neighbours are joined first: what one union gives is read again by few others, where a running union would be
    /// walked once for every cover.
    pub fn covers(&mut self, applying: &[(CoverId, NodeId)]) -> Result<NodeId, OverBudget> {
        let none = self.leaf(Leaf::Covers(Vec::new()))?;
        let mut parts = Vec::with_capacity(applying.len());
        for &(cover, applies) in applying {
            let one = self.leaf(Leaf::Covers(vec![cover]))?;
            parts.push(self.ite(applies, one, none)?);
        }
        while parts.len() > 1 {
            let mut joined = Vec::with_capacity(parts.len().div_ceil(2));
            for pair in parts.chunks(2) {
                joined.push(match *pair {
                    [a, b] => self.union(a, b)?,
                    _ => pair.first().copied().unwrap_or(none),
                });
            }
            parts = joined;
        }
        Ok(parts.first().copied().unwrap_or(none))
    }

    /// The union of the cover sets of two diagrams with [`Leaf::Covers`] leaves.
    pub fn union(&mut self, a: NodeId, b: NodeId) -> Result<NodeId, OverBudget> {
        if a == b {
            return Ok(a);
        }
        self.combine(a, b, &mut |a, b| {
            let mut covers = Vec::new();
            for leaf in [a, b] {
                if let Leaf::Covers(some) = leaf {
                    covers.extend_from_slice(some);
                }
            }
            Leaf::Covers(covers)
        })
    }

    /// The diagram given that the fact is in the class.
    pub fn restrict(&mut self, root: NodeId, fact: FactId, class: u16) -> Result<NodeId, OverBudget> {
        self.rewrite(root, fact, &mut FxHashMap::default(), &mut |_, edges| {
            Ok(edges
                .iter()
                .find(|edge| edge.classes.binary_search(&class).is_ok())
                .map_or(NodeId::NO, |edge| edge.to))
        })
    }

    /// `Yes` where some class of the fact makes the diagram `Yes`.
    pub fn exists(&mut self, root: NodeId, fact: FactId) -> Result<NodeId, OverBudget> {
        self.rewrite(root, fact, &mut FxHashMap::default(), &mut |diagrams, edges| {
            diagrams.any(edges.iter().map(|edge| edge.to))
        })
    }

    /// `Yes` where every class of the fact makes the diagram `Yes`.
    pub fn for_all(&mut self, root: NodeId, fact: FactId) -> Result<NodeId, OverBudget> {
        self.rewrite(root, fact, &mut FxHashMap::default(), &mut |diagrams, edges| {
            diagrams.all(edges.iter().map(|edge| edge.to))
        })
    }

    fn rewrite(
        &mut self,
        node: NodeId,
        fact: FactId,
        memo: &mut FxHashMap<NodeId, NodeId>,
        change: &mut Change<'_>,
    ) -> Result<NodeId, OverBudget> {
        let Node::Test { fact: tested, edges } = self.node(node) else {
            return Ok(node);
        };
        if self.level(*tested) > self.level(fact) {
            return Ok(node);
        }
        if let Some(&done) = memo.get(&node) {
            return Ok(done);
        }
        let (tested, edges) = (*tested, edges.clone());
        let result = if tested == fact {
            change(self, &edges)?
        } else {
            let mut branches = Vec::with_capacity(edges.len());
            for edge in edges {
                branches.push((edge.classes, self.rewrite(edge.to, fact, memo, change)?));
            }
            self.make(tested, branches)?
        };
        memo.insert(node, result);
        Ok(result)
    }
}

/// What a test of the fact becomes.
type Change<'a> = dyn FnMut(&mut Diagrams, &[Edge]) -> Result<NodeId, OverBudget> + 'a;
/// The node that stands for the rest of a branch, if that is known already.
type Settled<'a> = dyn Fn(&[NodeId]) -> Option<NodeId> + 'a;
type Join<'a> = dyn FnMut(&[&Leaf]) -> Leaf + 'a;
