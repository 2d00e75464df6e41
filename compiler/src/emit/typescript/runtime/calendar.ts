/** Insured years. */

«import { isLeap } from "./reading.js";»
«import { SCHEME } from "./scheme.js";»

/** First day of the insured year of a day; `start` is that of the claim's own policy. Days are yyyymmdd. */
«export »function yearOf(day‹: number›, start‹: number | null›)‹: number | null› {
  const { boundaries, firstDay, dayAfter, calendarYears } = SCHEME;
  const stated = boundaries.find((first, at) => first <= day && day < (boundaries[at + 1] ?? first));
  if (stated !== undefined) {
    return stated;
  }
  if (firstDay !== null && (day < firstDay || (dayAfter !== null && day >= dayAfter))) {
    return null;
  }
  if (calendarYears) {
    return Math.floor(day / 10_000) * 10_000 + 101;
  }
  const begin = firstDay ?? start;
  if (begin === null || day < begin) {
    return null;
  }
  const years = Math.floor(day / 10_000) - Math.floor(begin / 10_000);
  const first = anniversary(begin, years);
  return first <= day ? first : anniversary(begin, years - 1);
}

/** The same day after so many years; 29 February becomes the 28th. */
function anniversary(start‹: number›, years‹: number›)‹: number› {
  const day = start + years * 10_000;
  return day % 10_000 === 229 && !isLeap(Math.floor(day / 10_000)) ? day - 1 : day;
}
