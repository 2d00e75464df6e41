//! Scopes and requirements of a framework.

use super::cursor::{Parser, Read, Starts};
use crate::keywords::Keyword;
use crate::tree::{Name, Property, Requirement, Scope, ScopeKind, Span};

const SCOPE: &[Keyword] = &[Keyword::Perils, Keyword::Harms, Keyword::Role];

impl Parser<'_> {
    pub fn scope(&mut self, kind: ScopeKind, start: Span) -> Read<Scope> {
        let mut scope = Scope {
            kind,
            perils: None,
            harms: None,
            roles: None,
            span: start,
        };
        self.block(Starts::Keywords(SCOPE), |p| {
            let start = p.here();
            if p.eat(Keyword::Perils) {
                let perils = p.perils()?;
                let ending = p.list_ending()?;
                let notes = p.notes(start)?;
                p.fill(&mut scope.perils, (perils, ending, notes), Keyword::Perils, start);
            } else if p.eat(Keyword::Harms) {
                let harms = p.name_list("expect-harm")?;
                let ending = p.list_ending()?;
                let notes = p.notes(start)?;
                p.fill(&mut scope.harms, (harms, ending, notes), Keyword::Harms, start);
            } else if p.eat(Keyword::Role) {
                let roles = p.name_list("expect-value")?;
                let ending = p.list_ending()?;
                let notes = p.notes(start)?;
                p.fill(&mut scope.roles, (roles, ending, notes), Keyword::Role, start);
            } else {
                return Err(p.unexpected());
            }
            Ok(())
        })?;
        scope.span = self.since(start);
        Ok(scope)
    }

    pub fn scope_kind(&mut self) -> Read<ScopeKind> {
        if self.eat(Keyword::BasicScope) {
            Ok(ScopeKind::Basic)
        } else if self.eat(Keyword::ExtendedScope) {
            Ok(ScopeKind::Extended)
        } else {
            Err(self.expected_keywords(&[Keyword::BasicScope, Keyword::ExtendedScope]))
        }
    }

    pub fn requirement(&mut self, start: Span) -> Read<Requirement> {
        let property = self.property(start)?;
        let scope = if self.eat(Keyword::For) {
            Some(self.scope_kind()?)
        } else {
            None
        };
        Ok(Requirement {
            property,
            scope,
            span: self.since(start),
        })
    }

    fn property(&mut self, start: Span) -> Read<Property> {
        if self.at_text() {
            return Ok(Property::Words(self.quoted()?));
        }
        if self.eat(Keyword::PremiumPaidBy) {
            return Ok(Property::PremiumPaidBy(self.required_names()?));
        }
        if self.eat(Keyword::Policyholder) {
            return Ok(Property::Policyholder(self.required_names()?));
        }
        if self.eat(Keyword::Persons) {
            return Ok(Property::Persons(self.required_names()?));
        }
        if self.eat(Keyword::Duty) {
            return Ok(Property::Duty(self.duty(start)?));
        }
        self.amount_property()
    }

    fn required_names(&mut self) -> Read<Vec<Name>> {
        self.name_list("expect-body")
    }

    /// `每人每次灾害 可获赔付 [之 医疗] >= 10万元`, `limit per event >= 3000万元`: keys stand before or after the word.
    fn amount_property(&mut self) -> Read<Property> {
        let mut keys = self.keys()?;
        let payable = self.eat(Keyword::Payable);
        if !payable && !self.eat(Keyword::Limit) {
            let all = [
                Keyword::Payable,
                Keyword::Limit,
                Keyword::PremiumPaidBy,
                Keyword::Policyholder,
                Keyword::Persons,
                Keyword::Duty,
            ];
            return Err(self.expected_keywords(&all));
        }
        keys.extend(self.keys()?);
        let harm = if payable && self.eat(Keyword::OfHarm) {
            Some(self.name("expect-harm")?)
        } else {
            None
        };
        let compare = self.required_comparison()?;
        let value = self.expr()?;
        Ok(match payable {
            true => Property::Payable {
                keys,
                harm,
                compare,
                value,
            },
            false => Property::LimitTotal { keys, compare, value },
        })
    }
}
