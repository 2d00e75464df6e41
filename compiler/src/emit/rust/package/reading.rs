//! Reads texts as claim files spell them: money, counts, dates, yes and no. Everything is exact.

use crate::model::{Refusal, Stop, times};
use std::cmp::Ordering;

/// The largest amount of one field: 10^15 分
pub const MOST: i64 = 1_000_000_000_000_000;
const DIGITS: i64 = 28;
/// Bounds of ratios lie on a grid of so many parts.
const GRID: i128 = 9_009_000_000_000;

/// A day of the calendar
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// A day as it is written; [`Day::new`] checks that there is one.
    #[must_use]
    pub const fn of(year: i32, month: i32, day: i32) -> Self {
        Day(year * 10_000 + month * 100 + day)
    }

    /// `None` where the calendar has no such day.
    #[must_use]
    pub fn new(year: i32, month: i32, day: i32) -> Option<Self> {
        let exists = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        (exists && (0..=9999).contains(&year)).then(|| Day::of(year, month, day))
    }

    #[must_use]
    pub fn year(self) -> i32 {
        self.0 / 10_000
    }

    /// The same day in another year; 29 February becomes the 28th.
    #[must_use]
    pub fn in_year(self, year: i32) -> Self {
        match self.0 % 10_000 {
            229 if days_in(year, 2) == 28 => Day::of(year, 2, 28),
            rest => Day(year * 10_000 + rest),
        }
    }
}

fn days_in(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A day, and the second of the day where the record gives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    pub day: Day,
    pub second: Option<u32>,
}

impl Moment {
    /// A day without a time
    #[must_use]
    pub const fn on(day: Day) -> Self {
        Moment { day, second: None }
    }
}

impl From<Day> for Moment {
    fn from(day: Day) -> Self {
        Moment { day, second: None }
    }
}

/// An exact fraction in lowest terms, not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quotient {
    pub numerator: i128,
    pub denominator: i128,
}

impl Quotient {
    /// `None` unless the denominator is positive and the numerator is not negative.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 || denominator == i128::MIN || numerator == i128::MIN {
            return None;
        }
        let (n, d) = (numerator * denominator.signum(), denominator.abs());
        if n < 0 {
            return None;
        }
        let (mut a, mut b) = (n, d);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Some(Quotient {
            numerator: n / a,
            denominator: d / a,
        })
    }

    /// So many whole units
    #[must_use]
    pub const fn whole(units: i64) -> Self {
        Quotient {
            numerator: units as i128,
            denominator: 1,
        }
    }

    /// An odd number of halves of a unit
    #[must_use]
    pub const fn halves(halves: i64) -> Self {
        Quotient {
            numerator: halves as i128,
            denominator: 2,
        }
    }

    /// A ratio that stands at such a [`Quotient::position`]
    #[must_use]
    pub const fn at(position: i64) -> Self {
        Quotient {
            numerator: position as i128,
            denominator: 2 * GRID,
        }
    }

    /// Twice its place on a grid of 1/9009000000000, or one more between two places, so that whole numbers tell apart
    /// what bounds on the grid tell apart.
    #[must_use]
    pub fn position(self) -> i64 {
        let whole = self.numerator.div_euclid(self.denominator);
        let rest = self.numerator.rem_euclid(self.denominator);
        // rest × GRID / denominator, bit by bit, since the product may not fit.
        let (mut quotient, mut left) = (0i128, 0i128);
        for bit in (0..44).rev() {
            (quotient, left) = (quotient * 2, left * 2);
            if GRID >> bit & 1 == 1 {
                left += rest;
            }
            quotient += left / self.denominator;
            left %= self.denominator;
        }
        let place = whole.saturating_mul(GRID).saturating_add(quotient);
        let doubled = place
            .saturating_mul(2)
            .saturating_add(i128::from(left != 0));
        i64::try_from(doubled).unwrap_or(i64::MAX)
    }

    /// Twice its whole units, or one more where it has parts beyond them: whole numbers tell apart what whole units do.
    #[must_use]
    pub fn units(self) -> i64 {
        let whole = self.numerator.div_euclid(self.denominator);
        let parts = self.numerator.rem_euclid(self.denominator) != 0;
        let doubled = whole.saturating_mul(2).saturating_add(i128::from(parts));
        i64::try_from(doubled).unwrap_or(i64::MAX)
    }

    /// The least of it and a bound, in parts of a unit, of which the denominator is a divisor
    pub(crate) fn at_most(self, most: Option<i128>, parts: i128) -> Result<i128, Stop> {
        let units = times(self.numerator, parts / self.denominator)?;
        match most {
            Some(most) => Ok(units.min(times(most, parts)?)),
            None => Ok(units),
        }
    }

    /// The whole units
    #[must_use]
    pub fn floor(self) -> i64 {
        i64::try_from(self.numerator.div_euclid(self.denominator)).unwrap_or(i64::MAX)
    }
}

