//! As many claims as it takes: of different persons and households in one event, each as dear as a claim can be.

use super::showing::{Occasion, Offer, Trial, all, occasions, showing};
use super::{AMPLE, Claim, Several};
use crate::analyse::amounts::{self, Env, Guard, When, pipeline_extent, selecting, settled};
use crate::analyse::maximum::Kind;
use crate::analyse::payable::{harm, value_named};
use crate::analyse::subject::Subject;
use crate::evaluate::Shown;
use crate::money::Ratio;
use crate::plan::{
    Class, CoverId, DecisionId, FactId, FactKind, FactRole, GroupKey, Limit, LimitRule, Plan, Term, ValueId,
};
use crate::resolve::id;
use anlan_lang::diag::Witness;
use anlan_lang::tree::Date;
use std::collections::{BTreeMap, BTreeSet};

/// More claims than this are no witness that anybody would run.
const MOST: u64 = 20_000;
/// So many of the dearest kinds of claims are tried.
const KINDS: usize = 4;
/// Of so many kinds claims are tried together.
const TOGETHER: usize = 12;
/// In so many events, where one event holds too little.
const EVENTS: [u64; 4] = [2, 3, 5, 10];
/// In at most so many insured years.
const YEARS: usize = 10;

/// What claims are looked for.
#[derive(Clone, Copy)]
pub struct Sought<'w> {
    /// The kinds of which they are
    pub of: &'w dyn Fn(&Kind) -> bool,
    /// They come to more than so many 分 under the limits that hold each by itself.
    pub more_than: Ratio,
    pub when: &'w Guard,
    /// In each of so many events on one day
    pub events: u64,
    /// Of the limits only so many count.
    pub before: usize,
    /// All are of one group of these keys.
    pub group: &'w [GroupKey],
}

impl std::fmt::Debug for Sought<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Sought {
            more_than,
            when,
            events,
            before,
            ..
        } = self;
        write!(f, "Sought({more_than} {when:?} {events} {before})")
    }
}

impl Default for Sought<'_> {
    fn default() -> Self {
        const ANY_TIME: &Guard = &Guard {
            decided: BTreeMap::new(),
            from: None,
            below: None,
        };
        Sought {
            of: &|_| true,
            more_than: Ratio::ZERO,
            when: ANY_TIME,
            events: 1,
            before: usize::MAX,
            group: &[],
        }
    }
}

/// As few claims of one kind as come to more than an amount, if they show what is to be shown; else of several kinds, or in
/// several events and years. Where none show it, claims that are at least paid, or are more than is settled here.
pub fn crowd(subject: &Subject<'_>, sought: &Sought<'_>, shows: impl Fn(&Shown) -> bool) -> Option<Witness> {
    if !subject.settles() {
        return None;
    }
    let crowd = Crowd::new(subject, sought);
    let alike = |trial: &Trial, offer: Offer<'_>| crowd.of_one_kind(trial, offer);
    let first = || {
        let mut first = None;
        crowd.of_one_kind(subject.trials().first()?, &mut |witness| {
            first.get_or_insert(witness);
            true
        });
        first
    };
    crowd
        .showing(subject, shows)
        .or_else(|| showing(subject, alike, |shown| shown.benefit > 0))
        .or_else(first)
}

/// The same, but nothing where none show it.
pub fn strictly(subject: &Subject<'_>, sought: &Sought<'_>, shows: impl Fn(&Shown) -> bool) -> Option<Witness> {
    Crowd::new(subject, sought).showing(subject, shows)
}

/// One claim of a kind that `wanted` accepts: the dearest, with what `settle` pays for it.
pub fn dearest(
    subject: &Subject<'_>,
    wanted: impl Fn(&Kind) -> bool,
    shows: impl Fn(&Shown) -> bool,
) -> Option<Witness> {
    let sought = Sought {
        of: &wanted,
        ..Sought::default()
    };
    crowd(subject, &sought, shows)
}

