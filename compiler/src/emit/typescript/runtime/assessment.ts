/** One claim: which covers apply, which of them pay, and how much. */

«import { ASSUMED, type Claim, type ClaimFields, type Field, REPRESENTATIVES } from "./claim.js";»
«import { ClaimContext, filled } from "./context.js";»
«import { Blank, Missing, NO_INPUTS, assuming, known, required } from "./decisions.js";»
‹import type { Condition, Context, Cover, Filter, Inputs, Limit, Payment, Step } from "./model.js";›
«import { nothing } from "./payments.js";»
«import { Refusal, atLeast, atMost } from "./reading.js";»
«import { Unreadable, isObject, readClaim } from "./record.js";»
«import { COVERS, HIGHER, LIMITS, OVER, PAYS_NOTHING, STACK } from "./rules.js";»
«import { inTerm } from "./scheme.js";»
«import { largestRemainder } from "./sharing.js";»

const MAX_AMOUNT = 2n ** 63n - 1n;
const OWN_LIMITS = LIMITS.filter((limit) => limit.own);

/** The benefit of one cover, in 分. */
‹export interface Line {
  readonly cover: number;
  readonly harm: string;
  readonly amount: bigint;
  readonly steps: readonly Step[];
}›

/** What one claim is owed, in 分, before the limits that need other claims. */
‹export interface Assessment {
  readonly benefit: bigint;
  /** The covers that pay, joined by + */
  readonly cover: string;
  readonly lines: readonly Line[];
  /** Why the benefit is 0 */
  readonly reason: string | null;
}›

/** How an assessment is made. */
‹export interface Options {
  readonly inputs?: Inputs;
  /** Notes each step with its article. */
  readonly explain?: boolean;
}›

/**
 * What one claim is owed: own caps included, before every other limit. Takes a flat object or a claim that was read.
 *
 * Throws a Refusal where a field that the rules read is blank, a value cannot be read, or covers meet unranked.
 */
«export »function assess(given‹: Claim | ClaimFields›, { inputs = NO_INPUTS, explain = false }‹: Options› = {})‹: Assessment› {
  const claim = readyClaim(given);
  if (claim.date !== null && inTerm(claim) === false) {
    return { benefit: 0n, cover: "", lines: [], reason: "out_of_term" };
  }
  try {
    const { lines, reason } = linesOf(claim, inputs, { alone: true, explain });
    const cover = lines.map((line) => coverAt(line.cover).id).join("+");
    return { benefit: total(lines.map((line) => line.amount)), cover, lines, reason };
  } catch (error) {
    throw error instanceof Missing ? error.refusal() : error;
  }
}

function readyClaim(given‹: Claim | ClaimFields›)‹: Claim› {
  if (!isObject(given)) {
    throw new Refusal("V076");
  }
  if (ASSUMED in given) {
    return given;
  }
  try {
    return readClaim(given);
  } catch (error) {
    throw error instanceof Unreadable ? (error.refusals[0] ?? error) : error;
  }
}

/** A cover by its place. */
«export »function coverAt(index‹: number›)‹: Cover› {
  const cover = COVERS[index];
  if (cover === undefined) {
    throw new RangeError(`no cover ${String(index)}`);
  }
  return cover;
}

/** A blank field is required only where its value could change the answer, given the other fields. */
function resolve‹<T>›(rule‹: (claim: Claim, inputs: Inputs) => T›, claim‹: Claim›, inputs‹: Inputs›)‹: T› {
  try {
    return rule(claim, inputs);
  } catch (error) {
    if (!(error instanceof Blank)) {
      throw error;
    }
    const outcomes‹: T[]› = [];
    const missing = new Set‹<Field>›([error.field]);
    for (const completed of completions(error, claim)) {
      try {
        const outcome = resolve(rule, completed, inputs);
        if (!outcomes.some((known) => isSame(known, outcome))) {
          outcomes.push(outcome);
        }
      } catch (open) {
        if (!(open instanceof Missing)) {
          throw open;
        }
        open.fields.forEach((field) => missing.add(field));
      }
    }
    const [only] = outcomes;
    if (only !== undefined && outcomes.length === 1 && missing.size === 1) {
      return only;
    }
    throw new Missing(missing);
  }
}

/** The same answer, or lists of the same covers */
function isSame(a‹: unknown›, b‹: unknown›)‹: boolean› {
  return Array.isArray(a) ? String(a) === String(b) : a === b;
}

/** The claim with every value of the blank field that some rule tells apart. */
function completions(blank‹: Blank›, claim‹: Claim›)‹: Claim[]› {
  const { field, decision } = blank;
  if (decision !== null) {
    return [false, true].map((taken) => assuming(claim, decision, taken));
  }
  return (REPRESENTATIVES[field] ?? []).map((value) => ({ ...claim, [field]: value }));
}

