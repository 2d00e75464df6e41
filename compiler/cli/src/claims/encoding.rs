//! Bytes to text. Each cell is decoded by itself, so that bad bytes cost one row only.

use std::borrow::Cow;

/// How a claims file is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    #[default]
    Utf8,
    /// As spreadsheets save in China; GBK and GB2312 are subsets.
    Gb18030,
}

impl Encoding {
    /// `utf-8` or `gb18030`
    pub fn named(name: &str) -> Self {
        if name == "gb18030" {
            Encoding::Gb18030
        } else {
            Encoding::Utf8
        }
    }
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Gb18030 => "GB18030",
        }
    }
    /// The text, or `None` where the bytes are not of this encoding.
    ///
    /// In GB18030 no byte of a longer character is a delimiter, quote or line break, so both encodings may be cut into
    /// cells before they are decoded.
    pub fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Encoding::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Encoding::Gb18030 => encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        }
    }
    /// The text with a sign for every byte that cannot be read.
    pub fn decode_lossy(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Encoding::Utf8 => String::from_utf8_lossy(bytes),
            Encoding::Gb18030 => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
        }
    }
}

/// How a file begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    Text,
    /// A byte-order mark of UTF-8, which settles the encoding
    Utf8Mark,
    /// UTF-16, or no text at all
    Foreign,
}

impl Beginning {
    /// Looks at the first bytes.
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Beginning::Utf8Mark,
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Beginning::Foreign,
            // A ZIP archive (a spreadsheet under another name), an old spreadsheet, Parquet
            [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] | [b'P', b'A', b'R', b'1', ..] => Beginning::Foreign,
            _ => Beginning::Text,
        }
    }
    /// Length of the mark.
    pub fn mark(self) -> usize {
        if self == Beginning::Utf8Mark { 3 } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;

    #[test]
    fn cells_in_either_encoding() {
        let (gb, _, _) = encoding_rs::GB18030.encode("洪涝，𠮷");
        assert_eq!(Encoding::Gb18030.decode(&gb).unwrap(), "洪涝，𠮷");
        assert_eq!(Encoding::Utf8.decode(&gb), None);
        assert_eq!(Encoding::Utf8.decode("洪涝".as_bytes()).unwrap(), "洪涝");
        assert_eq!(Encoding::Gb18030.decode(&[0xFF, 0x41]), None);
        assert_eq!(Encoding::Utf8.decode_lossy(b"a\xFFb"), "a\u{fffd}b");
    }

    #[test]
    fn gb18030_holds_no_delimiter_inside_a_character() {
        for (_, character) in ('\u{80}'..='\u{ffff}').enumerate().step_by(7) {
            let text = character.to_string();
            let (bytes, _, bad) = encoding_rs::GB18030.encode(&text);
            assert!(bad || !bytes.iter().any(|b| b",\"\r\n\t".contains(b)), "{character}");
        }
    }
}
