//! How a dialect writes the integer arithmetic of amounts.

/// One line for each operator. Operands are given as expressions of the dialect.
#[derive(Debug, Clone, Copy)]
pub struct Operators {
    pub at_most: fn(&str, &str) -> String,
    pub at_least: fn(&str, &str) -> String,
    /// ⌊a / b⌋ of non-negative operands
    pub floor: fn(&str, i128) -> String,
    /// A literal
    pub integer: fn(i128) -> String,
}

/// Python: integers have no bounds and `//` rounds down.
pub const PYTHON: Operators = Operators {
    at_most: |a, b| format!("min({a}, {b})"),
    at_least: |a, b| format!("max({a}, {b})"),
    floor: |a, d| format!("{a} // {}", grouped(d)),
    integer: grouped,
};

/// Rust: the plan bounds every product below 128 bits; values are not negative where they are divided.
pub const RUST: Operators = Operators {
    at_most: |a, b| format!("{a}.min({b})"),
    at_least: |a, b| format!("{a}.max({b})"),
    floor: |a, d| format!("{a} / {}", grouped(d)),
    integer: grouped,
};

/// TypeScript: `bigint`, whose `/` drops the fraction, so it rounds down what is not negative.
pub const TYPESCRIPT: Operators = Operators {
    at_most: |a, b| format!("atMost({a}, {b})"),
    at_least: |a, b| format!("atLeast({a}, {b})"),
    floor: |a, d| format!("{a} / {}n", grouped(d)),
    integer: |value| format!("{}n", grouped(value)),
};

/// How an SQL engine writes types, arithmetic and texts. Amounts are 64-bit integers (`BIGINT`) in all of them; products and
/// sums are `wide`.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    pub name: &'static str,
    pub text: &'static str,
    /// At least 38 digits, whole
    pub wide: &'static str,
    pub quote: char,
    /// Bytes of the longest name that the engine does not cut
    pub longest_name: usize,
    /// Begins a view
    pub view: &'static str,
    /// How a view begins a step that is read more than once; `None`: no view keeps it, so it is a table.
    pub materialized: Option<&'static str>,
    /// ⌊a / b⌋ of non-negative 64-bit operands, in brackets, so that it may stand in a product
    pub floor: fn(&str, &str) -> String,
    /// ⌊a / b⌋ of non-negative wide operands, as above
    pub wide_floor: fn(&str, &str) -> String,
    /// Ends the query with this message
    pub refuse: fn(&str) -> String,
    /// A text that a regular expression describes wholly
    pub matches: fn(&str, &str) -> String,
    /// A group of a regular expression; blank where the text does not match or the group is absent
    pub group: fn(&str, &str, usize) -> String,
    /// A literal
    pub literal: fn(&str) -> String,
    /// Without these characters at both ends
    pub trim: fn(&str, &str) -> String,
    /// Without these characters at the beginning, at the end
    pub ltrim: fn(&str, &str) -> String,
    pub rtrim: fn(&str, &str) -> String,
    /// A character by its code point
    pub character: fn(u32) -> String,
    /// The sum of 64-bit amounts, which is wider
    pub sum: fn(&str) -> String,
    /// Texts of a group in order, joined: (text, separator, order)
    pub joined: fn(&str, &str, &str) -> String,
}

fn plain_literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// DuckDB: products and sums are HUGEINT.
pub const DUCKDB: Sql = Sql {
    name: "duckdb",
    text: "VARCHAR",
    wide: "HUGEINT",
    quote: '"',
    longest_name: usize::MAX,
    view: "CREATE OR REPLACE VIEW",
    materialized: Some("AS MATERIALIZED"),
    floor: |a, b| format!("({a} // {b})"),
    wide_floor: |a, b| format!("({a} // {b})"),
    refuse: |message| format!("CAST(ERROR({message}) AS BIGINT)"),
    matches: |text, pattern| format!("REGEXP_FULL_MATCH({text}, '{pattern}')"),
    group: |text, pattern, group| format!("REGEXP_EXTRACT({text}, '^(?:{pattern})$', {group})"),
    literal: plain_literal,
    trim: |text, characters| format!("TRIM({text}, {characters})"),
    ltrim: |text, characters| format!("LTRIM({text}, {characters})"),
    rtrim: |text, characters| format!("RTRIM({text}, {characters})"),
    character: |code| format!("CHR({code})"),
    sum: |a| format!("SUM({a})"),
    joined: |text, separator, order| format!("STRING_AGG({text}, '{separator}' ORDER BY {order})"),
};

