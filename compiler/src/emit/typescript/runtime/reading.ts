/** Reads texts as claim files spell them: money, counts, dates, yes and no. Everything is exact; nothing is a float. */

/** An exact quotient of integers; the denominator is positive. */
‹export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}›

/** A day as yyyymmdd, and the second of the day where the record gives one. */
‹export interface Moment {
  readonly day: number;
  readonly second: number | null;
}›

const MEANINGS‹: ReadonlyMap<string, string>› = new Map([
  ["V002", "no such value"],
  ["V003", "not a date"],
  ["V004", "not an amount"],
  ["V005", "cannot be negative"],
  ["V006", "too many decimals"],
  ["V007", "too large"],
  ["V008", "not a count"],
  ["V009", "not one of the numbers allowed"],
  ["V010", "not a ratio"],
  ["V011", "neither yes nor no"],
  ["V012", "holds a control character"],
  ["V013", "given more than once"],
  ["V014", "no such field"],
  ["V020", "a field that the rules read is blank"],
  ["V021", "covers with different amounts apply, and the scheme does not rank them"],
  ["V022", "above what the scheme accepts"],
  ["V023", "below what the scheme accepts"],
  ["V030", "the claim id occurs more than once"],
  ["V031", "a key that a limit counts by is blank"],
  ["V032", "other rows of the same record say otherwise"],
  ["V033", "no claim id"],
  ["V034", "no date of loss"],
  ["V041", "an amount follows the total premium, which is not given"],
  ["V042", "the decision has not been taken, so the amount is not known"],
  ["V043", "the limit does not suffice, and the scheme does not say what happens then"],
  ["V044", "a number leaves the range of exact arithmetic"],
  ["V045", "the term is not known, so there are no years"],
  ["V048", "one group of the limit falls under more than one decision"],
  ["V049", "what the limit follows differs between claims of one group"],
  ["V050", "no such decision"],
  ["V051", "the decision cannot be taken for this key"],
  ["V052", "the decision cannot carry this value"],
  ["V053", "the decision is given more than once"],
  ["V061", "bytes that are not UTF-8"],
  ["V063", "holds a list or an object"],
  ["V067", "longer than a row may be"],
  ["V069", "not a JSON object"],
  ["V072", "the claim has occurred before"],
  ["V073", "no claim id"],
  ["V074", "not an amount"],
  ["V075", "an earlier payment cannot be read"],
  ["V076", "not a flat object"],
]);

/** Why an input is refused: a stable code, the fields concerned, and what stood there. */
«export »class Refusal extends Error {
  ‹override readonly› name = "Refusal";
  ‹readonly› code‹: string›;
  ‹readonly› fields‹: readonly string[]›;
  ‹readonly› detail‹: string›;

  constructor(code‹: string›, fields‹: readonly string[]› = [], detail = "") {
    const parts = [code, MEANINGS.get(code) ?? "", fields.join(", "), detail];
    super(parts.filter((part) => part !== "").join(": "));
    this.code = code;
    this.fields = fields;
    this.detail = detail;
  }
}

/** The largest amount of one fact, in 分. */
const MOST = 10n ** 15n;
/** Digits that an amount may have, and decimals. */
const DIGITS = 28;
const EDGES = /^\p{White_Space}+|\p{White_Space}+$/gu;
const FILE_EDGES = /^[\p{White_Space}\ufeff]+|[\p{White_Space}\ufeff]+$/gu;

/** White space as files have it, the ideographic space and a stray byte-order mark included. */
«export »function trimmed(text‹: string›)‹: string› {
  return text.replace(FILE_EDGES, "");
}

/** Full-width signs as ASCII, without white space around. */
«export »function plain(text‹: string›)‹: string› {
  const narrow = text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return narrow.replace(/\u3000/g, " ").replace(EDGES, "");
}

function stripped(text‹: string›)‹: string› {
  return text.replace(EDGES, "");
}

