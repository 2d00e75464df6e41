//! The nearest name, for a slip.

/// The candidate nearest to `name`, if one is near enough: at most one slip in three characters, so that two-character
/// Chinese words do not all look alike. Of equals the first.
pub(crate) fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = name.chars().count();
    let lower = name.to_lowercase();
    let distance = |candidate: &str| {
        let most = length.max(candidate.chars().count());
        let slips = strsim::osa_distance(&lower, &candidate.to_lowercase());
        // A word of two characters may differ in one if it shares the other.
        let allowed = if most == 2 { 1 } else { most / 3 };
        (slips <= allowed).then_some(slips)
    };
    let near = candidates.into_iter().filter_map(|c| Some((distance(c)?, c)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_only() {
        let known = ["peril", "灾因", "person", "人员编号", "household"];
        let near = |name| nearest(name, known);
        assert_eq!(near("perils"), Some("peril"));
        assert_eq!(near("灾種"), Some("灾因"));
        assert_eq!(near("人员号"), Some("人员编号"));
        assert_eq!(near("备注"), None);
        assert_eq!(near("x"), None);
        assert_eq!(near("PERSON"), Some("person"));
    }
}
