/** The shapes that rules are stated in. */

‹import type { Claim, Field } from "./claim.js";
import type { Fraction, Moment } from "./reading.js";›

/** What a field of a claim holds; null is blank. */
‹export type Value = string | bigint | boolean | Moment | Fraction | null;›

/** One value of an enumeration, with its names in both languages and its other spellings. */
‹export interface Named<Id extends string> {
  readonly id: Id;
  readonly zh: string;
  readonly en: string;
  readonly aliases?: readonly string[];
  /** The value above it, where values form a tree */
  readonly parent?: Id;
}›

/** A field of the claim as files have it: every name of its column, and how its text is read. */
‹export interface Column {
  readonly field: Field;
  readonly names: readonly string[];
  readonly read: (text: string) => Value;
}›

/** What an authority decides: `per` is term, year, event, or the field that its key is a value of. */
‹export interface Decision {
  readonly id: string;
  readonly per: Field | "term" | "year";
  /** Its value is the day from which it holds. */
  readonly fromTheDay: boolean;
  readonly value: "date" | "money" | "ratio" | "count" | null;
}›

/** A decision that was taken, for a key or at large. */
‹export interface Taken {
  readonly key: string | number | null;
  readonly value: bigint | Fraction | null;
  /** The day from which it holds, as yyyymmdd */
  readonly from: number | null;
}›

/** What is known besides the claims: decisions by their place in the scheme, amounts in 分. */
‹export interface Inputs {
  readonly decisions: ReadonlyMap<number, readonly Taken[]>;
  readonly premium: bigint | null;
  /** What was paid on each claim before */
  readonly earlier: ReadonlyMap<string, bigint> | null;
}›

/** What the scheme says of itself. Days are yyyymmdd. */
‹export interface Scheme {
  readonly title: string;
  readonly titleEn: string;
  readonly document: string | null;
  readonly contract: string | null;
  /** SHA-256 of the plan that these rules were written from */
  readonly hash: string;
  readonly planVersion: number;
  readonly decisions: readonly Decision[];
  /** What a blank stands for */
  readonly defaults: Readonly<Partial<Record<Field, string>>>;
  /** An amount follows the total premium. */
  readonly readsPremium: boolean;
  /** The co-insurers, in written order, with their parts of the whole */
  readonly insurers: readonly { readonly id: string; readonly parts: bigint }[];
  readonly shareDenominator: bigint;
  /** The term is that of each claim's own policy. */
  readonly policyTerm: boolean;
  readonly firstDay: number | null;
  readonly dayAfter: number | null;
  /** First days of the insured years and, last, the first day after them */
  readonly boundaries: readonly number[];
  readonly calendarYears: boolean;
  /** A claim belongs to the year of its event. */
  readonly yearOfEvent: boolean;
  /** Injury grades, the heaviest first */
  readonly grades: readonly string[];
}›

/** One step on the way to an amount, in 分 after it. */
‹export interface Step {
  readonly rule: string;
  readonly amount: bigint;
  readonly article: string;
}

export type Condition = (claim: Claim, inputs: Inputs) => boolean;›
/** An amount in 分; steps are noted where they are asked for. */
‹export type Payment = (claim: Claim, inputs: Inputs, steps: Step[] | null) => bigint;›
/** Finds the payment of a benefit. */
‹export type Benefit = (claim: Claim, inputs: Inputs) => Payment;

export interface Cover {
  readonly id: string;
  readonly anyPeril: boolean;
  readonly perils: Condition;
  readonly roles: Condition;
  readonly condition: Condition;
  /** By harm */
  readonly benefits: Readonly<Record<string, Benefit>>;
  readonly article: string;
}›

/** Lines of some covers (null: all) whose fields have one of the values given. */
‹export interface Filter {
  readonly covers: ReadonlySet<number> | null;
  readonly fields: readonly (readonly [Field, ReadonlySet<string>])[];
}›

/** What amounts and decisions look up: one claim, or the claims that share a limit. */
‹export interface Context {
  day(): number;
  money(field: Field): bigint;
  fraction(field: Field): Fraction;
  premium(): bigint;
  decided(decision: number): boolean;
  decisionValue(decision: number): bigint;
  /** What a keyed decision is looked up by */
  key(per: Decision["per"]): string | number | null;
  /** Why there is no such key */
  noKey(decision: Decision): Error;
}›

/** A cap (upTo), a deductible (less), or the largest benefit of a group; keys are fields or the insured year. */
‹export interface Limit {
  readonly id: string;
  /** It belongs to a schedule. */
  readonly own: boolean;
  readonly rule: "upTo" | "less" | "largest";
  /** In 分; null is unlimited. */
  readonly amount: (context: Context) => bigint | null;
  readonly filter: Filter;
  readonly keys: readonly (Field | "year")[];
  /** Who is served first: earlier days, events or claims, or the first of the filters that a line passes */
  readonly tiers: readonly ("date" | "event" | "claim" | readonly Filter[])[];
  readonly exhaustionStated: boolean;
  readonly ratioTo: Fraction | null;
  readonly article: string;
  /** Several injuries of the heaviest grade count as one grade above. */
  readonly raised?: boolean;
}›
