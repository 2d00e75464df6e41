//! The examples of `docs/language.md`, each made into a whole source file.

use crate::fenced::{self, Block};

/// The page.
pub const PAGE: &str = "docs/language.md";

/// What stands around an example so that it can be read alone.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Frame {
    /// The example is a whole file.
    File,
    /// Clauses of a scheme, after the clauses given.
    Scheme(String),
    /// Clauses of a framework, after the clauses given.
    Framework(String),
    /// Clauses of a contract for a scheme of the clauses given.
    Contract(String),
}

/// One example: the Chinese block, and the English one that should follow it.
#[derive(Debug, Clone)]
pub struct Example {
    frame: Frame,
    pub zh: Block,
    pub en: Option<Block>,
    /// Only read, not checked: it speaks of findings that the frame does not have.
    pub fragment: bool,
}

/// Marks the example inside its file; comments survive formatting.
const BEGIN: &str = "// ⟦";
const END: &str = "// ⟧";
const LIBRARY: &str = "引用 perils, injury, persons, liability, harms, facts, areas, units, damage, dwelling";

/// All examples of the page in order.
pub fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for block in fenced::blocks(page) {
        match block.info.as_str() {
            "anlan zh" | "anlan fragment" => examples.push(Example {
                frame: frame(block.comment.as_deref()),
                fragment: block.info == "anlan fragment",
                zh: block,
                en: None,
            }),
            "anlan en" => {
                let line = block.line;
                let last = examples.last_mut().filter(|e| e.en.is_none());
                last.unwrap_or_else(|| panic!("{PAGE}:{line}: no Chinese example before this English one"))
                    .en = Some(block);
            }
            _ => {}
        }
    }
    examples
}

fn frame(comment: Option<&str>) -> Frame {
    let Some(comment) = comment else {
        return Frame::Scheme(String::new());
    };
    let (kind, clauses) = comment.split_once('\n').unwrap_or((comment, ""));
    let clauses = clauses.to_owned();
    match kind.trim() {
        "file" => Frame::File,
        "context" => Frame::Scheme(clauses),
        "framework" => Frame::Framework(clauses),
        "contract of" => Frame::Contract(clauses),
        other => panic!("{PAGE}: unknown comment before an example: {other}"),
    }
}

impl Example {
    /// A whole source file with `block` in the example's place.
    pub fn source(&self, block: &Block) -> String {
        let marked = format!("{BEGIN}\n{}{END}\n", block.text);
        match &self.frame {
            Frame::File => block.text.clone(),
            Frame::Scheme(clauses) => format!("{LIBRARY}\n\n方案 示例 {{\n{clauses}\n{marked}}}\n"),
            Frame::Framework(clauses) => format!("{LIBRARY}\n\n框架 示例 {{\n{clauses}\n{marked}}}\n"),
            Frame::Contract(clauses) => {
                format!("{LIBRARY}\n\n方案 示例 {{\n{clauses}\n}}\n\n合同 示例合同 执行 示例 {{\n{marked}}}\n")
            }
        }
    }

    /// The example again, taken out of a formatted source file.
    pub fn taken_from(&self, source: &str) -> String {
        if self.frame == Frame::File {
            return source.to_owned();
        }
        let lines = source.lines().skip_while(|line| line.trim() != BEGIN).skip(1);
        let inside = lines.take_while(|line| line.trim() != END);
        let text: Vec<&str> = inside.map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
        format!("{}\n", text.join("\n").trim_matches('\n'))
    }
}

/// The page with every example's blocks replaced by what `written` gives for it: the Chinese text, and the English one.
pub fn rewritten(page: &str, written: impl Fn(&Example) -> (String, String)) -> String {
    let mut out = String::new();
    let mut lines = page.lines().enumerate().peekable();
    let examples = examples(page);
    while let Some((index, line)) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(example) = examples.iter().find(|e| e.zh.line == index + 1) else {
            continue;
        };
        let (zh, en) = written(example);
        skip_block(&mut lines);
        out.push_str(&zh);
        out.push_str("```\n");
        if example.fragment {
            continue;
        }
        if let Some(block) = &example.en {
            while lines.next_if(|(index, _)| index + 1 < block.line).is_some() {}
            lines.next();
            skip_block(&mut lines);
        }
        out.push_str(&format!("\n```anlan en\n{en}```\n"));
    }
    out
}

/// Leaves out everything up to and with the closing fence.
fn skip_block<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>) {
    for (_, line) in lines.by_ref() {
        if line == "```" {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str =
        "a\n<!-- context\nx\n-->\n```anlan zh\n甲\n```\n\n```anlan en\nold\n```\nb\n```anlan zh\n乙\n```\n";

    #[test]
    fn an_example_is_framed_and_taken_out_again() {
        let all = examples(SMALL);
        let first = all.first().unwrap();
        let source = first.source(&first.zh);
        assert!(source.contains("方案 示例 {\nx\n// ⟦\n甲\n// ⟧\n}"), "{source}");
        assert_eq!(first.taken_from(&source), "甲\n");
    }

    #[test]
    fn rewriting_replaces_both_blocks_and_adds_a_missing_one() {
        let page = rewritten(SMALL, |e| (format!("{}!\n", e.zh.text.trim()), "en\n".into()));
        assert_eq!(
            page,
            "a\n<!-- context\nx\n-->\n```anlan zh\n甲!\n```\n\n```anlan en\nen\n```\nb\n```anlan zh\n乙!\n```\n\n```anlan en\nen\n```\n"
        );
        assert_eq!(rewritten(&page, |e| (e.zh.text.clone(), "en\n".into())), page);
    }
}
