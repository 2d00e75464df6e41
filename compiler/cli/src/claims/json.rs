//! Flat JSON objects: one a line, one alone, or an array of them. Numbers are kept as they are written.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The fields of a flat object in written order: numbers and yes/no as text, `null` as blank.
pub type Fields = Vec<(String, String)>;

/// Why a text is no flat object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFlat {
    /// Not JSON, or no object: where (line and column from 1), in serde_json's words
    Malformed { line: usize, column: usize, detail: String },
    /// The field holds a list or an object.
    Nested(String),
}

struct Object(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut entries = Vec::new();
                // A key may stand twice; the reader of records refuses that.
                while let Some(entry) = map.next_entry::<String, Box<RawValue>>()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Reads one flat object.
pub fn object(text: &str) -> Result<Fields, NotFlat> {
    let malformed = |error: serde_json::Error| NotFlat::Malformed {
        line: error.line(),
        column: error.column(),
        detail: error.to_string(),
    };
    let Object(entries) = serde_json::from_str(text).map_err(malformed)?;
    let scalar = |(key, value): (String, Box<RawValue>)| {
        let raw = value.get();
        let text = match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(raw).map_err(malformed)?,
            Some(b'{' | b'[') => return Err(NotFlat::Nested(key)),
            _ if raw == "null" => String::new(),
            _ => raw.to_owned(),
        };
        Ok((key, text))
    };
    entries.into_iter().map(scalar).collect()
}

/// The objects of an array, or the one object alone, each with its byte offset.
pub fn array(text: &str) -> Result<Vec<(usize, &str)>, NotFlat> {
    let malformed = |error: serde_json::Error| NotFlat::Malformed {
        line: error.line(),
        column: error.column(),
        detail: error.to_string(),
    };
    if text.trim_start().starts_with('{') {
        let value: &RawValue = serde_json::from_str(text).map_err(malformed)?;
        return Ok(vec![(offset(text, value.get()), value.get())]);
    }
    let values: Vec<&RawValue> = serde_json::from_str(text).map_err(malformed)?;
    Ok(values
        .into_iter()
        .map(|value| (offset(text, value.get()), value.get()))
        .collect())
}

/// Where a slice of `text` begins in it.
pub fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;

    #[test]
    fn scalars_keep_their_digits() {
        let fields =
            object(r#"{"loss": 300000000.01, "n": 1e30, "t": "洪\u6d9d", "y": true, "z": null, "t": 1}"#).unwrap();
        let shown: Vec<_> = fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(shown, ["loss=300000000.01", "n=1e30", "t=洪涝", "y=true", "z=", "t=1"]);
    }

    #[test]
    fn what_is_not_flat_is_told() {
        assert_eq!(object(r#"{"a": [1]}"#), Err(NotFlat::Nested("a".into())));
        for text in ["[]", "3", "{", "{\"a\" 1}", "", "{} {}"] {
            assert!(matches!(object(text), Err(NotFlat::Malformed { .. })), "{text}");
        }
    }

    #[test]
    fn arrays_give_each_object_its_place() {
        let text = " [\n {\"a\": 1},\n {\"b\": [2]} ]";
        assert_eq!(array(text).unwrap(), [(4, "{\"a\": 1}"), (15, "{\"b\": [2]}")]);
        assert_eq!(array("  {\"a\": 1}").unwrap(), [(2, "{\"a\": 1}")]);
        assert!(array("nothing").is_err());
    }
}
