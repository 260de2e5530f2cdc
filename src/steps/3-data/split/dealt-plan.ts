/** How rows without time are divided: at random or by whole groups, in shares. What only time could mean is refused. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { FeatureDeclaration } from "../features/feature-declaration.ts";
import type { DataFacts } from "../schema.ts";
import type { Dealt, ScoredWords } from "../scored-task.ts";

const USUAL = { validation: 10, test: 20 };

/** The parts in hundredths; a failure where the split or a feature needs a time that is not there. */
export function dealtPlan(
  { split = {} }: Pick<DataFacts, "split">,
  features: readonly FeatureDeclaration[],
  { positive }: Pick<ScoredWords, "positive">,
  columns: Readonly<Record<string, string>> = {},
): Outcome<Dealt> {
  const { by = "random", group } = split;
  if (by !== "random" && by !== "group")
    return refuse(
      "by",
      `the note says \`time: none\`, and cases without time cannot be divided with the split \`${by}\``,
      "write `by: random`, or `by: group` with `group:` where several rows belong to one",
    );
  if (by === "group" && group === undefined)
    return refuse("group", "`by: group` does not say what stays whole", "write `group:` with the column");
  if (split.gap !== undefined && split.gap.value > 0)
    return refuse("gap", "the note says `time: none`, and a gap is a time", "take `gap` out");
  const parts = { ...USUAL };
  for (const part of ["validation", "test"] as const) {
    const written = split[part];
    if (written === undefined) continue;
    const share = written.dimension.second === undefined ? Math.round(written.value * 100) : Number.NaN;
    if (!(share >= 1 && share <= 49))
      return refuse(
        part,
        `\`${part}: ${written.text}\` has to be a share from 1% to 49%: cases without time are divided by shares`,
        `write \`${part}: ${USUAL[part]}%\``,
      );
    parts[part] = share;
  }
  const timed = features.find((one) => !needsNoTime(one, positive));
  if (timed !== undefined)
    return fail({
      code: "feature-without-time",
      message: `feature \`${timed.name}\` counts what came before a case, and the note says \`time: none\``,
      where: "3.features",
      fix: `take it out, or write \`value(…)\`, or \`rate(${positive})\` over \`window: all\``,
    });
  return succeed({ group: by === "group" ? (columns[group ?? ""] ?? group ?? null) : null, ...parts });
}

/** What a row says of itself; and a word's rate, which rows dealt before it give. */
function needsNoTime({ aggregate, window }: FeatureDeclaration, positive: string): boolean {
  if (aggregate.kind === "value") return true;
  return aggregate.kind === "rate" && aggregate.measure === positive && window === Number.POSITIVE_INFINITY;
}

function refuse(key: string, message: string, fix: string): Outcome<never> {
  return fail({ code: "split-not-runnable", message, where: `3.split.${key}`, fix });
}
