//! Premium, its split, coinsurance and the tower.

use super::context::Lowering;
use super::contract::Prevails;
use crate::money::Ratio;
use crate::plan::{
    Coinsurance, Insurer, Layer, Part, Premium, PremiumBase, Rate, RateBase, Rounding, Shortfall, Source, Split,
    SplitOverride, SplitRow, StatedTotal, Tower, ValueId,
};
use crate::resolve::Scope;
use crate::types::{self, Dimension};
use anlan_lang::diag::codes;
use anlan_lang::tree::{self, Clause, ClauseKind, Expr, Name, Notes, Overridable, RoundMode};

fn clause_of<'s, T: 's>(
    scope: &'s Scope,
    pick: impl Fn(&'s ClauseKind) -> Option<&'s T>,
) -> Option<(&'s Clause, &'s T)> {
    scope
        .clauses()
        .iter()
        .find_map(|clause| pick(&clause.kind).map(|node| (clause, node)))
}

fn insurers_of(kind: &ClauseKind) -> Option<&tree::Coinsurance> {
    match kind {
        ClauseKind::Coinsurance(coinsurance) => Some(coinsurance),
        _ => None,
    }
}

fn premium_in(kind: &ClauseKind) -> Option<&tree::Premium> {
    match kind {
        ClauseKind::Premium(premium) => Some(premium),
        _ => None,
    }
}

impl Lowering<'_> {
    // ── premium ──

    /// The premium of the scheme, and over it what the contract sets.
    pub fn premium(&mut self) -> Option<Premium> {
        let own = clause_of(self.scope, premium_in);
        let scheme = self.scope;
        let mut premium = own.map(|(clause, node)| self.premium_of(scheme, clause, node));
        let Some(contract) = self.contract else {
            return premium;
        };
        let Some((clause, node)) = clause_of(contract, premium_in) else {
            return premium;
        };
        let left = premium.as_ref().is_some_and(|p| p.by_contract.is_some());
        if self.may_set(
            contract,
            clause,
            left,
            Prevails(Overridable::Premium),
            own.map(|(c, _)| c.span),
        ) {
            let agreed = self.premium_of(contract, clause, node);
            premium = Some(match premium {
                Some(premium) => merged(premium, agreed),
                None => agreed,
            });
        }
        premium
    }

    fn premium_of(&mut self, scope: &Scope, clause: &Clause, premium: &tree::Premium) -> Premium {
        let source = self.clause_source(scope, clause);
        let bases: Vec<PremiumBase> = premium
            .bases
            .iter()
            .filter_map(|(base, notes)| self.base(scope, premium, base, notes, &source))
            .collect();
        let mut rates: Vec<Rate> = Vec::new();
        for (expr, notes) in &premium.rates {
            rates.extend(self.rate(scope, expr, notes, &bases, &source));
        }
        // A sum has no order.
        rates.sort_by_key(|rate| rate.per != RateBase::Persons);
        let total = premium.total.as_ref().and_then(|(expr, planned, notes)| {
            self.part(&source, Part::Total, scope, expr.span());
            Some(StatedTotal {
                amount: self.same_for_all(scope, expr)?,
                planned: *planned,
                source: self.source_within(scope, expr.span(), notes, &source),
            })
        });
        let payers = premium
            .payers
            .iter()
            .filter_map(|(name, share, _)| {
                Some((scope.body_name(&name.text).to_owned(), self.exact_ratio(scope, share)?))
            })
            .collect();
        Premium {
            rates,
            by_contract: premium
                .rate_by_contract
                .as_ref()
                .map(|(names, _)| names.iter().map(|name| name.text.clone()).collect()),
            bases,
            total,
            payers,
            due: premium.due.as_ref().map(|(text, _)| text.text.clone()),
            source,
        }
    }

    fn rate(
        &mut self,
        scope: &Scope,
        expr: &Expr,
        notes: &Notes,
        bases: &[PremiumBase],
        holder: &Source,
    ) -> Option<Rate> {
        let written = match expr {
            Expr::Quantity(quantity) => types::rate(scope.units(), quantity)
                .ok()?
                .per
                .iter()
                .find_map(|(_, dimension)| rate_base(dimension)),
            _ => None,
        };
        let per = written.or_else(|| only_base(bases));
        let Some(per) = per else {
            let finding = self.finding(codes::U312, expr.span());
            self.find(finding);
            return None;
        };
        Some(Rate {
            amount: self.same_for_all(scope, expr)?,
            per,
            source: self.source_within(scope, expr.span(), notes, holder),
        })
    }

    fn base(
        &mut self,
        scope: &Scope,
        premium: &tree::Premium,
        base: &tree::PremiumBase,
        notes: &Notes,
        holder: &Source,
    ) -> Option<PremiumBase> {
        let units = scope.units();
        let dimension = |name: &Name| units.find(&name.text).and_then(|unit| rate_base(&unit.dimension));
        let stated = base.stated.as_ref().map(|(quantity, _)| quantity);
        let counts = base
            .unit
            .as_ref()
            .and_then(dimension)
            .or_else(|| stated?.unit.as_ref().and_then(|unit| dimension(&unit.head)))
            .or_else(|| only_rate(scope, premium));
        let Some(counts) = counts else {
            let finding = self.finding(codes::U312, base.span);
            self.find(finding);
            return None;
        };
        Some(PremiumBase {
            kind: base.kind.text.clone(),
            counts,
            lag: base.lag,
            stated: stated.and_then(|quantity| types::count(units, quantity, None).ok()),
            stated_year: base.stated.as_ref().and_then(|(_, year)| *year),
            source: self.source_within(scope, base.span, notes, holder),
        })
    }

    // ── split ──

    pub fn split(&mut self) -> Option<Split> {
        let scope = self.scope;
        let (clause, split) = clause_of(scope, |kind| match kind {
            ClauseKind::Split(split) => Some(split),
            _ => None,
        })?;
        let by = self.key_fact(&split.by)?;
        let source = self.clause_source(scope, clause);
        let mut rows: Vec<SplitRow> = split
            .rows
            .iter()
            .map(|row| {
                let mut regions: Vec<ValueId> = row
                    .regions
                    .iter()
                    .filter_map(|name| scope.value_of(by, &name.text))
                    .collect();
                regions.sort_unstable();
                SplitRow {
                    regions,
                    shares: self.shares(scope, &row.shares),
                    source: self.source_within(scope, row.span, &row.notes, &source),
                }
            })
            .collect();
        rows.sort_by(|a, b| a.regions.cmp(&b.regions));
        let position = |name: &Name| split.payers.iter().position(|payer| payer.text == name.text);
        let rounds = split
            .rounds
            .iter()
            .filter_map(|(payer, unit, mode, notes)| {
                Some(Rounding {
                    payer: u32::try_from(position(payer)?).ok()?,
                    unit: types::money(scope.units(), unit).ok()?,
                    mode: mode.unwrap_or(RoundMode::HalfUp),
                    source: self.source_within(scope, payer.span.to(unit.span), notes, &source),
                })
            })
            .collect();
        if let Some((payer, _)) = &split.remainder {
            self.part(&source, Part::Remainder, scope, payer.span);
        }
        Some(Split {
            id: split.name.text.clone(),
            by,
            payers: split.payers.iter().map(|name| name.text.clone()).collect(),
            rows,
            rounds,
            remainder: split
                .remainder
                .as_ref()
                .and_then(|(payer, _)| u32::try_from(position(payer)?).ok()),
            overrides: self.overrides(scope, split, &source),
            source,
        })
    }

    fn shares(&mut self, scope: &Scope, cells: &[Option<Expr>]) -> Vec<Ratio> {
        cells
            .iter()
            .map(|cell| match cell {
                Some(expr) => self.exact_ratio(scope, expr).unwrap_or(Ratio::ZERO),
                None => Ratio::ZERO,
            })
            .collect()
    }

    fn overrides(&mut self, scope: &Scope, split: &tree::Split, holder: &Source) -> Vec<SplitOverride> {
        let mut overrides = Vec::new();
        for (name, shares, notes) in &split.overrides {
            let Some(&decision) = self.decision_ids.get(&name.text) else {
                continue;
            };
            let shares = split
                .payers
                .iter()
                .map(|payer| {
                    let share = shares.iter().find(|(name, _)| name.text == payer.text);
                    share
                        .and_then(|(_, expr)| self.exact_ratio(scope, expr))
                        .unwrap_or(Ratio::ZERO)
                })
                .collect();
            overrides.push(SplitOverride {
                decision,
                shares,
                source: self.source_within(scope, name.span, notes, holder),
            });
        }
        overrides
    }

    // ── coinsurance ──

    /// The insurers of the scheme, with the shares that the contract sets.
    pub fn coinsurance(&mut self) -> Option<Coinsurance> {
        let scheme = self.scope;
        let own = clause_of(scheme, insurers_of);
        let coinsurance = own.map(|(clause, node)| self.coinsurance_of(scheme, clause, node));
        let Some((contract, (clause, node))) = self.contract.and_then(|c| Some((c, clause_of(c, insurers_of)?))) else {
            return coinsurance;
        };
        let left = coinsurance
            .as_ref()
            .is_some_and(|c| c.by_contract || c.insurers.iter().any(|insurer| insurer.share.is_none()));
        let prevails = Prevails(Overridable::Coinsurance);
        if !self.may_set(contract, clause, left, prevails, own.map(|(c, _)| c.span)) {
            return coinsurance;
        }
        let agreed = self.coinsurance_of(contract, clause, node);
        let Some(mut own) = coinsurance else {
            return Some(agreed);
        };
        let full = own.count.map_or(!own.insurers.is_empty(), |(_, most)| {
            own.insurers.len() >= most as usize
        });
        for insurer in agreed.insurers {
            match own.insurers.iter_mut().find(|known| known.id == insurer.id) {
                Some(known) => {
                    known.share = insurer.share.or(known.share);
                    known.source = insurer.source;
                }
                None if !full || self.prevails(Overridable::Coinsurance) => own.insurers.push(insurer),
                None => {
                    let finding = anlan_lang::diag::Finding::new(codes::V308, self.places.of(&insurer.source))
                        .arg("insurer", insurer.id);
                    let finding = match self.places.of(&own.source) {
                        Some(place) => finding.label(place, "scheme"),
                        None => finding,
                    };
                    self.find(finding);
                }
            }
        }
        own.insurers.sort_by_key(|insurer| !insurer.lead);
        Some(own)
    }

    fn coinsurance_of(&mut self, scope: &Scope, clause: &Clause, coinsurance: &tree::Coinsurance) -> Coinsurance {
        let source = self.clause_source(scope, clause);
        let mut insurers: Vec<Insurer> = Vec::with_capacity(coinsurance.insurers.len());
        for insurer in &coinsurance.insurers {
            insurers.push(Insurer {
                id: scope.body_name(&insurer.name.text).to_owned(),
                lead: insurer.lead,
                share: insurer.share.as_ref().and_then(|share| self.exact_ratio(scope, share)),
                source: self.source_within(scope, insurer.span, &insurer.notes, &source),
            });
        }
        insurers.sort_by_key(|insurer| !insurer.lead);
        let whole = |value: &rust_decimal::Decimal| u32::try_from(*value).ok();
        if let Some((share, _)) = &coinsurance.lead_at_least {
            self.part(&source, Part::AtLeast, scope, share.span());
        }
        Coinsurance {
            insurers,
            count: coinsurance
                .count
                .as_ref()
                .and_then(|(least, most, _)| Some((whole(least)?, whole(most)?))),
            lead_at_least: coinsurance
                .lead_at_least
                .as_ref()
                .and_then(|(share, _)| self.exact_ratio(scope, share)),
            by_contract: coinsurance.by_contract.is_some(),
            source,
        }
    }

    // ── tower ──

    pub fn tower(&mut self) -> Option<Tower> {
        let scope = self.scope;
        let (clause, tower) = clause_of(scope, |kind| match kind {
            ClauseKind::Tower(tower) => Some(tower),
            _ => None,
        })?;
        let source = self.clause_source(scope, clause);
        let keys = self.schedule_keys(scope, &tower.keys);
        let keys = self.group_keys(&keys, &source)?;
        let total = tower.total.as_ref().and_then(|total| {
            self.part(&source, Part::Total, scope, total.span());
            self.same_for_all(scope, total)
        });
        let mut layers = Vec::with_capacity(tower.layers.len());
        for layer in &tower.layers {
            let Some(up_to) = self.same_for_all(scope, &layer.up_to) else {
                continue;
            };
            layers.push(Layer {
                id: layer.name.text.clone(),
                up_to,
                coinsured: layer.coinsured,
                source: self.source_within(scope, layer.span, &layer.notes, &source),
            });
        }
        let shortfall = tower.shortfall.as_ref().map(|(shortfall, notes)| Shortfall {
            decision: shortfall
                .decision
                .as_ref()
                .and_then(|name| self.decision_ids.get(&name.text).copied()),
            source: self.source_within(scope, shortfall.span, notes, &source),
        });
        Some(Tower {
            keys,
            total,
            layers,
            shortfall,
            source,
        })
    }
}

