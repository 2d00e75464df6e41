//! How fast benefits are assessed over columns whose facts are already encoded, beside Rust written by hand for the same
//! scheme; see `docs/benchmarks.md`. Tests never assert times.
//!
//! `cargo bench -p anlan-tests --bench settle`
#![allow(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark"
)]

use anlan_compiler::columns::assess::{Assessed, Assessor, NO_PROFILE};
use anlan_compiler::columns::encode::{Batch, Column, Encoder, MOST_ROWS, day_of};
use anlan_compiler::emit::lower;
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::Inputs;
use anlan_compiler::plan::Plan;
use anlan_tests::agreement::subjects::policies;
use anlan_tests::random::Random;
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const BATCHES: usize = 32;

fn main() {
    let subject = policies().into_iter().find(|s| s.name.contains("云阳")).unwrap();
    let program = lower(&subject.plan).unwrap();
    let inputs = Inputs::default();
    let mut encoder = Encoder::new(&subject.plan, &program);
    let start = Instant::now();
    let batches: Vec<Batch> = (0..BATCHES)
        .map(|i| batch(&subject.plan, &program, &mut encoder, i as u64))
        .collect();
    let rows = (BATCHES * MOST_ROWS) as f64;
    println!(
        "encoding from texts: {:6.1} M claims/s",
        rows / start.elapsed().as_secs_f64() / 1e6
    );
    let mut assessor = Assessor::new(&program, &inputs, &mut encoder).unwrap();
    let hand = Hand::new(&program);
    let mut assessed = Assessed::default();
    let (mut covers, mut benefits) = (vec![0u8; MOST_ROWS], vec![0i64; MOST_ROWS]);
    for batch in &batches {
        assessor.assess(&encoder, batch, &mut assessed).unwrap();
        hand.assess(batch, &mut covers, &mut benefits);
        compare(&assessor, &assessed, &covers, &benefits);
    }
    // In turn, so that a busy machine slows both alike; the least time of each counts.
    let (mut ours, mut theirs) = (f64::MAX, f64::MAX);
    for _ in 0..15 {
        let start = Instant::now();
        for batch in &batches {
            assessor.assess(&encoder, batch, &mut assessed).unwrap();
        }
        ours = ours.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        for batch in &batches {
            hand.assess(batch, &mut covers, &mut benefits);
        }
        theirs = theirs.min(start.elapsed().as_secs_f64());
    }
    println!("columns:             {:6.1} M claims/s on one core", rows / ours / 1e6);
    println!(
        "written by hand:     {:6.1} M claims/s; columns take {:.2} × as long",
        rows / theirs / 1e6,
        ours / theirs
    );
}

/// Claims of every kind, most of them paid.
fn batch<'p>(plan: &Plan, program: &Program, encoder: &mut Encoder<'p>, seed: u64) -> Batch {
    let _ = plan;
    let mut random = Random::new(seed);
    let mut batch = Batch::new(program);
    for i in 0..MOST_ROWS {
        for (at, fact) in program.facts.iter().enumerate() {
            let values = program.values(at);
            let text = match fact.id.as_str() {
                "date" => format!("2024-{:02}-{:02}", random.between(1, 12), random.between(1, 28)),
                "event" => format!("E{}", random.below(50)),
                "person" => format!("P{}", random.below(100_000)),
                "expense" => format!("{}.{:02}", random.below(150_000), random.below(100)),
                "harm" => random.of(&["death", "disability", "medical"]).to_string(),
                _ if !values.is_empty() => random.of(values).id.clone(),
                _ => continue,
            };
            let _ = encoder.cell(&mut batch, at, &text);
        }
        batch.end_row(Some(&format!("C{seed}-{i}")));
    }
    batch
}

fn compare(assessor: &Assessor, assessed: &Assessed, covers: &[u8], benefits: &[i64]) {
    assert!(assessed.own.is_empty(), "{:?}", assessed.own.first());
    for row in 0..benefits.len() {
        let cover = match assessed.profiles[row] {
            NO_PROFILE => NONE,
            profile => assessor.profiles[profile as usize].cover as u8,
        };
        assert_eq!(
            (cover, assessed.benefits[row]),
            (covers[row], benefits[row]),
            "row {row}"
        );
    }
}

/// No cover
const NONE: u8 = u8::MAX;

/// Yunyang's scheme, written by hand. Covers are numbered as in the document's order of the program.
struct Hand {
    facts: Facts,
    /// Cover of each peril
    of_peril: Vec<u8>,
    /// Whether each role is that of rescuers
    rescuers: Vec<bool>,
    /// For each cover the liabilities for which it pays
    pays: Vec<[bool; 4]>,
    rescue: u8,
    /// Death, medical cap
    amounts: Vec<(i64, i64)>,
    grades: [Vec<i64>; 2],
    harms: [u16; 3],
}

struct Facts {
    date: usize,
    peril: usize,
    role: usize,
    liable: usize,
    harm: usize,
    grade: usize,
    expense: usize,
}

