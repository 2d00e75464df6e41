//! "Did you mean": the nearest existing names, measured in characters, so that a word of two Chinese characters does
//! not match every other one.

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
    let written = fold(name);
    let mut best: Vec<(&str, T)> = Vec::new();
    let mut least = u32::MAX;
    for (candidate, thing) in candidates {
        let Some(distance) = distance(&written, &fold(candidate)) else {
            continue;
        };
        if candidate == name || distance > least {
            continue;
        }
        if distance < least {
            least = distance;
            best.clear();
        }
        if best.iter().all(|(_, known)| *known != thing) {
            best.push((candidate, thing));
        }
    }
    if best.len() > MOST {
        return Vec::new();
    }
    best.into_iter().map(|(name, _)| name).collect()
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
        return Some(0);
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
    let scaled = |edits: usize| (edits * 100 / long.len()) as u32;
    // 云阳 within 云阳县: an abbreviation is near however much was left out, yet farther than a slip.
    if long.windows(short.len()).any(|part| part == short) {
        return Some(scaled(edits).min(60));
    }
    let shared = shared(short, long);
    let slip = edits <= (long.len() / 3).max(1) && shared * 2 >= long.len();
    // 森林大火 for 森林火灾: half of it differs, but three characters of four are there.
    let reworded = edits * 2 <= long.len() && shared * 4 >= long.len() * 3;
    (slip || reworded).then(|| scaled(edits))
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
