/** Many claims: a function of the set of claims, whose order never matters. */

«import { boundOf, coverAt, lineOf, linesOf, ownLimits, passes, shareOut, total } from "./assessment.js";»
«import { yearOf } from "./calendar.js";»
«import { type Claim, type ClaimFields, type Field, WIDE_FIELDS } from "./claim.js";»
«import { amountOf, filled, fractionOf } from "./context.js";»
«import { Missing, NO_INPUTS, decisionValue, idOf, knownPremium, required, takenFor } from "./decisions.js";»
‹import type { Line } from "./assessment.js";
import type { Context, Decision, Filter, Inputs, Limit, Value } from "./model.js";›
«import { type Fraction, Refusal, atLeast, byCodePoint } from "./reading.js";»
«import { type Fields, type Pairs, Unreadable, claimId, isObject, readPairs } from "./record.js";»
«import { LIMITS } from "./rules.js";»
«import { SCHEME, inTerm, injuryGrade, policyStart, withGrade } from "./scheme.js";»
«import { largestRemainder } from "./sharing.js";»

/** Refusals of one row; others refuse the whole run. */
const ROW_CODES = new Set(["V020", "V021", "V022", "V023", "V031"]);

/** A row that was settled: amounts in 分, cuts in the order of the limits, shares in that of the insurers. */
‹export interface Settled {
  readonly claim: string | null;
  readonly rejected: null;
  readonly cover: string;
  readonly benefit: bigint;
  readonly paid: bigint;
  /** Why nothing is paid */
  readonly reason: string | null;
  readonly cuts: readonly bigint[];
  readonly shares: readonly bigint[];
  /** What is still due, and what was paid too much, beside what was paid before */
  readonly due: bigint | null;
  readonly over: bigint | null;
}›

/** A row that was refused, with the codes that say why. */
‹export interface Rejected {
  readonly claim: string | null;
  readonly rejected: readonly string[];
}›

/** Settles flat objects; one row a claim, in input order. Throws a Refusal where the whole run is refused. */
«export »function settle(claims‹: Iterable<ClaimFields | Fields>›, inputs‹: Inputs› = NO_INPUTS)‹: (Settled | Rejected)[]› {
  return settleRows(
    Array.from(claims, (fields) => (isObject(fields) ? Object.entries(fields) : new Refusal("V069"))),
    inputs,
  );
}

/** As settle; an item may be the reason why a row could not be read at all. */
«export »function settleRows(items‹: Iterable<Pairs | Refusal>›, inputs‹: Inputs› = NO_INPUTS)‹: (Settled | Rejected)[]› {
  if (SCHEME.readsPremium) {
    knownPremium(inputs);
  }
  const rows = Array.from(items, (item) => new Row(item, inputs));
  rejectRepeated(rows);
  rejectContradicting(rows);
  const book = new Book(rows, inputs);
  LIMITS.forEach((limit, index) => {
    book.apply(limit, index);
  });
  return rows.map((row) => row.settled(inputs));
}

/** A line on its way through the limits. */
class Entry {
  ‹readonly› row‹: Row›;
  ‹readonly› cover‹: number›;
  ‹readonly› benefit‹: bigint›;
  ‹readonly› cuts‹: bigint[]› = LIMITS.map(() => 0n);
  /** For each limit that the line falls under, its rank in each tier */
  ‹readonly› ranks = new Map‹<number, readonly number[]>›();
  left‹: bigint›;
  worthAlone‹: bigint›;
  injury‹: Injury | null› = null;

  constructor(row‹: Row›, line‹: Line›) {
    this.row = row;
    this.cover = line.cover;
    this.benefit = line.amount;
    this.left = line.amount;
    this.worthAlone = line.amount;
  }

  worth()‹: bigint› {
    return atLeast(this.left, this.worthAlone);
  }
}

/** Severity of an injury (0 is the heaviest), and what the same claim would get one grade above. */
‹interface Injury {
  readonly severity: number;
  readonly raised: bigint;
}›

