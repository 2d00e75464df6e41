//! "Did you mean": the nearest of several names, measured in characters so that short Chinese words are not
//! taken for one another.

/// The candidate nearest to `word`, if near enough: at most one change in three characters (in two, if the first is kept).
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    let mut best: Option<(usize, &'c str)> = None;
    for candidate in candidates {
        let longer = length.max(candidate.chars().count());
        if longer.abs_diff(length.min(candidate.chars().count())) > longer / 2 {
            continue;
        }
        let distance = strsim::osa_distance(word, candidate);
        if near(word, candidate, longer, distance) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn near(word: &str, candidate: &str, longer: usize, distance: usize) -> bool {
    let same_first = word.chars().next() == candidate.chars().next();
    let same_last = word.chars().last() == candidate.chars().last();
    match longer {
        0 | 1 => false,
        2 | 3 => distance == 1 && (same_first || same_last),
        _ => distance * 3 <= longer || (distance * 2 <= longer && same_first && same_last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