impl PartialOrd for Quotient {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quotient {
    /// An order for keys, not of size.
    fn cmp(&self, other: &Self) -> Ordering {
        let parts = |q: &Quotient| (q.numerator, q.denominator);
        parts(self).cmp(&parts(other))
    }
}

/// White space as files have it, with a stray byte-order mark
#[must_use]
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Full-width signs as ASCII, without white space around
#[must_use]
pub fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.chars()
        .map(narrow)
        .collect::<String>()
        .trim()
        .to_owned()
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn power(exponent: i64) -> i128 {
    10i128.pow(u32::try_from(exponent).unwrap_or(0))
}

/// A decimal as mantissa and scale: 1.50 is (15, 1).
fn decimal(text: &str, malformed: &'static str) -> Result<(i128, i64), Refusal> {
    let text = plain(text);
    let bad = || Refusal::new(malformed);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, digits)) => (mantissa, exponent(digits, malformed)?),
        None => (text.as_str(), 0),
    };
    let negative = mantissa.starts_with('-');
    let digits = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = ungrouped(whole).ok_or_else(bad)?;
    let empty = whole.is_empty() && fraction.is_empty();
    if !is_digits(&whole) || !is_digits(fraction) || empty {
        return Err(bad());
    }
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    let stripped = significant.trim_end_matches('0');
    if stripped.is_empty() {
        return Ok((0, 0));
    }
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let dropped = length(significant) - length(stripped);
    let scale = exponent - length(fraction) + dropped;
    if length(stripped) + scale > DIGITS {
        return Err(Refusal::new("V007"));
    }
    if scale < -DIGITS || length(stripped) > DIGITS {
        return Err(Refusal::new("V006"));
    }
    let value: i128 = stripped.parse().map_err(|_| bad())?;
    let value = value * power(scale.max(0));
    Ok((if negative { -value } else { value }, (-scale).max(0)))
}

/// Without the commas of well-formed thousands groups
fn ungrouped(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let formed = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    formed.then(|| whole.replace(',', ""))
}

fn exponent(digits: &str, malformed: &'static str) -> Result<i64, Refusal> {
    let unsigned = digits.strip_prefix(['-', '+']).unwrap_or(digits);
    if unsigned.is_empty() || !is_digits(unsigned) {
        return Err(Refusal::new(malformed));
    }
    digits.parse::<i32>().map(i64::from).map_err(|_| {
        let negative = digits.starts_with('-');
        Refusal::new(if negative { "V006" } else { "V007" })
    })
}

/// Yuan with at most two decimals, as 分.
///
/// # Errors
/// No amount (V004), negative (V005), finer than 分 (V006), more than 10^15 分 (V007).
pub fn money(text: &str) -> Result<i64, Refusal> {
    let text = plain(text);
    let (mantissa, scale) = decimal(text.strip_suffix('元').unwrap_or(&text), "V004")?;
    fen(mantissa * 100, scale)
}

/// As [`money`], also with the multipliers of documents: 300万, 5亿元.
///
/// # Errors
/// As [`money`].
pub fn money_worded(text: &str) -> Result<i64, Refusal> {
    let text = plain(text);
    let text = text.strip_suffix('元').unwrap_or(&text);
    let (digits, multiple) = match (text.strip_suffix('万'), text.strip_suffix('亿')) {
        (Some(digits), _) => (digits, 10_000),
        (_, Some(digits)) => (digits, 100_000_000),
        _ => return money(text),
    };
    let (mantissa, scale) = decimal(digits, "V004")?;
    fen(mantissa * multiple * 100, scale)
}

