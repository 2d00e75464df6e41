//! Authorities and companies need no declaration, so a slip in one cannot be unknown; it is found by its likeness to
//! another one.

use super::super::scope::Scope;
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{ClauseKind, Name, Subrogation};
use std::collections::{BTreeMap, BTreeSet};

/// Names of bodies with their first use and how often they are used.
#[derive(Debug, Default)]
pub(super) struct Bodies<'a> {
    seen: BTreeMap<&'a str, (&'a Name, usize)>,
}

impl<'a> Bodies<'a> {
    pub fn saw(&mut self, name: &'a Name) {
        self.seen.entry(&name.text).or_insert((name, 0)).1 += 1;
    }
    pub fn contains(&self, name: &str) -> bool {
        self.seen.contains_key(name)
    }
    /// N125: a body named once that differs from another one by one character more or less after the first, or by two
    /// exchanged. A different character is no sign, nor is a longer head: 县财政局 and 市财政局 are two bodies, as are
    /// 承保机构 and 主承保机构.
    pub fn alike(&self, scope: &Scope) -> Vec<Finding> {
        let declared: Vec<&str> = scope
            .clauses()
            .iter()
            .flat_map(|clause| match &clause.kind {
                ClauseKind::Body { name, aliases } => std::iter::once(name).chain(aliases).collect(),
                _ => Vec::new(),
            })
            .map(|name| name.text.as_str())
            .collect();
        let mut findings = Vec::new();
        for (name, (first, uses)) in &self.seen {
            if *uses > 1 || declared.contains(name) {
                continue;
            }
            let other = self.seen.iter().find(|(other, (_, uses))| {
                (*uses > 1 || declared.contains(other))
                    && scope.body_name(other) != scope.body_name(name)
                    && slip(name, other)
            });
            if let Some((other, (place, _))) = other {
                let place_of = |name: &Name| scope.place(name.span);
                let finding = Finding::new(codes::N125, place_of(first))
                    .arg("name", *name)
                    .arg("near", *other)
                    .label(place_of(place), "other")
                    .fixed(place_of(first), *other)
                    .about(*name);
                findings.push(finding);
            }
        }
        findings
    }
    /// N134: a body that is declared nowhere, in a document that declares others. Clauses that list parties (insurers,
    /// payers, layers, who is liable) declare them.
    pub fn undeclared(&self, scope: &Scope, told: &[Finding]) -> Vec<Finding> {
        let of = |scope: &Scope| -> Vec<String> {
            let names = scope.clauses().iter().flat_map(|clause| match &clause.kind {
                ClauseKind::Body { name, aliases } => std::iter::once(name).chain(aliases).collect(),
                _ => Vec::new(),
            });
            names.map(|name| name.text.clone()).collect()
        };
        let own = of(scope);
        if own.is_empty() {
            return Vec::new();
        }
        let above = scope.frameworks().iter().chain(scope.implements());
        let parties = scope.clauses().iter().flat_map(|clause| parties(&clause.kind));
        let parties = parties.map(|name| name.text.clone());
        let declared: BTreeSet<String> = above.flat_map(|scope| of(scope)).chain(own).chain(parties).collect();
        let known = |name: &str| declared.contains(name) || declared.contains(scope.body_name(name));
        let told = |name: &str| {
            told.iter()
                .any(|finding| finding.about.iter().any(|about| about == name))
        };
        let unknown = self.seen.iter().filter(|(name, _)| !known(name) && !told(name));
        unknown
            .map(|(name, (first, _))| {
                Finding::new(codes::N134, scope.place(first.span))
                    .arg("name", *name)
                    .about(*name)
            })
            .collect()
    }
}

