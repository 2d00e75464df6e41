//! Values of enumerations by id, name or alias; yes and no.

use super::super::Writer;
use super::super::steps::{inner, select};
use crate::emit::program::Kind;

impl Writer<'_> {
    pub(super) fn read_values(&self) -> String {
        let columns = [
            "t.fact".to_owned(),
            "t.spelt".to_owned(),
            self.wide_column("COALESCE(by_text.value, by_sign.value)", "value"),
            "COALESCE(c.class, 0) AS class".to_owned(),
            "CASE WHEN t.trimmed <> '' AND COALESCE(by_text.value, by_sign.value) IS NULL THEN 'V002' END AS code"
                .to_owned(),
        ];
        select(
            &columns,
            "FROM trimmed_texts AS t\nINNER JOIN fact_domains AS d ON t.fact = d.fact\nLEFT JOIN spellings AS by_text ON d.domain = by_text.domain AND t.trimmed = by_text.spelling\nLEFT JOIN spellings AS by_sign ON d.domain = by_sign.domain AND t.plain = by_sign.spelling\nLEFT JOIN value_classes AS c ON t.fact = c.fact AND COALESCE(by_text.value, by_sign.value) = c.value",
        )
    }

    pub(super) fn read_answers(&self) -> String {
        let facts = self.of_kind(|k| *k == Kind::YesNo);
        let answer = "CASE\n    WHEN LOWER(plain) IN ('是', 'yes', 'true') THEN 1\n    WHEN LOWER(plain) IN ('否', 'no', 'false') THEN 0\nEND";
        let read = select(
            &["fact", "spelt", "trimmed", &format!("{answer} AS answer")],
            &format!("FROM trimmed_texts\nWHERE fact IN ({facts})"),
        );
        select(
            &[
                "fact".to_owned(),
                "spelt".to_owned(),
                self.wide_column("answer", "value"),
                "answer AS class".to_owned(),
                "CASE WHEN trimmed <> '' AND answer IS NULL THEN 'V011' END AS code".to_owned(),
            ],
            &format!("FROM {}", inner(&read, "answers")),
        )
    }
}
