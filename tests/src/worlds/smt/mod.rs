//! Questions about a world as SMT-LIB 2, for a solver that knows neither the brute force nor the compiler: lists of
//! values are bounded integers, quantities are integers without an upper bound unless one is declared, money is in 分,
//! and what a share leaves is a real number until it is rounded.

mod limits;
mod order;

use super::model::*;
use super::write::{Item, Written};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The codes that the solver's answers decide.
pub const CODES: &[&str] = &[
    "C101", "C102", "C105", "C106", "L102", "L104", "L108", "L301", "L302", "L303", "T104", "T105",
];

/// What is asked: is there a claim such that …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// it meets the cover
    Meets(usize),
    /// the cover's condition does not hold
    Fails(usize),
    /// it is of this peril and meets some cover
    Peril(usize),
    /// both covers count, and are worth different amounts
    Differ(usize, usize, Harm),
    /// the same, where a decision may have added its peril to an open list
    DifferAdded(usize, usize, Harm),
    /// it meets the cover, and the file says what that is worth
    Worth(usize, Harm),
    /// it meets the cover, and is worth more than nothing
    Pays(usize, Harm),
    /// it meets the cover, and whatever the contract sets comes to more than any bounded benefit
    Unbounded(usize, Harm),
    /// the cover pays for it, and whatever is decided and set it comes to more than a limit that it must pass
    Cut(usize, Harm),
    /// it meets the cover, and whatever the contract sets its grade brings more than death
    Below(usize),
    /// it meets the first cover and not the second
    Alone(usize, usize),
    /// its quantity stands in no row of the table
    Gap(usize),
    /// its quantity stands in two rows of the table
    Twice(usize),
    /// Instead: is there an order of all limits?
    Ordered,
    /// Instead: is there one in which the first of these limits acts before the second?
    Before(usize, usize),
}

/// Text for the solver, and what it asks: as many answers come back, in this order, each after its number.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    pub text: String,
    pub asked: Vec<Ask>,
}

/// All questions about a world.
pub fn questions(world: &World) -> Questions {
    let mut asker = Asker {
        w: world,
        q: Questions::default(),
        terms: 0,
        set: None,
        decided: None,
    };
    asker.all();
    asker.q
}

/// What the answers say is wrong with a world: by the same names as [`super::verdicts`].
pub fn verdicts(world: &World, written: &Written, answers: &BTreeMap<Ask, bool>) -> BTreeSet<String> {
    // Without an order of its limits a scheme has no definite meaning, and nothing more is said of it.
    let unordered = order::verdicts(world, answers);
    if !unordered.is_empty() {
        return unordered;
    }
    let none = |ask: Ask| answers.get(&ask) == Some(&false);
    let some = |ask: Ask| answers.get(&ask) == Some(&true);
    let row_at = |code: &str, cover: usize, harm: Harm| {
        let ((schedule, row), _) = world.row(world.covers[cover].schedule, harm)?;
        let line = written.lines.get(&Item::Row(schedule, row)).copied();
        Some(format!("{code}@{}", line.unwrap_or_default()))
    };
    let mut found = BTreeSet::new();
    for (index, cover) in world.covers.iter().enumerate() {
        if none(Ask::Meets(index)) {
            found.insert(format!("C105 {}", cover.name));
            continue;
        }
        if none(Ask::Fails(index)) {
            found.insert(format!("C106 {}", cover.name));
        }
        let never = |word: &Vec<usize>| word.iter().all(|peril| none(Ask::Peril(*peril)));
        if world.peril_words(cover).iter().any(never) {
            found.insert(format!("C102 {}", cover.name));
        }
    }
    for ask in answers.keys().filter(|ask| some(**ask)) {
        match ask {
            Ask::Differ(a, b, _) => {
                let mut names = [world.covers[*a].name.as_str(), world.covers[*b].name.as_str()];
                names.sort_unstable();
                found.insert(format!("C101 {}", names.join(" ")));
            }
            Ask::DifferAdded(a, b, _) if !Harm::ALL.iter().any(|harm| some(Ask::Differ(*a, *b, *harm))) => {
                let mut names = [world.covers[*a].name.as_str(), world.covers[*b].name.as_str()];
                names.sort_unstable();
                found.insert(format!("C101 added: {}", names.join(" ")));
            }
            Ask::Worth(cover, harm) if none(Ask::Pays(*cover, *harm)) => {
                found.extend(row_at("L108", *cover, *harm));
            }
            Ask::Cut(cover, harm) if none(Ask::Unbounded(*cover, *harm)) => {
                found.extend(row_at("L102", *cover, *harm));
            }
            Ask::Below(cover)
                if world
                    .joined_for_death(*cover)
                    .into_iter()
                    .all(|other| some(Ask::Alone(*cover, other))) =>
            {
                found.extend(row_at("L104", *cover, Harm::Death));
            }
            Ask::Gap(table) => {
                found.insert(format!("T104 {}", world.tables[*table].name));
            }
            Ask::Twice(table) => {
                found.insert(format!("T105 {}", world.tables[*table].name));
            }
            _ => {}
        }
    }
    found
}

