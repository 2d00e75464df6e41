//! The native evaluator over columns, fed with records as the reference reads them, or with texts as files have them.

use crate::agreement::claims::Fields;
use crate::agreement::engine::{Answers, Engine, Evaluator, Run};
use crate::agreement::reference::rows;
use anlan_compiler::columns::blocks::{Block, Covers};
use anlan_compiler::columns::encode::{Batch, Encoder};
use anlan_compiler::columns::results::{Halt, Settled};
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
        let mut texts = vec![String::new(); claims.len()];
        let closing = settled.blocks(&encoder, |block, covers| {
            for row in &block.rejected {
                let codes: Vec<&str> = settled.rejection(*row).0.iter().map(|code| code.0).collect();
                texts[*row as usize] = format!("rejected {}", codes.join("+"));
            }
            for (at, row) in block.rows.iter().enumerate() {
                texts[*row as usize] = self.text(&settled, &block, covers, at);
            }
            Ok::<(), ()>(())
        });
        match closing {
            Ok(closing) => adds_up(&closing.totals),
            Err(Halt::Refused(refusal)) => return Err(code(*refusal)),
            Err(Halt::Other(())) => unreachable!(),
        }
        assert!(texts.iter().all(|text| !text.is_empty()), "a row was lost");
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

    fn text(&self, settled: &Settled, block: &Block, covers: &Covers, at: usize) -> String {
        let cover = |cover: &u16| self.program.covers[usize::from(*cover)].id.as_str();
        let covers = covers.sets()[block.covers[at] as usize].iter().map(cover);
        let mut parts = vec![
            String::from_utf8(block.claims.get(at).to_vec()).unwrap(),
            covers.collect::<Vec<_>>().join("+"),
            Fen(block.benefit[at]).to_string(),
            Fen(block.paid[at]).to_string(),
            settled.reason_code(block.why[at], block.exhausted[at]).into_owned(),
        ];
        let amounts = block.cuts.iter().chain(&block.shares);
        parts.extend(amounts.map(|column| Fen(column[at]).to_string()));
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
