//! Walking a diagram with a record that may leave facts blank.

use super::evaluator::{Evaluator, Stop};
use super::model::Record;
use crate::plan::FactId;
use crate::plan::diagram::{Edge, Leaf, Node, NodeId};
use std::collections::{BTreeSet, HashMap};

impl Evaluator<'_> {
    /// The leaf for this record.
    ///
    /// A blank fact is required only where its value could change the leaf, given the other facts (SEMANTICS §1):
    /// where a walk meets one it goes on along every edge, and refuses only if the ends differ.
    pub(crate) fn leaf(&self, root: NodeId, record: &Record) -> Result<&Leaf, Stop> {
        let mut at = root;
        loop {
            match self.plan.diagrams.node(at) {
                Node::Leaf(leaf) => return Ok(leaf),
                Node::Test { fact, edges } => match self.class(record, *fact) {
                    Ok(class) => at = follow(edges, class),
                    Err(Stop::Missing(_)) => break,
                    Err(stop) => return Err(stop),
                },
            }
        }
        let end = self.end(at, record, &mut HashMap::new())?.map_err(Stop::Missing)?;
        match self.plan.diagrams.node(end) {
            Node::Leaf(leaf) => Ok(leaf),
            Node::Test { .. } => Ok(&Leaf::No),
        }
    }

    /// The one leaf that every completion of the record reaches, else the blank facts that it turns on.
    fn end(&self, at: NodeId, record: &Record, seen: &mut Ends) -> Result<End, Stop> {
        if let Some(end) = seen.get(&at) {
            return Ok(end.clone());
        }
        let end = match self.plan.diagrams.node(at) {
            Node::Leaf(_) => Ok(at),
            Node::Test { fact, edges } => match self.class(record, *fact) {
                Ok(class) => self.end(follow(edges, class), record, seen)?,
                Err(Stop::Missing(missing)) => self.every(edges, missing, record, seen)?,
                Err(stop) => return Err(stop),
            },
        };
        seen.insert(at, end.clone());
        Ok(end)
    }

    fn every(
        &self,
        edges: &[Edge],
        mut missing: BTreeSet<FactId>,
        record: &Record,
        seen: &mut Ends,
    ) -> Result<End, Stop> {
        let mut common: Option<NodeId> = None;
        let mut same = true;
        for edge in edges {
            match self.end(edge.to, record, seen)? {
                Ok(leaf) => same &= common.replace(leaf).is_none_or(|before| before == leaf),
                Err(more) => {
                    same = false;
                    missing.extend(more);
                }
            }
        }
        Ok(match common {
            Some(leaf) if same => Ok(leaf),
            _ => Err(missing),
        })
    }

    /// Whether a diagram ends in `Yes`; `None` where blank facts leave it open.
    pub(crate) fn holds(&self, root: NodeId, record: &Record) -> Result<Option<bool>, Stop> {
        match self.leaf(root, record) {
            Ok(leaf) => Ok(Some(*leaf == Leaf::Yes)),
            Err(Stop::Missing(_)) => Ok(None),
            Err(stop) => Err(stop),
        }
    }
}

type End = Result<NodeId, BTreeSet<FactId>>;
type Ends = HashMap<NodeId, End>;

fn follow(edges: &[Edge], class: u16) -> NodeId {
    // Every class is on one edge; a foreign class (never made by lowering) reads as `No`.
    edges
        .iter()
        .find(|e| e.classes.binary_search(&class).is_ok())
        .map_or(NodeId::NO, |e| e.to)
}
