//! Identifiers: ASCII, unlike each other, no reserved word.

use std::collections::HashSet;

/// What a target asks of an identifier.
#[derive(Debug, Clone, Copy)]
pub struct NameRule {
    pub reserved: &'static [&'static str],
    /// Joins the words of an id
    pub case: Case,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `injury_grade`
    Snake,
    /// `INJURY_GRADE`
    Constant,
    /// `InjuryGrade`
    Pascal,
}

/// The name of a package, from the English title of its scheme: one rule for all targets. A name that a target takes
/// otherwise ends in `_scheme`; one that would begin with a digit begins with `scheme_`.
pub fn package(title: &str, fallback: &str, reserved: &[&[&str]]) -> String {
    let title: String = title.chars().filter(|c| *c != '\'' && *c != '’').collect();
    let words: Vec<&str> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let name = cased(&words, Case::Snake);
    if !title.is_ascii() || words.is_empty() {
        return fallback.to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("scheme_{name}");
    }
    let taken = reserved.iter().any(|words| words.contains(&name.as_str()));
    if taken { format!("{name}_scheme") } else { name }
}

/// Longer ids are numbered instead.
const LONGEST: usize = 40;

/// Gives every item of one scope a name of its own.
#[derive(Debug)]
pub struct Renamer {
    rule: NameRule,
    taken: HashSet<String>,
}

impl Renamer {
    pub fn new(rule: NameRule) -> Self {
        Renamer {
            rule,
            taken: HashSet::new(),
        }
    }
    /// The identifier of an id; an id without ASCII letters gets `fallback` and a number.
    pub fn name(&mut self, id: &str, fallback: &str) -> String {
        let words: Vec<&str> = id
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        // A name that fills half a line makes code that no formatter can lay out.
        let ascii = id.is_ascii()
            && id.len() <= LONGEST
            && words
                .first()
                .is_some_and(|w| w.starts_with(|c: char| c.is_ascii_alphabetic()));
        let stem = if ascii {
            cased(&words, self.rule.case)
        } else {
            cased(&[fallback], self.rule.case)
        };
        let numbered = (1..).map(|n: u32| match self.rule.case {
            Case::Pascal => format!("{stem}{n}"),
            _ => format!("{stem}_{n}"),
        });
        let plain = ascii.then(|| stem.clone()).into_iter();
        let free = |name: &String| !self.taken.contains(name) && !self.rule.reserved.contains(&name.as_str());
        let name = plain.chain(numbered).find(free).unwrap_or(stem.clone());
        self.taken.insert(name.clone());
        name
    }
}

/// Names of the columns of one table, each a prefix with an id: engines take names that differ by case alone for one, and
/// cut those of more bytes than `longest`. A name that is taken, by `reserved` or by one before it, gets a number; one that
/// is too long is the prefix (`stem` where there is none) with a number.
pub fn columns(prefix: &str, ids: &[&str], stem: &str, longest: usize, reserved: &[&str]) -> Vec<String> {
    let plain: Vec<String> = ids.iter().map(|id| format!("{prefix}{id}")).collect();
    let all: HashSet<String> = plain.iter().map(|name| name.to_lowercase()).collect();
    let mut taken: HashSet<String> = reserved.iter().map(|name| (*name).to_owned()).collect();
    let mut named = |(at, name): (usize, &String)| {
        let fits = name.len() <= longest;
        if fits && taken.insert(name.to_lowercase()) {
            return name.clone();
        }
        let (stem, from) = match fits {
            true => (format!("{name}_"), 1),
            false if prefix.is_empty() => (format!("{stem}_"), at + 1),
            false => (prefix.to_owned(), at + 1),
        };
        let numbered = (from..).map(|number| format!("{stem}{number}"));
        let mut free = numbered.filter(|name| {
            let name = name.to_lowercase();
            !all.contains(&name) && taken.insert(name)
        });
        free.next().unwrap_or_default()
    };
    plain.iter().enumerate().map(&mut named).collect()
}

fn cased(words: &[&str], case: Case) -> String {
    let capital = |word: &&str| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(chars).collect::<String>()
    };
    match case {
        Case::Snake => words.join("_").to_ascii_lowercase(),
        Case::Constant => words.join("_").to_ascii_uppercase(),
        Case::Pascal => words.iter().map(capital).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_named_by_titles_that_no_language_takes() {
        let named = |title| package(title, "insurance_scheme", &[&["class", "json"], &["tests"]]);
        assert_eq!(named("Yunyang's Scheme"), "yunyangs_scheme");
        assert_eq!(named("Class"), "class_scheme");
        assert_eq!(named("JSON"), "json_scheme");
        assert_eq!(named("Tests"), "tests_scheme");
        assert_eq!(named("Layer 1"), "layer_1");
        assert_eq!(named("2024 Plan"), "scheme_2024_plan");
        assert_eq!(named("云阳县"), "insurance_scheme");
        assert_eq!(named(""), "insurance_scheme");
    }

    #[test]
    fn columns_differ_by_more_than_case_and_are_not_cut() {
        let facts = ["row_no", "expense", "EXPENSE", "Expense", "expense_1", "事实"];
        assert_eq!(
            columns("", &facts, "fact", 63, &["row_no"]),
            ["row_no_1", "expense", "EXPENSE_2", "Expense_3", "expense_1", "事实"]
        );
        let long = "年".repeat(30);
        assert_eq!(columns("cut_", &["a", &long], "", 63, &[]), ["cut_a", "cut_2"]);
        assert_eq!(columns("cut_", &["2", &long], "", 63, &[]), ["cut_2", "cut_3"]);
        assert_eq!(columns("", &["a", &long], "fact", 63, &[]), ["a", "fact_2"]);
    }

    #[test]
    fn names_are_ascii_distinct_and_not_reserved() {
        let mut names = Renamer::new(NameRule {
            reserved: &["class"],
            case: Case::Snake,
        });
        let given =
            ["injury_grade", "class", "险种", "另一险种", "a.b", "a-b", "1st"].map(|id| names.name(id, "cover"));
        assert_eq!(
            given,
            [
                "injury_grade",
                "class_1",
                "cover_1",
                "cover_2",
                "a_b",
                "a_b_1",
                "cover_3"
            ]
        );
        let mut pascal = Renamer::new(NameRule {
            reserved: &[],
            case: Case::Pascal,
        });
        assert_eq!(pascal.name("not_found", "Value"), "NotFound");
    }
}
