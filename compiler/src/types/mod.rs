//! Units and quantities: what a written number is worth, exactly.

mod quantity;
mod units;

pub use quantity::{
    Measure, Rate, Unfit, constant_money, constant_ratio, count, days, fen, hours, measure, money, months, rate, ratio,
};
pub use units::{Dimension, UnitId, UnitScope, Units};
