//! How long `check` takes, as figures of one run on one machine; see `docs/benchmarks.md`. Tests never assert times.
//!
//! `cargo bench -p anlan-tests --bench check [counties|large|names|cold]`
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
    if want("names") {
        table("names", &[500, 1000, 2000, 4000], anlan_tests::counties::wrong_names);
    }
    if want("large") {
        table("covers", &[50, 100, 200], large);
    }
}

fn table(what: &str, counts: &[usize], make: fn(usize) -> Project) {
    println!("Seconds on the clock, and of all processors together (cpu).");
    println!(
        "{what:>8}  {:>7}  {:>13}  {:>13}  {:>13}  {:>8}  {:>11}  findings",
        "MB", "parse / cpu", "compile / cpu", "check / cpu", "cpu µs/KB", "check/parse"
    );
    for &count in counts {
        let project = make(count);
        let own = &project.sources()[..project.own_files().end as usize];
        let bytes: usize = own.iter().map(|source| source.text.len()).sum();
        let (parse, _) = timed(|| parse_project(&project));
        let (compiled, _) = timed(|| compile(&project));
        let (check, checked) = timed(|| anlan_compiler::check_only(&project));
        let found = checked.findings().iter().filter(|f| f.acknowledged.is_none()).count();
        println!(
            "{count:>8}  {:>7.2}  {parse:>13}  {compiled:>13}  {check:>13}  {:>8.0}  {:>11.1}  {found}",
            bytes as f64 / 1e6,
            check.cpu * 1e9 / bytes as f64,
            check.cpu / parse.cpu,
        );
    }
}

/// Seconds on the clock, and of all processors together.
struct Taken {
    wall: f64,
    cpu: f64,
}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&format!("{:.3} / {:.2}", self.wall, self.cpu))
    }
}

/// What the work gives is dropped outside the measurement.
fn timed<T>(work: impl FnOnce() -> T) -> (Taken, T) {
    let (start, before) = (Instant::now(), cpu());
    let result = work();
    let taken = Taken {
        wall: start.elapsed().as_secs_f64(),
        cpu: cpu() - before,
    };
    (taken, result)
}

/// Seconds that this process has taken of all processors, to a hundredth; not a number where the system does not tell.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in parentheses; user and system time are the 14th and 15th fields.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: Vec<f64> = fields.skip(11).take(2).filter_map(|ticks| ticks.parse().ok()).collect();
    match ticks.as_slice() {
        [user, system] => (user + system) / 100.0,
        _ => f64::NAN,
    }
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
            let start = Instant::now();
            let mut command = std::process::Command::new(&binary);
            command.args(["check", "policies/yunyang", "--format", "json"]);
            let _ = command.current_dir(anlan_tests::workspace()).output().unwrap();
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "check policies/yunyang, cold process: median {:?}, least {:?}",
        times[times.len() / 2],
        times[0]
    );
}
