//! Which of many names are slips of one another, without comparing each with each.
//!
//! Whatever differs by a slip shares one of few keys: a name less one character is the other name, or the two agree in
//! all characters but one, or in all characters in another order. Those that share a key are then compared.

use super::bodies::{Chars, LONG, numbers, slip, tells};
use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;
use std::hash::BuildHasher;

/// Names, found by what a slip leaves of them.
#[derive(Debug, Default)]
pub(super) struct Slips<'a> {
    names: Vec<&'a str>,
    by_key: FxHashMap<u64, Vec<usize>>,
}

/// What a key stands for. Two keys of different things may be equal by chance: every hit is compared.
#[derive(Hash)]
enum Left<'c> {
    Whole(&'c [char]),
    Less(&'c [char]),
    Sorted(&'c [char]),
    /// All but the character at this place
    But(usize, &'c [char], &'c [char]),
}

type Keys = SmallVec<[u64; 32]>;

fn key(left: &Left<'_>) -> u64 {
    FxBuildHasher.hash_one(left)
}

impl<'a> Slips<'a> {
    /// Adds a name; names are numbered as they come.
    pub fn add(&mut self, name: &'a str) {
        let number = self.names.len();
        self.names.push(name);
        let chars: Chars = name.chars().collect();
        let mut keys: Keys = SmallVec::from_slice(&[key(&Left::Whole(&chars))]);
        less(&chars, |less| keys.push(key(&Left::Less(less))));
        other(&chars, &mut keys);
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            self.by_key.entry(key).or_default().push(number);
        }
    }
    /// The numbers and texts of the names of which this one is a slip, or that are slips of it.
    pub fn of(&self, name: &str) -> Vec<(usize, &'a str)> {
        let chars: Chars = name.chars().collect();
        let mut keys: Keys = SmallVec::from_slice(&[key(&Left::Less(&chars))]);
        less(&chars, |less| keys.push(key(&Left::Whole(less))));
        other(&chars, &mut keys);
        let mut found: Vec<usize> = keys
            .iter()
            .filter_map(|key| self.by_key.get(key))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        let named = found.into_iter().filter_map(|at| Some((at, *self.names.get(at)?)));
        named.filter(|(_, other)| slip(name, other)).collect()
    }
}

/// The name less each of its characters; the first stays, since a slip leaves it, as do those that number.
fn less(chars: &[char], mut visit: impl FnMut(&[char])) {
    for at in (1..chars.len()).filter(|at| chars.get(*at).is_some_and(|c| !numbers(*c))) {
        let kept = chars.iter().enumerate().filter(|(other, _)| *other != at);
        let kept: Chars = kept.map(|(_, c)| *c).collect();
        visit(&kept);
    }
}

/// Keys of names of the same length: in another order, numbers in the same one, or with one other character in a long
/// name.
fn other(chars: &[char], keys: &mut Keys) {
    let (numbered, mut sorted): (Chars, Chars) = chars.iter().copied().partition(|c| numbers(*c));
    sorted.sort_unstable();
    sorted.extend(numbered);
    keys.push(key(&Left::Sorted(&sorted)));
    if chars.len() >= LONG {
        let but = |at: usize| {
            let telling = chars.get(at).is_none_or(|c| tells(*c));
            (!telling).then(|| Some(key(&Left::But(at, chars.get(..at)?, chars.get(at + 1..)?))))?
        };
        keys.extend((1..chars.len()).filter_map(but));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair that comparing each with each finds is found by its keys.
    #[test]
    fn keys_lose_no_slip() {
        let letters = ['甲', '乙', '县', '局', '1'];
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        let mut names: Vec<String> = Vec::new();
        for _ in 0..700 {
            let length = random(9);
            let mut name: String = (0..length).filter_map(|_| letters.get(random(letters.len()))).collect();
            if let Some(known) = names.get(random(names.len().max(1))).filter(|_| random(2) == 0) {
                let mut chars: Vec<char> = known.chars().collect();
                match (random(3), chars.len()) {
                    (0, length) if length > 1 => drop(chars.remove(random(length))),
                    (1, length) if length > 1 => chars.swap(random(length), random(length)),
                    (_, length) => chars.insert(random(length + 1), '局'),
                }
                name = chars.into_iter().collect();
            }
            names.push(name);
        }
        let mut slips = Slips::default();
        names.iter().for_each(|name| slips.add(name));
        let mut found = 0;
        for name in &names {
            let each: Vec<(usize, &str)> = names
                .iter()
                .map(String::as_str)
                .enumerate()
                .filter(|(_, other)| slip(name, other))
                .collect();
            found += each.len();
            assert_eq!(slips.of(name), each, "{name}");
        }
        assert!(found > 300, "{found}");
    }
}
