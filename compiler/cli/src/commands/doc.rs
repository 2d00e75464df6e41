//! `anlan doc`: the ids and names of the standard library.

use crate::arguments::ResultFormat;
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_compiler::stdlib::{self, LibraryFile};
use anlan_lang::diag::{Arg, Args, FileId, codes};
use anlan_lang::nearest::nearest;
use anlan_lang::texts::{self, Language};
use anlan_lang::tree::{Area, Domain, DomainValue, FactDeclaration, FactKind, Item, Name, Quoted, UnitDeclaration};
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Doc {
    #[arg(value_name = "DOMAIN")]
    pub domain: Option<String>,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Doc {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut library = Library::read();
        if let Some(name) = &self.domain {
            library.keep(name)?;
        }
        let text = match self.format {
            ResultFormat::Json => format!("{}\n", library.json()),
            ResultFormat::Human => library.human(session.lang, self.domain.is_none()),
        };
        session.print(&text)?;
        Ok(Outcome::Clean)
    }
}

/// The library by kind, in its own order; a domain with the file that declares it.
struct Library {
    domains: Vec<(&'static LibraryFile, Domain)>,
    facts: Vec<FactDeclaration>,
    areas: Vec<Area>,
    units: Vec<UnitDeclaration>,
}

impl Library {
    fn read() -> Self {
        let mut library = Library {
            domains: Vec::new(),
            facts: Vec::new(),
            areas: Vec::new(),
            units: Vec::new(),
        };
        for file in stdlib::FILES {
            for item in anlan_lang::parse(file.text, FileId(0)).tree.items {
                match item {
                    Item::Domain(domain) => library.domains.push((file, domain)),
                    Item::Fact(fact) => library.facts.push(fact),
                    Item::Area(area) => library.areas.push(area),
                    Item::Unit(unit) => library.units.push(unit),
                    Item::Scheme(_) | Item::Framework(_) | Item::Contract(_) => {}
                }
            }
        }
        library
    }

    /// Keeps one domain, by its id or name.
    fn keep(&mut self, name: &str) -> Result<(), Failure> {
        if self.domains.iter().any(|(_, domain)| is(domain, name)) {
            self.domains.retain(|(_, domain)| is(domain, name));
            return Ok(());
        }
        let known = self.domains.iter().flat_map(|(_, domain)| {
            let zh = domain.zh.as_ref().map(|zh| zh.text.as_str());
            [Some(domain.id.text.as_str()), zh].into_iter().flatten()
        });
        let failure = Failure::new(codes::X031).arg("name", name);
        Err(match nearest(name, known) {
            Some(near) => failure.arg("near", near).helped("near"),
            None => failure,
        })
    }

    fn json(&self) -> Value {
        let domains = self.domains.iter().map(|(file, domain)| {
            json!({
                "id": domain.id.text, "name": text(&domain.zh), "import": file.name,
                "default": domain.default.as_ref().map(|name| &name.text),
                "values": values(&domain.values),
            })
        });
        json!({
            "domains": domains.collect::<Vec<_>>(),
            "facts": self.facts.iter().map(|fact| json!({
                "id": fact.id.text, "name": text(&fact.zh), "type": self.kind(Language::En, &fact.kind),
            })).collect::<Vec<_>>(),
            "areas": self.areas.iter().map(|area| json!({
                "id": area.id.text, "name": text(&area.zh), "aliases": all(&area.aliases), "code": quoted(&area.code),
                "within": text(&area.within),
            })).collect::<Vec<_>>(),
            "units": self.units.iter().map(|unit| json!({
                "id": unit.id.text, "name": text(&unit.zh), "aliases": all(&unit.aliases),
            })).collect::<Vec<_>>(),
        })
    }

    /// The type of a fact in words; a domain by its id or name.
    fn kind(&self, lang: Language, kind: &FactKind) -> String {
        let id = match kind {
            FactKind::Money => "type-money",
            FactKind::Count => "type-count",
            FactKind::Ratio => "type-ratio",
            FactKind::Date => "type-date",
            FactKind::Text => "type-text",
            FactKind::YesNo => "type-yes-no",
            FactKind::Number { .. } => "type-number",
            FactKind::Inline(names) => return texts::list(lang, names.iter().map(|name| name.text.clone())),
            FactKind::Domain(name) => match self.domains.iter().find(|(_, domain)| is(domain, &name.text)) {
                Some((_, domain)) if lang == Language::En => return domain.id.text.clone(),
                Some((_, domain)) => return text(&domain.zh).unwrap_or(&domain.id.text).to_owned(),
                // Areas are no domain of their own.
                None => "type-area",
            },
        };
        texts::plain(lang, id)
    }

