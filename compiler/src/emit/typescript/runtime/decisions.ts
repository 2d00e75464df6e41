/** Decisions of authorities, as they are written and as they are looked up. */

«import { ASSUMED, COLUMNS, type Claim, type Field, PARENTS } from "./claim.js";»
‹import type { Context, Decision, Inputs, Taken } from "./model.js";›
«import { Refusal, count, moment, money, moneyWorded, plain, ratio, trimmed } from "./reading.js";»
«import { SCHEME } from "./scheme.js";»

«export »const NO_INPUTS‹: Inputs› = { decisions: new Map(), premium: null, earlier: null };

/** Inputs as they are written: decisions as NAME, NAME@KEY, NAME=VALUE or NAME@KEY=VALUE; amounts in 元. */
‹export interface InputTexts {
  readonly decide?: readonly string[];
  /** Total premium of the settled bases */
  readonly premium?: string;
  /** What was paid on each claim before */
  readonly earlier?: Readonly<Record<string, string>>;
}›

/** Reads inputs. Throws a Refusal where one cannot be. */
«export »function readInputs(texts‹: InputTexts›)‹: Inputs› {
  const earlier = Object.entries(texts.earlier ?? {}).map(([claim, paid]) => [claim, paidBefore(claim, paid)] ‹as const›);
  return {
    decisions: readDecisions(texts.decide ?? []),
    premium: texts.premium === undefined ? null : money(texts.premium),
    earlier: texts.earlier === undefined ? null : new Map(earlier),
  };
}

function paidBefore(claim‹: string›, paid‹: string›)‹: bigint› {
  try {
    return money(paid);
  } catch {
    throw new Refusal("V074", [], `${claim}: ${paid}`);
  }
}

function readDecisions(texts‹: readonly string[]›)‹: Inputs["decisions"]› {
  const decisions = new Map‹<number, Taken[]>›();
  for (const text of texts) {
    const [head, value] = parted(text.replaceAll("＝", "="), "=");
    const [name, key] = parted(head.replaceAll("＠", "@"), "@");
    const index = SCHEME.decisions.findIndex((decision) => decision.id === name);
    const declared = SCHEME.decisions[index];
    if (declared === undefined) {
      throw new Refusal("V050", [name]);
    }
    const taken = { key: key === null ? null : keyOf(declared, key), ...valueOf(declared, value) };
    const entries = decisions.get(index) ?? [];
    if (entries.some((entry) => entry.key === taken.key)) {
      throw new Refusal("V053", [name]);
    }
    decisions.set(index, [...entries, taken]);
  }
  return decisions;
}

/** What stands before and after a sign; null where there is none. */
function parted(text‹: string›, sign‹: string›)‹: [string, string | null]› {
  const at = text.indexOf(sign);
  return at < 0 ? [trimmed(text), null] : [trimmed(text.slice(0, at)), trimmed(text.slice(at + 1))];
}

function keyOf(decision‹: Decision›, text‹: string›)‹: string | number› {
  const { per } = decision;
  if (per === "year") {
    const year = /^([0-9]{4})年?$/.exec(plain(text))?.[1];
    if (year !== undefined) {
      return Number(year);
    }
  } else if (per !== "term" && text !== "") {
    if (PARENTS[per] === undefined) {
      return text;
    }
    try {
      const value = COLUMNS.find((column) => column.field === per)?.read(text);
      if (typeof value === "string") {
        return value;
      }
    } catch {
      // Refused below, as a key
    }
  }
  throw new Refusal("V051", [decision.id]);
}

function valueOf(decision‹: Decision›, text‹: string | null›)‹: Pick<Taken, "value" | "from">› {
  if ((decision.value === null) !== (text === null)) {
    throw new Refusal("V052", [decision.id]);
  }
  try {
    switch (text === null ? null : decision.value) {
      case "date":
        return { value: null, from: moment(text ?? "").day };
      case "money":
        return { value: moneyWorded(text ?? ""), from: null };
      case "ratio":
        return { value: ratio(text ?? ""), from: null };
      case "count":
        return { value: count(text ?? ""), from: null };
      case null:
        return { value: null, from: null };
    }
  } catch {
    throw new Refusal("V052", [decision.id]);
  }
}

