/// First day of the insured year of a day; `start` is that of the claim's own policy.
pub(crate) fn year_of(day: Day, start: Option<Day>) -> Option<Day> {
    for year in BOUNDARIES.windows(2) {
        if (year[0]..year[1]).contains(&day) {
            return Some(year[0]);
        }
    }
    let outside = |first: Day| day < first || DAY_AFTER.is_some_and(|after| day >= after);
    if FIRST_DAY.is_some_and(outside) {
        return None;
    }
    if CALENDAR_YEARS {
        return Some(Day::of(day.year(), 1, 1));
    }
    let start = FIRST_DAY.or(start).filter(|start| day >= *start)?;
    let first = start.in_year(day.year());
    if first <= day {
        Some(first)
    } else {
        Some(start.in_year(day.year() - 1))
    }
}