impl Hand {
    fn new(program: &Program) -> Self {
        let fact = |id: &str| program.facts.iter().position(|f| f.id == id).unwrap();
        let facts = Facts {
            date: fact("date"),
            peril: fact("peril"),
            role: fact("role"),
            liable: fact("liable"),
            harm: fact("harm"),
            grade: fact("injury_grade"),
            expense: fact("expense"),
        };
        let within = |fact: usize, value: usize, names: &[&str]| {
            let values = program.values(fact);
            let up = std::iter::successors(Some(value), |v| values[*v].parent);
            let named = |v: usize| {
                names
                    .iter()
                    .any(|n| values[v].zh == *n || values[v].aliases.iter().any(|a| a == n))
            };
            up.into_iter().any(named)
        };
        let cover = |part: &str| program.covers.iter().position(|c| c.id.contains(part)).unwrap() as u8;
        let listed: [(&str, &[&str]); 8] = [
            (
                "自然灾害救助",
                &[
                    "洪涝",
                    "干旱",
                    "大风",
                    "雷击",
                    "冰雹",
                    "大雪",
                    "地震灾害",
                    "地震",
                    "山体崩塌",
                    "滑坡",
                    "泥石流",
                    "地面塌陷",
                    "地裂缝",
                    "森林火灾",
                    "水库溃坝",
                ],
            ),
            ("火灾", &["火灾", "爆炸"]),
            ("精神病人", &["精神障碍患者伤人"]),
            ("传染病", &["甲类传染病"]),
            ("高空坠物", &["高空坠物"]),
            ("溺水", &["溺水"]),
            ("较大交通事故", &["较大交通事故"]),
            ("市政设施", &["行道树", "大树", "井盖", "护栏"]),
        ];
        let of_peril = (0..program.values(facts.peril).len()).map(|value| {
            let found = listed.iter().find(|(_, names)| within(facts.peril, value, names));
            found.map_or(NONE, |(part, _)| cover(part))
        });
        let of_peril: Vec<u8> = of_peril.collect();
        let rescue = cover("抢险救灾");
        let liable: Vec<&str> = program.values(facts.liable).iter().map(|v| v.id.as_str()).collect();
        let pays = program.covers.iter().map(|cover| {
            let allowed: &[&str] = match cover.id.as_str() {
                id if id.contains("自然灾害") || id.contains("市政设施") => {
                    &["none", "not_found", "unable", "solvent"]
                }
                id if id.contains("精神病人") => &["unable"],
                id if id.contains("较大交通事故") => &["none", "not_found"],
                _ => &["none", "not_found", "unable"],
            };
            let mut pays = [false; 4];
            liable
                .iter()
                .enumerate()
                .for_each(|(at, id)| pays[at] = allowed.contains(id));
            pays
        });
        let amounts = program.covers.iter().map(|cover| match cover.id.as_str() {
            id if id.contains("抢险救灾") => (30_000_000, 10_000_000),
            id if id.contains("溺水") => (3_000_000, 2_000_000),
            _ => (10_000_000, 2_000_000),
        });
        let harm = |id: &str| program.values(facts.harm).iter().position(|v| v.id == id).unwrap() as u16;
        Hand {
            rescuers: (0..program.values(facts.role).len())
                .map(|value| within(facts.role, value, &["抢险救灾和见义勇为人员"]))
                .collect(),
            pays: pays.collect(),
            amounts: amounts.collect(),
            grades: [1i64, 3].map(|times| (1..=10).map(|grade| (11 - grade) * 1_000_000 * times).collect()),
            harms: ["death", "disability", "medical"].map(harm),
            facts,
            of_peril,
            rescue,
        }
    }

    fn assess(&self, batch: &Batch, covers: &mut [u8], benefits: &mut [i64]) {
        let codes = |fact: usize| match &batch.columns[fact] {
            Column::Codes(codes) => codes.as_slice(),
            _ => panic!("codes"),
        };
        let numbers = |fact: usize| match &batch.columns[fact] {
            Column::Numbers(numbers) => numbers.as_slice(),
            _ => panic!("numbers"),
        };
        let (perils, roles, liable) = (
            codes(self.facts.peril),
            codes(self.facts.role),
            codes(self.facts.liable),
        );
        let (harms, grades) = (codes(self.facts.harm), codes(self.facts.grade));
        let (dates, expenses) = (numbers(self.facts.date), numbers(self.facts.expense));
        for row in 0..batch.rows {
            let in_term = (20_231_127..20_261_127).contains(&day_of(dates[row]));
            let liable = usize::from(liable[row]);
            let mut cover = self.of_peril[usize::from(perils[row])];
            if self.rescuers[usize::from(roles[row])] && self.pays[usize::from(self.rescue)][liable] {
                cover = self.rescue;
            }
            if cover == NONE || !in_term || !self.pays[usize::from(cover)][liable] {
                covers[row] = NONE;
                benefits[row] = 0;
                continue;
            }
            let (death, medical) = self.amounts[usize::from(cover)];
            covers[row] = cover;
            benefits[row] = if harms[row] == self.harms[0] {
                death
            } else if harms[row] == self.harms[1] {
                self.grades[usize::from(cover == self.rescue)][usize::from(grades[row])]
            } else {
                expenses[row].min(medical)
            };
        }
    }
}
