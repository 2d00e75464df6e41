//! Operations against brute force on random small functions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use std::collections::BTreeSet;

const COUNTS: [u16; 4] = [3, 2, 4, 2];

fn facts() -> Vec<FactId> {
    // The order of tests is not the order of ids.
    [2, 0, 3, 1].map(FactId).to_vec()
}

fn count(fact: FactId) -> u16 {
    COUNTS[fact.index()]
}

/// Every assignment of the four facts, by fact id.
fn worlds() -> Vec<[u16; 4]> {
    let mut all = Vec::new();
    for a in 0..COUNTS[0] {
        for b in 0..COUNTS[1] {
            for c in 0..COUNTS[2] {
                for d in 0..COUNTS[3] {
                    all.push([a, b, c, d]);
                }
            }
        }
    }
    all
}

/// A small generator of repeatable numbers (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// A diagram of a truth table over [`worlds`], built leaf by leaf from the bottom.
fn build(diagrams: &mut Diagrams, table: &dyn Fn(&[u16; 4]) -> Leaf) -> NodeId {
    fn level(diagrams: &mut Diagrams, depth: usize, world: [u16; 4], table: &dyn Fn(&[u16; 4]) -> Leaf) -> NodeId {
        let Some(&fact) = diagrams.order.get(depth) else {
            return diagrams.leaf(table(&world)).unwrap();
        };
        let mut branches = Vec::new();
        for class in 0..count(fact) {
            let mut next = world;
            next[fact.index()] = class;
            branches.push((vec![class], level(diagrams, depth + 1, next, table)));
        }
        diagrams.make(fact, branches).unwrap()
    }
    level(diagrams, 0, [0; 4], table)
}

fn value<'a>(diagrams: &'a Diagrams, root: NodeId, world: &[u16; 4]) -> &'a Leaf {
    diagrams
        .evaluate(root, |fact| Ok::<_, ()>(world[fact.index()]))
        .unwrap()
}

fn random_truth(numbers: &mut Numbers) -> Vec<Leaf> {
    let kind = numbers.below(4);
    worlds()
        .iter()
        .map(|_| match numbers.below(if kind == 0 { 6 } else { 2 }) {
            0 => Leaf::Yes,
            _ => Leaf::No,
        })
        .collect()
}

fn lookup(table: &[Leaf], world: &[u16; 4]) -> Leaf {
    let position = worlds().iter().position(|w| w == world).unwrap();
    table[position].clone()
}

#[test]
fn a_built_diagram_gives_the_leaves_of_its_table() {
    let mut numbers = Numbers(7);
    for _ in 0..50 {
        let mut diagrams = Diagrams::new(facts());
        let table = random_truth(&mut numbers);
        let root = build(&mut diagrams, &|w| lookup(&table, w));
        for world in worlds() {
            assert_eq!(*value(&diagrams, root, &world), lookup(&table, &world));
        }
    }
}

#[test]
fn operations_agree_with_truth_tables_and_are_canonical() {
    let mut numbers = Numbers(1);
    for _ in 0..40 {
        let mut d = Diagrams::new(facts());
        let (ta, tb, tc) = (
            random_truth(&mut numbers),
            random_truth(&mut numbers),
            random_truth(&mut numbers),
        );
        let a = build(&mut d, &|w| lookup(&ta, w));
        let b = build(&mut d, &|w| lookup(&tb, w));
        let c = build(&mut d, &|w| lookup(&tc, w));
        let yes = |t: &[Leaf], w: &[u16; 4]| lookup(t, w) == Leaf::Yes;
        let leaf = |v: bool| if v { Leaf::Yes } else { Leaf::No };

        let and = d.and(a, b).unwrap();
        assert_eq!(and, build(&mut d, &|w| leaf(yes(&ta, w) && yes(&tb, w))));
        let or = d.or(a, b).unwrap();
        assert_eq!(or, build(&mut d, &|w| leaf(yes(&ta, w) || yes(&tb, w))));
        let not = d.not(a).unwrap();
        assert_eq!(not, build(&mut d, &|w| leaf(!yes(&ta, w))));
        let ite = d.ite(a, b, c).unwrap();
        let wanted = build(&mut d, &|w| if yes(&ta, w) { lookup(&tb, w) } else { lookup(&tc, w) });
        assert_eq!(ite, wanted);
        assert_eq!(d.not(not).unwrap(), a);

        for fact in facts() {
            let with = |w: &[u16; 4], class: u16| {
                let mut w = *w;
                w[fact.index()] = class;
                w
            };
            let restricted = d.restrict(a, fact, 1).unwrap();
            assert_eq!(restricted, build(&mut d, &|w| lookup(&ta, &with(w, 1))));
            let exists = d.exists(a, fact).unwrap();
            let wanted = build(&mut d, &|w| leaf((0..count(fact)).any(|c| yes(&ta, &with(w, c)))));
            assert_eq!(exists, wanted);
            let all = d.for_all(a, fact).unwrap();
            let wanted = build(&mut d, &|w| leaf((0..count(fact)).all(|c| yes(&ta, &with(w, c)))));
            assert_eq!(all, wanted);
        }
    }
}

