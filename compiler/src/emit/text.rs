//! Writing indented text.

/// Lines with an indent.
#[derive(Debug)]
pub(super) struct Lines {
    text: String,
    depth: usize,
    step: usize,
}

impl Default for Lines {
    fn default() -> Self {
        Lines::indented(4)
    }
}

impl Lines {
    /// Each level is so many blanks deep.
    pub fn indented(step: usize) -> Self {
        Lines {
            text: String::new(),
            depth: 0,
            step,
        }
    }
    /// Blanks before the next line
    pub fn column(&self) -> usize {
        self.depth * self.step
    }
    pub fn line(&mut self, text: impl AsRef<str>) {
        let text = text.as_ref();
        if !text.is_empty() {
            self.text.push_str(&" ".repeat(self.column()));
            self.text.push_str(text);
        }
        self.text.push('\n');
    }
    pub fn inside(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }
    pub fn finish(self) -> String {
        self.text
    }
}
