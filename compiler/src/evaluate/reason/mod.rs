//! Why a claim gets nothing, in the terms of the scheme.

mod condition;
mod zero;

use super::evaluator::{Evaluator, Stop};
use super::model::{Reason, Record, Wording};
use crate::plan::{Cover, CoverId, FactId, ValueId};
use anlan_lang::diag::Arg;

/// How far a cover got with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Got {
    /// The peril is not one of its perils.
    Nowhere,
    /// The role is not one of its roles.
    ToRole,
    /// It applies, but has nothing for the harm.
    ToHarm,
    /// The condition fails.
    ToCondition,
}

impl Evaluator<'_> {
    /// No cover applies: the reason given by the cover that came closest, the first of several.
    pub(crate) fn no_cover(&self, record: &Record, harm: ValueId) -> Result<Reason, Stop> {
        let mut best: Option<(Got, CoverId)> = None;
        for (i, cover) in self.plan.covers.iter().enumerate() {
            let id = CoverId::from(i);
            let got = self.got(record, cover, id, harm)?;
            if best.is_none_or(|(before, _)| got > before) {
                best = Some((got, id));
            }
        }
        let near = best.and_then(|(got, id)| Some((got, self.plan.covers.get(id.index())?)));
        Ok(match near {
            Some((Got::ToCondition, cover)) => self.condition_reason(record, cover)?,
            Some((Got::ToHarm, cover)) => self.harm_reason(cover, harm),
            Some((Got::ToRole, cover)) => self.role_reason(record, cover),
            _ => self.peril_reason(record),
        })
    }

    /// A cover that pays for any peril says nothing about this one unless its role holds, and one without a benefit
    /// for the harm is no nearer than to that.
    fn got(&self, record: &Record, cover: &Cover, id: CoverId, harm: ValueId) -> Result<Got, Stop> {
        if self.holds(cover.perils, record)? == Some(false) {
            return Ok(Got::Nowhere);
        }
        if self.holds(cover.roles, record)? == Some(false) {
            return Ok(if cover.any_peril { Got::Nowhere } else { Got::ToRole });
        }
        if self.benefit(id, harm).is_none() {
            return Ok(Got::ToHarm);
        }
        Ok(Got::ToCondition)
    }

    fn peril_reason(&self, record: &Record) -> Reason {
        let peril = self
            .plan
            .facts
            .iter()
            .position(|f| f.id == crate::resolve::id::PERIL)
            .map(FactId::from);
        let value = peril.and_then(|fact| Some(self.value_names(fact, self.enumeration(record, fact)?)));
        let text = match value {
            Some(peril) => Wording::new("reason-no-cover").arg("peril", peril),
            None => Wording::new("reason-no-cover-at-all"),
        };
        reason("no_cover", text, &[])
    }

    fn role_reason(&self, record: &Record, cover: &Cover) -> Reason {
        let role = self
            .plan
            .facts
            .iter()
            .position(|f| f.id == crate::resolve::id::ROLE)
            .map(FactId::from);
        let value = role.and_then(|fact| Some(self.value_names(fact, self.enumeration(record, fact)?)));
        let roles = Arg::List(cover.role_words.iter().map(Arg::from).collect());
        let text = Wording::new("reason-role")
            .arg("cover", &cover.name)
            .arg("role", value.unwrap_or(Arg::Text(String::new())))
            .arg("roles", roles);
        reason("role", text, &cover.source.articles)
    }

    fn harm_reason(&self, cover: &Cover, harm: ValueId) -> Reason {
        let named = self.known.harm.map(|fact| self.value_names(fact, harm));
        let text = Wording::new("reason-harm")
            .arg("cover", &cover.name)
            .arg("harm", named.unwrap_or(Arg::Text(String::new())));
        reason("harm", text, &cover.source.articles)
    }
}

pub(super) fn reason(code: &str, text: Wording, articles: &[String]) -> Reason {
    Reason {
        code: code.to_owned(),
        text,
        also: Vec::new(),
        articles: articles.to_vec(),
    }
}
