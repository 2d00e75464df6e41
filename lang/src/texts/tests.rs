//! The catalogue holds the same texts in both languages, and exactly those of the registered codes.
#![allow(clippy::unwrap_used, clippy::panic)] // tests

use super::*;
use crate::diag::{Code, codes};
use fluent_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

/// Id or `id.attribute` → the arguments that it reads.
type Catalogue = BTreeMap<String, BTreeSet<String>>;

fn catalogue(lang: Language) -> Catalogue {
    let mut all = Catalogue::new();
    for (family, source) in sources(lang) {
        let resource = fluent_syntax::parser::parse(*source)
            .unwrap_or_else(|(_, errors)| panic!("{}/{family}.ftl: {errors:?}", lang.id()));
        for entry in resource.body {
            if let ast::Entry::Message(message) = entry {
                let id = message.id.name;
                let mut add = |name: String, pattern: &ast::Pattern<&str>| {
                    let mut read = BTreeSet::new();
                    arguments(pattern, &mut read);
                    assert!(
                        all.insert(name.clone(), read).is_none(),
                        "{}: {name} stands twice",
                        lang.id()
                    );
                };
                add(
                    id.to_owned(),
                    message.value.as_ref().unwrap_or_else(|| panic!("{id} has no text")),
                );
                for attribute in &message.attributes {
                    add(format!("{id}.{}", attribute.id.name), &attribute.value);
                }
            }
        }
    }
    all
}

fn arguments(pattern: &ast::Pattern<&str>, read: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_arguments(expression, read);
        }
    }
}

fn expression_arguments(expression: &ast::Expression<&str>, read: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Select { selector, variants } => {
            inline_arguments(selector, read);
            variants.iter().for_each(|v| arguments(&v.value, read));
        }
        ast::Expression::Inline(inline) => inline_arguments(inline, read),
    }
}

fn inline_arguments(inline: &ast::InlineExpression<&str>, read: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            read.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => expression_arguments(expression, read),
        _ => {}
    }
}

#[test]
fn both_languages_hold_the_same_texts() {
    let (zh, en) = (catalogue(Language::Zh), catalogue(Language::En));
    let keys = |c: &Catalogue| c.keys().cloned().collect::<BTreeSet<_>>();
    let missing = |a: &Catalogue, b: &Catalogue| keys(a).difference(&keys(b)).cloned().collect::<Vec<_>>();
    assert_eq!(missing(&zh, &en), Vec::<String>::new(), "in zh but not in en");
    assert_eq!(missing(&en, &zh), Vec::<String>::new(), "in en but not in zh");
}

#[test]
fn both_languages_read_the_same_arguments() {
    let en = catalogue(Language::En);
    let differing: Vec<_> = catalogue(Language::Zh)
        .into_iter()
        .filter_map(|(id, read)| {
            // A count that English needs for its plural alone may be left out of the Chinese text, never the reverse.
            let other = en.get(&id)?;
            (!read.is_subset(other)).then(|| format!("{id}: zh {read:?}, en {other:?}"))
        })
        .collect();
    assert_eq!(differing, Vec::<String>::new());
}

#[test]
fn every_code_has_its_text_and_every_text_its_code() {
    let codes: BTreeSet<&str> = codes::ALL.iter().map(|(Code(code), _)| *code).collect();
    let is_code = |id: &str| {
        let (letter, digits) = id.split_at(1);
        id.len() == 4 && letter.chars().all(|c| c.is_ascii_uppercase()) && digits.chars().all(|c| c.is_ascii_digit())
    };
    for lang in Language::ALL {
        let texts: BTreeSet<String> = catalogue(lang).into_keys().filter(|id| is_code(id)).collect();
        let texts: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(codes, texts, "{}: registered codes and codes with a text", lang.id());
    }
}

#[test]
fn arguments_are_worded_in_the_language() {
    let args = [Arg::Money(3_000_000), Arg::from("甲"), Arg::Count(1_200)];
    assert_eq!(word(Language::Zh, &Arg::List(args.to_vec())), "3万元、甲、1200");
    assert_eq!(
        word(Language::En, &Arg::List(args.to_vec())),
        "30,000 yuan, 甲 and 1,200"
    );
    assert_eq!(plain(Language::Zh, "no-such-text"), "no-such-text");
    assert_eq!(attribute(Language::En, "S001", "no-such-attribute", &Args::new()), None);
}

#[test]
fn an_outline_leaves_arguments_open() {
    assert_eq!(outline(Language::Zh, "X012"), "无法写入 …：…");
    assert_eq!(outline(Language::En, "X010"), "cannot find …");
    // A plural takes its general form.
    assert_eq!(
        outline(Language::En, "X024"),
        "the scheme “…” has … errors and cannot run"
    );
}
