//! How long a summary and a comparison take, of Yunyang and of a generated scheme with 200 covers, beside the check of
//! the same scheme in the same run. Tests never assert times.
//!
//! `cargo bench -p anlan-tests --bench pages [yunyang|large]`; the whole command, with reading and checking, is the sum.
#![allow(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::print_stdout,
    reason = "a benchmark"
)]

use anlan_compiler::diff::{self, Version, difference, report};
use anlan_compiler::project::{Project, Settings, Source};
use anlan_compiler::resolve::BodyKind;
use anlan_compiler::summarise::{self, SummaryInput};
use anlan_compiler::{Checked, check};
use anlan_lang::texts::Language;
use anlan_tests::counties::large;
use anlan_tests::policies;
use std::time::{Duration, Instant};

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs of each line; the median is printed.
const RUNS: usize = 7;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let want = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    if want("yunyang") {
        let old = policies::project(policies::sources());
        lines("Yunyang", &old, &edited(&old, "死亡  定额 10万元", "死亡  定额 12万元"));
    }
    if want("large") {
        let old = large(200);
        lines("200 covers", &old, &edited(&old, "死亡 定额 ", "死亡 定额 1"));
    }
}

/// The project with each text replaced where it stands first.
fn edited(project: &Project, from: &str, to: &str) -> Project {
    let sources = project.sources().iter().map(|source| Source {
        path: source.path.clone(),
        text: source.text.replacen(from, to, 1),
    });
    let own = project.own_files().end as usize;
    Project::new(sources.take(own).collect(), Settings::default())
}

fn lines(name: &str, old: &Project, new: &Project) {
    let beside = timed(|| drop(check(old)));
    println!("{name}: check {:.1} ms", beside.as_secs_f64() * 1e3);
    let (before, after) = (check(old), check(new));
    let unit = scheme(&before);
    let summary = |html: bool| {
        let (plan, input) = SummaryInput::of(&before.compiled, unit).unwrap();
        match html {
            false => summarise::markdown(plan, &input, Language::Zh).len(),
            true => summarise::html(plan, &input, Language::Zh).unwrap().len(),
        }
    };
    let compared = |html: bool| {
        let (old, new) = (version(&before), version(&after));
        let told = report(old.plan, new.plan, &difference(&old, &new), None, Language::Zh);
        assert!(!told.same, "the edit changes nothing");
        match html {
            false => diff::markdown::write(&told).len(),
            true => diff::html::write(&told).unwrap().len(),
        }
    };
    for (what, html) in [("md", false), ("html", true)] {
        row(&format!("summary {what}"), beside, &|| summary(html));
        row(&format!("diff {what}"), beside, &|| compared(html));
    }
}

fn row(what: &str, beside: Duration, work: &dyn Fn() -> usize) {
    let mut bytes = 0;
    let took = timed(|| bytes = work());
    println!(
        "  {what:<14} {:>8.1} ms  {:>6.2} × check  {bytes} bytes",
        took.as_secs_f64() * 1e3,
        took.as_secs_f64() / beside.as_secs_f64(),
    );
}

fn scheme(checked: &Checked) -> &anlan_compiler::compile::CompiledUnit {
    let mut schemes = checked.compiled.units_of(BodyKind::Scheme);
    schemes
        .find(|unit| unit.name.contains("云阳县") || unit.name == "大方案")
        .unwrap()
}

fn version(checked: &Checked) -> Version<'_> {
    let unit = scheme(checked);
    Version {
        plan: &unit.lowered.as_ref().unwrap().plan,
        findings: unit.findings.iter().collect(),
    }
}

fn timed(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(RUNS / 2).copied().unwrap_or_default()
}
