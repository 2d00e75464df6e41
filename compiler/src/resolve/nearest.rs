//! Findings that say what was probably meant.

use anlan_lang::diag::{Arg, Finding, Place};

pub use anlan_lang::nearest::{Names, near, near_of};

/// Adds the name and what is near it: help `near`, and for a single one a fix; help `none` otherwise.
pub fn suggest(finding: Finding, name: &str, place: Place, near: Vec<&str>) -> Finding {
    let mut near = near;
    // Maps hand out their keys in no order.
    near.sort_unstable();
    let finding = name_near(finding, name, &near);
    match near.as_slice() {
        [one] => finding.fixed(place, *one),
        _ => finding,
    }
}

/// The same for a finding without a place.
pub fn name_near(finding: Finding, name: &str, near: &[&str]) -> Finding {
    let finding = finding.arg("name", name);
    if near.is_empty() {
        return finding.helped("none");
    }
    let near = near.iter().map(|name| Arg::from(*name)).collect();
    finding.arg("near", Arg::List(near)).helped("near")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finding_carries_a_fix_only_for_a_single_word() {
        let place = Place {
            file: anlan_lang::diag::FileId(0),
            span: anlan_lang::tree::Span::new(3, 9),
        };
        let finding = || Finding::new(anlan_lang::diag::codes::N101, place);
        assert_eq!(
            suggest(finding(), "a", place, vec!["b"]).fix.map(|f| f.replacement),
            Some("b".to_owned())
        );
        assert!(suggest(finding(), "a", place, vec!["b", "c"]).fix.is_none());
        assert_eq!(suggest(finding(), "a", place, Vec::new()).help, Some("none"));
    }
}
