/** Reads claims as files have them: flat objects whose fields and values go by ids, Chinese or English names. */

«import { BLANK, COLUMNS, type Claim, type ClaimFields, type Field } from "./claim.js";»
‹import type { Column, Value } from "./model.js";›
«import { Refusal, plain, trimmed } from "./reading.js";»

/** A flat object; numbers and texts alike are read as they are written. */
‹export type Fields = Readonly<Record<string, unknown>>;›
/** A flat object as pairs, so that a field given twice is noticed. */
‹export type Pairs = Iterable<readonly [string, unknown]>;›

/** Cells that cannot be read: the code of each, and its column. */
«export »class Unreadable extends Error {
  ‹override readonly› name = "Unreadable";
  ‹readonly› refusals‹: readonly Refusal[]›;

  constructor(refusals‹: readonly Refusal[]›) {
    super(refusals.map((refusal) => refusal.message).join("; "));
    this.refusals = refusals;
  }
}

let columns‹: ReadonlyMap<string, Column> | null› = null;

function columnOf(name‹: string›)‹: Column | undefined› {
  // Ids win over Chinese names, and those over English ones.
  columns ??= new Map(
    [2, 1, 0].flatMap((rank) => [...COLUMNS].reverse().map((column) => [column.names[rank] ?? "", column] ‹as const›)),
  );
  return columns.get(name) ?? columns.get(trimmed(name)) ?? columns.get(plain(trimmed(name)));
}

/** The text of a cell; null where it is a list or an object. */
«export »function textOf(value‹: unknown›)‹: string | null› {
  switch (typeof value) {
    case "string":
      return trimmed(value);
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      return value === null || value === undefined ? "" : null;
  }
}

/** Reads pairs; gives the claim and the names that nothing knows. Throws Unreadable with every bad cell. */
«export »function readPairs(pairs‹: Pairs›)‹: { claim: Claim; unknown: string[] }› {
  const values‹: Partial<Record<Field, Value>>› = {};
  const unknown‹: string[]› = [];
  const refusals‹: Refusal[]› = [];
  const twice‹: Refusal[]› = [];
  const seen = new Set‹<Field>›();
  for (const [name, value] of pairs) {
    const column = columnOf(name);
    if (column === undefined) {
      unknown.push(name);
    } else if (seen.has(column.field)) {
      twice.push(new Refusal("V013", [name]));
    } else {
      seen.add(column.field);
      const text = textOf(value);
      if (text === null) {
        refusals.push(new Refusal("V063", [name]));
      } else if (text !== "") {
        try {
          values[column.field] = column.read(text);
        } catch (error) {
          if (!(error instanceof Refusal)) {
            throw error;
          }
          refusals.push(new Refusal(error.code, [name], text));
        }
      }
    }
  }
  if (refusals.length + twice.length > 0) {
    throw new Unreadable([...refusals, ...twice]);
  }
  return { claim: { ...BLANK, ...values } ‹as Claim›, unknown };
}

/** Whether something is an object at all; callers without types give anything. */
«export »function isObject(given‹: unknown›)‹: boolean› {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/** Reads a claim. Throws Unreadable with every bad field, or a Refusal where a field is not known (V014). */
«export »function readClaim(fields‹: ClaimFields | Fields›)‹: Claim› {
  if (!isObject(fields)) {
    throw new Refusal("V076");
  }
  const { claim, unknown } = readPairs(Object.entries(fields));
  if (unknown.length > 0) {
    throw new Refusal("V014", unknown);
  }
  return claim;
}

/** The claim id wherever it can be told, so that a repeated one is found even in rows that are wrong otherwise. */
«export »function claimId(pairs‹: Pairs›)‹: string | null› {
  for (const [name, value] of pairs) {
    if (columnOf(name)?.field === "claim") {
      const text = textOf(value);
      return text === "" ? null : text;
    }
  }
  return null;
}
