//! Where lines begin: byte offsets to lines and columns.

/// The start of each line of one source.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// `\n`, `\r\n` and a lone `\r` end a line.
    pub fn new(source: &str) -> Lines {
        let bytes = source.as_bytes();
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|(i, byte)| **byte == b'\n' || (**byte == b'\r' && bytes.get(i + 1) != Some(&b'\n')));
        let starts = std::iter::once(0).chain(ends.map(|(i, _)| i as u32 + 1)).collect();
        Lines { starts }
    }

    /// The line of a byte offset, from 0.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Byte offset at which the line begins.
    pub fn start(&self, line: usize) -> u32 {
        self.starts.get(line).copied().unwrap_or(0)
    }

    /// Line and column from 1, the column in characters.
    pub fn place(&self, source: &str, offset: u32) -> (usize, usize) {
        let line = self.line(offset);
        let before = source.get(self.start(line) as usize..offset as usize).unwrap_or("");
        (line + 1, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_end_counts_once() {
        let source = "甲\r\n乙\n丙\r丁";
        let lines = Lines::new(source);
        let places: Vec<_> = source
            .char_indices()
            .filter(|(_, c)| *c > ' ')
            .map(|(i, _)| lines.place(source, i as u32))
            .collect();
        assert_eq!(places, [(1, 1), (2, 1), (3, 1), (4, 1)]);
    }
}
