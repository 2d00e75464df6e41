/** What payments are made of. */

‹import type { Field } from "./claim.js";
import type { Condition, Filter, Payment } from "./model.js";›
«import { type Fraction, Refusal, atMost, floored, yuan } from "./reading.js";»

/** A benefit that is one amount, in 分. */
«export »function fixed(amount‹: bigint›, article‹: string›, rule = "amount")‹: Payment› {
  return (_claim, _inputs, steps) => {
    steps?.push({ rule, amount, article });
    return amount;
  };
}

/** What a rule pays that has no amount for the claim. */
«export »const nothing = fixed(0n, "", "nothing");

/** Lines of some covers (null: all) whose fields have one of the values given. */
«export »function filterOf(
  covers‹: ReadonlySet<number> | null›,
  ...fields‹: readonly (readonly [Field, ReadonlySet<string>])[]›
)‹: Filter› {
  return { covers, fields };
}

/** The denominator of a count; 1 where the record has none. */
«export »function unitOf(value‹: Fraction | null›)‹: bigint› {
  return value?.denominator ?? 1n;
}

/** A count in parts of which `unit` are one. */
«export »function inUnits(value‹: Fraction›, unit‹: bigint›)‹: bigint› {
  return value.numerator * (unit / value.denominator);
}

/** Conditions that turn on nothing. */
«export »const always‹: Condition› = () => true;
«export »const never‹: Condition› = () => false;

/** Refuses a claim whose amount is beyond a bound, in 分. */
«export »function refused(code‹: string›, field‹: Field›, bound‹: bigint›)‹: never› {
  throw new Refusal(code, [field], yuan(bound));
}

/** An amount that has no bound where one is needed. */
«export »function unlimited()‹: never› {
  throw new Refusal("V044");
}

/** (a·x + b) / d of a count in parts, at most so many of it, to whole 分. */
«export »function linearOf(
  { numerator, denominator }‹: Fraction›,
  a‹: bigint›,
  b‹: bigint›,
  d‹: bigint›,
  most‹: bigint | null›,
)‹: bigint› {
  const x = most === null ? numerator : atMost(numerator, most * denominator);
  return floored(2n * (a * x + b * denominator) + d * denominator, 2n * d * denominator);
}