/** A claim that was looked at by itself. */
class Row {
  ‹readonly› id‹: string | null› = null;
  ‹readonly› claim‹: Claim | null› = null;
  ‹readonly› entries‹: Entry[]› = [];
  rejected‹: readonly string[]› = [];
  reason‹: string | null› = null;
  /** Its place when rows stand in the order of their ids */
  place = 0;
  ‹private› outOfTerm = false;

  constructor(item‹: Pairs | Refusal›, inputs‹: Inputs›) {
    if (item instanceof Refusal) {
      this.rejected = [item.code];
      return;
    }
    const pairs = [...item];
    this.id = claimId(pairs);
    const codes = this.id === null ? ["V033"] : [];
    try {
      const { claim } = readPairs(pairs);
      if (claim.date === null) {
        this.rejected = [...codes, "V034"];
        return;
      }
      this.claim = claim;
      this.prepare(claim, inputs);
      this.rejected = codes;
    } catch (error) {
      this.rejected = error instanceof Unreadable ? codesOf(error) : [...codes, codeOf(error)];
    }
  }

  ‹private› prepare(claim‹: Claim›, inputs‹: Inputs›)‹: void› {
    const within = inTerm(claim);
    if (within === null && SCHEME.policyTerm) {
      throw new Missing([]);
    }
    if (within === false) {
      this.outOfTerm = true;
      this.reason = "out_of_term";
      return;
    }
    const { lines, reason } = linesOf(claim, inputs, { alone: false });
    this.reason = reason;
    let lacking = false;
    for (const line of lines) {
      const entry = new Entry(this, line);
      this.entries.push(entry);
      if (line.amount > 0n && !findLimits(entry, line, claim, inputs)) {
        lacking = true;
      }
    }
    if (lacking) {
      throw new Refusal("V031");
    }
  }

  /** Whether limits see it */
  counts()‹: boolean› {
    return this.rejected.length === 0 && !this.outOfTerm;
  }

  day()‹: number› {
    return this.claim?.date?.day ?? 0;
  }

  event()‹: string› {
    return this.claim?.event ?? "";
  }

  value(field‹: Field›)‹: Value› {
    return this.claim === null ? null : filled(this.claim, field);
  }

  settled(inputs‹: Inputs›)‹: Settled | Rejected› {
    if (this.rejected.length > 0) {
      return { claim: this.id, rejected: this.rejected };
    }
    const benefit = total(this.entries.map((entry) => entry.benefit));
    const paid = total(this.entries.map((entry) => entry.left));
    const cuts = LIMITS.map((_, at) => this.entries.reduce((sum, entry) => sum + (entry.cuts[at] ?? 0n), 0n));
    const before = inputs.earlier === null ? null : (inputs.earlier.get(this.id ?? "") ?? 0n);
    return {
      claim: this.id,
      rejected: null,
      cover: this.entries.map((entry) => coverAt(entry.cover).id).join("+"),
      benefit,
      paid,
      reason: benefit > 0n && paid === 0n ? exhausted(cuts) : this.reason,
      cuts,
      shares: sharesOf(paid),
      due: before === null ? null : atLeast(paid - before, 0n),
      over: before === null ? null : atLeast(before - paid, 0n),
    };
  }
}

/** The last limit that cut what was left. */
function exhausted(cuts‹: readonly bigint[]›)‹: string | null› {
  const limit = LIMITS[cuts.findLastIndex((cut) => cut !== 0n)];
  return limit === undefined ? null : `limit:${limit.id}`;
}

/** The insurers' shares of what is paid. */
function sharesOf(paid‹: bigint›)‹: bigint[]› {
  const quotas = SCHEME.insurers.map(({ parts }) => paid * parts);
  return quotas.length === 0 ? [] : largestRemainder(quotas, SCHEME.shareDenominator, paid);
}

function codesOf(unreadable‹: Unreadable›)‹: string[]› {
  return unreadable.refusals.map((refusal) => refusal.code);
}

/** The code of what refuses one row; whatever refuses the run is thrown on. */
function codeOf(error‹: unknown›)‹: string› {
  const refusal = error instanceof Missing ? error.refusal() : error;
  if (refusal instanceof Refusal && ROW_CODES.has(refusal.code)) {
    return refusal.code;
  }
  throw refusal;
}

