//! Every code, with its default severity. One line a code; the text is in `texts/`, the explain page beside the rule.

use super::model::{Code, Severity};

macro_rules! codes {
    ($($code:ident $severity:ident;)*) => {
        $(pub const $code: Code = Code(stringify!($code));)*
        /// All codes in the order of this file.
        pub const ALL: &[(Code, Severity)] = &[$(($code, Severity::$severity)),*];
    };
}

codes! {
    // syntax
    S001 Error;
    // reports: fund, layer
    V201 Error;
    V202 Error;
    V203 Error;
    V204 Error;
    V205 Error;
    V206 Error;
    V207 Error;
    V210 Error;
    V211 Error;
    V212 Error;
    V213 Error;
    V214 Error;
    V215 Error;
    V216 Error;
    V220 Error;
    V221 Error;
    V222 Error;
    V223 Error;
}

/// The default severity; a code outside the registry (impossible but by hand) is an error.
pub fn severity(code: Code) -> Severity {
    ALL.iter()
        .find(|(c, _)| *c == code)
        .map_or(Severity::Error, |(_, s)| *s)
}