/// Every peril that a cover lists by name or by group.
fn listed(world: &World, cover: &Cover) -> BTreeSet<usize> {
    world.peril_words(cover).into_iter().flatten().collect()
}

/// A number: its name or text, and whether it is an integer.
#[derive(Debug, Clone)]
struct Term {
    text: String,
    whole: bool,
}

impl Term {
    fn whole(text: impl Into<String>) -> Self {
        Term {
            text: text.into(),
            whole: true,
        }
    }
    fn real(&self) -> String {
        if self.whole {
            format!("(to_real {})", self.text)
        } else {
            self.text.clone()
        }
    }
}

fn all_of(parts: &[String]) -> String {
    format!("(and true {})", parts.join(" "))
}
fn any_of(parts: &[String]) -> String {
    format!("(or false {})", parts.join(" "))
}
/// The fact is one of these values, or below one.
fn in_tree(fact: &str, tree: &[Node], values: &[usize]) -> String {
    let all: BTreeSet<usize> = values.iter().flat_map(|value| below(tree, *value)).collect();
    one_of(fact, all)
}
fn one_of(fact: &str, values: impl IntoIterator<Item = usize>) -> String {
    any_of(
        &values
            .into_iter()
            .map(|v| format!("(= {fact} {v})"))
            .collect::<Vec<_>>(),
    )
}
fn fact(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Expense => "expense",
        Quantity::Loss => "loss",
        Quantity::Depth => "depth",
        Quantity::Months => "months",
    }
}
fn between(w: &World, from: Option<Edge>, below: Option<Edge>, quantity: Quantity) -> String {
    let fact = fact(quantity);
    let edge = |edge: Option<Edge>, with: &str, without: &str| {
        edge.map_or("true".to_owned(), |e| {
            let at = number(w, quantity, e.at);
            format!("({} {fact} {at})", if e.inclusive { with } else { without })
        })
    };
    all_of(&[edge(from, ">=", ">"), edge(below, "<=", "<")])
}

/// A number that a quantity is compared with: months may be of any part where these count.
fn number(w: &World, quantity: Quantity, value: i64) -> String {
    match quantity {
        Quantity::Months if w.in_parts() => format!("{}.0", value / MONTH),
        Quantity::Months => (value / MONTH).to_string(),
        _ => value.to_string(),
    }
}

struct Asker<'w> {
    w: &'w World,
    q: Questions,
    terms: usize,
    /// Values of the parameters, where these are not for the solver to choose
    set: Option<Vec<i64>>,
    /// Decisions likewise
    decided: Option<Vec<bool>>,
}

