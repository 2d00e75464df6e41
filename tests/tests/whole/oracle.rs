//! The compiler's verdicts on generated schemes against brute force that shares no code with it. See `docs/oracle.md`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use anlan_tests::worlds::compare::{self, Both};
use anlan_tests::worlds::generate::{contracted, generate};
use anlan_tests::worlds::model::World;
use anlan_tests::worlds::write::write;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Schemes checked in one project.
const BATCH: usize = 25;

/// How many schemes: `ANLAN_WORLDS`, else a number that takes a few seconds.
fn count() -> u64 {
    std::env::var("ANLAN_WORLDS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(200)
}

fn first() -> u64 {
    std::env::var("ANLAN_FIRST_WORLD")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1)
}

fn worlds() -> Vec<World> {
    (first()..first() + count())
        .map(|seed| contracted(generate(seed)))
        .collect()
}

/// Every batch, on all processors.
fn checked(worlds: &[World]) -> Vec<Both> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let batches: Vec<&[World]> = worlds.chunks(BATCH).collect();
    let done: Vec<Vec<(usize, Vec<Both>)>> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|thread| {
                let batches = &batches;
                scope.spawn(move || {
                    let mine = (thread..batches.len()).step_by(threads);
                    mine.map(|batch| (batch, compare::check(batches[batch])))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut all: Vec<(usize, Vec<Both>)> = done.into_iter().flatten().collect();
    all.sort_by_key(|(batch, _)| *batch);
    all.into_iter().flat_map(|(_, both)| both).collect()
}

/// The schemes and what each side says of them, worked out once for all tests.
pub fn all() -> &'static (Vec<World>, Vec<Both>) {
    static ALL: OnceLock<(Vec<World>, Vec<Both>)> = OnceLock::new();
    ALL.get_or_init(|| {
        let worlds = worlds();
        let all = checked(&worlds);
        (worlds, all)
    })
}

#[test]
fn brute_force_agrees_on_generated_schemes() {
    let (worlds, all) = all();
    let wrong: Vec<usize> = (0..worlds.len()).filter(|i| !all[*i].agree()).collect();
    println!("{} schemes, {} of them disagree", worlds.len(), wrong.len());
    for (at, (what, number)) in compare::make_up(worlds, all).into_iter().enumerate() {
        println!("{number:6} {what}");
        // The first six are what the analysis finds hard: each must occur often enough to mean something.
        assert!(
            at >= 6 || number >= worlds.len() / 10,
            "{number} of {} schemes: {what}",
            worlds.len()
        );
    }
    for index in &wrong {
        println!("world {}: {}", worlds[*index].seed, all[*index].difference().join("; "));
    }
    // One small scheme for each kind of disagreement.
    let mut kinds = BTreeMap::new();
    for index in &wrong {
        for difference in all[*index].difference() {
            kinds
                .entry(difference.chars().take(6).collect::<String>())
                .or_insert(*index);
        }
    }
    for (kind, index) in kinds.iter().take(12) {
        let small = compare::shrink(&worlds[*index], kind);
        let both = compare::check(std::slice::from_ref(&small)).remove(0);
        println!(
            "─── {kind}, world {}: {}\n{}\n{}",
            small.seed,
            both.difference().join("; "),
            write(&small).text,
            both.messages.join("\n")
        );
    }
    assert!(wrong.is_empty(), "{} of {} schemes", wrong.len(), worlds.len());
}
