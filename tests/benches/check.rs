//! How long `check` takes, as figures of one run on one machine; see `docs/benchmarks.md`. Tests never assert times.
//!
//! `cargo bench -p anlan-tests --bench check [counties|large|cold]`
#![allow(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

use anlan_compiler::compile::compile;
use anlan_compiler::project::{Project, parse_project};
use anlan_tests::counties::{counties, large};
use std::time::{Duration, Instant};

/// As in the binary: a third of the time would go to the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let want = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    if want("cold") {
        cold();
    }
    if want("counties") {
        let counts: Vec<usize> = match std::env::var("ANLAN_COUNTIES") {
            Ok(count) => vec![count.parse().unwrap()],
            Err(_) => vec![375, 750, 1500, 3000],
        };
        table("schemes", &counts, counties);
    }
    if want("large") {
        table("covers", &[50, 100, 200], large);
    }
}

fn table(what: &str, counts: &[usize], make: fn(usize) -> Project) {
    println!(
        "{what:>8}  {:>8}  {:>8}  {:>8}  {:>8}  {:>10}  {:>8}  findings",
        "MB", "parse", "compile", "check", "µs/KB", "check/parse"
    );
    for &count in counts {
        let project = make(count);
        let own = &project.sources()[..project.own_files().end as usize];
        let bytes: usize = own.iter().map(|source| source.text.len()).sum();
        let parse = timed(|| drop(parse_project(&project)));
        let compiled = timed(|| drop(compile(&project)));
        let start = Instant::now();
        let checked = anlan_compiler::check(&project);
        let check = start.elapsed();
        let found = checked.findings().iter().filter(|f| f.acknowledged.is_none()).count();
        println!(
            "{count:>8}  {:>8.2}  {:>8.3}  {:>8.3}  {:>8.3}  {:>10.1}  {:>8.1}  {found}",
            bytes as f64 / 1e6,
            parse.as_secs_f64(),
            compiled.as_secs_f64(),
            check.as_secs_f64(),
            check.as_secs_f64() * 1e9 / bytes as f64,
            check.as_secs_f64() / parse.as_secs_f64(),
        );
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The whole process on one scheme. Needs the release binary: `cargo build --release`.
fn cold() {
    let binary = anlan_tests::workspace().join("target/release/anlan");
    if !binary.exists() {
        println!(
            "cold: {} is missing; run `cargo build --release` first",
            binary.display()
        );
        return;
    }
    let mut times: Vec<Duration> = (0..40)
        .map(|_| {
            timed(|| {
                let mut command = std::process::Command::new(&binary);
                command.args(["check", "policies/yunyang", "--format", "json"]);
                let _ = command.current_dir(anlan_tests::workspace()).output().unwrap();
            })
        })
        .collect();
    times.sort();
    println!(
        "check policies/yunyang, cold process: median {:?}, least {:?}",
        times[times.len() / 2],
        times[0]
    );
}
