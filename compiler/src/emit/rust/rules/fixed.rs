
/// A benefit that is one amount
fn fixed<T: Trace>(amount: i64, article: &'static str, trace: &mut T) -> Result<i64, Stop> {
    trace.step("amount", i128::from(amount), 1, article);
    Ok(amount)
}
