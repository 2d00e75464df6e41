/** Results with the columns of claim files, amounts in 元. */

«import { type Assessment, assess, coverAt } from "./assessment.js";»
‹import type { Inputs } from "./model.js";›
«import { Refusal, yuan } from "./reading.js";»
«import { type Pairs, Unreadable, readPairs } from "./record.js";»
«import { LIMITS } from "./rules.js";»
«import { SCHEME } from "./scheme.js";»
‹import type { Rejected, Settled } from "./settlement.js";›

/** A row with the columns of the data contract. */
«export »function shownRow(row‹: Settled | Rejected›)‹: object› {
  if (row.rejected !== null) {
    return { claim: row.claim, rejected: row.rejected };
  }
  const earlier = row.due === null || row.over === null ? {} : { due: yuan(row.due), over: yuan(row.over) };
  return {
    claim: row.claim,
    cover: row.cover,
    benefit: yuan(row.benefit),
    paid: yuan(row.paid),
    reason: row.reason,
    ...Object.fromEntries(LIMITS.map((limit, at) => [`cut_${limit.id}`, yuan(row.cuts[at] ?? 0n)])),
    ...Object.fromEntries(SCHEME.insurers.map(({ id }, at) => [`share_${id}`, yuan(row.shares[at] ?? 0n)])),
    ...earlier,
  };
}

/** One claim with its steps. */
function shownAssessment({ cover, benefit, lines, reason }‹: Assessment›)‹: object› {
  return {
    cover: cover === "" ? null : cover,
    benefit: yuan(benefit),
    lines: lines.map((line) => ({
      cover: coverAt(line.cover).id,
      harm: line.harm,
      amount: yuan(line.amount),
      steps: line.steps.map(({ rule, amount, article }) => ({
        rule,
        amount: yuan(amount),
        article: article === "" ? null : article,
      })),
    })),
    reason,
  };
}

/** One claim by itself, or the codes of its refusals. */
«export »function assessed(item‹: Pairs | Refusal›, inputs‹: Inputs›)‹: object› {
  try {
    if (item instanceof Refusal) {
      throw item;
    }
    return shownAssessment(assess(readPairs(item).claim, { inputs, explain: true }));
  } catch (error) {
    if (error instanceof Unreadable) {
      return { refused: error.refusals.map((refusal) => refusal.code) };
    }
    if (error instanceof Refusal) {
      return { refused: [error.code] };
    }
    throw error;
  }
}