#[test]
fn cover_sets_are_the_covers_that_apply() {
    let mut numbers = Numbers(3);
    for _ in 0..30 {
        let mut d = Diagrams::new(facts());
        let tables: Vec<Vec<Leaf>> = (0..3).map(|_| random_truth(&mut numbers)).collect();
        let applying: Vec<(CoverId, NodeId)> = tables
            .iter()
            .enumerate()
            .map(|(i, t)| (CoverId::from(i), build(&mut d, &|w| lookup(t, w))))
            .collect();
        let root = d.covers(&applying).unwrap();
        for world in worlds() {
            let wanted: Vec<CoverId> = (0..3)
                .filter(|&i| lookup(&tables[i], &world) == Leaf::Yes)
                .map(CoverId::from)
                .collect();
            assert_eq!(*value(&d, root, &world), Leaf::Covers(wanted));
        }
    }
}

#[test]
fn nodes_are_sorted_merged_and_never_redundant() {
    let mut d = Diagrams::new(facts());
    let same = d
        .make(FactId(1), [(vec![0], NodeId::YES), (vec![1], NodeId::YES)])
        .unwrap();
    assert_eq!(same, NodeId::YES);
    let node = d
        .make(
            FactId(2),
            [(vec![3], NodeId::YES), (vec![2], NodeId::NO), (vec![0, 1], NodeId::YES)],
        )
        .unwrap();
    let Node::Test { edges, .. } = d.node(node) else {
        unreachable!("two different targets make a test")
    };
    assert_eq!(edges[0].classes.as_slice(), [0, 1, 3]);
    assert_eq!(edges[1].classes.as_slice(), [2]);
    assert_eq!(d.test(FactId(2), 4, &[2], NodeId::NO, NodeId::YES).unwrap(), node);
}

#[test]
fn boxes_are_disjoint_and_cover_everything() {
    let mut numbers = Numbers(11);
    for _ in 0..20 {
        let mut d = Diagrams::new(facts());
        let table = random_truth(&mut numbers);
        let root = build(&mut d, &|w| lookup(&table, w));
        let boxes: Vec<(Region, Leaf)> = d.boxes(root).map(|(region, leaf)| (region, leaf.clone())).collect();
        for world in worlds() {
            let holding: Vec<_> = boxes
                .iter()
                .filter(|(region, _)| region.iter().all(|(f, classes)| classes.contains(&world[f.index()])))
                .collect();
            assert_eq!(holding.len(), 1);
            assert_eq!(holding[0].1, lookup(&table, &world));
        }
    }
}

