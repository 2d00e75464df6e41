//! Words that stand twice side by side, and lines. The clauses take them: an article is cited again, an option set again, a
//! rate charged again. It is a slip of the hand; or the second was meant to be another one.

use super::atoms::article_text;
use crate::diag::{FileId, Finding, Place, codes};
use crate::keywords::Keyword;
use crate::lex::{Token, TokenKind};
use crate::tree::Span;

/// S019 at each, but where the second one is reported already.
pub(super) fn doubled(source: &str, file: FileId, tokens: &[Token], known: &[Finding]) -> Vec<Finding> {
    let text = |token: &Token| source.get(token.span.range()).unwrap_or_default();
    let mut listing = false;
    let mut found = Vec::new();
    for (index, pair) in tokens.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        if one.first {
            listing = one.keyword == Some(Keyword::Articles);
        }
        let twice = match (one.kind, other.kind) {
            // A list of all articles that holds one twice is for the rules on lists of articles.
            (TokenKind::Article, TokenKind::Article) => {
                !listing && article_text(text(one)) == article_text(text(other))
            }
            (TokenKind::Word, TokenKind::Word) => {
                let next = tokens.get(index + 2);
                let name = next.is_some_and(|next| next.kind == TokenKind::Word && next.keyword.is_none());
                text(one) == text(other) && one.keyword.is_some() && (other.keyword.is_some() || name) && !other.first
            }
            _ => false,
        };
        let place = Place { file, span: other.span };
        let told = |finding: &Finding| finding.primary.is_some_and(|at| at.span.start == place.span.start);
        if twice && !known.iter().any(told) {
            found.push(again(text(other), file, one.span, other.span));
        }
    }
    found
}

/// S019 at a line that stands under its like and begins with a keyword, or states a cap on several harms together: another rate
/// or base of a premium is another amount to pay. Where names begin the line, it is for the rules that know the names. Claims
/// of an example may well be alike.
pub(super) fn lines(source: &str, file: FileId, tokens: &[Token], known: &[Finding]) -> Vec<Finding> {
    let mut in_example = false;
    let mut before: &[Token] = &[];
    let mut found = Vec::new();
    let begins = |(at, token): &(usize, &Token)| *at > 0 && token.first;
    let mut starts: Vec<usize> = tokens.iter().enumerate().filter(begins).map(|(at, _)| at).collect();
    starts.insert(0, 0);
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let line = tokens.get(start..end).unwrap_or_default();
        let above = std::mem::replace(&mut before, line);
        let (Some(head), Some(last)) = (line.first(), line.last()) else {
            continue;
        };
        if head.depth <= 1 {
            in_example = head.keyword == Some(Keyword::Example);
        }
        let words = line.iter().map(|token| source.get(token.span.range()));
        if in_example || !words.eq(above.iter().map(|token| source.get(token.span.range()))) {
            continue;
        }
        let told = line.iter().any(|token| token.keyword == Some(Keyword::Combined)) || head.keyword.is_some();
        let span = head.span.to(last.span);
        let within = |at: Place| span.start <= at.span.start && at.span.end <= span.end;
        let reported = known.iter().filter_map(|finding| finding.primary).any(within);
        if let (true, false, Some(first)) = (told, reported, above.first()) {
            let first = above.last().map_or(first.span, |last| first.span.to(last.span));
            found.push(again(
                &shortened(source.get(span.range()).unwrap_or_default()),
                file,
                first,
                span,
            ));
        }
    }
    found
}

/// Enough of a line to know it by
fn shortened(line: &str) -> String {
    const ENOUGH: usize = 16;
    let words: Vec<&str> = line.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(ENOUGH) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// S019, which takes the second one out.
pub(super) fn again(item: &str, file: FileId, first: Span, second: Span) -> Finding {
    let place = |span| Place { file, span };
    Finding::new(codes::S019, place(second))
        .arg("item", item)
        .label(place(first), "first")
        .fixed(place(second), "")
}
