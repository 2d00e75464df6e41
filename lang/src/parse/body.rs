//! The clauses of a scheme, framework or contract: which keyword begins which.

use super::cursor::{Parser, Read, Starts};
use crate::diag::{Arg, codes};
use crate::keywords::Keyword;
use crate::tree::{Clause, ClauseKind, ScopeKind, Span};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::mem::take;

/// What begins a clause.
pub const CLAUSES: &[Keyword] = &[
    Keyword::Title,
    Keyword::Document,
    Keyword::Repeals,
    Keyword::Under,
    Keyword::Articles,
    Keyword::Prose,
    Keyword::Territory,
    Keyword::Policyholder,
    Keyword::Body,
    Keyword::Term,
    Keyword::Year,
    Keyword::EventRule,
    Keyword::Persons,
    Keyword::Subject,
    Keyword::Beneficiary,
    Keyword::Standard,
    Keyword::Secondary,
    Keyword::Ambiguity,
    Keyword::SumInsured,
    Keyword::Fact,
    Keyword::Parameter,
    Keyword::Decision,
    Keyword::Fund,
    Keyword::Group,
    Keyword::ExtendPeril,
    Keyword::Synonym,
    Keyword::EnglishName,
    Keyword::TreatAs,
    Keyword::Table,
    Keyword::Schedule,
    Keyword::SeveralInjuries,
    Keyword::Cover,
    Keyword::Priority,
    Keyword::Higher,
    Keyword::Stack,
    Keyword::Limit,
    Keyword::Premium,
    Keyword::Split,
    Keyword::Coinsurance,
    Keyword::Tower,
    Keyword::Metric,
    Keyword::Covenant,
    Keyword::Review,
    Keyword::Duty,
    Keyword::Forbids,
    Keyword::Responsibility,
    Keyword::Subrogation,
    Keyword::OtherInsurance,
    Keyword::ContractPrevails,
    Keyword::Supplement,
    Keyword::BasicScope,
    Keyword::ExtendedScope,
    Keyword::Menu,
    Keyword::Require,
    Keyword::AppliesTo,
    Keyword::Set,
    Keyword::Example,
    Keyword::Acknowledge,
];

/// Clauses that say one thing about the whole body.
const ONCE: &[Keyword] = &[
    Keyword::Title,
    Keyword::Document,
    Keyword::Articles,
    Keyword::Territory,
    Keyword::Policyholder,
    Keyword::Term,
    Keyword::Year,
    Keyword::EventRule,
    Keyword::Persons,
    Keyword::Subject,
    Keyword::Secondary,
    Keyword::SumInsured,
    Keyword::Premium,
    Keyword::Split,
    Keyword::Coinsurance,
    Keyword::Tower,
    Keyword::Subrogation,
    Keyword::OtherInsurance,
];

/// Clauses that give something a name: two of one name are reported as such.
const NAMED: &[Keyword] = &[
    Keyword::Body,
    Keyword::Fact,
    Keyword::Parameter,
    Keyword::Decision,
    Keyword::Fund,
    Keyword::Group,
    Keyword::Table,
    Keyword::Schedule,
    Keyword::Cover,
    Keyword::Limit,
    Keyword::Metric,
    Keyword::Ambiguity,
    Keyword::EnglishName,
];