#[test]
fn outcomes_are_all_joint_outcomes_with_true_examples() {
    let mut numbers = Numbers(5);
    for _ in 0..20 {
        let mut d = Diagrams::new(facts());
        let (ta, tb) = (random_truth(&mut numbers), random_truth(&mut numbers));
        let a = build(&mut d, &|w| lookup(&ta, w));
        let b = build(&mut d, &|w| lookup(&tb, w));
        let outcomes = d.outcomes(&[a, b]);
        let found: BTreeSet<Vec<NodeId>> = outcomes.iter().map(|o| o.leaves.clone()).collect();
        let leaf = |d: &mut Diagrams, l: Leaf| d.leaf(l).unwrap();
        let mut wanted = BTreeSet::new();
        for world in worlds() {
            wanted.insert(vec![
                leaf(&mut d, lookup(&ta, &world)),
                leaf(&mut d, lookup(&tb, &world)),
            ]);
        }
        assert_eq!(found, wanted);
        assert_eq!(found.len(), outcomes.len());
        for outcome in outcomes {
            let mut world = [0; 4];
            for (fact, class) in &outcome.example {
                world[fact.index()] = *class;
            }
            let leaves = [lookup(&ta, &world), lookup(&tb, &world)].map(|l| leaf(&mut d, l));
            assert_eq!(outcome.leaves, leaves);
        }
    }
}

#[test]
fn an_example_is_found_exactly_where_one_exists() {
    let mut numbers = Numbers(13);
    for _ in 0..30 {
        let mut d = Diagrams::new(facts());
        let table = random_truth(&mut numbers);
        let root = build(&mut d, &|w| lookup(&table, w));
        let example = d.satisfying(root, |leaf| *leaf == Leaf::Yes);
        assert_eq!(example.is_some(), table.contains(&Leaf::Yes));
        if let Some(example) = example {
            let mut world = [0; 4];
            for (fact, class) in example {
                world[fact.index()] = class;
            }
            assert_eq!(lookup(&table, &world), Leaf::Yes);
        }
    }
    assert_eq!(Diagrams::new(facts()).satisfying(NodeId::NO, |l| *l == Leaf::Yes), None);
}

#[test]
fn the_budget_ends_in_an_error() {
    let mut d = Diagrams::with_budget(facts(), 4);
    let mut last = Ok(NodeId::YES);
    for class in 0..4 {
        last = d.test(FactId(2), 4, &[class], NodeId::YES, NodeId::NO);
        if last.is_err() {
            break;
        }
    }
    assert_eq!(last, Err(OverBudget { budget: 4 }));
}

#[test]
fn compacting_gives_equal_functions_equal_nodes() {
    let mut numbers = Numbers(17);
    let (ta, tb) = (random_truth(&mut numbers), random_truth(&mut numbers));
    let compact = |garbage: bool| {
        let mut d = Diagrams::new(facts());
        if garbage {
            build(&mut d, &|w| {
                if w[2] == 1 {
                    Leaf::Nothing
                } else {
                    Leaf::Pays(PipelineId(9))
                }
            });
            build(&mut d, &|w| lookup(&tb, w));
        }
        let a = build(&mut d, &|w| lookup(&ta, w));
        let b = build(&mut d, &|w| lookup(&tb, w));
        let (compact, map) = d.compacted(&[a, b], &mut Leaf::clone);
        (compact.nodes.clone(), map.of(a), map.of(b), compact)
    };
    let (nodes, a, b, diagrams) = compact(false);
    let (nodes2, a2, b2, _) = compact(true);
    assert_eq!((&nodes, a, b), (&nodes2, a2, b2));
    for world in worlds() {
        assert_eq!(*value(&diagrams, a, &world), lookup(&ta, &world));
    }
}

#[test]
fn reading_back_gives_working_diagrams_and_refuses_broken_ones() {
    let mut d = Diagrams::new(facts());
    let root = d.test(FactId(2), 4, &[1, 2], NodeId::YES, NodeId::NO).unwrap();
    let text = serde_json::to_string(&d).unwrap();
    let mut back: Diagrams = serde_json::from_str(&text).unwrap();
    assert_eq!(back.nodes, d.nodes);
    assert_eq!(back.test(FactId(2), 4, &[1, 2], NodeId::YES, NodeId::NO).unwrap(), root);
    for broken in [
        text.replace("\"to\":0", "\"to\":2"),
        text.replace("\"yes\"", "\"nothing\""),
        text.replace("\"order\":[2,0,3,1]", "\"order\":[0]"),
    ] {
        assert_ne!(broken, text);
        assert!(serde_json::from_str::<Diagrams>(&broken).is_err(), "{broken}");
    }
}
