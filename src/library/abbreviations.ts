/** What the field writes by its first letters, and the library in words: a word that is typed so is looked for as what it stands for. */

const WORDS: Readonly<Record<string, string>> = {
  auroc: "roc auc",
  ctr: "click through rate",
  cvr: "conversion rate",
  ipw: "inverse propensity",
  pii: "personal data",
  qps: "requests per second",
  rps: "requests per second",
  sla: "latency limit",
};

/** In words; undefined for what is no abbreviation, or none that is known. */
export function spelledOut(word: string): string | undefined {
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}
