/** One claim, as amounts and decisions look it up. */

«import { yearOf } from "./calendar.js";»
«import { ASSUMED, type Claim, type Field } from "./claim.js";»
«import { Blank, Missing, decisionValue, knownPremium, required, takenFor } from "./decisions.js";»
‹import type { Context, Decision, Inputs, Value } from "./model.js";›
«import { type Fraction, Refusal } from "./reading.js";»
«import { SCHEME, policyStart } from "./scheme.js";»

«export »class ClaimContext ‹implements Context› {
  ‹private readonly› claim‹: Claim›;
  ‹private readonly› inputs‹: Inputs›;

  constructor(claim‹: Claim›, inputs‹: Inputs›) {
    this.claim = claim;
    this.inputs = inputs;
  }

  day()‹: number› {
    return required(this.claim.date, "date").day;
  }

  money(field‹: Field›)‹: bigint› {
    return amountOf(this.claim[field], field);
  }

  fraction(field‹: Field›)‹: Fraction› {
    return fractionOf(this.claim[field], field);
  }

  premium()‹: bigint› {
    return knownPremium(this.inputs);
  }

  decided(decision‹: number›)‹: boolean› {
    return takenFor(decision, this.inputs, this) !== null;
  }

  decisionValue(decision‹: number›)‹: bigint› {
    return decisionValue(decision, this.inputs, this);
  }

  key(per‹: Decision["per"]›)‹: string | number | null› {
    if (per === "term") {
      return null;
    }
    if (per !== "year") {
      const value = filled(this.claim, per);
      return typeof value === "string" ? value : null;
    }
    if (this.claim.date === null) {
      return null;
    }
    const year = yearOf(this.claim.date.day, policyStart(this.claim));
    if (year === null) {
      throw new Refusal("V045");
    }
    return Math.floor(year / 10_000);
  }

  noKey(decision‹: Decision›)‹: Error› {
    return new Missing(decision.per === "year" || decision.per === "term" ? ["date"] : [decision.per]);
  }
}

/** A field with what its blank stands for. */
«export »function filled(claim‹: Claim›, field‹: Field›)‹: Value› {
  return claim[field] ?? SCHEME.defaults[field] ?? null;
}

/** An amount or a count. */
«export »function amountOf(value‹: Value | undefined›, field‹: Field›)‹: bigint› {
  if (typeof value !== "bigint") {
    throw new Missing([field]);
  }
  return value;
}

/** A count whose parts count by their size. */
«export »function fractionOf(value‹: Value | undefined›, field‹: Field›)‹: Fraction› {
  if (typeof value !== "object" || value === null || !("numerator" in value)) {
    throw new Missing([field]);
  }
  return value;
}

/** Whether a decision was taken for this claim; a blank key leaves it open. */
«export »function decided(claim‹: Claim›, inputs‹: Inputs›, decision‹: number›)‹: boolean› {
  const assumed = claim[ASSUMED].find(([index]) => index === decision);
  if (assumed !== undefined) {
    return assumed[1];
  }
  if (inputs.decisions.size === 0) {
    return false;
  }
  try {
    return new ClaimContext(claim, inputs).decided(decision);
  } catch (error) {
    const field = error instanceof Missing ? [...error.fields].sort()[0] : undefined;
    throw field === undefined ? error : new Blank(field, decision);
  }
}
