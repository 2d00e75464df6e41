//! Boxes, payments and amounts in words.

use super::Difference;
use super::align::{JointFact, Members, Pair};
use super::formula::{Act, Formula, Unknown};
use super::money::{Line, Money};
use super::store::Classes;
use crate::money::{Fen, Ratio};
use crate::plan::{Domain, FactId, FactKind, FactRole, Plan, ValueId};
use crate::resolve::id;
use crate::summarise::words::Words;
use anlan_lang::texts::{self, Language};
use std::collections::BTreeSet;

/// Both plans in one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording<'a> {
    pub old: Words<'a>,
    pub new: Words<'a>,
    pub difference: &'a Difference,
}

/// The values of a fact in a box: themselves, or what they leave out where that is shorter.
enum Named {
    These(Vec<String>),
    Except(Vec<String>),
}

impl<'a> Wording<'a> {
    pub fn new(old: &'a Plan, new: &'a Plan, difference: &'a Difference, language: Language) -> Self {
        Wording {
            old: Words { plan: old, language },
            new: Words { plan: new, language },
            difference,
        }
    }

    /// `抢险救灾人员，残疾，三级`: the facts that a box fixes; free facts are not named.
    pub fn region(&self, classes: &Classes) -> String {
        let mut parts: Vec<(u8, usize, String)> = Vec::new();
        let mut undecided: Vec<String> = Vec::new();
        for (level, chosen) in classes.iter().enumerate() {
            if let (Some(chosen), Some(joint)) = (chosen, self.difference.facts.get(level)) {
                match self.undecided(joint, chosen) {
                    Some(name) => undecided.push(name),
                    None => parts.extend(self.part(joint, chosen).map(|(rank, text)| (rank, level, text))),
                }
            }
        }
        if !undecided.is_empty() {
            let names = self.new.alternatives(undecided.into_iter());
            parts.push((
                3,
                usize::MAX,
                self.new.say("diff-undecided", [("decision", names.into())]),
            ));
        }
        parts.sort();
        let parts = parts.into_iter().map(|(_, _, text)| text);
        // English lists their values with commas already.
        let text = match self.new.language {
            Language::Zh => self.new.clauses(parts),
            Language::En => self.new.sentences(parts),
        };
        if text.is_empty() {
            self.new.plain("diff-all-claims")
        } else {
            text
        }
    }

    /// The decision that was not taken, where that is what the box says.
    fn undecided(&self, joint: &JointFact, chosen: &[u16]) -> Option<String> {
        let (words, fact) = self.declared(joint)?;
        let FactRole::Decided(decision) = words.plan.facts.get(fact.index())?.role else {
            return None;
        };
        let no = |class: &u16| {
            joint
                .classes
                .get(usize::from(*class))
                .is_some_and(|c| c.members == Members::No)
        };
        chosen.iter().all(no).then(|| words.decision(decision))
    }

    fn part(&self, joint: &JointFact, chosen: &[u16]) -> Option<(u8, String)> {
        let (words, fact) = self.declared(joint)?;
        let declared = words.plan.facts.get(fact.index())?;
        let rank = match declared.id.as_str() {
            id::ROLE => 0,
            id::PERIL => 1,
            id::HARM => 4,
            "injury_grade" | "damage_grade" => 5,
            _ if matches!(declared.role, FactRole::Decided(_)) => 3,
            _ => 2,
        };
        let name = words.fact(fact);
        let yes = chosen.iter().any(|class| {
            joint
                .classes
                .get(usize::from(*class))
                .is_some_and(|c| c.members == Members::Yes)
        });
        let text = match declared.role {
            FactRole::Decided(decision) => words.say("diff-decided", [("decision", words.decision(decision).into())]),
            FactRole::Present(of) => {
                let id = if yes { "diff-present" } else { "diff-absent" };
                words.say(id, [("fact", words.fact(of).into())])
            }
            FactRole::Given => match &declared.kind {
                FactKind::Enumeration { .. } => {
                    let values = self.values(joint, chosen, declared.id == id::PERIL)?;
                    match (rank, values) {
                        // The summary words a condition in the same way.
                        (2, Named::These(values)) => words.say(
                            "summary-condition-is",
                            [("fact", name.into()), ("values", self.quoted(values).into())],
                        ),
                        (2, Named::Except(values)) => words.say(
                            "summary-condition-is-not",
                            [("fact", name.into()), ("values", self.quoted(values).into())],
                        ),
                        (_, Named::These(values)) => self.either(values),
                        (_, Named::Except(values)) => {
                            words.say("diff-except", [("values", self.either(values).into())])
                        }
                    }
                }
                FactKind::YesNo => {
                    let id = if yes { "diff-yes" } else { "diff-no" };
                    words.say(id, [("fact", words.quoted(&name).into())])
                }
                _ => {
                    let ranges = runs(joint, chosen)
                        .into_iter()
                        .map(|(from, below)| words.interval_on(joint.grid, fact, from, below));
                    words.say(
                        "diff-fact-range",
                        [("fact", name.into()), ("range", words.list(ranges).into())],
                    )
                }
            },
        };
        Some((rank, text))
    }

