//! From a path through diagrams to a claim that `eval` or `settle` reproduces.
//!
//! A path fixes only the facts that brought a rule to its verdict. Evaluation may read more: other covers are tested,
//! limits filter, keys group. So a claim is completed by walking the diagrams as evaluation does, towards the covers and
//! pipelines that the verdict is about, until nothing that evaluation requires is missing.

use super::payable::{class_of, fact_named};
use crate::money::{Fen, MAX_FEN, RATIO_GRID, Ratio};
use crate::plan::diagram::{Edge, Leaf, Node, NodeId};
use crate::plan::reads::Reads;
use crate::plan::{
    Amount, Class, Count, CoverId, DecisionId, DecisionKey, Fact, FactId, FactKind, FactRole, GroupKey, LimitRule,
    Operation, ParameterKind, ParameterValue, PipelineId, Plan, RateBase, Term, ValueId,
};
use crate::resolve::id;
use anlan_lang::diag::Witness;
use anlan_lang::texts::{Language, money};
use anlan_lang::tree::Date;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// An expense, loss or sum large enough to reach the caps of most schemes: one hundred million 元.
const AMPLE: i64 = 10_000_000_000;
/// Months, mu or head enough for any cap on them.
const AMPLE_UNITS: i64 = 1_000;
/// The day of loss where the term leaves it open.
const SOME_DAY: &str = "2024-06-01";

/// A claim in the data contract's form, under construction.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    plan: &'a Plan,
    /// Classes of facts, fixed by the path or chosen on the way
    classes: BTreeMap<FactId, u16>,
    fields: BTreeMap<String, String>,
    decided: BTreeSet<DecisionId>,
    wanted: Vec<CoverId>,
    pipelines: Vec<PipelineId>,
    day: Option<Date>,
}

impl<'a> Claim<'a> {
    /// The facts that the path fixes.
    pub fn new(plan: &'a Plan, path: &[(FactId, u16)]) -> Self {
        let mut claim = Claim {
            plan,
            classes: BTreeMap::new(),
            fields: BTreeMap::new(),
            decided: BTreeSet::new(),
            wanted: Vec::new(),
            pipelines: Vec::new(),
            day: None,
        };
        for (fact, class) in path {
            claim.fix(*fact, *class);
        }
        claim
    }
    /// Sets a fact by its id, unless the plan lacks it.
    pub fn with(mut self, fact: &str, value: impl Into<String>) -> Self {
        if self.plan.facts.iter().any(|f| f.id == fact) {
            self.fields.insert(fact.to_owned(), value.into());
        }
        self
    }
    /// Sets an enumeration fact.
    pub fn with_value(mut self, fact: &str, value: ValueId) -> Self {
        let plan = self.plan;
        let Some(id) = fact_named(plan, fact) else { return self };
        if let Some(class) = class_of(plan, id, value) {
            self.classes.entry(id).or_insert(class);
        }
        let name = plan.facts.get(id.index()).and_then(|f| value_name(plan, f, value));
        match name {
            Some(name) => self.with(fact, name),
            None => self,
        }
    }
    /// The covers that are to pay.
    pub fn under(mut self, covers: impl IntoIterator<Item = CoverId>) -> Self {
        self.wanted.extend(covers);
        self
    }
    /// The pipelines by which they are to pay; what these read is given ample values.
    pub fn paying(mut self, pipelines: &[PipelineId]) -> Self {
        self.pipelines.extend(pipelines);
        self
    }
    /// Taken by an authority.
    pub fn deciding(mut self, decisions: impl IntoIterator<Item = DecisionId>) -> Self {
        self.decided.extend(decisions);
        self
    }
    /// The day of loss.
    pub fn on(mut self, day: Option<Date>) -> Self {
        self.day = day.or(self.day);
        self
    }
    /// The fields of a claim that evaluation can read, and the decisions.
    pub fn finish(mut self) -> (BTreeMap<String, String>, Vec<String>) {
        self.complete();
        let decided = self.decisions();
        (self.fields, decided)
    }
    /// A witness of this one claim.
    pub fn witness(self) -> Witness {
        Witness::of(vec![self])
    }
}

