//! The native evaluator over columns, fed with records as the reference reads them, or with texts as files have them.

use crate::agreement::claims::Fields;
use crate::agreement::engine::{Answers, Engine, Evaluator, Run};
use crate::agreement::reference::rows;
use anlan_compiler::columns::encode::{Batch, Encoder};
use anlan_compiler::columns::results::{Halt, Outcome, ResultRow, Settled};
use anlan_compiler::columns::{Settler, settle_rows};
use anlan_compiler::emit::lower;
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::{Refusal, Totals};
use anlan_compiler::money::Fen;
use anlan_compiler::plan::Plan;
use std::path::Path;

/// How claims come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Native {
    Records,
    /// In batches of few rows
    Texts,
}

struct Columns {
    plan: Plan,
    program: Program,
    how: Native,
}

impl Engine for Native {
    fn name(&self) -> &'static str {
        match self {
            Native::Records => "native, records",
            Native::Texts => "native, texts",
        }
    }

    fn build(&mut self, plan: &Plan, _: &Path) -> Box<dyn Evaluator + '_> {
        Box::new(Columns {
            plan: plan.clone(),
            program: lower(plan).unwrap(),
            how: *self,
        })
    }
}

impl Evaluator for Columns {
    fn settle(&mut self, run: &Run, claims: &[Fields]) -> Answers {
        let settled = match self.how {
            Native::Records => settle_rows(&self.plan, &self.program, &run.inputs, &rows(&self.plan, claims)),
            Native::Texts => self.texts(run, claims),
        };
        let (settled, encoder) = settled.map_err(code)?;
        let mut texts = Vec::new();
        let closing = settled.rows(&encoder, |row| {
            texts.push(self.text(&row));
            Ok::<(), ()>(())
        });
        match closing {
            Ok(closing) => adds_up(&closing.totals),
            Err(Halt::Refused(refusal)) => return Err(code(*refusal)),
            Err(Halt::Other(())) => unreachable!(),
        }
        assert_eq!(texts.len(), claims.len());
        Ok(texts)
    }
}

fn code(refusal: Refusal) -> String {
    refusal.code.0.to_owned()
}

impl Columns {
    fn texts<'s>(&'s self, run: &'s Run, claims: &[Fields]) -> Result<(Settled<'s>, Encoder<'s>), Refusal> {
        let mut encoder = Encoder::new(&self.plan, &self.program);
        let mut settler = Settler::new(&self.program, &run.inputs, &mut encoder, Default::default())?;
        let mut batch = Batch::new(&self.program);
        for claim in claims {
            let id = claim.iter().find(|(key, _)| {
                let column = encoder.reader().column(key).and_then(|fact| encoder.number(fact));
                column.is_some() && column == self.program.known.claim
            });
            let id = id.map(|(_, text)| text.clone());
            let fields = claim.iter().map(|(key, text)| (key.as_str(), text.as_str()));
            encoder.object(&mut batch, id.as_deref(), fields);
            if batch.rows == 37 {
                settler.push(&encoder, &batch)?;
                batch.clear();
            }
        }
        settler.push(&encoder, &batch)?;
        Ok((settler.finish(&encoder)?, encoder))
    }

    fn text(&self, row: &ResultRow) -> String {
        let paid = match &row.outcome {
            Outcome::Rejected { codes, .. } => {
                return format!("rejected {}", codes.iter().map(|c| c.0).collect::<Vec<_>>().join("+"));
            }
            Outcome::Settled(paid) => paid,
        };
        let cover = |at: &u16| self.program.covers[usize::from(*at)].id.as_str();
        let mut parts = vec![
            row.claim.to_owned(),
            paid.covers.iter().map(cover).collect::<Vec<_>>().join("+"),
            Fen(paid.benefit).to_string(),
            Fen(paid.paid).to_string(),
            paid.reason_code(&self.program).into_owned(),
        ];
        parts.extend(
            paid.cuts
                .iter()
                .chain(paid.shares)
                .map(|amount| Fen(*amount).to_string()),
        );
        parts.join("|")
    }
}

/// Benefit − Σ cuts = paid = Σ shares, and every row is counted once.
fn adds_up(totals: &Totals) {
    let cuts: i64 = totals.cuts.iter().map(|cut| cut.0).sum();
    assert_eq!(totals.benefit.0 - cuts, totals.paid.0);
    if !totals.shares.is_empty() {
        assert_eq!(totals.shares.iter().map(|share| share.0).sum::<i64>(), totals.paid.0);
    }
    let rejected: u64 = totals.rejected.iter().map(|(_, count)| count).sum();
    assert_eq!(totals.settled + rejected, totals.rows);
}
