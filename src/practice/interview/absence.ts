/** Findings that say that a fact is not stated: prose may have said it in other words, so they are probed last and never scored. */

/** Rules beside the family of `missing-` that fire where nothing is written. */
const OF_NOTHING: ReadonlySet<string> = new Set([
  "data-quality-gap",
  "drift-coverage-gap",
  "no-cold-start-path",
  "no-fallback",
  "no-rollback",
  "question-topics-uncovered",
]);

export function isAboutAbsence(rule: string): boolean {
  return rule.startsWith("missing-") || OF_NOTHING.has(rule);
}
