//! What every claim is paid in each version, as two diagrams over the joint facts.

use super::align::{Alignment, Pair, Version};
use super::formula::{Formula, Reading};
use super::money::{Line, Money, Own, OwnRule, Several};
use super::names::{NamedKind, Renames};
use super::store::{Id, Store};
use crate::plan::diagram::{Leaf, Node, NodeId, OverBudget};
use crate::plan::{Benefit, CoverId, LimitRule, Plan, ValueId};
use crate::resolve::id;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

/// Values by number, each once.
#[derive(Debug)]
pub(crate) struct Table<T> {
    all: Vec<T>,
    index: HashMap<T, u32>,
}

impl<T: Clone + Eq + Hash> Table<T> {
    pub fn new() -> Self {
        Table {
            all: Vec::new(),
            index: HashMap::new(),
        }
    }
    pub fn put(&mut self, value: T) -> u32 {
        if let Some(&number) = self.index.get(&value) {
            return number;
        }
        let number = self.all.len() as u32;
        self.all.push(value.clone());
        self.index.insert(value, number);
        number
    }
    pub fn get(&self, number: u32) -> Option<&T> {
        self.all.get(number as usize)
    }
}

/// What a claim is paid, and by which covers (as indices into [`Payments::covers`], sorted).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Payment {
    pub money: Money,
    pub covers: Vec<usize>,
}

/// The benefit of one cover before own limits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Base {
    Unknown,
    Nothing,
    Refused,
    Pays(Line),
    Covers(Vec<CoverId>),
}

#[derive(Debug)]
pub(crate) struct Payments<'a> {
    pub align: Alignment<'a>,
    pub store: Store,
    pub names: Renames,
    /// Covers of both versions, matched by name or by what they do
    pub covers: Vec<Pair<CoverId>>,
    pub payments: Table<Payment>,
    /// Own limits that can still cut a single claim in some payment
    pub binding: BTreeSet<(Version, usize)>,
    bases: Table<Base>,
    memo: HashMap<(Version, NodeId), Id>,
}

impl<'a> Payments<'a> {
    pub fn new(old: &'a Plan, new: &'a Plan) -> Result<Self, OverBudget> {
        let names = Renames::of(old, new);
        let align = Alignment::new(old, new, &names.map);
        let counts = align.facts.iter().map(|fact| fact.classes.len().max(1) as u16);
        let store = Store::new(counts.collect());
        let mut payments = Payments {
            align,
            store,
            names,
            covers: Vec::new(),
            payments: Table::new(),
            binding: BTreeSet::new(),
            bases: Table::new(),
            memo: HashMap::new(),
        };
        payments.match_covers()?;
        Ok(payments)
    }