/** The covers that apply and have a benefit for the harm. */
function applying(claim‹: Claim›, inputs‹: Inputs›)‹: number[]› {
  const harm = known(claim.harm, "harm");
  const found‹: number[]› = [];
  COVERS.forEach((cover, index) => {
    const pays = Object.hasOwn(cover.benefits, harm);
    if (pays && cover.perils(claim, inputs) && cover.roles(claim, inputs) && cover.condition(claim, inputs)) {
      found.push(index);
    }
  });
  return found;
}

/** The sum; what 64 bits do not hold is refused, so that every evaluator refuses alike. */
«export »function total(amounts‹: readonly bigint[]›)‹: bigint› {
  const sum = amounts.reduce((before, amount) => before + amount, 0n);
  if (sum > MAX_AMOUNT) {
    throw new Refusal("V044");
  }
  return sum;
}

‹interface Manner {
  /** As if no other claim shared its own limits */
  readonly alone: boolean;
  readonly explain?: boolean;
}›

/** The lines that pay, and why they come to nothing. */
«export »function linesOf(claim‹: Claim›, inputs‹: Inputs›, manner‹: Manner›)‹: { lines: Line[]; reason: string | null }› {
  const found = resolve(applying, claim, inputs);
  const harm = required(claim.harm, "harm");
  if (found.length === 0) {
    return { lines: [], reason: noCover(claim, inputs, harm) };
  }
  const covers = found.filter((cover) => !found.some((other) => holds(OVER, other, cover)));
  let lines = covers.map((cover) => lineOf(claim, inputs, cover, harm, manner.explain ?? false));
  if (lines.length > 1) {
    lines = meet(claim, inputs, lines);
  }
  lines = ownLimits(claim, inputs, lines, manner);
  const [first] = lines;
  if (first === undefined || lines.some((line) => line.amount > 0n)) {
    return { lines, reason: null };
  }
  return { lines, reason: PAYS_NOTHING.has(paymentOf(claim, inputs, first.cover, harm)) ? "nothing" : "zero" };
}

function paymentOf(claim‹: Claim›, inputs‹: Inputs›, cover‹: number›, harm‹: string›)‹: Payment› {
  const benefit = coverAt(cover).benefits[harm];
  return benefit === undefined ? nothing : resolve(benefit, claim, inputs);
}

/** The benefit of one cover before own limits. */
«export »function lineOf(claim‹: Claim›, inputs‹: Inputs›, cover‹: number›, harm‹: string›, explain‹: boolean›)‹: Line› {
  const steps‹: Step[]› = [];
  const amount = paymentOf(claim, inputs, cover, harm)(claim, inputs, explain ? steps : null);
  if (amount > MAX_AMOUNT) {
    throw new Refusal("V044");
  }
  return { cover, harm, amount, steps };
}

/** Whether a relation between covers holds of two of them. */
function holds(pairs‹: readonly (readonly [number, number])[]›, a‹: number›, b‹: number›)‹: boolean› {
  return pairs.some(([first, second]) => first === a && second === b);
}

function eitherWay(pairs‹: readonly (readonly [number, number])[]›, a‹: number›, b‹: number›)‹: boolean› {
  return holds(pairs, Math.min(a, b), Math.max(a, b));
}

function conditionHolds(rule‹: Condition›, claim‹: Claim›, inputs‹: Inputs›)‹: boolean | null› {
  try {
    return resolve(rule, claim, inputs);
  } catch (error) {
    if (error instanceof Missing) {
      return null;
    }
    throw error;
  }
}

/** The reason given by the cover that came closest. */
function noCover(claim‹: Claim›, inputs‹: Inputs›, harm‹: string›)‹: string› {
  const closeness = COVERS.map((cover) => {
    if (conditionHolds(cover.perils, claim, inputs) === false) {
      return 0;
    }
    if (conditionHolds(cover.roles, claim, inputs) === false) {
      return cover.anyPeril ? 0 : 1;
    }
    return Object.hasOwn(cover.benefits, harm) ? 3 : 2;
  });
  return ["no_cover", "role", "harm", "condition"][Math.max(0, ...closeness)] ?? "no_cover";
}

/** Of the largest sets of covers that all stack with one another, the one with the most money. */
function meet(claim‹: Claim›, inputs‹: Inputs›, lines‹: readonly Line[]›)‹: Line[]› {
  lines.forEach((a, at) => {
    for (const b of lines.slice(at + 1)) {
      const ranked = eitherWay(STACK, a.cover, b.cover) || eitherWay(HIGHER, a.cover, b.cover);
      if (!ranked && worth(claim, inputs, [a]) !== worth(claim, inputs, [b])) {
        throw new Refusal("V021", [coverAt(a.cover).id, coverAt(b.cover).id]);
      }
    }
  });
  let best‹: { lines: Line[]; worth: bigint }› = { lines: [], worth: -1n };
  for (const group of stacks(lines, [], 0)) {
    const amount = worth(claim, inputs, group);
    if (amount > best.worth) {
      best = { lines: group, worth: amount };
    }
  }
  return best.lines;
}

