//! The explain pages: for each code what it means and why, with a wrong and a right example. The pages stand beside
//! the rules, one file a code, and are its tests (see `pages.rs` among the tests).
//!
//! A page reads, in this order: `## zh <title>` and a paragraph, `## en <title>` and a paragraph, `## wrong` and
//! `## right`, each with one fenced `anlan` example in Chinese keywords; English pages show it converted. Codes about
//! records, commands and files show a command and its files instead; the tests of the commands run it.

use anlan_lang::diag::{Severity, codes};
use anlan_lang::texts::{Language, plain};

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub code: &'static str,
    pub zh: Words,
    pub en: Words,
    pub wrong: Example,
    pub right: Example,
}

/// Title and paragraph in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    pub title: String,
    pub text: String,
}

/// An example: clauses of a scheme, or whole bodies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Example {
    /// What stands after `anlan` in the fence: conditions for the tests, as `key=value`
    pub options: String,
    pub source: String,
    /// A command with the files it reads, as Markdown, where the code is about records, commands or files: each fence
    /// names its file, the one in `sh` is the command. The scheme that it reads, if none is shown, is the tests'.
    pub session: String,
}

macro_rules! pages {
    ($($family:literal: $($code:ident)*;)*) => {
        /// Code, family and text of every page, in the order of the registry.
        const PAGES: &[(&str, &str, &str)] = &[
            $($((stringify!($code), $family, include_str!(concat!($family, "/", stringify!($code), ".md")))),*),*
        ];
    };
}

pages! {
    "syntax": S001 S002 S003 S004 S005 S006 S007 S008 S009 S010 S011 S012 S013 S014 S015 S016 S017 S018 S019 S020;
    "names": N101 N102 N103 N104 N105 N106 N107 N108 N109 N110 N111 N112 N113 N114 N115 N116 N117 N118 N119 N120
        N121 N122 N123 N124 N125 N126 N127 N128 N129 N130 N131 N132 N133 N134 N201 N202 N203 N204 N205 N206 N207 N209 N210 N212 N214
        N301 N302 N303 N304 N305 N306 N307 N308 N309 N401 N402;
    "units": U101 U102 U103 U104 U105 U106 U107 U108 U109 U110 U111 U112 U113 U114 U115 U301 U302 U303 U304 U305 U306
        U307 U308 U309 U310 U311 U312 U313 U314 U315;
    "limits": L101 L102 L103 L104 L105 L106 L107 L108 L109 L110 L111 L112 L113 L114 L115 L301 L302 L303 L304 L305 L306 L307;
    "tables": T101 T102 T103 T104 T105 T106 T107 T108 T109 T130 T131 T132;
    "splits": P101 P102 P103 P104 P105 P107 P108 P109 P110 P111 P112 P113;
    "covers": C101 C102 C103 C104 C105 C106 C107 C108 C109 C110 C111 C112 C113 C114 C115 C116 C117 C118 C119 C120 C121 C122 C301
        C302 C303 C304 C305 C306;
    "premium": M101 M102 M103 M104 M105 M106 M107 M108 M109;
    "dates": D101 D102 D103 D104 D105 D106 D107 D108 D109 D110 D111 D112;
    "framework": F101 F102 F103 F104 F105 F106 F107 F108 F109 F110 F111 F112 F120;
    "money": K101 K102 K103 K104 K105;
    "questions": Q101 Q102 Q103 Q104 Q105 Q106 Q107 Q108 Q109 Q110 Q111 Q112 Q113 Q114 Q115 Q116 Q117 Q118 Q119 Q120
        Q121 Q122 Q123 Q124 Q125 Q126 Q127 Q128 Q129 Q130 Q131 Q132 Q133 Q134 Q135 Q150 Q151;
    "records": V001 V002 V003 V004 V005 V006 V007 V008 V009 V010 V011 V012 V013 V014 V020 V021 V022 V023 V030 V031
        V032 V033 V034 V035 V036 V037 V038 V040 V041 V042 V043 V044 V045 V046 V047 V048 V049 V050 V051 V052 V053 V054 V060 V061 V062
        V063 V064 V065 V066 V067 V068 V069 V070 V071 V072 V073 V074 V075 V076 V077 V078 V079 V080 V081 V082 V205 V206 V210
        V211 V212 V213 V214 V215 V216 V217 V218 V219 V220 V221 V222 V223 V224 V230 V231 V232 V233 V234 V235 V236 V237 V238
        V239 V240 V241;
    "tools": X001 X002 X003 X004 X005 X006 X010 X011 X012 X013 X014 X015 X016 X017 X018 X019 X020 X021 X022 X023
        X024 X025 X026 X027 X028 X029 X030 X031 X032 X033 X034 X036 X037 X040 X041 X042 X043 X044 X045 X046 X050 X051 X052 X053 X060 X061;
    "contracts": V301 V302 V303 V304 V305 V306 V307 V308 V309;
    "sources": R101 R102 R103 R104 R105 R106 R107 R108 R109;
}

