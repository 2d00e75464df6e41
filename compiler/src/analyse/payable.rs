//! The most that one person (or household) can be paid in one cell of claims (SEMANTICS §7): covers that apply,
//! priority among them, benefits, and every limit, with nothing else in the event.

use super::amounts::{self, End, Env, Extent, Top};
use super::crossing::{Cap, Shared, Through, through};
use crate::plan::diagram::{Diagrams, Leaf, NodeId, OverBudget};
use crate::plan::{
    Benefit, Class, CoverId, Fact, FactId, Filter, GroupKey, Limit, LimitRule, Meeting, PipelineId, Plan, Tier, ValueId,
};
use crate::resolve::id;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Classes of some facts: the cell that is asked about.
pub type Cell = Vec<(FactId, u16)>;

/// What one row of a claim can bring at most.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub cover: CoverId,
    pub harm: ValueId,
    pub pipeline: PipelineId,
    pub extent: Extent,
}

/// The best row for one harm in a cell.
#[derive(Debug, Clone)]
pub struct Best {
    /// Several only where covers stack
    pub lines: Vec<Line>,
    /// The facts of such a row
    pub path: Vec<(FactId, u16)>,
}

/// What a cell can be paid at most.
#[derive(Debug, Clone)]
pub struct Total {
    pub extent: Extent,
    /// What some rows do come to; below `extent` only where limits cut across one another.
    pub attained: Extent,
    pub rows: Vec<Best>,
}

/// Reads one plan; keeps a copy of its diagrams to work in.
#[derive(Debug)]
pub struct Payable<'a> {
    plan: &'a Plan,
    work: Diagrams,
    memo: FxHashMap<(NodeId, FactId, u16), NodeId>,
    harm: Option<FactId>,
    benefits: BTreeMap<(CoverId, ValueId), &'a Benefit>,
}

