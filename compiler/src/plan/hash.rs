//! The hash of a plan: SHA-256 of its canonical JSON (RFC 8785), without what carries no meaning: origins, examples,
//! acknowledged findings. Two files that mean the same, in either keyword language and any order of items, have equal
//! hashes.

use super::model::{PLAN_VERSION, Plan};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Statements that do not change what a scheme means.
const LEFT_OUT: [&str; 2] = ["examples", "acknowledged"];

/// The hash in lower-case hexadecimal.
///
/// # Errors
/// Only if the plan cannot be written as JSON, which no plan of the compiler does.
pub fn hash(plan: &Plan) -> Result<String, serde_json::Error> {
    let digest = Sha256::digest(canonical(plan)?.as_bytes());
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The canonical JSON that is hashed: keys sorted by their UTF-16 units, no white space, only integers as numbers.
///
/// # Errors
/// As [`hash`].
pub fn canonical(plan: &Plan) -> Result<String, serde_json::Error> {
    let mut value = serde_json::to_value(plan)?;
    if let Some(statement) = value.get_mut("statement").and_then(Value::as_object_mut) {
        statement.retain(|key, _| !LEFT_OUT.contains(&key.as_str()));
    }
    debug_assert_eq!(value.get("version"), Some(&Value::from(PLAN_VERSION)));
    let mut text = String::new();
    write(&value, &mut text)?;
    Ok(text)
}

fn write(value: &Value, text: &mut String) -> Result<(), serde_json::Error> {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            text.push('{');
            for (i, (key, value)) in fields.into_iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                text.push_str(&serde_json::to_string(key)?);
                text.push(':');
                write(value, text)?;
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                write(item, text)?;
            }
            text.push(']');
        }
        // serde_json escapes strings as RFC 8785 asks: the short escapes, lower-case \u00xx, everything else as it is.
        other => text.push_str(&serde_json::to_string(other)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_by_utf16_units_and_strings_escaped_as_the_rfc_says() {
        // The example of RFC 8785 §3.2.3, less its numbers and control characters that JSON tests cover elsewhere.
        let value = json!({
            "\u{20ac}": "Euro Sign",
            "\r": "Carriage Return",
            "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One",
            "\u{1f600}": "Emoji: Grinning Face",
            "\u{80}": "Control",
            "\u{f6}": "Latin Small Letter O With Diaeresis"
        });
        let mut text = String::new();
        write(&value, &mut text).unwrap();
        let order = ["\\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"];
        let positions: Vec<usize> = order
            .iter()
            .map(|key| text.find(&format!("\"{key}\":")).unwrap())
            .collect();
        assert!(positions.is_sorted(), "{text}");
        let mut text = String::new();
        write(&json!("\u{20ac}$\u{f}\nA'B\"\\\\\"/"), &mut text).unwrap();
        assert_eq!(text, "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    }
}
