//! The rules over classes of values: which covers apply, what they pay, which limits they fall under. Everything here
//! is worked out once for each combination of classes that occurs.

#![allow(
    clippy::indexing_slicing,
    reason = "nodes, facts and classes are numbered by the program that sized every list here"
)]

use super::decisions::Taken;
use crate::emit::program::{Filter, Kind, Node, Program, Rule, Tested, Tier, When};
use crate::evaluate::Refusal;
use anlan_lang::diag::Code;
use std::collections::HashMap;

/// Why a row or the run cannot go on.
#[derive(Debug, Clone, PartialEq)]
pub enum Stop {
    Row(Code),
    Run(Box<Refusal>),
}

/// Why nothing is paid; the limit that took all is told from the cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Why {
    #[default]
    Paid,
    OutOfTerm,
    NoCover,
    Role,
    Harm,
    Condition,
    Nothing,
    Zero,
    /// The row is refused; its codes are kept apart.
    Rejected,
}

impl Why {
    /// In the order of their numbers
    pub const ALL: [Why; 9] = [
        Why::Paid,
        Why::OutOfTerm,
        Why::NoCover,
        Why::Role,
        Why::Harm,
        Why::Condition,
        Why::Nothing,
        Why::Zero,
        Why::Rejected,
    ];

    /// The stable code of a reason
    pub fn code(self) -> Option<&'static str> {
        Some(match self {
            Why::Paid | Why::Rejected => return None,
            Why::OutOfTerm => "out_of_term",
            Why::NoCover => "no_cover",
            Why::Role => "role",
            Why::Harm => "harm",
            Why::Condition => "condition",
            Why::Nothing => "nothing",
            Why::Zero => "zero",
        })
    }
}

/// One thing that rules test, with the classes that no rule tells apart inside.
#[derive(Debug)]
pub struct Dimension {
    pub on: Tested,
    pub classes: Classes,
    /// Number of classes; the class of this number is "blank".
    pub count: u32,
}

/// How values fall into classes.
#[derive(Debug)]
pub enum Classes {
    /// Class of each value, and of a blank
    Values { of: Vec<u32>, blank: u32 },
    /// Class *i* is below bound *i* and not below bound *i* − 1.
    Bounds(Vec<i64>),
    /// No and yes
    Answers,
}

#[derive(Debug)]
enum Step {
    Leaf,
    /// Where each class leads
    Test {
        dimension: usize,
        next: Vec<u32>,
    },
    /// A test whose answer is the same for every record
    Always(u32),
}

/// The compiled rules.
#[derive(Debug)]
pub struct Rules<'p> {
    pub program: &'p Program,
    pub dimensions: Vec<Dimension>,
    steps: Vec<Step>,
    /// A filter for each limit, and for each rank tier of each limit
    filters: Vec<Passing>,
    ranks: Vec<Vec<Vec<Passing>>>,
    harm: Option<usize>,
    pub grade: Option<usize>,
}

/// A filter over classes.
#[derive(Debug)]
struct Passing {
    covers: Option<Vec<bool>>,
    facts: Vec<(usize, Vec<bool>)>,
}

/// A blank that the answer turns on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blank;

/// What a cover pays for the harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pays {
    Pipeline(usize),
    Nothing,
    /// The node that refuses the record
    Refused(usize),
    /// It turns on a blank.
    Open,
}

/// The rules' answer for one combination of classes.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It turns on a blank.
    Open,
    None(Why),
    /// Covers that no other one is over, with what each pays
    Covers(Vec<(usize, Pays)>),
}

impl<'p> Rules<'p> {
    pub fn new(program: &'p Program, taken: &Taken) -> Self {
        let tested = tested(program, taken);
        let dimensions: Vec<Dimension> = tested.iter().map(|on| dimension(program, *on)).collect();
        let at: HashMap<Tested, usize> = tested.iter().copied().zip(0..).collect();
        let steps = program
            .nodes
            .iter()
            .map(|node| step(node, &dimensions, &at, taken))
            .collect();
        let passing = |filter: &Filter| passing(program, filter, &dimensions, &at);
        let ranks = program.limits.iter().map(|limit| {
            let tiers = limit.tiers.iter().map(|tier| match tier {
                Tier::Rank(filters) => filters.iter().map(passing).collect(),
                Tier::Date | Tier::Event | Tier::Claim => Vec::new(),
            });
            tiers.collect()
        });
        let dimension_of = |fact: Option<usize>| at.get(&Tested::Fact(fact?)).copied();
        Rules {
            program,
            steps,
            filters: program.limits.iter().map(|l| passing(&l.filter)).collect(),
            ranks: ranks.collect(),
            harm: dimension_of(program.known.harm),
            grade: dimension_of(program.known.injury_grade).filter(|_| raises(program)),
            dimensions,
        }
    }

