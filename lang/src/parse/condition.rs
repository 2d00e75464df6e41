//! Conditions on facts and comparisons.

use super::cursor::{Parser, Read};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{Compare, Condition, Span};

impl Parser<'_> {
    /// `责任人 为 无法找到 或 无力赔偿 且 …`
    pub fn condition(&mut self) -> Read<Condition> {
        let start = self.here();
        let mut parts = vec![self.all()?];
        while self.eat(Keyword::Or) {
            parts.push(self.all()?);
        }
        let span = self.since(start);
        Ok(join(parts, |parts| Condition::Any { parts, span }))
    }

    fn all(&mut self) -> Read<Condition> {
        let start = self.here();
        let mut parts = vec![self.single()?];
        while self.eat(Keyword::And) {
            parts.push(self.single()?);
        }
        let span = self.since(start);
        Ok(join(parts, |parts| Condition::All { parts, span }))
    }

    fn single(&mut self) -> Read<Condition> {
        let start = self.here();
        if self.kind() == TokenKind::OpenParen {
            self.open_paren()?;
            let inner = self.condition()?;
            self.close_paren()?;
            return Ok(inner);
        }
        if self.at_whole(Keyword::Not) && self.eat(Keyword::Not) {
            // `非 非 …` nests like parentheses do.
            self.parens = self.parens.saturating_add(1);
            let part = if self.parens > crate::lex::MAX_NESTING {
                Err(self.expected("expect-condition"))
            } else {
                self.single()
            };
            self.parens = self.parens.saturating_sub(1);
            return Ok(Condition::Not {
                part: Box::new(part?),
                span: self.since(start),
            });
        }
        if self.at_whole(Keyword::Decided) && self.eat(Keyword::Decided) {
            let name = self.name("expect-decision")?;
            return Ok(Condition::Holds {
                name,
                decided: true,
                span: self.since(start),
            });
        }
        self.about_fact(start)
    }

    fn about_fact(&mut self, start: Span) -> Read<Condition> {
        let fact = self.name("expect-condition")?;
        let negated = self.eat(Keyword::IsNot);
        if negated || self.eat(Keyword::Is) {
            let values = self.values()?;
            let otherwise_nothing = self.otherwise_nothing();
            let span = self.since(start);
            return Ok(Condition::Is {
                fact,
                negated,
                values,
                otherwise_nothing,
                span,
            });
        }
        if let Some(compare) = self.comparison() {
            let value = self.expr()?;
            return Ok(Condition::Compare {
                fact,
                compare,
                value,
                span: self.since(start),
            });
        }
        // `财产损失 500元 以上`
        if self.kind() == TokenKind::Number {
            let value = self.expr()?;
            let compare = self.trailing_comparison()?;
            return Ok(Condition::Compare {
                fact,
                compare,
                value,
                span: self.since(start),
            });
        }
        Ok(Condition::Holds {
            name: fact,
            decided: false,
            span: self.since(start),
        })
    }

    /// `a 或 b`, `a, b`
    fn values(&mut self) -> Read<Vec<crate::tree::Name>> {
        let mut values = vec![self.name("expect-value")?];
        loop {
            let another = match self.kind() {
                TokenKind::Comma => {
                    let next = self.peek(1).kind;
                    self.pos += 1;
                    let ends = self.length(Keyword::OtherwiseNothing) > 0;
                    self.pos -= 1;
                    matches!(next, TokenKind::Word | TokenKind::QuotedName) && !ends
                }
                _ => self.at(Keyword::Or) && self.value_follows(),
            };
            if !another {
                return Ok(values);
            }
            if !self.eat(Keyword::Or) {
                self.advance();
            }
            values.push(self.name("expect-value")?);
        }
    }

    /// After `或`: a further value, unless a new condition begins.
    fn value_follows(&mut self) -> bool {
        let or = self.length(Keyword::Or);
        if !matches!(self.peek(or).kind, TokenKind::Word | TokenKind::QuotedName) {
            return false;
        }
        self.pos += or;
        let begins = self.length(Keyword::Not) > 0 || self.length(Keyword::Decided) > 0;
        self.pos += 1;
        let compares = matches!(
            self.kind(),
            TokenKind::AtLeast
                | TokenKind::AtMost
                | TokenKind::Greater
                | TokenKind::Less
                | TokenKind::Equal
                | TokenKind::Number
        );
        let words = [Keyword::Is, Keyword::IsNot, Keyword::CompareOver, Keyword::CompareUnder];
        let says = words.iter().any(|k| self.length(*k) > 0);
        self.pos -= or + 1;
        !(begins || compares || says)
    }

    /// `，其余不赔`
    fn otherwise_nothing(&mut self) -> bool {
        if self.kind() == TokenKind::Comma {
            self.pos += 1;
            if self.eat(Keyword::OtherwiseNothing) {
                return true;
            }
            self.pos -= 1;
            return false;
        }
        self.eat(Keyword::OtherwiseNothing)
    }

    /// A comparison before its amount: `>=`, `at least`, `超过`.
    pub fn comparison(&mut self) -> Option<Compare> {
        let compare = match self.kind() {
            TokenKind::AtLeast => Some(Compare::AtLeast),
            TokenKind::AtMost => Some(Compare::AtMost),
            TokenKind::Greater => Some(Compare::Over),
            TokenKind::Less => Some(Compare::Under),
            TokenKind::Equal => Some(Compare::Equal),
            _ => None,
        };
        if compare.is_some() {
            self.advance();
            return compare;
        }
        let words = [
            (Keyword::CompareOver, Compare::Over),
            (Keyword::CompareUnder, Compare::Under),
            (Keyword::AtLeast, Compare::AtLeast),
            (Keyword::AtMost, Compare::AtMost),
        ];
        words
            .into_iter()
            .find(|(keyword, _)| self.eat(*keyword))
            .map(|(_, compare)| compare)
    }

    /// `以上` or `以下` after its amount.
    pub fn trailing_comparison(&mut self) -> Read<Compare> {
        if self.eat(Keyword::CompareAtLeast) {
            Ok(Compare::AtLeast)
        } else if self.eat(Keyword::CompareAtMost) {
            Ok(Compare::AtMost)
        } else {
            Err(self.expected_keywords(&[Keyword::CompareAtLeast, Keyword::CompareAtMost]))
        }
    }

    pub fn required_comparison(&mut self) -> Read<Compare> {
        match self.comparison() {
            Some(compare) => Ok(compare),
            None => Err(self.expected("expect-comparison")),
        }
    }
}

/// One part stands for itself.
fn join(mut parts: Vec<Condition>, several: impl FnOnce(Vec<Condition>) -> Condition) -> Condition {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    several(parts)
}
