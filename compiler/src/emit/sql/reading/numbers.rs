//! Money, counts, numbers on a grid and ratios, exactly.

use super::super::steps::{Step, select, when};
use super::super::{MOST, Writer};
use crate::emit::program::Kind;

/// Sign, digits, decimals, exponent
const NUMERAL: &str = "([-+]?)(?:([0-9]{1,3}(?:,[0-9]{3})+)|([0-9]*))(?:[.]([0-9]*))?(?:[eE]([-+]?)([0-9]+))?";

impl Writer<'_> {
    /// Money, counts, numbers on a grid and ratios, exactly.
    pub(super) fn read_numbers(&self, steps: &mut Vec<Step>) {
        let facts = self.of_kind(Self::is_number);
        let money = self.of_kind(|k| *k == Kind::Money);
        // What stands behind the digits: a unit, or a sign of parts.
        let mut digits = vec!["CASE".to_owned()];
        let worded = self
            .sources
            .iter()
            .filter(|source| source.worded)
            .map(|source| source.at.to_string());
        let worded = worded.collect::<Vec<_>>().join(", ");
        if !worded.is_empty() {
            digits.push(format!(
                "    WHEN fact IN ({worded}) THEN REGEXP_REPLACE(plain, '[万亿]?元?$', '')"
            ));
        }
        if !money.is_empty() {
            digits.push(format!(
                "    WHEN fact IN ({money}) THEN REGEXP_REPLACE(plain, '元$', '')"
            ));
        }
        for source in &self.sources {
            let at = source.at;
            if let Kind::Number { unit, .. } = &source.kind {
                let length = unit.chars().count();
                digits.push(format!(
                    "    WHEN fact = {at} AND RIGHT(plain, {length}) = {} THEN LEFT(plain, LENGTH(plain) - {length})",
                    (self.sql.literal)(unit)
                ));
            }
            if source.kind == Kind::Ratio {
                digits.push(format!("    WHEN fact = {at} THEN REGEXP_REPLACE(plain, '[%‰]$', '')"));
            }
        }
        digits.push("    ELSE plain".to_owned());
        digits.push("END".to_owned());
        let white = "(SELECT s.white FROM signs AS s)";
        steps.push(Step::new(
            "numerals",
            "Numbers without the units behind them",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    "trimmed".to_owned(),
                    "plain".to_owned(),
                    format!("{} AS numeral", (self.sql.trim)(&digits.join("\n"), white)),
                ],
                &format!("FROM trimmed_texts\nWHERE fact IN ({facts})"),
            ),
        ));
        let g = |group: usize| (self.sql.group)("numeral", NUMERAL, group);
        steps.push(Step::new(
            "split_numerals",
            "Sign, whole part, decimals and exponent: 1,200.50 or 1.2E+05",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    "trimmed".to_owned(),
                    "plain".to_owned(),
                    format!(
                        "{} AND numeral <> '' AND NOT {} AS is_number",
                        (self.sql.matches)("numeral", NUMERAL),
                        (self.sql.matches)("numeral", "[-+]?[.]?([eE].*)?")
                    ),
                    format!("{} = '-' AS negative", g(1)),
                    format!("REPLACE({} || {}, ',', '') AS whole", g(2), g(3)),
                    format!("{} AS decimals", g(4)),
                    format!("{} AS exponent_sign", g(5)),
                    format!("{} AS exponent", (self.sql.ltrim)(&g(6), "'0'")),
                ],
                "FROM numerals",
            ),
        ));
        let significant = (self.sql.ltrim)("whole || decimals", "'0'");
        let times = match worded.is_empty() {
            true => String::new(),
            false => format!(
                "\n+ CASE\n    WHEN fact IN ({worded}) AND {} THEN 4\n    WHEN fact IN ({worded}) AND {} THEN 8\n    ELSE 0\nEND",
                (self.sql.matches)("plain", ".*万元?"),
                (self.sql.matches)("plain", ".*亿元?")
            ),
        };
        steps.push(Step::new(
            "scaled_numerals",
            "The digits that count, and the power of ten that they stand for",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    "trimmed".to_owned(),
                    "plain".to_owned(),
                    "is_number".to_owned(),
                    "negative".to_owned(),
                    "exponent_sign".to_owned(),
                    "LENGTH(exponent) > 9 AS far".to_owned(),
                    format!("{} AS digits", (self.sql.rtrim)(&significant, "'0'")),
                    format!(
                        "LENGTH({significant}) - LENGTH({}) - LENGTH(decimals)\n+ CASE\n    WHEN exponent = '' OR LENGTH(exponent) > 9 THEN 0\n    WHEN exponent_sign = '-' THEN -CAST(exponent AS INTEGER)\n    ELSE CAST(exponent AS INTEGER)\nEND{times} AS power",
                        (self.sql.rtrim)(&significant, "'0'")
                    ),
                ],
                "FROM split_numerals",
            ),
        ));
        steps.push(Step::new(
            "sized_numerals",
            "What 28 digits do not hold is told apart from what is no number",
            select(
                &[
                    "fact",
                    "spelt",
                    "trimmed",
                    "plain",
                    "negative AND digits <> '' AS negative",
                    "digits",
                    "power",
                    "CASE\n    WHEN NOT is_number THEN 'malformed'\n    WHEN far AND exponent_sign = '-' THEN 'fine'\n    WHEN far THEN 'large'\n    WHEN digits = '' THEN 'right'\n    WHEN LENGTH(digits) + power > 28 THEN 'large'\n    WHEN power < -28 OR LENGTH(digits) > 28 THEN 'fine'\n    ELSE 'right'\nEND AS size",
                ],
                "FROM scaled_numerals",
            ),
        ));
        self.number_kinds(steps);
    }

    pub(super) fn number_kinds(&self, steps: &mut Vec<Step>) {
        let mut codes = vec!["CASE".to_owned(), "    WHEN trimmed = '' THEN NULL".to_owned()];
        let mut values = vec!["CASE".to_owned()];
        let mut push = |code: Vec<String>, value: Vec<String>| {
            codes.extend(code);
            values.extend(value);
        };
        let shifted = |power: &str| {
            format!(
                "CAST(COALESCE(NULLIF(digits || REPEAT('0', {power}), ''), '0') AS {})",
                self.sql.wide
            )
        };
        let money = self.of_kind(|k| *k == Kind::Money);
        if !money.is_empty() {
            let on = format!("fact IN ({money})");
            push(
                vec![
                    format!("    WHEN {on} AND size = 'malformed' THEN 'V004'"),
                    format!("    WHEN {on} AND size = 'large' THEN 'V007'"),
                    format!("    WHEN {on} AND size = 'fine' THEN 'V006'"),
                    format!("    WHEN {on} AND negative THEN 'V005'"),
                    format!(
                        "    WHEN {on} AND (LENGTH(digits) + power > 14 OR (LENGTH(digits) + power = 14 AND digits <> '1')) THEN 'V007'"
                    ),
                    format!("    WHEN {on} AND digits <> '' AND power < -2 THEN 'V006'"),
                ],
                vec![format!("    WHEN {on} THEN {}", shifted("GREATEST(power + 2, 0)"))],
            );
        }
        for source in &self.sources {
            let on = format!("fact = {}", source.at);
            match &source.kind {
                Kind::Count { part } => {
                    let mut refused = vec![
                        format!("    WHEN {on} AND size = 'malformed' THEN 'V008'"),
                        format!("    WHEN {on} AND size = 'large' THEN 'V007'"),
                        format!("    WHEN {on} AND size = 'fine' THEN 'V006'"),
                        format!("    WHEN {on} AND negative THEN 'V005'"),
                        format!(
                            "    WHEN {on} AND (LENGTH(digits) + power > 16 OR (LENGTH(digits) + power = 16 AND digits <> '1')) THEN 'V007'"
                        ),
                    ];
                    let whole = format!(
                        "CASE\n    WHEN power >= 0 THEN {}\n    ELSE CAST(COALESCE(NULLIF(LEFT(digits, GREATEST(LENGTH(digits) + power, 0)), ''), '0') AS {})\nEND",
                        shifted("GREATEST(power, 0)"),
                        self.sql.wide
                    );
                    let value = match part {
                        None => {
                            refused.push(format!("    WHEN {on} AND digits <> '' AND power < 0 THEN 'V008'"));
                            whole
                        }
                        Some("down") => whole,
                        Some("up") => format!("{whole}\n+ CASE WHEN digits <> '' AND power < 0 THEN 1 ELSE 0 END"),
                        _ => {
                            // Parts finer than billionths of a unit are not rounded but refused, with the whole run.
                            let refuse = (self.sql.refuse)("'V044: ' || spelt");
                            format!(
                                "CASE\n    WHEN digits <> '' AND power < -9 THEN {refuse}\n    ELSE {}\nEND",
                                shifted("GREATEST(power + 9, 0)")
                            )
                        }
                    };
                    push(refused, vec![when(&on, &value)]);
                }
                Kind::Number {
                    precision, from, to, ..
                } => {
                    let (n, d) = (precision.numerator, precision.denominator);
                    // The value is digits × 10^power; on the grid it is a whole number of n/d.
                    let top = format!(
                        "CASE\n            WHEN size = 'right' AND LENGTH(digits) + power <= 18 AND power >= -18 THEN {} * {d} * CASE WHEN negative THEN -1 ELSE 1 END\n        END",
                        shifted("GREATEST(power, 0)")
                    );
                    let bottom = format!(
                        "CAST('1' || REPEAT('0', GREATEST(-power, 0)) AS {}) * {n}",
                        self.sql.wide
                    );
                    let steps_of = format!(
                        "CASE\n        WHEN MOD({top}, {bottom}) = 0 THEN SIGN({top}) * {}\n    END",
                        (self.sql.wide_floor)(&format!("ABS({top})"), &format!("({bottom})"))
                    );
                    push(
                        vec![format!(
                            "    WHEN {on} AND COALESCE({steps_of} NOT BETWEEN {from} AND {to}, TRUE) THEN 'V009'"
                        )],
                        vec![format!("    WHEN {on} THEN {steps_of}")],
                    );
                }
                Kind::Ratio => self.ratio(&on, &mut push),
                _ => {}
            }
        }
        codes.push("END".to_owned());
        values.push("END".to_owned());
        steps.push(Step::new(
            "coded_numerals",
            "Why a number is refused",
            select(
                &[
                    "fact",
                    "spelt",
                    "trimmed",
                    "plain",
                    "negative",
                    "digits",
                    "power",
                    "size",
                    &format!("{} AS code", codes.join("\n")),
                ],
                "FROM sized_numerals",
            ),
        ));
        let value = format!(
            "CASE WHEN trimmed <> '' AND code IS NULL THEN {} END",
            values.join("\n")
        );
        steps.push(Step::new(
            "read_numbers",
            "Money in 分, counts in units, numbers in steps of their grid",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    self.wide_column(&value, "value"),
                    "CAST(NULL AS INTEGER) AS class".to_owned(),
                    "code".to_owned(),
                ],
                "FROM coded_numerals",
            ),
        ));
    }

    /// Where a ratio stands on the grid of the ratios that rules compare with, as `money::Ratio::position` says.
    pub(super) fn ratio(&self, on: &str, push: &mut impl FnMut(Vec<String>, Vec<String>)) {
        const FRACTION: &str = "([-+]?)([0-9]{1,18}) *[/] *([-+]?)([0-9]{1,18})";
        let grid = crate::money::RATIO_GRID;
        let fraction = (self.sql.matches)("plain", FRACTION);
        let g = |group: usize| (self.sql.group)("plain", FRACTION, group);
        let wide = |text: &str| format!("CAST({text} AS {})", self.sql.wide);
        let opposite = format!("REPLACE({}, '+', '') <> REPLACE({}, '+', '')", g(1), g(3));
        let zero = |group: usize| format!("{} = ''", (self.sql.ltrim)(&g(group), "'0'"));
        let codes = vec![
            format!(
                "    WHEN {on} AND {fraction} AND ({} OR ({opposite} AND NOT {})) THEN 'V010'",
                zero(4),
                zero(2)
            ),
            format!("    WHEN {on} AND {fraction} THEN NULL"),
            format!("    WHEN {on} AND size = 'malformed' THEN 'V010'"),
            format!("    WHEN {on} AND size = 'large' THEN 'V007'"),
            format!("    WHEN {on} AND size = 'fine' THEN 'V006'"),
            format!("    WHEN {on} AND negative THEN 'V010'"),
        ];
        let floor = |a: &str, b: &str| (self.sql.wide_floor)(a, b);
        let twice = |top: &str, bottom: &str| {
            format!(
                "2 * {} + CASE WHEN MOD({top}, {bottom}) = 0 THEN 0 ELSE 1 END",
                floor(top, bottom)
            )
        };
        let of_fraction = twice(
            &format!("({} * {grid})", wide(&g(2))),
            &wide(&format!("NULLIF({}, '')", g(4))),
        );
        // Per cent and per mille move the power; whole part and decimals are taken apart, so that 38 digits hold each.
        let power = "power - CASE WHEN RIGHT(plain, 1) = '%' THEN 2 WHEN RIGHT(plain, 1) = '‰' THEN 3 ELSE 0 END";
        let split = format!(
            "LPAD(digits || REPEAT('0', GREATEST({power}, 0)), 64, '0') || REPEAT('0', GREATEST(32 + LEAST({power}, 0), 0))"
        );
        let digits = format!("LEFT(RIGHT({split}, 64), 32)");
        let whole = wide(&digits);
        let high = wide(&format!("SUBSTR(RIGHT({split}, 32), 1, 16)"));
        let low = wide(&format!("SUBSTR(RIGHT({split}, 32), 17, 16)"));
        let ten = "10000000000000000";
        let lower = floor(&format!("({low} * {grid})"), ten);
        let upper = format!("({high} * {grid} + {lower})");
        let exact = format!("MOD({low} * {grid}, {ten}) = 0 AND MOD({upper}, {ten}) = 0");
        let of_decimal = format!(
            "CASE\n    WHEN LENGTH(digits) + {power} > 5 THEN {MOST}\n    ELSE 2 * ({whole} * {grid} + {}) + CASE WHEN {exact} THEN 0 ELSE 1 END\nEND",
            floor(&upper, ten)
        );
        push(
            codes,
            vec![
                format!("    WHEN {on} AND {fraction} THEN LEAST({of_fraction}, {MOST})"),
                when(on, &of_decimal),
            ],
        );
    }
}
