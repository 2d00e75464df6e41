//! Fenced blocks of a Markdown page, with the HTML comment that stands right before each.

/// A fenced block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What follows the fence: `anlan zh`, `console`.
    pub info: String,
    pub text: String,
    /// The comment (`<!-- … -->`) that precedes the block with nothing but white space between, without its marks.
    pub comment: Option<String>,
    /// The line of the opening fence, from 1.
    pub line: usize,
}

/// All fenced blocks in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut comment: Option<String> = None;
    let mut lines = page.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let text = (&mut lines).map(|(_, line)| line).take_while(|line| *line != "```");
            found.push(Block {
                info: info.trim().to_owned(),
                text: text.map(|line| format!("{line}\n")).collect(),
                comment: comment.take(),
                line: index + 1,
            });
        } else if let Some(start) = line.strip_prefix("<!--") {
            let mut text = start.to_owned();
            while !text.contains("-->") {
                let Some((_, line)) = lines.next() else { break };
                text.push('\n');
                text.push_str(line);
            }
            comment = Some(text.replace("-->", "").trim().to_owned());
        } else if !line.trim().is_empty() {
            comment = None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_carry_the_comment_right_before_them() {
        let page = "x\n<!-- context\na\n-->\n\n```anlan zh\nb\nc\n```\n<!-- d -->\ntext\n```console\n$ e\n```\n";
        let found = blocks(page);
        assert_eq!(found.len(), 2);
        assert_eq!(found.first().unwrap().info, "anlan zh");
        assert_eq!(found.first().unwrap().text, "b\nc\n");
        assert_eq!(found.first().unwrap().comment.as_deref(), Some("context\na"));
        assert_eq!(found.first().unwrap().line, 6);
        assert_eq!(found.last().unwrap().comment, None);
    }
}
