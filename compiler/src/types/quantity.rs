//! What a written quantity is worth.

use super::units::{Dimension, Units};
use crate::money::{Fen, MAX_FEN, Ratio};
use anlan_lang::tree::{Expr, Quantity};

/// A quantity in base units of its dimension: 分, persons, households, hours, months, 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub value: Ratio,
    /// `None`: a bare number.
    pub dimension: Option<Dimension>,
    /// The units after `/`, in written order: id and dimension.
    pub per: Vec<(String, Dimension)>,
}

/// Why a quantity has no value of the kind wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// A unit that no library declares (the names pass reports it).
    UnknownUnit,
    /// Another dimension than the one wanted.
    Dimension,
    /// No unit where one is needed.
    Bare,
    /// Finer than 1 分, or a part of a person.
    Fraction,
    /// Above 10^15 分, or beyond what can be held.
    TooLarge,
    Negative,
}

/// An amount of money for each unit of something: `60元/人/月`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    pub amount: Fen,
    /// Unit ids and dimensions after `/`, in written order.
    pub per: Vec<(String, Dimension)>,
}

/// The quantity in base units.
///
/// # Errors
/// [`Unfit::UnknownUnit`], or [`Unfit::TooLarge`] where exact arithmetic cannot hold it.
pub fn measure(units: &Units, quantity: &Quantity) -> Result<Measure, Unfit> {
    let value = Ratio::from_decimal(quantity.value).ok_or(Unfit::TooLarge)?;
    let Some(unit) = &quantity.unit else {
        return Ok(Measure {
            value,
            dimension: None,
            per: Vec::new(),
        });
    };
    let head = units.find(&unit.head.text).ok_or(Unfit::UnknownUnit)?;
    let per = unit
        .per
        .iter()
        .map(|name| {
            let unit = units.find(&name.text).ok_or(Unfit::UnknownUnit)?;
            Ok((unit.id.clone(), unit.dimension.clone()))
        })
        .collect::<Result<_, _>>()?;
    Ok(Measure {
        value: value.checked_mul(head.factor).ok_or(Unfit::TooLarge)?,
        dimension: Some(head.dimension.clone()),
        per,
    })
}

/// An amount of money without a rate: `10万元`.
///
/// # Errors
/// Any [`Unfit`].
pub fn money(units: &Units, quantity: &Quantity) -> Result<Fen, Unfit> {
    let rate = rate(units, quantity)?;
    if rate.per.is_empty() {
        Ok(rate.amount)
    } else {
        Err(Unfit::Dimension)
    }
}

/// An amount of money, perhaps for each unit of something: `1元/人/年`, `10万元`.
///
/// # Errors
/// Any [`Unfit`].
pub fn rate(units: &Units, quantity: &Quantity) -> Result<Rate, Unfit> {
    let measure = measure(units, quantity)?;
    match measure.dimension {
        Some(Dimension::Money) => Ok(Rate {
            amount: fen(measure.value)?,
            per: measure.per,
        }),
        Some(_) => Err(Unfit::Dimension),
        None => Err(Unfit::Bare),
    }
}

/// A ratio: `20%`, `5‰`, or a bare number (`0.2`, `15`).
///
/// # Errors
/// Any [`Unfit`] but `Bare`.
pub fn ratio(units: &Units, quantity: &Quantity) -> Result<Ratio, Unfit> {
    let measure = measure(units, quantity)?;
    match measure.dimension {
        None | Some(Dimension::Ratio) if measure.per.is_empty() => Ok(measure.value),
        _ => Err(Unfit::Dimension),
    }
}

/// A constant ratio: a quantity as in [`ratio`], or a fraction `1/2`. `None` for anything else.
pub fn constant_ratio(units: &Units, expr: &Expr) -> Option<Ratio> {
    match expr {
        Expr::Quantity(quantity) => ratio(units, quantity).ok(),
        Expr::Fraction {
            numerator, denominator, ..
        } => {
            let (n, d) = (Ratio::from_decimal(*numerator)?, Ratio::from_decimal(*denominator)?);
            Ratio::new(
                n.numerator().checked_mul(d.denominator())?,
                n.denominator().checked_mul(d.numerator())?,
            )
        }
        _ => None,
    }
}

/// A constant amount of money. `None` for anything else.
pub fn constant_money(units: &Units, expr: &Expr) -> Option<Fen> {
    match expr {
        Expr::Quantity(quantity) => money(units, quantity).ok(),
        _ => None,
    }
}

/// A whole number of something of the dimension wanted, in its base unit: persons, households, hours, months. With
/// `None` any unit but money and ratios, or none (`6`, `3家`, `13种`).
///
/// # Errors
/// Any [`Unfit`].
pub fn count(units: &Units, quantity: &Quantity, wanted: Option<&Dimension>) -> Result<i64, Unfit> {
    let measure = measure(units, quantity)?;
    if !measure.per.is_empty() {
        return Err(Unfit::Dimension);
    }
    match (&measure.dimension, wanted) {
        (Some(Dimension::Money | Dimension::Ratio), None) => return Err(Unfit::Dimension),
        (Some(found), Some(wanted)) if found != wanted => return Err(Unfit::Dimension),
        (None, Some(_)) => return Err(Unfit::Bare),
        _ => {}
    }
    whole(measure.value)
}

/// A length of time in hours (`72小时`, `3天`).
///
/// # Errors
/// Any [`Unfit`].
pub fn hours(units: &Units, quantity: &Quantity) -> Result<i64, Unfit> {
    count(units, quantity, Some(&Dimension::Time))
}

/// A length of time in days (`10日`).
///
/// # Errors
/// Any [`Unfit`]; `Fraction` where the hours make no whole days.
pub fn days(units: &Units, quantity: &Quantity) -> Result<i64, Unfit> {
    let hours = hours(units, quantity)?;
    if hours % 24 == 0 {
        Ok(hours / 24)
    } else {
        Err(Unfit::Fraction)
    }
}

/// A length of time in months (`3年`, `12个月`).
///
/// # Errors
/// Any [`Unfit`].
pub fn months(units: &Units, quantity: &Quantity) -> Result<i64, Unfit> {
    count(units, quantity, Some(&Dimension::Period))
}

/// An exact number of 分 as an amount.
///
/// # Errors
/// `Fraction`, `Negative` or `TooLarge`.
pub fn fen(value: Ratio) -> Result<Fen, Unfit> {
    let fen = whole(value)?;
    if fen > MAX_FEN {
        Err(Unfit::TooLarge)
    } else {
        Ok(Fen(fen))
    }
}

fn whole(value: Ratio) -> Result<i64, Unfit> {
    if value.is_negative() {
        return Err(Unfit::Negative);
    }
    if value.denominator() != 1 {
        return Err(Unfit::Fraction);
    }
    i64::try_from(value.numerator()).map_err(|_| Unfit::TooLarge)
}