    fn reading(&self, version: Version) -> Reading<'_> {
        static NONE: std::sync::OnceLock<super::formula::Renamed> = std::sync::OnceLock::new();
        Reading {
            plan: self.align.plan(version),
            renamed: match version {
                Version::Old => &self.names.map,
                Version::New => NONE.get_or_init(Default::default),
            },
        }
    }

    /// A diagram of one plan over the joint facts; leaves are numbers of [`Base`]s.
    fn translated(&mut self, version: Version, node: NodeId) -> Result<Id, OverBudget> {
        if let Some(&done) = self.memo.get(&(version, node)) {
            return Ok(done);
        }
        let plan = self.align.plan(version);
        let made = match plan.diagrams.node(node) {
            Node::Leaf(leaf) => {
                let base = self.base(version, leaf);
                let number = self.bases.put(base);
                self.store.leaf(number)?
            }
            Node::Test { fact, edges } => {
                let unknown = self.bases.put(Base::Unknown);
                let unknown = self.store.leaf(unknown)?;
                let Some(level) = self.align.level(version, *fact) else {
                    return Ok(unknown);
                };
                let mut by_class: HashMap<u16, Id> = HashMap::new();
                for edge in edges.iter() {
                    let to = self.translated(version, edge.to)?;
                    by_class.extend(edge.classes.iter().map(|class| (*class, to)));
                }
                let joint = self.align.facts.get(usize::from(level));
                let targets = joint.into_iter().flat_map(|joint| &joint.classes).map(|class| {
                    let own = class.class.of(version).and_then(|class| by_class.get(&class));
                    own.copied().unwrap_or(unknown)
                });
                let targets = targets.collect();
                self.store.select(level, targets)?
            }
        };
        self.memo.insert((version, node), made);
        Ok(made)
    }

    fn base(&self, version: Version, leaf: &Leaf) -> Base {
        let plan = self.align.plan(version);
        match leaf {
            Leaf::Pays(pipeline) => match plan.pipelines.get(pipeline.index()) {
                Some(pipeline) => {
                    let reading = self.reading(version);
                    Base::Pays(Line {
                        start: reading.amount(&pipeline.start),
                        acts: reading.steps(&pipeline.steps),
                    })
                }
                None => Base::Nothing,
            },
            Leaf::Refused(_) => Base::Refused,
            Leaf::Covers(covers) => Base::Covers(covers.clone()),
            // Only whether a cover applies; told apart so that equal functions have equal diagrams.
            Leaf::Yes => Base::Covers(vec![CoverId(u32::MAX)]),
            Leaf::No | Leaf::Nothing => Base::Nothing,
        }
    }

    // ── covers of both versions ──

    fn match_covers(&mut self) -> Result<(), OverBudget> {
        let (old, new) = (self.align.old, self.align.new);
        let mut pairs: Vec<Pair<CoverId>> = new
            .covers
            .iter()
            .enumerate()
            .map(|(index, cover)| Pair {
                old: old.covers.iter().position(|c| c.id == cover.id).map(CoverId::from),
                new: Some(CoverId::from(index)),
            })
            .collect();
        // First what is alike in everything, then what applies to the same claims.
        for whole in [true, false] {
            for index in 0..pairs.len() {
                let Some(Pair {
                    old: None,
                    new: Some(id),
                }) = pairs.get(index).copied()
                else {
                    continue;
                };
                let wanted = self.likeness(Version::New, id, whole)?;
                for (candidate, cover) in old.covers.iter().enumerate() {
                    let candidate = CoverId::from(candidate);
                    if pairs.iter().any(|pair| pair.old == Some(candidate))
                        || self.likeness(Version::Old, candidate, whole)? != wanted
                    {
                        continue;
                    }
                    if let Some(pair) = pairs.get_mut(index) {
                        pair.old = Some(candidate);
                    }
                    if let Some(renamed) = new.covers.get(id.index()) {
                        self.names.add(NamedKind::Cover, &cover.id, &renamed.id);
                    }
                    break;
                }
            }
        }
        let gone = (0..old.covers.len()).map(CoverId::from);
        let gone: Vec<CoverId> = gone
            .filter(|c| !pairs.iter().any(|pair| pair.old == Some(*c)))
            .collect();
        pairs.extend(gone.into_iter().map(|cover| Pair {
            old: Some(cover),
            new: None,
        }));
        self.covers = pairs;
        Ok(())
    }

    /// The diagrams that say when a cover applies and, if `whole`, what it pays.
    fn likeness(&mut self, version: Version, cover: CoverId, whole: bool) -> Result<Vec<(u16, Id)>, OverBudget> {
        let plan = self.align.plan(version);
        let Some(declared) = plan.covers.get(cover.index()) else {
            return Ok(Vec::new());
        };
        let mut parts = Vec::new();
        for node in [declared.perils, declared.roles, declared.condition] {
            parts.push((u16::MAX, self.translated(version, node)?));
        }
        let mut benefits = Vec::new();
        for benefit in plan.benefits.iter().filter(|b| b.cover == cover) {
            let harm = self.align.harm_class(version, benefit.harm).unwrap_or(0);
            let pays = match whole {
                true => self.translated(version, benefit.root)?,
                false => self.store.leaf(0)?,
            };
            benefits.push((harm, pays));
        }
        benefits.sort_unstable();
        parts.extend(benefits);
        Ok(parts)
    }

    /// The joint index of a cover.
    pub fn joint(&self, version: Version, cover: CoverId) -> usize {
        let found = self.covers.iter().position(|pair| pair.of(version) == Some(cover));
        found.unwrap_or(usize::MAX)
    }

    // ── what every claim is paid ──

    /// Facts → number of the [`Payment`].
    pub fn of(&mut self, version: Version) -> Result<Id, OverBudget> {
        let plan = self.align.plan(version);
        let applying = self.translated(version, plan.applying)?;
        let Some(level) = self.align.level_of(id::HARM) else {
            return self.store.leaf(0);
        };
        let classes = self.align.facts.get(usize::from(level)).map(|f| f.classes.clone());
        let mut by_harm = Vec::new();
        for (class, joint) in (0u16..).zip(classes.unwrap_or_default()) {
            let super::align::Members::Values(values) = &joint.members else {
                continue;
            };
            let harms: Vec<ValueId> = values.iter().filter_map(|value| value.of(version)).collect();
            let applying = self.store.restrict(applying, level, class)?;
            by_harm.push(self.of_harm(version, applying, &harms)?);
        }
        let paid = self.store.select(level, by_harm)?;
        self.with_unknown(version, paid)
    }

    /// A claim with a value that the version does not know is rejected, whatever its covers say.
    fn with_unknown(&mut self, version: Version, paid: Id) -> Result<Id, OverBudget> {
        let unknown = self.payments.put(Payment {
            money: Money::Unknown,
            covers: Vec::new(),
        });
        let unknown = self.store.leaf(unknown)?;
        let mut paid = paid;
        for level in 0..self.align.facts.len() {
            let known: Vec<bool> = self
                .align
                .facts
                .get(level)
                .map(|fact| fact.classes.iter().map(|class| class.is_known(version)).collect())
                .unwrap_or_default();
            if known.contains(&false) {
                let targets = known.iter().map(|known| if *known { paid } else { unknown });
                paid = self.store.select(level as u16, targets.collect())?;
            }
        }
        Ok(paid)
    }

    fn of_harm(&mut self, version: Version, applying: Id, harms: &[ValueId]) -> Result<Id, OverBudget> {
        let mut place: HashMap<u32, Id> = HashMap::new();
        for leaf in self.store.leaves(applying) {
            let paid = match self.bases.get(leaf).cloned() {
                Some(Base::Covers(covers)) => self.of_covers(version, &covers, harms)?,
                Some(Base::Unknown) => self.leaf(Money::Unknown, Vec::new())?,
                _ => self.leaf(Money::Nothing, Vec::new())?,
            };
            place.insert(leaf, paid);
        }
        let nothing = self.leaf(Money::Nothing, Vec::new())?;
        self.store.compose(applying, &mut |_, leaf| {
            Ok(place.get(&leaf).copied().unwrap_or(nothing))
        })
    }

    fn leaf(&mut self, money: Money, covers: Vec<usize>) -> Result<Id, OverBudget> {
        let number = self.payments.put(Payment { money, covers });
        self.store.leaf(number)
    }

    fn of_covers(&mut self, version: Version, covers: &[CoverId], harms: &[ValueId]) -> Result<Id, OverBudget> {
        let plan = self.align.plan(version);
        let over = &plan.meeting.over;
        let outranked = |cover: &CoverId| covers.iter().any(|other| over.binary_search(&(*other, *cover)).is_ok());
        let left: Vec<CoverId> = covers.iter().copied().filter(|cover| !outranked(cover)).collect();
        let mut roots = Vec::new();
        for cover in &left {
            let benefit = plan
                .benefits
                .iter()
                .find(|b| b.cover == *cover && harms.contains(&b.harm));
            roots.push(match benefit {
                Some(Benefit { root, .. }) => self.translated(version, *root)?,
                None => {
                    let nothing = self.bases.put(Base::Nothing);
                    self.store.leaf(nothing)?
                }
            });
        }
        // The leaves of all covers together first, then what each combination pays.
        let mut combinations: Table<Vec<u32>> = Table::new();
        let joint = self
            .store
            .product(&roots, &mut |leaves| combinations.put(leaves.to_vec()))?;
        let mut place: HashMap<u32, u32> = HashMap::new();
        for number in self.store.leaves(joint) {
            let leaves = combinations.get(number).cloned().unwrap_or_default();
            let payment = self.met(version, &left, harms, &leaves);
            place.insert(number, self.payments.put(payment));
        }
        self.store
            .relabel(joint, &mut |leaf| place.get(&leaf).copied().unwrap_or_default())
    }

    /// What covers that no other outranks pay together.
    fn met(&mut self, version: Version, covers: &[CoverId], harms: &[ValueId], leaves: &[u32]) -> Payment {
        let bases: Vec<Base> = leaves
            .iter()
            .filter_map(|leaf| self.bases.get(*leaf).cloned())
            .collect();
        let names = |of: &[CoverId], all: &Self| {
            let mut names: Vec<usize> = of.iter().map(|cover| all.joint(version, *cover)).collect();
            names.sort_unstable();
            names
        };
        let of = |money: Money, covers: Vec<usize>| Payment { money, covers };
        if bases.contains(&Base::Unknown) {
            return of(Money::Unknown, Vec::new());
        }
        if bases.contains(&Base::Refused) {
            return of(Money::Refused, names(covers, self));
        }
        let lines: Vec<Line> = bases
            .iter()
            .map(|base| match base {
                Base::Pays(line) => line.clone(),
                _ => Line {
                    start: Formula::Fixed(crate::money::Fen(0)),
                    acts: Vec::new(),
                },
            })
            .collect();
        let own = self.own(version, harms);
        if let ([cover], [line]) = (covers, lines.as_slice()) {
            let rules: Vec<(usize, OwnRule)> = own
                .iter()
                .filter(|(_, of, _)| of.contains(cover))
                .map(|(number, _, rule)| (*number, rule.clone()))
                .collect();
            let (money, binding) = line.with_own(&rules);
            self.binding.extend(binding.into_iter().map(|number| (version, number)));
            return of(money, names(covers, self));
        }
        if lines.is_empty() {
            return of(Money::Nothing, Vec::new());
        }
        let several = self.several(version, covers, lines, &own);
        let money = Money::Several(several);
        let varies = money
            .formulas()
            .iter()
            .any(|f| f.fixed().is_none() && !matches!(f, Formula::Ratio(..)));
        let money = match money.worth(&super::formula::World::default()) {
            Some(super::money::Worth::Pays(fen)) if !varies => Money::Fixed(fen),
            Some(super::money::Worth::Refused) if !varies => Money::Refused,
            _ => money,
        };
        of(money, names(covers, self))
    }

    /// Own limits over these harms: number, covers, rule.
    fn own(&self, version: Version, harms: &[ValueId]) -> Vec<(usize, Vec<CoverId>, OwnRule)> {
        let plan = self.align.plan(version);
        let reading = self.reading(version);
        let all: Vec<CoverId> = (0..plan.covers.len()).map(CoverId::from).collect();
        plan.limits
            .iter()
            .enumerate()
            .filter(|(_, limit)| limit.own)
            .filter(|(_, limit)| {
                limit
                    .filter
                    .facts
                    .iter()
                    .all(|(_, values)| harms.iter().any(|h| values.contains(h)))
            })
            .map(|(number, limit)| {
                let covers = limit.filter.covers.clone().unwrap_or_else(|| all.clone());
                let rule = match &limit.rule {
                    LimitRule::UpTo(amount) => OwnRule::UpTo(reading.amount(amount)),
                    LimitRule::Less(amount) => OwnRule::Less(reading.amount(amount)),
                    LimitRule::Largest { .. } => OwnRule::Largest,
                };
                (number, covers, rule)
            })
            .collect()
    }

    fn several(
        &self,
        version: Version,
        covers: &[CoverId],
        lines: Vec<Line>,
        own: &[(usize, Vec<CoverId>, OwnRule)],
    ) -> Several {
        let meeting = &self.align.plan(version).meeting;
        let pair = |a: usize, b: usize| match (covers.get(a), covers.get(b)) {
            (Some(a), Some(b)) => (*a.min(b), *a.max(b)),
            _ => (CoverId(0), CoverId(0)),
        };
        let stacks = |a: usize, b: usize| meeting.stack.contains(&pair(a, b));
        let mut unranked = Vec::new();
        for a in 0..lines.len() {
            for b in a + 1..lines.len() {
                if !stacks(a, b) && !meeting.higher.contains(&pair(a, b)) && lines.get(a) != lines.get(b) {
                    unranked.push((a, b));
                }
            }
        }
        let mut sets = Vec::new();
        cliques(lines.len(), &stacks, &mut Vec::new(), 0, &mut sets);
        let own = own.iter().map(|(_, of, rule)| Own {
            rule: rule.clone(),
            members: (0..lines.len())
                .filter(|index| covers.get(*index).is_some_and(|c| of.contains(c)))
                .collect(),
        });
        let own = own.filter(|own| !own.members.is_empty()).collect();
        Several {
            lines,
            sets,
            unranked,
            own,
        }
    }
}

/// All largest sets of which every two stack, as the evaluator forms them.
fn cliques(
    count: usize,
    stacks: &dyn Fn(usize, usize) -> bool,
    set: &mut Vec<usize>,
    from: usize,
    found: &mut Vec<Vec<usize>>,
) {
    let joins = |i: usize, set: &[usize]| !set.contains(&i) && set.iter().all(|j| stacks(i, *j));
    if !set.is_empty() && !(0..count).any(|i| joins(i, set)) {
        found.push(set.clone());
        return;
    }
    for i in from..count {
        if joins(i, set) {
            set.push(i);
            cliques(count, stacks, set, i + 1, found);
            set.pop();
        }
    }
}