#[derive(Debug)]
struct Crowd<'s, 'p> {
    plan: &'p Plan,
    sought: &'s Sought<'s>,
    kinds: Vec<&'s Kind>,
    on: Vec<Occasion>,
}

impl<'s, 'p> Crowd<'s, 'p> {
    fn new(subject: &'s Subject<'p>, sought: &'s Sought<'_>) -> Self {
        let plan = subject.plan();
        let kinds = subject.maximum().kinds.iter();
        Crowd {
            plan,
            sought,
            kinds: kinds
                .filter(|kind| (sought.of)(kind) && agrees(plan, kind, sought.when))
                .collect(),
            on: occasions(plan, sought.when),
        }
    }
    fn showing(&self, subject: &Subject<'_>, shows: impl Fn(&Shown) -> bool) -> Option<Witness> {
        let several = self.sought.events == 1 && self.sought.more_than > Ratio::ZERO;
        let alike = |trial: &Trial, offer: Offer<'_>| {
            self.of_one_kind(trial, &mut |witness| self.is_one_group(&witness) && offer(witness));
        };
        let others = |trial: &Trial, offer: Offer<'_>| {
            let offer: Offer<'_> = &mut |witness| self.is_one_group(&witness) && offer(witness);
            self.on.iter().any(|on| self.others(trial, on, offer));
        };
        let found = showing(subject, alike, &shows);
        found.or_else(|| several.then(|| showing(subject, others, &shows))?)
    }
    fn is_one_group(&self, witness: &Witness) -> bool {
        let one = |of: &dyn Fn(&BTreeMap<String, String>) -> Option<String>| {
            let mut values = witness.claims.iter().map(of);
            let first = values.next().flatten();
            let numbered = witness.times.is_some() && first.as_ref().is_some_and(|first| first.contains('#'));
            !numbered && values.all(|value| value == first)
        };
        let boundaries = &self.plan.calendar.boundaries;
        self.sought.group.iter().all(|key| match key {
            GroupKey::Fact(fact) => self
                .plan
                .facts
                .get(fact.index())
                .is_none_or(|fact| one(&|claim| claim.get(&fact.id).cloned())),
            GroupKey::Year => one(&|claim| {
                let day: Date = claim.get(id::DATE)?.get(..10)?.parse().ok()?;
                boundaries.iter().rfind(|first| **first <= day).map(Date::to_string)
            }),
        })
    }
    /// As few claims of one kind as come to more, of each of the dearest kinds.
    fn of_one_kind(&self, trial: &Trial, offer: Offer<'_>) {
        let mut of_occasion = |on: &Occasion| {
            let dear = self.apart(self.dearest(trial, on)).into_iter();
            let made = dear.filter_map(|(one, kind)| self.alike(kind, one, on, self.sought.events));
            all(made, offer)
        };
        self.on.iter().any(&mut of_occasion);
    }
    fn alike(&self, kind: &Kind, one: Ratio, on: &Occasion, events: u64) -> Option<Witness> {
        let plan = self.plan;
        let times = match self.sought.more_than == Ratio::ZERO {
            true => 1,
            false => times(self.sought.more_than, one)?,
        };
        let total = one.checked_mul(Ratio::integer(i64::try_from(times).ok()?))?;
        let taken = taken(plan, kind, on);
        if !decided_when_binding(plan, kind, total, &taken, on.day) {
            return None;
        }
        let whole = |value: Ratio| (value.denominator() == 1).then(|| i64::try_from(value.numerator()).ok())?;
        let paid = paid(plan, kind, (total, events), &taken, on.day).and_then(whole);
        let claim = claim(plan, kind, on).promising(None, paid);
        (events.checked_mul(times)? <= MOST).then(|| repeated(vec![claim], times, events))
    }
    /// The kinds with what one claim of each comes to, the dearest first.
    fn dearest(&self, trial: &Trial, on: &Occasion) -> Vec<(Ratio, &'s Kind)> {
        let one = |kind: &&'s Kind| Some((self.one(&trial.plan, kind, on)?, *kind));
        let mut dear: Vec<(Ratio, &Kind)> = self.kinds.iter().filter_map(one).collect();
        dear.retain(|(one, _)| *one > Ratio::ZERO);
        dear.sort_by(|(a, _), (b, _)| b.cmp(a));
        dear
    }
    /// The dearest kind, the dearest under other limits of the scheme, and one more.
    fn apart<'k>(&self, dear: Vec<(Ratio, &'k Kind)>) -> Vec<(Ratio, &'k Kind)> {
        let limits = |kind: &Kind| -> Vec<usize> {
            let of = self.plan.limits.iter().enumerate().filter(|(_, limit)| !limit.own);
            of.map(|(at, _)| at).filter(|at| kind.passes(*at)).collect()
        };
        let mut told: BTreeSet<Vec<usize>> = BTreeSet::new();
        let (mut apart, alike): (Vec<_>, Vec<_>) = dear.into_iter().partition(|(_, kind)| told.insert(limits(kind)));
        apart.truncate(KINDS);
        apart.extend(alike.into_iter().take(1));
        apart
    }
    fn one(&self, plan: &Plan, kind: &Kind, on: &Occasion) -> Option<Ratio> {
        let when = When {
            day: on.day,
            taken: taken(plan, kind, on),
        };
        let env = Env::new(plan, &kind.path).when(Some(&when));
        let extent = pipeline_extent(plan, kind.steps(plan)?, &env);
        // What nothing bounds is claimed for an ample sum.
        let one = extent.attained.low.unwrap_or(Ratio::integer(AMPLE));
        Some(match self.sought.more_than == Ratio::ZERO {
            true => one,
            false => self.alone(plan, kind, one, &when),
        })
    }
    /// What one claim comes to under the limits that hold it by itself, as far as these are known.
    fn alone(&self, plan: &Plan, kind: &Kind, mut one: Ratio, when: &When) -> Ratio {
        for limit in passed(plan, kind, self.sought.before).filter(|limit| is_personal(plan, limit)) {
            if let Some(Bound::At(amount)) = bound(plan, limit, &when.taken, when.day) {
                one = one.min(amount);
            }
        }
        one
    }
    /// Claims of several kinds together, all of one person, or more and more of them; claims of one kind in several
    /// events; claims in every year.
    fn others(&self, trial: &Trial, on: &Occasion, offer: Offer<'_>) -> bool {
        let dear = self.dearest(trial, on);
        let of_one = (0..dear.len().min(KINDS)).filter_map(|first| self.of_one_person(&dear, first, on));
        if all(of_one, offer) {
            return true;
        }
        if self.again(&dear, on, offer) {
            return true;
        }
        let in_events = |(one, kind): &(Ratio, &Kind)| {
            let each = EVENTS.iter().filter_map(|events| self.alike(kind, *one, on, *events));
            each.collect::<Vec<_>>()
        };
        if all(dear.iter().take(KINDS).flat_map(in_events), offer) {
            return true;
        }
        let mut told: BTreeSet<(CoverId, ValueId)> = BTreeSet::new();
        let kinds = dear.iter().map(|(_, kind)| *kind);
        let kinds: Vec<&Kind> = kinds
            .filter(|kind| told.insert((kind.cover, kind.harm)))
            .take(TOGETHER)
            .collect();
        let sets = sets(&kinds);
        let together = sets.iter().map(|set| self.of_several(set, on));
        let of_persons = [id::CLAIM, id::EVENT, id::PERSON, id::HOUSEHOLD];
        let by_year = [1, 2, 4].into_iter().filter_map(|events| {
            let base = |on: &Occasion| Some(self.of_several(&kinds, on));
            self.in_years(base, on, (YEARS, events), &of_persons)
        });
        together.chain(by_year).any(|base| {
            let more = (0..9).step_by(2).map(|doubled| 1u64 << doubled);
            all(more.map(|times| as_often(self.plan, base.clone(), times)), offer)
        })
    }
    /// One claim of each kind that one person can have, with the facts that these share.
    fn of_one_person(&self, dear: &[(Ratio, &Kind)], first: usize, on: &Occasion) -> Option<Witness> {
        let plan = self.plan;
        let shared = |fact: &FactId| {
            let of = plan.facts.get(fact.index());
            of.is_some_and(|of| of.id != id::HARM && matches!(of.kind, FactKind::Enumeration { .. }))
        };
        let (_, leading) = dear.get(first)?;
        let (mut facts, mut harms, mut taken): (BTreeMap<FactId, u16>, BTreeSet<ValueId>, Vec<&Kind>) =
            Default::default();
        for kind in std::iter::once(*leading).chain(dear.iter().map(|(_, kind)| *kind)) {
            let own = || kind.path.iter().filter(|(fact, _)| shared(fact));
            let agrees = own().all(|(fact, class)| facts.get(fact).is_none_or(|known| known == class));
            if agrees && !harms.contains(&kind.harm) && !excluded(plan, &harms, kind.harm) {
                harms.insert(kind.harm);
                facts.extend(own().copied());
                taken.push(kind);
            }
        }
        let claims = taken.iter().enumerate().map(|(at, kind)| {
            let own = kind.path.iter().copied();
            let path: BTreeMap<FactId, u16> = own.chain(facts.iter().map(|(fact, class)| (*fact, *class))).collect();
            let path: Vec<(FactId, u16)> = path.into_iter().collect();
            along(plan, kind, &path, on).with(id::CLAIM, format!("C{}", at + 1))
        });
        (taken.len() > 1).then(|| repeated(claims.collect(), 1, 1))
    }
    /// A claim of each kind, each of another person.
    fn of_several(&self, kinds: &[&Kind], on: &Occasion) -> Witness {
        let claims = kinds.iter().enumerate().map(|(at, kind)| {
            let number = |letter: &str| format!("{letter}{}", at + 1);
            claim(self.plan, kind, on)
                .with(id::CLAIM, number("C"))
                .with(id::PERSON, number("P"))
                .with(id::HOUSEHOLD, number("H"))
        });
        Witness::of(claims.collect())
    }
    /// Claims of one person, in several events of one year and of all.
    fn again(&self, dear: &[(Ratio, &Kind)], on: &Occasion, offer: Offer<'_>) -> bool {
        let times = [(1, 2), (1, 4), (YEARS, 1), (YEARS, 2), (YEARS, 4)];
        (0..dear.len().min(KINDS)).any(|first| {
            let one = |on: &Occasion| {
                let (_, kind) = dear.get(first)?;
                Some(Witness::of(vec![claim(self.plan, kind, on)]))
            };
            let several = |on: &Occasion| self.of_one_person(dear, first, on);
            let keys = [id::CLAIM, id::EVENT];
            let alone = times.iter().filter_map(|times| self.in_years(one, on, *times, &keys));
            let together = times
                .iter()
                .filter_map(|times| self.in_years(several, on, *times, &keys));
            all(one(on).into_iter().chain(alone).chain(together), offer)
        })
    }
    /// Claims of one day in so many events of each of so many insured years, with other values of some keys.
    fn in_years(
        &self,
        base: impl Fn(&Occasion) -> Option<Witness>,
        on: &Occasion,
        (years, events): (usize, usize),
        keys: &[&str],
    ) -> Option<Witness> {
        let [firsts @ .., _] = self.plan.calendar.boundaries.as_slice() else {
            return None;
        };
        let mut found = Witness::default();
        for (at, first) in firsts.iter().enumerate().take(years) {
            let day = Occasion {
                day: Some(*first),
                ..on.clone()
            };
            let of_year = base(&day)?;
            for event in 1..=events {
                let claims = of_year.claims.iter().map(|claim| {
                    let mut claim = claim.clone();
                    for key in keys {
                        if let Some(key) = claim.get_mut(*key) {
                            key.push_str(&format!("-{}-{event}", at + 1));
                        }
                    }
                    claim
                });
                found.claims.extend(claims);
            }
            found.decided.extend(of_year.decided);
            (found.set, found.bases, found.settled) = (of_year.set, of_year.bases, true);
        }
        found.decided.sort();
        found.decided.dedup();
        let some = firsts.len().min(years) > 1 || events > 1;
        (some && !found.claims.is_empty()).then_some(found)
    }
}

