//! The words of a condition as diagrams again, part by part: the plan keeps one diagram for a whole condition.

use crate::money::Ratio;
use crate::plan::diagram::{Diagrams, NodeId, OverBudget};
use crate::plan::{Class, ConditionWords, FactId, FactKind, FactRole, ParameterValue, Plan, ValueId};
use anlan_lang::tree::Compare;

/// Reads conditions into a copy of the plan's diagrams.
pub(super) struct Words<'a> {
    plan: &'a Plan,
    pub work: Diagrams,
}

impl<'a> Words<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Words {
            plan,
            work: plan.diagrams.clone(),
        }
    }
    /// Whether the second holds wherever the first does.
    pub fn holds(&mut self, first: NodeId, second: NodeId) -> Result<bool, OverBudget> {
        let not = self.work.not(second)?;
        Ok(self.work.and(first, not)? == NodeId::NO)
    }
    /// The diagrams of parts; those that cannot be read hold nowhere.
    pub fn nodes(&mut self, parts: &[ConditionWords]) -> Result<Vec<NodeId>, OverBudget> {
        parts
            .iter()
            .map(|part| Ok(self.node(part)?.unwrap_or(NodeId::NO)))
            .collect()
    }
    /// `None` where the classes of the plan do not tell what the words ask.
    pub fn node(&mut self, words: &ConditionWords) -> Result<Option<NodeId>, OverBudget> {
        match words {
            ConditionWords::Is {
                fact, negated, values, ..
            } => {
                let meant = self.meant(*fact, values);
                let inside = |class: &Class| match class {
                    Class::Values(of_class) => {
                        let named = of_class.iter().filter(|value| meant.contains(value)).count();
                        match named {
                            0 => Some(false),
                            all if all == of_class.len() => Some(true),
                            _ => None,
                        }
                    }
                    _ => None,
                };
                let node = self.test(*fact, inside)?;
                match node {
                    Some(node) if *negated => self.work.not(node).map(Some),
                    node => Ok(node),
                }
            }
            ConditionWords::Compare { fact, compare, value } => {
                let Some(bound) = self.units(*fact, value) else {
                    return Ok(None);
                };
                // Amounts and counts are not negative, so the lowest class begins at 0 (SEMANTICS §1); the classes at the
                // ends of a number end at its bounds.
                let (least, most) = match self.kind(*fact) {
                    Some(FactKind::Number { from, to, .. }) => {
                        let end = |end: &Ratio| self.units(*fact, &ParameterValue::Ratio(*end));
                        (end(from), end(to).and_then(|last| last.checked_add(1)))
                    }
                    Some(FactKind::Date) => (None, None),
                    _ => (Some(0), None),
                };
                let inside = |class: &Class| match class {
                    Class::Interval { from, below } => {
                        let from = from.or(least).map(|from| least.map_or(from, |least| from.max(least)));
                        passes(*compare, bound, from, below.or(most))
                    }
                    _ => None,
                };
                self.test(*fact, inside)
            }
            ConditionWords::Yes { fact } => self.yes(*fact),
            ConditionWords::Decided { decision } => {
                let of = |role: FactRole| role == FactRole::Decided(*decision);
                match self.plan.facts.iter().position(|fact| of(fact.role)) {
                    Some(fact) => self.yes(fact.into()),
                    None => Ok(None),
                }
            }
            ConditionWords::All(parts) => {
                let Some(nodes) = self.whole(parts)? else {
                    return Ok(None);
                };
                self.work.all(nodes).map(Some)
            }
            ConditionWords::Any(parts) => {
                let Some(nodes) = self.whole(parts)? else {
                    return Ok(None);
                };
                self.work.any(nodes).map(Some)
            }
            ConditionWords::Not(part) => match self.node(part)? {
                Some(node) => self.work.not(node).map(Some),
                None => Ok(None),
            },
        }
    }

    fn whole(&mut self, parts: &[ConditionWords]) -> Result<Option<Vec<NodeId>>, OverBudget> {
        parts.iter().map(|part| self.node(part)).collect()
    }

    fn yes(&mut self, fact: FactId) -> Result<Option<NodeId>, OverBudget> {
        self.test(fact, |class| match class {
            Class::Yes => Some(true),
            Class::No => Some(false),
            _ => None,
        })
    }

    /// The classes that lie inside; `None` where one lies neither in nor out.
    fn test(&mut self, fact: FactId, inside: impl Fn(&Class) -> Option<bool>) -> Result<Option<NodeId>, OverBudget> {
        let Some(of_plan) = self.plan.facts.get(fact.index()) else {
            return Ok(None);
        };
        let whole = self.whole_of(&of_plan.kind);
        let classes = if of_plan.classes.is_empty() {
            &whole
        } else {
            &of_plan.classes
        };
        let mut passing = Vec::new();
        for (index, class) in (0u16..).zip(classes) {
            match inside(class) {
                Some(true) => passing.push(index),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        let node = self.work.test(fact, classes.len(), &passing, NodeId::YES, NodeId::NO)?;
        Ok(Some(node))
    }

    /// A fact that no diagram tests is one class: a test of it that decides nothing has vanished.
    fn whole_of(&self, kind: &FactKind) -> Vec<Class> {
        match kind {
            FactKind::Enumeration { domain, .. } => {
                let count = self
                    .plan
                    .domains
                    .get(domain.index())
                    .map_or(0, |domain| domain.values.len());
                vec![Class::Values((0..count).map(ValueId::from).collect())]
            }
            FactKind::YesNo => vec![Class::No, Class::Yes],
            _ => vec![Class::Interval {
                from: None,
                below: None,
            }],
        }
    }

    fn kind(&self, fact: FactId) -> Option<&FactKind> {
        self.plan.facts.get(fact.index()).map(|fact| &fact.kind)
    }

    /// The values named, those below them, and those that `视同` treats alike.
    fn meant(&self, fact: FactId, named: &[ValueId]) -> Vec<ValueId> {
        let mut meant: Vec<ValueId> = named.to_vec();
        for rule in self.plan.statement.treat_as.iter().filter(|rule| rule.fact == fact) {
            if named.contains(&rule.as_value) && !named.contains(&rule.value) {
                meant.push(rule.value);
            }
        }
        let Some(FactKind::Enumeration { domain, .. }) = self.kind(fact) else {
            return meant;
        };
        let Some(domain) = self.plan.domains.get(domain.index()) else {
            return meant;
        };
        // Parents stand before their children, so one pass is enough.
        for (index, value) in domain.values.iter().enumerate() {
            let id = ValueId::from(index);
            if value.parent.is_some_and(|parent| meant.contains(&parent)) && !meant.contains(&id) {
                meant.push(id);
            }
        }
        meant
    }

    /// A bound in the units of the fact's classes.
    fn units(&self, fact: FactId, value: &ParameterValue) -> Option<i64> {
        match (self.kind(fact)?, value) {
            (FactKind::Number { precision, .. }, ParameterValue::Ratio(value)) => {
                let units = quotient(*value, *precision)?;
                (units.denominator() == 1).then_some(())?;
                i64::try_from(units.numerator()).ok()
            }
            (FactKind::Ratio, ParameterValue::Ratio(value)) => Some(value.position()),
            (_, ParameterValue::Money(fen)) => Some(fen.0),
            (kind, ParameterValue::Count(count)) => match kind.grid() {
                Some(grid) => Some(grid.position(Ratio::integer(*count))),
                None => Some(*count),
            },
            _ => None,
        }
    }
}

fn quotient(a: Ratio, b: Ratio) -> Option<Ratio> {
    Ratio::new(
        a.numerator().checked_mul(b.denominator())?,
        a.denominator().checked_mul(b.numerator())?,
    )
}

/// Whether all of `from..below` passes the comparison, or none of it.
fn passes(compare: Compare, bound: i64, from: Option<i64>, below: Option<i64>) -> Option<bool> {
    let last = below.map(|below| below.saturating_sub(1));
    let at_least = |bound: i64| match (from, last) {
        (Some(from), _) if from >= bound => Some(true),
        (_, Some(last)) if last < bound => Some(false),
        _ => None,
    };
    let after = bound.saturating_add(1);
    match compare {
        Compare::AtLeast => at_least(bound),
        Compare::Over => at_least(after),
        Compare::Under => at_least(bound).map(|yes| !yes),
        Compare::AtMost => at_least(after).map(|yes| !yes),
        Compare::Equal if (from, last) == (Some(bound), Some(bound)) => Some(true),
        Compare::Equal => match (at_least(bound), at_least(after)) {
            (Some(false), _) | (_, Some(true)) => Some(false),
            _ => None,
        },
    }
}
