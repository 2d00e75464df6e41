//! "Did you mean": the nearest existing names, measured in characters, so that a word of two Chinese characters does
//! not match every other one.

use rustc_hash::FxHashMap;

/// More than this many equally near names are as good as none.
const MOST: usize = 3;

/// The name nearest to `name`, where one is near; of equals the first.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(name, candidates).first().copied()
}

/// The names nearest to `name`: at most three equally near ones in the order given, none where nothing is near.
pub fn near<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    near_of(name, candidates.into_iter().map(|candidate| (candidate, candidate)))
}

/// The same among several spellings of each thing: of equally near spellings of one thing the first given counts.
pub fn near_of<'a, T: PartialEq>(name: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Vec<&'a str> {
    Names::new(candidates).near(name)
}

/// Names among which several are looked for. They are found by the characters that they share with what was written, so
/// that most of them are never compared.
#[derive(Debug)]
pub struct Names<'a, T> {
    names: Vec<Known<'a, T>>,
    /// Where a character occurs, and how often
    holders: FxHashMap<char, Vec<(usize, usize)>>,
}

#[derive(Debug)]
struct Known<'a, T> {
    name: &'a str,
    thing: T,
    folded: Vec<char>,
}

impl<'a, T: PartialEq> Names<'a, T> {
    /// Spellings with what each names.
    pub fn new(candidates: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let known = |(name, thing)| Known {
            name,
            thing,
            folded: fold(name),
        };
        let names: Vec<Known<'a, T>> = candidates.into_iter().map(known).collect();
        let mut holders: FxHashMap<char, Vec<(usize, usize)>> = FxHashMap::default();
        for (at, known) in names.iter().enumerate() {
            for c in &known.folded {
                let of = holders.entry(*c).or_default();
                match of.last_mut() {
                    Some((last, times)) if *last == at => *times += 1,
                    _ => of.push((at, 1)),
                }
            }
        }
        Names { names, holders }
    }
    /// The nearest names as [`near_of`] gives them.
    pub fn near(&self, name: &str) -> Vec<&'a str> {
        let written = fold(name);
        let mut best: Vec<usize> = Vec::new();
        let mut least = u32::MAX;
        for (bound, at) in self.worth_comparing(&written) {
            // Those that follow are no nearer.
            if bound > least || (bound == least && self.things(&best).len() > MOST) {
                break;
            }
            let Some(known) = self.names.get(at).filter(|known| known.name != name) else {
                continue;
            };
            match distance(&written, &known.folded) {
                Some(distance) if distance < least => {
                    least = distance;
                    best = vec![at];
                }
                Some(distance) if distance == least && self.things(&best).len() <= MOST => best.push(at),
                _ => {}
            }
        }
        best.sort_unstable();
        match self.things(&best) {
            many if many.len() > MOST => Vec::new(),
            things => things.into_iter().map(|known| known.name).collect(),
        }
    }
    /// Of several spellings of one thing the first.
    fn things(&self, at: &[usize]) -> Vec<&Known<'a, T>> {
        let mut things: Vec<&Known<'a, T>> = Vec::new();
        for known in at.iter().filter_map(|at| self.names.get(*at)) {
            if things.iter().all(|other| other.thing != known.thing) {
                things.push(known);
            }
        }
        things
    }
    /// The names that may be near, with a distance below which none of them is, ascending.
    fn worth_comparing(&self, written: &[char]) -> Vec<(u32, usize)> {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        let mut chars = written.to_vec();
        chars.sort_unstable();
        for same in chars.chunk_by(|a, b| a == b) {
            let holders = same.first().and_then(|c| self.holders.get(c));
            for (at, times) in holders.into_iter().flatten() {
                *shared.entry(*at).or_default() += same.len().min(*times);
            }
        }
        let bounded = |(at, shared): (usize, usize)| {
            let known = self.names.get(at)?;
            Some((at_least(written.len(), known.folded.len(), shared)?, at))
        };
        let mut all: Vec<(u32, usize)> = shared.into_iter().filter_map(bounded).collect();
        all.sort_unstable();
        all
    }
}

