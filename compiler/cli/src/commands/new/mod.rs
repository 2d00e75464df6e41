//! `anlan new`: a folder with a commented template that checks with questions only, and whose examples pass.

use crate::failure::Failure;
use crate::load::{self, MANIFEST};
use crate::session::{Outcome, Session};
use anlan_compiler::project::Settings;
use anlan_lang::diag::{Arg, FileId, codes};
use anlan_lang::nearest::nearest;
use anlan_lang::texts::Language;
use anlan_lang::tree::Item;
use std::fs;
use std::path::{Path, PathBuf};

const TEMPLATE_ZH: &str = include_str!("template.zh.anlan");
const TEMPLATE_EN: &str = include_str!("template.en.anlan");
const MANIFEST_ZH: &str = include_str!("anlan.zh.toml");
const MANIFEST_EN: &str = include_str!("anlan.en.toml");
/// Stands in the templates for the scheme's name.
const NAME: &str = "示例县巨灾保险";

#[derive(Debug, clap::Args)]
pub struct New {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "NAME")]
    pub framework: Option<String>,
}

impl New {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        if !is_name(&self.name) {
            return Err(Failure::new(codes::X033).arg("name", self.name));
        }
        let folder = PathBuf::from(&self.name);
        if folder.exists() {
            return Err(Failure::new(codes::X032).path(&folder));
        }
        // Inside a project the scheme joins it.
        let project = load::project_folder(Path::new("."))?;
        let framework = match &self.framework {
            Some(name) => Some((name.as_str(), import_of(name, project.as_deref())?)),
            None => None,
        };
        let (template, manifest) = match session.lang {
            Language::Zh => (TEMPLATE_ZH, MANIFEST_ZH),
            Language::En => (TEMPLATE_EN, MANIFEST_EN),
        };
        let text = filled(session.lang, template, &self.name, framework.as_ref());
        fs::create_dir(&folder).map_err(|error| Failure::unwritable(&folder, &error))?;
        write(&folder.join("scheme.anlan"), &text)?;
        if project.is_none() {
            write(&folder.join(MANIFEST), manifest)?;
        }
        for id in ["new-made", "new-next"] {
            let line = session.text(id, [("path", Arg::from(self.name.as_str()))]);
            session.line(&line)?;
        }
        Ok(Outcome::Clean)
    }
}

/// Whether a file can name a scheme so without quotes, and a folder be called so.
fn is_name(text: &str) -> bool {
    let source = format!("方案 {text} {{\n}}\n");
    let tree = anlan_lang::parse(&source, FileId(0)).tree;
    matches!(tree.items.as_slice(), [Item::Scheme(body)] if body.name.text == text)
        && !text.contains(['/', '\\', '"', '“', '”'])
}

/// The template with its name, and with the framework and its import.
fn filled(lang: Language, template: &str, name: &str, framework: Option<&(&str, String)>) -> String {
    let text = template.replace(NAME, name);
    let Some((framework, import)) = framework else {
        return text;
    };
    let (head, uses, conforms) = match lang {
        Language::Zh => (format!("方案 {name} {{"), "引用 ", "遵循"),
        Language::En => (format!("scheme {name} {{"), "use ", "conforms to"),
    };
    text.replacen(uses, &format!("{uses}{import}, "), 1).replacen(
        &head,
        &head.replace('{', &format!("{conforms} {framework} {{")),
        1,
    )
}

/// The dotted name of the project's file that holds the framework.
fn import_of(framework: &str, project: Option<&Path>) -> Result<String, Failure> {
    let mut names = Vec::new();
    if let Some(root) = project {
        for loaded in load::projects(&[root.to_owned()])?
            .iter()
            .filter(|loaded| loaded.root == root)
        {
            for (file, source) in loaded.named.iter().zip(loaded.project.sources()) {
                for item in anlan_lang::parse(&source.text, *file).tree.items {
                    match item {
                        Item::Framework(body) if body.name.text == framework => {
                            return Ok(dotted(&source.path, loaded.project.settings()));
                        }
                        Item::Framework(body) => names.push(body.name.text),
                        _ => {}
                    }
                }
            }
        }
    }
    let failure = Failure::new(codes::X036).arg("name", framework);
    Err(match nearest(framework, names.iter().map(String::as_str)) {
        Some(near) => failure.arg("near", near).helped("near"),
        None => failure,
    })
}

/// `schemes/a/b.anlan` under the root `schemes` is `a.b`.
fn dotted(path: &str, settings: &Settings) -> String {
    let below = |root: &String| match root.as_str() {
        "" => Some(path),
        root => path.strip_prefix(root)?.strip_prefix('/'),
    };
    let path = settings.roots.iter().find_map(below).unwrap_or(path);
    path.strip_suffix(".anlan").unwrap_or(path).replace('/', ".")
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::unwritable(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_the_language_takes() {
        for name in ["云阳县巨灾保险", "yunyang_2025", "甲"] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "",
            "2025年",
            "a b",
            "../a",
            "a/b",
            "「甲」",
            "甲 {",
            "甲, 乙",
            "甲遵循 乙",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn a_framework_is_imported_and_conformed_to() {
        for (lang, template, line) in [
            (Language::Zh, TEMPLATE_ZH, "方案 甲 遵循 乙 {"),
            (Language::En, TEMPLATE_EN, "scheme 甲 conforms to 乙 {"),
        ] {
            let text = filled(lang, template, "甲", Some(&("乙", "x.y".to_owned())));
            assert!(text.lines().any(|l| l == line), "{text}");
            assert!(!text.contains(NAME));
            let tree = anlan_lang::parse(&text, FileId(0)).tree;
            assert!(tree.uses.iter().any(|path| path.parts.len() == 2), "{:?}", tree.uses);
        }
    }

    #[test]
    fn imports_are_named_from_the_roots() {
        let settings = |roots: &[&str]| Settings {
            roots: roots.iter().map(|root| (*root).to_owned()).collect(),
            ..Settings::default()
        };
        assert_eq!(dotted("a/b.anlan", &settings(&[])), "a.b");
        assert_eq!(dotted("s/a/b.anlan", &settings(&["t", "s"])), "a.b");
        assert_eq!(dotted("s/a/b.anlan", &settings(&["", "s"])), "s.a.b");
    }
}
