//! Claims that share a limit: their sum 1 分 below it, at it, 1 分 above it, and far beyond it on several days and ranks.

use super::amounts::{Reading, facts_read, first, yyyymmdd};
use super::claims::{Base, day_of, paying};
use super::days::later;
use super::{Ask, Fields, Maker, Origin, answers, distinct, field, with};
use crate::emit::program::{Filter, Key, Kind, Limit, Rule, Tier, Value};
use crate::evaluate::{Inputs, Settlement};
use crate::money::MAX_FEN;
use std::collections::BTreeSet;

/// A group of more claims than this is not made.
const MOST_CLAIMS: i64 = 1_000;

/// A claim that a limit is over, and what the limits before leave it by itself.
#[derive(Debug, Clone)]
struct Member {
    fields: Fields,
    worth: i64,
    /// The money fact with which its benefit varies, in the program
    varies: Option<usize>,
}

impl Maker<'_> {
    /// Cases for every limit, without decisions (unless no claim comes to it so) and with each that its amount turns on.
    pub(super) fn limits(&mut self, bases: &[Base]) {
        let program = self.program;
        for (at, limit) in program.limits.iter().enumerate() {
            if !self.limit(bases, at, limit, &[]) {
                // It is over covers that pay by decision only.
                let decided: BTreeSet<Vec<String>> = bases.iter().map(|base| at_large(&base.decisions)).collect();
                let _ = decided.iter().any(|decisions| self.limit(bases, at, limit, decisions));
            }
            for decision in decisions_of(limit) {
                let named = self
                    .plan
                    .decisions
                    .get(decision)
                    .filter(|decision| decision.value.is_none());
                if let Some(id) = named.map(|decision| decision.id.clone()) {
                    self.limit(bases, at, limit, &[id]);
                }
            }
        }
    }

    /// The cases of one limit under such decisions; whether some claim comes to it.
    fn limit(&mut self, bases: &[Base], at: usize, limit: &Limit, decisions: &[String]) -> bool {
        let given = self.given(decisions);
        let Some(inputs) = answers::inputs(self.plan, &given) else {
            return false;
        };
        let mut members = self.members(bases, at, limit, &inputs, decisions);
        members.sort_by_key(|member| std::cmp::Reverse(member.worth));
        let Some(most) = members.first().cloned() else {
            return false;
        };
        let shared = shared(limit);
        let sums: Vec<(&str, Vec<Fields>)> = match self.amount(limit, &most.fields, decisions) {
            Some(amount) => [("-0.01", amount - 1), ("+0.00", amount), ("+0.01", amount + 1)]
                .into_iter()
                .filter_map(|(by, sum)| Some((by, self.adding_up(&members, at, sum, &inputs)?)))
                .collect(),
            None => Vec::new(),
        };
        for (by, claims) in sums {
            let claims = self.spread(claims, &shared, 1);
            let name = format!("{} {by}", limit.id);
            self.add(&name, Origin::Limit, given.clone(), claims, Ask::Settle);
        }
        let far = self.far_beyond(&members, limit, &most, decisions);
        let mut claims = self.spread(far, &shared, 3);
        claims.reverse();
        self.add(&format!("{} +…", limit.id), Origin::Limit, given, claims, Ask::Settle);
        true
    }

    /// The paid claims that a limit is over.
    fn members(&self, bases: &[Base], at: usize, limit: &Limit, inputs: &Inputs, decisions: &[String]) -> Vec<Member> {
        let usable = |base: &&Base| base.decisions.is_empty() || at_large(&base.decisions) == decisions;
        let mut paid: Vec<&Base> = paying(bases).into_iter().filter(usable).collect();
        if matches!(limit.rule, Rule::Largest { .. }) || paid.is_empty() {
            paid = bases.iter().filter(|base| base.pays.is_some()).filter(usable).collect();
        }
        let mut wanted: Vec<&Filter> = vec![&limit.filter];
        for tier in &limit.tiers {
            if let Tier::Rank(filters) = tier {
                wanted.extend(filters);
            }
        }
        let mut members: Vec<Member> = Vec::new();
        for base in paid {
            for filter in &wanted {
                let fields = self.within(&self.within(&base.fields, filter), &limit.filter);
                let Some(worth) = self.worth(&fields, at, limit, inputs) else {
                    continue;
                };
                if members.iter().all(|member| member.fields != fields) {
                    let varies = base.pays.and_then(|p| self.varies(p.index()));
                    members.push(Member { fields, worth, varies });
                }
            }
        }
        members
    }

    fn varies(&self, pipeline: usize) -> Option<usize> {
        let read = facts_read(self.program.pipelines.get(pipeline)?);
        let money = |at: &usize| self.program.facts.get(*at).is_some_and(|fact| fact.kind == Kind::Money);
        read.into_iter().find(money)
    }

    /// The claim with the first value that a filter takes, where its own is none of them.
    fn within(&self, fields: &Fields, filter: &Filter) -> Fields {
        let mut fields = fields.clone();
        for (fact, values) in &filter.facts {
            let taken: Vec<&Value> = values
                .iter()
                .filter_map(|value| self.program.values(*fact).get(*value))
                .collect();
            if let (Some(fact), Some(value)) = (self.program.facts.get(*fact), taken.first()) {
                let own = field(&fields, &fact.id);
                if own.is_some_and(|own| taken.iter().any(|value| value.zh == own || value.id == own)) {
                    continue;
                }
                fields = with(&fields, &fact.id, value.zh.as_str());
            }
        }
        fields
    }

    fn settled(&self, claims: &[Fields], inputs: &Inputs) -> Option<Settlement> {
        let rows = answers::rows(&self.reader, claims);
        crate::evaluate::settle(self.plan, inputs, rows).ok()
    }

    /// What reaches the limit of a claim by itself; `None` where nothing does.
    fn worth(&self, fields: &Fields, at: usize, limit: &Limit, inputs: &Inputs) -> Option<i64> {
        let settlement = self.settled(std::slice::from_ref(fields), inputs)?;
        let row = settlement.settled().next()?;
        let covers = |covers: &Vec<usize>| row.covers.iter().any(|cover| covers.contains(&cover.index()));
        if !limit.filter.covers.as_ref().is_none_or(covers) {
            return None;
        }
        let before = row.cuts.iter().take(at).map(|cut| cut.0).sum::<i64>();
        Some(row.benefit.0 - before).filter(|worth| *worth > 0)
    }

    /// The limit's amount for a group of such claims.
    fn amount(&self, limit: &Limit, fields: &Fields, decisions: &[String]) -> Option<i64> {
        let (Rule::UpTo(money) | Rule::Less(money)) = &limit.rule else {
            return None;
        };
        let taken = |decision: usize| {
            let declared = self.plan.decisions.get(decision);
            declared.is_some_and(|d| decisions.contains(&d.id))
        };
        let reading = Reading {
            day: day_of(fields).map(yyyymmdd),
            taken: &taken,
            quantities: &self.quantities(fields),
            premium: Some(super::PREMIUM),
        };
        reading.whole(money).filter(|amount| *amount > 1)
    }

    /// Claims that bring exactly so much to the limit: as many of the largest as fit, and the rest in claims whose
    /// amount varies; `None` where no claims come to it.
    fn adding_up(&self, members: &[Member], at: usize, sum: i64, inputs: &Inputs) -> Option<Vec<Fields>> {
        let limit = self.program.limits.get(at)?;
        let largest = members.first()?;
        let count = sum.checked_div(largest.worth).filter(|count| *count <= MOST_CLAIMS)?;
        let mut claims = vec![largest.fields.clone(); usize::try_from(count).ok()?];
        let mut rest = sum % largest.worth;
        let varying = members.iter().find(|member| member.varies.is_some());
        while rest > 0 {
            let size = rest.min(varying?.worth);
            claims.push(self.of_size(varying?, at, limit, size, inputs)?);
            rest -= size;
            if claims.len() > 2 * usize::try_from(MOST_CLAIMS).ok()? {
                return None;
            }
        }
        Some(claims)
    }

    /// The member with its quantity such that exactly so much reaches the limit.
    fn of_size(&self, member: &Member, at: usize, limit: &Limit, size: i64, inputs: &Inputs) -> Option<Fields> {
        let fact = member.varies?;
        let sized = |units: i64| self.at(&member.fields, fact, units);
        let worth = |units: i64| Some(self.worth(&sized(units)?, at, limit, inputs).unwrap_or(0));
        let units = first(MAX_FEN, |units| Some(worth(units)? >= size))?;
        (worth(units)? == size).then(|| sized(units)).flatten()
    }

    /// Claims of every kind, each twice, and enough of the largest to go beyond the limit.
    fn far_beyond(&self, members: &[Member], limit: &Limit, most: &Member, decisions: &[String]) -> Vec<Fields> {
        let amount = self.amount(limit, &most.fields, decisions).unwrap_or(0);
        let more = (amount / most.worth).min(MOST_CLAIMS);
        let mut claims: Vec<Fields> = Vec::new();
        for member in members {
            claims.push(member.fields.clone());
            // An odd size leaves remainders.
            let odd = member.worth / 3 + 7;
            let sized = member.varies.and_then(|fact| self.at(&member.fields, fact, odd));
            claims.push(sized.unwrap_or_else(|| member.fields.clone()));
        }
        claims.extend((0..more).map(|_| most.fields.clone()));
        claims
    }

    /// Makes claims unlike in every id that the limit does not count by, on so many days in turn.
    fn spread(&self, claims: Vec<Fields>, shared: &[usize], days: i64) -> Vec<Fields> {
        let keys = self.common(&claims, shared);
        (0..)
            .zip(claims)
            .map(|(n, fields)| {
                let number = usize::try_from(n + 1).unwrap_or_default();
                let mut fields = distinct(self.program, &fields, number, shared);
                for (key, text) in &keys {
                    fields = with(&fields, key, text.as_str());
                }
                later(&fields, n % days)
            })
            .collect()
    }

    /// The keys that all claims share, and what they say of the records that these identify.
    fn common(&self, claims: &[Fields], shared: &[usize]) -> Fields {
        let first = claims.first();
        let of = |at: &usize| {
            let fact = self.program.facts.get(*at)?;
            Some((fact.id.clone(), field(first?, &fact.id)?.to_owned()))
        };
        let wide = self.program.wide.iter().filter(|(_, key)| shared.contains(key));
        shared.iter().chain(wide.map(|(fact, _)| fact)).filter_map(of).collect()
    }
}

