#![allow(clippy::unwrap_used)]
use anlan_compiler::plan::lower::lower;
use anlan_compiler::project::*;
use anlan_compiler::resolve::*;
use anlan_compiler::summarise::{self, SummaryInput};
use anlan_lang::texts::{self, Language};
use std::sync::Arc;

#[test]
fn zz() {
    let base = anlan_tests::workspace().join("policies");
    let mut sources = vec![];
    for e in std::fs::read_dir(&base).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() {
            for f in std::fs::read_dir(&p).unwrap() {
                let f = f.unwrap().path();
                if f.extension().is_some_and(|x| x == "anlan") {
                    sources.push(Source {
                        path: f.strip_prefix(&base).unwrap().to_str().unwrap().to_owned(),
                        text: std::fs::read_to_string(&f).unwrap(),
                    });
                }
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let project = Project::new(sources, Settings::default());
    let parsed = parse_project(&project);
    for f in &parsed.findings {
        println!("P {} {}", f.code.0, texts::message(Language::Zh, f));
    }
    let (linker, fs) = Linker::new(&project, &parsed);
    for f in &fs {
        println!("L {} {}", f.code.0, texts::message(Language::Zh, f));
    }
    let mut built = Built::new();
    let out = std::env::var("ZZ").unwrap_or("/tmp/zz".into());
    std::fs::create_dir_all(&out).unwrap();
    for kind in [BodyKind::Framework, BodyKind::Scheme] {
        for b in linker.bodies(kind) {
            let (scope, fs) = linker.scope(b, &built).unwrap();
            for f in &fs {
                println!("S {} {}", f.code.0, texts::message(Language::Zh, f));
            }
            let scope = Arc::new(scope);
            built.insert(b, scope.clone());
            let l = lower(&scope, None);
            for f in &l.findings {
                println!("W {} {}", f.code.0, texts::message(Language::Zh, f));
            }
            let status = anlan_compiler::analyse::conformity(&l.plan);
            for lang in Language::ALL {
                let t = summarise::markdown(
                    &l.plan,
                    &SummaryInput {
                        subject: if kind == BodyKind::Framework {
                            summarise::Subject::Framework
                        } else {
                            summarise::Subject::Scheme
                        },
                        findings: &[],
                        conformity: &status,
                        hash: "h",
                    },
                    lang,
                );
                std::fs::write(format!("{out}/{}.{}.md", scope.name(), lang.id()), t).unwrap();
            }
        }
    }
}
