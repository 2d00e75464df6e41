//! Tables: a header of column names, and rows keyed by values, ranges or intervals.

use super::cursor::{NOTES, Parser, Read, Starts};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{Compare, Expr, Name, RowKey, Span, Table, TableRow};

impl Parser<'_> {
    pub fn table(&mut self, start: Span) -> Read<Table> {
        let name = self.name("expect-name")?;
        self.required(Keyword::TableBy)?;
        let by = self.name("expect-fact")?;
        let counted = self.counted()?;
        let (columns, rows) = self.rows()?;
        Ok(Table {
            name,
            by,
            counted,
            columns,
            rows,
            span: self.since(start),
        })
    }

    /// `{ [columns] row* }`, one row a line.
    pub fn rows(&mut self) -> Read<(Vec<Name>, Vec<TableRow>)> {
        let (mut columns, mut rows) = (Vec::new(), Vec::new());
        let mut first = true;
        self.block(Starts::Lines(&[]), |p| {
            let header = std::mem::take(&mut first) && p.only_names();
            if header {
                columns = p.header("expect-column")?;
            } else {
                rows.push(p.table_row()?);
            }
            Ok(())
        })?;
        Ok((columns, rows))
    }

    /// Whether the line holds nothing but names.
    pub fn only_names(&self) -> bool {
        let line = (0..).map(|i| self.peek(i)).take_while(|t| t.kind != TokenKind::End);
        let mut any = false;
        for token in line {
            let joined = token.tight && token.kind == TokenKind::Number;
            if !joined && !matches!(token.kind, TokenKind::Word | TokenKind::QuotedName) {
                return false;
            }
            any = true;
        }
        any
    }

    pub fn header(&mut self, what: &'static str) -> Read<Vec<Name>> {
        let mut columns = Vec::new();
        while !self.done() {
            columns.push(self.name(what)?);
        }
        Ok(columns)
    }

    fn table_row(&mut self) -> Read<TableRow> {
        let start = self.here();
        let key = self.row_key()?;
        let mut cells = vec![self.term()?];
        while self.cell_follows() {
            cells.push(self.term()?);
        }
        let span = self.since(start);
        Ok(TableRow {
            key,
            cells,
            notes: self.notes(start)?,
            span,
        })
    }

    pub fn cell_follows(&self) -> bool {
        match self.kind() {
            TokenKind::Number | TokenKind::OpenParen | TokenKind::QuotedName => true,
            TokenKind::Word => self.which(NOTES).is_none(),
            _ => false,
        }
    }

    fn row_key(&mut self) -> Read<RowKey> {
        let start = self.here();
        if self.at_whole(Keyword::Otherwise) && self.eat(Keyword::Otherwise) {
            return Ok(RowKey::Otherwise(self.since(start)));
        }
        if self.interval_begins() {
            return self.interval(start);
        }
        if self.tight_range() {
            let from = self.word_name();
            self.eat(Keyword::To);
            return Ok(RowKey::Range(from, self.name("expect-value")?));
        }
        let first = self.name("expect-value")?;
        if self.eat(Keyword::To) {
            return Ok(RowKey::Range(first, self.name("expect-value")?));
        }
        let mut values = vec![first];
        while self.eat_kind(TokenKind::Comma) {
            values.push(self.name("expect-value")?);
        }
        Ok(RowKey::Values(values))
    }

    /// `Ⅰ至Ⅱ` written without blanks: a name, 至 and a name.
    fn tight_range(&self) -> bool {
        let (to, last) = (self.peek(1), self.peek(2));
        self.kind() == TokenKind::Word
            && to.tight
            && last.tight
            && last.kind == TokenKind::Word
            && self.text(to.span) == "至"
    }

    /// One word, without what is joined to it.
    fn word_name(&mut self) -> Name {
        let span = self.advance().span;
        Name {
            text: self.text(span).to_owned(),
            span,
        }
    }

    fn interval_begins(&self) -> bool {
        let words = [
            Keyword::CompareOver,
            Keyword::CompareUnder,
            Keyword::AtLeast,
            Keyword::AtMost,
        ];
        let symbols = [
            TokenKind::Number,
            TokenKind::AtLeast,
            TokenKind::AtMost,
            TokenKind::Greater,
            TokenKind::Less,
        ];
        symbols.contains(&self.kind()) || self.which(&words).is_some()
    }

    /// `500元 以上 不满 1000元`, `at least 500元 under 1000元`
    fn interval(&mut self, start: Span) -> Read<RowKey> {
        let (mut from, mut to) = (None, None);
        self.bound(&mut from, &mut to)?;
        if self.bound_follows() {
            self.bound(&mut from, &mut to)?;
        }
        Ok(RowKey::Interval {
            from,
            to,
            span: self.since(start),
        })
    }

    /// A second bound, and not the first cell.
    fn bound_follows(&self) -> bool {
        let words = [
            Keyword::CompareOver,
            Keyword::CompareUnder,
            Keyword::AtLeast,
            Keyword::AtMost,
            Keyword::To,
        ];
        if self.kind() != TokenKind::Number {
            return self.interval_begins() || self.which(&words).is_some();
        }
        let postfix = ["以上", "以下"];
        (1..4)
            .map(|i| self.peek(i))
            .take_while(|t| t.kind != TokenKind::Number)
            .any(|t| postfix.contains(&self.text(t.span)))
    }

    fn bound(&mut self, from: &mut Option<(Compare, Expr)>, to: &mut Option<(Compare, Expr)>) -> Read<()> {
        let start = self.here();
        let (compare, amount) = if from.is_some() && self.eat(Keyword::To) {
            (Compare::AtMost, self.factor()?)
        } else if let Some(compare) = self.comparison() {
            (compare, self.factor()?)
        } else {
            let amount = self.factor()?;
            // `500元 至 1000元` holds both ends.
            let compare = if self.at(Keyword::To) {
                Compare::AtLeast
            } else {
                self.trailing_comparison()?
            };
            (compare, amount)
        };
        let (slot, keyword) = match compare {
            Compare::AtLeast | Compare::Over => (from, Keyword::CompareAtLeast),
            _ => (to, Keyword::CompareAtMost),
        };
        self.fill(slot, (compare, amount), keyword, start);
        Ok(())
    }
}