/// A witness of several claims.
pub trait Several<'a>: Sized {
    /// Completes each claim; what a contract must set and the bases are added.
    fn of(claims: Vec<Claim<'a>>) -> Self;
}

impl<'a> Several<'a> for Witness {
    fn of(claims: Vec<Claim<'a>>) -> Self {
        let plan = claims.first().map(|claim| claim.plan);
        let mut witness = Witness::default();
        for claim in claims {
            let (fields, decided) = claim.finish();
            witness.claims.push(fields);
            witness.decided.extend(decided);
        }
        witness.decided.sort();
        witness.decided.dedup();
        if let Some(plan) = plan {
            witness.set = settings(plan);
            witness.bases = bases(plan);
        }
        witness
    }
}

// ─────────────────────────────── walking ───────────────────────────────

impl Claim<'_> {
    fn complete(&mut self) {
        self.cover_fields();
        self.quantities();
        self.limit_fields();
        self.date_fields();
    }

    /// Walks to the covers that apply, and in each of those to what it pays.
    fn cover_fields(&mut self) {
        let plan = self.plan;
        let wanted = self.wanted.clone();
        let rank = |leaf: &Leaf| {
            let Leaf::Covers(covers) = leaf else { return 0 };
            let beaten = |c: &CoverId| covers.iter().any(|other| plan.meeting.over.contains(&(*other, *c)));
            let top: Vec<CoverId> = covers.iter().copied().filter(|c| !beaten(c)).collect();
            match (wanted.is_empty(), top.len()) {
                (_, 0) => 0,
                (true, 1) => 3,
                (true, _) => 2,
                (false, _) if top == wanted => 4,
                (false, _) if wanted.iter().all(|c| top.contains(c)) => 3,
                (false, _) if wanted.iter().all(|c| covers.contains(c)) => 2,
                (false, _) => 1,
            }
        };
        let Leaf::Covers(covers) = self.walk(plan.applying, &rank) else {
            return;
        };
        let harm = fact_named(plan, id::HARM).and_then(|fact| self.classes.get(&fact).map(|class| (fact, *class)));
        let pipelines = self.pipelines.clone();
        let rank = |leaf: &Leaf| match leaf {
            Leaf::Pays(pipeline) if pipelines.contains(pipeline) => 4,
            Leaf::Pays(_) => 3,
            Leaf::Refused(_) => 1,
            Leaf::No | Leaf::Yes | Leaf::Covers(_) | Leaf::Nothing => 2,
        };
        let read = plan.benefits.iter().filter(|benefit| {
            let of_harm = harm.is_none_or(|(fact, class)| class_of(plan, fact, benefit.harm) == Some(class));
            covers.contains(&benefit.cover) && of_harm
        });
        // What the claim is about first: the rest must not stand in its way.
        let (first, rest): (Vec<_>, Vec<_>) = read.partition(|benefit| wanted.contains(&benefit.cover));
        for benefit in first.into_iter().chain(rest) {
            if let Leaf::Pays(pipeline) = self.walk(benefit.root, &rank)
                && !self.pipelines.contains(&pipeline)
            {
                self.pipelines.push(pipeline);
            }
        }
    }

    /// Goes from a root towards the best leaf that the facts fixed so far allow, and fixes what it meets on the way.
    fn walk(&mut self, root: NodeId, rank: &dyn Fn(&Leaf) -> u8) -> Leaf {
        let plan = self.plan;
        let mut memo = FxHashMap::default();
        let mut node = root;
        loop {
            match plan.diagrams.node(node) {
                Node::Leaf(leaf) => return leaf.clone(),
                Node::Test { fact, edges } => {
                    let edges = self.open_edges(*fact, edges);
                    let best = edges.iter().map(|(_, edge)| self.best(edge.to, rank, &mut memo)).max();
                    let chosen = edges
                        .iter()
                        .find(|(_, edge)| Some(self.best(edge.to, rank, &mut memo)) == best);
                    let Some((class, edge)) = chosen else { return Leaf::No };
                    node = edge.to;
                    self.fix(*fact, *class);
                }
            }
        }
    }

    /// The best rank of a leaf below a node.
    fn best(&self, node: NodeId, rank: &dyn Fn(&Leaf) -> u8, memo: &mut FxHashMap<NodeId, u8>) -> u8 {
        if let Some(done) = memo.get(&node) {
            return *done;
        }
        let best = match self.plan.diagrams.node(node) {
            Node::Leaf(leaf) => rank(leaf),
            Node::Test { fact, edges } => self
                .open_edges(*fact, edges)
                .into_iter()
                .map(|(_, edge)| self.best(edge.to, rank, memo))
                .max()
                .unwrap_or_default(),
        };
        memo.insert(node, best);
        best
    }

    /// The edges that the facts fixed so far leave, each with the class to take on it; what a blank stands for first.
    fn open_edges<'e>(&self, fact: FactId, edges: &'e [Edge]) -> Vec<(u16, &'e Edge)> {
        let usual = self.usual(fact);
        let on = |class: u16| edges.iter().find(|edge| edge.classes.binary_search(&class).is_ok());
        if let Some(class) = self.classes.get(&fact) {
            return on(*class).map(|edge| (*class, edge)).into_iter().collect();
        }
        let mut open: Vec<(u16, &Edge)> = usual
            .and_then(|class| on(class).map(|edge| (class, edge)))
            .into_iter()
            .collect();
        for edge in edges {
            if let Some(class) = edge.classes.first()
                && open.iter().all(|(_, known)| known.to != edge.to)
            {
                open.push((*class, edge));
            }
        }
        open
    }

    /// The class of a blank: the default of an enumeration; no for what is not recorded or not decided.
    fn usual(&self, fact: FactId) -> Option<u16> {
        let declared = self.plan.facts.get(fact.index())?;
        match (declared.role, &declared.kind) {
            (
                FactRole::Given,
                FactKind::Enumeration {
                    default: Some(default), ..
                },
            ) => class_of(self.plan, fact, *default),
            (FactRole::Given, _) => None,
            (FactRole::Present(_) | FactRole::Decided(_), _) => {
                let no = declared.classes.iter().position(|class| *class == Class::No)?;
                u16::try_from(no).ok()
            }
        }
    }

    fn fix(&mut self, fact: FactId, class: u16) {
        let plan = self.plan;
        if *self.classes.entry(fact).or_insert(class) != class {
            return;
        }
        let Some(declared) = plan.facts.get(fact.index()) else {
            return;
        };
        let Some(of) = declared.classes.get(usize::from(class)) else {
            return;
        };
        match (declared.role, of) {
            // Quantities wait until it is known what is read of them.
            (FactRole::Given, Class::Interval { .. }) => {}
            (FactRole::Given, of) => {
                if self.usual(fact) != Some(class)
                    && let Some(value) = sample(plan, declared, of)
                {
                    self.set(declared, value);
                }
            }
            (FactRole::Present(carried), Class::Yes) => {
                // Its own interval, if any, is fixed further down.
                self.fields.entry(format!("\u{0}{}", carried.0)).or_default();
            }
            (FactRole::Decided(decision), Class::Yes) => {
                self.decided.insert(decision);
            }
            (FactRole::Present(_) | FactRole::Decided(_), _) => {}
        }
    }
    fn set(&mut self, fact: &Fact, value: String) {
        self.fields.entry(fact.id.clone()).or_insert(value);
    }
}

