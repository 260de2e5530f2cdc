/** Finds averages where a part of the people may be served badly unseen. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { list } from "../../../review/words.ts";
import { usesPersonalData } from "../../1-clarify/personal-data.ts";

interface Found extends Hit {
  readonly problem: "none" | "limit" | "unwatched";
  readonly reason: string;
  readonly unwatched: readonly string[];
}

export const rule = defineRule<Found>({
  code: "HP513",
  name: "slices-not-evaluated",
  step: 5,
  reads: ["5.slices", "5.evaluation.gap-limit", "7.slices", "1.stakes", "1.privacy.personal"],
  severity: "warning",
  consequence: "blind",
  summary: "only an average is reported, or slices have no limit, or nobody watches them live",
  why: "a recall of 0.80 overall can be 0.55 in a group that is 6% of the people",
  fix: "name 3 to 6 slices (region, language, tenure, device), the largest gap you accept (`gap-limit`), and watch the same slices in step 7",
  sources: [
    "ML Test Score (2017), Model 6–7",
    "Model Cards (2019)",
    "Designing Machine Learning Systems (2022), ch. 6",
  ],
  examples: {
    bad: { 1: "stakes: high", 5: "evaluation: { gap-limit: 5% }" },
    good: {
      1: "stakes: high",
      5: "slices: [region, tenure]\nevaluation: { gap-limit: 5% }",
      7: "slices: [region, tenure]",
    },
  },
  check(design) {
    const { stakes } = design.clarify;
    const personal = usesPersonalData(design);
    const matters = stakes === "high" || stakes === "legal" || personal === true;
    if (!matters)
      return stakes === undefined && personal === undefined
        ? unknown("1.stakes", "1.privacy.personal")
        : "not applicable";
    const slices = design.evaluate.slices ?? [];
    const reason = stakes === "high" || stakes === "legal" ? `the stakes are ${stakes}` : "personal data is used";
    const watched = design.monitor.slices ?? [];
    const unwatched = slices.filter((slice) => !watched.includes(slice));
    const base = { reason, unwatched };
    if (slices.length === 0)
      return [{ ...base, at: "5.slices", severity: stakes === "legal" ? "error" : "warning", problem: "none" }];
    if (design.evaluate.evaluation?.["gap-limit"] === undefined)
      return [{ ...base, at: "5.evaluation.gap-limit", problem: "limit" }];
    return unwatched.length === 0 ? [] : [{ ...base, at: "5.slices", also: ["7.slices"], problem: "unwatched" }];
  },
  say({ problem, reason, unwatched }) {
    if (problem === "none") return { message: `only an average is reported, and ${reason}`, label: "no `slices` here" };
    if (problem === "limit")
      return {
        message: "slices are reported, but nothing says how far one may fall below the whole",
        label: "no `gap-limit` here",
        fix: "write `evaluation: { gap-limit: 5% }`",
      };
    return {
      message: `${list(unwatched)} ${unwatched.length === 1 ? "is" : "are"} measured before the launch and not watched after it`,
      label: "measured once",
      also: ["not watched here"],
      fix: "name the same slices in step 7: `slices: […]`",
    };
  },
});
