//! The evaluators under test, one file each.

mod native;
pub mod python;
pub mod rust;
pub mod sql;
mod typescript;

pub use native::Native;
pub use python::Python;
pub use rust::Rust;
pub use sql::Sql;
pub use typescript::TypeScript;

/// A row of a driver in JSON, whose fields stand in the order of [`Answers`](super::engine::Answers), as text.
pub fn row(line: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let row = value.as_object().unwrap();
    if let Some(codes) = row.get("rejected") {
        let codes: Vec<&str> = codes.as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        return format!("rejected {}", codes.join("+"));
    }
    row.values()
        .map(|v| v.as_str().unwrap_or_default().to_owned())
        .collect::<Vec<_>>()
        .join("|")
}