// ─────────────────────────────── filling ───────────────────────────────

impl Claim<'_> {
    /// Values for the quantities that the path bounds or that the pipelines read: as much as they may be.
    fn quantities(&mut self) {
        let plan = self.plan;
        let mut read: BTreeMap<FactId, Option<i64>> = BTreeMap::new();
        for pipeline in self.pipelines.iter().filter_map(|id| plan.pipelines.get(id.index())) {
            quantities_read(&pipeline.start, &mut read);
            for step in &pipeline.steps {
                if let Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) = &step.operation
                {
                    quantities_read(amount, &mut read);
                }
            }
        }
        let present = |key: &str| {
            key.strip_prefix('\u{0}')
                .and_then(|n| n.parse::<u32>().ok())
                .map(FactId)
        };
        let marked: Vec<FactId> = self.fields.keys().filter_map(|key| present(key)).collect();
        self.fields.retain(|key, _| !key.starts_with('\u{0}'));
        let bounded: Vec<FactId> = self.classes.keys().copied().collect();
        let ample = ample(plan);
        for fact in read
            .keys()
            .copied()
            .chain(marked)
            .chain(bounded)
            .collect::<BTreeSet<_>>()
        {
            let Some(declared) = plan.facts.get(fact.index()).filter(|f| f.role == FactRole::Given) else {
                continue;
            };
            let class = self
                .classes
                .get(&fact)
                .and_then(|class| declared.classes.get(usize::from(*class)));
            if let Some(value) = quantity(declared, class, read.get(&fact), ample) {
                self.set(declared, value);
            }
        }
    }

    /// Values that filters of limits test and keys that limits group by.
    fn limit_fields(&mut self) {
        let plan = self.plan;
        for limit in &plan.limits {
            for (fact, values) in &limit.filter.facts {
                if self.blank(*fact)
                    && self.usual(*fact).is_none()
                    && let Some(value) = values.first()
                    && let Some(declared) = plan.facts.get(fact.index())
                    && let Some(name) = value_name(plan, declared, *value)
                {
                    self.set(declared, name);
                }
            }
            for key in &limit.keys {
                if let GroupKey::Fact(fact) = key {
                    self.key_field(*fact);
                }
            }
        }
        for fact in [id::CLAIM, id::EVENT].iter().filter_map(|name| fact_named(plan, name)) {
            self.key_field(fact);
        }
    }

    fn blank(&self, fact: FactId) -> bool {
        let named = self.plan.facts.get(fact.index());
        named.is_none_or(|f| !self.fields.contains_key(&f.id)) && !self.classes.contains_key(&fact)
    }

    fn key_field(&mut self, fact: FactId) {
        let plan = self.plan;
        let Some(declared) = plan.facts.get(fact.index()) else {
            return;
        };
        match &declared.kind {
            FactKind::Text => self.set(declared, sample_key(&declared.id)),
            FactKind::Enumeration { domain, default: None } if self.blank(fact) => {
                let values = plan
                    .domains
                    .get(domain.index())
                    .map(|domain| domain.values.len())
                    .unwrap_or_default();
                let all: Vec<ValueId> = (0..values).map(ValueId::from).collect();
                if let Some(value) = sample(plan, declared, &Class::Values(all)) {
                    self.set(declared, value);
                }
            }
            _ => {}
        }
    }

    /// A day in the term, and a policy around it where the term is each policy's.
    fn date_fields(&mut self) {
        let plan = self.plan;
        let day = match (&plan.calendar.term, self.day) {
            (_, Some(day)) => day.to_string(),
            (Term::Fixed { start, .. }, None) => start.to_string(),
            (_, None) => SOME_DAY.to_owned(),
        };
        let mut set = |id: &str, value: &str| {
            if plan.facts.iter().any(|f| f.id == id) {
                self.fields.entry(id.to_owned()).or_insert_with(|| value.to_owned());
            }
        };
        set(id::DATE, &day);
        if let Term::Policy { start, end } = &plan.calendar.term {
            let year = self
                .fields
                .get(id::DATE)
                .and_then(|day| day.get(..4))
                .unwrap_or("2024")
                .to_owned();
            for (fact, value) in [(start, format!("{year}-01-01")), (end, format!("{year}-12-31"))] {
                if let Some(declared) = plan.facts.get(fact.index()) {
                    self.set(declared, value);
                }
            }
        }
    }

    fn decisions(&self) -> Vec<String> {
        let plan = self.plan;
        let name = |id: &DecisionId| {
            let decision = plan.decisions.get(id.index())?;
            let key = self.key(decision.per).map(|key| format!("@{key}")).unwrap_or_default();
            let from_the_day = decision.effect == anlan_lang::tree::DecisionEffect::FromTheDay;
            let value = match &decision.value {
                _ if from_the_day => self.fields.get(id::DATE).map(|day| format!("={day}")),
                Some(ParameterKind::Money) => Some(format!("={}", Fen(ample(plan)))),
                Some(ParameterKind::Ratio) => Some("=100%".to_owned()),
                Some(ParameterKind::Count) => Some("=1".to_owned()),
                _ => None,
            };
            Some(format!("{}{key}{}", decision.id, value.unwrap_or_default()))
        };
        self.decided.iter().filter_map(name).collect()
    }

    fn key(&self, key: DecisionKey) -> Option<String> {
        let fact = match key {
            DecisionKey::Term => return None,
            DecisionKey::Year => return self.insured_year(),
            DecisionKey::Event => id::EVENT,
            DecisionKey::Fact(fact) => &self.plan.facts.get(fact.index())?.id,
        };
        self.fields.get(fact).cloned().or_else(|| Some(sample_key(fact)))
    }

    /// The calendar year in which the insured year of the day of loss begins.
    fn insured_year(&self) -> Option<String> {
        let day: Date = self.fields.get(id::DATE)?.get(..10)?.parse().ok()?;
        let first = self.plan.calendar.boundaries.iter().rfind(|first| **first <= day);
        Some(first.unwrap_or(&day).year().to_string())
    }
}

