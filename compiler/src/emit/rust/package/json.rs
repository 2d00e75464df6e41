//! A reader of JSON: numbers keep their digits, since they are amounts.

use std::fmt::Write;

/// A value; a number stands as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    Null,
    YesNo(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Why a text is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    Malformed,
    /// Lists or objects stand in one another more than 64 deep.
    Deep,
}

impl Json {
    /// Reads one value with nothing behind it.
    ///
    /// # Errors
    /// The text is no JSON, or nested too deep.
    pub fn read(text: &str) -> Result<Json, Unread> {
        let mut reader = Reader {
            rest: text,
            depth: 0,
            deep: false,
        };
        let value = reader.value();
        reader.blank();
        match value {
            Some(value) if reader.rest.is_empty() => Ok(value),
            None if reader.deep => Err(Unread::Deep),
            _ => Err(Unread::Malformed),
        }
    }

    /// A member of an object
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The elements of a list
    #[must_use]
    pub fn list(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    /// A text
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Nesting beyond this is refused.
const DEPTH: usize = 64;

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
    /// Nested too deep
    deep: bool,
}

impl Reader<'_> {
    fn blank(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Takes a sign, if it is next.
    fn take(&mut self, sign: &str) -> Option<()> {
        self.blank();
        self.rest = self.rest.strip_prefix(sign)?;
        Some(())
    }

    fn value(&mut self) -> Option<Json> {
        self.blank();
        match self.rest.chars().next()? {
            '{' => self.nested(Self::object),
            '[' => self.nested(Self::list),
            '"' => self.text().map(Json::Text),
            't' => self.take("true").map(|()| Json::YesNo(true)),
            'f' => self.take("false").map(|()| Json::YesNo(false)),
            'n' => self.take("null").map(|()| Json::Null),
            _ => self.number(),
        }
    }

    fn nested(&mut self, of: fn(&mut Self) -> Option<Json>) -> Option<Json> {
        self.depth += 1;
        if self.depth > DEPTH {
            self.deep = true;
            return None;
        }
        let value = of(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Option<Json> {
        self.take("{")?;
        let mut members = Vec::new();
        if self.take("}").is_some() {
            return Some(Json::Object(members));
        }
        loop {
            self.blank();
            let name = self.text()?;
            self.take(":")?;
            members.push((name, self.value()?));
            if self.take(",").is_none() {
                self.take("}")?;
                return Some(Json::Object(members));
            }
        }
    }

    fn list(&mut self) -> Option<Json> {
        self.take("[")?;
        let mut items = Vec::new();
        if self.take("]").is_some() {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.take(",").is_none() {
                self.take("]")?;
                return Some(Json::List(items));
            }
        }
    }

    /// -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
    fn number(&mut self) -> Option<Json> {
        let start = self.rest;
        self.rest = start.strip_prefix('-').unwrap_or(start);
        let whole = self.digits()?;
        if whole.len() > 1 && whole.starts_with('0') {
            return None;
        }
        if let Some(rest) = self.rest.strip_prefix('.') {
            self.rest = rest;
            self.digits()?;
        }
        if let Some(rest) = self.rest.strip_prefix(['e', 'E']) {
            self.rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
            self.digits()?;
        }
        let written = start.len() - self.rest.len();
        start
            .get(..written)
            .map(|number| Json::Number(number.to_owned()))
    }

    fn digits(&mut self) -> Option<String> {
        let end = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(end).filter(|_| end > 0)?;
        self.rest = rest;
        Some(digits.to_owned())
    }

    fn text(&mut self) -> Option<String> {
        self.rest = self.rest.strip_prefix('"')?;
        let mut text = String::new();
        loop {
            let next = self.next()?;
            match next {
                '"' => return Some(text),
                '\\' => text.push(self.escaped()?),
                '\0'..='\u{1f}' => return None,
                other => text.push(other),
            }
        }
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next()?;
        self.rest = chars.as_str();
        Some(next)
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => return self.unicode(),
            same @ ('"' | '\\' | '/') => same,
            _ => return None,
        })
    }

    /// The four hex digits after `\u`; two such escapes for a character outside the basic plane
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        self.rest = self.rest.strip_prefix("\\u")?;
        let second = self.hex()?;
        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + low)
    }

    fn hex(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.rest = rest;
        u32::from_str_radix(digits, 16).ok()
    }
}

/// A text with its quotes
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