impl<'a> Payable<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Payable {
            plan,
            work: plan.diagrams.clone(),
            memo: FxHashMap::default(),
            harm: fact_named(plan, id::HARM),
            benefits: plan.benefits.iter().map(|b| ((b.cover, b.harm), b)).collect(),
        }
    }
    /// The harms for which some cover has a benefit.
    pub fn harms(&self) -> BTreeSet<ValueId> {
        self.benefits.keys().map(|(_, harm)| *harm).collect()
    }
    /// Whether some cover applies in the cell and has a benefit for one of the harms.
    pub fn applies(&mut self, cell: &[(FactId, u16)], harms: &BTreeSet<ValueId>) -> Result<bool, OverBudget> {
        for harm in harms {
            let Some(applying) = self.applying(cell, *harm)? else {
                continue;
            };
            let some = |leaf: &Leaf| matches!(leaf, Leaf::Covers(covers) if !covers.is_empty());
            if self.work.leaves(applying).into_iter().any(some) {
                return Ok(true);
            }
        }
        Ok(false)
    }
    /// The covers that apply in a cell and have a benefit for the harm, as a diagram over the other facts.
    fn applying(&mut self, cell: &[(FactId, u16)], harm: ValueId) -> Result<Option<NodeId>, OverBudget> {
        let mut fixed: Cell = cell.to_vec();
        if let Some(fact) = self.harm {
            let Some(class) = class_of(self.plan, fact, harm) else {
                return Ok(None);
            };
            fixed.push((fact, class));
        }
        self.restricted(self.plan.applying, &fixed).map(Some)
    }
    /// The best row for a harm in a cell, or nothing where no cover pays.
    pub fn best(&mut self, cell: &[(FactId, u16)], harm: ValueId) -> Result<Option<Best>, OverBudget> {
        let mut fixed: Cell = cell.to_vec();
        if let Some(fact) = self.harm {
            let Some(class) = class_of(self.plan, fact, harm) else {
                return Ok(None);
            };
            fixed.push((fact, class));
        }
        let applying = self.restricted(self.plan.applying, &fixed)?;
        let covers: BTreeSet<CoverId> = self
            .work
            .leaves(applying)
            .into_iter()
            .filter_map(|leaf| match leaf {
                Leaf::Covers(covers) => Some(covers.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        let mut roots = vec![applying];
        let mut order = Vec::new();
        for cover in covers {
            if let Some(benefit) = self.benefits.get(&(cover, harm)) {
                roots.push(self.restricted(benefit.root, &fixed)?);
                order.push(cover);
            }
        }
        let mut best: Option<(Top, Best)> = None;
        for outcome in self.work.outcomes(&roots) {
            let mut path = fixed.clone();
            path.extend(outcome.example.iter().copied());
            let lines = self.lines(&order, &outcome.leaves, harm, &path);
            if lines.is_empty() {
                continue;
            }
            let total = self.capped(&lines, &path, End::High);
            let better = match &best {
                None => true,
                Some((so_far, _)) => match (total, so_far) {
                    (_, None) => false,
                    (None, Some(_)) => true,
                    (Some(total), Some(so_far)) => total > *so_far,
                },
            };
            if better {
                best = Some((total, Best { lines, path }));
            }
        }
        Ok(best.map(|(_, best)| best))
    }
    /// What rows for these harms come to together under all limits. Of death and disability of one person only the
    /// dearer counts; rows of the same harm count once.
    pub fn total(&mut self, cell: &[(FactId, u16)], harms: &BTreeSet<ValueId>) -> Result<Total, OverBudget> {
        let mut rows = BTreeMap::new();
        for harm in harms {
            if let Some(best) = self.best(cell, *harm)? {
                rows.insert(*harm, best);
            }
        }
        let exclusive: Vec<ValueId> = [harm::DEATH, harm::DISABILITY]
            .iter()
            .filter_map(|id| value_named(self.plan, id::HARM, id))
            .filter(|value| rows.contains_key(value))
            .collect();
        let without = |left_out: Option<ValueId>| -> Vec<Best> {
            rows.iter()
                .filter(|(harm, _)| Some(**harm) != left_out)
                .map(|(_, best)| best.clone())
                .collect()
        };
        let choices: Vec<Vec<Best>> = match exclusive.as_slice() {
            [death, disability] => vec![without(Some(*disability)), without(Some(*death))],
            _ => vec![without(None)],
        };
        let mut best: Option<Total> = None;
        for rows in choices {
            let lines: Vec<Line> = rows.iter().flat_map(|row| row.lines.iter().cloned()).collect();
            let mut path: Cell = cell.to_vec();
            path.extend(rows.iter().flat_map(|row| row.path.iter().copied()));
            let (low, high) = (
                self.through(&lines, &path, End::Low),
                self.through(&lines, &path, End::High),
            );
            let parameters = self.parameters(&lines);
            let extent = Extent {
                low: low.most,
                high: high.most,
                parameters: parameters.clone(),
            };
            let attained = Extent {
                low: low.attained,
                high: high.attained,
                parameters,
            };
            best = Some(match best {
                None => Total { extent, attained, rows },
                Some(other) => {
                    let dearer = match (extent.high, other.extent.high) {
                        (Some(a), Some(b)) => a > b,
                        (a, _) => a.is_none(),
                    };
                    let joint = other.extent.clone().max(&extent);
                    Total {
                        extent: joint,
                        attained: other.attained.clone().max(&attained),
                        rows: if dearer { rows } else { other.rows },
                    }
                }
            });
        }
        Ok(best.unwrap_or(Total {
            extent: Extent::zero(),
            attained: Extent::zero(),
            rows: Vec::new(),
        }))
    }

    fn restricted(&mut self, root: NodeId, fixed: &[(FactId, u16)]) -> Result<NodeId, OverBudget> {
        let mut node = root;
        for (fact, class) in fixed {
            node = match self.memo.get(&(node, *fact, *class)) {
                Some(done) => *done,
                None => {
                    let done = self.work.restrict(node, *fact, *class)?;
                    self.memo.insert((node, *fact, *class), done);
                    done
                }
            };
        }
        Ok(node)
    }
    /// The lines that a joint outcome pays, after priority.
    fn lines(&self, order: &[CoverId], leaves: &[NodeId], harm: ValueId, path: &[(FactId, u16)]) -> Vec<Line> {
        let Some((applying, benefits)) = leaves.split_first() else {
            return Vec::new();
        };
        let Some(Leaf::Covers(applying)) = self.work.as_leaf(*applying) else {
            return Vec::new();
        };
        let env = Env::new(self.plan, path);
        let mut groups: Vec<Vec<Line>> = Vec::new();
        for group in chosen(&self.plan.meeting, applying) {
            let lines: Vec<Line> = group
                .into_iter()
                .filter_map(|cover| {
                    let at = order.iter().position(|other| *other == cover)?;
                    let Some(Leaf::Pays(pipeline)) = self.work.as_leaf(*benefits.get(at)?) else {
                        return None;
                    };
                    let extent = amounts::pipeline_extent(self.plan, self.plan.pipelines.get(pipeline.index())?, &env);
                    Some(Line {
                        cover,
                        harm,
                        pipeline: *pipeline,
                        extent,
                    })
                })
                .collect();
            groups.push(lines);
        }
        // Of groups that do not stack, the dearest is the most that can be paid.
        groups
            .into_iter()
            .filter(|lines| !lines.is_empty())
            .max_by(|a, b| {
                let total = |lines: &[Line]| self.capped(lines, path, End::High);
                match (total(a), total(b)) {
                    (Some(a), Some(b)) => a.cmp(&b),
                    (a, b) => a.is_none().cmp(&b.is_none()),
                }
            })
            .unwrap_or_default()
    }
    /// The lines' total after all limits, with unknowns at one end; an upper bound where limits cross.
    fn capped(&self, lines: &[Line], path: &[(FactId, u16)], end: End) -> Top {
        self.through(lines, path, end).most
    }
    fn through(&self, lines: &[Line], path: &[(FactId, u16)], end: End) -> Through {
        let env = Env::new(self.plan, path);
        let values: Vec<Top> = lines
            .iter()
            .map(|line| match end {
                End::Low => line.extent.low,
                End::High => line.extent.high,
            })
            .collect();
        let mut caps = Vec::new();
        for limit in &self.plan.limits {
            let amount = match &limit.rule {
                LimitRule::UpTo(amount) => amounts::amount_top(self.plan, amount, &env, End::High, end),
                // Rows of one harm count once already, and what is taken off a total is not sure to be.
                LimitRule::Largest { .. } | LimitRule::Less(_) => continue,
            };
            let Some(amount) = amount else { continue };
            let held = |line: &Line| passes(self.plan, &limit.filter, line.cover, line.harm, path);
            let shared = match limit.tiers.first() {
                None => Shared::ProRata,
                Some(Tier::Date | Tier::Event | Tier::Claim) => Shared::ByDate,
                Some(Tier::Rank(_)) => Shared::Ranked,
            };
            caps.push(Cap {
                inside: (0..)
                    .zip(lines)
                    .filter(|(_, line)| held(line))
                    .map(|(i, _)| i)
                    .collect(),
                amount,
                each: per_claim(self.plan, limit),
                shared,
            });
        }
        through(&values, &caps)
    }
    fn parameters(&self, lines: &[Line]) -> BTreeSet<crate::plan::ParameterId> {
        let mut all: BTreeSet<_> = lines.iter().flat_map(|line| line.extent.parameters.clone()).collect();
        for limit in &self.plan.limits {
            if let LimitRule::UpTo(amount) = &limit.rule
                && lines
                    .iter()
                    .any(|line| passes(self.plan, &limit.filter, line.cover, line.harm, &[]))
            {
                all.extend(amounts::amount_extent(self.plan, amount, &Env::default()).parameters);
            }
        }
        all
    }
}

/// Ids of harms with a rule of their own.
pub mod harm {
    pub const DEATH: &str = "death";
    pub const DISABILITY: &str = "disability";
    pub const MEDICAL: &str = "medical";
    /// Harms to things; all others are harms to a person.
    pub const PROPERTY: &[&str] = &["dwelling", "goods", "crops", "public_facilities"];
}

/// Whether a harm is one to things.
pub fn is_property(plan: &Plan, harm: ValueId) -> bool {
    harm::PROPERTY
        .iter()
        .any(|name| value_named(plan, id::HARM, name) == Some(harm))
}

/// The fact with this id.
pub fn fact_named(plan: &Plan, fact: &str) -> Option<FactId> {
    plan.facts.iter().position(|f| f.id == fact).map(FactId::from)
}

/// The domain value of an enumeration fact by its id.
pub fn value_named(plan: &Plan, fact: &str, value: &str) -> Option<ValueId> {
    let domain = match plan.facts.get(fact_named(plan, fact)?.index())?.kind {
        crate::plan::FactKind::Enumeration { domain, .. } => plan.domains.get(domain.index())?,
        _ => return None,
    };
    domain.values.iter().position(|v| v.id == value).map(ValueId::from)
}

/// The class of a fact that holds a value.
pub fn class_of(plan: &Plan, fact: FactId, value: ValueId) -> Option<u16> {
    let holds = |class: &Class| matches!(class, Class::Values(values) if values.contains(&value));
    let at = plan.facts.get(fact.index())?.classes.iter().position(holds)?;
    u16::try_from(at).ok()
}

/// The values of a class.
pub fn values_of(fact: &Fact, class: u16) -> &[ValueId] {
    match fact.classes.get(usize::from(class)) {
        Some(Class::Values(values)) => values,
        _ => &[],
    }
}

/// Whether lines of a cover and harm on a path pass a filter. A fact that the path leaves free passes.
pub fn passes(plan: &Plan, filter: &Filter, cover: CoverId, harm: ValueId, path: &[(FactId, u16)]) -> bool {
    if filter.covers.as_ref().is_some_and(|covers| !covers.contains(&cover)) {
        return false;
    }
    filter.facts.iter().all(|(fact, values)| {
        let Some(of) = plan.facts.get(fact.index()) else {
            return true;
        };
        if of.id == id::HARM {
            return values.contains(&harm);
        }
        match path.iter().find(|(on_path, _)| on_path == fact) {
            Some((_, class)) => values_of(of, *class).iter().any(|value| values.contains(value)),
            None => true,
        }
    })
}

fn per_claim(plan: &Plan, limit: &Limit) -> bool {
    limit.keys.iter().any(|key| match key {
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|f| f.id == id::CLAIM),
        GroupKey::Year => false,
    })
}

/// The covers of a set that pay, in groups that stack: only one of the groups is paid.
pub fn chosen(meeting: &Meeting, applying: &[CoverId]) -> Vec<Vec<CoverId>> {
    let beaten = |cover: &CoverId| applying.iter().any(|other| meeting.over.contains(&(*other, *cover)));
    let left = applying.iter().copied().filter(|cover| !beaten(cover));
    let stacked = |a: CoverId, b: CoverId| meeting.stack.contains(&(a.min(b), a.max(b)));
    let mut groups: Vec<Vec<CoverId>> = Vec::new();
    for cover in left {
        match groups
            .iter_mut()
            .find(|group| group.iter().any(|other| stacked(*other, cover)))
        {
            Some(group) => group.push(cover),
            None => groups.push(vec![cover]),
        }
    }
    groups
}