/** Finds the limits that a line falls under; tells whether it has every key that they read. */
function findLimits(entry‹: Entry›, line‹: Line›, claim‹: Claim›, inputs‹: Inputs›)‹: boolean› {
  let complete = true;
  const unless = ‹<T>›(read‹: () => T›, otherwise‹: T›)‹: T› => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Missing)) {
        throw error;
      }
      complete = false;
      return otherwise;
    }
  };
  LIMITS.forEach((limit, index) => {
    if (!unless(() => passes(limit.filter, line.cover, claim), true)) {
      return;
    }
    complete &&= !limit.keys.some((key) => isBlank(claim, key));
    const rank = (filters‹: readonly Filter[]›)‹: number› => {
      const at = filters.findIndex((filter) => passes(filter, line.cover, claim));
      return at < 0 ? filters.length : at;
    };
    const ranks = limit.tiers.map((tier) => (typeof tier === "string" ? 0 : unless(() => rank(tier), 0)));
    if (limit.raised === true) {
      entry.injury ??= injuryOf(line, claim, inputs);
    }
    entry.ranks.set(index, ranks);
  });
  return complete;
}

function isBlank(claim‹: Claim›, key‹: Field | "year"›)‹: boolean› {
  return key === "year" ? SCHEME.yearOfEvent && claim.event === null : filled(claim, key) === null;
}

function injuryOf(line‹: Line›, claim‹: Claim›, inputs‹: Inputs›)‹: Injury | null› {
  const severity = SCHEME.grades.indexOf(injuryGrade(claim) ?? "");
  if (severity < 0) {
    return null;
  }
  const heavier = SCHEME.grades[severity - 1];
  if (heavier === undefined) {
    return { severity, raised: line.amount };
  }
  const raised = withGrade(claim, heavier);
  const alone = lineOf(raised, inputs, line.cover, line.harm, false);
  return { severity, raised: ownLimits(raised, inputs, [alone], { alone: false })[0]?.amount ?? 0n };
}

