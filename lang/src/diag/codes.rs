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
    // records and what evaluation needs: eval, settle
    V001 Warning;
    V002 Error;
    V003 Error;
    V004 Error;
    V005 Error;
    V006 Error;
    V007 Error;
    V008 Error;
    V009 Error;
    V010 Error;
    V011 Error;
    V012 Error;
    V013 Error;
    V020 Error;
    V021 Error;
    V022 Error;
    V023 Error;
    V030 Error;
    V031 Error;
    V032 Error;
    V033 Error;
    V034 Error;
    V040 Error;
    V041 Error;
    V042 Error;
    V043 Error;
    V044 Error;
    V045 Error;
    V046 Error;
    V047 Error;
    V048 Error;
    V049 Error;
    V050 Error;
    V051 Error;
    V052 Error;
    V053 Error;
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

    // tools and files
    X001 Error;
    X002 Error;
    X003 Error;
    X004 Error;
    X005 Error;
    X006 Error;
    X009 Error;
    X010 Error;
    X011 Error;
    X012 Error;
    X013 Error;
    X014 Error;
    X015 Error;
    X016 Error;
    X017 Error;
    X018 Error;
    X019 Error;
    X020 Error;
    X021 Error;
    X022 Error;
    X023 Error;
    X024 Error;
    X030 Error;
    X031 Error;
    X032 Error;
    X033 Error;
    X034 Error;
    X035 Error;
    X036 Error;
}

/// The default severity; a code outside the registry (impossible but by hand) is an error.
pub fn severity(code: Code) -> Severity {
    ALL.iter()
        .find(|(c, _)| *c == code)
        .map_or(Severity::Error, |(_, s)| *s)
}