    /// The harm, where it is not blank.
    pub fn harm(&self, classes: &[u32]) -> Option<usize> {
        let dimension = self.harm?;
        let class = classes[dimension];
        (class < self.dimensions[dimension].count).then_some(class as usize)
    }

    /// What the rules say.
    pub fn answer(&self, classes: &[u32]) -> Answer {
        let Some(harm) = self.harm(classes) else {
            return Answer::Open;
        };
        let mut applying = Vec::new();
        for (index, cover) in self.program.covers.iter().enumerate() {
            if !cover.benefits.iter().any(|b| b.harm == harm) {
                continue;
            }
            match self.all(&[cover.perils, cover.roles, cover.condition], &mut classes.to_vec()) {
                Ok(true) => applying.push(index),
                Ok(false) => {}
                Err(Blank) => return Answer::Open,
            }
        }
        if applying.is_empty() {
            return Answer::None(self.no_cover(classes, harm));
        }
        let over = &self.program.over;
        let outranked = |cover: &usize| applying.iter().any(|other| over.contains(&(*other, *cover)));
        let chosen = applying.iter().copied().filter(|cover| !outranked(cover));
        Answer::Covers(chosen.map(|cover| (cover, self.pays(classes, cover, harm))).collect())
    }

    /// What a cover pays for a harm.
    pub fn pays(&self, classes: &[u32], cover: usize, harm: usize) -> Pays {
        let benefits = &self.program.covers[cover].benefits;
        let Some(benefit) = benefits.iter().find(|b| b.harm == harm) else {
            return Pays::Nothing;
        };
        match self.leaf(benefit.root, &mut classes.to_vec()) {
            Err(Blank) => Pays::Open,
            Ok(leaf) => match self.program.nodes[leaf] {
                Node::Pays(pipeline) => Pays::Pipeline(pipeline),
                Node::Refused { .. } => Pays::Refused(leaf),
                _ => Pays::Nothing,
            },
        }
    }

    /// Whether a payment is nothing whatever the amounts.
    pub fn is_nil(&self, pays: Pays) -> bool {
        match pays {
            Pays::Pipeline(at) => self.program.pipelines[at].nil,
            Pays::Nothing => true,
            Pays::Refused(_) | Pays::Open => false,
        }
    }

    /// The leaf that every completion of the blanks reaches.
    fn leaf(&self, at: usize, classes: &mut Vec<u32>) -> Result<usize, Blank> {
        let mut at = at;
        loop {
            match &self.steps[at] {
                Step::Leaf => return Ok(at),
                Step::Always(next) => at = *next as usize,
                Step::Test { dimension, next } => {
                    let class = classes[*dimension];
                    if class < self.dimensions[*dimension].count {
                        at = next[class as usize] as usize;
                        continue;
                    }
                    return self.every(*dimension, classes, |rules, classes, class| {
                        rules.leaf(next[class] as usize, classes)
                    });
                }
            }
        }
    }

    /// Whether all of some conditions hold, where blanks may leave each open but not all together.
    fn all(&self, roots: &[usize], classes: &mut Vec<u32>) -> Result<bool, Blank> {
        let Some((first, rest)) = roots.split_first() else {
            return Ok(true);
        };
        let mut at = *first;
        loop {
            match &self.steps[at] {
                Step::Leaf => {
                    return match self.program.nodes[at] {
                        Node::Yes => self.all(rest, classes),
                        _ => Ok(false),
                    };
                }
                Step::Always(next) => at = *next as usize,
                Step::Test { dimension, next } => {
                    let class = classes[*dimension];
                    if class < self.dimensions[*dimension].count {
                        at = next[class as usize] as usize;
                        continue;
                    }
                    return self.every(*dimension, classes, |rules, classes, class| {
                        let mut roots = vec![next[class] as usize];
                        roots.extend_from_slice(rest);
                        rules.all(&roots, classes)
                    });
                }
            }
        }
    }

