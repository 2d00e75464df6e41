/** `node main.js settle CLAIMS.jsonl`: rows as JSON Lines. `assess` does the same for single claims. */

«import { parseArgs } from "node:util";»
«import { readInputs } from "./decisions.js";»
«import { readLines } from "./json.js";»
«import { Refusal } from "./reading.js";»
«import { settleRows } from "./settlement.js";»
«import { assessed, shownRow } from "./shown.js";»

/** What was paid on each claim before, from JSON Lines of claim and paid. */
function earlierPayments(path‹: string›)‹: Record<string, string>› {
  const paid‹: Record<string, string>› = {};
  for (const item of readLines(path)) {
    if (item instanceof Refusal) {
      throw item;
    }
    const fields = new Map(item);
    paid[String(fields.get("claim"))] = String(fields.get("paid"));
  }
  return paid;
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
