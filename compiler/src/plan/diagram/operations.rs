//! Operations on diagrams. Each is memoised within its call and keeps to the node budget.

use super::{Classes, Diagrams, Edge, Leaf, Node, NodeId, OverBudget};
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

/// The parts into which the edges of several nodes divide one fact's classes, with where each node goes on, in the order
/// of their first classes.
pub(super) fn refine(nodes: &[NodeId], edges: &[Option<&[Edge]>]) -> Vec<(Classes, Nodes)> {
    if let Some((at, only)) = alone(edges) {
        return only
            .iter()
            .map(|edge| (edge.classes.clone(), with(nodes, at, edge.to)))
            .collect();
    }
    let mut parts: Vec<(Classes, Nodes)> = Vec::new();
    group(nodes, edges, |part, class, targets| match parts.get_mut(part) {
        Some((classes, _)) => classes.push(class),
        None => parts.push((Classes::from_slice(&[class]), targets.clone())),
    });
    parts
}

/// The same with the first class of each part only, for walks that need one example.
pub(super) fn steps(nodes: &[NodeId], edges: &[Option<&[Edge]>]) -> SmallVec<[(u16, Nodes); 8]> {
    if let Some((at, only)) = alone(edges) {
        let first = |edge: &Edge| edge.classes.first().copied().unwrap_or_default();
        return only
            .iter()
            .map(|edge| (first(edge), with(nodes, at, edge.to)))
            .collect();
    }
    let mut parts = SmallVec::new();
    group(nodes, edges, |part, class, targets| {
        if part == parts.len() {
            parts.push((class, targets.clone()));
        }
    });
    parts
}

/// The last class of each part, the last of all first.
pub(super) fn falling(nodes: &[NodeId], edges: &[Option<&[Edge]>]) -> SmallVec<[(u16, Nodes); 8]> {
    let last = |(classes, targets): (Classes, Nodes)| (classes.last().copied().unwrap_or_default(), targets);
    let mut parts: SmallVec<[(u16, Nodes); 8]> = refine(nodes, edges).into_iter().map(last).collect();
    parts.sort_by_key(|(class, _)| std::cmp::Reverse(*class));
    parts
}

/// Every class by itself, the last first.
pub(super) fn each(nodes: &[NodeId], edges: &[Option<&[Edge]>]) -> SmallVec<[(u16, Nodes); 8]> {
    let mut parts: SmallVec<[(u16, Nodes); 8]> = SmallVec::new();
    group(nodes, edges, |_, class, targets| parts.push((class, targets.clone())));
    parts.reverse();
    parts
}

/// The one node that tests the fact, where it is one.
fn alone<'e>(edges: &[Option<&'e [Edge]>]) -> Option<(usize, &'e [Edge])> {
    let mut testing = edges.iter().enumerate().filter_map(|(at, edges)| Some((at, (*edges)?)));
    let first = testing.next()?;
    testing.next().is_none().then_some(first)
}

fn with(nodes: &[NodeId], at: usize, to: NodeId) -> Nodes {
    let mut targets = Nodes::from_slice(nodes);
    if let Some(target) = targets.get_mut(at) {
        *target = to;
    }
    targets
}

/// Up to so many parts are told apart one by one; more by a table.
const FEW_PARTS: usize = 16;

/// Tells for each class, in order, to which part it belongs and where that part goes on. Parts are numbered as they come.
/// The time is that of the classes, whatever the number of edges.
fn group(nodes: &[NodeId], edges: &[Option<&[Edge]>], mut visit: impl FnMut(usize, u16, &Nodes)) {
    let last = |edges: &&[Edge]| edges.iter().filter_map(|edge| edge.classes.last()).max().copied();
    let count = edges
        .iter()
        .flatten()
        .filter_map(last)
        .max()
        .map_or(0, |last| usize::from(last) + 1);
    // Where each node goes on in a class; a class without an edge is in no part.
    let mut toward: Vec<SmallVec<[Option<NodeId>; 32]>> = Vec::with_capacity(nodes.len());
    for (node, edges) in nodes.iter().zip(edges) {
        let mut targets: SmallVec<[Option<NodeId>; 32]> = SmallVec::from_elem(edges.is_none().then_some(*node), count);
        for edge in edges.iter().flat_map(|edges| edges.iter()) {
            for class in &edge.classes {
                if let Some(target) = targets.get_mut(usize::from(*class)) {
                    *target = Some(edge.to);
                }
            }
        }
        toward.push(targets);
    }
    let mut parts: Vec<Nodes> = Vec::new();
    let mut table: FxHashMap<Nodes, usize> = FxHashMap::default();
    let mut before: Option<usize> = None;
    for (at, class) in (0..count).zip(0u16..) {
        let targets: Option<Nodes> = toward.iter().map(|of| of.get(at).copied().flatten()).collect();
        let Some(targets) = targets else { continue };
        // Neighbouring classes mostly go the same way.
        let same = before.filter(|part| parts.get(*part) == Some(&targets));
        let known = same.or_else(|| match table.is_empty() {
            true => parts.iter().position(|part| *part == targets),
            false => table.get(&targets).copied(),
        });
        let part = known.unwrap_or(parts.len());
        visit(part, class, &targets);
        if known.is_none() {
            if parts.len() == FEW_PARTS {
                table.extend(parts.iter().cloned().zip(0..));
            }
            if parts.len() >= FEW_PARTS {
                table.insert(targets.clone(), part);
            }
            parts.push(targets);
        }
        before = Some(part);
    }
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
                        Node::Test { fact, edges } if *fact == first => Some(&**edges),
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
        let none = self.leaf(Leaf::Covers(Vec::new()))?;
        let settled = |nodes: &[NodeId]| match *nodes {
            [a, b] if a == b || b == none => Some(a),
            [a, b] if a == none => Some(b),
            _ => None,
        };
        self.join(&[a, b], &settled, &mut |leaves| {
            let covers = leaves.iter().filter_map(|leaf| match leaf {
                Leaf::Covers(covers) => Some(covers),
                _ => None,
            });
            Leaf::Covers(covers.flatten().copied().collect())
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
            for edge in edges.iter() {
                branches.push((&edge.classes, self.rewrite(edge.to, fact, memo, change)?));
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
