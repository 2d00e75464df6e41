//! The values of each fact that are tried.

use anlan_compiler::evaluate::{Moment, Record, Value};
use anlan_compiler::money::{Fen, Ratio};
use anlan_compiler::plan::{Class, Domain, FactId, FactKind, FactRole, Plan, ValueId};
use anlan_lang::tree::Date;
use std::collections::{BTreeMap, BTreeSet};

/// More than any real amount: 10¹¹ 元, in 分.
pub const HUGE: i64 = 10_000_000_000_000;
/// The day of loss where no clause names another.
pub const DAY: &str = "2024-07-01";
/// Domains up to this size are tried whole, whatever the text names.
const SMALL: usize = 6;

/// By what the values of a finite fact are told apart.
#[derive(Debug, Clone, Copy)]
pub enum Apart<'t> {
    /// By what the text of a scheme, its contract and its frameworks names.
    Text(&'t str),
    /// By the classes of the plan, whose values no rule of it distinguishes: fewer claims. The text tells amounts.
    Classes(&'t str),
}

/// By fact of a plan, the values tried. Facts of which one value is as good as another have one.
#[derive(Debug, Clone)]
pub struct Facts {
    pub values: Vec<Vec<Value>>,
    /// Facts for which every claim has each of the values, and blank where evaluation takes a blank for something.
    pub always: Vec<(FactId, bool)>,
    /// By fact and value of an enumeration, the value tried that stands for it.
    pub stands_for: Vec<Vec<ValueId>>,
    /// The days of loss tried: one that no clause names, then each from which a clause names another amount, and the
    /// day before it.
    pub days: Vec<Date>,
}

impl Facts {
    /// What is tried of a plan.
    pub fn of(plan: &Plan, apart: Apart<'_>) -> Self {
        let (Apart::Text(text) | Apart::Classes(text)) = apart;
        let blocks = blocks(text);
        let read: String = blocks.concat();
        let listed = listed(plan);
        let stands_for = plan.facts.iter().map(|fact| match &fact.kind {
            FactKind::Enumeration { domain, .. } if fact.id == "harm" => paid(plan, &plan.domains[domain.index()]),
            FactKind::Enumeration { domain, .. } => {
                let domain = &plan.domains[domain.index()];
                match apart {
                    Apart::Classes(_) if fact.classes.len() > 1 => classed(domain, &fact.classes),
                    _ => named(domain, &read, &listed),
                }
            }
            _ => Vec::new(),
        });
        let stands_for: Vec<Vec<ValueId>> = stands_for.collect();
        let values = plan.facts.iter().zip(&stands_for).map(|(fact, stand)| {
            let told_apart = fact.classes.len() > 1;
            match &fact.kind {
                FactKind::Enumeration { .. } => {
                    let all: BTreeSet<ValueId> = stand.iter().copied().collect();
                    let count = if told_apart || fact.id == "harm" { all.len() } else { 1 };
                    all.into_iter().take(count).map(Value::Enumeration).collect()
                }
                FactKind::Money => amounts(&blocks, &fact.name.zh)
                    .into_iter()
                    .map(|fen| Value::Money(Fen(fen)))
                    .collect(),
                FactKind::Count { .. } => counts(&blocks, &fact.name.zh)
                    .into_iter()
                    .map(|count| Value::Count(Ratio::integer(count)))
                    .collect(),
                FactKind::Number { .. } => ends(&fact.classes).into_iter().map(Value::Number).collect(),
                FactKind::Ratio => vec![Value::Ratio(Ratio::ZERO), Value::Ratio(Ratio::ONE)],
                FactKind::YesNo if told_apart => vec![Value::YesNo(false), Value::YesNo(true)],
                FactKind::YesNo => vec![Value::YesNo(true)],
                FactKind::Text => vec![Value::Text("1".into())],
                // A day is given to every claim.
                FactKind::Date => Vec::new(),
            }
        });
        let values: Vec<Vec<Value>> = values.collect();
        let given = |id: &FactId| plan.facts[id.index()].role == FactRole::Given;
        let mut always: Vec<(FactId, bool)> = Vec::new();
        for (index, fact) in plan.facts.iter().enumerate() {
            let id = FactId::from(index);
            let told_apart = fact.classes.len() > 1;
            match (&fact.kind, fact.role) {
                (_, FactRole::Present(of)) if given(&of) => always.push((of, true)),
                (FactKind::Enumeration { .. }, FactRole::Given)
                    if fact.id == "harm" || (told_apart && ["peril", "role"].contains(&fact.id.as_str())) =>
                {
                    always.push((id, false));
                }
                _ => {}
            }
        }
        always.sort_unstable();
        always.dedup_by_key(|(id, _)| *id);
        Facts {
            values,
            always,
            stands_for,
            days: days(&blocks),
        }
    }
}

/// The record of a loss on a day.
pub fn on(record: &Record, day: Date) -> Record {
    let mut record = record.clone();
    for slot in &mut record.values {
        if let Some(Value::Date(moment)) = slot {
            *moment = Moment::Day(day);
        }
    }
    record
}

/// See [`Facts::days`].
fn days(blocks: &[String]) -> Vec<Date> {
    let mut days = vec![DAY.parse().unwrap()];
    for block in blocks.iter().filter(|block| block.contains('元')) {
        for rest in block.split(" 自 ").skip(1) {
            let day = rest.get(..10).and_then(|day| day.parse::<Date>().ok());
            days.extend(day.into_iter().flat_map(|day| [day.yesterday().unwrap(), day]));
        }
    }
    let mut seen = BTreeSet::new();
    days.retain(|day| seen.insert(*day));
    days
}

/// The clauses of a text but its examples: each begins with a line indented by two.
fn blocks(text: &str) -> Vec<String> {
    let mut all: Vec<String> = vec![String::new()];
    for line in text.lines() {
        let depth = line.len() - line.trim_start_matches(' ').len();
        if depth == 2 && !line.trim_start().starts_with('}') {
            all.push(String::new());
        }
        if let Some(last) = all.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    all.retain(|block| !block.trim_start().starts_with("样例"));
    all
}

/// Lists of perils and roles that rules hold, as lowering reads them: a list of the library is named by one word.
fn listed(plan: &Plan) -> Vec<(&str, BTreeSet<ValueId>)> {
    let words = plan.covers.iter().flat_map(|cover| &cover.peril_words);
    let words = words.chain(plan.statement.groups.iter().flat_map(|group| &group.members));
    let mut all: Vec<(&str, BTreeSet<ValueId>)> = words
        .map(|word| ("peril", word.values.iter().copied().collect()))
        .collect();
    for scope in plan.statement.requirements.iter().filter_map(|r| r.scope.as_ref()) {
        all.push(("peril", scope.perils.iter().copied().collect()));
        all.push(("role", scope.roles.iter().copied().collect()));
    }
    all
}

/// For each harm itself where some cover has a benefit for it, else the first without.
fn paid(plan: &Plan, domain: &Domain) -> Vec<ValueId> {
    let pays = |value: &ValueId| plan.benefits.iter().any(|benefit| benefit.harm == *value);
    let all = || (0..domain.values.len()).map(ValueId::from);
    let without = all().find(|value| !pays(value));
    all()
        .map(|value| without.filter(|_| !pays(&value)).unwrap_or(value))
        .collect()
}

/// For each value the first of its class.
fn classed(domain: &Domain, classes: &[Class]) -> Vec<ValueId> {
    let all = (0..domain.values.len()).map(ValueId::from);
    all.map(|value| {
        let same = classes.iter().find_map(|class| match class {
            Class::Values(values) if values.contains(&value) => values.first().copied(),
            _ => None,
        });
        same.unwrap_or(value)
    })
    .collect()
}

/// For each value the first of its kind: two are of one kind if the text names the same of their ancestors, themselves included, and
/// the same lists hold both.
fn named(domain: &Domain, text: &str, listed: &[(&str, BTreeSet<ValueId>)]) -> Vec<ValueId> {
    let all = (0..domain.values.len()).map(ValueId::from);
    if domain.values.len() <= SMALL || domain.order.is_some() {
        return all.collect();
    }
    let spelt = |value: ValueId| {
        let value = &domain.values[value.index()];
        let spellings = [&value.name.zh, &value.name.en, &value.id];
        spellings
            .into_iter()
            .chain(&value.aliases)
            .any(|spelling| text.contains(spelling.as_str()))
    };
    let mut seen = BTreeMap::new();
    all.map(|value| {
        let mut sign: Vec<(usize, usize)> = Vec::new();
        let mut at = Some(value);
        while let Some(above) = at {
            if spelt(above) {
                sign.push((0, above.index()));
            }
            at = domain.values[above.index()].parent;
        }
        let lists = listed.iter().enumerate();
        let lists = lists.filter(|(_, (of, values))| *of == domain.id && values.contains(&value));
        sign.extend(lists.map(|(index, _)| (1, index)));
        *seen.entry(sign).or_insert(value)
    })
    .collect()
}

/// The numbers before one of these units, in clauses that name the fact.
fn numbers(blocks: &[String], fact: &str, units: &[(&str, i64)]) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    for block in blocks.iter().filter(|block| block.contains(fact)) {
        let mut rest = block.as_str();
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let digits = &rest[at..];
            let end = digits
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(digits.len());
            let (number, after) = digits.split_at(end);
            if let Some((_, times)) = units.iter().find(|(unit, _)| after.starts_with(unit)) {
                let (whole, part) = number.split_once('.').unwrap_or((number, ""));
                let part_of: i64 = 10i64.pow(part.len() as u32);
                let whole: i64 = whole.parse().unwrap_or(0);
                let part: i64 = part.parse().unwrap_or(0);
                found.insert(whole * times + part * times / part_of);
            }
            rest = after;
        }
    }
    found
}

fn beside(points: BTreeSet<i64>, more: &[i64]) -> BTreeSet<i64> {
    let near = points.into_iter().flat_map(|at| [at - 1, at, at + 1]);
    near.chain(more.iter().copied()).filter(|at| *at >= 0).collect()
}

fn amounts(blocks: &[String], fact: &str) -> BTreeSet<i64> {
    let units = [("亿元", 10_000_000_000), ("万元", 1_000_000), ("元", 100)];
    beside(numbers(blocks, fact, &units), &[0, 1, HUGE])
}

fn counts(blocks: &[String], fact: &str) -> BTreeSet<i64> {
    beside(numbers(blocks, fact, &[("个月", 1), ("月", 1)]), &[0, 1, 2, 1_000_000])
}

/// The ends of the intervals that rules tell apart, and the numbers beside them.
fn ends(classes: &[Class]) -> BTreeSet<i64> {
    let ends = classes.iter().flat_map(|class| match class {
        Class::Interval { from, below } => [*from, *below],
        _ => [None, None],
    });
    beside(ends.flatten().collect(), &[0])
}
