//! The tower of layers as inline SVG. Layers are drawn equally high, for some amounts are not known; the figures stand
//! in the picture, in its description and in the table beside it.

use super::text::{escape, is_han, marked};
use crate::summarise::document::Picture;
use anlan_lang::texts::{self, Language};

const WIDTH: usize = 340;
const LINE: usize = 20;
/// Characters of half width that fit a line
const FIT: usize = 44;

pub(super) fn svg(language: Language, picture: &Picture) -> String {
    let layers: Vec<Vec<String>> = picture
        .layers
        .iter()
        .map(|(bearer, amount)| [wrapped(language, bearer), wrapped(language, amount)].concat())
        .collect();
    let height: usize = layers.iter().map(|lines| high(lines)).sum::<usize>() + 2;
    let mut out = format!(
        "<svg class=\"tower\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"tower-title tower-desc\">\n\
         <title id=\"tower-title\">{}</title>\n<desc id=\"tower-desc\">{}</desc>\n",
        escape(&picture.title),
        escape(&described(language, picture)),
    );
    let mut top = 1;
    // The first layer bears first and stands at the bottom.
    for (index, lines) in layers.iter().enumerate().rev() {
        let tall = high(lines);
        out.push_str(&format!(
            "<rect class=\"layer layer-{}\" x=\"1\" y=\"{top}\" width=\"{}\" height=\"{tall}\"/>\n",
            index % 2,
            WIDTH - 2
        ));
        for (line, text) in lines.iter().enumerate() {
            let y = top + LINE * (line + 1);
            let class = if line == 0 { " class=\"bearer\"" } else { "" };
            out.push_str(&format!(
                "<text x=\"12\" y=\"{y}\"{class}>{}</text>\n",
                plain(language, text)
            ));
        }
        top += tall;
    }
    out + "</svg>"
}

/// SVG text takes no HTML element; `tspan` carries the language.
fn plain(language: Language, text: &str) -> String {
    marked(language, text)
        .replace("<span ", "<tspan ")
        .replace("</span>", "</tspan>")
}

fn high(lines: &[String]) -> usize {
    LINE * lines.len() + 12
}

fn described(language: Language, picture: &Picture) -> String {
    let layers = picture.layers.iter().map(|(bearer, amount)| match language {
        Language::Zh => format!("{bearer}，{amount}"),
        Language::En => format!("{bearer}, {amount}"),
    });
    let layers: Vec<String> = layers.collect();
    let joint = if language == Language::Zh { "；" } else { "; " };
    let head = texts::plain(language, "summary-tower-described");
    head + &layers.join(joint)
}

/// Marks that begin no line
const CLOSING: &str = "，。、；：”’）》〉】,.;:)";

/// Lines that fit the width. Chinese breaks between any two characters but before a closing mark; English at spaces.
fn wrapped(language: Language, text: &str) -> Vec<String> {
    let across = |c: char| match language {
        Language::Zh if !c.is_ascii() => 2,
        Language::En if is_han(c) => 2,
        _ => 1,
    };
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut width = 0;
    for c in text.chars() {
        if width + across(c) > FIT {
            let at = match line.rfind(' ') {
                Some(space) if language == Language::En => space,
                _ if CLOSING.contains(c) => line.char_indices().last().map_or(0, |(at, _)| at),
                _ => line.len(),
            };
            let rest = line.split_off(at).trim_start().to_owned();
            width = rest.chars().map(across).sum();
            lines.push(std::mem::replace(&mut line, rest));
        }
        line.push(c);
        width += across(c);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_wrap_and_lose_nothing() {
        let zh = |text: &str| wrapped(Language::Zh, text);
        let text = "the amount that the finance department commits to in “the contract”";
        let lines = wrapped(Language::En, text);
        assert!(lines.iter().all(|line| line.chars().count() <= FIT), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        assert_eq!(zh("短"), ["短"]);
        assert_eq!(zh(&"长".repeat(30)).concat(), "长".repeat(30));
        // A closing quotation mark, and what it closes, go on together.
        let text = "up to 6,000,000,000 yuan (“insurers' limit”)";
        assert_eq!(wrapped(Language::En, text), [text]);
        let text = "up to 6,000,000,000 yuan, (“insurers' limit”)";
        assert_eq!(
            wrapped(Language::En, text),
            ["up to 6,000,000,000 yuan, (“insurers'", "limit”)"]
        );
        assert_eq!(
            zh(&format!("{}”", "长".repeat(22))),
            ["长".repeat(21), "长”".to_owned()]
        );
    }
}
