//! A finding's fix in words: what to write, and where.

use super::place::Lines;
use anlan_lang::diag::{Arg, Args, Fix};
use anlan_lang::texts::{self, Language};

/// `第 3 行：将“洪捞”改为“洪涝”`. `None` where the place is not of this project.
pub fn worded(lang: Language, lines: &Lines, fix: &Fix) -> Option<String> {
    let at = lines.position(fix.place)?;
    let old = lines.written(fix.place).trim();
    let new = fix.replacement.trim();
    let id = match (old.is_empty(), new.is_empty()) {
        (true, _) => "fix-insert",
        (false, true) => "fix-delete",
        (false, false) => "fix-replace",
    };
    let count = |number: usize| Arg::Count(i64::try_from(number).unwrap_or(i64::MAX));
    let text = |text: &str| Arg::Text(text.to_owned());
    let args = Args::from([
        ("line", count(at.line)),
        ("column", count(at.column)),
        ("old", text(&shortened(old))),
        ("new", text(new)),
    ]);
    Some(texts::text(lang, id, &args))
}

/// A long text by its first line.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let first = text.lines().next().unwrap_or_default();
    if first.len() == text.len() && first.chars().count() <= MOST {
        return first.to_owned();
    }
    let kept: String = first.chars().take(MOST).collect();
    format!("{kept}…")
}