/** The decision as taken for what the context speaks of. */
«export »function takenFor(index‹: number›, inputs‹: Inputs›, context‹: Context›)‹: Taken | null› {
  const declared = SCHEME.decisions[index];
  const entries = inputs.decisions.get(index);
  if (declared === undefined || entries === undefined) {
    return null;
  }
  const atLarge = entries.find((entry) => entry.key === null);
  const keyed = entries.filter((entry) => entry.key !== null);
  let found = atLarge;
  if (keyed.length > 0) {
    const key = context.key(declared.per);
    if (key === null && atLarge === undefined) {
      throw context.noKey(declared);
    }
    found = keyed.find((entry) => key !== null && isWithin(declared.per, key, entry.key)) ?? atLarge;
  }
  if (found === undefined) {
    return null;
  }
  if (!declared.fromTheDay) {
    return found;
  }
  if (found.from === null) {
    throw new Refusal("V042", [declared.id]);
  }
  return context.day() >= found.from ? found : null;
}

/** Whether a key is the one given, or lies below it in its domain. */
function isWithin(per‹: Decision["per"]›, key‹: string | number›, above‹: string | number | null›)‹: boolean› {
  const parents = per === "term" || per === "year" ? undefined : PARENTS[per];
  let at‹: string | number | undefined› = key;
  while (at !== undefined && at !== above) {
    at = typeof at === "string" ? parents?.get(at) : undefined;
  }
  return at !== undefined;
}

/** The value that a decision carries, in 分. */
«export »function decisionValue(index‹: number›, inputs‹: Inputs›, context‹: Context›)‹: bigint› {
  const value = takenFor(index, inputs, context)?.value;
  if (typeof value !== "bigint") {
    throw new Refusal("V042", [SCHEME.decisions[index]?.id ?? ""]);
  }
  return value;
}

/** The total premium of the settled bases. */
«export »function knownPremium(inputs‹: Inputs›)‹: bigint› {
  if (inputs.premium === null) {
    throw new Refusal("V041");
  }
  return inputs.premium;
}

/** A rule reads a field that the record leaves blank; for a decision, the field that its key is. */
«export »class Blank extends Error {
  ‹override readonly› name = "Blank";
  ‹readonly› field‹: Field›;
  ‹readonly› decision‹: number | null›;

  constructor(field‹: Field›, decision‹: number | null› = null) {
    super(field);
    this.field = field;
    this.decision = decision;
  }
}

/** What files call a field. */
«export »function idOf(field‹: Field›)‹: string› {
  return COLUMNS.find((column) => column.field === field)?.names[0] ?? field;
}

/** Fields that a rule turns on and the record leaves blank. */
«export »class Missing extends Error {
  ‹override readonly› name = "Missing";
  ‹readonly› fields‹: ReadonlySet<Field>›;

  constructor(fields‹: Iterable<Field>›) {
    super();
    this.fields = new Set(fields);
  }

  refusal()‹: Refusal› {
    return new Refusal("V020", Array.from(this.fields, idOf).sort());
  }
}

/** One for each field: making an error takes far longer than throwing it, and blanks are common. */
const BLANKS = new Map‹<Field, Blank>›();

/** The value of a field that a test turns on. */
«export »function known‹<T>›(value‹: T | null›, field‹: Field›)‹: T› {
  if (value === null) {
    const blank = BLANKS.get(field) ?? new Blank(field);
    BLANKS.set(field, blank);
    throw blank;
  }
  return value;
}

/** The value of a field that an amount needs. */
«export »function required‹<T>›(value‹: T | null›, field‹: Field›)‹: T› {
  if (value === null) {
    throw new Missing([field]);
  }
  return value;
}

/** A claim as it is while a blank key leaves a decision open. */
«export »function assuming(claim‹: Claim›, decision‹: number›, taken‹: boolean›)‹: Claim› {
  return { ...claim, [ASSUMED]: [...claim[ASSUMED], [decision, taken]] };
}
