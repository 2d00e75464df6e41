//! What no evaluator reads: identity, provisions, assumptions, articles.

use super::context::{Lowering, same};
use super::notes;
use super::order::{self, ArticleKey};
use super::schedule::LoweredSchedule;
use crate::plan::{
    Acknowledged, ArticleStatus, Assumption, CoverId, DocumentInfo, Group, Header, Names, Part, PerilWord, Persons,
    Schedule, Source, Statement, Territory,
};
use crate::resolve::{Scope, id};
use anlan_lang::tree::{self, Article, Clause, ClauseKind, Name, Notes};
use std::collections::BTreeMap;

impl Lowering<'_> {
    pub fn header(&mut self) -> Header {
        let scope = self.scope;
        let mut title = None;
        let mut document = None;
        for clause in scope.clauses() {
            match &clause.kind {
                ClauseKind::Title { zh, en } if title.is_none() => {
                    title = Some(Names {
                        zh: zh.text.clone(),
                        en: en.as_ref().unwrap_or(zh).text.clone(),
                    });
                }
                ClauseKind::Document(written) if document.is_none() => {
                    document = Some(self.document(scope, clause, written));
                }
                _ => {}
            }
        }
        Header {
            id: scope.name().to_owned(),
            title: title.unwrap_or_else(|| same(scope.name())),
            document,
            frameworks: scope.frameworks().iter().map(|f| f.name().to_owned()).collect(),
            contract: self.contract.map(|contract| contract.name().to_owned()),
        }
    }

    fn document(&mut self, scope: &Scope, clause: &Clause, document: &tree::Document) -> DocumentInfo {
        let source = self.clause_source(scope, clause);
        for (part, date) in [
            (Part::Start, &document.issued),
            (Part::Effective, &document.effective),
            (Part::End, &document.valid_until),
        ] {
            if let Some((_, span)) = date {
                self.part(&source, part, scope, *span);
            }
        }
        let day = |date: &Option<(tree::Date, tree::Span)>| date.map(|(date, _)| date);
        DocumentInfo {
            number: document.number.text.clone(),
            numbered: document.numbered,
            issued: day(&document.issued),
            effective: day(&document.effective),
            valid_until: day(&document.valid_until),
            until_decision: document
                .until_decision
                .as_ref()
                .and_then(|name| self.decision_ids.get(&name.text).copied()),
            source,
        }
    }

    pub fn statement(&mut self, schedules: &[LoweredSchedule], users: &[Vec<CoverId>]) -> Statement {
        let mut statement = Statement {
            sum_insured: self.sum_insured(),
            groups: self.groups(),
            tables: self.tables(),
            schedules: printed(schedules, users),
            treat_as: self.treat_as(),
            acknowledged: self.acknowledged(),
            assumptions: self.assumptions(),
            articles: self.articles(),
            examples: self.examples(),
            requirements: self.requirements(),
            established_by: self.established_by(),
            scopes: self.stated_scopes(),
            english: self.english(),
            ..Statement::default()
        };
        let scope = self.scope;
        for clause in in_order(scope) {
            self.who_and_where(scope, clause, &mut statement);
            self.provision(scope, clause, &mut statement);
        }
        statement
    }

    /// English names; those of the scheme go before its frameworks', a contract's before its scheme's.
    fn english(&self) -> BTreeMap<String, String> {
        let scope = self.scope;
        let scopes = self.contract.into_iter().chain([scope]);
        let scopes = scopes.chain(scope.frameworks().iter().map(AsRef::as_ref));
        let mut found = BTreeMap::new();
        for clause in scopes.flat_map(Scope::clauses) {
            if let ClauseKind::EnglishName { name, english } = &clause.kind {
                found.entry(name.text.clone()).or_insert_with(|| english.text.clone());
            }
        }
        found
    }

    fn who_and_where(&mut self, scope: &Scope, clause: &Clause, statement: &mut Statement) {
        match &clause.kind {
            ClauseKind::Territory {
                areas,
                except,
                including,
            } => {
                statement.territory = Some(Territory {
                    areas: area_names(scope, areas),
                    except: area_names(scope, except),
                    including: area_names(scope, including),
                    source: self.clause_source(scope, clause),
                });
            }
            ClauseKind::Policyholder { bodies, authorised_by } => {
                statement.policyholders.extend(self.bodies(scope, bodies));
                if let Some(body) = authorised_by {
                    statement.authorised_by = Some(scope.body_name(&body.text).to_owned());
                }
                statement.policyholder_source = self.clause_source(scope, clause);
            }
            ClauseKind::Body { name, aliases } => {
                let mut aliases: Vec<String> = aliases.iter().map(|alias| alias.text.clone()).collect();
                aliases.sort_unstable();
                let source = self.clause_source(scope, clause);
                statement.bodies.push((name.text.clone(), aliases, source));
            }
            ClauseKind::Persons {
                at_loss_in_territory,
                classes,
                ending,
                ..
            } => {
                let source = self.clause_source(scope, clause);
                statement.persons = Some(Persons {
                    at_loss_in_territory: *at_loss_in_territory,
                    classes: match self.fact_named(id::ROLE) {
                        Some(role) => self.value_words(role, classes),
                        None => classes.iter().map(|name| same(&name.text)).collect(),
                    },
                    ending: self.ending(scope, ending),
                    source,
                });
            }
            ClauseKind::Subject { items, ending } => {
                let items = items.iter().map(|name| name.text.clone()).collect();
                let source = self.clause_source(scope, clause);
                statement.subject = Some((items, self.ending(scope, ending), source));
            }
            ClauseKind::Beneficiary { bodies, harms } => {
                let source = self.clause_source(scope, clause);
                statement
                    .beneficiaries
                    .push((self.bodies(scope, bodies), scope.harms(harms), source));
            }
            ClauseKind::Standard { fact, text } => {
                if let Some(fact) = self.fact_named(&fact.text) {
                    let source = self.clause_source(scope, clause);
                    statement.standards.push((fact, text.text.clone(), source));
                }
            }
            ClauseKind::Secondary(rule) => {
                statement.secondary = Some((*rule, self.clause_source(scope, clause)));
            }
            ClauseKind::Term(tree::Term::Length { renewable, .. }) => statement.renewable |= renewable,
            ClauseKind::AppliesTo { area, level } => {
                let source = self.clause_source(scope, clause);
                let area = area_name(scope, area);
                statement.applies_to = Some((area, level.text.clone(), source));
            }
            _ => {}
        }
    }

    fn provision(&mut self, scope: &Scope, clause: &Clause, statement: &mut Statement) {
        match &clause.kind {
            ClauseKind::Repeals(text) => {
                let source = self.clause_source(scope, clause);
                statement.repeals.push((text.text.clone(), source));
            }
            ClauseKind::Under { document, included } => {
                let source = self.clause_source(scope, clause);
                statement.under.push((document.text.clone(), *included, source));
            }
            ClauseKind::Responsibility { what, by } => {
                let source = self.clause_source(scope, clause);
                let by = self.bodies(scope, by);
                statement.responsibilities.push((what.text.clone(), by, source));
            }
            ClauseKind::Duty(duty) => {
                let source = self.clause_source(scope, clause);
                let duty = self.duty(scope, duty, &clause.notes, source);
                statement.duties.push(duty);
            }
            ClauseKind::Review(review) => {
                let source = self.clause_source(scope, clause);
                statement.reviews.extend(self.review(scope, review, source));
            }
            ClauseKind::Forbids(text) => {
                let source = self.clause_source(scope, clause);
                statement.forbids.push((text.text.clone(), source));
            }
            ClauseKind::Supplement(text) => {
                let source = self.clause_source(scope, clause);
                statement.supplements.push((text.text.clone(), source));
            }
            ClauseKind::OtherInsurance(rules) => {
                let source = self.clause_source(scope, clause);
                let rules = rules.iter().map(|(kind, rule)| (*kind, *rule, source.clone()));
                statement.other_insurance.extend(rules);
            }
            ClauseKind::Subrogation(subrogation) => {
                statement.subrogation = Some(self.subrogation(scope, subrogation, &clause.notes));
            }
            ClauseKind::ContractPrevails(items) => {
                let source = self.clause_source(scope, clause);
                let items = items.iter().map(|item| (*item, source.clone()));
                statement.contract_prevails.extend(items);
            }
            _ => {}
        }
    }

    fn groups(&mut self) -> Vec<Group> {
        let scope = self.scope;
        let found = Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Group(group) => Some((&group.name, group)),
            _ => None,
        });
        let mut groups = Vec::with_capacity(found.len());
        for (clause, group) in found {
            let source = self.clause_source(scope, clause);
            self.part(&source, Part::Name, scope, group.name.span);
            let members: Vec<PerilWord> = group
                .members
                .iter()
                .map(|peril| self.peril_word(scope, peril))
                .collect();
            let decision = match &group.ending {
                tree::ListEnding::Open {
                    decision: Some(name), ..
                } => self.decision_ids.get(&name.text).copied(),
                _ => None,
            };
            match &group.ending {
                tree::ListEnding::Counted(quantity) => self.part(&source, Part::Ending, scope, quantity.span),
                tree::ListEnding::Open { span, .. } | tree::ListEnding::Closed(span) => {
                    self.part(&source, Part::Ending, scope, *span);
                }
                tree::ListEnding::Unstated => {}
            }
            groups.push(Group {
                name: group.name.text.clone(),
                members,
                ending: self.ending(scope, &group.ending),
                decision,
                kept_by: group.kept_by.as_ref().map(|kept| (kept.law.text.clone(), kept.as_of)),
                source,
            });
        }
        groups
    }

    // ── what stands beside the rules ──

    fn assumptions(&mut self) -> Vec<Assumption> {
        let (scheme, contract) = (self.scope, self.contract);
        let mut found = Vec::new();
        for scope in std::iter::once(scheme).chain(contract) {
            for clause in scope.clauses() {
                let assumed = |notes: &Notes| !notes.assumptions.is_empty();
                let found_here = notes::noted(clause, assumed);
                if found_here.is_empty() {
                    continue;
                }
                let cited = notes::cited(clause);
                for noted in found_here {
                    for assumption in &noted.notes.assumptions {
                        let own: Vec<&str> = noted.notes.articles.iter().map(|a| a.text.as_str()).collect();
                        let cited = if own.is_empty() { cited.clone() } else { own };
                        let source = self.cited_source(scope, assumption.span, cited);
                        found.push(Assumption {
                            about: noted.about.clone(),
                            reason: assumption.reason.text.clone(),
                            source,
                        });
                    }
                }
            }
        }
        found.sort_by_cached_key(|assumption| {
            let cited = assumption.source.articles.iter().map(String::as_str);
            (order::concept(cited, &assumption.about.zh), assumption.reason.clone())
        });
        found
    }

    fn acknowledged(&mut self) -> Vec<Acknowledged> {
        let (scheme, contract) = (self.scope, self.contract);
        let mut found = Vec::new();
        for scope in std::iter::once(scheme).chain(contract) {
            for clause in scope.clauses() {
                if let ClauseKind::Acknowledge(acknowledge) = &clause.kind {
                    found.push(Acknowledged {
                        code: acknowledge.code.text.clone(),
                        about: acknowledge.about.as_ref().map(|name| name.text.clone()),
                        reason: acknowledge.reason.text.clone(),
                        source: self.clause_source(scope, clause),
                    });
                }
            }
        }
        found.sort_by(|a, b| (&a.code, &a.about, &a.reason).cmp(&(&b.code, &b.about, &b.reason)));
        found
    }

    /// Each article of the document's list, or each that is cited where there is no list.
    fn articles(&mut self) -> Vec<ArticleStatus> {
        let scope = self.scope;
        let mut listed: Vec<&Article> = Vec::new();
        let mut cited: Vec<&str> = Vec::new();
        let mut prose: BTreeMap<&str, &str> = BTreeMap::new();
        for clause in scope.clauses() {
            match &clause.kind {
                ClauseKind::Articles(articles) => listed.extend(articles),
                ClauseKind::Prose { articles, reason, .. } => {
                    prose.extend(
                        articles
                            .iter()
                            .map(|article| (article.text.as_str(), reason.text.as_str())),
                    );
                }
                kind if !kind.encodes() => {}
                _ => cited.extend(
                    notes::all(clause)
                        .into_iter()
                        .flat_map(|notes| notes.articles.iter().map(|a| a.text.as_str())),
                ),
            }
        }
        let mut all: Vec<&str> = if listed.is_empty() {
            cited.iter().copied().chain(prose.keys().copied()).collect()
        } else {
            listed.iter().map(|article| article.text.as_str()).collect()
        };
        all.sort_by_cached_key(|article| (ArticleKey::new(article), *article));
        all.dedup();
        let keys: Vec<ArticleKey> = cited.iter().map(|article| ArticleKey::new(article)).collect();
        all.into_iter()
            .map(|article| {
                let key = ArticleKey::new(article);
                ArticleStatus {
                    article: article.to_owned(),
                    encoded: keys.iter().any(|cited| cited.is_within(&key)),
                    prose: prose.get(article).map(|reason| (*reason).to_owned()),
                }
            })
            .collect()
    }

    fn established_by(&mut self) -> Vec<(crate::plan::FactId, String, Source)> {
        let scope = self.scope;
        let mut found = Vec::new();
        for clause in scope.clauses() {
            if let ClauseKind::Fact(declaration) = &clause.kind
                && let Some(by) = &declaration.by
                && let Some(fact) = scope.fact_named(&declaration.id.text)
            {
                let source = self.clause_source(scope, clause);
                found.push((fact, scope.body_name(&by.text).to_owned(), source));
            }
        }
        found.sort_by_key(|(fact, _, _)| *fact);
        found
    }
}

