/** Splitting amounts without losing or making a 分. */

/** Each quota rounded down, and the missing 分 one each by remainder, largest first, then by position. */
«export »function largestRemainder(quotas‹: readonly bigint[]›, denominator‹: bigint›, whole‹: bigint›)‹: bigint[]› {
  const parts = quotas.map((quota) => quota / denominator);
  const missing = whole - parts.reduce((sum, part) => sum + part, 0n);
  if (missing <= 0n) {
    return parts;
  }
  const byRemainder = quotas.map((quota, at) => ({ at, remainder: quota % denominator }));
  byRemainder.sort((a, b) => (a.remainder === b.remainder ? a.at - b.at : a.remainder > b.remainder ? -1 : 1));
  const raised = new Set(byRemainder.slice(0, Number(missing)).map(({ at }) => at));
  return parts.map((part, at) => (raised.has(at) ? part + 1n : part));
}
