//! Names of fields, variants and types.

use crate::emit::names::{Case, NameRule, Renamer, package};
use crate::emit::program::{Kind, Program};
use std::collections::BTreeMap;

/// Words of the language, and names that the rules use themselves
const RESERVED: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "false", "fn",
    "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "type", "unsafe", "use", "where", "while", "abstract", "become", "box", "do",
    "final", "macro", "override", "priv", "typeof", "unsized", "virtual", "yield", "try", "gen", "facts", "context",
    "trace", "value", "most", "least", "less", "parts", "known", "need", "times", "rounded", "none",
];

const SNAKE: NameRule = NameRule {
    reserved: RESERVED,
    case: Case::Snake,
};

/// Crates that every crate sees, modules that the crate's own binary names, and folders of the build
const TAKEN: &[&str] = &[
    "evaluator",
    "scheme",
    "json",
    "reading",
    "rows",
    "std",
    "core",
    "alloc",
    "test",
    "tests",
    "proc_macro",
    "build",
    "deps",
    "examples",
    "incremental",
    "union",
    "con",
    "prn",
    "aux",
    "nul",
];

/// Types of the prelude, and those that the crate's modules name
const PASCAL: NameRule = NameRule {
    reserved: &[
        "Self",
        "Option",
        "Some",
        "None",
        "Ok",
        "Err",
        "Result",
        "String",
        "Vec",
        "Box",
        "Debug",
        "Clone",
        "Copy",
        "PartialEq",
        "Eq",
        "PartialOrd",
        "Ord",
        "Hash",
        "Default",
        "From",
        "Accepted",
        "Alone",
        "Amount",
        "Assessment",
        "Book",
        "BookLine",
        "Claim",
        "Context",
        "Cover",
        "Covers",
        "Day",
        "Decision",
        "DecisionKey",
        "DecisionValue",
        "ExplainedLine",
        "Explanation",
        "Facts",
        "Field",
        "Fields",
        "Filter",
        "Found",
        "Group",
        "Injury",
        "Inputs",
        "Key",
        "KeyPart",
        "Keyed",
        "Limit",
        "Line",
        "Lines",
        "Moment",
        // Its constructor from a text would be called as the type is.
        "Named",
        "Paid",
        "Part",
        "Payment",
        "Per",
        "Prepared",
        "PreparedLine",
        "Quotient",
        "Reason",
        "Refusal",
        "Row",
        "Rule",
        "Served",
        "Settled",
        "Step",
        "Stop",
        "Taken",
        "Test",
        "Tier",
        "Trace",
        "Untraced",
        "Value",
        "ValueKind",
    ],
    case: Case::Pascal,
};

/// Variants stand behind their type, so little is taken.
const VARIANT: NameRule = NameRule {
    reserved: &["Self"],
    case: Case::Pascal,
};

/// Variants that stand beside the types which their module may import
const FIELD: NameRule = NameRule {
    reserved: &["Self", "Day", "Moment", "Part", "Quotient"],
    case: Case::Pascal,
};

/// All names of one crate.
pub(super) struct Names {
    pub package: String,
    /// Field of each fact
    pub fields: Vec<String>,
    /// Variant of `Field` for each fact
    pub variants: Vec<String>,
    /// Type of each domain that a fact takes its values from
    pub types: BTreeMap<usize, String>,
    /// Variants of each domain
    pub values: Vec<Vec<String>>,
}

impl Names {
    pub fn of(program: &Program) -> Self {
        let mut fields = Renamer::new(SNAKE);
        let mut variants = Renamer::new(FIELD);
        let mut types = Renamer::new(PASCAL);
        let used = program.facts.iter().filter_map(|fact| match fact.kind {
            Kind::Enumeration { domain, .. } => Some(domain),
            _ => None,
        });
        let mut named = BTreeMap::new();
        for domain in used {
            if let Some(declared) = program.domains.get(domain) {
                named
                    .entry(domain)
                    .or_insert_with(|| types.name(&declared.id, "Domain"));
            }
        }
        let values = program.domains.iter().map(|domain| {
            let mut variants = Renamer::new(VARIANT);
            let name = |value: &crate::emit::program::Value| variants.name(written(&value.id, &value.en), "Value");
            domain.values.iter().map(name).collect()
        });
        Names {
            package: package(&program.scheme.title_en, "insurance_scheme", &[RESERVED, TAKEN]),
            fields: program
                .facts
                .iter()
                .map(|f| fields.name(written(&f.id, &f.en), "fact"))
                .collect(),
            variants: program
                .facts
                .iter()
                .map(|f| variants.name(written(&f.id, &f.en), "Fact"))
                .collect(),
            types: named,
            values: values.collect(),
        }
    }

    pub fn field(&self, fact: usize) -> &str {
        self.fields.get(fact).map_or("", String::as_str)
    }

    /// `Field::Peril`
    pub fn variant(&self, fact: usize) -> String {
        format!("Field::{}", self.variants.get(fact).map_or("", String::as_str))
    }

    pub fn type_of(&self, domain: usize) -> &str {
        self.types.get(&domain).map_or("", String::as_str)
    }

    /// `Peril::Flood`
    pub fn value(&self, domain: usize, value: usize) -> String {
        let variant = self.values.get(domain).and_then(|values| values.get(value));
        format!("{}::{}", self.type_of(domain), variant.map_or("", String::as_str))
    }
}

/// The id, or the English name where that can be written and the id cannot.
fn written<'n>(id: &'n str, en: &'n str) -> &'n str {
    let short = en.split_whitespace().count() <= 6;
    if !id.is_ascii() && en.is_ascii() && short {
        en
    } else {
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_called_nothing_that_builds_otherwise() {
        for title in ["Test", "Tests", "Crate", "std", "Core", "Impl", "JSON", "Build"] {
            let name = package(title, "insurance_scheme", &[RESERVED, TAKEN]);
            assert_eq!(name, format!("{}_scheme", title.to_ascii_lowercase()));
        }
    }
}
