//! Units and quantities: what a written number is worth, exactly, and whether it is of the kind wanted.

mod check;
mod kind;
mod magnitude;
mod quantity;
mod units;

pub use check::check;
pub use kind::{Kind, kind, of, of_fact, of_parameter, reads_table};
pub(crate) use magnitude::likely;
pub use quantity::{
    Measure, Rate, Unfit, constant_money, constant_ratio, count, days, fen, hours, measure, money, months, rate, ratio,
};
pub(crate) use units::declare_units;
pub use units::{Dimension, UnitId, UnitScope, Units};

#[cfg(test)]
mod tests;