    /// The one result for all values of a blank.
    fn every<T: PartialEq>(
        &self,
        dimension: usize,
        classes: &mut Vec<u32>,
        of: impl Fn(&Self, &mut Vec<u32>, usize) -> Result<T, Blank>,
    ) -> Result<T, Blank> {
        let count = self.dimensions[dimension].count;
        let mut common: Option<T> = None;
        let mut same = true;
        for class in 0..count {
            classes[dimension] = class;
            match (of(self, classes, class as usize), &common) {
                (Ok(result), Some(before)) => same = result == *before,
                (Ok(result), None) => common = Some(result),
                (Err(Blank), _) => same = false,
            }
            if !same {
                break;
            }
        }
        classes[dimension] = count;
        common.filter(|_| same).ok_or(Blank)
    }

    fn no_cover(&self, classes: &[u32], harm: usize) -> Why {
        let holds = |root: usize| self.all(&[root], &mut classes.to_vec());
        let got = self.program.covers.iter().map(|cover| {
            if holds(cover.perils) == Ok(false) {
                0
            } else if holds(cover.roles) == Ok(false) {
                u8::from(!cover.any_peril)
            } else if cover.benefits.iter().any(|b| b.harm == harm) {
                3
            } else {
                2
            }
        });
        match got.max() {
            Some(3) => Why::Condition,
            Some(2) => Why::Harm,
            Some(1) => Why::Role,
            _ => Why::NoCover,
        }
    }

    /// Whether a line of a cover falls under a limit.
    pub fn passes(&self, limit: usize, cover: usize, classes: &[u32]) -> Result<bool, Blank> {
        self.passing(&self.filters[limit], cover, classes)
    }

    fn passing(&self, filter: &Passing, cover: usize, classes: &[u32]) -> Result<bool, Blank> {
        if filter.covers.as_ref().is_some_and(|covers| !covers[cover]) {
            return Ok(false);
        }
        for (dimension, values) in &filter.facts {
            match values.get(classes[*dimension] as usize) {
                None => return Err(Blank),
                Some(false) => return Ok(false),
                Some(true) => {}
            }
        }
        Ok(true)
    }

    /// The line's position in each tier of a limit: that of the first filter it passes in a tier by rank, else 0.
    pub fn ranks(&self, limit: usize, cover: usize, classes: &[u32]) -> Result<Vec<u32>, Blank> {
        let tier = |filters: &Vec<Passing>| {
            for (i, filter) in filters.iter().enumerate() {
                if self.passing(filter, cover, classes)? {
                    return Ok(i as u32);
                }
            }
            Ok(filters.len() as u32)
        };
        self.ranks[limit].iter().map(tier).collect()
    }
}

fn raises(program: &Program) -> bool {
    program
        .limits
        .iter()
        .any(|l| matches!(l.rule, Rule::Largest { raise: true }))
}

fn filters(program: &Program) -> impl Iterator<Item = &Filter> {
    program.limits.iter().flat_map(|limit| {
        let ranks = limit.tiers.iter().flat_map(|tier| match tier {
            Tier::Rank(filters) => filters.as_slice(),
            _ => &[],
        });
        std::iter::once(&limit.filter).chain(ranks)
    })
}

/// All that rules test, in the order of facts.
fn tested(program: &Program, taken: &Taken) -> Vec<Tested> {
    let mut found: Vec<Tested> = Vec::new();
    let facts = program.known.harm.into_iter();
    let facts = facts.chain(program.known.injury_grade.filter(|_| raises(program)));
    found.extend(facts.map(Tested::Fact));
    for node in &program.nodes {
        if let Node::Test { on, .. } = node {
            match on {
                Tested::Decided(decision) if taken.settled(*decision).is_some() => {}
                on => found.push(*on),
            }
        }
    }
    found.extend(
        filters(program)
            .flat_map(|f| &f.facts)
            .map(|(fact, _)| Tested::Fact(*fact)),
    );
    let order = |on: &Tested| match *on {
        Tested::Fact(fact) => (0, fact),
        Tested::Present(fact) => (1, fact),
        Tested::Decided(decision) => (2, decision),
    };
    found.sort_by_key(order);
    found.dedup();
    found
}

fn dimension(program: &Program, on: Tested) -> Dimension {
    let answers = Dimension {
        on,
        classes: Classes::Answers,
        count: 2,
    };
    let Tested::Fact(fact) = on else { return answers };
    match &program.facts[fact].kind {
        Kind::Enumeration { default, .. } => values(program, fact, *default, on),
        Kind::YesNo => answers,
        _ => {
            let mut bounds: Vec<i64> = Vec::new();
            for edge in edges(program, fact) {
                if let When::Intervals(intervals) = edge {
                    bounds.extend(intervals.iter().flat_map(|(from, below)| [*from, *below]).flatten());
                }
            }
            bounds.sort_unstable();
            bounds.dedup();
            Dimension {
                on,
                count: bounds.len() as u32 + 1,
                classes: Classes::Bounds(bounds),
            }
        }
    }
}