/// All kinds, pairs of the dearest, and all but one of them.
fn sets<'k>(kinds: &[&'k Kind]) -> Vec<Vec<&'k Kind>> {
    let mut sets: Vec<Vec<&Kind>> = vec![kinds.to_vec()];
    let few: Vec<&Kind> = kinds.iter().copied().take(KINDS).collect();
    for (at, one) in few.iter().enumerate() {
        sets.extend(few.iter().skip(at + 1).map(|other| vec![*one, *other]));
    }
    if kinds.len() > 2 {
        let without = |left: usize| {
            let kept = kinds.iter().enumerate().filter(|(at, _)| *at != left);
            kept.map(|(_, kind)| *kind).collect()
        };
        sets.extend((0..kinds.len()).map(without));
    }
    sets.retain(|set| !set.is_empty());
    sets
}

/// Of death and disability one person has one.
fn excluded(plan: &Plan, harms: &BTreeSet<ValueId>, harm: ValueId) -> bool {
    let named = [harm::DEATH, harm::DISABILITY].map(|of| value_named(plan, id::HARM, of));
    let is = |of: ValueId| named.contains(&Some(of));
    is(harm) && harms.iter().any(|other| is(*other))
}

fn claim<'p>(plan: &'p Plan, kind: &Kind, on: &Occasion) -> Claim<'p> {
    along(plan, kind, &kind.path, on)
}

