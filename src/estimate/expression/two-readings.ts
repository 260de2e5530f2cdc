/** Arithmetic that two people would read differently is refused: a range, a share, a fraction of a unit. */

import { RANGE_FIX } from "../../core/number-text.ts";
import { sameDimension } from "../../core/unit.ts";
import { ExpressionError } from "./expression-error.ts";
import type { Node } from "./node.ts";

/** `10k-20k` without spaces: from the smaller to the larger, or the unit written once. Spaces say that a difference is meant. */
export function refuseRange(left: Node, right: Node, sign: string): void {
  if (left.kind !== "literal" || right.kind !== "literal") return;
  // `1-(2-3)` is arithmetic; what people give as a range has a unit or a magnitude.
  if (sign === "-" && [left, right].every(({ text }) => /^[\d.]+$/u.test(text))) return;
  const isAlike = sameDimension(left.dimension, right.dimension);
  const isUnitOnce = !isAlike && sameDimension(left.dimension, {});
  if (sign === "-" && !isUnitOnce && !(isAlike && left.value < right.value)) return;
  const written = `\`${left.text}${sign}${right.text}\``;
  const fix = `${RANGE_FIX}; spaces around \`-\` make it a difference`;
  throw new ExpressionError("range", `${written} reads as a range`, left.start, right.end, fix);
}

/** `5 of 10` is a share where `20% of 10` and `200M vectors of 64 floats` are products. */
export function refuseShareOf(left: Node, right: Node): void {
  if (left.kind !== "literal" || right.kind !== "literal" || left.percent === true || left.value < 1) return;
  if (!sameDimension(left.dimension, right.dimension)) return;
  const [a, b] = [left, right].map(({ text }) => NOUN_BEHIND.exec(text)?.[0]);
  if (a !== undefined && a !== b) return;
  const fix = `write \`${left.text} / ${right.text}\` for the share, or \`${left.text} * ${right.text}\` for the product`;
  throw new ExpressionError(
    "two-readings",
    `\`${left.text} of ${right.text}\` can be a share or a product`,
    left.start,
    right.end,
    fix,
  );
}

/** `users` of `4 users`, and nothing of `2M`. */
const NOUN_BEHIND = /(?<=\d|\s)\p{L}{2,}$/u;

/** `1/2 day` is half a day to one, once in two days to another. Spaces around `/` say that a division is meant. */
export function refuseFractionOf(left: Node, right: Node): void {
  if (left.kind !== "literal" || right.kind !== "literal" || !/^\d+$/u.test(left.text)) return;
  const [, below, unit] = /^(\d+)\s*(\D.*)$/u.exec(right.text) ?? [];
  if (below === undefined || sameDimension(right.dimension, {})) return;
  throw new ExpressionError(
    "two-readings",
    `\`${left.text}/${right.text}\` can be ${left.text}/${below} of a unit or a division by ${right.text}`,
    left.start,
    right.end,
    `write \`(${left.text}/${below}) * 1 ${unit}\` or \`${left.text} / (${right.text})\``,
  );
}
