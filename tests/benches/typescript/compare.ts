/** One claim at a time: the emitted evaluator beside one that was written by hand, on the vectors' claims. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { assess } from "../src/assessment.js";
import { readPairs } from "../src/record.js";
import { assessed } from "../src/shown.js";
import { NO_INPUTS } from "../src/decisions.js";
import { benefit } from "./by_hand.js";

interface Cases {
  readonly cases: readonly { readonly claims: readonly Record<string, string>[]; readonly assess?: unknown }[];
}

const { cases } = JSON.parse(readFileSync("test/cases.json", "utf8")) as Cases;
const rows = cases.flatMap(({ claims, assess: asked }) => (asked === undefined ? [] : claims));
const owed = rows.filter((row) => !("refused" in assessed(Object.entries(row), NO_INPUTS)));
const claims = owed.map((row) => ({ ...readPairs(Object.entries(row)).claim, date: null }));
const plain = claims.map(({ peril, role, harm, liable, injury_grade, expense }) => ({
  peril: peril ?? "",
  role,
  harm: harm ?? "",
  liable,
  grade: injury_grade,
  expense: expense === null ? null : Number(expense),
}));
claims.forEach((claim, at) => {
  assert.equal(assess(claim).benefit, BigInt(benefit(plain[at] ?? assert.fail())));
});

/** CPU nanoseconds for each claim of so many rounds. */
function timed(rounds: number, work: () => void): number {
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    work();
  }
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / (rounds * claims.length);
}

let sum = 0;
let total = 0n;
const byHand = (): void => {
  for (const claim of plain) {
    sum += benefit(claim);
  }
};
const emitted = (): void => {
  for (const claim of claims) {
    total += assess(claim).benefit;
  }
};
let [hand, ours] = [Infinity, Infinity];
for (let round = 0; round < 15; round += 1) {
  hand = Math.min(hand, timed(2000, byHand));
  ours = Math.min(ours, timed(60, emitted));
}
assert.ok(sum > 0 && total > 0n);
const perSecond = (nanoseconds: number): string => (1000 / nanoseconds).toFixed(2);
console.log(`claims ${String(claims.length)}`);
console.log(`by hand  ${hand.toFixed(0)} ns a claim, ${perSecond(hand)} M/s`);
console.log(`emitted  ${ours.toFixed(0)} ns a claim, ${perSecond(ours)} M/s, ${(ours / hand).toFixed(1)} × by hand`);
