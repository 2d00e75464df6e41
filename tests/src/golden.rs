//! Files that hold what the code should give. `UPDATE_GOLDEN=1` rewrites them; the difference is then read by a person.

use crate::workspace;

/// Whether this run writes golden files instead of comparing.
pub fn updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1")
}

/// Compares `actual` with the file (a path from the workspace), or writes it.
pub fn check(path: &str, actual: &str) {
    let file = workspace().join(path);
    if updating() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, actual).unwrap();
        return;
    }
    let expected =
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}; UPDATE_GOLDEN=1 writes it"));
    if let Some((number, left, right)) = first_difference(&expected, actual) {
        panic!("{path}, line {number} differs\n  file:  {left}\n  now:   {right}\nUPDATE_GOLDEN=1 rewrites the file");
    }
}

fn first_difference<'a>(expected: &'a str, actual: &'a str) -> Option<(usize, &'a str, &'a str)> {
    let (mut left, mut right) = (expected.split('\n'), actual.split('\n'));
    for number in 1.. {
        match (left.next(), right.next()) {
            (None, None) => return None,
            (l, r) if l == r => {}
            (l, r) => return Some((number, l.unwrap_or("(end)"), r.unwrap_or("(end)"))),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb", "a\nc"), Some((2, "b", "c")));
        assert_eq!(first_difference("a", "a\n"), Some((2, "(end)", "")));
    }
}