/// The quantities that an amount reads, with the most units that count.
fn quantities_read(amount: &Amount, read: &mut BTreeMap<FactId, Option<i64>>) {
    match amount {
        Amount::Fact(fact) => {
            read.entry(*fact).or_default();
        }
        Amount::PerUnit { rate, count, units } => {
            quantities_read(rate, read);
            let most = match units {
                Some(Count::Exact(units)) => Some(*units),
                Some(Count::Parameter(_)) | None => None,
            };
            read.insert(*count, most);
        }
        Amount::Scaled { of, .. } => quantities_read(of, read),
        Amount::Sum(parts) => parts.iter().for_each(|part| quantities_read(part, read)),
        Amount::Dated(values) => values.iter().for_each(|(_, value)| quantities_read(value, read)),
        Amount::Decided { then, otherwise, .. } => {
            quantities_read(then, read);
            quantities_read(otherwise, read);
        }
        Amount::Fixed(_)
        | Amount::Parameter { .. }
        | Amount::Premium
        | Amount::Balance(_)
        | Amount::DecisionValue(_)
        | Amount::Unlimited => {}
    }
}

/// As much of a quantity as its class allows where it is read, else any of its class.
fn quantity(fact: &Fact, class: Option<&Class>, read: Option<&Option<i64>>, ample: i64) -> Option<String> {
    let (from, below) = match class {
        Some(Class::Interval { from, below }) => (*from, *below),
        Some(_) => return None,
        None => (None, None),
    };
    let much = match &fact.kind {
        FactKind::Money => ample,
        FactKind::Count { .. } => read.copied().flatten().unwrap_or(AMPLE_UNITS),
        FactKind::Number { to, precision, .. } => to
            .numerator()
            .checked_mul(precision.denominator())
            .zip(to.denominator().checked_mul(precision.numerator()))
            .filter(|(_, by)| *by > 0)
            .and_then(|(n, by)| i64::try_from(n.div_euclid(by)).ok())
            .unwrap_or_default(),
        FactKind::YesNo => return Some("true".to_owned()),
        _ => 0,
    };
    if fact.kind == FactKind::Ratio {
        return spelt(fact, plain_ratio(from, below));
    }
    let units = match (read, below) {
        (Some(_), Some(below)) => below - 1,
        (Some(_), None) => much.max(from.unwrap_or(0)),
        (None, below) => from.or(below.map(|below| below - 1)).unwrap_or(much),
    };
    spelt(fact, units)
}

