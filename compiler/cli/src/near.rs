//! The nearest known word, for suggestions.

/// The known word with the fewest edits, if it is near: at most a third of the characters changed, one at least allowed
/// from three characters on. Ties go to the first.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let allowed = if length < 3 { 0 } else { (length / 3).max(1) };
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_near_words_are_suggested() {
        assert_eq!(nearest("L105", ["S001", "L104", "L205"]), Some("L104"));
        assert_eq!(nearest("projct", ["project", "severity"]), Some("project"));
        assert_eq!(nearest("zz", ["za"]), None);
        assert_eq!(nearest("abc", ["xyz"]), None);
    }
}
