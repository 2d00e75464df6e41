//! Amounts, conditions and keys.

use crate::fmt::words::Words;
use crate::keywords::Keyword;
use crate::texts::Language;
use crate::tree::{Compare, Condition, Expr, Key, Sign, Span};

/// How tightly an expression binds where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// Sums may stand bare.
    Sum,
    /// Sums need parentheses.
    Product,
    /// Products need them too.
    Factor,
}

impl Words<'_> {
    pub fn expr(&mut self, expr: &Expr) -> &mut Self {
        self.bound(expr, Binding::Sum)
    }

    pub fn bound(&mut self, expr: &Expr, binding: Binding) -> &mut Self {
        let needs = match expr {
            Expr::Sum { .. } => binding > Binding::Sum,
            Expr::Product { .. } => binding > Binding::Product,
            _ => false,
        };
        if needs {
            return self.parenthesised(|words| {
                words.expr(expr);
            });
        }
        match expr {
            Expr::Quantity(quantity) => self.quantity(quantity),
            Expr::Fraction { span, .. } => {
                let text: String = self.slice(*span).chars().filter(|c| !c.is_whitespace()).collect();
                self.word_at(text.chars().map(crate::lex::half_width).collect::<String>(), span.start)
            }
            Expr::Name(path) => self.path(path),
            Expr::TotalPremium(span) => self.keyword_at(Keyword::TotalPremium, span.start),
            Expr::SumInsured(span) => self.keyword_at(Keyword::SumInsuredAmount, span.start),
            Expr::Unlimited(span) => self.keyword_at(Keyword::Unlimited, span.start),
            Expr::Balance { fund, .. } => self.keyword(Keyword::BalanceOf).name(fund).keyword(Keyword::Balance),
            Expr::Product { left, right, .. } if self.written_with_of(left, right) => {
                // A product of the language keeps its first factor bare: 的 stands after the base, `of` before it.
                let (first, second) = if self.zh() { (right, left) } else { (left, right) };
                self.bound(first, Binding::Product)
                    .keyword(Keyword::Of)
                    .bound(second, Binding::Factor)
            }
            Expr::Product { left, right, .. } => self
                .bound(left, Binding::Product)
                .word("×")
                .bound(right, Binding::Factor),
            Expr::Sum { first, rest, .. } => {
                self.bound(first, Binding::Product);
                for (sign, term) in rest {
                    self.word(if *sign == Sign::Plus { "+" } else { "-" })
                        .bound(term, Binding::Product);
                }
                self
            }
        }
    }

    /// Whether a product is `基本保费 的 70%` or `70% of 基本保费` in the source, not `70% × 基本保费`.
    fn written_with_of(&self, left: &Expr, right: &Expr) -> bool {
        let (left, right) = (left.span(), right.span());
        if right.start < left.start {
            return true;
        }
        let between = Span {
            start: left.end,
            end: right.start,
        };
        let between = self
            .slice(between)
            .trim_start_matches([')', '）', ' ', '\t', '\n', '\r']);
        between.starts_with(Keyword::Of.form(Language::En))
    }

    fn keyword_at(&mut self, keyword: Keyword, at: u32) -> &mut Self {
        self.word_at(keyword.form(self.lang), at)
    }

    fn parenthesised(&mut self, inner: impl FnOnce(&mut Self)) -> &mut Self {
        let (open, close) = if self.zh() { ("（", "）") } else { ("(", ")") };
        self.word(open).tight();
        inner(self);
        self.append(close)
    }

    // ── conditions ──

    pub fn condition(&mut self, condition: &Condition) -> &mut Self {
        match condition {
            Condition::Is {
                fact,
                negated,
                values,
                otherwise_nothing,
                ..
            } => {
                self.name(fact)
                    .keyword(if *negated { Keyword::IsNot } else { Keyword::Is });
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        self.keyword(Keyword::Or);
                    }
                    self.name(value);
                }
                if *otherwise_nothing {
                    self.comma().keyword(Keyword::OtherwiseNothing);
                }
                self
            }
            Condition::Compare {
                fact, compare, value, ..
            } => self.name(fact).word(symbol(*compare)).expr(value),
            Condition::Holds { name, decided, .. } => {
                if *decided {
                    self.keyword(Keyword::Decided);
                }
                self.name(name)
            }
            Condition::All { parts, .. } => self.joined(parts, Keyword::And, |part| {
                !matches!(part, Condition::Any { .. } | Condition::All { .. })
            }),
            Condition::Any { parts, .. } => {
                // A bare fact after `或` would be read as one more value of the fact before.
                let bare = parts.iter().any(begins_bare);
                self.joined(parts, Keyword::Or, |part| match part {
                    Condition::Any { .. } => false,
                    Condition::Holds { .. } => true,
                    _ => !bare,
                })
            }
            Condition::Not { part, .. } => {
                self.keyword(Keyword::Not);
                match &**part {
                    Condition::All { .. } | Condition::Any { .. } => self.parenthesised(|words| {
                        words.condition(part);
                    }),
                    part => self.condition(part),
                }
            }
        }
    }

    fn joined(&mut self, parts: &[Condition], by: Keyword, plain: impl Fn(&Condition) -> bool) -> &mut Self {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.keyword(by);
            }
            if plain(part) {
                self.condition(part);
            } else {
                self.parenthesised(|words| {
                    words.condition(part);
                });
            }
        }
        self
    }

    pub fn compare(&mut self, compare: Compare) -> &mut Self {
        self.word(symbol(compare))
    }

    // ── keys ──

    pub fn keys(&mut self, keys: &[Key]) -> &mut Self {
        for (index, key) in keys.iter().enumerate() {
            if index > 0 && self.zh() {
                self.tight();
            }
            match key {
                Key::Person(_) => self.keyword(Keyword::PerPerson),
                Key::Household(_) => self.keyword(Keyword::PerHousehold),
                Key::Event(_) => self.keyword(Keyword::PerEvent),
                Key::Year(_) => self.keyword(Keyword::PerYear),
                Key::Term(_) => self.keyword(Keyword::PerTerm),
                Key::Claim(_) => self.keyword(Keyword::PerClaim),
                Key::Fact(name) => {
                    self.keyword(Keyword::Per);
                    self.name(name)
                }
            };
        }
        self
    }
}

/// Whether a condition begins with a fact that stands alone.
fn begins_bare(condition: &Condition) -> bool {
    match condition {
        Condition::Holds { decided, .. } => !decided,
        Condition::All { parts, .. } | Condition::Any { parts, .. } => parts.first().is_some_and(begins_bare),
        _ => false,
    }
}

fn symbol(compare: Compare) -> &'static str {
    match compare {
        Compare::AtLeast => ">=",
        Compare::AtMost => "<=",
        Compare::Over => ">",
        Compare::Under => "<",
        Compare::Equal => "=",
    }
}
