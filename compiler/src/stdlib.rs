//! The standard library, compiled into the binary.

/// One file of the standard library.
#[derive(Debug, Clone, Copy)]
pub struct LibraryFile {
    /// The name after `use`, and the file's stem in `stdlib/`.
    pub name: &'static str,
    /// Names after `引用`, the first the one to print.
    pub zh: &'static [&'static str],
    pub text: &'static str,
    /// Visible without an import.
    pub core: bool,
    /// Read only where it is imported; nothing in the rest of the library refers to it.
    pub deferred: bool,
}

macro_rules! library {
    ($($name:literal $zh:expr, core: $core:literal, deferred: $deferred:literal;)*) => {
        /// In dependency order.
        pub const FILES: &[LibraryFile] = &[$(LibraryFile {
            name: $name,
            zh: &$zh,
            text: include_str!(concat!("../../stdlib/", $name, ".anlan")),
            core: $core,
            deferred: $deferred,
        }),*];
    };
}

library! {
    "units" ["单位"], core: true, deferred: false;
    "harms" ["损害"], core: true, deferred: false;
    "persons" ["身份", "人员"], core: true, deferred: false;
    "liability" ["责任人", "责任"], core: true, deferred: false;
    "dwelling" ["城乡", "住宅"], core: true, deferred: false;
    "perils" ["灾因"], core: false, deferred: false;
    "injury" ["伤残", "伤残等级"], core: false, deferred: false;
    "damage" ["损毁等级", "损毁"], core: false, deferred: false;
    "facts" ["事实"], core: true, deferred: false;
    "areas" ["区域", "地区"], core: false, deferred: true;
}

/// Index in [`FILES`] of the file with this name in either language.
pub fn find(name: &str) -> Option<usize> {
    FILES
        .iter()
        .position(|file| file.name == name || file.zh.contains(&name))
}