impl Parser<'_> {
    /// `{ clause* }`
    pub fn clauses(&mut self) -> Read<Vec<Clause>> {
        // Clauses are large, and a body has many: moving them as the list grows would cost more than reading them.
        let mut clauses = Vec::with_capacity(self.lines_of_block());
        // Of clauses that stand once
        let mut seen: Vec<(Keyword, Span)> = Vec::new();
        let mut written: FxHashMap<&str, Span> = FxHashMap::default();
        self.block(Starts::Keywords(CLAUSES), |p| {
            let start = p.here();
            let Some(keyword) = p.which(CLAUSES) else {
                clauses.push(p.same_person_clause(start)?);
                return Ok(());
            };
            p.eat(keyword);
            p.owner = Some(keyword);
            let span = p.since(start);
            let once = ONCE.contains(&keyword);
            match seen.iter().find(|(known, _)| *known == keyword) {
                Some((_, first)) => p.repeated(keyword, *first, span),
                None if once => seen.push((keyword, span)),
                None => {}
            }
            let kind = p.clause_kind(keyword, start)?;
            let text = p.text(p.since(start));
            match written.entry(text) {
                // Two of one name are told apart from what else may stand twice.
                Entry::Occupied(first) if !once && !NAMED.contains(&keyword) => {
                    p.repeated(keyword, *first.get(), span);
                }
                Entry::Occupied(_) => {}
                Entry::Vacant(new) => {
                    new.insert(span);
                }
            }
            p.ambiguous_again(&clauses, &kind);
            clauses.push(p.clause(kind, start)?);
            Ok(())
        })?;
        clauses.shrink_to_fit();
        Ok(clauses)
    }

    /// The same words cannot be read in two ways at once.
    fn ambiguous_again(&mut self, before: &[Clause], kind: &ClauseKind) {
        let ClauseKind::Ambiguity { zh: again, .. } = kind else {
            return;
        };
        let first = before.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Ambiguity { zh, .. } if zh.text == again.text => Some(zh.span),
            _ => None,
        });
        if let Some(first) = first {
            self.repeated(Keyword::Ambiguity, first, again.span);
        }
    }

    fn clause(&mut self, kind: ClauseKind, start: Span) -> Read<Clause> {
        let span = self.since(start);
        let notes = self.notes(start)?;
        Ok(Clause { kind, notes, span })
    }

    /// `死亡 扣除 已付 残疾` begins with a harm, not with a keyword.
    fn same_person_clause(&mut self, start: Span) -> Read<Clause> {
        match self.less_paid()? {
            Some(rule) => self.clause(ClauseKind::SamePerson(rule), start),
            None => Err(self.unexpected()),
        }
    }

    /// Notes at the head of a body, which has none.
    pub fn misplaced_notes(&mut self) {
        let notes = take(&mut self.opening);
        let articles = notes.articles.iter().map(|a| a.span);
        let first = articles
            .chain(notes.assumptions.iter().map(|a| a.span))
            .next()
            .unwrap_or(notes.span);
        let found = format!("“{}”", self.text(first));
        let finding = self.finding(codes::S002, first).arg("found", found);
        let allowed = CLAUSES
            .iter()
            .take(12)
            .map(|k| super::report::keyword_arg(*k))
            .collect();
        self.report(finding.arg("allowed", Arg::List(allowed)));
    }

    fn clause_kind(&mut self, keyword: Keyword, start: Span) -> Read<ClauseKind> {
        match keyword {
            Keyword::Title
            | Keyword::Document
            | Keyword::Repeals
            | Keyword::Under
            | Keyword::Articles
            | Keyword::Prose
            | Keyword::Territory
            | Keyword::Policyholder
            | Keyword::Body
            | Keyword::Term
            | Keyword::Year
            | Keyword::EventRule
            | Keyword::Persons
            | Keyword::Subject
            | Keyword::Beneficiary
            | Keyword::Standard
            | Keyword::Secondary
            | Keyword::Ambiguity
            | Keyword::SumInsured
            | Keyword::AppliesTo => self.identity_clause(keyword, start),
            Keyword::Fact
            | Keyword::Parameter
            | Keyword::Decision
            | Keyword::Fund
            | Keyword::Group
            | Keyword::ExtendPeril
            | Keyword::Synonym
            | Keyword::EnglishName
            | Keyword::TreatAs => self.vocabulary_clause(keyword, start),
            Keyword::Table
            | Keyword::Schedule
            | Keyword::SeveralInjuries
            | Keyword::Cover
            | Keyword::Priority
            | Keyword::Higher
            | Keyword::Stack
            | Keyword::Limit => self.benefit_clause(keyword, start),
            Keyword::BasicScope => Ok(ClauseKind::Scope(Box::new(self.scope(ScopeKind::Basic, start)?))),
            Keyword::ExtendedScope => Ok(ClauseKind::Scope(Box::new(self.scope(ScopeKind::Extended, start)?))),
            Keyword::Menu => Ok(ClauseKind::Menu(self.scope_kind()?)),
            Keyword::Require => Ok(ClauseKind::Require(Box::new(self.requirement(start)?))),
            Keyword::Set => self.set_clause(),
            Keyword::Example => Ok(ClauseKind::Example(self.example(start)?)),
            Keyword::Acknowledge => Ok(ClauseKind::Acknowledge(self.acknowledge(start)?)),
            _ => self.money_clause(keyword, start),
        }
    }

    fn benefit_clause(&mut self, keyword: Keyword, start: Span) -> Read<ClauseKind> {
        Ok(match keyword {
            Keyword::Table => ClauseKind::Table(Box::new(self.table(start)?)),
            Keyword::Schedule => ClauseKind::Schedule(self.schedule(start)?),
            Keyword::SeveralInjuries => ClauseKind::SamePerson(self.several_injuries()?),
            Keyword::Cover => ClauseKind::Cover(Box::new(self.cover(start)?)),
            Keyword::Limit => ClauseKind::Limit(Box::new(self.limit(start)?)),
            other => ClauseKind::Priority(self.priority(other)?),
        })
    }

    fn money_clause(&mut self, keyword: Keyword, start: Span) -> Read<ClauseKind> {
        Ok(match keyword {
            Keyword::Premium => ClauseKind::Premium(Box::new(self.premium(start)?)),
            Keyword::Split => ClauseKind::Split(Box::new(self.split(start)?)),
            Keyword::Coinsurance => ClauseKind::Coinsurance(Box::new(self.coinsurance(start)?)),
            Keyword::Tower => ClauseKind::Tower(Box::new(self.tower(start)?)),
            _ => return self.duty_clause(keyword, start),
        })
    }
}
