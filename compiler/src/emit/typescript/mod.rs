//! TypeScript: strict, ES modules, `bigint` amounts, nothing beside it at run time. And the same evaluator as one plain
//! JavaScript text, for the inside of a page.
//!
//! `claim.ts`, `rules.ts`, `scheme.ts` and `vocabulary.ts` are written from the program; the other modules are the same
//! for every scheme and stand in `runtime/`, with marks for what plain JavaScript leaves out ([`form`]).

mod form;
mod layout;
mod record;
mod rules;
mod scheme;
mod vocabulary;

use super::names::{Case, NameRule, Renamer, package};
use super::program::Program;
use super::{File, Input, cases};
use anlan_lang::diag::Finding;
use form::{Form, written};

/// Words that no identifier may be, and names that the modules use themselves.
const FIELDS: NameRule = NameRule {
    reserved: &[
        "arguments",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "eval",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "null",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "undefined",
        "var",
        "void",
        "while",
        "with",
        "yield",
        "always",
        "assumed",
        "constructor",
        "context",
        "decided",
        "fixed",
        "floored",
        "inputs",
        "known",
        "least",
        "less",
        "most",
        "never",
        "nothing",
        "refused",
        "required",
        "steps",
        "term",
        "unit",
        "unlimited",
        "value",
        "year",
    ],
    case: Case::Snake,
};

/// Packages that the package's own installation needs, and a folder of it
const TAKEN: &[&str] = &["typescript", "node_modules"];

const TYPES: NameRule = NameRule {
    reserved: &[
        "Claim",
        "ClaimFields",
        "Column",
        "Field",
        "Fraction",
        "Grid",
        "Moment",
        "Value",
        "Map",
        "ReadonlyMap",
        "Set",
        "ReadonlySet",
        "Array",
        "ReadonlyArray",
        "Iterable",
        "Symbol",
        "BigInt",
        "Math",
        "JSON",
        "Record",
        "String",
        "Number",
        "Object",
        "Partial",
        "Readonly",
        "Exclude",
        "Error",
        "Named",
        "Payment",
    ],
    case: Case::Pascal,
};

const CONSTANTS: NameRule = NameRule {
    reserved: &[],
    case: Case::Constant,
};

macro_rules! runtime {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("runtime/", $name)))),*]
    };
}

/// In an order in which each needs only those before, as far as they do anything when they are loaded.
const CORE: [(&str, &str); 11] = runtime!(
    "reading.ts",
    "spelling.ts",
    "model.ts",
    "sharing.ts",
    "calendar.ts",
    "record.ts",
    "decisions.ts",
    "context.ts",
    "payments.ts",
    "assessment.ts",
    "settlement.ts"
);
/// Modules that a page does without.
const OUTER: [(&str, &str); 4] = runtime!("index.ts", "json.ts", "main.ts", "shown.ts");
const CASES: &str = include_str!("runtime/cases.test.ts");

/// Names that one package gives its parts.
struct Names {
    package: String,
    /// Field of each fact
    fields: Vec<String>,
    domains: Vec<DomainNames>,
}

#[derive(Default)]
struct DomainNames {
    /// The type of its ids
    kind: String,
    /// The list of its values
    values: String,
}

impl Names {
    fn of(program: &Program) -> Self {
        let mut fields = Renamer::new(FIELDS);
        let (mut types, mut constants) = (Renamer::new(TYPES), Renamer::new(CONSTANTS));
        let stem = package(&program.scheme.title_en, "scheme", &[FIELDS.reserved, TAKEN]);
        Names {
            package: stem.replace('_', "-"),
            fields: program.facts.iter().map(|fact| fields.name(&fact.id, "fact")).collect(),
            domains: program
                .domains
                .iter()
                .map(|domain| DomainNames {
                    kind: types.name(&domain.id, "Domain"),
                    values: constants.name(&domain.id, "domain") + "_VALUES",
                })
                .collect(),
        }
    }
    fn field(&self, fact: usize) -> &str {
        self.fields.get(fact).map_or("", String::as_str)
    }
    fn domain(&self, domain: usize) -> &DomainNames {
        const NONE: &DomainNames = &DomainNames {
            kind: String::new(),
            values: String::new(),
        };
        self.domains.get(domain).unwrap_or(NONE)
    }
}

pub(super) fn emit(input: &Input<'_>) -> Result<Vec<File>, Finding> {
    let names = Names::of(input.program);
    let mut files: Vec<File> = marked(input.program, &names)
        .into_iter()
        .chain(OUTER.map(|(name, text)| (name, text.to_owned())))
        .map(|(name, text)| File::new(format!("src/{name}"), written(&text, Form::TypeScript)))
        .collect();
    let package = include_str!("package.json").replace("PACKAGE", &names.package);
    files.push(File::new("package.json", package));
    files.push(File::new("test/cases.test.ts", written(CASES, Form::TypeScript)));
    files.push(File::new("test/cases.json", cases::json(input.program, input.cases())));
    files.push(File::new("tsconfig.json", include_str!("tsconfig.json")));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The evaluator of single claims as one plain JavaScript text that declares `readClaim`, `readInputs`, `assess` and what
/// they use.
pub fn script(program: &Program) -> String {
    let texts = marked(program, &Names::of(program));
    let single = texts.iter().filter(|(name, _)| *name != "settlement.ts");
    let texts: Vec<String> = single.map(|(_, text)| written(text, Form::Script)).collect();
    texts.join("\n")
}

/// All modules that are not about files, in an order in which a page can load them.
fn marked(program: &Program, names: &Names) -> Vec<(&'static str, String)> {
    let mut modules = Vec::new();
    for (name, text) in CORE {
        // What the scheme says must be there before what reads it, and after what it is read with.
        match name {
            "model.ts" => modules.push(("vocabulary.ts", vocabulary::vocabulary(program, names))),
            "sharing.ts" => {
                modules.push(("claim.ts", record::record(program, names)));
                modules.push(("scheme.ts", scheme::scheme(program, names)));
            }
            "assessment.ts" => modules.push(("rules.ts", rules::rules(program, names))),
            _ => {}
        }
        modules.push((name, text.to_owned()));
    }
    modules
}
