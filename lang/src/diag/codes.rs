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
    S002 Error;
    S003 Error;
    S004 Error;
    S005 Error;
    S006 Error;
    S007 Error;
    S008 Error;
    S009 Error;
    S010 Error;
    S011 Error;
    S012 Error;
    S013 Error;
    S014 Error;
    S015 Error;
    S016 Error;
    S017 Error;
    S018 Error;
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
    V014 Error;
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
    V060 Error;
    V061 Error;
    V062 Error;
    V063 Error;
    V064 Error;
    V065 Error;
    V066 Error;
    V067 Error;
    V068 Error;
    V069 Error;
    V070 Error;
    V071 Error;
    V072 Error;
    V073 Error;
    V074 Error;
    V075 Error;
    V076 Error;
    V080 Error;
    V081 Error;
    V082 Error;
    // limits
    L101 Error;
    L102 Error;
    L103 Warning;
    L104 Warning;
    L105 Error;
    L106 Warning;
    L107 Error;
    L108 Error;
    L109 Warning;
    L110 Error;
    L111 Error;
    L112 Note;
    // tables
    T101 Error;
    T102 Error;
    T103 Warning;
    T104 Error;
    T105 Error;
    T106 Warning;
    T107 Error;
    T108 Warning;
    T109 Question;
    T130 Warning;
    T131 Error;
    T132 Error;
    // splits and shares
    P101 Error;
    P102 Error;
    P103 Error;
    P104 Error;
    P105 Error;
    P107 Question;
    P108 Error;
    P109 Error;
    P110 Error;
    P111 Warning;
    // covers
    C101 Error;
    C102 Error;
    C103 Error;
    C104 Warning;
    C105 Error;
    C106 Warning;
    C107 Error;
    C108 Warning;
    C109 Error;
    C110 Note;
    C111 Warning;
    C112 Warning;
    C113 Question;
    C120 Warning;
    // premium
    M101 Error;
    M102 Warning;
    M103 Error;
    M104 Question;
    M105 Question;
    M106 Error;
    M107 Question;
    // dates
    D101 Warning;
    D102 Error;
    D103 Warning;
    D104 Warning;
    D105 Warning;
    D106 Error;
    D107 Warning;
    D108 Warning;
    // frameworks
    F101 Error;
    F102 Error;
    F103 Error;
    F104 Error;
    F105 Error;
    F106 Warning;
    F107 Error;
    F108 Note;
    F109 Question;
    F110 Question;
    F120 Error;
    // money
    K101 Error;
    K102 Error;
    K103 Error;
    K104 Note;
    // questions
    Q101 Question;
    Q102 Question;
    Q103 Question;
    Q104 Question;
    Q105 Question;
    Q106 Question;
    Q107 Question;
    Q108 Question;
    Q109 Question;
    Q110 Question;
    Q111 Question;
    Q112 Question;
    Q113 Question;
    Q114 Question;
    Q115 Question;
    Q116 Question;
    Q117 Question;
    Q118 Question;
    Q119 Question;
    Q120 Question;
    Q121 Question;
    Q150 Question;
    Q151 Question;
    Q122 Question;
    Q123 Question;
    Q124 Question;
    // sources
    R101 Error;
    R102 Warning;
    R103 Warning;
    R104 Question;
    R105 Warning;
    // names: unknown
    N101 Error;
    N102 Error;
    N103 Error;
    N104 Error;
    N105 Error;
    N106 Error;
    N107 Error;
    N108 Error;
    N109 Error;
    N110 Error;
    N111 Error;
    N112 Error;
    N113 Error;
    N114 Error;
    N115 Error;
    N116 Error;
    N117 Error;
    N118 Error;
    N119 Error;
    N120 Error;
    N121 Error;
    N122 Error;
    N123 Error;
    N124 Error;
    N125 Warning;
    N126 Error;
    N127 Error;
    N128 Error;
    N129 Error;
    N130 Error;
    N131 Warning;
    // names: twice, in a circle, in the wrong place
    N201 Error;
    N202 Error;
    N203 Warning;
    N204 Error;
    N205 Error;
    N206 Error;
    N207 Error;
    N209 Error;
    N210 Warning;
    N212 Error;
    N214 Error;
    // names: declared and never read; settings; acknowledgements
    N301 Warning;
    N302 Error;
    N303 Error;
    N304 Error;
    N305 Error;
    // units
    U101 Error;
    U102 Error;
    U103 Error;
    U104 Error;
    U105 Error;
    U106 Error;
    U107 Error;
    U108 Warning;
    U109 Error;
    U110 Error;
    U111 Error;
    U112 Error;
    U113 Error;
    U114 Error;
    // reports: fund, layer
    V205 Error;
    V206 Error;
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
    V224 Error;
    // tables of bases and figures
    V230 Error;
    V231 Error;
    V232 Error;
    V233 Error;
    V234 Error;
    V235 Error;
    V236 Error;
    V237 Error;
    V238 Error;
    V239 Error;
    V240 Error;
    V241 Error;

    // names: what the plan needs
    N401 Error;
    N402 Error;

    // units: amounts that have no meaning
    U301 Error;
    U302 Error;
    U303 Error;
    U304 Error;
    U305 Error;
    U306 Error;
    U307 Error;
    U308 Error;
    U309 Error;
    U310 Error;
    U311 Error;
    U312 Error;
    U313 Error;

    // limits: order and scope
    L301 Error;
    L302 Error;
    L303 Error;
    L304 Error;
    L305 Error;
    L306 Error;
    L307 Error;

    // covers: what cannot be lowered
    C301 Error;
    C302 Error;
    C303 Error;
    C304 Error;
    C305 Error;
    C306 Error;

    // contracts: what they may set
    V301 Error;
    V302 Error;
    V303 Error;
    V304 Error;
    V305 Error;
    V306 Error;
    V307 Error;
    V308 Error;
    V309 Error;

    // tools and files
    X001 Error;
    X002 Error;
    X003 Error;
    X004 Error;
    X005 Error;
    X006 Error;
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
    X025 Error;
    X030 Error;
    X031 Error;
    X032 Error;
    X033 Error;
    X034 Error;
    X040 Error;
    X041 Error;
    X042 Error;
    X043 Error;
    X044 Error;
    X036 Error;
    X050 Error;
    X051 Error;
    X052 Error;
    X060 Error;
    X061 Error;
}

/// The default severity; a code outside the registry (impossible but by hand) is an error.
pub fn severity(code: Code) -> Severity {
    ALL.iter()
        .find(|(c, _)| *c == code)
        .map_or(Severity::Error, |(_, s)| *s)
}