fn fen(hundredths: i128, scale: i64) -> Result<i64, Refusal> {
    if hundredths < 0 {
        return Err(Refusal::new("V005"));
    }
    let (fen, rest) = (hundredths / power(scale), hundredths % power(scale));
    if fen > i128::from(MOST) || (fen == i128::from(MOST) && rest > 0) {
        return Err(Refusal::new("V007"));
    }
    if rest > 0 {
        return Err(Refusal::new("V006"));
    }
    i64::try_from(fen).map_err(|_| Refusal::new("V007"))
}

/// What a part unit counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Refused,
    Up,
    Down,
}

/// A count of whole units.
///
/// # Errors
/// No count, or a part unit where none is taken (V008), negative (V005), too large (V007).
pub fn count(text: &str, part: Part) -> Result<i64, Refusal> {
    let exact = parts(text)?;
    match part {
        _ if exact.denominator == 1 => Ok(exact.floor()),
        Part::Refused => Err(Refusal::new("V008")),
        Part::Up => Ok(exact.floor() + 1),
        Part::Down => Ok(exact.floor()),
    }
}

/// A count in which a part unit counts as such a part.
///
/// # Errors
/// As [`count`].
pub fn parts(text: &str) -> Result<Quotient, Refusal> {
    let (mantissa, scale) = decimal(text, "V008")?;
    if mantissa < 0 {
        return Err(Refusal::new("V005"));
    }
    let beyond = || Refusal::new("V007");
    let exact = Quotient::new(mantissa, power(scale)).ok_or_else(beyond)?;
    let whole = exact.numerator / exact.denominator;
    let most = i128::from(MOST);
    if whole > most || (whole == most && exact.denominator > 1) {
        return Err(beyond());
    }
    Ok(exact)
}

/// Steps of the precision, within the bounds.
///
/// # Errors
/// Off the grid, out of bounds or no number (V009).
pub fn grid(
    text: &str,
    unit: &str,
    precision: (i128, i128),
    least: i64,
    most: i64,
) -> Result<i64, Refusal> {
    let refused = || Refusal::new("V009");
    let text = plain(text);
    let digits = text.strip_suffix(unit).map_or(text.as_str(), str::trim_end);
    let (mantissa, scale) = decimal(digits, "V009").map_err(|_| refused())?;
    let (n, d) = reduced(mantissa, power(scale));
    let top = n.checked_mul(precision.1).ok_or_else(refused)?;
    let bottom = d.checked_mul(precision.0).ok_or_else(refused)?;
    if top % bottom != 0 {
        return Err(refused());
    }
    let steps = i64::try_from(top / bottom).map_err(|_| refused())?;
    if (least..=most).contains(&steps) {
        Ok(steps)
    } else {
        Err(refused())
    }
}

fn reduced(n: i128, d: i128) -> (i128, i128) {
    let (mut a, mut b) = (n.abs(), d);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (n / a.max(1), d / a.max(1))
}

/// 0.95, 95%, 95‰ or 19/20.
///
/// # Errors
/// No ratio, or negative (V010).
pub fn ratio(text: &str) -> Result<Quotient, Refusal> {
    let refused = || Refusal::new("V010");
    let text = plain(text);
    if let Some((top, bottom)) = text.split_once('/') {
        let whole = |text: &str| text.trim().parse::<i128>().map_err(|_| refused());
        return Quotient::new(whole(top)?, whole(bottom)?).ok_or_else(refused);
    }
    let (digits, hundred) = match (text.strip_suffix('%'), text.strip_suffix('‰')) {
        (Some(digits), _) => (digits, 100),
        (_, Some(digits)) => (digits, 1000),
        _ => (text.as_str(), 1),
    };
    let (mantissa, scale) = decimal(digits.trim_end(), "V010")?;
    Quotient::new(mantissa, power(scale) * hundred).ok_or_else(refused)
}

