//! Decision diagrams whose tests also say what a blank field means: a field is required only where its value could change
//! the answer (SEMANTICS §1), so a blank leads on where all values lead to one answer, and else to [`OPEN`].

use crate::emit::program::{Kind, Node, Program, Tested, When};
use std::collections::{BTreeSet, HashMap};

/// The answer that a blank field leaves open
pub(super) const OPEN: i64 = -1;
pub(super) const NO: i64 = 0;
pub(super) const YES: i64 = 1;

/// A diagram; equal diagrams are one.
pub(super) type Id = usize;

/// What rules do not tell apart in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Classes {
    /// Class of each value of the domain
    Values(Vec<usize>),
    /// Class *k* ends below bound *k*; the last has no end.
    Bands(Vec<i64>),
    /// 0 is no, 1 is yes.
    Answers,
}

impl Classes {
    pub fn count(&self) -> usize {
        match self {
            Classes::Values(of) => of.iter().max().map_or(0, |most| most + 1),
            Classes::Bands(bounds) => bounds.len() + 1,
            Classes::Answers => 2,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Cell {
    Answer(i64),
    Test {
        /// Position in the order of tests
        on: usize,
        /// Answer of each class
        classes: Vec<Id>,
        blank: Id,
    },
}

/// All diagrams of one program.
#[derive(Debug)]
pub(super) struct Diagrams {
    cells: Vec<Cell>,
    known: HashMap<Cell, Id>,
    /// What is tested, in the order in which diagrams test it
    pub order: Vec<Tested>,
    pub classes: Vec<Classes>,
    /// Diagram of each node of the program, blanks not looked at
    nodes: Vec<Id>,
    met: HashMap<(Id, Id), Id>,
    blanked: HashMap<Id, Id>,
}

impl Diagrams {
    pub fn new(program: &Program) -> Self {
        let order = order(program);
        let classes = order.iter().map(|on| classes(program, *on)).collect();
        let mut diagrams = Diagrams {
            cells: Vec::new(),
            known: HashMap::new(),
            order,
            classes,
            nodes: Vec::new(),
            met: HashMap::new(),
            blanked: HashMap::new(),
        };
        // Children stand before their parents.
        for (at, node) in program.nodes.iter().enumerate() {
            let id = diagrams.of_node(program, at, node);
            diagrams.nodes.push(id);
        }
        diagrams
    }

    fn of_node(&mut self, program: &Program, at: usize, node: &Node) -> Id {
        match node {
            Node::No => self.answer(NO),
            Node::Yes => self.answer(YES),
            Node::Pays(pipeline) => self.answer(*pipeline as i64),
            Node::Nothing => self.answer(program.pipelines.len() as i64),
            Node::Refused { .. } => self.answer((program.pipelines.len() + 1 + at) as i64),
            Node::Test { on, edges } => {
                let Some(place) = self.order.iter().position(|known| known == on) else {
                    return self.answer(NO);
                };
                let mut of = vec![self.answer(NO); self.classes.get(place).map_or(0, Classes::count)];
                for edge in edges {
                    let to = self.nodes.get(edge.to).copied().unwrap_or_default();
                    for class in self.within(place, &edge.when) {
                        if let Some(slot) = of.get_mut(class) {
                            *slot = to;
                        }
                    }
                }
                self.test(place, of, None)
            }
        }
    }

    /// The classes that an edge takes.
    fn within(&self, place: usize, when: &When) -> Vec<usize> {
        match (self.classes.get(place), when) {
            (Some(Classes::Values(of)), When::Values(values)) => {
                values.iter().filter_map(|v| of.get(*v)).copied().collect()
            }
            (Some(Classes::Bands(bounds)), When::Intervals(intervals)) => (0..=bounds.len())
                .filter(|class| {
                    let first = class.checked_sub(1).and_then(|before| bounds.get(before));
                    let end = bounds.get(*class);
                    intervals.iter().any(|(from, below)| {
                        from.is_none_or(|from| first.is_some_and(|first| *first >= from))
                            && below.is_none_or(|below| end.is_some_and(|end| *end <= below))
                    })
                })
                .collect(),
            (Some(Classes::Answers), When::Answers { no, yes }) => [(*no).then_some(0), (*yes).then_some(1)]
                .into_iter()
                .flatten()
                .collect(),
            _ => Vec::new(),
        }
    }

    pub fn cell(&self, id: Id) -> &Cell {
        self.cells.get(id).unwrap_or(&Cell::Answer(NO))
    }

    pub fn node(&self, node: usize) -> Id {
        self.nodes.get(node).copied().unwrap_or_default()
    }

    pub fn answer(&mut self, answer: i64) -> Id {
        self.cell_of(Cell::Answer(answer))
    }

    /// A test; without one where every class leads to the same.
    pub fn test(&mut self, on: usize, classes: Vec<Id>, blank: Option<Id>) -> Id {
        let first = classes.first().copied().unwrap_or_default();
        let blank = blank.unwrap_or(first);
        if classes.iter().all(|to| *to == first) && blank == first {
            return first;
        }
        self.cell_of(Cell::Test { on, classes, blank })
    }

    fn cell_of(&mut self, cell: Cell) -> Id {
        if let Some(id) = self.known.get(&cell) {
            return *id;
        }
        let id = self.cells.len();
        self.cells.push(cell.clone());
        self.known.insert(cell, id);
        id
    }

    /// Applies an operation of answers to two diagrams.
    fn apply(&mut self, a: Id, b: Id, done: &mut HashMap<(Id, Id), Id>, answers: &dyn Fn(i64, i64) -> i64) -> Id {
        if let Some(known) = done.get(&(a, b)) {
            return *known;
        }
        let (left, right) = (self.cell(a).clone(), self.cell(b).clone());
        let id = match (&left, &right) {
            (Cell::Answer(x), Cell::Answer(y)) => {
                let answer = answers(*x, *y);
                self.answer(answer)
            }
            _ => {
                let place = |cell: &Cell| match cell {
                    Cell::Test { on, .. } => *on,
                    Cell::Answer(_) => usize::MAX,
                };
                let on = place(&left).min(place(&right));
                let count = self.classes.get(on).map_or(0, Classes::count);
                let child = |cell: &Cell, whole: Id, class: Option<usize>| match cell {
                    Cell::Test { on: at, classes, blank } if *at == on => {
                        class.map_or(*blank, |class| classes.get(class).copied().unwrap_or(whole))
                    }
                    _ => whole,
                };
                let classes = (0..count)
                    .map(|class| {
                        let (x, y) = (child(&left, a, Some(class)), child(&right, b, Some(class)));
                        self.apply(x, y, done, answers)
                    })
                    .collect();
                let (x, y) = (child(&left, a, None), child(&right, b, None));
                let blank = self.apply(x, y, done, answers);
                self.test(on, classes, Some(blank))
            }
        };
        done.insert((a, b), id);
        id
    }

    /// Both hold; of diagrams whose blanks are not looked at.
    pub fn both(&mut self, a: Id, b: Id) -> Id {
        self.apply(a, b, &mut HashMap::new(), &|x, y| x.min(y))
    }

    /// The answer on which two diagrams agree.
    fn meet(&mut self, a: Id, b: Id) -> Id {
        let mut done = std::mem::take(&mut self.met);
        let id = self.apply(a, b, &mut done, &|x, y| if x == y { x } else { OPEN });
        self.met = done;
        id
    }

    /// The diagram with what its blanks mean.
    pub fn blanks(&mut self, id: Id) -> Id {
        if let Some(known) = self.blanked.get(&id) {
            return *known;
        }
        let with = match self.cell(id).clone() {
            Cell::Answer(_) => id,
            Cell::Test { on, classes, .. } => {
                let classes: Vec<Id> = classes.into_iter().map(|to| self.blanks(to)).collect();
                let mut different: Vec<Id> = classes.clone();
                different.sort_unstable();
                different.dedup();
                let mut rest = different.into_iter();
                let first = rest.next().unwrap_or(id);
                let blank = rest.fold(first, |met, next| self.meet(met, next));
                self.test(on, classes, Some(blank))
            }
        };
        self.blanked.insert(id, with);
        with
    }

    /// The place of a field in the order of tests.
    pub fn place(&self, on: Tested) -> Option<usize> {
        self.order.iter().position(|known| *known == on)
    }
}

/// What is tested, parents first: diagrams test in one order, so that of all of them has no circle.
fn order(program: &Program) -> Vec<Tested> {
    let mut seen: Vec<Tested> = Vec::new();
    let mut see = |on: Tested| {
        if !seen.contains(&on) {
            seen.push(on);
        }
    };
    for node in &program.nodes {
        if let Node::Test { on, .. } = node {
            see(*on);
        }
    }
    // Filters and harms are told apart with them.
    for limit in &program.limits {
        let ranks = limit.tiers.iter().flat_map(|tier| match tier {
            crate::emit::program::Tier::Rank(filters) => filters.as_slice(),
            _ => &[],
        });
        for (fact, _) in std::iter::once(&limit.filter).chain(ranks).flat_map(|f| &f.facts) {
            see(Tested::Fact(*fact));
        }
    }
    if let Some(harm) = program.known.harm {
        see(Tested::Fact(harm));
    }
    let mut after: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); seen.len()];
    let place = |on: &Tested| seen.iter().position(|known| known == on);
    for node in &program.nodes {
        let Node::Test { on, edges } = node else { continue };
        for edge in edges {
            if let Some(Node::Test { on: below, .. }) = program.nodes.get(edge.to)
                && let (Some(parent), Some(child)) = (place(on), place(below))
                && let Some(parents) = after.get_mut(child)
            {
                parents.insert(parent);
            }
        }
    }
    let mut order: Vec<usize> = Vec::new();
    while order.len() < seen.len() {
        let free = |at: &usize| {
            !order.contains(at)
                && after
                    .get(*at)
                    .is_none_or(|parents| parents.iter().all(|p| order.contains(p)))
        };
        let next = (0..seen.len()).find(free);
        // There is always one; a circle, never made by lowering, would be broken here.
        let next = next.or_else(|| (0..seen.len()).find(|at| !order.contains(at)));
        order.extend(next);
    }
    order.into_iter().filter_map(|at| seen.get(at).copied()).collect()
}

fn classes(program: &Program, on: Tested) -> Classes {
    let fact = match on {
        Tested::Present(_) | Tested::Decided(_) => return Classes::Answers,
        Tested::Fact(fact) => fact,
    };
    let edges = program.nodes.iter().filter_map(|node| match node {
        Node::Test { on: tested, edges } if *tested == on => Some(edges),
        _ => None,
    });
    match program.facts.get(fact).map(|f| &f.kind) {
        Some(Kind::YesNo) => Classes::Answers,
        Some(Kind::Enumeration { .. }) => {
            let mut sets: Vec<&[usize]> = Vec::new();
            for edge in edges.flatten() {
                if let When::Values(values) = &edge.when {
                    sets.push(values);
                }
            }
            for limit in &program.limits {
                let ranks = limit.tiers.iter().flat_map(|tier| match tier {
                    crate::emit::program::Tier::Rank(filters) => filters.as_slice(),
                    _ => &[],
                });
                let filters = std::iter::once(&limit.filter).chain(ranks);
                sets.extend(
                    filters
                        .flat_map(|f| &f.facts)
                        .filter(|(of, _)| *of == fact)
                        .map(|(_, v)| v.as_slice()),
                );
            }
            let each = program.known.harm == Some(fact) || program.known.injury_grade == Some(fact);
            let mut kinds: HashMap<Vec<bool>, usize> = HashMap::new();
            let of = (0..program.values(fact).len())
                .map(|value| {
                    let mut sign: Vec<bool> = sets.iter().map(|set| set.contains(&value)).collect();
                    if each {
                        // Every harm has benefits of its own, every grade one above it.
                        sign.extend((0..program.values(fact).len()).map(|other| other == value));
                    }
                    let next = kinds.len();
                    *kinds.entry(sign).or_insert(next)
                })
                .collect();
            Classes::Values(of)
        }
        _ => {
            let mut bounds = BTreeSet::new();
            for edge in edges.flatten() {
                if let When::Intervals(intervals) = &edge.when {
                    bounds.extend(intervals.iter().flat_map(|(from, below)| [*from, *below]).flatten());
                }
            }
            Classes::Bands(bounds.into_iter().collect())
        }
    }
}