function rejectRepeated(rows‹: readonly Row[]›)‹: void› {
  const counts = new Map‹<string, number>›();
  for (const { id } of rows) {
    if (id !== null) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  for (const row of rows) {
    if (row.id !== null && (counts.get(row.id) ?? 0) > 1) {
      row.rejected = [...row.rejected, "V030"];
    }
  }
}

/** A value as a key of groups. Texts hold no control characters. */
function keyText(value‹: Value | number›)‹: string› {
  if (typeof value !== "object") {
    return String(value);
  }
  return value === null ? "" : Object.values(value).map(String).join("/");
}

/** Rows that say different things of one wider record, such as an event, are all rejected. */
function rejectContradicting(rows‹: readonly Row[]›)‹: void› {
  const accepted = rows.filter((row) => row.rejected.length === 0);
  const codes = new Map‹<Row, string[]>›();
  for (const [field, key] of WIDE_FIELDS) {
    const said = new Map‹<string, Set<string>>›();
    const saying = accepted.filter((row) => row.value(key) !== null && (row.claim?.[field] ?? null) !== null);
    const valuesOf = (row‹: Row›)‹: Set<string>› => said.get(keyText(row.value(key))) ?? new Set‹<string>›();
    for (const row of saying) {
      said.set(keyText(row.value(key)), valuesOf(row).add(keyText(row.claim?.[field] ?? null)));
    }
    for (const row of saying) {
      if (valuesOf(row).size > 1) {
        codes.set(row, [...(codes.get(row) ?? []), "V032"]);
      }
    }
  }
  for (const [row, found] of codes) {
    row.rejected = found;
  }
}

/** All lines in the total order (date, event, claim, cover), and what the limits have left them. */
class Book {
  ‹readonly› inputs‹: Inputs›;
  /** Earliest accepted day of each event */
  ‹readonly› firstDay = new Map‹<string, number>›();
  ‹private readonly› entries‹: readonly Entry[]›;

  constructor(rows‹: readonly Row[]›, inputs‹: Inputs›) {
    this.inputs = inputs;
    [...rows]
      .sort((a, b) => byCodePoint(a.id ?? "", b.id ?? ""))
      .forEach((row, place) => {
        row.place = place;
      });
    for (const row of rows) {
      const event = row.claim?.event ?? null;
      if (row.counts() && event !== null) {
        this.firstDay.set(event, Math.min(row.day(), this.firstDay.get(event) ?? row.day()));
      }
    }
    const entries = rows.filter((row) => row.rejected.length === 0).flatMap((row) => row.entries);
    this.entries = entries.sort(inOrder);
  }

  /** First day of the insured year of a claim */
  year(row‹: Row›)‹: number› {
    const day = SCHEME.yearOfEvent ? (this.firstDay.get(row.event()) ?? row.day()) : row.day();
    const year = row.claim === null ? null : yearOf(day, policyStart(row.claim));
    if (year === null) {
      throw new Refusal("V045");
    }
    return year;
  }

  /** Applies one limit to what the ones before left. */
  apply(limit‹: Limit›, index‹: number›)‹: void› {
    const groups = new Map‹<string, Group>›();
    for (const entry of this.entries) {
      if (entry.worth() > 0n && entry.ranks.has(index)) {
        const values = limit.keys.map((key) => (key === "year" ? this.year(entry.row) : entry.row.value(key)));
        const key = values.map(keyText).join("\0");
        const group = groups.get(key) ?? new Group(this, limit, values);
        group.entries.push(entry);
        groups.set(key, group);
      }
    }
    for (const group of groups.values()) {
      try {
        applyTo(group, index);
      } catch (error) {
        throw error instanceof Missing ? error.refusal() : error;
      }
    }
  }
}

function inOrder(a‹: Entry›, b‹: Entry›)‹: number› {
  return (
    a.row.day() - b.row.day() ||
    byCodePoint(a.row.event(), b.row.event()) ||
    a.row.place - b.row.place ||
    byCodePoint(coverAt(a.cover).id, coverAt(b.cover).id)
  );
}

function applyTo(group‹: Group›, index‹: number›)‹: void› {
  const { limit, entries } = group;
  const raised = limit.raised === true ? raisedOf(entries) : null;
  const largest = entries.map((entry) => entry.worth()).reduce(atLeast, raised?.raised ?? 0n);
  const bound = limit.rule === "largest" ? largest : boundOf(limit, group);
  if (bound === null) {
    return;
  }
  const { order, kept } = keptOf(group, index, bound);
  for (const entry of entries) {
    if (limit.rule !== "largest") {
      entry.worthAlone = shareOut(limit, bound, [entry.worthAlone], [1])[0] ?? 0n;
    } else if (raised !== null && entry.injury?.severity === raised.severity) {
      entry.worthAlone = raised.raised;
    }
  }
  order.forEach((entry, at) => {
    const amount = kept[at] ?? 0n;
    entry.cuts[index] = entry.left - amount;
    entry.left = amount;
  });
}

/** The lines of a group in the order in which they are served, and what each keeps; none where all keep everything. */
function keptOf({ limit, entries }‹: Group›, index‹: number›, bound‹: bigint›)‹: { order: Entry[]; kept: bigint[] }› {
  const whole = total(entries.map((entry) => entry.left));
  if (limit.rule === "less" ? bound <= 0n : bound >= whole) {
    return { order: [], kept: [] };
  }
  const order = entries.filter((entry) => entry.left > 0n).sort((a, b) => inTiers(limit, index, a, b));
  if (!limit.exhaustionStated && order.length > 1) {
    throw new Refusal("V043", [limit.id]);
  }
  const sizes‹: number[]› = [];
  order.forEach((entry, at) => {
    const before = order[at - 1];
    if (before !== undefined && inTiers(limit, index, before, entry) === 0) {
      sizes.push((sizes.pop() ?? 0) + 1);
    } else {
      sizes.push(1);
    }
  });
  const amounts = order.map((entry) => entry.left);
  return { order, kept: shareOut(limit, bound, amounts, sizes) };
}

/** Who is served first; 0 where both are served together. */
function inTiers(limit‹: Limit›, index‹: number›, a‹: Entry›, b‹: Entry›)‹: number› {
  for (const [position, tier] of limit.tiers.entries()) {
    const difference = byTier(tier, index, position, a, b);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function byTier(tier‹: Limit["tiers"][number]›, index‹: number›, position‹: number›, a‹: Entry›, b‹: Entry›)‹: number› {
  switch (tier) {
    case "date":
      return a.row.day() - b.row.day();
    case "event":
      return byCodePoint(a.row.event(), b.row.event());
    case "claim":
      return a.row.place - b.row.place;
    default:
      return (a.ranks.get(index)?.[position] ?? 0) - (b.ranks.get(index)?.[position] ?? 0);
  }
}

/** The heaviest severity and the benefit one grade above, where it occurs twice or more. */
function raisedOf(entries‹: readonly Entry[]›)‹: Injury | null› {
  const injuries = entries.flatMap((entry) => entry.injury ?? []);
  const severity = Math.min(...injuries.map((injury) => injury.severity));
  const heaviest = injuries.filter((injury) => injury.severity === severity);
  return heaviest.length > 1 ? { severity, raised: heaviest.map(({ raised }) => raised).reduce(atLeast) } : null;
}

/** The lines that share one limit, as amounts and decisions look them up. */
class Group ‹implements Context› {
  ‹readonly› limit‹: Limit›;
  ‹readonly› entries‹: Entry[]› = [];
  ‹private readonly› book‹: Book›;
  ‹private readonly› values‹: readonly (Value | number)[]›;

  constructor(book‹: Book›, limit‹: Limit›, values‹: readonly (Value | number)[]›) {
    this.book = book;
    this.limit = limit;
    this.values = values;
  }

  ‹private› part(key‹: Field | "year"›)‹: Value | number› {
    return this.values[this.limit.keys.indexOf(key)] ?? null;
  }

  day()‹: number› {
    const [event, year] = [this.part("event"), this.part("year")];
    const ofEvent = typeof event === "string" ? this.book.firstDay.get(event) : undefined;
    const day = ofEvent ?? (typeof year === "number" ? year : SCHEME.firstDay);
    if (day === null) {
      throw new Refusal("V045");
    }
    return day;
  }

  money(field‹: Field›)‹: bigint› {
    return amountOf(this.common(field), field);
  }

  fraction(field‹: Field›)‹: Fraction› {
    return fractionOf(this.common(field), field);
  }

  /** The value of a field that every line must share. */
  ‹private› common(field‹: Field›)‹: Value› {
    const first = required(this.entries[0]?.row.value(field) ?? null, field);
    if (this.entries.some((entry) => keyText(entry.row.value(field)) !== keyText(first))) {
      throw new Refusal("V049", [this.limit.id, idOf(field)]);
    }
    return first;
  }

  premium()‹: bigint› {
    return knownPremium(this.book.inputs);
  }

  key(per‹: Decision["per"]›)‹: string | number | null› {
    if (per === "term") {
      return null;
    }
    const [first, ...others] = this.entries.map(({ row }) => this.keyOf(per, row));
    return first === undefined || others.some((other) => other !== first) ? null : first;
  }

  ‹private› keyOf(per‹: Field | "year"›, row‹: Row›)‹: string | number | null› {
    if (per === "year") {
      const year = this.part("year");
      return Math.floor((typeof year === "number" ? year : this.book.year(row)) / 10_000);
    }
    const value = row.value(per);
    return typeof value === "string" ? value : null;
  }

  noKey(decision‹: Decision›)‹: Error› {
    return new Refusal("V048", [this.limit.id, decision.id]);
  }

  decided(decision‹: number›)‹: boolean› {
    return takenFor(decision, this.book.inputs, this) !== null;
  }

  decisionValue(decision‹: number›)‹: bigint› {
    return decisionValue(decision, this.book.inputs, this);
  }
}
