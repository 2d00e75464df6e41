/** `node main.js settle CLAIMS.jsonl`: rows as JSON Lines. `assess` does the same for single claims. */

«import { parseArgs } from "node:util";»
«import { readInputs } from "./decisions.js";»
«import { numberedLines, readLines } from "./json.js";»
«import { Refusal, money } from "./reading.js";»
«import { type Pairs, textOf } from "./record.js";»
«import { settleRows } from "./settlement.js";»
«import { assessed, shownRow } from "./shown.js";»

/** The first of the fields that goes by one of the names. */
function cell(fields‹: Pairs›, names‹: readonly string[]›)‹: string | undefined› {
  for (const [name, value] of fields) {
    if (names.includes(name)) {
      return textOf(value) ?? "";
    }
  }
  return undefined;
}

/** The id of an earlier payment, without the sign that keeps a spreadsheet from reading it as a formula. */
function idOf(text‹: string›)‹: string› {
  return text.replace(/^'(?=[-=+@])/, "");
}

function isAmount(text‹: string›)‹: boolean› {
  try {
    money(text);
    return true;
  } catch {
    return false;
  }
}

/** What was paid on each claim before. The first mistake refuses the file: what is left out would be paid again. */
function earlierPayments(path‹: string›)‹: Record<string, string>› {
  const paid = new Map‹<string, string>›();
  for (const { line, item } of numberedLines(path)) {
    const place = `${path}, line ${String(line)}`;
    if (item instanceof Refusal) {
      throw new Refusal("V075", [], `${place}: ${item.message}`);
    }
    const claim = cell(item, ["claim", "赔案号"]);
    const amount = cell(item, ["paid", "实付", "已付"]);
    if (claim === undefined || amount === undefined) {
      throw new Refusal("V075", [], `${place}: no ${claim === undefined ? "claim" : "paid"}`);
    }
    const id = idOf(claim);
    if (id === "") {
      throw new Refusal("V073", [], place);
    }
    if (!isAmount(amount)) {
      throw new Refusal("V074", [], `${place}: ${amount}`);
    }
    if (paid.has(id)) {
      throw new Refusal("V072", [], `${place}: ${id}`);
    }
    paid.set(id, amount);
  }
  return Object.fromEntries(paid);
}

function run()‹: object[]› {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      decide: { type: "string", multiple: true, default: [] },
      premium: { type: "string" },
      earlier: { type: "string" },
    },
  });
  const [command, path] = positionals;
  if ((command !== "assess" && command !== "settle") || path === undefined) {
    throw new Error(
      "usage: (assess | settle) CLAIMS.jsonl [--decide NAME[@KEY][=VALUE]] [--premium YUAN] [--earlier FILE]",
    );
  }
  const inputs = readInputs({
    decide: values.decide,
    ...(values.premium === undefined ? {} : { premium: values.premium }),
    ...(values.earlier === undefined ? {} : { earlier: earlierPayments(values.earlier) }),
  });
  if (command === "settle") {
    return settleRows(readLines(path), inputs).map(shownRow);
  }
  return Array.from(readLines(path), (item) => assessed(item, inputs));
}

try {
  for (const row of run()) {
    process.stdout.write(`${JSON.stringify(row)}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Refusal ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
