//! Cases as data: `vectors.json`, described by `vectors.schema.json`.

use super::{Assessed, Case, Fields, Settled};
use crate::emit::program::Program;
use crate::money::Fen;
use serde_json::{Map, Value, json};

/// Bumped when the shape or the meaning changes.
pub const VERSION: u32 = 1;

/// All cases as one JSON document: a case a line, so that two versions can be compared line by line.
pub fn json(program: &Program, cases: &[Case]) -> String {
    let scheme = serde_json::to_value(&program.scheme).unwrap_or_default();
    let lines: Vec<String> = cases.iter().map(|case| format!("    {}", one(program, case))).collect();
    format!(
        "{{\n  \"format\": \"anlan.vectors\",\n  \"version\": {VERSION},\n  \"scheme\": {scheme},\n  \"cases\": [\n{}\n  ]\n}}\n",
        lines.join(",\n")
    )
}

fn one(program: &Program, case: &Case) -> Value {
    let mut object = Map::new();
    object.insert("name".to_owned(), json!(case.name));
    object.insert("origin".to_owned(), json!(case.origin));
    object.insert("decisions".to_owned(), json!(case.given.decisions));
    object.insert("premium".to_owned(), json!(case.given.premium.map(yuan)));
    object.insert("claims".to_owned(), case.claims.iter().map(fields).collect());
    if let Some(answers) = &case.assess {
        object.insert("assess".to_owned(), answers.iter().map(assessed).collect());
    }
    match &case.settle {
        Some(Ok(rows)) => {
            let rows = rows.iter().map(|row| settled(program, row)).collect();
            object.insert("settle".to_owned(), rows);
        }
        Some(Err(code)) => {
            object.insert("settle_refused".to_owned(), json!(code));
        }
        None => {}
    }
    Value::Object(object)
}

fn yuan(fen: Fen) -> String {
    fen.to_string()
}

fn fields(fields: &Fields) -> Value {
    let pairs = fields.iter().map(|(fact, text)| (fact.clone(), json!(text)));
    Value::Object(pairs.collect())
}

fn assessed(answer: &Assessed) -> Value {
    match answer {
        Assessed::Owed { cover, benefit, reason } => {
            json!({"cover": cover, "benefit": yuan(*benefit), "reason": reason})
        }
        Assessed::Refused(codes) => json!({"refused": codes}),
    }
}

/// A row with the columns of the data contract; a cut that is 0 is left out.
fn settled(program: &Program, row: &Settled) -> Value {
    match row {
        Settled::Rejected { claim, codes } => json!({"claim": claim, "rejected": codes}),
        Settled::Paid {
            claim,
            cover,
            benefit,
            paid,
            reason,
            cuts,
            shares,
        } => {
            let mut columns = Map::new();
            columns.insert("claim".to_owned(), json!(claim));
            columns.insert("cover".to_owned(), json!(cover));
            columns.insert("benefit".to_owned(), json!(yuan(*benefit)));
            columns.insert("paid".to_owned(), json!(yuan(*paid)));
            columns.insert("reason".to_owned(), json!(reason));
            for (limit, cut) in program.limits.iter().zip(cuts).filter(|(_, cut)| cut.0 != 0) {
                columns.insert(format!("cut_{}", limit.id), json!(yuan(*cut)));
            }
            for (insurer, share) in program.insurers.iter().zip(shares) {
                columns.insert(format!("share_{}", insurer.id), json!(yuan(*share)));
            }
            Value::Object(columns)
        }
    }
}