function stacks(lines‹: readonly Line[]›, group‹: readonly Line[]›, start‹: number›)‹: Line[][]› {
  const joins = (line‹: Line›)‹: boolean› =>
    !group.includes(line) && group.every((other) => eitherWay(STACK, line.cover, other.cover));
  if (group.length > 0 && !lines.some(joins)) {
    return [[...group]];
  }
  return lines.flatMap((line, at) => (at >= start && joins(line) ? stacks(lines, [...group, line], at + 1) : []));
}

function worth(claim‹: Claim›, inputs‹: Inputs›, lines‹: readonly Line[]›)‹: bigint› {
  return total(ownLimits(claim, inputs, lines, { alone: true }).map((line) => line.amount));
}

/** Whether a line of this cover passes a limit's filter. */
«export »function passes(filter‹: Filter›, cover‹: number›, claim‹: Claim›)‹: boolean› {
  if (filter.covers !== null && !filter.covers.has(cover)) {
    return false;
  }
  for (const [field, values] of filter.fields) {
    const value = required(filled(claim, field), field);
    if (typeof value !== "string" || !values.has(value)) {
      return false;
    }
  }
  return true;
}

/**
 * Applies the limits that belong to a schedule, to one claim by itself. In a settlement (not alone) a deductible and
 * what follows it wait for the whole group.
 */
«export »function ownLimits(claim‹: Claim›, inputs‹: Inputs›, given‹: readonly Line[]›, manner‹: Manner›)‹: Line[]› {
  const lines = given.map((line) => ({ line, waits: false, worth: line.amount }));
  const falls = (limit‹: Limit›, entry‹: (typeof lines)[number]›)‹: boolean› =>
    !entry.waits && entry.line.amount > 0n && passes(limit.filter, entry.line.cover, claim);
  for (const limit of OWN_LIMITS) {
    // Most limits are of other schedules or harms.
    if (!lines.some((entry) => falls(limit, entry))) {
      continue;
    }
    const members = lines.filter((entry) => falls(limit, entry));
    if (limit.rule === "less" && !manner.alone) {
      members.forEach((entry) => (entry.waits = true));
    } else if (limit.rule !== "largest" || members.length > 1) {
      applyOwn(limit, members, new ClaimContext(claim, inputs), manner.explain ?? false);
    }
  }
  return lines.map((entry) => entry.line);
}

function applyOwn(limit‹: Limit›, members‹: { line: Line; worth: bigint }[]›, context‹: Context›, explain‹: boolean›)‹: void› {
  const largest = members.map((entry) => atLeast(entry.worth, entry.line.amount)).reduce(atLeast, 0n);
  const bound = limit.rule === "largest" ? largest : boundOf(limit, context);
  if (bound === null) {
    return;
  }
  const amounts = members.map((entry) => entry.line.amount);
  if (!explain && limit.rule !== "less" && members.every((entry) => entry.worth <= bound) && total(amounts) <= bound) {
    return;
  }
  const kept = shareOut(limit, bound, amounts, [amounts.length]);
  members.forEach((entry, at) => {
    const amount = kept[at] ?? 0n;
    const rule = limit.rule === "less" ? "own-less" : "own-up-to";
    const steps = explain ? [...entry.line.steps, { rule, amount, article: limit.article }] : [];
    entry.worth = shareOut(limit, bound, [entry.worth], [1])[0] ?? 0n;
    entry.line = { ...entry.line, amount, steps };
  });
}

/** The limit's amount in 分; null is unlimited. */
«export »function boundOf(limit‹: Limit›, context‹: Context›)‹: bigint | null› {
  const bound = limit.amount(context);
  if (bound === null ? limit.rule === "less" : bound > MAX_AMOUNT) {
    throw new Refusal("V044");
  }
  return bound;
}

/** What each line keeps. Tiers are the numbers of lines served together; earlier ones come first. */
«export »function shareOut(limit‹: Limit›, bound‹: bigint›, amounts‹: readonly bigint[]›, tiers‹: readonly number[]›)‹: bigint[]› {
  const kept‹: bigint[]› = [];
  let before = 0n;
  let start = 0;
  for (const size of tiers) {
    const tier = amounts.slice(start, start + size);
    start += size;
    const sum = total(tier);
    const room = atMost(atLeast(bound - before, 0n), sum);
    before = total([before, sum]);
    kept.push(...within(limit, tier, sum, limit.rule === "less" ? sum - room : room));
  }
  return kept;
}

/** Shares room among the lines of one tier. */
function within({ ratioTo }‹: Limit›, tier‹: readonly bigint[]›, sum‹: bigint›, room‹: bigint›)‹: readonly bigint[]› {
  if (room >= sum) {
    return tier;
  }
  let [part, whole] = [room, sum];
  if (ratioTo !== null) {
    // room / sum, rounded down to a multiple of the ratio
    const multiples = (room * ratioTo.denominator) / (sum * ratioTo.numerator);
    [part, whole] = [multiples * ratioTo.numerator, ratioTo.denominator];
  }
  const quotas = tier.map((amount) => amount * part);
  return largestRemainder(quotas, whole, (sum * part) / whole);
}