    pub(crate) fn declared(&self, joint: &JointFact) -> Option<(Words<'a>, FactId)> {
        match joint.fact {
            Pair { new: Some(fact), .. } => Some((self.new, fact)),
            Pair { old: Some(fact), .. } => Some((self.old, fact)),
            _ => None,
        }
    }

    /// The values of the classes: whole subtrees and groups by their names, and what is left out where that is shorter.
    fn values(&self, joint: &JointFact, chosen: &[u16], perils: bool) -> Option<Named> {
        let members = |classes: &mut dyn Iterator<Item = u16>| -> Vec<Pair<ValueId>> {
            classes
                .filter_map(|class| match &joint.classes.get(usize::from(class))?.members {
                    Members::Values(values) => Some(values.clone()),
                    _ => None,
                })
                .flatten()
                .collect()
        };
        let inside = members(&mut chosen.iter().copied());
        let rest = (0..joint.classes.len() as u16).filter(|class| !chosen.contains(class));
        let outside = members(&mut rest.into_iter());
        let (named, excepted) = (
            self.named(joint, &inside, perils)?,
            self.named(joint, &outside, perils)?,
        );
        if excepted.len() < named.len() {
            return Some(Named::Except(excepted));
        }
        Some(Named::These(self.grades(joint, &inside).unwrap_or(named)))
    }

    /// Values named in a sentence.
    fn quoted(&self, values: Vec<String>) -> String {
        let quoted = values.into_iter().map(|value| match value.starts_with('“') {
            true => value,
            false => self.new.quoted(&value),
        });
        self.new.alternatives(quoted)
    }

    /// Values of which a claim has one.
    fn either(&self, values: Vec<String>) -> String {
        match self.new.language {
            Language::Zh => self.new.list(values),
            Language::En => self.new.alternatives(values.into_iter()),
        }
    }

    /// Values of a graded domain, three and more neighbours as one run: `一级至五级`.
    fn grades(&self, joint: &JointFact, values: &[Pair<ValueId>]) -> Option<Vec<String>> {
        let (words, fact) = self.declared(joint)?;
        let FactKind::Enumeration { domain, .. } = words.plan.facts.get(fact.index())?.kind else {
            return None;
        };
        words.plan.domains.get(domain.index())?.order?;
        let is_new = joint.fact.new.is_some();
        let own = |pair: &Pair<ValueId>| if is_new { pair.new } else { pair.old };
        let mut values: Vec<ValueId> = values.iter().map(own).collect::<Option<_>>()?;
        values.sort_unstable();
        let name = |value: &ValueId| words.domain_value(domain, *value);
        let runs = values.chunk_by(|a, b| a.0 + 1 == b.0).flat_map(|run| match run {
            [first, .., last] if run.len() > 2 => {
                vec![words.say("diff-run", [("first", name(first).into()), ("last", name(last).into())])]
            }
            _ => run.iter().map(name).collect(),
        });
        Some(runs.collect())
    }

    fn named(&self, joint: &JointFact, values: &[Pair<ValueId>], perils: bool) -> Option<Vec<String>> {
        let (words, fact) = self.declared(joint)?;
        let domain = match words.plan.facts.get(fact.index())?.kind {
            FactKind::Enumeration { domain, .. } => words.plan.domains.get(domain.index())?,
            _ => return None,
        };
        let is_new = joint.fact.new.is_some();
        let own = |pair: &Pair<ValueId>| if is_new { pair.new } else { pair.old };
        let mut left: BTreeSet<ValueId> = values.iter().filter_map(own).collect();
        let mut found: Vec<(ValueId, String)> = Vec::new();
        if perils {
            let mut groups: Vec<(&str, BTreeSet<ValueId>)> = words
                .plan
                .statement
                .groups
                .iter()
                .map(|group| {
                    (
                        group.name.as_str(),
                        group.members.iter().flat_map(|m| m.values.iter().copied()).collect(),
                    )
                })
                .filter(|(_, members): &(&str, BTreeSet<ValueId>)| members.len() > 1)
                .collect();
            groups.sort_by_key(|(name, members)| (std::cmp::Reverse(members.len()), *name));
            for (name, members) in groups {
                if members.is_subset(&left) {
                    left.retain(|value| !members.contains(value));
                    found.extend(members.first().map(|first| (*first, words.listed(name))));
                }
            }
        }
        for top in tops(domain, &left) {
            if let Some(named) = domain.values.get(top.index()) {
                found.push((top, words.listed(&words.names(&named.name))));
            }
        }
        // Values that only the old version knows.
        if is_new
            && let Some(old) = joint
                .fact
                .old
                .and_then(|fact| self.old.plan.facts.get(fact.index()).map(|_| fact))
        {
            let gone = values
                .iter()
                .filter(|pair| pair.new.is_none())
                .filter_map(|pair| pair.old);
            found.extend(gone.map(|value| (ValueId(u32::MAX), self.old.value(old, value))));
        }
        found.sort();
        Some(found.into_iter().map(|(_, name)| name).collect())
    }