/// A position of a ratio in the interval, the roundest that there is near its lower end.
fn plain_ratio(from: Option<i64>, below: Option<i64>) -> i64 {
    let from = from.unwrap_or(0).max(0);
    let inside = |position: &i64| below.is_none_or(|below| *position < below);
    let rounded = [1, 10, 100, 1_000, 1_000_000].into_iter().find_map(|parts| {
        let step = i64::try_from(2 * RATIO_GRID / parts).ok()?;
        let up = from.checked_add(step - 1)?.div_euclid(step);
        up.checked_mul(step).filter(inside)
    });
    rounded.unwrap_or(from)
}

/// A quantity as a claim file spells it.
fn spelt(fact: &Fact, units: i64) -> Option<String> {
    match &fact.kind {
        FactKind::Money => Some(Fen(units).to_string()),
        FactKind::Count { .. } => Some(units.to_string()),
        FactKind::Ratio => Some(Ratio::at_position(units)?.to_string()),
        FactKind::Number { precision, .. } => {
            let value = Ratio::integer(units).checked_mul(*precision)?;
            let exact = rust_decimal::Decimal::try_from_i128_with_scale(value.numerator(), 0).ok()?
                / rust_decimal::Decimal::try_from_i128_with_scale(value.denominator(), 0).ok()?;
            Some(exact.normalize().to_string())
        }
        FactKind::Date => {
            let days = jiff::Span::new().try_days(units).ok()?;
            Some(jiff::civil::date(1970, 1, 1).checked_add(days).ok()?.to_string())
        }
        _ => None,
    }
}

