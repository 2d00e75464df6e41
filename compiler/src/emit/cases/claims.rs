//! Claims through the rules: one for every outcome of every benefit, and both sides of every test on the way.

use super::{Ask, Fields, Maker, Origin, field, numbered, with};
use crate::analyse::witness::{Claim, placed, value_name};
use crate::plan::diagram::{Assignment, Leaf};
use crate::plan::{Benefit, Class, DomainId, Fact, FactId, FactKind, FactRole, PipelineId, Plan, ValueId};
use crate::resolve::id;
use std::collections::{BTreeMap, BTreeSet};

/// A domain with more values than this is not walked value by value.
const MOST_VALUES: usize = 400;

/// A claim that brings the rules of one benefit to one outcome.
#[derive(Debug, Clone)]
pub(super) struct Base {
    /// Index into the plan's benefits
    pub benefit: usize,
    /// What the diagrams were led through
    pub path: Assignment,
    pub fields: Fields,
    pub decisions: Vec<String>,
    /// The pipeline by which it is paid; `None` where the cover does not apply, or pays nothing.
    pub pays: Option<PipelineId>,
}

/// One for every outcome of a cover's tests and the benefit's together.
pub(super) fn bases(plan: &Plan) -> Vec<Base> {
    let mut bases = Vec::new();
    for (at, benefit) in plan.benefits.iter().enumerate() {
        let Some(cover) = plan.covers.get(benefit.cover.index()) else {
            continue;
        };
        let roots = [cover.perils, cover.roles, cover.condition, benefit.root];
        for outcome in plan.diagrams.outcomes(&roots) {
            let leaves: Vec<&Leaf> = outcome
                .leaves
                .iter()
                .filter_map(|leaf| plan.diagrams.as_leaf(*leaf))
                .collect();
            let pays = match leaves.as_slice() {
                [Leaf::Yes, Leaf::Yes, Leaf::Yes, Leaf::Pays(pipeline)] => Some(*pipeline),
                _ => None,
            };
            let (fields, decisions) = completed(plan, benefit, &outcome.example, pays);
            bases.push(Base {
                benefit: at,
                path: outcome.example,
                fields,
                decisions,
                pays,
            });
        }
    }
    bases
}

fn completed(plan: &Plan, benefit: &Benefit, path: &Assignment, pays: Option<PipelineId>) -> (Fields, Vec<String>) {
    let claim = Claim::new(plan, path)
        .with_value(id::HARM, benefit.harm)
        .under([benefit.cover])
        .paying(&pays.into_iter().collect::<Vec<_>>());
    let (fields, decisions) = claim.finish();
    (fields.into_iter().collect(), decisions)
}

/// Claims that belong to one case, by the decisions that they need.
type ByDecisions = BTreeMap<Vec<String>, Vec<Fields>>;

