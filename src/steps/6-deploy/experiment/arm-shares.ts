/** Reads how traffic is split between arms, as notes write it: `50/50`, `90/5/5`. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";

/** Shares of the arms, the control first, made to add up to 1. `:` may stand for `/`, and percent signs are allowed. */
export function parseArmShares(text: string): Outcome<readonly number[]> {
  const parts = text.split(/[/:]/u).map((part) => Number(part.trim().replace(/%$/u, "") || Number.NaN));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const isSplit = parts.length >= 2 && parts.every((part) => part > 0) && Number.isFinite(total);
  if (isSplit) return succeed(parts.map((part) => part / total));
  return fail({
    code: "bad-split",
    message: `\`${text.slice(0, 60)}\` is no split into two arms or more, each above 0`,
    where: "split",
    fix: "write it like `50/50` or `90/5/5`, the control first",
  });
}
