//! Limits outside schedules (`累计限额`): filter, key, amount, tiers.

use super::context::{Lowering, same};
use super::contract::Prevails;
use crate::money::Ratio;
use crate::plan::{Amount, CoverId, Filter, Limit, LimitRule, Part, Source, Tier};
use crate::resolve::Scope;
use anlan_lang::tree::{self, Clause, ClauseKind, CoverSet, Exhaustion, Name, Overridable};

/// A limit before the settlement order is known.
#[derive(Debug)]
pub struct LoweredLimit {
    pub limit: Limit,
    /// `包含于`
    pub within: Option<Name>,
    /// `后于`
    pub after: Vec<Name>,
}

impl<'a> Lowering<'a> {
    /// All limits in the order of concepts.
    pub fn limits(&mut self, covers: &[&str]) -> Vec<LoweredLimit> {
        let scope = self.scope;
        let found = Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Limit(limit) => Some((&limit.name, limit)),
            _ => None,
        });
        let agreed = self.agreed_limits(scope);
        found
            .into_iter()
            .filter_map(|(clause, limit)| {
                let agreed = agreed.iter().find(|(_, _, other)| other.name.text == limit.name.text);
                match agreed {
                    Some((contract, clause, limit)) => self.limit(contract, clause, limit, covers),
                    None => self.limit(scope, clause, limit, covers),
                }
            })
            .collect()
    }

    /// Limits that the contract states again, where the scheme lets it.
    fn agreed_limits(&mut self, scheme: &Scope) -> Vec<(&'a Scope, &'a Clause, &'a tree::Limit)> {
        let Some(contract) = self.contract else {
            return Vec::new();
        };
        let mut agreed = Vec::new();
        for clause in contract.clauses() {
            let ClauseKind::Limit(limit) = &clause.kind else {
                continue;
            };
            let own = scheme
                .clauses()
                .iter()
                .find(|c| matches!(&c.kind, ClauseKind::Limit(other) if other.name.text == limit.name.text));
            let prevails = Prevails(Overridable::Limits);
            match own {
                Some(own) => {
                    if self.may_set(contract, clause, false, prevails, Some(own.span)) {
                        agreed.push((contract, clause, limit.as_ref()));
                    }
                }
                // A limit of the contract alone adds to the scheme, which nothing allows.
                None => self.not_left(contract, clause.span, None),
            }
        }
        agreed
    }

    fn limit(&mut self, scope: &Scope, clause: &Clause, limit: &tree::Limit, covers: &[&str]) -> Option<LoweredLimit> {
        let source = self.clause_source(scope, clause);
        self.limit_parts(scope, limit, &source);
        let amount = self.limit_amount(scope, limit)?;
        let keys = self.schedule_keys(scope, &limit.keys);
        let keys = self.group_keys(&keys, &source)?;
        let filter = self.filter(scope, limit, covers);
        let (tiers, ratio_to, exhaustion_source) = match &limit.exhausted {
            Some((exhaustion, notes)) => {
                let source = self.source_within(scope, notes.span, notes, &source);
                let tiers = self.tiers(scope, exhaustion, covers);
                (tiers, exhaustion.ratio_to.and_then(Ratio::from_decimal), source)
            }
            None => (Vec::new(), None, source.clone()),
        };
        let raised_source = match &limit.raised {
            Some((_, _, notes)) => self.source_within(scope, notes.span, notes, &source),
            None => Source::default(),
        };
        Some(LoweredLimit {
            limit: Limit {
                id: limit.name.text.clone(),
                name: same(&limit.name.text),
                own: false,
                rule: LimitRule::UpTo(amount),
                filter,
                keys,
                tiers,
                exhaustion_stated: limit.exhausted.is_some(),
                ratio_to,
                within: None,
                source,
                exhaustion_source,
                raised_source,
            },
            within: limit.within.as_ref().map(|(name, _)| name.clone()),
            after: limit.after.iter().flat_map(|(names, _)| names.clone()).collect(),
        })
    }

    fn limit_parts(&mut self, scope: &Scope, limit: &tree::Limit, source: &Source) {
        self.part(source, Part::Name, scope, limit.name.span);
        self.part(source, Part::Amount, scope, limit.amount.span());
        if let Some((_, notes)) = &limit.exhausted {
            self.part(source, Part::Exhausted, scope, notes.span);
        }
        if let Some((name, _)) = &limit.within {
            self.part(source, Part::Within, scope, name.span);
        }
        if let Some((names, _)) = &limit.after
            && let Some(span) = names.iter().map(|name| name.span).reduce(|all, span| all.to(span))
        {
            self.part(source, Part::After, scope, span);
        }
        if let Some((amount, _, _)) = &limit.raised {
            self.part(source, Part::Raised, scope, amount.span());
        }
    }

    /// The amount, by date and by decision where the limit says so.
    fn limit_amount(&mut self, scope: &Scope, limit: &tree::Limit) -> Option<Amount> {
        let first = self.same_for_all(scope, &limit.amount)?;
        let amount = if limit.dated.is_empty() {
            first
        } else {
            let mut values = vec![(None, first)];
            for (date, expr) in &limit.dated {
                values.push((Some(*date), self.same_for_all(scope, expr)?));
            }
            values.sort_by_key(|(date, _)| *date);
            Amount::Dated(values)
        };
        let Some((raised, decision, _)) = &limit.raised else {
            return Some(amount);
        };
        let decision = *self.decision_ids.get(&decision.text)?;
        Some(Amount::Decided {
            decision,
            then: Box::new(self.same_for_all(scope, raised)?),
            otherwise: Box::new(amount),
        })
    }

    fn filter(&mut self, scope: &Scope, limit: &tree::Limit, covers: &[&str]) -> Filter {
        let mut facts: Vec<_> = limit
            .only
            .iter()
            .filter_map(|(fact, values)| {
                let fact = scope.fact_named(&fact.text)?;
                Some((fact, self.values_within(fact, values)))
            })
            .collect();
        facts.sort_by_key(|(fact, _)| *fact);
        Filter {
            covers: named_covers(&limit.over, covers),
            facts,
        }
    }

    fn tiers(&mut self, scope: &Scope, exhaustion: &Exhaustion, covers: &[&str]) -> Vec<Tier> {
        let mut tiers = Vec::new();
        for tier in &exhaustion.tiers {
            match tier {
                tree::Tier::ProRata(_) => {}
                tree::Tier::Date(_) => tiers.push(Tier::Date),
                tree::Tier::Event(_) => tiers.push(Tier::Event),
                tree::Tier::Claim(_) => tiers.push(Tier::Claim),
                tree::Tier::Rank(names) => {
                    tiers.push(Tier::Rank(
                        names.iter().filter_map(|name| self.rank(scope, name, covers)).collect(),
                    ));
                }
            }
        }
        tiers
    }

    /// A rank is a harm or a cover.
    fn rank(&mut self, scope: &Scope, name: &Name, covers: &[&str]) -> Option<Filter> {
        if let Some(index) = covers.iter().position(|cover| *cover == name.text) {
            return Some(Filter {
                covers: Some(vec![CoverId::from(index)]),
                facts: Vec::new(),
            });
        }
        let harm = self.harm_fact()?;
        // The names pass reports what is neither.
        let value = scope.value_of(harm, &name.text)?;
        Some(Filter {
            covers: None,
            facts: vec![(harm, self.descendants(harm, value))],
        })
    }
}

/// `None`: all covers.
pub fn named_covers(set: &CoverSet, covers: &[&str]) -> Option<Vec<CoverId>> {
    match set {
        CoverSet::All(_) => None,
        CoverSet::Named(names) => {
            let mut ids: Vec<CoverId> = names
                .iter()
                .filter_map(|name| covers.iter().position(|cover| *cover == name.text))
                .map(CoverId::from)
                .collect();
            ids.sort_unstable();
            ids.dedup();
            Some(ids)
        }
    }
}
