//! Claims that aim at the edges of a scheme, made from its emission plan.
//!
//! The generator is seeded: the same seed gives the same claims.

use crate::random::Random;
use anlan_compiler::emit::program::{Choice, Kind, Node, Operation, Program, Rule, Tested, When};
use anlan_compiler::money::Ratio;

/// A claim as a claims file has it.
pub type Fields = Vec<(String, String)>;

/// What ids begin with. Their order by code point differs from that by UTF-16 unit and from that of a dictionary.
const LETTERS: &[&str] = &["C", "c", "𠮷", "ｃ", "赔", "Ç", "C-"];

/// Makes claims of one program.
#[derive(Debug)]
pub struct Generator<'a> {
    program: &'a Program,
    /// Amounts in 分 at which something changes
    amounts: Vec<i64>,
    days: Vec<i64>,
    /// For each ratio the positions ([`Ratio::position`]) at which something changes
    ratios: Vec<Vec<i64>>,
    /// For each enumeration the values that some rule names apart from most
    named: Vec<Vec<usize>>,
}

impl<'a> Generator<'a> {
    pub fn new(program: &'a Program) -> Self {
        let mut generator = Generator {
            program,
            amounts: vec![0, 1, 100, 123_456],
            days: Vec::new(),
            ratios: vec![Vec::new(); program.facts.len()],
            named: vec![Vec::new(); program.facts.len()],
        };
        generator.collect();
        generator
    }

