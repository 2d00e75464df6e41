//! What `eval` and `settle` say of a witness, in words.

use anlan_compiler::compile::compile;
use anlan_compiler::evaluate::premiums;
use anlan_compiler::evaluate::record::Reader;
use anlan_compiler::evaluate::{Bases, Decisions, Inputs, Record, Row, assess, settle};
use anlan_compiler::money::Fen;
use anlan_compiler::plan::{CoverId, Plan};
use anlan_compiler::project::{Project, Settings, Source};
use anlan_lang::diag::Witness;
use anlan_lang::texts::{Language, money, text};
use std::collections::BTreeMap;

/// The plan of a scheme under a contract that sets what the witness wants.
pub fn bound(sources: &[Source], file: usize, scheme: &str, witness: &Witness) -> Plan {
    const CONTRACT: &str = "见证";
    let set = witness.set.join("\n  ");
    let mut sources = sources.to_vec();
    let text = &mut sources.get_mut(file).unwrap().text;
    text.push_str(&format!("\n合同 {CONTRACT} 执行 {scheme} {{\n  {set}\n}}\n"));
    let compiled = compile(&Project::new(sources, Settings::default()));
    let unit = compiled.units.into_iter().find(|unit| unit.name == CONTRACT);
    unit.unwrap().lowered.unwrap().plan
}

fn inputs(plan: &Plan, witness: &Witness) -> Inputs {
    let decisions = Decisions::parse(plan, witness.decided.iter().map(String::as_str)).unwrap_or_default();
    let bases = (!witness.bases.is_empty()).then(|| Bases {
        premiums: premiums(plan, witness, &decisions),
    });
    Inputs {
        decisions,
        bases,
        earlier: None,
    }
}

fn record(plan: &Plan, claim: &BTreeMap<String, String>) -> Record {
    let fields = claim.iter().map(|(fact, value)| (fact.as_str(), value.as_str()));
    Reader::new(plan).object(fields).0.unwrap_or_default()
}

fn cover(plan: &Plan, id: CoverId) -> &str {
    plan.covers.get(id.index()).map_or("", |cover| cover.name.zh.as_str())
}

/// What each claim of the witness is paid; `None`: refused.
pub fn benefits(plan: &Plan, witness: &Witness) -> Vec<Option<i64>> {
    let inputs = inputs(plan, witness);
    let claims = witness.claims.iter().map(|claim| record(plan, claim));
    claims
        .map(|record| assess(plan, &inputs, &record).ok().map(|paid| paid.benefit.0))
        .collect()
}

/// One line for each claim as `eval` answers it, and where there are several, one for `settle`.
pub fn answers(plan: &Plan, witness: &Witness) -> Vec<String> {
    let inputs = inputs(plan, witness);
    let records: Vec<Record> = witness.claims.iter().map(|claim| record(plan, claim)).collect();
    let yuan = |fen: Fen| money(Language::Zh, fen.0);
    let mut out = Vec::new();
    for record in records.iter().take(FEW) {
        out.push(match assess(plan, &inputs, record) {
            Ok(assessment) => {
                let mut parts = Vec::new();
                for line in &assessment.lines {
                    let steps: Vec<String> = line
                        .steps
                        .iter()
                        .map(|step| {
                            let articles: String = step.articles.iter().map(|article| format!(" @{article}")).collect();
                            format!(
                                "{} {}{articles}",
                                text(Language::Zh, step.rule.id, &step.rule.args),
                                yuan(step.amount)
                            )
                        })
                        .collect();
                    parts.push(format!("{}：{}", cover(plan, line.cover), steps.join("；")));
                }
                parts.extend(
                    assessment
                        .reason
                        .map(|why| text(Language::Zh, why.text.id, &why.text.args)),
                );
                format!("`eval` {}（{}）", yuan(assessment.benefit), parts.join("，"))
            }
            Err(refusal) => format!(
                "`eval` {}：{}",
                refusal.code.0,
                text(Language::Zh, refusal.code.0, &refusal.args)
            ),
        });
    }
    if records.len() > 1 {
        let rows = (1..)
            .zip(&witness.claims)
            .zip(records)
            .map(|((number, claim), record)| Row {
                number,
                claim: claim.get("claim").cloned(),
                record: Ok(record),
            });
        out.push(match settle(plan, &inputs, rows.collect()) {
            Ok(settlement) => {
                let totals = settlement.totals;
                format!(
                    "`settle` {} 件，应付 {}，实付 {}",
                    totals.settled,
                    yuan(totals.benefit),
                    yuan(totals.paid)
                )
            }
            Err(refusal) => format!(
                "`settle` {}：{}",
                refusal.code.0,
                text(Language::Zh, refusal.code.0, &refusal.args)
            ),
        });
    }
    out
}

/// So many claims of a witness are shown.
pub const FEW: usize = 2;
