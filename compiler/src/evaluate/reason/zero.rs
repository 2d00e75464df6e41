//! Covers apply, but the money is 0.

use super::reason;
use crate::evaluate::evaluator::{Evaluator, Stop};
use crate::evaluate::exact::from_fen;
use crate::evaluate::model::{Line, Reason, Record, Value, Wording};
use crate::plan::diagram::{Leaf, NodeId};
use crate::plan::{Amount, FactKind, FactRole, ValueId};
use anlan_lang::diag::Arg;
use num_traits::Zero;

impl Evaluator<'_> {
    /// Why the lines come to nothing: a row that says so (不赔, 0%), or an amount that happens to be 0.
    pub(crate) fn zero(&self, record: &Record, lines: &[Line]) -> Result<Reason, Stop> {
        let Some(line) = lines.first() else {
            return Ok(reason("nothing", Wording::new("reason-no-cover-at-all"), &[]));
        };
        let harm = self.known.harm.map(|fact| self.value_names(fact, line.harm));
        let about = |id: &'static str| {
            Wording::new(id)
                .arg("cover", self.cover_names(line.cover))
                .arg("harm", harm.clone().unwrap_or(Arg::Text(String::new())))
        };
        let Some(benefit) = self.benefit(line.cover, line.harm) else {
            return Ok(reason("harm", about("reason-harm"), &[]));
        };
        let articles = &benefit.source.articles;
        if !self.pays_nothing(self.leaf(benefit.root, record)?) {
            return Ok(reason("zero", about("reason-zero"), articles));
        }
        let facts = self.turned_on(record, benefit.root)?;
        Ok(match facts.is_empty() {
            true => reason("nothing", about("reason-nothing"), articles),
            false => reason(
                "nothing",
                about("reason-nothing-for").arg("facts", Arg::List(facts)),
                articles,
            ),
        })
    }

    /// Whether a leaf says that nothing is paid, whatever the amounts of the record.
    fn pays_nothing(&self, leaf: &Leaf) -> bool {
        match leaf {
            Leaf::Pays(pipeline) => self
                .plan
                .pipelines
                .get(pipeline.index())
                .is_some_and(|p| self.is_nil(&p.start)),
            Leaf::Refused(_) => false,
            Leaf::Nothing | Leaf::No | Leaf::Yes | Leaf::Covers(_) => true,
        }
    }

    fn is_nil(&self, amount: &Amount) -> bool {
        match amount {
            Amount::Fixed(fen) => from_fen(*fen).is_zero(),
            Amount::Scaled { ratio, of } => self.ratio(ratio).is_ok_and(|ratio| ratio.is_zero()) || self.is_nil(of),
            Amount::PerUnit { rate, .. } => self.is_nil(rate),
            Amount::Sum(parts) => parts.iter().all(|part| self.is_nil(part)),
            _ => false,
        }
    }

    /// The enumerated facts of which another value alone would have paid something (`损毁等级为Ⅱ`).
    fn turned_on(&self, record: &Record, root: NodeId) -> Result<Vec<Arg>, Stop> {
        let mut facts = Vec::new();
        for fact in self.plan.diagrams.support(root) {
            let Some(declared) = self.fact(fact).filter(|f| f.role == FactRole::Given) else {
                continue;
            };
            let FactKind::Enumeration { domain, .. } = declared.kind else {
                continue;
            };
            let Some(value) = self.enumeration(record, fact) else {
                continue;
            };
            let count = self.plan.domains.get(domain.index()).map_or(0, |d| d.values.len());
            let mut other = record.clone();
            for i in 0..count {
                if let Some(slot) = other.values.get_mut(fact.index()) {
                    *slot = Some(Value::Enumeration(ValueId::from(i)));
                }
                match self.leaf(root, &other) {
                    Ok(leaf) if !self.pays_nothing(leaf) => {
                        facts.push(self.pair(fact, value));
                        break;
                    }
                    Ok(_) | Err(Stop::Missing(_)) => {}
                    Err(stop) => return Err(stop),
                }
            }
        }
        Ok(facts)
    }
}