/// The parties that a clause lists.
fn parties(kind: &ClauseKind) -> Vec<&Name> {
    match kind {
        ClauseKind::Policyholder { bodies, .. } => bodies.iter().collect(),
        ClauseKind::Coinsurance(coinsurance) => coinsurance.insurers.iter().map(|insurer| &insurer.name).collect(),
        ClauseKind::Split(split) => split.payers.iter().collect(),
        ClauseKind::Premium(premium) => premium.payers.iter().map(|(payer, _, _)| payer).collect(),
        ClauseKind::Tower(tower) => tower.layers.iter().map(|layer| &layer.name).collect(),
        ClauseKind::Subrogation(subrogation) => liable(subrogation).collect(),
        ClauseKind::Cover(cover) => {
            let subrogation = cover.subrogation.iter();
            subrogation.flat_map(|(subrogation, _)| liable(subrogation)).collect()
        }
        _ => Vec::new(),
    }
}

/// Who is liable, and who is not sued.
fn liable(subrogation: &Subrogation) -> impl Iterator<Item = &Name> {
    subrogation.against.iter().chain(&subrogation.except)
}

/// So long a name with one other character is more likely a slip than another name.
pub(super) const LONG: usize = 7;

/// Characters that tell things of one kind apart: numbers, directions, levels.
pub(super) fn tells(one: char) -> bool {
    numbers(one) || one.is_alphanumeric() && one.is_ascii() || "甲乙丙丁东南西北中省市县区上下前后大小".contains(one)
}

/// Characters that number: 险种1 and 险种12 are two, as are 第二分局 and 第二十分局.
pub(super) fn numbers(one: char) -> bool {
    one.is_ascii_digit() || ('０'..='９').contains(&one) || "〇零一二三四五六七八九十百千".contains(one)
}

/// Whether one is a slip of the other: a character more or less after the first, two exchanged, or in a long name one
/// other character; another number is none.
pub(super) fn slip(a: &str, b: &str) -> bool {
    let (a, b): (Chars, Chars) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < 3 || a.first() != b.first() {
        return false;
    }
    match a.len().abs_diff(b.len()) {
        0 => {
            let last = a.len().saturating_sub(1);
            let pairs = a.iter().copied().zip(b.iter().copied()).enumerate();
            let mut differing = pairs.filter(|(_, (a, b))| a != b);
            match (differing.next(), differing.next(), differing.next()) {
                (Some((_, (a1, b1))), Some((_, (a2, b2))), None) => {
                    a1 == b2 && a2 == b1 && !(numbers(a1) && numbers(b1))
                }
                // One character among many, and none that numbers or places: 第一承保机构 and 第二承保机构 are two.
                (Some((at, (one, other))), None, None) => a.len() >= LONG && at < last && !tells(one) && !tells(other),
                _ => false,
            }
        }
        1 => {
            let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
            let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
            long.get(same).is_some_and(|more| !numbers(*more)) && short.get(same..) == long.get(same + 1..)
        }
        _ => false,
    }
}

/// The characters of a name, mostly few.
pub(super) type Chars = smallvec::SmallVec<[char; 16]>;

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn a_slip_is_a_character_more_or_less_or_two_exchanged() {
        assert!(slip("县财政", "县财政局"));
        assert!(slip("县公安安局", "县公安局"));
        assert!(slip("县应管急理局", "县应急管理局"));
        assert!(slip("县公局安", "县公安局"));
        assert!(!slip("县财政局", "市财政局"));
        assert!(!slip("承保机构", "主承保机构"));
        assert!(!slip("省级", "省"));
        assert!(!slip("共保机构甲", "共保机构乙"));
        assert!(slip("县交巡警大队办公室", "县交巡警大对办公室"));
        assert!(!slip("县应急管理第一分局", "县应急管理第二分局"));
        assert!(!slip("县城北街道办事处", "县城南街道办事处"));
        assert!(!slip("险种12", "险种121") && !slip("险种12", "险种21") && !slip("第二分局", "第二十分局"));
        assert!(slip("第2险种", "第险2种") && slip("险种种12", "险种12"));
    }
}