fn along<'p>(plan: &'p Plan, kind: &Kind, path: &[(FactId, u16)], on: &Occasion) -> Claim<'p> {
    Claim::new(plan, path)
        .under([kind.cover])
        .with_value(id::HARM, kind.harm)
        .paying(&[kind.pipeline])
        .deciding(taken(plan, kind, on))
        .on(on.day)
        .settled()
}

fn repeated(claims: Vec<Claim<'_>>, times: u64, events: u64) -> Witness {
    let Some(plan) = claims.first().map(|claim| claim.plan) else {
        return Witness::default();
    };
    let mut witness = Witness::of(claims);
    let one = witness.claims.clone();
    let named = |claim: &BTreeMap<String, String>, event: u64| {
        let mut claim = claim.clone();
        for fact in plan.facts.iter().filter(|fact| fact.kind == FactKind::Text) {
            if let Some(key) = claim.get_mut(&fact.id) {
                key.push_str(&format!("-{event}"));
            }
        }
        claim
    };
    if events > 1 {
        witness.claims = (1..=events)
            .flat_map(|event| one.iter().map(move |claim| (claim, event)))
            .map(|(claim, event)| named(claim, event))
            .collect();
    }
    as_often(plan, witness, times)
}

/// Each claim so many times, each of another person and household.
fn as_often(plan: &Plan, mut witness: Witness, times: u64) -> Witness {
    if times < 2 {
        return witness;
    }
    witness.times = Some(times);
    for fact in plan
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::Text && fact.id != id::EVENT)
    {
        for fields in &mut witness.claims {
            if let Some(key) = fields.get_mut(&fact.id) {
                key.push_str("-#");
            }
        }
    }
    witness
}