/// Provisions in the order of concepts. English names and examples, which are many, are none.
fn in_order(scope: &Scope) -> Vec<&Clause> {
    let provision = |clause: &&Clause| !matches!(clause.kind, ClauseKind::EnglishName { .. } | ClauseKind::Example(_));
    let mut clauses: Vec<&Clause> = scope.clauses().iter().filter(provision).collect();
    clauses.sort_by_cached_key(|clause| {
        let concept = order::concept(notes::cited(clause), &notes::head(&clause.kind).zh);
        (concept, nameless(&clause.kind))
    });
    clauses
}

/// The text of a provision that has no name to be ordered by.
fn nameless(kind: &ClauseKind) -> Option<&str> {
    match kind {
        ClauseKind::Repeals(text) | ClauseKind::Forbids(text) | ClauseKind::Supplement(text) => Some(&text.text),
        ClauseKind::Under { document, .. } => Some(&document.text),
        _ => None,
    }
}

fn area_names(scope: &Scope, names: &[Name]) -> Vec<Names> {
    names.iter().map(|name| area_name(scope, name)).collect()
}

/// The area as the document names it, and in English.
fn area_name(scope: &Scope, name: &Name) -> Names {
    let known = scope.areas().find(&name.text).and_then(|id| scope.areas().get(id));
    match known {
        Some(area) if area.names.en != name.text => Names {
            zh: name.text.clone(),
            en: area.names.en.clone(),
        },
        Some(area) => area.names.clone(),
        None => same(&name.text),
    }
}

fn printed(schedules: &[LoweredSchedule], users: &[Vec<CoverId>]) -> Vec<Schedule> {
    schedules
        .iter()
        .zip(users)
        .map(|(schedule, users)| Schedule {
            covers: users.clone(),
            ..schedule.printed()
        })
        .collect()
}

/// How binding the notes say a provision is.
pub fn modality(notes: &Notes) -> tree::Modality {
    notes.modality.unwrap_or(tree::Modality::Must)
}