function isDigits(text‹: string›)‹: boolean› {
  return /^[0-9]*$/.test(text);
}

function power(scale‹: number›)‹: bigint› {
  return 10n ** BigInt(scale);
}

/** The largest whole number that is not above a / b; b is positive. */
«export »function floored(a‹: bigint›, b‹: bigint›)‹: bigint› {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** The smaller of two amounts. */
«export »function atMost(a‹: bigint›, b‹: bigint›)‹: bigint› {
  return a < b ? a : b;
}

/** The larger of two amounts. */
«export »function atLeast(a‹: bigint›, b‹: bigint›)‹: bigint› {
  return a > b ? a : b;
}

/** A decimal: 1.50 is 15 over ten to the 1st. */
‹interface Decimal {
  readonly mantissa: bigint;
  readonly scale: number;
}›

function decimal(given‹: string›, malformed‹: string›)‹: Decimal› {
  const text = plain(given);
  const at = text.search(/[eE]/);
  const exponent = at < 0 ? 0 : exponentOf(text.slice(at + 1), malformed);
  const mantissa = at < 0 ? text : text.slice(0, at);
  const negative = mantissa.startsWith("-");
  const digits = /^[-+]/.test(mantissa) ? mantissa.slice(1) : mantissa;
  const point = digits.indexOf(".");
  const whole = withoutGroups(point < 0 ? digits : digits.slice(0, point), malformed);
  const fraction = point < 0 ? "" : digits.slice(point + 1);
  if (!isDigits(whole) || !isDigits(fraction) || whole + fraction === "") {
    throw new Refusal(malformed);
  }
  const significant = (whole + fraction).replace(/^0+/, "");
  const shortest = significant.replace(/0+$/, "");
  if (shortest === "") {
    return { mantissa: 0n, scale: 0 };
  }
  const shift = exponent - fraction.length + significant.length - shortest.length;
  if (shortest.length + shift > DIGITS) {
    throw new Refusal("V007");
  }
  if (shift < -DIGITS || shortest.length > DIGITS) {
    throw new Refusal("V006");
  }
  const value = BigInt(shortest) * power(Math.max(shift, 0));
  return { mantissa: negative ? -value : value, scale: Math.max(-shift, 0) };
}

/** 1,234,567 without its commas. */
function withoutGroups(whole‹: string›, malformed‹: string›)‹: string› {
  if (!whole.includes(",")) {
    return whole;
  }
  const [first = "", ...groups] = whole.split(",");
  if (first.length < 1 || first.length > 3 || groups.some((group) => group.length !== 3)) {
    throw new Refusal(malformed);
  }
  return whole.replaceAll(",", "");
}

function exponentOf(text‹: string›, malformed‹: string›)‹: number› {
  if (!/^[-+]?[0-9]+$/.test(text)) {
    throw new Refusal(malformed);
  }
  const value = Number(text);
  if (value >= 2 ** 31) {
    throw new Refusal("V007");
  }
  if (value < -(2 ** 31)) {
    throw new Refusal("V006");
  }
  return value;
}

/** Whole 分 of a decimal number of units of so many 分. */
function fenOf({ mantissa, scale }‹: Decimal›, unit‹: bigint›)‹: bigint› {
  const divisor = power(scale);
  const fen = (mantissa * unit) / divisor;
  const rest = (mantissa * unit) % divisor;
  if (mantissa < 0n) {
    throw new Refusal("V005");
  }
  if (fen > MOST || (fen === MOST && rest !== 0n)) {
    throw new Refusal("V007");
  }
  if (rest !== 0n) {
    throw new Refusal("V006");
  }
  return fen;
}

/** 元 with at most two decimals, as 分. */
«export »function money(given‹: string›)‹: bigint› {
  const common = /^([0-9]{1,12})(?:\.([0-9]{2}))?$/.exec(given);
  if (common !== null) {
    return BigInt((common[1] ?? "") + (common[2] ?? "00"));
  }
  const text = plain(given);
  return fenOf(decimal(text.endsWith("元") ? text.slice(0, -1) : text, "V004"), 100n);
}

/** As money, also with the multipliers of documents: 300万, 5亿元. */
«export »function moneyWorded(given‹: string›)‹: bigint› {
  const text = plain(given);
  const amount = text.endsWith("元") ? text.slice(0, -1) : text;
  const times = { 万: 10_000n, 亿: 100_000_000n }[amount.slice(-1)];
  return times === undefined ? money(amount) : fenOf(decimal(amount.slice(0, -1), "V004"), times * 100n);
}

/** What a part of a unit counts as. */
‹export type PartRule = "up" | "down" | "refused";›

function countOf(text‹: string›)‹: Decimal› {
  const number = decimal(text, "V008");
  if (number.mantissa < 0n) {
    throw new Refusal("V005");
  }
  if (number.mantissa > MOST * power(number.scale)) {
    throw new Refusal("V007");
  }
  return number;
}

/** A count of whole units. */
«export »function count(text‹: string›, part‹: PartRule› = "refused")‹: bigint› {
  const { mantissa, scale } = countOf(text);
  const whole = mantissa / power(scale);
  if (part === "down" || whole * power(scale) === mantissa) {
    return whole;
  }
  if (part === "up") {
    return whole + 1n;
  }
  throw new Refusal("V008");
}

/** A count whose parts count by their size. */
«export »function countInParts(text‹: string›)‹: Fraction› {
  const { mantissa, scale } = countOf(text);
  return reduced(mantissa, power(scale));
}

/** What a number is counted in: steps of a precision, between bounds in steps. */
‹export interface Grid {
  readonly unit: string;
  readonly precision: Fraction;
  readonly least: bigint;
  readonly most: bigint;
}›

/** Steps of the grid's precision. */
«export »function steps(given‹: string›, grid‹: Grid›)‹: bigint› {
  const text = plain(given);
  const number = grid.unit !== "" && text.endsWith(grid.unit) ? text.slice(0, -grid.unit.length) : text;
  let read‹: Decimal›;
  try {
    read = decimal(stripped(number), "V009");
  } catch {
    throw new Refusal("V009");
  }
  const top = read.mantissa * grid.precision.denominator;
  const bottom = power(read.scale) * grid.precision.numerator;
  const found = top / bottom;
  if (top % bottom !== 0n || found < grid.least || found > grid.most) {
    throw new Refusal("V009");
  }
  return found;
}

/** 0.95, 95%, 95‰ or 19/20. */
«export »function ratio(given‹: string›)‹: Fraction› {
  const text = plain(given);
  const slash = text.indexOf("/");
  if (slash >= 0) {
    const [top, bottom] = [stripped(text.slice(0, slash)), stripped(text.slice(slash + 1))];
    if (!/^[-+]?[0-9]+$/.test(top) || !/^[-+]?[0-9]+$/.test(bottom)) {
      throw new Refusal("V010");
    }
    return nonNegative(BigInt(top.replace("+", "")), BigInt(bottom.replace("+", "")));
  }
  const hundred = { "%": 100n, "‰": 1000n }[text.slice(-1)] ?? 1n;
  const number = decimal(stripped(hundred === 1n ? text : text.slice(0, -1)), "V010");
  return nonNegative(number.mantissa, power(number.scale) * hundred);
}

function nonNegative(top‹: bigint›, bottom‹: bigint›)‹: Fraction› {
  if (bottom === 0n) {
    throw new Refusal("V010");
  }
  const fraction = bottom < 0n ? reduced(-top, -bottom) : reduced(top, bottom);
  if (fraction.numerator < 0n) {
    throw new Refusal("V010");
  }
  return fraction;
}

/** A quotient in lowest terms; the denominator is positive. */
«export »function reduced(numerator‹: bigint›, denominator‹: bigint›)‹: Fraction› {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) {
    [a, b] = [b, a % b];
  }
  return a === 0n ? { numerator, denominator: 1n } : { numerator: numerator / a, denominator: denominator / a };
}