/// Without case, blanks, underscores and full width.
fn fold(name: &str) -> Vec<char> {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' ' | '　'))
        .map(|c| match c {
            // Full-width forms U+FF01..U+FF5E mirror ASCII at a fixed distance.
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// How far apart two folded names are, scaled by their length; `None`: not near at all.
fn distance(written: &[char], candidate: &[char]) -> Option<u32> {
    if written == candidate {
        // Of a name of blanks nothing is left.
        return (!written.is_empty()).then_some(0);
    }
    let (short, long) = if written.len() <= candidate.len() {
        (written, candidate)
    } else {
        (candidate, written)
    };
    // One character says too little to be near anything.
    if short.len() < 2 {
        return None;
    }
    let edits = edits(written, candidate);
    // 云阳 within 云阳县: an abbreviation is near however much was left out, yet farther than a slip.
    if long.windows(short.len()).any(|part| part == short) {
        return Some(scaled(edits, long.len()).min(ABBREVIATED));
    }
    let shared = shared(short, long);
    near_enough(edits, shared, long.len()).then(|| scaled(edits, long.len()))
}

/// An abbreviation is no farther than this.
const ABBREVIATED: u32 = 60;

fn scaled(edits: usize, long: usize) -> u32 {
    (edits * 100 / long) as u32
}

fn near_enough(edits: usize, shared: usize, long: usize) -> bool {
    let slip = edits <= (long / 3).max(1) && shared * 2 >= long;
    // 森林大火 for 森林火灾: half of it differs, but three characters of four are there.
    let reworded = edits * 2 <= long && shared * 4 >= long * 3;
    slip || reworded
}

/// A distance below which no two names of these lengths with so many characters in common are: each other character of
/// the longer one takes an edit. `None`: they are not near.
fn at_least(written: usize, candidate: usize, shared: usize) -> Option<u32> {
    let (short, long) = (written.min(candidate), written.max(candidate));
    if shared == long {
        return Some(0);
    }
    if short < 2 {
        return None;
    }
    let edits = long - shared;
    if shared == short {
        return Some(scaled(edits, long).min(ABBREVIATED));
    }
    near_enough(edits, shared, long).then(|| scaled(edits, long))
}

/// Optimal string alignment distance over characters.
fn edits(a: &[char], b: &[char]) -> usize {
    strsim::generic_damerau_levenshtein(a, b)
}

/// How many characters both have, with multiplicity.
fn shared(short: &[char], long: &[char]) -> usize {
    let mut rest = long.to_vec();
    short
        .iter()
        .filter(|c| match rest.iter().position(|r| r == *c) {
            Some(at) => {
                rest.swap_remove(at);
                true
            }
            None => false,
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said without the index.
    fn compared<'a>(name: &str, candidates: &[&'a str]) -> Vec<&'a str> {
        let written = fold(name);
        let others = candidates.iter().filter(|candidate| **candidate != name);
        let near = others.filter_map(|candidate| Some((distance(&written, &fold(candidate))?, *candidate)));
        let near: Vec<(u32, &str)> = near.collect();
        let least = near.iter().map(|(distance, _)| *distance).min();
        let mut best: Vec<&str> = Vec::new();
        for (_, candidate) in near.iter().filter(|(distance, _)| Some(*distance) == least) {
            if !best.contains(candidate) {
                best.push(candidate);
            }
        }
        if best.len() > MOST { Vec::new() } else { best }
    }

    #[test]
    fn the_index_finds_what_comparing_with_all_finds() {
        let mut seed: u64 = 7;
        let mut below = |count: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % count
        };
        let letters: Vec<char> = "洪涝火灾山体滑坡_Aa１1".chars().collect();
        let mut word = |longest: u64| -> String {
            let length = 1 + below(longest);
            (0..length)
                .filter_map(|_| letters.get(below(letters.len() as u64) as usize))
                .collect()
        };
        let mut found = 0;
        for longest in [2, 3, 5, 9] {
            for _ in 0..200 {
                let candidates: Vec<String> = (0..12).map(|_| word(longest)).collect();
                let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
                let names = Names::new(candidates.iter().map(|name| (*name, *name)));
                for _ in 0..5 {
                    let name = word(longest);
                    let near = names.near(&name);
                    assert_eq!(near, compared(&name, &candidates), "{name} {candidates:?}");
                    found += usize::from(!near.is_empty());
                }
            }
        }
        assert!(found > 1_000, "{found}");
    }

    fn check(name: &str, candidates: &[&str], expect: &[&str]) {
        assert_eq!(near(name, candidates.iter().copied()), expect, "{name}");
    }

    #[test]
    fn a_slip_finds_its_word() {
        check("洪捞", &["洪涝", "干旱", "火灾", "地震"], &["洪涝"]);
        check("森林大火", &["森林火灾", "草原火灾", "洪涝"], &["森林火灾"]);
        check("flod", &["flood", "food_aid", "fire"], &["flood"]);
        check("Sum_Insured", &["sum_insured", "loss"], &["sum_insured"]);
        check("一般陪付", &["一般赔付", "抢险救灾赔付", "溺水赔付"], &["一般赔付"]);
    }
    #[test]
    fn an_abbreviation_finds_the_full_name() {
        check("云阳", &["云阳县", "临清市"], &["云阳县"]);
        check("山体滑坡灾害", &["山体滑坡", "泥石流"], &["山体滑坡"]);
    }
    #[test]
    fn a_short_word_does_not_match_everything() {
        check("台风", &["洪涝", "干旱", "地震", "溺水"], &[]);
        check("水", &["火", "洪涝", "溺水"], &[]);
        check("火情", &["火灾", "火山", "火警", "火势"], &[]);
        check("医疗", &["死亡", "残疾", "房屋"], &[]);
    }
    #[test]
    fn equally_near_words_are_all_named() {
        check("火宰", &["火灾", "火山", "洪涝"], &["火灾", "火山"]);
    }
    #[test]
    fn spellings_of_one_thing_count_once() {
        let spellings = [("洪涝", 1), ("洪水", 1), ("洪灾", 1), ("干旱", 2)];
        assert_eq!(near_of("洪捞", spellings), ["洪涝"]);
    }

    #[test]
    fn near_words_are_found() {
        assert_eq!(nearest("灾囚", ["条件", "灾因"]), Some("灾因"));
        assert_eq!(nearest("责任部们", ["责任部门", "条件"]), Some("责任部门"));
        assert_eq!(nearest("polcyholder", ["policyholder", "prose"]), Some("policyholder"));
        assert_eq!(nearest("perlis", ["perils", "pays"]), Some("perils"));
    }

    #[test]
    fn far_words_are_not() {
        assert_eq!(nearest("洪涝", ["干旱", "地震"]), None);
        assert_eq!(nearest("自然灾害", ["险种"]), None);
        assert_eq!(nearest("甲", ["乙"]), None);
    }
}