/// An amount above every cap of the plan: a power of ten.
fn ample(plan: &Plan) -> i64 {
    let mut largest = 0;
    let mut look = |amount: &Amount| largest = largest.max(largest_constant(amount));
    for pipeline in &plan.pipelines {
        look(&pipeline.start);
        for step in &pipeline.steps {
            if let Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) = &step.operation {
                look(amount);
            }
        }
    }
    for limit in &plan.limits {
        if let LimitRule::UpTo(amount) | LimitRule::Less(amount) = &limit.rule {
            look(amount);
        }
    }
    let mut ample = AMPLE;
    while ample < MAX_FEN && ample / 10 < largest {
        ample = ample.saturating_mul(10);
    }
    ample.min(MAX_FEN)
}

fn largest_constant(amount: &Amount) -> i64 {
    match amount {
        Amount::Fixed(fen) => fen.0,
        Amount::PerUnit { rate, .. } => largest_constant(rate),
        Amount::Scaled { of, .. } => largest_constant(of),
        Amount::Sum(parts) => parts.iter().map(largest_constant).max().unwrap_or_default(),
        Amount::Dated(values) => values
            .iter()
            .map(|(_, value)| largest_constant(value))
            .max()
            .unwrap_or_default(),
        Amount::Decided { then, otherwise, .. } => largest_constant(then).max(largest_constant(otherwise)),
        _ => 0,
    }
}

/// Values within their bounds for the parameters that a settlement reads and no contract has set.
fn settings(plan: &Plan) -> Vec<String> {
    let unset = crate::plan::missing_parameters(plan, crate::plan::Use::Settlement);
    let text = |kind: &ParameterKind, value: Option<&ParameterValue>| {
        Some(match (kind, value) {
            (_, Some(ParameterValue::Money(fen))) => money(Language::Zh, fen.0),
            (_, Some(ParameterValue::Ratio(ratio))) => anlan_lang::texts::ratio(ratio.numerator(), ratio.denominator()),
            (_, Some(ParameterValue::Count(count))) => count.to_string(),
            (_, Some(ParameterValue::Date(date))) => date.to_string(),
            (ParameterKind::Money, None) => money(Language::Zh, 1_000_000),
            (ParameterKind::Ratio, None) => "100%".to_owned(),
            (ParameterKind::Count, None) => "1".to_owned(),
            (ParameterKind::Date, None) => SOME_DAY.to_owned(),
            (ParameterKind::Table { .. } | ParameterKind::List { .. }, None) => return None,
        })
    };
    unset
        .iter()
        .filter_map(|id| plan.parameters.get(id.index()))
        .filter_map(|parameter| {
            let value = parameter
                .planned
                .as_ref()
                .or(parameter.at_least.as_ref())
                .or(parameter.at_most.as_ref());
            let name = &parameter.id;
            if let ParameterKind::Table { by, of } = &parameter.kind {
                let cell = text(of, value)?;
                let values = &plan.domains.get(by.index())?.values;
                let rows: Vec<String> = values.iter().map(|v| format!("{} {cell}", v.name.zh)).collect();
                return Some(format!("设 {name} = {{ {} }}", rows.join("; ")));
            }
            Some(format!("设 {name} = {}", text(&parameter.kind, value)?))
        })
        .collect()
}

