//! Every clause form in both keyword languages: `samples/forms.zh.anlan` and `samples/forms.en.anlan` say the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use anlan_lang::diag::FileId;
use anlan_lang::fmt::format;
use anlan_lang::keywords::Keyword;
use anlan_lang::lines::Lines;
use anlan_lang::texts::{self, Language};
use anlan_lang::tree::{ClauseKind, Item};
use anlan_lang::{Parsed, parse};
use std::collections::BTreeSet;

const ZH: &str = include_str!("samples/forms.zh.anlan");
const EN: &str = include_str!("samples/forms.en.anlan");

fn clean(source: &str) -> Parsed {
    let parsed = parse(source, FileId(0));
    let lines = Lines::new(source);
    let found: Vec<String> = parsed
        .findings
        .iter()
        .map(|f| {
            let at = f.primary.map_or(0, |p| p.span.start);
            format!("{:?} {}", lines.place(source, at), texts::message(Language::En, f))
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
    parsed
}

#[test]
fn both_files_give_one_tree() {
    let (zh, en) = (clean(ZH).tree, clean(EN).tree);
    for (zh, en) in zh.items.iter().zip(&en.items) {
        if let (Item::Scheme(zh), Item::Scheme(en)) = (zh, en) {
            for (zh, en) in zh.clauses.iter().zip(&en.clauses) {
                assert_eq!(zh, en);
            }
        }
    }
    assert_eq!(zh, en);
}

/// A keyword that no sample writes would be untested in one language or the other.
#[test]
fn every_keyword_is_used_in_its_languages() {
    let used = |source: &str| -> BTreeSet<Keyword> { clean(source).tokens.iter().filter_map(|t| t.keyword).collect() };
    // Read, but printed in another form.
    let read_only = [
        Keyword::Of,
        Keyword::NaturalPersons,
        Keyword::AllCovers,
        Keyword::DaysInside,
    ];
    for (source, language) in [(ZH, Language::Zh), (EN, Language::En)] {
        let used = used(source);
        let missing: Vec<Keyword> = Keyword::ALL
            .iter()
            .copied()
            .filter(|k| !k.form(language).is_empty() && !used.contains(k) && !read_only.contains(k))
            .filter(|k| !same_form_used(*k, language, &used))
            .collect();
        assert_eq!(missing, [], "{language:?}");
    }
}

/// Two keywords of one form at the same place are one keyword to the reader (`赔案` is claim and claims).
fn same_form_used(keyword: Keyword, language: Language, used: &BTreeSet<Keyword>) -> bool {
    used.iter()
        .any(|other| *other != keyword && other.form(language) == keyword.form(language))
}

/// A clause kind that no sample holds would be unread and unprinted in the tests.
#[test]
fn every_clause_kind_is_used() {
    let mut kinds = BTreeSet::new();
    for item in clean(ZH).tree.items {
        if let Item::Scheme(body) | Item::Framework(body) | Item::Contract(body) = item {
            for clause in body.clauses {
                let name = format!("{:?}", clause.kind);
                kinds.insert(name.split(['(', ' ', '{']).next().unwrap_or_default().to_owned());
            }
        }
    }
    // Fails to compile when a kind is added, as a reminder to extend the samples and the number.
    let known = |kind: &ClauseKind| match kind {
        ClauseKind::Title { .. }
        | ClauseKind::Document(_)
        | ClauseKind::Repeals(_)
        | ClauseKind::Under { .. }
        | ClauseKind::Articles(_)
        | ClauseKind::Prose { .. }
        | ClauseKind::Territory { .. }
        | ClauseKind::Policyholder { .. }
        | ClauseKind::Body { .. }
        | ClauseKind::Term(_)
        | ClauseKind::Year { .. }
        | ClauseKind::Event(_)
        | ClauseKind::Persons { .. }
        | ClauseKind::Subject { .. }
        | ClauseKind::Beneficiary { .. }
        | ClauseKind::Standard { .. }
        | ClauseKind::Secondary(_)
        | ClauseKind::Ambiguity { .. }
        | ClauseKind::SumInsured(_)
        | ClauseKind::Fact(_)
        | ClauseKind::Parameter(_)
        | ClauseKind::Decision(_)
        | ClauseKind::Fund(_)
        | ClauseKind::Group(_)
        | ClauseKind::Extend(_)
        | ClauseKind::Alias { .. }
        | ClauseKind::EnglishName { .. }
        | ClauseKind::TreatAs { .. }
        | ClauseKind::Table(_)
        | ClauseKind::Schedule(_)
        | ClauseKind::SamePerson(_)
        | ClauseKind::Cover(_)
        | ClauseKind::Priority(_)
        | ClauseKind::Limit(_)
        | ClauseKind::Premium(_)
        | ClauseKind::Split(_)
        | ClauseKind::Coinsurance(_)
        | ClauseKind::Tower(_)
        | ClauseKind::Metric { .. }
        | ClauseKind::Covenant(_)
        | ClauseKind::Review(_)
        | ClauseKind::Duty(_)
        | ClauseKind::Forbids(_)
        | ClauseKind::Responsibility { .. }
        | ClauseKind::Subrogation(_)
        | ClauseKind::OtherInsurance(_)
        | ClauseKind::ContractPrevails(_)
        | ClauseKind::Supplement(_)
        | ClauseKind::Scope(_)
        | ClauseKind::Menu(_)
        | ClauseKind::Require(_)
        | ClauseKind::AppliesTo { .. }
        | ClauseKind::Set { .. }
        | ClauseKind::Example(_)
        | ClauseKind::Acknowledge(_) => true,
    };
    let _ = known;
    assert_eq!(kinds.len(), 55, "{kinds:?}");
}

#[test]
fn conversion_gives_the_other_file() {
    assert_eq!(format(ZH, Some(Language::En)).unwrap(), EN);
    let zh = format(ZH, Some(Language::Zh)).unwrap();
    assert_eq!(format(EN, Some(Language::Zh)).unwrap(), zh);
    assert_eq!(format(&zh, None).unwrap(), zh);
}

/// Every second keyword in the other language: files may mix them.
#[test]
fn mixed_keywords_give_the_same_tree() {
    let zh = format(ZH, Some(Language::Zh)).unwrap();
    let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), EN.lines().collect());
    let starts = |lines: &[&str]| -> Vec<usize> {
        (0..lines.len())
            .filter(|i| !lines[*i].starts_with(' ') && lines[*i].ends_with('{'))
            .collect()
    };
    let (from_zh, from_en) = (starts(&zh), starts(&en));
    let mut mixed = String::new();
    for (index, (z, e)) in from_zh.iter().zip(&from_en).enumerate() {
        let (lines, from, next) = match index % 2 {
            0 => (&zh, *z, from_zh.get(index + 1)),
            _ => (&en, *e, from_en.get(index + 1)),
        };
        mixed.push_str(&lines[from..next.copied().unwrap_or(lines.len())].join("\n"));
        mixed.push('\n');
    }
    let (mixed, whole) = (clean(&mixed).tree, clean(ZH).tree);
    let bodies = |items: Vec<Item>| {
        items
            .into_iter()
            .filter(|i| matches!(i, Item::Scheme(_) | Item::Framework(_)))
            .collect::<Vec<_>>()
    };
    assert_eq!(bodies(mixed.items), bodies(whole.items));
}