/// Any text without control characters.
///
/// # Errors
/// A control character (V012).
pub fn identifier(text: &str) -> Result<&str, Refusal> {
    if text.chars().any(char::is_control) {
        Err(Refusal::new("V012"))
    } else {
        Ok(text)
    }
}

/// 是, yes or true; 否, no or false.
///
/// # Errors
/// Anything else (V011).
pub fn yes_no(text: &str) -> Result<bool, Refusal> {
    match plain(text).to_lowercase().as_str() {
        "是" | "true" | "yes" => Ok(true),
        "否" | "false" | "no" => Ok(false),
        _ => Err(Refusal::new("V011")),
    }
}

/// A value of a domain by id, name or alias.
///
/// # Errors
/// Anything else (V002).
pub fn value<V>(text: &str, named: fn(&str) -> Option<V>) -> Result<V, Refusal> {
    let found = named(text).or_else(|| named(&plain(text)));
    found.ok_or_else(|| Refusal::new("V002"))
}

/// 2024-07-01, 2024/7/1, 20240701 or 2024年7月1日, perhaps with a time of day.
///
/// # Errors
/// Anything else (V003).
pub fn moment(text: &str) -> Result<Moment, Refusal> {
    moment_in(&plain(text)).ok_or_else(|| Refusal::new("V003"))
}

fn moment_in(text: &str) -> Option<Moment> {
    let (day, rest) = split_day(text)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(day.into());
    }
    Some(Moment {
        day,
        second: Some(second(rest)?),
    })
}

fn split_day(text: &str) -> Option<(Day, &str)> {
    if let Some((digits, rest)) = text.split_at_checked(8).filter(|(day, _)| is_digits(day)) {
        let number: i32 = digits.parse().ok()?;
        let day = Day::new(number / 10_000, number / 100 % 100, number % 100)?;
        return Some((day, after(rest)?));
    }
    let (year, rest) = leading(text, 4, 4)?;
    let separator = rest.chars().next()?;
    let (month, rest) = leading(rest.strip_prefix(separator)?, 1, 2)?;
    let (day, rest) = match separator {
        '-' | '/' | '.' => {
            let (day, rest) = leading(rest.strip_prefix(separator)?, 1, 2)?;
            (day, after(rest)?)
        }
        '年' => {
            let (day, rest) = leading(rest.strip_prefix('月')?, 1, 2)?;
            (day, rest.strip_prefix('日')?)
        }
        _ => return None,
    };
    Some((Day::new(year, month, day)?, rest))
}

/// A time follows after `T` or a blank.
fn after(rest: &str) -> Option<&str> {
    if rest.is_empty() {
        return Some(rest);
    }
    let time = rest.strip_prefix(['T', 't', ' ']);
    time.filter(|time| !time.trim().is_empty())
}

fn leading(text: &str, least: usize, most: usize) -> Option<(i32, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(least..=most).contains(&end) {
        return None;
    }
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, rest))
}

fn second(text: &str) -> Option<u32> {
    let zone = text
        .strip_suffix("+08:00")
        .or_else(|| text.strip_suffix("+0800"));
    let text = zone.map_or(text, str::trim_end);
    let (hour, rest) = leading(text, 1, 2)?;
    let rest = rest.strip_prefix([':', '时'])?;
    if rest.is_empty() && text.ends_with('时') {
        return clock(hour, 0, 0);
    }
    let (minute, rest) = leading(rest, 1, 2)?;
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    if rest.is_empty() {
        return clock(hour, minute, 0);
    }
    let (second, rest) = leading(rest.strip_prefix(':').unwrap_or(rest), 1, 2)?;
    let rest = rest.strip_prefix('秒').unwrap_or(rest);
    // Fractions of a second decide nothing.
    if !is_digits(rest.strip_prefix('.').unwrap_or(rest)) {
        return None;
    }
    clock(hour, minute, second)
}

fn clock(hour: i32, minute: i32, second: i32) -> Option<u32> {
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    u32::try_from(hour * 3600 + minute * 60 + second).ok()
}

/// 分 as yuan with two decimals
#[must_use]
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let value = fen.unsigned_abs();
    format!("{sign}{}.{:02}", value / 100, value % 100)
}
