//! Writing Rust as its formatter lays it out, at its default width of 100 columns.

use unicode_width::UnicodeWidthStr;

const WIDTH: usize = 100;
/// The widest list of arguments or elements on one line
const LIST: usize = 60;
/// Elements as short as this are filled into lines.
const SHORT: usize = 10;
/// The widest `if … else …` on one line
const ONE_LINE_IF: usize = 50;

/// Indented lines.
#[derive(Debug, Default)]
pub(super) struct Code {
    text: String,
    depth: usize,
}

impl Code {
    pub fn line(&mut self, text: impl AsRef<str>) {
        let text = text.as_ref();
        if !text.is_empty() {
            self.text.push_str(&"    ".repeat(self.depth));
            self.text.push_str(text);
        }
        self.text.push('\n');
    }

    pub fn inside(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    /// A documentation comment; nothing for an empty text.
    pub fn doc(&mut self, text: &str) {
        let text = text.replace(['\n', '\r'], " ");
        if !text.trim().is_empty() {
            self.line(format!("/// {}", text.trim()));
        }
    }

    pub fn finish(self) -> String {
        self.text
    }

    fn fits(&self, text: &str) -> bool {
        self.depth * 4 + text.width() <= WIDTH
    }

    /// `head(a, b)tail`, on one line or an argument a line.
    pub fn call(&mut self, head: &str, arguments: &[String], tail: &str) {
        let list = arguments.join(", ");
        let line = format!("{head}({list}){tail}");
        if list.width() <= LIST && self.fits(&line) {
            self.line(line);
            return;
        }
        self.line(format!("{head}("));
        self.inside(|out| arguments.iter().for_each(|argument| out.line(format!("{argument},"))));
        self.line(format!("){tail}"));
    }

    /// `head[a, b]tail`
    pub fn array(&mut self, head: &str, items: &[String], tail: &str) {
        let list = items.join(", ");
        let line = format!("{head}[{list}]{tail}");
        if list.width() <= LIST && self.fits(&line) {
            self.line(line);
            return;
        }
        self.line(format!("{head}["));
        self.inside(|out| {
            let simple = |item: &String| !item.contains(['(', ':', '[', '|']);
            if items.iter().all(|item| item.width() <= SHORT && simple(item)) {
                out.filled(items);
            } else {
                items.iter().for_each(|item| out.line(format!("{item},")));
            }
        });
        self.line(format!("]{tail}"));
    }

    /// `head{a, b}tail`, filled into lines.
    pub fn braces(&mut self, head: &str, items: &[String], tail: &str) {
        let line = format!("{head}{{{}}}{tail}", items.join(", "));
        if self.fits(&line) {
            self.line(line);
            return;
        }
        self.line(format!("{head}{{"));
        self.inside(|out| out.filled(items));
        self.line(format!("}}{tail}"));
    }

    /// `head value;`, the value on a line of its own where it must be.
    pub fn constant(&mut self, head: &str, value: &str) {
        let line = format!("{head} {value};");
        if self.fits(&line) {
            self.line(line);
        } else {
            self.line(head);
            self.inside(|out| out.line(format!("{value};")));
        }
    }

    fn filled(&mut self, items: &[String]) {
        let mut line = String::new();
        for item in items {
            let longer = if line.is_empty() {
                format!("{item},")
            } else {
                format!("{line} {item},")
            };
            if self.fits(&longer) {
                line = longer;
            } else {
                self.line(&line);
                line = format!("{item},");
            }
        }
        if !line.is_empty() {
            self.line(line);
        }
    }

    /// `head[Name { … }, …]tail`; the formatter joins the brackets of a single element.
    pub fn structs(&mut self, head: &str, name: &str, items: Vec<Code>, tail: &str) {
        match items.as_slice() {
            [] => self.line(format!("{head}[]{tail}")),
            [only] => {
                self.line(format!("{head}[{name} {{"));
                self.inside(|out| out.lines(only));
                self.line(format!("}}]{tail}"));
            }
            items => {
                self.line(format!("{head}["));
                self.inside(|out| {
                    for item in items {
                        out.line(format!("{name} {{"));
                        out.inside(|out| out.lines(item));
                        out.line("},");
                    }
                });
                self.line(format!("]{tail}"));
            }
        }
    }

    /// A parameter as its name, or as nothing where the text does not read it.
    pub fn reads<'n>(&self, name: &'n str) -> &'n str {
        if self.text.contains(name) { name } else { "_" }
    }

    /// The lines of another text, indented as here.
    pub fn lines(&mut self, of: &Code) {
        of.text.lines().for_each(|line| self.line(line));
    }

    /// Begins a text whose lines will stand so much deeper than here.
    pub fn deeper(&self, by: usize) -> Nested {
        Nested { depth: self.depth + by }
    }

    /// An arm of a match: patterns, and a body of one expression.
    pub fn arm(&mut self, patterns: &[String], body: &str) {
        let last = self.patterns(patterns);
        let line = format!("{last} => {body},");
        if self.fits(&line) {
            self.line(line);
        } else {
            self.line(format!("{last} => {{"));
            self.inside(|out| out.line(body));
            self.line("}");
        }
    }

    /// An arm of a match that is a block.
    pub fn block_arm(&mut self, patterns: &[String], write: impl FnOnce(&mut Self)) {
        let last = self.patterns(patterns);
        self.line(format!("{last} => {{"));
        self.inside(write);
        self.line("}");
    }

    /// An arm of a match that is a match itself.
    pub fn match_arm(&mut self, patterns: &[String], head: &str, write: impl FnOnce(&mut Self)) {
        let last = self.patterns(patterns);
        let line = format!("{last} => {head}");
        if self.fits(&line) {
            self.line(line);
            self.inside(write);
            self.line("},");
            return;
        }
        self.line(format!("{last} => {{"));
        self.inside(|out| {
            out.line(head);
            out.inside(write);
            out.line("}");
        });
        self.line("}");
    }

    /// Writes all alternatives but what stands before the arrow.
    fn patterns(&mut self, patterns: &[String]) -> String {
        let all = patterns.join(" | ");
        if self.depth * 4 + all.width() + 5 <= WIDTH {
            return all;
        }
        let (last, before) = match patterns.split_last() {
            Some((last, before)) => (last.clone(), before),
            None => return all,
        };
        for (i, pattern) in before.iter().enumerate() {
            self.line(if i == 0 {
                pattern.clone()
            } else {
                format!("| {pattern}")
            });
        }
        format!("| {last}")
    }

    /// `prefix` an expression `suffix`, where the expression may choose.
    pub fn expression(&mut self, prefix: &str, expression: &Expression, suffix: &str) {
        match expression {
            Expression::Text(text) => match product(text) {
                Some(factors) => self.call(&format!("{prefix}times"), &factors, &format!("?{suffix}")),
                None => self.line(format!("{prefix}{text}{suffix}")),
            },
            Expression::If(branches, otherwise) => {
                if let Some(line) = expression.one_line()
                    && self.fits(&format!("{prefix}{line}{suffix}"))
                {
                    self.line(format!("{prefix}{line}{suffix}"));
                    return;
                }
                for (i, (condition, then)) in branches.iter().enumerate() {
                    let start = if i == 0 { prefix } else { "} else " };
                    self.line(format!("{start}if {condition} {{"));
                    self.inside(|out| out.expression("", then, ""));
                }
                self.line("} else {");
                self.inside(|out| out.expression("", otherwise, ""));
                self.line(format!("}}{suffix}"));
            }
        }
    }
}

