//! Dates and date-times as claim files spell them.

use crate::evaluate::model::Moment;
use crate::evaluate::text::plain;
use jiff::civil::{Date, DateTime, Time};

/// `2024-07-01`, `2024/7/1`, `2024.7.1`, `20240701`, `2024年7月1日`, each perhaps with a time of day
/// (`T08:30`, ` 08:30:00`, `8时30分`). An offset must be `+08:00`, the legal time of China, since another one could
/// move the loss to another day. `None` for everything else.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let text = plain(text);
    let (day, rest) = split_day(&text)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(Moment::Day(day));
    }
    Some(Moment::Time(DateTime::from_parts(day, time(rest)?)))
}

fn split_day(text: &str) -> Option<(Date, &str)> {
    if let Some((digits, rest)) = text
        .split_at_checked(8)
        .filter(|(d, _)| d.bytes().all(|b| b.is_ascii_digit()))
    {
        let (year, month_day) = digits.split_at_checked(4)?;
        let (month, day) = month_day.split_at_checked(2)?;
        return Some((
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?,
            after(rest)?,
        ));
    }
    let (year, rest) = digits(text, 4, 4)?;
    let separator = rest.chars().next()?;
    let (month, rest) = digits(rest.strip_prefix(separator)?, 1, 2)?;
    let (day, rest) = match separator {
        '-' | '/' | '.' => {
            let (day, rest) = digits(rest.strip_prefix(separator)?, 1, 2)?;
            (day, after(rest)?)
        }
        '年' => {
            let (day, rest) = digits(rest.strip_prefix('月')?, 1, 2)?;
            (day, rest.strip_prefix('日')?)
        }
        _ => return None,
    };
    Some((
        Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok()?,
        rest,
    ))
}

/// A time follows after `T` or a blank.
fn after(rest: &str) -> Option<&str> {
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix(['T', 't', ' '])
            .filter(|time| !time.trim().is_empty())
    }
}

fn digits(text: &str, least: usize, most: usize) -> Option<(i32, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(least..=most).contains(&end) {
        return None;
    }
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, rest))
}

fn time(text: &str) -> Option<Time> {
    let text = match text.strip_suffix("+08:00").or_else(|| text.strip_suffix("+0800")) {
        Some(local) => local.trim_end(),
        None => text,
    };
    let (hour, rest) = digits(text, 1, 2)?;
    let rest = rest.strip_prefix([':', '时'])?;
    if rest.is_empty() && text.ends_with('时') {
        return clock(hour, 0, 0);
    }
    let (minute, rest) = digits(rest, 1, 2)?;
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    if rest.is_empty() {
        return clock(hour, minute, 0);
    }
    let (second, rest) = digits(rest.strip_prefix(':').unwrap_or(rest), 1, 2)?;
    let rest = rest.strip_prefix('秒').unwrap_or(rest);
    // Fractions of a second decide nothing.
    let fraction = rest.strip_prefix('.').unwrap_or(rest);
    fraction
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| clock(hour, minute, second))
        .flatten()
}

fn clock(hour: i32, minute: i32, second: i32) -> Option<Time> {
    Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_in_every_spelling() {
        for text in [
            "2024-07-01",
            "2024/7/1",
            "2024.7.1",
            "20240701",
            "2024年7月1日",
            "２０２４－０７－０１",
            " 2024-7-1 ",
        ] {
            assert_eq!(moment(text), Some(Moment::Day(date(2024, 7, 1))), "{text}");
        }
    }

    #[test]
    fn times_in_every_spelling() {
        let expected = Moment::Time(date(2024, 7, 1).at(8, 30, 0, 0));
        for text in [
            "2024-07-01T08:30",
            "2024-07-01 08:30:00",
            "2024/7/1 8:30",
            "20240701 08:30",
            "2024年7月1日8时30分",
            "2024年7月1日 08:30",
            "2024-07-01T08:30:00.000+08:00",
        ] {
            assert_eq!(moment(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2024",
            "2024-13-01",
            "2023-02-29",
            "2024-07-01Z",
            "2024-07-01T08:30Z",
            "2024-07-01T08:30+00:00",
            "01/07/2024",
            "2024-7/1",
            "2024-07-011",
            "45474",
            "2024-07-01T25:00",
            "2024-07-01x",
            "昨天",
            "2024年7月",
            "2024-07-01T",
            "2024-07-01T08",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