impl Maker<'_> {
    /// A case for every benefit (and each set of decisions on the way).
    pub(super) fn benefits(&mut self, bases: &[Base]) {
        let plan = self.plan;
        let mut told = BTreeSet::new();
        for (at, benefit) in plan.benefits.iter().enumerate() {
            let mut claims = ByDecisions::new();
            let mut add = |fields: Fields, decisions: Vec<String>| {
                if told.insert((fields.clone(), decisions.clone())) {
                    claims.entry(decisions).or_default().push(fields);
                }
            };
            let own: Vec<&Base> = bases.iter().filter(|base| base.benefit == at).collect();
            let mut varied = BTreeSet::new();
            for base in &own {
                add(base.fields.clone(), base.decisions.clone());
            }
            for base in own.iter().filter(|base| base.pays.is_some()) {
                for (position, (fact, _)) in base.path.iter().enumerate() {
                    if varied.insert(*fact) {
                        for (fields, decisions) in self.sides(benefit, base, position, *fact) {
                            add(fields, decisions);
                        }
                    }
                }
            }
            let cover = plan.covers.get(benefit.cover.index()).map_or("", |c| c.id.as_str());
            let harm = self.value_id(id::HARM, benefit.harm);
            let name = format!("{cover}: {harm}");
            for (decisions, claims) in claims {
                let claims = numbered(self.program, claims, &[]);
                let given = self.given(&decisions);
                self.add(&name, Origin::Benefit, given, claims, Ask::Both);
            }
        }
    }

    /// The claim with every class of one fact, at both ends of each.
    fn sides(&self, benefit: &Benefit, base: &Base, position: usize, fact: FactId) -> Vec<(Fields, Vec<String>)> {
        let plan = self.plan;
        let Some(declared) = plan.facts.get(fact.index()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (class, of) in (0u16..).zip(&declared.classes) {
            let path: Assignment = base
                .path
                .iter()
                .enumerate()
                .map(|(i, (f, c))| if i == position { (*f, class) } else { (*f, *c) })
                .collect();
            let (fields, decisions) = completed(plan, benefit, &path, base.pays);
            if declared.role != FactRole::Given {
                found.push((fields, decisions));
                continue;
            }
            let texts = ends(plan, declared, of);
            if texts.is_empty() {
                found.push((fields, decisions));
                continue;
            }
            for text in texts {
                found.push((with(&fields, &declared.id, text), decisions.clone()));
            }
        }
        found
    }

    fn value_id(&self, fact: &str, value: ValueId) -> String {
        let fact = self.plan.facts.iter().find(|f| f.id == fact);
        let domain = fact.and_then(|fact| domain_of(self.plan, fact));
        let value = domain.and_then(|domain| domain.values.get(value.index()));
        value.map_or_else(String::new, |value| value.id.clone())
    }

    /// A case for every enumeration that rules read: every value once, by its id, its names and its aliases in turn.
    pub(super) fn values(&mut self) {
        let plan = self.plan;
        for (at, fact) in plan.facts.iter().enumerate() {
            let Some(domain) = domain_of(plan, fact).filter(|domain| domain.values.len() <= MOST_VALUES) else {
                continue;
            };
            let mut claims = ByDecisions::new();
            let mut spelling = 0..;
            for (class, of) in (0u16..).zip(&fact.classes) {
                let Class::Values(values) = of else { continue };
                let (fields, decisions) = Claim::new(plan, &[(FactId::from(at), class)]).finish();
                let fields: Fields = fields.into_iter().collect();
                for value in values {
                    let Some(value) = domain.values.get(value.index()) else {
                        continue;
                    };
                    let mut spellings = vec![&value.id, &value.name.zh, &value.name.en];
                    spellings.extend(&value.aliases);
                    let turn = spelling.next().unwrap_or(0) % spellings.len();
                    let text = spellings.get(turn).copied().unwrap_or(&value.id);
                    let claim = with(&fields, &fact.id, text.as_str());
                    claims.entry(decisions.clone()).or_default().push(claim);
                }
            }
            for (decisions, claims) in claims {
                let claims = numbered(self.program, claims, &[]);
                let given = self.given(&decisions);
                self.add(&fact.id.clone(), Origin::Value, given, claims, Ask::Both);
            }
        }
    }
}

fn domain_of<'p>(plan: &'p Plan, fact: &Fact) -> Option<&'p crate::plan::Domain> {
    let of = |domain: DomainId| plan.domains.get(domain.index()).map(|domain| &**domain);
    match fact.kind {
        FactKind::Enumeration { domain, .. } => of(domain),
        _ => None,
    }
}

/// The texts of a class that a case tries: of grades every one, of an interval both ends, of other values one.
fn ends(plan: &Plan, fact: &Fact, class: &Class) -> Vec<String> {
    match class {
        Class::Values(values) => {
            let ordered = domain_of(plan, fact).is_some_and(|domain| domain.order.is_some());
            let values = if ordered {
                values.as_slice()
            } else {
                values.get(..1).unwrap_or(&[])
            };
            values
                .iter()
                .filter_map(|value| value_name(plan, fact, *value))
                .collect()
        }
        Class::Interval { from, below } => {
            let mut texts: Vec<String> = [*from, below.map(|below| below - 1)]
                .into_iter()
                .flatten()
                .filter_map(|place| placed(fact, place))
                .collect();
            texts.dedup();
            texts
        }
        Class::Yes => vec!["yes".to_owned()],
        Class::No => vec!["no".to_owned()],
    }
}

/// The first claims that are paid, one for each benefit; those that need no decision where there are any.
pub(super) fn paying(bases: &[Base]) -> Vec<&Base> {
    let mut found: BTreeMap<usize, &Base> = BTreeMap::new();
    for base in bases.iter().filter(|base| base.pays.is_some()) {
        let known = found.entry(base.benefit).or_insert(base);
        if base.decisions.len() < known.decisions.len() {
            *known = base;
        }
    }
    found.into_values().collect()
}

/// The day of loss of a claim.
pub(super) fn day_of(fields: &Fields) -> Option<anlan_lang::tree::Date> {
    field(fields, id::DATE)?.get(..10)?.parse().ok()
}