/// Decisions without their keys: taken for all.
fn at_large(decisions: &[String]) -> Vec<String> {
    let without = |text: &String| {
        let (head, value) = match text.split_once('=') {
            Some((head, value)) => (head, format!("={value}")),
            None => (text.as_str(), String::new()),
        };
        format!("{}{value}", head.split('@').next().unwrap_or_default())
    };
    decisions.iter().map(without).collect()
}

fn shared(limit: &Limit) -> Vec<usize> {
    let fact = |key: &Key| match key {
        Key::Fact(fact) => Some(*fact),
        Key::Year => None,
    };
    limit.keys.iter().filter_map(fact).collect()
}

fn decisions_of(limit: &Limit) -> Vec<usize> {
    fn of(choice: &crate::emit::program::Choice, found: &mut Vec<usize>) {
        use crate::emit::program::Choice;
        match choice {
            Choice::Unlimited | Choice::Linear(_) => {}
            Choice::Dated(values) => values.iter().for_each(|(_, value)| of(value, found)),
            Choice::Decided {
                decision,
                then,
                otherwise,
            } => {
                found.push(*decision);
                of(then, found);
                of(otherwise, found);
            }
        }
    }
    let mut found = Vec::new();
    if let Rule::UpTo(money) | Rule::Less(money) = &limit.rule {
        of(&money.choice, &mut found);
    }
    found
}
