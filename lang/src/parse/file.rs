//! Files and their top-level items.

use super::cursor::{Parser, Read, Starts};
use crate::keywords::Keyword;
use crate::texts::Language;
use crate::tree::{Body, File, Item, Name, Span, Spelling};

/// What may stand at the top of a file.
const ITEMS: &[Keyword] = &[
    Keyword::Scheme,
    Keyword::Framework,
    Keyword::Contract,
    Keyword::Use,
    Keyword::Domain,
    Keyword::Fact,
    Keyword::Unit,
    Keyword::Area,
];

impl Parser<'_> {
    pub fn file(&mut self) -> File {
        let mut file = File::default();
        self.starts = Starts::Keywords(ITEMS);
        self.items(self.starts, &mut |p: &mut Self| p.top_item(&mut file));
        file
    }

    fn top_item(&mut self, file: &mut File) -> Read<()> {
        let Some(keyword) = self.which(ITEMS) else {
            return Err(self.unexpected());
        };
        let start = self.here();
        self.eat(keyword);
        let item = match keyword {
            Keyword::Use => {
                let paths = self.list(|p| p.path("expect-file-name"))?;
                file.uses.extend(paths);
                return Ok(());
            }
            Keyword::Scheme | Keyword::Framework | Keyword::Contract => return self.body(keyword, start, file),
            Keyword::Domain => Item::Domain(self.domain(start)?),
            Keyword::Fact => Item::Fact(self.fact_declaration(start)?),
            Keyword::Unit => Item::Unit(self.unit_declaration(start)?),
            _ => Item::Area(self.area(start)?),
        };
        file.items.push(item);
        Ok(())
    }

    fn body(&mut self, keyword: Keyword, start: Span, file: &mut File) -> Read<()> {
        let head = self.since(start);
        let name = self.name("expect-name")?;
        let relations = self.relations(keyword)?;
        let mut body = Body {
            name,
            relations,
            clauses: Vec::new(),
            keywords: Spelling(match self.text(head).is_ascii() {
                true => Language::En,
                false => Language::Zh,
            }),
            span: start,
        };
        let clauses = self.clauses()?;
        // A head has no notes: an article or assumption belongs to a clause.
        if !self.opening.articles.is_empty() || !self.opening.assumptions.is_empty() {
            self.misplaced_notes();
        }
        body.clauses = clauses;
        body.span = self.since(start);
        file.items.push(match keyword {
            Keyword::Scheme => Item::Scheme(body),
            Keyword::Framework => Item::Framework(body),
            _ => Item::Contract(body),
        });
        Ok(())
    }

    fn relations(&mut self, keyword: Keyword) -> Read<Vec<Name>> {
        match keyword {
            Keyword::Scheme if self.eat(Keyword::ConformsTo) => self.name_list("expect-name"),
            Keyword::Contract => {
                if !self.eat(Keyword::Implements) {
                    return Err(self.expected_keywords(&[Keyword::Implements]));
                }
                Ok(vec![self.name("expect-name")?])
            }
            _ => Ok(Vec::new()),
        }
    }
}
