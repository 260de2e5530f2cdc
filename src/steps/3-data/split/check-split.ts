/** Whether a split can be run by what lays it out, asked before anything is trained: a way that nothing runs is refused, never replaced by another. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { DataFacts } from "../schema.ts";
import { isByRow } from "../split-plan.ts";

type SplitFacts = NonNullable<DataFacts["split"]>;
const PARTS = ["train", "validation", "test"] as const;

/**
 * Cases whose labels arrive late are judged on the days after a cut; rows that a note deals out are measured beside that, as written. A
 * period is a duration there: what a share of the rows would be, no day says.
 */
export function checkLateLabelSplit({ by = "time", ...parts }: SplitFacts = {}): Outcome<void> {
  if (by !== "time" && !isByRow(by)) {
    const rolls = by === "rolling" ? ": the earlier rounds roll already, one test period after the other" : "";
    return refuse(
      "by",
      `cases with labels that arrive late cannot be run with the split \`${by}\``,
      `write \`by: time\`${rolls}`,
    );
  }
  for (const part of PARTS) {
    const written = parts[part];
    if (by !== "time" || written === undefined || written.dimension.second === 1) continue;
    const fix = `write a duration, such as \`${part}: ${part === "train" ? 28 : 7} d\``;
    return refuse(
      part,
      `\`${part}: ${written.text}\` is a share, and labels that arrive late are waited for in days`,
      fix,
    );
  }
  return succeed(undefined);
}

const BY_PICTURE: readonly NonNullable<SplitFacts["by"]>[] = ["group", "random", "random-stratified", "given"];

/** Pictures are divided by the item they show, or one by one where the note says so; validation and test are shares. */
export function checkPictureSplit({ by = "group", ...parts }: SplitFacts = {}): Outcome<void> {
  if (!BY_PICTURE.includes(by)) {
    const fix = "write `by: group`, which keeps items whole, `by: given` where the data says it, or `by: random`";
    return refuse("by", `photos cannot be divided with the split \`${by}\``, fix);
  }
  if (by === "given" && parts.test !== undefined) {
    const message = `with \`by: given\` the data says what is tested on, and \`test: ${parts.test.text}\` would do nothing`;
    return refuse("by", message, "take `test` out, or write `by: group`");
  }
  for (const part of ["validation", "test"] as const) {
    const written = parts[part];
    if (written === undefined) continue;
    const fix = `write a share, such as \`${part}: 10%\``;
    if (written.dimension.second === 1)
      return refuse(part, `\`${part}: ${written.text}\` is a duration, and photos are divided by shares`, fix);
    if (!(written.value > 0 && written.value < 0.5))
      return refuse(part, `\`${part}: ${written.text}\` has to lie above 0% and below 50%`, fix);
  }
  return succeed(undefined);
}

function refuse(key: string, message: string, fix: string): Outcome<never> {
  return fail({ code: "split-not-runnable", message, where: `3.split.${key}`, fix });
}
