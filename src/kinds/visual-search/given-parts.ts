/** The split as the data says it: which part a folder, an IDX file or a word of a list stands for. */

import { FailureError } from "../../core/outcome.ts";

/** 0 train, 1 validation, 2 test: `train`, `val`, `t10k-images-idx3-ubyte.gz`; undefined for another name. */
export function partIn(name: string): number | undefined {
  const word = /^(?<word>train|training|val|valid|validation|dev|test|t10k)(?![a-z])/iu.exec(name)?.groups?.word;
  if (word === undefined) return undefined;
  if (/^train/iu.test(word)) return 0;
  return /^t/iu.test(word) ? 2 : 1;
}

/** Throws a `FailureError` where the names do not all speak of a part, or not of both training and test. */
export function checkParts(names: readonly string[], data: string): void {
  const parts = new Set(names.map(partIn));
  if (!parts.has(0) || !parts.has(2) || parts.has(undefined)) throw noParts(data);
}

export function noParts(data: string): FailureError {
  return new FailureError({
    code: "no-given-split",
    message: `the note says that the data gives the split (\`by: given\`), and ${data} names no parts to train and to test on`,
    where: "3.split.by",
    fix: "name folders or IDX files `train…` and `test…` (or `t10k…`), give a list a column `split`, or write `by: group`",
  });
}

/** The part that a list's cell says. Throws a `FailureError` for a word that is none. */
export function partOf(word: string, photo: string, column: string): number {
  const part = partIn(word.trim());
  if (part !== undefined) return part;
  throw new FailureError({
    code: "no-given-split",
    message: `the column \`${column}\` says \`${word}\` of ${photo}`,
    where: "3.split.by",
    fix: "write train, validation or test there",
  });
}