/// Where another text will stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nested {
    depth: usize,
}

impl Nested {
    /// Lines written as at that depth, without its indent.
    pub fn code(self, write: impl FnOnce(&mut Code)) -> Code {
        let mut code = Code {
            text: String::new(),
            depth: self.depth,
        };
        write(&mut code);
        let indent = "    ".repeat(self.depth);
        let bare = code.text.lines().map(|line| line.strip_prefix(&indent).unwrap_or(line));
        Code {
            text: bare.map(|line| format!("{line}\n")).collect(),
            depth: 0,
        }
    }
}

/// An expression that may choose by conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Text(String),
    If(Vec<(String, Expression)>, Box<Expression>),
}

impl Expression {
    /// The formatter joins a short choice between two values.
    fn one_line(&self) -> Option<String> {
        let Expression::If(branches, otherwise) = self else {
            return None;
        };
        match (branches.as_slice(), &**otherwise) {
            ([(condition, Expression::Text(then))], Expression::Text(otherwise)) => {
                let line = format!("if {condition} {{ {then} }} else {{ {otherwise} }}");
                (line.width() <= ONE_LINE_IF).then_some(line)
            }
            _ => None,
        }
    }
}

/// The two factors of a text that is one call, `times(a, b)?`.
fn product(text: &str) -> Option<[String; 2]> {
    let inside = text.strip_prefix("times(")?.strip_suffix(")?")?;
    let (first, second) = inside.rsplit_once(", ")?;
    let is_one = !second.contains(['(', ')']);
    is_one.then(|| [first.to_owned(), second.to_owned()])
}

/// A text as a literal
pub(super) fn text(value: &str) -> String {
    let mut literal = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            c if c.is_control() || c == '\u{feff}' => literal.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Articles as a trace cites them
pub(super) fn cited(articles: &[String]) -> String {
    text(&articles.join("、"))
}

/// A day: `yyyymmdd` as a call
pub(super) fn day(day: i64) -> String {
    format!("Day::of({}, {}, {})", day / 10_000, day / 100 % 100, day % 100)
}