/// Codes with their titles, in the order of the pages.
pub fn all() -> Vec<Page> {
    PAGES.iter().map(|(code, _, text)| read(code, text)).collect()
}

/// The page of a code as Markdown; `None` where there is no such code. Case does not matter.
pub fn page(code: &str, lang: Language) -> Option<String> {
    let page = find(code)?;
    let words = match lang {
        Language::Zh => &page.zh,
        Language::En => &page.en,
    };
    let severity = codes::ALL
        .iter()
        .find(|(known, _)| known.0 == page.code)
        .map_or(Severity::Error, |(_, severity)| *severity);
    let severity = match severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Question => "severity-question",
        Severity::Note => "severity-note",
    };
    let mut out = format!(
        "# {} {}\n\n{}\n\n{}\n",
        page.code,
        words.title,
        plain(lang, severity),
        words.text
    );
    for (heading, example) in [("explain-wrong", &page.wrong), ("explain-right", &page.right)] {
        if !example.session.is_empty() {
            out.push_str(&format!("\n## {}\n\n{}\n", plain(lang, heading), example.session));
        } else if !example.source.is_empty() {
            let shown = shown(&example.source, lang);
            out.push_str(&format!("\n## {}\n\n```anlan\n{shown}```\n", plain(lang, heading)));
        }
    }
    Some(out)
}

/// The page of a code.
pub fn find(code: &str) -> Option<Page> {
    PAGES
        .iter()
        .find(|(known, _, _)| known.eq_ignore_ascii_case(code))
        .map(|(code, _, text)| read(code, text))
}

/// Whether an example states whole bodies rather than clauses of one scheme.
pub fn is_whole(source: &str) -> bool {
    const HEADS: &[&str] = &[
        "方案",
        "框架",
        "合同",
        "引用",
        "域",
        "区域名",
        "单位",
        "scheme",
        "framework",
        "contract",
        "use",
    ];
    source
        .lines()
        .map(str::trim_start)
        .find(|line| !line.is_empty() && !line.starts_with("//"))
        .is_some_and(|line| HEADS.iter().any(|head| line.split_whitespace().next() == Some(head)))
}

/// An example with the keywords of the language; as it stands where it cannot be converted (it may be wrong on purpose).
fn shown(source: &str, lang: Language) -> String {
    if lang == Language::Zh {
        return source.to_owned();
    }
    let whole = is_whole(source);
    let text = if whole {
        source.to_owned()
    } else {
        format!("方案 例 {{\n{source}}}\n")
    };
    let Ok(text) = anlan_lang::fmt::format(&text, Some(lang)) else {
        return source.to_owned();
    };
    if whole {
        return text;
    }
    let inner: Vec<&str> = text.lines().collect();
    let inner = inner.get(1..inner.len().saturating_sub(1)).unwrap_or_default();
    inner
        .iter()
        .map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line)))
        .collect()
}

fn read(code: &'static str, text: &str) -> Page {
    let mut page = Page {
        code,
        zh: Words::default(),
        en: Words::default(),
        wrong: Example::default(),
        right: Example::default(),
    };
    let text = text.replace("\r\n", "\n");
    for section in text.split("\n## ").map(|part| part.strip_prefix("## ").unwrap_or(part)) {
        let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
        match heading.trim().split_once(' ').unwrap_or((heading.trim(), "")) {
            ("zh", title) => page.zh = words(title, body),
            ("en", title) => page.en = words(title, body),
            ("wrong", _) => page.wrong = example(body),
            ("right", _) => page.right = example(body),
            _ => {}
        }
    }
    page
}

fn words(title: &str, body: &str) -> Words {
    Words {
        title: title.trim().to_owned(),
        text: body.trim().to_owned(),
    }
}

fn example(body: &str) -> Example {
    if body.contains("```sh\n") {
        return Example {
            session: body.trim().to_owned(),
            ..Example::default()
        };
    }
    let Some((_, fenced)) = body.split_once("```anlan") else {
        return Example::default();
    };
    let (options, source) = fenced.split_once('\n').unwrap_or((fenced, ""));
    let source = source.split_once("```").map_or(source, |(source, _)| source);
    Example {
        options: options.trim().to_owned(),
        source: source.to_owned(),
        session: String::new(),
    }
}
