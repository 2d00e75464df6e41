//! How diagrams are written into a stored plan.

use super::{Diagrams, Leaf, NODE_BUDGET, Node, NodeId, Overrun, Refusal, hash_node, levels};
use crate::plan::model::FactId;
use hashbrown::HashTable;
use serde::Deserialize;

/// The serialised form; reading it back rebuilds the index and refuses what is not canonical.
#[derive(Deserialize)]
pub(super) struct Stored {
    nodes: Vec<Node>,
    order: Vec<FactId>,
    refusals: Vec<Refusal>,
}

impl TryFrom<Stored> for Diagrams {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let level = levels(&stored.order);
        let mut diagrams = Diagrams {
            nodes: Vec::with_capacity(stored.nodes.len()),
            order: stored.order,
            refusals: stored.refusals,
            index: HashTable::with_capacity(stored.nodes.len()),
            level,
            budget: usize::MAX,
            overrun: Overrun::default(),
        };
        for (i, node) in stored.nodes.into_iter().enumerate() {
            if let Node::Test { fact, edges } = &node {
                if diagrams.level(*fact) == u32::MAX {
                    return Err(format!("node {i} tests a fact outside the order"));
                }
                if edges.iter().any(|edge| edge.to.index() >= i) {
                    return Err(format!("node {i} leads to a node that is not before it"));
                }
            }
            let hash = hash_node(&node);
            if diagrams.find(hash, |other| *other == node).is_some() || diagrams.add(hash, node).is_err() {
                return Err(format!("node {i} occurs twice"));
            }
        }
        let constants = [NodeId::NO, NodeId::YES].map(|id| diagrams.nodes.get(id.index()));
        if constants != [Some(&Node::Leaf(Leaf::No)), Some(&Node::Leaf(Leaf::Yes))] {
            return Err("the first two nodes are the leaves no and yes".to_owned());
        }
        diagrams.budget = NODE_BUDGET;
        Ok(diagrams)
    }
}

/// Edges as a list.
pub(super) mod edges {
    use super::super::Edge;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    pub fn serialize<S: Serializer>(edges: &Arc<[Edge]>, serializer: S) -> Result<S::Ok, S::Error> {
        edges.as_ref().serialize(serializer)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<[Edge]>, D::Error> {
        Vec::deserialize(deserializer).map(Arc::from)
    }
}

/// Classes as a list.
pub(super) mod classes {
    use super::super::Classes;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(classes: &Classes, serializer: S) -> Result<S::Ok, S::Error> {
        classes.as_slice().serialize(serializer)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Classes, D::Error> {
        Vec::<u16>::deserialize(deserializer).map(|classes| Classes::from_slice(&classes))
    }
}