/** Any text without control characters. */
«export »function identifier(text‹: string›)‹: string› {
  if (/\p{Cc}/u.test(text)) {
    throw new Refusal("V012");
  }
  return text;
}

/** 是, yes or true; 否, no or false. */
«export »function yesNo(text‹: string›)‹: boolean› {
  const answer = plain(text).toLowerCase();
  if (["是", "true", "yes"].includes(answer)) {
    return true;
  }
  if (["否", "false", "no"].includes(answer)) {
    return false;
  }
  throw new Refusal("V011");
}

const COMPACT_DAY = /^([0-9]{4})([0-9]{2})([0-9]{2})(.*)$/su;
const SEPARATED_DAY = /^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})((?:[Tt ].*)?)$/su;
const WORDED_DAY = /^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日(.*)$/su;
const TIME = /^([0-9]{1,2})(?:时|[:时]([0-9]{1,2})(?:分?|(?:分:?|:)([0-9]{1,2})(?:秒\.?[0-9]*|\.[0-9]*)?))$/u;

/** 2024-07-01, 2024/7/1, 20240701 or 2024年7月1日, perhaps with a time of day. */
«export »function moment(given‹: string›)‹: Moment› {
  const text = plain(given);
  const compact = COMPACT_DAY.exec(text);
  if (compact !== null) {
    const [, year, month, day, rest = ""] = compact;
    return momentOf([year, month, day], afterSign(rest));
  }
  const separated = SEPARATED_DAY.exec(text);
  if (separated !== null) {
    const [, year, , month, day, rest = ""] = separated;
    return momentOf([year, month, day], afterSign(rest));
  }
  const worded = WORDED_DAY.exec(text);
  if (worded === null) {
    throw new Refusal("V003");
  }
  const [, year, month, day, rest = ""] = worded;
  return momentOf([year, month, day], stripped(rest));
}

