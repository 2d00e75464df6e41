//! Reported figures: CSV `name,value` (and `key` where a covenant is kept per region or the like), or a JSON object.

use super::{Column, Table, ratio, wrong};
use crate::failure::Failure;
use crate::load::text_file;
use anlan_compiler::report::audit::Figure;
use anlan_lang::diag::{Arg, codes};
use std::collections::BTreeSet;
use std::path::Path;

const COLUMNS: [Column; 3] = [
    Column {
        names: &["name", "名称", "指标"],
        required: true,
    },
    Column {
        names: &["value", "数值", "值"],
        required: true,
    },
    Column {
        names: &["key", "对象", "地区", "region"],
        required: false,
    },
];

/// Reads figures by the file's ending (`.json`, else CSV). A figure reported twice for one key is refused.
pub fn figures(path: &Path) -> Result<Vec<Figure>, Failure> {
    let json = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let figures = if json { from_json(path)? } else { from_csv(path)? };
    let mut seen = BTreeSet::new();
    match figures.iter().find(|f| !seen.insert((f.name.as_str(), f.key.as_str()))) {
        Some(twice) => Err(Failure::new(codes::V238).path(path).arg("figure", twice.name.clone())),
        None => Ok(figures),
    }
}

fn from_csv(path: &Path) -> Result<Vec<Figure>, Failure> {
    let table = Table::read(path, &COLUMNS)?;
    let mut figures = Vec::with_capacity(table.rows.len());
    for (line, cells) in table.rows {
        let [name, value, key] = cells.try_into().unwrap_or_default();
        if name.is_empty() {
            return Err(wrong(codes::V236, path, line, "name", ""));
        }
        let value = ratio(&value).ok_or_else(|| wrong(codes::V239, path, line, "value", &value))?;
        figures.push(Figure { name, key, value });
    }
    Ok(figures)
}

/// `{"综合费用率": "0.21", "累计保险金额": {"某区": 1000}}`
fn from_json(path: &Path) -> Result<Vec<Figure>, Failure> {
    let text = text_file(path)?;
    let parsed: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| {
            Failure::new(codes::V240)
                .path(path)
                .arg("line", Arg::Count(i64::try_from(error.line()).unwrap_or(i64::MAX)))
                .arg("detail", error.to_string())
        })?;
    let mut figures = Vec::new();
    for (name, value) in parsed {
        match value {
            serde_json::Value::Object(keyed) => {
                for (key, value) in keyed {
                    figures.push(Figure {
                        value: figure(path, &name, &value)?,
                        name: name.clone(),
                        key,
                    });
                }
            }
            value => figures.push(Figure {
                value: figure(path, &name, &value)?,
                name,
                key: String::new(),
            }),
        }
    }
    Ok(figures)
}

fn figure(path: &Path, name: &str, value: &serde_json::Value) -> Result<anlan_compiler::money::Ratio, Failure> {
    // A JSON number is read by its digits, never as a float.
    let text = match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let wrong = || {
        Failure::new(codes::V241)
            .path(path)
            .arg("figure", name)
            .arg("value", text.clone())
    };
    ratio(&text).ok_or_else(wrong)
}
