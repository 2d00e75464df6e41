//! Rows of JSON Lines that programs like to read differently, each with what all must make of it: the emitted
//! evaluators and the command line.

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Becomes {
    /// No row at all
    Nothing,
    /// A row with this claim id
    Claim(&'static str),
    /// A row that is rejected with this code
    Rejected(&'static str),
}

use Becomes::{Claim, Nothing, Rejected};

/// Lines, without their breaks, of claims that a scheme must be able to read besides `claim`: `rest` is put before each
/// closing brace.
#[must_use]
pub fn lines(rest: &str) -> Vec<(Vec<u8>, Becomes)> {
    let row =
        |before: &str, id: &str, after: &str| format!("{before}{{\"claim\": \"{id}\", {rest}}}{after}").into_bytes();
    let nested = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!("{{\"claim\": \"N\", \"x\": {open}{close}, {rest}}}").into_bytes()
    };
    vec![
        (row("\u{feff}", "A", ""), Claim("A")),
        (row("\u{feff}", "B", "\r"), Claim("B")),
        (row("\u{a0}", "C", "\u{a0}"), Claim("C")),
        (row("\u{3000}\t", "D", "\u{3000}"), Claim("D")),
        (row("\u{b}\u{c}\u{85}", "E", "\u{2028}"), Claim("E")),
        ("\u{3000}".into(), Nothing),
        ("\u{b}".into(), Nothing),
        ("\u{feff}\r".into(), Nothing),
        (row("", "\\ud842\\udfb7", ""), Claim("𠮷")),
        (row("", "\\ud842", ""), Rejected("V069")),
        (row("", "\\udfb7\\ud842", ""), Rejected("V069")),
        (row("", "\\\\ud842", ""), Claim("\\ud842")),
        (format!("{{\"\\ud842\": 1, {rest}}}").into_bytes(), Rejected("V069")),
        (nested(1), Rejected("V063")),
        (nested(200), Rejected("V063")),
        (nested(100_000), Rejected("V063")),
        (row("", &"L".repeat(1 << 20), ""), Rejected("V067")),
        (row("", "F", "x"), Rejected("V069")),
        (row("", "G", "{}"), Rejected("V069")),
        (row("", "H", ",\u{3000}"), Rejected("V069")),
        (b"[{}]".to_vec(), Rejected("V069")),
        (b"\"text\"".to_vec(), Rejected("V069")),
        (b"{\"claim\": \"\xff\"}".to_vec(), Rejected("V061")),
        (b"{\"claim\": \"\t\"}".to_vec(), Rejected("V069")),
        (b"{\"claim\": NaN}".to_vec(), Rejected("V069")),
        (b"{\"claim\": 01}".to_vec(), Rejected("V069")),
        (row("", "Z", ""), Claim("Z")),
    ]
}

/// The lines as a file.
#[must_use]
pub fn file(lines: &[(Vec<u8>, Becomes)]) -> Vec<u8> {
    let texts: Vec<&[u8]> = lines.iter().map(|(line, _)| line.as_slice()).collect();
    texts.join(&b'\n')
}
