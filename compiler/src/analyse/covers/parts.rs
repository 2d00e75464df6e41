//! C114: a part of a condition that decides nothing: a branch of `或` that no claim of the cover meets, or that only
//! repeats the other branches; a part of `且` that holds wherever the others do.

use super::super::subject::{Subject, articles, named};
use super::words::Words;
use crate::plan::diagram::{NodeId, OverBudget};
use crate::plan::{ConditionWords, Cover, Plan};
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{ClauseKind, Condition, Span};

pub(super) fn idle(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let written = subject.all(|kind| match kind {
        ClauseKind::Cover(cover) => Some(cover),
        _ => None,
    });
    for (cover, _) in written {
        let Some((condition, notes)) = &cover.condition else {
            continue;
        };
        let Some(of_plan) = plan.covers.iter().find(|other| other.name.zh == cover.name.text) else {
            continue;
        };
        // Over budget, the lowering has reported it; nothing can be concluded here.
        let Ok(parts) = idle_parts(plan, of_plan, condition) else {
            continue;
        };
        for (why, span) in parts {
            found.push(
                Finding::new(codes::C114, subject.at(span))
                    .arg("cover", named(&of_plan.name))
                    .arg("why", why)
                    .labelled(why)
                    .articles(articles(notes))
                    .articles(of_plan.source.articles.clone())
                    .about(of_plan.name.zh.clone()),
            );
        }
    }
}

/// Why a part is idle, and where it stands.
type Idle = (&'static str, Span);

fn idle_parts(plan: &Plan, cover: &Cover, condition: &Condition) -> Result<Vec<Idle>, OverBudget> {
    let mut parts = Vec::new();
    let Some(words) = cover.condition_words.as_ref().filter(|_| is_compound(condition)) else {
        return Ok(parts);
    };
    let mut read = Words::new(plan);
    // The words must mean what the lowering made of them, else nothing follows from them.
    if read.node(words)? != Some(cover.condition) {
        return Ok(parts);
    }
    let context = read.work.and(cover.perils, cover.roles)?;
    // A cover that never pays is C105, a condition that always holds C106.
    if read.work.and(context, cover.condition)? == NodeId::NO || read.holds(context, cover.condition)? {
        return Ok(parts);
    }
    walk(&mut read, condition, words, context, &mut parts)?;
    parts.sort_by_key(|(_, span)| span.start);
    Ok(parts)
}

fn is_compound(condition: &Condition) -> bool {
    matches!(
        condition,
        Condition::All { .. } | Condition::Any { .. } | Condition::Not { .. }
    )
}

/// Looks at the parts of one condition where `context` holds. The later of two parts that repeat each other is idle.
fn walk(
    read: &mut Words<'_>,
    condition: &Condition,
    words: &ConditionWords,
    context: NodeId,
    idle: &mut Vec<Idle>,
) -> Result<(), OverBudget> {
    match (condition, words) {
        (Condition::All { parts, .. }, ConditionWords::All(words)) => {
            let nodes = read.nodes(words)?;
            let mut kept: Vec<bool> = vec![true; nodes.len()];
            for (index, (part, word)) in parts.iter().zip(words).enumerate().rev() {
                let others = others(&nodes, &kept, index);
                let others = read.work.all(others.into_iter().chain([context]))?;
                let Some(node) = nodes.get(index).copied() else { break };
                if others != NodeId::NO && read.holds(others, node)? {
                    idle.push(("always", part.span()));
                    drop_part(&mut kept, index);
                } else {
                    walk(read, part, word, others, idle)?;
                }
            }
        }
        (Condition::Any { parts, .. }, ConditionWords::Any(words)) => {
            let nodes = read.nodes(words)?;
            let mut kept: Vec<bool> = vec![true; nodes.len()];
            for (index, (part, word)) in parts.iter().zip(words).enumerate().rev() {
                let others = others(&nodes, &kept, index);
                let Some(node) = nodes.get(index).copied() else { break };
                let here = read.work.and(context, node)?;
                let others = read.work.any(others)?;
                if here == NodeId::NO {
                    idle.push(("never", part.span()));
                    drop_part(&mut kept, index);
                } else if read.holds(here, others)? {
                    idle.push(("within", part.span()));
                    drop_part(&mut kept, index);
                } else {
                    walk(read, part, word, context, idle)?;
                }
            }
        }
        (Condition::Not { part, .. }, ConditionWords::Not(word)) => walk(read, part, word, context, idle)?,
        _ => {}
    }
    Ok(())
}

/// The other parts that were not found idle.
fn others(nodes: &[NodeId], kept: &[bool], index: usize) -> Vec<NodeId> {
    let all = nodes.iter().zip(kept).enumerate();
    all.filter(|(other, (_, kept))| *other != index && **kept)
        .map(|(_, (node, _))| *node)
        .collect()
}

fn drop_part(kept: &mut [bool], index: usize) {
    if let Some(part) = kept.get_mut(index) {
        *part = false;
    }
}