fn edges(program: &Program, fact: usize) -> impl Iterator<Item = &When> {
    program
        .nodes
        .iter()
        .flat_map(move |node| match node {
            Node::Test {
                on: Tested::Fact(tested),
                edges,
            } if *tested == fact => edges.as_slice(),
            _ => &[],
        })
        .map(|edge| &edge.when)
}

/// Values that no edge and no filter tells apart share a class.
fn values(program: &Program, fact: usize, default: Option<usize>, on: Tested) -> Dimension {
    let count = program.values(fact).len();
    let known = &program.known;
    let apart = known.harm == Some(fact) || (known.injury_grade == Some(fact) && raises(program));
    let mut signatures: Vec<Vec<u32>> = (0..count)
        .map(|v| if apart { vec![v as u32] } else { Vec::new() })
        .collect();
    let mut tell = |mark: u32, values: &[usize]| {
        for value in values {
            if let Some(signature) = signatures.get_mut(*value) {
                signature.push(mark);
            }
        }
    };
    let mut mark = 0;
    for edge in edges(program, fact) {
        mark += 1;
        if let When::Values(values) = edge {
            tell(count as u32 + mark, values);
        }
    }
    for (_, values) in filters(program).flat_map(|f| &f.facts).filter(|(f, _)| *f == fact) {
        mark += 1;
        tell(count as u32 + mark, values);
    }
    let mut classes: HashMap<&Vec<u32>, u32> = HashMap::new();
    let mut of = Vec::with_capacity(count);
    for signature in &signatures {
        let next = classes.len() as u32;
        of.push(*classes.entry(signature).or_insert(next));
    }
    let classes = classes.len() as u32;
    let blank = default.and_then(|value| of.get(value).copied()).unwrap_or(classes);
    Dimension {
        on,
        classes: Classes::Values { of, blank },
        count: classes,
    }
}

fn step(node: &Node, dimensions: &[Dimension], at: &HashMap<Tested, usize>, taken: &Taken) -> Step {
    let Node::Test { on, edges } = node else {
        return Step::Leaf;
    };
    if let Tested::Decided(decision) = on
        && let Some(answer) = taken.settled(*decision)
    {
        let edge = edges.iter().find(|edge| contains(&edge.when, i64::from(answer)));
        return Step::Always(edge.map_or(0, |edge| edge.to as u32));
    }
    let Some(&dimension) = at.get(on) else {
        return Step::Leaf;
    };
    let of_class = |class: u32| {
        let representative = match &dimensions[dimension].classes {
            Classes::Values { of, .. } => of.iter().position(|c| *c == class).map_or(-1, |v| v as i64),
            Classes::Bounds(bounds) => match class.checked_sub(1) {
                Some(before) => bounds[before as usize],
                None => i64::MIN,
            },
            Classes::Answers => i64::from(class),
        };
        let edge = edges.iter().find(|edge| contains(&edge.when, representative));
        edge.map_or(0, |edge| edge.to as u32)
    };
    Step::Test {
        dimension,
        next: (0..dimensions[dimension].count).map(of_class).collect(),
    }
}

fn contains(when: &When, value: i64) -> bool {
    match when {
        When::Values(values) => usize::try_from(value).is_ok_and(|value| values.contains(&value)),
        When::Intervals(intervals) => intervals
            .iter()
            .any(|(from, below)| from.is_none_or(|from| value >= from) && below.is_none_or(|below| value < below)),
        When::Answers { no, yes } => {
            if value == 0 {
                *no
            } else {
                *yes
            }
        }
    }
}

fn passing(program: &Program, filter: &Filter, dimensions: &[Dimension], at: &HashMap<Tested, usize>) -> Passing {
    let covers = filter.covers.as_ref().map(|covers| {
        let mut named = vec![false; program.covers.len()];
        for cover in covers {
            named[*cover] = true;
        }
        named
    });
    let facts = filter.facts.iter().filter_map(|(fact, values)| {
        let dimension = *at.get(&Tested::Fact(*fact))?;
        let Classes::Values { of, .. } = &dimensions[dimension].classes else {
            return None;
        };
        let mut passing = vec![false; dimensions[dimension].count as usize];
        for value in values {
            if let Some(class) = of.get(*value) {
                passing[*class as usize] = true;
            }
        }
        Some((dimension, passing))
    });
    Passing {
        covers,
        facts: facts.collect(),
    }
}
