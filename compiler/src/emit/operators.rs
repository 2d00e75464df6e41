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
}
