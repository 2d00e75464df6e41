//! Claims as files spell them, and rows with the columns of the data contract.

use crate::assessment::{Explanation, Reason};
use crate::claim::{Claim, Field};
use crate::json::{Json, Unread, quoted};
use crate::limits::LIMITS;
use crate::model::Refusal;
use crate::reading::{plain, trimmed, yuan};
use crate::rules::COVERS;
use crate::scheme::INSURERS;
use crate::settlement::{Row, Settled};

/// A row is not longer, in bytes with its line break.
const LONGEST: usize = 1 << 20;

/// One flat object: names with texts
pub type Fields = Vec<(String, String)>;

/// The fields of a flat JSON object.
///
/// # Errors
/// No object (V069), or a nested one (V063).
pub fn fields_of(value: &Json) -> Result<Fields, Refusal> {
    let Json::Object(members) = value else {
        return Err(Refusal::new("V069"));
    };
    let text = |(name, value): &(String, Json)| {
        let text = match value {
            Json::Null => String::new(),
            Json::YesNo(yes) => yes.to_string(),
            Json::Number(text) | Json::Text(text) => text.clone(),
            Json::List(_) | Json::Object(_) => return Err(Refusal::new("V063").with(name)),
        };
        Ok((name.clone(), text))
    };
    members.iter().map(text).collect()
}

/// The objects of JSON Lines; a line that holds none has its refusal.
#[must_use]
pub fn lines_of(bytes: &[u8]) -> Vec<Result<Fields, Refusal>> {
    numbered_lines_of(bytes).map(|(_, line)| line).collect()
}

/// As [`lines_of`], with the line of each, from 1.
pub fn numbered_lines_of(bytes: &[u8]) -> impl Iterator<Item = (usize, Result<Fields, Refusal>)> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').enumerate();
    lines.filter_map(|(at, line)| Some((at + 1, line_of(line)?)))
}

/// The object of a line; `None` for white space.
fn line_of(line: &[u8]) -> Option<Result<Fields, Refusal>> {
    if line.len() > LONGEST {
        return Some(Err(Refusal::new("V067")));
    }
    let Ok(text) = std::str::from_utf8(line) else {
        return Some(Err(Refusal::new("V061")));
    };
    let text = Some(trimmed(text)).filter(|text| !text.is_empty())?;
    Some(match Json::read(text) {
        Ok(value) => fields_of(&value),
        Err(Unread::Deep) => Err(Refusal::new("V063")),
        Err(Unread::Malformed) => Err(Refusal::new("V069")),
    })
}

fn field(name: &str) -> Option<Field> {
    let name = trimmed(name);
    Field::named(name).or_else(|| Field::named(&plain(name)))
}

/// Reads one flat object; names that nothing knows are given back beside the claim.
///
/// # Errors
/// One refusal for each text that cannot be read and for each field given twice (V013).
pub fn read(fields: &Fields) -> (Result<Claim<'_>, Vec<Refusal>>, Vec<&str>) {
    let mut claim = Claim::default();
    let mut seen = Vec::new();
    let (mut unknown, mut refusals, mut twice) = (Vec::new(), Vec::new(), Vec::new());
    for (name, text) in fields {
        let Some(field) = field(name) else {
            unknown.push(name.as_str());
            continue;
        };
        if seen.contains(&field) {
            twice.push(Refusal::new("V013").of(field));
            continue;
        }
        seen.push(field);
        let text = trimmed(text);
        if text.is_empty() {
            continue;
        }
        if let Err(refusal) = claim.set(field, text) {
            refusals.push(refusal.of(field).with(text));
        }
    }
    refusals.extend(twice);
    (
        if refusals.is_empty() {
            Ok(claim)
        } else {
            Err(refusals)
        },
        unknown,
    )
}

/// A row for [`crate::settle_rows`].
#[must_use]
pub fn row(line: &Result<Fields, Refusal>) -> Row<'_> {
    match line {
        Err(refusal) => Row {
            id: None,
            claim: Err(vec![refusal.clone()]),
        },
        Ok(fields) => {
            let id = fields
                .iter()
                .find(|(name, _)| field(name) == Field::CLAIM && Field::CLAIM.is_some());
            Row {
                id: id
                    .map(|(_, text)| trimmed(text))
                    .filter(|id| !id.is_empty()),
                claim: read(fields).0,
            }
        }
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn codes(refusals: &[Refusal]) -> String {
    list(refusals.iter().map(|refusal| quoted(refusal.code)))
}

fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), quoted)
}

fn amount(fen: i64) -> String {
    quoted(&yuan(fen))
}

/// A row as JSON, with the columns of the data contract
#[must_use]
pub fn settled_json(row: &Settled) -> String {
    let paid = match row {
        Settled::Rejected { claim, refusals } => {
            let claim = optional(claim.as_deref());
            return format!("{{\"claim\": {claim}, \"rejected\": {}}}", codes(refusals));
        }
        Settled::Paid(paid) => paid,
    };
    let mut columns = vec![
        ("claim".to_owned(), quoted(&paid.claim)),
        ("cover".to_owned(), quoted(&paid.covers.ids())),
        ("benefit".to_owned(), amount(paid.benefit)),
        ("paid".to_owned(), amount(paid.paid)),
        ("reason".to_owned(), optional(paid.reason.map(Reason::code))),
    ];
    for (limit, cut) in LIMITS.iter().zip(&paid.cuts) {
        columns.push((format!("cut_{}", limit.id), amount(*cut)));
    }
    for ((insurer, _), share) in INSURERS.iter().zip(&paid.shares) {
        columns.push((format!("share_{insurer}"), amount(*share)));
    }
    if let Some((due, over)) = paid.earlier {
        columns.push(("due".to_owned(), amount(due)));
        columns.push(("over".to_owned(), amount(over)));
    }
    let pairs = columns
        .into_iter()
        .map(|(name, value)| format!("{}: {value}", quoted(&name)));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

/// An assessment as JSON, with its steps
#[must_use]
pub fn explained_json(found: &Result<Explanation, Vec<Refusal>>) -> String {
    let found = match found {
        Ok(found) => found,
        Err(refusals) => return format!("{{\"refused\": {}}}", codes(refusals)),
    };
    let lines = found.lines.iter().map(|line| {
        let steps = line.steps.iter().map(|step| {
            format!(
                "{{\"rule\": {}, \"amount\": {}, \"article\": {}}}",
                quoted(step.rule),
                amount(step.amount),
                optional(Some(step.article).filter(|article| !article.is_empty()))
            )
        });
        let steps = list(steps);
        let (cover, harm) = (quoted(COVERS[line.cover].id), quoted(line.harm));
        let amount = amount(line.amount);
        format!(
            "{{\"cover\": {cover}, \"harm\": {harm}, \"amount\": {amount}, \"steps\": {steps}}}"
        )
    });
    format!(
        "{{\"cover\": {}, \"benefit\": {}, \"lines\": {}, \"reason\": {}}}",
        optional(Some(found.assessment.covers.ids().as_str()).filter(|ids| !ids.is_empty())),
        amount(found.assessment.benefit),
        list(lines),
        optional(found.assessment.reason.map(Reason::code))
    )
}
