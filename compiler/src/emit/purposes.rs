//! What a diagram's function is for: after that it is named and described, in every language.

use super::program::Program;
use std::collections::BTreeMap;

/// What covers ask each node.
#[derive(Debug)]
pub struct Purposes<'p> {
    program: &'p Program,
    /// What a root is asked, in one word
    asked: BTreeMap<usize, &'static str>,
}

impl<'p> Purposes<'p> {
    pub fn of(program: &'p Program) -> Self {
        let mut asked: BTreeMap<usize, &'static str> = BTreeMap::new();
        let mut note = |root: usize, word: &'static str| {
            let same = asked.entry(root).or_insert(word);
            if *same != word {
                *same = "rule";
            }
        };
        for cover in &program.covers {
            note(cover.perils, "perils");
            note(cover.roles, "roles");
            note(cover.condition, "condition");
            cover.benefits.iter().for_each(|benefit| note(benefit.root, "benefit"));
        }
        Purposes { program, asked }
    }

    /// `perils`, `roles`, `condition` or `benefit`; `rule` of a node that is none of them, or several.
    pub fn word(&self, at: usize) -> &'static str {
        self.asked.get(&at).copied().unwrap_or("rule")
    }

    /// In a sentence without its end, with the covers that ask; blank of a node that none asks.
    pub fn sentence(&self, at: usize) -> String {
        let mut covers: Vec<&str> = Vec::new();
        let mut what = "";
        for cover in &self.program.covers {
            let asked = [
                (cover.perils == at, "Whether the peril is one of"),
                (cover.roles == at, "Whether the person is one of"),
                (cover.condition == at, "The condition of"),
                (cover.benefits.iter().any(|b| b.root == at), "What is paid by"),
            ];
            if let Some((_, question)) = asked.iter().find(|(asks, _)| *asks) {
                what = question;
                covers.push(&cover.id);
            }
        }
        match covers.as_slice() {
            [] => String::new(),
            [a, b, _, rest @ ..] if !rest.is_empty() => format!("{what} {a}, {b} and {} others", covers.len() - 2),
            _ => format!("{what} {}", covers.join(", ")),
        }
    }
}