fn times(more_than: Ratio, one: Ratio) -> Option<u64> {
    let top = more_than.numerator().checked_mul(one.denominator())?;
    let bottom = more_than.denominator().checked_mul(one.numerator())?;
    let times = u64::try_from(top.div_euclid(bottom)).ok()?.checked_add(1)?;
    (times <= MOST).then_some(times)
}

/// What is paid of the total of all claims, which is that of each event times the events.
fn paid(
    plan: &Plan,
    kind: &Kind,
    (of_event, events): (Ratio, u64),
    taken: &BTreeSet<DecisionId>,
    day: Option<Date>,
) -> Option<Ratio> {
    if matches!(plan.calendar.term, Term::Contract { .. }) {
        return None;
    }
    let least = |mut paid: Ratio, each: bool| {
        for limit in
            passed(plan, kind, usize::MAX).filter(|limit| !is_personal(plan, limit) && of_events(plan, limit) == each)
        {
            match &limit.rule {
                LimitRule::Largest { .. } | LimitRule::Less(_) => return None,
                LimitRule::UpTo(_) => match bound(plan, limit, taken, day)? {
                    Bound::At(amount) => paid = paid.min(amount),
                    Bound::None => {}
                },
            }
        }
        Some(paid)
    };
    let all = least(of_event, true)?.checked_mul(Ratio::integer(i64::try_from(events).ok()?))?;
    least(all, false)
}

