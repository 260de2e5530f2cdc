/** Finds positives from behaviour for which nothing says what a negative is. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { list, share } from "../../../review/words.ts";

interface Found extends Hit {
  readonly implicit: readonly string[];
  readonly rare?: number;
  readonly problem: "none" | "unlogged" | "rare";
}

export const rule = defineRule<Found, { fewestExplicit: number }>({
  code: "HP216",
  name: "implicit-negatives-undefined",
  step: 2,
  reads: [
    "2.signals.implicit",
    "2.signals.explicit",
    "2.signals.explicit-share",
    "2.negatives",
    "3.impressions-logged",
  ],
  severity: "warning",
  consequence: "false-figures",
  summary: "positives come from behaviour, and nothing says what a negative is",
  why: "a thing that was never shown was not refused; which rows count as negatives decides what the model learns",
  fix: "name one: `negatives: impressions-without-click` (with `impressions-logged: true`), `sampled`, or `in-batch` with its correction",
  sources: ["Implicit Feedback (2008), §2", "Deep Neural Networks for YouTube (2016), §3"],
  settings: { fewestExplicit: 0.05 },
  examples: {
    bad: { 2: "signals: { implicit: [purchase] }" },
    good: { 2: "signals: { implicit: [purchase] }\nnegatives: sampled" },
  },
  check({ frame: { signals, negatives }, data }, { fewestExplicit }) {
    if (signals === undefined) return unknown("2.signals");
    const implicit = signals.implicit ?? [];
    const rare = signals["explicit-share"]?.value;
    const base = { implicit, rare };
    if (implicit.length > 0 && negatives === undefined) return [{ ...base, at: "2.signals.implicit", problem: "none" }];
    if (negatives === "impressions-without-click" && data["impressions-logged"] !== true) {
      return [{ ...base, at: "2.negatives", problem: "unlogged" }];
    }
    if (implicit.length === 0 && rare !== undefined && rare < fewestExplicit) {
      return [{ ...base, at: "2.signals.explicit-share", problem: "rare" }];
    }
    return implicit.length === 0 && rare === undefined ? "not applicable" : [];
  },
  say({ implicit, rare, problem }) {
    if (problem === "none")
      return {
        message: `positives are ${list(implicit)}; what counts as a negative is not said`,
        label: "and the negatives?",
      };
    if (problem === "unlogged") {
      return {
        message: "negatives are what was shown and not clicked, but nothing says that what was shown is logged",
        label: "needs the impressions",
        fix: "log what was shown, with its position, and write `impressions-logged: true` in step 3",
      };
    }
    return {
      message: `only explicit signals are used, and ${share(rare ?? 0)} of the interactions have one`,
      label: "most say nothing",
      fix: "add implicit signals, such as views and clicks, and say what a negative is",
    };
  },
});
