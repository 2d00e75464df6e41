//! Limits and co-insurers.

use super::{Lowering, beyond, quotient};
use crate::emit::program::{Filter, Insurer, Key, Limit, Rule, Tier};
use crate::money::Ratio;
use crate::plan::{self, CoverId, GroupKey, LimitRule, ValueId};
use anlan_lang::diag::{Arg, Finding, codes};
use num_integer::Integer;

impl Lowering<'_> {
    pub fn limit(&self, limit: &plan::Limit) -> Result<Limit, Finding> {
        Ok(Limit {
            id: limit.id.clone(),
            own: limit.own,
            rule: match &limit.rule {
                LimitRule::UpTo(amount) => Rule::UpTo(self.money(amount)?),
                LimitRule::Less(amount) => Rule::Less(self.money(amount)?),
                LimitRule::Largest { raise } => Rule::Largest { raise: *raise },
            },
            filter: self.filter(&limit.filter)?,
            keys: limit
                .keys
                .iter()
                .map(|key| match key {
                    GroupKey::Fact(fact) => self.fact(*fact).map(Key::Fact).ok_or_else(beyond),
                    GroupKey::Year => Ok(Key::Year),
                })
                .collect::<Result<_, _>>()?,
            tiers: limit
                .tiers
                .iter()
                .map(|tier| self.tier(tier))
                .collect::<Result<_, _>>()?,
            exhaustion_stated: limit.exhaustion_stated,
            ratio_to: limit.ratio_to.filter(|r| r.numerator() > 0).map(quotient),
            articles: limit.source.articles.clone(),
        })
    }

    fn tier(&self, tier: &plan::Tier) -> Result<Tier, Finding> {
        Ok(match tier {
            plan::Tier::Date => Tier::Date,
            plan::Tier::Event => Tier::Event,
            plan::Tier::Claim => Tier::Claim,
            plan::Tier::Rank(filters) => Tier::Rank(filters.iter().map(|f| self.filter(f)).collect::<Result<_, _>>()?),
        })
    }

    fn filter(&self, filter: &plan::Filter) -> Result<Filter, Finding> {
        let facts = filter.facts.iter().map(|(fact, values)| {
            let values = values.iter().copied().map(ValueId::index).collect();
            Ok((self.fact(*fact).ok_or_else(beyond)?, values))
        });
        Ok(Filter {
            covers: filter
                .covers
                .as_ref()
                .map(|c| c.iter().copied().map(CoverId::index).collect()),
            facts: facts.collect::<Result<_, Finding>>()?,
        })
    }

    /// Insurers with their parts of a common denominator; none where a share is left to the contract.
    pub fn insurers(&self) -> Result<(Vec<Insurer>, i128), Finding> {
        let Some(coinsurance) = &self.plan.coinsurance else {
            return Ok((Vec::new(), 1));
        };
        let shares: Option<Vec<Ratio>> = coinsurance.insurers.iter().map(|i| i.share).collect();
        let Some(shares) = shares.filter(|shares| !shares.is_empty()) else {
            return Ok((Vec::new(), 1));
        };
        let denominator = shares.iter().fold(1i128, |lcm, share| lcm.lcm(&share.denominator()));
        let parts: Vec<i128> = shares
            .iter()
            .map(|s| s.numerator() * (denominator / s.denominator()))
            .collect();
        let sum: i128 = parts.iter().sum();
        if sum != denominator {
            let sum = Arg::Ratio {
                numerator: sum,
                denominator,
            };
            return Err(Finding::new(codes::V047, None).arg("sum", sum));
        }
        let insurer = |(insurer, parts): (&plan::Insurer, i128)| Insurer {
            id: insurer.id.clone(),
            parts,
        };
        Ok((
            coinsurance.insurers.iter().zip(parts).map(insurer).collect(),
            denominator,
        ))
    }
}