/// Each event has a limit of its own.
fn of_events(plan: &Plan, limit: &Limit) -> bool {
    limit.keys.iter().any(|key| match key {
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|fact| fact.id == id::EVENT),
        GroupKey::Year => false,
    })
}

/// Evaluation refuses a limit that binds and does not say who is cut (a question of its own).
fn decided_when_binding(
    plan: &Plan,
    kind: &Kind,
    total: Ratio,
    taken: &BTreeSet<DecisionId>,
    day: Option<Date>,
) -> bool {
    passed(plan, kind, usize::MAX)
        .filter(|limit| !limit.exhaustion_stated)
        .all(|limit| {
            is_personal(plan, limit)
                || matches!(bound(plan, limit, taken, day), Some(Bound::At(amount)) if total <= amount)
        })
}

fn passed<'p>(plan: &'p Plan, kind: &Kind, before: usize) -> impl Iterator<Item = &'p Limit> {
    let passes: Vec<usize> = (0..plan.limits.len().min(before))
        .filter(|at| kind.passes(*at))
        .collect();
    passes.into_iter().filter_map(|at| plan.limits.get(at))
}

/// Each claim of the crowd is alone in its group.
fn is_personal(plan: &Plan, limit: &Limit) -> bool {
    limit.keys.iter().any(|key| match key {
        GroupKey::Fact(fact) => plan
            .facts
            .get(fact.index())
            .is_some_and(|fact| fact.kind == FactKind::Text && fact.id != id::EVENT),
        GroupKey::Year => false,
    })
}

enum Bound {
    At(Ratio),
    None,
}

/// The amount of a limit when the claims happen; `None` where that is not known.
fn bound(plan: &Plan, limit: &Limit, taken: &BTreeSet<DecisionId>, day: Option<Date>) -> Option<Bound> {
    let LimitRule::UpTo(amount) = &limit.rule else {
        return None;
    };
    let day = day
        .or_else(|| plan.calendar.boundaries.first().copied())
        .map(|day| selecting(plan, &limit.keys, day));
    match settled(amount, day, Some(taken)) {
        crate::plan::Amount::Unlimited => Some(Bound::None),
        amount => amounts::amount_extent(plan, &amount, &Env::default())
            .exact()
            .map(Bound::At),
    }
}

/// No decision must be taken for the kind that must not be for the case, or the other way round.
pub fn agrees(plan: &Plan, kind: &Kind, when: &Guard) -> bool {
    kind.path.iter().all(|(fact, class)| {
        let Some(fact) = plan.facts.get(fact.index()) else {
            return true;
        };
        let (FactRole::Decided(decision), Some(class)) = (fact.role, fact.classes.get(usize::from(*class))) else {
            return true;
        };
        when.decided
            .get(&decision)
            .is_none_or(|taken| *taken == (*class == Class::Yes))
    })
}

/// The decisions that the case and the kind's own facts need.
fn taken(plan: &Plan, kind: &Kind, on: &Occasion) -> BTreeSet<DecisionId> {
    let of_path = kind.path.iter().filter_map(|(fact, class)| {
        let fact = plan.facts.get(fact.index())?;
        match (fact.role, fact.classes.get(usize::from(*class))?) {
            (FactRole::Decided(decision), Class::Yes) => Some(decision),
            _ => None,
        }
    });
    on.taken.iter().copied().chain(of_path).collect()
}
