//! The compiler's verdicts on generated schemes against an SMT solver. See `docs/oracle.md`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use anlan_tests::worlds::model::World;
use anlan_tests::worlds::smt::{self, Ask};
use anlan_tests::worlds::write::write;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// `ANLAN_Z3`, else what `./test` installs, else the one on the path.
fn solver() -> Option<PathBuf> {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.venv/bin/z3");
    let named = std::env::var_os("ANLAN_Z3").map(PathBuf::from);
    let works = |path: &PathBuf| {
        let run = Command::new(path).arg("--version").output();
        run.is_ok_and(|run| run.status.success())
    };
    match named {
        Some(named) => Some(named),
        None => [installed, PathBuf::from("z3")].into_iter().find(works),
    }
}

/// Past the capture of passing tests, so that a run always shows what was done.
fn say(line: &str) {
    let mut terminal = std::io::stderr();
    let _ = writeln!(terminal, "{line}");
}

/// The answers to all questions about some worlds, from one process; `None` where it gave up.
fn answers(solver: &Path, worlds: &[(usize, &World)]) -> Vec<(usize, BTreeMap<Ask, Option<bool>>)> {
    let mut process = Command::new(solver)
        .args(["-in", "-smt2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    let mut output = BufReader::new(process.stdout.take().unwrap()).lines();
    writeln!(input, "(set-option :timeout 60000)").unwrap();
    let mut all = Vec::new();
    for (index, world) in worlds {
        let questions = smt::questions(world);
        input.write_all(questions.text.as_bytes()).unwrap();
        input.flush().unwrap();
        let mut given = BTreeMap::new();
        for (number, ask) in questions.asked.iter().enumerate() {
            let label = output.next().unwrap().unwrap();
            assert_eq!(label.trim_matches('"'), number.to_string(), "world {}", world.seed);
            let answer = match output.next().unwrap().unwrap().as_str() {
                "sat" => Some(true),
                "unsat" => Some(false),
                "unknown" => None,
                other => panic!("world {}, {ask:?}: {other}", world.seed),
            };
            given.insert(*ask, answer);
        }
        all.push((*index, given));
    }
    drop(input);
    process.wait().unwrap();
    all
}

#[test]
fn the_solver_agrees_on_generated_schemes() {
    let Some(solver) = solver() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "z3 is missing; ./test installs it, and ANLAN_Z3 can name it"
        );
        say("════ SKIPPED: z3 is missing, and no scheme was held against it (./test installs it) ════");
        return;
    };
    let (worlds, all) = crate::oracle::all();
    let numbered: Vec<(usize, &World)> = worlds.iter().enumerate().collect();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let answered: Vec<(usize, BTreeMap<Ask, Option<bool>>)> = std::thread::scope(|scope| {
        let running: Vec<_> = numbered
            .chunks(numbered.len().div_ceil(threads).max(1))
            .map(|part| scope.spawn(|| answers(&solver, part)))
            .collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let asked: usize = answered.iter().map(|(_, given)| given.len()).sum();
    let mut open = Vec::new();
    let mut found: BTreeMap<&str, usize> = smt::CODES.iter().map(|code| (*code, 0)).collect();
    let mut wrong = Vec::new();
    for (index, given) in &answered {
        let world = &worlds[*index];
        let unknown = given.iter().filter(|(_, answer)| answer.is_none());
        open.extend(unknown.map(|(ask, _)| format!("world {}: {ask:?}", world.seed)));
        let given = given.iter().filter_map(|(ask, answer)| Some((*ask, (*answer)?)));
        let expected = smt::verdicts(world, &write(world), &given.collect());
        // The solver is asked of the scheme alone, and not of limits that cut in turn; where one or another limit cuts,
        // whatever is decided, both say so.
        let in_turn = |verdict: &String| all[*index].in_turn.contains(verdict) && !expected.contains(verdict);
        let others = |verdict: &String| verdict.ends_with(" contract") || in_turn(verdict);
        let of_these = |verdict: &&String| smt::CODES.iter().any(|code| verdict.starts_with(code)) && !others(verdict);
        let said: BTreeSet<String> = all[*index].said.iter().filter(of_these).cloned().collect();
        for (code, number) in &mut found {
            *number += usize::from(expected.iter().any(|verdict| verdict.starts_with(code)));
        }
        if said != expected {
            let missed = expected.difference(&said).map(|v| format!("- {v}"));
            let cried = said.difference(&expected).map(|v| format!("+ {v}"));
            let difference: Vec<String> = missed.chain(cried).collect();
            wrong.push(format!("world {}: {}", world.seed, difference.join("; ")));
        }
    }
    say(&format!(
        "z3: {} schemes, {asked} queries, {} without an answer, {} schemes disagree",
        answered.len(),
        open.len(),
        wrong.len()
    ));
    for (code, number) in found {
        println!("{number:6} {code}");
    }
    for line in open.iter().chain(&wrong) {
        println!("{line}");
    }
    assert!(open.is_empty(), "{} queries without an answer", open.len());
    assert!(wrong.is_empty(), "{} of {} schemes", wrong.len(), answered.len());
}
