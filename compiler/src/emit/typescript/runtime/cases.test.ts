/** The scheme's examples, and claims at the edges of its rules, with the answers of the reference evaluator. */

«import assert from "node:assert/strict";»
«import { readFileSync } from "node:fs";»
«import { test } from "node:test";»
«import { readInputs } from "../src/decisions.js";»
«import { Refusal } from "../src/reading.js";»
«import { settleRows } from "../src/settlement.js";»
«import { assessed, shownRow } from "../src/shown.js";»

‹interface Case {
  readonly name: string;
  readonly decisions: readonly string[];
  readonly premium: string | null;
  readonly claims: readonly Readonly<Record<string, string>>[];
  readonly assess?: readonly Readonly<Record<string, unknown>>[];
  readonly settle?: readonly object[];
  /** The code by which the whole run is refused */
  readonly settle_refused?: string;
}›

const file = new URL("../../test/cases.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) ‹as { cases: readonly Case[] }›;

/** A row without cuts of nothing. */
function withoutZeroCuts(row‹: object›)‹: object› {
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => !(name.startsWith("cut_") && value === "0.00")),
  );
}

for (const { name, decisions, premium, claims, assess, settle, settle_refused } of cases) {
  const inputs = readInputs({ decide: decisions, ...(premium === null ? {} : { premium }) });
  const rows = claims.map((claim) => Object.entries(claim));
  assess?.forEach((expected, at) => {
    void test(`${name}, claim ${String(at + 1)} by itself`, () => {
      const found = new Map‹<string, unknown>›(Object.entries(assessed(rows[at] ?? [], inputs)));
      found.delete("lines");
      if (found.get("cover") === null) {
        found.set("cover", "");
      }
      assert.deepEqual(Object.fromEntries(found), expected);
    });
  });
  if (settle !== undefined) {
    void test(`${name}, settled`, () => {
      assert.deepEqual(settleRows(rows, inputs).map(shownRow).map(withoutZeroCuts), settle);
    });
  }
  if (settle_refused !== undefined) {
    void test(`${name}, refused`, () => {
      assert.throws(
        () => settleRows(rows, inputs),
        (error) => error instanceof Refusal && error.code === settle_refused,
      );
    });
  }
}