    fn collect(&mut self) {
        let program = self.program;
        for pipeline in &program.pipelines {
            self.amount(&pipeline.start.choice, pipeline.start.denominator);
            for step in &pipeline.steps {
                if let Operation::Less { amount, .. }
                | Operation::UpTo { amount, .. }
                | Operation::AtLeast { amount, .. } = &step.operation
                {
                    self.amount(&amount.choice, amount.denominator);
                }
            }
        }
        for limit in &program.limits {
            if let Rule::UpTo(money) | Rule::Less(money) = &limit.rule {
                self.amount(&money.choice, money.denominator);
            }
        }
        self.days.extend(&program.years.boundaries);
        if let anlan_compiler::emit::program::Term::Fixed { first, end, .. } = &program.term {
            self.days.push(*first);
            self.days.extend(end);
        }
        if self.days.is_empty() {
            self.days.extend([20_240_101, 20_240_301]);
        }
        for node in &program.nodes {
            let Node::Test {
                on: Tested::Fact(fact),
                edges,
            } = node
            else {
                continue;
            };
            let widest = edges.iter().map(|e| size(&e.when)).max().unwrap_or(0);
            for edge in edges {
                match &edge.when {
                    When::Values(values) if values.len() < widest || widest == 1 => self.named[*fact].extend(values),
                    When::Intervals(intervals) => {
                        let ends = intervals.iter().flat_map(|(a, b)| [*a, *b]).flatten();
                        match program.facts[*fact].kind {
                            Kind::Ratio => self.ratios[*fact].extend(ends),
                            _ => self.amounts.extend(ends),
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn amount(&mut self, choice: &Choice, denominator: i128) {
        match choice {
            Choice::Linear(form) => self.amounts.extend(i64::try_from(form.b / denominator).ok()),
            Choice::Dated(values) => values.iter().for_each(|(_, value)| self.amount(value, denominator)),
            Choice::Decided { then, otherwise, .. } => {
                self.amount(then, denominator);
                self.amount(otherwise, denominator);
            }
            Choice::Unlimited => {}
        }
    }

    /// So many claims.
    pub fn claims(&self, random: &mut Random, count: usize) -> Vec<Fields> {
        let (events, people) = (1 + count / 400, 1 + count / 2);
        (0..count)
            .map(|i| {
                let id = if random.once_in(60) { random.below(count) } else { i };
                self.claim(random, id, events, people)
            })
            .collect()
    }

    /// A claim with every fact, so that nothing is refused for want of one.
    pub fn complete(&self, random: &mut Random) -> Fields {
        let facts = self.program.facts.iter().enumerate();
        facts
            .map(|(at, fact)| (fact.id.clone(), self.value(random, at, &fact.kind, 9, 0)))
            .collect()
    }

    fn claim(&self, random: &mut Random, id: usize, events: usize, people: usize) -> Fields {
        let mut fields = Vec::new();
        let known = &self.program.known;
        let event = random.below(events);
        for (at, fact) in self.program.facts.iter().enumerate() {
            let required = [known.claim, known.date, known.event, known.harm].contains(&Some(at));
            if random.once_in(if required { 80 } else { 12 }) {
                continue;
            }
            let value = if Some(at) == known.claim {
                format!("{}{id}", LETTERS[id % LETTERS.len()])
            } else if Some(at) == known.event {
                format!("E{event}")
            } else if random.once_in(400) {
                "？".to_owned()
            } else {
                self.value(random, at, &fact.kind, people, event)
            };
            let name = if random.once_in(2) { &fact.id } else { &fact.zh };
            fields.push((name.clone(), value));
        }
        fields
    }

    fn value(&self, random: &mut Random, fact: usize, kind: &Kind, people: usize, event: usize) -> String {
        match kind {
            Kind::Enumeration { .. } => {
                let values = self.program.values(fact);
                let named = &self.named[fact];
                let at = if named.is_empty() || random.once_in(4) {
                    random.below(values.len())
                } else {
                    *random.of(named)
                };
                let value = &values[at];
                if random.once_in(2) {
                    value.id.clone()
                } else {
                    value.zh.clone()
                }
            }
            Kind::Money => {
                let fen = (*random.of(&self.amounts)).saturating_add(random.below(3) as i64 - 1);
                let fen = if random.once_in(3) {
                    random.below(20_000_000) as i64
                } else {
                    fen.clamp(0, 1_000_000_000_000_000)
                };
                format!("{}.{:02}", fen / 100, fen % 100)
            }
            Kind::Count { part } => match (part, random.once_in(4)) {
                (Some(_), true) => format!("{}.5", random.below(14)),
                _ => random.below(14).to_string(),
            },
            Kind::Number {
                precision, from, to, ..
            } => {
                let span = usize::try_from(to - from).unwrap_or(usize::MAX).min(1000);
                let steps = i128::from(from + random.below(span + 1) as i64);
                let (n, d) = (steps * precision.numerator, precision.denominator);
                if n % d == 0 {
                    (n / d).to_string()
                } else {
                    format!("{}.{}", n / d, (n % d) * 10 / d)
                }
            }
            Kind::Ratio if self.ratios[fact].is_empty() || random.once_in(3) => {
                format!("{}%", random.below(130))
            }
            // At a bound, or between it and the next point of the grid.
            Kind::Ratio => {
                let position = (*random.of(&self.ratios[fact]) + random.below(3) as i64 - 1).max(0);
                Ratio::at_position(position)
                    .map_or_else(String::new, |r| format!("{}/{}", r.numerator(), r.denominator()))
            }
            Kind::Date => {
                // Claims of one event share few days, so that dates tie.
                let base = self.days[event % self.days.len()];
                let day = shifted(base, random.below(3) as i64 - 1);
                let time = if random.once_in(5) { "T08:30" } else { "" };
                format!("{:04}-{:02}-{:02}{time}", day / 10_000, day / 100 % 100, day % 100)
            }
            Kind::Text => {
                let person = random.below(people);
                format!("{}{person}", LETTERS[person % LETTERS.len()])
            }
            Kind::YesNo => random.of(&["是", "否", "yes", "no"]).to_string(),
        }
    }
}

fn size(when: &When) -> usize {
    match when {
        When::Values(values) => values.len(),
        _ => 1,
    }
}

/// The day before or after; only for making claims.
fn shifted(day: i64, by: i64) -> i64 {
    let next = day + by;
    match (by, next % 100) {
        (-1, 0) if next / 100 % 100 == 1 => (next / 10_000 - 1) * 10_000 + 1231,
        (-1, 0) => next - 100 + 28,
        (1, 29..) => next / 100 * 100 + 28,
        _ => next,
    }
}

/// A claim as one JSON object.
pub fn json(fields: &Fields) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let pairs: Vec<String> = fields
        .iter()
        .map(|(k, v)| format!("{}: {}", quoted(k), quoted(v)))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}

/// Claims as JSON Lines.
pub fn lines(claims: &[Fields]) -> String {
    claims.iter().map(json).collect::<Vec<_>>().join("\n")
}
