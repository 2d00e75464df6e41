//! Text laid out as the formatter (prettier, 120 columns) lays it out.

use super::form::is_mark;
use crate::emit::text::Lines;

const WIDTH: usize = 120;

/// Lines with indents of two.
pub(super) fn lines() -> Lines {
    Lines::indented(2)
}

/// Columns that a text takes; ideographs take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            c if is_mark(c) => 0,
            '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{303e}'
            | '\u{3041}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe6f}'
            | '\u{ff00}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}'
            | '\u{20000}'..='\u{3fffd}' => 2,
            _ => 1,
        })
        .sum()
}

pub(super) fn fits(out: &Lines, line: &str) -> bool {
    out.column() + width(line) <= WIDTH
}

/// `head` and a list in brackets, such as `const A = [` … `];`: on one line where it fits, else an entry a line.
pub(super) fn list(out: &mut Lines, head: &str, entries: &[String], tail: &str) {
    let line = format!("{head}{}{tail}", entries.join(", "));
    if entries.is_empty() || fits(out, &line) {
        out.line(line);
    } else {
        rows(out, head, entries, tail);
    }
}

/// As [`list`], of numbers: as many to a line as fit.
pub(super) fn numbers(out: &mut Lines, head: &str, entries: &[String], tail: &str) {
    let line = format!("{head}{}{tail}", entries.join(", "));
    if entries.is_empty() || fits(out, &line) {
        out.line(line);
        return;
    }
    out.line(head);
    out.inside(|out| {
        let mut line = String::new();
        for entry in entries {
            let longer = if line.is_empty() {
                format!("{entry},")
            } else {
                format!("{line} {entry},")
            };
            if fits(out, &longer) {
                line = longer;
            } else {
                out.line(std::mem::replace(&mut line, format!("{entry},")));
            }
        }
        out.line(line);
    });
    out.line(tail);
}

/// A list whose entries stand on lines of their own.
pub(super) fn rows(out: &mut Lines, head: &str, entries: &[String], tail: &str) {
    if entries.is_empty() {
        out.line(format!("{head}{tail}"));
        return;
    }
    out.line(head);
    out.inside(|out| entries.iter().for_each(|entry| out.line(format!("{entry},"))));
    out.line(tail);
}

/// A list of objects or lists, which the formatter puts on lines of their own where there are several.
pub(super) fn composites(out: &mut Lines, head: &str, entries: &[String], tail: &str) {
    match entries {
        [only] if fits(out, &format!("{head}{only}{tail}")) => out.line(format!("{head}{only}{tail}")),
        _ => rows(out, head, entries, tail),
    }
}

/// An object of such fields, as one of a list: on one line where it fits.
pub(super) fn object(out: &mut Lines, fields: &[String]) {
    let line = format!("{{ {} }},", fields.join(", "));
    if fits(out, &line) {
        out.line(line);
    } else {
        rows(out, "{", fields, "},");
    }
}

/// A documentation comment.
pub(super) fn doc(out: &mut Lines, text: &str) {
    if !text.is_empty() {
        out.line(format!("/** {} */", comment(text)));
    }
}

/// Text that ends neither its line nor its comment nor the script of a page, and marks nothing.
pub(super) fn comment(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
        .replace("*/", "* /")
        .replace('<', "＜")
        .chars()
        .filter(|c| !is_mark(*c))
        .collect()
}

/// A text as a literal.
pub(super) fn text(value: &str) -> String {
    let mut literal = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            // A literal inside a page must not end the script.
            c if c.is_control() || is_mark(c) || matches!(c, '<' | '\u{2028}' | '\u{2029}') => {
                literal.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// The key of a property: quoted where it must be.
pub(super) fn key(id: &str) -> String {
    let plain = id.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && id.chars().all(|c| c.is_alphabetic() || c.is_ascii_digit() || c == '_');
    if plain { id.to_owned() } else { text(id) }
}

/// Articles as a trace cites them.
pub(super) fn cited(articles: &[String]) -> String {
    text(&articles.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_break_where_they_do_not_fit() {
        let mut out = lines();
        let entries: Vec<String> = (0..14).map(|i| format!("\"灾因{i}\"")).collect();
        let few: Vec<String> = entries.iter().take(2).cloned().collect();
        list(&mut out, "const A = [", &few, "];");
        list(&mut out, "const B = [", &entries, "];");
        let text = out.finish();
        assert!(
            text.starts_with("const A = [\"灾因0\", \"灾因1\"];\nconst B = [\n  \"灾因0\",\n"),
            "{text}"
        );
    }

    #[test]
    fn literals_hold_no_mark_and_end_no_script() {
        assert_eq!(text("a\"‹</script>"), "\"a\\\"\\u{2039}\\u{3c}/script>\"");
        assert_eq!(key("a-b"), "\"a-b\"");
        assert_eq!(key("grade1"), "grade1");
        assert_eq!(key("3级"), "\"3级\"");
        assert_eq!(key("救助金"), "救助金");
    }
}