    // ── payments ──

    /// `24万元`, `医疗费用，以2万元为限`, `不赔`
    pub fn money(&self, money: &Money) -> String {
        match money {
            Money::Unknown => self.new.plain("diff-unknown"),
            Money::Nothing => self.new.plain("diff-nothing"),
            Money::Refused => self.new.plain("diff-refused"),
            Money::Fixed(Fen(0)) => self.new.plain("diff-nothing"),
            Money::Fixed(fen) => self.new.money(*fen),
            Money::Line(line) => self.line(line),
            Money::Several(several) => {
                let count = several.lines.len();
                let lines = several.lines.iter().map(|line| self.line(line));
                let id = match (several.unranked.len(), several.sets.len()) {
                    (0, 0 | 1) => "diff-together",
                    (0, _) => "diff-highest",
                    (unranked, _) if unranked * 2 == count * (count - 1) => "diff-unranked",
                    _ => "diff-highest-unranked",
                };
                self.new.say(id, [("amounts", self.new.list(lines).into())])
            }
        }
    }

    fn line(&self, line: &Line) -> String {
        let acts = line.acts.iter().map(|act| match act {
            Act::Less(f) => self.new.say("diff-less", [("amount", self.formula(f).into())]),
            Act::UpTo(f) => self.new.say("diff-up-to", [("amount", self.formula(f).into())]),
            Act::AtLeast(f) => self.new.say("diff-at-least", [("amount", self.formula(f).into())]),
            Act::Share(f) => self.new.say("diff-share", [("ratio", self.formula(f).into())]),
            Act::Round(unit, _) => self
                .new
                .say("diff-round", [("unit", self.new.money(Fen(*unit)).into())]),
        });
        let acts: Vec<String> = acts.collect();
        self.new.clauses(std::iter::once(self.formula(&line.start)).chain(acts))
    }

