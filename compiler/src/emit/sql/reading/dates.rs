//! Dates and times in their spellings.

use super::super::Writer;
use super::super::steps::{Step, inner, select};
use crate::emit::program::Kind;

const TIME: &str =
    "([0-9]{1,2})(?:时|[:时]([0-9]{1,2})(?:分?:([0-9]{1,2})(?:秒?[.]?[0-9]*|)|分([0-9]{1,2})(?:秒?[.]?[0-9]*|)|分)?)";

impl Writer<'_> {
    /// `2024-07-01`, `2024/7/1`, `2024.7.1`, `20240701` or `2024年7月1日`, perhaps with a time: the value is `yyyymmdd`, then
    /// five digits that are 0 without a time and else one more than the second of the day.
    pub(super) fn read_dates(&self, steps: &mut Vec<Step>) {
        let facts = self.of_kind(|k| *k == Kind::Date);
        let g = |pattern: &str, group: usize| (self.sql.group)("plain", pattern, group);
        let eight = "([0-9]{4})([0-9]{2})([0-9]{2})([Tt ].*)?";
        let signed = "([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|[.]([0-9]{1,2})[.])([0-9]{1,2})([Tt ].*)?";
        let worded = "([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日(.*)";
        let whole = |parts: &[String]| format!("NULLIF({}, '')", parts.join(" || "));
        let int = |text: String| format!("CAST({text} AS INTEGER)");
        let columns = [
            "fact".to_owned(),
            "spelt".to_owned(),
            "trimmed".to_owned(),
            format!("{} AS year", int(whole(&[g(eight, 1), g(signed, 1), g(worded, 1)]))),
            format!(
                "{} AS month",
                int(whole(&[
                    g(eight, 2),
                    g(signed, 2),
                    g(signed, 3),
                    g(signed, 4),
                    g(worded, 2)
                ]))
            ),
            format!("{} AS day", int(whole(&[g(eight, 3), g(signed, 5), g(worded, 3)]))),
            format!("{} || {} AS behind", g(eight, 4), g(signed, 6)),
            format!("{} AS after_day", g(worded, 4)),
        ];
        steps.push(Step::new(
            "split_dates",
            "Dates in their spellings, with the time behind them",
            select(&columns, &format!("FROM trimmed_texts\nWHERE fact IN ({facts})")),
        ));
        let white = "(SELECT s.white FROM signs AS s)";
        let after = "CASE WHEN behind = '' THEN after_day ELSE SUBSTR(behind, 2) END";
        let time = (self.sql.trim)(after, white);
        steps.push(Step::new(
            "split_times",
            "The time without the offset of China, the only one that moves no loss to another day",
            select(
                &[
                    "fact",
                    "spelt",
                    "trimmed",
                    "year",
                    "month",
                    "day",
                    "behind",
                    &format!("{time} AS whole_time"),
                    &format!(
                        "{} AS time",
                        (self.sql.rtrim)(&format!("REGEXP_REPLACE({time}, '([+]08:00|[+]0800)$', '')"), white)
                    ),
                ],
                "FROM split_dates",
            ),
        ));
        let g = |group: usize| (self.sql.group)("time", TIME, group);
        let clock = |group: &str| format!("COALESCE(CAST(NULLIF({group}, '') AS INTEGER), 0)");
        let columns = [
            "fact".to_owned(),
            "spelt".to_owned(),
            "trimmed".to_owned(),
            "year * 10000 + month * 100 + day AS day".to_owned(),
            "behind".to_owned(),
            "whole_time".to_owned(),
            "time".to_owned(),
            format!("{} AS clock", (self.sql.matches)("time", TIME)),
            format!("{} AS hours", clock(&g(1))),
            format!("{} AS minutes", clock(&g(2))),
            format!("{} AS seconds", clock(&format!("{} || {}", g(3), g(4)))),
            "month BETWEEN 1 AND 12 AND day BETWEEN 1 AND CASE\n    WHEN month IN (4, 6, 9, 11) THEN 30\n    WHEN month <> 2 THEN 31\n    WHEN year % 4 = 0 AND (year % 100 <> 0 OR year % 400 = 0) THEN 29\n    ELSE 28\nEND AS exists".replace("AS exists", "AS is_day"),
        ];
        steps.push(Step::new(
            "timed_dates",
            "Hours, minutes and seconds",
            select(&columns, "FROM split_times"),
        ));
        let right = "is_day AND (behind = '' OR whole_time <> '') AND (\n    whole_time = '' OR (clock AND hours <= 23 AND minutes <= 59 AND seconds <= 59)\n)";
        let moment = format!(
            "CASE WHEN {right} THEN CAST(day AS BIGINT) * 100000 + CASE WHEN whole_time = '' THEN 0 ELSE hours * 3600 + minutes * 60 + seconds + 1 END END"
        );
        let read = select(
            &["fact", "spelt", "trimmed", &format!("{moment} AS moment")],
            "FROM timed_dates",
        );
        steps.push(Step::new(
            "read_dates",
            "The day as yyyymmdd, then five digits for the time: none, or one more than the second of the day",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    self.wide_column("moment", "value"),
                    "CAST(NULL AS INTEGER) AS class".to_owned(),
                    "CASE WHEN trimmed <> '' AND moment IS NULL THEN 'V003' END AS code".to_owned(),
                ],
                &format!("FROM {}", inner(&read, "moments")),
            ),
        ));
    }
}
