//! One text, three forms. What stands in ‹› is TypeScript only: types, and modifiers of the language. What stands in «»
//! belongs to modules: imports and exports. So every form is the same text with some of it left out.

/// How the evaluator is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    TypeScript,
    /// One JavaScript text without imports, for the inside of a page
    Script,
}

const TYPES: (char, char) = ('‹', '›');
const MODULES: (char, char) = ('«', '»');

/// Signs that only mark, and have no width.
pub(super) fn is_mark(c: char) -> bool {
    [TYPES.0, TYPES.1, MODULES.0, MODULES.1].contains(&c)
}

/// The text in a form. Marks do not nest in their own kind.
pub(super) fn written(text: &str, form: Form) -> String {
    match form {
        Form::TypeScript => text.chars().filter(|c| !is_mark(*c)).collect(),
        Form::Script => {
            let mut depth = 0_u32;
            let mut out = String::with_capacity(text.len());
            for c in text.chars() {
                match c {
                    _ if c == TYPES.0 || c == MODULES.0 => depth += 1,
                    _ if c == TYPES.1 || c == MODULES.1 => depth = depth.saturating_sub(1),
                    c if depth == 0 => out.push(c),
                    _ => {}
                }
            }
            without_gaps(&out)
        }
    }
}

/// Lines from which everything was left out leave no gap behind.
fn without_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && blank) {
            out.push_str(line);
            out.push('\n');
        }
        blank = line.is_empty();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_in_every_form() {
        let text = "«import { b } from \"./b.js\";»\n\n‹type A = string;›\n«export »function f(a‹: A›)‹: A› {\n  return b(a);\n}\n";
        assert_eq!(
            written(text, Form::TypeScript),
            "import { b } from \"./b.js\";\n\ntype A = string;\nexport function f(a: A): A {\n  return b(a);\n}\n"
        );
        assert_eq!(written(text, Form::Script), "function f(a) {\n  return b(a);\n}\n");
    }
}