/// One region with the bases that the file states, where a limit depends on the premium.
fn bases(plan: &Plan) -> Vec<(String, i64, i64)> {
    let mut reads = Reads::new(plan);
    reads.read(crate::plan::Use::Settlement);
    if !reads.premium {
        return Vec::new();
    }
    let stated = |counts: RateBase| {
        let bases = plan.premium.iter().flat_map(|premium| &premium.bases);
        bases.filter(|base| base.counts == counts).find_map(|base| base.stated)
    };
    let region = plan
        .split
        .iter()
        .flat_map(|split| &split.rows)
        .flat_map(|row| &row.regions)
        .next();
    let domain = plan.domains.iter().find(|domain| domain.id == id::REGION);
    let region = region
        .and_then(|value| domain?.values.get(value.index()))
        .map_or_else(|| "全部".to_owned(), |value| value.name.zh.clone());
    let persons = stated(RateBase::Persons).unwrap_or(10_000);
    vec![(region, persons, stated(RateBase::Households).unwrap_or(3_000))]
}

fn sample_key(fact: &str) -> String {
    let letter = fact.chars().next().map_or('K', |c| c.to_ascii_uppercase());
    format!("{letter}1")
}

/// One value of a class as a claim file spells it.
pub fn sample(plan: &Plan, fact: &Fact, class: &Class) -> Option<String> {
    match class {
        Class::Values(values) => {
            let domain = match fact.kind {
                FactKind::Enumeration { domain, .. } => plan.domains.get(domain.index())?,
                _ => return None,
            };
            // A value without others below it is what a claim usually carries.
            let inner = |value: ValueId| domain.values.iter().any(|v| v.parent == Some(value));
            let value = values.iter().find(|v| !inner(**v)).or(values.first())?;
            value_name(plan, fact, *value)
        }
        Class::Interval { from, below } if fact.kind == FactKind::Ratio => spelt(fact, plain_ratio(*from, *below)),
        Class::Interval { from, below } => spelt(fact, from.or(below.map(|below| below - 1)).unwrap_or(0)),
        Class::Yes => Some("true".to_owned()),
        Class::No => Some("false".to_owned()),
    }
}

/// The Chinese name of a value of an enumeration fact.
pub fn value_name(plan: &Plan, fact: &Fact, value: ValueId) -> Option<String> {
    match fact.kind {
        FactKind::Enumeration { domain, .. } => plan
            .domains
            .get(domain.index())?
            .values
            .get(value.index())
            .map(|value| value.name.zh.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_sample_ratio_is_round_and_in_its_interval() {
        let at = |n: i128, d: i128| Ratio::new(n, d).unwrap().position();
        let sample = |from: Option<i64>, below: Option<i64>| {
            let position = plain_ratio(from, below);
            assert!(from.is_none_or(|from| from <= position) && below.is_none_or(|below| position < below));
            Ratio::at_position(position).unwrap().to_string()
        };
        assert_eq!(sample(None, Some(at(1, 2))), "0/1");
        assert_eq!(sample(Some(at(1, 2)), None), "1/1");
        assert_eq!(sample(Some(at(1, 2)), Some(at(1, 2) + 1)), "1/2");
        assert_eq!(sample(Some(at(1, 2) + 1), Some(at(2, 3))), "3/5");
        assert_eq!(sample(Some(at(1, 3)), Some(at(1, 3) + 1)), "1/3");
    }
}
