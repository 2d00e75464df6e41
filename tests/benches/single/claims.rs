//! One claim at a time: the emitted crate beside what was written by hand. Prints the best of several rounds of each,
//! taken in turn: nanoseconds a claim of the crate, and by hand.

mod hand;

use evaluator::reading::{Day, Moment};
use evaluator::values::{Harm, InjuryGrade, Liable, Peril, Role};
use evaluator::{Claim, Inputs, assess};
use std::time::Instant;

const CLAIMS: usize = 4_000;
const ROUNDS: usize = 400;

/// xorshift: the same claims each time
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }
}

fn claims() -> Vec<Claim<'static>> {
    let mut random = Random(20_261_130);
    let harms = [Harm::Death, Harm::Disability, Harm::Medical];
    let make = |_| Claim {
        claim: Some("C1"),
        event: Some("E1"),
        person: Some("P1"),
        date: Some(Moment::on(Day::of(2024, 1 + random.below(12) as i32, 1 + random.below(28) as i32))),
        peril: Some(random.of(&Peril::ALL)),
        role: Some(random.of(&Role::ALL)),
        harm: Some(random.of(&harms)),
        liable: Some(random.of(&Liable::ALL)),
        expense: Some(random.below(5_000_000) as i64),
        injury_grade: Some(random.of(&InjuryGrade::ALL)),
        ..Claim::default()
    };
    (0..CLAIMS).map(make).collect()
}

fn main() {
    let claims = claims();
    let inputs = Inputs::default();
    let emitted = |claim: &Claim<'_>| assess(claim, &inputs).map_or(-1, |found| found.benefit);
    let by_hand = |claim: &Claim<'_>| hand::benefit(claim).unwrap_or(-1);
    for claim in &claims {
        assert_eq!(emitted(claim), by_hand(claim), "{claim:?}");
    }
    let (mut best, mut best_by_hand) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        best = best.min(timed(&claims, emitted));
        best_by_hand = best_by_hand.min(timed(&claims, by_hand));
    }
    println!("{best:.2} {best_by_hand:.2}");
}

/// Nanoseconds a claim
fn timed(claims: &[Claim<'_>], benefit: impl Fn(&Claim<'_>) -> i64) -> f64 {
    let start = Instant::now();
    let sum: i64 = claims.iter().map(benefit).sum();
    let took = start.elapsed().as_secs_f64();
    std::hint::black_box(sum);
    took * 1e9 / claims.len() as f64
}
