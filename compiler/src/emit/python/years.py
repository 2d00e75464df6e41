def year_of(day: int, start: Optional[int]) -> Optional[int]:
    """First day of the insured year of a day; `start` is that of the claim's own policy."""
    for first, following in zip(BOUNDARIES, BOUNDARIES[1:]):
        if first <= day < following:
            return first
    if FIRST_DAY is not None:
        if day < FIRST_DAY or (DAY_AFTER is not None and day >= DAY_AFTER):
            return None
        start = FIRST_DAY
    if CALENDAR_YEARS:
        return day // 10_000 * 10_000 + 101
    if start is None or day < start:
        return None
    years = day // 10_000 - start // 10_000
    first = _anniversary(start, years)
    return first if first <= day else _anniversary(start, years - 1)


def _anniversary(start: int, years: int) -> int:
    """The same day after so many years; 29 February becomes the 28th."""
    day = start + years * 10_000
    year = day // 10_000
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day - 1 if day % 10_000 == 229 and not leap else day
