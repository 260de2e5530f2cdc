/** Findings that say that a fact is not stated: prose may have said it in other words, so they are probed last and never scored. */

export function isAboutAbsence(rule: string): boolean {
  return rule.startsWith("missing-");
}