/** What follows T or a blank: a time. */
function afterSign(rest‹: string›)‹: string› {
  const time = stripped(rest.slice(1));
  if (rest !== "" && (!/^[Tt ]/.test(rest) || time === "")) {
    throw new Refusal("V003");
  }
  return time;
}

function momentOf(parts‹: readonly (string | undefined)[]›, time‹: string›)‹: Moment› {
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
    throw new Refusal("V003");
  }
  return { day: year * 10_000 + month * 100 + day, second: time === "" ? null : secondOf(time) };
}

/** The second of the day; another offset than that of China could move the loss to another day. */
function secondOf(given‹: string›)‹: number› {
  const parts = TIME.exec(given.replace(/\p{White_Space}*\+08:?00$/u, ""));
  const [hour, minute, second] = [1, 2, 3].map((part) => Number(parts?.[part] ?? 0));
  if (parts === null || hour === undefined || minute === undefined || second === undefined) {
    throw new Refusal("V003");
  }
  if (hour > 23 || minute > 59 || second > 59) {
    throw new Refusal("V003");
  }
  return hour * 3600 + minute * 60 + second;
}

/** The number of days of a month. */
«export »function daysIn(year‹: number›, month‹: number›)‹: number› {
  if (month === 2) {
    return isLeap(year) ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Whether a year has a 29 February. */
«export »function isLeap(year‹: number›)‹: boolean› {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** 分 as 元 with two decimals. */
«export »function yuan(fen‹: bigint›)‹: string› {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, "0");
  return `${fen < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Texts in the order of their code points, not of the units of UTF-16. */
«export »function byCodePoint(a‹: string›, b‹: string›)‹: number› {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) {
      return unitRank(x) - unitRank(y);
    }
  }
  return a.length - b.length;
}

/** Surrogates write the code points above all others. */
function unitRank(unit‹: number›)‹: number› {
  if (unit < 0xd800) {
    return unit;
  }
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
