/** A list of rules, the most suspicious first: what a fraud team has before it has a model, and what answers when the model does not. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { type Condition, holds, parseCondition } from "../../../design/condition.ts";

/** Rules in the order of suspicion; each compares one feature with a limit. JSON as it stands. */
export interface RuleList {
  readonly format: "heptad rule list";
  readonly version: 1;
  readonly rules: readonly string[];
}

/** Rules made ready. */
export interface RuleScorer {
  readonly features: readonly string[];
  /** How many rules stand from the first one that holds to the end, 0 when none does. `read` gives a feature; a missing one holds no rule. */
  score(read: (feature: string) => number): number;
  /** The first rule that holds. */
  reason(read: (feature: string) => number): string | undefined;
}

/** Reads rules such as `amount > 220`. Fails for one that is no condition, or names a feature that is not among `known`. */
export function openRules({ rules }: RuleList, known: readonly string[]): Outcome<RuleScorer> {
  const conditions: Condition[] = [];
  for (const rule of rules) {
    const parsed = parseCondition(rule);
    if (!parsed.ok) return parsed;
    if (parsed.value.of !== "value" || !known.includes(parsed.value.metric)) {
      return fail({
        code: "bad-rule",
        message: `the rule \`${rule}\` compares no feature; there are ${known.join(", ")}`,
        where: "4.stages",
        fix: "write it like `amount > 220`",
      });
    }
    conditions.push(parsed.value);
  }
  const first = (read: (feature: string) => number): number =>
    conditions.findIndex((condition) => holds(condition, read(condition.metric)));
  return succeed({
    features: [...new Set(conditions.map(({ metric }) => metric))],
    score(read) {
      const at = first(read);
      return at < 0 ? 0 : conditions.length - at;
    },
    reason(read) {
      const at = first(read);
      return at < 0 ? undefined : conditions[at].text;
    },
  });
}