fn rate_base(dimension: &Dimension) -> Option<RateBase> {
    match dimension {
        Dimension::Persons => Some(RateBase::Persons),
        Dimension::Households => Some(RateBase::Households),
        _ => None,
    }
}

/// The one thing that all bases count.
fn only_base(bases: &[PremiumBase]) -> Option<RateBase> {
    let first = bases.first()?.counts;
    bases.iter().all(|base| base.counts == first).then_some(first)
}

/// The one thing that all rates are for.
fn only_rate(scope: &Scope, premium: &tree::Premium) -> Option<RateBase> {
    let mut found = premium.rates.iter().filter_map(|(expr, _)| match expr {
        Expr::Quantity(quantity) => types::rate(scope.units(), quantity)
            .ok()?
            .per
            .iter()
            .find_map(|(_, dimension)| rate_base(dimension)),
        _ => None,
    });
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// What the contract says stands for what the scheme says, part by part.
fn merged(scheme: Premium, contract: Premium) -> Premium {
    Premium {
        by_contract: if contract.rates.is_empty() {
            scheme.by_contract
        } else {
            None
        },
        rates: if contract.rates.is_empty() {
            scheme.rates
        } else {
            contract.rates
        },
        bases: if contract.bases.is_empty() {
            scheme.bases
        } else {
            contract.bases
        },
        total: contract.total.or(scheme.total),
        payers: if contract.payers.is_empty() {
            scheme.payers
        } else {
            contract.payers
        },
        due: contract.due.or(scheme.due),
        source: contract.source,
    }
}