    fn human(&self, lang: Language, whole: bool) -> String {
        let mut page = Page {
            lang,
            text: String::new(),
        };
        if whole {
            page.heading("doc-facts");
            for fact in &self.facts {
                page.entry(1, &fact.id, &fact.zh, &[], None, Some(self.kind(lang, &fact.kind)));
            }
        }
        for (file, domain) in &self.domains {
            page.domain(file, domain);
        }
        if whole {
            page.heading("doc-areas");
            for area in &self.areas {
                page.entry(1, &area.id, &area.zh, &area.aliases, area.code.as_ref(), None);
            }
            page.heading("doc-units");
            for unit in &self.units {
                page.entry(1, &unit.id, &unit.zh, &unit.aliases, None, None);
            }
        }
        page.text
    }
}

/// Whether a domain is called so, by its id or its Chinese name.
fn is(domain: &Domain, name: &str) -> bool {
    domain.id.text == name || text(&domain.zh) == Some(name)
}
fn text(name: &Option<Name>) -> Option<&str> {
    name.as_ref().map(|name| name.text.as_str())
}
fn quoted(text: &Option<Quoted>) -> Option<&str> {
    text.as_ref().map(|text| text.text.as_str())
}
fn all(names: &[Name]) -> Vec<&str> {
    names.iter().map(|name| name.text.as_str()).collect()
}

fn values(list: &[DomainValue]) -> Vec<Value> {
    let one = |value: &DomainValue| {
        json!({
            "id": value.id.text, "name": text(&value.zh), "aliases": all(&value.aliases), "code": quoted(&value.code),
            "values": values(&value.children),
        })
    };
    list.iter().map(one).collect()
}

struct Page {
    lang: Language,
    text: String,
}

impl Page {
    fn heading(&mut self, id: &str) {
        self.line(&texts::plain(self.lang, id));
    }

    fn domain(&mut self, file: &LibraryFile, domain: &Domain) {
        let import = match self.lang {
            Language::Zh => file.zh.first().copied().unwrap_or(file.name),
            Language::En => file.name,
        };
        let args = Args::from([
            ("id", Arg::from(domain.id.text.as_str())),
            ("name", Arg::from(text(&domain.zh).unwrap_or(&domain.id.text))),
            ("import", Arg::from(import)),
        ]);
        self.line(&texts::text(
            self.lang,
            if file.core { "doc-domain-core" } else { "doc-domain" },
            &args,
        ));
        for value in &domain.values {
            self.value(1, value);
        }
    }

    fn value(&mut self, depth: usize, value: &DomainValue) {
        self.entry(depth, &value.id, &value.zh, &value.aliases, value.code.as_ref(), None);
        for child in &value.children {
            self.value(depth + 1, child);
        }
    }

    fn line(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// `  flood 洪涝（又称 洪灾、洪水；代码 010200）`
    fn entry(
        &mut self,
        depth: usize,
        id: &Name,
        zh: &Option<Name>,
        aliases: &[Name],
        code: Option<&Quoted>,
        kind: Option<String>,
    ) {
        let word = |id: &str, arg: Arg| texts::text(self.lang, id, &Args::from([("text", arg)]));
        let mut more: Vec<String> = kind.into_iter().collect();
        if !aliases.is_empty() {
            let names = aliases.iter().map(|name| name.text.clone()).collect::<Vec<_>>();
            more.push(word("doc-aliases", Arg::from(names)));
        }
        more.extend(code.map(|code| word("doc-code", Arg::from(code.text.as_str()))));
        let indent = "  ".repeat(depth);
        let name = zh.as_ref().map(|zh| format!(" {}", zh.text)).unwrap_or_default();
        let more = match (more.is_empty(), self.lang) {
            (true, _) => String::new(),
            (false, Language::Zh) => format!("（{}）", more.join("；")),
            (false, Language::En) => format!(" ({})", more.join("; ")),
        };
        self.text.push_str(&format!("{indent}{}{name}{more}\n", id.text));
    }
}
