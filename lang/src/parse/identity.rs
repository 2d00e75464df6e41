//! What a document is, who is concerned, where and when.

use super::cursor::{Failed, NOTES, Parser, Read, Starts};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::texts::Language;
use crate::tree::{
    Article, ClauseKind, Document, EventRule, ListEnding, Quantity, Quoted, SecondaryRule, Span, SumInsured, Term,
    YearKind,
};

const SUM_ITEMS: &[Keyword] = &[Keyword::Negotiated, Keyword::AtLeastBase, Keyword::SumAtMost];

impl Parser<'_> {
    pub fn identity_clause(&mut self, keyword: Keyword, start: Span) -> Read<ClauseKind> {
        Ok(match keyword {
            Keyword::Title => ClauseKind::Title {
                zh: self.quoted()?,
                en: self.quoted_after(Keyword::TitleEn)?,
            },
            Keyword::Document => ClauseKind::Document(self.document()?),
            Keyword::Repeals => ClauseKind::Repeals(self.quoted()?),
            Keyword::Under => ClauseKind::Under {
                document: self.quoted()?,
                included: !self.eat(Keyword::NotIncluded),
            },
            Keyword::Articles => ClauseKind::Articles(self.some_articles()?),
            Keyword::Prose => ClauseKind::Prose {
                articles: self.some_articles()?,
                included: !self.eat(Keyword::NotIncluded),
                reason: self.quoted()?,
            },
            Keyword::Territory => self.territory()?,
            Keyword::Policyholder => self.policyholder()?,
            Keyword::Body => {
                let name = self.name("expect-body")?;
                let aliases = self.names_after(Keyword::Alias, "expect-body")?;
                ClauseKind::Body { name, aliases }
            }
            Keyword::Term => ClauseKind::Term(self.term_of_insurance()?),
            Keyword::Year => self.year()?,
            Keyword::EventRule => ClauseKind::Event(self.event_rule(start)?),
            Keyword::Persons => self.persons()?,
            Keyword::Subject => {
                let items = self.name_list("expect-name")?;
                ClauseKind::Subject {
                    items,
                    ending: self.list_ending()?,
                }
            }
            Keyword::Beneficiary => ClauseKind::Beneficiary {
                bodies: self.name_list("expect-body")?,
                harms: self.names_after(Keyword::For, "expect-harm")?,
            },
            Keyword::Standard => ClauseKind::Standard {
                fact: self.name("expect-fact")?,
                text: self.quoted()?,
            },
            Keyword::Ambiguity => ClauseKind::Ambiguity {
                zh: self.quoted()?,
                en: self.quoted_after(Keyword::TitleEn)?,
            },
            Keyword::Secondary => ClauseKind::Secondary(self.secondary_rule()?),
            Keyword::AppliesTo => self.applies_to()?,
            _ => ClauseKind::SumInsured(Box::new(self.sum_insured(start)?)),
        })
    }

    fn quoted_after(&mut self, keyword: Keyword) -> Read<Option<Quoted>> {
        if self.eat(keyword) {
            self.quoted().map(Some)
        } else {
            Ok(None)
        }
    }

    /// Names after the keyword; none without it.
    pub fn names_after(&mut self, keyword: Keyword, what: &'static str) -> Read<Vec<crate::tree::Name>> {
        if self.eat(keyword) {
            self.name_list(what)
        } else {
            Ok(Vec::new())
        }
    }

    fn some_articles(&mut self) -> Read<Vec<Article>> {
        let articles = self.articles();
        if articles.is_empty() {
            return Err(self.expected("expect-article"));
        }
        // A comma may end the list.
        if self.kind() == TokenKind::Comma && self.peek(1).kind == TokenKind::Text {
            self.advance();
        }
        Ok(articles)
    }

    fn document(&mut self) -> Read<Document> {
        let numbered = !self.eat(Keyword::Unnumbered);
        let mut document = Document {
            number: self.quoted()?,
            numbered,
            issued: None,
            effective: None,
            valid_until: None,
            until_decision: None,
        };
        loop {
            let start = self.here();
            if self.eat(Keyword::Issued) {
                let date = self.date()?;
                self.fill(&mut document.issued, date, Keyword::Issued, start);
            } else if self.eat(Keyword::Effective) {
                let date = self.date()?;
                self.fill(&mut document.effective, date, Keyword::Effective, start);
            } else if self.eat(Keyword::ValidUntil) {
                let date = self.date()?;
                self.fill(&mut document.valid_until, date, Keyword::ValidUntil, start);
            } else if self.eat(Keyword::UntilDecided) {
                let name = self.name("expect-decision")?;
                self.fill(&mut document.until_decision, name, Keyword::UntilDecided, start);
            } else {
                return Ok(document);
            }
        }
    }

    /// Fills what may be said once; the first stays.
    pub fn fill<T>(&mut self, slot: &mut Option<T>, value: T, keyword: Keyword, start: Span) {
        if slot.is_some() {
            let again = self.since(start);
            self.repeated(keyword, again, again);
        } else {
            *slot = Some(value);
        }
    }

    fn territory(&mut self) -> Read<ClauseKind> {
        let areas = self.name_list("expect-area")?;
        let (mut except, mut including) = (Vec::new(), Vec::new());
        loop {
            if self.eat(Keyword::Except) {
                except.extend(self.name_list("expect-area")?);
            } else if self.eat(Keyword::Including) {
                including.extend(self.name_list("expect-area")?);
            } else {
                return Ok(ClauseKind::Territory {
                    areas,
                    except,
                    including,
                });
            }
        }
    }

    fn policyholder(&mut self) -> Read<ClauseKind> {
        let bodies = self.name_list("expect-body")?;
        let mut authorised_by = None;
        if self.eat(Keyword::AuthorisedBy) {
            authorised_by = Some(self.name("expect-body")?);
            self.eat(Keyword::AuthorisedEnd);
        }
        Ok(ClauseKind::Policyholder { bodies, authorised_by })
    }

    fn term_of_insurance(&mut self) -> Read<Term> {
        if self.eat(Keyword::PerPolicy) {
            return Ok(Term::Policy);
        }
        if self.eat(Keyword::ByContract) {
            return Ok(Term::Contract);
        }
        if self.kind() == TokenKind::Date {
            let first = self.date()?;
            if !self.eat(Keyword::To) {
                return Err(self.expected_keywords(&[Keyword::To]));
            }
            return Ok(Term::Range {
                first,
                last: self.date()?,
            });
        }
        let quantity = self.quantity()?;
        let mut start = None;
        let mut start_stated = self.eat(Keyword::FromContract);
        if !start_stated && self.eat(Keyword::From) {
            start = Some(self.date()?);
            start_stated = true;
        }
        let renewable = self.eat(Keyword::Renewable);
        if !start_stated && !renewable && self.goes_on() {
            return Err(self.expected_keywords(&[Keyword::From, Keyword::FromContract]));
        }
        Ok(Term::Length {
            quantity,
            start,
            start_stated,
            renewable,
        })
    }

    /// Something stands here that belongs to the clause being read: neither a note nor another clause.
    fn goes_on(&self) -> bool {
        let token = self.peek(0);
        let begins = match self.starts {
            Starts::Keywords(keywords) => self.which(keywords).is_some(),
            Starts::Lines(_) => false,
        };
        let belongs = matches!(
            token.kind,
            TokenKind::Word | TokenKind::Number | TokenKind::Date | TokenKind::QuotedName | TokenKind::Text
        );
        belongs && !token.first && !begins && self.which(NOTES).is_none()
    }

    fn year(&mut self) -> Read<ClauseKind> {
        let kind = if self.eat(Keyword::PolicyYear) {
            YearKind::Policy
        } else if self.eat(Keyword::CalendarYear) {
            YearKind::Calendar
        } else {
            return Err(self.expected_keywords(&[Keyword::PolicyYear, Keyword::CalendarYear]));
        };
        Ok(ClauseKind::Year {
            kind,
            of_event: self.eat(Keyword::OfEvent),
        })
    }

    fn event_rule(&mut self, start: Span) -> Read<EventRule> {
        if self.eat(Keyword::ByContract) {
            Ok(EventRule::Contract(self.since(start)))
        } else if self.eat(Keyword::AsRecorded) {
            Ok(EventRule::AsRecorded(self.since(start)))
        } else {
            Ok(EventRule::Hours(self.quantity()?))
        }
    }

    fn secondary_rule(&mut self) -> Read<SecondaryRule> {
        const RULES: &[(Keyword, SecondaryRule)] = &[
            (Keyword::ByOrigin, SecondaryRule::Origin),
            (Keyword::ByDirectCause, SecondaryRule::DirectCause),
            (Keyword::AsRegistered, SecondaryRule::AsRecorded),
        ];
        for (keyword, rule) in RULES {
            if self.eat(*keyword) {
                return Ok(*rule);
            }
        }
        Err(self.expected_keywords(&[Keyword::ByOrigin, Keyword::ByDirectCause, Keyword::AsRegistered]))
    }

    fn persons(&mut self) -> Read<ClauseKind> {
        // `灾害发生时在区域内的自然人` is one form of the first keyword.
        let form = self.text(self.peek(0).span);
        let whole = Keyword::NaturalPersons.form(Language::Zh);
        let at_loss_in_territory = self.eat(Keyword::InTerritoryAtLoss);
        let natural = self.eat(Keyword::NaturalPersons) || (at_loss_in_territory && form.ends_with(whole));
        let at_loss_in_territory = at_loss_in_territory || self.eat(Keyword::InTerritoryAtLoss);
        let mut classes = self.names_after(Keyword::Including, "expect-name")?;
        if classes.is_empty() && !(natural || at_loss_in_territory) {
            classes = self.name_list("expect-name")?;
        }
        Ok(ClauseKind::Persons {
            at_loss_in_territory,
            natural_persons: natural,
            classes,
            ending: self.list_ending()?,
        })
    }

    /// `等 [由 决定 X]`, `以上为限`, `共13种`
    pub fn list_ending(&mut self) -> Read<ListEnding> {
        let start = self.here();
        if self.eat(Keyword::Open) {
            let decision = if self.eat(Keyword::ByDecision) {
                Some(self.name("expect-decision")?)
            } else {
                None
            };
            return Ok(ListEnding::Open {
                decision,
                span: self.since(start),
            });
        }
        if self.eat(Keyword::Closed) {
            return Ok(ListEnding::Closed(self.since(start)));
        }
        Ok(self.counted()?.map_or(ListEnding::Unstated, ListEnding::Counted))
    }

    /// `共13种` / `counted 13`
    pub fn counted(&mut self) -> Read<Option<Quantity>> {
        if self.eat(Keyword::Counted) {
            self.quantity().map(Some)
        } else {
            Ok(None)
        }
    }

    fn applies_to(&mut self) -> Read<ClauseKind> {
        if self.eat(Keyword::EveryOf) {
            let level = self.name("expect-name")?;
            if !self.eat(Keyword::OfArea) {
                return Err(self.expected_keywords(&[Keyword::OfArea]));
            }
            return Ok(ClauseKind::AppliesTo {
                area: self.name("expect-area")?,
                level,
            });
        }
        let area = self.name("expect-area")?;
        if !self.eat(Keyword::EachOf) {
            return Err(self.expected_keywords(&[Keyword::EachOf]));
        }
        Ok(ClauseKind::AppliesTo {
            area,
            level: self.name("expect-name")?,
        })
    }

    fn sum_insured(&mut self, start: Span) -> Read<SumInsured> {
        let keys = self.keys()?;
        let by = if self.eat(Keyword::TableBy) {
            Some(self.name("expect-fact")?)
        } else {
            None
        };
        let mut sum = SumInsured {
            keys,
            by,
            bases: Vec::new(),
            negotiated: None,
            at_least_base: None,
            at_most: None,
            span: start,
        };
        self.block(Starts::Lines(&[]), |p| p.sum_item(&mut sum))?;
        sum.span = self.since(start);
        Ok(sum)
    }

    fn sum_item(&mut self, sum: &mut SumInsured) -> Read<()> {
        let start = self.here();
        let Some(keyword) = self.which(SUM_ITEMS) else {
            let name = self.name("expect-value")?;
            let amount = self.expr()?;
            let notes = self.notes(start)?;
            sum.bases.push((name, amount, notes));
            return Ok(());
        };
        self.eat(keyword);
        match keyword {
            Keyword::Negotiated => {
                let notes = self.notes(start)?;
                self.fill(&mut sum.negotiated, notes, keyword, start);
            }
            Keyword::AtLeastBase => {
                let notes = self.notes(start)?;
                self.fill(&mut sum.at_least_base, notes, keyword, start);
            }
            _ => {
                let most = self.expr()?;
                let refused = self.refused_above()?;
                let notes = self.notes(start)?;
                self.fill(&mut sum.at_most, (most, refused, notes), keyword, start);
            }
        }
        Ok(())
    }

    fn refused_above(&mut self) -> Result<bool, Failed> {
        if self.eat(Keyword::AboveRefused) {
            Ok(true)
        } else if self.eat(Keyword::AboveCapped) {
            Ok(false)
        } else {
            Err(self.expected_keywords(&[Keyword::AboveRefused, Keyword::AboveCapped]))
        }
    }
}
