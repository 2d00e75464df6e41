//! Premium, splits, coinsurance, towers, metrics, covenants and reviews.

use super::*;
use anlan_lang::tree::{Coinsurance, Premium, PremiumBase, Tower};

impl<'a> Walker<'a, '_> {
    pub(super) fn money(&mut self, site: Site<'a>, clause: &'a ClauseKind) {
        match clause {
            ClauseKind::Premium(premium) => self.premium(site, premium),
            ClauseKind::Split(split) => self.split(site, split),
            ClauseKind::Coinsurance(coinsurance) => self.coinsurance(site, coinsurance),
            ClauseKind::Tower(tower) => self.tower(site, tower),
            ClauseKind::Metric { value, .. } => self.expr(site, value, Wanted::Figure),
            ClauseKind::Covenant(covenant) => {
                self.keys(site, &covenant.keys);
                self.expr(site, &covenant.value, Wanted::Figure);
            }
            ClauseKind::Review(review) => {
                self.visitor.quantity(site, &review.every, Wanted::Period);
                self.names(site, &review.by, Reference::Body);
                self.names(site, &review.decision, Reference::Decision);
            }
            _ => {}
        }
    }
    fn premium(&mut self, site: Site<'a>, premium: &'a Premium) {
        for (rate, notes) in &premium.rates {
            self.expr(site.with(notes), rate, Wanted::Rate);
        }
        for (base, notes) in &premium.bases {
            self.premium_base(site.with(notes), base);
        }
        if let Some((total, _, notes)) = &premium.total {
            self.expr(site.with(notes), total, Wanted::YearlyMoney);
        }
        for (payer, share, notes) in &premium.payers {
            self.name(site.with(notes), payer, Reference::Body);
            self.expr(site.with(notes), share, Wanted::Share);
        }
    }
    fn premium_base(&mut self, site: Site<'a>, base: &'a PremiumBase) {
        self.names(site, &base.unit, Reference::Unit);
        if let Some((quantity, _)) = &base.stated {
            let households = |name: &Name| {
                let unit = self.scope.units().find(&name.text);
                unit.is_some_and(|unit| unit.dimension == crate::types::Dimension::Households)
            };
            let counts = base.unit.as_ref().or(quantity.unit.as_ref().map(|unit| &unit.head));
            let wanted = if counts.is_some_and(households) {
                Wanted::Households
            } else {
                Wanted::Persons
            };
            self.visitor.quantity(site, quantity, wanted);
        }
    }
    fn split(&mut self, site: Site<'a>, split: &'a Split) {
        self.name(site, &split.by, Reference::Fact);
        let by = self.scope.fact_named(&split.by.text);
        self.names(site, &split.payers, Reference::Body);
        for row in &split.rows {
            let site = site.with(&row.notes);
            if let Some(by) = by {
                self.values_of_fact(site, by, &row.regions);
            }
            for share in row.shares.iter().flatten() {
                self.expr(site, share, Wanted::Share);
            }
        }
        for (payer, unit, _, notes) in &split.rounds {
            self.name(site.with(notes), payer, Reference::Payer(split));
            self.visitor.quantity(site.with(notes), unit, Wanted::RoundTo);
        }
        if let Some((payer, notes)) = &split.remainder {
            self.name(site.with(notes), payer, Reference::Payer(split));
        }
        for (decision, shares, notes) in &split.overrides {
            self.name(site.with(notes), decision, Reference::Decision);
            for (payer, share) in shares {
                self.name(site.with(notes), payer, Reference::Payer(split));
                self.expr(site.with(notes), share, Wanted::Share);
            }
        }
    }
    fn coinsurance(&mut self, site: Site<'a>, coinsurance: &'a Coinsurance) {
        for insurer in &coinsurance.insurers {
            let site = site.with(&insurer.notes);
            self.name(site, &insurer.name, Reference::Body);
            if let Some(share) = &insurer.share {
                self.expr(site, share, Wanted::Share);
            }
        }
        if let Some((share, notes)) = &coinsurance.lead_at_least {
            self.expr(site.with(notes), share, Wanted::Share);
        }
    }
    fn tower(&mut self, site: Site<'a>, tower: &'a Tower) {
        self.keys(site, &tower.keys);
        if let Some(total) = &tower.total {
            self.expr(site, total, Wanted::Money(Scale::Aggregate));
        }
        for layer in &tower.layers {
            self.expr(site.with(&layer.notes), &layer.up_to, Wanted::Money(Scale::Aggregate));
        }
        if let Some((shortfall, notes)) = &tower.shortfall {
            self.names(site.with(notes), &shortfall.decision, Reference::Decision);
        }
    }
}