impl Asker<'_> {
    fn put(&mut self, line: &str) {
        self.q.text.push_str(line);
        self.q.text.push('\n');
    }
    fn ask(&mut self, ask: Ask, that: &str) {
        let number = self.q.asked.len();
        self.q.asked.push(ask);
        let _ = writeln!(
            self.q.text,
            "(push)\n(assert {that})\n(echo \"{number}\")\n(check-sat)\n(pop)"
        );
    }
    /// A name for a value, so that formulas stay short.
    fn named(&mut self, sort: &str, value: &str) -> String {
        let name = format!("t{}", self.terms);
        self.terms += 1;
        self.put(&format!("(define-fun {name} () {sort} {value})"));
        name
    }
    fn number(&mut self, value: &str, whole: bool) -> Term {
        Term {
            text: self.named(if whole { "Int" } else { "Real" }, value),
            whole,
        }
    }

    fn all(&mut self) {
        self.put("(push)");
        self.order();
        self.facts();
        for cover in 0..self.w.covers.len() {
            let meets = self.meets(cover);
            self.put(&format!("(define-fun meets{cover} () Bool {meets})"));
        }
        self.covers();
        self.meetings();
        self.benefits();
        self.cuts();
        self.deaths();
        self.tables();
        self.put("(pop)");
    }

    fn facts(&mut self) {
        let bounded = |name: &str, least: i64, most: Option<i64>| {
            let most = most.map_or(String::new(), |most| format!("\n(assert (<= {name} {most}))"));
            format!("(declare-const {name} Int)\n(assert (>= {name} {least})){most}")
        };
        let last = |count: usize| Some(count as i64 - 1);
        self.put(&bounded("peril", 0, last(PERILS.len())));
        // -1: no cause
        self.put(&bounded("cause", -1, last(PERILS.len())).replace("-1", "(- 1)"));
        self.put(&bounded("role", 0, last(ROLES.len())));
        self.put(&bounded("liable", 0, last(LIABLE.len())));
        self.put(&bounded("grade", 0, last(GRADES.len())));
        self.put(&bounded("damage", 0, last(DAMAGES.len())));
        self.put(&bounded("depth", 0, Some(DEPTH)));
        for name in ["expense", "loss"] {
            self.put(&bounded(name, 0, None));
        }
        let months = bounded("months", 0, None);
        self.put(&match self.w.in_parts() {
            true => months.replace(" Int", " Real").replace(" 0)", " 0.0)"),
            false => months,
        });
        for index in 0..YES_NO.len() {
            self.put(&format!("(declare-const yes{index} Bool)"));
        }
        for index in 0..self.w.decisions.len() {
            self.put(&format!("(declare-const decided{index} Bool)"));
        }
        for (index, parameter) in self.w.parameters.iter().enumerate() {
            let most = parameter.at_most.or(parameter.ratio.then_some(100));
            self.put(&bounded(
                &format!("parameter{index}"),
                parameter.at_least.unwrap_or(0),
                most,
            ));
        }
    }

    fn meets(&self, cover: usize) -> String {
        self.applies(&self.w.covers[cover])
    }
    fn applies(&self, cover: &Cover) -> String {
        let mut parts = Vec::new();
        if let Some(perils) = &cover.perils {
            parts.push(any_of(&perils.iter().map(|p| self.listed(p)).collect::<Vec<_>>()));
        }
        if !cover.roles.is_empty() {
            parts.push(in_tree("role", ROLES, &cover.roles));
        }
        parts.extend(cover.condition.iter().map(|c| self.condition(c)));
        all_of(&parts)
    }

    fn listed(&self, peril: &PerilRef) -> String {
        match peril {
            PerilRef::Peril(peril, None) => in_tree("peril", PERILS, &[*peril]),
            PerilRef::Peril(peril, Some(cause)) => {
                all_of(&[in_tree("peril", PERILS, &[*peril]), in_tree("cause", PERILS, &[*cause])])
            }
            PerilRef::Group(group) => {
                let group = &self.w.groups[*group];
                let mut parts = vec![in_tree("peril", PERILS, &group.perils)];
                parts.extend(group.opened_by.map(|decision| self.taken(decision)));
                any_of(&parts)
            }
        }
    }

    fn condition(&self, condition: &Condition) -> String {
        let not = |not: bool, holds: String| if not { format!("(not {holds})") } else { holds };
        let parts = |parts: &[Condition]| parts.iter().map(|part| self.condition(part)).collect::<Vec<_>>();
        match condition {
            Condition::Liable { not: negated, values } => {
                // 视同: nobody liable counts as not found, unless the list names both.
                let treated = self.w.treat && values.contains(&NOT_FOUND);
                let values: BTreeSet<usize> = values.iter().copied().chain(treated.then_some(NONE)).collect();
                not(*negated, one_of("liable", values))
            }
            Condition::Role { not: negated, values } => not(*negated, in_tree("role", ROLES, values)),
            Condition::Peril { not: negated, values } => not(*negated, in_tree("peril", PERILS, values)),
            Condition::Quantity(quantity, compare, value) => {
                let sign = match compare {
                    Compare::AtLeast => ">=",
                    Compare::AtMost => "<=",
                    Compare::Over => ">",
                    Compare::Under => "<",
                };
                let value = number(self.w, *quantity, *value);
                format!("({sign} {} {value})", fact(*quantity))
            }
            Condition::Yes(fact) => format!("yes{fact}"),
            Condition::Decided(decision) => self.taken(*decision),
            Condition::And(all) => all_of(&parts(all)),
            Condition::Or(all) => any_of(&parts(all)),
            Condition::Not(part) => format!("(not {})", self.condition(part)),
        }
    }

    /// C102, C105, C106
    fn covers(&mut self) {
        let w = self.world();
        let mut perils = BTreeSet::new();
        for (index, cover) in w.covers.iter().enumerate() {
            self.ask(Ask::Meets(index), &format!("meets{index}"));
            if let Some(condition) = &cover.condition {
                let holds = self.condition(condition);
                let fails = format!("(not {holds})");
                let listed = Cover {
                    condition: None,
                    ..cover.clone()
                };
                self.ask(Ask::Fails(index), &all_of(&[self.applies(&listed), fails]));
            }
            perils.extend(listed(w, cover));
        }
        let some: Vec<String> = (0..w.covers.len()).map(|cover| format!("meets{cover}")).collect();
        for peril in perils {
            let that = format!("(and (= peril {peril}) {})", any_of(&some));
            self.ask(Ask::Peril(peril), &that);
        }
    }

    /// C101: both apply, neither gives way to a cover that applies too, and what they are worth differs: with the
    /// lists as they stand, and with what decisions add to open ones.
    fn meetings(&mut self) {
        let w = self.world();
        let closed: Vec<String> = (0..w.decisions.len())
            .filter(|decision| w.decisions[*decision].opens)
            .map(|decision| format!("(not decided{decision})"))
            .collect();
        for harm in Harm::ALL {
            let with: Vec<usize> = (0..w.covers.len())
                .filter(|cover| w.row(w.covers[*cover].schedule, *harm).is_some())
                .collect();
            for (at, a) in with.iter().enumerate() {
                for b in &with[at + 1..] {
                    if w.joined(*a, *b, Meeting::Stack) || w.joined(*a, *b, Meeting::Higher) {
                        continue;
                    }
                    let mut that = vec![format!("meets{a}"), format!("meets{b}")];
                    for other in with.iter().filter(|other| w.over(**other, *a) || w.over(**other, *b)) {
                        that.push(format!("(not meets{other})"));
                    }
                    let (Some(x), Some(y)) = (self.worth(*a, *harm), self.worth(*b, *harm)) else {
                        continue;
                    };
                    that.extend([x.0, y.0, format!("(not (= {} {}))", x.1.text, y.1.text)]);
                    if !closed.is_empty() {
                        self.ask(Ask::DifferAdded(*a, *b, *harm), &all_of(&that));
                    }
                    that.extend(closed.iter().cloned());
                    self.ask(Ask::Differ(*a, *b, *harm), &all_of(&that));
                }
            }
        }
    }

    /// L108
    fn benefits(&mut self) {
        let w = self.world();
        for (cover, harm) in w.benefits() {
            let nothing = |(_, row): ((usize, usize), &Row)| row.start == Start::Nothing;
            if w.row(w.covers[cover].schedule, harm).is_none_or(nothing) {
                continue;
            }
            let Some((defined, worth)) = self.worth(cover, harm) else {
                continue;
            };
            let meets = format!("meets{cover}");
            self.ask(Ask::Worth(cover, harm), &all_of(&[meets.clone(), defined.clone()]));
            let pays = format!("(> {} 0)", worth.text);
            self.ask(Ask::Pays(cover, harm), &all_of(&[meets, defined, pays]));
        }
    }

    /// T104, T105
    fn tables(&mut self) {
        let w = self.world();
        for (index, table) in w.tables.iter().enumerate() {
            let By::Quantity(quantity) = table.by else { continue };
            let rows: Vec<String> = table
                .rows
                .iter()
                .filter_map(|(key, _)| match key {
                    Key::Interval(from, below) => Some(between(self.w, *from, *below, quantity)),
                    _ => None,
                })
                .collect();
            if table.rows.iter().all(|(key, _)| *key != Key::Otherwise) {
                self.ask(Ask::Gap(index), &format!("(not {})", any_of(&rows)));
            }
            let mut pairs = Vec::new();
            for (at, row) in rows.iter().enumerate() {
                pairs.extend(rows[at + 1..].iter().map(|other| format!("(and {row} {other})")));
            }
            self.ask(Ask::Twice(index), &any_of(&pairs));
        }
    }

    /// When the file says what a cover is worth, and that worth in 分.
    fn worth(&mut self, cover: usize, harm: Harm) -> Option<(String, Term)> {
        let w = self.world();
        let schedule = w.covers[cover].schedule;
        let (_, row) = w.row(schedule, harm)?;
        let (defined, mut value) = self.start(&row.start);
        for step in &row.steps {
            value = self.step(step, &value);
        }
        value = self.round(&value, 1, Mode::HalfUp);
        if let Some((_, (harms, cap))) = w.combined(schedule)
            && harms.contains(&harm)
        {
            value = self.number(&format!("(ite (< {0} {cap}) {0} {cap})", value.text), true);
        }
        Some((defined, value))
    }

    fn money(&self, amount: &Money) -> String {
        match (amount, &self.set) {
            (Money::Fen(fen), _) => fen.to_string(),
            (Money::Parameter(parameter), Some(set)) => set[*parameter].to_string(),
            (Money::Parameter(parameter), None) => format!("parameter{parameter}"),
        }
    }
    fn taken(&self, decision: usize) -> String {
        match &self.decided {
            Some(decided) => decided[decision].to_string(),
            None => format!("decided{decision}"),
        }
    }

    fn start(&mut self, start: &Start) -> (String, Term) {
        let yes = || "true".to_owned();
        match start {
            Start::Fixed(amount) => (yes(), Term::whole(self.money(amount))),
            Start::Actual(quantity) => (yes(), Term::whole(fact(*quantity))),
            Start::Months { rate, most } => {
                let parts = self.w.in_parts();
                let point = if parts { ".0" } else { "" };
                let months = most.map_or("months".to_owned(), |most| {
                    format!("(ite (< months {most}{point}) months {most}{point})")
                });
                (yes(), self.number(&format!("(* {rate}{point} {months})"), !parts))
            }
            Start::Nothing => (yes(), Term::whole("0")),
            Start::Table { table, column } => {
                let (defined, cell) = self.cell(*table, *column, &|cell| cell.to_string());
                (defined, self.number(&cell, true))
            }
            Start::TableOf { table, of } => {
                let of = format!("(to_real {})", self.money(of));
                let (defined, cell) = self.cell(*table, 0, &|cell| format!("(* (/ {cell}.0 100.0) {of})"));
                let cell = cell.replace(" 0)", " 0.0)");
                (defined, self.number(&cell, false))
            }
        }
    }

    /// When a row holds the claim's value, and what the first such row gives.
    fn cell(&self, table: usize, column: usize, give: &dyn Fn(i64) -> String) -> (String, String) {
        let table = &self.w.tables[table];
        let cell = |cells: &[i64]| cells.get(column).copied().map(give);
        let rest = table.rows.iter().find(|(key, _)| *key == Key::Otherwise);
        let rest = rest.and_then(|(_, cells)| cell(cells));
        let mut any = Vec::new();
        let mut value = rest.clone().unwrap_or_else(|| give(0));
        for (key, cells) in table.rows.iter().rev() {
            let holds = match (key, table.by) {
                (Key::Values(values), By::Grade) => one_of("grade", values.iter().copied()),
                (Key::Values(values), By::Damage) => one_of("damage", values.iter().copied()),
                (Key::Interval(from, below), By::Quantity(quantity)) => between(self.w, *from, *below, quantity),
                _ => continue,
            };
            if let Some(cell) = cell(cells) {
                value = format!("(ite {holds} {cell} {value})");
                any.push(holds);
            }
        }
        let defined = if rest.is_some() {
            "true".to_owned()
        } else {
            any_of(&any)
        };
        (defined, value)
    }

    fn step(&mut self, step: &Step, value: &Term) -> Term {
        let amount = |amount: &Money| {
            let amount = Term::whole(self.money(amount));
            if value.whole { amount.text } else { amount.real() }
        };
        let is = &value.text;
        match step {
            Step::Less(less) => {
                let less = amount(less);
                let zero = if value.whole { "0" } else { "0.0" };
                self.number(&format!("(ite (> {is} {less}) (- {is} {less}) {zero})"), value.whole)
            }
            Step::UpTo(cap) => {
                let cap = amount(cap);
                self.number(&format!("(ite (< {is} {cap}) {is} {cap})"), value.whole)
            }
            Step::AtLeast(floor) => {
                let floor = amount(floor);
                self.number(&format!("(ite (> {is} {floor}) {is} {floor})"), value.whole)
            }
            Step::Share(Share::Of(n, d)) => self.number(&format!("(* (/ {n}.0 {d}.0) {})", value.real()), false),
            Step::Share(Share::Parameter(parameter)) => {
                // Every whole per cent for itself, so that each formula stays linear.
                let of = &self.w.parameters[*parameter];
                let value = self.number(&value.real(), false).text;
                if let Some(set) = &self.set {
                    let share = format!("(* (/ {}.0 100.0) {value})", set[*parameter]);
                    return self.number(&share, false);
                }
                let mut share = "0.0".to_owned();
                for cent in of.at_least.unwrap_or(0)..=of.at_most.unwrap_or(100) {
                    share = format!("(ite (= parameter{parameter} {cent}) (* (/ {cent}.0 100.0) {value}) {share})");
                }
                self.number(&share, false)
            }
            Step::Round(unit, mode) => self.round(value, *unit, *mode),
        }
    }

    fn round(&mut self, value: &Term, unit: i64, mode: Mode) -> Term {
        if value.whole && unit == 1 {
            return value.clone();
        }
        let parts = format!("(/ {} {unit}.0)", value.real());
        let units = match mode {
            Mode::Down => format!("(to_int {parts})"),
            Mode::HalfUp => format!("(to_int (+ {parts} (/ 1.0 2.0)))"),
            Mode::Up => format!("(- (to_int (- {parts})))"),
        };
        self.number(&format!("(* {unit} {units})"), true)
    }
}

impl<'w> Asker<'w> {
    fn world(&self) -> &'w World {
        self.w
    }
}
