//! The tower of layers as inline SVG. Layers are drawn equally high, for some amounts are not known; the figures stand
//! in the picture, in its description and in the table beside it.

use super::{escape, marked};
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
        .map(|(bearer, amount)| [wrapped(bearer), wrapped(amount)].concat())
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

/// Lines that fit the width; ideographs count double.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut width = 0;
    for c in text.chars() {
        let wide = if c.is_ascii() { 1 } else { 2 };
        if width + wide > FIT {
            // English breaks at its last space.
            let rest = match line.rfind(' ') {
                Some(space) if c.is_ascii() => line.split_off(space).trim_start().to_owned(),
                _ => String::new(),
            };
            width = rest.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            lines.push(std::mem::replace(&mut line, rest));
        }
        line.push(c);
        width += wide;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_wrap_and_lose_nothing() {
        let text = "the amount that the finance department commits to in the contract";
        assert!(wrapped(text).iter().all(|line| line.len() <= FIT));
        assert_eq!(wrapped(text).join(" "), text);
        assert_eq!(wrapped("短"), ["短"]);
        assert_eq!(wrapped(&"长".repeat(30)).concat(), "长".repeat(30));
    }
}