/// PostgreSQL: products and sums are numeric, divided by DIV and never by `/`; texts compare by code point.
pub const POSTGRES: Sql = Sql {
    name: "postgres",
    text: "TEXT COLLATE \"C\"",
    wide: "NUMERIC",
    quote: '"',
    longest_name: 63,
    view: "CREATE OR REPLACE VIEW",
    materialized: Some("AS MATERIALIZED"),
    floor: |a, b| format!("({a} / {b})"),
    wide_floor: |a, b| format!("DIV({a}, {b})"),
    refuse: |message| format!("ANLAN_REFUSE({message})"),
    matches: |text, pattern| format!("{text} ~ '^(?:{pattern})$'"),
    group: |text, pattern, group| format!("COALESCE((REGEXP_MATCH({text}, '^(?:{pattern})$'))[{group}], '')"),
    literal: plain_literal,
    trim: |text, characters| format!("BTRIM({text}, {characters})"),
    ltrim: |text, characters| format!("LTRIM({text}, {characters})"),
    rtrim: |text, characters| format!("RTRIM({text}, {characters})"),
    character: |code| format!("CHR({code})"),
    sum: |a| format!("SUM({a})"),
    joined: |text, separator, order| format!("STRING_AGG({text}, '{separator}' ORDER BY {order})"),
};

/// Spark in ANSI mode, in which an overflow ends the query: products and sums are DECIMAL(38, 0).
pub const SPARK: Sql = Sql {
    name: "spark",
    text: "STRING",
    wide: "DECIMAL(38, 0)",
    quote: '`',
    longest_name: usize::MAX,
    view: "CREATE OR REPLACE TEMPORARY VIEW",
    materialized: None,
    floor: |a, b| format!("({a} DIV {b})"),
    // DIV gives 64 bits, and a quotient beyond them comes round to a small one without a word.
    wide_floor: |a, b| {
        format!("CAST((CAST({a} AS DECIMAL(38, 0)) - MOD(CAST({a} AS DECIMAL(38, 0)), {b})) / {b} AS DECIMAL(38, 0))")
    },
    refuse: |message| format!("CAST(RAISE_ERROR({message}) AS BIGINT)"),
    matches: |text, pattern| format!("{text} RLIKE r'^(?:{pattern})$'"),
    group: |text, pattern, group| format!("REGEXP_EXTRACT({text}, r'^(?:{pattern})$', {group})"),
    literal: |text| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
    trim: |text, characters| format!("TRIM(BOTH {characters} FROM {text})"),
    ltrim: |text, characters| format!("TRIM(LEADING {characters} FROM {text})"),
    rtrim: |text, characters| format!("TRIM(TRAILING {characters} FROM {text})"),
    character: |code| format!("'\\u{code:04x}'"),
    sum: |a| format!("SUM(CAST({a} AS DECIMAL(38, 0)))"),
    joined: |text, separator, order| format!("LISTAGG({text}, '{separator}') WITHIN GROUP (ORDER BY {order})"),
};

/// `1_000_000`: languages that take underscores read better with them.
fn grouped(value: i128) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}

impl Operators {
    /// `a·x + b`
    pub fn linear(&self, a: i128, x: &str, b: i128) -> String {
        let product = match a {
            1 => x.to_owned(),
            _ => format!("{} * {x}", (self.integer)(a)),
        };
        match b {
            0 => product,
            b if b < 0 => format!("{product} - {}", (self.integer)(-b)),
            b => format!("{product} + {}", (self.integer)(b)),
        }
    }
    /// ⌊(2v + d) / 2d⌋: to whole 分, half up
    pub fn rounded(&self, v: &str, d: i128) -> String {
        match d {
            1 => v.to_owned(),
            _ => (self.floor)(&format!("({} * {v} + {})", (self.integer)(2), (self.integer)(d)), 2 * d),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_written_as_people_write_it() {
        assert_eq!(PYTHON.linear(1, "x", 0), "x");
        assert_eq!(PYTHON.linear(5, "x", -1_000_000), "5 * x - 1_000_000");
        assert_eq!(PYTHON.rounded("v", 1), "v");
        assert_eq!(PYTHON.rounded("v", 6), "(2 * v + 6) // 12");
        assert_eq!(TYPESCRIPT.rounded("v", 6), "(2n * v + 6n) / 12n");
    }

    /// 2 × ⌊7 / 2⌋ is 6; read from the left without brackets it would be 7.
    #[test]
    fn a_quotient_may_stand_in_a_product() {
        for sql in [DUCKDB, POSTGRES, SPARK] {
            for quotient in [(sql.floor)("7", "2"), (sql.wide_floor)("7", "2")] {
                assert!(quotient.ends_with(')'), "{}: 2 * {quotient}", sql.name);
                let bracketed = ["(", "DIV(", "CAST("].iter().any(|start| quotient.starts_with(start));
                assert!(bracketed, "{}: 2 * {quotient}", sql.name);
            }
        }
    }
}
