//! The standard library, compiled into the binary.

/// One file of the standard library.
#[derive(Debug, Clone, Copy)]
pub struct LibraryFile {
    /// The name after `use`, and the file's stem in `stdlib/`.
    pub name: &'static str,
    /// Names after `引用`.
    pub zh: &'static [&'static str],
    pub text: &'static str,
    /// Visible without an import.
    pub core: bool,
}

/// In dependency order.
pub const FILES: &[LibraryFile] = &[];