    pub fn formula(&self, formula: &Formula) -> String {
        let words = &self.new;
        match formula {
            Formula::Fixed(fen) => words.money(*fen),
            Formula::Ratio(n, d) if *d == 1 => n.to_string(),
            Formula::Ratio(n, d) => texts::ratio(*n, *d),
            Formula::Unknown(unknown) => self.unknown(unknown),
            Formula::Units(unknown, None) => self.unknown(unknown),
            Formula::Units(unknown, Some(most)) => words.say(
                "diff-units",
                [
                    ("fact", self.unknown(unknown).into()),
                    ("most", self.formula(most).into()),
                ],
            ),
            Formula::Product(a, b) => match (a.as_ref(), b.as_ref()) {
                (Formula::Ratio(n, d), other) if *d != 1 => words.say(
                    "summary-amount-share",
                    [
                        ("ratio", texts::ratio(*n, *d).into()),
                        ("of", self.formula(other).into()),
                    ],
                ),
                (a, b) => format!("{} × {}", self.formula(a), self.formula(b)),
            },
            Formula::Sum(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.formula(part)).collect();
                parts.join(" + ")
            }
            Formula::Dated(values) => words.clauses(values.iter().map(|(from, value)| match from {
                Some(date) => words.say(
                    "summary-amount-from",
                    [
                        ("date", words.date(*date).into()),
                        ("amount", self.formula(value).into()),
                    ],
                ),
                None => self.formula(value),
            })),
            Formula::Decided(decision, then, otherwise) => words.say(
                "summary-amount-raised",
                [
                    ("otherwise", self.formula(otherwise).into()),
                    ("decision", words.quoted(decision).into()),
                    ("amount", self.formula(then).into()),
                ],
            ),
            Formula::Unlimited => words.plain("summary-unlimited"),
        }
    }

    pub fn unknown(&self, unknown: &Unknown) -> String {
        match unknown {
            Unknown::Fact(id) => {
                let found = self.new.plan.facts.iter().any(|fact| fact.id == *id);
                if found {
                    self.new.fact_named(id)
                } else {
                    self.old.fact_named(id)
                }
            }
            Unknown::Parameter(id, _) => self.new.quoted(id),
            Unknown::Premium => self.new.plain("summary-amount-premium"),
            Unknown::Balance(fund) => self.new.say("summary-amount-balance", [("fund", fund.as_str().into())]),
            Unknown::Decision(id) => self
                .new
                .say("summary-amount-decided", [("decision", self.new.quoted(id).into())]),
        }
    }

    /// `医疗费用超过2万元`: where payments differ.
    pub fn range(&self, differs: &(Unknown, Option<i64>, Option<i64>)) -> Option<String> {
        let (unknown, from, below) = differs;
        let Unknown::Fact(id) = unknown else { return None };
        // Above nothing at all: wherever there is an amount.
        if from.is_none_or(|from| from <= 1) && below.is_none() {
            return None;
        }
        let words = [self.new, self.old]
            .into_iter()
            .find(|w| w.plan.facts.iter().any(|f| f.id == *id))?;
        let fact = words.plan.facts.iter().position(|f| f.id == *id).map(FactId::from)?;
        let in_parts = words
            .plan
            .facts
            .get(fact.index())
            .is_some_and(|fact| fact.kind.is_in_parts());
        let (from, below) = match in_parts {
            true => (from.map(|from| 2 * from), below.map(|below| 2 * below - 1)),
            false => (*from, *below),
        };
        let range = words.interval(fact, from, below);
        Some(words.say(
            "diff-fact-range",
            [("fact", words.fact(fact).into()), ("range", range.into())],
        ))
    }

    /// The names of joint covers.
    pub fn covers(&self, joint: &[usize]) -> Vec<String> {
        let name = |pair: &Pair<crate::plan::CoverId>| match (pair.new, pair.old) {
            (Some(cover), _) => self.new.plan.covers.get(cover.index()).map(|c| self.new.names(&c.name)),
            (None, Some(cover)) => self.old.plan.covers.get(cover.index()).map(|c| self.old.names(&c.name)),
            _ => None,
        };
        joint
            .iter()
            .filter_map(|index| name(self.difference.covers.get(*index)?))
            .collect()
    }

    /// `−12.5%`: a change against what was paid, rounded to a tenth of a percent.
    pub fn percent(&self, old: Fen, new: Fen) -> Option<String> {
        if old.0 == 0 || new.0 == 0 {
            return None;
        }
        let change = i128::from(new.0) - i128::from(old.0);
        let old = i128::from(old.0);
        let tenths = (change.abs() * 2000 + old) / (old * 2);
        let sign = if change < 0 { "−" } else { "+" };
        let ratio = Ratio::new(tenths, 1000)?;
        Some(format!(
            "{sign}{}",
            texts::ratio(ratio.numerator(), ratio.denominator())
        ))
    }
}

/// The values that stand for all of these: whole subtrees by what is above them, others by themselves.
fn tops(domain: &Domain, values: &BTreeSet<ValueId>) -> BTreeSet<ValueId> {
    let parent = |value: ValueId| domain.values.get(value.index()).and_then(|value| value.parent);
    let mut whole = vec![true; domain.values.len()];
    for outside in (0..domain.values.len()).map(ValueId::from) {
        let mut at = (!values.contains(&outside)).then_some(outside);
        // What is above a value that is left out is not whole, and above that it is known already.
        while let Some(value) = at
            && let Some(mark) = whole.get_mut(value.index())
            && *mark
        {
            *mark = false;
            at = parent(value);
        }
    }
    let is_whole = |value: ValueId| whole.get(value.index()).copied().unwrap_or_default();
    let top = |value: &ValueId| {
        let mut top = *value;
        // No deeper than there are values, whatever a domain says of itself.
        for _ in 0..domain.values.len() {
            match parent(top).filter(|parent| is_whole(*parent)) {
                Some(parent) => top = parent,
                None => break,
            }
        }
        top
    };
    values.iter().map(top).collect()
}

/// Neighbouring intervals as one.
fn runs(joint: &JointFact, chosen: &[u16]) -> Vec<(Option<i64>, Option<i64>)> {
    let mut runs: Vec<(Option<i64>, Option<i64>)> = Vec::new();
    for class in chosen {
        let Some(Members::Interval { from, below }) = joint.classes.get(usize::from(*class)).map(|c| &c.members) else {
            continue;
        };
        match runs.last_mut() {
            Some((_, end)) if end.is_some() && *end == *from => *end = *below,
            _ => runs.push((*from, *below)),
        }
    }
    runs
}
